"""A room told anew without who and when: every figure of it stays exactly the same."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import fields

from hypothesis import given, settings
from hypothesis import strategies as st

from domain_helpers import Events, payload
from workshopkit.analysis import findings
from workshopkit.errors import RefusedEvent
from workshopkit.figures.map import Drawing
from workshopkit.network.actors import Definition
from workshopkit.network.lines import reconcile
from workshopkit.report import settled
from workshopkit.room import definitions, program, scenes, snapshots
from workshopkit.room.events import (
    ANSWER_KINDS,
    EVIDENCE,
    FACILITATOR_KINDS,
    MARKS,
    PARTICIPANT_KINDS,
    WALKED,
    validate,
)
from workshopkit.room.fold import Room, fold
from workshopkit.room.sheet import Sheet
from workshopkit.store.contract import Event

GIVEN = definitions.check(payload(4, {"public": "proxy", "papers": "none"}, domains=2))
DEFINITION = Definition.read(GIVEN)
PEOPLE = {"p1": "a", "p2": "a", "p3": "b", "p4": "c", "p5": "public", "import-f0x0-1": "c"}
PLACES = st.sampled_from([actor.id for actor in DEFINITION.actors])
SEATS = st.sampled_from([seat.id for seat in DEFINITION.seats])
AT = st.floats(0, 90)
IDS = st.integers(1, 40).map(lambda number: f"e{number}")
LATER = (dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=40)).isoformat()
TEXT = st.sampled_from(["call", "the front desk", "=1+1", "<b>", "\u202eשלום", "👩‍👩‍👧"])


def said(kind, **parts):
    return st.fixed_dictionaries(parts).map(lambda row: (kind, row))


ANSWERS = st.one_of(
    said(
        "told",
        to=PLACES,
        answer=st.sampled_from(["yes", "no"]),
        expected=st.sampled_from(["yes", "doubt"]),
        at=AT,
    ),
    said(
        "heard",
        **{"from": PLACES, "via": st.one_of(PLACES, st.sampled_from(["press", "unknown", None]))},
        answer=st.sampled_from(["yes", "partly", "via", "no"]),
        at=AT,
    ),
    said("list.closed", list=st.sampled_from(["told", "heard"])),
    said("list.reopened", list=st.sampled_from(["told", "heard"])),
    said("evidence", of=st.lists(st.sampled_from(EVIDENCE))),
    said("wish", **{"from": st.one_of(PLACES, st.none())}),
    said("checked"),
    said("chosen", list=st.sampled_from(["told", "heard"]), actor=PLACES, event=IDS),
    said("case.marked", card=st.sampled_from(["P6", "C10"]), mark=st.sampled_from(MARKS)),
    said("case.example", card=st.sampled_from(["P6", "C10"]), text=st.sampled_from(["", "by the gate"])),
    said("guessed", tenths=st.integers(0, 10)),
    said("walked", answer=st.sampled_from(WALKED)),
    said(
        "agreement.written",
        **dict.fromkeys(("if", "then", "who", "obstacle", "instead"), TEXT),
        **{
            "with": SEATS,
            "ours": st.booleans(),
            "when": st.just(LATER),
            "alone": st.sampled_from(["", "us"]),
        },
    ),
    said("agreement.answered", agreement=IDS, answer=st.sampled_from(["accepted", "other"])),
    said("agreement.dropped", agreement=IDS),
    said("joined", actor=SEATS),
    said("withdrawn"),
)
LED = st.one_of(
    st.sampled_from(list(Room().program.moments)).map(
        lambda moment: ("act.opened", {"act": moment.act, "part": moment.part, "at": 1.5e9})
    ),
    said("act.closed", act=st.sampled_from(program.ACTS)),
    said("agreement.hidden", agreement=IDS, hidden=st.booleans()),
    said("block.dropped", block=st.sampled_from(program.DROPPABLE), dropped=st.booleans()),
    said("findings.picked", findings=st.lists(IDS, max_size=2)),
    said("map.shown", shown=st.booleans()),
    said("map.drawn", lines=st.lists(st.tuples(PLACES, PLACES).map(list), max_size=3)),
    said("marks.shown", shown=st.booleans()),
    said("example.shown", example=IDS, shown=st.booleans()),
    said("timer.set", seconds=st.sampled_from([60, None])),
    said("workshop.closed"),
)
HISTORIES = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(sorted(PEOPLE)), ANSWERS),
        st.tuples(st.sampled_from(sorted(PEOPLE)), ANSWERS),
        st.tuples(st.just("facilitator"), LED),
    ),
    max_size=40,
)


def play(history, seats=PEOPLE):
    """Let happen what of a history can happen: what a page would refuse is not said."""
    events, seats = Events(), dict(seats)
    events("facilitator", "workshop.defined", GIVEN)
    for who, actor in seats.items():
        events(who, "joined", actor=actor)
    for who, (kind, row) in history:
        actor = row.get("actor") if kind == "joined" else seats.get(who)
        role = "facilitator" if who == "facilitator" else "participant"
        try:
            found = validate(kind, row, DEFINITION, role, actor)
        except RefusedEvent:
            continue
        if kind == "joined":
            seats[who] = actor
        events(who, kind, {**found, "at": row["at"]} if "at" in row else found)
    return events.all


def again(room, defined=GIVEN):
    """Fold a room from its settled log alone."""
    log = [Event("defined", "w", "facilitator", None, "workshop.defined", defined, 1)]
    for seq, entry in enumerate(settled.said(room), start=2):
        log.append(
            Event(entry["id"], "w", entry["participant"], entry["act"], entry["kind"], entry["payload"], seq)
        )
    return fold(log)


def renamed(value, names):
    """Give a value with other names for agreements: their numbers differ and mean nothing."""
    if isinstance(value, dict):
        return {names.get(key, key): renamed(one, names) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [renamed(one, names) for one in value]
    return names.get(value, value) if isinstance(value, str) else value


def without_when(told):
    """Leave out who came in later: when somebody came leaves no room."""
    teams = [{key: value for key, value in team.items() if key != "late"} for team in told["teams"]]
    return {**told, "teams": teams, "late_count": 0}


def everything(room):
    """Give all that anybody is shown of a room, or could calculate from it."""
    names = {one.id: f"agreement {number}" for number, one in enumerate(room.agreements)}
    names |= {
        one.event: f"example {seat.id} {card}"
        for seat in room.definition.seats
        for card, one in room.sheet(seat.id).examples.items()
    }
    drawing, view = Drawing(room.definition), snapshots.View.of(room)
    scene = scenes.scene(room, view.findings, view.pairs, drawing)
    shown = (
        snapshots.phones(view, scene),
        snapshots.wall(view, drawing, scene),
        without_when(snapshots.cockpit(room, scene, view.findings)),
    )
    left_out = {"edits", "conflicts", "agreements", "accepts", "examples"}
    sheets = {
        seat.id: {
            part.name: getattr(room.sheet(seat.id), part.name)
            for part in fields(Sheet)
            if part.name not in left_out
        }
        | {"examples": {card: one.text for card, one in room.sheet(seat.id).examples.items()}}
        for seat in room.definition.seats
    }
    led = (room.act, room.part, room.dropped, room.map_shown, room.marks_shown, room.drawn, room.closed)
    return (
        renamed(shown, names),
        sheets,
        [
            renamed((one.line, one.writer, dict(one.texts), one.when, one.answer, one.hidden), names)
            for one in room.agreements
        ],
        findings.find(room.definition, reconcile(room.definition, room.sheets)),
        led,
        [room.phones(seat.id) for seat in room.definition.seats],
    )


@settings(max_examples=300, deadline=None)
@given(HISTORIES)
def test_a_settled_room_is_the_same_room(history):
    room = fold(play(history))
    assert everything(again(room)) == everything(room)


@settings(deadline=None)
@given(HISTORIES)
def test_nothing_tells_who_and_when(history):
    room = fold(play(history))
    log = settled.said(room)
    assert not {entry["participant"] for entry in log} & set(PEOPLE)
    assert not any("at" in entry["payload"] for entry in log)
    # One phone says everything of its team: no two are told apart.
    speakers = {entry["participant"] for entry in log if entry["kind"] in ANSWER_KINDS}
    assert len(speakers) <= len(room.sheets)


def test_the_order_in_which_a_team_answered_is_forgotten():
    rows = [
        ("p3", ("told", {"to": place, "answer": "yes", "expected": "yes"})) for place in ("d", "public", "a")
    ]
    one, other = ([kinds(entry) for entry in settled.said(fold(play(order)))] for order in (rows, rows[::-1]))
    assert one == other
    assert [payload["to"] for kind, payload in one if kind == "told"] == ["a", "d", "public"]


def kinds(entry):
    return entry["kind"], entry["payload"]


@settings(deadline=None)
@given(HISTORIES, st.sampled_from(sorted(PEOPLE)))
def test_who_has_withdrawn_is_not_in_it(history, who):
    events = play([*history, (who, ("withdrawn", {}))])
    without = [event for event in events if event.participant != who]
    assert [kinds(entry) for entry in settled.said(fold(events))] == [
        kinds(entry) for entry in settled.said(fold(without))
    ]


def test_a_quarrel_is_told_as_it_stands_and_starts_no_new_one():
    history = [
        ("p1", ("told", {"to": "b", "answer": "yes", "expected": "yes", "at": 1.0})),
        ("p2", ("told", {"to": "b", "answer": "no", "at": 2.0})),
    ]
    room = fold(play(history))
    assert room.sheet("a").conflicts
    after = again(room)
    assert after.sheet("a").told == room.sheet("a").told == {}
    assert after.sheet("a").conflicts == ()


def test_what_a_phone_said_for_another_team_stays_there_when_it_moves():
    history = [
        ("p1", ("told", {"to": "b", "answer": "yes", "expected": "yes", "at": 1.0})),
        ("p1", ("list.closed", {"list": "told"})),
        ("p1", ("joined", {"actor": "c"})),
    ]
    room = fold(play(history, {"p1": "a"}))
    assert (room.phones("a"), room.phones("c")) == (0, 1)
    after = again(room)
    assert set(after.sheet("a").told) == {"b"}
    assert (after.phones("a"), after.phones("c")) == (0, 1)


def test_what_concerns_a_place_that_left_the_map_is_left_out():
    events = play(
        [("p1", ("told", {"to": "b", "answer": "yes", "expected": "yes"})), ("p3", ("checked", {}))]
    )
    fewer = {**GIVEN, "actors": [actor for actor in GIVEN["actors"] if actor["id"] != "b"]}
    events.append(Event("late", "w", "facilitator", None, "workshop.defined", fewer, 99))
    room = fold(events)
    log = settled.said(room)
    assert "b" not in json.dumps([entry["payload"] for entry in log if entry["kind"] == "told"])
    assert [entry["payload"]["actor"] for entry in log if entry["kind"] == "joined"] == [
        "a",
        "a",
        "c",
        "c",
        "public",
    ]
    assert again(room, fewer).sheet("a").told == {}


def test_every_kind_of_event_was_thought_of():
    kept = {
        "told", "heard", "list.closed", "evidence", "wish", "checked", "case.marked", "case.example", "guessed", "walked", "agreement.written",
        "agreement.answered", "joined", "act.opened", "act.closed", "agreement.hidden", "example.shown", "block.dropped", "map.drawn", "map.shown",
        "marks.shown", "workshop.closed", "workshop.defined", "sponsor.chosen", "release.kept", "findings.picked", "agreement.merged",
        "agreement.followed", "mend.budget", "mend.chosen", "mend.finished", "mend.given", "mend.made", "mend.priced", "mend.shown",
    }  # fmt: skip
    # These change what others have said, and are gone once that is settled; a timer is over by then.
    # What a file was called is gone too: that there was one is told by who speaks.
    # Who could get in is over as well, and notes are the facilitator's own.
    gone = {
        "list.reopened", "chosen", "agreement.dropped", "withdrawn", "timer.set", "lines.imported", "room.called", "room.locked", "note.written",
        "mend.dropped", "mend.redone", "mend.undone",
    }  # fmt: skip
    # A message on its way is a game: nothing of it leaves the room.
    gone |= {kind for kind in PARTICIPANT_KINDS | FACILITATOR_KINDS if kind.startswith("relay.")}
    assert kept | gone == PARTICIPANT_KINDS | FACILITATOR_KINDS
