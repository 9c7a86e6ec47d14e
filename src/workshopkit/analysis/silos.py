"""Whether domains are more closed than chance would make them.

Over the lived lines between actors that have a group, E run between groups and I inside: E-I = (E - I)/(E + I), from
-1 (all inside) to +1 (all outside). Chance is what the same map shows when the groups are dealt out again
(`workshopkit.analysis.relabel`): `lo` is the smallest value v with P(E-I <= v) > 0.025 and `hi` the largest with
P(E-I >= v) > 0.025. A map is `more_closed` below lo, `more_open` above hi, and otherwise, the edge included,
`as_chance`. That last is never a proof that there are no silos.

A verdict needs at least 100 distinct relabellings and 80 % of the receivers that have a group. Groups that were
*found* in the map are never tested this way.

References
----------
D. Krackhardt and R. N. Stern (1988), Informal networks and organizational crises: an experimental simulation, Social
Psychology Quarterly 51(2), 123-140.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from workshopkit.analysis import relabel, walls
from workshopkit.analysis.relabel import Blocks, Ints
from workshopkit.analysis.rewire import rewired
from workshopkit.network.network import Network

__all__ = ["AS_CHANCE", "MORE_CLOSED", "MORE_OPEN", "Group", "Silos", "expectation", "find", "undefined"]

MORE_CLOSED, AS_CHANCE, MORE_OPEN = "more_closed", "as_chance", "more_open"
LEAST_RELABELLINGS, LEAST_COVERAGE = 100, 0.8
LEVEL = 0.05
REWIRINGS = 199
# Above these a second look takes too long here; it is then not taken, and says so.
REWIRED_ACTORS, REWIRED_LINES = 500, 2_000


@dataclass(frozen=True, slots=True)
class Group:
    """One group, by its own lines.

    Parameters
    ----------
    ei
        (E_g - I_g)/(E_g + I_g), its lines both ways; None without a line.
    p
        Twice the smaller tail, adjusted after Holm over the groups of at least two; None where not tested.
    verdict
        At the level of 0.05.
    conductance
        Share of lines that leave it in the smaller of it and the rest, on the underlying graph; None if one of both
        has no line.
    """

    ei: float | None
    p: float | None = None
    verdict: str | None = None
    conductance: float | None = None


@dataclass(frozen=True, slots=True)
class Silos:
    """What is known of silos on one map; what is undefined is None, with the `reason`.

    Parameters
    ----------
    reason
        ``"no_groups"``, ``"one_group"``, ``"own_groups"`` (everybody alone) or ``"no_lines"``: nothing is defined.
        ``"too_few_relabellings"`` or ``"coverage"``: no band and no verdict.
    lines, inside
        Lived lines between actors with a group, and how many of these stay inside one.
    ei, expected
        E-I, and what it is on average by chance.
    band, inside_band
        [lo, hi] of E-I; the same as counts of lines inside, the fewest first.
    p_low, p_high
        Share of relabellings that are at least as closed, and as open.
    relabellings, method
        How many relabellings were looked at, and whether these are ``"all"`` or ``"drawn"``.
    busy_teams
        Whether the verdict is gone when everybody keeps as many lines as it has: it may come from a few busy teams.
        None if that was not asked: as by chance, or too large a map.
    hangs_on
        How many divided lines the verdict hangs on.
    density
        By group from and to, lived lines / possible lines; None inside a group of one.
    modularity
        Directed; it follows from E-I and the degrees, and is no second evidence.
    walls
        Between groups.
    """

    groups: dict[str, int]
    reason: str | None = None
    lines: int = 0
    inside: int | None = None
    ei: float | None = None
    expected: float | None = None
    band: tuple[float, float] | None = None
    inside_band: tuple[int, int] | None = None
    p_low: float | None = None
    p_high: float | None = None
    verdict: str | None = None
    relabellings: int = 0
    method: str | None = None
    busy_teams: bool | None = None
    hangs_on: int = 0
    by_group: dict[str, Group] = field(default_factory=dict)
    density: dict[str, dict[str, float | None]] = field(default_factory=dict)
    modularity: float | None = None
    walls: walls.Walls = field(default_factory=walls.Walls)


def expectation(sizes: Mapping[str, int]) -> float | None:
    """Give what E-I is on average by chance: 1 - 2 sum n_i(n_i - 1) / n(n-1); None with fewer than two actors.

    Examples
    --------
    >>> expectation({"x": 3, "y": 3})
    0.19999999999999996
    """
    n = sum(sizes.values())
    return 1 - 2 * sum(size * (size - 1) for size in sizes.values()) / (n * (n - 1)) if n > 1 else None


def find(net: Network, *, seed: int = 0) -> Silos:
    """Find out whether the domains are more closed than chance would make them.

    Parameters
    ----------
    net
        The map, with its groups.
    seed
        Where every random number comes from.

    Returns
    -------
    Silos
        With a reason where there is no verdict.

    References
    ----------
    D. Krackhardt and R. N. Stern (1988), Informal networks and organizational crises: an experimental simulation,
    Social Psychology Quarterly 51(2), 123-140. Modularity: E. A. Leicht and M. E. J. Newman (2008), Community structure in
    directed networks, Physical Review Letters 100, 118703. Conductance: R. Kannan, S. Vempala and A. Vetta (2004), On
    clusterings: good, bad and spectral, Journal of the ACM 51(3), 497-515. Several groups at once: S. Holm (1979), A
    simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6(2), 65-70.

    Examples
    --------
    >>> rows = [a + b for half in ("abcde", "fghij") for a in half for b in half] + ["af", "gb"]
    >>> found = find(Network.from_edges(rows, groups={a: a < "f" and "x" or "y" for a in "abcdefghij"}))
    >>> round(found.ei, 4), found.verdict, found.inside_band
    (-0.9048, 'more_closed', (16, 25))
    >>> find(Network.from_edges(["ab"])).reason
    'no_groups'
    """
    found = _judge(net, seed)
    if net.divided and found.verdict is not None:
        divided = sum(a in net.groups and b in net.groups for a, b in net.divided)
        if _judge(net.with_divided, seed).verdict != found.verdict:
            found = replace(found, hangs_on=divided)
    return found


def _judge(net: Network, seed: int) -> Silos:
    groups = dict(Counter(net.groups[actor] for actor in net.actors if actor in net.groups))
    reason = undefined(groups)
    if reason:
        return Silos(groups, reason)
    found = relabel.blocks(net, seed=seed)
    lines, inside = len(found.source), int(np.trace(found.real))
    if not lines:
        return Silos(groups, "no_lines", expected=expectation(groups), walls=walls.find(net, found=found))
    base = Silos(
        groups,
        lines=lines,
        inside=inside,
        ei=_ei(inside, lines),
        expected=expectation(groups),
        by_group=_alone(found),
        density=_density(found),
        modularity=_modularity(found),
        walls=walls.find(net, found=found),
    )
    reason = _withheld(net, found)
    return replace(base, reason=reason) if reason else _tested(base, found, seed)


def undefined(groups: Mapping[str, int]) -> str | None:
    """Give why groups of these sizes say nothing of silos; None if they can.

    Examples
    --------
    >>> undefined({}), undefined({"x": 3}), undefined({"x": 1, "y": 1}), undefined({"x": 2, "y": 1})
    ('no_groups', 'one_group', 'own_groups', None)
    """
    if not groups:
        return "no_groups"
    if len(groups) == 1:
        return "one_group"
    return "own_groups" if max(groups.values()) == 1 else None


def _withheld(net: Network, found: Blocks) -> str | None:
    if found.listed and found.times < LEAST_RELABELLINGS:
        return "too_few_relabellings"
    voiced = net.voiced & net.groups.keys()
    heard = len(voiced & net.received)
    return "coverage" if not voiced or heard < LEAST_COVERAGE * len(voiced) else None


def _tested(base: Silos, found: Blocks, seed: int) -> Silos:
    inside = int(np.trace(found.real))
    by_chance = found.inside()
    if not found.listed:
        by_chance = np.append(by_chance, inside)
    fewest, most = _band(by_chance)
    verdict = _verdict(inside, fewest, most)
    return replace(
        base,
        band=(_ei(most, base.lines), _ei(fewest, base.lines)),
        inside_band=(fewest, most),
        p_low=float((by_chance >= inside).mean()),
        p_high=float((by_chance <= inside).mean()),
        verdict=verdict,
        relabellings=found.times,
        method="all" if found.listed else "drawn",
        busy_teams=_busy_teams(found, verdict, seed),
        by_group=_by_group(base.by_group, found),
    )


def _band(inside: Ints) -> tuple[int, int]:
    """Give the fewest and the most lines inside that chance still shows in more than 2.5 % of cases at that end."""
    times = np.bincount(inside)
    # In whole numbers, so that an edge is an edge: times / total > 1/40.
    up_to, from_on = np.cumsum(times), np.cumsum(times[::-1])[::-1]
    fewest = np.flatnonzero((up_to * 40 > len(inside)) & (times > 0))[0]
    most = np.flatnonzero((from_on * 40 > len(inside)) & (times > 0))[-1]
    return int(fewest), int(most)


def _verdict(inside: int, fewest: int, most: int) -> str:
    return MORE_CLOSED if inside > most else MORE_OPEN if inside < fewest else AS_CHANCE


def _ei(inside: int, lines: int) -> float:
    return (lines - 2 * inside) / lines


def _busy_teams(found: Blocks, verdict: str, seed: int) -> bool | None:
    """Take a second look: does the verdict stand when everybody keeps as many lines as it has."""
    actors, lines = len(found.labels), len(found.source)
    if verdict == AS_CHANCE or actors > REWIRED_ACTORS or lines > REWIRED_LINES:
        return None
    labels = found.labels
    targets = rewired(found.source, found.target, actors, REWIRINGS, np.random.default_rng((seed, 2)))
    inside = (labels[found.source] == labels[targets]).sum(axis=1)
    real = int(np.trace(found.real))
    return _verdict(real, *_band(np.append(inside, real))) != verdict


def _alone(found: Blocks) -> dict[str, Group]:
    inside, touching, conductance = (
        found.real.diagonal().tolist(),
        _touching(found).tolist(),
        _conductance(found),
    )
    return {
        name: Group(ei=(every - 2 * own) / every if every else None, conductance=leaving)
        for name, own, every, leaving in zip(found.groups, inside, touching, conductance, strict=True)
    }


def _touching(found: Blocks) -> Ints:
    """Count, by group, the lines with an end in it."""
    every: Ints = found.real.sum(axis=0) + found.real.sum(axis=1) - found.real.diagonal()
    return every


def _by_group(alone: dict[str, Group], found: Blocks) -> dict[str, Group]:
    inside, touching = found.inside_by, found.touching_by
    tails = {}
    for place, name in enumerate(found.groups):
        if found.sizes[place] > 1 and alone[name].ei is not None:
            alike = found.alike(place)
            tails[name] = _tails(found, place, inside[alike], touching[alike])
    adjusted = _holm({name: min(1.0, 2 * min(low, high)) for name, (low, high) in tails.items()})
    said = dict(alone)
    for name, p in adjusted.items():
        low, high = tails[name]
        verdict = AS_CHANCE if p > LEVEL else MORE_CLOSED if low < high else MORE_OPEN
        said[name] = replace(alone[name], p=p, verdict=verdict)
    return said


def _tails(found: Blocks, group: int, inside: Ints, touching: Ints) -> tuple[float, float]:
    """Give the share of relabellings in which the group is at least as closed, and as open.

    Shares of lines are compared as whole numbers; where the group would have no line at all, both hold.
    """
    real, every = int(found.real[group, group]), int(_touching(found)[group])
    return found.share(inside * every >= real * touching), found.share(inside * every <= real * touching)


def _holm(values: Mapping[str, float]) -> dict[str, float]:
    adjusted, least = {}, 0.0
    for rank, name in enumerate(sorted(values, key=values.__getitem__)):
        least = max(least, min(1.0, (len(values) - rank) * values[name]))
        adjusted[name] = least
    return adjusted


def _density(found: Blocks) -> dict[str, dict[str, float | None]]:
    table: dict[str, dict[str, float | None]] = {}
    for i, here in enumerate(found.groups):
        table[here] = {}
        for j, there in enumerate(found.groups):
            possible = found.sizes[i] * (found.sizes[j] - (i == j))
            table[here][there] = int(found.real[i, j]) / possible if possible else None
    return table


def _modularity(found: Blocks) -> float:
    m = len(found.source)
    return float(np.trace(found.real) / m - found.real.sum(axis=1) @ found.real.sum(axis=0) / m**2)


def _conductance(found: Blocks) -> list[float | None]:
    """Give the conductance of every group, on the underlying graph."""
    n, k = len(found.labels), len(found.groups)
    low, high = np.minimum(found.source, found.target), np.maximum(found.source, found.target)
    ties = np.unique(low * n + high)
    one, other = found.labels[ties // n], found.labels[ties % n]
    volume = np.bincount(one, minlength=k) + np.bincount(other, minlength=k)
    cut = volume - 2 * np.bincount(one[one == other], minlength=k)
    smaller = np.minimum(volume, 2 * len(ties) - volume)
    return [
        leaving / least if least else None
        for leaving, least in zip(cut.tolist(), smaller.tolist(), strict=True)
    ]
