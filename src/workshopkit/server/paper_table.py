"""The break-through without phones: a sheet a table to print, and the page on which it is typed in."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import closing
from typing import Any

from workshopkit.errors import RefusedEvent, StoreError, UsageError, WorkshopClosed
from workshopkit.i18n import N_
from workshopkit.mending.table import BUDGET, CUT, OWN_CARDS, Table
from workshopkit.network.actors import Actor, Definition
from workshopkit.network.steps import EVERY_AUDIENCE, KINDS, NAMES, Step, ends
from workshopkit.room import paper
from workshopkit.room.events import validate
from workshopkit.room.fold import Room, fold
from workshopkit.room.mending import Mending
from workshopkit.room.paper_table import TableSheet, changes, given, in_words
from workshopkit.room.phoneless import prefix
from workshopkit.server.beside import beside
from workshopkit.server.paper import LeadsHandler, Row, seat_of
from workshopkit.store import open_store

__all__ = ["TableCardsHandler", "TableEntryHandler", "TablesHandler"]

_FIELD = re.compile(r"(?:card|kind|plan|dots)\.([1-9])")


class _SheetHandler(LeadsHandler):
    async def proposed(self, room: Room) -> tuple[Step, ...]:
        """Give the cards that the kit proposes; only the measures know them. They stay once the break-through is open."""
        known: dict[object, tuple[Step, ...]] = self.settings.setdefault("proposed", {})
        key = (self.lead.workshop, room.mending.seq, room.withdrawn) if room.mending else None
        if key not in known:
            found = await beside(self.settings, _proposed, self.store.url, self.lead.workshop)
            if key is None:
                return found
            known[key] = found
        return known[key]

    def ends(self, definition: Definition) -> list[tuple[str, list[tuple[str, str]]]]:
        """Give, in groups, whereto a step can go."""
        return [
            (self.t("one place"), [(f"actor.{one.id}", one.label) for one in definition.actors]),
            (self.t("a whole domain"), [(f"domain.{one.id}", one.label) for one in definition.domains]),
            (self.t("everybody outside"), [(f"audiences.{EVERY_AUDIENCE}", self.t("all audiences"))]),
        ]


class TableCardsHandler(_SheetHandler):
    """``/cards/breakthrough``: a sheet a table, with the cards that the kit proposes and the prices."""

    async def get(self) -> None:
        room, definition = self.now()
        proposed = await self.proposed(room)
        table = room.mending.table("", proposed) if room.mending else Table(proposed)
        prices = [
            (
                self.t(NAMES[kind]),
                table.prices[kind].once,
                table.prices[kind].upkeep,
                table.prices[kind].hours,
            )
            for kind in KINDS
        ]
        self.finish(
            self.texts(
                "table_cards.html",
                seats=definition.seats,
                cards=[in_words(definition, table, step, self.t) for step in proposed],
                prices=prices,
                hours=(BUDGET, CUT),
                own=OWN_CARDS,
                is_open=room.mending is not None,
            )
        )


class TablesHandler(LeadsHandler):
    """``/cards/breakthrough/typed``: whose sheet to type in."""

    def get(self) -> None:
        room, definition = self.now()
        mending = room.mending or Mending(0)
        typed = mending.held({who: seat for who, seat in room.seats.items() if prefix(who)})
        rows = [Row(seat, room.phones(seat.id), typed=seat.id in typed) for seat in definition.seats]
        self.finish(
            self.texts("tables.html", rows=rows, path="cards/breakthrough", is_open=room.mending is not None)
        )


class TableEntryHandler(_SheetHandler):
    """``/cards/breakthrough/SEAT``: what is on the sheet of a table: its own cards, its plan, and the dots."""

    async def get(self, seat: str) -> None:
        found = self._found(seat)
        if found is not None:
            room, mending, actor = found
            table = mending.table(actor.id, await self.proposed(room))
            self._show(room, actor, table, _fields(table, given(mending.dots, self._who(room, actor))))

    async def post(self, seat: str) -> None:
        found = self._found(seat)
        if found is None:
            return
        room, mending, actor = found
        table = mending.table(actor.id, await self.proposed(room))
        typed = {name: self.get_body_argument(name) for name in self.request.body_arguments}
        try:
            sheet = _sheet(typed, room, actor)
            who = self._who(room, actor)
            self.store_typed(room, actor, changes(table, mending.dots, sheet, seat=actor.id, typed_by=who))
        except (RefusedEvent, UsageError, WorkshopClosed, StoreError) as fault:
            self.set_status(400)
            self._show(room, actor, table, typed, fault=fault.text(self.lang))
            return
        room = self.now()[0]
        assert room.mending is not None  # noqa: S101 - it was open
        table = room.mending.table(actor.id, table.proposed)
        dots = given(room.mending.dots, self._who(room, actor))
        said = self.t("Stored: {spent} of {budget} hours a month, {dots} dots.",
                      spent=table.spent, budget=table.budget, dots=dots.total())  # fmt: skip
        self._show(room, actor, table, _fields(table, dots), said=said)

    def _found(self, seat: str) -> tuple[Room, Mending, Actor] | None:
        """Give the room and the seat; else answer that there is no such page, or that it is too early."""
        room, definition = self.now()
        actor = seat_of(definition, seat)
        if actor is None:
            self.send_error(404)
            return None
        if room.mending is None:
            self.redirect(f"{self.base_url}cards/breakthrough/typed")
            return None
        return room, room.mending, actor

    def _who(self, room: Room, actor: Actor) -> str:
        return paper.participant(actor.id, room.seats, room.withdrawn)

    def _show(
        self,
        room: Room,
        actor: Actor,
        table: Table,
        typed: Mapping[str, str],
        *,
        fault: str = "",
        said: str = "",
    ) -> None:
        definition = room.definition
        assert definition is not None  # noqa: S101 - `now` looked
        self.finish(
            self.texts(
                "table_entry.html",
                seat=actor,
                cards=[(_key(step), in_words(definition, table, step, self.t)) for step in table.proposed],
                kinds=[(kind, self.t(NAMES[kind]), table.prices[kind].hours) for kind in KINDS],
                sources=[(one.id, one.label) for one in definition.actors],
                ends=self.ends(definition),
                own=range(len(table.proposed) + 1, len(table.proposed) + 1 + OWN_CARDS),
                budget=table.budget,
                phones=room.phones(actor.id),
                typed=typed,
                fault=fault,
                said=said,
            )
        )


def _proposed(url: str, workshop: str) -> tuple[Step, ...]:
    from workshopkit.room import tables

    with closing(open_store(url, create=False)) as store:
        return tables.proposed(fold(store.events(workshop)))


def _key(step: Step) -> str:
    return json.dumps([step.kind, step.source, step.target])


def _fields(table: Table, dots: Mapping[Step, int]) -> dict[str, str]:
    """Give the fields of a table as they were typed."""
    found: dict[str, str] = {}
    for number, step in enumerate((*table.proposed, *table.plan.own), 1):
        if number > len(table.proposed):
            found |= {f"kind.{number}": step.kind, f"source.{number}": step.source}
            found[f"end.{number}"] = f"{ends(step.kind)}.{step.target}"
        if step in table.plan.chosen:
            found[f"plan.{number}"] = "yes"
        if dots.get(step):
            found[f"dots.{number}"] = str(dots[step])
    return found


def _sheet(typed: Mapping[str, str], room: Room, actor: Actor) -> TableSheet:
    """Read a sheet: its cards are numbered as they are printed."""
    numbers = sorted({int(found[1]) for name in typed if (found := _FIELD.fullmatch(name))})
    own: list[Step] = []
    chosen: list[Step] = []
    dots: dict[Step, int] = {}
    for number in numbers:
        known = typed.get(f"card.{number}")
        step = _checked(_known(known), room, actor) if known else _own(number, typed, room, actor)
        is_chosen, count = f"plan.{number}" in typed, _count(typed.get(f"dots.{number}", ""))
        if step is None:
            if is_chosen or count:
                raise RefusedEvent(
                    N_("Card {number} has no step yet: choose which one it is."), number=number
                )
            continue
        if not known:
            own.append(step)
        if is_chosen:
            chosen.append(step)
        dots[step] = dots.get(step, 0) + count
    return TableSheet(tuple(own), tuple(chosen), dots)


def _known(card: str) -> dict[str, Any]:
    try:
        kind, source, target = json.loads(card)
    except ValueError:
        kind = source = target = None
    return {"kind": kind, "source": source, "target": target}


def _own(number: int, typed: Mapping[str, str], room: Room, actor: Actor) -> Step | None:
    """Read a card that a table made itself; None where there is none."""
    kind, source, end = (typed.get(f"{name}.{number}", "") for name in ("kind", "source", "end"))
    if not kind:
        return None
    asked = ends(kind) if kind in KINDS else "actor"
    if asked == "audiences":
        end = f"audiences.{EVERY_AUDIENCE}"
    of, _, target = end.partition(".")
    if not source or of != asked:
        raise RefusedEvent(_ASKED[asked], number=number)
    return _checked({"kind": kind, "source": source, "target": target}, room, actor)


_ASKED = {
    "actor": N_("Card {number} goes from one place to another: choose both."),
    "domain": N_("Card {number} goes from one place to a whole domain: choose both."),
    "audiences": N_("Card {number} goes to all audiences: choose from whom."),
}


def _checked(step: dict[str, Any], room: Room, actor: Actor) -> Step:
    assert room.definition is not None  # noqa: S101 - `now` looked
    said = validate("mend.made", {"step": step}, room.definition, "participant", actor.id, case=room.case)
    return Step(**said["step"])


# A table of twelve has 36 dots.
_DIGITS = 2


def _count(text: str) -> int:
    said = text.strip()
    if not said:
        return 0
    if not said.isascii() or not said.isdecimal() or len(said) > _DIGITS:
        raise RefusedEvent(N_("“{value}” is no number of dots: type for example 3."), value=text[:20])
    return int(said)
