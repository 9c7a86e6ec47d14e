"""The demo's answers: what is planted is found, nobody else is accused, and networkx says the same."""

from __future__ import annotations

import json
from collections import Counter

import networkx as nx
import pytest

from map_helpers import second
from workshopkit import paths
from workshopkit.analysis import arrival, bridges, circles, detours, failure, formal, silos
from workshopkit.network.actors import Definition
from workshopkit.network.claims import Heard, Told
from workshopkit.network.lines import reconcile
from workshopkit.network.network import Network
from workshopkit.room.events import validate
from workshopkit.room.sheet import Sheet

CIRCLE = ("care-team", "debt-support", "work-income")
BRIDGE = ("communication", "contact-centre")
BOARD = ("management", "communication", "information")


def read(name):
    return json.loads((paths.data() / "demo" / name).read_text(encoding="utf-8"))


HERE = Definition.read(read("en.json"))
ANSWERS = read("answers.json")


def heard_row(said):
    answer, _, way = said.partition(" ")
    return Heard(answer, way or None)


def lines(*, without=None):
    """Lay the answers over each other, as if one seat had not answered."""
    sheets = {
        seat: Sheet(
            told={target: Told("yes", expected) for target, expected in said["told"].items()},
            heard={source: heard_row(row) for source, row in said["heard"].items()},
            closed={"told": True, "heard": True},
            wish=said["wish"],
            wished=True,
        )
        for seat, said in ANSWERS.items()
        if seat != without
    }
    return reconcile(HERE, sheets)


def accused(found):
    return {name for name, group in found.by_group.items() if group.verdict != "as_chance"}


def network(**options):
    return Network.from_lines(HERE, lines(**options))


NET = network()
SECOND = second(NET)


def test_both_languages_have_the_same_seats():
    dutch = Definition.read(read("nl.json"))
    for one, other in zip(HERE.actors, dutch.actors, strict=True):
        assert (one.id, one.kind, one.domain, one.voice) == (other.id, other.kind, other.domain, other.voice)
    assert list(ANSWERS) == [seat.id for seat in HERE.seats]


@pytest.mark.parametrize("seat", ANSWERS)
def test_every_answer_is_one_that_may_come_in(seat):
    said = ANSWERS[seat]
    events = [("told", {"to": to, "answer": "yes", "expected": sure}) for to, sure in said["told"].items()]
    for source, row in said["heard"].items():
        heard = heard_row(row)
        events.append(("heard", {"from": source, "answer": heard.answer, "via": heard.via}))
    events.append(("wish", {"from": said["wish"]}))
    for kind, payload in events:
        assert validate(kind, payload, HERE, "participant", seat) == payload
    assert 1 <= len(said["told"]) <= 6


def test_who_is_named_as_a_way_was_heard_directly():
    for seat, said in ANSWERS.items():
        for row in map(heard_row, said["heard"].values()):
            if row.via in ANSWERS:
                assert heard_row(said["heard"][row.via]).answer in {"yes", "partly"}, seat


def test_a_wish_is_for_somebody_that_was_not_heard_directly():
    for seat, said in ANSWERS.items():
        assert heard_row(said["heard"].get(said["wish"], "no")).answer in {"no", "via"}, seat


def test_everybody_answered():
    assert NET.coverage == 1
    assert Counter(line.state for line in lines().every()) == {
        "confirmed": 40,
        "heard_via": 5,
        "sent_not_heard": 9,
        "heard_not_claimed": 2,
        "absent": 126,
    }


def test_lines_run_straight_crooked_and_into_nothing():
    found = detours.find(NET)
    assert (found.straight, found.via, found.heard_via_unknown) == (40, {1: 6, 2: 3}, 1)
    assert (found.did_not_arrive, found.unknown) == (4, 0)
    outcome = {(line.source, line.target): line.outcome for line in found.lines if line.outcome != "straight"}
    for pair, said in outcome.items():
        if said == "via":
            assert nx.shortest_path_length(SECOND, *pair) > 1
        else:
            assert not nx.has_path(SECOND, *pair)
    assert {pair for pair, said in outcome.items() if said == "did_not_arrive"} == {
        ("care-team", "residents"),
        ("debt-support", "front-desk"),
        ("work-income", "contact-centre"),
        ("businesses", "permits"),
    }


def test_what_receivers_named_stands_on_the_route_that_is_shown():
    named = [line for line in detours.find(NET).lines if line.outcome == "via" and line.ways]
    assert len(named) == 4
    for line in named:
        assert line.route[-2] in line.ways


def test_some_lines_were_heard_that_nobody_named():
    assert {(line.source, line.target) for line in lines() if line.state == "heard_not_claimed"} == {
        ("front-desk", "debt-support"),
        ("area-team", "front-desk"),
    }


def test_two_way_pairs_and_a_good_loop_are_no_findings():
    pairs = circles.two_way(NET)
    assert len(pairs) == 14
    assert 2 * len(pairs) / len(NET.lived) == pytest.approx(nx.overall_reciprocity(SECOND))
    loop = circles.shortest_cycle(NET, "front-desk")
    assert len(loop) == 3
    assert nx.is_path(SECOND, ["front-desk", "public-space", "area-team", "front-desk"])
    assert nx.has_path(SECOND, "front-desk", "residents")


def test_exactly_one_circle_is_closed():
    found = circles.closed(NET)
    assert (found.circles, found.unknown, found.hangs_on) == ((CIRCLE,), (), {})
    outside = [
        set(part)
        for part in nx.strongly_connected_components(SECOND)
        if len(part) > 1 and not any(nx.has_path(SECOND, next(iter(part)), to) for to in NET.audiences)
    ]
    assert outside == [set(CIRCLE)]


def test_domains_are_more_closed_than_chance_and_one_domain_stands_out():
    found = silos.find(NET)
    assert (found.verdict, found.reason, found.relabellings) == ("more_closed", None, 15_400)
    assert (found.inside, found.lines, found.inside_band) == (19, 35, (2, 12))
    assert found.busy_teams is False
    assert accused(found) == {"social"}
    assert found.walls.listed == ()
    teams = SECOND.subgraph(NET.groups)
    parts = [{actor for actor in teams if NET.groups[actor] == group} for group in found.groups]
    assert found.modularity == pytest.approx(nx.community.modularity(teams, parts))
    assert found.inside == sum(NET.groups[a] == NET.groups[b] for a, b in teams.edges)


def test_much_hangs_on_exactly_one_line_between_domains():
    found = bridges.find(NET)
    assert [(bridge.ends, bridge.lost) for bridge in found.lines] == [(BRIDGE, 24)]
    rest = SECOND.copy()
    rest.remove_edge(*BRIDGE)
    broken = {(a, b) for a in SECOND for b in nx.descendants(SECOND, a) - nx.descendants(rest, a)}
    beyond = [
        actor for actor in SECOND if actor not in BOARD and NET.groups.get(actor) != NET.groups["care-team"]
    ]
    assert broken == {(a, b) for a in BOARD for b in beyond}
    assert {bridge.ends[0]: bridge.lost for bridge in found.actors if bridge.lost > 1} == dict.fromkeys(
        BRIDGE, 21
    )


def test_without_its_two_ends_hardly_anything_hangs_on_one_team():
    for actor, lost in failure.find(NET).lost.items():
        rest = SECOND.copy()
        rest.remove_node(actor)
        gone = sum(len(nx.descendants(SECOND, a) - {actor} - nx.descendants(rest, a)) for a in rest)
        assert lost == gone
        assert actor in BRIDGE or lost <= 1


def test_what_reaches_the_audiences():
    total = arrival.headline(NET).total
    assert total == arrival.Reach(pairs=24, direct=5, within_two=12, at_all=18, unknown=0)
    far = {team: nx.single_source_shortest_path_length(SECOND, team) for team in NET.speakers}
    steps = [far[team].get(audience, 99) for team in NET.speakers for audience in NET.audiences]
    assert [sum(step <= most for step in steps) for most in (1, 2, 98)] == [5, 12, 18]


@pytest.mark.parametrize("seat", ANSWERS)
def test_a_seat_that_has_not_answered_yet_gets_nobody_accused(seat):
    net = network(without=seat)
    found = circles.closed(net)
    assert set(found.circles) <= {CIRCLE, tuple(team for team in CIRCLE if team != seat)}
    if seat not in CIRCLE:
        assert CIRCLE in {*found.circles, *found.unknown}
    verdict = silos.find(net)
    assert verdict.verdict == "more_closed"
    assert verdict.walls.findings == ()
    assert accused(verdict) <= {"social"}


def test_the_reporting_lines_are_used_within_the_domains_and_not_from_the_top():
    found = formal.find(network(), HERE.formal)
    assert [len(found.having(state)) for state in ("used", "unused", "unknown")] == [7, 4, 0]
    assert {line.boss for line in found.having("unused")} == {"management"}
    assert [line.reporter for line in found.having("used") if line.boss == "management"] == ["communication"]
    assert len(found.outside) == 21
    assert read("nl.json")["formal"] == read("en.json")["formal"]
