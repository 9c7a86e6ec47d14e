"""The phone of a team: its own answer sheet, and of the others only how many are ready."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from workshopkit.network.lines import implied
from workshopkit.panels.here import here
from workshopkit.panels.live import Live
from workshopkit.panels.page import open_page
from workshopkit.room.events import FACILITATOR_KINDS
from workshopkit.room.fold import Room, fold
from workshopkit.room.sheet import Conflict, Edit, Sheet

__all__ = ["Participant", "show"]


class Participant(Live):
    """Reads the facilitator's events, those of its own team, and one small snapshot."""

    interval = 0.25
    spacing = 0.5

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._team: frozenset[str] | None = None
        self._cursor = 0
        self._others: dict[str, Any] = {}

    def read(self) -> None:
        """Fold what is new; with another phone in the team, fold from scratch."""
        workshop = self.here.workshop
        # What is committed between two queries is left for the next look: an order with holes would stay so.
        top = self.store.last_seq(workshop)
        if top != self._cursor:
            self._read_events(top)
        snapshot = self.store.snapshot(workshop, "phones")
        self._others = snapshot.payload if snapshot else {}

    def _read_events(self, top: int) -> None:
        workshop = self.here.workshop
        team = frozenset({self.here.participant, *self.store.participants(workshop, self.here.actor or "")})
        room, cursor = (self.room, self._cursor) if team == self._team else (Room(), 0)
        events = self.store.events(workshop, after=cursor, kinds=FACILITATOR_KINDS)
        events += self.store.events(workshop, after=cursor, participants=team)
        unique = {event.seq: event for event in events if event.seq <= top}
        self.room = replace(fold((unique[seq] for seq in sorted(unique)), room), seq=top)
        self._team, self._cursor = team, top

    def state(self) -> dict[str, Any]:
        """Give what the phone shows."""
        room, actor = self.room, self.here.actor or ""
        definition = room.definition
        if definition is None:
            return {"act": None, "subject": "", "actors": [], "domains": []}
        seat = definition.by_id.get(actor)
        sheet = room.sheet(actor)
        return {
            "act": room.act,
            "closed": room.closed,
            "withdrawn": self.here.participant in room.withdrawn,
            "subject": definition.subject,
            "period": definition.period,
            "promise": definition.promise,
            "seat": {
                "id": actor,
                "label": seat.label if seat else actor,
                "proxy": seat is not None and seat.voice == "proxy",
            },
            "actors": [
                {"id": one.id, "label": one.label, "kind": one.kind, "domain": one.domain}
                for one in definition.actors
            ],
            "domains": [{"id": domain.id, "label": domain.label} for domain in definition.domains],
            "sheet": _sheet(sheet),
            "conflicts": [_conflict(found, self.here.participant) for found in sheet.conflicts],
            "room": {
                "teams": self._others.get("teams", len(definition.teams)),
                "ready": self._others.get("ready", 0),
            },
            "timer": dict(room.timer) if room.timer else None,
        }

    def committed(self, kinds: set[str]) -> None:
        """End the sessions of who has just withdrawn."""
        if "withdrawn" in kinds:
            self.store.end_participant(self.here.participant)


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "told": {to: {"answer": row.answer, "expected": row.expected} for to, row in sheet.told.items()},
        "heard": {source: {"answer": row.answer, "via": row.via} for source, row in sheet.heard.items()},
        "closed": dict(sheet.closed),
        "wish": sheet.wish,
        "wished": sheet.wished,
        "checked": sheet.checked,
        "implied": [{"from": way, "because": list(senders)} for way, senders in implied(sheet).items()],
    }


def _conflict(found: Conflict, participant: str) -> dict[str, Any]:
    return {
        "list": found.list,
        "actor": found.actor,
        "options": [_option(found.list, edit, participant) for edit in found.edits],
    }


def _option(name: str, edit: Edit, participant: str) -> dict[str, Any]:
    said: dict[str, Any] = {"event": edit.event, "mine": edit.participant == participant, "answer": "no"}
    if edit.row is None:
        return said
    extra = "expected" if name == "told" else "via"
    return {**said, "answer": edit.row.answer, extra: getattr(edit.row, extra)}


def show() -> Any:
    """Place the page of a phone."""
    return open_page("participant", Participant, lambda: here(role="participant"))
