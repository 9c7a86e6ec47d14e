"""The map editor in a notebook, with Python's word on what it sends: faults, and names that look alike.

Whatever comes from the browser is read by `workshopkit.network.drawn_reading` before anything is done with it. A drawing
with a fault stays where it is, with one sentence about it, until it is mended.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from workshopkit.i18n import N_, translator
from workshopkit.network.drawn import Drawn, Spot
from workshopkit.network.drawn_reading import BadDrawing, read
from workshopkit.network.similar import similar

if TYPE_CHECKING:
    from workshopkit.figures.map import Map

__all__ = ["CHANNELS", "editor", "follow", "spots"]

CHANNELS = (
    N_("in person"),
    N_("in a meeting"),
    N_("by phone"),
    N_("by e-mail"),
    N_("on the intranet"),
    N_("by app"),
)


def editor(drawing: dict[str, Any], lang: str, *, mode: str = "all", show_formal: bool = False) -> Any:
    """Give an editor on a drawing.

    Parameters
    ----------
    drawing
        As `workshopkit.network.drawn.Drawn.payload` gives it.
    lang
        The reader's language.
    mode
        ``"all"``, or ``"lines"`` where the places are fixed.
    show_formal
        Whether reporting lines can be drawn.

    Raises
    ------
    UsageError
        If the editor cannot hold the drawing, for instance because a name is too long for it.
    """
    from workshopkit.widgets.editor import MapEditor

    t = translator(lang)
    channels = [t(channel) for channel in CHANNELS]
    return MapEditor(drawing=drawing, lang=lang, mode=mode, channels=channels, show_formal=show_formal)


def follow(
    board: Any, take: Callable[[Drawn], str], lang: str, *, failed: Callable[[str], object] | None = None
) -> None:
    """Read what is drawn on a board, tell what is wrong there, and hand on what is right.

    Parameters
    ----------
    board
        An editor, or anything with its traits ``drawing``, ``problem`` and ``similar``.
    take
        Called with every drawing without faults; gives what is wrong with it after all, or nothing.
    lang
        The reader's language.
    failed
        Called with the sentence about a drawing that cannot be taken; with nothing after one that was taken.
    """
    said = ""

    def look(_: object = None) -> None:
        nonlocal said
        try:
            drawn = read(board.drawing)
        except BadDrawing as error:
            said = error.text(lang)
        else:
            board.similar = [list(pair) for pair in similar({one.id: one.label for one in drawn.actors})]
            said = take(drawn)
        board.problem = said
        if failed is not None:
            failed(said)

    def hold(_: object) -> None:
        # The editor wipes its own complaint once it has taken a drawing; ours stands until it is mended.
        if said and not board.problem:
            board.problem = said

    board.observe(look, "drawing")
    board.observe(hold, "problem")


def spots(figure: Map) -> dict[str, Spot]:
    """Give where the places of a described map stand, so that an editor shows them there."""
    return {node["id"]: Spot(node["x"], node["y"], placed=True) for node in figure["nodes"]}
