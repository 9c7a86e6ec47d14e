"""Builds the one widget of a page, with its first state complete, and keeps it live on the kernel's loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from workshopkit.errors import WorkshopkitError
from workshopkit.panels.here import Here
from workshopkit.panels.live import Live
from workshopkit.store import open_store

__all__ = ["Notice", "open_page"]

_running: set[asyncio.Task[None]] = set()


class Notice:
    """A sentence in the place of a page that cannot be shown."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def open_page(view: str, panel: type[Live], who: Callable[[], Here]) -> Any:
    """Open the store, build the page and start polling.

    Parameters
    ----------
    view
        ``"participant"``, ``"wall"`` or ``"cockpit"``.
    panel
        What keeps it in step.
    who
        Gives for whom the page is.

    Returns
    -------
    Page or Notice
        The widget, for the notebook to show; a sentence if there is nothing to show.
    """
    from workshopkit.panels.widget import LivePage

    lang = "nl"
    try:
        seat = who()
        lang = seat.lang
        live = panel(open_store(seat.db, create=False), seat)
        page = LivePage(view=view, lang=lang, state=live.start())
    except WorkshopkitError as error:
        return Notice(error.text(lang))
    live.attach(page)
    page.newest = live.newest
    keep_running(live.run())
    return page


def keep_running(work: Any) -> None:
    """Run a coroutine on this kernel's loop for as long as it wants; without a loop there is nothing to keep live."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        work.close()
        return
    task = loop.create_task(work)
    # The loop holds its tasks weakly.
    _running.add(task)
    task.add_done_callback(_running.discard)
