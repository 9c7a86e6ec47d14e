"""States of lines: the hand-worked cases, the rule about ways, and what silence does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain_helpers import definition, payload, sheet
from workshopkit.network.actors import Definition
from workshopkit.network.claims import Claim
from workshopkit.network.lines import STATES, Statements, implied, reconcile, reconcile_statements


def states(lines):
    return {line.source + line.target: line.state for line in lines.every()}


def counts(lines):
    return {state: count for state, count in lines.counts.items() if count}


THREE = {
    "a": sheet("bc"),
    "b": sheet("", {"a": "yes", "c": "yes"}),
    "c": sheet("a", {"a": "via:b", "b": "yes"}),
}


def test_three_actors_all_spoken():
    lines = reconcile(definition(3), THREE)
    assert counts(lines) == {
        "confirmed": 1,
        "heard_via": 1,
        "sent_not_heard": 1,
        "heard_not_claimed": 2,
        "absent": 1,
    }
    assert {line.source + line.target for line in lines if line.lived} == {"ab", "bc", "cb"}
    assert {line.source + line.target for line in lines if line.believed} == {"ab", "ac", "ca"}


def test_a_receiver_that_never_answered_is_silent():
    silent = {**THREE, "c": sheet("a", closed=("told",))}
    found = states(reconcile(definition(3), silent))
    assert {pair for pair, state in found.items() if state == "unanswered"} == {"ac", "bc"}
    assert found["ca"] == "sent_not_heard"


def test_a_list_that_is_not_closed_does_not_count():
    room = {"a": sheet("b", closed=()), "b": sheet("a", {"a": "yes"})}
    found = states(reconcile(definition(2), room))
    assert found == {"ab": "unanswered", "ba": "unanswered"}


def test_a_team_without_a_sheet_is_silent():
    assert set(states(reconcile(definition(3), {})).values()) == {"unanswered"}


def test_partly_is_a_yes():
    room = {"a": sheet("b"), "b": sheet("", {"a": "partly"})}
    assert states(reconcile(definition(2), room))["ab"] == "confirmed"


def test_naming_a_way_is_naming_it():
    room = {"a": sheet("c"), "b": sheet("c"), "c": sheet("", {"a": "via:b"})}
    found = {line.source + line.target: line for line in reconcile(definition(3), room).every()}
    assert found["ac"].state == "heard_via"
    assert found["ac"].via == ("b",)
    assert found["bc"].state == "confirmed"
    assert found["ab"].state == "absent", "that a told b needs b's own yes"


def test_a_way_that_was_marked_via_itself_stays_via():
    room = {"a": sheet("c"), "b": sheet("c"), "c": sheet("", {"a": "via:b", "b": "via:press"})}
    found = states(reconcile(definition(3), room))
    assert (found["ac"], found["bc"]) == ("heard_via", "heard_via")


def test_ways_outside_the_map_imply_nothing():
    room = {"a": sheet("c"), "b": sheet("c"), "c": sheet("", {"a": "via:press", "b": "via"})}
    found = states(reconcile(definition(3), room))
    assert (found["ac"], found["bc"]) == ("heard_via", "heard_via")
    assert implied(room["c"])


def test_the_check_screen_hears_of_what_is_implied():
    assert implied(sheet("", {"a": "via:b", "d": "via:b", "e": "yes"})) == {"b": ("a", "d")}
    assert implied(sheet("", {"a": "via:b", "b": "partly"})) == {}


def test_via_without_the_sender_claiming_it_is_no_line():
    room = {"a": sheet(""), "b": sheet(""), "c": sheet("", {"a": "via:press"})}
    assert states(reconcile(definition(3), room))["ac"] == "absent"


def test_an_audience_without_a_voice_is_never_verified():
    here = definition(2, {"public": "none"})
    room = {"a": sheet(["public"]), "public": sheet("a", {"a": "yes"})}
    found = {(line.source, line.target): line for line in reconcile(here, room).every()}
    assert found["a", "public"].state == "unanswered"
    assert found["a", "public"].believed
    assert not found["a", "public"].lived


def test_a_proxy_speaks_for_its_audience():
    here = definition(2, {"public": "proxy"})
    room = {"a": sheet(["public"]), "public": sheet("", {"a": "yes"})}
    found = {(line.source, line.target): line.state for line in reconcile(here, room).every()}
    assert found["a", "public"] == "confirmed"


def test_rows_of_actors_that_left_the_map_are_no_harm():
    room = {"a": sheet("bz", {"z": "yes", "b": "via:z"}), "b": sheet("a", {"a": "yes"})}
    assert states(reconcile(definition(2), room)) == {"ab": "confirmed", "ba": "heard_via"}


def test_several_respondents_on_a_side():
    said = Statements(
        told={("a", "b"): {"1": Claim("yes")}},
        heard={("a", "b"): {"3": Claim("yes"), "4": Claim("partly")}},
        sent={"a": {"1", "2"}},
        received={"b": {"3", "4", "5"}},
    )
    line = next(line for line in reconcile_statements("ab", said) if line.source == "a")
    assert (line.told.verdict, line.heard.verdict, line.state) == ("divided", "yes", "divided")
    assert line.gap == 0


def test_a_silent_side_wins_over_a_divided_one():
    said = Statements(told={("a", "b"): {"1": Claim("yes")}}, sent={"a": {"1", "2"}})
    assert states(reconcile_statements("ab", said))["ab"] == "unanswered"


@st.composite
def rooms(draw):
    here = Definition.read(
        payload(
            draw(st.integers(2, 7)), draw(st.sampled_from([{}, {"x": "proxy"}, {"x": "none", "y": "own"}]))
        )
    )
    ids = [actor.id for actor in here.actors]
    sheets = {}
    for own in draw(st.lists(st.sampled_from(ids), unique=True)):
        others = [id_ for id_ in ids if id_ != own]
        ways = st.sampled_from(["yes", "partly", "via:press", *(f"via:{way}" for way in others)])
        heard = draw(st.dictionaries(st.sampled_from(others), ways))
        told = draw(st.lists(st.sampled_from(others), unique=True))
        closed = draw(st.lists(st.sampled_from(["told", "heard"]), unique=True))
        sheets[own] = sheet(told, heard, closed=closed)
    return here, sheets


@given(rooms())
def test_states_sum_to_all_ordered_pairs(room):
    here, sheets = room
    lines = reconcile(here, sheets)
    n = len(here.actors)
    every = list(lines.every())
    assert len({(line.source, line.target) for line in every}) == n * (n - 1)
    assert sum(lines.counts.values()) == n * (n - 1)
    assert lines.counts == {state: [line.state for line in every].count(state) for state in STATES}


@given(rooms())
def test_a_line_is_lived_exactly_when_its_receiver_says_so(room):
    here, sheets = room
    for line in reconcile(here, sheets).every():
        receiver = sheets.get(line.target)
        spoke = receiver is not None and receiver.closed["heard"] and here.actor(line.target).has_voice
        own = receiver.heard.get(line.source) if receiver else None
        direct = own is not None and own.answer in {"yes", "partly"}
        named = bool(receiver) and line.source in implied(receiver)
        assert line.lived == (spoke and (direct or named))
