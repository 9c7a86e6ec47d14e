"""Core and shell: by hand, by networkx, and what holds on any map."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given

from map_helpers import maps, patient, renamed, second
from workshopkit.analysis import cores
from workshopkit.network.network import Network

PENDANTS = [a + b for a, b in combinations("abcd", 2)] + ["ae", "bf", "cg", "dh"]


def test_four_who_are_all_tied_with_a_pendant_each():
    net = Network.from_edges(PENDANTS)
    assert cores.core(net) == cores.Core(tuple("abcd"))
    assert cores.coreness(net) == {**dict.fromkeys("abcd", 3), **dict.fromkeys("efgh", 1)}


def test_the_core_of_a_star_is_its_centre():
    assert cores.core(Network.from_edges(["ba", "ca", "da"])).members == ("a",)


def test_a_ring_has_no_single_core():
    net = Network.from_edges(["ab", "bc", "cd", "de", "ea"])
    assert cores.core(net) == cores.Core(None, "tie")
    assert set(cores.coreness(net).values()) == {2}


def test_without_lines_there_is_no_core():
    assert cores.core(Network.from_edges([], actors="abc")) == cores.Core(None, "no_lines")
    assert cores.core(Network.from_edges([])) == cores.Core(None, "no_lines")
    assert cores.coreness(Network.from_edges([])) == {}


@pytest.mark.parametrize(
    "graph", [nx.karate_club_graph(), nx.krackhardt_kite_graph(), nx.les_miserables_graph()]
)
def test_coreness_of_known_maps_is_that_of_networkx(graph):
    net = Network.from_edges([(str(a), str(b)) for a, b in graph.edges], actors=map(str, graph))
    assert cores.coreness(net) == {str(one): k for one, k in nx.core_number(graph).items()}


@patient
@given(maps())
def test_coreness_is_that_of_networkx(net):
    found = cores.coreness(net)
    assert found == nx.core_number(second(net).to_undirected())
    assert list(found) == list(net.actors)


@patient
@given(maps(least=2))
def test_a_core_is_the_best_split_and_the_only_one_of_its_size(net):
    """Lip's split has the fewest ties that should not be there: none between shell and shell, all in the core."""
    ties = second(net).to_undirected()
    found = cores.core(net)
    if found.members is None:
        return

    def wrong(core):
        rest = set(ties) - set(core)
        missing = len(core) * (len(core) - 1) // 2 - ties.subgraph(core).number_of_edges()
        return missing + ties.subgraph(rest).number_of_edges()

    least = min(wrong(some) for k in range(1, len(ties) + 1) for some in combinations(net.actors, k))
    assert wrong(found.members) == least
    assert [some for some in combinations(net.actors, len(found.members)) if wrong(some) == least] == [
        found.members
    ]


@patient
@given(maps())
def test_other_names_in_another_order_change_nothing(net):
    order = net.actors[::-1]
    other = renamed(net, order)
    numbers, found = cores.coreness(other), cores.core(net).members
    assert {actor: numbers[f"n{place}"] for place, actor in enumerate(order)} == cores.coreness(net)
    turned = cores.core(other).members
    assert (turned and {order[int(one[1:])] for one in turned}) == (found and set(found))


@patient
@given(maps())
def test_an_actor_without_lines_is_in_the_shell(net):
    more = Network.from_edges(net.lived, actors=(*net.actors, "alone"))
    assert cores.coreness(more) == {**cores.coreness(net), "alone": 0}
    assert cores.core(more) == cores.core(net)
