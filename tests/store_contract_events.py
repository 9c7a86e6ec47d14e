"""The promises about events and snapshots: a part of `store_contract.StoreContract`."""

from __future__ import annotations

import itertools
import json
import threading

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from store_helpers import assert_clear, at_once, event, fill, said, wait_for
from store_model import STEP, Model, Writer, same
from workshopkit.errors import RefusedEvent, UnknownWorkshop, WorkshopClosed
from workshopkit.store import Event

ODD_TEXTS = (
    "👩‍👩‍👧‍👦 koffie ☕",
    "שלום \u202eomgekeerd\u202c مرحبا",
    "<script>alert('x')</script> & \"quoted\" -- ; drop table events",
    "regel\r\nregel\ttab \x00\x1f\x7f\u2028\ufeff",
    "e\u0301 is not \u00e9",
    "half an emoji \ud83d",
    "w" * 10_000,
)
TEXT = st.text() | st.sampled_from(ODD_TEXTS)
LEAF = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
)
JSON = st.recursive(
    LEAF, lambda inside: st.lists(inside, max_size=4) | st.dictionaries(TEXT, inside, max_size=4)
)
PAYLOAD = st.dictionaries(TEXT, JSON, max_size=4)

OTHER_CONTENT = {
    "participant": {"participant": "q"},
    "act": {"act": "silos"},
    "no act": {"act": None},
    "kind": {"kind": "heard"},
    "payload": {"payload": {"to": "c", "n": 1}},
    "less": {"payload": {"to": "b"}},
    "one is not true": {"payload": {"to": "b", "n": True}},
    "one is not one point zero": {"payload": {"to": "b", "n": 1.0}},
}

# One example is one room: its workshops are made in the test, so a fixture may serve all examples.
hypothetical = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.differing_executors,
        HealthCheck.too_slow,
    ],
)


class EventPromises:
    # Append once ----------------------------------------------------------------------------------------------

    def test_an_event_is_read_as_it_was_stored(self, store, again, workshop):
        given_one = event("e", workshop, act=None, payload={"to": "b", "way": None})
        seq, new = store.append(**given_one)
        assert new
        assert again().events(workshop, after=seq - 1) == [Event(**given_one, seq=seq)]
        assert again().last_seq(workshop) == seq

    def test_the_same_event_again_gives_its_first_number_and_stores_nothing(self, store, again, workshop):
        first, _ = store.append(**event("e", workshop, payload={"a": 1, "b": 2}))
        store.append(**event("f", workshop))
        for sender in (store, again()):
            assert sender.append(**event("e", workshop, payload={"b": 2, "a": 1})) == (first, False)
        assert said(store, workshop) == ["e", "f"]

    @pytest.mark.parametrize("other", OTHER_CONTENT.values(), ids=OTHER_CONTENT.keys())
    def test_the_same_id_with_other_content_is_refused(self, store, workshop, other):
        store.append(**event("e", workshop, payload={"to": "b", "n": 1}))
        before = store.events(workshop)
        with pytest.raises(RefusedEvent) as refused:
            store.append(**{**event("e", workshop, payload={"to": "b", "n": 1}), **other})
        assert_clear(refused.value)
        assert store.events(workshop) == before

    def test_an_id_of_another_workshop_is_refused(self, store, workshop):
        other = store.create_workshop(title="y", lang="nl", definition={}).id
        store.append(**event("e", workshop))
        with pytest.raises(RefusedEvent):
            store.append(**event("e", other))
        assert said(store, other) == []

    def test_the_same_event_sent_by_many_at_once_is_stored_once(self, again, workshop):
        senders = [again() for _ in range(6)]
        answers = at_once(
            *(lambda sender=sender: sender.append(**event("e", workshop)) for sender in senders)
        )
        assert len({seq for seq, _ in answers}) == 1
        assert sorted(new for _, new in answers) == [False] * 5 + [True]
        assert said(senders[0], workshop) == ["e"]

    def test_several_are_stored_together(self, store, workshop):
        known, _ = store.append(**event("b", workshop))
        batch = [event(id, workshop) for id in ("a", "b", "c", "a")]
        (first, new), again_b, (third, new_too), again_a = store.append_many(batch)
        assert new
        assert new_too
        assert again_b == (known, False)
        assert again_a == (first, False)
        assert known < first < third
        assert said(store, workshop) == ["b", "a", "c"]
        assert store.append_many([]) == []

    @pytest.mark.parametrize(
        ("bad", "error"),
        [
            ({"workshop": "nowhere"}, UnknownWorkshop),
            ({"workshop": "closed"}, WorkshopClosed),
            ({"id": "known", "payload": {"other": 1}}, RefusedEvent),
            ({"id": "a", "payload": {"other": 1}}, RefusedEvent),
        ],
        ids=["unknown workshop", "closed workshop", "known id", "an id of the batch itself"],
    )
    @pytest.mark.parametrize("place", [0, 1, 2])
    def test_all_are_stored_or_none(self, store, workshop, bad, error, place):
        store.create_workshop(title="x", lang="nl", definition={}, id="closed")
        store.close_workshop("closed")
        store.append(**event("known", workshop))
        before = store.last_seq(workshop)
        batch = [event("a", workshop), event("b", workshop)]
        batch.insert(place, {**event("c", workshop), **bad})
        with pytest.raises(error):
            store.append_many(batch)
        assert said(store, workshop) == ["known"]
        assert store.last_seq(workshop) == before
        assert store.append(**event("a", workshop))[1], "and the store goes on"

    # Order ----------------------------------------------------------------------------------------------------

    def test_numbers_grow_over_all_workshops(self, store, again, workshop):
        other = store.create_workshop(title="y", lang="nl", definition={}).id
        senders = itertools.cycle([store, again()])
        homes = itertools.cycle([workshop, other, other])
        given_out = [next(senders).append(**event(f"e{n}", next(homes)))[0] for n in range(30)]
        assert given_out == sorted(set(given_out))
        for home in (workshop, other):
            numbers = [found.seq for found in store.events(home)]
            assert numbers == sorted(numbers)
            assert store.last_seq(home) == numbers[-1]
        assert {found.seq for found in store.events(other)}.isdisjoint(
            found.seq for found in store.events(workshop)
        )

    def test_a_reader_misses_nothing_while_others_write(self, store, again, workshop):
        writers = [again() for _ in range(3)]
        # Two threads write through each of two connections, one alone through the third.
        sent = {f"w{writer}-{number}" for writer in range(5) for number in range(25)}
        found, done = [], threading.Event()

        def write(writer):
            for number in range(25):
                writers[writer % 3].append(**event(f"w{writer}-{number}", workshop))

        def read():
            cursor = store.last_seq(workshop)
            started.set()
            while True:
                last_look = done.is_set()
                for one in store.events(workshop, after=cursor):
                    found.append(one)
                    cursor = one.seq
                if last_look:
                    return

        started = threading.Event()
        reader = threading.Thread(target=read)
        reader.start()
        wait_for(started.is_set)
        threads = [threading.Thread(target=write, args=(number,)) for number in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        done.set()
        reader.join()
        assert {one.id for one in found} == sent
        assert [one.seq for one in found] == sorted({one.seq for one in found})
        assert len(found) == len(sent)

    def test_events_are_chosen_by_kind_participant_and_number(self, store, workshop):
        for number, (who, kind) in enumerate(itertools.product("pqr", ("told", "heard", "checked"))):
            store.append(
                **event(f"{who}-{kind}", workshop, participant=who, kind=kind, payload={"n": number})
            )
        assert said(store, workshop, kinds={"heard"}) == ["p-heard", "q-heard", "r-heard"]
        assert said(store, workshop, participants=["q"]) == ["q-told", "q-heard", "q-checked"]
        chosen = {"kinds": ("told", "checked"), "participants": {"p", "r"}}
        assert said(store, workshop, **chosen) == ["p-told", "p-checked", "r-told", "r-checked"]
        (middle,) = store.events(workshop, kinds=["told"], participants=["q"])
        assert said(store, workshop, after=middle.seq, kinds={"told"}) == ["r-told"]
        assert said(store, workshop, kinds=[]) == []
        assert said(store, workshop, participants=[]) == []
        assert said(store, workshop, after=store.last_seq(workshop)) == []
        assert said(store, workshop, kinds={"unheard-of"}) == []

    # Any payload, any sequence --------------------------------------------------------------------------------

    @hypothetical
    @given(payload=PAYLOAD)
    @example(payload={text: [text, {"deeper": [None, text]}] for text in ODD_TEXTS})
    @example(payload={"deep": json.loads("[" * 200 + "]" * 200), "": {}, "n": [-0.0, 1e308, 5e-324, 2**70]})
    def test_any_payload_comes_back_as_it_went_in(self, store, again, payload):
        made = store.create_workshop(title="x", lang="nl", definition=payload)
        store.append(**event(f"{made.id}-e", made.id, payload=payload))
        store.put_snapshot(made.id, "wall", 1, payload)
        other = again()
        back = [one.payload for one in other.events(made.id)] + [other.snapshot(made.id, "wall").payload]
        assert [json.dumps(one) for one in back] == [json.dumps(payload)] * 3
        assert not store.append(**event(f"{made.id}-e", made.id, payload=back[0]))[1]

    @hypothetical
    @given(steps=st.lists(STEP, max_size=30))
    def test_any_sequence_over_two_connections_equals_the_model(self, store, again, steps):
        connections = (store, again())
        homes = [store.create_workshop(title="x", lang="nl", definition={}).id for _ in range(2)]
        model, writer = Model(), Writer(homes)
        for what, by, where, pick in steps:
            call = writer.call(what, where, pick)
            answer, expected = call(connections[by]), call(model)
            for reader in connections:
                assert [said(reader, home) for home in homes] == [model.said(home) for home in homes]
            order = sorted(one.seq for home in homes for one in store.events(home, kinds={"told"}))
            assert same(answer, expected, order)

    # Snapshots ------------------------------------------------------------------------------------------------

    def test_the_newest_snapshot_is_kept(self, store, again, workshop):
        other = again()
        for writer, seq, text in (
            (store, 5, "five"),
            (other, 9, "nine"),
            (store, 7, "late"),
            (other, 0, "old"),
        ):
            writer.put_snapshot(workshop, "wall", seq, {"text": text})
        for reader in (store, other):
            found = reader.snapshot(workshop, "wall")
            assert (found.workshop, found.kind, found.seq, found.payload) == (
                workshop,
                "wall",
                9,
                {"text": "nine"},
            )
        store.put_snapshot(workshop, "wall", 9, {"text": "once more"})
        assert other.snapshot(workshop, "wall").payload == {"text": "once more"}

    def test_kinds_and_workshops_have_snapshots_of_their_own(self, store, workshop):
        other = store.create_workshop(title="y", lang="nl", definition={}).id
        store.put_snapshot(workshop, "wall", 9, {"n": 1})
        store.put_snapshot(workshop, "phones", 2, {"n": 2})
        store.put_snapshot(other, "wall", 1, {"n": 3})
        found = {(w, k): store.snapshot(w, k) for w in (workshop, other) for k in ("wall", "phones")}
        assert {key: one and one.payload["n"] for key, one in found.items()} == {
            (workshop, "wall"): 1,
            (workshop, "phones"): 2,
            (other, "wall"): 3,
            (other, "phones"): None,
        }

    def test_a_snapshot_is_no_event(self, store, workshop):
        before = store.last_seq(workshop)
        store.put_snapshot(workshop, "wall", 9, {})
        assert store.last_seq(workshop) == before
        assert fill(store, workshop, 1) == said(store, workshop)
