"""Whether, and with what chance, the message reaches whom it is for.

A *speaker* is an actor that is no audience. The *headline* counts the (speaker, audience) pairs that the lived map
joins directly, within two hops, and at all; having heard by way of another counts as reached at all. A map without
audiences counts all ordered pairs.

The *chance* takes lines as independent and actors as reliable, and has everyone pass the message on once: it is an
upper bound, and the figure says so. A lived line of whose receivers m answered (yes 1, partly 1/2, no 0) holds with
p = (sum + 1/2) / (m + 1); a line of a plain list is certain.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from workshopkit.analysis import graph, reach, worlds
from workshopkit.network.network import Network, Pair

__all__ = ["Chance", "Headline", "Rate", "Reach", "chance", "chance_of", "headline", "holds", "rate"]

EXACT_LINES = 18
WORLDS, WORLDS_OF_MANY, MANY_ACTORS = 4096, 1024, 10_000
DRAWS, WORLDS_A_DRAW = 400, 1024
LEAST_ANSWERS = 2
TAILS = (0.025, 0.975)


@dataclass(frozen=True, slots=True)
class Reach:
    """How many pairs are reached, of how many.

    Parameters
    ----------
    pairs
        All pairs that are counted.
    direct, within_two, at_all
        Of these the ones reached in one hop, in at most two, and in any way.
    unknown
        Those not reached of which nobody can say yet: the receiver, or somebody on the way, is silent.
    """

    pairs: int
    direct: int
    within_two: int
    at_all: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Headline:
    """What reaches the audiences.

    Parameters
    ----------
    total
        Over all pairs; None without any, with the `reason`.
    direct, within_two, at_all
        The same as shares, from 0 to 1.
    by_audience
        By audience with a voice, from how many speakers it is reached; empty on a map without audiences.
    reason
        ``"no_voiced_audience"``: there are audiences, and nobody speaks for them; ``"no_pairs"``: nobody to reach.
    """

    total: Reach | None
    direct: float | None
    within_two: float | None
    at_all: float | None
    by_audience: dict[str, Reach]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """The ordered pairs that the lived map joins.

    Parameters
    ----------
    reachable_pairs
        How many there are.
    rate
        Their share of n(n-1); None with fewer than two actors.
    """

    reachable_pairs: int
    rate: float | None


@dataclass(frozen=True, slots=True)
class Chance:
    """The chance that a message arrives.

    Parameters
    ----------
    value
        From 0 to 1.
    method
        ``"exact"`` or ``"simulated"``.
    worlds
        How many worlds were listed or drawn.
    error
        Standard error of the simulation; 0 if exact.
    interval
        Where the chance lies, by the answers, in 95 of 100 cases; None under two answers a receiver on average.
    delay
        Days that the quickest way takes, expected given that it arrives; None if a usable line has no delay, or
        nothing arrives.
    """

    value: float
    method: str
    worlds: int
    error: float
    interval: tuple[float, float] | None = None
    delay: float | None = None


def headline(net: Network) -> Headline:
    """Count the (speaker, audience) pairs reached: shares from 0 to 1.

    Parameters
    ----------
    net
        The map. Audiences without a voice stay out; those that are silent are counted as unknown.

    Returns
    -------
    Headline
        Nones, with a reason, if there is no pair to count.

    References
    ----------
    Reach within so many hops: S. P. Borgatti (2006), Identifying sets of key players in a social network,
    Computational & Mathematical Organization Theory 12, 21-34.

    Examples
    --------
    >>> found = headline(Network.from_edges(["ab", "bt"], audiences="t"))
    >>> found.direct, found.within_two, found.at_all
    (0.5, 1.0, 1.0)
    """
    voiced = [actor for actor in net.audiences if actor in net.voiced]
    if net.audiences and not voiced:
        return Headline(None, None, None, None, {}, "no_voiced_audience")
    goals = [net.index[actor] for actor in voiced or net.actors]
    found = _reaches(net, goals, apart=bool(voiced)) or [(0,) * 5]
    total = Reach(*(sum(values) for values in zip(*found, strict=True)))
    if not total.pairs:
        return Headline(None, None, None, None, {}, "no_pairs")
    return Headline(
        total,
        direct=total.direct / total.pairs,
        within_two=total.within_two / total.pairs,
        at_all=total.at_all / total.pairs,
        by_audience={actor: Reach(*counts) for actor, counts in zip(voiced, found, strict=False)},
    )


def _reaches(net: Network, goals: Sequence[int], *, apart: bool) -> list[tuple[int, ...]]:
    """Count as `Reach` does: for each goal apart, or for all of them together."""
    speakers = [net.index[actor] for actor in net.speakers]
    speaks = set(speakers)
    back = reach.back(net)
    heard_via: dict[int, list[int]] = defaultdict(list)
    for source, target in net.ways:
        if net.index[source] in speaks:
            heard_via[net.index[target]].append(net.index[source])
    found: list[tuple[int, ...]] = []
    sure, maybe = reach.ahead(net, goals), reach.ahead(net, goals, possible=True)
    for (some, far), (_, possible) in zip(sure, maybe, strict=True):
        masks = Counter((far[place], possible[place]) for place in speakers)
        silent = sum(1 << bit for bit, goal in enumerate(some) if net.actors[goal] not in net.received)
        bit_of = {goal: bit for bit, goal in enumerate(some)}
        for part in [[goal] for goal in some] if apart else [some]:
            asked = sum(1 << bit_of[goal] for goal in part)
            themselves = sum(goal in speaks for goal in part)
            at_all = unknown = 0
            for (one, other), times in masks.items():
                at_all += times * (one & asked).bit_count()
                unknown += times * ((other | silent) & ~one & asked).bit_count()
            direct = within_two = 0
            for goal in part:
                direct += len(speaks.intersection(back[goal]))
                within_two += len(_two(back, goal, speaks))
                for place in heard_via.get(goal, ()):
                    if not far[place] >> bit_of[goal] & 1:
                        at_all += 1
                        unknown -= possible[place] >> bit_of[goal] & 1
            pairs = len(part) * len(speakers) - themselves
            found.append((pairs, direct, within_two, at_all - themselves, unknown))
    return found


def _two(back: Sequence[Sequence[int]], goal: int, speaks: set[int]) -> set[int]:
    """Give the speakers from which a goal is at most two hops away."""
    near = set(back[goal]).union(*(back[place] for place in back[goal]))
    near.discard(goal)
    return near & speaks


def rate(net: Network) -> Rate:
    """Give the share of ordered pairs that the lived map joins: reachable / n(n-1), from 0 to 1.

    References
    ----------
    D. Krackhardt (1994), Graph theoretical dimensions of informal organizations, in K. Carley and M. Prietula (eds),
    Computational organization theory, 89-111.

    Examples
    --------
    >>> rate(Network.from_edges(["ab", "bc", "cb"]))
    Rate(reachable_pairs=4, rate=0.6666666666666666)
    >>> rate(Network.from_edges([], actors="a")).rate is None
    True
    """
    reachable = reach.pairs(net)
    n = len(net.actors)
    return Rate(reachable, reachable / (n * (n - 1)) if n > 1 else None)


def chance(net: Network, source: str, target: str, *, seed: int = 0) -> Chance:
    """Give the chance that what `source` says arrives at `target` over the lived map, from 0 to 1.

    Exact if at most 18 uncertain lines lie on a way between the two, else the share of 4 096 drawn worlds (1 024
    above 10 000 actors). The interval is that of the *answers*: 400 draws of every p from
    Beta(sum + 1/2, m - sum + 1/2), from two answers a receiver on average.

    Parameters
    ----------
    net
        The map, with its answers and delays.
    source, target
        Two different actors.
    seed
        Where every random number comes from.

    Returns
    -------
    Chance
        The value is 0 where no way exists.

    References
    ----------
    C. J. Colbourn (1987), The combinatorics of network reliability, Oxford University Press. The prior: L. D. Brown,
    T. T. Cai and A. DasGupta (2001), Interval estimation for a binomial proportion, Statistical Science 16(2),
    101-133.

    Examples
    --------
    >>> one_yes = (1, 1)
    >>> net = Network.from_edges(["ab", "bc"], answers={("a", "b"): one_yes, ("b", "c"): one_yes})
    >>> chance(net, "a", "c").value
    0.5625
    >>> chance(net, "c", "a").value
    0.0
    """
    pairs = _usable(net, source, target)
    chances = [holds(net.answers.get(pair)) for pair in pairs]
    found = chance_of(
        dict(zip(pairs, chances, strict=True)),
        source,
        target,
        delays=net.delays,
        worlds_drawn=WORLDS_OF_MANY if len(net.actors) > MANY_ACTORS else WORLDS,
        seed=seed,
    )
    interval = _interval(net, pairs, source, target, seed)
    return Chance(found.value, found.method, found.worlds, found.error, interval, found.delay)


def chance_of(
    lines: Mapping[Pair, float],
    source: str,
    target: str,
    *,
    delays: Mapping[Pair, float] | None = None,
    worlds_drawn: int = WORLDS,
    seed: int = 0,
) -> Chance:
    """Give the chance that a message arrives over lines that each hold with their own chance.

    Examples
    --------
    >>> lines = {("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "d"): 0.5, ("d", "c"): 0.8}
    >>> round(chance_of(lines, "a", "c").value, 6)
    0.886
    """
    net = Network.from_edges(lines, actors=(source, target))
    pairs = _usable(net, source, target)
    chances = [lines[pair] for pair in pairs]
    arcs = _arcs(net, pairs)
    start, end = net.index[source], net.index[target]
    uncertain = sum(0 < p < 1 for p in chances)
    exact = uncertain <= EXACT_LINES
    seen = (
        worlds.all_of_them(chances)
        if exact
        else worlds.some(chances, worlds_drawn, np.random.default_rng(seed))
    )

    def mean(values: worlds.Floats) -> float:
        return worlds.weigh(values, chances) if exact else float(values.mean())

    value = mean(seen.unpack(seen.arrived(arcs, start, end)).astype(float))
    delay = None
    if delays and value and all(pair in delays for pair in pairs):
        times = seen.quickest(arcs, [delays[pair] for pair in pairs], start, end)
        delay = mean(np.where(np.isinf(times), 0.0, times)) / value
    error = 0.0 if exact else math.sqrt(value * (1 - value) / seen.count)
    return Chance(value, "exact" if exact else "simulated", seen.count, error, delay=delay)


def holds(answers: tuple[float, int] | None) -> float:
    """Give the chance that a line holds, by the sum of its receivers' answers and their number; None is certain.

    Examples
    --------
    >>> holds((1.0, 1)), holds((0.5, 1)), holds(None)
    (0.75, 0.5, 1.0)
    """
    return 1.0 if answers is None else (answers[0] + 0.5) / (answers[1] + 1)


def _usable(net: Network, source: str, target: str) -> list[Pair]:
    """Give the lived lines on a way from source to target that comes through neither of them again."""
    start, end = net.index[source], net.index[target]
    back = list(reach.back(net))
    out = [() if place == end else row for place, row in enumerate(net.out)]
    back[start] = []
    ahead, behind = graph.reached(out, (start,)), graph.reached(back, (end,))
    return [
        (a, b)
        for a, b in net.lived
        if a != target and b != source and net.index[a] in ahead and net.index[b] in behind
    ]


def _arcs(net: Network, pairs: Iterable[Pair]) -> list[worlds.Arc]:
    return [(net.index[source], net.index[target]) for source, target in pairs]


def _interval(
    net: Network, pairs: Sequence[Pair], source: str, target: str, seed: int
) -> tuple[float, float] | None:
    answered = [(net.answers[pair], pair) for pair in pairs if pair in net.answers]
    by_receiver = {receiver: count for (_, count), (_, receiver) in answered}
    if not answered or sum(by_receiver.values()) < LEAST_ANSWERS * len(by_receiver):
        return None
    rng = np.random.default_rng((seed, 1))
    arcs = _arcs(net, pairs)
    start, end = net.index[source], net.index[target]
    drawn = np.ones((DRAWS, len(pairs)))
    for column, pair in enumerate(pairs):
        if pair in net.answers:
            total, count = net.answers[pair]
            # A draw may round to 0 or 1, and a line that is certain is not listed.
            drawn[:, column] = rng.beta(total + 0.5, count - total + 0.5, DRAWS).clip(1e-12, 1 - 1e-12)
    values = []
    listed = None
    if len(answered) <= EXACT_LINES:
        everything = worlds.all_of_them([0.5 if pair in net.answers else 1.0 for pair in pairs])
        listed = everything.unpack(everything.arrived(arcs, start, end)).astype(float)
    for chances in drawn.tolist():
        if listed is not None:
            values.append(worlds.weigh(listed, chances))
        else:
            seen = worlds.some(chances, WORLDS_A_DRAW, rng)
            values.append(float(seen.unpack(seen.arrived(arcs, start, end)).mean()))
    low, high = np.quantile(values, TAILS)
    return float(low), float(high)
