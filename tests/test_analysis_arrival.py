"""What arrives, and with what chance: by hand, by listing every world with networkx, and by axiom."""

from __future__ import annotations

from itertools import product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain_helpers import definition, sheet
from map_helpers import maps, pairs_of, patient, renamed, second, spoken_maps
from test_network_lines import THREE
from workshopkit.analysis import arrival, chances
from workshopkit.network.lines import reconcile
from workshopkit.network.network import Network

HALF = 0.5
BRIDGE = {("s", "a"): HALF, ("s", "b"): HALF, ("a", "b"): HALF, ("a", "t"): HALF, ("b", "t"): HALF}


def by_hand(lines, source, target, delays=None):
    """Give chance and expected quickest delay by going through every world."""
    value = weighed = 0.0
    for world in product((True, False), repeat=len(lines)):
        graph = nx.DiGraph()
        graph.add_nodes_from((source, target))
        weight = 1.0
        for (pair, chance), there in zip(lines.items(), world, strict=True):
            weight *= chance if there else 1 - chance
            if there:
                graph.add_edge(*pair, days=(delays or {}).get(pair, 1))
        if weight and nx.has_path(graph, source, target):
            value += weight
            weighed += weight * nx.shortest_path_length(graph, source, target, weight="days")
    return value, weighed / value if value else None


def test_three_actors_all_spoken():
    here = definition(3)
    net = Network.from_lines(here, reconcile(here, THREE))
    assert arrival.rate(net) == arrival.Rate(4, 4 / 6)
    total = arrival.headline(net).total
    assert (total.pairs, total.direct, total.within_two, total.at_all) == (6, 3, 4, 4)


def test_speakers_reach_audiences_directly_within_two_and_at_all():
    net = Network.from_edges(["ab", "bc", "ct", "du"], audiences="tu")
    found = arrival.headline(net)
    assert found.total == arrival.Reach(pairs=8, direct=2, within_two=3, at_all=4, unknown=0)
    assert (found.direct, found.within_two, found.at_all) == (2 / 8, 3 / 8, 4 / 8)
    assert found.by_audience["t"] == arrival.Reach(4, 1, 2, 3, 0)
    assert found.by_audience["u"] == arrival.Reach(4, 1, 1, 1, 0)


def test_having_heard_by_the_press_counts_as_reached_at_all():
    here = definition(2, {"x": "proxy"})
    room = {"a": sheet("x"), "b": sheet("a", {}), "x": sheet("", {"a": "via:press"})}
    found = arrival.headline(Network.from_lines(here, reconcile(here, room))).total
    assert (found.direct, found.within_two, found.at_all, found.unknown) == (0, 0, 1, 0)


def test_a_silent_audience_is_unknown_and_one_without_a_voice_stays_out():
    here = definition(2, {"x": "proxy", "y": "none"})
    room = {"a": sheet("xy"), "b": sheet("a", {"a": "yes"})}
    found = arrival.headline(Network.from_lines(here, reconcile(here, room)))
    assert found.total == arrival.Reach(pairs=2, direct=0, within_two=0, at_all=0, unknown=2)
    assert list(found.by_audience) == ["x"]


def test_without_anybody_to_speak_for_an_audience_there_is_no_headline():
    here = definition(2, {"y": "none"})
    found = arrival.headline(Network.from_lines(here, reconcile(here, {"a": sheet("y")})))
    assert (found.total, found.direct, found.reason) == (None, None, "no_voiced_audience")


def test_one_actor_alone_has_no_pairs():
    net = Network.from_edges([], actors="a")
    assert arrival.headline(net).reason == "no_pairs"
    assert arrival.rate(net) == arrival.Rate(0, None)


def test_the_chance_over_two_ways():
    lines = {("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "d"): 0.5, ("d", "c"): 0.8}
    assert arrival.chance_of(lines, "a", "c").value == pytest.approx(0.886)


def test_the_chance_over_the_bridge_graph():
    found = arrival.chance_of(BRIDGE, "s", "t")
    assert (found.value, found.method, found.worlds, found.error) == (15 / 32, "exact", 32, 0)


def test_the_chance_from_answers():
    one_yes = (1, 1)
    net = Network.from_edges(["ab", "bc"], answers={("a", "b"): one_yes, ("b", "c"): one_yes})
    assert arrival.chance(net, "a", "c").value == 0.5625


@pytest.mark.parametrize(
    ("answers", "expected"), [((1, 1), 0.75), ((0.5, 1), 0.5), ((2, 2), 2.5 / 3), ((3, 5), 3.5 / 6)]
)
def test_the_chance_of_one_line(answers, expected):
    net = Network.from_edges(["ab"], answers={("a", "b"): answers})
    assert arrival.chance(net, "a", "b").value == pytest.approx(expected)


def test_a_plain_list_is_certain():
    found = arrival.chance(Network.from_edges(["ab", "bc"]), "a", "c")
    assert (found.value, found.interval, found.delay) == (1, None, None)


def test_the_expected_quickest_delay_given_arrival():
    lines = {("a", "b"): 0.5, ("b", "c"): 1.0, ("a", "c"): 0.5}
    days = {("a", "b"): 1, ("b", "c"): 1, ("a", "c"): 5}
    found = arrival.chance_of(lines, "a", "c", delays=days)
    assert found.value == 0.75
    assert found.delay == pytest.approx(3)


def test_without_a_delay_on_a_usable_line_there_is_none():
    days = {("a", "b"): 1, ("b", "c"): 1}
    answers = {("a", "b"): (1, 1)}
    net = Network.from_edges(["ab", "bc", "ac"], answers=answers, delays=days)
    assert arrival.chance(net, "a", "c").delay is None
    aside = Network.from_edges(["ab", "bc", "cd"], answers=answers, delays=days)
    assert arrival.chance(aside, "a", "c").delay == pytest.approx(2), (
        "a line beyond the receiver is no matter"
    )


@patient
@given(
    st.dictionaries(st.sampled_from(pairs_of("abcd")), st.sampled_from([0.25, 0.5, 0.75, 1.0]), max_size=8),
    st.dictionaries(st.sampled_from(pairs_of("abcd")), st.sampled_from([0, 1, 2, 5]), max_size=12),
)
def test_chances_and_delays_are_those_of_every_world(lines, delays):
    found = arrival.chance_of(lines, "a", "b", delays=delays)
    value, delay = by_hand(lines, "a", "b", delays)
    assert found.value == pytest.approx(value)
    if found.delay is not None:
        assert found.delay == pytest.approx(delay)


def test_many_uncertain_lines_are_simulated_near_the_truth_and_repeatably():
    # Ten diamonds side by side: 20 uncertain lines, and by hand 1 - (3/4)^10.
    lines = {pair: HALF for middle in "abcdefghij" for pair in (("s", middle), (middle, "t"))}
    found = arrival.chance_of(lines, "s", "t", seed=5)
    truth = 1 - 0.75**10
    assert (found.method, found.worlds) == ("simulated", 4096)
    assert found.error == pytest.approx((found.value * (1 - found.value) / 4096) ** 0.5)
    assert abs(found.value - truth) < 5 * (truth * (1 - truth) / 4096) ** 0.5
    assert found == arrival.chance_of(lines, "s", "t", seed=5)
    assert found != arrival.chance_of(lines, "s", "t", seed=6)
    by_day = arrival.chance_of(lines, "s", "t", delays=dict.fromkeys(lines, 2), seed=5)
    assert by_day.delay == pytest.approx(4)


def test_eighteen_uncertain_lines_are_still_exact():
    lines = {pair: HALF for middle in "abcdefghi" for pair in (("s", middle), (middle, "t"))}
    lines |= {("x", "s"): HALF, ("t", "y"): HALF}
    found = arrival.chance_of(lines, "s", "t")
    assert (found.method, found.worlds) == ("exact", 2**18)
    assert found.value == pytest.approx(1 - 0.75**9)


def test_the_interval_is_that_of_the_answers():
    few = Network.from_edges(["ab"], answers={("a", "b"): (2, 2)})
    many = Network.from_edges(["ab"], answers={("a", "b"): (40, 40)})
    wide, narrow = (arrival.chance(net, "a", "b").interval for net in (few, many))
    # The 2.5 % and 97.5 % quantiles of Beta(2.5, 0.5), by four million draws.
    assert wide == pytest.approx((0.3333, 0.9998), abs=0.08)
    assert narrow[0] > 0.9


def test_one_answer_a_receiver_gives_no_interval():
    one = Network.from_edges(["ab"], answers={("a", "b"): (1, 1)})
    assert arrival.chance(one, "a", "b").interval is None
    mean_of_two = Network.from_edges(["ab", "bc"], answers={("a", "b"): (1, 1), ("b", "c"): (3, 3)})
    assert arrival.chance(mean_of_two, "a", "c").interval is not None


def test_the_interval_of_many_lines_is_drawn():
    pairs = [pair for middle in "abcdefghij" for pair in (("s", middle), (middle, "t"))]
    net = Network.from_edges(pairs, answers=dict.fromkeys(pairs, (3, 5)))
    found = arrival.chance(net, "s", "t")
    low, high = found.interval
    assert low < found.value < high


@patient
@given(maps(audiences=2, least=3))
def test_the_headline_is_what_networkx_counts(net):
    other = second(net)
    lengths = dict(nx.all_pairs_shortest_path_length(other))
    steps = [lengths[s].get(t) for s in net.speakers for t in net.audiences]
    found = arrival.headline(net).total
    assert found.pairs == len(steps)
    assert found.direct == sum(step == 1 for step in steps)
    assert found.within_two == sum(step is not None and step <= 2 for step in steps)
    assert found.at_all == sum(step is not None for step in steps)
    assert arrival.rate(net).reachable_pairs == sum(len(reached) - 1 for reached in lengths.values())


@patient
@given(spoken_maps())
def test_shares_grow_with_the_hops(net):
    found = arrival.headline(net)
    if found.total is None:
        assert found.reason in {"no_voiced_audience", "no_pairs"}
        return
    total = found.total
    assert total.direct <= total.within_two <= total.at_all <= total.pairs - total.unknown


@patient
@given(maps(least=3, most=6, audiences=1), st.data())
def test_another_line_never_lowers_arrival(net, data):
    absent = [pair for pair in pairs_of(net.actors) if pair not in net.lived]
    if not absent:
        return
    extra = data.draw(st.sampled_from(absent))
    more = Network.from_edges([*net.lived, extra], actors=net.actors, audiences=net.audiences)
    assert arrival.rate(more).rate >= arrival.rate(net).rate
    before, after = arrival.headline(net), arrival.headline(more)
    assert (after.direct, after.within_two, after.at_all) >= (before.direct, before.within_two, before.at_all)
    some = dict.fromkeys(net.lived[:10], HALF)
    source, target = net.actors[0], net.actors[-1]
    assert (
        arrival.chance_of({**some, extra: HALF}, source, target).value
        >= arrival.chance_of(some, source, target).value - 1e-12
    )


@patient
@given(maps(least=2, audiences=1), st.randoms(use_true_random=False))
def test_names_and_order_change_nothing(net, random):
    order = random.sample(net.actors, len(net.actors))
    other = renamed(net, order)
    assert arrival.rate(other) == arrival.rate(net)
    assert arrival.headline(other).total == arrival.headline(net).total


@patient
@given(
    st.lists(
        st.tuples(*[st.integers(0, 7)] * 2).filter(lambda line: line[0] != line[1]), unique=True, min_size=1
    ),
    st.integers(0, 2**32),
)
def test_the_hub_changes_nothing_in_who_reaches_whom(lines, seed):
    lived = np.array(sorted(lines), dtype=np.int64)
    there_is = chances._drawn(np.full(len(lived), 0.5), 64, np.random.default_rng(seed))
    ways = chances._Ways(lived, there_is, 8)
    for goal in range(8):
        got = [int(word) for word in ways.to(goal)[:, 0]]
        for world in range(64):
            rows = zip(lived.tolist(), there_is[:, 0].tolist(), strict=True)
            graph = nx.DiGraph([line for line, row in rows if row >> world & 1])
            graph.add_nodes_from(range(8))
            assert {place for place in range(8) if got[place] >> world & 1} == {
                goal,
                *nx.ancestors(graph, goal),
            }


def test_a_large_map_gives_the_chance_for_every_audience():
    names = [f"a{place}" for place in range(10_100)]
    rows = [(names[place], names[place + 1]) for place in range(100)] + [
        ("a0", one) for one in names[10_070:]
    ]
    net = Network.from_edges(
        rows, actors=names, audiences=names[10_070:], answers=dict.fromkeys(rows, (1.0, 1))
    )
    found = chances.find(net, seed=1)
    assert (found.method, len(found.by_audience)) == ("1024 worlds", 30)
    # One speaker of 10 070 has a line of 3 in 4 to each.
    for chance in found.by_audience.values():
        assert abs(chance * 10_070 - 0.75) < 0.07
