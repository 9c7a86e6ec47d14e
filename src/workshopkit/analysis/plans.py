"""Plans: steps that together stay within a budget of hours a month, those that the kit proposes, and the best of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import combinations
from typing import TypeVar

from workshopkit.analysis import load
from workshopkit.analysis.breakthrough import Step, applied, changes, outcome
from workshopkit.errors import UsageError
from workshopkit.i18n import N_
from workshopkit.network.network import Network

__all__ = ["BUDGET", "CUT", "MOST_CARDS", "PROPOSED", "Plan", "best", "candidates", "proposals"]

BUDGET, CUT = 20, 12
PROPOSED = 6
MOST_CARDS = 14
Card = TypeVar("Card")


@dataclass(frozen=True)
class Plan:
    """Steps within a budget of hours a month; a change gives a new plan.

    Parameters
    ----------
    budget
        In hours a month.
    steps
        In the order in which they were chosen.
    aside
        Steps that no longer fitted when the budget was cut.
    """

    budget: int = BUDGET
    steps: tuple[Step, ...] = ()
    aside: tuple[Step, ...] = ()

    @property
    def spent(self) -> int:
        """Give the hours that the steps take."""
        return sum(step.hours for step in self.steps)

    @property
    def left(self) -> int:
        """Give the hours that are left: never below 0."""
        return self.budget - self.spent

    def take(self, net: Network, step: Step) -> Plan:
        """Add a step.

        Raises
        ------
        UsageError
            If it is above the budget, does not fit the map, or changes nothing that the plan does not change already.
        """
        new = changes(net, step)
        if not new:
            raise UsageError(N_("This step does not fit the map: choose another one."))
        if new <= frozenset(pair for old in self.steps for pair in changes(net, old)):
            raise UsageError(N_("This line is in the plan already: choose another one."))
        if step.hours > self.left:
            raise UsageError(
                N_("This takes {hours} hours a month, and {left} are left: take something out first."),
                hours=step.hours,
                left=self.left,
            )
        rest = tuple(other for other in self.aside if other != step)
        return replace(self, steps=(*self.steps, step), aside=rest)

    def drop(self, step: Step) -> Plan:
        """Take a step out."""
        return replace(self, steps=tuple(other for other in self.steps if other != step))

    def cut(self, budget: int = CUT) -> Plan:
        """Give the plan with fewer hours: what was chosen first stays as far as it fits, the rest is laid aside.

        Examples
        --------
        >>> steps = (Step("bridge", "a", "c"), Step("bridge", "b", "c"), Step("add", "a", "b"))
        >>> [step.kind for step in Plan(20, steps).cut(12).steps]
        ['bridge', 'add']
        """
        kept = Plan(budget)
        for step in self.steps:
            if step.hours <= kept.left:
                kept = replace(kept, steps=(*kept.steps, step))
            else:
                kept = replace(kept, aside=(*kept.aside, step))
        return replace(kept, aside=(*self.aside, *kept.aside))

    def to_bytes(self) -> bytes:
        """Give the plan as JSON: the same plan, the same bytes."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode()


def candidates(net: Network, wishes: Mapping[str, str | None] | None = None) -> list[Step]:
    """List the steps that this map itself suggests, each of which changes something.

    Parameters
    ----------
    net
        The map.
    wishes
        By actor, from whom it would have liked to hear directly.
    """
    voiced = [actor for actor in net.audiences if actor in net.voiced]
    found = [
        *(Step(kind, *pair) for pair in net.believed for kind in ("repair", "shorten")),
        *(Step("add", wished, actor) for actor, wished in (wishes or {}).items() if wished),
        *(Step("add", speaker, audience) for speaker in net.speakers for audience in voiced),
        *(Step("bridge", one, other) for one, other in combinations(net.groups, 2)),
        *(
            Step("channel", actor, group)
            for group in dict.fromkeys(net.groups.values())
            for actor in net.groups
        ),
    ]
    return [step for step in dict.fromkeys(found) if changes(net, step)]


def proposals(
    net: Network, wishes: Mapping[str, str | None] | None = None, *, count: int = PROPOSED
) -> tuple[Step, ...]:
    """Propose steps that each alone raise J: the best of every kind, then the second best, so that there is a choice.

    Returns
    -------
    tuple of Step
        Those that gain most for an hour first, within each round; equal ones by price and name. None that makes the
        map worse or leaves it as it is.
    """
    capacity = load.capacity(load.find(net))
    now = outcome(net, capacity=capacity).score
    gains = {
        step: outcome(applied(net, [step]), capacity=capacity).score - now for step in candidates(net, wishes)
    }
    order = sorted(
        (step for step, gain in gains.items() if gain > 0),
        key=lambda step: (-gains[step] / step.hours, step.hours, step),
    )
    rank = {step: [one for one in order if one.kind == step.kind].index(step) for step in order}
    return tuple(sorted(order, key=lambda step: (rank[step], order.index(step)))[:count])


def best(
    cards: Sequence[Card],
    budget: int,
    *,
    hours: Callable[[Card], int],
    value: Callable[[tuple[Card, ...]], float],
) -> tuple[Card, ...]:
    """Give the cards that together are worth most within a budget: every subset that can be afforded is tried.

    Parameters
    ----------
    cards
        At most 14; in the order that decides between equals.
    budget
        In hours.
    hours, value
        What a card takes, and what a set of cards is worth. The value need not be monotone nor submodular.

    Returns
    -------
    tuple
        Of equal sets the cheaper one, then the smaller one, then the first.

    Examples
    --------
    >>> best("abc", 2, hours=lambda card: 1, value=lambda cards: len({*cards} & {*"bc"}))
    ('b', 'c')
    """
    if len(cards) > MOST_CARDS:
        raise ValueError(f"{len(cards)} cards are too many to try all: at most {MOST_CARDS}")
    sets = (chosen for size in range(len(cards) + 1) for chosen in combinations(cards, size))
    priced = [(sum(map(hours, chosen)), chosen) for chosen in sets]
    affordable = [(price, chosen) for price, chosen in priced if price <= budget]
    # Smaller sets come first and in order, and min keeps the first of equals.
    return min(affordable, key=lambda one: (-value(one[1]), one[0], len(one[1])))[1]
