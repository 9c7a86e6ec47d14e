"""What is measured, by the name that ``--only`` takes: in our rooms, at stock Voilà and at the peers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import latency
import learner as learners
import memory
import moments
import peers
import whole as whole_room
from arrivals import Visitor, phones
from browser import AGAIN, STOCK, Tab, first_visit
from growing import GROWING
from measuring import PHONES, WITHIN_S, Run
from report import LEAN, NO_FORK, OURS, USUAL
from rooms import Room, Stock, our_room, stock_voila
from stock import Reader
from visits import Way, bytes_of, slowly, visits
from wire import wire

__all__ = ["STEPS", "Run"]

_NOTEBOOKS = Path(__file__).with_name("notebooks")
_MOST = 60
_STOCK_WITHIN_S = 300.0
_STOCK = Way("/", STOCK, "/", STOCK)
_SLOWER = 4


# Our rooms --------------------------------------------------------------------------------------------------------


async def arrivals(run: Run) -> None:
    """Let visitors come to a room that expects as many: one by one, 30 at once, 60 at once."""
    sizes = sorted({run.stock_crowd, PHONES, _MOST})
    for size in sizes:
        async with our_room(run.folder, expect=size) as room:
            if size == sizes[0]:
                await _one_by_one(run, room)
            await _crowds(run, OURS, room, size, run.few if run.quick and size != PHONES else run.rounds)


async def nofork(run: Run) -> None:
    """Let 30 visitors come at once to a full pool, as on Windows and macOS."""
    async with our_room(run.folder, expect=PHONES, fork=False) as room:
        await _crowds(run, NO_FORK, room, PHONES, run.few)


async def _one_by_one(run: Run, room: Room) -> None:
    workshop, definition = room.workshop()
    for number, bot in enumerate(phones(room, workshop, definition, 1 + 3 * run.few)):
        await run.crowd("alone" if number else "first", OURS, [bot], WITHIN_S, round=number)
        await bot.leave()
    await room.rest()


async def _crowds(run: Run, system: str, room: Room, size: int, rounds: int) -> None:
    """Let as many come as are expected, one of them a real browser, round after round."""
    for round in range(rounds):
        workshop, definition = room.workshop()
        *bots, last = phones(room, workshop, definition, size)
        tab = Tab(run.browser, f"{room.url}/j/{workshop.code}", first_visit(last.seat), WITHIN_S)
        visitors: list[Visitor] = [*bots, tab]
        try:
            await run.crowd(f"crowd{size}", system, visitors, WITHIN_S, round=round)
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
    """Let a real browser come alone, also over a slow network and with a slow processor; and count bytes."""
    async with our_room(run.folder, expect=4) as room:

        def ways() -> Way:
            workshop, definition = room.workshop()  # a row can be tapped for the first time once
            return Way(f"/j/{workshop.code}", first_visit(definition.seats[0].id), "/", AGAIN)

        await visits(run, OURS, room.url, ways, run.rounds, rest=room.rest)
        await bytes_of(run, OURS, room.url, ways)
        await room.rest()
        await slowly(run, OURS, room.url, ways, rest=room.rest)
    run.say(f"{OURS}: page loaded and weighed")


async def wall(run: Run) -> None:
    """Let 30 phones tap, and look at the big screen."""
    async with our_room(run.folder, expect=PHONES + 2) as room:
        found = await latency.taps(room, run.browser, count=PHONES, seconds=15 if run.quick else 90)
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
    async with our_room(run.folder, expect=PHONES + 2) as room:
        found = await moments.changes(room, room.url, run.browser, count=PHONES)
    _note_changes(run, "act", found)
    run.say(f"{OURS}: {len(found)} moments opened")


async def reveal(run: Run) -> None:
    """Let the facilitator go through the reveal of a room that has answered; the real phone is four times slower."""
    async with our_room(run.folder, expect=PHONES + 2) as room, wire(room.url) as counter:
        asked: list[str] = []
        found = await moments.changes(
            room, counter.url, run.browser, count=PHONES, slower=_SLOWER, of_reveal=True, asked=asked
        )
        run.ledger.add("reveal_mb", OURS, counter.down / 1e6)
        run.ledger.add("reveal_requests", OURS, sum(not url.startswith(("data:", "blob:")) for url in asked))
    _note_changes(run, "reveal", found)
    run.say(
        f"{OURS}: {len(found)} steps of the reveal, {sum(one.figure_s is not None for one in found)} figures"
    )


def _note_changes(run: Run, name: str, found: list[moments.Change]) -> None:
    for change in found:
        who = f"{change.moment.act} {change.moment.part} {change.sentence}"
        run.ledger.add(f"{name}_stored_ms", OURS, 1000 * change.stored_s, who=who)
        for seconds in change.heard_s:
            run.ledger.add(f"{name}_heard_ms", OURS, 1000 * seconds, who=who)
        for what, measured in (
            ("text", change.text_s),
            ("redraw", change.redraw_s),
            ("figure", change.figure_s),
            ("longest", change.longest_s),
        ):
            if measured is not None:
                run.ledger.add(f"{name}_{what}_ms", OURS, 1000 * measured, who=who)
        run.ledger.add(f"{name}_dropped", OURS, change.dropped, who=who)


async def whole(run: Run) -> None:
    """Weigh a whole room in the middle of the afternoon, each process by itself."""
    async with our_room(run.folder, expect=PHONES + 2, lab=True) as room:
        found, of_phones = await whole_room.weighed(room, count=PHONES)
    for name, one in found.items():
        run.ledger.add(f"whole_{name}_mb", OURS, one.share)
    for one in of_phones:
        run.ledger.add("middle_private_mb", OURS, one.private_dirty)
    together = sum(one.share for one in of_phones)
    run.ledger.add("whole_phones_mb", OURS, together)
    total = together + sum(one.share for one in found.values())
    run.ledger.add("whole_mb", OURS, total)
    run.say(f"{OURS}: a whole room weighed, {total:.0f} MB")


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
    sizes = [run.stock_crowd] * run.few + ([] if run.quick else [_MOST])
    for round, size in enumerate(sizes):
        # A server of its own each time: its kernels live on after their visitors.
        async with stock_voila(run.folder, notebook) as stock:
            for number in range(4):
                bot = Reader(stock.url, _STOCK_WITHIN_S)
                await run.crowd("alone" if number else "first", system, [bot], _STOCK_WITHIN_S, round=round)
                await bot.leave()
            await visits(run, system, stock.url, lambda: _STOCK, 2)
            await _stock_crowd(run, system, stock, size, round)
    async with stock_voila(run.folder, notebook) as stock:
        await bytes_of(run, system, stock.url, lambda: _STOCK)
        if system == LEAN:
            await slowly(run, system, stock.url, lambda: _STOCK)


async def _stock_crowd(run: Run, system: str, stock: Stock, size: int, round: int) -> None:
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


STEPS: Mapping[str, tuple[Callable[[Run], Awaitable[None]], float]] = {
    "arrivals": (arrivals, 2400),
    "page": (page, 900),
    "wall": (wall, 600),
    "acts": (acts, 600),
    "reveal": (reveal, 600),
    "whole": (whole, 600),
    "learner": (learner, 600),
    "nofork": (nofork, 1200),
    "lean": (lean, 2400),
    "usual": (usual, 2400),
    "streamlit": (peers.streamlit, 2400),
    "panel": (peers.panel, 2400),
    "dash": (peers.dash, 2400),
    **GROWING,
}
