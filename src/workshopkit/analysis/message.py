"""A message on its way: who has it passes it on along the lived lines, round by round.

In a round everybody who has the message picks, by a seeded draw, one of those it reaches by a line, who has it not yet
and whom it has not tried before. It comes through with the chance of the line (`workshopkit.analysis.arrival.holds`);
a line is tried once. Who has the message keeps it; a second copy changes nothing. The ride is over when nobody is left
to try. A place then has it exactly when lines that held lead there, so that over many rides the share that
arrives is the chance of arrival.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from workshopkit.analysis.arrival import holds
from workshopkit.network.network import Network, Pair

__all__ = ["ROUNDS", "Pass", "Ride", "Rides", "believed", "lived", "many", "ride", "send", "step"]

ROUNDS = 5
RIDES = 200


@dataclass(frozen=True, slots=True)
class Pass:
    """One try to pass the message on."""

    round: int
    source: str
    target: str
    arrived: bool


@dataclass(frozen=True)
class Ride:
    """A message after some rounds.

    Parameters
    ----------
    start
        Where it began.
    got
        By actor that has it, in which round it came; 0 at the start.
    passes
        All tries so far, in order.
    rounds
        How many rounds were played.
    over
        Whether nobody is left to try.
    """

    start: str
    got: Mapping[str, int] = field(default_factory=dict)
    passes: tuple[Pass, ...] = ()
    rounds: int = 0
    over: bool = False

    def reached(self, by: int | None = None) -> tuple[str, ...]:
        """Give whom the message has reached, the start left out, after so many rounds."""
        last = self.rounds if by is None else by
        return tuple(actor for actor, round in self.got.items() if 0 < round <= last)


@dataclass(frozen=True)
class Rides:
    """Many rides from one start.

    Parameters
    ----------
    rides
        Each played to its end.
    """

    rides: tuple[Ride, ...]

    def reached(self, by: int | None = None) -> tuple[int, ...]:
        """Give, by ride, how many it reached after so many rounds."""
        return tuple(len(one.reached(by)) for one in self.rides)

    def times(self, actor: str, by: int | None = None) -> int:
        """Count the rides that reached an actor."""
        return sum(actor in one.reached(by) for one in self.rides)

    def beside(self, ride: Ride) -> tuple[int, int, int]:
        """Count the rides that reached fewer, as many and more than this one after as many rounds."""
        mine, others = len(ride.reached()), self.reached(ride.rounds)
        return (
            sum(other < mine for other in others),
            sum(other == mine for other in others),
            sum(other > mine for other in others),
        )


def lived(net: Network) -> dict[Pair, float]:
    """Give every lived line with the chance that it holds.

    Examples
    --------
    >>> lived(Network.from_edges(["ab"], answers={("a", "b"): (0.5, 1)}))
    {('a', 'b'): 0.5}
    """
    return {pair: holds(net.answers.get(pair)) for pair in net.lived}


def believed(net: Network) -> dict[Pair, float]:
    """Give every line as its sender thinks that it runs: straight, and for certain."""
    return dict.fromkeys(net.believed, 1.0)


def send(start: str) -> Ride:
    """Begin a ride."""
    return Ride(start, {start: 0})


def step(ride: Ride, lines: Mapping[Pair, float], *, seed: int = 0) -> Ride:
    """Play one round.

    Parameters
    ----------
    ride
        As it is; it is left so.
    lines
        The chance that each line holds, from 0 to 1.
    seed
        The same seed gives the same ride.

    Examples
    --------
    >>> step(send("a"), {("a", "b"): 1.0}).got
    {'a': 0, 'b': 1}
    >>> step(send("a"), {("b", "a"): 1.0}).over
    True
    """
    now = ride.rounds + 1
    tried = {(one.source, one.target) for one in ride.passes}
    got, passes = dict(ride.got), list(ride.passes)
    for holder in ride.got:
        open_ones = [
            pair for pair in lines if pair[0] == holder and pair[1] not in ride.got and pair not in tried
        ]
        if not open_ones:
            continue
        draw = random.Random(f"{seed}/{now}/{holder}")  # noqa: S311 - a simulation, no secrets
        source, target = draw.choice(open_ones)
        arrived = draw.random() < lines[source, target]
        passes.append(Pass(now, source, target, arrived))
        if arrived:
            got.setdefault(target, now)
    if len(passes) == len(ride.passes):
        return replace(ride, over=True)
    return Ride(ride.start, got, tuple(passes), now, over=_over(got, passes, lines))


def ride(lines: Mapping[Pair, float], start: str, *, rounds: int | None = None, seed: int = 0) -> Ride:
    """Play a ride to its end, or for so many rounds.

    Examples
    --------
    >>> ride({("a", "b"): 1.0, ("b", "c"): 1.0}, "a").got
    {'a': 0, 'b': 1, 'c': 2}
    """
    now = send(start)
    while not now.over and (rounds is None or now.rounds < rounds):
        now = step(now, lines, seed=seed)
    return now


def many(lines: Mapping[Pair, float], start: str, *, count: int = RIDES, seed: int = 0) -> Rides:
    """Play many rides from one start, each with a seed of its own.

    Examples
    --------
    >>> many({("a", "b"): 1.0}, "a", count=3).reached()
    (1, 1, 1)
    """
    return Rides(tuple(ride(lines, start, seed=_seed(seed, number)) for number in range(count)))


def _seed(seed: int, number: int) -> int:
    return random.Random(f"{seed}/ride {number}").getrandbits(48)  # noqa: S311 - as above


def _over(got: Mapping[str, int], passes: list[Pass], lines: Mapping[Pair, float]) -> bool:
    tried = {(one.source, one.target) for one in passes}
    return not any(pair[0] in got and pair[1] not in got and pair not in tried for pair in lines)
