"""Anonymous mode: every phone a respondent, and nothing told of fewer than k of them, at whatever moment one looks."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain_helpers import Events
from workshopkit.figures.map import Drawing
from workshopkit.network.release import K
from workshopkit.room import scenes, snapshots
from workshopkit.room.fold import fold
from workshopkit.room.release import released

GROUPS = {"a": 8, "b": 8, "c": 8, "public": 8}
CARD = "P4"


def definition():
    actors = [
        {"id": id, "label": f"Group {id.upper()}", "kind": "team", "voice": "own", "people": people}
        for id, people in GROUPS.items()
    ]
    actors[-1] |= {"kind": "audience"}
    return {
        "subject": "The desk closes",
        "period": "four weeks",
        "lang": "en",
        "answers": "anonymous",
        "examples": "off",
        "actors": actors,
    }


def started(**phones):
    """Let so many phones of each group come in, and open the questions."""
    events = Events()
    events("facilitator", "workshop.defined", definition())
    for group, count in phones.items():
        for number in range(count):
            events(f"{group}{number}", "joined", actor=group)
    opened(events, "lines", "questions")
    return events


def opened(events, act, part):
    events("facilitator", "act.opened", act=act, part=part)


def answers(events, who, told="", heard=(), *, close=("told", "heard")):
    for target in told:
        events(who, "told", to=target, answer="yes", expected="yes")
    for source, answer in dict(heard).items():
        events(who, "heard", **{"from": source}, answer=answer, via="press" if answer == "via" else None)
    for name in close:
        events(who, "list.closed", list=name)


def told(events):
    return released(fold(events.all))


def test_each_phone_is_one_respondent_and_a_tie_is_divided():
    events = started(a=8, b=5)
    for number in range(8):
        answers(events, f"a{number}", "b" if number < 4 else "")
    for number in range(5):
        answers(events, f"b{number}", heard={"a": "yes"} if number < 3 else {})
    opened(events, "silos", "arrives")
    line = told(events).lines.of("a", "b")
    assert (line.told.verdict, line.told.strength, line.told.answers) == ("divided", 0.5, K)
    assert (line.heard.verdict, line.heard.strength, line.heard.answers) == ("yes", 0.5, K)
    assert line.state == "divided"
    assert told(events).lines.of("a", "c").state == "unanswered"  # nobody of c is here


def test_nothing_is_told_before_the_questions_are_closed():
    events = started(a=8, b=8)
    for group in "ab":
        for number in range(8):
            answers(events, f"{group}{number}", "c")
    assert len(told(events).lines) == 0
    opened(events, "silos", "own")  # still open for corrections
    assert len(told(events).lines) == 0
    opened(events, "silos", "sponsor")
    assert told(events).lines.of("a", "c").told.verdict == "yes"


@pytest.mark.parametrize("close", ["act.closed", "workshop.closed"])
def test_the_end_of_an_act_or_of_the_workshop_closes_them_too(close):
    events = started(a=5)
    for number in range(5):
        answers(events, f"a{number}", "b")
    events("facilitator", close, **({"act": "lines"} if close == "act.closed" else {}))
    assert told(events).lines.of("a", "b").told.verdict == "yes"


def test_four_respondents_are_silent_five_are_not():
    for count in (4, 5):
        events = started(a=8)
        for number in range(count):
            answers(events, f"a{number}", "b")
        opened(events, "silos", "arrives")
        assert told(events).lines.of("a", "b").told.silent == (count < K)


def test_the_attack_by_two_looks_around_one_more_answer_fails():
    """One more answer, or one that is changed, moves nothing: not in the release, not on the wall, not on a phone."""
    for said in ("", "b", "bc"):
        events = started(a=8, b=8, c=6, public=6)
        for group in GROUPS:
            for number in range(5):
                answers(
                    events,
                    f"{group}{number}",
                    "b" if group != "b" else "a",
                    {"c": "yes"} if group != "c" else {},
                )
        looks = []
        for late in (False, True):
            if late:
                opened(events, "silos", "walk")
                answers(events, "a5", said, {"b": "yes"})
            opened(events, "silos", "arrives")
            room = fold(events.all)
            drawing, view = Drawing(room.definition), snapshots.View.of(room)
            scene = scenes.scene(room, view.findings, view.pairs, drawing, told=view.released)
            wall, phones = snapshots.wall(view, drawing, scene), snapshots.phones(view, scene)
            for page in (wall, phones):
                page.pop("ready")  # how many are ready is told of everybody, always
            looks.append(json.dumps([wall, phones], sort_keys=True))
        assert looks[0] == looks[1]


def test_the_batch_comes_when_k_have_something_new():
    events = started(a=8, b=8)
    for number in range(8):
        answers(events, f"a{number}", "b")
    opened(events, "silos", "arrives")
    before = told(events)
    opened(events, "silos", "walk")
    for number in range(4):
        answers(events, f"a{number}", "c", close=())
    opened(events, "silos", "walls")
    assert told(events).lines == before.lines
    opened(events, "silos", "walk")
    answers(events, "a4", "c", close=())
    assert told(events).lines == before.lines  # not before it is closed again
    opened(events, "message", "talk")
    assert told(events).lines.of("a", "c").told.strength == 0.75


def test_a_withdrawal_that_leaves_fewer_than_k_closes_the_cell():
    events = started(a=5, b=5)
    for number in range(5):
        answers(events, f"a{number}", "b")
    opened(events, "silos", "arrives")
    assert told(events).lines.of("a", "b").told.verdict == "yes"
    events("a3", "withdrawn")
    assert told(events).lines.of("a", "b").told.silent


def test_who_takes_a_list_back_closes_the_cell_at_the_next_close():
    events = started(a=5)
    for number in range(5):
        answers(events, f"a{number}", "b")
    opened(events, "silos", "arrives")
    opened(events, "silos", "walk")
    events("a0", "list.reopened", list="told")
    opened(events, "message", "talk")
    assert told(events).lines.of("a", "b").told.silent


def test_marks_are_closed_by_showing_them_and_stay_so():
    events = started(a=8, b=3)
    opened(events, "case", CARD)
    for number in range(6):
        events(f"a{number}", "case.marked", card=CARD, mark="ours" if number < 5 else "unknown")
    for number in range(3):
        events(f"b{number}", "case.marked", card=CARD, mark="not_ours")
    assert told(events).marks == {}
    events("facilitator", "marks.shown", shown=True)
    known = told(events).marks[CARD]
    # Of the two parts one is of three: both are hidden, so that the total may be told.
    assert known.groups == {}
    assert known.total == {"ours": 0.5, "not_ours": 0.25, "unknown": 0.0}
    scene = scenes.scene(fold(events.all), None, (), Drawing(fold(events.all).definition))
    assert "marks" not in scene
    assert scene["shares"] == known.total
    events("a6", "case.marked", card=CARD, mark="ours")
    for shown in (False, True):
        events("facilitator", "marks.shown", shown=shown)
    assert told(events).marks[CARD] == known


def test_the_next_card_begins_hidden():
    events = started(a=8)
    opened(events, "case", CARD)
    events("facilitator", "marks.shown", shown=True)
    opened(events, "case", "P6")
    assert not fold(events.all).marks_shown
    opened(events, "case", "P6")
    events("facilitator", "marks.shown", shown=True)
    opened(events, "case", "marks")
    assert fold(events.all).marks_shown


def test_all_cards_side_by_side():
    events = started(a=8, b=8)
    opened(events, "case", CARD)
    for group in "ab":
        for number in range(6):
            events(f"{group}{number}", "case.marked", card=CARD, mark="ours" if group == "a" else "not_ours")
    events("facilitator", "marks.shown", shown=True)
    opened(events, "case", "marks")
    room = fold(events.all)
    scene = scenes.scene(room, None, (), Drawing(room.definition))
    assert [card["id"] for card in scene["cards"]] == [CARD]
    assert scene["cards"][0]["shares"] == [1.0, 0.0, None, None]
    assert scene["cards"][0]["total"] == 0.5
    assert "marks" not in scene["cards"][0]


def test_of_guesses_the_middle_one_is_told_and_wishes_are_those_of_a_majority():
    events = started(a=8)
    for number in range(5):
        answers(events, f"a{number}", "b")
        events(f"a{number}", "wish", **{"from": "c" if number < 3 else "b"})
    opened(events, "silos", "guess")
    for number in range(5):
        events(f"a{number}", "guessed", tenths=2 * number)
    assert told(events).guesses == ()
    opened(events, "silos", "arrives")
    assert told(events).guesses == (4,)
    assert told(events).wishes == {"a": "c"}


def test_no_answer_is_on_the_sheet_of_a_group():
    events = started(a=8)
    answers(events, "a0", "b", {"c": "yes"})
    events("a0", "guessed", tenths=3)
    room = fold(events.all)
    assert room.sheets == {}
    assert set(room.own_sheet("a0", "a").told) == {"b"}
    assert set(room.own_sheet("a1", "a").told) == set()


def test_the_cockpit_counts_phones_and_no_taps():
    events = started(a=8)
    answers(events, "a0", "bc", {"c": "yes"})
    events("a0", "case.marked", card=CARD, mark="ours")
    row = snapshots.cockpit(fold(events.all))["teams"][0]
    assert row == {
        "id": "a",
        "label": "Group A",
        "kind": "team",
        "domain": None,
        "people": 8,
        "phones": 8,
        "ready_phones": 1,
        "agreements": 0,
    }


PEOPLE = [f"{group}{number}" for group in GROUPS for number in range(7)]
MOMENTS = [
    ("lines", "questions"),
    ("silos", "arrives"),
    ("silos", "walk"),
    ("case", CARD),
    ("case", "marks"),
    ("message", "talk"),
]
steps = st.one_of(
    st.tuples(st.just("open"), st.sampled_from(MOMENTS)),
    st.tuples(st.just("show"), st.booleans()),
    st.tuples(
        st.just("say"),
        st.tuples(
            st.sampled_from(PEOPLE),
            st.sampled_from(["told", "heard", "close", "reopen", "mark", "wish", "guess"]),
            st.integers(0, 9),
        ),
    ),
    st.tuples(st.just("all"), st.tuples(st.sampled_from(sorted(GROUPS)), st.integers(0, 2**28 - 1))),
)


def say(events, who, what, number):
    others = [group for group in GROUPS if group != who.rstrip("0123456789")]
    other = others[number % 3]
    if what == "told":
        events(who, "told", to=other, answer="yes" if number < 7 else "no", expected="yes")
    elif what == "heard":
        answer = ("yes", "partly", "via", "no")[number % 4]
        events(who, "heard", **{"from": other}, answer=answer, via="press" if answer == "via" else None)
    elif what in {"close", "reopen"}:
        events(
            who, f"list.{what}d" if what == "close" else "list.reopened", list=("told", "heard")[number % 2]
        )
    elif what == "mark":
        events(who, "case.marked", card=CARD, mark=("ours", "not_ours", "unknown")[number % 3])
    elif what == "wish":
        events(who, "wish", **{"from": other})
    else:
        events(who, "guessed", tenths=number)


def played(history, without=None):
    events = Events()
    events("facilitator", "workshop.defined", definition())
    for who in PEOPLE:
        if who != without:
            events(who, "joined", actor=who.rstrip("0123456789"))
    for kind, what in history:
        if kind == "open":
            opened(events, *what)
        elif kind == "show":
            events("facilitator", "marks.shown", shown=what)
        elif kind == "say":
            if what[0] != without:
                say(events, *what)
        else:
            group, bits = what
            for number in range(7):
                if (who := f"{group}{number}") != without:
                    answers(
                        events,
                        who,
                        [
                            other
                            for place, other in enumerate(g for g in GROUPS if g != group)
                            if bits >> (4 * number + place) & 1
                        ],
                    )
                    events(who, "case.marked", card=CARD, mark=("ours", "unknown")[bits >> number & 1])
    return events


@settings(max_examples=60, deadline=None)
@given(st.lists(steps, max_size=14), st.sampled_from(PEOPLE))
def test_after_a_withdrawal_the_release_is_that_of_a_run_without_that_person(history, who):
    with_them = played(history)
    with_them(who, "withdrawn")
    one, other = fold(with_them.all), fold(played(history, without=who).all)
    given_up, never = released(one), released(other)
    assert replace(given_up, key=None) == replace(never, key=None)
    assert one.progress() == other.progress()


@settings(max_examples=60, deadline=None)
@given(st.lists(steps, max_size=14), st.lists(steps, max_size=4))
def test_fewer_than_k_people_move_nothing_that_is_told(history, late):
    """Whatever came before: what is told of a side changes only when k people have spoken since."""
    events = played(history)
    opened(events, "silos", "arrives")
    first = fold(events.all)
    before, spoken = released(first), first.closings.get("lines", (0,))[0]
    for part in ("walk", "arrives"):
        opened(events, "silos", part)
        for kind, what in late if part == "walk" else ():
            if kind == "say":
                say(events, *what)
    room = fold(events.all)
    after = released(room, before)
    assert replace(after, key=None) == replace(released(room), key=None)
    for group in GROUPS:
        people = {
            event.participant
            for event in events.all
            if event.seq > spoken and room.seats.get(event.participant) == group and event.kind != "joined"
        }
        if len(people) >= K:
            continue
        for other in GROUPS:
            if other == group:
                continue
            if group in before.lines.sent and group in after.lines.sent:
                assert after.lines.of(group, other).told == before.lines.of(group, other).told
            if group in before.lines.received and group in after.lines.received:
                assert after.lines.of(other, group).heard == before.lines.of(other, group).heard
