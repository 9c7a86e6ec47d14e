"""The phone of a team: its own answer sheet, and of the others only how many are ready.

In anonymous mode the sheet is that of this one phone; of others in its group only agreements are read.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

from workshopkit.errors import WorkshopClosed
from workshopkit.i18n import translator
from workshopkit.network import people
from workshopkit.network.claims import Heard, Told
from workshopkit.network.lines import implied
from workshopkit.network.steps import NAMES
from workshopkit.panels.here import here
from workshopkit.panels.live import Live
from workshopkit.panels.page import open_page
from workshopkit.panels.relaying import on_phone
from workshopkit.panels.script import step_name
from workshopkit.room.events import ANSWER_KINDS, FACILITATOR_KINDS, PRIVATE_KINDS
from workshopkit.room.fold import fold
from workshopkit.room.sheet import LISTS, Conflict, Edit, Sheet
from workshopkit.store.contract import Event
from workshopkit.store.joining import joined

__all__ = ["Participant", "show"]

MAX_ASKED = 1000
_LED = (FACILITATOR_KINDS - PRIVATE_KINDS) | {"joined"}
# What is done in the open, also where everybody answers alone.
_AGREED = frozenset(kind for kind in ANSWER_KINDS if kind.startswith(("agreement.", "mend.")))


class Participant(Live):
    """Reads the facilitator's events, those of its own team, and one small snapshot."""

    interval = 0.25
    spacing = 0.5

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._team: set[str] = {self.here.participant}
        self._cursor = 0
        self._others: dict[str, Any] = {}
        self._named: dict[str, Any] | None = None

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
        said = self._said(led)
        unique = {event.seq: event for event in (*led, *said) if event.seq <= top}
        self.room = replace(fold((unique[seq] for seq in sorted(unique)), self.room), seq=top)
        self._cursor = top

    def _said(self, led: list[Event]) -> list[Event]:
        """Read what is on this phone's sheet: all that the team said, or in anonymous mode only one's own."""
        workshop, after = self.here.workshop, self._cursor
        # The definition comes before any answer, and with it who answers.
        if not fold((event for event in led if event.kind == "workshop.defined"), self.room).anonymous:
            return self.store.events(workshop, after=after, participants=self._team)
        own = self.store.events(workshop, after=after, participants={self.here.participant})
        shared = self.store.events(
            workshop, after=after, participants=self._team, kinds=_AGREED | {"withdrawn"}
        )
        return [*own, *shared]

    def state(self) -> dict[str, Any]:
        """Give what the phone shows."""
        room, actor = self.room, self.here.actor or ""
        definition = room.definition
        if definition is None:
            return {"act": None, "subject": "", "actors": [], "domains": []}
        seat = definition.by_id.get(actor)
        sheet = room.own_sheet(self.here.participant, actor)
        mine = self._others.get("seats", {}).get(actor, {})
        # What was computed for another moment is not shown under the title of this one.
        told = self._others if self._others.get("moment") == [room.act, room.part] else {}
        return {
            "act": room.act,
            "part": room.part,
            "sentence": room.sentence,
            "called": self._called(),
            "late": self._late(),
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
            "imported": room.imported(actor),
            "conflicts": [_conflict(found, self.here.participant) for found in sheet.conflicts],
            "room": {
                "teams": self._others.get("teams", len(definition.teams)),
                "ready": self._others.get("ready", 0),
            },
            "anonymous": definition.anonymous,
            "named": self._named,
            "cards": {item.id: item.title[self.here.lang] for item in room.case.core},
            "timer": dict(room.timer) if room.timer else None,
            "card": self._card(),
            "examples_open": definition.examples == "open",
            "examples_asked": definition.examples != "off",
            "passages": self._passages(),
            "steps": self._steps(),
            "goal": definition.goal,
            "said": (told.get("said") or {}).get(self.here.lang),
            "figure": self._figure(told.get("scene") or {}),
            "own": mine.get("own") if told else None,
            "walk": mine.get("walk"),
            "relay": self._relay(mine, actor),
            "mend": self._table(mine, actor),
            "incoming": [row for row in mine.get("incoming", ()) if not row["hidden"]],
            "answers": mine.get("answers", {}),
        }

    def _relay(self, mine: dict[str, Any], actor: str) -> dict[str, Any] | None:
        """Give what is asked of this seat while a message is on its way."""
        if self.room.act != "message" or "relay" not in mine:
            return None
        return on_phone(mine["relay"], self.here.lang, actor, anonymous=self.room.anonymous)

    def _table(self, mine: dict[str, Any], actor: str) -> dict[str, Any] | None:
        """Give this seat's table while the break-through is open."""
        room, shared = self.room, self._others.get("mend")
        if room.act != "breakthrough" or shared is None or room.mending is None or room.definition is None:
            return None
        # Only now: no other act needs its words.
        from workshopkit.panels import mending

        reader = mending.Reader(room.definition, self.here.lang)
        return mending.on_phone(shared, mine.get("mend"), room.mending, actor, reader)

    def _called(self) -> int | None:
        """Give the call to what is open, if this phone was there to be called back."""
        called, late = self.room.called, self.room.late.get(self.here.participant)
        return None if called is None or (late is not None and called < late[2]) else called

    def _late(self) -> str | None:
        """Give the name of the part of the afternoon at which this phone came in later, while the room is there."""
        room, late = self.room, self.room.late.get(self.here.participant)
        if late is None or late[:2] != (room.act, room.part):
            return None
        return step_name(room.act, room.part, translator(self.here.lang))

    def _figure(self, scene: dict[str, Any]) -> dict[str, Any] | None:
        """Give what is drawn while the sentence of now is read; None where a phone draws nothing."""
        draws = scene.get("draws") or [""]
        name = draws[min(self.room.sentence, len(draws) - 1)]
        return scene["figures"][name][self.here.lang] if name else None

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

    def _steps(self) -> list[dict[str, str]]:
        """Give the kinds of step that an agreement can make, while agreements are made."""
        if self.room.act != "agreements":
            return []
        t = translator(self.here.lang)
        return [{"id": id, "title": t(name)} for id, name in NAMES.items()]

    def asked(self, content: dict[str, Any]) -> None:
        """Tell whether a text that is being typed seems to name people; it is kept nowhere."""
        text, definition = content.get("text"), self.room.definition
        if content.get("type") != "names" or not isinstance(text, str) or definition is None:
            return
        found = people.named(text[:MAX_ASKED], labels=(actor.label for actor in definition.actors))
        self._named = {"text": text[:MAX_ASKED], "found": found}
        self._send_changes()

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
                "step": one.step,
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
    said: dict[str, Any] = {"event": edit.event, "mine": edit.participant == participant}
    if name not in LISTS:
        return {**said, "answer": list(edit.row) if isinstance(edit.row, tuple) else edit.row}
    if isinstance(edit.row, Told):
        return {**said, "answer": edit.row.answer, "expected": edit.row.expected}
    if isinstance(edit.row, Heard):
        return {**said, "answer": edit.row.answer, "via": edit.row.via}
    return {**said, "answer": "no"}


def show() -> Any:
    """Place the page of a phone."""
    return open_page("participant", Participant, lambda: here(role="participant"))
