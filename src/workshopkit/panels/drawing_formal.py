"""The formal chart over the lived map, for the facilitator's notebook and the annex: never for phone or wall."""

from __future__ import annotations

from typing import Any

from workshopkit.analysis import formal
from workshopkit.analysis.formal import Formal
from workshopkit.figures import beside
from workshopkit.figures import picture as figures
from workshopkit.figures.svg import svg
from workshopkit.panels import controls, shown
from workshopkit.panels.shown import Shown
from workshopkit.panels.watched import Watched

__all__ = ["found", "picture", "said", "table", "view"]


def found(model: Watched) -> Formal:
    """Lay the workshop's chart over its lived map."""
    return formal.find(model.findings.net, model.definition.formal)


def said(model: Watched) -> list[str]:
    """Say which reporting lines carried the message, and name those that did not."""
    return beside.formal(model.definition, found(model), model.lang)


def picture(model: Watched) -> str:
    """Draw the reporting lines, used or not, and what arrives beside them."""
    figure = figures.lines(model.drawing, beside.formal_lines(model.findings.net, found(model)))
    return svg(figures.picture(figure, beside.names(beside.FORMAL_ROLES, model.lang)), alone=True)


def table(model: Watched) -> Shown:
    """Give every reporting line with whether the message went down and up along it."""
    t = model.t
    words = {True: t("heard directly"), False: t("not heard directly"), None: t("not answered yet")}
    rows = [
        (
            model.label(line.boss),
            model.label(line.reporter),
            words[line.down],
            words[line.up],
            t(beside.FORMAL_NAMES[line.state]),
        )
        for line in found(model).lines
    ]
    return shown.table([t("Boss"), t("Who reports"), t("down"), t("up"), t("Together")], rows)


def view(model: Watched) -> Any:
    """Give picture, sentences and table together, in step with the room."""
    drawn, told, rows = controls.image(), controls.shown(), controls.shown()

    def paint(_: object = None) -> None:
        charted = bool(model.definition.formal)
        drawn.layout.display = "" if charted else "none"
        controls.note(told, shown.sentences(said(model)))
        controls.note(rows, table(model) if charted else None)
        if charted:
            drawn.value = picture(model).encode()

    model.observe(paint, "seq")
    paint()
    return controls.column(controls.beside([drawn], [told]), rows)
