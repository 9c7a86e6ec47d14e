"""Visitors in a real browser (Debian's Chromium), with the way out to the internet shut."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from playwright.async_api import Browser as Chromium
from playwright.async_api import BrowserContext, CDPSession, Error, Page, async_playwright

__all__ = ["AGAIN", "STOCK", "Step", "Tab", "chromium", "first_visit", "phone", "slow_down"]

_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
_PHONE = {"width": 390, "height": 844}
_HASTY = Path(__file__).with_name("hasty.js").read_text(encoding="utf-8").rstrip().rstrip(";")

Step = dict[str, Any]
AGAIN: tuple[Step, ...] = (
    {"name": "row", "selector": ".row-name[aria-pressed=false]", "tap": True},
    {"name": "sent", "selector": ".saving-waiting"},
    {"name": "done", "selector": ".saving-stored"},
)
STOCK: tuple[Step, ...] = (
    {"name": "row", "selector": ".widget-toggle-button", "tap": True},
    {"name": "done", "selector": ".count", "text": "^1"},
)


def first_visit(seat: str) -> tuple[Step, ...]:
    """Give the steps of who joins: tap the team, tap the first row, wait until it is stored."""
    return ({"name": "join", "selector": f'.choice[value="{seat}"]', "tap": True}, *AGAIN)


@asynccontextmanager
async def chromium() -> AsyncIterator[Chromium]:
    """Run a browser until the block ends."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        raise SystemExit("no Chromium here: apt-get install chromium")
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(
            executable_path=path, args=_ARGS, handle_sigint=False, handle_sigterm=False
        )
        try:
            yield launched
        finally:
            with suppress(Error):
                await launched.close()


async def slow_down(session: CDPSession, times: float) -> None:
    """Make the processor of a page that many times slower."""
    if times > 1:
        await session.send("Emulation.setCPUThrottlingRate", {"rate": times})


async def phone(browser: Chromium) -> BrowserContext:
    """Give a context as a phone has it, with an empty cache."""
    return await browser.new_context(viewport=_PHONE, locale="nl-NL")


class Tab:
    """One page: a visitor that takes the given steps.

    Parameters
    ----------
    browser
        A browser, for a context with an empty cache; or a context, for one that was here before.
    url
        Where it begins.
    steps
        See ``hasty.js``; the last one is the end of the arrival.
    within_s
        How long it may take.
    slower
        How many times slower its processor is.
    """

    def __init__(
        self,
        browser: Chromium | BrowserContext,
        url: str,
        steps: Sequence[Step],
        within_s: float,
        *,
        slower: float = 1,
    ) -> None:
        self._browser = browser
        self._url = url
        self._steps = steps
        self._within_ms = 1000 * within_s
        self._slower = slower
        self._page: Page | None = None
        self._cached: set[str] = set()
        self._asked: list[tuple[str, str]] = []
        self._context: BrowserContext | None = None
        self.marks: dict[str, float] = {}

    async def arrive(self) -> float:
        if isinstance(self._browser, BrowserContext):
            self._context = self._browser
        else:
            self._context = await phone(self._browser)
        self._page = await self._context.new_page()
        await self._page.add_init_script(f"({_HASTY})({json.dumps(self._steps)})")
        await self._count(self._page)
        began = time.time()
        await self._page.goto(self._url, wait_until="commit", timeout=self._within_ms)
        last = self._steps[-1]["name"]
        try:
            await self._page.wait_for_function(
                "name => window.marks && name in window.marks", arg=last, timeout=self._within_ms
            )
        except Error as fault:
            shown = await self._page.evaluate(
                "[location.pathname, document.readyState, Object.keys(window.marks ?? {}), document.body?.innerText]"
            )
            raise RuntimeError(f"{last!r} never came; the page shows {str(shown)[:500]}") from fault
        self.marks = await self._page.evaluate("window.marks")
        self.marks["begin"] = 1000 * began
        return self.seconds("begin", last)

    def seconds(self, start: str, end: str) -> float:
        """Give the time between two marks."""
        return (self.marks[end] - self.marks[start]) / 1000

    def requests(self) -> tuple[int, int]:
        """Give how many requests went to the server, websockets included, and how many to elsewhere in vain."""
        home = self._url.split("/")[2]
        sent = [url.split("/")[2] for id, url in self._asked if id not in self._cached]
        return sent.count(home), len(sent) - sent.count(home)

    async def leave(self) -> None:
        """Leave the page as somebody who goes elsewhere, so that it can say so."""
        with suppress(Error):
            if self._page is not None:
                await self._page.goto("about:blank")
                await self._page.close()
            if self._context is not None and self._context is not self._browser:
                await self._context.close()

    async def _count(self, page: Page) -> None:
        session = await page.context.new_cdp_session(page)
        await session.send("Network.enable")
        session.on(
            "Network.requestWillBeSent", lambda event: self._note(event["requestId"], event["request"]["url"])
        )
        session.on("Network.webSocketCreated", lambda event: self._note(event["requestId"], event["url"]))
        session.on("Network.requestServedFromCache", lambda event: self._cached.add(event["requestId"]))
        session.on("Network.responseReceived", self._answered)
        await slow_down(session, self._slower)

    def _note(self, id: str, url: str) -> None:
        if url.startswith(("http", "ws")):
            self._asked.append((id, url))

    def _answered(self, event: dict[str, Any]) -> None:
        if event["response"].get("fromDiskCache"):
            self._cached.add(event["requestId"])
