"""What each part of the afternoon asked of the phones: minutes at the pace of people, and taps, beside the plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workshopkit.bots.pace import Pace
from workshopkit.bots.tally import Spread
from workshopkit.room.program import Program

__all__ = ["Asked", "asked"]


@dataclass(frozen=True)
class Asked:
    """What one part asked of those phones that had something to do in it.

    Parameters
    ----------
    block
        The part of the afternoon.
    minutes
        What the plan has for it, for everything: also what is said and shown.
    seconds, taps
        What it took a phone, with the talk about it.
    """

    block: str
    minutes: int
    seconds: Spread
    taps: Spread

    @property
    def fits(self) -> bool:
        """Whether the slowest phone is done within the plan."""
        return self.seconds.longest <= 60 * self.minutes


def asked(paces: Iterable[Pace], program: Program) -> tuple[Asked, ...]:
    """Sum up, in the order of the plan; parts that asked nothing are left out."""
    spent = [pace.spent for pace in paces]
    found = []
    for block in program.blocks:
        here = [one[block.id] for one in spent if block.id in one]
        seconds = Spread.of([one.seconds for one in here])
        taps = Spread.of([float(one.taps) for one in here])
        if seconds and taps:
            found.append(Asked(block.id, block.minutes[program.length], seconds, taps))
    return tuple(found)
