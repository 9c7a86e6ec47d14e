"""The formal chart: what cannot stand on it, and what it says beside the lived map."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain_helpers import definition, payload, sheet
from map_helpers import second
from workshopkit.analysis import drawn, formal
from workshopkit.network.formal import faults, loop, pairs
from workshopkit.network.lines import reconcile
from workshopkit.network.network import Network
from workshopkit.room import definitions
from workshopkit.room.definitions import BadDefinition

HERE = definition(4, {"t": "proxy"})
_PAIRS = st.lists(
    st.tuples(*[st.sampled_from("abcde")] * 2).filter(lambda pair: pair[0] != pair[1]), unique=True
)


def said(chart):
    return [message.format(**values) for message, values in faults(chart, HERE.by_id)]


@pytest.mark.parametrize(
    ("chart", "told"),
    [
        ([("a", "b"), ("a", "c"), ("c", "d")], []),
        (
            [("a", "x")],
            ["the reporting lines name “x”, which is not on the map: add it, or take that line out"],
        ),
        ([("a", "t")], ["T is an audience and stands outside the reporting lines: take that line out"]),
        ([("a", "a")], ["Team A cannot report to itself: take that reporting line out"]),
        ([("a", "c"), ("b", "c")], ["Team C reports to Team A, Team B: keep one of them"]),
        (
            [("a", "b"), ("b", "c"), ("c", "a")],
            ["the reporting lines go round: Team C → Team A → Team B → Team C; take one of them out"],
        ),
    ],
)
def test_what_cannot_stand_on_a_chart(chart, told):
    assert said(chart) == told


@given(_PAIRS)
def test_a_loop_is_found_where_networkx_finds_one(chart):
    bosses = {}
    for boss, reporter in chart:
        bosses.setdefault(reporter, boss)
    found = loop(bosses)
    graph = nx.DiGraph([(boss, reporter) for reporter, boss in bosses.items()])
    assert bool(found) == (not nx.is_directed_acyclic_graph(graph))
    assert all(bosses[found[(at + 1) % len(found)]] == one for at, one in enumerate(found))


def test_pairs_are_read_from_anything():
    assert pairs(7) == ([], 1)
    assert pairs([["a", "b"], ["a", None], {}]) == ([("a", "b")], 2)


def test_a_workshop_keeps_its_chart_and_refuses_one_that_cannot_be():
    given_ = {**payload(3), "formal": [["a", "b"], ["a", "b"], ["a", "c"]]}
    checked = definitions.check(given_)
    assert checked["formal"] == [["a", "b"], ["a", "c"]]
    assert definitions.check(checked) == checked
    assert "formal" not in definitions.check(payload(3))
    with pytest.raises(BadDefinition) as caught:
        definitions.check({**payload(3), "formal": [["a", "b"], ["b", "a"], 3]})
    assert caught.value.text("en").count("reporting lines") == 1
    assert "formal must be a list of pairs" in caught.value.text("en")


def test_used_unused_and_unknown():
    room = {
        "a": sheet("bc", {"b": "yes", "d": "yes"}),
        "b": sheet("a", {}),
        "c": sheet("", {"b": "yes"}),
        "d": sheet("", {}, closed=("told",)),
        "t": sheet("", {"c": "yes"}),
    }
    net = Network.from_lines(HERE, reconcile(HERE, room))
    found = formal.find(net, [("a", "b"), ("a", "c"), ("c", "d")])
    assert [(line.down, line.up, line.state) for line in found.lines] == [
        (False, True, "used"),
        (False, False, "unused"),
        (None, False, "unknown"),
    ]
    assert found.inside == (("b", "a"),)
    assert found.outside == (("b", "c"), ("d", "a")), "the line to the audience is not judged"
    assert found.share == 1 / 3
    assert [line.reporter for line in found.having("unused")] == ["c"]
    assert formal.find(net, []).share is None


@given(_PAIRS, _PAIRS)
def test_inside_and_outside_are_the_lived_lines_between_places_of_the_chart(edges, chart):
    net = Network.from_edges(edges, actors="abcde")
    found = formal.find(net, chart)
    tree = nx.Graph(chart)
    between = second(net).subgraph(tree.nodes).edges
    assert set(found.inside) | set(found.outside) == set(between)
    assert all(tree.has_edge(*pair) for pair in found.inside)
    assert not any(tree.has_edge(*pair) for pair in found.outside)
    assert all((line.state == "used") == (net_has(net, line)) for line in found.lines)


def net_has(net, line):
    return bool({(line.boss, line.reporter), (line.reporter, line.boss)} & set(net.lived))


# A drawing beside the lived map -----------------------------------------------------------------------------------


def test_a_drawing_is_compared_with_who_has_spoken():
    room = {
        "a": sheet("b"),
        "b": sheet("", {"a": "yes", "c": "yes"}),
        "c": sheet("", {}, closed=("told",)),
        "t": sheet("", {"a": "yes"}),
    }
    net = Network.from_lines(HERE, reconcile(HERE, room))
    found = drawn.compare(net, [("a", "b"), ("d", "b"), ("a", "c"), ("a", "a"), ("x", "a")])
    assert found.seen == (("a", "b"),)
    assert found.mistaken == (("d", "b"),)
    assert found.unknown == (("a", "c"),), "who is silent proves nobody wrong"
    assert found.unseen == (("a", "t"), ("c", "b")), "what reaches an audience comes first"
    assert found.drawn == 3


@given(_PAIRS, _PAIRS)
def test_every_line_is_in_one_part(edges, guess):
    net = Network.from_edges(edges, actors="abcde")
    found = drawn.compare(net, guess)
    assert {*found.seen, *found.mistaken} == set(guess)
    assert {*found.seen, *found.unseen} == set(net.lived)
    assert found.unknown == ()
    assert found.drawn == len(set(guess))
