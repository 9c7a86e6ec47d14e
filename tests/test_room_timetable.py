"""The plan by the clock: a part that takes longer moves all that follow, and the slack takes it up first."""

from __future__ import annotations

import pytest

from domain_helpers import Events, payload
from workshopkit.room.fold import fold
from workshopkit.room.program import BLOCKS
from workshopkit.room.timetable import timetable

MINUTE = 60
START = 1_000_000 * MINUTE
ALL = sum(block.minutes["standard"] for block in BLOCKS)
SLACK = next(block.minutes["standard"] for block in BLOCKS if block.id == "slack")


def room(*opened, dropped=()):
    events = Events()
    events("facilitator", "workshop.defined", payload(3))
    for act, part, minute in opened:
        events(
            "lead", "act.opened", act=act, part=part, at=None if minute is None else START + minute * MINUTE
        )
    for block in dropped:
        events("lead", "block.dropped", block=block, dropped=True)
    return fold(events.all)


def at(found, minute):
    table = timetable(found, START + minute * MINUTE)
    begins = {
        row.block.id: None if row.begins is None else (row.begins - START) / MINUTE for row in table.rows
    }
    return table, begins


def test_before_the_beginning_it_begins_now():
    table, begins = at(room(), 7)
    assert not table.begun
    assert begins["welcome"] == 7
    assert begins["join"] == 7 + 15
    assert table.end == START + (7 + ALL - SLACK) * MINUTE
    assert table.spare == SLACK
    assert not any(row.over or row.now for row in table.rows)


def test_on_time_the_slack_is_spare():
    table, begins = at(room(("prepare", "welcome", 0)), 10)
    assert table.begun
    assert (begins["welcome"], begins["join"]) == (0, 15)
    assert table.spare == SLACK
    (now,) = [row for row in table.rows if row.now]
    assert (now.block.id, now.past) == ("welcome", 0)


def test_what_takes_longer_moves_all_that_follow():
    _, before = at(room(("prepare", "welcome", 0)), 10)
    table, begins = at(room(("prepare", "welcome", 0)), 22)
    assert begins["join"] == 22
    assert {begins[one] - before[one] for one in begins if one != "welcome"} == {7}
    (now,) = [row for row in table.rows if row.now]
    assert now.past == 7
    assert table.spare == SLACK - 7
    assert next(row.minutes for row in table.rows if row.block.id == "slack") == SLACK - 7


def test_later_than_the_slack_it_is_late_and_dropping_a_part_makes_up():
    table, _ = at(room(("prepare", "welcome", 0)), 35)
    assert table.spare == SLACK - 20 == -10
    after, begins = at(room(("prepare", "welcome", 0), dropped=["message"]), 35)
    assert after.spare == -10 + 20
    assert "message" not in begins


def test_what_is_over_is_marked_with_when_it_really_began():
    found = room(
        ("prepare", "welcome", 0),
        ("prepare", "join", 12),
        ("lines", "questions", 30),
        ("lines", "questions", 33),
    )
    table, begins = at(found, 34)
    assert [row.block.id for row in table.rows if row.over] == ["welcome", "join", "warmup", "case"]
    assert (begins["welcome"], begins["join"], begins["warmup"], begins["lines"]) == (0, 12, None, 30)
    assert begins["own"] == 30 + 12


def test_who_goes_ahead_sooner_gains_the_time():
    table, begins = at(room(("prepare", "welcome", 0), ("prepare", "join", 5)), 6)
    assert begins["warmup"] == 10
    assert table.spare == SLACK + 10


def test_steps_within_a_part_do_not_begin_it_again():
    found = room(("silos", "arrives", 0), ("silos", "drawn", 5), ("silos", "bent", 9))
    _, begins = at(found, 10)
    assert (begins["reveal"], begins["walk"]) == (0, 20)


def test_a_part_that_one_goes_back_to_begins_again():
    found = room(("lines", "questions", 0), ("silos", "own", 12), ("lines", "questions", 15))
    table, begins = at(found, 16)
    assert (begins["lines"], begins["own"]) == (15, 27)
    assert [row.block.id for row in table.rows if row.now] == ["lines"]


def test_opening_the_first_moment_starts_the_clock_anew():
    found = room(("prepare", "welcome", -3000), ("lines", "questions", -2990), ("prepare", "welcome", 0))
    table, _ = at(found, 5)
    assert table.spare == SLACK


def test_while_a_part_is_closed_the_clock_goes_on():
    events = Events()
    events("facilitator", "workshop.defined", payload(3))
    events("lead", "act.opened", act="prepare", part="welcome", at=float(START))
    events("lead", "act.closed", act="prepare")
    table = timetable(fold(events.all), START + 20 * MINUTE)
    assert table.begun
    assert [row.past for row in table.rows if row.now] == [5]


def test_openings_without_a_time_make_no_clock():
    table, begins = at(room(("lines", "questions", None)), 3)
    assert not table.begun
    assert begins["lines"] == 3


@pytest.mark.parametrize("seconds", [0.0, 0.4, 59.9])
def test_only_whole_minutes_count(seconds):
    found = room(("prepare", "welcome", 0))
    assert timetable(found, START + 1200 + seconds) == timetable(found, START + 1200)
