"""Circles: closed ones only are findings; the rest is checked by hand and by networkx."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain_helpers import definition, sheet
from map_helpers import maps, patient, renamed, second, spoken_maps
from workshopkit.analysis import circles
from workshopkit.network.lines import reconcile
from workshopkit.network.network import Network

RING = ["ab", "bc", "ca", "cd"]


def complete(names):
    return [a + b for a in names for b in names if a != b]


def ring(count):
    return [(str(place), str((place + 1) % count)) for place in range(count)]


def test_a_circle_without_an_exit_is_closed_and_an_exit_opens_it():
    assert circles.closed(Network.from_edges(RING, audiences="t")).circles == (("a", "b", "c"),)
    assert circles.closed(Network.from_edges([*RING, "dt"], audiences="t")).circles == ()


def test_an_audience_in_the_circle_is_an_exit():
    assert circles.closed(Network.from_edges(["ab", "bt", "ta"], audiences="t")).circles == ()


def test_without_an_audience_that_has_a_voice_nothing_is_judged():
    assert circles.closed(Network.from_edges(RING)).circles is None
    here = definition(2, {"x": "none"})
    room = {"a": sheet("b", {"b": "yes"}), "b": sheet("a", {"a": "yes"})}
    found = circles.closed(Network.from_lines(here, reconcile(here, room)))
    assert (found.circles, found.reason) == (None, "no_voiced_audience")


def test_a_claim_to_somebody_silent_makes_a_circle_unknown():
    here = definition(3, {"x": "proxy"})
    room = {
        "a": sheet("b", {"b": "yes"}),
        "b": sheet("ac", {"a": "yes"}),
        "c": sheet("x", {}, closed=("told",)),
        "x": sheet("", {"c": "yes"}),
    }
    found = circles.closed(Network.from_lines(here, reconcile(here, room)))
    assert (found.circles, found.unknown) == ((), (("a", "b"),))
    room["c"] = sheet("x", {})
    found = circles.closed(Network.from_lines(here, reconcile(here, room)))
    assert (found.circles, found.unknown) == ((("a", "b"),), ()), "c has spoken: it heard nothing from b"


def test_a_claim_to_an_audience_without_a_voice_makes_a_circle_unknown():
    here = definition(2, {"x": "none", "y": "proxy"})
    room = {"a": sheet("bx", {"b": "yes"}), "b": sheet("a", {"a": "yes"}), "y": sheet()}
    found = circles.closed(Network.from_lines(here, reconcile(here, room)))
    assert (found.circles, found.unknown) == ((), (("a", "b"),))


def test_a_circle_that_a_divided_line_opens_says_so():
    spoken = frozenset("abt")
    net = Network(
        tuple("abt"),
        audiences=("t",),
        voiced=spoken,
        received=spoken,
        lived=(("a", "b"), ("b", "a")),
        divided=(("b", "t"),),
    )
    found = circles.closed(net)
    assert found.circles == (("a", "b"),)
    assert found.hangs_on == {("a", "b"): 1}


def test_the_shortest_cycle_counts_from_three():
    assert circles.shortest_cycle(Network.from_edges(["ab", "ba"]), "a") is None
    assert circles.two_way(Network.from_edges(["ab", "ba"])) == (("a", "b"),)
    assert circles.shortest_cycle(Network.from_edges(["ab", "ba", "bc", "ca"]), "a") == ("a", "b", "c")


@pytest.mark.parametrize(
    ("rows", "actors", "hierarchy", "connectedness", "efficiency"),
    [
        (["ab", "bc", "cb"], "", 2 / 3, 1, 0.75),
        (ring(5), "", 0, 1, 0.9375),
        (["ab", "ba", "bc", "cd"], "", 0.8333, 1, 0.8889),
        (complete("abcde"), "", 0, 1, 0),
        (["ab", "ac", "bd", "be"], "", 1, 1, 1),
        (["ab"], "abc", 1, 1 / 3, 1),
        ([], "abc", None, 0, None),
        ([], "", None, None, None),
    ],
)
def test_order_after_krackhardt(rows, actors, hierarchy, connectedness, efficiency):
    found = circles.order(Network.from_edges(rows, actors=actors))
    assert (found.hierarchy, found.connectedness, found.efficiency) == tuple(
        None if value is None else pytest.approx(value, abs=1e-4)
        for value in (hierarchy, connectedness, efficiency)
    )


@patient
@given(maps(most=6))
def test_shortest_cycles_are_those_of_networkx(net):
    cycles = [cycle for cycle in nx.simple_cycles(second(net)) if len(cycle) > 2]
    for actor in net.actors:
        expected = min((len(cycle) for cycle in cycles if actor in cycle), default=None)
        found = circles.shortest_cycle(net, actor)
        assert (None if found is None else len(found)) == expected
        if found:
            assert found[0] == actor
            assert nx.is_path(second(net), [*found, actor])


@patient
@given(maps())
def test_two_way_pairs_are_the_reciprocity_of_networkx(net):
    if net.lived:
        assert 2 * len(circles.two_way(net)) / len(net.lived) == pytest.approx(
            nx.overall_reciprocity(second(net))
        )


@patient
@given(maps(least=3, audiences=1))
def test_circles_are_those_of_networkx(net):
    other = second(net)
    parts = [part for part in nx.strongly_connected_components(other) if len(part) > 1]
    found = circles.find(net)
    assert set(map(frozenset, found.closed.circles)) == {
        frozenset(part)
        for part in parts
        if not any(nx.has_path(other, next(iter(part)), audience) for audience in net.audiences)
    }
    assert found.on_a_cycle == sum(map(len, parts))
    assert found.largest == max([1, *map(len, parts)])


@patient
@given(spoken_maps())
def test_what_is_unknown_is_never_a_finding(net):
    found = circles.closed(net)
    if found.circles is None:
        assert not net.voiced & set(net.audiences)
        return
    assert not set(found.circles) & set(found.unknown)
    lived, possible = second(net), second(net, {*net.lived, *net.into_silence})
    for part in found.circles:
        assert not any(nx.has_path(possible, part[0], audience) for audience in net.audiences)
    for part in found.unknown:
        assert not any(nx.has_path(lived, part[0], audience) for audience in net.audiences)


@patient
@given(maps(least=3, audiences=1), st.randoms(use_true_random=False))
def test_names_and_order_change_nothing(net, random):
    other = circles.find(renamed(net, random.sample(net.actors, len(net.actors))))
    found = circles.find(net)
    assert (other.order, other.largest) == (found.order, found.largest)
    assert sorted(map(len, other.closed.circles)) == sorted(map(len, found.closed.circles))
