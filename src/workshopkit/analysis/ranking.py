"""Which findings matter most: what works first, then what touches most, and hurts most.

Everything that a map gives is a candidate: what works (``works``, ``gift``, ``open``, and as a last resort
``answered``), where the message did not get to (``circle``, ``wall``, ``audience``, ``lost``), what is closed or hangs by
one thread (``silo``, ``hangs``), and what ran otherwise than somebody thought (``detour``, ``gap``, ``wish``).

The rule. First comes the first of ``works``, ``gift``, ``open`` and ``answered`` that there is. Of the others a finding
*weighs* the ordered pairs of places that it touches, times 3 where the message did not get through, times 2 where it
may not next time, and times 1 where it did so otherwise. The heaviest comes first; equal ones in the order of `SEVERITY`,
and then by name. A second finding of a kind stands behind the first of every other kind, so that five sentences tell
five things. Nothing is a candidate that `workshopkit.analysis` does not call a finding: a cycle, a listed wall or a
silo by chance is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from workshopkit.analysis.findings import Findings
from workshopkit.network.network import Pair

__all__ = ["MOST", "SEVERITY", "WORKS", "Finding", "rank"]

MOST = 5
WORKS = ("works", "gift", "open", "answered")
SEVERITY: Mapping[str, int] = {
    "circle": 3,
    "wall": 3,
    "audience": 3,
    "lost": 3,
    "hangs": 2,
    "silo": 2,
    "detour": 1,
    "gap": 1,
    "gift": 1,
    "wish": 1,
}
# What both ends of a line say, where they do not say the same.
_APART = ("sent_not_heard", "heard_not_claimed")
# By domain, a way there and a way back.
_BOTH_WAYS = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found.

    Parameters
    ----------
    kind
        What: a key of `SEVERITY`, or one of `WORKS`.
    size
        The ordered pairs of places that it touches, at least 1.
    places
        The actors that it is about; of a wall the two domains. Empty where it is about the map.
    lines
        The lines that it is about, in the order of the map.
    numbers
        What its sentence needs, by name.
    """

    kind: str
    size: int
    places: tuple[str, ...] = ()
    lines: tuple[Pair, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)

    @property
    def severity(self) -> int:
        """Give how much it hurts: 3, 2 or 1; 0 where it is good news."""
        return SEVERITY.get(self.kind, 0)

    @property
    def weight(self) -> int:
        """Give the pairs that it touches times how much that hurts."""
        return self.size * self.severity


def rank(found: Findings, wishes: Mapping[str, str | None] | None = None) -> tuple[Finding, ...]:
    """Order what was found; the first `MOST` are told.

    Parameters
    ----------
    found
        What was computed of a map.
    wishes
        By actor, from whom it would have liked to hear directly.

    Returns
    -------
    tuple of Finding
        What works first; empty while nobody has answered.

    Examples
    --------
    >>> from workshopkit.analysis.findings import find
    >>> from workshopkit.network.actors import Definition
    >>> from workshopkit.network.lines import Statements, reconcile_statements
    >>> nothing = reconcile_statements("abcdt", Statements())
    >>> from workshopkit.network.network import Network
    >>> teams = [{"id": one} for one in "abcd"]
    >>> here = Definition.read({"actors": [*teams, {"id": "t", "kind": "audience", "voice": "proxy"}]})
    >>> net = Network.from_edges(["ab", "bc", "ca", "dt"], audiences="t")
    >>> [(one.kind, one.places, one.weight) for one in rank(find(here, nothing, net=net))]
    [('works', (), 0), ('circle', ('a', 'b', 'c'), 9), ('audience', ('t',), 9), ('hangs', ('a',), 2)]
    """
    if not (found.net.sent | found.net.received):
        return ()
    first = next(_works(found), None)
    rest = [one for one in _candidates(found, wishes or {}) if first is None or one.kind != first.kind]
    names = {actor.id: actor.label for actor in found.definition.actors}
    names |= {domain.id: domain.label for domain in found.definition.domains}
    order = list(SEVERITY)

    def place(one: Finding) -> tuple[int, int, list[str]]:
        ends = [end for line in one.lines for end in line]
        called = [names.get(id, id) for id in (*one.places, *ends)]
        return -one.weight, order.index(one.kind), called

    rest.sort(key=place)
    seen: Counter[str] = Counter()
    rounds = []
    for one in rest:
        rounds.append(seen[one.kind])
        seen[one.kind] += 1
    later = [one for _, one in sorted(zip(rounds, rest, strict=True), key=lambda pair: pair[0])]
    return (*([first] if first else []), *later)


def _works(found: Findings) -> Iterator[Finding]:
    """Give what works, the best news first."""
    net = found.net
    lived = set(net.lived)
    if straight := tuple(pair for pair in net.believed if pair in lived):
        pairs = len(found.circles.two_way)
        said = {"confirmed": len(straight), "believed": len(net.believed), "two_way": pairs}
        yield Finding("works", len(straight), lines=straight, numbers=said)
    yield from _gift(found)
    silos = found.silos
    if silos.verdict == "more_open" and silos.inside is not None:
        outside = silos.lines - silos.inside
        yield Finding("open", max(1, outside), numbers={"outside": outside, "hangs_on": silos.hangs_on})
    yield Finding(
        "answered",
        1,
        numbers={"answered": len(net.voiced & (net.received | net.sent)), "asked": len(net.voiced)},
    )


def _candidates(found: Findings, wishes: Mapping[str, str | None]) -> Iterator[Finding]:
    for some in (_circle, _wall, _audience, _lost, _hangs, _silo, _detour, _gap, _gift):
        yield from some(found)
    yield from _wish(found, wishes)


def _circle(found: Findings) -> Iterator[Finding]:
    closed, net = found.circles.closed, found.net
    audiences = [actor for actor in net.audiences if actor in net.voiced]
    for circle in closed.circles or ():
        members = set(circle)
        inside = tuple(pair for pair in net.lived if members.issuperset(pair))
        said = {
            "members": len(circle),
            "audiences": len(audiences),
            "hangs_on": closed.hangs_on.get(circle, 0),
        }
        yield Finding("circle", len(circle) * len(audiences), circle, inside, said)


def _wall(found: Findings) -> Iterator[Finding]:
    sizes = found.silos.groups
    for wall in found.silos.walls.findings:
        pairs = _BOTH_WAYS * sizes[wall.groups[0]] * sizes[wall.groups[1]]
        yield Finding("wall", pairs, wall.groups, numbers={"pairs": pairs, "hangs_on": wall.hangs_on})


def _audience(found: Findings) -> Iterator[Finding]:
    """Give the audiences that it did not get to from everybody, taken together."""
    reached = found.arrival.by_audience.items()
    some = {
        actor: reach
        for actor, reach in reached
        if actor in found.net.received and reach.pairs - reach.at_all > reach.unknown
    }
    said = {
        name: sum(getattr(reach, name) for reach in some.values())
        for name in ("pairs", "direct", "within_two", "at_all", "unknown")
    }
    said["missed"] = said["pairs"] - said["at_all"] - said["unknown"]
    if said["missed"]:
        arrived = tuple(pair for pair in found.net.lived if pair[1] in some and pair[0] in found.net.speakers)
        yield Finding("audience", said["missed"], tuple(some), arrived, said)


def _lost(found: Findings) -> Iterator[Finding]:
    gone = [line for line in found.detours.lines if line.outcome == "did_not_arrive"]
    if gone:
        said = {
            "lost": len(gone),
            "believed": found.summary.believed,
            "hangs_on": max(line.hangs_on for line in gone),
        }
        yield Finding("lost", len(gone), lines=tuple((one.source, one.target) for one in gone), numbers=said)


def _hangs(found: Findings) -> Iterator[Finding]:
    """Give the line on which most ways hang; a place, only where more hangs on it than on any line."""
    label = {actor.id: actor.label for actor in found.definition.actors}
    lost = found.failure.lost or {}
    places = [(count, (actor,)) for actor, count in lost.items() if count]
    lines = [(bridge.lost, bridge.ends) for bridge in found.bridges.lines]

    def worst(some: Sequence[tuple[int, tuple[str, ...]]]) -> tuple[int, tuple[str, ...]]:
        return min(some, key=lambda one: (-one[0], [label.get(id, id) for id in one[1]]), default=(0, ()))

    line, place = worst(lines), worst(places)
    if line[0] and line[0] >= place[0]:
        yield Finding("hangs", line[0], line[1], ((line[1][0], line[1][1]),), {"lost": line[0]})
    elif place[0]:
        touching = tuple(pair for pair in found.net.lived if place[1][0] in pair)
        yield Finding("hangs", place[0], place[1], touching, {"lost": place[0]})


def _silo(found: Findings) -> Iterator[Finding]:
    silos, groups = found.silos, found.net.groups
    if silos.verdict != "more_closed" or silos.inside is None or silos.inside_band is None:
        return
    inside = tuple(
        (a, b) for a, b in found.net.lived if a in groups and b in groups and groups[a] == groups[b]
    )
    said = {
        "inside": silos.inside,
        "lines": silos.lines,
        "low": silos.inside_band[0],
        "high": silos.inside_band[1],
        "hangs_on": silos.hangs_on,
    }
    yield Finding("silo", silos.inside - silos.inside_band[1], (), inside, said)


def _detour(found: Findings) -> Iterator[Finding]:
    bent = [line for line in found.detours.lines if line.outcome == "via"]
    if bent:
        named = sum(bool(line.ways) for line in bent)
        said = {"via": len(bent), "named": named, "believed": found.summary.believed}
        yield Finding(
            "detour", len(bent), lines=tuple((one.source, one.target) for one in bent), numbers=said
        )


def _gap(found: Findings) -> Iterator[Finding]:
    apart = [line for line in found.lines if line.state in _APART]
    if apart:
        told = sum(line.state == _APART[0] for line in apart)
        said = {"gap": len(apart), "told": told, "heard": len(apart) - told}
        yield Finding("gap", len(apart), lines=tuple((one.source, one.target) for one in apart), numbers=said)


def _gift(found: Findings) -> Iterator[Finding]:
    given = tuple((line.source, line.target) for line in found.lines if line.state == _APART[1])
    if given:
        yield Finding("gift", len(given), lines=given, numbers={"gift": len(given)})


def _wish(found: Findings, wishes: Mapping[str, str | None]) -> Iterator[Finding]:
    """Give whom most would have liked to hear directly, and did not."""
    known, lived = found.definition.by_id, set(found.net.lived)
    asked: dict[str, list[Pair]] = {}
    for actor in known:
        wished = wishes.get(actor)
        if wished in known and wished is not None and (wished, actor) not in lived:
            asked.setdefault(wished, []).append((wished, actor))
    for wished, pairs in asked.items():
        yield Finding("wish", len(pairs), (wished,), tuple(pairs), {"wishes": len(pairs)})
