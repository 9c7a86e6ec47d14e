"""How much a message on its way asks of a team: its taps and its seconds, at the pace of people, on the demo's map."""

from __future__ import annotations

from statistics import median

import pytest

from workshopkit.bots import riding
from workshopkit.bots.pace import Pace
from workshopkit.panels.demo import afternoon, demo_workshop
from workshopkit.panels.relaying import on_phone
from workshopkit.relay.play import advance, apply
from workshopkit.relay.state import ROUND_S, ROUNDS, Action
from workshopkit.room import ride
from workshopkit.room.fold import fold
from workshopkit.room.ride import Ride
from workshopkit.store.contract import Event

SLOW = 1.6
STARTS = {"out": "management", "in": "residents"}


class Phone:
    """What a seat has before it, in a ride that only it changes until the phase is over."""

    def __init__(self, playing, seat, actors):
        self._ride, self._seat, self._actors = playing, seat, actors
        self.relay, self.began = playing.relay, playing.relay.since
        self.said = []

    @property
    def state(self):
        mine = ride.phones(Ride("r", self.relay, self._ride.believed))[self._seat]
        relay = on_phone(mine, "nl", self._seat, anonymous=False)
        return {"relay": relay, "seat": {"id": self._seat}, "actors": self._actors}

    @property
    def due(self):
        """Give what is asked; a bet and a guess that stand are not."""
        relay = self.state["relay"]
        stands = {
            "bet": (relay.get("bet") or {}).get("place"),
            "guess": (relay.get("guess") or {}).get("count"),
        }
        return sorted(one for one in riding.due(relay) if stands.get(one.split("/")[2]) is None)

    async def until(self, test):
        state = self.state
        assert test(state)
        return state

    async def send(self, kind, payload, *, act=None):
        assert act == "message"
        action = Action(kind.removeprefix("relay."), self.began, self._seat, payload)
        self.relay = apply(self.relay, action)
        self.said.append(action)


@pytest.fixture(scope="module")
def begun():
    store, workshop = demo_workshop("nl")
    room = fold(store.events(workshop))
    for kind, payload in (
        ("act.opened", {"act": "message", "part": "relay"}),
        ("relay.started", {"starts": STARTS, "at": 0.0}),
    ):
        room = fold([Event(kind, workshop, "facilitator", "message", kind, payload, room.seq + 1)], room)
    return room, Ride.of(room, 0.0)


async def play_at_the_pace_of_people(room, playing):
    """Give by seat its taps, and by seat and phase its seconds; what is done too late does not count in the ride."""
    actors = [{"id": one.id, "voice": one.voice} for one in room.definition.actors]
    seats = playing.relay.setting.seats
    taps, seconds, relay = dict.fromkeys(seats, 0), {}, playing.relay
    while not relay.over:
        done = []
        for number, seat in enumerate(seats):
            spent = []
            part, slow = afternoon(room.definition, seat), SLOW if number % 10 == 9 else 1.0
            phone = Phone(Ride("r", relay, playing.believed), seat, actors)

            async def sleep(time, spent=spent):
                spent.append(time)

            pace = Pace(slow, seed=number * 100 + relay.phase, talks=False, sleep=sleep)
            while phone.due:
                before = len(phone.said)
                await riding.do(phone.due[0], phone, pace, tells=part["tells"], types=part["types"])
                done += [(relay.since + sum(spent), action) for action in phone.said[before:]]
            taps[seat] += pace.taps
            seconds[seat, relay.phase] = sum(spent)
        for at, action in sorted(done, key=lambda one: one[0]):
            if at < relay.since + ROUND_S:
                relay = apply(relay, action)
        relay = advance(relay, relay.since + ROUND_S)
    return taps, seconds


async def test_what_it_asks_of_a_team_fits_in_its_minutes(begun):
    room, playing = begun
    taps, seconds = await play_at_the_pace_of_people(room, playing)
    assert median(taps.values()) <= 8
    assert max(taps.values()) <= 15, "who begins, and is asked what it knows of the other message"
    late = [one for one in seconds.values() if one > ROUND_S]
    assert len(late) <= len(seconds) / 20
    assert len(seconds) == len(taps) * (ROUNDS + 1)
