"""Pages where everybody answers alone: a phone has its own answers and nobody else's, and all see the same release."""

from __future__ import annotations

import itertools
import json

import pytest

from domain_helpers import Clock, FakePage
from workshopkit.panels.case import CasePanel
from workshopkit.panels.cockpit import Cockpit
from workshopkit.panels.here import Here
from workshopkit.panels.participant import Participant
from workshopkit.panels.silos import SilosPanel
from workshopkit.panels.wall import Wall
from workshopkit.room.analyst import analyse_once
from workshopkit.store import open_store

GROUPS = ("a", "b", "c")
SECRET = "only this phone said it"


@pytest.fixture
def room(tmp_path):
    made = Room(f"sqlite:///{tmp_path / 'room.db'}")
    yield made
    made.close()


class Room:
    """Three groups of six in a store, and pages on it."""

    def __init__(self, url):
        self.store, self.url = open_store(url), url
        actors = [
            {"id": id, "label": id.upper(), "kind": "team", "voice": "own", "people": 6} for id in GROUPS
        ]
        given = {"subject": "News", "lang": "en", "answers": "anonymous", "examples": "off", "actors": actors}
        self.id = self.store.create_workshop(title="News", lang="en", definition=given).id
        self.numbers, self.stores, self.clock = itertools.count(1), [], Clock()
        for group in GROUPS:
            for number in range(6):
                self.say(f"{group}{number}", "joined", actor=group)
        self.say("facilitator", "act.opened", act="lines", part="questions")

    def say(self, participant, kind, /, **given):
        self.store.append(
            id=f"x{next(self.numbers)}",
            workshop=self.id,
            participant=participant,
            act="lines",
            kind=kind,
            payload=given,
        )

    def open(self, panel, who="lead", actor=None):
        store = open_store(self.url)
        self.stores.append(store)
        role = "participant" if panel is Participant else "facilitator"
        seat = Here(self.url, self.id, who, actor, role, "en", "http://workshop.test/j/ABCD2345")
        page = FakePage()
        page.panel = panel(store, seat, clock=self.clock, now=Clock(5000.0))
        page.state = page.panel.start()
        page.panel.attach(page)
        return page

    def close(self):
        for store in (*self.stores, self.store):
            store.close()


def test_a_phone_reads_its_own_answers_and_nobody_elses(room):
    room.say("a0", "told", to="b", answer="yes", expected="yes")
    room.say("a1", "told", to="c", answer="yes", expected="yes")
    room.say("b0", "told", to="a", answer="yes", expected="yes")
    page = room.open(Participant, "a0", "a")
    assert set(page.state["sheet"]["told"]) == {"b"}
    assert set(page.panel.room.alone) == {"a0"}
    assert page.state["anonymous"] is True
    assert page.state["examples_asked"] is False


def test_what_a_group_agrees_is_seen_by_all_of_it(room):
    form = {
        "if": SECRET,
        "then": "call",
        "who": "the desk",
        "when": "2026-12-01",
        "obstacle": "x",
        "instead": "y",
        "alone": "",
    }
    room.say("a1", "agreement.written", **{"with": "b"}, ours=True, cites=[], **form)
    assert [one["texts"]["if"] for one in room.open(Participant, "a0", "a").state["sheet"]["agreements"]] == [
        SECRET
    ]
    assert room.open(Participant, "b0", "b").state["sheet"]["agreements"] == []
    room.say("a1", "withdrawn")
    assert room.open(Participant, "a0", "a").state["sheet"]["agreements"] == []


def test_an_answer_through_the_page_is_ones_own(room):
    page = room.open(Participant, "a0", "a")
    entry = {
        "id": "one",
        "act": "lines",
        "kind": "told",
        "payload": {"to": "b", "answer": "yes", "expected": "doubt"},
    }
    page.say({"type": "events", "events": [entry]})
    assert page.sent[-1]["patch"]["sheet"]["told"] == {"b": {"answer": "yes", "expected": "doubt"}}
    assert room.open(Participant, "a1", "a").state["sheet"]["told"] == {}


def test_no_examples_are_taken(room):
    room.say("facilitator", "act.opened", act="case", part="P6")
    page = room.open(Participant, "a0", "a")
    entry = {"id": "one", "act": "case", "kind": "case.example", "payload": {"card": "P6", "text": SECRET}}
    page.say({"type": "events", "events": [entry]})
    assert [one["type"] for one in page.sent] == ["refused"]
    assert "no examples" in page.sent[0]["message"]


def test_no_snapshot_of_the_questions_depends_on_an_answer(room):
    """What wall, cockpit and phones are given while the questions are open is the same whatever is answered."""
    seen = []
    for answer in ("b", "c"):
        for who in ("a0", "a1", "a2", "a3", "a4", "a5"):
            for other in "bc":
                room.say(who, "told", to=other, answer="yes" if other == answer else "no", expected="yes")
            room.say(who, "list.closed", list="told")
        analyse_once(room.store, room.id)
        seen.append([room.store.snapshot(room.id, kind).payload for kind in ("wall", "cockpit", "phones")])
    assert seen[0] == seen[1]


def test_the_pages_of_the_facilitator_open(room):
    for group in GROUPS:
        for number in range(6):
            room.say(
                f"{group}{number}", "told", to="b" if group != "b" else "a", answer="yes", expected="yes"
            )
            for name in ("told", "heard"):
                room.say(f"{group}{number}", "list.closed", list=name)
    room.say("facilitator", "act.opened", act="silos", part="arrives")
    analyse_once(room.store, room.id)
    wall, cockpit = room.open(Wall), room.open(Cockpit)
    assert wall.state["people"] == 18
    assert [team["ready_phones"] for team in cockpit.state["teams"]] == [6, 6, 6]
    assert json.loads(json.dumps(cockpit.state)) == cockpit.state
    room.say("facilitator", "act.opened", act="lines", part="questions")
    assert "yourself" in room.open(Cockpit).state["plan"]["now"]["say"]


def test_the_notebooks_see_the_release_alone(room):
    silos = SilosPanel(room.store, room.id, lang="en")
    assert len(silos.lines) == 0
    for number in range(6):
        room.say(f"a{number}", "told", to="b", answer="yes", expected="yes")
        room.say(f"a{number}", "list.closed", list="told")
    silos.refresh()
    assert len(silos.lines) == 0
    room.say("facilitator", "act.opened", act="silos", part="arrives")
    silos.refresh()
    assert silos.lines.of("a", "b").told.answers == 5
    assert silos.findings.silos.ei is None
    assert silos.findings.silos.reason == "no_groups"
    case = CasePanel(room.store, room.id, lang="en")
    assert "has not marked a card yet" in repr(case.marks)


def test_a_text_is_looked_at_for_names_and_kept_nowhere(room):
    page = room.open(Participant, "a0", "a")
    page.say({"type": "names", "text": "Fatima belt Jan de Vries"})
    assert page.sent[-1]["patch"]["named"] == {
        "text": "Fatima belt Jan de Vries",
        "found": ["Jan de Vries", "Fatima"],
    }
    for odd in (None, 7, ["x"], {"a": 1}):
        page.say({"type": "names", "text": odd})
    page.say({"type": "names", "text": "x" * 5000})
    assert len(page.sent[-1]["patch"]["named"]["text"]) == 1000
    assert all("Fatima" not in json.dumps(event.payload) for event in room.store.events(room.id))


def test_a_file_of_teams_is_refused_before_it_is_chosen(room):
    cockpit = room.open(Cockpit)
    cockpit.say({"type": "import", "do": "begin"})
    seen = cockpit.take("state")[-1]["patch"]["import"]
    assert seen["fault"] == (
        "Everybody answers alone in this workshop: a file of teams cannot be read into it."
    )
    cockpit.say({"type": "import", "do": "file", "name": "teams.csv", "size": 9})
    assert not cockpit.take("state"), "it stays refused"
