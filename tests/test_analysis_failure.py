"""What hangs on one actor or one line, and what people carry."""

from __future__ import annotations

from itertools import permutations

import networkx as nx
from hypothesis import given

from map_helpers import maps, patient, second
from workshopkit.analysis import bridges, failure, load
from workshopkit.network.network import Network


def reachable(graph, without=()):
    return {(a, b) for a in graph for b in nx.descendants(graph, a) if a not in without and b not in without}


def test_in_a_row_of_three_one_pair_breaks():
    net = Network.from_edges(["ab", "bc"])
    assert failure.find(net) == failure.Failure(("b",), {"a": 0, "b": 1, "c": 0}, "counted")
    assert failure.broken(net, "b") == (("a", "c"),)


def test_in_a_ring_of_five_six_pairs_break_without_each():
    net = Network.from_edges(["ab", "bc", "cd", "de", "ea"])
    assert set(failure.find(net).lost.values()) == {6}
    assert len(failure.broken(net, "a")) == 6


def test_the_worst_comes_first():
    net = Network.from_edges(["ab", "bc", "cd", "ce"])
    assert failure.find(net).points == ("c", "b")
    assert failure.find(net).lost == {"a": 0, "b": 3, "c": 4, "d": 0, "e": 0}


def test_a_large_map_names_its_articulation_points():
    rows = [(f"{place}", f"{place + 1}") for place in range(250)]
    found = failure.find(Network.from_edges(rows))
    assert (found.method, found.lost) == ("articulation points", None)
    assert found.points == tuple(str(place) for place in range(1, 250))


@patient
@given(maps(least=2, most=7))
def test_what_breaks_is_what_networkx_no_longer_reaches(net):
    other = second(net)
    for actor, lost in failure.find(net).lost.items():
        rest = other.copy()
        rest.remove_node(actor)
        gone = reachable(other, {actor}) - reachable(rest)
        assert set(failure.broken(net, actor)) == gone
        assert lost == len(gone)


@patient
@given(maps(least=2, most=7, groups=3))
def test_bridges_are_what_networkx_no_longer_joins(net):
    other = second(net)
    expected = {}
    for a, b in net.lived:
        rest = other.copy()
        rest.remove_edge(a, b)
        if net.groups[a] != net.groups[b] and (gone := reachable(other) - reachable(rest)):
            expected[a, b] = len(gone)
    found = bridges.find(net)
    assert {bridge.ends: bridge.lost for bridge in found.lines} == expected
    lost = failure.find(net).lost
    assert {bridge.ends[0]: bridge.lost for bridge in found.actors} == {
        actor: lost[actor]
        for actor in net.actors
        if lost[actor] and {net.groups[end] for end in nx.all_neighbors(other, actor)} - {net.groups[actor]}
    }


def test_a_bridge_names_what_it_joins():
    groups = {"a": "x", "b": "x", "c": "y", "d": "y"}
    found = bridges.find(Network.from_edges(["ab", "bc", "cd"], groups=groups))
    assert found.lines == (bridges.Bridge(("b", "c"), ("x", "y"), 4),)
    assert [(bridge.ends, bridge.domains) for bridge in found.actors] == [
        (("b",), ("x", "y")),
        (("c",), ("x", "y")),
    ]


def test_a_line_beside_which_another_way_runs_is_no_bridge():
    groups = {"a": "x", "b": "x", "c": "y", "d": "y"}
    found = bridges.find(Network.from_edges(["ab", "bc", "ac", "cd"], groups=groups))
    assert found.lines == (bridges.Bridge(("b", "c"), ("x", "y"), 2),), "a has a way by b; b has none by a"
    assert bridges.find(Network.from_edges(["ab", "ba", "bc", "ac", "cd"], groups=groups)).lines == ()


def test_a_map_without_domains_has_no_bridges():
    found = bridges.find(Network.from_edges(["ab", "bc"]))
    assert (found.actors, found.lines) == ((), ())


def test_drawing_every_line_overloads_everybody():
    names = "abcdefghijkl"
    three = [(a, names[(place + step) % 12]) for place, a in enumerate(names) for step in (1, 2, 3)]
    before = load.find(Network.from_edges(three))
    most = load.capacity(before)
    assert set(before.values()) == {6}
    assert set(most.values()) == {9}
    assert load.overload(before, most) == 0
    after = load.find(Network.from_edges(permutations(names, 2)))
    assert set(after.values()) == {22}
    assert load.overload(after, most) == 156


def test_everybody_can_carry_five():
    assert load.capacity({"a": 0, "b": 3, "c": 5}) == {"a": 5, "b": 5, "c": 8}
