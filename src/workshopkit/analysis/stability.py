"""How much a plan hangs on who answered: it is chosen again and again without a fifth of the respondents.

Who is left out is silent, and has not said no. The share of runs in which the plan stays the best one is its stability:
80 % and more is *stable*, 50 % and more *fair*; below that one should not choose on it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import ceil, comb, sqrt

from workshopkit.analysis import load, plans, scores
from workshopkit.network.network import Network
from workshopkit.network.steps import Step

__all__ = ["RUNS", "Stability", "find", "silenced"]

RUNS = 500
_LEFT_OUT, _STABLE, _FAIR = 0.2, 0.8, 0.5
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Stability:
    """How often a plan stays the best.

    Parameters
    ----------
    runs, best
        How many runs there were, and in how many the plan was the best.
    left_out
        How many respondents each run leaves out.
    is_sampled
        Whether the runs are drawn; if not, they are all there are.
    asked
        How many respondents there are.
    seed
        Of the draws.
    """

    runs: int
    best: int
    left_out: int
    is_sampled: bool
    asked: int = 0
    seed: int = 0

    @property
    def share(self) -> float | None:
        """Give the share of runs, from 0 to 1; None without any."""
        return self.best / self.runs if self.runs else None

    @property
    def verdict(self) -> str | None:
        """Give ``"stable"``, ``"fair"`` or ``"unstable"``; None without any run."""
        if self.share is None:
            return None
        return "stable" if self.share >= _STABLE else "fair" if self.share >= _FAIR else "unstable"

    @property
    def interval(self) -> tuple[float, float] | None:
        """Give the 95 % interval of the share; None where all runs there are were made.

        References
        ----------
        E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference, Journal of the
        American Statistical Association 22, 209-212.

        Examples
        --------
        >>> [round(end, 3) for end in Stability(500, 400, 3, is_sampled=True).interval]
        [0.763, 0.833]
        """
        if not self.is_sampled or self.share is None:
            return None
        share, runs = self.share, self.runs
        middle = share + _Z**2 / (2 * runs)
        half = _Z * sqrt(share * (1 - share) / runs + _Z**2 / (4 * runs**2))
        return (middle - half) / (1 + _Z**2 / runs), (middle + half) / (1 + _Z**2 / runs)


def silenced(net: Network, actors: Collection[str]) -> Network:
    """Give the map as it would be if some had not answered.

    Examples
    --------
    >>> silenced(Network.from_edges(["ab", "bc"]), "b").lived, silenced(Network.from_edges(["ab"]), "a").believed
    ((('b', 'c'),), ())
    """
    gone = frozenset(actors)
    return replace(
        net,
        sent=net.sent - gone,
        received=net.received - gone,
        believed=tuple(pair for pair in net.believed if pair[0] not in gone),
        lived=tuple(pair for pair in net.lived if pair[1] not in gone),
        divided=tuple(pair for pair in net.divided if pair[1] not in gone),
        ways={pair: ways for pair, ways in net.ways.items() if pair[1] not in gone},
        answers={pair: said for pair, said in net.answers.items() if pair[1] not in gone},
    )


def find(
    net: Network,
    cards: Sequence[Step],
    budget: int,
    *,
    hours: Callable[[Step], int],
    runs: int = RUNS,
    seed: int = 0,
) -> Stability:
    """Choose the best plan again without a fifth of the respondents, in every way there is or in as many drawn ones.

    Parameters
    ----------
    net
        The map.
    cards, budget, hours
        As for `workshopkit.analysis.plans.best`.
    runs
        How many at most.
    seed
        Of the draws.
    """
    respondents = [actor for actor in net.actors if actor in net.sent | net.received]
    left_out = ceil(_LEFT_OUT * len(respondents))
    if not left_out:
        return Stability(0, 0, 0, is_sampled=False, seed=seed)
    able = plans.affordable(cards, budget, hours=hours)
    plan = frozenset(_best(net, cards, able))
    is_sampled = comb(len(respondents), left_out) > runs
    ways: Iterator[Collection[str]] = combinations(respondents, left_out)
    if is_sampled:
        draw = random.Random(seed)  # noqa: S311 - draws of a statistic, no secrets
        ways = (draw.sample(respondents, left_out) for _ in range(runs))
    chosen = [frozenset(_best(silenced(net, gone), cards, able)) == plan for gone in ways]
    return Stability(len(chosen), sum(chosen), left_out, is_sampled, len(respondents), seed)


def _best(net: Network, cards: Sequence[Step], able: Sequence[tuple[Step, ...]]) -> tuple[Step, ...]:
    return scores.best(scores.Scores(net, cards, load.capacity(load.find(net), net.capacities)), able)
