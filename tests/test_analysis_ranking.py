"""The findings that matter most: the order by hand, the demo told, and random maps accuse nobody."""

from __future__ import annotations

import re
from collections import Counter

import pytest

import test_analysis_random_maps as random_maps
import test_demo_data as planted
from domain_helpers import definition, sheet
from workshopkit.analysis import findings, ranking, remedies
from workshopkit.figures import five, told
from workshopkit.network.actors import Definition
from workshopkit.network.lines import reconcile
from workshopkit.network.network import Network

WISHES = {seat: said["wish"] for seat, said in planted.ANSWERS.items()}


def look(here, sheets):
    return findings.find(here, reconcile(here, sheets))


def demo():
    return findings.find(planted.HERE, planted.lines())


def test_the_order_by_hand():
    here = definition(4, {"t": "own"})
    # a-b-c go round; d reaches t; a drew a line to t, which did not hear it.
    sheets = {
        "a": sheet("bt", {"c": "yes"}),
        "b": sheet("c", {"a": "yes"}),
        "c": sheet("a", {"b": "yes"}),
        "d": sheet("t", {}),
        "t": sheet("", {"d": "yes"}),
    }
    found = ranking.rank(look(here, sheets), {"b": "d"})
    assert [(one.kind, one.size, one.weight) for one in found] == [
        ("works", 4, 0),
        ("circle", 3, 9),  # three places, one audience
        ("audience", 3, 9),  # of four teams three do not reach it; equal weight, later kind
        ("lost", 1, 3),  # a to t
        ("hangs", 1, 2),  # each of the three: between the two others one way breaks
        ("gap", 1, 1),
        ("wish", 1, 1),
    ]
    assert found[0].numbers == {"confirmed": 4, "believed": 5, "two_way": 0}
    assert found[4].places == ("a",), "ties by name"


def test_nobody_answered_gives_nothing_and_silence_is_no_fault():
    here = definition(3)
    assert ranking.rank(look(here, {})) == ()
    (only,) = ranking.rank(look(here, {one: sheet("", {}) for one in "ab"}))
    assert (only.kind, only.numbers) == ("answered", {"answered": 2, "asked": 3})


def test_a_second_of_a_kind_stands_behind_the_first_of_the_others():
    found = ranking.rank(demo(), WISHES)
    kinds = [one.kind for one in found]
    first = {kind: kinds.index(kind) for kind in kinds}
    assert kinds.count("wish") > 1
    assert max(first.values()) == len(first) - 1


def test_what_is_planted_in_the_demo_is_found_and_nobody_else():
    most = ranking.rank(demo(), WISHES)[: ranking.MOST]
    assert [one.kind for one in most] == ["works", "hangs", "circle", "audience", "silo"]
    assert most[1].places == planted.BRIDGE
    assert most[2].places == planted.CIRCLE
    assert not {"wall", "open"} & {one.kind for one in ranking.rank(demo(), WISHES)}


PLANTED = {
    "en": {
        "works": "40 of the 54 drawn lines arrive: told and heard.",
        "hangs": "Without the line Communication → Contact centre 24 ways break.",
        "circle": "This message goes round between Neighbourhood care team, Debt support and Work and income.",
        "audience": "Of 24 ways to the audiences 5 are direct; 6 did not arrive this time.",
        "silo": "19 of 35 lines stay in their own domain; by chance 2 to 12.",
    },
    "nl": {
        "works": "40 van de 54 getekende lijnen komen aan: verteld en gehoord.",
        "hangs": "Zonder de lijn Communicatie → Klantcontactcentrum breken 24 wegen.",
        "circle": "Dit bericht gaat rond tussen Wijkteam, Schuldhulpverlening en Werk en inkomen.",
        "audience": "Van 24 wegen naar doelgroepen zijn 5 rechtstreeks; 6 kwamen deze keer niet aan.",
        "silo": "19 van de 35 lijnen blijven binnen het eigen domein; bij toeval 2 tot 12.",
    },
}


@pytest.mark.parametrize("lang", PLANTED)
def test_what_is_planted_in_the_demo_is_told_in_the_right_words(lang):
    here = Definition.read(planted.read(f"{lang}.json"))
    found = findings.find(here, planted.lines())
    ranked = ranking.rank(found, WISHES)
    assert {one.kind: five.words(found, one, lang).said for one in ranked[: ranking.MOST]} == PLANTED[lang]
    # Of the others no place is named but for what others would have liked to hear from it.
    labels = [actor.label for actor in here.actors]
    for one in ranked[ranking.MOST :]:
        said = five.words(found, one, lang).said
        assert one.kind == "wish" or not [label for label in labels if label in said], said
    assert told.circles(found, lang)[0] == PLANTED[lang]["circle"]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_sentences_are_short_plain_and_without_blame(lang):
    found = demo()
    for one in ranking.rank(found, WISHES):
        words = five.words(found, one, lang)
        assert len(words.said.split()) <= 15, words.said
        assert not re.search(r"%|\bnooit\b|\bnever\b|modular|E–I|!|\{", words.said)
        for text in (*words.numbers, words.how, words.ranked, words.advice):
            assert "{" not in text
            assert "None" not in text


def test_a_role_has_no_name():
    teams = [
        {"id": "a"},
        {"id": "r", "label": "The only adviser", "kind": "role", "voice": "own"},
        {"id": "b"},
    ]
    here = Definition.read({"actors": teams})
    found = findings.find(here, reconcile(here, {}), net=Network.from_edges(["ar", "rb"]))
    hangs = next(one for one in ranking.rank(found) if one.kind == "hangs")
    assert five.words(found, hangs, "en").said == "Without a link 1 way breaks."


def test_steps_fit_what_they_mend():
    found = demo()
    for one in ranking.rank(found, WISHES):
        for step in remedies.find(found, one):
            if one.kind == "circle":
                assert step.source in planted.CIRCLE
            if one.kind in {"lost", "detour", "wish"}:
                assert (step.source, step.target) in one.lines
            if one.kind == "hangs":
                assert (step.source, step.target) != planted.BRIDGE


@pytest.mark.slow
def test_random_maps_are_rarely_told_of_circles_walls_or_silos():
    actors = [{"id": team, "domain": team[0]} for team in random_maps.TEAMS]
    actors += [{"id": one, "kind": "audience", "voice": "own"} for one in random_maps.AUDIENCES]
    here = Definition.read({"actors": actors, "domains": [{"id": one} for one in "abcd"]})
    kinds = Counter()
    for seed in range(random_maps.MAPS):
        found = findings.find(here, reconcile(here, {}), net=random_maps.drawn(seed))
        kinds.update({one.kind for one in ranking.rank(found)})
    assert kinds["works"] == random_maps.MAPS
    assert 0 < kinds["silo"] + kinds["open"] <= 0.05 * random_maps.MAPS
    assert kinds["wall"] <= 0.05 * random_maps.MAPS
    assert kinds["circle"] <= 0.02 * random_maps.MAPS
