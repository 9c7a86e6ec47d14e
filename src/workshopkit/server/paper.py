"""Without enough phones: cards to print, and a page on which a helper types them in. For who leads; starts no kernel."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from workshopkit.errors import RefusedEvent, StoreError, WorkshopClosed
from workshopkit.i18n import N_
from workshopkit.network.actors import Actor, Definition
from workshopkit.room import paper
from workshopkit.room.agreements import MAX_OF_A_TEAM, TEXTS, Agreement
from workshopkit.room.events import MAX_EXAMPLE, TIMED
from workshopkit.room.fold import Room, fold
from workshopkit.room.paper import Paper
from workshopkit.room.sheet import Sheet
from workshopkit.server.base import DoorHandler
from workshopkit.store import NewEvent, Session

__all__ = ["CardsHandler", "EntryHandler", "LeadsHandler", "Row", "SeatHandler", "seat_of"]

_FIELD = re.compile(r"(heard|via|mark|example|accept)\.(.+)", re.DOTALL)
# The same words as on the phone.
HEARD = (("yes", N_("directly")), ("partly", N_("partly")), ("via", N_("via another")))
WAYS = (("press", N_("press")), ("grapevine", N_("grapevine")), ("unknown", N_("we do not know")))
EVIDENCE = (
    ("reports", N_("reports")),
    ("calls", N_("phone calls")),
    ("figures", N_("figures")),
    ("feeling", N_("a feeling")),
)
MARKS = (
    ("ours", N_("we recognise this")),
    ("not_ours", N_("not with us")),
    ("unknown", N_("we do not know")),
)
WALKED = (("agreed", N_("agreed")), ("later", N_("later")), ("map_wrong", N_("the map is not right")))
ACCEPTS = (("accepted", N_("We do it")), ("other", N_("Rather otherwise")))
_WORDS = {
    "HEARD": HEARD,
    "WAYS": WAYS,
    "EVIDENCE": EVIDENCE,
    "MARKS": MARKS,
    "WALKED": WALKED,
    "ACCEPTS": ACCEPTS,
}


@dataclass(frozen=True)
class Row:
    """A seat in the list of who is typed in.

    Parameters
    ----------
    seat
        Which one.
    phones
        How many answer for it.
    typed, ready
        Whether something was typed in for it, and both its lists are closed.
    """

    seat: Actor
    phones: int
    typed: bool
    ready: bool = False


class LeadsHandler(DoorHandler):
    """A page for who leads."""

    async def prepare(self) -> None:  # type: ignore[override]
        await super().prepare()
        if self.visitor is None or self.visitor.lead is None:
            self.send_error(403)
        elif self.now()[1].anonymous:
            title = self.t("No cards in this workshop")
            said = self.t(
                "Everybody answers alone here: a card is read by who types it in. Lend out a phone."
            )
            self.finish(self.texts("message.html", title=title, sentence=said))

    @property
    def lead(self) -> Session:
        """The facilitator's session; whoever has none gets no further than `prepare`."""
        assert self.visitor is not None  # noqa: S101
        assert self.visitor.lead is not None  # noqa: S101
        return self.visitor.lead

    def now(self) -> tuple[Room, Definition]:
        """Give the room as it is, and what it is about."""
        room = fold(self.store.events(self.lead.workshop))
        assert room.definition is not None  # noqa: S101 - a workshop begins with its definition
        return room, room.definition

    def store_typed(self, room: Room, actor: Actor, said: Iterable[paper.Said], once: str = "") -> None:
        """Store what a seat's card says, as a participant of its own; the same ``once`` is stored once."""
        who = paper.participant(actor.id, room.seats, room.withdrawn)
        checked = [paper.check(one, room, actor.id) for one in said]
        if not checked:
            return
        events = [self.typed_event(who, one) for one in checked]
        if once:
            events[0]["id"] = f"{who}-{once[:40]}"
        if who not in room.seats:
            events.insert(0, self.typed_event(who, ("joined", {"actor": actor.id})))
        self.store.append_many(events)

    def typed_event(self, who: str, said: paper.Said) -> NewEvent:
        """Give what a card says, as an event."""
        kind, payload = said
        if kind in TIMED:
            payload = {**payload, "at": round(time.time(), 3)}
        return NewEvent(
            id=uuid.uuid4().hex,
            workshop=self.lead.workshop,
            participant=who,
            act=None,
            kind=kind,
            payload=payload,
        )

    def groups(self, definition: Definition, own: str) -> list[tuple[str, list[Actor]]]:
        """Give the places by domain, as a roster lists them, without one's own."""
        found = [
            (domain.label, [actor for actor in definition.teams if actor.domain == domain.id])
            for domain in definition.domains
        ]
        found.append(("", [actor for actor in definition.teams if actor.domain is None]))
        found.append((self.t("Outside"), list(definition.audiences)))
        rows = [(label, [actor for actor in actors if actor.id != own]) for label, actors in found]
        return [(label, actors) for label, actors in rows if actors]

    def paper(self, name: str, room: Room, **values: Any) -> None:
        """Show a page with the words of the questions."""
        words = {key: [(value, self.t(text)) for value, text in some] for key, some in _WORDS.items()}
        cards = [(item.id, item.title[self.lang]) for item in room.case.core]
        self.finish(self.texts(name, room=room, definition=room.definition, cards=cards, **words, **values))


class CardsHandler(LeadsHandler):
    """``/cards``: for every seat what a phone would ask, to print and to fill in with a pen."""

    def get(self) -> None:
        room, definition = self.now()
        self.paper(
            "cards.html", room, seats=[(seat, self.groups(definition, seat.id)) for seat in definition.seats]
        )


class EntryHandler(LeadsHandler):
    """``/entry``: whose cards to type in."""

    def get(self) -> None:
        room, definition = self.now()
        rows = [
            Row(seat, room.phones(seat.id), room.typed(seat.id), room.sheet(seat.id).ready)
            for seat in definition.seats
        ]
        self.finish(self.texts("entry.html", rows=rows, path="entry"))


class SeatHandler(LeadsHandler):
    """``/entry/SEAT``: one form with all questions, filled in with what the seat has said so far."""

    def get(self, seat: str) -> None:
        room, definition = self.now()
        actor = seat_of(definition, seat)
        if actor is None:
            self.send_error(404)
        else:
            self._show(room, definition, actor)

    def post(self, seat: str) -> None:
        room, definition = self.now()
        actor = seat_of(definition, seat)
        if actor is None:
            self.send_error(404)
            return
        work = {"agreement": self._agree, "withdraw": self._withdraw}
        try:
            said = work.get(self.get_body_argument("what", ""), self._answer)(room, actor)
        except (RefusedEvent, WorkshopClosed, StoreError) as fault:
            self.set_status(400)
            self._show(room, definition, actor, fault=fault.text(self.lang), typed=True)
            return
        self._show(*self.now(), actor, said=said)

    # What is done ---------------------------------------------------------------------------------------------------

    def _answer(self, room: Room, actor: Actor) -> str:
        typed = self._typed()
        missing = list(paper.changes(Paper.of(room.sheet(actor.id)), typed))
        # What a phone has said since the form was opened is not in the form, and must not be taken back by it.
        seen = self.get_body_argument("seen", "")
        shown = room.sheets_at(int(seen)).get(actor.id, Sheet()) if seen.isdecimal() else room.sheet(actor.id)
        said = [one for one in paper.changes(Paper.of(shown), typed) if one in missing]
        self.store_typed(room, actor, said)
        return self.t.n("Stored: {count} answer.", "Stored: {count} answers.", len(said))

    def _agree(self, room: Room, actor: Actor) -> str:
        if len(room.sheet(actor.id).agreements) >= MAX_OF_A_TEAM:
            raise RefusedEvent(
                N_("You have {count} agreements already. Drop one to make another."), count=MAX_OF_A_TEAM
            )
        given = {name: self.get_body_argument(name, "") for name in (*TEXTS, "with", "when")}
        payload = {**given, "ours": self.get_body_argument("ours", "yes") == "yes"}
        self.store_typed(room, actor, [("agreement.written", payload)], self.get_body_argument("once", ""))
        return self.t("The agreement is stored.")

    def _withdraw(self, room: Room, actor: Actor) -> str:
        who = paper.participant(actor.id, room.seats, room.withdrawn)
        if who in room.seats:
            self.store.append(**self.typed_event(who, ("withdrawn", {})))
        return self.t("What was typed in for {team} no longer counts.", team=actor.label)

    # What is seen ---------------------------------------------------------------------------------------------------

    def _typed(self) -> Paper:
        """Read the form; what it has no field for is checked where everything is."""
        parts: dict[str, dict[str, str]] = {
            name: {} for name in ("heard", "via", "mark", "example", "accept")
        }
        for name, values in self.request.body_arguments.items():
            match = _FIELD.fullmatch(name)
            value = values[-1].decode(errors="replace")
            if match and value:
                parts[match[1]][match[2]] = value
        doubted = set(self.get_body_arguments("doubt"))
        told = dict.fromkeys([*self.get_body_arguments("told"), *sorted(doubted)], "yes")
        guess = self.get_body_argument("guess", "")
        return Paper(
            told=told | dict.fromkeys(doubted, "doubt"),
            heard=parts["heard"],
            via={id: way for id, way in parts["via"].items() if parts["heard"].get(id) == "via"},
            closed=frozenset(self.get_body_arguments("closed")),
            wish=self.get_body_argument("wish", "") or None,
            evidence=frozenset(self.get_body_arguments("evidence")),
            marks=parts["mark"],
            examples=parts["example"],
            guess=int(guess) if guess.isdecimal() else None,
            walked=self.get_body_argument("walked", "") or None,
            accepts=parts["accept"],
        )

    def _show(
        self,
        room: Room,
        definition: Definition,
        actor: Actor,
        *,
        fault: str = "",
        said: str = "",
        typed: bool = False,
    ) -> None:
        sheet = room.sheet(actor.id)
        shown = (
            self._typed()
            if typed and self.get_body_argument("what", "answers") == "answers"
            else Paper.of(sheet)
        )
        wrote = (
            {name: self.get_body_argument(name, "") for name in (*TEXTS, "with", "when", "ours")}
            if typed
            else {}
        )
        self.paper(
            "entry_seat.html",
            room,
            seat=actor,
            paper=shown,
            wrote=wrote,
            agreements=list(sheet.agreements.values()),
            asked=_asked(room, definition, actor.id),
            groups=self.groups(definition, actor.id),
            teams=[team for team in definition.teams if team.id != actor.id],
            others=[other for other in definition.seats if other.id != actor.id],
            phones=room.phones(actor.id),
            can_undo=room.typed(actor.id),
            limits={**TEXTS, "example": MAX_EXAMPLE},
            once=uuid.uuid4().hex,
            fault=fault,
            said=said,
        )


def seat_of(definition: Definition, id: str) -> Actor | None:
    """Give the seat of a name, if there is one."""
    return next((one for one in definition.seats if one.id == id), None)


def _asked(room: Room, definition: Definition, actor: str) -> list[tuple[Agreement, str]]:
    """Give the agreements that others want to make with a seat, each with who wrote it."""
    return [
        (agreement, definition.actor(writer).label)
        for writer, sheet in room.sheets.items()
        for agreement in sheet.agreements.values()
        if agreement.other == actor
    ]
