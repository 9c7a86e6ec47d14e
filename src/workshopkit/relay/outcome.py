"""What came of a ride: the chain of places it went along, what was kept, lost and added, and the score. In the game."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from workshopkit.relay.play import draw, receivers
from workshopkit.relay.state import ROUNDS, Key, Relay, Setting, Version

__all__ = [
    "RIDES",
    "Compared",
    "Link",
    "Rides",
    "bets",
    "chain",
    "compare",
    "last",
    "passed_on",
    "rides",
    "score",
]

RIDES = 200


@dataclass(frozen=True, slots=True)
class Link:
    """A place in the chain of a message.

    Parameters
    ----------
    seat, source
        Who has it, and who brought it first; None for who began.
    round, hop
        When, and after how many times passing on.
    count
        How many facts of the original are in what it passes on, or has.
    """

    seat: str
    source: str | None
    round: int
    hop: int
    count: int


@dataclass(frozen=True, slots=True)
class Compared:
    """The facts of the original beside those of a later version: kept, lost, and added by someone on the way."""

    kept: tuple[str, ...]
    lost: tuple[str, ...]
    added: tuple[str, ...]


def chain(relay: Relay, message: str) -> list[Link]:
    """List the places that a message came to, by round, then in the order of the seats."""
    found = []
    true = relay.setting.messages[message].true
    for seat in relay.holders(message):
        holding = relay.got[Key(message, seat)]
        own = relay.carried(message, seat)
        facts = own.facts if own else relay.hand(message, seat)
        found.append(Link(seat, holding.source, holding.round, holding.hop, len(facts & true)))
    return sorted(found, key=lambda link: link.round)


def last(relay: Relay, message: str) -> Version | None:
    """Give the version that came to the first of its receivers; None where it never left."""
    asked = receivers(relay)[message]
    if not asked:
        return None
    return relay.versions[relay.got[Key(message, asked[0])].inbox[0]]


def compare(relay: Relay, message: str) -> Compared | None:
    """Lay what came to the first of its receivers beside the original; None where it never left."""
    asked = receivers(relay)[message]
    if not asked:
        return None
    said, came = relay.setting.messages[message], relay.hand(message, asked[0])
    return Compared(
        tuple(fact.id for fact in said.facts if fact.id in came),
        tuple(fact.id for fact in said.facts if fact.id not in came),
        tuple(fact.id for fact in said.plausible if fact.id in came),
    )


def score(relay: Relay, message: str) -> list[int]:
    """Give how many questions each receiver answered right; who answered none is left out."""
    answers = (relay.answers.get(Key(message, seat)) for seat in receivers(relay)[message])
    return [sum(option == 0 for option in given.values()) for given in answers if given is not None]


def passed_on(relay: Relay) -> tuple[int, int]:
    """Count the facts of the original that people told on, and those that they had in hand when they did.

    What the kit tells for empty seats, and what goes on as it is when time runs out, is left out.
    """
    kept = had = 0
    for version in relay.versions.values():
        if version.how not in {"retold", "ticked"}:
            continue
        hand = frozenset().union(*(relay.versions[id].facts for id in version.parents))
        hand &= relay.setting.messages[version.message].true
        kept, had = kept + len(version.facts & hand), had + len(hand)
    return kept, had


def bets(relay: Relay) -> tuple[int, int]:
    """Count the bets that were right, and all of them: the message was there by the end of the round."""
    closed = [(round, bet) for (round, _), bet in relay.bets.items() if round <= relay.played]
    right = sum(
        (holding := relay.got.get(Key(bet.message, bet.place))) is not None and holding.round <= round
        for round, bet in closed
    )
    return right, len(closed)


@dataclass(frozen=True)
class Rides:
    """Many rides over the same lines, every choice by chance: by message, how many places each reached."""

    reached: Mapping[str, tuple[int, ...]]

    def beside(self, message: str, mine: int) -> tuple[int, int, int]:
        """Count the rides that reached fewer places, as many and more.

        Examples
        --------
        >>> Rides({"out": (2, 3, 3, 5)}).beside("out", 3)
        (1, 2, 1)
        """
        others = self.reached[message]
        return (
            sum(other < mine for other in others),
            sum(other == mine for other in others),
            sum(other > mine for other in others),
        )

    def spread(self, message: str) -> dict[int, int]:
        """Give how many rides reached how many places."""
        return dict(sorted(Counter(self.reached[message]).items()))


def rides(setting: Setting, *, count: int = RIDES) -> Rides:
    """Play many rides by chance, with other seeds than the one that was played; only how far they get."""
    return Rides(
        {
            message: tuple(
                _reached(setting, message, f"{setting.seed}/ride {number}") for number in range(count)
            )
            for message in setting.starts
        }
    )


def _reached(setting: Setting, message: str, seed: str) -> int:
    """Count the places that `play` would come to, had every seat left everything to chance."""
    got = {setting.starts[message]}
    sent: set[tuple[str, str]] = set()
    for number in range(1, ROUNDS + 1):
        fresh = set()
        for seat in got:
            free = [
                other for other in setting.neighbours[seat] if other not in got and (seat, other) not in sent
            ]
            if free:
                target = draw(seed, "to", message, seat, number).choice(free)
                sent.add((seat, target))
                fresh.add(target)
        got |= fresh
    return len(got) - 1
