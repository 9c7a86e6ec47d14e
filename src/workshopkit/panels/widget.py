"""The page's widget, which a browser that comes late finds up to date."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workshopkit.widgets.page import Page

__all__ = ["LivePage"]


class LivePage(Page):
    """A page that hands out the state of now, not the one it was made with.

    A kernel runs its cell before the browser is connected, so messages of the first moments reach nobody. The browser
    then asks for the widget's state and must find in it what those messages said.
    """

    newest: Callable[[], dict[str, Any]] | None = None

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> dict[str, Any]:
        """Give the widget's state, as ipywidgets asks for it."""
        found: dict[str, Any] = super().get_state(key=key, drop_defaults=drop_defaults)
        if self.newest is not None and "state" in found:
            found["state"] = self.newest()
        return found
