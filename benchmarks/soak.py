"""Eight hours of a room that goes on and on, in minutes, to see whether any process grows that should not.

Bots answer as often in all as people do in eight hours, and the facilitator opens as many moments; only the pauses are
shorter. In the first half hour she opens every moment once: what a page learns with it then is no growth. Half of the phones stay on one page all the time; the other half, as phones do that are locked and come back,
load it anew every half hour. Wall and cockpit stay open. Memory is private (``Private_Dirty``).
"""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

import memory
import psutil
from arrivals import Phone, phones
from rooms import Room

from workshopkit.bots.client import TROUBLE, Browser
from workshopkit.network.actors import Definition
from workshopkit.room.events import ANSWERABLE, MARKS
from workshopkit.room.fold import fold

__all__ = ["HOURS", "Worn", "worn"]

HOURS = 8.0
_SETTLED_H = 0.5
_TAPS_AN_HOUR = 40  # of a phone; an afternoon of three hours has some seventy
_MOMENTS_AN_HOUR = 12
_RELOADS_AN_HOUR = 2
_LOOKS_AN_HOUR = 20
_JOIN_S = 120.0


@dataclass
class Worn:
    """What was seen: by process the megabytes at each look, and what went wrong."""

    megabytes: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    taps: int = 0
    refused: int = 0
    faults: int = 0

    def growth(self, name: str) -> float:
        """Give the megabytes by which a process has grown since the first half hour."""
        looks = self.megabytes[name]
        early = [mb for hour, mb in looks if _SETTLED_H <= hour < 2 * _SETTLED_H]
        late = [mb for hour, mb in looks if hour >= HOURS - _SETTLED_H]
        return statistics.median(late) - statistics.median(early)


async def worn(room: Room, *, count: int, seconds: float) -> Worn:
    """Let a room go on for eight hours, in so many seconds."""
    workshop, definition = room.workshop(map_shown=True)
    everybody = phones(room, workshop, definition, count)
    found = Worn()
    hour_s = seconds / HOURS
    wall = await (await Browser(room.url).open(room.enter_path(workshop, "wall"))).connect()
    cockpit = await (await Browser(room.url).open(room.enter_path(workshop, "cockpit"))).connect()
    staying, coming = everybody[::2], everybody[1::2]
    try:
        async with asyncio.timeout(_JOIN_S):
            await asyncio.gather(*(one.join() for one in staying))
        kept = memory.holding(room.kernels(), room.database)
        async with asyncio.timeout(_JOIN_S):
            await asyncio.gather(*(one.join() for one in coming))
        began = time.monotonic()
        work: list[Callable[[], Awaitable[None]]] = [
            *(_taps(one, definition, found, hour_s) for one in everybody),
            *(_reloads(one, number, found, hour_s) for number, one in enumerate(coming)),
            _leads(cockpit, found, hour_s),
            _looks(room, kept, found, began, hour_s),
        ]
        tasks = [asyncio.create_task(one()) for one in work]
        try:
            done, _ = await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_EXCEPTION)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    finally:
        await asyncio.gather(*(one.leave() for one in everybody), wall.close(), cockpit.close())
    return found


def _taps(one: Phone, definition: Definition, found: Worn, hour_s: float) -> Callable[[], Awaitable[None]]:
    draw = random.Random(one.seat)  # noqa: S311 - a pace
    others = [actor.id for actor in definition.actors if actor.id != one.seat]

    async def work() -> None:
        while True:
            await asyncio.sleep(hour_s / _TAPS_AN_HOUR * draw.uniform(0.2, 1.8))
            page = one.page
            if page is None:
                continue
            kind, payload = _answer(page.state, others, draw)
            if not kind:
                continue
            try:
                async with asyncio.timeout(30):
                    answer = await page.send(kind, payload, act=page.state.get("act"))
            except TROUBLE:
                continue  # it has just loaded its page anew
            except TimeoutError:
                found.faults += 1
                continue
            found.taps += 1
            found.refused += answer["type"] == "refused"

    return work


def _answer(
    state: dict[str, object], others: list[str], draw: random.Random
) -> tuple[str, dict[str, object]]:
    """Give something that may be said at this moment; nothing where nothing is asked."""
    act, part = state.get("act"), state.get("part")
    for kind in ("told", "guessed"):
        parts = ANSWERABLE[kind].get(str(act), ())
        if parts is None or part in parts:
            if kind == "guessed":
                return kind, {"tenths": draw.randrange(11)}
            return kind, {"to": draw.choice(others), "answer": draw.choice(("yes", "no")), "expected": None}
    card = state.get("card")
    if act == "case" and isinstance(card, dict):
        return "case.marked", {"card": card["id"], "mark": draw.choice(MARKS)}
    return "", {}


def _reloads(one: Phone, number: int, found: Worn, hour_s: float) -> Callable[[], Awaitable[None]]:
    draw = random.Random(number)  # noqa: S311 - a pace

    async def work() -> None:
        while True:
            await asyncio.sleep(hour_s / _RELOADS_AN_HOUR * draw.uniform(0.6, 1.4))
            try:
                await one.again()
            except TROUBLE:
                found.faults += 1

    return work


def _leads(cockpit: object, found: Worn, hour_s: float) -> Callable[[], Awaitable[None]]:
    async def work() -> None:
        moments = fold(()).program.moments
        pause = _SETTLED_H * hour_s / len(moments)
        while True:
            for moment in moments:
                answer = await cockpit.send(  # type: ignore[attr-defined]
                    "act.opened", {"act": moment.act, "part": moment.part}, act=None
                )
                found.faults += answer["type"] != "stored"
                await asyncio.sleep(pause)
            pause = hour_s / _MOMENTS_AN_HOUR

    return work


def _looks(
    room: Room, kept: list[psutil.Process], found: Worn, began: float, hour_s: float
) -> Callable[[], Awaitable[None]]:
    async def work() -> None:
        while True:
            hour = (time.monotonic() - began) / hour_s
            for name, megabytes in await asyncio.to_thread(_look, room, kept):
                found.megabytes.setdefault(name, []).append((hour, megabytes))
            await asyncio.sleep(hour_s / _LOOKS_AN_HOUR)

    return work


def _look(room: Room, kept: list[psutil.Process]) -> list[tuple[str, float]]:
    seen = [(name, memory.of(room.process(name).pid).private_dirty) for name in room.names]
    pages = []
    for kernel in kept:
        with suppress(OSError, psutil.Error):
            pages.append(memory.of(kernel.pid).private_dirty)
    return [*seen, ("pages", statistics.median(pages)), ("page_worst", max(pages))]
