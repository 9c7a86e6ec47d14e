"""What the facilitator steers with: the lock, the call, notes, and agreements that say the same."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain_helpers import Events, definition, payload
from workshopkit.errors import RefusedEvent
from workshopkit.room import scenes
from workshopkit.room.events import FACILITATOR_KINDS, PRIVATE_KINDS, validate
from workshopkit.room.fold import fold
from workshopkit.room.leading import MAX_NOTE

HERE = definition(3)
FORM = {
    "with": "b", "ours": True, "if": "it rains", "then": "call", "who": "the desk", "obstacle": "a full line", "instead": "mail", "alone": "",
    "when": dt.date(2027, 1, 4).isoformat(), "cites": [],
}  # fmt: skip


def lead(kind, given):
    return validate(kind, given, HERE, "facilitator", None)


def started():
    events = Events()
    events("facilitator", "workshop.defined", payload(3))
    return events


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("room.locked", {"locked": True, "why": "x"}, {"locked": True}),
        ("room.locked", {"locked": False}, {"locked": False}),
        ("room.called", {"act": "lines"}, {}),
        ("agreement.merged", {"agreement": "e1", "into": "e2", "x": 1}, {"agreement": "e1", "into": "e2"}),
        ("agreement.merged", {"agreement": "e1"}, {"agreement": "e1", "into": None}),
        (
            "note.written",
            {"act": "lines", "part": "questions", "text": " ask  the desk\nlater "},
            {"act": "lines", "part": "questions", "text": "ask  the desk\nlater"},
        ),
        ("note.written", {"act": None, "part": "x", "text": ""}, {"act": None, "part": None, "text": ""}),
        (
            "note.written",
            {"act": "case", "part": "P6", "text": "x"},
            {"act": "case", "part": "P6", "text": "x"},
        ),
    ],
)
def test_what_the_facilitator_says_is_kept_in_the_form_of_its_kind(kind, given, kept):
    assert lead(kind, given) == kept


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("room.locked", {}),
        ("room.locked", {"locked": 1}),
        ("agreement.merged", {"agreement": "e1", "into": "e1"}),
        ("agreement.merged", {"agreement": "e1", "into": ["e2"]}),
        ("agreement.merged", {"into": "e2"}),
        ("note.written", {"act": "lines", "part": "walk", "text": "x"}),
        ("note.written", {"act": "tea", "part": None, "text": "x"}),
        ("note.written", {"act": None, "text": 3}),
    ],
)
def test_the_rest_is_refused(kind, given):
    with pytest.raises(RefusedEvent):
        lead(kind, given)


def test_a_note_that_is_too_long_is_told_how_long_it_may_be():
    with pytest.raises(RefusedEvent, match=str(MAX_NOTE)):
        lead("note.written", {"act": None, "text": "x" * (MAX_NOTE + 1)})


@pytest.mark.parametrize("kind", ["room.locked", "room.called", "agreement.merged", "note.written"])
def test_a_phone_may_say_none_of_it(kind):
    good = {"locked": True, "agreement": "e1", "into": None, "act": None, "text": "x"}
    assert lead(kind, good) is not None
    with pytest.raises(RefusedEvent, match="Only the facilitator"):
        validate(kind, good, HERE, "participant", "a")


def test_the_lock_turns_both_ways_and_touches_nothing_else():
    events = started()
    events("p1", "joined", actor="a")
    before = fold(events.all)
    events("lead", "room.locked", locked=True)
    assert fold(events.all).locked
    assert fold(events.all).seats == before.seats
    events("lead", "room.locked", locked=False)
    assert not fold(events.all).locked


def test_a_call_holds_until_the_room_goes_on():
    events = started()
    events("lead", "act.opened", act="lines", part="questions", at=1.0)
    seq = events("lead", "room.called", at=2.0).seq
    assert fold(events.all).called == seq
    events("lead", "act.opened", act="lines", part="questions", sentence=1, at=3.0)
    assert fold(events.all).called == seq, "the same step"
    events("lead", "act.opened", act="silos", part="own", at=4.0)
    assert fold(events.all).called is None


def test_what_was_closed_is_what_opens_again():
    events = started()
    events("lead", "act.opened", act="silos", part="walk", at=1.0)
    events("lead", "room.called", at=2.0)
    events("lead", "act.closed", act="silos")
    room = fold(events.all)
    assert (room.act, room.left, room.called) == (None, ("silos", "walk"), None)
    events("lead", "act.opened", act="silos", part="walk", at=3.0)
    assert fold(events.all).left is None


def test_a_timer_that_ran_out_is_gone_when_the_room_goes_on_and_one_that_runs_stays():
    events = started()
    events("lead", "act.opened", act="lines", part="questions", at=0.0)
    events("lead", "timer.set", seconds=60, at=10.0)
    events("lead", "act.opened", act="silos", part="own", at=69.0)
    assert fold(events.all).timer is not None
    events("lead", "act.opened", act="silos", part="guess", at=70.0)
    assert fold(events.all).timer is None


def test_a_note_belongs_to_its_moment_and_an_empty_one_takes_it_away():
    events = started()
    for part, text in (("own", "quiet"), ("guess", "loud"), ("own", "doubts")):
        events("lead", "note.written", act="silos", part=part, text=text)
    events("lead", "note.written", act=None, part=None, text="bring cake")
    assert fold(events.all).notes == {
        ("silos", "guess"): "loud",
        ("silos", "own"): "doubts",
        (None, None): "bring cake",
    }
    events("lead", "note.written", act="silos", part="guess", text="")
    assert ("silos", "guess") not in fold(events.all).notes
    assert PRIVATE_KINDS == {"note.written"} < FACILITATOR_KINDS


def agreed():
    events = started()
    events("lead", "act.opened", act="agreements", part="write", at=1.0)
    made = []
    for who, seat, other in (("p1", "a", "b"), ("p2", "b", "c"), ("p3", "c", "a")):
        events(who, "joined", actor=seat)
        made.append(events(who, "agreement.written", {**FORM, "with": other}).id)
    return events, made


def on_the_wall(events):
    shown = scenes.scene(fold(events.all), None, (), None)
    return {row["id"]: row["also"] for row in shown["rows"]}


def test_agreements_that_say_the_same_are_one_on_the_wall_and_two_again_when_set_apart():
    events, (one, two, three) = agreed()
    before = on_the_wall(events)
    assert before == {one: [], two: [], three: []}
    events("lead", "agreement.merged", agreement=two, into=one)
    assert on_the_wall(events) == {one: ["Team B · Team C"], three: []}
    events("lead", "agreement.merged", agreement=one, into=three)
    assert on_the_wall(events) == {three: ["Team A · Team B", "Team B · Team C"]}
    assert len(fold(events.all).sheet("b").agreements) == 1, "each team keeps its own"
    for made in (one, two):
        events("lead", "agreement.merged", agreement=made, into=None)
    assert on_the_wall(events) == before


def test_what_was_laid_with_one_that_is_dropped_stands_on_its_own():
    events, (one, two, three) = agreed()
    events("lead", "agreement.merged", agreement=two, into=one)
    events("p1", "agreement.dropped", agreement=one)
    assert on_the_wall(events) == {two: [], three: []}


@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.sampled_from([*"abcd", None])).filter(
            lambda pair: pair[0] != pair[1]
        )
    )
)
def test_whatever_is_laid_together_something_is_left_to_show(pairs):
    events = Events()
    for one, into in pairs:
        events("lead", "agreement.merged", agreement=one, into=into)
    room = fold(events.all)
    shown = {one: room._into(one, set("abcd")) for one in "abcd"}
    assert any(into is None for into in shown.values())
    assert all(shown[into] is None for into in shown.values() if into is not None)


def test_folding_again_and_bit_by_bit_gives_the_same():
    events, (one, two, _) = agreed()
    events("lead", "agreement.merged", agreement=two, into=one)
    events("lead", "room.called", at=3.0)
    events("lead", "room.locked", locked=True)
    events("lead", "note.written", act="silos", part="own", text="x")
    whole = fold(events.all)
    for size in (1, 3):
        bit_by_bit = None
        for first in range(0, len(events.all), size):
            bit_by_bit = fold(events.all[first : first + size], bit_by_bit)
        assert bit_by_bit == whole


def test_who_joins_when_the_room_is_past_the_beginning_is_late():
    events = started()
    events("lead", "act.opened", act="prepare", part="join", at=1.0)
    events("p1", "joined", actor="a")
    events("lead", "act.opened", act="lines", part="questions", at=2.0)
    seq = events("p2", "joined", actor="a").seq
    events("import-1", "joined", actor="b")
    assert fold(events.all).late == {"p2": ("lines", "questions", seq)}
