"""The few numbers of a map."""

from __future__ import annotations

from domain_helpers import definition, sheet
from test_network_lines import THREE
from workshopkit.analysis.summary import summarise
from workshopkit.network.lines import reconcile


def summary(here, sheets):
    return summarise(here, reconcile(here, sheets))


def test_three_actors():
    found = summary(definition(3), THREE)
    assert sum(found.counts.values()) == 6
    assert found.hears == {"a": 0, "b": 2, "c": 1}
    assert found.heard == {"a": 1, "b": 1, "c": 1}
    assert found.two_way == (("b", "c"),)
    assert (found.believed, found.lived) == (3, 3)
    assert found.coverage == 1
    assert found.silent == ()


def test_who_did_not_answer_is_named_and_counted():
    found = summary(definition(3), {**THREE, "c": sheet("a", closed=("told",))})
    assert found.silent == ("c",)
    assert round(found.coverage, 3) == 0.667


def test_audiences_are_reached_by_teams_only():
    here = definition(2, {"x": "proxy", "y": "own", "z": "none"})
    room = {"a": sheet(["x", "z"]), "x": sheet("", {"a": "yes", "y": "yes"}), "y": sheet("x", {})}
    found = summary(here, room)
    assert found.reached == {"x": 1, "y": 0}
    assert found.not_verified == 1


def test_no_voice_no_coverage():
    assert summarise(definition(0), reconcile(definition(0), {})).coverage is None
