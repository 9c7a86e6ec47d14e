"""What a rehearsal counts, and how the parts are cast; with small numbers that can be checked by hand."""

from __future__ import annotations

from contextlib import closing

import pytest

from store_helpers import event
from workshopkit import paths
from workshopkit.bots import cast
from workshopkit.bots.afternoon import due
from workshopkit.bots.burden import Burden
from workshopkit.bots.rehearsal import Kept, Outcome, _change_the_wall
from workshopkit.bots.tally import Spread, Tally, Tap
from workshopkit.network.actors import Definition
from workshopkit.panels import demo
from workshopkit.room import definitions
from workshopkit.store import open_store

DEMO = Definition.read(definitions.read_file(paths.data() / "demo" / "nl.json"))


def tap(id, kind="told", seat="a", *, seq=0, stored=True, **payload):
    return Tap(0, seat, kind, payload, "lines", id=id, sent=1, seq=seq, stored_s=0.1 if stored else None)


@pytest.fixture
def store(tmp_path):
    with closing(open_store(str(tmp_path / "kit.db"))) as made:
        made.create_workshop(title="w", lang="nl", definition={"subject": "s"}, id="w")
        yield made


def test_what_was_confirmed_and_is_there_once_is_kept(store):
    seqs = [store.append(**event(id, "w", participant=who))[0] for id, who in (("1", "p"), ("2", "q"))]
    store.append(**event("j", "w", participant="p", kind="joined"))
    store.append(**event("other", "w", participant="somebody else"))
    taps = [tap("1", seq=seqs[0]), tap("2", seq=seqs[1])]
    assert Kept.of(store, "w", ["p", "q"], taps) == Kept(stored=2, lost=0, unknown=0)


def test_what_was_confirmed_and_is_not_there_is_lost(store):
    seq, _ = store.append(**event("1", "w"))
    assert Kept.of(store, "w", ["p"], [tap("1", seq=seq), tap("2", seq=seq + 1)]).lost == 1
    assert Kept.of(store, "w", ["p"], [tap("1", seq=seq + 1)]).lost == 1, (
        "under another number it is not the same"
    )
    assert Kept.of(store, "w", [], [tap("1", seq=seq)]).lost == 1


def test_what_no_phone_sent_is_unknown_and_what_was_not_answered_is_not(store):
    store.append(**event("1", "w"))
    store.append(**event("twin of 1", "w"))
    assert Kept.of(store, "w", ["p"], [tap("1", stored=False)]) == Kept(stored=2, lost=0, unknown=1)


def outcome(tally=None, *, kept=None, phones=1, away=0):
    tally = tally or Tally(joins=[(0.0, 1.0)])
    return Outcome(tally, phones, 1, 60.0, kept, Burden(()), finished=True, away=away)


def test_an_outcome_is_good_only_when_nothing_is_wrong():
    assert outcome().is_good
    assert outcome(kept=Kept(3, 0, 0)).is_good
    assert not outcome(kept=Kept(3, 1, 0)).is_good
    assert not outcome(kept=Kept(3, 0, 1)).is_good
    assert not outcome(phones=2).is_good
    assert not outcome(away=1).is_good
    assert not outcome(Tally(joins=[(0.0, 1.0)], taps=[tap("1", stored=False)])).is_good


def test_joins_a_second_are_counted_from_the_first_to_the_last():
    assert Tally(joins=[(10.0, 11.0), (10.0, 12.0), (10.5, 14.0)]).joins_a_second == pytest.approx(0.75)
    assert Tally().joins_a_second == 0


def test_what_a_lost_connection_held_up_is_not_taken_for_slow():
    slow = tap("2")
    slow.sent, slow.stored_s = 2, 30.0
    tally = Tally(taps=[tap("1"), slow])
    assert tally.stored_s == Spread(1, 0.1, 0.1, 0.1)
    assert tally.again == 1
    assert len(tally.stored) == 2


def test_taps_that_change_the_big_screen_are_the_first_of_their_kind():
    taps = [
        tap("late mark", "case.marked", seq=5, card="P4", mark="ours"),
        tap("mark", "case.marked", seq=2, card="P4", mark="ours"),
        tap("mark of b", "case.marked", "b", seq=3, card="P4", mark="ours"),
        tap("told", seq=6, to="b"),
        tap("first list", "list.closed", seq=7, list="told"),
        tap("second list", "list.closed", seq=9, list="heard"),
        tap("list of b", "list.closed", "b", seq=8, list="told"),
        tap("guess", "guessed", seq=10, tenths=5),
        tap("guess again", "guessed", seq=11, tenths=6),
    ]
    assert sorted(one.id for one in _change_the_wall(taps, marks=True)) == [
        "guess",
        "mark",
        "mark of b",
        "second list",
    ]
    assert sorted(one.id for one in _change_the_wall(taps, marks=False)) == ["guess", "second list"]


# Casting -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("together", [1, 2, 3])
def test_the_phones_of_a_seat_say_together_what_the_seat_says(together):
    for seat in DEMO.seats:
        wanted = demo.answers(DEMO, seat.id)
        parts = [cast.script(DEMO, seat.id, place, together) for place in range(together)]
        said = [one for part in parts for one in part.lines]
        assert sorted(map(str, said)) == sorted(map(str, wanted)), "nothing missing, nothing twice"
        assert [one for one in parts[0].lines if one[0] == "list.closed"], "the first one closes the lists"
        assert not any(one[0] == "list.closed" for part in parts[1:] for one in part.lines)
        assert not any(part.agreements for part in parts[1:])


def test_phones_are_dealt_over_the_seats_in_turn():
    dealt = cast.seats_of([seat.id for seat in DEMO.seats], 30)
    counts = [sum(seat == one.id for seat, _, _ in dealt) for one in DEMO.seats]
    assert sum(counts) == 30
    assert max(counts) - min(counts) <= 1
    assert {(place, together) for seat, place, together in dealt if seat == dealt[0][0]} == {
        (place, counts[0]) for place in range(counts[0])
    }


def test_what_is_due_follows_the_moment():
    part = cast.script(DEMO, DEMO.seats[0].id, 0, 1)
    assert due({"act": "lines", "part": "questions"}, part) == {"lines"}
    assert due({"act": "silos", "part": "guess"}, part) == {"guess"}
    assert due({"act": "silos", "part": "bent"}, part) == set()
