"""The map that measures read: who is on it, what senders claim and what receivers heard.

The *believed* map holds the lines that senders claim, the *lived* map those that receivers heard directly. Both are
simple, free of loops and unweighted. A line on which the receivers are divided stands in neither until it is asked
for with `Network.with_divided`. Whoever has not spoken is *silent*: that is no answer, and never a no.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from workshopkit.network.actors import Definition
from workshopkit.network.lines import Lines

__all__ = ["Network", "Pair"]

Pair = tuple[str, str]
Adjacency = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Network:
    """Actors and the lines between them, in a fixed order.

    Parameters
    ----------
    actors
        Their ids; every result follows this order.
    groups
        By actor, its domain; an actor without one is not in it.
    audiences
        The actors that the message is for.
    voiced
        The actors that somebody answers for.
    sent, received
        The actors that have spoken as a sender and as a receiver.
    believed, lived, divided
        Ordered pairs (sender, receiver): the sender says yes; the receiver says yes, directly; the receivers are
        divided.
    ways
        By pair that its receiver heard by way of another, the ways it named.
    answers
        By lived or divided pair, the sum of its receivers' answers (1, 1/2, 0) and their number; a pair that is not
        in it is certain.
    delays
        By pair, how many days the message takes.
    capacities
        By actor of which somebody said it, how many lines it can carry.

    Examples
    --------
    >>> net = Network.from_edges(["ab", "bc"], audiences="c")
    >>> net.actors, net.out
    (('a', 'b', 'c'), ((1,), (2,), ()))
    """

    actors: tuple[str, ...]
    groups: Mapping[str, str] = field(default_factory=dict)
    audiences: tuple[str, ...] = ()
    voiced: frozenset[str] = frozenset()
    sent: frozenset[str] = frozenset()
    received: frozenset[str] = frozenset()
    believed: tuple[Pair, ...] = ()
    lived: tuple[Pair, ...] = ()
    divided: tuple[Pair, ...] = ()
    ways: Mapping[Pair, tuple[str, ...]] = field(default_factory=dict)
    answers: Mapping[Pair, tuple[float, int]] = field(default_factory=dict)
    delays: Mapping[Pair, float] = field(default_factory=dict)
    capacities: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def from_lines(
        cls,
        definition: Definition,
        lines: Lines,
        *,
        delays: Mapping[Pair, float] | None = None,
        capacities: Mapping[str, float] | None = None,
        certain: bool = False,
    ) -> Network:
        """Read a map from its reconciled lines; of a plain list every line is `certain`."""
        believed: list[Pair] = []
        lived: list[Pair] = []
        divided: list[Pair] = []
        ways: dict[Pair, tuple[str, ...]] = {}
        answers: dict[Pair, tuple[float, int]] = {}
        # Most sides of a large map say the same, and are then one and the same.
        sums: dict[tuple[float, int], tuple[float, int]] = {}
        for line in lines:
            pair, side = (line.source, line.target), line.heard
            verdict = side.verdict
            if line.told.verdict == "yes":
                believed.append(pair)
            if verdict == "via":
                ways[pair] = line.via
            elif verdict in {"yes", "divided"}:
                (lived if verdict == "yes" else divided).append(pair)
                if side.strength is not None and not certain:
                    said = (side.strength * side.answers, side.answers)
                    answers[pair] = sums.setdefault(said, said)
        return cls(
            actors=tuple(actor.id for actor in definition.actors),
            groups={actor.id: actor.domain for actor in definition.actors if actor.domain is not None},
            audiences=tuple(actor.id for actor in definition.audiences),
            voiced=frozenset(actor.id for actor in definition.actors if actor.has_voice),
            sent=frozenset(lines.sent),
            received=frozenset(lines.received),
            believed=tuple(believed),
            lived=tuple(lived),
            divided=tuple(divided),
            ways=ways,
            answers=answers,
            delays=dict(delays or {}),
            capacities=dict(capacities or {}),
        )

    @classmethod
    def from_edges(
        cls,
        edges: Iterable[Iterable[str]],
        *,
        actors: Iterable[str] = (),
        groups: Mapping[str, str] | None = None,
        audiences: Iterable[str] = (),
        undirected: bool = False,
        answers: Mapping[Pair, tuple[float, int]] | None = None,
        delays: Mapping[Pair, float] | None = None,
    ) -> Network:
        """Read a plain list of lines: fully covered, and both sides say yes to every line.

        Parameters
        ----------
        edges
            Each a sender and a receiver; loops are dropped and repeated rows merged.
        actors
            Those that must be there even without a line, first in the order; others follow as they occur.
        groups, audiences, answers, delays
            As `Network` keeps them.
        undirected
            Read each row both ways.
        """
        rows = [(source, target) for source, target in (tuple(edge) for edge in edges) if source != target]
        ends = (end for row in rows for end in row)
        names = tuple(dict.fromkeys((*actors, *ends, *(groups or ()), *audiences)))
        if undirected:
            rows += [(target, source) for source, target in rows]
        place = {name: number for number, name in enumerate(names)}
        lived = tuple(sorted(set(rows), key=lambda row: (place[row[0]], place[row[1]])))
        everybody = frozenset(names)
        return cls(
            actors=names,
            groups={name: groups[name] for name in names if name in groups} if groups else {},
            audiences=tuple(sorted(audiences, key=place.__getitem__)),
            voiced=everybody,
            sent=everybody,
            received=everybody,
            believed=lived,
            lived=lived,
            answers=dict(answers or {}),
            delays=dict(delays or {}),
        )

    @cached_property
    def index(self) -> dict[str, int]:
        """Give every actor's place in the order."""
        return {actor: place for place, actor in enumerate(self.actors)}

    def adjacency(self, *pairs: Iterable[Pair]) -> Adjacency:
        """Give, by place, the places that lines run to."""
        rows: list[set[int]] = [set() for _ in self.actors]
        index = self.index
        for some in pairs:
            for source, target in some:
                rows[index[source]].add(index[target])
        return tuple(tuple(sorted(row)) for row in rows)

    @cached_property
    def out(self) -> Adjacency:
        """Give the lived map by places."""
        return self.adjacency(self.lived)

    @cached_property
    def into_silence(self) -> tuple[Pair, ...]:
        """Give the believed lines to those who are silent or have no voice: nobody can say yet."""
        return tuple(pair for pair in self.believed if pair[1] not in self.received)

    @cached_property
    def not_verified(self) -> tuple[Pair, ...]:
        """Give the believed lines to those who have no voice."""
        return tuple(pair for pair in self.believed if pair[1] not in self.voiced)

    @cached_property
    def possible(self) -> Adjacency:
        """Give the lived map with every claim to those who are silent added."""
        return self.adjacency(self.lived, self.into_silence) if self.into_silence else self.out

    @cached_property
    def with_divided(self) -> Network:
        """Give the same map with the divided lines taken as lived."""
        order = sorted((*self.lived, *self.divided), key=lambda row: (self.index[row[0]], self.index[row[1]]))
        return replace(self, lived=tuple(order), divided=())

    @property
    def speakers(self) -> tuple[str, ...]:
        """Give the actors that are no audience."""
        audiences = frozenset(self.audiences)
        return tuple(actor for actor in self.actors if actor not in audiences)

    @property
    def silent(self) -> tuple[str, ...]:
        """Give the actors with a voice that have not spoken as a receiver."""
        silent = self.voiced - self.received
        return tuple(actor for actor in self.actors if actor in silent)

    @property
    def coverage(self) -> float | None:
        """Give the share of actors with a voice that have spoken as a receiver; None without any voice."""
        return len(self.voiced & self.received) / len(self.voiced) if self.voiced else None
