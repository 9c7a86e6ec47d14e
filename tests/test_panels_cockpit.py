"""The facilitator's page from the inside: what it alone is told, and what follows on phones and wall."""

from __future__ import annotations

import json

import pytest

from test_panels_live import Room, send, told
from workshopkit.errors import StoreFull
from workshopkit.i18n import N_
from workshopkit.panels.cockpit import LOOK_S, Cockpit
from workshopkit.panels.live import TIME_S
from workshopkit.panels.participant import Participant
from workshopkit.panels.wall import Wall
from workshopkit.report.bundle import bundle
from workshopkit.room.analyst import Analyst, analyse_once

SECRET = "the desk is cross with permits"


@pytest.fixture
def room(tmp_path):
    made = Room(f"sqlite:///{tmp_path / 'room.db'}")
    yield made
    made.close()


def event(id_, kind, **given):
    return {"id": id_, "act": None, "kind": kind, "payload": given}


def look(room, *pages):
    """Let time pass, and give what each page was told."""
    room.later()
    told = []
    for page in pages:
        page.panel.look()
        told.append({key: value for one in page.take("state") for key, value in one["patch"].items()})
    return told


def test_notes_are_the_cockpits_alone(room):
    room.say("lead", "act.opened", act="lines", part="questions", at=1.0)
    cockpit, other, wall, phone = room.open(Cockpit), room.open(Cockpit), room.open(Wall), room.phone()
    send(cockpit, event("n1", "note.written", act="lines", part="questions", text=SECRET))
    send(cockpit, event("n2", "note.written", act=None, part=None, text="cake"))
    assert [answer["type"] for answer in (*cockpit.take("stored"), *cockpit.take("refused"))] == [
        "stored"
    ] * 2
    analyse_once(room.store, room.id)
    _, second, *others = look(room, cockpit, other, wall, phone)
    assert second["notes"] == [
        {"act": "lines", "part": "questions", "label": "The lines", "text": SECRET},
        {"act": None, "part": None, "label": "Before the beginning", "text": "cake"},
    ]
    for page, patch in zip((wall, phone), others, strict=True):
        assert SECRET not in json.dumps([patch, page.panel.state(), page.panel.newest()])
        assert page.panel.room.notes == {}, "not even folded"
    for kind in ("phones", "wall", "cockpit"):
        assert SECRET not in json.dumps(room.store.snapshot(room.id, kind).payload)


def test_notes_leave_with_no_report_and_no_bundle(room):
    import io
    import zipfile

    room.say("lead", "note.written", act=None, part=None, text=SECRET)
    packed = zipfile.ZipFile(io.BytesIO(bundle(room.store, room.id, "en")))
    assert packed.namelist()
    for name in packed.namelist():
        assert SECRET.encode() not in packed.read(name), name


def test_a_wall_that_sends_a_note_keeps_it_from_the_room_all_the_same(room):
    wall, cockpit = room.open(Wall), room.open(Cockpit)
    send(wall, event("n1", "note.written", act=None, part=None, text=SECRET))
    assert SECRET not in json.dumps(wall.panel.state())
    assert look(room, cockpit)[0]["notes"][0]["text"] == SECRET


def test_a_call_reaches_every_phone_with_the_step(room):
    room.say("lead", "act.opened", act="lines", part="questions", at=1.0)
    cockpit, one, two = room.open(Cockpit), room.phone("a"), room.phone("b")
    assert one.state["called"] is None
    send(cockpit, event("c1", "room.called"))
    seq = room.store.last_seq(room.id)
    for patch in look(room, one, two):
        assert patch["called"] == seq
    room.say("lead", "act.opened", act="silos", part="own", at=9.0)
    for patch in look(room, one, two):
        assert patch["called"] is None


def test_who_comes_later_is_told_where_the_room_is_and_not_called_back(room):
    early = room.phone("a")
    room.say("lead", "act.opened", act="lines", part="questions", at=1.0)
    room.say("lead", "room.called", at=2.0)
    late = room.phone("b")
    assert (late.state["late"], late.state["called"]) == ("The lines", None)
    send(late, told("t1", to="a"))
    assert [answer["type"] for answer in late.take("stored")] == ["stored"], "what is open is answered"
    (patch,) = look(room, early)
    assert (patch["called"] is not None, early.panel.state()["late"]) == (True, None)
    analyse_once(room.store, room.id)
    cockpit = room.open(Cockpit)
    assert cockpit.state["late_count"] == 1
    assert [team["id"] for team in cockpit.state["teams"] if team["late"]] == ["b"]
    room.say("lead", "room.called", at=3.0)
    room.say("lead", "act.opened", act="silos", part="own", at=4.0)
    assert look(room, late)[0]["late"] is None


def test_the_lock_is_shown_on_cockpit_and_wall(room):
    cockpit, wall = room.open(Cockpit), room.open(Wall)
    assert (cockpit.state["locked"], wall.state["locked"]) == (False, False)
    send(cockpit, event("l1", "room.locked", locked=True))
    assert look(room, wall)[0]["locked"] is True


def test_the_seconds_that_are_left_come_from_here(room):
    phone = room.phone()
    room.say("lead", "timer.set", seconds=60, at=room.now.now)
    room.later(5)
    phone.panel.look()
    (state,) = phone.take("state")
    assert state["left"] == 55
    phone.take("time")
    room.later(TIME_S / 2)
    phone.panel.look()
    assert phone.take("time") == [], "not too often"
    room.later(TIME_S / 2)
    phone.panel.look()
    assert phone.take("time") == [{"type": "time", "left": 45.0}]
    room.later(1000)
    phone.panel.look()
    assert phone.take("time") == [{"type": "time", "left": 0.0}]
    assert phone.take("state") == [], "the end of a timer changes nothing else"
    send(phone, told("t1"))
    assert phone.take("refused") != [] or phone.take("stored") != []


def test_who_looks_again_hears_at_once_how_long_there_is(room):
    phone = room.phone()
    room.say("lead", "timer.set", seconds=60, at=room.now.now)
    phone.panel.look()
    phone.say({"type": "hidden", "hidden": True})
    room.later(30)
    phone.panel.look()
    phone.take("time")
    phone.say({"type": "hidden", "hidden": False})
    assert phone.take("time") == [{"type": "time", "left": 30.0}]


def test_nothing_closes_when_a_timer_has_run_out(room):
    room.say("lead", "act.opened", act="lines", part="questions", at=1.0)
    room.say("lead", "timer.set", seconds=5, at=room.now.now)
    phone = room.phone()
    room.later(600)
    phone.panel.look()
    send(phone, told("t1"))
    assert [answer["type"] for answer in phone.take("stored")] == ["stored"]


def test_the_plan_follows_the_clock_while_nothing_happens(room):
    room.say("lead", "act.opened", act="prepare", part="welcome", at=room.now.now)
    cockpit = room.open(Cockpit)
    before = cockpit.panel.state()["plan"]
    room.later(3600)
    cockpit.panel.look()
    (message,) = cockpit.take("state")
    after = message["patch"]["plan"]
    assert after["spare"] == before["spare"] - 45
    assert next(block for block in after["blocks"] if block["now"])["past"] == 45


def test_a_part_that_is_closed_opens_again_with_next(room):
    room.say("lead", "act.opened", act="silos", part="guess", at=1.0)
    cockpit = room.open(Cockpit)
    send(cockpit, event("x", "act.closed", act="silos"))
    plan = cockpit.panel.state()["plan"]
    assert plan["closed"]
    assert plan["now"] is None
    assert (plan["next"]["act"], plan["next"]["part"]) == ("silos", "guess")
    assert room.open(Cockpit).state["plan"]["next"]["part"] == "guess"


def light(page):
    return page.panel.state()["health"]["light"]


def test_the_light_goes_by_the_analyst(room):
    cockpit = room.open(Cockpit)
    assert cockpit.state["health"]["light"] == "red", "it has never given a sign of life"
    Analyst(room.store, now=room.now).beat()
    look(room, cockpit)
    assert light(cockpit) == "green"
    room.later(60)
    cockpit.panel.look()
    (message,) = cockpit.take("state")
    assert message["patch"]["health"]["light"] == "red", "told while nothing else happens"
    assert LOOK_S < 15


def test_a_store_that_does_not_answer_is_told(room):
    Analyst(room.store, now=room.now).beat()
    cockpit = room.open(Cockpit)
    cockpit.panel.troubled(StoreFull(N_("The disk is full.")))
    (message,) = cockpit.take("state")
    assert message["patch"]["health"]["light"] == "red"
    assert message["patch"]["health"]["rows"][0]["said"] == "The disk is full."
    look(room, cockpit)
    room.later(LOOK_S)
    cockpit.panel.look()
    assert light(cockpit) == "green"


def test_phones_that_go_at_once_are_told(room):
    Analyst(room.store, now=room.now).beat()
    for actor in ("a", "a", "b", "c"):
        room.join(actor)
    analyse_once(room.store, room.id)
    cockpit = room.open(Cockpit)
    assert "there" not in cockpit.state["teams"][0]
    presence = {"there": {"a": 1}, "lost": 3, "failed_at": room.now.now - 5}
    room.store.put_snapshot(room.id, "presence", room.store.last_seq(room.id), presence)
    (patch,) = look(room, cockpit)
    assert [team["there"] for team in patch["teams"]] == [1, 0, 0, 0]
    assert patch["health"]["light"] == "yellow"
    assert [row["light"] for row in patch["health"]["rows"]].count("yellow") == 2


def test_a_phone_gets_no_health_no_notes_and_no_names_of_who_is_missing(room):
    room.say("lead", "act.opened", act="lines", part="questions", at=1.0)
    phone = room.phone()
    analyse_once(room.store, room.id)
    assert {"health", "notes", "missing", "late_count"}.isdisjoint(phone.panel.state())
    assert isinstance(phone.panel, Participant)
    cockpit = room.open(Cockpit)
    assert cockpit.state["missing"] == {"names": ["Team A", "Team B", "Team C", "Public"]}
