"""The formal chart over the lived map, for the facilitator's notebook and the annex: never for phone or wall."""

from __future__ import annotations

from typing import Any

from workshopkit.figures import gallery
from workshopkit.figures.figure import Figure
from workshopkit.panels.watched import Watched

__all__ = ["figure", "view"]


def figure(model: Watched) -> Figure:
    """Lay the workshop's chart over its lived map."""
    return gallery.make("formal", model.findings, drawing=model.drawing, lang=model.lang)


def view(model: Watched) -> Any:
    """Give picture, sentences and table together, in step with the room."""
    from workshopkit.widgets.figure import FigureView

    shown = FigureView(figure(model), lang=model.lang)
    model.observe(lambda _: shown.show(figure(model)), "seq")
    return shown
