"""The sheet of a table without a phone in the break-through, as it is typed in.

As with the cards of a team only what differs from what the table has done so far becomes an event, of the kinds that a
phone would have sent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from workshopkit.errors import RefusedEvent
from workshopkit.figures import cards as words
from workshopkit.i18n import N_, Translator
from workshopkit.mending.dots import DOTS, MOST_VOTERS, Dots, Voter
from workshopkit.mending.table import Move, Table, moved
from workshopkit.network.actors import Definition
from workshopkit.network.steps import Step
from workshopkit.room.paper import Said

__all__ = ["TableSheet", "changes", "given", "in_words"]


@dataclass(frozen=True)
class TableSheet:
    """What the sheet of a table says.

    Parameters
    ----------
    own
        The cards that the table made itself.
    chosen
        Its plan, in the order of the sheet.
    dots
        By card, how many dots lie on it.
    """

    own: tuple[Step, ...] = ()
    chosen: tuple[Step, ...] = ()
    dots: Mapping[Step, int] = field(default_factory=dict)


def changes(table: Table, dots: Dots, sheet: TableSheet, *, seat: str, typed_by: str) -> list[Said]:
    """Give what a phone would have sent to come from a table as it is to its sheet, in order.

    Parameters
    ----------
    table, dots
        As they are now.
    sheet
        What is typed in.
    seat, typed_by
        Which table, and under which name its sheet speaks.

    Raises
    ------
    UsageError
        If the plan takes more hours than there are, or a card is there twice or not at all.
    RefusedEvent
        If the dots are not three a person.

    Examples
    --------
    >>> step = Step("add", "a", "b")
    >>> [kind for kind, _ in changes(Table(), Dots(), TableSheet((step,), (step,)), seat="a", typed_by="paper-0-a")]
    ['mend.made', 'mend.chosen']
    """
    return [*_plan(table, sheet), *_dots(dots, sheet, seat, typed_by)]


def given(dots: Dots, typed_by: str) -> Counter[Step]:
    """Count the dots that a sheet gave, by card."""
    return Counter(step for voter, steps in dots.given.items() if voter.phone == typed_by for step in steps)


def in_words(definition: Definition, table: Table, step: Step, t: Translator) -> dict[str, Any]:
    """Give what stands on a card, with its price in hours a month."""
    hours = table.hours(step)
    price = t.n("{count} hour a month", "{count} hours a month", hours)
    return {"said": words.said(definition, step, t), "hours": hours, "price": price}


def _plan(table: Table, sheet: TableSheet) -> Iterator[Said]:
    moves = []

    def do(kind: str, step: Step | None = None) -> None:
        nonlocal table
        move = Move(kind, step)
        table = moved(table, move)
        moves.append(move)

    # A card of one's own that is no longer on the sheet is gone again, as far as that can be undone.
    while table.past and not set(table.plan.own) <= set(sheet.own):
        do("undone")
    for step in table.plan.chosen:
        if step not in sheet.chosen:
            do("dropped", step)
    for step in sheet.own:
        if step not in table.plan.own:
            do("made", step)
    for step in sheet.chosen:
        if step not in table.plan.chosen:
            do("chosen", step)
    for move in moves:
        yield f"mend.{move.kind}", {"step": asdict(move.step)} if move.step else {}


def _dots(dots: Dots, sheet: TableSheet, seat: str, typed_by: str) -> Iterator[Said]:
    """Deal the dots out to persons: of a card only its total is ever seen."""
    after = Counter({step: count for step, count in sheet.dots.items() if count})
    if after == given(dots, typed_by):
        return
    each = list(after.elements())
    count, rest = divmod(len(each), DOTS)
    if rest:
        raise RefusedEvent(
            N_("{count} dots are not {each} for everybody: count them again."), count=len(each), each=DOTS
        )
    if count > MOST_VOTERS:
        raise RefusedEvent(
            N_("{count} dots are more than {people} people have: count them again."),
            count=len(each),
            people=MOST_VOTERS,
        )
    before = sum(voter.phone == typed_by for voter in dots.given)
    for person in range(1, max(count, before) + 1):
        if dots.given.get(Voter(seat, typed_by, person)) or person <= count:
            steps = each[DOTS * (person - 1) : DOTS * person]
            yield "mend.given", {"person": person, "steps": [asdict(step) for step in steps]}
    if count:
        yield "mend.finished", {}
