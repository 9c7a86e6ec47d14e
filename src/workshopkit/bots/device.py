"""A browser that keeps a page open: it comes back after every lost connection, and loses no answer.

As the real page does (``frontend/src/page.js``, ``outbox.js``): an answer has a number of its own and waits here until
the door has said what became of it; a page whose connection went asks whether its kernel is still there, else it opens
anew; what waits is sent again.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

from workshopkit.bots.client import TROUBLE, Browser, Page
from workshopkit.bots.tally import Tally, Tap
from workshopkit.errors import NoKernel

__all__ = ["Device"]

_ASK_S = 1.0
_OPEN_S = 10.0
_LATER_S = 3.0
_LATELY = 60
_OK = 200
Opening = Callable[[], Awaitable[Page]]


class Device:
    """A phone or a laptop with one page.

    Parameters
    ----------
    browser
        Its cookies.
    tally
        Where it writes down what happens.
    number, seat
        Who it is.
    home
        The page that it opens anew.
    """

    def __init__(
        self, browser: Browser, tally: Tally, *, number: int = 0, seat: str = "", home: str = "/"
    ) -> None:
        self.browser = browser
        self.tally = tally
        self.number = number
        self.seat = seat
        self.page: Page | None = None
        self.participant = ""
        self._home = home
        self._waiting: dict[str, tuple[Tap, asyncio.Future[dict[str, Any]]]] = {}
        self._flying: dict[str, asyncio.Task[None]] = {}
        self._lately: list[Tap] = []
        self._origin: object = None
        self._awake = asyncio.Event()
        self._awake.set()
        self._up = asyncio.Condition()
        self._staying: asyncio.Task[None] | None = None
        self._draw = random.Random(number)  # noqa: S311 - a simulation

    # Coming and going -----------------------------------------------------------------------------------------

    async def begin(self, opening: Opening) -> None:
        """Open the page for the first time, and keep it open from then on."""
        self.page = await (await opening()).connect()
        self.participant = self.page.config["seat"]
        self._staying = asyncio.create_task(self._stay())

    async def end(self) -> None:
        """Close the page for good, as a browser does."""
        for task in (self._staying, *self._flying.values()):
            if task is not None:
                task.cancel()
        if self.page is not None:
            with suppress(*TROUBLE):
                await self.page.say_goodbye()
            await self.page.close()

    def lose(self) -> None:
        """Lose the connection without a word."""
        if self.page is not None:
            self.page.drop()

    async def reload(self, *, says_so: bool = True) -> None:
        """Open the page anew, as after a reload, or after a browser that crashed and so said nothing."""
        page, self.page = self.page, None
        if page is not None:
            with suppress(*TROUBLE):
                if says_so:
                    await page.say_goodbye()
            page.drop()

    async def lock(self, seconds: float) -> None:
        """Lie in a pocket for a while: the page is hidden, its connection goes, and nobody taps."""
        self._awake.clear()
        with suppress(*TROUBLE):
            if self.page is not None:
                await self.page.message({"type": "hidden", "hidden": True})
        self.lose()
        try:
            await asyncio.sleep(seconds)
        finally:
            self._awake.set()

    @property
    def is_up(self) -> bool:
        """Tell whether the page is open and connected."""
        return self.page is not None and not self.page.ended.is_set()

    @property
    def is_waiting(self) -> bool:
        """Tell whether there is an answer of which the door has not said what became of it."""
        return bool(self._waiting)

    async def _stay(self) -> None:
        while True:
            await self._greet()
            page = self.page
            if page is not None:
                await page.ended.wait()
            lost = time.monotonic()
            await self._awake.wait()
            await self._back()
            self.tally.away_s.append(time.monotonic() - lost)

    async def _greet(self) -> None:
        """Say on a new connection what the page says, and send what waits."""
        with suppress(*TROUBLE):
            if self.page is not None:
                await self.page.message({"type": "hidden", "hidden": False})
                await self.page.message({"type": "resync"})
        self._follow(self.state.get("origin"))
        for tap in sorted((tap for tap, _ in self._waiting.values()), key=lambda tap: tap.began):
            self._send(tap)
        async with self._up:
            self._up.notify_all()

    def _follow(self, origin: object) -> None:
        """Send again what was stored lately, if this is the store of a room that goes on from a copy."""
        if self._origin not in {None, origin}:
            for tap in self._lately:
                if tap.id not in self._waiting:
                    self._waiting[tap.id] = tap, asyncio.get_running_loop().create_future()
        self._origin = origin

    async def _back(self) -> None:
        """Try until the page is there again: with the kernel that it had, or with a new one."""
        while True:
            try:
                page = await self._again()
                async with asyncio.timeout(_OPEN_S):
                    self.page = await page.connect()
            except TROUBLE:
                await asyncio.sleep(_ASK_S * self._draw.uniform(0.5, 1.5))
            else:
                return

    async def _again(self) -> Page:
        if self.page is not None:
            reply = await self.browser.fetch(f"/api/kernels/{self.page.config['kernelId']}")
            if reply.code == _OK:
                return Page(self.browser, self.page.config)
        return await self.browser.open(self._home)

    # What a team sees and says --------------------------------------------------------------------------------

    @property
    def state(self) -> Mapping[str, Any]:
        """What the page shows; nothing while it is not there."""
        return self.page.state if self.page is not None else {}

    async def until(self, test: Any) -> Mapping[str, Any]:
        """Wait until the state passes a test, over all reconnections; gives the state."""
        while True:
            await self._awake.wait()
            async with self._up:
                await self._up.wait_for(lambda: self.is_up)
            with suppress(NoKernel):
                assert self.page is not None  # noqa: S101 - it is up
                return await self.page.until(test)

    async def send(self, kind: str, payload: dict[str, Any], *, act: str | None = "lines") -> dict[str, Any]:
        """Tap once; gives the door's last word on it, however often it must be sent."""
        await self._awake.wait()
        tap = Tap(self.number, self.seat, kind, payload, act)
        self.tally.taps.append(tap)
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[tap.id] = tap, answer
        if self.is_up:
            self._send(tap)
        return await answer

    def _send(self, tap: Tap) -> None:
        before = self._flying.pop(tap.id, None)
        if before is not None:
            before.cancel()
        self._flying[tap.id] = asyncio.create_task(self._deliver(tap))

    async def _deliver(self, tap: Tap) -> None:
        page = self.page
        while page is not None and not page.ended.is_set():
            tap.sent += 1
            try:
                answer = await page.send(tap.kind, tap.payload, id=tap.id, act=tap.act)
            except TROUBLE:
                return  # the next connection sends it again
            if answer["type"] != "waiting":
                self._settle(tap, answer)
                return
            await asyncio.sleep(_LATER_S)

    def _settle(self, tap: Tap, answer: dict[str, Any]) -> None:
        if answer["type"] == "stored":
            tap.stored_s, tap.seq = time.monotonic() - tap.began, answer["seq"]
            self._lately = [*(one for one in self._lately if one is not tap), tap][-_LATELY:]
        else:
            tap.refused = answer["message"]
        self._flying.pop(tap.id, None)
        _, waiting = self._waiting.pop(tap.id)
        if not waiting.done():
            waiting.set_result(answer)
