"""The afternoon as a list of moments: what comes after what, how long it takes, and what may be dropped.

A *block* is a part of the afternoon with minutes of its own; its *moments* are the steps that the facilitator takes
with one button. A moment is an act and a part of it, which is what ``act.opened`` says. Which cards are read aloud is the
case's to say. Minutes are design figures.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

__all__ = [
    "ACTS",
    "BLOCKS",
    "DROPPABLE",
    "LENGTHS",
    "Block",
    "Moment",
    "Program",
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
        The parts of the act, in order; those of the case come after its cards.
    minutes
        By length of the workshop; a length that leaves the block out is not in it.
    """

    id: str
    act: str
    parts: tuple[str, ...]
    minutes: dict[str, int]


def _block(id: str, act: str, parts: str, *minutes: int) -> Block:
    given = {length: count for length, count in zip(LENGTHS, minutes, strict=True) if count}
    return Block(id, act, tuple(parts.split()), given)


BLOCKS = (
    _block("welcome", "prepare", "welcome", 15, 5, 5),
    _block("join", "prepare", "join", 5, 5, 5),
    _block("warmup", "prepare", "warmup", 5, 0, 0),
    _block("case", "case", "marks missing", 20, 12, 0),
    _block("lines", "lines", "questions", 12, 12, 12),
    _block("own", "silos", "own guess", 8, 8, 8),
    _block("reveal", "silos", "sponsor arrives drawn bent against audiences circles walls", 20, 15, 15),
    _block("walk", "silos", "walk", 10, 10, 10),
    _block("break", "silos", "break", 15, 0, 0),
    _block("message", "message", "talk relay texts rides", 20, 0, 0),
    _block("breakthrough", "breakthrough", "choose", 25, 20, 0),
    _block("cut", "breakthrough", "cut", 5, 0, 0),
    _block("agreements", "agreements", "write accept aloud", 15, 15, 12),
    _block("close", "report", "close", 10, 8, 8),
    _block("slack", "report", "slack", 10, 10, 0),
)
# What "we are running late" proposes, in this order; never the walk, the agreements or the close.
DROPPABLE = ("warmup", "message", "cut")
# Shown only where a place goes first.
_FIRST = "sponsor"
# What a shorter workshop leaves out of the case besides cards: the talk needs the time.
_ONLY_STANDARD = ("marks", "missing")


@dataclass(frozen=True)
class Program:
    """The afternoon of one workshop.

    Parameters
    ----------
    length
        One of `LENGTHS`.
    cards, few
        The cards of the case that are read aloud: all of them, and those of a shorter workshop.
    dropped
        Blocks that the facilitator dropped because time ran out.
    sponsor
        Whether the lines of one place, the sponsor's, are shown before those of all.

    Examples
    --------
    >>> program = Program("standard", cards=("P6", "C10"))
    >>> program.next(None, None)
    Moment(act='prepare', part='welcome')
    >>> program.next("case", "P6").part
    'C10'
    >>> program.previous("case", "C10").part
    'P6'
    >>> sum(block.minutes["short"] for block in Program("short").blocks)
    75
    """

    length: str
    cards: tuple[str, ...] = ()
    few: tuple[str, ...] = ()
    dropped: Collection[str] = ()
    sponsor: bool = False

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Give the blocks, without those that were dropped."""
        return tuple(
            block for block in BLOCKS if self.length in block.minutes and block.id not in self.dropped
        )

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """Give all moments in order, but for the slack: that is time, and nothing to open."""
        return tuple(
            Moment(block.act, part)
            for block in self.blocks
            if block.id != "slack"
            for part in self.parts_in(block)
        )

    def parts_in(self, block: Block) -> tuple[str, ...]:
        """Give the parts of a block in a workshop of this length."""
        if block.id != "case":
            return tuple(part for part in block.parts if self.sponsor or part != _FIRST)
        if self.length == LENGTHS[0]:
            return self.cards + block.parts
        return self.few + tuple(part for part in block.parts if part not in _ONLY_STANDARD)

    def next(self, act: str | None, part: str | None) -> Moment | None:
        """Give what the one big button opens: the first moment, the one after this, or None after the last."""
        if act is None:
            return self.moments[0]
        order, now = self._order, self._place(act, part)
        return next((moment for moment in self.moments if order.index(moment) > now), None)

    def previous(self, act: str | None, part: str | None) -> Moment | None:
        """Give the moment before this one; None before the first."""
        order, now = self._order, self._place(act, part)
        return next((moment for moment in reversed(self.moments) if order.index(moment) < now), None)

    def parts_of(self, act: str) -> tuple[str, ...]:
        """List every part of an act, in order."""
        return tuple(part for block in BLOCKS if block.act == act for part in self._all(block))

    @cached_property
    def _order(self) -> list[Moment]:
        return [Moment(block.act, one) for block in BLOCKS for one in self._all(block)]

    def _place(self, act: str | None, part: str | None) -> int:
        return next(
            (place for place, one in enumerate(self._order) if (one.act, one.part) == (act, part)), -1
        )

    def _all(self, block: Block) -> tuple[str, ...]:
        return self.cards + block.parts if block.id == "case" else block.parts
