"""Steps, what they cost and what becomes of the map; plans within a budget; the best of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshopkit.analysis import circles, detours, load, plans
from workshopkit.analysis.breakthrough import KINDS, PRICES, Price, Step, applied, changes, outcome
from workshopkit.mending.table import BUDGET, PROPOSED
from workshopkit.network.network import Network
from workshopkit.network.steps import ends

# a, b and c pass it on among themselves; only d reaches the audience t; a told t and t did not hear it; e is told by way of d.
EVERYBODY = frozenset("abcdet")
CIRCLE = Network(
    tuple("abcdet"),
    groups={"a": "x", "b": "x", "c": "x", "d": "y", "e": "y"},
    audiences=("t",),
    voiced=EVERYBODY,
    sent=EVERYBODY,
    received=EVERYBODY,
    believed=(("a", "b"), ("a", "t"), ("d", "t"), ("t", "e")),
    lived=(("a", "b"), ("b", "c"), ("c", "a"), ("d", "e"), ("d", "t"), ("t", "d")),
)
STEPS = [Step(kind, one, other) for kind in KINDS for one in "abcdet" for other in (*"abcdet", "x", "y", "*")]


def test_nothing_costs_nothing():
    assert Price(0, 0).hours == 1
    assert Price(12, 2).hours == 3
    assert Price(13, 2).hours == 4
    assert all(PRICES[kind].hours >= 1 for kind in KINDS)
    assert set(PRICES) == set(KINDS)


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (Step("repair", "a", "t"), {("a", "t")}),
        (Step("repair", "t", "e"), set()),
        (Step("repair", "a", "b"), set()),
        (Step("shorten", "t", "e"), {("t", "e")}),
        (Step("shorten", "a", "t"), set()),
        (Step("add", "b", "t"), {("b", "t")}),
        (Step("add", "a", "t"), set()),
        (Step("add", "b", "c"), set()),
        (Step("remove", "b", "c"), {("b", "c")}),
        (Step("remove", "c", "b"), set()),
        (Step("bridge", "a", "d"), {("a", "d"), ("d", "a")}),
        (Step("bridge", "a", "b"), set()),
        (Step("bridge", "a", "t"), set()),
        (Step("channel", "d", "x"), {("d", "a"), ("d", "b"), ("d", "c")}),
        (Step("channel", "d", "y"), set()),
        (Step("channel", "a", "x"), {("a", "c")}),
    ],
)
def test_what_a_step_changes(step, expected):
    assert changes(CIRCLE, step) == expected


def test_steps_work_together_whatever_their_order():
    steps = [Step("repair", "a", "t"), Step("remove", "b", "c"), Step("channel", "d", "x")]
    after = applied(CIRCLE, steps)
    assert after == applied(CIRCLE, reversed(steps))
    assert ("a", "t") in after.lived
    assert ("b", "c") not in after.lived
    assert ("d", "a") in after.believed
    assert applied(CIRCLE, []) == CIRCLE


def test_a_divided_line_that_is_repaired_is_divided_no_more():
    net = Network(tuple("ab"), believed=(("a", "b"),), divided=(("a", "b"),), ways={("a", "b"): ("press",)})
    after = applied(net, [Step("repair", "a", "b")])
    assert (after.lived, after.divided, after.ways) == ((("a", "b"),), (), {})


TARGETS = {"actor": "abcdet", "domain": "xy", "audiences": "*"}
FITTING = [step for step in STEPS if step.target in TARGETS[ends(step.kind)] and changes(CIRCLE, step)]


@given(st.lists(st.sampled_from(FITTING), max_size=8))
@settings(max_examples=50)
def test_straight_lines_are_counted_as_detours_are(steps):
    for received in (EVERYBODY, EVERYBODY - {"t"}):
        net = applied(replace(CIRCLE, received=received), steps)
        assert outcome(net).straight == detours.find(net).straight


def test_an_exit_opens_the_circle():
    before = outcome(CIRCLE)
    assert before.circles == (("a", "b", "c"),)
    assert (before.pairs, before.direct, before.within_two, before.at_all) == (5, 1, 1, 1)
    assert (before.believed, before.straight) == (4, 2)
    assert before.score == 1 + 2 - 3
    after = outcome(applied(CIRCLE, [Step("repair", "a", "t")]))
    assert after.circles == ()
    # a directly, c in two, b in three.
    assert (after.direct, after.within_two, after.at_all) == (2, 3, 4)
    assert after.score == 3 + 3


def test_load_is_measured_against_what_could_be_carried_before():
    net = Network.from_edges(["ab"], actors="abcdefgh")
    capacity = load.capacity(load.find(net))
    heavy = applied(net, [Step("add", "a", other) for other in "cdefgh"])
    assert outcome(heavy, capacity=capacity).overloaded == {"a": 2}
    assert outcome(heavy).overload == 0, "at the start everybody carries what it carries"


def test_a_wall_falls_with_a_line():
    halves = ("abcde", "fghij")
    rows = [one + other for half in halves for one in half for other in half]
    net = Network.from_edges(rows, groups={actor: half for half in halves for actor in half})
    assert outcome(net).walls == (halves,)
    assert outcome(applied(net, [Step("add", "a", "f")])).walls == ()


def test_without_a_voice_no_circle_is_judged():
    net = Network.from_edges(["ab", "ba"])
    assert outcome(net).circles is None
    assert circles.closed(net).reason == "no_voiced_audience"
    assert outcome(net).in_circles == 0


def test_proposals_each_raise_the_score_and_leave_a_choice():
    found = plans.proposals(CIRCLE, {"t": "b"}, count=PROPOSED)
    assert found[0].hours <= BUDGET
    before = outcome(CIRCLE)
    capacity = load.capacity(load.find(CIRCLE))
    for step in found:
        assert outcome(applied(CIRCLE, [step]), capacity=capacity).score > before.score
    assert len({step.kind for step in found}) >= 3
    assert len(found) <= PROPOSED


def test_a_wish_becomes_a_candidate():
    wished = Step("add", "e", "a")
    assert wished not in plans.candidates(CIRCLE)
    assert wished in plans.candidates(CIRCLE, {"a": "e", "b": None})


def test_nothing_is_proposed_where_nothing_can_get_better():
    net = Network.from_edges(["at"], audiences="t")
    assert plans.proposals(net, count=PROPOSED) == ()


def test_the_best_pair_is_found_where_the_best_single_step_misleads():
    lines = {"p": ("W", "X"), "q": ("X", "T"), "r": ("B", "T")}

    def reached(cards):
        net = Network.from_edges([("A", "W"), ("C", "W"), *(lines[card] for card in cards)], actors="ABCWXT")
        place = net.index["T"]
        ways = [{net.index[speaker]} for speaker in "ABC"]
        for seen in ways:
            for _ in net.actors:
                seen |= {there for here in set(seen) for there in net.out[here]}
        return sum(place in seen for seen in ways)

    assert plans.best("pqr", 2, hours=lambda _: 1, value=reached) == ("p", "q")
    assert reached("pq") == 2
    assert max("pqr", key=reached) == "r", "the best single one is not in the best pair"
    assert reached("r") == reached("rp") == reached("rq") == 1, "who takes the best one first ends with one"


def test_of_equal_plans_the_cheaper_one_is_best_then_the_smaller_then_the_first():
    hours = {"a": 2, "b": 1, "c": 1, "d": 2}.get
    assert plans.best("abc", 9, hours=hours, value=lambda cards: bool({*cards} & {*"abc"})) == ("b",)
    assert plans.best("bcd", 9, hours=hours, value=lambda cards: {*cards} in ({*"bc"}, {*"d"})) == ("d",)
    assert plans.best("abc", 0, hours=hours, value=len) == ()
    with pytest.raises(ValueError, match="too many"):
        plans.best(range(15), 9, hours=lambda _: 1, value=len)
