"""The plan that could be: the best one for the same hours, why it is better, how much it hangs on who answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workshopkit.analysis import load, plans, scores, stability
from workshopkit.analysis.stability import Stability
from workshopkit.figures import better, effects
from workshopkit.figures.effects import Effect
from workshopkit.i18n import LANGUAGES, translator
from workshopkit.mending.table import OWN_CARDS, Table
from workshopkit.network.steps import Step
from workshopkit.room.fold import Room
from workshopkit.room.tables import Bench, in_words

__all__ = ["Could", "find", "scene"]

Steps = tuple[Step, ...]
ALTERNATIVES = 2


@dataclass(frozen=True)
class Could:
    """What could be done with the same hours.

    Parameters
    ----------
    steps
        The cards that together are worth most.
    hours
        What they take.
    nearest
        The table's plan that comes nearest.
    others
        The best plans that are something else: none of them is a part of another one.
    why
        By card of the best plan, what the plan would lose without it.
    stable
        How often the plan stays the best without a fifth of those who answered.
    """

    steps: Steps
    hours: int
    nearest: Steps
    others: tuple[Steps, ...]
    why: Mapping[Step, tuple[Effect, ...]]
    stable: Stability

    @property
    def is_same(self) -> bool:
        """Tell whether a table chose just this."""
        return set(self.steps) == set(self.nearest)


def find(bench: Bench) -> Could:
    """Find the best plan from the cards that the kit proposes and the two own cards that most tables chose.

    All plans within the hours are tried; the same cards, hours and prices are worked out once.
    """
    table = next(iter(bench.tables.values()), Table(bench.proposed))
    cards = (*bench.proposed, *_own(bench)[:OWN_CARDS])
    able = plans.affordable(cards, table.budget, hours=table.hours)
    known = bench.known.get(tuple(able))
    if known is None:
        capacity = load.capacity(load.find(bench.net), bench.net.capacities)
        worth = scores.Scores(bench.net, cards, capacity)
        ranked = sorted(able, key=worth.of, reverse=True)
        stable = stability.find(bench.net, cards, table.budget, hours=table.hours)
        known = bench.known[tuple(able)] = ranked, stable
    ranked, stable = known
    best = ranked[0]
    made = [one.plan.chosen for one in bench.tables.values()]
    return Could(
        best,
        sum(map(table.hours, best)),
        max(made, key=lambda steps: bench.after(steps).score, default=()),
        _others(ranked),
        {step: _loses(bench, best, step) for step in best},
        stable,
    )


def _own(bench: Bench) -> list[Step]:
    tables = bench.tables.values()
    chosen = Counter(step for table in tables for step in table.plan.chosen)
    return sorted(
        {step for table in tables for step in table.plan.own}, key=lambda step: (-chosen[step], step)
    )


def _others(ranked: list[Steps]) -> tuple[Steps, ...]:
    found = [frozenset(ranked[0])]
    others: list[Steps] = []
    for steps in ranked:
        some = frozenset(steps)
        if len(others) < ALTERNATIVES and not any(some <= one or one <= some for one in found):
            found.append(some)
            others.append(steps)
    return tuple(others)


def _loses(bench: Bench, plan: Steps, step: Step) -> tuple[Effect, ...]:
    without = tuple(other for other in plan if other != step)
    return effects.compare(bench.after(without), bench.after(plan))


def scene(room: Room, bench: Bench | None) -> dict[str, Any]:
    """Give what the big screen shows of the plan that could be, once who leads lets it be seen."""
    if bench is None or room.mending is None or "plan" not in room.mending.shown:
        return {}
    found = find(bench)
    rows = effects.compare(bench.after(found.nearest), bench.after(found.steps))

    def told(some: list[Effect]) -> dict[str, list[str]]:
        return {lang: [effects.said(one, translator(lang)) for one in some] for lang in LANGUAGES}

    plan = {
        "steps": [
            {
                "said": in_words(room, step),
                "why": {lang: better.gives(found.why[step], translator(lang)) for lang in LANGUAGES},
            }
            for step in found.steps
        ],
        "same": found.is_same,
        "better": told(effects.good(rows)),
        "worse": told([one for one in rows if one.gain < 0]),
        "stays": {lang: better.stays(found.stable, translator(lang)) for lang in LANGUAGES},
    }
    return {"plan": plan}
