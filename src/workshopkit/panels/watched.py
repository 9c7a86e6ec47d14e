"""A workshop as a notebook of the facilitator or the learner looks at it: always as of now."""

from __future__ import annotations

import asyncio
from typing import Any

from traitlets import HasTraits, Int

from workshopkit.analysis import findings as analysis
from workshopkit.analysis.findings import Findings
from workshopkit.errors import StoreError
from workshopkit.figures.map import Drawing
from workshopkit.i18n import Translator, translator
from workshopkit.network.actors import Definition
from workshopkit.network.lines import Lines
from workshopkit.panels import shown
from workshopkit.panels.opening import opened
from workshopkit.panels.page import keep_running
from workshopkit.room.fold import Room, fold
from workshopkit.room.release import Released, released
from workshopkit.store.contract import Store

__all__ = ["Watched"]

POLL_S = 0.5
RETRY_S = 2.0


class Watched(HasTraits):
    """A workshop, kept in step with its store; the models of the acts build on it.

    Parameters
    ----------
    store, workshop
        What to look at.
    lang
        The reader's language.
    alone
        Whether this is the demo workshop of a notebook on its own.
    """

    seq = Int(help="The newest event that is in here; whoever shows the room observes it.")

    def __init__(self, store: Store, workshop: str, *, lang: str, alone: bool = False) -> None:
        super().__init__()
        self.store = store
        self.workshop = workshop
        self.lang = lang
        self.alone = alone
        self.room = Room()
        self._version: int | None = None
        self._told: tuple[Room, Released] | None = None
        self._found: Findings | None = None
        self._drawn: tuple[Definition, Drawing] | None = None
        self.refresh()

    @classmethod
    def open(cls, id: str | None = None, *, db: str | None = None) -> Any:
        """Open a workshop and keep looking: the running one, or alone the demo workshop.

        Parameters
        ----------
        id
            Which one; the newest that is open when left out.
        db
            The store's URL; that of the running kit when left out.
        """
        found = opened(id, db=db)
        if found.alone:
            cls.prepare(found.store, found.workshop)
        model = cls(found.store, found.workshop, lang=found.lang, alone=found.alone)
        keep_running(model.follow())
        return model

    @classmethod
    def prepare(cls, store: Store, workshop: str) -> None:
        """Let the demo's colleagues do what this act looks back on, before somebody alone opens it."""

    def refresh(self) -> bool:
        """Read what is new; tells whether there was anything."""
        version = self.store.version()
        if version == self._version:
            return False
        events = self.store.events(self.workshop, after=self.room.seq)
        self._version = version
        if events:
            self.room = fold(events, self.room)
        self.seq = self.room.seq
        return bool(events)

    async def follow(self) -> None:
        """Keep in step with the room."""
        while True:
            pause = POLL_S
            try:
                self.refresh()
            except StoreError:
                pause = RETRY_S
            await asyncio.sleep(pause)

    @property
    def t(self) -> Translator:
        """Give what translates for the reader."""
        return translator(self.lang)

    @property
    def definition(self) -> Definition:
        """Give what the workshop is about and who is on its map."""
        assert self.room.definition is not None  # noqa: S101 - a workshop is stored with its definition
        return self.room.definition

    @property
    def told(self) -> Released:
        """Give what may be told of the answers."""
        if self._told is None or self._told[0] is not self.room:
            self._told = self.room, released(self.room, self._told[1] if self._told else None)
        return self._told[1]

    @property
    def lines(self) -> Lines:
        """Give all lines, reconciled."""
        return self.told.lines

    @property
    def findings(self) -> Findings:
        """Give all that is found on the map; the same object until a line has changed."""
        lines, known = self.lines, self._found
        if known is None or known.definition != self.definition or known.lines != lines:
            self._found = known = analysis.find(self.definition, lines)
        return known

    def label(self, actor: str) -> str:
        """Give what people call an actor."""
        return self.definition.actor(actor).label

    @property
    def drawing(self) -> Drawing:
        """Give what draws this map; places stay where they are while the definition does."""
        if self._drawn is None or self._drawn[0] != self.definition:
            self._drawn = self.definition, Drawing(self.definition)
        return self._drawn[1]

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return shown.line(repr(self))._repr_mimebundle_()

    def __repr__(self) -> str:
        teams, ready = self.room.progress()
        return self.t(
            "“{subject}”: {ready} of {teams} teams ready.",
            subject=self.definition.subject,
            ready=ready,
            teams=teams,
        )
