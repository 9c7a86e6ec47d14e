"""How long act 02 takes people, by bots at a human pace and a clock that is passed in."""

from __future__ import annotations

import asyncio
import statistics

import pytest

from workshopkit import paths
from workshopkit.bots.afternoon import Part, play_afternoon
from workshopkit.bots.pace import Pace
from workshopkit.network.actors import Definition
from workshopkit.panels import demo
from workshopkit.room import definitions

DEMO = Definition.read(definitions.read_file(paths.data() / "demo" / "nl.json"))
SLOW = 1.6


class Phone:
    """A page of which only the state and what was sent count; the workshop is closed after act 02."""

    def __init__(self):
        self.state = {"act": "lines", "part": "questions"}
        self.sent = []

    async def until(self, test):
        if self.sent:
            self.state = {"closed": True}
        assert test(self.state)
        return self.state

    async def send(self, kind, _payload, **_):
        self.sent.append(kind)


async def played(seat, number):
    passed = []

    async def sleep(seconds):
        passed.append(seconds)

    pace = Pace(SLOW if number == 0 else 1.0, seed=number, sleep=sleep)
    phone = Phone()
    await play_afternoon(phone, Part(demo.answers(DEMO, seat)), pace)
    assert phone.sent.count("list.closed") == 2
    return sum(passed), pace.taps


@pytest.fixture(scope="module")
def teams():
    async def all_of_them():
        return [await played(team.id, number) for number, team in enumerate(DEMO.teams)]

    return asyncio.run(all_of_them())


def test_act_02_takes_a_team_six_minutes_at_most_and_a_slow_one_eight(teams):
    seconds = [taken for taken, _ in teams]
    assert statistics.median(seconds) <= 6 * 60
    assert max(seconds) <= 8 * 60


def test_act_02_takes_25_taps_at_most(teams):
    assert statistics.median(taps for _, taps in teams) <= 25
