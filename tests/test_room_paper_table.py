"""The sheet of a table, as it becomes what a phone would have sent."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshopkit.errors import RefusedEvent, UsageError
from workshopkit.mending.dots import Dots, Voter
from workshopkit.mending.table import Move, Table, moved
from workshopkit.network.steps import Step
from workshopkit.room import paper_table
from workshopkit.room.paper_table import TableSheet, changes

KIT = (Step("add", "a", "b"), Step("repair", "b", "c"), Step("small", "a", "c"), Step("remove", "c", "a"))
OWN = (Step("bridge", "a", "c"), Step("channel", "a", "north"), Step("small", "c", "b"))
WHO = "paper-0-a"


def after(table, dots, said):
    for name, payload in said:
        kind = name.removeprefix("mend.")
        if kind == "given":
            steps = tuple(Step(**one) for one in payload["steps"])
            dots = dots.give(Voter("a", WHO, payload["person"]), steps)
        elif kind == "finished":
            dots = dots.finish("a")
        else:
            table = moved(table, Move(kind, Step(**payload["step"]) if payload else None))
    return table, dots


def types(table, dots, sheet):
    return after(table, dots, changes(table, dots, sheet, seat="a", typed_by=WHO))


sheets = st.builds(
    lambda own, chosen, dots: TableSheet(own, tuple(one for one in (*KIT, *own) if one in chosen), dots),
    st.lists(st.sampled_from(OWN), unique=True, max_size=2).map(tuple),
    st.sets(st.sampled_from((*KIT, *OWN))),
    st.dictionaries(st.sampled_from(KIT), st.integers(0, 3).map(lambda count: 3 * count)),
)


@given(st.lists(sheets, min_size=1, max_size=4))
@settings(max_examples=60)
def test_the_last_sheet_is_what_counts_however_often_it_is_typed(typed):
    table, dots = Table(KIT), Dots()
    for sheet in typed:
        try:
            found = types(table, dots, sheet)
        except UsageError:
            continue  # more hours than there are: nothing is stored
        table, dots = found
        assert set(table.plan.chosen) == set(sheet.chosen)
        assert table.plan.own == sheet.own or set(sheet.own) <= set(table.plan.own)
        assert paper_table.given(dots, WHO) == {step: count for step, count in sheet.dots.items() if count}
        assert changes(table, dots, sheet, seat="a", typed_by=WHO) == []
        assert table.spent <= table.budget


def test_a_card_of_ones_own_that_was_typed_wrongly_is_gone_again():
    table, dots = types(Table(KIT), Dots(), TableSheet(OWN[:2], OWN[:1]))
    table, dots = types(table, dots, TableSheet(OWN[1:], OWN[2:]))
    assert (table.plan.own, table.plan.chosen) == (OWN[1:], OWN[2:])


def test_after_a_cut_own_cards_stay_on_the_table_and_a_third_is_refused():
    table, dots = types(Table(KIT), Dots(), TableSheet(OWN[:2], OWN[:1]))
    with pytest.raises(UsageError, match="There are 2 cards of your own already"):
        types(table.cut(), dots, TableSheet(OWN[2:], ()))


def test_a_plan_beyond_the_hours_is_refused():
    sheet = TableSheet(OWN[:2], (*KIT, *OWN[:2]))
    with pytest.raises(UsageError, match="take something out first"):
        types(Table(KIT), Dots(), sheet)


def test_fewer_people_take_back_the_dots_of_the_others():
    table, dots = types(Table(KIT), Dots(), TableSheet(dots={KIT[0]: 5, KIT[1]: 4}))
    assert (dots.voters("a"), dots.done) == (3, {"a"})
    table, dots = types(table, dots, TableSheet(dots={KIT[1]: 3}))
    assert (dots.voters("a"), dots.counted(["a"])) == (1, {KIT[1]: 3})
    table, dots = types(table, dots, TableSheet())
    assert (dots.voters("a"), dots.done) == (0, frozenset())


@pytest.mark.parametrize(
    ("dots", "said"),
    [({KIT[0]: 4}, "4 dots are not 3 for everybody"), ({KIT[0]: 39}, "39 dots are more than 12")],
)
def test_dots_that_cannot_be_are_refused(dots, said):
    with pytest.raises(RefusedEvent, match=said):
        types(Table(KIT), Dots(), TableSheet(dots=dots))


def test_dots_of_phones_at_the_same_table_are_left_alone():
    phone = Voter("a", "phone", 1)
    dots = Dots().give(phone, KIT[:3])
    _, dots = types(Table(KIT), dots, TableSheet(dots={KIT[0]: 3}))
    assert dots.given[phone] == KIT[:3]
    assert dots.voters("a") == 2
