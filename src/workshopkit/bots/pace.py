"""How fast a team plays: it reads, talks, taps at a human pace, or at once.

The pace is fixed, so that texts and taps decide how long an act takes: 180 words a minute, 1.5 s a tap, 8 s of talk a
tapped row, 20 s a question, give or take 30 %, a slow team 1.6 times as long.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

__all__ = ["Pace"]

_WORDS_A_SECOND = 3.0
_TAP_S, _ROW_S, _QUESTION_S = 1.5, 8.0, 20.0
_SPREAD = 0.3


class Pace:
    """How long a team takes over things.

    Parameters
    ----------
    factor
        0 for at once, 1 for people, 1.6 for a slow team.
    seed
        The same seed gives the same pauses.
    sleep
        Waits; tests pass in their own.
    """

    def __init__(
        self, factor: float, *, seed: int = 0, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._factor = factor
        self._draw = random.Random(seed)  # noqa: S311 - a simulation
        self._sleep = sleep
        self.taps = 0

    async def read(self, words: int) -> None:
        """Read a text."""
        await self._wait(words / _WORDS_A_SECOND)

    async def question(self) -> None:
        """Think about a question."""
        await self._wait(_QUESTION_S)

    async def tap(self, *, talk: bool = False) -> None:
        """Tap, after a talk when a row asks for one."""
        self.taps += 1
        await self._wait(_TAP_S + (_ROW_S if talk else 0.0))

    async def _wait(self, seconds: float) -> None:
        if self._factor > 0:
            await self._sleep(seconds * self._factor * self._draw.uniform(1 - _SPREAD, 1 + _SPREAD))
