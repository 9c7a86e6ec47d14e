"""Act 02 in the facilitator's notebook: the lines of a workshop as a map, a table and a chart, live.

Before all that: draw how you think it runs, and compare. The drawing belongs to who sits at the notebook. It is stored with
the workshop as an event of its own, so a reload finds it again; it counts nowhere on the map.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from traitlets import Bool

from workshopkit.analysis import drawn as analysis
from workshopkit.analysis.drawn import Compared
from workshopkit.analysis.summary import Summary
from workshopkit.errors import RefusedEvent, StoreError, UsageError
from workshopkit.figures import beside
from workshopkit.figures import picture as figures
from workshopkit.figures.charts import hears_and_heard
from workshopkit.figures.map import describe
from workshopkit.figures.svg import svg
from workshopkit.figures.words import sentences, state_name
from workshopkit.network.drawn import Drawn, DrawnLine
from workshopkit.network.lines import STATES
from workshopkit.network.network import Pair
from workshopkit.network.tables import actors_table, lines_table
from workshopkit.panels import controls, drawing, drawing_formal, shown
from workshopkit.panels.shown import Sentences, Shown
from workshopkit.panels.watched import Watched
from workshopkit.room.events import validate

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

__all__ = ["LinesPanel", "open_workshop"]


class LinesPanel(Watched):
    """The lines of one workshop; every attribute is as of now.

    Parameters
    ----------
    store, workshop, lang, alone
        As in `Watched`.
    """

    revealed = Bool(help="Whether the drawing may be seen beside how it runs.")

    @property
    def summary(self) -> Summary:
        """Give the counts of the map."""
        return self.findings.summary

    @property
    def states(self) -> pd.DataFrame:
        """Give the seven states with their counts; they sum to n(n-1)."""
        import pandas as pd

        counts = self.summary.counts
        names = [state_name(state, self.lang) for state in STATES]
        return pd.DataFrame(
            {"state": names, "lines": [counts[state] for state in STATES]}, index=list(STATES)
        )

    @property
    def table(self) -> pd.DataFrame:
        """Give every line with what both sides say."""
        whole = lines_table(self.definition, self.lines, name=lambda state: state_name(state, self.lang))
        return whole[["source", "target", "state", "told", "heard"]]

    @property
    def teams(self) -> pd.DataFrame:
        """Give for every actor from how many it heard directly and by how many it was heard."""
        summary = self.summary
        return actors_table(self.definition, summary.hears, summary.heard)

    @property
    def figure(self) -> go.Figure:
        """Give the chart of who hears whom, shown by its mime type."""
        import plotly.io

        # The notebook renderer would put five megabytes of script into every output.
        plotly.io.renderers.default = "plotly_mimetype"
        teams = self.teams
        return hears_and_heard(list(teams["actor"]), list(teams["hears"]), list(teams["is_heard"]), self.lang)

    @property
    def map(self) -> Any:
        """Give the map as a widget that follows the room."""
        from workshopkit.widgets.map import MapWidget

        made = MapWidget(lang=self.lang)

        def paint(_: object = None) -> None:
            figure = self.drawing.map(self.lines)
            with made.hold_sync():
                made.figure, made.texts = figure, describe(figure, self.lang)

        self.observe(paint, "seq")
        paint()
        return made

    @property
    def sentences(self) -> Sentences:
        """Say what the map shows, what works first."""
        return Sentences(sentences(self.definition, self.summary, self.lang))

    @property
    def formal(self) -> Any:
        """Give the reporting lines over the map, for the facilitator only."""
        return drawing_formal.view(self)

    @property
    def drawn(self) -> tuple[Pair, ...]:
        """Give the lines that were drawn here before the reveal."""
        return self.room.drawn

    def keep(self, drawn: Drawn) -> str:
        """Store which lines are thought to run straight; gives what is wrong with the drawing, or nothing."""
        straight = [line for line in drawn.lines if line.arrives != "no" and not line.via]
        said = self._store([[line.source, line.target] for line in straight])
        if said or len(straight) == len(drawn.lines):
            return said
        return self.t("Here only lines that arrive directly count: leave the others out.")

    def _store(self, pairs: list[list[str]]) -> str:
        if sorted(map(tuple, pairs)) == sorted(self.drawn):
            return ""
        try:
            given = validate("map.drawn", {"lines": pairs}, self.definition, "facilitator", None)
            self.store.append(
                id=uuid4().hex, workshop=self.workshop, participant="facilitator", act="lines", kind="map.drawn", payload=given
            )  # fmt: skip
            self.refresh()
        except (RefusedEvent, StoreError) as error:
            return error.text(self.lang)
        return ""

    @property
    def draw(self) -> Any:
        """Give the map without lines, to draw how we think it runs."""
        spots = drawing.spots(self.drawing.map([]))
        here = self.definition.by_id
        lines = [DrawnLine(*pair) for pair in self.drawn if here.keys() >= set(pair)]
        given = Drawn.of(self.definition, lines, spots).payload()
        try:
            board = drawing.editor({**given, "formal": []}, self.lang, mode="lines")
        except UsageError as error:
            return shown.line(error.text(self.lang))
        drawing.follow(board, self.keep, self.lang)
        return board

    def compared(self) -> Compared:
        """Lay what was drawn over the lived map."""
        return analysis.compare(self.findings.net, self.drawn)

    def said(self) -> list[str]:
        """Say how the drawing compares."""
        return beside.compared(self.definition, self.compared(), self.lang)

    def picture(self) -> str:
        """Draw what was drawn and what arrives, each in its role."""
        figure = figures.lines(self.drawing, beside.compared_lines(self.compared()))
        return svg(figures.picture(figure, beside.names(beside.COMPARED_ROLES, self.lang)), alone=True)

    def counts(self) -> Shown:
        """Give the same in numbers, in the words of the picture."""
        found, t = self.compared(), self.t
        parts = reversed(beside.COMPARED_ROLES.items())
        rows = [(t(text), len(getattr(found, part))) for part, text in parts]
        return shown.table([t("Lines"), t("how many")], rows)

    def reveal(self) -> None:
        """Let the drawing be seen beside how it runs."""
        self.revealed = True

    @property
    def compare(self) -> Any:
        """Give the button that lays the drawing over the lived map, and what it then shows."""
        picture, told, counts = controls.image(), controls.shown(), controls.shown()
        button = controls.button(self.t("Compare with how it runs"), self.reveal, main=True)

        def paint(_: object = None) -> None:
            # Without a drawing there is nothing to compare, and the answer is not given away.
            seen = self.revealed and bool(self.drawn)
            picture.layout.display = "" if seen else "none"
            controls.note(told, shown.sentences(self.said()) if self.revealed else None)
            controls.note(counts, self.counts() if seen else None)
            if seen:
                picture.value = self.picture().encode()

        self.observe(paint, ["seq", "revealed"])
        paint()
        return controls.column(button, controls.beside([picture], [told, counts]))


def open_workshop(id: str | None = None, *, db: str | None = None) -> LinesPanel:
    """Open a workshop to see it live.

    Parameters
    ----------
    id
        Which one; the newest that is open when left out, and without any the demo workshop.
    db
        The store's URL; that of the running kit when left out.
    """
    panel: LinesPanel = LinesPanel.open(id, db=db)
    return panel
