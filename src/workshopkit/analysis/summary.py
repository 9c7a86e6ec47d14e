"""What stands on the map in a few numbers: states, who hears whom, who has answered.

An actor *hears* directly from h of the n-1 others and *is heard* by s of them, on the lived map. A *two-way pair* hears
each other, a good sign. *Coverage* is the share of actors with a voice that have closed the list of what reached them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

from workshopkit.network.actors import Definition
from workshopkit.network.lines import Lines

__all__ = ["Summary", "summarise"]


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts of one map.

    Parameters
    ----------
    counts
        The seven states; they sum to n(n-1).
    hears, heard
        By actor: from how many it heard directly, and by how many it was heard.
    two_way
        Pairs that hear each other, in the definition's order.
    believed, lived
        The number of lines that senders claim and that receivers heard directly.
    coverage
        Share of actors with a voice whose receiving side has spoken; None without any such actor.
    silent
        The actors with a voice that have a side without an answer.
    not_verified
        Lines that a sender claims into an audience without a voice.
    reached
        By audience with a closed list: the number of teams it heard directly.
    """

    counts: dict[str, int]
    hears: dict[str, int]
    heard: dict[str, int]
    two_way: tuple[tuple[str, str], ...]
    believed: int
    lived: int
    coverage: float | None
    silent: tuple[str, ...]
    not_verified: int
    reached: dict[str, int]


def summarise(definition: Definition, lines: Lines) -> Summary:
    """Count what stands on a map."""
    voiced = {actor.id for actor in definition.actors if actor.has_voice}
    lived = [(line.source, line.target) for line in lines if line.lived]
    claimed = [line.target for line in lines if line.believed]
    hears, heard = (Counter(map(itemgetter(end), lived)) for end in (1, 0))
    teams, audiences = ({actor.id for actor in some} for some in (definition.teams, definition.audiences))
    told_by = Counter(target for source, target in lived if target in audiences and source in teams)
    return Summary(
        counts=lines.counts,
        hears={actor.id: hears[actor.id] for actor in definition.actors},
        heard={actor.id: heard[actor.id] for actor in definition.actors},
        two_way=tuple(_two_way(lived)),
        believed=len(claimed),
        lived=len(lived),
        coverage=len(voiced & lines.received.keys()) / len(voiced) if voiced else None,
        silent=tuple(
            actor.id
            for actor in definition.actors
            if actor.has_voice and not (actor.id in lines.sent and actor.id in lines.received)
        ),
        not_verified=len(claimed) - sum(map(voiced.__contains__, claimed)),
        reached={actor.id: told_by[actor.id] for actor in definition.audiences if actor.id in lines.received},
    )


def _two_way(lived: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    known = set(lived)
    seen: set[tuple[str, str]] = set()
    for source, target in lived:
        if (target, source) in known and (target, source) not in seen:
            seen.add((source, target))
            yield source, target
