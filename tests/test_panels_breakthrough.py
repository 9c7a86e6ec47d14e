"""Act 05 from the inside: within the hours, with undo, and what got worse is said."""

from __future__ import annotations

import random

from panel_helpers import Room, demo
from workshopkit.analysis.breakthrough import KINDS, Step, changes
from workshopkit.panels.breakthrough import OWN_CARDS, BreakthroughPanel


def bytes_of(panel):
    """Give all that the panel shows, as bytes."""
    parts = (panel.compared.html, *panel.worse(), panel.budget(), panel.map(), panel.refused, str(panel.own))
    return panel.plan.to_bytes() + "".join(parts).encode()


def test_whatever_is_tapped_never_more_is_spent_than_there_is_and_undo_goes_all_the_way_back():
    panel = demo(BreakthroughPanel)
    start = bytes_of(panel)
    draw = random.Random(1)  # noqa: S311 - taps, no secrets
    actors = [*panel.net.actors, *(domain.id for domain in panel.definition.domains)]
    steps = [
        Step(kind, one, other)
        for kind in KINDS
        for one in panel.net.actors
        for other in actors
        if one != other
    ]
    fitting = [step for step in steps if changes(panel.net, step)]
    changed = 0
    for _ in range(120):
        before = panel.plan
        move = draw.choice(("take", "take", "take", "drop", "undo", "cut"))
        if move == "take":
            panel.take(draw.choice((*panel.cards, draw.choice(fitting))))
        elif move == "drop" and panel.plan.steps:
            panel.drop(draw.choice(panel.plan.steps))
        elif move in {"undo", "cut"}:
            getattr(panel, move)()
        changed += panel.plan != before
        assert 0 <= panel.plan.spent <= panel.plan.budget
        assert panel.plan.budget in {12, 20}
        assert len(panel.own) <= OWN_CARDS
    assert changed > 20
    while panel.can_undo:
        panel.undo()
    assert bytes_of(panel) == start


def test_undo_gives_the_same_bytes():
    panel = demo(BreakthroughPanel)
    first, second = panel.cards[:2]
    panel.take(first)
    kept = bytes_of(panel)
    for change in (lambda: panel.take(second), lambda: panel.drop(first), panel.cut):
        change()
        assert bytes_of(panel) != kept
        panel.undo()
        assert bytes_of(panel) == kept


def test_a_step_that_cannot_be_paid_is_refused_with_the_remedy():
    panel = demo(BreakthroughPanel)
    for step in panel.cards:
        panel.take(step)
    assert "take something out first" in panel.refused
    assert panel.plan.left >= 0
    panel.drop(panel.plan.steps[0])
    assert panel.refused == ""


def test_two_cards_can_be_ones_own():
    panel = demo(BreakthroughPanel)
    mine = [Step("remove", *pair) for pair in panel.net.lived[:3]]
    for step in mine:
        panel.take(step)
    assert panel.own == tuple(mine[:2])
    assert panel.cards[-2:] == tuple(mine[:2])
    assert panel.refused == "There are 2 cards of your own already."
    panel.drop(mine[0])
    panel.take(mine[0])
    assert panel.own == tuple(mine[:2]), "a card on the table stays there"


def test_what_got_better_and_what_got_worse_is_said():
    panel = demo(BreakthroughPanel)
    assert panel.worse() == ["Nothing got worse on this map. What it takes, no map shows."]
    panel.take(Step("repair", "care-team", "residents"))
    assert "places in a closed circle | 3 | 0 | better" in panel.compared.text
    panel.undo()
    panel.take(Step("remove", "contact-centre", "residents"))
    assert "audience reached directly (team–audience pairs) | 5 | 4 | worse" in panel.compared.text
    assert "Worse: audience reached directly (team–audience pairs), from 5 to 4." in panel.worse()


def test_a_place_that_gets_too_much_is_named(tmp_path):
    room = Room(tmp_path, 14, domains=2)
    for seat in room.seats:
        room.answer(seat)
    panel = room.panel(BreakthroughPanel)
    # Nobody has a line yet, and so can carry five; a's own domain has six others.
    panel.take(Step("channel", "a", "d0"))
    assert panel.after.overloaded == {"a": 1}
    assert panel.worse()[-2:] == [
        "Worse: lines above what a place can carry, from 0 to 1.",
        "Team A gets 1 line more than it can carry.",
    ]


def test_the_computer_stays_within_the_hours_and_is_no_worse():
    panel = demo(BreakthroughPanel)
    for step in panel.cards:
        panel.take(step)
    chosen = panel.could_be()
    assert sum(step.hours for step in chosen) <= panel.plan.budget
    assert set(chosen) <= set(panel.cards)
    assert panel._with(chosen).score >= panel.after.score
    assert panel.computer()[-1] == "What do you know that the map does not?"


def test_without_an_audience_there_is_no_verdict_on_circles(tmp_path):
    room = Room(tmp_path, 3)
    panel = room.panel(BreakthroughPanel)
    assert "places in a closed circle | – | – | nobody speaks for an audience" in panel.compared.text
    assert panel.cards == ()
    assert panel.table is not None


def test_the_form_for_an_own_card_offers_only_what_fits():
    panel = demo(BreakthroughPanel)
    for kind in KINDS:
        for source, targets in panel.options(kind).items():
            assert all(changes(panel.net, Step(kind, source, target)) for target in targets)
    assert panel.options("repair")["care-team"] == ["residents"]
