"""From a browser's outbox into the store: checked, committed in one transaction, and answered one by one.

An event that came before is answered with its first number, whatever has happened since. What cannot be stored is
refused with a sentence; what cannot be stored *now* waits in the browser.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from workshopkit.errors import RefusedEvent, StoreError, UnknownWorkshop, WorkshopClosed, WorkshopkitError
from workshopkit.i18n import N_
from workshopkit.room import relay
from workshopkit.room.agreements import MAX_OF_A_TEAM
from workshopkit.room.events import ANSWER_KINDS, ANSWERABLE, TIMED, check_id, validate
from workshopkit.room.fold import Room
from workshopkit.store.contract import Event, NewEvent, Store

__all__ = ["Committer"]

MAX_BATCH = 500
Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Committer:
    """Commits what one participant sends.

    Parameters
    ----------
    store
        Where to.
    workshop, participant, role, actor
        Who speaks, from the session and never from the browser.
    lang
        The language of answers.
    clock
        Gives the server's time, which events carry so that edits can be compared.
    """

    store: Store
    workshop: str
    participant: str
    role: str
    actor: str | None
    lang: str
    clock: Callable[[], float] = time.time

    def commit(self, given: object, room: Room) -> tuple[list[Answer], set[str]]:
        """Store a batch as far as it can be.

        Parameters
        ----------
        given
            The list of events as the browser sent it: anything.
        room
            The workshop as it is now.

        Returns
        -------
        tuple
            An answer for each event that has an id, and the kinds of event that are in the store now.
        """
        batch = given[:MAX_BATCH] if isinstance(given, list) else []
        entries = [entry for entry in batch if isinstance(entry, dict) and isinstance(entry.get("id"), str)]
        fresh: dict[str, NewEvent] = {}
        answers: dict[str, Answer] = {}
        kinds: dict[str, str] = {}
        try:
            known = self._known() if entries else {}
            for entry in entries:
                key = entry["id"]
                try:
                    if (before := known.get(check_id(key))) is not None:
                        self._same(before, entry)
                        answers[key] = _stored(key, before.seq)
                        kinds[key] = before.kind
                    elif key not in fresh:
                        fresh[key] = self._accept(key, entry, room)
                        kinds[key] = fresh[key]["kind"]
                except RefusedEvent as error:
                    answers[key] = self._no("refused", key, error)
            answers.update(self._store_all(list(fresh.values())))
        except StoreError as error:
            for entry in entries:
                answers.setdefault(entry["id"], self._later(entry["id"], error))
        stored = {kinds[key] for key, answer in answers.items() if answer["type"] == "stored"}
        return list(answers.values()), stored

    def _known(self) -> dict[str, Event]:
        return {
            event.id: event for event in self.store.events(self.workshop, participants=[self.participant])
        }

    def _same(self, before: Event, entry: Mapping[str, Any]) -> None:
        """Refuse an id that was used for something else."""
        if entry.get("kind") != before.kind:
            raise RefusedEvent(N_("This answer has the number of another one. Reload the page."))

    def _accept(self, key: str, entry: Mapping[str, Any], room: Room) -> NewEvent:
        kind, act = entry.get("kind"), entry.get("act")
        payload = validate(kind, entry.get("payload"), room.definition, self.role, self.actor, case=room.case)
        assert isinstance(kind, str)  # noqa: S101 - validate() has seen to it
        if kind == "joined":
            raise RefusedEvent(N_("You have joined already."))
        if self.participant in room.withdrawn:
            raise RefusedEvent(N_("You have left this workshop. Join again to answer."))
        if kind in ANSWER_KINDS:
            self._check_open(kind, act, room)
            if kind == "chosen":
                self._check_choice(payload, room)
            if kind == "agreement.written":
                self._check_number(room)
            if kind in relay.KINDS:
                self._check_round(kind, payload, room)
        if kind in TIMED:
            payload["at"] = round(self.clock(), 3)
        return NewEvent(
            id=key,
            workshop=self.workshop,
            participant=self.participant,
            act=act if isinstance(act, str) else None,
            kind=kind,
            payload=payload,
        )

    def _check_open(self, kind: str, act: object, room: Room) -> None:
        known = ANSWERABLE[kind]
        parts = known.get(room.act or "", ())
        # An answer of act 02 that comes a moment late still counts while teams may correct theirs.
        if act not in known or (parts is not None and room.part not in parts):
            raise RefusedEvent(
                N_("This part is closed now, so this answer is not stored. What you said before is kept.")
            )

    def _check_round(self, kind: str, payload: Mapping[str, Any], room: Room) -> None:
        if room.relay is None or not room.relay.is_open(kind, payload.get("round"), self.clock()):
            raise RefusedEvent(N_("This round is over. Look at what is asked now."))

    def _check_choice(self, payload: Mapping[str, Any], room: Room) -> None:
        for conflict in room.sheet(self.actor or "").conflicts:
            if (conflict.list, conflict.actor) == (payload["list"], payload["actor"]):
                if any(edit.event == payload["event"] for edit in conflict.edits):
                    return
                break
        raise RefusedEvent(N_("There is nothing left to choose here: it was settled already."))

    def _check_number(self, room: Room) -> None:
        if len(room.sheet(self.actor or "").agreements) >= MAX_OF_A_TEAM:
            raise RefusedEvent(
                N_("You have {count} agreements already. Drop one to make another."), count=MAX_OF_A_TEAM
            )

    def _store_all(self, events: list[NewEvent]) -> dict[str, Answer]:
        if not events:
            return {}
        try:
            stored = self.store.append_many(events)
        except (RefusedEvent, WorkshopClosed, UnknownWorkshop):
            return self._store_each(events)
        return {
            event["id"]: _stored(event["id"], seq) for event, (seq, _) in zip(events, stored, strict=True)
        }

    def _store_each(self, events: list[NewEvent]) -> dict[str, Answer]:
        """Store one by one, up to the first that must wait: a later one may not overtake it."""
        answers: dict[str, Answer] = {}
        for event in events:
            try:
                answers[event["id"]] = self._store_one(event)
            except StoreError as error:
                waiting = (late["id"] for late in events if late["id"] not in answers)
                return answers | {key: self._later(key, error) for key in waiting}
        return answers

    def _store_one(self, event: NewEvent) -> Answer:
        key = event["id"]
        try:
            seq, _ = self.store.append(**event)
        except RefusedEvent as error:
            # Another kernel of the same page may have stored it a moment ago, with its own time in it.
            before = self._known().get(key)
            if before is not None and before.kind == event["kind"]:
                return _stored(key, before.seq)
            return self._no("refused", key, error)
        except (WorkshopClosed, UnknownWorkshop) as error:
            return self._no("refused", key, error)
        return _stored(key, seq)

    def _later(self, key: str, error: StoreError) -> Answer:
        """Say that an answer waits; what is wrong with the store is for who can mend it."""
        if self.role == "facilitator":
            return self._no("waiting", key, error)
        calm = WorkshopkitError(
            N_("It cannot be stored just now. It waits here and is sent again by itself.")
        )
        return self._no("waiting", key, calm)

    def _no(self, kind: str, key: str, error: WorkshopkitError) -> Answer:
        return {"type": kind, "id": key, "message": error.text(self.lang)}


def _stored(key: str, seq: int) -> Answer:
    return {"type": "stored", "id": key, "seq": seq}
