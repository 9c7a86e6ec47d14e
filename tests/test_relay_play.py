"""The message exercise: played by hand over small maps, and by anybody over any map."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshopkit.relay.content import messages
from workshopkit.relay.outcome import bets, chain, compare, last, rides, score
from workshopkit.relay.paper import SPAN_S, Slip, actions
from workshopkit.relay.play import advance, apply, asked, begin, by_lot, play, receivers
from workshopkit.relay.state import NEWSLETTER, OVER, QUIZ, ROUND_S, ROUNDS, Action, Key, Setting

ROW = frozenset({("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "f")})
OUT = messages()["out"].true


def setting(lines=ROW, seats="abcdef", starts=None, **options):
    chosen = starts or {"out": "a"}
    return Setting(tuple(seats), frozenset(lines), chosen, messages(), **options)


def does(kind, seat, at, **data):
    return Action(kind, at, seat, data)


def nobody(**options):
    """Everybody has a phone, and nobody does anything."""
    return setting(**options)


# Rounds and time --------------------------------------------------------------------------------------------------


def test_five_rounds_of_sixty_seconds_then_the_questions_then_it_is_over():
    ride = begin(nobody())
    phases = [advance(ride, at).phase for at in (0, 59.9, 60, 299.9, 300, 359.9, 360)]
    assert phases == [1, 1, 2, 5, QUIZ, QUIZ, OVER]


def test_who_does_nothing_in_time_passes_it_on_as_it_is():
    ride = play(nobody())
    assert [(link.seat, link.round, link.hop) for link in chain(ride, "out")] == [
        ("a", 0, 0), ("b", 1, 1), ("c", 2, 2), ("d", 3, 3), ("e", 4, 4), ("f", 5, 5),
    ]  # fmt: skip
    assert compare(ride, "out").lost == ()
    assert {version.how for version in ride.versions.values()} == {"original", "as_is"}


def test_who_leads_can_go_on_sooner_but_not_twice_with_one_tap():
    ride = begin(nobody())
    once = apply(ride, Action("next", 10.0, data={"round": 1}))
    assert (once.phase, once.since) == (2, 10.0)
    assert apply(once, Action("next", 10.1, data={"round": 1})).phase == 2


def test_who_leads_can_stop_it():
    ride = apply(begin(nobody()), Action("stopped", 10.0))
    assert ride.over
    assert ride.holders("out") == ["a"]


def test_a_ride_that_can_go_nowhere_makes_nobody_wait():
    assert play(nobody(lines=[]), now=60).phase == OVER
    assert play(nobody(lines=[("a", "b")]), now=60).phase == QUIZ


# Telling and passing on --------------------------------------------------------------------------------------------


def test_a_text_is_read_for_its_facts_and_told_once():
    told = does("told", "a", 5, message="out", round=1, text="Vanaf 2 maart een menu, ook op zaterdag")
    again = does("told", "a", 6, message="out", round=1, text="Bellen kan tot 17 uur")
    ride = play(nobody(), [told, again], now=61)
    version = ride.carried("out", "a")
    assert (version.text, version.facts) == ("Vanaf 2 maart een menu, ook op zaterdag", {"o1", "o2", "o6"})
    assert ride.hand("out", "b") == {"o1", "o2", "o6"}


def test_what_is_ticked_is_what_goes_on():
    ride = play(nobody(), [does("told", "a", 5, message="out", round=1, facts=["o3", "o7"])])
    assert compare(ride, "out") == type(compare(ride, "out"))(("o3",), ("o1", "o2", "o4", "o5"), ("o7",))
    assert last(ride, "out").facts == {"o3", "o7"}


@pytest.mark.parametrize(
    "data",
    [
        {"text": "x" * 141}, {"text": "   "}, {"facts": ["o1", "nothing"]}, {"text": "goed", "round": 2},
        {"text": "goed", "message": "in"},
    ],
)  # fmt: skip
def test_what_cannot_be_told_changes_nothing(data):
    before = begin(nobody())
    assert (
        apply(before, does("told", "a", 5, **{"message": "out", "round": 1, **data})).versions
        == before.versions
    )


def test_who_does_not_have_it_cannot_tell_it():
    before = begin(nobody())
    assert apply(before, does("told", "b", 5, message="out", round=1, text="goed")) == before


def test_a_holder_chooses_who_gets_it_and_may_change_its_mind_within_the_round():
    star = [("a", "b"), ("a", "c"), ("a", "d")]
    choose = [does("passed", "a", at, message="out", round=1, to=to) for at, to in ((5, "b"), (6, "c"))]
    late = does("passed", "a", 60.5, message="out", round=1, to="d")
    assert play(nobody(lines=star), [*choose, late], now=61).holders("out") == ["a", "c"]


def test_it_is_not_passed_on_to_who_has_it_or_where_no_line_goes():
    ride = apply(begin(nobody()), does("passed", "a", 5, message="out", round=1, to="c"))
    assert not ride.choices


def test_two_copies_that_come_together_are_merged():
    lines = [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("a", "x"), ("b", "y")]
    actions = [
        does("passed", "a", 1, message="out", round=1, to="b"),
        does("told", "a", 1, message="out", round=1, facts=sorted(OUT)),
        does("passed", "a", 61, message="out", round=2, to="c"),
        does("passed", "b", 61, message="out", round=2, to="y"),
        does("told", "b", 62, message="out", round=2, facts=["o1", "o6"]),
        does("told", "c", 121, message="out", round=3, facts=["o2"]),
        does("passed", "b", 122, message="out", round=3, to="d"),
        does("passed", "c", 122, message="out", round=3, to="d"),
    ]
    ride = play(nobody(lines=lines, seats="abcdxy"), actions)
    assert ride.got[Key("out", "d")].inbox == ("out/b/1", "out/c/1")
    assert ride.hand("out", "d") == {"o1", "o2", "o6"}
    assert len(ride.holders("out")) == 6


def test_a_newsletter_goes_to_many_and_late_and_the_corridor_to_one_and_now():
    star = [("a", "b"), ("a", "c"), ("a", "d")]
    letter = does("passed", "a", 5, message="out", round=1, channel=NEWSLETTER)
    ride = play(nobody(lines=star, channels=True), [letter], now=61)
    assert ride.holders("out") == ["a"]
    assert [ride.received(one) for one in ride.sent] == [False] * 3
    assert play(nobody(lines=star, channels=True), [letter], now=121).holders("out") == ["a", "b", "c", "d"]
    # In a room there are none.
    assert not play(nobody(lines=star), [letter], now=1).choices


def test_a_later_copy_is_merged_with_what_a_place_has_made_already():
    lines = [("a", "b"), ("a", "c"), ("c", "b"), ("b", "d"), ("b", "e")]
    actions = [
        does("told", "a", 1, message="out", round=1, facts=["o1", "o2"]),
        does("passed", "a", 2, message="out", round=1, to="c"),
        does("passed", "a", 61, message="out", round=2, channel=NEWSLETTER),
        does("told", "c", 62, message="out", round=2, facts=["o3"]),
        does("passed", "c", 63, message="out", round=2, to="b"),
        does("told", "b", 121, message="out", round=3, facts=["o3"]),
    ]
    ride = play(nobody(lines=lines, seats="abcde", channels=True), actions)
    made = [ride.versions[id] for id in ride.got[Key("out", "b")].versions]
    assert [(one.how, sorted(one.facts)) for one in made] == [
        ("ticked", ["o3"]), ("merged", ["o1", "o2", "o3"]),
    ]  # fmt: skip


# Bets, questions, names ---------------------------------------------------------------------------------------------


def test_who_has_nothing_to_pass_on_bets_where_it_is():
    actions = [
        does("bet", "c", 5, message="out", round=1, place="b"),
        does("bet", "d", 5, message="out", round=1, place="f"),
        does("bet", "a", 5, message="out", round=1, place="b"),  # it decides that itself
        does("bet", "e", 5, message="out", round=1, place="e"),
        does("bet", "e", 65, message="out", round=1, place="b"),
    ]
    ride = play(nobody(), actions, now=70)
    assert bets(ride) == (1, 2)


def test_those_whom_it_was_meant_for_are_asked_else_the_last_ones():
    goals = {"out": ("c",)}
    assert receivers(play(nobody(goals=goals), now=300)) == {"out": ["c"]}
    assert receivers(play(nobody(), now=300)) == {"out": ["f"]}


def test_nobody_is_asked_about_two_messages():
    both = {"out": "a", "in": "b"}
    ride = play(nobody(starts=both, lines=[("a", "c"), ("b", "c"), ("b", "d")], seats="abcd"), now=300)
    found = [seat for seats in receivers(ride).values() for seat in seats]
    assert len(found) == len(set(found))


def test_the_score_is_what_the_receivers_answer():
    answers = [
        does("answered", "f", 301, message="out", fact="o1", option=0),
        does("answered", "f", 302, message="out", fact="o2", option=1),
        does("answered", "f", 303, message="out", fact="o3", option=0),
        does("answered", "f", 304, message="out", fact="o3", option=None),
        does("answered", "e", 304, message="out", fact="o4", option=0),  # is not asked
        does("answered", "f", 361, message="out", fact="o5", option=0),  # too late
        does("guessed", "b", 305, message="out", count=3),
        does("guessed", "f", 305, message="out", count=5),
    ]
    ride = play(nobody(), answers)
    assert score(ride, "out") == [1]
    assert ride.guesses == {Key("out", "b"): 3}


def test_a_name_is_told_afterwards_and_can_be_taken_back():
    early = does("named", "b", 100, message="out")
    later = does("named", "b", 400, message="out")
    back = does("named", "b", 401, message="out", named=False)
    assert not play(nobody(), [early]).named
    assert play(nobody(), [later]).named == {Key("out", "b")}
    assert not play(nobody(), [later, back]).named


# The kit plays empty seats -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("keep", "add", "kept", "added"), [(1, 0, 5, 0), (1, 1, 5, 3), (0, 0, 0, 0)])
def test_over_a_known_map_with_known_loss_what_arrives_is_known(keep, add, kept, added):
    ride = play(setting(bots=frozenset("abcdef"), keep=keep, add=add))
    found = compare(ride, "out")
    assert (len(found.kept), len(found.added)) == (kept, added)
    assert score(ride, "out") == [kept]


def test_what_is_kept_on_average_is_what_the_loss_says():
    """Over five links each fact is kept with 0.8 to the fifth: 1.64 facts of five."""
    counts = [
        len(compare(play(setting(bots=frozenset("abcdef"), keep=0.8, add=0, seed=str(number))), "out").kept)
        for number in range(1500)
    ]
    assert 1.53 < sum(counts) / len(counts) < 1.75


def test_a_late_comer_takes_over_from_the_kit():
    """From its first tap on, time running out passes on as it is: no words are put in people's mouths."""
    empty = setting(bots=frozenset("abcdef"), keep=0, add=0)
    late = does("bet", "c", 30, message="out", round=1, place="b")
    assert play(empty, [late]).carried("out", "c").how == "as_is"
    assert play(empty).carried("out", "c").how == "played"


def test_other_rides_over_the_same_lines_are_beside_this_one():
    over = rides(setting(lines=[("a", "b"), ("a", "c"), ("b", "c")], seats="abcd"), count=20)
    assert over.reached == {"out": (2,) * 20}
    assert over.beside("out", 1) == (0, 0, 20)
    assert over.spread("out") == {2: 20}


def test_a_ride_by_chance_comes_as_far_as_one_that_is_played():
    places = "abcdefghijkl"
    draws = random.Random(7)  # noqa: S311 - a map
    lines = {(one, other) for one in places for other in places if draws.random() < 0.25}
    start = setting(lines=lines, seats=places, starts={"out": "a", "in": "l"}, bots=frozenset(places))
    played = [play(replace(start, seed=f"/ride {number}")) for number in range(40)]
    found = rides(start, count=40)
    for message in ("out", "in"):
        assert found.reached[message] == tuple(len(ride.holders(message)) - 1 for ride in played)
    assert len(set(found.reached["out"])) > 1


# Anybody does anything, over any map ----------------------------------------------------------------------------------

SEATS = "abcdefg"
seats = st.sampled_from(SEATS)
keys = st.sampled_from(["out", "in"])
rounds = st.integers(1, 7)
times = st.floats(0, 420)
acts = st.one_of(
    st.builds(does, st.just("told"), seats, times, message=keys, round=rounds, text=st.sampled_from(["2 maart", "wc", "", "x" * 200])),
    st.builds(does, st.just("told"), seats, times, message=keys, round=rounds, facts=st.lists(st.sampled_from(["o1", "o6", "i1", "i5", "?"]))),
    st.builds(does, st.just("passed"), seats, times, message=keys, round=rounds, to=seats, channel=st.sampled_from([None, NEWSLETTER])),
    st.builds(does, st.just("bet"), seats, times, message=keys, round=rounds, place=seats),
    st.builds(does, st.just("answered"), seats, times, message=keys, fact=st.sampled_from(["o1", "i2"]), option=st.sampled_from([None, 0, 9])),
    st.builds(does, st.just("guessed"), seats, times, message=keys, count=st.integers(-1, 7)),
    st.builds(does, st.just("named"), seats, times, message=keys),
    st.builds(Action, st.just("next"), times, data=st.fixed_dictionaries({"round": rounds})),
)  # fmt: skip
maps = st.builds(
    setting,
    lines=st.frozensets(st.tuples(seats, seats)),
    seats=st.just(SEATS),
    starts=st.fixed_dictionaries({"out": seats}, optional={"in": seats}),
    goals=st.just({"out": ("g",), "in": ("a",)}),
    bots=st.frozensets(seats),
    channels=st.booleans(),
    seed=st.sampled_from(["1", "2"]),
)


@settings(max_examples=300, deadline=None)
@given(maps, st.lists(acts, max_size=25))
def test_no_message_is_lost_and_none_is_doubled(start, actions):
    ride = play(start, actions)
    ways = [(one.message, one.source, one.target) for one in ride.sent]
    assert len(ways) == len(set(ways))
    for one in ride.sent:
        assert (one.source, one.target) in start.lines
        came = ride.versions[one.version].id in ride.got.get(Key(one.message, one.target), _NONE).inbox
        assert came == ride.received(one)
        assert ride.received(one) or one.due > ride.played
    for key, holding in ride.got.items():
        arrived = [one for one in ride.sent if (one.message, one.target) == key and ride.received(one)]
        assert len(holding.inbox) == len(arrived) + (holding.round == 0)
        assert holding.hop <= holding.round
    for message in start.starts:
        assert start.starts[message] in ride.holders(message)


class _Nothing:
    inbox = ()


_NONE = _Nothing()


@settings(max_examples=200, deadline=None)
@given(maps, st.lists(acts, max_size=25))
def test_it_ends_and_nobody_waits_longer_than_a_minute(start, actions):
    ride, at = begin(start), 0.0
    for action in sorted(actions, key=lambda one: one.at):
        ride = apply(ride, action)
    while not ride.over:
        assert 0 < ride.ends - ride.since <= ROUND_S
        at, ride = ride.ends, advance(ride, ride.ends)
    assert at <= (ROUNDS + 1) * ROUND_S


@settings(max_examples=200, deadline=None)
@given(maps, st.lists(acts, max_size=25), st.lists(times, max_size=6), st.randoms())
def test_looking_at_it_changes_nothing_and_a_replay_is_the_same(start, actions, looks, shuffled):
    straight = play(start, actions)
    ride = begin(start)
    marks = [(one.at, 0, one) for one in sorted(actions, key=lambda one: one.at)]
    for at, _, action in sorted([*marks, *((at, 1, None) for at in looks)], key=lambda mark: mark[:2]):
        ride = advance(ride, at) if action is None else apply(ride, action)
    assert advance(ride, float("inf")) == straight
    distinct = {one.at: one for one in actions}
    mixed = list(distinct.values())
    shuffled.shuffle(mixed)
    assert play(start, mixed) == play(start, distinct.values())


@settings(max_examples=200, deadline=None)
@given(maps, st.lists(acts, max_size=25))
def test_a_version_is_written_once(start, actions):
    ride, known = begin(start), {}
    for action in sorted(actions, key=lambda one: one.at):
        ride = apply(ride, action)
        for id, version in known.items():
            assert ride.versions[id] == version
        known = dict(ride.versions)


@settings(max_examples=100, deadline=None)
@given(maps)
def test_everybody_has_something_to_do_in_every_phase(start):
    ride = begin(start)
    while not ride.over:
        for seat in start.seats:
            if ride.playing:
                # Who can pass nothing on can bet.
                holds = [m for m in start.starts if Key(m, seat) in ride.got and ride.free(m, seat)]
                other = next(one for one in start.seats if one != seat)
                tried = [
                    apply(ride, does("bet", seat, ride.since, message=m, round=ride.phase, place=other))
                    for m in start.starts
                ]
                assert holds or any((ride.phase, seat) in after.bets for after in tried)
            elif asked(ride, seat) is None:
                message = next(iter(start.starts))
                after = apply(ride, does("guessed", seat, ride.since, message=message, count=2))
                assert after.guesses
        ride = advance(ride, ride.ends)


def slips_of(ride):
    """Give the slips that a ride would have had on paper."""
    found = []
    for message in ride.setting.starts:
        asked_ = receivers(ride)[message]
        for link in chain(ride, message):
            made = ride.got[Key(message, link.seat)].versions
            facts = tuple(sorted(ride.versions[made[0]].facts)) if made else None
            answers = ride.answers.get(Key(message, link.seat), {})
            right = tuple(fact for fact, option in answers.items() if option == 0)
            found.append(
                Slip(
                    message, link.seat, link.source, link.round, facts, right if link.seat in asked_ else None
                )
            )
    return found


@settings(max_examples=200, deadline=None)
@given(maps.map(lambda start: replace(start, bots=frozenset(SEATS), channels=False)))
def test_a_ride_on_paper_is_what_its_slips_say(start):
    ride = play(start)
    slips = slips_of(ride)
    lines = frozenset((slip.source, slip.seat) for slip in slips if slip.source)
    on_paper = replace(start, lines=lines, bots=frozenset(), draws=False)
    again = play(on_paper, actions(slips, messages(), 0.0), SPAN_S)
    assert again.over
    for message in start.starts:
        ways = [(link.seat, link.source, link.round) for link in chain(ride, message)]
        assert [(link.seat, link.source, link.round) for link in chain(again, message)] == ways
        for slip in slips:
            key = Key(slip.message, slip.seat)
            if slip.facts is not None and again.got[key].versions:
                assert again.carried(*key).facts == set(slip.facts)
    assert receivers(again) == receivers(ride)
    assert again.answers == ride.answers


def test_who_passes_nothing_on_by_itself_keeps_it_on_paper():
    ride = play(setting(draws=False), [does("passed", "a", 1, message="out", round=1, to="b")])
    assert ride.holders("out") == ["a", "b"]


def test_what_chance_will_choose_is_known_beforehand():
    star = [("a", "b"), ("a", "c"), ("a", "d")]
    for seed in "12345":
        ride = begin(nobody(lines=star, seed=seed))
        foretold = by_lot(ride, Key("out", "a"))
        assert advance(ride, ROUND_S).holders("out") == ["a", foretold]


def test_both_messages_have_what_they_need_in_both_languages():
    for message in messages().values():
        assert (len(message.facts), len(message.plausible)) == (5, 3)
        assert len(message.by_id) == 8
        for lang in ("nl", "en"):
            # The original says all that it is to say, and nothing that only sounds likely; so does each fact alone.
            assert message.read(message.text[lang]) == message.true
            for fact in message.by_id.values():
                assert fact.id in message.read(fact.words[lang])
                assert len(fact.words[lang]) <= 60
            for fact in message.facts:
                assert len(fact.options) == 3
                assert len({option[lang] for option in fact.options}) == 3
                assert fact.question[lang].endswith("?")


def test_an_empty_room_and_a_full_one_begin_alike():
    full, empty = begin(setting()), begin(setting(bots=frozenset("abcdef")))
    assert full.got == empty.got
    assert replace(full, setting=empty.setting) == empty
