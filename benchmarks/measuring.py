"""A run of the benchmarks: how much to do, and where what was measured goes."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import memory
import psutil
from arrivals import Visitor, wave
from browser import Tab
from playwright.async_api import Browser as Chromium
from report import Ledger

__all__ = ["PHONES", "WITHIN_S", "Run"]

PHONES = 30
WITHIN_S = 60.0


@dataclass
class Run:
    """A run of the benchmarks: how much to do, with what, and where the figures go.

    ``helpers`` are processes that are bots too: what they take from the processor is the measuring's own.
    """

    rounds: int
    quick: bool
    folder: Path
    browser: Chromium
    ledger: Ledger = field(default_factory=Ledger)
    helpers: list[psutil.Process] = field(default_factory=list)

    @property
    def stock_crowd(self) -> int:
        """How many come to stock Voilà at once."""
        return 8 if self.quick else PHONES

    @property
    def few(self) -> int:
        """How often to do what takes minutes."""
        return min(1 if self.quick else 2, self.rounds)

    def say(self, text: str) -> None:
        print(f"{time.strftime('%H:%M:%S')}  {text}", file=sys.stderr, flush=True)

    async def crowd(
        self, name: str, system: str, visitors: Sequence[Visitor], within_s: float, *, round: int = 0
    ) -> None:
        """Let visitors come at once, and note how long each took, what failed, and what the bots cost."""
        busy = self._busy_s()
        took = await wave(visitors, within_s)
        self.ledger.add(f"{name}_bots_cpu_s", system, self._busy_s() - busy, round=round)
        arrived = [
            (visitor, seconds)
            for visitor, seconds in zip(visitors, took, strict=True)
            if isinstance(seconds, float)
        ]
        faults = [fault for fault in took if isinstance(fault, BaseException)]
        for visitor, seconds in arrived:
            who = "chromium" if isinstance(visitor, Tab) else "bot"
            self.ledger.add(f"{name}_s", system, seconds, round=round, who=who)
            if who == "chromium" and len(visitors) > 1:
                self.ledger.add(f"{name}_chromium_s", system, seconds, round=round)
        self.ledger.add(f"{name}_errors", system, len(faults), round=round)
        self.ledger.faults += [f"{system}, {name}: {fault!r}" for fault in faults]
        last = max((seconds for _, seconds in arrived), default=float("nan"))
        self.say(f"{system}: {name}, {len(visitors)} came, the last after {last:.2f} s, {len(faults)} errors")

    def _busy_s(self) -> float:
        """Give the seconds of processor time that the bots took so far."""
        return time.process_time() + sum(sum(one.cpu_times()[:2]) for one in self.helpers)

    def weigh(self, name: str, system: str, process: psutil.Process, *, round: int = 0) -> float:
        """Note the memory of a process; gives its share."""
        found = memory.of(process.pid)
        self.ledger.add(f"{name}_private_mb", system, found.private_dirty, round=round, who=str(process.pid))
        self.ledger.add(f"{name}_share_mb", system, found.share, round=round, who=str(process.pid))
        return found.share
