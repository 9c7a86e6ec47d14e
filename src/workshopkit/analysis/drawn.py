"""What one person thinks of how a message runs, laid over the lived map.

A *cognitive social structure* (Krackhardt, 1987, Cognitive social structures, Social Networks 9) is the map as one of
those who are on it, or look at it, draws it. Each drawn line is *seen* (lived), *mistaken* (its receiver has spoken and did
not hear it directly) or *unknown* (its receiver is silent). A lived line that was not drawn is *unseen*. Seeing little of a map
is no failing: nobody sees all of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workshopkit.network.network import Network, Pair

__all__ = ["Compared", "compare"]


@dataclass(frozen=True, slots=True)
class Compared:
    """A drawing beside the lived map; the first three parts together are what was drawn.

    Parameters
    ----------
    seen, mistaken, unknown
        The drawn lines, in the order of the map.
    unseen
        Lived lines that were not drawn: first those that reach an audience, then those between domains.
    """

    seen: tuple[Pair, ...]
    mistaken: tuple[Pair, ...]
    unknown: tuple[Pair, ...]
    unseen: tuple[Pair, ...]

    @property
    def drawn(self) -> int:
        """Count the lines that were drawn."""
        return len(self.seen) + len(self.mistaken) + len(self.unknown)


def compare(net: Network, drawn: Iterable[Pair]) -> Compared:
    """Lay a drawing over the lived map.

    Parameters
    ----------
    net
        The map.
    drawn
        Ordered pairs; those of places that are not on the map are passed over.

    Examples
    --------
    >>> found = compare(Network.from_edges(["ab", "bc"], actors="abc"), [("a", "b"), ("a", "c")])
    >>> found.seen, found.mistaken, found.unseen
    ((('a', 'b'),), (('a', 'c'),), (('b', 'c'),))
    """
    place, lived = net.index, set(net.lived)
    known = {pair for pair in drawn if pair[0] in place and pair[1] in place and pair[0] != pair[1]}
    ordered = sorted(known, key=lambda pair: (place[pair[0]], place[pair[1]]))
    missed = [pair for pair in ordered if pair not in lived]

    def telling(pair: Pair) -> tuple[bool, bool]:
        ends = [net.groups.get(end) for end in pair]
        return pair[1] not in net.audiences, ends[0] == ends[1]

    return Compared(
        seen=tuple(pair for pair in ordered if pair in lived),
        mistaken=tuple(pair for pair in missed if pair[1] in net.received),
        unknown=tuple(pair for pair in missed if pair[1] not in net.received),
        unseen=tuple(sorted((pair for pair in net.lived if pair not in known), key=telling)),
    )
