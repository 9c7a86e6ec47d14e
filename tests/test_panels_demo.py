"""The demo workshop: what simulated colleagues say passes where a room's answers pass, and is the same every time."""

from __future__ import annotations

import json

import pytest

from domain_helpers import definition as small
from workshopkit import paths
from workshopkit.mending.dots import DOTS
from workshopkit.mending.table import CUT
from workshopkit.network.actors import Definition
from workshopkit.panels import breakthrough, demo, report
from workshopkit.room import definitions, simulated
from workshopkit.room.events import PARTICIPANT_KINDS, validate
from workshopkit.room.fold import fold
from workshopkit.room.release import released
from workshopkit.room.tables import Bench


@pytest.fixture(scope="module", params=["nl", "en"])
def filled(request):
    store, workshop = demo.demo_workshop(request.param)
    return store, workshop, fold(store.events(workshop))


def test_everything_passes_the_check_of_a_phone(filled):
    store, workshop, room = filled
    said = [event for event in store.events(workshop) if event.kind in PARTICIPANT_KINDS]
    assert len(said) > 200
    for event in said:
        actor = room.seats[event.participant]
        assert validate(event.kind, event.payload, room.definition, "participant", actor) == event.payload


def test_every_seat_has_done_every_act(filled):
    _, _, room = filled
    for seat in room.definition.seats:
        sheet = room.sheet(seat.id)
        assert sheet.ready
        assert sheet.checked
        assert len(sheet.marks) == 7
        assert 0 <= sheet.guess <= 10
        assert sheet.walked is not None


def test_those_who_walk_together_end_together(filled):
    _, _, room = filled
    assert len({room.sheet(seat.id).walked for seat in room.definition.seats}) > 1


def test_agreements_are_of_all_kinds(filled):
    _, _, room = filled
    assert {one.answer for one in room.agreements} == {"accepted", "other", None}
    assert {one.ours for one in room.agreements} == {True, False}


def test_the_answers_are_those_that_were_planted(filled):
    _, _, room = filled
    planted = json.loads((paths.data() / "demo" / "answers.json").read_text(encoding="utf-8"))
    for seat, rows in planted.items():
        sheet = room.sheet(seat)
        assert {to: row.expected for to, row in sheet.told.items()} == rows["told"]
        heard = {
            who: f"via {row.via}" if row.answer == "via" else row.answer for who, row in sheet.heard.items()
        }
        assert heard == rows["heard"]
        assert sheet.wish == rows["wish"]


def test_it_is_the_same_every_time():
    rooms = []
    for _ in range(2):
        store, workshop = demo.demo_workshop("en")
        events = store.events(workshop, kinds={"case.marked", "guessed", "walked", "told", "heard"})
        rooms.append([(event.participant, event.kind, event.payload) for event in events])
    assert rooms[0] == rooms[1]


def test_another_map_is_answered_by_chance():
    definition = small(4, {"t": "proxy"}, domains=2)
    assert demo.answers(definition, "a") == simulated.answers(definition, "a")


def test_both_languages_tell_the_same_agreements():
    for entry in json.loads((paths.data() / "demo" / "agreements.json").read_text(encoding="utf-8")):
        assert entry["nl"].keys() == entry["en"].keys()
        assert not any("!" in text for lang in ("nl", "en") for text in entry[lang].values())
        # "then we …" stands before it already.
        assert not entry["en"]["then"].startswith("we ")
    seats = {
        seat.id for seat in Definition.read(definitions.read_file(paths.data() / "demo" / "nl.json")).seats
    }
    assert {
        entry["by"] for entry in json.loads((paths.data() / "demo" / "agreements.json").read_text())
    } <= seats


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_everybody_alone_is_what_its_readme_says(lang):
    store, workshop = demo.demo_workshop(lang, anonymous=True)
    room = fold(store.events(workshop))
    assert [(seat.people, room.phones(seat.id)) for seat in room.definition.seats] == [(8, 8)] * 4
    said = [event for event in store.events(workshop) if event.kind in PARTICIPANT_KINDS]
    for event in said:
        actor = room.seats[event.participant]
        validate(event.kind, event.payload, room.definition, "participant", actor, case=room.case)
    told = released(room)
    counts = {"confirmed": 3, "heard_via": 2, "sent_not_heard": 1, "heard_not_claimed": 1}
    assert told.lines.counts == {**counts, "absent": 3, "divided": 2, "unanswered": 0}
    assert told.lines.of("board", "area").state == told.lines.of("board", "residents").state == "heard_via"
    assert told.lines.of("service", "residents").state == "sent_not_heard"
    assert told.lines.of("area", "board").state == "heard_not_claimed"
    assert told.wishes["residents"] == "board"
    assert len(told.marks) == len(room.case.core)


def test_one_of_a_crowd_plays_what_it_says():
    payload = definitions.read_file(demo.definition_file("en", anonymous=True))
    definition = Definition.read(payload)
    parts = [demo.afternoon(definition, "board", number=number) for number in range(8)]
    assert (
        sum(
            ("told", {"to": "service"}) in [(kind, {"to": row.get("to")}) for kind, row in part["lines"]]
            for part in parts
        )
        == 7
    )
    assert {len(part["marks"]) for part in parts} == {7}


def test_the_colleagues_play_the_break_through_each_in_its_own_way():
    store, workshop = demo.demo_workshop("en")
    before = fold(store.events(workshop)).seq
    demo.mend(store, workshop)
    room = fold(store.events(workshop))
    for event in store.events(workshop, after=before):
        if event.kind in PARTICIPANT_KINDS:
            seat = room.seats[event.participant]
            said = validate(event.kind, event.payload, room.definition, "participant", seat)
            assert said == event.payload
    tables = Bench.of(room).tables
    assert len(tables) == len(room.definition.seats)
    assert all(table.spent <= table.budget == CUT for table in tables.values())
    assert any(table.plan.aside for table in tables.values())
    assert len({frozenset(table.plan.chosen) for table in tables.values()}) > 3
    assert sum(room.mending.dots.counted(tables).values()) == 3 * DOTS * len(tables)


def test_alone_the_report_tells_what_was_mended_and_the_other_acts_leave_it_to_the_learner(monkeypatch):
    monkeypatch.delenv("WORKSHOPKIT_DB", raising=False)
    monkeypatch.setattr("workshopkit.panels.watched.keep_running", lambda following: following.close())
    assert breakthrough.open_workshop().is_shared is False
    panel = report.open_workshop()
    assert panel.room.mending is not None
    assert panel.t("What we mend first") in panel.pages.html
