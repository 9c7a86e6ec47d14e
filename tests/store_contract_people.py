"""The promises about sessions, codes and waits: a part of `store_contract.StoreContract`."""

from __future__ import annotations

import pytest

from store_helpers import assert_clear, at_once
from workshopkit.errors import WrongCode
from workshopkit.store import Grant, Session, codes


class PeoplePromises:
    # Sessions -------------------------------------------------------------------------------------------------

    def test_a_session_is_found_by_its_secret_alone(self, store, again, workshop):
        session, secret = store.open_session(workshop, role="participant", actor="balie", lang="nl")
        assert session == Session(workshop, session.participant, "balie", "participant", "nl")
        assert again().session(secret) == session
        for wrong in ("", secret[:-1], secret.upper(), codes.sha256(secret), session.participant, "\ud83d"):
            assert store.session(wrong) is None

    def test_everybody_gets_a_secret_and_a_name_of_their_own(self, store, workshop):
        opened = [store.open_session(workshop, role="participant", actor="a", lang="nl") for _ in range(20)]
        assert len({session.participant for session, _ in opened}) == 20
        assert len({secret for _, secret in opened}) == 20
        assert min(len(secret) for _, secret in opened) >= 43, "256 bits"

    def test_two_phones_of_one_participant_have_two_secrets(self, store, workshop):
        first, one = store.open_session(workshop, role="participant", actor="a", lang="nl")
        second, two = store.open_session(
            workshop, role="participant", actor="a", lang="en", participant=first.participant
        )
        assert one != two
        assert second.participant == first.participant
        assert store.participants(workshop, "a") == [first.participant]
        assert (store.session(one).lang, store.session(two).lang) == ("nl", "en")

    def test_the_language_is_remembered_for_this_session_only(self, store, again, workshop):
        _, one = store.open_session(workshop, role="participant", actor="a", lang="nl")
        _, two = store.open_session(workshop, role="participant", actor="a", lang="nl")
        again().set_lang(one, "en")
        assert (store.session(one).lang, store.session(two).lang) == ("en", "nl")
        store.set_lang("unknown", "en")
        assert store.session("unknown") is None

    def test_who_ever_joined_is_listed_by_actor(self, store, workshop):
        other = store.create_workshop(title="y", lang="nl", definition={}).id
        for who, actor, where in (
            ("q", "a", workshop),
            ("p", "a", workshop),
            ("r", "b", workshop),
            ("s", "a", other),
        ):
            store.open_session(where, role="participant", actor=actor, lang="nl", participant=who)
        store.end_participant("q")
        assert store.participants(workshop, "a") == ["p", "q"]
        assert store.participants(workshop, "b") == ["r"]
        assert store.participants(workshop, "nobody") == []

    def test_one_who_ends_is_out_on_every_phone_and_with_every_code(self, store, again, workshop):
        def phone(who):
            return store.open_session(workshop, role="participant", actor="a", lang="nl", participant=who)[1]

        def code(who):
            return store.issue_token(
                workshop, purpose="rejoin", role="participant", ttl_s=60, participant=who
            )

        secrets, tokens = [phone("p"), phone("p")], [code("p"), code("p")]
        stays, stays_code = phone("q"), code("q")
        again().end_participant("p")
        assert [store.session(secret) for secret in secrets] == [None, None]
        for token in tokens:
            with pytest.raises(WrongCode):
                store.redeem_token(token, "rejoin")
        assert store.session(stays).participant == "q"
        assert store.redeem_token(stays_code, "rejoin").participant == "q"
        store.end_participant("nobody")

    def test_secrets_and_personal_codes_are_nowhere_on_disk(self, store, workshop, on_disk):
        _, secret = store.open_session(workshop, role="participant", actor="a", lang="nl")
        link = store.issue_token(workshop, purpose="enter", role="facilitator", ttl_s=60)
        code = store.issue_token(workshop, purpose="rejoin", role="participant", ttl_s=60)
        bytes_now = on_disk()
        for hidden in (secret, link, code):
            assert hidden.encode() not in bytes_now
            assert codes.sha256(hidden).encode() in bytes_now, "we do look where it is kept"
        assert store.workshop(workshop).code.encode() in bytes_now, "the wall shows this one"

    # Tokens ---------------------------------------------------------------------------------------------------

    def test_a_token_gives_what_it_was_made_for(self, store, again, workshop):
        link = store.issue_token(workshop, purpose="enter", role="facilitator", ttl_s=60)
        code = store.issue_token(
            workshop, purpose="rejoin", role="participant", ttl_s=60, participant="p", actor="a"
        )
        assert again().redeem_token(link, "enter") == Grant(workshop, None, None, "facilitator")
        assert again().redeem_token(code, "rejoin") == Grant(workshop, "p", "a", "participant")

    def test_a_token_works_for_its_own_purpose_only_and_is_not_used_up_by_another(self, store, workshop):
        code = store.issue_token(workshop, purpose="rejoin", role="participant", ttl_s=60)
        with pytest.raises(WrongCode):
            store.redeem_token(code, "enter")
        assert store.redeem_token(code, "rejoin")

    @pytest.mark.parametrize("uses", [1, 3])
    def test_a_token_works_as_often_as_was_said(self, store, again, workshop, uses):
        code = store.issue_token(workshop, purpose="enter", role="participant", ttl_s=60, uses=uses)
        for number in range(uses):
            assert (store, again())[number % 2].redeem_token(code, "enter")
        with pytest.raises(WrongCode) as used_up:
            store.redeem_token(code, "enter")
        assert_clear(used_up.value)

    def test_the_last_use_is_had_by_one_of_many_at_once(self, store, again, workshop):
        code = store.issue_token(workshop, purpose="enter", role="facilitator", ttl_s=60)
        visitors = [again() for _ in range(5)]
        answers = at_once(*(lambda one=one: one.redeem_token(code, "enter") for one in visitors))
        assert sorted(type(answer).__name__ for answer in answers) == ["Grant"] + ["WrongCode"] * 4

    def test_a_token_ends_with_its_time(self, store, workshop, clock):
        code = store.issue_token(workshop, purpose="enter", role="facilitator", ttl_s=60, uses=9)
        clock.forward(60)
        assert store.redeem_token(code, "enter")
        clock.forward(1)
        with pytest.raises(WrongCode):
            store.redeem_token(code, "enter")

    def test_a_personal_code_is_read_as_people_type_it(self, store, workshop):
        code = store.issue_token(workshop, purpose="rejoin", role="participant", ttl_s=60, uses=9)
        assert len(code) == 12
        assert set(code) <= set(codes.ALPHABET)
        for typed in (code, code.lower(), f" {code[:4]}-{code[4:8]} {code[8:]}\n"):
            assert store.redeem_token(typed, "rejoin")

    def test_a_link_is_read_letter_by_letter(self, store, workshop):
        link = store.issue_token(workshop, purpose="enter", role="facilitator", ttl_s=60)
        assert len(link) >= 43, "256 bits"
        with pytest.raises(WrongCode):
            store.redeem_token(link.swapcase(), "enter")
        assert store.redeem_token(link, "enter")

    @pytest.mark.parametrize("typed", ["", "ABCDEFGHJKMN", "' or 1=1", "\ud83d", "A" * 10_000, "\x00"])
    @pytest.mark.parametrize("purpose", ["rejoin", "enter", "unheard-of"])
    def test_a_made_up_token_opens_nothing(self, store, workshop, typed, purpose):
        store.issue_token(workshop, purpose="rejoin", role="participant", ttl_s=60)
        with pytest.raises(WrongCode) as wrong:
            store.redeem_token(typed, purpose)
        assert_clear(wrong.value)

    # Waits ----------------------------------------------------------------------------------------------------

    def test_waits_grow_with_every_wrong_code(self, store, again, clock):
        senders = (store, again())
        waits = [senders[number % 2].note_try("phone", False, clock.now) for number in range(13)]
        assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]
        assert waits == [codes.wait_after(number) for number in range(1, 14)]

    def test_a_wait_runs_out(self, store, again, clock):
        for _ in range(7):
            store.note_try("phone", False, clock.now)
        left = []
        for _ in range(6):
            left.append(again().wait_of("phone", clock.now))
            clock.forward(1)
        assert left == [4, 3, 2, 1, 0, 0]

    def test_a_wait_is_ones_own(self, store, clock):
        for number in range(200):
            store.note_try(f"stranger {number % 4}", False, clock.now)
        assert store.wait_of("stranger 0", clock.now) == 60
        assert store.wait_of("stranger", clock.now) == 0
        assert store.wait_of("phone", clock.now) == 0
        assert store.note_try("phone", False, clock.now) == 0

    def test_who_stayed_away_for_an_hour_begins_anew(self, store, clock):
        for _ in range(9):
            store.note_try("phone", False, clock.now)
        clock.forward(60 + 3601)
        store.note_try("other", False, clock.now)
        assert store.note_try("phone", False, clock.now) == 0

    def test_a_right_code_wipes_the_slate(self, store, again, clock):
        for _ in range(9):
            store.note_try("phone", False, clock.now)
            store.note_try("other", False, clock.now)
        assert again().note_try("phone", True, clock.now) == 0
        assert store.wait_of("phone", clock.now) == 0
        assert store.note_try("phone", False, clock.now) == 0, "it counts from one again"
        assert store.wait_of("other", clock.now) == codes.wait_after(9)
