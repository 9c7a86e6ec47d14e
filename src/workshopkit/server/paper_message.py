"""The message exercise without phones: its cards to print, and the page on which its slips are typed in."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from workshopkit.errors import RefusedEvent, StoreError, WorkshopClosed
from workshopkit.i18n import N_
from workshopkit.network.actors import Definition
from workshopkit.relay.content import Message, messages
from workshopkit.relay.play import MAX_TEXT
from workshopkit.relay.state import ROUNDS
from workshopkit.room.events import validate
from workshopkit.room.release import released
from workshopkit.server.paper import LeadsHandler

__all__ = ["MessageCardsHandler", "MessageEntryHandler"]


def _numbered(one: Message) -> list[str]:
    """Give the facts as they are numbered on the cards: in every language alike, and not by what is true."""
    return sorted(one.by_id, key=lambda fact: one.by_id[fact].words["nl"][::-1])


class _MessageHandler(LeadsHandler):
    def said(self) -> list[dict[str, Any]]:
        """Give the messages in the reader's words."""
        return [
            {
                "id": one.id,
                "title": one.title[self.lang],
                "text": one.text[self.lang],
                "facts": [one.by_id[id].words[self.lang] for id in _numbered(one)],
                "questions": [
                    ((fact.question or {})[self.lang], sorted(option[self.lang] for option in fact.options))
                    for fact in one.facts
                ],
                "right": [fact.options[0][self.lang] for fact in one.facts],
            }
            for one in messages().values()
        ]


class MessageCardsHandler(_MessageHandler):
    """``/cards/message``: the message exercise on paper, along the lines as they are known now."""

    def get(self) -> None:
        room, definition = self.now()
        lived = [(line.source, line.target) for line in released(room).lines if line.lived]
        seats = [
            (seat, [other for other in definition.seats if (seat.id, other.id) in lived])
            for seat in definition.seats
        ]
        self.finish(self.texts("message_cards.html", seats=seats, messages=self.said(), longest=MAX_TEXT))


class MessageEntryHandler(_MessageHandler):
    """``/cards/message/typed``: where each slip came from, what it said, and what the receivers knew."""

    def get(self) -> None:
        room, definition = self.now()
        slips = room.relay.slips if room.relay else ()
        self._show(definition, {key: value for slip in slips for key, value in _fields(slip).items()})

    def post(self) -> None:
        room, definition = self.now()
        typed = {name: self.get_body_argument(name) for name in self.request.body_arguments}
        try:
            given = {
                "slips": [slip for one in messages().values() for slip in _slips(one, definition, typed)]
            }
            payload = validate("relay.typed", given, definition, "facilitator", None, case=room.case)
            self.store.append(
                id=uuid.uuid4().hex,
                workshop=self.lead.workshop,
                participant=self.lead.participant,
                act="message",
                kind="relay.typed",
                payload={**payload, "at": round(time.time(), 3)},
            )
        except (RefusedEvent, WorkshopClosed, StoreError) as fault:
            self.set_status(400)
            self._show(definition, typed, fault=fault.text(self.lang))
            return
        self._show(definition, typed, done=True)

    def _show(
        self, definition: Definition, typed: dict[str, str], *, fault: str = "", done: bool = False
    ) -> None:
        seats = definition.seats
        self.finish(
            self.texts(
                "message_entry.html",
                seats=seats,
                messages=self.said(),
                typed=typed,
                rounds=range(1, ROUNDS + 1),
                fault=fault,
                done=done,
            )
        )


def _fields(slip: Any) -> dict[str, str]:
    """Give the fields of a slip as they were typed."""
    message, end = messages()[slip.message], f"{slip.message}.{slip.seat}"
    order = _numbered(message), [fact.id for fact in message.facts]
    found = {f"from.{end}": slip.source, f"round.{end}": str(slip.round)} if slip.source else {}
    found = found or {f"start.{slip.message}": slip.seat}
    for name, known, some in (("facts", order[0], slip.facts), ("right", order[1], slip.right)):
        if some is not None:
            found[f"{name}.{end}"] = " ".join(map(str, sorted(known.index(id) + 1 for id in some))) or "0"
    return found | ({f"named.{end}": "yes"} if slip.named else {})


def _slips(message: Message, definition: Definition, typed: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Read the slips of a message: of each place that it came to."""
    start = typed.get(f"start.{message.id}", "")
    if not start:
        raise RefusedEvent(N_("Choose where each of the two messages began."))
    for seat in definition.seats:
        end = f"{message.id}.{seat.id}"
        source, round = typed.get(f"from.{end}", ""), typed.get(f"round.{end}", "")
        is_start = seat.id == start
        facts = _numbers(typed.get(f"facts.{end}", ""), _numbered(message))
        right = _numbers(typed.get(f"right.{end}", ""), [fact.id for fact in message.facts])
        if not is_start and not source:
            if round or facts is not None or right is not None:
                raise RefusedEvent(N_("{place}: choose from whom the slip came."), place=seat.label)
            continue
        if not is_start and not round:
            raise RefusedEvent(N_("{place}: choose in which round the slip came."), place=seat.label)
        yield {
            "message": message.id,
            "seat": seat.id,
            "from": None if is_start else source,
            "round": 0 if is_start else int(round) if round.isdecimal() else None,
            "facts": facts,
            "right": right,
            "named": typed.get(f"named.{end}") == "yes",
        }


def _numbers(text: str, known: Sequence[str]) -> list[str] | None:
    """Read numbers one after the other, as ``1 3 5``, ``1,3,5`` or ``135``; 0 for none, nothing for not known.

    Examples
    --------
    >>> _numbers("1 3", "abc"), _numbers("21", "abc"), _numbers("0", "abc"), _numbers(" ", "abc")
    (['a', 'c'], ['a', 'b'], [], None)
    """
    said = "".join(text.replace(",", " ").split())
    if not said:
        return None
    if said == "0":
        return []
    if not said.isascii() or not said.isdecimal() or not all(1 <= int(one) <= len(known) for one in said):
        raise RefusedEvent(
            N_("“{value}” is no list of numbers from 1 to {count}. Type for example 1 3 5, or 0 for none."),
            value=text[:40],
            count=len(known),
        )
    return [id for number, id in enumerate(known, 1) if str(number) in said]
