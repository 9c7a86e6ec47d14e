"""The phone of a team: its own answer sheet, and of the others only how many are ready."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

from workshopkit.errors import WorkshopClosed
from workshopkit.network.lines import implied
from workshopkit.panels.here import here
from workshopkit.panels.live import Live
from workshopkit.panels.page import open_page
from workshopkit.room.events import FACILITATOR_KINDS
from workshopkit.room.fold import fold
from workshopkit.room.sheet import Conflict, Edit, Sheet
from workshopkit.store.joining import joined

__all__ = ["Participant", "show"]

_LED = FACILITATOR_KINDS | {"joined"}


class Participant(Live):
    """Reads the facilitator's events, those of its own team, and one small snapshot."""

    interval = 0.25
    spacing = 0.5

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._team: set[str] = {self.here.participant}
        self._cursor = 0
        self._others: dict[str, Any] = {}

    def start(self) -> dict[str, Any]:
        """Read the store, and make good a joining that was cut off half-way."""
        self.read()
        me, actor = self.here.participant, self.here.actor
        known = self.room.definition is not None and actor in self.room.definition.by_id
        if known and not self.room.closed and me not in self.room.seats and me not in self.room.withdrawn:
            # The door died between the session and its event: without it, answers would be stored and never count.
            with suppress(WorkshopClosed):
                self.store.append(**joined(self.here.workshop, me, str(actor)))
        return super().start()

    def read(self) -> None:
        """Fold what is new."""
        # What is committed between two queries is left for the next look: an order with holes would stay so.
        top = self.store.last_seq(self.here.workshop)
        if top != self._cursor:
            self._read_events(top)
        snapshot = self.store.snapshot(self.here.workshop, "phones")
        self._others = snapshot.payload if snapshot else {}

    def _read_events(self, top: int) -> None:
        workshop, actor = self.here.workshop, self.here.actor
        led = [
            event
            for event in self.store.events(workshop, after=self._cursor, kinds=_LED)
            if event.kind != "joined" or event.payload["actor"] == actor
        ]
        # Another phone of the team has said nothing before it joined, so there is nothing older to read.
        self._team |= {event.participant for event in led if event.kind == "joined" and event.seq <= top}
        said = self.store.events(workshop, after=self._cursor, participants=self._team)
        unique = {event.seq: event for event in (*led, *said) if event.seq <= top}
        self.room = replace(fold((unique[seq] for seq in sorted(unique)), self.room), seq=top)
        self._cursor = top

    def state(self) -> dict[str, Any]:
        """Give what the phone shows."""
        room, actor = self.room, self.here.actor or ""
        definition = room.definition
        if definition is None:
            return {"act": None, "subject": "", "actors": [], "domains": []}
        seat = definition.by_id.get(actor)
        sheet = room.sheet(actor)
        mine = self._others.get("seats", {}).get(actor, {})
        # What was computed for another moment is not shown under the title of this one.
        told = self._others if self._others.get("moment") == [room.act, room.part] else {}
        return {
            "act": room.act,
            "part": room.part,
            "sentence": room.sentence,
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
                {"id": one.id, "label": one.label, "kind": one.kind, "domain": one.domain, "voice": one.voice}
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
            "card": self._card(),
            "examples_open": definition.examples == "open",
            "passages": self._passages(),
            "said": (told.get("said") or {}).get(self.here.lang),
            "own": mine.get("own") if told else None,
            "walk": mine.get("walk"),
            "incoming": [row for row in mine.get("incoming", ()) if not row["hidden"]],
            "answers": mine.get("answers", {}),
        }

    def _card(self) -> dict[str, str] | None:
        """Give the card of the case that is read aloud now."""
        card = self.room.case.items.get(self.room.part or "") if self.room.act == "case" else None
        if card is None:
            return None
        lang = self.here.lang
        return {"id": card.id, "title": card.title[lang], "question": card.question[lang]}

    def _passages(self) -> list[dict[str, str]]:
        """Give what of the case an agreement can cite, while agreements are made."""
        if self.room.act != "agreements":
            return []
        lang = self.here.lang
        return [{"id": item.id, "title": item.title[lang]} for item in self.room.case.items.values()]

    def committed(self, kinds: set[str]) -> None:
        """End the sessions of who has just withdrawn."""
        if "withdrawn" in kinds:
            self.store.end_participant(self.here.participant)


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "told": {to: {"answer": row.answer, "expected": row.expected} for to, row in sheet.told.items()},
        "heard": {source: {"answer": row.answer, "via": row.via} for source, row in sheet.heard.items()},
        "closed": dict(sheet.closed),
        "evidence": None if sheet.evidence is None else list(sheet.evidence),
        "wish": sheet.wish,
        "wished": sheet.wished,
        "checked": sheet.checked,
        "implied": [{"from": way, "because": list(senders)} for way, senders in implied(sheet).items()],
        "marks": dict(sheet.marks),
        "examples": {card: example.text for card, example in sheet.examples.items()},
        "guess": sheet.guess,
        "walked": sheet.walked,
        "agreements": [
            {
                "id": one.id,
                "with": one.other,
                "ours": one.ours,
                "texts": dict(one.texts),
                "when": one.when,
                "cites": list(one.cites),
            }
            for one in sheet.agreements.values()
        ],
        "accepts": dict(sheet.accepts),
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
