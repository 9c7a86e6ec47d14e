"""Lines from a file: which column is what, which name is which place, and the answers that come of it."""

from __future__ import annotations

import json

import networkx as nx
import pytest

from domain_helpers import definition
from workshopkit.errors import RefusedEvent, UsageError
from workshopkit.network.files.headings import guess
from workshopkit.network.files.notes import BadFiles
from workshopkit.network.files.reading import read as read_map
from workshopkit.network.lines import reconcile, reconcile_statements
from workshopkit.room import imported, importing
from workshopkit.room.events import validate
from workshopkit.room.fold import Room, fold
from workshopkit.store.contract import Event

DEFINITION = definition(4, {"public": "proxy", "papers": "none"})
SIDED = b"""source;target;perspective;arrives;via
a;b;sender;;
a;c;sender;no;
b;a;receiver;partly;
Team C;Team A;receiver;;press
a;public;observer;;
"""


def room_of(*events, defined=DEFINITION):
    made = [
        Event(one["id"], "w", one["participant"], None, one["kind"], one["payload"], seq)
        for seq, one in enumerate(events, 1)
    ]
    return fold(made, Room(definition=defined))


def pairs(plan):
    """Give the lines that count, in the order of the file."""
    found = plan.rows
    return [
        (found.names[one], found.names[other]) for one, other in zip(found.source, found.target, strict=True)
    ]


def planned(content, room=None, fields=None, chosen=None, name="lines.csv"):
    file = importing.read(content, name)
    return importing.plan(file, fields or guess(file.sheet.header), room or room_of(), chosen)


def events_of(plan, room=None, defined=DEFINITION):
    room = room or room_of()
    number = imported.batch("w", plan.by_seat, room.withdrawn)
    return imported.events("w", defined, number, "lines.csv", plan.by_seat)


def texts(notes):
    return [note.text("en") for note in notes]


def test_a_file_with_both_sides_gives_each_place_its_own_answers():
    plan = planned(SIDED)
    assert plan.by_seat == {
        "a": (
            ("told", {"to": "b", "answer": "yes", "expected": None}),
            ("heard", {"from": "b", "answer": "partly", "via": None}),
            ("heard", {"from": "c", "answer": "via", "via": "press"}),
            ("list.closed", {"list": "told"}),
            ("list.closed", {"list": "heard"}),
        ),
        "public": (
            ("heard", {"from": "a", "answer": "yes", "via": None}),
            ("list.closed", {"list": "heard"}),
        ),
    }
    assert (plan.count, len(plan.rows), plan.plain, plan.refused) == (5, 5, False, ())


def test_the_room_has_the_lines_that_analyse_reads_from_the_same_file():
    rows = "source,target,perspective,reporter,arrives,via\n" + "".join(
        f"{line}\n"
        for line in (
            "a,b,sender,x,,",
            "a,c,sender,x,,",
            "a,c,sender,y,,",
            "a,c,sender,z,no,",
            "a,b,receiver,,,",
            "a,c,receiver,,,b",
            "b,c,receiver,,no,",
            "c,a,receiver,,partly,",
        )
    )
    places = "actor,kind\na,team\nb,team\nc,team\nd,team\n"
    defined = definition(4)
    plan = planned(rows.encode(), room_of(defined=defined))
    room = room_of(*events_of(plan, defined=defined), defined=defined)
    files = read_map(rows.encode(), places.encode())
    expected = reconcile_statements([one.id for one in files.definition.actors], files.said)
    found = reconcile(defined, room.sheets)
    assert {(line.source, line.target): line.state for line in found.every()} == {
        (line.source, line.target): line.state for line in expected.every()
    }


def test_a_plain_list_is_both_sides_yes_and_who_is_not_in_it_is_silent():
    plan = planned(b"source,target\na,b\nb,papers\n")
    room = room_of(*events_of(plan))
    states = {(line.source, line.target): line.state for line in reconcile(DEFINITION, room.sheets).every()}
    assert states["a", "b"] == "confirmed"
    assert states["b", "a"] == "absent"
    assert states["a", "c"] == states["c", "a"] == "unanswered"
    assert set(plan.by_seat) == {"a", "b"}
    assert plan.plain


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("source,target,via", ("source", "target", "via")),
        ("Van,Naar,Kanaal", ("source", "target", "channel")),
        ("Wie vertelt,Aan wie?,Komt het aan", ("source", "target", "arrives")),
        ("Nr,Sender,Receiver", ("", "", "")),
        ("from,source,target,weight", ("", "source", "target", "")),
    ],
)
def test_columns_are_guessed_by_their_names(header, fields):
    assert guess(header.split(",")) == fields


def test_a_wrong_header_is_mended_by_hand():
    content = b"Nr;Team;Partner\n1;Team A;team b\n2;Team B;Team C\n"
    file = importing.read(content, "lines.csv")
    assert file.sheet.header == ("Nr", "Team", "Partner")
    with pytest.raises(BadFiles, match="no column source"):
        importing.plan(file, guess(file.sheet.header), room_of())
    plan = importing.plan(file, ("", "source", "target"), room_of())
    assert pairs(plan) == [("a", "b"), ("b", "c")]


def test_an_unknown_name_is_left_out_until_somebody_says_which_place_it_is():
    content = b"source,target\nTeam A,Comms\nComms,Team B\nTeam A,Team B\n"
    plan = planned(content)
    assert (plan.names["Comms"].place, plan.names["Comms"].how, plan.times["Comms"]) == (None, "", 2)
    assert texts(plan.refused) == ["lines.csv, lines 2, 3: Comms is not on this map, so the row was left out"]
    assert pairs(plan) == [("a", "b")]
    plan = planned(content, chosen={"Comms": "c"})
    assert pairs(plan) == [("a", "c"), ("c", "b"), ("a", "b")]
    assert (plan.refused, plan.names["Comms"].how) == ((), "chosen")


def test_a_name_that_looks_like_one_place_is_offered_and_can_be_left_out():
    content = b"source,target\nTeam A,Publik\n"
    plan = planned(content)
    assert (plan.names["Publik"].place, plan.names["Publik"].how) == ("public", "alike")
    assert planned(content, chosen={"Publik": None}).by_seat == {}


def test_what_is_chosen_for_a_name_that_is_a_place_or_for_no_place_changes_nothing():
    content = b"source,target\nTeam A,Team B\n"
    assert pairs(planned(content, chosen={"Team A": "c", "nobody": "a"})) == pairs(planned(content))
    assert planned(b"source,target\na,x\n", chosen={"x": "nowhere"}).by_seat == {}


def test_two_names_of_one_place_make_no_line_to_itself():
    plan = planned(b"source,target\nTeam A,Comms\na,b\n", chosen={"Comms": "a"})
    assert pairs(plan) == [("a", "b")]
    assert "lines.csv, line 2: a line from a place to itself was left out" in texts(plan.refused)
    assert plan.repaired == ()


def test_rows_with_a_fault_are_left_out_and_told_of_and_the_others_go_on():
    rows = "".join(f"a,b,sender,maybe{number}\n" for number in range(25))
    plan = planned(
        f"source,target,perspective,arrives\na,c,sender,yes\n{rows}a,d,teller,\n,b,sender,\n".encode()
    )
    assert pairs(plan) == [("a", "c")]
    assert plan.count == 28
    assert (
        texts(plan.refused)[0]
        == "lines.csv, line 3: arrives is maybe0; write yes, partly or no, or leave it empty"
    )
    assert len(plan.refused) + plan.more == 27


def test_a_way_that_is_no_place_becomes_a_way_that_nobody_knows():
    plan = planned(b"source,target,perspective,via\na,b,receiver,Elvis\n")
    assert plan.by_seat["b"][0] == ("heard", {"from": "a", "answer": "via", "via": "unknown"})
    assert "Elvis" in texts(plan.repaired)[0]


def test_respondents_of_one_place_speak_by_majority_and_a_divided_place_says_nothing_of_it():
    rows = [("a", "b", "x", ""), ("a", "b", "y", "no"), ("a", "c", "x", ""), ("a", "c", "y", "")]
    content = "source,target,perspective,reporter,arrives\n" + "".join(
        f"{source},{target},sender,{who},{arrives}\n" for source, target, who, arrives in rows
    )
    plan = planned(content.encode())
    assert plan.divided == (("a", "b"),)
    assert [payload["to"] for kind, payload in plan.by_seat["a"] if kind == "told"] == ["c"]
    assert "x" not in json.dumps(events_of(plan)[1]["payload"])  # who filled it in is not stored


def test_who_has_answered_on_a_phone_keeps_its_word():
    said = {"to": "c", "answer": "yes", "expected": "yes"}
    joined = {"id": "1", "participant": "p", "kind": "joined", "payload": {"actor": "a"}}
    told = {"id": "2", "participant": "p", "kind": "told", "payload": said}
    plan = planned(SIDED, room_of(joined, told))
    assert (plan.answered, set(plan.by_seat)) == (("a",), {"public"})
    # A phone that has only joined has not said anything.
    assert planned(SIDED, room_of(joined)).answered == ()


def test_a_phone_that_answers_later_wins_row_by_row():
    room = room_of(*events_of(planned(SIDED)))
    assert room.sheet("a").told.keys() == {"b"}
    later = [
        Event("j", "w", "p", None, "joined", {"actor": "a"}, 100),
        Event("t", "w", "p", "lines", "told", {"to": "b", "answer": "no", "expected": None, "at": 1.0}, 101),
        Event(
            "u", "w", "p", "lines", "told", {"to": "d", "answer": "yes", "expected": "yes", "at": 2.0}, 102
        ),
    ]
    room = fold(later, room)
    assert room.sheet("a").told.keys() == {"d"}
    assert room.sheet("a").conflicts == ()


def test_nobody_with_a_phone_is_counted_for_a_file():
    room = room_of(*events_of(planned(SIDED)))
    assert (room.phones("a"), room.joined(), room.imported("a"), room.imported("b")) == (0, 0, True, False)
    assert room.sheet("a").ready
    assert imported.batches(room) == [
        {"batch": next(iter(room.imports)), "file": "lines.csv", "lines": 4, "seats": 2}
    ]


def test_the_same_answers_are_the_same_events_until_they_were_taken_back():
    plan = planned(SIDED)
    first = events_of(plan)
    assert events_of(plan) == first
    room = room_of(*first)
    (batch,) = room.imports
    back = imported.undone("w", batch, room.seats)
    room = room_of(*first, *back)
    assert room.seats == {}
    assert room.sheets == room.logs == {}
    again = events_of(plan, room)
    assert {one["id"] for one in again}.isdisjoint(one["id"] for one in first)
    lines = reconcile(DEFINITION, room_of(*first).sheets)
    assert reconcile(DEFINITION, room_of(*first, *back, *again).sheets) == lines


def test_taking_back_one_batch_leaves_the_other():
    one = events_of(planned(b"source,target,perspective\na,b,sender\n"))
    two = events_of(planned(b"source,target,perspective\na,c,sender\n"))
    room = room_of(*one, *two)
    assert room.sheet("a").told.keys() == {"b", "c"}
    assert len(imported.batches(room)) == 2
    back = imported.undone("w", one[0]["payload"]["batch"], room.seats)
    assert room_of(*one, *two, *back).sheet("a").told.keys() == {"c"}


def test_graphs_bring_the_labels_and_the_places_without_a_line():
    graph = nx.DiGraph()
    for node, label in {"n1": "Team A", "n2": "Team B", "n3": "Team C", "n4": "Elsewhere"}.items():
        graph.add_node(node, label=label)
    graph.add_edge("n1", "n2")
    graph.add_edge("n2", "n4")
    content = "\n".join(nx.generate_graphml(graph)).encode()
    plan = planned(content, name="gephi.graphml")
    assert pairs(plan) == [("a", "b")]
    assert set(plan.by_seat) == {"a", "b", "c"}
    assert plan.names["n4"].label == "Elsewhere"


def test_the_table_of_kumu_is_read():
    plan = planned(b"From,To,Direction,Type\nTeam A,Team B,mutual,mail\n")
    assert pairs(plan) == [("a", "b"), ("b", "a")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"PK\x03\x04nothing",
        b"source,target\n" + b"a" * 200_000,
        b'<!DOCTYPE x [<!ENTITY a "aa">]><graphml>&a;</graphml>',
        b'source,target\n"a,b\n',
    ],
)
def test_a_broken_file_is_one_sentence(content):
    with pytest.raises(UsageError) as fault:
        importing.plan(file := importing.read(content, "x.csv"), guess(file.sheet.header), room_of())
    for lang in ("nl", "en"):
        assert "x.csv" in fault.value.text(lang)


def test_more_rows_than_a_workshop_holds_are_refused():
    with pytest.raises(UsageError, match="at most 10000"):
        importing.read(b"source,target\n" + b"a,b\n" * 10_001, "x.csv")


def test_formulas_and_marks_stay_text():
    plan = planned(b"source,target\n'=cmd|x,a\n<img src=x>,a\n")
    assert list(plan.names) == ["<img src=x>", "=cmd|x", "a"]
    assert plan.by_seat == {}


def test_no_participant_may_say_that_something_was_imported():
    said = {"batch": "x", "file": "f", "lines": 1}
    with pytest.raises(RefusedEvent, match="Only the facilitator"):
        validate("lines.imported", said, DEFINITION, "participant", "a")
    assert validate("lines.imported", {**said, "more": 1}, DEFINITION, "facilitator", None) == said
    for wrong in ({"batch": 1}, {"file": None}, {"lines": True}, {"lines": -1}, {"batch": "a b"}):
        with pytest.raises(RefusedEvent):
            validate("lines.imported", {**said, **wrong}, DEFINITION, "facilitator", None)


def test_rows_of_who_has_no_voice_do_not_count_and_are_told_of():
    plan = planned(b"source,target,perspective\na,b,sender\na,papers,receiver\na,c,observer\n")
    assert (len(plan.rows), plan.counting, plan.count) == (3, 1, 3)
    assert texts(plan.refused) == [
        "lines.csv, line 3: papers has voice none, so its own row does not count",
        "lines.csv, line 4: an observer's row does not count on the map",
    ]


def test_a_row_that_stands_twice_is_merged_and_told_of_as_repaired():
    plan = planned(b"source,target\na,b\na,b\n")
    assert plan.refused == ()
    assert texts(plan.repaired) == [
        "lines.csv, line 3: a line that was there before was merged with it; the last row counts"
    ]
