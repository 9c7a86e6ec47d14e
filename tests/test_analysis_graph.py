"""Reach, routes and components, against networkx."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
from hypothesis import given

from map_helpers import maps, patient, second
from workshopkit.analysis import graph


def named(net, parts):
    return {frozenset(net.actors[place] for place in part) for part in parts}


@patient
@given(maps())
def test_reach_is_that_of_networkx(net):
    other = second(net)
    rows = graph.masks(net.out)
    for place, mask in enumerate(graph.closure(net.out)):
        expected = nx.descendants(other, net.actors[place])
        assert {net.actors[there] for there in graph.bits(mask)} == expected
        assert graph.reach(rows, 1 << place) == mask | 1 << place


@patient
@given(maps())
def test_components_are_those_of_networkx(net):
    other = second(net)
    assert named(net, graph.components(net.out)) == set(
        map(frozenset, nx.strongly_connected_components(other))
    )
    assert named(net, graph.weak_components(net.out)) == set(
        map(frozenset, nx.weakly_connected_components(other))
    )


@patient
@given(maps())
def test_routes_are_as_short_as_those_of_networkx(net):
    lengths = dict(nx.all_pairs_shortest_path_length(second(net)))
    for source, start in net.index.items():
        for target, end in net.index.items():
            way = graph.route(net.out, start, end)
            if target not in lengths[source]:
                assert way is None
                continue
            assert len(way) - 1 == lengths[source][target]
            assert (way[0], way[-1]) == (start, end)
            assert all(there in net.out[here] for here, there in pairwise(way))


@patient
@given(maps(most=10))
def test_articulation_points_are_those_of_networkx(net):
    found = {net.actors[place] for place in graph.articulation_points(net.out)}
    assert found == set(nx.articulation_points(second(net).to_undirected()))


def test_of_two_short_routes_the_preferred_one_is_taken():
    diamond = [(1, 2), (3,), (3,), ()]
    assert graph.route(diamond, 0, 3) == (0, 1, 3)
    assert graph.route(diamond, 0, 3, prefer={2}) == (0, 2, 3)


def test_a_long_line_of_actors_does_not_exhaust_the_stack():
    long = [(place + 1,) for place in range(20_000)] + [(0,)]
    assert [len(part) for part in graph.components(long)] == [20_001]
