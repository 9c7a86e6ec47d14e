"""Tables of cards: hours that are never overspent, changes that can be undone, cuts, prices and dots."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshopkit.errors import UsageError
from workshopkit.mending.dots import DOTS, Dots, Voter
from workshopkit.mending.table import BUDGET, CUT, OWN_CARDS, Move, Plan, Table, play
from workshopkit.network.steps import KINDS, PRICES, Price, Step

CARDS = tuple(Step(kind, "a", "b") for kind in ("repair", "shorten", "add", "bridge", "channel", "campaign"))
REPAIR, SHORTEN, ADD, BRIDGE, CHANNEL, CAMPAIGN = CARDS
OWN = tuple(Step("add", "b", one) for one in "cde")
TABLE = Table(CARDS)


def chosen(table, *steps):
    for step in steps:
        table = table.choose(step)
    return table


def test_a_plan_takes_what_its_cards_take():
    table = chosen(TABLE, REPAIR, CHANNEL)
    assert (table.spent, table.left) == (3 + 10, BUDGET - 13)


@pytest.mark.parametrize(
    ("table", "change", "remedy"),
    [
        (chosen(TABLE, CHANNEL), lambda table: chosen(table, CAMPAIGN, REPAIR), "take something out first"),
        (chosen(TABLE, REPAIR), lambda table: table.choose(REPAIR), "in the plan already"),
        (TABLE, lambda table: table.choose(OWN[0]), "not on the table"),
        (TABLE, lambda table: table.drop(REPAIR), "not in the plan"),
        (TABLE, lambda table: table.make(REPAIR), "on the table already"),
        (TABLE.make(OWN[0]).make(OWN[1]), lambda table: table.make(OWN[2]), f"{OWN_CARDS} cards"),
        (TABLE, Table.undo, "nothing to undo"),
        (chosen(TABLE, REPAIR), Table.redo, "nothing to do again"),
    ],
)
def test_what_cannot_be_done_is_refused_with_what_to_do(table, change, remedy):
    with pytest.raises(UsageError, match=remedy):
        change(table)


def test_a_cut_keeps_what_was_chosen_first_as_far_as_it_fits():
    cut = chosen(TABLE, BRIDGE, CHANNEL, REPAIR).cut()
    assert cut.plan.chosen == (BRIDGE, REPAIR)
    assert cut.plan.aside == (CHANNEL,)
    assert cut.left == CUT - 7 - 3
    with pytest.raises(UsageError, match="nothing to undo"):
        cut.undo()
    assert chosen(cut.drop(BRIDGE).drop(REPAIR), CHANNEL).plan.aside == (), (
        "what fits again lies aside no more"
    )


def test_other_prices_are_a_cut_where_they_are_higher():
    table = chosen(TABLE, REPAIR, BRIDGE, CHANNEL)
    assert table.left == 0
    dearer = table.price({"repair": Price(once=12, upkeep=3)})
    assert dearer.hours(REPAIR) == 4
    assert dearer.plan.chosen == (REPAIR, BRIDGE)
    assert dearer.plan.aside == (CHANNEL,)
    assert table.price({"repair": Price(0, 0)}).hours(REPAIR) == 1, "nothing costs nothing"


ALL = (*CARDS, *OWN)
steps = st.sampled_from(ALL)
moves = st.one_of(
    st.builds(Move, st.sampled_from(["made", "chosen", "dropped"]), steps),
    st.builds(Move, st.sampled_from(["undone", "redone"])),
    st.builds(Move, st.just("cut"), hours=st.integers(0, BUDGET)),
    st.builds(
        Move,
        st.just("priced"),
        prices=st.dictionaries(
            st.sampled_from(KINDS), st.builds(Price, st.integers(0, 60), st.integers(0, 9))
        ),
    ),
)


@given(st.lists(moves, max_size=40))
@settings(max_examples=300)
def test_whatever_is_done_never_is_more_spent_than_there_is(made):
    table = TABLE
    for move in made:
        table = play(table, [move])
        assert 0 <= table.spent <= table.budget
        assert table.left == table.budget - sum(table.prices[step.kind].hours for step in table.plan.chosen)
        assert all(table.hours(step) >= 1 for step in table.cards)
        assert len(set(table.cards)) == len(table.cards) <= len(CARDS) + OWN_CARDS
        assert set(table.plan.chosen) <= set(table.cards)
        assert len(set(table.plan.chosen)) == len(table.plan.chosen)
    assert play(TABLE, made) == table


@given(st.lists(moves, max_size=30), st.builds(Move, st.sampled_from(["made", "chosen", "dropped"]), steps))
@settings(max_examples=300)
def test_undone_is_the_same_bytes_and_redone_too(made, last):
    before = play(TABLE, made)
    after = play(before, [last])
    if after == before:
        return
    undone = after.undo()
    assert undone.plan.to_bytes() == before.plan.to_bytes()
    assert (undone.budget, undone.past) == (before.budget, before.past)
    assert undone.redo().plan.to_bytes() == after.plan.to_bytes()
    assert undone.redo() == after


@given(st.lists(moves, max_size=30))
def test_everything_since_the_last_cut_can_be_undone(made):
    table = play(TABLE, made)
    since = len(made) - next(
        (n for n, m in enumerate(reversed(made)) if m.kind in {"cut", "priced"}), len(made)
    )
    start = play(TABLE, made[:since])
    for _ in table.past:
        table = table.undo()
    assert table.plan == start.plan


def test_a_plan_that_differs_has_other_bytes():
    assert Plan().to_bytes() != Plan(chosen=(ADD,)).to_bytes() != Plan(own=(ADD,)).to_bytes()


def test_the_kit_knows_the_price_of_every_kind():
    assert set(PRICES) == set(KINDS)
    assert min(price.hours for price in PRICES.values()) == 1


# Dots -----------------------------------------------------------------------------------------------------------------

A1, A2, B1 = Voter("a", "p1", 1), Voter("a", "p1", 2), Voter("b", "p2", 1)


def test_dots_are_hidden_until_all_tables_are_done():
    given_ = Dots().give(A1, (REPAIR, REPAIR, ADD)).give(A2, (ADD, ADD, ADD)).finish("a")
    assert given_.counted(["a", "b"]) is None
    both = given_.give(B1, (SHORTEN,) * 3).finish("b")
    assert both.counted(["a", "b"]) == {ADD: 4, SHORTEN: 3, REPAIR: 2}
    assert list(both.counted(["a", "b"])) == [ADD, SHORTEN, REPAIR]
    assert given_.counted(["a", "b"], shown=True) == {ADD: 4, REPAIR: 2}, "who leads may not wait for a table"
    assert Dots().counted([]) is None


def test_who_gives_later_opens_the_table_again_and_may_change_its_mind():
    done = Dots().give(A1, (ADD,) * 3).finish("a")
    again = done.give(A1, (REPAIR,) * 3)
    assert again.done == frozenset()
    assert again.finish("a").counted(["a"]) == {REPAIR: 3}


def test_everybody_gives_three_and_a_table_where_nobody_gave_is_not_done():
    with pytest.raises(UsageError, match="3 dots"):
        Dots().give(A1, (ADD,))
    with pytest.raises(UsageError, match="Nobody"):
        Dots().finish("a")


voters = st.builds(Voter, st.sampled_from("ab"), st.sampled_from(["p1", "p2"]), st.integers(1, 3))


@given(st.lists(st.tuples(voters, st.tuples(steps, steps, steps)), min_size=1, max_size=20))
def test_without_a_phone_it_is_as_if_it_had_never_been_there(votes):
    dots, other = Dots(), Dots()
    for voter, three in votes:
        dots = dots.give(voter, three)
        if voter.phone != "p1":
            other = other.give(voter, three)
    assert dots.without("p1") == other
    assert sum(dots.counted([], shown=True).values()) == DOTS * len({voter for voter, _ in votes})
