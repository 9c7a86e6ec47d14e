"""What many sets of steps come to on one map: the J of `workshopkit.analysis.breakthrough`, without all the rest.

Choosing a best plan again and again asks for thousands of sets. So the map is read once into rows of bits, a set of steps
changes a few of these, and what takes long, whether there is a wall, is asked only of the sets that it can decide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from workshopkit.analysis import graph, walls
from workshopkit.analysis.breakthrough import applied, changes
from workshopkit.network.network import Network, Pair
from workshopkit.network.steps import Step

__all__ = ["Scores", "best"]

Steps = tuple[Step, ...]


class Scores:
    """One map, ready for many sets of steps.

    Parameters
    ----------
    net
        The map.
    steps
        Those that the sets are made of.
    capacity
        By actor, how many lines it can carry.

    Examples
    --------
    >>> net, step = Network.from_edges(["ab", "bt"], audiences="t"), Step("remove", "b", "t")
    >>> scores = Scores(net, [step], {"a": 5, "b": 5, "t": 5})
    >>> scores.of(()), scores.of([step])
    (4, 1)
    """

    def __init__(self, net: Network, steps: Iterable[Step], capacity: Mapping[str, int]) -> None:
        self.net = net
        place = net.index
        self._changes = {step: changes(net, step) for step in steps}
        self._places = {
            pair: (place[pair[0]], place[pair[1]]) for some in self._changes.values() for pair in some
        }
        # Lines by their ends: who hears from a place, and from whom it hears.
        self._back = [0] * len(place)
        self._load = [0] * len(place)
        for source, target in net.lived:
            self._back[place[target]] |= 1 << place[source]
            self._load[place[source]] += 1
            self._load[place[target]] += 1
        self._most = [capacity[actor] for actor in net.actors]
        self._lived, self._believed = set(net.lived), set(net.believed)
        self._straight = sum(pair in self._lived and pair[1] in net.received for pair in self._believed)
        self._claims = [0] * len(place)
        for source, target in net.into_silence:
            self._claims[place[target]] |= 1 << place[source]
        voiced = [actor for actor in net.audiences if actor in net.voiced]
        nobody = bool(net.audiences) and not voiced
        self._goals = [] if nobody else [place[actor] for actor in voiced or net.actors]
        self._speaks = sum(1 << place[actor] for actor in net.speakers)
        self._audiences = sum(1 << place[actor] for actor in net.audiences) if voiced else None
        self._walls: dict[frozenset[Pair], int] = {}

    def of(self, steps: Collection[Step]) -> int:
        """Give J with these steps."""
        return self.without_walls(steps) - self.walls(steps)

    def _lines(self, steps: Iterable[Step]) -> tuple[set[Pair], set[Pair]]:
        """Give the lines that are laid, and those that are there no more."""
        laid: set[Pair] = set()
        gone: set[Pair] = set()
        for step in steps:
            (gone if step.kind == "remove" else laid).update(self._changes[step])
        return laid, gone - laid

    def without_walls(self, steps: Iterable[Step]) -> int:
        """Give J with these steps as if no wall were left: never less than J."""
        laid, gone = self._lines(steps)
        back, load, claims = self._back.copy(), self._load.copy(), self._claims.copy()
        straight, received = self._straight, self.net.received
        for pair in laid:
            source, target = self._places[pair]
            if pair not in self._lived:
                back[target] |= 1 << source
                load[source] += 1
                load[target] += 1
            new = pair not in self._lived or pair not in self._believed
            if pair[1] not in received:
                claims[target] |= 1 << source
            elif new:
                straight += 1
        for pair in gone:
            source, target = self._places[pair]
            if pair in self._lived:
                back[target] &= ~(1 << source)
                load[source] -= 1
                load[target] -= 1
                straight -= pair in self._believed and pair[1] in received
            claims[target] &= ~(1 << source)
        overload = sum(lines - most for lines, most in zip(load, self._most, strict=True) if lines > most)
        return self._within_two(back) + straight - self._in_circles(back, claims) - overload

    def _within_two(self, back: Sequence[int]) -> int:
        found = 0
        for goal in self._goals:
            near = back[goal]
            for place in graph.bits(back[goal]):
                near |= back[place]
            found += (near & ~(1 << goal) & self._speaks).bit_count()
        return found

    def _in_circles(self, back: Sequence[int], claims: Sequence[int]) -> int:
        """Count who goes round and reaches no audience, also where every claim to those who are silent is added."""
        if self._audiences is None:
            return 0
        possible = [one | other for one, other in zip(back, claims, strict=True)]
        shut = ((1 << len(back)) - 1) & ~graph.reach(possible, self._audiences)
        return sum(graph.reach(back, back[place]) >> place & 1 for place in graph.bits(shut))

    def walls(self, steps: Collection[Step]) -> int:
        """Count the walls with these steps."""
        laid, gone = self._lines(steps)
        lived = frozenset(self._lived - gone | laid)
        if lived not in self._walls:
            self._walls[lived] = len(walls.found(applied(self.net, steps)))
        return self._walls[lived]


def best(scores: Scores, able: Sequence[Steps]) -> Steps:
    """Give the set with the highest J, of equals the first; whether there are walls is asked of few sets only.

    Parameters
    ----------
    scores
        Of the map.
    able
        The sets, cheaper and smaller ones first: `workshopkit.analysis.plans.affordable`.
    """
    bounds = sorted((-scores.without_walls(steps), place) for place, steps in enumerate(able))
    found: tuple[int, int] | None = None
    for bound, place in bounds:
        if found is not None and found < (bound, place):
            break
        here = bound + scores.walls(able[place]), place
        found = here if found is None else min(found, here)
    return able[found[1]] if found else ()
