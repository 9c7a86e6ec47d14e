"""The ride of a message over the room's own lines: what is asked of each seat, and what who leads it needs.

The lines are those of the moment at which it was started, as far as they may be told. No seat gets a text before it has
come to it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from workshopkit.network.lines import Lines
from workshopkit.relay.content import messages
from workshopkit.relay.outcome import Rides, rides
from workshopkit.relay.play import asked, by_lot, play, receivers
from workshopkit.relay.state import QUIZ, ROUNDS, Action, Key, Relay, Setting, Version
from workshopkit.room.fold import Room
from workshopkit.room.relay_rules import goals_of
from workshopkit.room.release import released

__all__ = ["Ride", "cockpit", "phones"]

Payload = dict[str, Any]
Pairs = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Ride:
    """The ride that was started last, as it is at a moment.

    Parameters
    ----------
    id
        Of the event that started it.
    relay
        As far as it has got.
    believed
        The lines as senders drew them.
    withdrawn
        Who had left by then: without them the lines may be others.
    actions
        What was done.
    """

    id: str
    relay: Relay
    believed: Pairs
    withdrawn: frozenset[str] = frozenset()
    actions: tuple[Action, ...] = ()

    @classmethod
    def of(cls, room: Room, now: float, before: Ride | None = None) -> Ride | None:
        """Play what the room has done until now; the lines of the ride before are kept where it is the same one."""
        started, definition = room.relay, room.definition
        if started is None or definition is None:
            return None
        seats = tuple(seat.id for seat in definition.seats)
        if not set(started.starts.values()) <= set(seats):
            return None
        # What was played on paper is all that was done.
        bots = frozenset() if started.slips else frozenset(seats) - set(started.present.values())
        passed = {(slip.source, slip.seat) for slip in started.slips if slip.source}
        if (
            before is not None
            and (before.id, before.withdrawn) == (started.id, room.withdrawn)
            and before.relay.setting.seats == seats
        ):
            setting, believed = before.relay.setting, before.believed
        else:
            lines = released(room, until=started.seq).lines
            believed = frozenset((line.source, line.target) for line in lines if line.believed)
            setting = Setting(
                seats,
                _lived(lines) | passed,
                started.starts,
                messages(),
                goals=goals_of(definition, started.starts),
                seed=started.id,
                at=started.at,
                bots=bots,
                draws=not started.slips,
            )
        done = tuple(started.actions)
        return cls(started.id, play(setting, done, now), believed, room.withdrawn, done)

    def over_lived(self) -> Rides:
        """Give many rides by chance over the same lines."""
        setting = self.relay.setting
        return _many(setting.seats, setting.lines, tuple(setting.starts.items()), setting.seed)

    def over_believed(self) -> tuple[Rides, Relay]:
        """Give many rides by chance over the lines as they were drawn, and this very ride over them.

        This ride: whoever chose a place chooses it there too, if such a line was drawn; chance chooses the rest.
        """
        setting = self.relay.setting
        starts = tuple(setting.starts.items())
        same = replace(setting, lines=self.believed, draws=True)
        return _many(setting.seats, self.believed, starts, setting.seed), play(same, self.actions)


def _lived(lines: Lines) -> Pairs:
    return frozenset((line.source, line.target) for line in lines if line.lived)


def _by_chance(
    seats: tuple[str, ...], lines: Pairs, starts: tuple[tuple[str, str], ...], seed: str
) -> Setting:
    return Setting(
        seats, lines, dict(starts), messages(), seed=seed, bots=frozenset(seats), keep=1.0, add=0.0
    )


@lru_cache(maxsize=4)
def _many(seats: tuple[str, ...], lines: Pairs, starts: tuple[tuple[str, str], ...], seed: str) -> Rides:
    """Play many rides once: the wall asks for them again with every tap."""
    return rides(_by_chance(seats, lines, starts, seed))


# For the phones -------------------------------------------------------------------------------------------------------


def phones(ride: Ride | None) -> dict[str, Payload]:
    """Give by seat what is asked of it: what it has in hand, where it can go, and what it bets or answers."""
    if ride is None:
        return {}
    return {seat: _phone(ride, seat) for seat in ride.relay.setting.seats}


def _phone(ride: Ride, seat: str) -> Payload:
    relay = ride.relay
    keys = [key for key in relay.got if key.seat == seat]
    found: Payload = {
        "id": ride.id,
        "phase": relay.phase,
        "since": relay.since,
        "ends": relay.ends,
        "hands": [_hand(relay, key) for key in keys],
    }
    if relay.playing:
        bet = relay.bets.get((relay.phase, seat))
        # Who can pass nothing on bets: on a message that it does not have, if there is one.
        about = min(relay.setting.starts, key=lambda one: Key(one, seat) in keys)
        is_asked = not any(relay.free(*key) for key in keys)
        found["bet"] = {"message": about, "place": bet.place if bet else None} if is_asked else None
    elif relay.phase == QUIZ:
        message = asked(relay, seat)
        if message:
            found["quiz"] = {"message": message, "answers": dict(relay.answers.get(Key(message, seat), {}))}
        else:
            about = next(one for one, seats in receivers(relay).items() if seats)
            found["guess"] = {"message": about, "count": relay.guesses.get(Key(about, seat))}
    else:
        mine = {round: bet for (round, who), bet in relay.bets.items() if who == seat}
        right = sum(_was_there(relay, round, bet.message, bet.place) for round, bet in mine.items())
        found["bets"] = [right, len(mine)]
    return found


def _was_there(relay: Relay, round: int, message: str, place: str) -> bool:
    holding = relay.got.get(Key(message, place))
    return holding is not None and holding.round <= round


def _hand(relay: Relay, key: Key) -> Payload:
    holding, own = relay.got[key], relay.carried(*key)
    choice = relay.choices.get(key)
    free = relay.free(*key) if relay.playing else []
    # Where one is left there is nothing to choose.
    # Who has chosen once is not asked again: chance chooses, until a tap does.
    preset = by_lot(relay, key) if free and (len(free) == 1 or _has_passed(relay, key)) else None
    return {
        "message": key.message,
        "round": holding.round,
        "hop": holding.hop,
        "came": [_version(relay.versions[id]) for id in holding.inbox],
        "own": _version(own) if own else None,
        "free": free,
        "to": choice.to if choice else preset,
        "lot": bool(preset) and choice is None and len(free) > 1,
        "named": key in relay.named,
    }


def _has_passed(relay: Relay, key: Key) -> bool:
    return any((one.message, one.source) == key for one in relay.sent)


def _version(one: Version) -> Payload:
    return {"how": one.how, "text": one.text, "facts": sorted(one.facts)}


# For the facilitator --------------------------------------------------------------------------------------------------


def cockpit(room: Room, ride: Ride | None, lines: Lines | None) -> Payload | None:
    """Give what is needed to lead it: where it can begin, how far it is, and what was typed."""
    if room.act != "message" or room.definition is None or lines is None:
        return None
    lived = _lived(lines)
    starts = [
        {
            "id": seat.id,
            "label": seat.label,
            "ways": sum(source == seat.id for source, _ in lived),
            "outside": seat.kind == "audience",
        }
        for seat in room.definition.seats
    ]
    best = sorted(starts, key=lambda one: -int(str(one["ways"])))
    inside = [one["id"] for one in best if not one["outside"]]
    outside = [one["id"] for one in best if one["outside"] and one["ways"]]
    first = outside[0] if outside else next(iter(inside[1:]), None)
    found: Payload = {"starts": starts, "suggest": {"out": inside[0], "in": first}}
    if ride is not None:
        relay = ride.relay
        found |= {
            "phase": relay.phase,
            "rounds": ROUNDS,
            "ends": relay.ends,
            "busy": len(_busy(relay)),
            "counted": room.relay is not None and room.relay.counted,
            "texts": [
                {
                    "version": one.id,
                    "message": one.message,
                    "text": one.text,
                    "hidden": room.relay is not None and one.id in room.relay.hidden,
                }
                for one in relay.versions.values()
                if one.how == "retold"
            ],
        }
    return found


def _busy(relay: Relay) -> set[str]:
    """Name the seats with people of which something is still asked in this phase."""
    if relay.playing:
        waiting = {
            key.seat
            for key, holding in relay.got.items()
            if (free := relay.free(*key))
            and (
                not holding.versions
                or (len(free) > 1 and key not in relay.choices and not _has_passed(relay, key))
            )
        }
        bettors = {
            seat
            for seat in relay.setting.seats
            if (relay.phase, seat) not in relay.bets
            and not any(relay.free(*key) for key in relay.got if key.seat == seat)
        }
        waiting |= bettors
    elif relay.phase == QUIZ:
        waiting = set()
        for seat in relay.setting.seats:
            message = asked(relay, seat)
            if message is None:
                done = any(key.seat == seat for key in relay.guesses)
            else:
                done = len(relay.answers.get(Key(message, seat), ())) == len(
                    relay.setting.messages[message].facts
                )
            waiting |= set() if done else {seat}
    else:
        waiting = set()
    return {seat for seat in waiting if not relay.is_played(seat)}
