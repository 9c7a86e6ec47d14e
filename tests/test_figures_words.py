"""The map in words and as SVG: short, plain, and safe with whatever people type."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from domain_helpers import definition, payload, sheet
from test_figures_layout import answered, demo
from test_network_lines import THREE
from workshopkit.analysis.summary import summarise
from workshopkit.figures.map import draw
from workshopkit.figures.maps import of_map
from workshopkit.figures.roles import LOOKS
from workshopkit.figures.svg import svg
from workshopkit.figures.words import STATE_NAMES, describe, sentences, state_name
from workshopkit.network.actors import Definition
from workshopkit.network.lines import STATES, reconcile


def said(here, sheets, lang="en"):
    lines = reconcile(here, sheets)
    return sentences(here, summarise(here, lines), lang)


def test_what_works_comes_first():
    found = said(definition(3), THREE)
    assert found == [
        "1 line arrives: told and heard directly.",
        "1 pair hears each other.",
        "2 lines were heard without the sender naming them.",
        "1 line came by way of another.",
        "1 line was told and did not arrive this time.",
    ]


def test_open_lists_and_audiences_are_told():
    here = definition(2, {"public": "proxy", "press": "proxy"})
    room = {"a": sheet(["public"]), "public": sheet("", {"a": "yes"}), "press": sheet("", {})}
    found = said(here, room)
    assert "Public: heard it directly from 1 team." in found
    assert "Press: heard it directly from nobody this time." in found
    assert found[-1] == "1 place on the map is not ready yet."


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("seed", range(5))
def test_sentences_are_short(lang, seed):
    here = demo()
    lines = answered(here, seed)
    for sentence in sentences(here, summarise(here, lines), lang):
        assert len(sentence.split()) <= 15, sentence
        assert "!" not in sentence


def test_nothing_is_said_of_an_empty_map_but_that_lists_are_open():
    assert said(definition(2), {}) == ["2 places on the map are not ready yet."]


def test_every_state_has_a_name_and_a_style():
    assert set(STATE_NAMES) == set(STATES)
    drawn = [LOOKS[state] for state in STATES if state != "absent"]
    assert len({state_name(state, "en") for state in STATES}) == 7
    assert len({look.dashes for look in drawn}) == len(drawn), "colour is never alone"


def test_the_twin_of_the_map_is_a_table():
    told = describe(draw(definition(3), reconcile(definition(3), THREE)), "en")
    assert told["rows"][0] == ["Team A", "Team B", "arrives"]
    assert len(told["rows"]) == 5
    assert len(told["columns"]) == 3
    assert told["sentences"][:2] == [
        "3 places on the map.",
        "5 lines stand on it, also those that only one side names.",
    ]


def test_svg_holds_everything_on_the_map():
    figure = draw(demo(), answered(demo()))
    root = ET.fromstring(svg(of_map(figure, "nl")))  # noqa: S314 - our own text
    space = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{space}title").text
    assert root.find(f"{space}desc").text
    assert len(root.findall(f"{space}circle")) == len(figure["nodes"])
    paths = [path for path in root.findall(f"{space}path") if "Q" in path.get("d")]
    assert len(paths) == len(figure["lines"])


def test_what_people_type_stays_text():
    nasty = '<script>alert(1)</script> & "x" \' \x00\x0b \u202e 👩‍👩‍👧'
    made = payload(2, domains=0)
    made["actors"][0]["label"] = nasty
    here = Definition.read(made)
    drawn = draw(here, reconcile(here, {"a": sheet("b"), "b": sheet("", {"a": "yes"})}))
    text = svg(of_map(drawn, "en"))
    assert "<script" not in text
    ET.fromstring(text)  # noqa: S314 - our own text
