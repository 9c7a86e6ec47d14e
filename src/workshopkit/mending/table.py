"""A table of cards and the plan that is made there: never more hours than there are, and every change can be undone.

A change gives a new table; one that cannot be made is refused, with what to do instead. A cut takes hours away from all
tables at once: what was chosen first stays as far as it fits, the rest is laid aside. A plan of before the cut is not
within the hours of after it, so nothing undoes a cut.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace

from workshopkit.errors import UsageError
from workshopkit.i18n import N_
from workshopkit.network.steps import PRICES, Price, Step

__all__ = ["BUDGET", "CUT", "OWN_CARDS", "PROPOSED", "Move", "Plan", "Table", "moved", "play"]

BUDGET, CUT = 20, 12
PROPOSED, OWN_CARDS = 6, 2


@dataclass(frozen=True, slots=True)
class Move:
    """What somebody does at a table.

    Parameters
    ----------
    kind
        ``"made"`` (a card of one's own), ``"chosen"``, ``"dropped"``, ``"undone"`` or ``"redone"``; by who leads
        ``"cut"`` or ``"priced"``.
    step
        The card; None where there is none to name.
    hours
        Of a cut.
    prices
        By kind of step, what it takes from now on.
    """

    kind: str
    step: Step | None = None
    hours: int = CUT
    prices: Mapping[str, Price] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a table has made of its cards.

    Parameters
    ----------
    own
        The cards that it made itself.
    chosen
        In the order in which they were chosen.
    aside
        What no longer fitted when hours were taken away.
    """

    own: tuple[Step, ...] = ()
    chosen: tuple[Step, ...] = ()
    aside: tuple[Step, ...] = ()

    def to_bytes(self) -> bytes:
        """Give the plan as JSON: the same plan, the same bytes."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode()


@dataclass(frozen=True)
class Table:
    """A table.

    Parameters
    ----------
    proposed
        The cards that the kit proposes.
    prices
        By kind of step, what it takes.
    budget
        In hours a month.
    plan
        As it is now.
    past, future
        What it was, latest last, and what was undone, latest last.

    Examples
    --------
    >>> table = Table((Step("add", "a", "b"),))
    >>> chosen = table.choose(Step("add", "a", "b"))
    >>> chosen.spent, chosen.left, chosen.undo().plan == table.plan
    (4, 16, True)
    """

    proposed: tuple[Step, ...] = ()
    prices: Mapping[str, Price] = field(default_factory=lambda: dict(PRICES))
    budget: int = BUDGET
    plan: Plan = Plan()
    past: tuple[Plan, ...] = ()
    future: tuple[Plan, ...] = ()

    @property
    def cards(self) -> tuple[Step, ...]:
        """Give the cards on the table: those proposed, then the table's own."""
        return (*self.proposed, *self.plan.own)

    @property
    def spent(self) -> int:
        """Give the hours that the plan takes."""
        return sum(map(self.hours, self.plan.chosen))

    @property
    def left(self) -> int:
        """Give the hours that are left: never below 0."""
        return self.budget - self.spent

    def hours(self, step: Step) -> int:
        """Give the price of a step here, in hours a month."""
        return self.prices[step.kind].hours

    def make(self, step: Step) -> Table:
        """Lay a card of one's own on the table."""
        if step in self.cards:
            raise UsageError(N_("This card is on the table already: choose it there."))
        if len(self.plan.own) >= OWN_CARDS:
            raise UsageError(N_("There are {count} cards of your own already."), count=OWN_CARDS)
        return self._changed(replace(self.plan, own=(*self.plan.own, step)))

    def choose(self, step: Step) -> Table:
        """Take a card into the plan."""
        if step not in self.cards:
            raise UsageError(N_("This card is not on the table: choose another one."))
        if step in self.plan.chosen:
            raise UsageError(N_("This card is in the plan already: choose another one."))
        if self.hours(step) > self.left:
            raise UsageError(
                N_("This takes {hours} hours a month, and {left} are left: take something out first."),
                hours=self.hours(step),
                left=self.left,
            )
        aside = tuple(other for other in self.plan.aside if other != step)
        return self._changed(replace(self.plan, chosen=(*self.plan.chosen, step), aside=aside))

    def drop(self, step: Step) -> Table:
        """Take a card out of the plan; it stays on the table."""
        if step not in self.plan.chosen:
            raise UsageError(N_("This card is not in the plan: choose another one."))
        kept = tuple(other for other in self.plan.chosen if other != step)
        return self._changed(replace(self.plan, chosen=kept))

    def undo(self) -> Table:
        """Go back to before the last change."""
        if not self.past:
            raise UsageError(N_("There is nothing to undo."))
        *past, plan = self.past
        return replace(self, plan=plan, past=tuple(past), future=(*self.future, self.plan))

    def redo(self) -> Table:
        """Make again what was undone last."""
        if not self.future:
            raise UsageError(N_("There is nothing to do again."))
        *future, plan = self.future
        return replace(self, plan=plan, future=tuple(future), past=(*self.past, self.plan))

    def cut(self, hours: int = CUT) -> Table:
        """Give the table with other hours: what was chosen first stays as far as it fits, the rest is laid aside."""
        return _settled(replace(self, budget=hours))

    def price(self, prices: Mapping[str, Price]) -> Table:
        """Give the table with other prices; what no longer fits is laid aside, as in a cut."""
        return _settled(replace(self, prices={**self.prices, **prices}))

    def _changed(self, plan: Plan) -> Table:
        return replace(self, plan=plan, past=(*self.past, self.plan), future=())


def _settled(table: Table) -> Table:
    """Lay aside what does not fit; plans of before need not fit either, so they are gone."""
    left = table.budget
    kept: list[Step] = []
    aside = [*table.plan.aside]
    for step in table.plan.chosen:
        hours = table.hours(step)
        (kept if hours <= left else aside).append(step)
        left -= hours if hours <= left else 0
    plan = replace(table.plan, chosen=tuple(kept), aside=tuple(aside))
    return replace(table, plan=plan, past=(), future=())


_MOVES: Mapping[str, Callable[[Table, Step], Table]] = {
    "made": Table.make,
    "chosen": Table.choose,
    "dropped": Table.drop,
    "undone": lambda table, _: table.undo(),
    "redone": lambda table, _: table.redo(),
}
_NOTHING = Step("", "", "")


def moved(table: Table, move: Move) -> Table:
    """Give a table after a move.

    Raises
    ------
    UsageError
        If it cannot be made, with what to do instead.
    """
    if move.kind == "cut":
        return table.cut(move.hours)
    if move.kind == "priced":
        return table.price(move.prices)
    return _MOVES[move.kind](table, move.step or _NOTHING)


def play(table: Table, moves: Iterable[Move]) -> Table:
    """Give a table after moves; one that cannot be made by then changes nothing.

    Two phones at one table may take the last hours at once: the first one has them.
    """
    for move in moves:
        with suppress(UsageError):
            table = moved(table, move)
    return table
