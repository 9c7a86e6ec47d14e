"""Roles between groups: by hand, by trying every triple, and what holds on any map."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from itertools import permutations

import pytest
from hypothesis import given

from map_helpers import maps, patient, renamed, second
from workshopkit.analysis import roles
from workshopkit.network.network import Network


def row_of(names):
    """Give i→v→j, each in the group that its name begins with."""
    i, v, j = names.split()
    return Network.from_edges([(i, v), (v, j)], groups={one: one[0] for one in (i, v, j)})


@pytest.mark.parametrize(
    ("names", "role"),
    [
        ("a1 a2 a3", "coordinator"),
        ("a1 b a2", "itinerant"),
        ("a b1 b2", "gatekeeper"),
        ("a1 a2 b", "representative"),
        ("a b c", "liaison"),
    ],
)
def test_each_role_once_and_never_beside_a_straight_line(names, role):
    net = row_of(names)
    i, v, j = names.split()
    found = roles.find(net)
    assert found[v] == roles.Roles(**{role: 1})
    assert found[i] == found[j] == roles.Roles()
    straight = Network.from_edges([*net.lived, (i, j)], groups=net.groups)
    assert set(roles.find(straight).values()) == {roles.Roles()}
    back = Network.from_edges([*net.lived, (j, i)], groups=net.groups)
    assert roles.find(back)[v] == roles.Roles(**{role: 1}), "a line back does not make the way shorter"


def test_who_hears_back_what_it_said_is_no_pair():
    net = Network.from_edges(["ab", "ba"], groups={"a": "x", "b": "y"})
    assert set(roles.find(net).values()) == {roles.Roles()}


def test_only_actors_with_a_group_count():
    net = Network.from_edges(["ab", "bc", "bd"], groups={"a": "x", "b": "x", "c": "x"})
    assert roles.find(net) == {"a": roles.Roles(), "b": roles.Roles(coordinator=1), "c": roles.Roles()}
    assert roles.find(Network.from_edges(["ab", "bc"])) == {}
    assert roles.find(Network.from_edges(["ab", "bc"], groups={"a": "", "b": ""}))["b"] == roles.Roles()
    assert type(roles.find(net)["b"].coordinator) is int


@patient
@given(maps(groups=3))
def test_roles_are_those_of_every_triple(net):
    other, group = second(net), net.groups
    expected = {actor: Counter() for actor in net.actors}
    for i, v, j in permutations(net.actors, 3):
        if other.has_edge(i, v) and other.has_edge(v, j) and not other.has_edge(i, j):
            same = (group[i] == group[v], group[v] == group[j], group[i] == group[j])
            role = {
                (True, True, True): "coordinator",
                (False, False, True): "itinerant",
                (False, True, False): "gatekeeper",
                (True, False, False): "representative",
                (False, False, False): "liaison",
            }[same]
            expected[v][role] += 1
    assert {actor: +Counter(asdict(found)) for actor, found in roles.find(net).items()} == expected


@patient
@given(maps(groups=2))
def test_other_names_in_another_order_change_nothing(net):
    order = net.actors[::-1]
    found = roles.find(renamed(net, order))
    assert {actor: found[f"n{place}"] for place, actor in enumerate(order)} == roles.find(net)


@patient
@given(maps(groups=2))
def test_with_all_lines_turned_gatekeepers_are_representatives(net):
    there = roles.find(net)
    back = roles.find(
        Network.from_edges([(b, a) for a, b in net.lived], actors=net.actors, groups=net.groups)
    )
    for actor, found in there.items():
        turned = back[actor]
        assert (found.gatekeeper, found.representative) == (turned.representative, turned.gatekeeper)
        assert (found.coordinator, found.itinerant, found.liaison) == (
            turned.coordinator,
            turned.itinerant,
            turned.liaison,
        )
