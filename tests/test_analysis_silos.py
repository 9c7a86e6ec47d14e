"""Silos and walls: by hand, by listing relabellings, by networkx, and by what chance must give on average."""

from __future__ import annotations

from itertools import combinations, permutations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import entropy

from map_helpers import NAMES, maps, patient, renamed, second
from workshopkit.analysis import partitions, relabel, rewire, silos, walls
from workshopkit.network.network import Network

FIVES = "abcde", "fghij"

few = settings(patient, max_examples=40)


def halves(*parts):
    return {actor: f"g{place}" for place, part in enumerate(parts, 1) for actor in part}


def complete(part):
    return [a + b for a, b in permutations(part, 2)]


def closed_fives():
    return Network.from_edges([*complete(FIVES[0]), *complete(FIVES[1]), "af", "gb"], groups=halves(*FIVES))


def test_two_triangles_and_one_line_across():
    rows = ["ab", "bc", "ca", "de", "ef", "fd", "ad"]
    found = silos.find(Network.from_edges(rows, groups=halves("abc", "def")))
    assert found.ei == pytest.approx(-0.7143, abs=1e-4)
    assert found.expected == pytest.approx(0.2)
    assert found.modularity == pytest.approx(0.3673, abs=1e-4)
    assert [group.conductance for group in found.by_group.values()] == [pytest.approx(1 / 7)] * 2
    assert found.by_group["g1"].ei == -0.5
    assert (found.verdict, found.band, found.reason) == (None, None, "too_few_relabellings")
    assert found.by_group["g1"].p is None
    assert found.density["g1"] == {"g1": 0.5, "g2": pytest.approx(1 / 9)}


def test_two_complete_fives_and_one_line_each_way_are_more_closed():
    found = silos.find(closed_fives())
    assert found.ei == pytest.approx(-0.9048, abs=1e-4)
    assert found.expected == pytest.approx(0.1111, abs=1e-4)
    assert found.p_low == pytest.approx(1 / 126)
    assert found.band == pytest.approx((-0.1905, 0.2381), abs=1e-4)
    assert (found.verdict, found.relabellings, found.method) == ("more_closed", 126, "all")
    assert (found.lines, found.inside, found.inside_band) == (42, 40, (16, 25))
    assert found.busy_teams is False
    assert {group.verdict for group in found.by_group.values()} == {"more_closed"}


def test_a_complete_bipartite_map_is_more_open():
    rows = [pair for a in FIVES[0] for b in FIVES[1] for pair in ((a, b), (b, a))]
    found = silos.find(Network.from_edges(rows, groups=halves(*FIVES)))
    assert (found.ei, found.verdict) == (1, "more_open")
    assert found.p_high == pytest.approx(1 / 126)
    assert found.band == pytest.approx((0.04, 0.36))


def test_on_the_edge_is_as_chance():
    ring = [(a, b) for a, b in zip("abcdefghij", "bcdefghija", strict=True)]
    found = silos.find(Network.from_edges(ring, groups=halves(*FIVES)))
    assert (found.ei, found.verdict) == (-0.6, "as_chance")
    assert found.p_low == pytest.approx(0.0397, abs=1e-4)
    assert found.band == (-0.6, 0.6)
    assert found.busy_teams is None


def test_on_the_other_edge_is_as_chance_too():
    ring = [(a, b) for a, b in zip("abcdefghij", "bcdefghija", strict=True)]
    found = silos.find(Network.from_edges(ring, groups=halves("abdfh", "cegij")))
    assert (found.ei, found.band, found.verdict) == (0.6, (-0.6, 0.6), "as_chance")


def test_what_chance_shows_in_exactly_one_of_forty_cases_is_outside_the_band():
    assert silos._band(np.array([0, *[5] * 38, 9])) == (5, 5)
    assert silos._band(np.array([0, *[5] * 37, 9])) == (0, 9)


@pytest.mark.parametrize(
    ("groups", "reason"),
    [({}, "no_groups"), (halves("abc"), "one_group"), (halves("a", "b", "c"), "own_groups")],
)
def test_what_is_undefined_has_a_reason(groups, reason):
    found = silos.find(Network.from_edges(["ab", "bc"], groups=groups))
    assert found.reason == reason
    assert (found.ei, found.expected, found.band, found.verdict, found.modularity) == (None,) * 5
    assert found.walls == walls.Walls()


def test_without_lines_between_actors_of_groups_there_is_no_ei():
    found = silos.find(Network.from_edges(["ex"], groups=halves("ab", "cd")))
    assert (found.ei, found.reason) == (None, "no_lines")
    assert found.walls.findings == ()


def test_under_eighty_per_cent_of_the_receivers_there_is_no_verdict():
    net = closed_fives()
    heard = frozenset(net.actors[:7])
    few = Network(**{**vars_of(net), "received": heard, "lived": only_into(net.lived, heard)})
    found = silos.find(few)
    assert (found.verdict, found.band, found.reason) == (None, None, "coverage")
    assert found.ei is not None
    enough = frozenset(net.actors[:8])
    found = silos.find(Network(**{**vars_of(net), "received": enough, "lived": only_into(net.lived, enough)}))
    assert found.verdict is not None


def vars_of(net):
    return {name: getattr(net, name) for name in Network.__dataclass_fields__}


def only_into(pairs, heard):
    return tuple(pair for pair in pairs if pair[1] in heard)


def test_a_verdict_that_hangs_on_divided_lines_says_so():
    net = closed_fives()
    across = [(a, b) for a in FIVES[0] for b in FIVES[1] if (a, b) not in net.lived]
    found = silos.find(Network(**{**vars_of(net), "divided": (*across, *((b, a) for a, b in across))}))
    assert found.verdict == "more_closed"
    assert found.hangs_on == 48
    assert silos.find(Network(**{**vars_of(net), "divided": (("a", "g"),)})).hangs_on == 0


def test_a_verdict_that_comes_from_a_few_busy_teams_says_so():
    # Within each five everybody tells one and one alone hears all: with these loads the map could hardly differ.
    rows = [f"{a}{b}" for part in FIVES for a in part for b in part[:2] if a != b]
    found = silos.find(Network.from_edges(rows, groups=halves(*FIVES)))
    assert found.verdict == "more_closed"
    assert found.busy_teams is False
    one_star = [f"a{b}" for b in "bcde"] + [f"{b}a" for b in "bcde"] + ["bc", "fg"]
    found = silos.find(Network.from_edges(one_star, actors="abcdefghij", groups=halves(*FIVES)))
    assert found.verdict == "more_closed"
    assert found.busy_teams is True


@pytest.mark.parametrize(("size", "expected", "finding"), [(4, 8.73, True), (2, 2.18, False)])
def test_a_wall_is_a_finding_only_where_chance_would_put_lines(size, expected, finding):
    assert walls.expected(36, 12, size, size) == pytest.approx(expected, abs=0.01)
    # Twelve actors, 36 lines: two groups of this size hear nothing of each other, all others do.
    names = NAMES[:12]
    groups = [names[place : place + size] for place in range(0, 12, size)]
    apart = set(groups[0]), set(groups[1])
    free = [
        (a, b)
        for a, b in permutations(names, 2)
        if not ((a in apart[0] and b in apart[1]) or (a in apart[1] and b in apart[0]))
    ]
    lines = [free[place] for place in np.random.default_rng(4).permutation(len(free))[:36]]
    found = walls.find(Network.from_edges(lines, actors=names, groups=halves(*groups)))
    wall = next(wall for wall in found.listed if wall.groups == ("g1", "g2"))
    assert wall.expected == pytest.approx(expected, abs=0.01)
    assert wall.finding is finding
    assert (wall in found.findings) is finding


def test_few_lines_prove_no_wall_however_they_lie():
    ring = ["ab", "bc", "cd", "de", "ea"]
    (wall,) = walls.find(Network.from_edges(ring, actors="abcdefghij", groups=halves(*FIVES))).listed
    assert wall.expected == pytest.approx(2.78, abs=0.01)
    assert wall.chance == pytest.approx(1 / 126)
    assert not wall.finding


def test_a_wall_that_chance_shows_too_often_is_no_finding():
    pairs = ["ab", "ba", "cd", "dc", "fg", "gf"]
    (wall,) = walls.find(Network.from_edges(pairs, actors="abcdefghij", groups=halves(*FIVES))).listed
    # By hand: each two-way pair within one five; of the 252 fives, those that split none of the three pairs.
    # None of the pairs and all four others: too few; one pair and 3 of 4 others: 12; two pairs and 1 of 4: 12.
    assert wall.chance == pytest.approx(24 / 252)
    assert wall.expected == pytest.approx(10 / 3)
    assert not wall.finding


def test_of_three_pairs_of_groups_each_has_a_third_of_the_level():
    rows = ["ak", "ci", "dl", "ek", "fg", "fi", "gi", "he", "hg", "hj", "if", "ig", "ij", "ik", "jh", "li"]
    net = Network.from_edges(rows, actors="abcdefghijkl", groups=halves("abcd", "efgh", "ijkl"))
    wall = next(wall for wall in walls.find(net).listed if wall.groups == ("g1", "g2"))
    assert wall.expected > 3
    assert 0.05 / 3 < wall.chance < 0.05
    assert not wall.finding


def test_a_wall_needs_every_receiver_on_both_sides():
    rows = [*complete(FIVES[0]), *complete(FIVES[1])]
    net = Network.from_edges(rows, groups=halves(*FIVES))
    assert len(walls.find(net).findings) == 1
    assert walls.find(Network(**{**vars_of(net), "received": net.received - {"j"}})).listed == ()


def test_a_wall_through_which_a_divided_line_runs_says_so():
    net = Network.from_edges([*complete(FIVES[0]), *complete(FIVES[1])], groups=halves(*FIVES))
    (wall,) = walls.find(Network(**{**vars_of(net), "divided": (("a", "f"),)})).findings
    assert wall.hangs_on == 1


def test_lines_one_way_only_are_no_wall():
    found = walls.find(Network.from_edges(["ab", "cd", "ac"], groups=halves("ab", "cd")))
    assert (found.listed, found.one_way) == ((), (("g1", "g2"),))
    both = walls.find(Network.from_edges(["ab", "cd", "ac", "da"], groups=halves("ab", "cd")))
    assert (both.listed, both.one_way) == ((), ())


@pytest.mark.parametrize(
    "sizes", [(5, 5), (3, 3), (4, 2), (2, 3, 2), (1, 1, 4), (2, 2, 2, 2), (3,), (1,) * 9 + (2,), (1, 60)]
)
def test_the_table_lists_every_distinct_relabelling_once(sizes):
    rows = relabel.table(sizes)
    found = set()
    for row in rows.tolist():
        assert [row.count(group) for group in range(len(sizes))] == list(sizes)
        found.add(frozenset(frozenset(np.flatnonzero(np.array(row) == group)) for group in set(row)))
    assert len(found) == len(rows) == relabel.count(sizes)


def test_the_numbers_of_relabellings_are_those_of_the_contract():
    assert [relabel.count(sizes) for sizes in ([4, 4], [5, 5], [4, 4, 4])] == [35, 126, 5775]


def grouped():
    return maps(least=4, most=8, groups=3)


@patient
@given(grouped())
def test_modularity_and_conductance_are_those_of_networkx(net):
    found = silos.find(net)
    if found.ei is None:
        return
    inside = second(net).subgraph(net.groups)
    parts = {group: {actor for actor in net.groups if net.groups[actor] == group} for group in found.groups}
    assert found.modularity == pytest.approx(nx.community.modularity(inside, parts.values()))
    underlying = inside.to_undirected()
    for group, part in parts.items():
        rest = set(inside) - part
        if min(nx.volume(underlying, part), nx.volume(underlying, rest)):
            assert found.by_group[group].conductance == pytest.approx(nx.conductance(underlying, part))
        else:
            assert found.by_group[group].conductance is None


@patient
@given(grouped())
def test_ei_follows_from_modularity_and_degrees(net):
    found = silos.find(net)
    if found.ei is None:
        return
    m = found.lines
    by_degree = 0
    for group in found.groups:
        told = sum(net.groups[a] == group for a, _ in net.lived)
        heard = sum(net.groups[b] == group for _, b in net.lived)
        by_degree += told * heard
    assert found.ei == pytest.approx(1 - 2 * (found.modularity + by_degree / m**2))


@patient
@given(grouped())
def test_over_all_relabellings_ei_is_on_average_what_is_expected(net):
    found = silos.find(net)
    if found.ei is None:
        return
    inside = relabel.blocks(net).inside()
    assert (1 - 2 * inside / found.lines).mean() == pytest.approx(found.expected)


@few
@given(grouped())
def test_shares_and_band_are_those_of_all_orders_of_labels(net):
    """Go through all n! orders: the distinct relabellings give the same shares."""
    found = silos.find(net)
    if len(net.actors) > 7 or found.ei is None:
        return
    actors = list(net.groups)
    values = []
    for order in permutations(net.groups.values()):
        label = dict(zip(actors, order, strict=True))
        values.append(sum(label[a] == label[b] for a, b in net.lived))
    real = sum(net.groups[a] == net.groups[b] for a, b in net.lived)
    low = sum(value >= real for value in values) / len(values)
    inside = relabel.blocks(net).inside()
    assert (inside >= real).mean() == pytest.approx(low)
    if found.verdict is not None:
        assert found.p_low == pytest.approx(low)
        assert (found.verdict == "more_closed") == (low <= 0.025)


@patient
@given(grouped(), st.randoms(use_true_random=False))
def test_names_and_order_change_nothing(net, random):
    found, other = silos.find(net), silos.find(renamed(net, random.sample(net.actors, len(net.actors))))
    assert (other.ei, other.band, other.verdict, other.reason) == (
        found.ei,
        found.band,
        found.verdict,
        found.reason,
    )
    assert other.p_low == pytest.approx(found.p_low) if found.p_low else other.p_low is None
    for group, its in found.by_group.items():
        assert other.by_group[group].p == (None if its.p is None else pytest.approx(its.p))
    assert {frozenset(wall.groups) for wall in other.walls.listed} == {
        frozenset(wall.groups) for wall in found.walls.listed
    }


def test_one_group_is_judged_by_its_own_lines():
    """By hand: the share of all fives that are at least as closed as this one."""
    net = closed_fives()
    closed = 0
    for part in combinations(net.actors, 5):
        inside = sum(a in part and b in part for a, b in net.lived)
        across = sum((a in part) != (b in part) for a, b in net.lived)
        closed += (across - inside) / (across + inside) <= (2 - 20) / 22
    found = silos.find(net).by_group["g1"]
    assert closed == 2
    assert found.p == pytest.approx(2 * 2 * closed / 252), "two tails, and Holm over two groups"


def test_a_group_is_compared_with_groups_of_its_own_size():
    rows = [
        "ad",
        "cd",
        "ci",
        "dj",
        "ef",
        "ei",
        "ej",
        "fh",
        "fi",
        "fj",
        "gc",
        "he",
        "hg",
        "hi",
        "hj",
        "id",
        "je",
    ]
    net = Network.from_edges(rows, actors="abcdefghij", groups=halves("abcd", "efghij"))

    def as_closed(part, than):
        inside = sum(a in part and b in part for a, b in net.lived)
        across = sum((a in part) != (b in part) for a, b in net.lived)
        return not across + inside or (across - inside) / (across + inside) <= than + 1e-9

    found = silos.find(net).by_group
    small = [as_closed(part, found["g1"].ei) for part in combinations(net.actors, 4)]
    large = [as_closed(part, found["g2"].ei) for part in combinations(net.actors, 6)]
    low = {"g1": 2 * sum(small) / 210, "g2": 2 * sum(large) / 210}
    assert low["g1"] != low["g2"]
    first, last = sorted(low, key=low.get)
    assert found[first].p == pytest.approx(2 * low[first])
    assert found[last].p == pytest.approx(max(low[last], 2 * low[first]))


def test_holm_never_lets_a_larger_value_become_the_smaller():
    assert silos._holm({"a": 0.04, "b": 0.01, "c": 0.03}) == pytest.approx({"b": 0.03, "c": 0.06, "a": 0.06})


def test_too_many_relabellings_are_drawn_and_the_real_one_counts_among_them(monkeypatch):
    listed = silos.find(closed_fives())
    monkeypatch.setattr(relabel, "LISTED", 100)
    found = silos.find(closed_fives(), seed=3)
    assert (found.method, found.relabellings) == ("drawn", 9_999)
    assert found.p_low == pytest.approx(1 / 126, abs=0.004)
    assert found.p_low >= 1 / 10_000
    assert (found.verdict, found.band) == (listed.verdict, listed.band)
    assert found == silos.find(closed_fives(), seed=3)
    assert found.walls == listed.walls
    assert {group.verdict for group in found.by_group.values()} == {"more_closed"}


def test_of_drawn_relabellings_no_share_is_ever_zero():
    halves_ = [f"x{number}" for number in range(20)], [f"y{number}" for number in range(20)]
    rows = [(a, b) for half in halves_ for a in half for b in half[:6] if a != b]
    found = silos.find(Network.from_edges(rows, groups=halves(*halves_)))
    (wall,) = found.walls.findings
    assert wall.chance == 1 / 10_000
    assert {group.p for group in found.by_group.values()} == {4 / 10_000}


def test_a_large_map_is_drawn():
    names = [f"{group}{number}" for group in "xyz" for number in range(20)]
    rng = np.random.default_rng(2)
    rows = [(a, b) for a, b in permutations(names, 2) if rng.random() < (0.3 if a[0] == b[0] else 0.02)]
    found = silos.find(Network.from_edges(rows, groups={name: name[0] for name in names}))
    assert (found.verdict, found.method, found.p_low) == ("more_closed", "drawn", 1 / 10_000)
    assert found.busy_teams is False


@few
@given(maps(least=3, most=7))
def test_rewiring_keeps_everybodys_number_of_lines(net):
    source, target = (
        np.array([[net.index[a], net.index[b]] for a, b in net.lived]).reshape(-1, 2).astype(int).T
    )
    if not len(source):
        return
    n = len(net.actors)
    for row in rewire.rewired(source, target, n, 5, np.random.default_rng(1)):
        pairs = set(zip(source.tolist(), row.tolist(), strict=True))
        assert len(pairs) == len(net.lived), "no line is double"
        assert all(a != b for a, b in pairs)
        assert np.bincount(row, minlength=n).tolist() == np.bincount(target, minlength=n).tolist()


def test_rewiring_comes_to_every_map_with_the_same_numbers_of_lines():
    # Of four actors that each tell one and hear one, without loops, there are nine maps.
    rng = np.random.default_rng(1)
    rows = rewire.rewired(np.arange(4), np.array([1, 2, 3, 0]), 4, 900, rng)
    counts = np.unique(rows, axis=0, return_counts=True)[1]
    assert len(counts) == 9
    assert ((counts - 100) ** 2 / 100).sum() < 30, "chi-squared with 8 degrees of freedom: 30 is one in 5 000"


def test_partitions_by_hand():
    assert partitions.nmi("111222", "112233") == pytest.approx(0.5158, abs=1e-4)
    assert partitions.adjusted_rand("111222", "112233") == pytest.approx(0.2424, abs=1e-4)
    assert partitions.nmi("1122", "bbaa") == partitions.adjusted_rand("1122", "bbaa") == 1


@patient
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2))
def test_partitions_tell_as_much_of_each_other_as_scipy_finds(rows):
    one, other = zip(*rows, strict=True)
    table = np.zeros((4, 4))
    np.add.at(table, (np.array(one), np.array(other)), 1)
    both = entropy(table.sum(1)) + entropy(table.sum(0))
    found = partitions.nmi(one, other)
    if found is None:
        assert both == 0
    else:
        assert found == pytest.approx(2 * (both - entropy(table.ravel())) / both, abs=1e-9)


def test_partitions_that_say_nothing_are_undefined():
    assert partitions.nmi("aaa", "bbb") is None
    assert partitions.adjusted_rand("aaa", "bbb") is None
    assert partitions.nmi("", "") is None
    assert partitions.adjusted_rand("", "") is None
    assert partitions.adjusted_rand("abc", "def") is None


@patient
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=7))
def test_the_adjusted_rand_index_is_zero_on_average(rows):
    one, other = zip(*rows, strict=True)
    value = partitions.adjusted_rand(one, other)
    if value is None:
        return
    every = [partitions.adjusted_rand(one, order) for order in permutations(other)]
    assert sum(every) / len(every) == pytest.approx(0, abs=1e-9)
    assert value <= 1
