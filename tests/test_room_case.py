"""The case in a room: marks, examples that the facilitator reads first, and a case of the workshop's own."""

from __future__ import annotations

import copy

import pytest

from domain_helpers import Events, payload
from workshopkit.case.load import default
from workshopkit.figures.map import Drawing
from workshopkit.panels.script import plan
from workshopkit.room import scenes, snapshots
from workshopkit.room.fold import fold
from workshopkit.room.program import Program


@pytest.fixture
def say():
    """Give a room in which somebody says something; teams a, b and c are in."""
    events = Events()
    events("lead", "workshop.defined", payload(3))
    for seat in "abc":
        events(seat, "joined", actor=seat)
    return events


def scene_of(events):
    room = fold(events.all)
    view = snapshots.View.of(room)
    return scenes.scene(room, view.findings, view.pairs, Drawing(room.definition))


def test_marks_are_hidden_until_the_facilitator_shows_them(say):
    say("lead", "act.opened", act="case", part="P6")
    say("a", "case.marked", card="P6", mark="ours")
    say("b", "case.marked", card="P6", mark="unknown")
    assert "marks" not in scene_of(say)
    say("lead", "marks.shown", shown=True)
    assert scene_of(say)["marks"] == {"ours": 1, "not_ours": 0, "unknown": 1}


def test_the_cards_side_by_side_show_every_team(say):
    say("lead", "act.opened", act="case", part="marks")
    say("a", "case.marked", card="P6", mark="ours")
    say("a", "case.marked", card="C10", mark="not_ours")
    say("c", "case.marked", card="P6", mark="unknown")
    assert scene_of(say) == {"kind": "marks", "marked": 2, "of": 3}
    say("lead", "marks.shown", shown=True)
    shown = scene_of(say)
    assert shown["seats"] == ["Team A", "Team B", "Team C"]
    assert [(row["id"], row["marks"]) for row in shown["cards"]] == [
        ("P6", ["ours", None, "unknown"]),
        ("C10", ["not_ours", None, None]),
    ]


def test_an_example_waits_for_the_facilitator(say):
    say("lead", "act.opened", act="case", part="P6")
    say("lead", "marks.shown", shown=True)
    told = say("a", "case.example", card="P6", text="by the gate")
    (row,) = snapshots.cockpit(fold(say.all))["examples"]
    assert (row["by"], row["card"], row["text"], row["shown"]) == ("Team A", "P6", "by the gate", False)
    assert scene_of(say)["examples"] == []
    say("lead", "example.shown", example=told.id, shown=True)
    assert scene_of(say)["examples"] == [{"by": "Team A", "text": "by the gate"}]
    # What was let through is that text and no other.
    say("a", "case.example", card="P6", text="something rude")
    assert scene_of(say)["examples"] == []


def test_an_example_that_is_taken_back_or_whose_team_left_is_gone(say):
    say("a", "case.example", card="P6", text="by the gate")
    say("b", "case.example", card="P6", text="by the door")
    say("a", "case.example", card="P6", text="")
    assert [row["by"] for row in scenes.example_rows(fold(say.all))] == ["Team B"]
    say("b", "withdrawn")
    assert scenes.example_rows(fold(say.all)) == []


def test_an_open_room_sees_examples_with_the_marks_unless_one_is_hidden():
    say = Events()
    say("lead", "workshop.defined", {**payload(3), "examples": "open"})
    say("a", "joined", actor="a")
    say("lead", "act.opened", act="case", part="P6")
    told = say("a", "case.example", card="P6", text="by the gate")
    assert "examples" not in scene_of(say)
    say("lead", "marks.shown", shown=True)
    assert len(scene_of(say)["examples"]) == 1
    say("lead", "example.shown", example=told.id, shown=False)
    assert scene_of(say)["examples"] == []


def test_who_is_missing_shows_who_answers_whom(say):
    say("lead", "act.opened", act="case", part="missing")
    shown = scene_of(say)
    assert set(shown) == {"kind", "picture", "twin"}
    assert "C11" in shown["picture"]["nl"]
    assert len(shown["twin"]["en"]) == 11


def test_a_case_of_ones_own_is_what_the_room_reads():
    own = copy.deepcopy(dict(default().raw))
    own["item"] = [item for item in own["item"] if item["id"] in {"P1", "P6", "C3"}]
    own["item"][2]["refers"] = []
    own["item"][2]["core"] = True
    own["short"] = ["P6"]
    own["item"][1]["en"]["title"] = "Ours alone"
    say = Events()
    say("lead", "workshop.defined", {**payload(3), "case": own})
    say("lead", "act.opened", act="case", part="P6")
    room = fold(say.all)
    assert [item.id for item in room.case.core] == ["P6", "C3"]
    assert scene_of(say)["title"]["en"] == "Ours alone"
    following = plan(room, "en")["next"]
    assert (following["act"], following["part"]) == ("case", "C3")
    case_parts = [moment.part for moment in room.program.moments if moment.act == "case"]
    assert case_parts == ["P6", "C3", "marks", "missing"]
    assert [moment.part for moment in Program("two_hours", ("P6", "C3"), ("P6",)).moments][2] == "P6"


def test_the_plan_of_the_kits_case():
    parts = {
        length: [
            moment.part
            for moment in Program(length, tuple(i.id for i in default().core), default().few).moments
            if moment.act == "case"
        ]
        for length in ("standard", "two_hours", "short")
    }
    assert parts == {
        "standard": ["P4", "P6", "P7", "P8", "P12", "C5", "C10", "marks", "missing"],
        "two_hours": ["P6", "P7", "P8", "C10"],
        "short": [],
    }
