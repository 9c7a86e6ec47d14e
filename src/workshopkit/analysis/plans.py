"""Steps that a map suggests, those that the kit proposes, and which of them are best together within a budget of hours."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import TypeVar

from workshopkit.analysis import load
from workshopkit.analysis.breakthrough import Step, applied, changes, outcome
from workshopkit.network.network import Network
from workshopkit.network.steps import EVERY_AUDIENCE

__all__ = ["MOST_CARDS", "affordable", "best", "candidates", "proposals"]

MOST_CARDS = 14
Card = TypeVar("Card")


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
            Step(kind, actor, group)
            for kind in ("channel", "workshop")
            for group in dict.fromkeys(net.groups.values())
            for actor in net.groups
        ),
        *(Step("campaign", speaker, EVERY_AUDIENCE) for speaker in net.speakers),
        *(Step("small", *pair) for pair in net.believed),
    ]
    return [step for step in dict.fromkeys(found) if changes(net, step)]


def proposals(
    net: Network, wishes: Mapping[str, str | None] | None = None, *, count: int
) -> tuple[Step, ...]:
    """Propose steps that each alone raise J: the best of every kind, then the second best, so that there is a choice.

    Parameters
    ----------
    net, wishes
        As for `candidates`.
    count
        How many at most.

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
    # max keeps the first of equals.
    return max(affordable(cards, budget, hours=hours), key=value)


def affordable(cards: Sequence[Card], budget: int, *, hours: Callable[[Card], int]) -> list[tuple[Card, ...]]:
    """List every set of cards that a budget allows: the cheaper ones first, of these the smaller ones, then in order.

    Examples
    --------
    >>> affordable("ab", 2, hours={"a": 2, "b": 1}.__getitem__)
    [(), ('b',), ('a',)]
    """
    if len(cards) > MOST_CARDS:
        raise ValueError(f"{len(cards)} cards are too many to try all: at most {MOST_CARDS}")
    sets = (chosen for size in range(len(cards) + 1) for chosen in combinations(cards, size))
    priced = [(sum(map(hours, chosen)), len(chosen), chosen) for chosen in sets]
    # A sort keeps the order of equals.
    return [chosen for price, _, chosen in sorted(priced, key=lambda one: one[:2]) if price <= budget]
