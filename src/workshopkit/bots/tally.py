"""What a rehearsal counts: who came in, what was tapped, what became of it, and what befell the phones."""

from __future__ import annotations

import statistics
import time
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Spread", "Tally", "Tap"]


@dataclass
class Tap:
    """One answer on its way, kept by the phone until the door has said what became of it.

    Parameters
    ----------
    phone, seat
        Who sent it.
    kind, payload, act
        What it says.
    """

    phone: int
    seat: str
    kind: str
    payload: dict[str, Any]
    act: str | None
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    began: float = field(default_factory=time.monotonic)
    sent: int = 0
    stored_s: float | None = None
    wall_s: float | None = None
    seq: int = 0
    refused: str = ""


@dataclass(frozen=True)
class Spread:
    """How long things took, in seconds.

    Examples
    --------
    >>> Spread.of([0.1] * 19 + [2.0])
    Spread(count=20, median=0.1, p95=0.1, longest=2.0)
    """

    count: int
    median: float
    p95: float
    longest: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Spread | None:
        """Sum up; None where nothing was measured."""
        if not seconds:
            return None
        ordered = sorted(seconds)
        p95 = ordered[max(0, -(-95 * len(ordered) // 100) - 1)]
        return cls(len(ordered), statistics.median(ordered), p95, ordered[-1])


@dataclass
class Tally:
    """What happened, as the phones saw it."""

    joins: list[tuple[float, float]] = field(default_factory=list)
    taps: list[Tap] = field(default_factory=list)
    befell: Counter[str] = field(default_factory=Counter)
    away_s: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)

    def joined(self, began: float) -> None:
        """Note that a phone that began at this moment is in."""
        self.joins.append((began, time.monotonic()))

    @property
    def joins_a_second(self) -> float:
        """How many came in a second, from the first that began until the last was in."""
        if not self.joins:
            return 0.0
        took = max(end for _, end in self.joins) - min(began for began, _ in self.joins)
        return len(self.joins) / max(took, 1e-3)

    @property
    def join_s(self) -> Spread | None:
        """How long joining took."""
        return Spread.of([end - began for began, end in self.joins])

    @property
    def stored(self) -> list[Tap]:
        """What the door said to have stored."""
        return [tap for tap in self.taps if tap.stored_s is not None]

    @property
    def refused(self) -> Counter[str]:
        """How often each refusal was heard."""
        return Counter(tap.refused for tap in self.taps if tap.refused)

    @property
    def unanswered(self) -> int:
        """How many taps nothing was heard of."""
        return sum(tap.stored_s is None and not tap.refused for tap in self.taps)

    @property
    def again(self) -> int:
        """How many taps were sent more than once, since the connection went in between."""
        return sum(tap.sent > 1 for tap in self.taps)

    @property
    def stored_s(self) -> Spread | None:
        """From tap to stored, of taps that no lost connection held up."""
        return Spread.of([tap.stored_s for tap in self.stored if tap.stored_s is not None and tap.sent == 1])

    @property
    def wall_s(self) -> Spread | None:
        """From tap to the big screen, of taps that change it and that no lost connection held up."""
        return Spread.of([tap.wall_s for tap in self.taps if tap.wall_s is not None and tap.sent == 1])
