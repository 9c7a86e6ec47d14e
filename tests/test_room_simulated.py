"""Simulated colleagues answer like people: every seat, valid, closed, and every state occurs."""

from __future__ import annotations

import pytest

from test_figures_layout import answered, demo
from workshopkit.room import simulated
from workshopkit.room.events import validate


@pytest.mark.parametrize("seed", range(3))
def test_every_answer_is_one_that_may_come_in(seed):
    here = demo()
    for seat in here.seats:
        said = simulated.answers(here, seat.id, seed=seed)
        for kind, payload in said:
            assert validate(kind, payload, here, "participant", seat.id) == payload
        assert [payload["list"] for kind, payload in said if kind == "list.closed"] == ["told", "heard"]
        assert said[-1] == ("checked", {})


def test_the_same_seed_gives_the_same_room():
    here = demo()
    assert simulated.answers(here, "front-desk") == simulated.answers(here, "front-desk")
    assert any(simulated.answers(here, s.id) != simulated.answers(here, s.id, seed=2) for s in here.seats)


def test_the_demo_shows_what_there_is_to_see():
    states = [line.state for line in answered(demo()).every()]
    for state in ("confirmed", "heard_via", "sent_not_heard", "heard_not_claimed", "absent"):
        assert states.count(state) >= 3
