"""Betweenness, constraint and effective size: by hand, by networkx, and what holds on any map."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from map_helpers import maps, patient, renamed, second
from workshopkit.analysis import brokers, load
from workshopkit.network.network import Network

LARGE = [
    nx.karate_club_graph(),
    nx.krackhardt_kite_graph(),
    nx.florentine_families_graph(),
    nx.davis_southern_women_graph(),
    nx.les_miserables_graph(),
]


def read(graph):
    """Read one of networkx's data sets, each line both ways, without its weights."""
    return Network.from_edges(
        [(str(a), str(b)) for a, b in graph.edges], actors=map(str, graph), undirected=True
    )


def by_networkx(net):
    """Give constraint and effective size as networkx has them; it calls what is undefined nan.

    On a directed graph its constraint is undefined for everybody who tells nobody, so it gets the ties with their
    weights.
    """
    ties = nx.Graph()
    ties.add_nodes_from(net.actors)
    for a, b in net.lived:
        ties.add_edge(a, b, weight=1 + ((b, a) in net.lived))
    everybody = list(net.actors)
    found = nx.constraint(ties, nodes=everybody, weight="weight"), nx.effective_size(ties, nodes=everybody)
    return [{actor: None if np.isnan(one) else one for actor, one in values.items()} for values in found]


def test_in_a_row_of_three_the_one_between_carries_one_pair():
    net = Network.from_edges(["ab", "bc"])
    assert brokers.betweenness(net) == {"a": 0, "b": 1, "c": 0}
    assert brokers.constraint(net) == {"a": 1, "b": 0.5, "c": 1}


def test_in_a_ring_of_five_everybody_carries_six():
    net = Network.from_edges(["ab", "bc", "cd", "de", "ea"])
    assert set(brokers.betweenness(net).values()) == {6}


def test_lines_are_followed_as_they_run():
    assert set(brokers.betweenness(Network.from_edges(["ba", "bc"])).values()) == {0}
    assert brokers.betweenness(Network.from_edges(["ab", "bc"], undirected=True))["b"] == 2


def test_of_two_shortest_routes_each_counts_half():
    found = brokers.betweenness(Network.from_edges(["ab", "ac", "bd", "cd"]))
    assert found == {"a": 0, "b": 0.5, "c": 0.5, "d": 0}


def test_in_a_triangle_everybody_is_held():
    net = Network.from_edges(["ab", "bc", "ca"])
    assert brokers.constraint(net) == pytest.approx(dict.fromkeys("abc", 1.125))
    assert brokers.effective_size(net) == pytest.approx(dict.fromkeys("abc", 1))


def test_in_a_star_of_three_the_centre_is_free():
    net = Network.from_edges(["ab", "ac", "ad"])
    assert brokers.constraint(net) == pytest.approx({"a": 1 / 3, "b": 1, "c": 1, "d": 1})
    assert brokers.effective_size(net) == {"a": 3, "b": 1, "c": 1, "d": 1}


def test_a_two_way_pair_weighs_twice_in_constraint_and_once_in_effective_size():
    one_way, two_way = Network.from_edges(["ab", "ac"]), Network.from_edges(["ab", "ba", "ac"])
    assert brokers.constraint(one_way)["a"] == pytest.approx(1 / 2)
    assert brokers.constraint(two_way)["a"] == pytest.approx((2 / 3) ** 2 + (1 / 3) ** 2)
    assert brokers.effective_size(one_way)["a"] == brokers.effective_size(two_way)["a"] == 2


def test_who_has_no_line_has_no_constraint_and_no_effective_size():
    row = brokers.find(Network.from_edges(["ab"], actors="abc")).rows[-1]
    assert row == brokers.Broker("c", 0.0, None, None, 0, 5)
    assert brokers.find(Network.from_edges([])) == brokers.Brokers((), "exact")


def test_the_highest_come_first_and_equals_by_name():
    net = Network.from_edges(["yb", "bz", "za"], actors="zyba")
    assert [row.actor for row in brokers.find(net).rows] == ["b", "z", "a", "y"]
    assert {row.actor: row.load for row in brokers.find(net).rows} == load.find(net)


def test_a_capacity_that_was_given_counts():
    net = replace(Network.from_edges(["ab", "cb"]), capacities={"b": 1})
    assert {row.actor: row.capacity for row in brokers.find(net).rows} == {"a": 5, "b": 1, "c": 5}
    assert load.overload(load.find(net), load.capacity(load.find(net), net.capacities)) == 1


def test_above_a_thousand_actors_the_first_hundred_are_listed():
    ring = [(f"{place:04}", f"{(place + 1) % 1001:04}") for place in range(1001)]
    assert len(brokers.find(Network.from_edges(ring[:-1], actors=["0000"])).rows) == 100
    whole = Network.from_edges([row for row in ring if "1000" not in row])
    assert len(brokers.find(whole).rows) == 1000


def test_with_every_actor_as_a_pivot_the_estimate_is_exact():
    rng = np.random.default_rng(5)
    net = Network.from_edges([map(str, row) for row in rng.integers(30, size=(90, 2))])
    found = brokers._carried(net, rng.permutation(len(net.actors)))
    assert found == pytest.approx(list(brokers.betweenness(net).values()))


def test_on_a_large_map_betweenness_is_estimated_and_called_so(monkeypatch):
    monkeypatch.setattr(brokers, "EXACT_ACTORS", 300)
    monkeypatch.setattr(brokers, "MANY_ACTORS", 300)
    spokes = [(f"{place}", "hub") for place in range(200)] + [
        ("hub", f"{place}") for place in range(200, 400)
    ]
    net = Network.from_edges(spokes)
    found = brokers.find(net, seed=3)
    assert found.method == "256 pivots"
    assert found.rows[0].actor == "hub"
    assert found.rows[0].betweenness == pytest.approx(200 * 200, rel=0.25)
    assert found == brokers.find(net, seed=3)


@patient
@given(maps())
def test_betweenness_is_that_of_networkx(net):
    assert brokers.betweenness(net) == pytest.approx(nx.betweenness_centrality(second(net), normalized=False))


@patient
@given(maps())
def test_constraint_and_effective_size_are_those_of_networkx(net):
    held, size = by_networkx(net)
    assert brokers.constraint(net) == pytest.approx(held)
    assert brokers.effective_size(net) == pytest.approx(size)


@pytest.mark.parametrize("graph", LARGE, ids=lambda graph: graph.name or f"{len(graph)} actors")
def test_known_maps_are_as_networkx_has_them(graph):
    net = read(graph)
    held, size = by_networkx(net)
    assert brokers.betweenness(net) == pytest.approx(
        {str(one): 2 * value for one, value in nx.betweenness_centrality(graph, normalized=False).items()}
    )
    assert brokers.constraint(net) == pytest.approx(held)
    assert brokers.effective_size(net) == pytest.approx(size)


def test_the_medici_stand_between_the_families_of_florence():
    found = brokers.find(read(nx.florentine_families_graph())).rows[0]
    assert found.actor == "Medici"
    assert found.betweenness == pytest.approx(2 * 47.5)


def test_heather_joins_the_tail_of_the_kite():
    found = brokers.find(read(nx.krackhardt_kite_graph())).rows[0]
    assert (found.actor, found.betweenness) == ("7", 28)


@patient
@given(maps())
def test_other_names_in_another_order_change_nothing(net):
    order = net.actors[::-1]
    other = renamed(net, order)
    for measure in (brokers.betweenness, brokers.constraint, brokers.effective_size):
        found = measure(other)
        assert {actor: found[f"n{place}"] for place, actor in enumerate(order)} == pytest.approx(measure(net))


@patient
@given(maps())
def test_an_actor_without_lines_changes_nothing_for_the_others(net):
    more = Network.from_edges(net.lived, actors=(*net.actors, "alone"))
    for measure in (brokers.betweenness, brokers.constraint, brokers.effective_size):
        found = measure(more)
        assert found.pop("alone") in {0, None}
        assert found == pytest.approx(measure(net))


@patient
@given(maps())
def test_values_stay_in_their_range_and_are_plain_numbers(net):
    n = len(net.actors)
    for row in brokers.find(net).rows:
        assert 0 <= row.betweenness <= (n - 1) * (n - 2)
        assert type(row.betweenness) is float
        assert (row.constraint is None) == (row.effective_size is None) == (row.load == 0)
        if row.constraint is not None:
            assert row.constraint > 0
            assert 1 <= row.effective_size <= n - 1
            assert type(row.constraint) is type(row.effective_size) is float
