"""Which figures the facilitator's page shows depends on how much a map can carry."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from domain_helpers import payload, sheet
from workshopkit.analysis import findings
from workshopkit.network.actors import Definition
from workshopkit.network.claims import Claim
from workshopkit.network.lines import Statements, reconcile, reconcile_statements
from workshopkit.network.network import Network
from workshopkit.panels.numbers import page, tables
from workshopkit.panels.numbers.figure import number


def planted(parts, size):
    """Give what is found where everybody in a domain hears everybody, and each domain one place of the one before."""
    names = [f"{part}{place}" for part in range(parts) for place in range(size)]
    actors = [
        {"id": name, "label": f"Team {name}", "kind": "team", "domain": name[0], "voice": "own"}
        for name in names
    ]
    domains = [{"id": str(part), "label": f"D{part}"} for part in range(parts)]
    here = Definition.read({**payload(0), "domains": domains, "actors": actors})
    heard = {a: {b: "yes" for b in names if b[0] == a[0] and b != a} for a in names}
    for before, part in pairwise(range(parts)):
        heard[f"{part}0"][f"{before}1"] = "yes"
    return findings.find(here, reconcile(here, {name: sheet("", rows) for name, rows in heard.items()}))


def with_lines(found, lines):
    """Give the same places with other lines between them."""
    return replace(found, net=Network.from_edges(lines, actors=found.net.actors, groups=found.net.groups))


def shown(found):
    return {one.name for group in page.GROUPS for one in group.figures if one.shown(found)}


@pytest.mark.parametrize(("parts", "size", "communities"), [(2, 5, False), (4, 5, True), (3, 7, True)])
def test_communities_are_shown_from_twenty_places(parts, size, communities):
    found = planted(parts, size)
    assert ("Communities" in shown(found)) == communities
    lines = page.numbers(found, "en").text.splitlines()
    assert (f"Communities: {parts}" in lines) == communities
    assert ("Communities and domains: NMI: 1" in lines) == communities
    assert ("Communities and domains: adjusted Rand: 1" in lines) == communities


def test_communities_that_chance_finds_as_well_are_not_shown():
    star = with_lines(planted(4, 5), [("00", f"{part}{place}") for part in range(1, 4) for place in range(5)])
    assert star.communities.members
    assert star.communities_chance == 1
    assert "Communities" not in shown(star)


@pytest.mark.parametrize(("parts", "size", "brokers"), [(4, 5, False), (3, 7, True)])
def test_brokers_are_shown_above_twenty_places(parts, size, brokers):
    found = planted(parts, size)
    names = {"Betweenness, the highest", "Constraint, the lowest", "Effective size, the highest"}
    assert names & shown(found) == (names if brokers else set())
    assert ("betweenness" in tables.places(found, "en").text) == brokers


def test_brokers_are_named_with_their_numbers():
    found = planted(3, 7)
    lines = page.numbers(found, "nl").text.splitlines()
    # By 11 run the ways of the 13 others of the first two domains to all 7 of the last; by 10 those of the 7 of the
    # first to 13 others. They are equal, so the name decides.
    assert [(row.actor, row.betweenness) for row in found.brokers.rows[:2]] == [("10", 91), ("11", 91)]
    assert any(line.startswith("Betweenness, de hoogste: Team 10 91, Team 11 91, Team ") for line in lines)
    least, *_, most = sorted(row.constraint for row in found.brokers.rows)
    told = next(line for line in lines if line.startswith("Constraint, de laagste: "))
    assert f" {number(least, 'nl')}, " in told
    assert number(most, "nl") not in told
    row = next(one for one in tables.places(found, "en").text.splitlines() if one.startswith("Team 11 "))
    assert row.split(" | ")[6] == "91"


@pytest.mark.parametrize(("parts", "size", "core"), [(3, 3, False), (2, 5, True)])
def test_the_core_is_shown_from_ten_places(parts, size, core):
    found = planted(parts, size)
    names = found.net.actors
    inner = [*combinations(names[:4], 2), *((names[place], names[place + 4]) for place in range(4))]
    found = with_lines(found, inner)
    assert found.core.members == names[:4]
    assert ("Core" in shown(found)) == core
    told = "Core: " + ", ".join(f"Team {name}" for name in names[:4])
    assert (told in page.numbers(found, "en").text) == core


def test_no_core_is_shown_where_several_are_as_good():
    found = planted(2, 5)
    ring = with_lines(found, [*pairwise(found.net.actors), (found.net.actors[-1], found.net.actors[0])])
    assert ring.core.reason == "tie"
    assert "Core" not in shown(ring)


def test_what_nobody_asks_for_is_not_computed():
    found = planted(3, 7)
    lazy = {"brokers", "roles", "core", "communities", "communities_chance"}
    assert lazy & vars(found).keys() == set()
    assert found.brokers is found.brokers
    assert lazy & vars(found).keys() == {"brokers"}


def test_formulas_have_the_values_of_this_map():
    found = planted(2, 5)
    text = page.numbers(found, "en").text
    # Within each five everybody hears everybody, and one line runs across.
    assert "On this map: E = 1, I = 40: (1 − 40) / (1 + 40) = -0.95" in text
    assert "On this map: 1 − 2 · (5·4 + 5·4) / (10·9) = 0.11" in text
    assert "On this map: 0 / 0" not in text


def test_what_a_small_map_does_not_carry_is_said():
    text = page.numbers(planted(2, 5), "en").text
    assert "not shown under 21 places" in text
    assert "Communities: shown from 20 places on" in text
    assert "not shown under 21 places" not in page.numbers(planted(3, 7), "en").text


def answered(*sides):
    """Give what is found where several told and heard of one line: each side as letters, one a respondent."""
    words = {"y": "yes", "p": "partly", "n": "no"}
    told, heard = ({f"r{place}": Claim(words[one]) for place, one in enumerate(side)} for side in sides)
    here = Definition.read(payload(2))
    said = Statements({("a", "b"): told}, {("a", "b"): heard}, {"a": set(told)}, {"b": set(heard)})
    return findings.find(here, reconcile_statements(("a", "b"), said))


def test_agreement_is_told_where_several_answered_on_a_side():
    several = answered("yyyn", "yn")
    lines = page.numbers(several, "en").text.splitlines()
    assert "Agreement within a side, the lowest: 0" in lines
    assert "  On this map: 2 sides with at least two answers; on average 0.12." in lines
    head, row = tables.gaps(several, "en").text.splitlines()
    assert head.endswith("| answers | agreement on telling | agreement on hearing")
    assert row == "Team A → Team B | 0.75 | 0.5 | 0.25 | 6 | 0.25 | 0"


def test_a_team_that_answers_as_one_has_no_agreement():
    one = answered("y", "n")
    lines = page.numbers(one, "en").text.splitlines()
    assert "Agreement within a side, the lowest: –" in lines
    assert "agreement on" not in tables.gaps(one, "en").text


def test_gaps_are_sorted_by_size_and_name():
    rows = tables.gaps(planted(2, 5), "en").text.splitlines()[1:]
    assert len(rows) == 25 + 1, "nobody told anything, so every line heard is a gap"
    assert rows[0] == "Team 00 → Team 01 | 0 | 1 | 1 | 2"
    assert rows[-1] == "and 16 more lines"
