"""Detours: the hand-worked map, silence, ways that the receiver named, and what never may be called lost."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from domain_helpers import definition, sheet
from map_helpers import patient, second, spoken_maps
from test_network_lines import THREE
from workshopkit.analysis import arrays, detours, hops
from workshopkit.analysis.arrays import Rows
from workshopkit.network.lines import reconcile
from workshopkit.network.network import Network


def found(here, sheets):
    return detours.find(Network.from_lines(here, reconcile(here, sheets)))


def by_pair(result):
    return {line.source + line.target: line for line in result.lines}


def test_three_actors_all_spoken():
    result = found(definition(3), THREE)
    assert (result.straight, result.via, result.did_not_arrive) == (1, {1: 1}, 1)
    assert (result.unknown, result.heard_via_unknown) == (0, 0)
    lines = by_pair(result)
    assert [(pair, lines[pair].stops) for pair in ("ab", "ac", "ca")] == [("ab", 0), ("ac", 1), ("ca", None)]
    assert lines["ca"].outcome == "did_not_arrive"


def test_a_receiver_that_never_answered_leaves_its_lines_unknown():
    result = found(definition(3), {**THREE, "c": sheet("a", closed=("told",))})
    lines = by_pair(result)
    assert lines["ac"].outcome == "unknown"
    assert lines["ca"].outcome == "did_not_arrive"


def test_a_route_through_somebody_silent_may_be_there():
    room = {"a": sheet("bc"), "b": sheet("", {}, closed=("told",)), "c": sheet("", {"b": "yes"})}
    lines = by_pair(found(definition(3), room))
    assert lines["ac"].outcome == "unknown", "a says that it told b, and b told c"
    assert lines["ab"].outcome == "unknown"


def test_an_audience_without_a_voice_is_unknown():
    lines = by_pair(found(definition(2, {"x": "none"}), {"a": sheet("bx"), "b": sheet()}))
    assert lines["ax"].outcome == "unknown"
    assert lines["ab"].outcome == "did_not_arrive"


def test_only_what_the_receiver_named_may_be_said_to_run_via():
    room = {
        "a": sheet("d"),
        "b": sheet("", {"a": "yes"}),
        "c": sheet("", {"a": "yes"}),
        "d": sheet("", {"a": "via:c", "b": "yes"}),
    }
    line = by_pair(found(definition(4), room))["ad"]
    assert (line.outcome, line.stops, line.ways) == ("via", 1, ("c",))
    assert line.route == ("a", "c", "d"), "of two short routes the one that the receiver named"
    assert line.could_run_via == ()
    room["d"] = sheet("", {"b": "yes", "c": "yes"})
    line = by_pair(found(definition(4), room))["ad"]
    assert (line.ways, line.could_run_via) == ((), ("b",))


def test_hearing_by_the_press_is_never_called_lost():
    room = {"a": sheet("b"), "b": sheet("", {"a": "via:press"})}
    result = found(definition(2), room)
    assert (result.heard_via_unknown, result.did_not_arrive) == (1, 0)
    assert result.lines[0].ways == ("press",)


def test_an_outcome_that_hangs_on_divided_lines_says_so():
    spoken = frozenset("abcd")
    net = Network(
        actors=tuple("abcd"),
        received=spoken,
        voiced=spoken,
        believed=(("a", "c"), ("a", "d")),
        lived=(("b", "c"), ("b", "d"), ("a", "d")),
        divided=(("a", "b"),),
    )
    lost, straight = detours.find(net).lines
    assert (lost.outcome, lost.hangs_on) == ("did_not_arrive", 1)
    assert (straight.outcome, straight.hangs_on) == ("straight", 0)


def test_nobody_believes_anything():
    nothing = Network.from_edges([])
    assert detours.find(nothing) == detours.Detours(nothing, 0, {}, 0, 0, 0)
    assert detours.find(nothing).lines == ()


@patient
@given(spoken_maps())
def test_outcomes_exclude_each_other_and_sum_to_the_believed_lines(net):
    result = detours.find(net)
    via = sum(result.via.values())
    assert len(net.believed) == (
        result.straight + via + result.heard_via_unknown + result.unknown + result.did_not_arrive
    )
    assert [(line.source, line.target) for line in result.lines] == list(net.believed)
    assert Counter(line.outcome for line in result.lines) == +Counter(
        straight=result.straight,
        via=via,
        heard_via_unknown=result.heard_via_unknown,
        unknown=result.unknown,
        did_not_arrive=result.did_not_arrive,
    )
    assert Counter(line.stops for line in result.lines if line.outcome == "via") == result.via


@patient
@given(spoken_maps())
def test_outcomes_are_what_networkx_finds(net):
    lived, possible = second(net), second(net, {*net.lived, *net.into_silence})
    for line in detours.find(net).lines:
        pair = line.source, line.target
        if line.target not in net.received:
            assert line.outcome == "unknown"
        elif nx.has_path(lived, *pair):
            stops = nx.shortest_path_length(lived, *pair) - 1
            assert (line.outcome, line.stops) == ("via" if stops else "straight", stops)
            assert nx.is_path(lived, line.route)
        elif pair in net.ways:
            assert line.outcome == "heard_via_unknown"
        else:
            assert line.outcome == ("unknown" if nx.has_path(possible, *pair) else "did_not_arrive")


@pytest.mark.parametrize("at_a_time", [1, 300, 1 << 24])
def test_hops_are_those_of_networkx_however_many_pairs_are_sought_at_a_time(monkeypatch, at_a_time):
    monkeypatch.setattr(hops, "_AT_A_TIME", at_a_time)
    for seed, lines in enumerate((0, 30, 60, 60, 90, 200)):
        graph = nx.gnm_random_graph(40, lines, seed=seed, directed=True)
        source, target = arrays.ends(
            Network.from_edges([], actors=map(str, graph)), [(str(a), str(b)) for a, b in graph.edges]
        ).T
        pairs = list(permutations(graph, 2))
        found = hops.between(Rows(source, target, 40), Rows(target, source, 40), *np.array(pairs).T)
        far = dict(nx.all_pairs_shortest_path_length(graph))
        assert found.tolist() == [far[a].get(b, 0) for a, b in pairs]
