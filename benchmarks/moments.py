"""From the facilitator's tap on *Next* to thirty phones, through all moments of an afternoon.

A change begins when the cockpit sends it, so the commit is part of it. It ends (a) on a bot's phone when its websocket
has brought the new moment, and (b) on a real Chromium phone when the text of its page has changed. *Redraw* is the part
of (b) after the message has reached the page.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path

from arrivals import Phone, phones
from browser import phone
from playwright.async_api import Browser as Chromium
from rooms import Room

from workshopkit.bots.client import Browser
from workshopkit.room.fold import fold
from workshopkit.room.program import Moment

__all__ = ["Change", "changes"]

_WITHIN_S = 30.0
_JOIN_S = 120.0
_BETWEEN_S = 1.5  # longer than a page's pause between two messages
_MOMENTS = Path(__file__).with_name("moments.js").read_text(encoding="utf-8").rstrip().rstrip(";")


@dataclass
class Change:
    """One tap on *Next*, and what became of it, in seconds after it was sent; `text_s` is None if no text changed."""

    moment: Moment
    stored_s: float = 0.0
    heard_s: list[float] = field(default_factory=list)
    text_s: float | None = None
    redraw_s: float | None = None


async def changes(room: Room, chromium: Chromium, *, count: int) -> list[Change]:
    """Fill a room, the last of them a real browser, and open moment after moment."""
    workshop, definition = room.workshop()
    *everybody, last = phones(room, workshop, definition, count)
    cockpit = await (await Browser(room.url).open(room.enter_path(workshop, "cockpit"))).connect()
    context = await phone(chromium)
    found = []
    try:
        page = await context.new_page()
        await page.add_init_script(f"({_MOMENTS})()")
        await page.goto(f"{room.url}/j/{workshop.code}")
        await page.locator(f'.choice[value="{last.seat}"]').click()
        await page.locator("html[data-ready=yes]").wait_for(timeout=60_000)
        async with asyncio.timeout(_JOIN_S):
            await asyncio.gather(*(one.join() for one in everybody))
        for moment in fold(()).program.moments:
            await asyncio.sleep(_BETWEEN_S)
            change = Change(moment)
            before = await page.evaluate("window.log.length")
            began, began_epoch = time.monotonic(), time.time()
            waiting = [asyncio.create_task(_heard(one, moment, began)) for one in everybody]
            answer = await cockpit.send("act.opened", {"act": moment.act, "part": moment.part}, act=None)
            change.stored_s = time.monotonic() - began
            if answer["type"] != "stored":
                raise RuntimeError(f"{moment} was {answer['type']}: {answer.get('message')}")
            async with asyncio.timeout(_WITHIN_S):
                change.heard_s = list(await asyncio.gather(*waiting))
            await asyncio.sleep(_BETWEEN_S)
            if new := (await page.evaluate("window.log"))[before:]:
                at, after = new[0]
                change.text_s, change.redraw_s = at / 1000 - began_epoch, after / 1000
            found.append(change)
    finally:
        await asyncio.gather(*(one.leave() for one in everybody), cockpit.close())
        await context.close()
    return found


async def _heard(one: Phone, moment: Moment, began: float) -> float:
    assert one.page is not None
    await one.page.until(lambda state: (state.get("act"), state.get("part")) == (moment.act, moment.part))
    return time.monotonic() - began
