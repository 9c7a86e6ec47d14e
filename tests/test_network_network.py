"""The map that measures read: from a workshop's answers, and from a plain list of lines."""

from __future__ import annotations

from domain_helpers import definition, sheet
from test_network_lines import THREE
from workshopkit.network.claims import Claim
from workshopkit.network.lines import Statements, reconcile, reconcile_statements
from workshopkit.network.network import Network


def test_three_actors_all_spoken():
    here = definition(3)
    net = Network.from_lines(here, reconcile(here, THREE))
    assert net.believed == (("a", "b"), ("a", "c"), ("c", "a"))
    assert net.lived == (("a", "b"), ("b", "c"), ("c", "b"))
    assert net.ways == {("a", "c"): ("b",)}
    assert net.out == ((1,), (2,), (1,))
    assert (net.coverage, net.silent, net.divided) == (1, (), ())
    assert net.answers == dict.fromkeys(net.lived, (1, 1))


def test_who_is_silent_is_not_taken_as_a_no():
    here = definition(3)
    net = Network.from_lines(here, reconcile(here, {**THREE, "c": sheet("a", closed=("told",))}))
    assert net.silent == ("c",)
    assert net.coverage == 2 / 3
    assert net.into_silence == (("a", "c"),)
    assert net.lived == (("a", "b"), ("c", "b"))
    assert net.possible == ((1, 2), (), (1,))


def test_an_audience_without_a_voice_is_neither_covered_nor_silent():
    here = definition(2, {"x": "none", "y": "proxy"}, domains=2)
    room = {"a": sheet("xy"), "b": sheet(), "y": sheet("", {"a": "yes"})}
    net = Network.from_lines(here, reconcile(here, room))
    assert net.not_verified == (("a", "x"),)
    assert net.silent == ()
    assert net.coverage == 1
    assert net.groups == {"a": "d0", "b": "d1"}
    assert (net.audiences, net.speakers) == (("x", "y"), ("a", "b"))


def test_divided_receivers_stand_apart():
    said = Statements(
        heard={("a", "b"): {"1": Claim("yes")}, ("c", "b"): {"1": Claim("yes"), "2": Claim("partly")}},
        sent={"a": {"3", "4"}},
        told={("a", "c"): {"3": Claim("yes")}},
        received={"b": {"1", "2"}, "c": {"5"}},
    )
    net = Network.from_lines(definition(3), reconcile_statements("abc", said))
    assert net.lived == (("c", "b"),)
    assert net.divided == (("a", "b"),), "a divided sender does not make a divided line on the lived map"
    assert net.with_divided.lived == (("a", "b"), ("c", "b"))
    assert net.with_divided.divided == ()
    assert net.answers == {("a", "b"): (1, 2), ("c", "b"): (1.5, 2)}


def test_a_plain_list_is_fully_covered():
    net = Network.from_edges(["ba", "bb", "ba", "cb"], actors="ad", groups={"b": "x"}, audiences="t")
    assert net.actors == ("a", "d", "b", "c", "t")
    assert net.lived == net.believed == (("b", "a"), ("c", "b"))
    assert net.coverage == 1
    assert net.answers == {}
    assert net.groups == {"b": "x"}


def test_undirected_reads_each_row_both_ways():
    assert Network.from_edges(["ab"], undirected=True).lived == (("a", "b"), ("b", "a"))


def test_the_order_of_rows_does_not_matter():
    rows = ["ab", "bc", "ca", "ac"]
    assert Network.from_edges(rows, actors="abc") == Network.from_edges(reversed(rows), actors="abc")


def test_a_map_without_voices_has_no_coverage():
    assert Network(("a",)).coverage is None
