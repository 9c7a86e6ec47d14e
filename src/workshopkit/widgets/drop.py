"""A place in a notebook to drop a file on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anywidget
import traitlets

from workshopkit import paths

__all__ = ["DropZone"]


class DropZone(anywidget.AnyWidget):
    """Take one file after another, dropped or chosen with the keyboard.

    Parameters
    ----------
    text
        What stands in it.
    accept
        The kinds of file that the dialog offers, as HTML has them.
    """

    _esm = paths.static() / "drop.js"
    _css = paths.static() / "drop.css"

    text = traitlets.Unicode().tag(sync=True)
    accept = traitlets.Unicode(".txt,.html,.htm,.md,text/plain,text/html").tag(sync=True)

    def on_file(self, take: Callable[[str, bytes], object]) -> None:
        """Have a function called with the name and the bytes of every file."""

        def heard(_widget: object, content: Any, buffers: Any) -> None:
            if isinstance(content, dict) and buffers:
                take(str(content.get("name", ""))[:200], bytes(buffers[0]))

        self.on_msg(heard)
