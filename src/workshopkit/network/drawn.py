"""A map that somebody drew: places with where they stand, lines with what they carry, and the formal chart.

Whatever is drawn is one person's word for both sides of a line: the source tells it, and the target hears it directly
(`arrives` yes or partly), by way of others (`via`, the nearest to the target last), or not at all. A pair that is not drawn
is a no of both. A place without a voice stays silent, as on every map.

A drawing as the editor and files have it is a plain dict::

    {"actors": [{"id", "label", "kind", "domain", "voice", "x", "y", "placed"}], "domains": [{"id", "label"}],
     "lines": [{"source", "target", "channel", "strength", "arrives", "via"}], "formal": [[boss, reporter]]}

`workshopkit.network.drawn_reading.read` checks it and tells every fault at once; `Drawn.payload` gives it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from workshopkit.network.actors import Actor, Definition, Domain
from workshopkit.network.claims import Claim
from workshopkit.network.formal import Pair
from workshopkit.network.lines import Lines, Statements, reconcile_statements
from workshopkit.network.network import Network

__all__ = ["ARRIVES", "STRENGTHS", "Drawn", "DrawnLine", "Spot"]

ARRIVES = ("yes", "partly", "no")
STRENGTHS = (1, 2, 3)
Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a place stands; it was `placed` by hand, or the layout may move it."""

    x: float = 0.0
    y: float = 0.0
    placed: bool = False


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line as it was drawn.

    Parameters
    ----------
    source, target
        The ids of its ends.
    channel
        How the message goes; empty if it was not said.
    strength
        1, 2 or 3: how much runs along it. It is drawn, and never computed with.
    arrives
        One of `ARRIVES`.
    via
        Ids of others, the nearest to the target last: then it was not heard directly.
    """

    source: str
    target: str
    channel: str = ""
    strength: int = 1
    arrives: str = "yes"
    via: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drawn:
    """A drawn map that was checked.

    Examples
    --------
    >>> drawn = Drawn((Actor("a", "A"), Actor("b", "B")), (Spot(), Spot()), lines=(DrawnLine("a", "b"),))
    >>> drawn.network().lived
    (('a', 'b'),)
    """

    actors: tuple[Actor, ...]
    spots: tuple[Spot, ...]
    domains: tuple[Domain, ...] = ()
    lines: tuple[DrawnLine, ...] = ()
    formal: tuple[Pair, ...] = ()

    @classmethod
    def of(
        cls, definition: Definition, lines: Iterable[DrawnLine] = (), spots: Mapping[str, Spot] | None = None
    ) -> Drawn:
        """Draw the places of a workshop, with the chart that it has."""
        where = spots or {}
        return cls(
            definition.actors,
            tuple(where.get(actor.id, Spot()) for actor in definition.actors),
            definition.domains,
            tuple(lines),
            definition.formal,
        )

    def payload(self) -> Payload:
        """Give the drawing as a plain dict."""
        # How many people answer in a place is asked in a form, and not drawn.
        actors = (
            {name: value for name, value in asdict(one).items() if name != "people"} for one in self.actors
        )
        places = zip(actors, self.spots, strict=True)
        return {
            "actors": [{**actor, **asdict(spot)} for actor, spot in places],
            "domains": [asdict(domain) for domain in self.domains],
            "lines": [{**asdict(line), "via": list(line.via)} for line in self.lines],
            "formal": [list(pair) for pair in self.formal],
        }

    def definition(self, **texts: str) -> Definition:
        """Give who is on the map, with what it is about if that is given."""
        given = dict.fromkeys(("title", "subject", "period", "promise"), "") | {"lang": "nl"} | texts
        return Definition(**given, domains=self.domains, actors=self.actors, formal=self.formal)

    def statements(self) -> Statements:
        """Give what it says for both sides, as claims."""
        everybody = {actor.id: {actor.id} for actor in self.actors}
        said = Statements(
            sent=everybody, received={actor.id: {actor.id} for actor in self.actors if actor.has_voice}
        )
        for line in self.lines:
            pair = line.source, line.target
            said.told[pair] = {line.source: Claim("yes")}
            said.heard[pair] = {line.target: Claim("no" if line.via else line.arrives, line.via)}
        return said

    def reconciled(self) -> Lines:
        """Give its lines with both sides and their state."""
        return reconcile_statements((actor.id for actor in self.actors), self.statements())

    def network(self) -> Network:
        """Give the map as measures read it."""
        return Network.from_lines(self.definition(), self.reconciled())
