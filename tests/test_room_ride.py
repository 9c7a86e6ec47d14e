"""A message on its way in a room: who is asked what, what the big screen tells, and what nobody may know."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain_helpers import Events, payload
from workshopkit.errors import RefusedEvent
from workshopkit.figures.map import Drawing
from workshopkit.network.actors import Definition
from workshopkit.panels.commit import Committer
from workshopkit.panels.demo import demo_workshop
from workshopkit.panels.relaying import on_phone
from workshopkit.relay.outcome import chain
from workshopkit.relay.play import play
from workshopkit.relay.state import QUIZ, Key
from workshopkit.report import content
from workshopkit.room import ride, ride_shown, scenes, snapshots
from workshopkit.room.analyst import Analyst
from workshopkit.room.events import validate
from workshopkit.room.fold import fold
from workshopkit.room.release import released
from workshopkit.room.ride import Ride
from workshopkit.store import open_store

T0 = 1000.0
SEATS = {"p1": "a", "p2": "b", "p3": "c", "p4": "public"}
# a told b, b told c, c told the public; and the public told c.
HEARD = {"p2": "a", "p3": "b", "p4": "c"}


def told(events, who, at, message="out", round=1, **given):
    events(who, "relay.told", message=message, round=round, at=at, **given)


def started(people=SEATS, at=T0, more=()):
    """Give a room whose lines run a, b, c, public, and back to c; then messages start at a and at the public."""
    events = Events()
    events("facilitator", "workshop.defined", payload(3, {"public": "proxy"}))
    for who, seat in people.items():
        events(who, "joined", actor=seat)
    events("lead", "act.opened", act="lines")
    for who, source in HEARD.items():
        if who in people:
            events(who, "heard", **{"from": source}, answer="yes", via=None)
    if "p3" in people:
        events("p3", "heard", **{"from": "public"}, answer="yes", via=None)
    for who, kind, words in more:
        events(who, kind, answer="yes", **words)
    for who in people:
        for name in ("told", "heard"):
            events(who, "list.closed", list=name)
    events("lead", "act.opened", act="message", part="relay")
    events("lead", "relay.started", starts={"out": "a", "in": "public"}, at=at)
    return events


def look(events, at, part=None):
    if part:
        events("lead", "act.opened", act="message", part=part)
    room = fold(events.all)
    view = snapshots.View.of(room, None, at)
    shown = scenes.scene(
        room, view.findings, view.pairs, Drawing(room.definition), told=view.released, on_its_way=view.ride
    )
    return room, view, shown


def test_it_goes_along_the_lines_that_were_heard():
    _, view, _ = look(started(), T0)
    assert view.ride.relay.setting.lines == {("a", "b"), ("b", "c"), ("c", "public"), ("public", "c")}
    assert view.due == T0 + 60


def test_a_seat_has_only_what_has_come_to_it():
    events = started()
    told(events, "p1", T0 + 5, text="Vanaf 2 maart een menu")
    before, after = (ride.phones(look(events, at)[1].ride) for at in (T0 + 30, T0 + 61))
    assert "2 maart" in json.dumps(before["a"])
    for seat in ("b", "c", "public"):
        assert "2 maart" not in json.dumps(before[seat])
    assert after["b"]["hands"][0]["came"] == [
        {"how": "retold", "text": "Vanaf 2 maart een menu", "facts": ["o1", "o2"]}
    ]
    assert "2 maart" not in json.dumps([after["c"], after["public"]])


def test_who_has_nothing_to_pass_on_is_asked_for_a_bet():
    found = ride.phones(look(started(), T0)[1].ride)
    assert [found[seat]["bet"]["message"] for seat in ("b", "c")] == ["out"] * 2
    assert found["a"]["bet"] is found["public"]["bet"] is None, "they have something to pass on"
    later = ride.phones(look(started(), T0 + 61)[1].ride)
    assert later["a"]["bet"]["message"] == "in", "all whom it reaches have it"
    assert [len(found[seat]["hands"]) for seat in ("a", "b", "c", "public")] == [1, 0, 0, 1]


def test_where_one_is_left_there_is_nothing_to_choose():
    room, view, _ = look(started(), T0)
    assert ride.phones(view.ride)["a"]["hands"][0]["to"] == "b"
    before = ride.cockpit(room, view.ride, view.lines)["busy"]
    events = started()
    told(events, "p1", T0 + 5, facts=["o1"])
    assert ride.cockpit(*_with(look(events, T0 + 6)))["busy"] == before - 1


def _with(looked):
    room, view, _ = looked
    return room, view.ride, view.lines


def test_the_words_on_a_phone_are_in_its_language():
    found = ride.phones(look(started(), T0)[1].ride)["a"]
    for lang, word in (("nl", "drie knoppen"), ("en", "three buttons")):
        shown = on_phone(found, lang, "a", anonymous=False)
        assert word in shown["hands"][0]["came"][0]
        assert len(shown["hands"][0]["facts"]) == 8
    orders = {
        tuple(fact["id"] for fact in on_phone(found, "en", seat, anonymous=False)["hands"][0]["facts"])
        for seat in ("a", "b", "c", "d", "e")
    }
    assert len(orders) > 1, "which ones are true is not to be had from their order"


def test_the_big_screen_names_nobody_before_its_own_tap():
    events = started()
    for part in ("relay", "texts", "rides"):
        shown = json.dumps(look(events, T0 + 1000, part)[2])
        assert not any(label in shown for label in ("Team A", "Team B", "Team C", "Public")), part
        assert '"public"' not in shown
    events("p2", "relay.named", message="out", named=True, at=T0 + 1001)
    shown = look(events, T0 + 1002, "relay")[2]
    labels = [[link["label"] for link in message["links"]] for message in shown["messages"]]
    assert [sum(label is not None for label in some) for some in labels] == [1, 0]
    events("p2", "relay.named", message="out", named=False, at=T0 + 1003)
    assert "Team B" not in json.dumps(look(events, T0 + 1004, "relay")[2])


def test_first_and_last_text_with_what_was_kept_lost_and_added():
    events = started()
    told(events, "p1", T0 + 1, facts=["o1", "o2", "o6"])
    told(events, "p2", T0 + 61, round=2, facts=["o1", "o6"])
    told(events, "p3", T0 + 121, round=3, text="Op 2 maart, ook op zaterdag")
    for fact, option in (("o1", 0), ("o2", 2), ("o3", None)):
        events("p4", "relay.answered", message="out", fact=fact, option=option, at=T0 + 181)
    room, view, shown = look(events, T0 + 400, "texts")
    out = shown["messages"][0]
    assert out["text"] == "Op 2 maart, ook op zaterdag"
    states = [(row["words"]["en"], row["state"]) for row in out["rows"]]
    assert ("It begins on 2 March.", "kept") in states
    assert ("You can also call on Saturday.", "added") in states
    assert [state for _, state in states].count("lost") == 4
    assert (out["counts"], out["hop"]) == ([1], 3)
    assert shown["said"]["nl"][0] == "In het spel weten zij voor wie het was 1 van de 5 feiten."
    version = view.ride.relay.got["out", "public"].inbox[0]
    events("lead", "relay.hidden", version=version, hidden=True)
    hidden = look(events, T0 + 400)[2]["messages"][0]
    assert (hidden["text"], hidden["hidden"]) == (None, True)
    assert [one["text"] for one in ride.cockpit(room, view.ride, view.lines)["texts"]] == [out["text"]]


def test_a_text_that_is_kept_off_the_screen_stays_so_where_it_was_passed_on_as_it_is():
    events = started()
    told(events, "p1", T0 + 1, text="Een menu van niks")
    assert look(events, T0 + 1000, "texts")[2]["messages"][0]["text"] == "Een menu van niks"
    events("lead", "relay.hidden", version="out/a/1", hidden=True)
    shown = look(events, T0 + 1000)[2]
    assert shown["messages"][0]["hidden"]
    assert "van niks" not in json.dumps(shown)
    events("lead", "relay.hidden", version="out/a/1", hidden=False)
    assert not look(events, T0 + 1000)[2]["messages"][0]["hidden"]


def test_while_it_is_on_its_way_the_big_screen_tells_no_text():
    events = started()
    told(events, "p1", T0 + 1, text="Vanaf 2 maart een menu")
    for part in ("relay", "texts", "rides"):
        shown = look(events, T0 + 70, part)[2]
        assert shown["kind"] == "relay"
        assert "2 maart" not in json.dumps(shown)


def test_what_the_room_reads_is_short():
    events = started()
    for part in ("texts", "rides"):
        for said in look(events, T0 + 1000, part)[2]["said"].values():
            assert said
            assert max(len(one.split()) for one in said) <= 15


def test_the_ride_stands_among_others_and_beside_what_was_thought():
    events = started()
    events.all.insert(-2, events("p1", "told", to="public", answer="yes", expected="yes"))
    shown = look(events, T0 + 400, "rides")[2]
    out = shown["messages"][0]
    assert out["mine"] == 3
    assert out["lived"] == [[3, 200]]
    assert sum(count for _, count in out["believed"]) == 200
    assert len(shown["said"]["nl"]) == len(shown["said"]["en"]) == 6


def test_it_enters_no_figure_about_the_organisation():
    events = started()
    plain = [one for one in events.all if not one.kind.startswith("relay.")]
    told(events, "p1", T0 + 5, facts=["o1"])
    for kind in ("findings", "lines"):
        assert getattr(look(events, T0 + 70)[1], kind) == getattr(
            snapshots.View.of(fold(plain), None, T0 + 70), kind
        )


def test_the_report_tells_of_it_only_where_the_facilitator_says_so():
    events = started()
    told(events, "p1", T0 + 5, facts=["o1", "o2"])
    room, view, _ = look(events, T0 + 400, "texts")
    assert ride_shown.afterwards(room) is None
    without = content.findings(room, view.findings, "en")
    events("lead", "relay.counted", counted=True)
    room, view, _ = look(events, T0 + 400)
    assert content.findings(room, view.findings, "en") == without, "it is a game"
    assert ride_shown.afterwards(room)["carried"] == {"kept": 2, "had": 5}
    assert ride.cockpit(room, view.ride, view.lines)["counted"]
    events("lead", "relay.started", starts={"out": "a", "in": "public"}, at=T0 + 500)
    assert ride_shown.afterwards(look(events, T0 + 900)[0]) is None, "another ride is another choice"


def drew(who, to):
    return who, "told", {"to": to, "expected": "yes"}


def heard(who, source):
    return who, "heard", {"from": source, "via": None}


def test_what_was_thought_is_the_same_ride_over_the_lines_as_they_were_drawn():
    """The public is one step from a as a drew it, and three as it is lived."""
    events = started(more=[drew("p1", "b"), drew("p1", "public")])
    told(events, "p1", T0 + 5, facts=["o1"])
    events("p1", "relay.passed", message="out", round=1, to="b", at=T0 + 6)
    played = look(events, T0 + 400)[1].ride
    _, thought = played.over_believed()
    ways = [
        [(link.seat, link.source, link.round) for link in chain(one, "out")]
        for one in (played.relay, thought)
    ]
    assert ways[0] == [("a", None, 0), ("b", "a", 1), ("c", "b", 2), ("public", "c", 3)]
    assert ways[1] == [("a", None, 0), ("b", "a", 1), ("public", "a", 2)]


def test_who_has_chosen_once_is_not_asked_in_every_round():
    events = started(more=[heard("p3", "a"), heard("p4", "a")])
    first = ride.phones(look(events, T0)[1].ride)["a"]["hands"][0]
    assert (first["free"], first["to"], first["lot"]) == (["b", "c", "public"], None, False)
    told(events, "p1", T0 + 5, facts=["o1"])
    before = ride.cockpit(*_with(look(events, T0 + 6)))["busy"]
    events("p1", "relay.passed", message="out", round=1, to="b", at=T0 + 7)
    assert ride.cockpit(*_with(look(events, T0 + 8)))["busy"] == before - 1
    later = look(events, T0 + 61)[1].ride
    (hand,) = (one for one in ride.phones(later)["a"]["hands"] if one["message"] == "out")
    assert hand["lot"]
    assert hand["to"] in hand["free"]
    after = look(events, T0 + 121)[1].ride.relay
    assert after.got[Key("out", hand["to"])].source == "a", "what was foretold has come"
    other = next(one for one in hand["free"] if one != hand["to"])
    events("p1", "relay.passed", message="out", round=2, to=other, at=T0 + 70)
    assert look(events, T0 + 121)[1].ride.relay.got[Key("out", other)].source == "a"


def test_a_late_comer_plays_on_where_the_kit_played():
    people = {who: seat for who, seat in SEATS.items() if who != "p2"}
    events = started(people)
    assert look(events, T0)[1].ride.relay.setting.bots == {"b"}
    events("p9", "joined", actor="b")
    events("p9", "relay.bet", message="out", round=1, place="c", at=T0 + 30)
    assert not look(events, T0 + 31)[1].ride.relay.is_played("b")


def test_what_is_told_twice_by_two_phones_of_a_team_is_told_once():
    events = started({**SEATS, "p5": "a"})
    told(events, "p1", T0 + 5, facts=["o1"])
    told(events, "p5", T0 + 6, facts=["o2"])
    own = ride.phones(look(events, T0 + 7)[1].ride)["a"]["hands"][0]["own"]
    assert own["facts"] == ["o1"]


# What may come in --------------------------------------------------------------------------------------------------

HERE = Definition.read(payload(3, {"public": "proxy", "world": "none"}))


def team(kind, given, definition=HERE):
    return validate(kind, given, definition, "participant", "a")


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("relay.told", {"message": "out", "round": 1, "text": " een  menu ", "x": 1},
         {"message": "out", "round": 1, "text": "een menu"}),
        ("relay.told", {"message": "in", "round": 5, "facts": ["i6", "i1", "i1"]},
         {"message": "in", "round": 5, "facts": ["i1", "i6"]}),
        ("relay.passed", {"message": "out", "round": 2, "to": "b", "channel": "newsletter"},
         {"message": "out", "round": 2, "to": "b", "channel": "corridor"}),
        ("relay.bet", {"message": "out", "round": 2, "place": "b"}, {"message": "out", "round": 2, "place": "b"}),
        ("relay.answered", {"message": "out", "fact": "o1", "option": None},
         {"message": "out", "fact": "o1", "option": None}),
        ("relay.guessed", {"message": "out", "count": 5}, {"message": "out", "count": 5}),
        ("relay.named", {"message": "out"}, {"message": "out", "named": True}),
    ],
)  # fmt: skip
def test_what_a_phone_may_say(kind, given, kept):
    assert team(kind, given) == kept
    with pytest.raises(RefusedEvent, match="Only a team"):
        validate(kind, given, HERE, "facilitator", None)


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        ("relay.told", {"message": "out", "round": 1, "text": "x" * 141}, "too long: at most 140"),
        ("relay.told", {"message": "out", "round": 1, "text": "  "}, "no text yet"),
        ("relay.told", {"message": "out", "round": 6, "text": "x"}, "could not be read"),
        ("relay.told", {"message": "out", "round": 1, "facts": ["i1"]}, "could not be read"),
        ("relay.told", {"message": "other", "round": 1, "facts": []}, "could not be read"),
        ("relay.passed", {"message": "out", "round": 1, "to": "a"}, "your own team"),
        ("relay.passed", {"message": "out", "round": 1, "to": "nobody"}, "no “nobody” on this map"),
        ("relay.answered", {"message": "out", "fact": "o6", "option": 0}, "could not be read"),
        ("relay.answered", {"message": "out", "fact": "o1", "option": 3}, "could not be read"),
        ("relay.guessed", {"message": "out", "count": 6}, "could not be read"),
        ("relay.started", {"starts": {"out": "a", "in": "b"}}, "Only the facilitator"),
        ("relay.next", {"round": 1}, "Only the facilitator"),
    ],
)
def test_what_a_phone_may_not_say(kind, given, said):
    with pytest.raises(RefusedEvent, match=said):
        team(kind, given)


def test_where_it_may_begin():
    def lead(**starts):
        return validate("relay.started", {"starts": starts}, HERE, "facilitator", None)

    assert lead(out="a", **{"in": "public"}) == {"starts": {"out": "a", "in": "public"}}
    with pytest.raises(RefusedEvent, match="Nobody here speaks for world"):
        lead(out="a", **{"in": "world"})
    with pytest.raises(RefusedEvent, match="Both messages begin in one place"):
        lead(out="a", **{"in": "a"})
    with pytest.raises(RefusedEvent):
        lead(out="a")


def test_where_everybody_answers_alone_nothing_is_typed():
    people = [{"id": one, "label": one, "kind": "team", "people": 8} for one in "abc"]
    alone = Definition.read({**payload(3), "answers": "anonymous", "domains": [], "actors": people})
    assert team("relay.told", {"message": "out", "round": 1, "facts": ["o1"]}, alone)
    with pytest.raises(RefusedEvent, match="nothing is typed"):
        team("relay.told", {"message": "out", "round": 1, "text": "ik ben het"}, alone)


def test_a_group_in_which_everybody_answers_alone_plays_in_the_open_along_the_released_lines():
    store, workshop = demo_workshop("nl", anonymous=True)
    room = fold(store.events(workshop))
    group, *others = [seat.id for seat in room.definition.seats]
    people = [who for who, seat in room.seats.items() if seat == group]
    numbers = itertools.count()

    def say(who, kind, **given):
        store.append(
            id=f"r{next(numbers)}",
            workshop=workshop,
            participant=who,
            act="message",
            kind=kind,
            payload=given,
        )

    say("facilitator", "act.opened", act="message", part="relay")
    say("facilitator", "relay.started", starts={"out": group, "in": others[0]}, at=T0)
    say(people[0], "relay.told", message="out", round=1, facts=["o1"], at=T0 + 1)
    say(people[1], "relay.told", message="out", round=1, facts=["o2"], at=T0 + 2)
    room = fold(store.events(workshop))
    played = Ride.of(room, T0 + 3)
    assert played.relay.setting.lines == {
        (line.source, line.target) for line in released(room).lines if line.lived
    }
    own = ride.phones(played)[group]["hands"][0]["own"]
    assert own == {"how": "ticked", "text": None, "facts": ["o1"]}, "the first of a group tells it"
    assert not any(who in json.dumps(ride.phones(played)) for who in people)
    shown = on_phone(ride.phones(played)[others[0]], "nl", others[0], anonymous=True)
    assert not shown["types"]
    store.close()


# The clock ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path):
    opened = open_store(f"sqlite:///{tmp_path / 'room.db'}")
    yield opened
    opened.close()


def stored(store, events):
    """Put a history into a store; gives the workshop."""
    workshop = store.create_workshop(title="A try", lang="en", definition=events.all[0].payload).id
    for one in events.all[1:]:
        store.append(
            id=one.id,
            workshop=workshop,
            participant=one.participant,
            act="message",
            kind=one.kind,
            payload=one.payload,
        )
    return workshop


def test_when_a_round_is_over_the_analyst_writes_though_nobody_says_anything(store):
    workshop = stored(store, started())
    clock = [T0 + 1]
    busy = Analyst(store, now=lambda: clock[0])
    phases = []
    for at in (1, 59, 61, 119, 121, 400):
        clock[0] = T0 + at
        wrote = busy.look()
        phases.append((wrote, store.snapshot(workshop, "phones").payload["seats"]["a"]["relay"]["phase"]))
    assert phases == [(True, 1), (False, 1), (True, 2), (False, 2), (True, 3), (True, 7)]
    clock[0] = T0 + 4000
    assert not busy.is_due()
    assert not busy.look()


def test_an_answer_that_comes_after_its_round_is_refused_with_a_sentence(store):
    events = started()
    events("lead", "relay.next", round=1, at=T0 + 20)
    workshop = stored(store, events)
    room = fold(store.events(workshop))
    clock = [T0 + 30]
    committer = Committer(store, workshop, "p2", "participant", "b", "nl", clock=lambda: clock[0])
    numbers = itertools.count()

    def say(kind, **given):
        entry = {"id": f"x{next(numbers)}", "act": "message", "kind": kind, "payload": given}
        return committer.commit([entry], room)[0][0]

    said = say("relay.bet", message="out", round=1, place="c")
    assert (said["type"], said["message"]) == (
        "refused", "Deze ronde is voorbij. Kijk wat er nu gevraagd wordt.",
    )  # fmt: skip
    assert say("relay.bet", message="out", round=2, place="c")["type"] == "stored"
    clock[0] = T0 + 81
    assert say("relay.bet", message="out", round=2, place="c")["type"] == "refused"
    assert say("relay.answered", message="out", fact="o1", option=0)["type"] == "stored"
    clock[0] = T0 + 1000
    assert say("relay.answered", message="out", fact="o2", option=0)["type"] == "refused"
    assert say("relay.named", message="out")["type"] == "stored"
    stored_at = [
        one.payload["at"] for one in store.events(workshop, participants=["p2"]) if "at" in one.payload
    ]
    assert stored_at == [T0 + 30, T0 + 81, T0 + 1000]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 500), st.booleans()), max_size=6),
    st.one_of(st.none(), st.floats(0, 500)),
    st.floats(0, 600),
)
def test_the_phase_by_the_clock_is_that_of_the_ride(taps, stop, later):
    """A phone reads only the facilitator's events; while messages can move it knows the phase all the same."""
    events = started({"p1": "a"})
    for at, late in sorted(taps):
        # One tap of two comes too late: that phase was over already.
        phase = fold(events.all).relay.phase(T0 + at) - late
        if 0 < phase <= QUIZ:
            events("lead", "relay.next", round=phase, at=T0 + at)
    if stop is not None:
        events("lead", "relay.stopped", at=T0 + stop)
    room, now = fold(events.all), max([0, stop or 0, *(at for at, _ in taps)]) + later
    setting = Ride.of(room, T0 + now).relay.setting
    many = frozenset(("a", one) for one in "tuvwxyz")
    wide = replace(setting, seats=(*setting.seats, *"tuvwxyz"), lines=many)
    assert play(wide, room.relay.actions, T0 + now).phase == room.relay.phase(T0 + now)


# Somebody leaves ----------------------------------------------------------------------------------------------------

KEY = st.sampled_from(["out", "in"])
SAYS = st.one_of(
    st.tuples(st.just("relay.told"), st.fixed_dictionaries({"message": KEY, "round": st.integers(1, 5), "facts": st.just(["o1"])})),
    st.tuples(st.just("relay.told"), st.fixed_dictionaries({"message": KEY, "round": st.integers(1, 5), "text": st.just("2 maart")})),
    st.tuples(st.just("relay.passed"), st.fixed_dictionaries({"message": KEY, "round": st.integers(1, 5), "to": st.sampled_from(["b", "c"]), "channel": st.just("corridor")})),
    st.tuples(st.just("relay.bet"), st.fixed_dictionaries({"message": KEY, "round": st.integers(1, 5), "place": st.sampled_from(["b", "c"])})),
    st.tuples(st.just("relay.answered"), st.fixed_dictionaries({"message": st.just("out"), "fact": st.just("o1"), "option": st.just(0)})),
    st.tuples(st.just("relay.named"), st.fixed_dictionaries({"message": KEY, "named": st.just(True)})),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(sorted(SEATS)), SAYS, st.floats(0, 400)), max_size=20),
    st.sampled_from(sorted(SEATS)),
)
def test_after_a_withdrawal_it_is_a_ride_without_that_participant(history, gone):
    events = started()
    for who, (kind, said), at in history:
        events(who, kind, said, at=T0 + at)
    events(gone, "withdrawn")
    without = [one for one in events.all if one.participant != gone]
    now = T0 + 250
    one, other = Ride.of(fold(events.all), now), Ride.of(fold(without), now)
    assert (one.relay, one.believed) == (other.relay, other.believed)
