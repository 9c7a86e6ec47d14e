"""The tables of the break-through as they ended: what lay there, what was chosen, and how many dots a card has.

How a table came to its plan is not told, nor who gave which dots: these are dealt out anew over the tables, in the order of
their cards, to as many people as gave some.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from workshopkit.mending.dots import DOTS, MOST_VOTERS
from workshopkit.mending.table import BUDGET
from workshopkit.network.steps import PRICES
from workshopkit.report.mended import of
from workshopkit.room.fold import Room
from workshopkit.room.mending import Mending

__all__ = ["said", "sat"]

Told = tuple[str | None, str, dict[str, Any]]


def said(room: Room, people: Mapping[str, Sequence[str]]) -> Iterator[Told]:
    """Give who says what, in order; None for who leads.

    Parameters
    ----------
    room
        The room as it is.
    people
        By seat, who speaks for it: the first one does.
    """
    mending = room.mending
    if mending is None:
        return
    yield None, "act.opened", {"act": "breakthrough", "part": "cut" if mending.is_cut else "choose"}
    yield from _led(mending)
    bench = of(room)
    tables = bench.tables if bench else {}
    speakers = {seat: people[seat][0] for seat in tables if people.get(seat)}
    for seat, who in speakers.items():
        plan = tables[seat].plan
        for kind, steps in (("mend.made", plan.own), ("mend.chosen", plan.chosen)):
            yield from ((who, kind, {"step": asdict(step)}) for step in steps)
    yield from _given(mending, speakers)


def sat(room: Room, seat: str) -> bool:
    """Tell whether anything was done at a table."""
    mending = room.mending
    return mending is not None and bool(mending.history(seat) or mending.dots.voters(seat))


def _led(mending: Mending) -> Iterator[Told]:
    ended = mending.table("", ())
    if ended.budget != BUDGET:
        yield None, "mend.budget", {"hours": ended.budget}
    for kind, price in ended.prices.items():
        if price != PRICES[kind]:
            yield None, "mend.priced", {"of": kind, **asdict(price)}
    for what in sorted(mending.shown):
        yield None, "mend.shown", {"what": what, "shown": True}


def _given(mending: Mending, speakers: Mapping[str, str]) -> Iterator[Told]:
    dots = mending.dots
    every = sorted(step for steps in dots.given.values() for step in steps)
    for seat, who in speakers.items():
        for person in range(1, min(dots.voters(seat), MOST_VOTERS) + 1):
            mine, every = every[:DOTS], every[DOTS:]
            yield who, "mend.given", {"person": person, "steps": [asdict(step) for step in mine]}
        if seat in dots.done:
            yield who, "mend.finished", {}
