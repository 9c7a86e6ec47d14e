"""Act 03 in a notebook: the reveal step by step, the figures behind it, and who walks to whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from traitlets import Int

from workshopkit.analysis import pairing
from workshopkit.figures import gallery, told
from workshopkit.figures.figure import Figure
from workshopkit.figures.map import describe
from workshopkit.figures.maps import OUTCOME_NAMES
from workshopkit.figures.picture import bars, picture
from workshopkit.figures.svg import svg
from workshopkit.figures.words import STATE_NAMES, state_name
from workshopkit.i18n import N_
from workshopkit.network.tables import actors_table, lines_table
from workshopkit.panels import controls, drawing_formal, five, shown
from workshopkit.panels.numbers import tables
from workshopkit.panels.numbers.page import numbers
from workshopkit.panels.script import STEPS
from workshopkit.panels.shown import Shown
from workshopkit.panels.watched import Watched
from workshopkit.room import reveal, scenes

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SilosPanel", "open_workshop"]

_STEPS = tuple(step for step in reveal.STEPS if step != "sponsor")
# The order in which lines lie over each other, the most telling on top.
_RUNS = ("unknown", "straight", "heard_via_unknown", "via", "did_not_arrive")
_REASONS = {**STATE_NAMES, "wish": N_("a wish to hear it directly"), "nearest": N_("walks along")}
_WALKED = {"agreed": N_("agreed"), "later": N_("later"), "map_wrong": N_("the map is not right")}


class SilosPanel(Watched):
    """The reveal of one workshop, in the same steps and words as on the big screen.

    Parameters
    ----------
    store, workshop, lang, alone
        As in `Watched`.
    """

    at = Int(help="The step that is shown, from 0.")

    def go(self, by: int) -> None:
        """Go on, or back; the first and the last step are the ends."""
        self.at = min(max(self.at + by, 0), len(_STEPS) - 1)

    @property
    def step(self) -> str:
        """Give the part of the act that is shown."""
        return _STEPS[self.at]

    @property
    def title(self) -> str:
        """Give what the step is about."""
        return self.t(STEPS[self.step])

    def scene(self) -> dict[str, Any]:
        """Give what the big screen shows at this step."""
        room = replace(self.room, act="silos", part=self.step)
        return scenes.scene(room, self.findings, (), self.drawing, told=self.told)

    def said(self) -> list[str]:
        """Give the sentences of the step, the author's caution last."""
        scene = self.scene()
        caution = scene.get("caution", {}).get(self.lang)
        return [*scene["said"][self.lang], *([caution] if caution else [])]

    def figure(self) -> dict[str, Any] | None:
        """Give the map of what both sides say at this step; None where it shows something else."""
        scene = self.scene()
        return scene["map"] if scene["kind"] == "map" or self.step == "walls" else None

    def picture(self) -> str:
        """Draw lines as senders drew them and as they run, the room's guesses, or what reaches the audiences."""
        scene = self.scene()
        if self.step == "audiences":
            return svg(self._made("audiences"), alone=True)
        if scene["kind"] == "bend":
            names = {outcome: self.t(OUTCOME_NAMES[outcome]) for outcome in _RUNS}
            names["drawn"] = self.t("as the sender drew it")
            return svg(picture(self._bent(scene["map"], bent=scene["bent"]), names), alone=True)
        title = self.t("Of every 10 lines, how many run straight? The dark bar is how it is.")
        return svg(bars(scene["guesses"], marked=scene["outcome"], title=title), alone=True)

    def _bent(self, figure: dict[str, Any], *, bent: bool) -> dict[str, Any]:
        """Give the lines as senders drew them, or by way of the stops and named after how they run."""
        lines = []
        for line in figure["lines"]:
            turned = bent and line["bx"] is not None
            control = {"cx": line["bx"], "cy": line["by"]} if turned else {}
            lines.append({**line, **control, "state": line["outcome"] if bent else "drawn"})
        return {**figure, "lines": lines}

    def draw(self, name: str) -> Any:
        """Give a figure to look at and to keep; it follows the room.

        Parameters
        ----------
        name
            A key of `workshopkit.figures.gallery.FIGURES`.
        """
        from workshopkit.widgets.figure import FigureView

        view = FigureView(self._made(name), lang=self.lang)
        self.observe(lambda _: view.show(self._made(name)), "seq")
        return view

    def _made(self, name: str) -> Figure:
        return gallery.make(name, self.findings, lang=self.lang, drawing=self.drawing)

    @property
    def silo(self) -> Shown:
        """Say in full whether there are silos, and how sure that is."""
        return shown.sentences(
            [told.silo_long(self.findings, self.lang), *told.walls(self.findings, self.lang)]
        )

    @property
    def pairs(self) -> Shown:
        """Give who walks to whom, about which line, and how it ended."""
        t = self.t
        rows = []
        for pair in pairing.find(self.definition, self.lines, self.told.wishes):
            ended = Counter(walked for one in pair.members if (walked := self.room.sheet(one).walked))
            rows.append(
                (
                    " · ".join(map(self.label, pair.members)),
                    f"{self.label(pair.source)} → {self.label(pair.target)}",
                    t(_REASONS[pair.reason]),
                    ", ".join(t(text) for answer, text in _WALKED.items() if ended[answer]) or "–",
                )
            )
        return shown.table(
            [t("Who walks together"), t("About which line"), t("Why"), t("How it ended")], rows
        )

    @property
    def five(self) -> Shown:
        """Give the five findings that matter most; each opens to what lies behind it."""
        return five.findings(self.findings, self.room.case, self.drawing, self.lang, wishes=self.told.wishes)

    @property
    def numbers(self) -> Shown:
        """Give the figures for the facilitator; each opens to its formula."""
        return numbers(self.findings, self.lang)

    @property
    def domains(self) -> Shown:
        """Give the figures of every domain."""
        return tables.domains(self.findings, self.lang)

    @property
    def gaps(self) -> Shown:
        """Give the lines on which both sides say different things."""
        return tables.gaps(self.findings, self.lang)

    @property
    def places(self) -> Shown:
        """Give the figures of every place on the map."""
        return tables.places(self.findings, self.lang)

    @property
    def chances(self) -> Shown:
        """Give the chance that what each place says reaches each audience."""
        return tables.chances(self.findings, self.lang)

    @property
    def formal(self) -> Any:
        """Lay the formal chart over what arrives."""
        return drawing_formal.view(self)

    @property
    def lines_table(self) -> pd.DataFrame:
        """Give the lines as a table to reckon with; its columns are those of `workshopkit.network.tables`."""
        return lines_table(self.definition, self.lines, name=lambda state: state_name(state, self.lang))

    @property
    def places_table(self) -> pd.DataFrame:
        """Give the places as a table to reckon with."""
        summary = self.findings.summary
        return actors_table(self.definition, summary.hears, summary.heard)

    @property
    def reveal(self) -> Any:
        """Give the reveal, to go through step by step."""
        from workshopkit.widgets.map import MapWidget

        t = self.t
        title, said = controls.shown(), controls.shown()
        chart, page = controls.image(), controls.slider(len(_STEPS), text=t("step"))
        drawn = MapWidget(figure=self.figure() or {}, lang=self.lang, layout={"width": "100%"})
        back = controls.button(t("Previous"), lambda: self.go(-1))
        on = controls.button(t("Next"), lambda: self.go(1), main=True)

        def paint(_: object = None) -> None:
            figure = self.figure()
            page.value = self.at + 1
            back.disabled, on.disabled = self.at == 0, self.at == len(_STEPS) - 1
            controls.note(title, shown.heading(self.title))
            controls.note(said, shown.sentences(self.said(), large=True))
            drawn.layout.display, chart.layout.display = ("", "none") if figure else ("none", "")
            if figure:
                with drawn.hold_sync():
                    drawn.figure, drawn.texts = figure, describe(figure, self.lang)
            else:
                chart.value = self.picture().encode()

        page.observe(lambda change: self.go(change["new"] - 1 - self.at), "value")
        self.observe(paint, ["at", "seq"])
        paint()
        return controls.column(controls.row(back, on, page), controls.beside([drawn, chart], [title, said]))


def open_workshop(id: str | None = None, *, db: str | None = None) -> SilosPanel:
    """Open the reveal of the running workshop, or alone of the demo; see `Watched.open`."""
    panel: SilosPanel = SilosPanel.open(id, db=db)
    return panel
