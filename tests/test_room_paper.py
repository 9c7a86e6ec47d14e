"""Cards that were typed in: what differs becomes events, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workshopkit import paths
from workshopkit.case.load import default
from workshopkit.errors import RefusedEvent
from workshopkit.network.actors import Definition
from workshopkit.room import definitions, paper
from workshopkit.room.fold import Room, fold
from workshopkit.room.paper import Paper
from workshopkit.room.sheet import LISTS
from workshopkit.store.contract import Event

PAYLOAD = definitions.read_file(paths.data() / "demo" / "nl.json")
DEFINITION = Definition.read(PAYLOAD)
OWN = "residents"
OTHERS = [actor.id for actor in DEFINITION.actors if actor.id != OWN]
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
CARDS = [item.id for item in default().core]


@st.composite
def papers(draw):
    some = st.sampled_from(OTHERS)
    heard = draw(st.dictionaries(some, st.sampled_from(["yes", "partly", "via"])))
    ways = {
        id: draw(st.sampled_from(["press", "unknown", None]))
        for id, answer in heard.items()
        if answer == "via"
    }
    return Paper(
        told=draw(st.dictionaries(some, st.sampled_from(["yes", "doubt"]))),
        heard=heard,
        via={id: way for id, way in ways.items() if way},
        closed=frozenset(draw(st.sets(st.sampled_from(LISTS)))),
        wish=draw(st.none() | some),
        evidence=frozenset(draw(st.sets(st.sampled_from(["reports", "calls", "figures", "feeling"])))),
        marks=draw(st.dictionaries(st.sampled_from(CARDS), st.sampled_from(["ours", "not_ours", "unknown"]))),
        examples=draw(
            st.dictionaries(st.sampled_from(CARDS), st.text("ab c", min_size=1).map(str.strip).filter(bool))
        ),
        guess=draw(st.none() | st.integers(0, 10)),
        walked=draw(st.sampled_from([None, "agreed", "later", "map_wrong"])),
    )


def said(room: Room, before: Paper, after: Paper) -> Room:
    """Let a helper type."""
    who = paper.participant(OWN, room.seats, room.withdrawn)
    given_ = [paper.check(one, room, OWN) for one in paper.changes(before, after)]
    if who not in room.seats:
        given_.insert(0, ("joined", {"actor": OWN}))
    return fold([event(room.seq + 1 + number, who, *one) for number, one in enumerate(given_)], room)


def event(seq, who, kind, payload):
    return Event(seq=seq, id=f"e{seq}", workshop="w", participant=who, act=None, kind=kind, payload=payload)


def begin():
    return fold([event(1, "facilitator", "workshop.defined", PAYLOAD)])


def tidy(one: Paper) -> Paper:
    return Paper(
        **{**vars(one), "examples": {card: " ".join(text.split()) for card, text in one.examples.items()}}
    )


@CALM
@given(papers())
def test_what_is_typed_is_what_stands(card):
    room = said(begin(), Paper(), card)
    assert Paper.of(room.sheet(OWN)) == tidy(card)
    assert list(paper.changes(Paper.of(room.sheet(OWN)), card)) == [], "typed twice, nothing new"


@CALM
@given(papers(), papers())
def test_a_card_that_is_corrected_is_as_if_it_had_been_right_at_once(first, then):
    """But for what a phone cannot take back either: a mark, a guess and how the walk ended."""
    then = Paper(
        **{
            **vars(then),
            "marks": {**first.marks, **then.marks},
            "guess": first.guess if then.guess is None else then.guess,
            "walked": then.walked or first.walked,
        }
    )
    corrected = said(said(begin(), Paper(), first), tidy(first), then)
    assert Paper.of(corrected.sheet(OWN)) == tidy(then)


@CALM
@given(papers())
def test_taken_back_it_was_never_there(card):
    room = said(begin(), Paper(), card)
    who = paper.participant(OWN, room.seats, room.withdrawn)
    room = fold([event(room.seq + 1, who, "withdrawn", {})], room)
    assert OWN not in room.sheets
    assert paper.participant(OWN, room.seats, room.withdrawn) != who
    assert Paper.of(said(room, Paper(), card).sheet(OWN)) == tidy(card), "and it can be typed again"


@pytest.mark.parametrize(
    "card",
    [
        Paper(told={"nobody": "yes"}),
        Paper(told={OWN: "yes"}),
        Paper(heard={"permits": "perhaps"}),
        Paper(heard={"permits": "via"}, via={"permits": "permits"}),
        Paper(wish="nobody"),
        Paper(evidence=frozenset({"gossip"})),
        Paper(closed=frozenset({"told"}), marks={"P99": "ours"}),
        Paper(marks={CARDS[0]: "perhaps"}),
        Paper(examples={CARDS[0]: "x" * 141}),
        Paper(guess=11),
        Paper(walked="ran"),
        Paper(accepts={"../x": "accepted"}),
    ],
)
def test_what_no_card_can_say_is_refused_in_words(card):
    with pytest.raises(RefusedEvent) as refused:
        said(begin(), Paper(), card)
    assert refused.value.text("nl").endswith(".")


def test_who_typed_has_no_phone():
    room = said(begin(), Paper(), Paper(closed=frozenset({"told", "heard"})))
    assert room.phones(OWN) == 0
    assert room.sheet(OWN).ready
