"""The cockpit reads lines from a file: in pieces, shown first, stored at a word, and taken back in one tap."""

from __future__ import annotations

import asyncio
import base64
import io
import json

import openpyxl
import pytest

from domain_helpers import applied
from test_panels_live import Room
from workshopkit.analysis import findings
from workshopkit.network.lines import reconcile
from workshopkit.panels import importing as panel
from workshopkit.panels.cockpit import Cockpit
from workshopkit.panels.participant import Participant
from workshopkit.panels.wall import Wall
from workshopkit.room.analyst import analyse_once
from workshopkit.room.fold import fold

CONTENT = b"Team;Partner;Kant\nTeam A;Team B;zender\nTeam B;Team A;zender\nComms;Team A;zender\n"


@pytest.fixture
def room(tmp_path):
    made = Room(f"sqlite:///{tmp_path / 'room.db'}")
    yield made
    made.close()


class Hand:
    """A facilitator's page, which keeps its state and hands over files as its script does."""

    def __init__(self, room, *, kind=Cockpit, **options):
        self.page = room.open(kind, **options)
        self.state = self.page.state

    def say(self, what, **more):
        self.page.say({"type": "import", "do": what, **more})
        for message in self.page.take("state"):
            self.state = applied(self.state, message)
        return self.state.get("import")

    def give(self, content, name="lines.csv", step=None):
        seen = self.say("file", name=name, size=len(content))
        while (file := seen.get("file")) and file["got"] < file["size"]:
            piece = content[file["got"] : file["got"] + (step or seen["chunk"])]
            seen = self.say("chunk", at=file["got"], data=base64.b64encode(piece).decode())
        return seen


def mapped(hand):
    hand.give(CONTENT)
    hand.say("column", column=0, field="source")
    hand.say("column", column=1, field="target")
    return hand.say("match", name="Comms", place="c")


def stored(room):
    return room.store.events(room.id)


def figures(room):
    folded = fold(stored(room))
    return findings.find(folded.definition, reconcile(folded.definition, folded.sheets))


def test_a_file_is_mapped_shown_and_only_then_stored(room):
    hand = Hand(room)
    before = stored(room)
    seen = hand.give(CONTENT)
    assert [(one["name"], one["field"]) for one in seen["columns"]] == [
        ("Team", ""),
        ("Partner", ""),
        ("Kant", "perspective"),
    ]
    assert seen["columns"][0]["values"] == ["Team A", "Team B", "Comms"]
    assert seen["need"]
    assert "ready" not in seen
    seen = mapped(hand)
    assert "need" not in seen
    assert [(one["name"], one["place"]) for one in seen["names"]] == [("Comms", "c")]
    assert seen["preview"] == [
        "Team A says: we told Team B.",
        "Team B says: we told Team A.",
        "Team C says: we told Team A.",
    ]
    assert seen["told"] == [
        "3 of 3 rows count.",
        "For 3 places: Team A, Team B, Team C.",
        "Still to answer: Public.",
    ]
    assert seen["ready"]
    assert stored(room) == before

    seen = hand.say("confirm")
    assert seen["done"].startswith("Read in: lines.csv, for 3 places.")
    assert seen["file"] is None
    sheets = fold(stored(room)).sheets
    assert {id: list(sheet.told) for id, sheet in sheets.items()} == {"a": ["b"], "b": ["a"], "c": ["a"]}


def test_what_was_read_in_is_marked_and_one_tap_takes_it_back_as_if_it_had_never_been(room):
    room.say("x", "joined", actor="a")
    hand = Hand(room)
    before = figures(room)
    mapped(hand)
    hand.say("confirm")
    assert figures(room) != before
    analyse_once(room.store, room.id)
    cockpit = Hand(room)
    (batch,) = cockpit.state["imports"]
    assert (batch["file"], batch["seats"], batch["lines"]) == ("lines.csv", 3, 3)
    teams = {team["id"]: team for team in cockpit.state["teams"]}
    assert [(teams[id]["imported"], teams[id]["phones"]) for id in "abc"] == [(True, 1), (True, 0), (True, 0)]
    assert (cockpit.state["joined_count"], room.open(Wall).state["joined"]) == (1, 1)

    cockpit.say("undo", batch=batch["batch"])
    analyse_once(room.store, room.id)
    assert figures(room) == before
    assert Hand(room).state["imports"] == []


def test_a_phone_sees_what_was_read_in_for_its_team_and_can_change_it(room):
    room.say("lead", "act.opened", act="lines")
    phone = room.phone("a")
    assert phone.state["imported"] is False
    mapped(hand := Hand(room))
    hand.say("confirm")
    room.later()
    phone.panel.look()
    state = applied(phone.state, phone.take("state")[-1])
    assert state["imported"]
    assert list(state["sheet"]["told"]) == ["b"]
    assert state["sheet"]["closed"]["told"]
    phone.say({"type": "events", "events": [{"id": "1", "act": "lines", "kind": "told", "payload": {"to": "b", "answer": "no"}}]})  # fmt: skip
    assert fold(stored(room)).sheet("a").told == {}
    assert fold(stored(room)).sheet("a").conflicts == ()


def test_confirming_twice_and_choosing_the_same_file_again_store_it_once(room):
    hand = Hand(room)
    mapped(hand)
    hand.say("confirm")
    first = stored(room)
    assert hand.say("confirm")["fault"]
    again = Hand(room)
    mapped(again)
    assert again.say("confirm")["fault"] == "These answers have been read in already."
    assert stored(room) == first


def test_after_taking_back_the_same_file_can_be_read_in_again(room):
    hand = Hand(room)
    mapped(hand)
    hand.say("confirm")
    once = figures(room)
    (batch,) = fold(stored(room)).imports
    hand.say("undo", batch=batch)
    hand.say("undo", batch=batch)
    mapped(hand)
    hand.say("confirm")
    assert figures(room) == once


def test_a_piece_that_comes_twice_or_too_early_changes_nothing(room):
    hand = Hand(room)
    hand.say("file", name="x.csv", size=len(CONTENT))
    part = base64.b64encode(CONTENT[:10]).decode()
    assert hand.say("chunk", at=0, data=part)["file"]["got"] == 10
    assert hand.say("chunk", at=0, data=part)["file"]["got"] == 10
    assert hand.say("chunk", at=30, data=part)["file"]["got"] == 10
    rest = base64.b64encode(CONTENT[10:]).decode()
    assert hand.say("chunk", at=10, data=rest)["columns"]


def test_small_pieces_make_the_same_file(room):
    whole, pieces = Hand(room), Hand(room)
    assert whole.give(CONTENT) == pieces.give(CONTENT, step=7)


def test_a_phone_and_the_wall_cannot_read_anything_in(room):
    before = stored(room)
    for hand in (
        Hand(room, kind=Participant, actor="a", participant=room.join("a")),
        Hand(room, kind=Wall),
    ):
        joined = stored(room)
        assert hand.say("file", name="x.csv", size=len(CONTENT)) is None
        hand.say("chunk", at=0, data=base64.b64encode(CONTENT).decode())
        hand.say("confirm")
        hand.say("undo", batch="x")
        assert stored(room) == joined
    phone = room.phone("b")
    said = {"batch": "x", "file": "f", "lines": 1}
    phone.say(
        {"type": "events", "events": [{"id": "1", "act": None, "kind": "lines.imported", "payload": said}]}
    )
    assert [answer["id"] for answer in phone.take("refused")] == ["1"]
    assert {event.kind for event in stored(room)[len(before) :]} == {"joined"}


@pytest.mark.parametrize(
    "message",
    [
        {"do": "file"},
        {"do": "file", "name": "x", "size": -1},
        {"do": "file", "name": "x", "size": True},
        {"do": "file", "name": ["x"], "size": 3},
        {"do": "chunk", "at": 0, "data": "AAAA"},
        {"do": "column", "column": 0, "field": "source"},
        {"do": "match", "name": "x", "place": "a"},
        {"do": "confirm"},
    ],
)
def test_what_does_not_fit_is_a_sentence(room, message):
    hand = Hand(room)
    before = stored(room)
    assert (
        hand.say(message.pop("do"), **message)["fault"]
        == "Something went wrong on the way. Choose the file again."
    )
    assert stored(room) == before


@pytest.mark.parametrize(
    "message",
    [
        {"do": "column", "column": 9, "field": "source"},
        {"do": "column", "column": True, "field": ["source"]},
        {"do": "column", "column": 0, "field": "weight"},
        {"do": "match", "name": ["Comms"], "place": "a"},
        {"do": "match", "name": "Comms", "place": "nowhere"},
        {"do": "match", "name": "nobody", "place": "a"},
    ],
)
def test_a_crafted_change_leaves_the_file_as_it_was(room, message):
    hand = Hand(room)
    before = mapped(hand)
    seen = hand.say(message.pop("do"), **message)
    assert seen.pop("fault")
    assert {key: value for key, value in before.items() if key != "fault"} == seen


def test_an_unknown_wish_and_one_that_is_no_message_are_left_alone(room):
    hand = Hand(room)
    hand.page.say({"type": "import"})
    hand.page.say({"type": "import", "do": ["file"]})
    assert hand.page.take("state") == []


def test_a_file_that_cannot_be_read_is_a_sentence_in_both_languages_and_the_next_one_goes_well(room):
    for lang, word in (("nl", "Hiervan is geen kaart te maken"), ("en", "No map can be made of this")):
        hand = Hand(room, lang=lang)
        bad = b'<!DOCTYPE x [<!ENTITY a "aa">]><graphml>&a;</graphml>'
        seen = hand.give(bad, "bad.graphml")
        assert seen["fault"].startswith(f"{word}. bad.graphml")
        assert seen["file"] is None
        assert hand.give(CONTENT)["fault"] == ""


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(room):
    seen = Hand(room).say("file", name="x.csv", size=11_000_000)
    assert seen["fault"] == "x.csv is too large: at most 10 MB. Leave out what is not about this message."
    assert seen["file"] is None


def test_more_than_was_announced_is_not_kept(room):
    hand = Hand(room)
    hand.say("file", name="x.csv", size=20)
    seen = hand.say("chunk", at=0, data=base64.b64encode(b"source,target\na,b\n\n\nb,a\n" * 9).decode())
    assert seen["preview"] == ["Team A told Team B, and Team B heard it."]


def test_an_empty_file_and_one_of_ten_million_signs_in_a_line_are_refused(room):
    hand = Hand(room)
    assert "empty" in hand.say("file", name="x.csv", size=0)["fault"]
    content = b"source,target\n" + b"x" * 9_900_000
    assert "longer than" in hand.give(content)["fault"]


def test_a_workbook_is_read(room):
    book = openpyxl.Workbook()
    for row in (("Van", "Aan"), ("Team A", "Team C"), (12, "Team C")):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    seen = Hand(room).give(out.getvalue(), "lines.xlsx")
    assert [one["field"] for one in seen["columns"]] == ["source", "target"]
    assert "Team A told Team C, and Team C heard it." in seen["preview"]
    assert [one["name"] for one in seen["names"]] == ["12"]


def test_a_room_that_has_changed_is_shown_again_before_anything_is_stored(room):
    hand = Hand(room)
    mapped(hand)
    who = room.join("a")
    room.say(who, "told", to="c", answer="yes", expected="yes")
    before = stored(room)
    seen = hand.say("confirm")
    assert seen["fault"] == "The room has changed meanwhile. Look again, and then read it in."
    assert any("Team A has answered itself already" in said for said in seen["refused"])
    assert stored(room) == before
    hand.say("confirm")
    assert list(fold(stored(room)).sheet("a").told) == ["c"]


def test_a_workshop_that_is_over_takes_nothing_in_and_the_file_stays(room):
    hand = Hand(room)
    mapped(hand)
    room.store.close_workshop(room.id)
    seen = hand.say("confirm")
    assert seen["fault"]
    assert seen["ready"]


def test_what_is_shown_is_short_and_json(room):
    names = [f"{'x' * 500}{number}" for number in range(400)]
    rows = "".join(f"{name},Team A,{'y' * 1000}\n" for name in names)
    seen = Hand(room).give(f"source,target,{'z' * 900}\n{rows}".encode())
    assert len(json.dumps(seen)) < 250_000
    assert len(seen["names"]) == 200


def test_a_large_file_is_read_while_the_page_goes_on(room, monkeypatch):
    hand = Hand(room)
    content = b"source,target\na,b\n"
    hand.say("file", name="x.csv", size=len(content))

    async def meet():
        reading, go_on = asyncio.Event(), asyncio.Event()
        loop = asyncio.get_running_loop()
        read = panel.importing.read

        def slowly(*given):
            loop.call_soon_threadsafe(reading.set)
            asyncio.run_coroutine_threadsafe(go_on.wait(), loop).result(30)
            return read(*given)

        monkeypatch.setattr(panel.importing, "read", slowly)
        seen = hand.say("chunk", at=0, data=base64.b64encode(content).decode())
        await reading.wait()
        assert "columns" not in seen
        sent = asyncio.Event()
        monkeypatch.setattr(hand.page, "send", lambda message: (hand.page.sent.append(message), sent.set()))
        go_on.set()
        await sent.wait()
        return applied(hand.state, hand.page.take("state")[-1])["import"]

    assert asyncio.run(meet())["ready"]
