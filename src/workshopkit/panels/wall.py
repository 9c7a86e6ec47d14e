"""The big screen: subject, timer, code and how many are ready; the map when the facilitator shows it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from workshopkit.panels.here import here
from workshopkit.panels.live import Live
from workshopkit.panels.page import open_page
from workshopkit.panels.qr import qr
from workshopkit.room.events import FACILITATOR_KINDS, PRIVATE_KINDS
from workshopkit.room.fold import fold

__all__ = ["FacilitatorsPage", "Wall", "show"]

MAP_KEYS = frozenset({"map", "counts", "sentences", "rows"})


class FacilitatorsPage(Live):
    """Reads the facilitator's events and one snapshot, never anybody's answers."""

    snapshot: str
    reads = FACILITATOR_KINDS - PRIVATE_KINDS

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._cursor = 0
        self._result: dict[str, Any] = {}
        self._invitation: dict[str, Any] = {}

    def read(self) -> None:
        """Fold the facilitator's new events and take the newest snapshot."""
        workshop = self.here.workshop
        # The snapshot first: then every event of the facilitator that it covers is among those read after it.
        found = self.store.snapshot(workshop, self.snapshot)
        self._result, covered = (found.payload, found.seq) if found else ({}, 0)
        events = self.store.events(workshop, after=self._cursor, kinds=self.reads)
        if events:
            self._cursor = events[-1].seq
        room = fold(events, self.room)
        self.room = replace(room, seq=max(room.seq, covered))
        if not self._invitation:
            self._invitation = {
                "code": self.store.workshop(workshop).code,
                "join_url": self.here.join_url,
                "qr": qr(self.here.join_url),
            }

    def frame(self) -> dict[str, Any]:
        """Give what the facilitator's own events say, which waits for no analyst."""
        room, definition = self.room, self.room.definition
        return {
            "act": room.act,
            "part": room.part,
            "sentence": room.sentence,
            "closed": room.closed,
            "locked": room.locked,
            "map_shown": room.map_shown,
            "timer": dict(room.timer) if room.timer else None,
            "subject": definition.subject if definition else "",
            "period": definition.period if definition else "",
            "promise": definition.promise if definition else "",
            "anonymous": room.anonymous,
            **self._invitation,
        }


class Wall(FacilitatorsPage):
    """The page of the projector."""

    interval = 0.1
    spacing = 0.2
    snapshot = "wall"

    def state(self) -> dict[str, Any]:
        """Give what the big screen shows; the map is not even sent before it is shown."""
        definition = self.room.definition
        teams = definition.teams if definition else ()
        before = {"teams": len(teams), "ready": 0, "joined": 0, "team_states": [], "proxies": []}
        result = {
            key: value for key, value in self._result.items() if self.room.map_shown or key not in MAP_KEYS
        }
        return {**before, **result, **self.frame()}

    def committed(self, kinds: set[str]) -> None:
        """Leave everything as it is: the screen itself sends nothing that has consequences."""


def show() -> Any:
    """Place the page of the big screen."""
    return open_page("wall", Wall, lambda: here(role="facilitator"))
