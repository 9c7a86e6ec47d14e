"""What the report tells of the break-through: the room's plan by its dots, what that does, and the plan that could be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from workshopkit.figures import better, cards, effects
from workshopkit.i18n import Translator, translator
from workshopkit.mending.table import Table
from workshopkit.network.files import csvs
from workshopkit.network.steps import Step, ends
from workshopkit.room import could
from workshopkit.room.fold import Room
from workshopkit.room.tables import Bench

__all__ = ["Card", "Told", "of", "plans", "told"]

Steps = tuple[Step, ...]
_COLUMNS = ("plan", "step", "from", "to", "hours_once", "hours_a_month", "price_a_month", "dots")


@dataclass(frozen=True, slots=True)
class Card:
    """A step in words.

    Parameters
    ----------
    said, hours
        What it asks, and what it takes.
    dots
        How many the room gave it; None where nobody gave any.
    tables
        How many tables chose it.
    gives
        What it gives the plan that it stands in.
    """

    said: str
    hours: str
    dots: int | None = None
    tables: int = 0
    gives: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What the report tells.

    Parameters
    ----------
    budget
        The hours that there were, in words.
    by_dots
        Whether the room's plan is made by dots; if not, by how many tables chose a card.
    ours, ours_better, ours_worse
        The room's plan, and what it does to the map.
    rest
        Cards with dots that did not fit any more.
    best, best_better, best_worse
        The best plan for the same hours.
    is_same
        Whether the two are one.
    others
        Other plans that are nearly as good, each in one sentence.
    stays
        How much the best plan hangs on who answered.
    """

    budget: str
    by_dots: bool
    ours: tuple[Card, ...]
    ours_better: tuple[str, ...]
    ours_worse: tuple[str, ...]
    rest: tuple[Card, ...]
    best: tuple[Card, ...]
    best_better: tuple[str, ...]
    best_worse: tuple[str, ...]
    is_same: bool
    others: tuple[str, ...]
    stays: str


def of(room: Room) -> Bench | None:
    """Give the tables of a room; looked at once for each room."""
    known = vars(room)
    if __name__ not in known:
        known[__name__] = Bench.of(room)
    found: Bench | None = known[__name__]
    return found


def told(room: Room, lang: str) -> Told | None:
    """Give what the report tells of the break-through; None where no table chose anything."""
    bench, definition = of(room), room.definition
    if bench is None or definition is None or not _chosen(bench):
        return None
    t, found = translator(lang), could.find(bench)
    counts = _dots(room, bench)
    ours, rest = _ours(bench, counts)
    table = _some(bench)

    def card(step: Step, gives: str = "") -> Card:
        chosen = sum(step in one.plan.chosen for one in bench.tables.values())
        dots = counts.get(step, 0) if counts else None
        return Card(cards.said(definition, step, t), _hours(table.hours(step), t), dots, chosen, gives)

    return Told(
        budget=_hours(table.budget, t),
        by_dots=bool(counts),
        ours=tuple(map(card, ours)),
        ours_better=_better(bench, ours, t),
        ours_worse=_worse(room, bench, ours, t),
        rest=tuple(map(card, rest)),
        best=tuple(card(step, better.gives(found.why[step], t)) for step in found.steps),
        best_better=_better(bench, found.steps, t),
        best_worse=_worse(room, bench, found.steps, t),
        is_same=set(found.steps) == set(ours),
        others=tuple(" ".join(cards.said(definition, step, t) for step in one) for one in found.others),
        stays=" ".join(
            [*(said := better.stays(found.stable, t)), *([better.sure(found.stable, t)] if said else [])]
        ),
    )


def plans(room: Room) -> bytes | None:
    """Give a table of all plans for a spreadsheet, a row for each step; None where no table chose anything.

    The room's plan is called ``room``, the best one ``best``, others ``other 1``, …, and those of tables by their place.
    """
    bench = of(room)
    if bench is None or not _chosen(bench):
        return None
    return csvs.text(_COLUMNS, _rows(bench, _dots(room, bench) or {}))


def _rows(bench: Bench, counts: Mapping[Step, int]) -> Iterator[tuple[object, ...]]:
    found, some = could.find(bench), _some(bench)
    named: Iterable[tuple[str, Steps]] = [
        ("room", _ours(bench, counts)[0]),
        ("best", found.steps),
        *((f"other {number}", steps) for number, steps in enumerate(found.others, start=1)),
        *((f"table {seat}", table.plan.chosen) for seat, table in bench.tables.items()),
    ]
    for name, steps in named:
        for step in steps:
            price = some.prices[step.kind]
            target = step.target if ends(step.kind) != "audiences" else ""
            yield (
                name,
                step.kind,
                step.source,
                target,
                price.once,
                price.upkeep,
                price.hours,
                counts.get(step, 0),
            )


def _chosen(bench: Bench) -> bool:
    return any(table.plan.chosen for table in bench.tables.values())


def _some(bench: Bench) -> Table:
    """Give a table: hours and prices are those of all."""
    return next(iter(bench.tables.values()))


def _dots(room: Room, bench: Bench) -> Mapping[Step, int] | None:
    """Give the dots by card, most first; None while they are hidden, or where nobody gave any."""
    return bench.counts(room) or None


def _ours(bench: Bench, counts: Mapping[Step, int] | None) -> tuple[Steps, Steps]:
    """Give the cards that the room wants most, as far as the hours go, and those that then did not fit."""
    chosen = Counter(step for table in bench.tables.values() for step in table.plan.chosen)
    order = list(counts or sorted(chosen, key=lambda step: (-chosen[step], step)))
    some, left = _some(bench), _some(bench).budget
    ours: list[Step] = []
    rest: list[Step] = []
    for step in order:
        fits = some.hours(step) <= left
        (ours if fits else rest).append(step)
        left -= some.hours(step) if fits else 0
    return tuple(ours), tuple(rest)


def _better(bench: Bench, steps: Steps, t: Translator) -> tuple[str, ...]:
    rows = effects.good(effects.compare(bench.before, bench.after(steps)))
    return tuple(effects.said(row, t) for row in rows)


def _worse(room: Room, bench: Bench, steps: Steps, t: Translator) -> tuple[str, ...]:
    before, after = bench.before, bench.after(steps)
    labels = {one.id: one.label for one in room.definition.actors} if room.definition else {}
    said = [effects.said(row, t) for row in effects.bad(effects.compare(before, after))]
    said += [effects.carries(labels[one], lines, t) for one, lines in effects.heavier(before, after)]
    return tuple(said) or (t("Nothing got worse on this map. What it takes, no map shows."),)


def _hours(count: int, t: Translator) -> str:
    return t.n("{count} hour a month", "{count} hours a month", count)
