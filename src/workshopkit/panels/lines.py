"""Act 02 in the facilitator's notebook: the lines of a workshop as a map, a table and a chart, live."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from workshopkit.analysis.summary import Summary, summarise
from workshopkit.errors import StoreError
from workshopkit.figures.charts import hears_and_heard
from workshopkit.figures.map import Drawing, describe
from workshopkit.figures.words import sentences, state_name
from workshopkit.i18n import translator
from workshopkit.network.lines import STATES, Lines, reconcile
from workshopkit.network.tables import actors_table, lines_table
from workshopkit.panels.opening import opened
from workshopkit.panels.page import keep_running
from workshopkit.panels.shown import Sentences, line
from workshopkit.room.fold import Room, fold
from workshopkit.store.contract import Store

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

__all__ = ["LinesPanel", "open_workshop"]

POLL_S = 0.5
RETRY_S = 2.0


class LinesPanel:
    """The lines of one workshop; every attribute is as of now.

    Parameters
    ----------
    store, workshop
        What to look at.
    lang
        The reader's language.
    alone
        Whether this is the demo workshop of a notebook on its own.
    """

    def __init__(self, store: Store, workshop: str, *, lang: str, alone: bool = False) -> None:
        self.lang = lang
        self.alone = alone
        self._store = store
        self._workshop = workshop
        self._room = Room()
        self._version: int | None = None
        self._drawing: Drawing | None = None
        self._definition: Any = None
        self._widget: Any = None
        self.refresh()

    def refresh(self) -> bool:
        """Read what is new; tells whether there was anything."""
        version = self._store.version()
        if version == self._version:
            return False
        events = self._store.events(self._workshop, after=self._room.seq)
        self._version = version
        self._room = fold(events, self._room)
        if events and self._widget is not None:
            self._paint()
        return bool(events)

    @property
    def lines(self) -> Lines:
        """Give all lines, reconciled."""
        self.refresh()
        return (
            reconcile(self._room.definition, self._room.sheets)
            if self._room.definition
            else Lines((), (), {}, {})
        )

    @property
    def summary(self) -> Summary:
        """Give the counts of the map."""
        lines = self.lines
        assert self._room.definition is not None  # noqa: S101 - a workshop is stored with its definition
        return summarise(self._room.definition, lines)

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
        lines = self.lines
        assert self._room.definition is not None  # noqa: S101 - as above
        return lines_table(self._room.definition, lines, name=lambda state: state_name(state, self.lang))

    @property
    def teams(self) -> pd.DataFrame:
        """Give for every actor from how many it heard directly and by how many it was heard."""
        summary = self.summary
        assert self._room.definition is not None  # noqa: S101 - as above
        return actors_table(self._room.definition, summary.hears, summary.heard)

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
        if self._widget is None:
            from workshopkit.widgets.map import MapWidget

            figure = self._figure()
            self._widget = MapWidget(figure=figure, texts=describe(figure, self.lang), lang=self.lang)
        return self._widget

    @property
    def sentences(self) -> Sentences:
        """Say what the map shows, what works first."""
        summary = self.summary
        assert self._room.definition is not None  # noqa: S101 - as above
        return Sentences(sentences(self._room.definition, summary, self.lang))

    async def follow(self) -> None:
        """Keep the map in step with the room."""
        while True:
            pause = POLL_S
            try:
                self.refresh()
            except StoreError:
                pause = RETRY_S
            await asyncio.sleep(pause)

    def _figure(self) -> dict[str, Any]:
        definition = self._room.definition
        assert definition is not None  # noqa: S101 - as above
        if self._drawing is None or definition != self._definition:
            self._definition, self._drawing = definition, Drawing(definition)
        return self._drawing.map(reconcile(definition, self._room.sheets))

    def _paint(self) -> None:
        figure = self._figure()
        with self._widget.hold_sync():
            self._widget.figure = figure
            self._widget.texts = describe(figure, self.lang)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return line(repr(self))._repr_mimebundle_()

    def __repr__(self) -> str:
        definition = self._room.definition
        teams, ready = self._room.progress()
        subject = definition.subject if definition else ""
        t = translator(self.lang)
        return t("“{subject}”: {ready} of {teams} teams ready.", subject=subject, ready=ready, teams=teams)


def open_workshop(id: str | None = None, *, db: str | None = None) -> LinesPanel:
    """Open a workshop to see it live.

    Parameters
    ----------
    id
        Which one; the newest that is open when left out, and without any the demo workshop.
    db
        The store's URL; that of the running kit when left out.
    """
    found = opened(id, db=db)
    panel = LinesPanel(found.store, found.workshop, lang=found.lang, alone=found.alone)
    keep_running(panel.follow())
    return panel
