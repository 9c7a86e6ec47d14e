"""What could be done about a finding: the steps of act 05 that fit it, those that gain most for an hour first.

A lost line can be repaired, a detour shortened; a closed circle asks for an exit, an audience for somebody who tells it
directly, domains that are closed for a role or a channel that joins them, one line on which much hangs for a second one
beside it, and a wish for the line that was wished for. The gain of a step is that of J in
`workshopkit.analysis.breakthrough`; no step is named that makes the map worse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations, product

from workshopkit.analysis import load
from workshopkit.analysis.breakthrough import Step, applied, changes, outcome
from workshopkit.analysis.findings import Findings
from workshopkit.analysis.ranking import Finding
from workshopkit.network.network import Network

__all__ = ["COUNT", "find"]

COUNT = 2
# More than these are not tried one by one.
_MOST_TRIED = 60


def find(found: Findings, finding: Finding, *, count: int = COUNT) -> tuple[Step, ...]:
    """Give the steps that fit a finding.

    Parameters
    ----------
    found
        What was computed of a map.
    finding
        One of what `workshopkit.analysis.ranking.rank` gives for it.
    count
        How many at most.

    Returns
    -------
    tuple of Step
        Empty where nothing is to be mended, or no step helps.

    Examples
    --------
    >>> from workshopkit.analysis.findings import find as look
    >>> from workshopkit.analysis.ranking import rank
    >>> from workshopkit.network.actors import Definition
    >>> from workshopkit.network.lines import Statements, reconcile_statements
    >>> nothing = reconcile_statements("abcdt", Statements())
    >>> teams = [{"id": one} for one in "abcd"]
    >>> here = Definition.read({"actors": [*teams, {"id": "t", "kind": "audience", "voice": "proxy"}]})
    >>> found = look(here, nothing, net=Network.from_edges(["ab", "bc", "ca", "dt"], audiences="t"))
    >>> find(found, rank(found)[1], count=1)
    (Step(kind='add', source='a', target='t'),)
    """
    fits = _FITS.get(finding.kind)
    if fits is None:
        return ()
    net = found.net
    steps = [step for step in dict.fromkeys(fits(net, finding)) if changes(net, step)][:_MOST_TRIED]
    if not steps:
        return ()
    capacity = load.capacity(load.find(net))
    now = outcome(net, capacity=capacity).score
    gains = {step: outcome(applied(net, [step]), capacity=capacity).score - now for step in steps}
    useful = [step for step in steps if gains[step] >= 0]
    return tuple(sorted(useful, key=lambda step: (-gains[step] / step.hours, step.hours, step))[:count])


def _to_audiences(net: Network, finding: Finding) -> Iterator[Step]:
    """Open an exit: from a circle to an audience, or back to where a line got lost."""
    voiced = [actor for actor in net.audiences if actor in net.voiced]
    for actor, audience in product(finding.places, voiced):
        yield from (Step(kind, actor, audience) for kind in ("repair", "add"))
    yield from (Step("repair", *pair) for pair in net.believed if pair[0] in finding.places)


def _told_directly(net: Network, finding: Finding) -> Iterator[Step]:
    for speaker, audience in product(net.speakers, finding.places):
        yield from (Step(kind, speaker, audience) for kind in ("repair", "shorten", "add"))


def _joined(net: Network, groups: tuple[str, ...]) -> Iterator[Step]:
    members = {group: [actor for actor in net.groups if net.groups[actor] == group] for group in groups}
    for one, other in combinations(groups, 2):
        yield from (Step("bridge", *pair) for pair in product(members[one], members[other]))
        yield from (Step("channel", actor, other) for actor in members[one])
        yield from (Step("channel", actor, one) for actor in members[other])


def _second_line(net: Network, finding: Finding) -> Iterator[Step]:
    """Lay a line beside the one: between two others of the same domains."""
    if len(finding.places) != len({*finding.places} & net.groups.keys()) or len(finding.places) == 1:
        return
    source, target = finding.places
    beside = {
        end: [actor for actor in net.groups if net.groups[actor] == net.groups[end] and actor != end]
        for end in finding.places
    }
    for pair in product(beside[source], beside[target]):
        yield from (Step(kind, *pair) for kind in ("repair", "shorten", "add"))


def _lines(kind: str) -> Callable[[Network, Finding], Iterator[Step]]:
    return lambda _, finding: (Step(kind, *pair) for pair in finding.lines)


_FITS: Mapping[str, Callable[[Network, Finding], Iterator[Step]]] = {
    "circle": _to_audiences,
    "audience": _told_directly,
    "wall": lambda net, finding: _joined(net, finding.places),
    "silo": lambda net, _: _joined(net, tuple(dict.fromkeys(net.groups.values()))),
    "hangs": _second_line,
    "lost": _lines("repair"),
    "detour": _lines("shorten"),
    "wish": _lines("add"),
}
