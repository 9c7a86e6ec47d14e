"""The fewest lines to cut: by hand, by every order, and by a program that knows no cycles, only orders."""

from __future__ import annotations

import random
from itertools import combinations, permutations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from map_helpers import maps, patient, renamed, second
from workshopkit.analysis import feedback
from workshopkit.network.network import Network

EXACT, UPPER_BOUND = "exact", "upper bound"


def complete(names):
    return list(permutations(names, 2))


def ring(count):
    return [(place, (place + 1) % count) for place in range(count)]


def fewest(rows, **more):
    return feedback.fewest(Network.from_edges([(str(a), str(b)) for a, b in rows]).out, **more)


def scattered(places, lines, seed):
    return random.Random(seed).sample(complete(range(places)), lines)  # noqa: S311 - maps, no secrets


def by_order(rows):
    """Give the same as an integer program over orders: who stands before whom, and no three in a ring."""
    places = sorted({end for row in rows for end in row})
    number = {pair: place for place, pair in enumerate(combinations(places, 2))}

    def before(a, b):
        return (number[a, b], 1) if a < b else (number[b, a], -1)

    cost, behind = np.zeros(len(number)), 0
    for a, b in rows:
        place, sign = before(b, a)
        cost[place] += sign
        behind += sign < 0
    rings = np.zeros((2 * len(list(combinations(places, 3))), len(number)))
    most = []
    for row, (a, b, c) in enumerate(
        ring for three in combinations(places, 3) for ring in (three, three[::-1])
    ):
        steps = [before(a, b), before(b, c), before(c, a)]
        for place, sign in steps:
            rings[row, place] += sign
        most.append(2 - sum(sign < 0 for _, sign in steps))
    found = milp(
        cost,
        constraints=LinearConstraint(rings, ub=np.array(most)),
        bounds=Bounds(0, 1),
        integrality=np.ones(len(cost)),
    )
    assert found.status == 0
    return round(found.fun) + behind


def test_by_hand():
    assert fewest(["ab", "bc", "ca", "bd", "da"]) == (1, EXACT), "two cycles that share the line a→b"
    assert fewest(complete("abcde")) == (10, EXACT)
    assert fewest(["ab", "ba"]) == (1, EXACT)
    assert fewest(["ab", "bc", "ac"]) == (0, EXACT)
    assert fewest([]) == (0, EXACT)
    assert fewest(complete("abcdefghijklmn")) == (91, EXACT)


def test_a_large_part_with_few_lines_is_exact():
    assert fewest(ring(100)) == (1, EXACT)
    there_and_back = [*ring(24), *((b, a) for a, b in ring(24))]
    assert fewest(there_and_back) == (24, EXACT), "one of each pair, and no order needs more"
    grid = nx.convert_node_labels_to_integers(nx.grid_2d_graph(7, 7)).to_directed()
    assert fewest(grid.edges) == (84, EXACT)


@pytest.mark.parametrize(("places", "lines"), [(18, 60), (19, 90), (20, 130), (20, 180)])
def test_a_tangle_of_up_to_two_hundred_lines_is_as_an_order_has_it(places, lines):
    rows = scattered(places, lines, places)
    assert fewest(rows) == (by_order(rows), EXACT)


def test_where_fractions_do_not_come_out_whole():
    """Two hundred lines of which halves would do: the program has to be solved without."""
    rows = [(a, (a + step) % 40) for a in range(40) for step in (1, 2, 3, 7, 11)]
    assert fewest(rows) == (24, EXACT)


def test_above_two_hundred_lines_and_out_of_time_it_is_called_a_bound():
    assert fewest(complete(range(25))) == (300, UPPER_BOUND)
    rows = scattered(20, 130, 0)
    bound, method = fewest(rows, seconds=0)
    assert method == UPPER_BOUND
    assert bound >= fewest(rows)[0]


def test_parts_are_summed_and_one_bound_makes_it_a_bound():
    large = [(f"x{a}", f"x{b}") for a, b in complete(range(25))]
    assert fewest([*ring(3), *large]) == (301, UPPER_BOUND)
    assert fewest([*ring(3), *((f"x{a}", f"x{b}") for a, b in ring(4)), (0, "x0")]) == (2, EXACT)


@patient
@given(maps(most=6))
def test_the_fewest_lines_are_those_of_the_best_order(net):
    arcs = [(net.index[a], net.index[b]) for a, b in net.lived]
    best = min(sum(order[a] > order[b] for a, b in arcs) for order in permutations(range(len(net.actors))))
    assert feedback.fewest(net.out) == (best, EXACT)


@patient
@given(maps(least=2, most=9), st.randoms(use_true_random=False))
def test_each_way_to_solve_a_part_gives_the_same_and_the_ordering_never_less(net, chance):
    later = float("inf")
    for part in nx.strongly_connected_components(second(net)):
        if len(part) > 1:
            weights = {
                net.index[a]: {net.index[b]: chance.randint(1, 3) for b in second(net)[a] if b in part}
                for a in part
            }
            exact = feedback._listed(weights)
            assert feedback._solved(weights, later) == exact <= feedback._ordered(weights)


@settings(patient, max_examples=10)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_names_and_order_change_nothing(seed, chance):
    net = Network.from_edges([(str(a), str(b)) for a, b in scattered(18, 50, seed)])
    other = renamed(net, chance.sample(net.actors, len(net.actors)))
    assert feedback.fewest(other.out) == feedback.fewest(net.out)
