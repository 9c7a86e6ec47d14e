"""Who is missing at a moment: teams by name, single phones by number, and nobody where nothing is asked."""

from __future__ import annotations

import pytest

from domain_helpers import Events, payload
from workshopkit.room.fold import fold
from workshopkit.room.missing import missing


def started(**options):
    events = Events()
    events("facilitator", "workshop.defined", {**payload(3), **options})
    for who, seat in (("p1", "a"), ("p2", "b")):
        events(who, "joined", actor=seat)
    return events


def test_before_it_begins_those_without_a_phone():
    events = started()
    assert missing(fold(events.all)) == {"names": ["Team C"]}
    events("typed-1", "joined", actor="c")
    assert missing(fold(events.all)) == {"names": []}


@pytest.mark.parametrize(
    ("act", "part", "kind", "said"),
    [
        ("case", "P6", "case.marked", {"card": "P6", "mark": "ours"}),
        ("silos", "guess", "guessed", {"tenths": 3, "at": 1.0}),
        ("silos", "walk", "walked", {"answer": "agreed"}),
    ],
)
def test_who_has_not_done_what_is_asked(act, part, kind, said):
    events = started()
    events("lead", "act.opened", act=act, part=part)
    assert missing(fold(events.all)) == {"names": ["Team A", "Team B", "Team C"]}
    events("p1", kind, said)
    assert missing(fold(events.all)) == {"names": ["Team B", "Team C"]}


def test_another_card_than_this_one_does_not_count():
    events = started()
    events("lead", "act.opened", act="case", part="P6")
    events("p1", "case.marked", card="P4", mark="ours")
    assert "Team A" in missing(fold(events.all))["names"]


def test_a_team_is_ready_with_both_lists():
    events = started()
    events("lead", "act.opened", act="lines", part="questions")
    events("p1", "list.closed", list="told")
    assert "Team A" in missing(fold(events.all))["names"]
    events("p1", "list.closed", list="heard")
    assert missing(fold(events.all)) == {"names": ["Team B", "Team C"]}


@pytest.mark.parametrize(
    ("act", "part"), [("silos", "bent"), ("silos", "break"), ("case", "marks"), ("report", "close")]
)
def test_where_nothing_is_asked_nobody_is_missing(act, part):
    events = started()
    events("lead", "act.opened", act=act, part=part)
    assert missing(fold(events.all)) is None


def test_of_single_phones_only_the_number():
    events = Events()
    given = payload(3)
    for actor in given["actors"]:
        actor["people"] = 6
    events("facilitator", "workshop.defined", {**given, "answers": "anonymous", "examples": "off"})
    for number in range(5):
        events(f"p{number}", "joined", actor="a")
    assert missing(fold(events.all)) is None, "who is in is counted already"
    events("lead", "act.opened", act="case", part="P6")
    events("p1", "case.marked", card="P6", mark="ours")
    assert missing(fold(events.all)) == {"count": 4}


def test_in_the_break_through_the_tables_that_have_not_given_all_their_dots():
    events = started()
    events("import-f0x0-1", "joined", actor="c")
    events("lead", "act.opened", act="breakthrough", part="choose")
    card = {"kind": "add", "source": "a", "target": "b"}
    events("p1", "mend.made", step=card)
    assert missing(fold(events.all)) == {"names": ["Team A", "Team B"]}, "a seat without a phone is no table"
    events("p1", "mend.given", person=1, steps=[card] * 3)
    assert missing(fold(events.all)) == {"names": ["Team A", "Team B"]}, "not everybody has given"
    events("p1", "mend.finished")
    assert missing(fold(events.all)) == {"names": ["Team B"]}
    events("p1", "mend.given", person=2, steps=[card] * 3)
    assert missing(fold(events.all)) == {"names": ["Team A", "Team B"]}, (
        "who gives later opens the table again"
    )
