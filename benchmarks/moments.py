"""From the facilitator's tap on *Next* to thirty phones: all moments of an afternoon, or all sentences of the reveal.

A change begins when the cockpit sends it, so the commit is part of it. It ends (a) on a bot's phone when its websocket
has brought the new moment, and (b) on a real Chromium phone when the text of its page has changed. *Redraw* is the part
of (b) after the message has reached the page; *figure* is until the figure of the page has changed. Frames are those of
that page, from the tap until it is at rest.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from arrivals import Phone, phones
from browser import phone, slow_down
from latency import until_ready
from playwright.async_api import Browser as Chromium
from rooms import Room

from workshopkit.bots.client import Browser, Page
from workshopkit.network.actors import Definition
from workshopkit.room.fold import fold
from workshopkit.room.program import Moment

__all__ = ["Change", "answer_all", "changes", "open_moment"]

_WITHIN_S = 30.0
_JOIN_S = 120.0
_BETWEEN_S = 1.5  # longer than a page's pause between two messages
_FRAME_MS = 1000 / 60
_MOMENTS = Path(__file__).with_name("moments.js").read_text(encoding="utf-8").rstrip().rstrip(";")


@dataclass
class Change:
    """One tap on *Next*, and what became of it, in seconds after it was sent; None for what did not change.

    ``dropped`` counts the frames that the real phone did not show; ``longest_s`` is the longest frame, if one took
    longer than 50 ms.
    """

    moment: Moment
    sentence: int = 0
    stored_s: float = 0.0
    heard_s: list[float] = field(default_factory=list)
    text_s: float | None = None
    redraw_s: float | None = None
    figure_s: float | None = None
    dropped: int = 0
    longest_s: float | None = None


async def changes(
    room: Room,
    url: str,
    chromium: Chromium,
    *,
    count: int,
    slower: float = 1,
    of_reveal: bool = False,
    asked: list[str] | None = None,
) -> list[Change]:
    """Fill a room, the last of them a real browser, and open moment after moment.

    Parameters
    ----------
    url
        Where the browser finds the room.
    slower
        How many times slower its processor is.
    of_reveal
        Whether the room answers first, and the moments of the reveal are walked sentence by sentence.
    asked
        Gets the address of every request of the browser, websockets included.
    """
    workshop, definition = room.workshop()
    *everybody, last = phones(room, workshop, definition, count)
    cockpit = await (await Browser(room.url).open(room.enter_path(workshop, "cockpit"))).connect()
    context = await phone(chromium)
    found = []
    try:
        page = await context.new_page()
        await slow_down(await context.new_cdp_session(page), slower)
        if asked is not None:
            page.on("request", lambda request: asked.append(request.url))
            page.on("websocket", lambda socket: asked.append(socket.url))
        await page.add_init_script(f"({_MOMENTS})()")
        await page.goto(f"{url}/j/{workshop.code}")
        await page.locator(f'.choice[value="{last.seat}"]').click()
        await page.locator("html[data-ready=yes]").wait_for(timeout=60_000)
        async with asyncio.timeout(_JOIN_S):
            await asyncio.gather(*(one.join() for one in everybody))
        if of_reveal:
            await answer_all(definition, everybody)
        async for moment, sentence in _steps(everybody[0], of_reveal=of_reveal):
            await asyncio.sleep(_BETWEEN_S)
            began_epoch = time.time()
            change = await _opened(cockpit, everybody, moment, sentence)
            await asyncio.sleep(_BETWEEN_S)
            _read(change, await page.evaluate("window.log"), 1000 * began_epoch)
            found.append(change)
    finally:
        await asyncio.gather(*(one.leave() for one in everybody), cockpit.close())
        await context.close()
    return found


async def answer_all(definition: Definition, everybody: Sequence[Phone]) -> None:
    """Let the first phone of every seat answer both questions as the simulated colleagues do, and close them."""

    async def one(phone: Phone) -> None:
        for kind, payload in until_ready(definition, phone.seat):
            await phone.send(kind, payload)

    await asyncio.gather(*(one(phone) for phone in everybody[: len(definition.seats)]))


async def open_moment(cockpit: Page, moment: Moment, sentence: int = 0) -> None:
    """Open a moment, or one of its sentences."""
    payload: dict[str, Any] = {"act": moment.act, "part": moment.part}
    answer = await cockpit.send(
        "act.opened", payload | ({"sentence": sentence} if sentence else {}), act=None
    )
    if answer["type"] != "stored":
        raise RuntimeError(f"{moment} was {answer['type']}: {answer.get('message')}")


async def _steps(reader: Phone, *, of_reveal: bool) -> AsyncIterator[tuple[Moment, int]]:
    """Give every moment, or of the reveal's every sentence, as far as a phone has them when it is there."""
    for moment in fold(()).program.moments:
        if of_reveal and moment.act != "silos":
            continue
        yield moment, 0
        if of_reveal and reader.page is not None:
            for sentence in range(1, len(reader.page.state.get("said") or ())):
                yield moment, sentence


async def _opened(cockpit: Page, everybody: Sequence[Phone], moment: Moment, sentence: int) -> Change:
    change = Change(moment, sentence)
    began = time.monotonic()
    waiting = [asyncio.create_task(_heard(one, moment, sentence, began)) for one in everybody]
    await open_moment(cockpit, moment, sentence)
    change.stored_s = time.monotonic() - began
    async with asyncio.timeout(_WITHIN_S):
        change.heard_s = list(await asyncio.gather(*waiting))
    return change


async def _heard(one: Phone, moment: Moment, sentence: int, began: float) -> float:
    assert one.page is not None
    wanted = (moment.act, moment.part, sentence)
    await one.page.until(
        lambda state: (state.get("act"), state.get("part"), state.get("sentence", 0)) == wanted
    )
    return time.monotonic() - began


def _read(change: Change, log: dict[str, list[Any]], began_ms: float) -> None:
    """Read from the log of the page what came after a tap."""
    texts = [(at, after) for at, after in log["texts"] if at >= began_ms]
    figures = [at for at in log["figures"] if at >= began_ms]
    if texts:
        at, after = texts[0]
        change.text_s, change.redraw_s = (at - began_ms) / 1000, after / 1000
    if figures:
        change.figure_s = (figures[0] - began_ms) / 1000
    change.dropped = sum(round(gap / _FRAME_MS) - 1 for at, gap in log["frames"] if at >= began_ms)
    change.longest_s = max((took / 1000 for at, took in log["long"] if at >= began_ms), default=None)
