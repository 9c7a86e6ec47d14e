"""The calendar file, the mails and the answers after 30 and 90 days: the same codes everywhere, and nobody's laptop."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from report_helpers import HOSTILE, Afternoon, actors, whole
from workshopkit.analysis.changes import compare
from workshopkit.errors import RefusedEvent, UsageError, WorkshopClosed
from workshopkit.panels.followup import FollowUp
from workshopkit.report.bundle import bundle, restore
from workshopkit.report.html import render
from workshopkit.room import followup
from workshopkit.room.calendar import calendar
from workshopkit.room.events import validate
from workshopkit.room.fold import fold
from workshopkit.room.release import released
from workshopkit.store import open_store
from workshopkit.store.contract import NewEvent

DAY = dt.date(2026, 3, 5)  # report_helpers.HELD


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    opened = open_store(f"sqlite:///{tmp_path_factory.mktemp('followup') / 'kit.db'}")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def held(store):
    return whole(store)


def entries(room, lang="nl", team=None):
    """Read a calendar file with another library than the one that wrote it."""
    return vobject.readOne(calendar(room, lang, team).decode()).vevent_list


def held_on(store, day):
    """Hold a workshop on a day, with one agreement."""
    at = dt.datetime.combine(day, dt.time(14)).astimezone().timestamp()
    held = Afternoon(store, actors(4, domains=2))
    held.lead("act.opened", act="lines", part="questions", at=at)
    for seat in held.definition.seats:
        held.say(f"phone-{seat.id}", "joined", actor=seat.id)
    held.agree("t0", "t1", answer="accepted")
    return held.room


def test_two_entries_each_with_codes_and_questions(held):
    first, second = entries(held.room)
    for days, entry in ((30, first), (90, second)):
        assert entry.dtstart.value == dt.datetime.combine(DAY + dt.timedelta(days=days), dt.time(9))
        assert entry.dtend.value - entry.dtstart.value == dt.timedelta(minutes=15)
        text = entry.description.value
        assert "Hebben jullie het gedaan?" in text
        assert "Kwam het bij jullie aan?" in text
        for code in followup.codes(held.room).values():
            assert f"{code}-{days}" in text
    assert first.uid.value != second.uid.value


def test_no_address_and_no_moment_of_writing_is_in_it(held):
    text = calendar(held.room, "en").decode()
    assert calendar(held.room, "en").decode() == text
    unfolded = text.replace("\r\n ", "")
    assert not re.search(r"https?:|localhost|\d+\.\d+\.\d+\.\d+(?!//)", unfolded.replace("PRODID", ""))
    assert "DTSTAMP:20260305T120000Z" in unfolded


@pytest.mark.parametrize(
    "day",
    [
        dt.date(2026, 2, 27),  # 30 days later: two days before summer time, 90 after it
        dt.date(2026, 9, 25),  # over the end of summer time
        dt.date(2026, 12, 2),  # the first of January
        dt.date(2027, 10, 3),  # the first of January after 90 days
        dt.date(2027, 12, 1),  # the 29th of February after 90 days
    ],
)
def test_entries_begin_at_nine_on_the_day_over_summer_time_and_a_years_end(store, day):
    for days, entry in zip((30, 90), entries(held_on(store, day)), strict=True):
        begins = entry.dtstart.value
        assert begins.tzinfo is None  # at nine of whoever looks at it
        assert (begins.date() - day).days == days
        assert begins.time() == dt.time(9)


def test_a_team_is_asked_what_it_wrote_and_what_it_receives(held):
    room = held.room
    asked = {(one.agreement.writer, one.asked) for one in followup.questions(room, "t0")}
    # It wrote two; on the line of the second it is the one that receives.
    assert asked == {("t0", "done"), ("t0", "arrived")}
    assert [one.asked for one in followup.questions(room, "t0")] == ["done", "done", "arrived"]
    assert [one.asked for one in followup.questions(room, "t4")] == ["arrived"]
    assert followup.questions(room, "t3") == ()
    assert calendar(room, "nl", "t3") is None
    assert len(entries(room, team="t0")) == 2


def test_what_was_taken_off_the_wall_is_asked_nowhere(held):
    for days in followup.ROUNDS:
        assert "something rude" not in followup.letter(held.room, None, days, "en").text


def test_codes_are_the_same_after_the_bundle(store, held):
    made = restore(store, bundle(store, held.workshop.id, "en"))
    again = fold(store.events(made.id))
    assert list(followup.codes(again).values()) == list(followup.codes(held.room).values())
    assert calendar(again, "nl") == calendar(held.room, "nl")


def test_twins_have_codes_of_their_own(store):
    held = Afternoon(store, actors(4, domains=2))
    for seat in held.definition.seats:
        held.say(f"phone-{seat.id}", "joined", actor=seat.id)
    held.agree("t0", "t1")
    held.agree("t0", "t1")
    assert len(set(followup.codes(held.room).values())) == 2


@pytest.mark.parametrize("words", HOSTILE)
def test_a_calendar_holds_whatever_was_typed(store, words):
    held = Afternoon(store, actors(4, domains=2))
    for seat in held.definition.seats:
        held.say(f"phone-{seat.id}", "joined", actor=seat.id)
    held.agree("t0", "t1", texts={"then": f"{words};,: END:VEVENT"})
    for entry in entries(held.room):
        assert "END:VEVENT" in entry.description.value
    mail = followup.letter(held.room, "t0", 30, "nl").address
    assert mail.isascii()
    assert "\n" not in mail


# Answers ------------------------------------------------------------------------------------------------------------


def filled(room, team, days, lang, answer):
    """Fill in a mail as somebody would who answers below the quoted question."""
    text = followup.letter(room, team, days, lang).text
    return "\n".join(
        f"> {line}{answer}" if re.match(r"\w{6}-\d\d ", line) else f"> {line}" for line in text.split("\n")
    )


@pytest.mark.parametrize(
    ("lang", "word", "meant"),
    [
        ("nl", "ja", "yes"),
        ("nl", "Deels.", "partly"),
        ("nl", "NEE", "no"),
        ("en", "partly", "partly"),
        ("en", "no", "no"),
    ],
)
def test_a_mail_that_was_filled_in_is_read_back(held, lang, word, meant):
    replies = followup.read(held.room, filled(held.room, "t0", 90, lang, word), today=DAY)
    assert [(one.days, one.asked, one.answer) for one in replies] == [
        (90, "done", meant),
        (90, "done", meant),
        (90, "arrived", meant),
    ]


def test_an_empty_mail_has_no_answer(held):
    with pytest.raises(UsageError, match="no answer in this text"):
        followup.read(held.room, followup.letter(held.room, "t0", 30, "nl").text, today=DAY)


def test_a_wrong_code_and_a_wrong_word_are_named(held):
    code = next(iter(followup.codes(held.room).values()))
    with pytest.raises(UsageError, match="ABCDEF-30 did: yes"):
        followup.read(held.room, "ABCDEF-30 did: yes", today=DAY)
    with pytest.raises(UsageError, match="perhaps"):
        followup.read(held.room, f"{code}-30 did: perhaps", today=DAY)
    with pytest.raises(UsageError, match="names no agreement"):
        followup.read(held.room, f"{code}-31 did: yes", today=DAY)


def test_codes_are_good_for_120_days(held):
    text = filled(held.room, "t0", 90, "nl", "ja")
    assert followup.read(held.room, text, today=DAY + dt.timedelta(days=120))
    with pytest.raises(UsageError, match="2026-07-03"):
        followup.read(held.room, text, today=DAY + dt.timedelta(days=121))


@settings(deadline=None, max_examples=50)
@given(text=st.text(max_size=300))
def test_any_text_is_read_or_refused_in_words(held, text):
    with pytest.raises(UsageError):
        followup.read(held.room, text, today=DAY)


def replied(held, days, asked, answer, agreement):
    return NewEvent(
        id=f"reply-{held.workshop.id[:6]}-{days}-{asked}-{answer}-{agreement}",
        workshop=held.workshop.id,
        participant="facilitator",
        act=None,
        kind="agreement.followed",
        payload={"agreement": agreement, "days": days, "asked": asked, "answer": answer},
    )


def test_answers_come_in_after_the_end_and_stay_in_the_bundle(store):
    held = whole(store)
    store.close_workshop(held.workshop.id)
    one = held.room.agreements[0]
    said = replied(held, 30, "arrived", "partly", one.id)
    with pytest.raises(WorkshopClosed):
        store.append_many([said])
    store.append_many([said], ended=True)
    made = restore(store, bundle(store, held.workshop.id, "nl"))
    again = fold(store.events(made.id))
    assert again.followed == {(again.agreements[0].id, 30, "arrived"): "partly"}
    assert "Na 30 dagen: Kwam het bij jullie aan? deels" in render(again, "nl")


def test_a_phone_cannot_answer_for_afterwards(held):
    payload = {"agreement": "x", "days": 30, "asked": "done", "answer": "yes"}
    definition = held.room.definition
    assert validate("agreement.followed", payload, definition, "facilitator", None) == payload
    with pytest.raises(RefusedEvent):
        validate("agreement.followed", payload, definition, "participant", "t0")
    for wrong in ({"days": 31}, {"asked": "why"}, {"answer": "maybe"}):
        with pytest.raises(RefusedEvent):
            validate("agreement.followed", {**payload, **wrong}, definition, "facilitator", None)


def test_the_report_hands_out_the_calendar(held):
    assert 'href="data:text/calendar;base64,' in render(held.room, "nl")


# A second measurement -----------------------------------------------------------------------------------------------


def measured(store, heard):
    """Hold a workshop in which everybody told everybody, and these pairs were heard."""
    held = Afternoon(store, actors(4, domains=2, audiences=0))
    teams = [team.id for team in held.definition.teams]
    for team in teams:
        held.say(f"phone-{team}", "joined", actor=team)
        for other in teams:
            if other != team:
                held.say(f"phone-{team}", "told", to=other, answer="yes", expected="yes")
            if (other, team) in heard:
                held.say(f"phone-{team}", "heard", **{"from": other, "answer": "yes", "via": None})
        for name in ("told", "heard"):
            held.say(f"phone-{team}", "list.closed", list=name)
    return held


def test_a_second_measurement_counts_mended_lost_and_same(store):
    first = measured(store, {("t0", "t1"), ("t1", "t2")})
    second = measured(store, {("t1", "t2"), ("t2", "t3"), ("t3", "t0")})
    changes = compare(released(first.room).lines, released(second.room).lines)
    assert changes.mended == (("t2", "t3"), ("t3", "t0"))
    assert changes.lost == (("t0", "t1"),)
    assert len(changes.same) == 12 - 3
    assert changes.open == 0


def test_lines_of_who_was_silent_once_are_not_counted(store):
    first = measured(store, {("t0", "t1")})
    second = measured(store, {("t0", "t1")})
    second.say("phone-t1", "list.reopened", list="heard")
    changes = compare(released(first.room).lines, released(second.room).lines)
    assert changes.open == 3  # to t1 from the three others
    assert len(changes.same) == 12 - 3
    assert (changes.mended, changes.lost) == ((), ())


def test_the_first_measurement_may_come_out_of_its_bundle(store):
    first = measured(store, {("t0", "t1")})
    second = measured(store, set())
    back = fold(store.events(restore(store, bundle(store, first.workshop.id, "nl")).id))
    assert released(back).lines == released(first.room).lines
    changes = compare(released(back).lines, released(second.room).lines)
    assert changes.lost == (("t0", "t1"),)


# In a notebook ------------------------------------------------------------------------------------------------------


def test_the_notebook_writes_mails_and_keeps_what_came_back(store):
    held = whole(store)
    store.close_workshop(held.workshop.id)
    panel = FollowUp(store, held.workshop.id, lang="nl")
    mail = panel.mail("t4", 30)
    assert "Kwam het bij jullie aan?" in mail.text
    assert 'href="mailto:?subject=' in mail.html
    code = followup.questions(panel.room, "t4")[0].code
    assert not panel.read("niets")
    # The workshop of the tests was held long before or after today: its codes may have run out.
    text = f"{code}-30 aangekomen: deels"
    panel._store(followup.read(panel.room, text, today=DAY))
    assert "deels" in panel.came_back.text
    assert held.workshop.id not in {id for _, id in panel.earlier}
    assert "hersteld" in panel.compared(held.workshop.id).text


def test_in_the_demo_nothing_is_stored(store):
    held = whole(store)
    panel = FollowUp(store, held.workshop.id, lang="nl", alone=True)
    before = store.last_seq(held.workshop.id)
    code = followup.questions(panel.room, "t4")[0].code
    assert not panel.read(f"{code}-30 aangekomen: deels")
    assert panel.reply_said
    assert store.last_seq(held.workshop.id) == before
