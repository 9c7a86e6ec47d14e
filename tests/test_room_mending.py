"""The break-through in a room: what a table may do, what it does to the room's own map, and who sees it when."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain_helpers import Events, definition, payload
from workshopkit.analysis import load, stability
from workshopkit.analysis.breakthrough import applied, outcome
from workshopkit.errors import RefusedEvent
from workshopkit.figures import better, effects
from workshopkit.figures.map import Drawing
from workshopkit.i18n import translator
from workshopkit.mending.table import BUDGET, CUT
from workshopkit.network.network import Network
from workshopkit.network.steps import EVERY_AUDIENCE, KINDS, PRICES, Step
from workshopkit.panels.mending import Reader, in_cockpit, on_phone
from workshopkit.room import could, scenes, snapshots, tables
from workshopkit.room.events import validate
from workshopkit.room.fold import fold

SEATS = {"p1": "a", "p2": "b", "p3": "c", "p4": "d", "p5": "public"}
# a told the public, which heard it only by way of d; a, b and c pass it on among themselves.
HEARD = {"p1": "c", "p2": "a", "p3": "b", "p5": "d"}


def opened(part="choose", people=SEATS):
    events = Events()
    events("facilitator", "workshop.defined", payload(4, {"public": "proxy"}, domains=2))
    for who, seat in people.items():
        events(who, "joined", actor=seat)
    events("lead", "act.opened", act="lines")
    for who, source in HEARD.items():
        if who in people:
            events(who, "heard", **{"from": source}, answer="yes", via=None)
    events("p1", "told", to="public", answer="yes", expected="yes")
    if "p2" in people:
        events("p2", "wish", **{"from": "d"})
    for who in people:
        for name in ("told", "heard"):
            events(who, "list.closed", list=name)
    events("lead", "act.opened", act="breakthrough", part=part)
    return events


def look(events, before=None):
    room = fold(events.all)
    view = snapshots.View.of(room, before)
    shown = scenes.scene(
        room, view.findings, view.pairs, Drawing(room.definition), told=view.released, bench=view.bench
    )
    return room, view, shown


def on_phones(events):
    """Give what each phone with a table shows."""
    room, view, shown = look(events)
    told = snapshots.phones(view, shown)
    reader = Reader(room.definition, "nl")
    return {
        seat: on_phone(told["mend"], told["seats"].get(seat, {}).get("mend"), room.mending, seat, reader)
        for seat in view.bench.tables
    }


def plan(seat, events):
    return on_phones(events)[seat]


def _room_and_bench(events):
    room, view, _ = look(events)
    return room, view.bench


def step(card):
    return {name: card[name] for name in ("kind", "source", "target")}


def cheapest(table):
    return min((card for card in table["cards"] if not card["chosen"]), key=lambda card: card["hours"])


def test_every_seat_with_a_phone_is_a_table_with_the_same_cards():
    found = on_phones(opened(people={"p1": "a", "p5": "public"}))
    assert set(found) == {"a", "public"}
    assert found["a"]["cards"] == found["public"]["cards"]
    assert 0 < len(found["a"]["cards"]) <= 6
    assert found["a"]["left"] == found["a"]["budget"] == BUDGET
    assert all(card["fits"] for card in found["a"]["cards"]), "what the kit proposes changes something"


def test_what_is_chosen_shows_at_once_what_it_does_to_the_map():
    events = opened()
    card = step(next(card for card in plan("a", events)["cards"] if card["source"] == "a"))
    events("p1", "mend.chosen", step=card)
    table = plan("a", events)
    _, bench = _room_and_bench(events)
    net = bench.net
    capacity = load.capacity(load.find(net))
    after = outcome(applied(net, [Step(**card)]), capacity=capacity)
    assert table["left"] == BUDGET - PRICES[card["kind"]].hours
    before = outcome(net)
    assert before.in_circles == 3
    assert (
        f"bereikt met hoogstens één tussenstop: van {before.within_two} naar {after.within_two}"
        in table["better"]
    )
    assert f"getekende lijnen die recht lopen: van {before.straight} naar {after.straight}" in table["better"]
    assert plan("b", events)["left"] == BUDGET, "another table has its own hours"


def test_a_wish_is_known_as_one():
    events = opened()
    wish = {"kind": "add", "source": "d", "target": "b"}
    if wish not in [step(card) for card in plan("b", events)["cards"]]:
        events("p2", "mend.made", step=wish)
    marked = [step(card) for card in plan("b", events)["cards"] if card["wish"]]
    assert wish in marked


def test_the_cut_comes_once_and_for_all_tables():
    events = opened()
    for _ in range(6):
        events("p1", "mend.chosen", step=step(cheapest(plan("a", events))))
    spent = plan("a", events)["budget"] - plan("a", events)["left"]
    assert spent > CUT
    events("lead", "act.opened", act="breakthrough", part="cut")
    cut = plan("a", events)
    assert (cut["budget"], plan("b", events)["budget"]) == (CUT, CUT)
    assert 0 <= cut["left"] <= CUT
    assert any(card["aside"] for card in cut["cards"])
    assert cut["can"]["undo"] is False
    kept = [card["chosen"] for card in cut["cards"]]
    events("lead", "act.opened", act="breakthrough", part="choose")
    assert plan("a", events)["budget"] == BUDGET, "who leads went back"
    assert [card["chosen"] for card in plan("a", events)["cards"]] == kept
    events("lead", "act.opened", act="breakthrough", part="cut")
    assert plan("a", events)["budget"] == CUT
    assert [card["chosen"] for card in plan("a", events)["cards"]] == kept


def test_who_leads_may_give_other_hours_and_prices():
    events = opened()
    events("lead", "mend.budget", hours=15)
    kind = plan("a", events)["cards"][0]["kind"]
    events("lead", "mend.priced", of=kind, once=0, upkeep=9)
    table = plan("a", events)
    assert table["budget"] == 15
    assert table["cards"][0]["hours"] == 9
    room, bench = _room_and_bench(events)
    told = in_cockpit(tables.cockpit(room, bench), room.mending, "en")
    assert told["budget"] == 15
    assert [(one["once"], one["upkeep"]) for one in told["prices"] if one["of"] == kind] == [(0, 9)]


def test_undo_and_redo_at_one_table():
    events = opened()
    before = plan("a", events)
    events("p1", "mend.chosen", step=step(before["cards"][0]))
    after = plan("a", events)
    events("p1", "mend.undone")
    undone = plan("a", events)
    assert (undone["cards"], undone["better"]) == (before["cards"], before["better"])
    assert undone["can"] == {"undo": False, "redo": True, "make": True}
    events("p1", "mend.redone")
    assert plan("a", events)["cards"] == after["cards"]
    assert [said.partition(":")[0] for said in plan("a", events)["history"]] == [
        "gekozen",
        "ongedaan gemaakt",
        "opnieuw gedaan",
    ]


def test_dots_are_seen_by_nobody_before_all_tables_are_done():
    events = opened(people={"p1": "a", "p2": "b"})
    card = step(plan("a", events)["cards"][0])
    events("p1", "mend.given", person=1, steps=[card] * 3)
    events("p1", "mend.finished")
    assert "dots" not in look(events)[2]
    seen = plan("b", events)
    assert {one["dots"] for one in seen["cards"]} == {None}
    assert seen["voted"] == 0
    events("p2", "mend.given", person=1, steps=[card] * 3)
    events("p2", "mend.given", person=2, steps=[card] * 3)
    events("p2", "mend.finished")
    _, _, shown = look(events)
    assert [one["dots"] for one in shown["dots"]] == [9]
    assert set(shown["dots"][0]["said"]) == {"nl", "en"}


def test_who_leads_need_not_wait_for_a_table():
    events = opened(people={"p1": "a", "p2": "b"})
    events("p1", "mend.given", person=1, steps=[step(plan("a", events)["cards"][0])] * 3)
    events("lead", "mend.shown", what="dots", shown=True)
    assert look(events)[2]["dots"][0]["dots"] == 3
    events("lead", "mend.shown", what="dots", shown=False)
    assert "dots" not in look(events)[2]


def test_the_best_plan_is_shown_only_when_who_leads_says_so_and_none_is_better():
    events = opened()
    assert "plan" not in look(events)[2]
    events("lead", "mend.shown", what="plan", shown=True)
    _, view, shown = look(events)
    bench = view.bench
    best = could.find(bench).steps
    assert sum(one.hours for one in best) <= BUDGET
    assert len(shown["plan"]["steps"]) == len(best)
    assert bench.after(best).score >= max(bench.after((card,)).score for card in bench.proposed)
    assert bench.after(best).score > bench.before.score
    assert shown["plan"]["better"]["nl"]
    assert not shown["plan"]["same"]
    for one in best:
        events("p1", "mend.chosen", step={"kind": one.kind, "source": one.source, "target": one.target})
    again = look(events)[2]["plan"]
    assert again["same"]
    assert again["better"]["en"] == again["worse"]["en"] == []


def test_beside_the_best_plan_stands_why_and_how_stable_it_is():
    events = opened()
    events("lead", "mend.shown", what="plan", shown=True)
    _, view, shown = look(events)
    found = could.find(view.bench)
    assert found.stable == stability.find(
        view.bench.net, view.bench.proposed, BUDGET, hours=lambda one: one.hours
    )
    assert [row["why"]["en"] for row in shown["plan"]["steps"]] == [
        better.gives(effects.compare(view.bench.after(rest), view.bench.after(found.steps)), translator("en"))
        for one in found.steps
        for rest in [tuple(other for other in found.steps if other != one)]
    ]
    assert "Dat geeft 1 rechte lijn meer." in [row["why"]["nl"] for row in shown["plan"]["steps"]]
    assert f"In {found.stable.best} van de {found.stable.runs} keer" in shown["plan"]["stays"]["nl"][1]


def test_other_plans_are_no_part_of_the_best_and_cost_no_more():
    events = opened()
    _, bench = _room_and_bench(events)
    found = could.find(bench)
    scores = [bench.after(steps).score for steps in (found.steps, *found.others)]
    assert len(found.others) == could.ALTERNATIVES
    assert scores == sorted(scores, reverse=True)
    for steps in found.others:
        assert sum(one.hours for one in steps) <= BUDGET
        assert not set(steps) <= set(found.steps)
        assert not set(found.steps) <= set(steps)


def test_the_best_plan_is_worked_out_once_until_cards_hours_or_prices_change():
    events = opened()
    _, bench = _room_and_bench(events)
    assert could.find(bench).stable is could.find(bench).stable
    events("lead", "mend.priced", of=bench.proposed[0].kind, once=0, upkeep=20)
    dear = could.find(tables.Bench.of(fold(events.all), bench))
    assert dear.stable is not could.find(bench).stable
    assert dear.hours <= BUDGET


def test_a_withdrawal_leaves_no_trace():
    events = opened()
    card = step(plan("a", events)["cards"][0])
    events("p1", "mend.chosen", step=card)
    events("p1", "mend.given", person=1, steps=[card] * 3)
    events("p1", "withdrawn")
    room = fold(events.all)
    assert room.mending.log == ()
    assert room.mending.dots.given == {}
    assert "a" not in on_phones(events)


def test_the_map_stays_put_while_it_is_mended_and_is_worked_out_once():
    events = opened()
    _, first, _ = look(events)
    events("p1", "mend.chosen", step=step(plan("a", events)["cards"][0]))
    _, second, _ = look(events, first)
    assert second.bench.net is first.bench.net
    assert second.bench.outcomes is first.bench.outcomes


def test_what_phones_get_is_plain_and_small():
    events = opened()
    events("p1", "mend.chosen", step=step(plan("a", events)["cards"][0]))
    _, view, shown = look(events)
    told = snapshots.phones(view, shown)
    assert json.loads(json.dumps(told["mend"])) == told["mend"]
    assert len(json.dumps(told["mend"])) < 800
    assert len(json.dumps(told["seats"]["a"]["mend"])) < 100
    assert "mend" not in told["seats"].get("b", {}), "a plan that changes nothing takes no bytes"
    events("lead", "act.opened", act="agreements")
    _, view, shown = look(events)
    assert "mend" not in snapshots.phones(view, shown)


# What may be said ------------------------------------------------------------------------------------------------------

HERE = definition(4, {"public": "proxy"}, domains=2)
ADD = {"kind": "add", "source": "a", "target": "b"}


@pytest.mark.parametrize(
    "said",
    [
        ADD,
        {"kind": "channel", "source": "a", "target": "d0"},
        {"kind": "campaign", "source": "a", "target": EVERY_AUDIENCE},
    ],
)
def test_a_card_is_stored_as_a_step_and_nothing_else(said):
    assert validate("mend.made", {"step": {**said, "more": 1}}, HERE, "participant", "a") == {"step": said}


@pytest.mark.parametrize(
    ("kind", "said", "role", "remedy"),
    [
        ("mend.made", {"step": {**ADD, "target": "a"}}, "participant", "choose another place"),
        ("mend.made", {"step": {**ADD, "target": "d0"}}, "participant", "no “d0” on this map"),
        ("mend.made", {"step": {**ADD, "kind": "channel"}}, "participant", "could not be read"),
        ("mend.made", {"step": {**ADD, "kind": "magic"}}, "participant", "could not be read"),
        ("mend.made", {}, "participant", "could not be read"),
        ("mend.given", {"person": 1, "steps": [ADD] * 2}, "participant", "3 dots"),
        ("mend.given", {"person": 0, "steps": [ADD] * 3}, "participant", "could not be read"),
        ("mend.given", {"person": 1, "steps": "abc"}, "participant", "could not be read"),
        ("mend.priced", {"of": "add", "once": 0, "upkeep": 0}, "facilitator", "Nothing costs nothing"),
        (
            "mend.priced",
            {"kind": "add", "once": -1, "upkeep": 2},
            "facilitator",
            "“-1” is no number of hours",
        ),
        ("mend.priced", {"of": "add", "once": 1.5, "upkeep": 2}, "facilitator", "“1.5” is no number"),
        ("mend.budget", {"hours": 0}, "facilitator", "“0” is no number of hours from 1 to 160"),
        ("mend.budget", {"hours": 20}, "participant", "Only the facilitator"),
        ("mend.shown", {"what": "all", "shown": True}, "facilitator", "could not be read"),
    ],
)
def test_what_cannot_be_is_refused_with_a_word(kind, said, role, remedy):
    with pytest.raises(RefusedEvent, match=remedy):
        validate(kind, said, HERE, role, "a" if role == "participant" else None)


# Every line at once ----------------------------------------------------------------------------------------------------


@given(st.sets(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=30))
@settings(max_examples=60, deadline=None)
def test_to_add_every_line_asks_more_than_people_can_carry(rows):
    net = Network.from_edges(rows, actors="abcdefgh")
    capacity = load.capacity(load.find(net))
    every = [Step("add", one, other) for one in net.actors for other in net.actors if one != other]
    full = outcome(applied(net, every), capacity=capacity)
    assert full.at_all == full.direct == 8 * 7
    assert full.overload == sum(max(0, 14 - most) for most in capacity.values())
    # Of at most 30 lines somebody has at most 7 ends, and can carry at most 11.
    assert full.overload > outcome(net, capacity=capacity).overload == 0


def test_every_kind_of_step_has_its_words():
    from workshopkit.figures import cards
    from workshopkit.i18n import translator

    ends = {"channel": "d0", "workshop": "d0", "campaign": EVERY_AUDIENCE}
    for lang in ("nl", "en"):
        found = {cards.said(HERE, Step(kind, "a", ends.get(kind, "b")), translator(lang)) for kind in KINDS}
        assert len(found) == len(KINDS)
        assert all("Team A" in one for one in found)


def test_where_everybody_answers_alone_a_group_is_a_table_and_no_answer_of_one_is_told():
    said = payload(4)
    actors = [{**one, "people": 8} for one in said["actors"]]
    events = Events()
    events(
        "facilitator",
        "workshop.defined",
        {**said, "answers": "anonymous", "examples": "off", "actors": actors},
    )
    events("p1", "joined", actor="a")
    events("p2", "joined", actor="a")
    events("lead", "act.opened", act="lines", part="questions")
    events("p1", "told", to="b", answer="yes", expected="yes")
    events("p1", "list.closed", list="told")
    events("lead", "act.opened", act="breakthrough", part="choose")
    events("p1", "mend.made", step={"kind": "add", "source": "a", "target": "b"})
    _, view, _ = look(events)
    assert view.bench.net.believed == (), "one answer is fewer than may be told"
    assert [step.target for step in view.bench.tables["a"].plan.own] == ["b"]
    assert set(view.bench.tables) == {"a"}
