"""Every promise of `workshopkit.store.contract.Store`, checked over any kind of store.

A kind of store is tested by a subclass that gives three fixtures: ``store``, with the clock of this class in it;
``again``, which opens the same store once more as another process would; and ``on_disk``, which gives all bytes
that the store has left anywhere.
"""

from __future__ import annotations

import itertools
import threading

import pytest

from store_contract_events import EventPromises
from store_contract_people import PeoplePromises
from store_helpers import Clock, assert_clear, event, fill, said
from workshopkit.errors import UnknownWorkshop, UsageError, WorkshopClosed, WrongCode
from workshopkit.store import codes
from workshopkit.store.backup import Backups

SECRET_WORD = "wielewaal"

ON_AN_UNKNOWN_WORKSHOP = {
    "read": lambda store: store.workshop("nowhere"),
    "close": lambda store: store.close_workshop("nowhere"),
    "erase": lambda store: store.erase_workshop("nowhere"),
    "append": lambda store: store.append(**event("e", "nowhere")),
    "append_many": lambda store: store.append_many([event("e", "nowhere")]),
    "open_session": lambda store: store.open_session("nowhere", role="participant", actor="a", lang="nl"),
    "issue_token": lambda store: store.issue_token("nowhere", purpose="enter", role="facilitator", ttl_s=9),
}

COMMITS = {
    "create_workshop": lambda store, _: store.create_workshop(title="x", lang="nl", definition={}),
    "append": lambda store, workshop: store.append(**event("e", workshop)),
    "put_snapshot": lambda store, workshop: store.put_snapshot(workshop, "wall", 1, {}),
    "open_session": lambda store, workshop: store.open_session(workshop, role="r", actor="a", lang="nl"),
    "issue_token": lambda store, workshop: store.issue_token(workshop, purpose="p", role="r", ttl_s=1),
    "note_try": lambda store, _: store.note_try("somebody", False, 0.0),
    "set_meta": lambda store, _: store.set_meta("key", "value"),
    "close_workshop": lambda store, workshop: store.close_workshop(workshop),
    "erase_workshop": lambda store, workshop: store.erase_workshop(workshop),
}


class StoreContract(EventPromises, PeoplePromises):
    @pytest.fixture
    def clock(self):
        return Clock()

    @pytest.fixture
    def workshop(self, store):
        return store.create_workshop(title="A try", lang="nl", definition={"subject": "x"}).id

    # Workshops ------------------------------------------------------------------------------------------------

    def test_a_new_workshop_is_found_and_defined(self, store, again, clock):
        made = store.create_workshop(title="Zo'n dag", lang="nl", definition={"subject": "de balie"})
        assert (made.title, made.lang, made.created, made.closed) == ("Zo'n dag", "nl", clock.now, None)
        assert made.expires > made.created
        other = again()
        assert other.workshop(made.id) == other.workshop_by_code(made.code) == made
        (first,) = other.events(made.id)
        assert (first.kind, first.payload) == ("workshop.defined", {"subject": "de balie"})

    def test_the_newest_workshop_is_listed_first(self, store, clock):
        assert store.workshops() == []
        made = []
        for title in ("one", "two", "three"):
            made.insert(0, store.create_workshop(title=title, lang="en", definition={}))
            clock.forward(1)
        assert store.workshops() == made

    def test_id_and_code_may_be_given_and_are_taken_once(self, store):
        made = store.create_workshop(title="x", lang="nl", definition={}, id="ours", code="abcd-efgh")
        assert (made.id, made.code) == ("ours", "ABCDEFGH")
        for taken in ({"id": "ours"}, {"code": "ABCD EFGH"}):
            with pytest.raises(UsageError) as refused:
                store.create_workshop(title="y", lang="nl", definition={}, **taken)
            assert_clear(refused.value, "ours" if "id" in taken else "ABCDEFGH")
        assert store.workshops() == [made]

    def test_join_codes_are_easy_to_read_and_differ(self, store):
        made = {store.create_workshop(title="x", lang="nl", definition={}).code for _ in range(20)}
        assert len(made) == 20
        assert {len(code) for code in made} == {8}
        assert set("".join(made)) <= set(codes.ALPHABET)

    @pytest.mark.parametrize("typed", ["ABCDEFGH", "abcdefgh", " abcd-efgh ", "AB CD EF GH"])
    def test_a_join_code_is_read_as_people_type_it(self, store, typed):
        made = store.create_workshop(title="x", lang="nl", definition={}, code="ABCDEFGH")
        assert store.workshop_by_code(typed) == made

    @pytest.mark.usefixtures("workshop")
    @pytest.mark.parametrize("typed", ["ZZZZZZZZ", "", "'; drop table", "\ud83d", "A" * 5000])
    def test_a_wrong_join_code_opens_nothing(self, store, typed):
        with pytest.raises(WrongCode) as wrong:
            store.workshop_by_code(typed)
        assert_clear(wrong.value, typed[:20])

    def test_a_closed_or_expired_workshop_lets_nobody_in(self, store, clock):
        closed = store.create_workshop(title="Klaar", lang="nl", definition={})
        expired = store.create_workshop(title="Oud", lang="nl", definition={})
        store.close_workshop(closed.id)
        with pytest.raises(WorkshopClosed) as over:
            store.workshop_by_code(closed.code)
        assert_clear(over.value, "Klaar")
        clock.now = expired.expires
        assert store.workshop_by_code(expired.code) == expired
        clock.forward(1)
        with pytest.raises(WorkshopClosed) as over:
            store.workshop_by_code(expired.code)
        assert_clear(over.value, "Oud")

    def test_what_comes_back_afterwards_is_added_by_who_asks_for_it(self, store, clock):
        made = store.create_workshop(title="Klaar", lang="nl", definition={})
        store.close_workshop(made.id)
        clock.now = made.expires + 1
        ((seq, new),) = store.append_many([event("late", made.id)], ended=True)
        assert new
        assert [one.id for one in store.events(made.id, after=seq - 1)] == ["late"]
        store.erase_workshop(made.id)
        with pytest.raises(UnknownWorkshop):
            store.append_many([event("later", made.id)], ended=True)

    @pytest.mark.usefixtures("workshop")
    @pytest.mark.parametrize("call", ON_AN_UNKNOWN_WORKSHOP.values(), ids=ON_AN_UNKNOWN_WORKSHOP.keys())
    def test_an_unknown_workshop_is_told(self, store, call):
        with pytest.raises(UnknownWorkshop) as unknown:
            call(store)
        assert_clear(unknown.value)
        assert store.events("nowhere") == []
        assert store.last_seq("nowhere") == 0

    def test_a_closed_workshop_takes_no_events_and_can_be_read(self, store, again, workshop, clock):
        seq = store.append(**event("e", workshop))
        store.put_snapshot(workshop, "wall", 2, {"lines": 3})
        store.close_workshop(workshop)
        when = clock.now
        clock.forward(60)
        store.close_workshop(workshop)
        other = again()
        assert other.workshop(workshop).closed == when, "a second time changes nothing"
        for refused in (
            lambda: other.append(**event("f", workshop)),
            lambda: other.append_many([event("f", workshop)]),
        ):
            with pytest.raises(WorkshopClosed) as over:
                refused()
            assert_clear(over.value, "A try")
        assert other.append(**event("e", workshop)) == (seq[0], False), "what came before is still known"
        assert said(other, workshop) == ["e"]
        assert other.last_seq(workshop) == seq[0]
        assert other.snapshot(workshop, "wall").payload == {"lines": 3}

    # Noticing -------------------------------------------------------------------------------------------------

    @pytest.mark.parametrize("who", ["oneself", "somebody else"])
    @pytest.mark.parametrize("commit", COMMITS.values(), ids=COMMITS.keys())
    def test_the_version_changes_with_every_commit(self, store, again, workshop, commit, who):
        before = store.version()
        store.events(workshop)
        again().workshops()
        assert store.version() == before, "reading changes nothing"
        commit(store if who == "oneself" else again(), workshop)
        assert store.version() != before

    # Small things ---------------------------------------------------------------------------------------------

    def test_small_values_are_kept_by_name(self, store, again):
        assert store.meta("door") is None
        assert store.meta("door", "none") == "none"
        for value in ("http://x", "", "é\n{}"):
            store.set_meta("door", value)
            assert again().meta("door", "none") == value

    def test_a_store_that_let_go_takes_hold_again(self, store, workshop):
        fill(store, workshop, 3)
        store.close()
        store.close()
        assert said(store, workshop) == ["e0", "e1", "e2"]
        store.close()
        store.append(**event("e3", workshop))
        assert said(store, workshop)[-1] == "e3"

    def test_many_threads_share_one_store(self, store, workshop):
        numbers = itertools.count()

        def work():
            for _ in range(10):
                store.append(**event(f"t{next(numbers)}", workshop))
                store.events(workshop)
                store.version()

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(said(store, workshop)) == sorted(f"t{number}" for number in range(80))

    # Erasing --------------------------------------------------------------------------------------------------

    def _tell_everything(self, store, name):
        """Make a workshop with a word in every place that holds words."""
        made = store.create_workshop(title=f"{name} title", lang="nl", definition={"subject": name})
        for number in range(40):
            text = {"text": f"{name} {number} " * (400 if number % 10 == 0 else 2)}
            store.append(**event(f"{name}-{number}", made.id, participant=f"{name} p", payload=text))
        store.put_snapshot(made.id, "wall", 1, {"row": name})
        store.put_snapshot(made.id, "wall", 2, {"row": [name] * 500})
        _, secret = store.open_session(
            made.id, role="participant", actor=f"{name} actor", lang="nl", participant=name
        )
        token = store.issue_token(
            made.id, purpose="rejoin", role="participant", ttl_s=999, participant=name, actor=name
        )
        return made, secret, token

    def test_an_erased_workshop_leaves_nothing_behind(self, store, again, on_disk, tmp_path, clock):
        other = again()
        kept, kept_secret, kept_token = self._tell_everything(store, "merel")
        gone, secret, token = self._tell_everything(store, SECRET_WORD)
        copies = [Backups(store, tmp_path / place, clock=clock).keep() for place in ("stick", "share")]
        store.note_try("192.0.2.77|device", False, clock.now)
        last = store.last_seq(gone.id)
        assert last in {found.seq for found in other.events(gone.id)}
        assert on_disk().count(SECRET_WORD.encode()) > 100
        before = other.events(kept.id)

        store.erase_workshop(gone.id)

        assert SECRET_WORD.encode() not in on_disk()
        assert b"192.0.2.77" not in on_disk()
        assert [copy.exists() for copy in copies] == [False, False]
        assert [found.id for found in other.workshops()] == [kept.id]
        for call in (lambda: other.workshop(gone.id), lambda: other.append(**event("new", gone.id))):
            with pytest.raises(UnknownWorkshop):
                call()
        with pytest.raises(WrongCode):
            other.workshop_by_code(gone.code)
        with pytest.raises(WrongCode):
            other.redeem_token(token, "rejoin")
        assert (other.events(gone.id), other.last_seq(gone.id)) == ([], 0)
        assert other.snapshot(gone.id, "wall") is None
        assert other.session(secret) is None
        assert other.participants(gone.id, f"{SECRET_WORD} actor") == []

        assert other.events(kept.id) == before, "the other workshop is untouched"
        assert other.session(kept_secret).workshop == kept.id
        assert other.redeem_token(kept_token, "rejoin").workshop == kept.id
        assert other.append(**event("later", kept.id))[0] > last, "a number is never given twice"

    def test_nothing_of_an_erased_workshop_comes_back(self, store, again, workshop, on_disk):
        """Somebody was still computing when it was erased."""
        again().erase_workshop(workshop)
        store.put_snapshot(workshop, "wall", 7, {"row": SECRET_WORD})
        assert store.snapshot(workshop, "wall") is None
        assert SECRET_WORD.encode() not in on_disk()
