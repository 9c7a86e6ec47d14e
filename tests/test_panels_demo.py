"""The demo workshop: what simulated colleagues say passes where a room's answers pass, and is the same every time."""

from __future__ import annotations

import json

import pytest

from domain_helpers import definition as small
from workshopkit import paths
from workshopkit.network.actors import Definition
from workshopkit.panels import demo
from workshopkit.room import definitions, simulated
from workshopkit.room.events import PARTICIPANT_KINDS, validate
from workshopkit.room.fold import fold


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
