"""Visitors that all come at the same moment, and how long each takes.

An arrival ends when every widget's state is in the browser and a first tap has come back from the kernel: stored and
acknowledged in a room of ours, echoed by stock Voilà.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

from rooms import Room

from workshopkit.bots.client import Browser, Page
from workshopkit.network.actors import Definition
from workshopkit.store import Workshop

__all__ = ["Phone", "Visitor", "phones", "wave"]


class Visitor(Protocol):
    """Somebody who opens a page."""

    async def arrive(self) -> float:
        """Open the page and tap once; gives the seconds that it took, by the visitor's own clock."""

    async def leave(self) -> None:
        """Close the page, as a browser does."""


class Phone:
    """A bot at our door: form, cookie, page, websocket, states, a first tap stored."""

    def __init__(self, room: Room, workshop: Workshop, seat: str, told: str) -> None:
        self.seat = seat
        self.page: Page | None = None
        self._browser = Browser(room.url)
        self._code = workshop.code
        self._told = told

    async def arrive(self) -> float:
        began = time.monotonic()
        await self.join()
        await self.tap(self._told)
        return time.monotonic() - began

    async def join(self) -> Page:
        page = await self._browser.join(self._code, self.seat)
        self.page = await page.connect()
        return self.page

    async def again(self) -> Page:
        """Load the page anew."""
        await self.leave()
        self.page = None
        self.page = await (await self._browser.open("/")).connect()
        return self.page

    async def tap(self, told: str, answer: str = "yes") -> int:
        """Say whom we told; gives the number under which it is stored."""
        return await self.send("told", {"to": told, "answer": answer, "expected": None})

    async def send(self, kind: str, payload: dict[str, object]) -> int:
        """Send an answer and wait until it is stored."""
        assert self.page is not None
        answer = await self.page.send(kind, payload)
        if answer["type"] != "stored":
            raise RuntimeError(f"{kind} was {answer['type']}: {answer.get('message')}")
        return int(answer["seq"])

    async def leave(self) -> None:
        if self.page is None:
            return
        config = self.page.config
        with suppress(OSError):
            await self._browser.fetch(f"/bye/{config['kernelId']}", {"_xsrf": config["xsrf"]})
        await self.page.close()


def phones(room: Room, workshop: Workshop, definition: Definition, count: int) -> list[Phone]:
    """Give phones for all seats in turn; each begins with another row."""
    seats = [seat.id for seat in definition.seats]
    places = [actor.id for actor in definition.actors]
    made = []
    for number in range(count):
        seat = seats[number % len(seats)]
        others = [place for place in places if place != seat]
        made.append(Phone(room, workshop, seat, others[number // len(seats) % len(others)]))
    return made


async def wave(visitors: Sequence[Visitor], within_s: float) -> list[float | BaseException]:
    """Let all visitors come at once; gives what each took, or what went wrong, in their order."""
    began = time.monotonic()

    async def one(visitor: Visitor) -> float:
        waited = time.monotonic() - began
        async with asyncio.timeout(within_s):
            return waited + await visitor.arrive()

    return await asyncio.gather(*(one(visitor) for visitor in visitors), return_exceptions=True)
