"""What is measured, by the name that ``--only`` takes: in our rooms, and at stock Voilà."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import latency
import learner as learners
import memory
import moments
import psutil
from arrivals import Visitor, phones, wave
from browser import AGAIN, STOCK, Step, Tab, first_visit, phone
from playwright.async_api import Browser as Chromium
from report import LEAN, NO_FORK, OURS, USUAL, Ledger
from rooms import Room, Stock, our_room, stock_voila
from stock import Reader
from wire import wire

__all__ = ["STEPS", "Run"]

_NOTEBOOKS = Path(__file__).with_name("notebooks")
_PHONES = 30
_MOST = 60
_WITHIN_S = 60.0
_STOCK_WITHIN_S = 300.0
_QUIET_S = 1.0


@dataclass
class Run:
    """A run of the benchmarks: how much to do, with what, and where the figures go."""

    rounds: int
    quick: bool
    folder: Path
    browser: Chromium
    ledger: Ledger = field(default_factory=Ledger)

    @property
    def stock_crowd(self) -> int:
        """How many come to stock Voilà at once."""
        return 8 if self.quick else _PHONES

    @property
    def few(self) -> int:
        """How often to do what takes minutes."""
        return min(1 if self.quick else 2, self.rounds)

    def say(self, text: str) -> None:
        print(f"{time.strftime('%H:%M:%S')}  {text}", file=sys.stderr, flush=True)

    async def crowd(
        self, name: str, system: str, visitors: Sequence[Visitor], within_s: float, *, round: int = 0
    ) -> None:
        """Let visitors come at once, and note how long each took, what failed, and what the bots cost."""
        busy = time.process_time()
        took = await wave(visitors, within_s)
        self.ledger.add(f"{name}_bots_cpu_s", system, time.process_time() - busy, round=round)
        arrived = [
            (visitor, seconds)
            for visitor, seconds in zip(visitors, took, strict=True)
            if isinstance(seconds, float)
        ]
        faults = [fault for fault in took if isinstance(fault, BaseException)]
        for visitor, seconds in arrived:
            who = "chromium" if isinstance(visitor, Tab) else "bot"
            self.ledger.add(f"{name}_s", system, seconds, round=round, who=who)
            if who == "chromium" and len(visitors) > 1:
                self.ledger.add(f"{name}_chromium_s", system, seconds, round=round)
        self.ledger.add(f"{name}_errors", system, len(faults), round=round)
        self.ledger.faults += [f"{system}, {name}: {fault!r}" for fault in faults]
        last = max((seconds for _, seconds in arrived), default=float("nan"))
        self.say(f"{system}: {name}, {len(visitors)} came, the last after {last:.2f} s, {len(faults)} errors")

    def weigh(self, name: str, system: str, process: psutil.Process, *, round: int = 0) -> float:
        """Note the memory of a process; gives its share."""
        found = memory.of(process.pid)
        self.ledger.add(f"{name}_private_mb", system, found.private_dirty, round=round, who=str(process.pid))
        self.ledger.add(f"{name}_share_mb", system, found.share, round=round, who=str(process.pid))
        return found.share


# Our rooms --------------------------------------------------------------------------------------------------------


async def arrivals(run: Run) -> None:
    """Let visitors come to a room that expects as many: one by one, 30 at once, 60 at once."""
    sizes = sorted({run.stock_crowd, _PHONES, _MOST})
    for size in sizes:
        async with our_room(run.folder, expect=size) as room:
            if size == sizes[0]:
                await _one_by_one(run, room)
            await _crowds(run, OURS, room, size, run.few if run.quick and size != _PHONES else run.rounds)


async def nofork(run: Run) -> None:
    """Let 30 visitors come at once to a full pool, as on Windows and macOS."""
    async with our_room(run.folder, expect=_PHONES, fork=False) as room:
        await _crowds(run, NO_FORK, room, _PHONES, run.few)


async def _one_by_one(run: Run, room: Room) -> None:
    workshop, definition = room.workshop()
    for number, bot in enumerate(phones(room, workshop, definition, 1 + 3 * run.few)):
        await run.crowd("alone" if number else "first", OURS, [bot], _WITHIN_S, round=number)
        await bot.leave()
    await room.rest()


async def _crowds(run: Run, system: str, room: Room, size: int, rounds: int) -> None:
    """Let as many come as are expected, one of them a real browser, round after round."""
    for round in range(rounds):
        workshop, definition = room.workshop()
        *bots, last = phones(room, workshop, definition, size)
        tab = Tab(run.browser, f"{room.url}/j/{workshop.code}", first_visit(last.seat), _WITHIN_S)
        visitors: list[Visitor] = [*bots, tab]
        try:
            await run.crowd(f"crowd{size}", system, visitors, _WITHIN_S, round=round)
            _weigh_room(run, system, room, size, round)
            if round == rounds - 1:
                await _weigh_spares(run, system, room, size)
        finally:
            await asyncio.gather(*(visitor.leave() for visitor in visitors))
        await room.rest()


def _weigh_room(run: Run, system: str, room: Room, size: int, round: int) -> None:
    """Read the memory of a room with everybody in, after the first tap."""
    servers = {name: room.process(name) for name in room.names}
    used = memory.holding(room.kernels(), room.database)
    if len(used) != size:
        run.ledger.faults.append(f"{system}: {len(used)} kernels in use for {size} phones")
    total = sum(run.weigh(f"kernel{size}", system, kernel, round=round) for kernel in used)
    total += sum(
        run.weigh(f"{name}{size}", system, process, round=round) for name, process in servers.items()
    )
    run.ledger.add(f"room{size}_share_mb", system, total, round=round)


async def _weigh_spares(run: Run, system: str, room: Room, size: int) -> None:
    """Read the memory of the kernels that stand ready for the next ones, when all do."""
    await room.full()
    used = memory.holding(room.kernels(), room.database)
    total = sum(run.weigh(f"spare{size}", system, spare) for spare in room.kernels() if spare not in used)
    run.ledger.add(f"spares{size}_share_mb", system, total)


async def page(run: Run) -> None:
    """Let a real browser come alone, with an empty cache; then once more through a counter of bytes."""
    async with our_room(run.folder, expect=4) as room:
        workshop, definition = room.workshop()
        seats = [seat.id for seat in definition.seats]
        for round in range(run.rounds):
            steps = first_visit(seats[round % len(seats)])
            tab = Tab(run.browser, f"{room.url}/j/{workshop.code}", steps, _WITHIN_S)
            run.ledger.add("browser_s", OURS, await tab.arrive(), round=round)
            run.ledger.add("click_s", OURS, tab.seconds("join", "done"), round=round)
            await tab.leave()
            await room.rest()
        await _bytes(run, OURS, room.url, (f"/j/{workshop.code}", first_visit(seats[-1])), ("/", AGAIN))
    run.say(f"{OURS}: page loaded and weighed")


async def wall(run: Run) -> None:
    """Let 30 phones tap, and look at the big screen."""
    async with our_room(run.folder, expect=_PHONES + 2) as room:
        found = await latency.taps(room, run.browser, count=_PHONES, seconds=15 if run.quick else 90)
    for tap in found:
        name = "burst" if tap.kind == "at once" else "tap"
        run.ledger.add(f"{name}_stored_ms", OURS, 1000 * tap.stored_s, who=tap.kind)
        if tap.wall_s is not None:
            run.ledger.add(f"{name}_wall_ms", OURS, 1000 * tap.wall_s, who=tap.kind)
        if tap.screen_s is not None:
            run.ledger.add(f"{name}_screen_ms", OURS, 1000 * tap.screen_s, who=tap.kind)
    unseen = [tap for tap in found if tap.wall_s is None or (tap.screen_s is None and tap.kind != "ready")]
    run.ledger.add("unseen", OURS, len(unseen))
    run.say(f"{OURS}: {len(found)} taps, {len(unseen)} of them not seen on the wall")


async def acts(run: Run) -> None:
    """Let the facilitator go through the afternoon with 30 phones in, one of them a real browser."""
    async with our_room(run.folder, expect=_PHONES + 2) as room:
        found = await moments.changes(room, run.browser, count=_PHONES)
    for change in found:
        who = f"{change.moment.act} {change.moment.part}"
        run.ledger.add("act_stored_ms", OURS, 1000 * change.stored_s, who=who)
        for seconds in change.heard_s:
            run.ledger.add("act_heard_ms", OURS, 1000 * seconds, who=who)
        if change.text_s is not None and change.redraw_s is not None:
            run.ledger.add("act_text_ms", OURS, 1000 * change.text_s, who=who)
            run.ledger.add("act_redraw_ms", OURS, 1000 * change.redraw_s, who=who)
    run.say(f"{OURS}: {len(found)} moments opened")


async def learner(run: Run) -> None:
    """Open everything a learner can open, and read the memory all the while."""
    async with learners.pod(run.folder) as server:
        found = await learners.grown(server)
    for number, sample in enumerate(found):
        run.ledger.add("pod_mb", OURS, sum(sample.values()), round=number)
    worst = max(found, key=lambda sample: sum(sample.values()))
    for part, megabytes in worst.items():
        run.ledger.add(f"pod_{part}_mb", OURS, megabytes)
    run.say(f"{OURS}: a learner's server weighed {len(found)} times")


# Stock Voilà ------------------------------------------------------------------------------------------------------


async def lean(run: Run) -> None:
    """Let visitors come to stock Voilà with a lean notebook."""
    await _stock(run, LEAN, _NOTEBOOKS / "lean.ipynb")


async def usual(run: Run) -> None:
    """Let visitors come to stock Voilà with a usual notebook."""
    await _stock(run, USUAL, _NOTEBOOKS / "usual.ipynb")


async def _stock(run: Run, system: str, notebook: Path) -> None:
    for round in range(run.few):
        # A server of its own each time: its kernels live on after their visitors.
        async with stock_voila(run.folder, notebook) as stock:
            for number in range(4):
                bot = Reader(stock.url, _STOCK_WITHIN_S)
                await run.crowd("alone" if number else "first", system, [bot], _STOCK_WITHIN_S, round=round)
                await bot.leave()
            for _ in range(2):
                tab = Tab(run.browser, stock.url, STOCK, _STOCK_WITHIN_S)
                run.ledger.add("browser_s", system, await tab.arrive(), round=round)
                await tab.leave()
            await _stock_crowd(run, system, stock, round)
    async with stock_voila(run.folder, notebook) as stock:
        await _bytes(run, system, stock.url, ("/", STOCK), ("/", STOCK))


async def _stock_crowd(run: Run, system: str, stock: Stock, round: int) -> None:
    size = run.stock_crowd
    before = stock.kernels()
    visitors: list[Visitor] = [Reader(stock.url, _STOCK_WITHIN_S) for _ in range(size - 1)]
    visitors.append(Tab(run.browser, stock.url, STOCK, _STOCK_WITHIN_S))
    try:
        await run.crowd(f"crowd{size}", system, visitors, _STOCK_WITHIN_S, round=round)
        kernels = [kernel for kernel in stock.kernels() if kernel not in before]
        total = sum(run.weigh(f"kernel{size}", system, kernel, round=round) for kernel in kernels)
        total += run.weigh(f"door{size}", system, stock.server, round=round)
        run.ledger.add(f"room{size}_share_mb", system, total, round=round)
    finally:
        await asyncio.gather(*(visitor.leave() for visitor in visitors))


# Both -------------------------------------------------------------------------------------------------------------


async def _bytes(
    run: Run, system: str, url: str, first: tuple[str, Sequence[Step]], again: tuple[str, Sequence[Step]]
) -> None:
    """Weigh a visit with an empty cache, and one more by the same browser."""
    async with wire(url) as counter:
        context = await phone(run.browser)
        for name, (path, steps) in (("cold", first), ("warm", again)):
            counter.reset()
            tab = Tab(context, counter.url + path, steps, _STOCK_WITHIN_S)
            await tab.arrive()
            await counter.quiet(_QUIET_S)
            here, elsewhere = tab.requests()
            run.ledger.add(f"{name}_mb", system, counter.down / 1e6)
            run.ledger.add(f"{name}_requests", system, here)
            run.ledger.add(f"{name}_elsewhere", system, elsewhere)
            await tab.leave()
        await context.close()


STEPS: Mapping[str, tuple[Callable[[Run], Awaitable[None]], float]] = {
    "arrivals": (arrivals, 2400),
    "page": (page, 600),
    "wall": (wall, 600),
    "acts": (acts, 600),
    "learner": (learner, 600),
    "nofork": (nofork, 1200),
    "lean": (lean, 1800),
    "usual": (usual, 1800),
}
