"""How fast a team plays: it reads, talks, taps at a human pace, or at once.

The pace is fixed, so that texts and taps decide how long an act takes: 180 words a minute, 1.5 s a tap, 8 s of talk a
tapped row, 20 s a question, give or take 30 %, a slow team 1.6 times as long.
"""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

__all__ = ["Pace", "Spent"]

_WORDS_A_SECOND = 3.0
_TAP_S, _ROW_S, _QUESTION_S = 1.5, 8.0, 20.0
_SPREAD = 0.3


@dataclass
class Spent:
    """What a part of the afternoon asked: seconds at the pace of people, whatever the factor, with talk; and taps."""

    seconds: float = 0.0
    taps: int = 0


class Pace:
    """How long a team takes over things.

    Parameters
    ----------
    factor
        0 for at once, 1 for people.
    slow
        How many times slower than others the team is, at any pace.
    seed
        The same seed gives the same pauses.
    talks
        Whether the team talks about a row before it taps; talk that is left out counts as `spent` all the same.
    sleep
        Waits; tests pass in their own.
    """

    def __init__(
        self,
        factor: float,
        *,
        slow: float = 1.0,
        seed: int = 0,
        talks: bool = True,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._factor = factor
        self._slow = slow
        self._talks = talks
        self._draw = random.Random(seed)  # noqa: S311 - a simulation
        self._sleep = sleep
        self._block: str | None = None
        self.spent: defaultdict[str | None, Spent] = defaultdict(Spent)

    @property
    def taps(self) -> int:
        """How often it has tapped."""
        return sum(one.taps for one in self.spent.values())

    def at(self, block: str | None) -> None:
        """Note the part of the afternoon that what follows belongs to."""
        self._block = block

    async def read(self, words: int) -> None:
        """Read a text."""
        await self._wait(words / _WORDS_A_SECOND)

    async def question(self) -> None:
        """Think about a question."""
        await self._wait(_TAP_S, _QUESTION_S - _TAP_S)

    async def tap(self, *, talk: bool = False) -> None:
        """Tap, after a talk when a row asks for one."""
        self.spent[self._block].taps += 1
        await self._wait(_TAP_S, _ROW_S if talk else 0.0)

    async def _wait(self, seconds: float, talk: float = 0.0) -> None:
        drawn = self._slow * self._draw.uniform(1 - _SPREAD, 1 + _SPREAD)
        self.spent[self._block].seconds += drawn * (seconds + talk)
        if self._factor > 0:
            await self._sleep(self._factor * drawn * (seconds + (talk if self._talks else 0.0)))
