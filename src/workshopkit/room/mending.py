"""The break-through as events tell it: what was done at each table since it was opened. Played by `room.tables`.

Every seat with a phone is a table: its people sit down at other tables, its phone stays. Without a phone a sheet of paper
is one, once it is typed in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workshopkit.errors import UsageError
from workshopkit.mending.dots import Dots, Voter
from workshopkit.mending.table import BUDGET, Move, Table, play
from workshopkit.network.steps import Price, Step
from workshopkit.room.phoneless import prefix
from workshopkit.store.contract import Event

__all__ = ["Done", "Mending", "cut", "lead", "note", "start", "uncut", "without"]


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was done.

    Parameters
    ----------
    participant, seat
        By whom, at which table; None as the seat for who leads: it is done at every table.
    move
        What.
    """

    participant: str
    seat: str | None
    move: Move


@dataclass(frozen=True)
class Mending:
    """What was done since the break-through was opened.

    Parameters
    ----------
    seq
        Of the event that opened it: the map of then is the one that is mended.
    log
        What was done, in order.
    dots
        What was given.
    shown
        What who leads lets be seen: ``"dots"`` before all have given, ``"plan"`` for the best plan.
    is_cut
        Whether hours were taken away.
    """

    seq: int
    log: tuple[Done, ...] = ()
    dots: Dots = field(default_factory=Dots)
    shown: frozenset[str] = frozenset()
    is_cut: bool = False

    def table(self, seat: str, proposed: tuple[Step, ...]) -> Table:
        """Give a table as it is now, with the cards that the kit proposes."""
        return play(Table(proposed), (done.move for done in self.log if done.seat in {None, seat}))

    def held(self, seats: Mapping[str, str]) -> frozenset[str]:
        """Give which seats are tables, of who sits where: those with a phone, and those whose sheet was typed in."""
        typed = {done.participant for done in self.log} | {voter.phone for voter in self.dots.given}
        return frozenset(seat for who, seat in seats.items() if not prefix(who) or who in typed)

    def history(self, seat: str) -> tuple[Move, ...]:
        """Give what was done at a table, in order."""
        return tuple(done.move for done in self.log if done.seat == seat)


def start(event: Event) -> Mending:
    """Give the break-through as it is opened."""
    return Mending(event.seq)


def cut(mending: Mending) -> Mending:
    """Take the hours away; not twice."""
    if mending.is_cut:
        return mending
    return replace(mending, log=(*mending.log, Done("", None, Move("cut"))), is_cut=True)


def uncut(mending: Mending) -> Mending:
    """Give the hours of before the cut back, when who leads goes back; what was laid aside lies there to be chosen."""
    if not mending.is_cut:
        return mending
    given = [done.move.hours for done in mending.log if done.move.kind == "cut"]
    hours = given[-2] if len(given) > 1 else BUDGET
    return replace(mending, log=(*mending.log, Done("", None, Move("cut", hours=hours))), is_cut=False)


def note(mending: Mending, event: Event, seat: str) -> Mending:
    """Give the break-through after something was done at a table."""
    kind, said = event.kind.removeprefix("mend."), event.payload
    try:
        if kind == "given":
            voter = Voter(seat, event.participant, said["person"])
            steps = tuple(Step(**one) for one in said["steps"])
            return replace(mending, dots=mending.dots.give(voter, steps))
        if kind == "finished":
            return replace(mending, dots=mending.dots.finish(seat))
    except UsageError:
        return mending
    step = Step(**said["step"]) if "step" in said else None
    return replace(mending, log=(*mending.log, Done(event.participant, seat, Move(kind, step))))


def _show(mending: Mending, said: Mapping[str, Any]) -> Mending:
    others = mending.shown - {said["what"]}
    return replace(mending, shown=others | {said["what"]} if said["shown"] else others)


def _price(mending: Mending, said: Mapping[str, Any]) -> Mending:
    move = Move("priced", prices={said["of"]: Price(said["once"], said["upkeep"])})
    return replace(mending, log=(*mending.log, Done("", None, move)))


def _budget(mending: Mending, said: Mapping[str, Any]) -> Mending:
    return replace(mending, log=(*mending.log, Done("", None, Move("cut", hours=said["hours"]))))


_LEADS: Mapping[str, Callable[[Mending, Mapping[str, Any]], Mending]] = {
    "mend.budget": _budget,
    "mend.priced": _price,
    "mend.shown": _show,
}


def lead(mending: Mending, event: Event) -> Mending:
    """Give the break-through after who leads changed something."""
    return _LEADS[event.kind](mending, event.payload)


def without(mending: Mending, participant: str) -> Mending:
    """Give the break-through as it would be without somebody."""
    log = tuple(done for done in mending.log if done.participant != participant)
    return replace(mending, log=log, dots=mending.dots.without(participant))
