"""Events folded into a room; after a withdrawal it is as if that participant had never been there."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from domain_helpers import Events, payload
from workshopkit.figures.map import Drawing
from workshopkit.room import scenes, snapshots
from workshopkit.room.fold import Room, fold

TEAM_OF = {"p1": "a", "p2": "a", "p3": "b", "p4": "c", "p5": "public"}


def started(events, *people):
    events("facilitator", "workshop.defined", payload(3, {"public": "proxy"}))
    events("lead", "act.opened", act="lines")
    for who in people:
        events(who, "joined", actor=TEAM_OF[who])
    return events


def close(events, who):
    for name in ("told", "heard"):
        events(who, "list.closed", list=name)


def test_a_room_from_its_events():
    events = started(Events(), "p1", "p3")
    events("p1", "told", to="b", answer="yes", expected="yes")
    close(events, "p1")
    room = fold(events.all)
    assert room.act == "lines"
    assert room.progress() == (3, 1)
    assert (room.phones("a"), room.phones("b"), room.phones("c")) == (1, 1, 0)
    assert room.seq == len(events.all)
    assert set(room.sheet("a").told) == {"b"}


def test_who_never_joined_has_no_say():
    events = started(Events(), "p1")
    events("stranger", "told", to="b", answer="yes", expected="yes")
    assert fold(events.all).sheets == {}


def test_the_facilitators_events():
    events = started(Events())
    events("lead", "map.shown", shown=True)
    events("lead", "timer.set", seconds=60, at=5.0)
    room = fold(events.all)
    assert (room.map_shown, room.timer) == (True, {"seconds": 60, "at": 5.0})
    events("lead", "act.closed", act="silos")
    assert fold(events.all).act == "lines"
    events("lead", "act.closed", act="lines")
    events("lead", "timer.set", seconds=None)
    assert (fold(events.all).act, fold(events.all).timer) == (None, None)
    events("lead", "workshop.closed")
    assert fold(events.all).closed


def test_kinds_of_a_later_version_are_passed_over():
    events = started(Events(), "p1")
    before = fold(events.all)
    events("p1", "danced", much=True)
    assert fold(events.all) == replace(before, seq=before.seq + 1)


def test_withdrawal_of_the_last_phone_takes_the_team_out():
    events = started(Events(), "p1", "p3")
    events("p1", "told", to="b", answer="yes", expected="yes")
    close(events, "p1")
    events("p1", "withdrawn")
    room = fold(events.all)
    assert room.sheet("a") == Room().sheet("a")
    assert room.phones("a") == 0
    assert room.progress() == (3, 0)


def test_withdrawal_of_one_phone_leaves_what_the_other_said():
    events = started(Events(), "p1", "p2")
    events("p1", "told", to="b", answer="yes", expected="yes", at=1.0)
    events("p2", "told", to="b", answer="no", expected=None, at=2.0)
    events("p2", "told", to="c", answer="yes", expected="yes", at=3.0)
    assert fold(events.all).sheet("a").conflicts
    events("p2", "withdrawn")
    sheet = fold(events.all).sheet("a")
    assert set(sheet.told) == {"b"}
    assert sheet.conflicts == ()


def test_a_team_that_joins_again_starts_anew():
    events = started(Events(), "p1")
    close(events, "p1")
    events("p1", "withdrawn")
    events("p9", "joined", actor="a")
    events("p9", "told", to="c", answer="yes", expected="yes")
    room = fold(events.all)
    assert set(room.sheet("a").told) == {"c"}
    assert not room.sheet("a").ready
    events("p1", "told", to="b", answer="yes", expected="yes")
    events("p1", "joined", actor="a")
    assert set(fold(events.all).sheet("a").told) == {"c"}, "who has left says nothing more"
    assert fold(events.all).phones("a") == 1


ROWS = st.one_of(
    st.fixed_dictionaries(
        {
            "to": st.sampled_from(["a", "b", "c", "public"]),
            "answer": st.sampled_from(["yes", "no"]),
            "expected": st.sampled_from(["yes", "doubt", None]),
            "at": st.floats(0, 90),
        }
    ).map(lambda row: ("told", row)),
    st.fixed_dictionaries(
        {
            "from": st.sampled_from(["a", "b", "c", "public"]),
            "answer": st.sampled_from(["yes", "partly", "via", "no"]),
            "via": st.sampled_from(["a", "b", "c", "press", None]),
            "at": st.floats(0, 90),
        }
    ).map(lambda row: ("heard", row)),
    st.sampled_from(["told", "heard"]).map(lambda name: ("list.closed", {"list": name})),
    st.sampled_from(["told", "heard"]).map(lambda name: ("list.reopened", {"list": name})),
    st.sampled_from(["a", "b", None]).map(lambda one: ("wish", {"from": one})),
    st.just(("checked", {})),
    st.tuples(st.sampled_from(["told", "heard"]), st.sampled_from("abc"), st.integers(1, 40)).map(
        lambda row: ("chosen", {"list": row[0], "actor": row[1], "event": f"e{row[2]}"})
    ),
    st.just(("withdrawn", {})),
)
HISTORIES = st.lists(st.tuples(st.sampled_from(sorted(TEAM_OF)), ROWS), max_size=30)


def play(history):
    events = started(Events(), *TEAM_OF)
    for who, (kind, row) in history:
        events(who, kind, row)
    return events.all


def figures(room):
    """Everything that is shown of a room."""
    drawing, view = Drawing(room.definition), snapshots.View.of(room)
    shown = scenes.scene(room, view.findings, view.pairs, drawing)
    return (
        snapshots.phones(view, shown),
        snapshots.wall(view, drawing, shown),
        snapshots.cockpit(room),
        room.sheets,
        room.seats,
    )


@settings(max_examples=200, deadline=None)
@given(HISTORIES, st.sampled_from(sorted(TEAM_OF)))
def test_after_a_withdrawal_every_figure_is_that_of_a_run_without_that_participant(history, who):
    events = play([*history, (who, ("withdrawn", {}))])
    without = [event for event in events if event.participant != who]
    assert figures(fold(events)) == figures(fold(without))


@given(HISTORIES, st.integers(0, 40))
def test_folding_in_two_parts_is_folding_at_once(history, cut):
    events = play(history)
    assert fold(events[cut:], fold(events[:cut])) == fold(events)
