"""From a tap on a phone to the big screen, in a room where everybody is in and taps on.

A tap is "this is everyone" (the one that makes a team ready) or a correction afterwards. It begins when the phone sends
it, so the commit is part of it. It ends (a) when a bot that has the big screen's websocket open gets a state that holds
it, and (b), for corrections, when the list of lines in the page of a real Chromium has changed.
"""

from __future__ import annotations

import asyncio
import random
import time
from bisect import bisect_left
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from arrivals import Phone, phones
from playwright.async_api import Browser as Chromium
from rooms import Room

from workshopkit.bots.client import Browser, Page
from workshopkit.network.actors import Definition
from workshopkit.room import simulated

__all__ = ["Tap", "taps", "until_ready"]

_EVERY_S = 7.5  # a phone's own pace: a room that is busier than one that thinks and talks
_CLOSING_S = 12.0
_SETTLE_S = 10.0
_JOIN_S = 120.0
_SCREEN = {"width": 1280, "height": 800}
_WALL = Path(__file__).with_name("wall.js").read_text(encoding="utf-8").rstrip().rstrip(";")


@dataclass
class Tap:
    """One tap and what became of it, in seconds after it was sent; None if it never came."""

    kind: str
    line: str
    sent: float = field(default_factory=time.monotonic)
    sent_epoch: float = field(default_factory=time.time)
    seq: int = 0
    stored_s: float = 0.0
    wall_s: float | None = None
    screen_s: float | None = None


class _Wall:
    """A bot that looks at the big screen."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.seqs: list[int] = []
        self.times: list[float] = []

    async def watch(self) -> None:
        seq = -1
        while True:
            state = await self._page.until(lambda state: state.get("seq", 0) > seq)  # noqa: B023 - read at once
            seq = state["seq"]
            self.seqs.append(seq)
            self.times.append(time.monotonic())

    async def holds(self, seq: int) -> None:
        await self._page.until(lambda state: state.get("seq", 0) >= seq)

    def saw(self, tap: Tap) -> float | None:
        at = bisect_left(self.seqs, tap.seq)
        return self.times[at] - tap.sent if at < len(self.seqs) else None


class _Rows:
    """Which rows of question 1 a phone corrects: each belongs to one phone, so that no two of a team quarrel."""

    def __init__(self, definition: Definition, everybody: list[Phone], told: set[tuple[str, str]]) -> None:
        self._told = told
        self._turn: dict[int, list[str]] = {}
        by_seat: dict[str, list[Phone]] = {}
        for phone in everybody:
            by_seat.setdefault(phone.seat, []).append(phone)
        for seat, team in by_seat.items():
            others = [actor.id for actor in definition.actors if actor.id != seat]
            first, *rest = team
            said = [to for to in others if (seat, to) in told]
            free = [to for to in others if (seat, to) not in told]
            for number, phone in enumerate(rest):
                self._turn[id(phone)] = free[number :: len(rest)]
            self._turn[id(first)] = said if rest else others
        self._labels = {actor.id: actor.label for actor in definition.actors}

    def next(self, phone: Phone) -> tuple[str, str, str]:
        """Give the next row of a phone: to whom, the other answer, and the line's name on the big screen."""
        turn = self._turn[id(phone)]
        to = turn.pop(0)
        turn.append(to)
        line = (phone.seat, to)
        answer = "no" if line in self._told else "yes"
        self._told ^= {line}
        return to, answer, ">".join(self._labels[end] for end in line)

    def has(self, phone: Phone) -> bool:
        return bool(self._turn[id(phone)])


async def taps(room: Room, chromium: Chromium, *, count: int, seconds: float) -> list[Tap]:
    """Fill a room, answer act 02, tap on for a while, and at last all at the same moment."""
    workshop, definition = room.workshop(map_shown=True)
    everybody = phones(room, workshop, definition, count)
    screen = await chromium.new_context(viewport=_SCREEN, locale="nl-NL")
    wall_page = await (await Browser(room.url).open(room.enter_path(workshop, "wall"))).connect()
    wall = _Wall(wall_page)
    watching = asyncio.create_task(wall.watch())
    try:
        page = await screen.new_page()
        await page.add_init_script(f"({_WALL})()")
        await page.goto(room.url + room.enter_path(workshop, "wall"))
        await page.locator(".map").first.wait_for(timeout=60_000)
        await _all_in(everybody)
        found = await _closing(definition, everybody)
        told = {
            (seat.id, payload["to"])
            for seat in definition.seats
            for kind, payload in simulated.answers(definition, seat.id)
            if kind == "told"
        }
        rows = _Rows(definition, everybody, told)
        found += await _correcting(rows, everybody, seconds)
        await wall.holds(max(tap.seq for tap in found))
        found += await _at_once(rows, everybody)
        with suppress(TimeoutError):
            async with asyncio.timeout(_SETTLE_S):
                await wall.holds(max(tap.seq for tap in found))
                await _still(page)
        log = await page.evaluate("window.log")
    finally:
        watching.cancel()
        await asyncio.gather(*(phone.leave() for phone in everybody), wall_page.close())
        await screen.close()
    for tap in found:
        tap.wall_s = wall.saw(tap)
        tap.screen_s = _on_screen(tap, log) if tap.kind != "ready" else None
    return found


async def _all_in(everybody: list[Phone]) -> None:
    async with asyncio.timeout(_JOIN_S):
        await asyncio.gather(*(phone.join() for phone in everybody))


async def _closing(definition: Definition, everybody: list[Phone]) -> list[Tap]:
    """Let the first phone of every seat answer, each at a moment of its own."""
    draw = random.Random(1)  # noqa: S311 - a pace, no secret

    async def one(phone: Phone) -> Tap:
        *before, (_, payload) = until_ready(definition, phone.seat)
        for kind, said in before:
            await phone.send(kind, said)
        await asyncio.sleep(draw.uniform(0, _CLOSING_S))
        return await _timed(Tap("ready", phone.seat), phone.send("list.closed", payload))

    return list(await asyncio.gather(*(one(phone) for phone in everybody[: len(definition.seats)])))


def until_ready(definition: Definition, seat: str) -> list[tuple[str, dict[str, Any]]]:
    """Give what a simulated colleague answers to both questions, "this is everyone" included."""
    answers = simulated.answers(definition, seat)
    return answers[: answers.index(("list.closed", {"list": "heard"})) + 1]


async def _correcting(rows: _Rows, everybody: list[Phone], seconds: float) -> list[Tap]:
    """Let every phone correct a row now and then."""
    draw = random.Random(2)  # noqa: S311 - likewise
    until = time.monotonic() + seconds

    async def one(phone: Phone) -> list[Tap]:
        made: list[Tap] = []
        while rows.has(phone):
            await asyncio.sleep(draw.uniform(0.1, 2 * _EVERY_S))
            if time.monotonic() > until:
                break
            made.append(await _correct(rows, phone, "correction"))
        return made

    return [tap for made in await asyncio.gather(*(one(phone) for phone in everybody)) for tap in made]


async def _at_once(rows: _Rows, everybody: list[Phone]) -> list[Tap]:
    ready = [phone for phone in everybody if rows.has(phone)]
    return list(await asyncio.gather(*(_correct(rows, phone, "at once") for phone in ready)))


async def _correct(rows: _Rows, phone: Phone, kind: str) -> Tap:
    to, answer, line = rows.next(phone)
    return await _timed(Tap(kind, line), phone.tap(to, answer))


async def _timed(tap: Tap, storing: Any) -> Tap:
    tap.seq = await storing
    tap.stored_s = time.monotonic() - tap.sent
    return tap


async def _still(page: Any) -> None:
    """Wait until the screen has not changed for a second."""
    length = -1
    while (now := await page.evaluate("window.log.length")) != length:
        length = now
        await asyncio.sleep(1)


def _on_screen(tap: Tap, log: list[tuple[float, str, str | None]]) -> float | None:
    after = (
        at / 1000 - tap.sent_epoch for at, line, _ in log if line == tap.line and at / 1000 >= tap.sent_epoch
    )
    return next(after, None)
