"""What befalls phones in a room, every few seconds one of them: always the same for the same seed."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

from workshopkit.bots.device import Device

__all__ = ["KINDS", "befall"]

_SHORT_S, _LONG_S = (2.0, 8.0), (15.0, 40.0)


async def _lose(phone: Device, _: random.Random) -> None:
    phone.lose()


async def _reload(phone: Device, _: random.Random) -> None:
    await phone.reload()


async def _crash(phone: Device, _: random.Random) -> None:
    await phone.reload(says_so=False)


async def _lock(phone: Device, draw: random.Random) -> None:
    await phone.lock(draw.uniform(*_SHORT_S))


async def _vanish(phone: Device, draw: random.Random) -> None:
    """Be away long, and come back with a page that the phone had to throw away meanwhile."""
    await phone.reload(says_so=False)
    await phone.lock(draw.uniform(*_LONG_S))


_DO: Mapping[str, Callable[[Device, random.Random], Coroutine[Any, Any, None]]] = {
    "lost": _lose,
    "reloaded": _reload,
    "crashed": _crash,
    "locked": _lock,
    "vanished": _vanish,
}
KINDS = tuple(_DO)
_OFTEN = (4, 2, 1, 2, 1)


async def befall(phones: Sequence[Device], *, every_s: float, seed: int = 0) -> None:
    """Let something befall one phone every few seconds, until cancelled; those that are away are left alone.

    Parameters
    ----------
    phones
        All phones of the room.
    every_s
        The mean number of seconds between two.
    seed
        The same seed draws the same things.
    """
    draw = random.Random(seed)  # noqa: S311 - a simulation
    async with asyncio.TaskGroup() as group:
        while True:
            await asyncio.sleep(draw.expovariate(1 / every_s))
            phone, (kind,) = draw.choice(phones), draw.choices(KINDS, _OFTEN)
            if phone.is_up:
                phone.tally.befell[kind] += 1
                group.create_task(_DO[kind](phone, draw))
