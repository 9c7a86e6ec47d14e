"""The one widget of a participant's, the wall's or the cockpit's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anywidget
import traitlets

__all__ = ["Page"]


class Page(anywidget.AnyWidget):
    """A page whose view lives in the page's own bundle; the kernel sends it state and hears events.

    Messages are plain JSON, see ``frontend/src/outbox.js`` and ``panels/live.py``.

    Parameters
    ----------
    view
        ``"participant"``, ``"wall"`` or ``"cockpit"``.
    lang
        ``"nl"`` or ``"en"``.
    state
        The whole state at the start, so that the first paint waits for nothing more.
    """

    _esm = "workshopkit:page"

    view = traitlets.Unicode().tag(sync=True)
    lang = traitlets.Unicode("nl").tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def listen(self, heard: Callable[[dict[str, Any]], None]) -> None:
        """Call a function with every message from the browser that is a JSON object."""

        def pass_on(_: object, content: object, __: object) -> None:
            if isinstance(content, dict):
                heard(content)

        self.on_msg(pass_on)
