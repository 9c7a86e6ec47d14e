"""Act 05 from the inside: the tables of the room; alone a table by the same rules, and what got worse is said."""

from __future__ import annotations

import random

import pytest

from panel_helpers import Room, demo
from workshopkit.analysis.breakthrough import KINDS, Step, changes
from workshopkit.mending.table import BUDGET, CUT, OWN_CARDS
from workshopkit.panels.breakthrough import BreakthroughPanel


def bytes_of(panel):
    """Give all that the panel shows of the learner's table, as bytes."""
    steps = panel.ours.plan.chosen
    parts = (panel.compared(steps).html, *panel.worse(steps), panel.budget(panel.ours), panel.map(steps))
    return panel.ours.plan.to_bytes() + "".join(parts).encode()


@pytest.fixture
def panel():
    return demo(BreakthroughPanel)


def test_whatever_is_tapped_never_more_is_spent_than_there_is_and_undo_goes_back_to_the_cut(panel):
    start = bytes_of(panel)
    draw = random.Random(1)  # noqa: S311 - taps, no secrets
    ends = [*panel.net.actors, *(domain.id for domain in panel.definition.domains)]
    steps = [
        Step(kind, one, other) for kind in KINDS for one in panel.net.actors for other in ends if one != other
    ]
    fitting = [step for step in steps if changes(panel.net, step)]
    changed = 0
    for _ in range(120):
        before = panel.ours.plan
        move = draw.choice(("take", "take", "take", "drop", "undo", "redo"))
        if move == "take":
            panel.take(draw.choice((*panel.ours.cards, draw.choice(fitting))))
        elif move == "drop" and panel.ours.plan.chosen:
            panel.drop(draw.choice(panel.ours.plan.chosen))
        elif move != "drop":
            getattr(panel, move)()
        changed += panel.ours.plan != before
        assert 0 <= panel.ours.spent <= panel.ours.budget
        assert len(panel.ours.plan.own) <= OWN_CARDS
    assert changed > 20
    while panel.ours.past:
        panel.undo()
    assert bytes_of(panel) == start


def test_undo_and_redo_give_the_same_bytes(panel):
    first, second = panel.ours.cards[:2]
    panel.take(first)
    kept = bytes_of(panel)
    for change in (lambda: panel.take(second), lambda: panel.drop(first)):
        change()
        changed = bytes_of(panel)
        assert changed != kept
        panel.undo()
        assert bytes_of(panel) == kept
        panel.redo()
        assert bytes_of(panel) == changed
        panel.undo()


def test_the_cut_lays_aside_what_no_longer_fits_and_the_hours_can_be_had_back(panel):
    for step in panel.ours.cards:
        panel.take(step)
    full = panel.ours
    assert full.spent > CUT
    panel.cut()
    assert (panel.ours.budget, panel.ours.past) == (CUT, ())
    assert {*panel.ours.plan.chosen, *panel.ours.plan.aside} == {*full.plan.chosen}
    assert len(panel.aside(panel.ours)) == len(panel.ours.plan.aside) > 0
    panel.cut()
    assert panel.ours.budget == BUDGET
    for step in panel.ours.plan.aside:
        panel.take(step)
    assert panel.ours.spent == full.spent


def test_a_step_that_cannot_be_paid_is_refused_with_the_remedy(panel):
    for step in panel.ours.cards:
        panel.take(step)
    assert "take something out first" in panel.refused
    panel.drop(panel.ours.plan.chosen[0])
    assert panel.refused == ""


def test_two_cards_can_be_ones_own_and_stay_on_the_table(panel):
    mine = [Step("remove", *pair) for pair in panel.net.lived[:3]]
    for step in mine:
        panel.take(step)
    assert panel.ours.plan.own == tuple(mine[:2])
    assert panel.refused == "There are 2 cards of your own already."
    panel.drop(mine[0])
    panel.take(mine[0])
    assert panel.ours.plan.own == tuple(mine[:2])
    assert panel.history()[0].startswith("a card of your own: ")


def test_what_got_better_and_what_got_worse_is_said(panel):
    assert panel.worse(()) == ["Nothing got worse on this map. What it takes, no map shows."]
    better = (Step("repair", "care-team", "residents"),)
    assert "places in a closed circle | 3 | 0 | better" in panel.compared(better).text
    worse = (Step("remove", "contact-centre", "residents"),)
    assert "audience reached directly (team–audience pairs) | 5 | 4 | worse" in panel.compared(worse).text
    assert "Worse: audience reached directly (team–audience pairs): from 5 to 4" in panel.worse(worse)


def test_a_place_that_gets_too_much_is_named(tmp_path):
    room = Room(tmp_path, 14, domains=2)
    for seat in room.seats:
        room.answer(seat)
    panel = room.panel(BreakthroughPanel)
    # Nobody has a line yet, and so can carry five; a's own domain has six others.
    panel.take(Step("channel", "a", "d0"))
    assert panel.bench.after(panel.ours.plan.chosen).overloaded == {"a": 1}
    assert panel.worse(panel.ours.plan.chosen)[-1] == "Team A gets 1 line more than it can carry."
    assert "lines above what a place can carry | 0 | 1 | worse" in panel.compared(panel.ours.plan.chosen).text


def test_the_computer_stays_within_the_hours_is_no_worse_and_says_how_sure_it_is(panel):
    for step in panel.ours.cards:
        panel.take(step)
    found = panel.could_be()
    assert found.hours <= BUDGET
    assert set(found.steps) <= set(panel.ours.cards)
    assert panel.bench.after(found.steps).score >= panel.bench.after(panel.ours.plan.chosen).score
    told = panel.computer().text
    assert f"In {found.stable.best} of {found.stable.runs} times this plan stayed the best." in told
    assert "Every way to leave out so many places was tried." in told
    assert all(panel.said(step) in told for step in found.steps)
    assert told.endswith("What do you know that the map does not?")


def test_three_dots_are_given_at_once_and_then_seen(panel):
    first, second = panel.ours.cards[:2]
    assert "hidden" in panel.dots().text
    panel.give((first, first))
    assert panel.refused == "Everybody has 3 dots: give them all."
    panel.give((first, second, first))
    assert panel.dots().text.splitlines()[1:] == [
        f"{panel.said(first)} | ●● 2",
        f"{panel.said(second)} | ● 1",
    ]


def test_without_an_audience_there_is_no_verdict_on_circles(tmp_path):
    panel = Room(tmp_path, 3).panel(BreakthroughPanel)
    assert "places in a closed circle | – | – | nobody speaks for an audience" in panel.compared(()).text
    assert panel.ours.cards == ()
    assert panel.table is not None


def test_the_form_for_an_own_card_offers_only_what_fits(panel):
    for kind in KINDS:
        for source, targets in panel.options(kind).items():
            assert all(changes(panel.net, Step(kind, source, target)) for target in targets)
    assert panel.options("repair")["care-team"] == ["residents"]


def visible(widget):
    """Give the descriptions of all buttons that can be seen."""
    if widget.layout.display == "none":
        return []
    own = [widget.description] if type(widget).__name__ == "Button" else []
    return own + [text for child in getattr(widget, "children", ()) for text in visible(child)]


def test_the_learner_chooses_on_the_screen_and_sees_what_it_does(panel):
    table = panel.table
    assert visible(table).count("Choose") == len(panel.ours.cards) + 1
    choose = next(one for one in walked(table) if getattr(one, "description", "") == "Choose")
    choose.click()
    assert len(panel.ours.plan.chosen) == 1
    assert visible(table).count("Take out") == 1


def walked(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from walked(child)


def test_in_a_room_its_tables_are_shown_and_nothing_can_be_tapped(tmp_path):
    room = Room(tmp_path, 4, audiences={"t": "own"}, domains=2)
    room.answer("a", told="t", heard="b")
    for seat in "bc":
        room.answer(seat, heard="a")
    room.answer("t", heard="c")
    panel = room.panel(BreakthroughPanel)
    table, dots = panel.table, panel.three_dots
    assert "Choose" in visible(table)
    room.lead("act.opened", act="breakthrough", part="choose")
    room.say("a", "mend.made", step={"kind": "add", "source": "a", "target": "t"})
    panel.refresh()
    card = panel.ours.cards[0]
    room.say("a", "mend.chosen", step={"kind": card.kind, "source": card.source, "target": card.target})
    panel.refresh()
    assert visible(table) == visible(dots) == []
    assert list(panel.bench.tables) == ["a", "b", "c", "t"]
    assert panel.bench.tables["a"].plan.chosen == (card,)
    told = panel.tables().text
    assert f"Team A: {card.hours} of {BUDGET} hours a month are spent" in told
    assert panel.said(card) in told
    assert panel.dots().text == "The dots are hidden until every table is done: 0 of 4."
    assert panel.played.log == ()
