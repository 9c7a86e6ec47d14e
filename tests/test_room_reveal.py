"""The reveal: what a sentence lights, what a phone gets of its own lines, and who walks to whom."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from workshopkit.analysis import findings as analysis
from workshopkit.figures.map import Drawing
from workshopkit.i18n import LANGUAGES
from workshopkit.network.lines import reconcile
from workshopkit.panels import script
from workshopkit.panels.demo import demo_workshop
from workshopkit.room import reveal, scenes, snapshots
from workshopkit.room.fold import fold
from workshopkit.room.program import Moment, Program
from workshopkit.store.contract import Event


@pytest.fixture(scope="module")
def played():
    store, workshop = demo_workshop("nl")
    return fold(store.events(workshop))


def said(room, kind, payload, *, who="facilitator"):
    event = Event(
        id=f"e{room.seq + 1}",
        workshop="w",
        participant=who,
        act=None,
        kind=kind,
        payload=payload,
        seq=room.seq + 1,
    )
    return room.apply(event)


def opened(room, part, **more):
    return said(room, "act.opened", {"act": "silos", "part": part, **more})


def shown(room):
    view = snapshots.View.of(room)
    drawing = Drawing(room.definition)
    return view, scenes.scene(room, view.findings, view.pairs, drawing)


@pytest.mark.parametrize("part", [part for part in reveal.STEPS if part not in {"drawn", "against"}])
def test_every_sentence_lights_what_it_counts(played, part):
    room = opened(said(played, "sponsor.chosen", {"actor": "communication"}), part)
    _, scene = shown(room)
    drawn = {f"{line['source']}>{line['target']}" for line in scene["map"]["lines"]}
    for lang in LANGUAGES:
        assert len(scene["lights"]) == len(scene["said"][lang]) > 0
        assert all(len(sentence.split()) <= 15 for sentence in scene["said"][lang])
    for light, sentence in zip(scene["lights"], scene["said"]["nl"], strict=True):
        assert set(light.get("lines", ())) <= drawn
        count = sentence.split()[0]
        if part == "bent" or (part == "arrives" and "tweetal" not in sentence):
            assert len(light["lines"]) == int(count), sentence


def test_the_lines_of_a_silent_room_light_nothing_that_is_not_said():
    store, workshop = demo_workshop("nl")
    (defined,) = store.events(workshop, kinds={"workshop.defined"})
    for part in reveal.STEPS:
        _, scene = shown(opened(fold([defined]), part))
        for light in scene.get("lights", ()):
            assert light.get("lines", []) == []


def test_a_phone_gets_its_own_lines_alone_and_no_outcome_before_they_bend(played):
    lines = {
        one.source: set()
        for one in analysis.find(played.definition, reconcile(played.definition, played.sheets)).detours.lines
    }
    for part in ("arrives", "drawn", "bent", "against", "walls"):
        room = opened(played, part)
        view, scene = shown(room)
        seats = snapshots.phones(view, scene)["seats"]
        for seat, rows in lines.items():
            own = seats.get(seat, {}).get("own", [])
            assert {row["to"] for row in own} <= set(room.sheet(seat).told)
            assert part == "bent" or all(row.keys() == {"to"} for row in own)
            if part in {"drawn", "bent"}:
                assert {row["to"] for row in own} == set(room.sheet(seat).told)
            rows |= {row["to"] for row in own}
        if part in {"against", "walls"}:
            assert "own" not in json.dumps(seats)


def test_a_correction_on_the_way_sends_nobody_elsewhere_and_redraws_the_map(played):
    room = opened(played, "walk")
    view, scene = shown(room)
    pair = next(one for one in view.pairs if one.reason == "sent_not_heard")
    who = next(person for person, seat in room.seats.items() if seat == pair.source)
    corrected = said(room, "told", {"to": pair.target, "answer": "no", "expected": None, "at": 1.0}, who=who)
    after, redrawn = shown(corrected)
    assert after.pairs == view.pairs
    assert len(redrawn["map"]["lines"]) == len(scene["map"]["lines"]) - 1
    # Back to the map and on again: the same pairs; only new questions give new ones.
    again = opened(opened(corrected, "bent"), "walk")
    assert snapshots.View.of(again).pairs == view.pairs
    anew = opened(opened(corrected, "own"), "walk")
    assert pair not in snapshots.View.of(anew).pairs
    # Who withdraws was never there, not even in the pairs.
    gone = said(corrected, "withdrawn", {}, who=who)
    assert pair not in snapshots.View.of(gone).pairs


def test_an_audience_without_anybody_walks_to_nobody(played):
    empty = next(one.id for one in played.definition.audiences if one.voice == "proxy")
    kept = {person: seat for person, seat in played.seats.items() if seat != empty}
    logs = {actor: log for actor, log in played.logs.items() if actor != empty}
    sheets = {actor: sheet for actor, sheet in played.sheets.items() if actor != empty}
    room = opened(replace(played, seats=kept, logs=logs, sheets=sheets), "walk")
    members = [one for pair in snapshots.View.of(room).pairs for one in pair.members]
    assert sorted(members) == sorted(seat.id for seat in room.definition.seats if seat.id != empty)


def test_forward_and_back_go_along_the_sentences(played):
    room = opened(played, "arrives")
    texts = ["one", "two"]
    plan = script.plan(room, "nl", texts)
    assert (plan["now"]["said"], plan["now"]["sentences"]) == ("one", 2)
    assert (plan["next"]["part"], plan["next"]["sentence"]) == ("arrives", 1)
    assert (plan["back"]["part"], plan["back"]["sentence"]) == ("guess", 0)
    plan = script.plan(opened(played, "arrives", sentence=1), "nl", texts)
    assert (plan["next"]["part"], plan["next"]["sentence"]) == ("drawn", 0)
    assert (plan["back"]["part"], plan["back"]["sentence"]) == ("arrives", 0)
    # A correction may leave fewer sentences than there were.
    plan = script.plan(opened(played, "arrives", sentence=5), "nl", texts)
    assert (plan["now"]["said"], plan["next"]["part"]) == ("two", "drawn")
    assert [step["part"] for step in plan["steps"] if step["now"]] == ["arrives"]


def test_the_sponsor_goes_first_only_where_somebody_was_chosen(played):
    assert script.plan(opened(played, "guess"), "nl")["next"]["part"] == "arrives"
    chosen = said(opened(played, "guess"), "sponsor.chosen", {"actor": "communication"})
    assert script.plan(chosen, "nl")["next"]["part"] == "sponsor"
    taken_back = said(chosen, "sponsor.chosen", {"actor": None})
    assert script.plan(taken_back, "nl")["next"]["part"] == "arrives"


def test_back_is_the_way_forward_turned_round():
    program = Program("standard", cards=("P6", "C10"), sponsor=True)
    for before, after in zip(program.moments, program.moments[1:], strict=False):
        assert program.next(before.act, before.part) == after
        assert program.previous(after.act, after.part) == before
    assert program.previous(None, None) is None
    assert program.previous("prepare", "welcome") is None
    assert program.moments.count(Moment("silos", "sponsor")) == 1
