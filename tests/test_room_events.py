"""What may come in: the browser is not trusted."""

from __future__ import annotations

import copy
import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain_helpers import definition, payload
from workshopkit.case.load import default
from workshopkit.case.model import build
from workshopkit.errors import RefusedEvent
from workshopkit.room import definitions, events, program
from workshopkit.room.events import validate
from workshopkit.room.fold import Room

HERE = definition(3, {"public": "proxy", "world": "none"})


def team(kind, given):
    return validate(kind, given, HERE, "participant", "a")


def lead(kind, given):
    return validate(kind, given, HERE, "facilitator", None)


def test_only_who_speaks_for_an_audience_says_how_it_knows():
    def public(given):
        return validate("evidence", given, HERE, "participant", "public")

    assert public({"of": ["feeling", "calls", "calls"], "why": "?"}) == {"of": ["calls", "feeling"]}
    assert public({"of": []}) == {"of": []}
    for wrong in ({"of": "calls"}, {"of": ["rumours"]}, {"of": [["calls"]]}, {}):
        with pytest.raises(RefusedEvent):
            public(wrong)
    with pytest.raises(RefusedEvent, match="Only those who speak for an audience"):
        team("evidence", {"of": []})


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        (
            "told",
            {"to": "b", "answer": "yes", "expected": "doubt"},
            {"to": "b", "answer": "yes", "expected": "doubt"},
        ),
        (
            "told",
            {"to": "b", "answer": "no", "expected": "yes"},
            {"to": "b", "answer": "no", "expected": None},
        ),
        ("told", {"to": "world", "answer": "yes"}, {"to": "world", "answer": "yes", "expected": None}),
        ("heard", {"from": "b", "answer": "partly"}, {"from": "b", "answer": "partly", "via": None}),
        ("heard", {"from": "b", "answer": "yes", "via": "c"}, {"from": "b", "answer": "yes", "via": None}),
        ("heard", {"from": "b", "answer": "via", "via": "c"}, {"from": "b", "answer": "via", "via": "c"}),
        (
            "heard",
            {"from": "b", "answer": "via", "via": "press"},
            {"from": "b", "answer": "via", "via": "press"},
        ),
        ("heard", {"from": "b", "answer": "via"}, {"from": "b", "answer": "via", "via": None}),
        ("list.closed", {"list": "told"}, {"list": "told"}),
        ("list.reopened", {"list": "heard"}, {"list": "heard"}),
        ("wish", {"from": None}, {"from": None}),
        ("wish", {"from": "public"}, {"from": "public"}),
        ("checked", {}, {}),
        ("withdrawn", {"why": "not asked"}, {}),
        (
            "chosen",
            {"list": "told", "actor": "b", "event": "e1"},
            {"list": "told", "actor": "b", "event": "e1"},
        ),
        *(
            (
                "chosen",
                {"list": one, "actor": given, "event": "e1"},
                {"list": one, "actor": None, "event": "e1"},
            )
            for one, given in (("wish", None), ("evidence", "b"), ("guess", "nowhere"))
        ),
        ("joined", {"actor": "a"}, {"actor": "a"}),
    ],
)
def test_answers_are_kept_in_the_form_of_their_kind(kind, given, kept):
    assert team(kind, {**given, "at": 5, "participant": "somebody else"}) == kept


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("told", {"to": "a", "answer": "yes"}),
        ("told", {"to": "nobody", "answer": "yes"}),
        ("told", {"to": "<script>alert(1)</script>", "answer": "yes"}),
        ("told", {"to": "\u202e\U0001f600", "answer": "yes"}),
        ("told", {"to": ["b"], "answer": "yes"}),
        ("told", {"to": "b", "answer": "partly"}),
        ("told", {"to": "b", "answer": True}),
        ("told", {"to": "b", "answer": "yes", "expected": "maybe"}),
        ("told", {"to": "b"}),
        ("told", {}),
        ("heard", {"from": "b", "answer": "via", "via": "b"}),
        ("heard", {"from": "b", "answer": "via", "via": "a"}),
        ("heard", {"from": "b", "answer": "via", "via": "tv"}),
        ("heard", {"from": "b", "answer": "via", "via": {"x": 1}}),
        ("heard", {"from": None, "answer": "yes"}),
        ("list.closed", {"list": "wish"}),
        ("list.closed", {"list": ["told"]}),
        ("wish", {"from": "a"}),
        ("wish", {"from": 3}),
        ("chosen", {"list": "told", "actor": "b", "event": "x y"}),
        ("chosen", {"list": "told", "actor": "b"}),
        ("chosen", {"list": "told", "actor": None, "event": "e1"}),
        ("chosen", {"list": "checked", "actor": None, "event": "e1"}),
        ("joined", {"actor": "b"}),
        ("unheard of", {}),
        ("told", None),
        ("told", []),
        ("told", "yes"),
        (None, {}),
        (["told"], {}),
        ("told", {"to": "b", "answer": "yes", "note": "x" * 10_001}),
        ("told", {"to": "b", "answer": "yes", "note": float("nan")}),
        ("told", {"to": "b", "answer": "yes", "note": "\ud800"}),
        ("told", {"to": "b", "answer": "yes", "note": b"bytes"}),
    ],
)
def test_the_rest_is_refused_with_a_sentence(kind, given):
    with pytest.raises(RefusedEvent) as refused:
        team(kind, given)
    assert len(str(refused.value)) > 10


@pytest.mark.parametrize("kind", sorted(events.FACILITATOR_KINDS))
def test_a_participant_is_no_facilitator(kind):
    for sent in ({}, {"act": "lines"}, {"shown": True}, payload(3)):
        with pytest.raises(RefusedEvent):
            team(kind, sent)


@pytest.mark.parametrize("kind", sorted(events.PARTICIPANT_KINDS))
def test_a_facilitator_is_no_team(kind):
    with pytest.raises(RefusedEvent):
        lead(kind, {"to": "b", "answer": "yes", "actor": "a"})


def test_a_seat_that_is_gone_cannot_answer():
    for actor in ("gone", "world", None):
        with pytest.raises(RefusedEvent):
            validate("checked", {}, HERE, "participant", actor)
    with pytest.raises(RefusedEvent):
        validate("checked", {}, None, "participant", "a")


def test_facilitators_events():
    assert lead("act.opened", {"act": "lines"}) == {"act": "lines", "part": "questions"}
    assert lead("act.closed", {"act": "lines"}) == {"act": "lines"}
    assert lead("map.shown", {"shown": False}) == {"shown": False}
    drawn = {"lines": [["a", "b"], ["a", "world"], ["a", "b"]], "note": "x"}
    assert lead("map.drawn", drawn) == {"lines": [["a", "b"], ["a", "world"]]}
    assert lead("map.drawn", {"lines": []}) == {"lines": []}
    assert lead("timer.set", {"seconds": 300, "at": 1}) == {"seconds": 300}
    assert lead("timer.set", {"seconds": None}) == {"seconds": None}
    assert lead("workshop.closed", {}) == {}
    assert lead("workshop.defined", payload(3))["subject"] == "The desk closes"


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("act.opened", {"act": "tea"}),
        ("act.opened", {"act": {}}),
        ("act.opened", {"act": "lines", "part": "walk"}),
        ("agreement.hidden", {"agreement": "a b", "hidden": True}),
        ("marks.shown", {}),
        ("map.drawn", {}),
        ("map.drawn", {"lines": ["ab"]}),
        ("map.drawn", {"lines": [["a", "a"]]}),
        ("map.drawn", {"lines": [["a", "gone"]]}),
        ("map.drawn", {"lines": [["a", "b", "c"]]}),
        ("map.shown", {"shown": "yes"}),
        ("map.shown", {"shown": 1}),
        ("timer.set", {"seconds": -1}),
        ("timer.set", {"seconds": 0}),
        ("timer.set", {"seconds": True}),
        ("timer.set", {"seconds": "60"}),
        ("timer.set", {"seconds": 10**9}),
    ],
)
def test_facilitators_mistakes(kind, given):
    with pytest.raises(RefusedEvent):
        lead(kind, given)


@pytest.mark.parametrize("moment", Room().program.moments, ids=lambda moment: moment.part)
def test_every_moment_of_the_afternoon_can_be_opened(moment):
    given = {"act": moment.act, "part": moment.part}
    assert lead("act.opened", given) == given


def test_only_cards_that_are_read_aloud_are_marked():
    assert team("case.marked", {"card": "P6", "mark": "ours"}) == {"card": "P6", "mark": "ours"}
    for card, mark in (("P1", "ours"), ("P99", "ours"), (None, "ours"), ("P6", "partly"), ("P6", None)):
        with pytest.raises(RefusedEvent):
            team("case.marked", {"card": card, "mark": mark})


def test_an_example_is_short_and_of_a_card():
    told = {"card": "P6", "text": "  the  news\n came by the gate  "}
    assert team("case.example", told) == {"card": "P6", "text": "the news came by the gate"}
    assert team("case.example", {"card": "P6", "text": ""})["text"] == ""
    with pytest.raises(RefusedEvent, match="140"):
        team("case.example", {"card": "P6", "text": "x" * 141})
    for wrong in ({"card": "P1", "text": "x"}, {"card": "P6"}, {"card": "P6", "text": ["x"]}):
        with pytest.raises(RefusedEvent):
            team("case.example", wrong)


def test_what_an_agreement_cites_is_in_the_case():
    form = {
        "with": "b", "if": "a", "then": "b", "who": "c", "obstacle": "d", "instead": "e",
        "when": dt.datetime.now(tz=dt.UTC).date().isoformat(),
    }  # fmt: skip
    assert team("agreement.written", form)["cites"] == []
    assert team("agreement.written", {**form, "cites": ["C10", "P1", "C10"]})["cites"] == ["C10", "P1"]
    with pytest.raises(RefusedEvent, match="C99"):
        team("agreement.written", {**form, "cites": ["C99"]})
    for wrong in ("C10", [["C10"]], ["P1", "P2", "P3", "P4"]):
        with pytest.raises(RefusedEvent):
            team("agreement.written", {**form, "cites": wrong})


def test_a_case_of_ones_own_decides_which_cards_there_are():
    own = build({**copy.deepcopy(dict(default().raw)), "short": ["P6"]})
    fewer = replace(own, items={"P6": own.items["P6"]})
    with pytest.raises(RefusedEvent):
        validate("case.marked", {"card": "P7", "mark": "ours"}, HERE, "participant", "a", case=fewer)
    with pytest.raises(RefusedEvent):
        validate("act.opened", {"act": "case", "part": "P7"}, HERE, "facilitator", None, case=fewer)
    assert validate("act.opened", {"act": "case", "part": "P6"}, HERE, "facilitator", None, case=fewer)


def test_a_workshop_brings_its_own_case_or_hears_what_is_wrong_with_it():
    own = dict(default().raw)
    assert lead("workshop.defined", {**payload(3), "case": own})["case"] == own
    assert "case" not in lead("workshop.defined", payload(3))
    with pytest.raises(RefusedEvent, match="role"):
        lead("workshop.defined", {**payload(3), "case": {**own, "roles": {}}})
    with pytest.raises(RefusedEvent, match="missing"):
        lead("workshop.defined", {**payload(3), "case": {}})
    with pytest.raises(RefusedEvent, match="examples loud"):
        lead("workshop.defined", {**payload(3), "examples": "loud"})


def test_only_what_may_be_dropped_is_dropped():
    for block in program.DROPPABLE:
        assert lead("block.dropped", {"block": block}) == {"block": block, "dropped": True}
    for block in ("walk", "agreements", "close", "tea"):
        with pytest.raises(RefusedEvent):
            lead("block.dropped", {"block": block})


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
KINDS = sorted(events.PARTICIPANT_KINDS | events.FACILITATOR_KINDS)
FIELDS = [
    "to",
    "from",
    "answer",
    "via",
    "list",
    "actor",
    "event",
    "act",
    "shown",
    "seconds",
    "actors",
    "domains",
    "lines",
]


@given(
    st.sampled_from(KINDS) | json_values,
    st.dictionaries(st.sampled_from(FIELDS), json_values) | json_values,
    st.sampled_from([("participant", "a"), ("facilitator", None)]),
)
def test_nothing_but_a_refusal_ever_comes_of_rubbish(kind, given_payload, who):
    try:
        kept = validate(kind, given_payload, HERE, *who)
    except RefusedEvent:
        return
    assert isinstance(kept, dict)


def test_the_demo_workshops_are_twins():
    from workshopkit import paths

    dutch, english = (definitions.read_file(paths.data() / "demo" / f"{lang}.json") for lang in ("nl", "en"))
    for part in ("domains", "actors"):
        bare = [
            [{k: v for k, v in entry.items() if k != "label"} for entry in one[part]]
            for one in (dutch, english)
        ]
        assert bare[0] == bare[1]
    assert dutch["subject"] == "De balie sluit op vrijdagmiddag"
    kinds = [actor["kind"] for actor in dutch["actors"]]
    assert (kinds.count("team"), kinds.count("audience"), len(dutch["domains"])) == (12, 2, 4)


def test_every_fault_of_a_definition_is_told_at_once():
    bad = payload(3, {"public": "loud"})
    bad["subject"] = " "
    bad["lang"] = "fr"
    bad["actors"][0]["id"] = "Has Spaces"
    bad["actors"][1]["label"] = "x" * 81
    with pytest.raises(RefusedEvent) as refused:
        definitions.check(bad)
    for word in ("subject", "fr", "Has Spaces", "label", "loud"):
        assert word in str(refused.value)


@pytest.mark.parametrize(
    "change",
    [
        {"actors": []},
        {"actors": "many"},
        {"actors": [1]},
        {"domains": [{"id": "x", "label": "X"}]},
        {"subject": 3},
        {"actors": payload(2)["actors"] * 2},
    ],
)
def test_definitions_that_cannot_be_held(change):
    with pytest.raises(RefusedEvent):
        definitions.check({**payload(3), **change})


def test_a_domain_has_two_teams_at_least():
    with pytest.raises(RefusedEvent, match="D1 needs at least 2"):
        definitions.check(payload(3, domains=2))
    assert definitions.check(payload(4, domains=2))["domains"]


def test_an_unreadable_file_is_told(tmp_path):
    for text in ("{", "[]"):
        (tmp_path / "x.json").write_text(text)
        with pytest.raises(RefusedEvent, match=r"x\.json"):
            definitions.read_file(tmp_path / "x.json")
    with pytest.raises(RefusedEvent):
        definitions.read_file(tmp_path / "absent.json")
