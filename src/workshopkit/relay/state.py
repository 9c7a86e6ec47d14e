"""What there is in a ride: messages that never change once they are written, and transmissions, pending or received.

A *version* is a message as one place tells it; it is written once. A *transmission* carries a version along a line; it is
pending until the round in which it is due is over, and received from then on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from workshopkit.relay.content import Message

__all__ = [
    "CORRIDOR",
    "NEWSLETTER",
    "OVER",
    "QUIZ",
    "ROUNDS",
    "ROUND_S",
    "Action",
    "Bet",
    "Choice",
    "Holding",
    "Key",
    "Relay",
    "Setting",
    "Transmission",
    "Version",
]

ROUNDS, ROUND_S = 5, 60.0
# After the rounds come the questions, and then it is over.
QUIZ, OVER = ROUNDS + 1, ROUNDS + 2
# By hand: to one, now. By newsletter: to all who can be reached, a round later.
CORRIDOR, NEWSLETTER = "corridor", "newsletter"


class Key(NamedTuple):
    """A message at a place."""

    message: str
    seat: str


class Choice(NamedTuple):
    """Whom a holder passes it on to in this round."""

    to: str | None
    channel: str = CORRIDOR


class Bet(NamedTuple):
    """Where somebody thinks that a message is by the end of a round."""

    message: str
    place: str


@dataclass(frozen=True, slots=True)
class Action:
    """What somebody does.

    Parameters
    ----------
    kind
        ``"told"``, ``"passed"``, ``"bet"``, ``"answered"``, ``"guessed"`` or ``"named"`` for a seat; ``"next"`` and
        ``"stopped"`` for who leads.
    at
        When, in seconds.
    seat
        Who; None for who leads.
    data
        The rest, by kind.
    """

    kind: str
    at: float
    seat: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Setting:
    """What a ride starts from; nothing in it changes.

    Parameters
    ----------
    seats
        Who plays, in order.
    lines
        Along which it can go; those from or to who does not play are left out of account.
    starts
        By message, who begins with it.
    goals
        By message, for whom it is meant.
    messages
        By id.
    seed
        Every draw comes from it.
    at
        When it starts, in seconds.
    bots
        The seats that nobody sits at, until somebody does: the kit plays them.
    keep, add
        The chance that such a seat keeps each fact, and that it adds each one that only sounds likely.
    channels
        Whether there are newsletters too.
    draws
        Whether chance passes on for who does not choose; if not, the message stays there.
    """

    seats: tuple[str, ...]
    lines: frozenset[tuple[str, str]]
    starts: Mapping[str, str]
    messages: Mapping[str, Message]
    goals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    seed: str = ""
    at: float = 0.0
    bots: frozenset[str] = frozenset()
    keep: float = 0.8
    add: float = 0.1
    channels: bool = False
    draws: bool = True

    @cached_property
    def neighbours(self) -> dict[str, tuple[str, ...]]:
        """Give by seat whom it reaches by a line, in the order of the seats."""
        return {
            one: tuple(other for other in self.seats if other != one and (one, other) in self.lines)
            for one in self.seats
        }


@dataclass(frozen=True, slots=True)
class Version:
    """A message as one place tells it.

    Parameters
    ----------
    id
        ``message/start`` for the original, else ``message/seat/number``.
    message, seat
        What, and who tells it.
    facts
        The facts that are in it.
    text
        As it was typed; None where facts were ticked.
    how
        ``"original"``; ``"retold"`` or ``"ticked"`` by people; ``"as_is"`` where time ran out; ``"played"`` by the kit;
        ``"merged"`` with a later copy.
    parents
        The versions that it was made of.
    """

    id: str
    message: str
    seat: str
    facts: frozenset[str]
    text: str | None = None
    how: str = "original"
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transmission:
    """A version on its way along a line; due at the end of a round."""

    message: str
    source: str
    target: str
    version: str
    sent: int
    due: int
    channel: str = CORRIDOR


@dataclass(frozen=True, slots=True)
class Holding:
    """A message at a place.

    Parameters
    ----------
    round
        In which it came; 0 for who begins.
    hop
        How many times it was passed on to come here, at least.
    source
        Who brought it first; None for who begins.
    inbox
        The versions that came, in order.
    versions
        Those that this place has made of it: the last one is what it passes on.
    """

    round: int
    hop: int
    source: str | None
    inbox: tuple[str, ...]
    versions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Relay:
    """A ride at a moment.

    Parameters
    ----------
    setting
        What it starts from.
    phase
        1 to 5 for the rounds, then `QUIZ` and `OVER`.
    since
        When this phase began.
    played
        How many rounds were played to their end.
    versions, sent, got
        The versions by id, all transmissions in order, and who has what.
    choices
        What holders choose in this round.
    bets
        By round and seat.
    answers
        By message and receiver, its answers by fact: the place of the option, or None for "we do not know".
    guesses
        By message and seat, how many facts it thinks that the receiver knows.
    named
        Who said "that was us".
    acted
        Who has done anything: from then on the kit plays that seat no longer.
    """

    setting: Setting
    phase: int = 1
    since: float = 0.0
    played: int = 0
    versions: Mapping[str, Version] = field(default_factory=dict)
    sent: tuple[Transmission, ...] = ()
    got: Mapping[Key, Holding] = field(default_factory=dict)
    choices: Mapping[Key, Choice] = field(default_factory=dict)
    bets: Mapping[tuple[int, str], Bet] = field(default_factory=dict)
    answers: Mapping[Key, Mapping[str, int | None]] = field(default_factory=dict)
    guesses: Mapping[Key, int] = field(default_factory=dict)
    named: frozenset[Key] = frozenset()
    acted: frozenset[str] = frozenset()

    @property
    def over(self) -> bool:
        """Tell whether it is over."""
        return self.phase == OVER

    @property
    def playing(self) -> bool:
        """Tell whether messages are passed on now."""
        return self.phase <= ROUNDS

    @property
    def ends(self) -> float | None:
        """Give when this phase ends by itself; None when it is over."""
        return None if self.over else self.since + ROUND_S

    def received(self, one: Transmission) -> bool:
        """Tell whether a transmission has come; until then it is pending."""
        return one.due <= self.played

    def is_played(self, seat: str) -> bool:
        """Tell whether the kit plays a seat."""
        return seat in self.setting.bots and seat not in self.acted

    def holders(self, message: str) -> list[str]:
        """List who has a message, in the order of the seats."""
        return [seat for seat in self.setting.seats if Key(message, seat) in self.got]

    def free(self, message: str, seat: str) -> list[str]:
        """List whom a holder can pass a message on to: who has it not, and to whom it has sent nothing yet."""
        already = {one.target for one in self.sent if (one.message, one.source) == (message, seat)}
        return [
            other
            for other in self.setting.neighbours[seat]
            if Key(message, other) not in self.got and other not in already
        ]

    def hand(self, message: str, seat: str) -> frozenset[str]:
        """Give the facts that have come to a holder."""
        holding = self.got[Key(message, seat)]
        return frozenset().union(*(self.versions[id].facts for id in holding.inbox))

    def carried(self, message: str, seat: str) -> Version | None:
        """Give what a holder passes on; None before it was made."""
        made = self.got[Key(message, seat)].versions
        return self.versions[made[-1]] if made else None
