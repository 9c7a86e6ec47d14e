"""How long act 02 takes people, by bots at a human pace and a clock that is passed in."""

from __future__ import annotations

import asyncio
import statistics

import pytest

from workshopkit import paths
from workshopkit.bots.afternoon import Part, play_afternoon
from workshopkit.bots.asked import Asked, asked
from workshopkit.bots.pace import Pace
from workshopkit.network.actors import Definition
from workshopkit.panels import demo
from workshopkit.room import definitions
from workshopkit.room.program import Program

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

    pace = Pace(1.0, slow=SLOW if number == 0 else 1.0, seed=number, sleep=sleep)
    phone = Phone()
    await play_afternoon(phone, Part(demo.answers(DEMO, seat)), pace)
    assert phone.sent.count("list.closed") == 2
    assert pace.spent["lines"].seconds == pytest.approx(sum(passed))
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


async def test_what_it_asks_of_people_is_the_same_at_any_pace_and_without_the_talk():
    waited, spent = [], []
    for factor, talks in ((1.0, True), (0.5, True), (0.5, False), (0.0, True)):
        passed = []

        async def sleep(seconds, passed=passed):
            passed.append(seconds)

        pace = Pace(factor, slow=SLOW, seed=5, talks=talks, sleep=sleep)
        pace.at("lines")
        await pace.read(90)
        await pace.tap(talk=True)
        waited.append(sum(passed))
        spent.append((pace.spent["lines"].seconds, pace.spent["lines"].taps))
    assert len(set(spent)) == 1
    assert waited[0] == pytest.approx(spent[0][0])
    assert waited[1] == pytest.approx(waited[0] / 2)
    assert waited[2] < waited[1]
    assert waited[3] == 0
    assert 30 * 0.7 * SLOW < spent[0][0] < 39.5 * 1.3 * SLOW


async def test_each_part_of_the_afternoon_has_its_own_minutes_beside_those_of_the_plan():
    paces = [Pace(0.0, slow=slow) for slow in (1.0, 1.0, 4.0)]
    for pace in paces:
        pace.at("case")
        await pace.tap()
    paces[0].at("guess that the plan knows nothing of")
    await paces[0].tap()
    paces[0].at("walk")
    for _ in range(2):
        await paces[0].read(1000)
        await paces[0].tap()
    case, walk = asked(paces, Program("standard", cards=("P6",)))
    assert (case.block, case.minutes, case.seconds.count, case.taps.median) == ("case", 20, 3, 1)
    assert case.seconds.longest > 4 * 0.7 * 1.5 > case.seconds.median
    assert (walk.block, walk.seconds.count, walk.taps.median) == ("walk", 1, 2)
    assert case.fits
    assert not Asked("walk", 5, walk.seconds, walk.taps).fits
