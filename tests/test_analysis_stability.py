"""How much the best plan hangs on who answered."""

from __future__ import annotations

from itertools import combinations
from math import comb

import pytest

from workshopkit.analysis import load, plans, stability
from workshopkit.analysis.breakthrough import applied, outcome
from workshopkit.network.network import Network
from workshopkit.network.steps import Step

# a tells t only in vain; whoever is asked says so.
EVERYBODY = frozenset("abct")
NET = Network(
    tuple("abct"),
    audiences=("t",),
    voiced=EVERYBODY,
    sent=EVERYBODY,
    received=EVERYBODY,
    believed=(("a", "t"), ("b", "a"), ("c", "b")),
    lived=(("b", "a"), ("c", "b")),
)
CARDS = (Step("repair", "a", "t"), Step("add", "c", "a"))


def hours(step):
    return step.hours


def value(net, steps):
    """Work it out anew."""
    return outcome(applied(net, steps), capacity=load.capacity(load.find(net))).score


def brute_force(net, cards, budget):
    sets = [some for size in range(len(cards) + 1) for some in combinations(cards, size)]
    able = [some for some in sets if sum(map(hours, some)) <= budget]
    most = max(value(net, some) for some in able)
    return most, [some for some in able if value(net, some) == most]


def test_who_is_left_out_is_silent_and_has_not_said_no():
    gone = stability.silenced(NET, {"a"})
    assert gone.believed == (("b", "a"), ("c", "b"))
    assert gone.lived == (("c", "b"),)
    assert gone.received == EVERYBODY - {"a"}
    assert gone.voiced == EVERYBODY, "it could have spoken"
    assert gone.into_silence == (("b", "a"),), "whether that arrived nobody can say"


@pytest.mark.parametrize("budget", [0, 3, 4, 7, 20])
def test_the_best_plan_is_that_of_brute_force(budget):
    found = plans.best(CARDS, budget, hours=hours, value=lambda steps: value(NET, steps))
    most, able = brute_force(NET, CARDS, budget)
    assert value(NET, found) == most
    assert sum(map(hours, found)) == min(sum(map(hours, some)) for some in able)


def test_every_way_to_leave_out_one_of_four_is_tried():
    found = stability.find(NET, CARDS, 20, hours=hours)
    assert (found.runs, found.left_out, found.is_sampled) == (comb(4, 1), 1, False)
    plan = set(plans.best(CARDS, 20, hours=hours, value=lambda steps: value(NET, steps)))
    again = [
        set(plans.best(CARDS, 20, hours=hours, value=lambda steps, net=net: value(net, steps)))
        for net in (stability.silenced(NET, {one}) for one in "abct")
    ]
    assert found.best == again.count(plan)
    assert found.interval is None


def test_where_there_are_too_many_ways_some_are_drawn_and_the_seed_tells_which():
    found = stability.find(NET, CARDS, 20, hours=hours, runs=3, seed=7)
    assert (found.runs, found.is_sampled) == (3, True)
    assert found == stability.find(NET, CARDS, 20, hours=hours, runs=3, seed=7)
    low, high = found.interval
    assert 0 <= low <= found.share <= high <= 1


@pytest.mark.parametrize(
    ("best", "verdict"), [(80, "stable"), (79, "fair"), (50, "fair"), (49, "unstable"), (0, "unstable")]
)
def test_the_words_for_a_share(best, verdict):
    assert stability.Stability(100, best, 2, is_sampled=False).verdict == verdict


def test_without_answers_there_is_nothing_to_say():
    found = stability.find(Network(tuple("ab")), (), 20, hours=hours)
    assert (found.share, found.verdict, found.interval) == (None, None, None)
