"""Who has not done yet what a moment asks for: by name where a team answers, by number where everybody answers alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workshopkit.network.actors import Actor
from workshopkit.room.fold import Room
from workshopkit.room.mending import Mending
from workshopkit.room.phoneless import prefix
from workshopkit.room.sheet import Sheet

__all__ = ["missing"]

Asked = Callable[[Sheet], bool]


def missing(room: Room) -> dict[str, Any] | None:
    """Tell who is missing at this moment.

    Returns
    -------
    dict or None
        ``names`` of teams, or in anonymous mode a ``count`` of phones; None where nothing is asked.
    """
    if room.definition is None:
        return None
    if room.act == "breakthrough" and room.mending is not None:
        return _at_tables(room, room.mending)
    if room.anonymous:
        done = _done(room)
        if done is None:
            return None
        phones = [who for who in room.seats if not prefix(who)]
        return {"count": sum(not done(room.alone.get(who, Sheet())) for who in phones)}
    if room.act in {None, "prepare"}:
        return {"names": [seat.label for seat in _seats(room) if not _here(room, seat)]}
    done = _done(room)
    return (
        None
        if done is None
        else {"names": [one.label for one in _seats(room) if not done(room.sheet(one.id))]}
    )


def _at_tables(room: Room, mending: Mending) -> dict[str, Any]:
    """Tell which tables have not given all their dots; a group is a table too, and its name tells of nobody."""
    tables = [seat for seat in _seats(room) if seat.id in mending.held(room.seats)]
    return {"names": [seat.label for seat in tables if seat.id not in mending.dots.done]}


def _seats(room: Room) -> tuple[Actor, ...]:
    return room.definition.seats if room.definition else ()


def _here(room: Room, seat: Actor) -> bool:
    return bool(room.phones(seat.id)) or room.imported(seat.id) or room.typed(seat.id)


def _done(room: Room) -> Asked | None:
    """Give what tells of a sheet whether it has what this moment asks; None where a moment asks nothing of everybody."""
    act, part = room.act, room.part or ""
    if act == "case" and part in room.case.items:
        return lambda sheet: part in sheet.marks
    if act == "lines" or (act, part) == ("silos", "own"):
        return lambda sheet: sheet.ready
    if (act, part) == ("silos", "guess"):
        return lambda sheet: sheet.guess is not None
    if (act, part) == ("silos", "walk"):
        return lambda sheet: sheet.walked is not None
    if (act, part) == ("agreements", "write") and not room.anonymous:
        return lambda sheet: bool(sheet.agreements)
    return None
