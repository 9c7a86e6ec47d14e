"""The afternoon as a list of moments: what comes after what, how long it takes, and what may be dropped.

A *block* is a part of the afternoon with minutes of its own; its *moments* are the steps that the facilitator takes
with one button. A moment is an act and a part of it, which is what ``act.opened`` says. Minutes are design figures.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

__all__ = [
    "ACTS",
    "BLOCKS",
    "DROPPABLE",
    "LENGTHS",
    "Block",
    "Moment",
    "moments",
    "next_moment",
    "parts_of",
    "program",
]

ACTS = ("prepare", "case", "lines", "silos", "message", "breakthrough", "agreements", "report")
LENGTHS = ("standard", "two_hours", "short")


@dataclass(frozen=True, slots=True)
class Moment:
    """One step of the facilitator: an act, and a part of it."""

    act: str
    part: str


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the afternoon.

    Parameters
    ----------
    id
        What events call it.
    act
        The act that its moments belong to.
    parts
        The parts of the act, in order.
    minutes
        By length of the workshop; a length that leaves the block out is not in it.
    fewer
        By length, the parts that are left of them.
    """

    id: str
    act: str
    parts: tuple[str, ...]
    minutes: dict[str, int]
    fewer: dict[str, tuple[str, ...]]

    def moments(self, length: str) -> tuple[Moment, ...]:
        """Give the moments in a workshop of this length."""
        if length not in self.minutes:
            return ()
        return tuple(Moment(self.act, part) for part in self.fewer.get(length, self.parts))


def _block(id: str, act: str, parts: str, minutes: tuple[int, int, int], **fewer: str) -> Block:
    given = {length: count for length, count in zip(LENGTHS, minutes, strict=True) if count}
    return Block(
        id, act, tuple(parts.split()), given, {key: tuple(few.split()) for key, few in fewer.items()}
    )


BLOCKS = (
    _block("welcome", "prepare", "welcome", (15, 5, 5)),
    _block("join", "prepare", "join", (5, 5, 5)),
    _block("warmup", "prepare", "warmup", (5, 0, 0)),
    _block("case", "case", "P4 P6 P7 P8 P12 C5 C10 missing", (20, 12, 0), two_hours="P6 P7 P8 C10"),
    _block("lines", "lines", "questions", (12, 12, 12)),
    _block("own", "silos", "own guess", (8, 8, 8)),
    _block("reveal", "silos", "arrives drawn bent against audiences circles walls", (20, 15, 15)),
    _block("walk", "silos", "walk", (10, 10, 10)),
    _block("break", "silos", "break", (15, 0, 0)),
    _block("message", "message", "talk", (20, 0, 0)),
    _block("breakthrough", "breakthrough", "choose", (25, 20, 0)),
    _block("cut", "breakthrough", "cut", (5, 0, 0)),
    _block("agreements", "agreements", "write accept aloud", (15, 15, 12)),
    _block("close", "report", "close", (10, 8, 8)),
    _block("slack", "report", "slack", (10, 10, 0)),
)
# What "we are running late" proposes, in this order; never the walk, the agreements or the close.
DROPPABLE = ("warmup", "message", "cut")


def program(length: str, dropped: Collection[str] = ()) -> tuple[Block, ...]:
    """Give the blocks of a workshop, without those that were dropped.

    Examples
    --------
    >>> sum(block.minutes["short"] for block in program("short"))
    75
    """
    return tuple(block for block in BLOCKS if length in block.minutes and block.id not in dropped)


def moments(length: str, dropped: Collection[str] = ()) -> tuple[Moment, ...]:
    """Give all moments in order, but for the slack: that is time, and nothing to open."""
    return tuple(
        moment
        for block in program(length, dropped)
        if block.id != "slack"
        for moment in block.moments(length)
    )


def next_moment(
    act: str | None, part: str | None, length: str, dropped: Collection[str] = ()
) -> Moment | None:
    """Give what the one big button opens: the first moment, the one after this, or None after the last.

    Examples
    --------
    >>> next_moment(None, None, "standard")
    Moment(act='prepare', part='welcome')
    >>> next_moment("lines", "questions", "short").part
    'own'
    """
    order = [Moment(block.act, one) for block in BLOCKS for one in block.parts]
    planned = moments(length, dropped)
    if act is None:
        return planned[0]
    now = next((place for place, moment in enumerate(order) if (moment.act, moment.part) == (act, part)), -1)
    return next((moment for moment in planned if order.index(moment) > now), None)


def parts_of(act: str) -> tuple[str, ...]:
    """List every part of an act, in order."""
    return tuple(part for block in BLOCKS if block.act == act for part in block.parts)
