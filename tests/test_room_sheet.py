"""One sheet for all phones of a team."""

from __future__ import annotations

import pytest

from domain_helpers import Events
from workshopkit.network.claims import Heard, Told
from workshopkit.room.sheet import Sheet, apply


@pytest.fixture
def events():
    return Events()


def fold(events):
    sheet = Sheet()
    for event in events.all:
        sheet = apply(sheet, event)
    return sheet


def test_the_latest_edit_counts(events):
    events("p", "told", to="b", answer="yes", expected="yes")
    events("p", "told", to="b", answer="yes", expected="doubt")
    events("p", "heard", **{"from": "c"}, answer="via", via="b")
    sheet = fold(events)
    assert sheet.told == {"b": Told("yes", "doubt")}
    assert sheet.heard == {"c": Heard("via", "b")}


def test_what_is_taken_back_is_gone(events):
    events("p", "told", to="b", answer="yes", expected="yes")
    events("p", "told", to="b", answer="no", expected=None)
    assert fold(events).told == {}


def test_ready_is_both_lists_closed(events):
    events("p", "list.closed", list="told")
    assert not fold(events).ready
    events("p", "list.closed", list="heard")
    events("p", "checked")
    assert fold(events).ready
    assert fold(events).checked
    events("p", "list.reopened", list="told")
    assert not fold(events).ready


def test_a_correction_is_checked_again(events):
    events("p", "checked")
    events("p", "told", to="b", answer="yes", expected="yes")
    assert not fold(events).checked


def test_evidence_is_unknown_before_it_was_asked_and_may_be_nothing(events):
    assert fold(events).evidence is None
    events("p", "evidence", of=["calls", "feeling"])
    assert fold(events).evidence == ("calls", "feeling")
    events("p", "evidence", of=[])
    assert fold(events).evidence == ()


def test_a_wish_may_be_nobody(events):
    assert not fold(events).wished
    events("p", "wish", **{"from": "b"})
    events("p", "wish", **{"from": None})
    assert (fold(events).wish, fold(events).wished) == (None, True)


def test_a_sheet_is_never_changed_in_place(events):
    before = Sheet()
    after = apply(before, events("p", "told", to="b", answer="yes", expected="yes"))
    assert before == Sheet()
    assert after != before


def quarrel(events, gap, second="no", who="q"):
    events("p", "told", to="b", answer="yes", expected="yes", at=100.0)
    events(who, "told", to="b", answer=second, expected="yes" if second == "yes" else None, at=100.0 + gap)
    return fold(events)


def test_two_phones_that_disagree_within_half_a_minute(events):
    sheet = quarrel(events, 30)
    (conflict,) = sheet.conflicts
    assert (conflict.list, conflict.actor) == ("told", "b")
    assert [edit.event for edit in conflict.edits] == ["e1", "e2"]
    assert sheet.told == {}, "until somebody chooses, the latest counts"


@pytest.mark.parametrize(
    ("gap", "second", "who"),
    [(30.1, "no", "q"), (1, "yes", "q"), (1, "no", "p")],
    ids=["later", "same", "own"],
)
def test_what_is_no_conflict(events, gap, second, who):
    assert quarrel(events, gap, second, who).conflicts == ()


def test_without_a_time_of_the_server_there_is_no_conflict(events):
    events("p", "told", to="b", answer="yes", expected="yes")
    events("q", "told", to="b", answer="no", expected=None)
    assert fold(events).conflicts == ()


def test_other_rows_are_no_conflict(events):
    events("p", "told", to="b", answer="yes", expected="yes", at=1.0)
    events("q", "told", to="c", answer="no", expected=None, at=1.0)
    events("q", "heard", **{"from": "b"}, answer="no", via=None, at=1.0)
    assert fold(events).conflicts == ()


def test_a_conflict_stays_until_one_is_chosen(events):
    quarrel(events, 5)
    events("p", "told", to="c", answer="yes", expected="yes", at=900.0)
    assert len(fold(events).conflicts) == 1
    events("q", "chosen", list="told", actor="b", event="e1")
    sheet = fold(events)
    assert sheet.conflicts == ()
    assert sheet.told["b"] == Told("yes", "yes")
    events("q", "told", to="b", answer="no", expected=None, at=901.0)
    assert fold(events).conflicts == (), "a change of mind after choosing is no new quarrel"


def test_choosing_what_is_not_there_changes_nothing(events):
    quarrel(events, 5)
    before = fold(events)
    events("q", "chosen", list="told", actor="b", event="e99")
    events("q", "chosen", list="heard", actor="b", event="e1")
    assert fold(events) == before


def test_who_agrees_after_all_ends_the_conflict(events):
    quarrel(events, 5)
    events("p", "told", to="b", answer="no", expected=None, at=110.0)
    assert fold(events).conflicts == ()


ASKED_ONCE = {
    "wish": ("wish", {"from": "b"}, {"from": None}, "b", None),
    "evidence": ("evidence", {"of": ["calls"]}, {"of": []}, ("calls",), ()),
    "guess": ("guessed", {"tenths": 3}, {"tenths": 0}, 3, 0),
}


@pytest.mark.parametrize("question", ASKED_ONCE)
def test_what_has_no_rows_is_disagreed_about_alike(events, question):
    kind, one, other, first, second = ASKED_ONCE[question]
    events("p", "checked")
    events("p", kind, **one, at=100.0)
    events("q", kind, **one, at=101.0)
    assert fold(events).conflicts == (), "they say the same"
    events("p", kind, **other, at=130.9)
    sheet = fold(events)
    (conflict,) = sheet.conflicts
    assert (conflict.list, conflict.actor) == (question, None)
    assert [edit.row for edit in conflict.edits] == [first, second]
    assert getattr(sheet, question) == second, "until somebody chooses, the latest counts"
    assert sheet.checked, "only rows stand on the check screen"
    events("q", "chosen", list=question, actor=None, event=conflict.edits[0].event)
    sheet = fold(events)
    assert (sheet.conflicts, getattr(sheet, question)) == ((), first)
    events("p", kind, **other, at=132.0)
    assert fold(events).conflicts == ()
    assert getattr(fold(events), question) == second


@pytest.mark.parametrize("question", ASKED_ONCE)
def test_a_change_of_mind_later_or_of_the_same_phone_is_no_conflict(events, question):
    kind, one, other, _, second = ASKED_ONCE[question]
    events("p", kind, **one, at=100.0)
    events("p", kind, **other, at=101.0)
    events("q", kind, **one, at=131.1)
    events("q", kind, **other, at=132.0)
    assert fold(events).conflicts == ()
    assert getattr(fold(events), question) == second


def test_a_third_phone_joins_the_conflict(events):
    quarrel(events, 5)
    events("r", "told", to="b", answer="yes", expected="doubt", at=112.0)
    assert len(fold(events).conflicts[0].edits) == 3
