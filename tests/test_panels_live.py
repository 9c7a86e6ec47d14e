"""Pages and kernels: one message when something changed, seldom enough, complete, and nothing of others."""

from __future__ import annotations

import asyncio
import itertools
import json
from dataclasses import replace

import pytest

from domain_helpers import Clock, FakePage, applied, payload, without_times
from workshopkit.errors import StoreError, StoreFull
from workshopkit.i18n import N_
from workshopkit.panels import live
from workshopkit.panels.cockpit import Cockpit
from workshopkit.panels.here import Here, here
from workshopkit.panels.participant import Participant
from workshopkit.panels.qr import qr
from workshopkit.panels.wall import Wall
from workshopkit.room.analyst import analyse_once
from workshopkit.store import open_store

JOIN = "http://workshop.test/j/ABCD2345"


class Room:
    """A workshop in a store with pages on it, and hands to do things with."""

    def __init__(self, url):
        self.store = open_store(url)
        made = self.store.create_workshop(
            title="A try", lang="en", definition=payload(3, {"public": "proxy"})
        )
        self.id, self.code = made.id, made.code
        self.url = url
        self.clock, self.now = Clock(), Clock(5000.0)
        self.numbers = itertools.count(1)
        self.stores = []

    def say(self, who, kind, **given):
        return self.store.append(
            id=f"x{next(self.numbers)}",
            workshop=self.id,
            participant=who,
            act="lines",
            kind=kind,
            payload=given,
        )[0]

    def join(self, actor, lang="en"):
        session, _ = self.store.open_session(self.id, role="participant", actor=actor, lang=lang)
        self.say(session.participant, "joined", actor=actor)
        return session.participant

    def open(self, panel, *, actor=None, participant="lead", lang="en"):
        """Give a page of a kernel of its own: another connection to the same file."""
        role = "participant" if panel is Participant else "facilitator"
        store = open_store(self.url)
        self.stores.append(store)
        seat = Here(self.url, self.id, participant, actor, role, lang, JOIN)
        page = FakePage()
        page.panel = panel(store, seat, clock=self.clock, now=self.now)
        page.state = page.panel.start()
        page.panel.attach(page)
        return page

    def phone(self, actor="a", **options):
        return self.open(Participant, actor=actor, participant=self.join(actor), **options)

    def later(self, seconds=1.0):
        self.clock.move(seconds)
        self.now.move(seconds)

    def close(self):
        for store in (*self.stores, self.store):
            store.close()


@pytest.fixture
def room(tmp_path):
    made = Room(f"sqlite:///{tmp_path / 'room.db'}")
    yield made
    made.close()


def event(id_, kind="told", on="lines", **given):
    return {"id": id_, "act": on, "kind": kind, "payload": given}


def told(id_, to="b", answer="yes", expected="yes"):
    return event(id_, to=to, answer=answer, expected=expected)


def send(page, *events):
    page.say({"type": "events", "events": list(events)})


def test_the_first_state_is_complete_and_json(room):
    room.say("lead", "act.opened", act="lines")
    phone = room.phone()
    state = phone.state
    assert json.loads(json.dumps(state)) == state
    assert state["act"] == "lines"
    assert (state["subject"], state["period"]) == ("The desk closes", "the last four weeks")
    assert state["seat"] == {"id": "a", "label": "Team A", "proxy": False}
    assert [actor["id"] for actor in state["actors"]] == ["a", "b", "c", "public"]
    assert state["sheet"] == {
        "told": {},
        "heard": {},
        "closed": {"told": False, "heard": False},
        "evidence": None,
        "wish": None,
        "wished": False,
        "checked": False,
        "implied": [],
        "marks": {},
        "examples": {},
        "guess": None,
        "walked": None,
        "agreements": [],
        "accepts": {},
    }
    assert state["room"] == {"teams": 3, "ready": 0}
    assert state["conflicts"] == []
    assert state["seq"] == room.store.last_seq(room.id)


def test_a_proxy_is_told_that_it_is_one(room):
    assert room.phone("public").state["seat"] == {"id": "public", "label": "Public", "proxy": True}


def test_an_answer_is_stored_acknowledged_and_in_the_next_state(room):
    room.say("lead", "act.opened", act="lines")
    phone = room.phone()
    send(phone, told("one"), told("two", to="c", expected="doubt"))
    acks = phone.take("stored")
    assert [(ack["id"], ack["seq"] > 0) for ack in acks] == [("one", True), ("two", True)]
    (message,) = phone.take("state")
    assert message["from_seq"] == phone.state["seq"]
    assert message["to_seq"] >= acks[-1]["seq"]
    assert set(message["patch"]) == {"sheet"}
    assert message["patch"]["sheet"]["told"] == {
        "b": {"answer": "yes", "expected": "yes"},
        "c": {"answer": "yes", "expected": "doubt"},
    }
    stored = room.store.events(room.id, kinds=["told"])
    assert [found.payload["at"] for found in stored] == [room.now(), room.now()]


def test_the_same_again_is_answered_with_the_first_number(room):
    room.say("lead", "act.opened", act="lines")
    phone = room.phone()
    send(phone, told("one"), told("one"))
    (first,) = phone.take("stored")
    room.later(60)
    other = room.open(Participant, actor="a", participant=phone.panel.here.participant)
    room.say("lead", "act.closed", act="lines")
    send(other, told("one"))
    assert other.take("stored") == [first], "also after the act was closed, and from a new kernel"
    assert len(room.store.events(room.id, kinds=["told"])) == 1


def test_an_id_of_something_else_is_refused(room):
    room.say("lead", "act.opened", act="lines")
    phone, other = room.phone(), room.phone("b")
    send(phone, told("one"))
    send(phone, event("one", "list.closed", list="told"))
    send(other, told("one", to="c"))
    assert len(phone.take("refused")) == 1
    assert len(other.take("refused")) == 1


def test_one_bad_answer_does_not_stop_the_good_ones(room):
    room.say("lead", "act.opened", act="lines")
    phone = room.phone(lang="en")
    send(
        phone,
        told("good"),
        told("bad", to="nobody"),
        event("worse", "act.opened", act="lines"),
        told("fine", to="c"),
    )
    assert {ack["id"] for ack in phone.take("stored")} == {"good", "fine"}
    refused = {message["id"]: message["message"] for message in phone.take("refused")}
    assert set(refused) == {"bad", "worse"}
    assert "nobody" in refused["bad"]


@pytest.mark.parametrize(
    "rubbish",
    [
        None,
        3,
        [],
        {"type": "events"},
        {"type": "events", "events": "all"},
        {"type": "events", "events": [None, 3, {}, {"id": 5}, {"id": ["x"]}]},
        {"type": ["events"]},
        {"type": "hidden"},
        {"type": "unheard of"},
    ],
)
def test_rubbish_from_the_browser_is_left_alone(room, rubbish):
    phone = room.phone()
    phone.say(rubbish)
    assert [message["type"] for message in phone.sent if message["type"] != "state"] == []


def test_ids_that_are_no_ids_are_refused(room):
    phone = room.phone()
    send(phone, told("a b"), told("x" * 200), told("<b>"), told(""))
    assert len(phone.take("refused")) == 4


def test_nothing_is_stored_while_the_act_is_closed(room):
    phone = room.phone()
    send(phone, told("early"))
    assert "closed" in phone.take("refused")[0]["message"]
    room.say("lead", "act.opened", act="lines")
    send(phone, told("in-time"), event("elsewhere", "guessed", "silos", tenths=3))
    assert [ack["id"] for ack in phone.take("stored")] == ["in-time"]
    assert phone.take("refused")[0]["id"] == "elsewhere"
    room.say("lead", "act.closed", act="lines")
    send(phone, told("late"))
    assert phone.take("refused")[0]["id"] == "late", "the act was closed since the last look"
    send(phone, event("out", "withdrawn", None))
    assert phone.take("stored"), "one may leave at any time"


def test_nobody_speaks_for_another_team_or_the_facilitator(room):
    room.say("lead", "act.opened", act="lines")
    phone = room.phone("a")
    send(
        phone,
        event("1", "joined", actor="b"),
        event("2", "map.shown", shown=True),
        {**told("3"), "participant": "lead", "actor": "b", "workshop": "other", "role": "facilitator"},
    )
    assert {message["id"] for message in phone.take("refused")} == {"1", "2"}
    (found,) = room.store.events(room.id, kinds=["told"])
    assert (found.participant, found.workshop) == (phone.panel.here.participant, room.id)


def test_messages_are_in_the_users_language(room):
    phone = room.phone(lang="nl")
    send(phone, told("x", to="nobody"))
    message = phone.take("refused")[0]["message"]
    assert message == phone.panel._committer._no("refused", "x", _refusal(room)).get("message")


def _refusal(room):
    from workshopkit.errors import RefusedEvent
    from workshopkit.room.events import validate

    with pytest.raises(RefusedEvent) as refused:
        validate("told", {"to": "nobody"}, room.phone().panel.room.definition, "participant", "a")
    return refused.value


def test_a_full_disk_lets_answers_wait(room, monkeypatch):
    room.say("lead", "act.opened", act="lines")
    phone = room.phone()

    def full(_events):
        raise StoreFull(
            N_("The disk with {name} is full. Make room; nothing that was stored is lost."), name="x"
        )

    with monkeypatch.context() as patched:
        patched.setattr(phone.panel.store, "append_many", full)
        send(phone, told("one"), told("bad", to="nobody"))
    (waiting,) = phone.take("waiting")
    assert (waiting["id"], "waits here" in waiting["message"]) == ("one", True)
    assert [message["id"] for message in phone.take("refused")] == ["bad"]
    send(phone, told("one"))
    assert phone.take("stored")


def test_a_store_that_does_not_answer_lets_everything_wait(room, monkeypatch):
    room.say("lead", "act.opened", act="lines")
    phone = room.phone()

    def busy(*_arguments, **_options):
        raise StoreError(N_("{name} does not answer now ({fault}). Try again."), name="x", fault="busy")

    with monkeypatch.context() as patched:
        for name in ("events", "append_many", "last_seq", "version", "snapshot"):
            patched.setattr(phone.panel.store, name, busy)
        send(phone, told("one"))
        phone.say({"type": "resync"})
    assert [message["id"] for message in phone.take("waiting")] == ["one"]
    phone.take("state")
    send(phone, told("one"))
    assert phone.take("stored")
    room.later()
    phone.panel.look()
    assert applied({}, _whole(phone))["sheet"]["told"]


def _whole(page):
    page.take("state")
    page.say({"type": "resync"})
    return page.take("state")[-1]


def test_a_closed_workshop_refuses_with_a_word(room):
    room.say("lead", "act.opened", act="lines")
    phone = room.phone()
    room.store.close_workshop(room.id)
    send(phone, told("one"), told("two", to="c"))
    assert {message["id"] for message in phone.take("refused")} == {"one", "two"}


def test_phones_of_one_team_share_a_sheet_and_see_their_conflict(room):
    room.say("lead", "act.opened", act="lines")
    one = room.phone()
    two = room.phone()
    send(one, told("first"))
    room.later(5)
    send(two, told("second", answer="no", expected=None))
    two.take("state")
    room.later()
    one.panel.look()
    state = applied(one.state, one.take("state")[-1])
    (conflict,) = state["conflicts"]
    assert (conflict["list"], conflict["actor"]) == ("told", "b")
    assert [(option["event"], option["answer"], option["mine"]) for option in conflict["options"]] == [
        ("first", "yes", True),
        ("second", "no", False),
    ]
    send(one, event("pick", "chosen", list="told", actor="b", event="first"))
    assert one.take("stored")
    room.later()
    two.panel.look()
    state = applied({}, _whole(two))
    assert state["conflicts"] == []
    assert "b" in state["sheet"]["told"]
    send(two, event("again", "chosen", list="told", actor="b", event="second"))
    assert two.take("refused")


def test_a_teammate_that_joined_later_is_read_from_its_first_answer(room):
    room.say("lead", "act.opened", act="lines")
    one = room.phone()
    two = room.phone()
    send(two, told("x", to="c"))
    one.panel.look()
    assert set(applied(one.state, one.take("state")[-1])["sheet"]["told"]) == {"c"}


def test_a_joining_that_was_cut_off_is_made_good_once(room):
    room.say("lead", "act.opened", act="lines")
    for _ in range(2):
        phone = room.open(Participant, actor="a", participant="cut-off")
        assert phone.panel.room.seats == {"cut-off": "a"}
    assert len(room.store.events(room.id, kinds=["joined"])) == 1
    send(phone, told("x"))
    assert set(phone.take("state")[0]["patch"]["sheet"]["told"]) == {"b"}
    send(phone, event("bye", "withdrawn", None))
    assert room.open(Participant, actor="a", participant="cut-off").state["withdrawn"]
    room.store.close_workshop(room.id)
    assert room.open(Participant, actor="b", participant="late").panel.room.seats == {}


def test_withdrawal_empties_the_sheet_and_ends_the_session(room):
    room.say("lead", "act.opened", act="lines")
    session, secret = room.store.open_session(room.id, role="participant", actor="a", lang="en")
    room.say(session.participant, "joined", actor="a")
    phone = room.open(Participant, actor="a", participant=session.participant)
    send(phone, told("x"))
    room.later()
    send(phone, event("bye", "withdrawn", None))
    assert room.store.session(secret) is None
    state = applied({}, _whole(phone))
    assert state["withdrawn"]
    assert state["sheet"]["told"] == {}
    send(phone, told("y"))
    assert phone.take("refused")


def test_a_phone_reads_nothing_of_other_teams(room):
    room.say("lead", "act.opened", act="lines")
    other = room.phone("b")
    send(other, told("secret", to="c"))
    phone = room.phone("a")
    assert set(phone.panel.room.sheets) <= {"a"}
    assert "secret" not in json.dumps(phone.state)


def test_nothing_changed_nothing_sent(room):
    phone = room.phone()
    phone.panel.look()
    room.say("stranger", "told", to="b", answer="yes", expected="yes")
    room.store.set_meta("something", "else")
    phone.panel.look()
    assert phone.sent == []


def test_phones_get_two_messages_a_second_and_walls_five(room):
    for panel, most, options in (
        (Participant, 2, {"actor": "a", "participant": room.join("a")}),
        (Wall, 5, {}),
    ):
        page = room.open(panel, **options)
        for second in range(3):
            for turn in range(100):
                room.clock.move(0.01)
                if turn % 5 == 0:
                    room.say("lead", "timer.set", seconds=60 + turn, at=float(second))
                page.panel.look()
            assert len(page.take("state")) <= most


def test_the_latest_wins_after_a_pause(room):
    phone = room.phone()
    room.say("lead", "timer.set", seconds=10, at=1.0)
    phone.panel.look()
    room.say("lead", "timer.set", seconds=20, at=2.0)
    phone.panel.look()
    room.say("lead", "timer.set", seconds=30, at=3.0)
    phone.panel.look()
    assert len(phone.sent) == 1
    room.later(0.5)
    phone.panel.look()
    first, second = phone.take("state")
    assert second["from_seq"] == first["to_seq"]
    assert second["patch"] == {"timer": {"seconds": 30, "at": 3.0}}


def test_nothing_is_read_while_hidden(room, monkeypatch):
    phone = room.phone()
    phone.say({"type": "hidden", "hidden": True})
    room.say("lead", "act.opened", act="lines")
    with monkeypatch.context() as patched:
        patched.setattr(phone.panel.store, "version", lambda: pytest.fail("a hidden page asked"))
        phone.panel.look()
    assert phone.sent == []
    phone.say({"type": "hidden", "hidden": False})
    (message,) = phone.take("state")
    assert message["act"] == "lines"


def test_resync_gives_everything(room):
    phone = room.phone()
    room.say("lead", "act.opened", act="lines")
    phone.panel.look()
    seen = applied(phone.state, phone.take("state")[0])
    phone.say({"type": "resync"})
    (message,) = phone.take("state")
    assert message["from_seq"] == 0
    assert without_times(applied({}, message)) == without_times(seen)


def test_a_page_that_heard_everything_gets_only_what_is_new(room):
    phone = room.phone()
    first = phone.panel.newest()
    phone.say({"type": "resync", "messages": first["messages"]})
    assert phone.sent == []
    room.say("lead", "act.opened", act="lines")
    phone.say({"type": "resync", "messages": first["messages"]})
    (message,) = phone.take("state")
    assert message["from_seq"] == first["seq"]
    phone.say({"type": "resync", "messages": first["messages"]})  # it did not hear that message
    (message,) = phone.take("state")
    assert message["from_seq"] == 0
    assert without_times(applied({}, message)) == without_times(phone.panel.newest())


def test_patches_lead_to_the_state_of_a_fresh_page(room):
    room.say("lead", "act.opened", act="lines")
    phone = room.phone()
    state = phone.state
    steps = [
        told("1"),
        event("2", "heard", **{"from": "b"}, answer="via", via="c"),
        event("3", "list.closed", list="told"),
        event("4", "list.closed", list="heard"),
        event("5", "wish", **{"from": "c"}),
        event("6", "checked"),
        told("7", answer="no", expected=None),
    ]
    for step in steps:
        send(phone, step)
        analyse_once(room.store, room.id)
        room.later()
        phone.panel.look()
        for message in phone.take("state"):
            state = applied(state, message)
    fresh = room.open(Participant, actor="a", participant=phone.panel.here.participant).state
    assert without_times(state) == without_times(fresh)
    assert fresh["room"]["ready"] == 1
    assert fresh["sheet"]["implied"] == [{"from": "c", "because": ["b"]}]
    assert fresh["sheet"]["wish"] == "c"


def test_a_commit_between_two_reads_is_not_missed(room, monkeypatch):
    """Facilitator's events and one's own are read one after the other: what falls between may not be lost."""
    phone = room.phone()
    store = phone.panel.store
    real = store.events

    def slow(*arguments, **options):
        found = real(*arguments, **options)
        if options.get("kinds"):
            room.say("lead", "act.opened", act="lines")
            room.say(phone.panel.here.participant, "checked")
        return found

    room.say("lead", "map.shown", shown=True)
    with monkeypatch.context() as patched:
        patched.setattr(store, "events", slow)
        phone.panel.look()
    room.later()
    phone.panel.look()
    assert phone.panel.room.act == "lines"


def test_the_wall_hides_the_map_until_it_is_shown(room):
    analyse_once(room.store, room.id)
    wall = room.open(Wall)
    hidden = {"map", "counts", "sentences", "rows"}
    assert not hidden & set(wall.state)
    assert (wall.state["code"], wall.state["join_url"]) == (room.code, JOIN)
    assert wall.state["qr"] == qr(JOIN)
    assert (wall.state["teams"], wall.state["ready"]) == (3, 0)
    room.say("lead", "map.shown", shown=True)
    wall.panel.look()
    state = applied(wall.state, wall.take("state")[0])
    assert hidden <= set(state)
    room.say("lead", "map.shown", shown=False)
    room.later()
    wall.panel.look()
    (message,) = wall.take("state")
    assert {key for key, value in message["patch"].items() if value is None} == hidden
    assert not hidden & set(applied(state, message))


def test_the_wall_is_complete_before_the_analyst_is_there(room):
    state = room.open(Wall).state
    assert (state["subject"], state["teams"], state["ready"]) == ("The desk closes", 3, 0)


def test_a_line_reaches_the_wall(room):
    room.say("lead", "act.opened", act="lines")
    room.say("lead", "map.shown", shown=True)
    wall, phone, other = room.open(Wall), room.phone("a"), room.phone("b")
    send(phone, told("1"), event("2", "list.closed", list="told"), event("3", "list.closed", list="heard"))
    send(
        other,
        event("4", "heard", **{"from": "a"}, answer="yes", via=None),
        event("5", "list.closed", list="heard"),
    )
    analyse_once(room.store, room.id)
    wall.panel.look()
    (message,) = wall.take("state")
    assert message["patch"]["rows"] == [{"source": "a", "target": "b", "state": "confirmed"}]
    assert message["patch"]["ready"] == 1


def test_the_cockpit_leads(room):
    cockpit = room.open(Cockpit)
    assert [team["id"] for team in cockpit.state["teams"]] == ["a", "b", "c", "public"]
    assert cockpit.state["wall_url"] == "http://workshop.test/wall"
    send(cockpit, event("1", "act.opened", None, act="lines"))
    assert cockpit.take("stored")
    patch = cockpit.take("state")[0]["patch"]
    assert (patch["act"], patch["part"]) == ("lines", "questions")
    assert patch["plan"]["next"]["part"] == "own"
    send(cockpit, event("2", "timer.set", None, seconds=60))
    assert room.store.events(room.id, kinds=["timer.set"])[0].payload == {"seconds": 60, "at": room.now()}
    send(cockpit, event("3", "act.opened", None, act="tea"), told("4"))
    assert {message["id"] for message in cockpit.take("refused")} == {"3", "4"}
    room.later()
    send(cockpit, event("5", "map.shown", None, shown=True))
    analyse_once(room.store, room.id)
    room.later()
    cockpit.panel.look()
    assert "map" in applied({}, _whole(cockpit))
    send(cockpit, event("6", "workshop.closed", None))
    assert room.store.workshop(room.id).closed is not None


def test_the_cockpit_shows_counts_and_no_answers(room):
    room.say("lead", "act.opened", act="lines")
    phone = room.phone("a")
    send(phone, told("1", to="c"))
    analyse_once(room.store, room.id)
    state = room.open(Cockpit).state
    mine = state["teams"][0]
    assert (mine["phones"], mine["told"], mine["heard"], mine["ready"]) == (1, 1, 0, False)
    assert "map" not in state


async def test_the_loop_goes_on_after_a_fault(room, monkeypatch):
    phone = room.phone()
    monkeypatch.setattr(live, "RETRY_S", 0.0)
    monkeypatch.setattr(Participant, "interval", 0.0)
    turns = []

    def look():
        turns.append(1)
        if len(turns) == 1:
            raise StoreError(N_("{name} does not answer now ({fault}). Try again."), name="x", fault="busy")
        if len(turns) == 3:
            task.cancel()

    monkeypatch.setattr(phone.panel, "look", look)
    task = asyncio.ensure_future(phone.panel.run())
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(turns) >= 3


def test_who_this_kernel_works_for():
    session = {"workshop": "w", "participant": "p", "actor": "a", "role": "participant", "lang": "en"}
    found = here({"WORKSHOPKIT_DB": "x.db", "WORKSHOPKIT_SESSION": json.dumps({**session, "join_url": JOIN})})
    assert (found.workshop, found.actor, found.wall_url) == ("w", "a", "http://workshop.test/wall")


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"WORKSHOPKIT_DB": "x"},
        {"WORKSHOPKIT_DB": "x", "WORKSHOPKIT_SESSION": "{"},
        {"WORKSHOPKIT_DB": "x", "WORKSHOPKIT_SESSION": "[]"},
        {
            "WORKSHOPKIT_DB": "x",
            "WORKSHOPKIT_SESSION": '{"workshop": "w", "participant": "p", "role": "facilitator"}',
        },
    ],
)
def test_a_page_outside_the_door_says_so_in_one_sentence(environ, monkeypatch):
    from workshopkit.panels import participant

    for name in ("WORKSHOPKIT_DB", "WORKSHOPKIT_SESSION"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    shown = repr(participant.show())
    assert shown
    assert "Traceback" not in shown


def test_qr_is_one_path():
    found = qr(JOIN)
    assert found["d"].startswith("M4 4h7v1h-7z")
    assert found["size"] == qr(JOIN.replace("ABCD", "EFGH"))["size"]
    assert qr("") is None


def test_the_formal_chart_reaches_no_page(room):
    """At every moment phone, wall and cockpit are told the same with a chart as without one."""
    pages = [room.phone(), room.open(Wall), room.open(Cockpit)]
    phone = pages[0]
    room.say("lead", "act.opened", act="lines")
    send(
        phone,
        told("one"),
        event("shut", "list.closed", list="told"),
        event("too", "list.closed", list="heard"),
    )
    bare = payload(3, {"public": "proxy"})
    moments = [(one.act, one.part) for one in replace(phone.panel.room.program, sponsor=True).moments]

    def told_of(defined):
        room.say("lead", "workshop.defined", **defined)
        room.say("lead", "sponsor.chosen", actor="a")
        room.say("lead", "map.shown", shown=True)
        seen = {}
        for act, part in moments:
            room.say("lead", "act.opened", act=act, part=part)
            analyse_once(room.store, room.id)
            for page in pages:
                page.panel.read()
            seen[act, part] = [without_times(page.panel.state()) for page in pages]
        return seen

    before = told_of(bare)
    charted = told_of({**bare, "formal": [["a", "b"], ["b", "c"]]})
    assert all(page.panel.room.definition.formal == (("a", "b"), ("b", "c")) for page in pages)
    assert len(before) > 20
    assert charted == before


def test_a_page_that_has_read_waits_also_when_nothing_changed_for_it(room):
    room.say("lead", "act.opened", act="lines")
    phone, other = room.phone("a"), room.phone("b")
    room.later()
    reads = []
    read = phone.panel.read
    phone.panel.read = lambda: (reads.append(room.clock()), read())
    for number in range(8):
        send(other, told(f"t{number}", to="a" if number % 2 else "c"))
        phone.panel.look()
        room.later(0.25)
    assert len(reads) == 4, "twice a second, however much others say"
    assert phone.take("state") == []
