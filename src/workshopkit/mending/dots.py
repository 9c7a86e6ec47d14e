"""Three dots a person, on the cards of one's own table; what all gave is seen by nobody before all have given.

Several people share a phone, one after the other: each is a voter of that phone. A table says that all its people have
given; whoever gives after that opens it again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from workshopkit.errors import UsageError
from workshopkit.i18n import N_
from workshopkit.network.steps import Step

__all__ = ["DOTS", "MOST_VOTERS", "Dots", "Voter"]

DOTS = 3
# More people than these share no phone.
MOST_VOTERS = 12


@dataclass(frozen=True, slots=True, order=True)
class Voter:
    """Somebody at a table.

    Parameters
    ----------
    table, phone
        Where, and with which phone.
    person
        The first, second, … to whom this phone was handed.
    """

    table: str
    phone: str
    person: int


@dataclass(frozen=True)
class Dots:
    """What was given so far.

    Parameters
    ----------
    given
        By voter, the cards, one for each dot.
    done
        The tables that say that all have given.
    """

    given: Mapping[Voter, tuple[Step, ...]] = field(default_factory=dict)
    done: frozenset[str] = frozenset()

    def give(self, voter: Voter, steps: tuple[Step, ...]) -> Dots:
        """Give the dots of one person; who gives again changes its mind, who gives none takes them back.

        Raises
        ------
        UsageError
            If it is neither exactly three nor none.
        """
        if len(steps) not in {0, DOTS}:
            raise UsageError(N_("Everybody has {count} dots: give them all."), count=DOTS)
        others = {one: given for one, given in self.given.items() if one != voter}
        return replace(
            self, given={**others, voter: steps} if steps else others, done=self.done - {voter.table}
        )

    def finish(self, table: str) -> Dots:
        """Say that all at a table have given."""
        if not self.voters(table):
            raise UsageError(N_("Nobody at this table has given dots yet."))
        return replace(self, done=self.done | {table})

    def voters(self, table: str) -> int:
        """Count the people at a table that have given."""
        return sum(voter.table == table for voter in self.given)

    def without(self, phone: str) -> Dots:
        """Give the dots without those of one phone."""
        given = {voter: steps for voter, steps in self.given.items() if voter.phone != phone}
        left = {voter.table for voter in given}
        return Dots(given, frozenset(table for table in self.done if table in left))

    def counted(self, tables: Collection[str], *, shown: bool = False) -> Mapping[Step, int] | None:
        """Count the dots by card, most first; None before all tables are done, unless who leads shows them.

        Examples
        --------
        >>> step = Step("add", "a", "b")
        >>> given = Dots().give(Voter("t", "p", 1), (step,) * 3)
        >>> given.counted(["t"]), given.finish("t").counted(["t"])
        (None, {Step(kind='add', source='a', target='b'): 3})
        """
        if not shown and not (tables and self.done.issuperset(tables)):
            return None
        found = Counter(step for steps in self.given.values() for step in steps)
        return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))
