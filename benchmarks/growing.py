"""What grows: participants, lines, events, workshops in one store, hours; and what is left on a small machine."""

from __future__ import annotations

import asyncio
import json
import sys
import time
import uuid
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import history
import latency
import memory
from arrivals import phones, wave
from report import NO_FORK, OURS
from rooms import our_room
from small import crowded
from soak import worn

from workshopkit.room.analyst import Analyst
from workshopkit.store import open_store

if TYPE_CHECKING:
    from steps import Run

__all__ = ["CROWDS", "EVENTS", "GROWING", "PLACES", "WORKSHOPS"]

CROWDS = (1, 30, 60, 120)
PLACES = (7, 14, 30, 60)
EVENTS = (1_000, 10_000, 100_000)
WORKSHOPS = (1, 100, 1_000)
_WRITERS = 30
_REPLAY, _WRITE = (str(Path(__file__).with_name(name)) for name in ("replay.py", "writers.py"))


async def crowds(run: Run) -> None:
    """Let 1, 30, 60 and 120 phones tap, and look at the big screen."""
    for count in CROWDS[:2] if run.quick else CROWDS:
        async with our_room(run.folder, expect=count + 2) as room:
            found = await latency.taps(room, run.browser, count=count, seconds=15 if run.quick else 60)
        for tap in found:
            for name, seconds in (("stored", tap.stored_s), ("wall", tap.wall_s), ("screen", tap.screen_s)):
                if seconds is not None and tap.kind != "at once":
                    run.ledger.add(f"tap{count}_{name}_ms", OURS, 1000 * seconds, who=tap.kind)
        run.ledger.add("crowds_unseen", OURS, sum(tap.wall_s is None for tap in found), who=str(count))
        run.say(f"{OURS}: {len(found)} taps of {count} phones")


async def writers(run: Run) -> None:
    """Let 30 processes write into one store, at the pace of a room that taps and without a pause."""
    store = open_store(str(run.folder / f"writers-{uuid.uuid4().hex[:8]}.db"))
    workshop = history.past(store, 1_000)
    paces = {"paced": (20 if run.quick else 100, 1.5), "rushed": (10 if run.quick else 50, 0.0)}
    for name, (count, pause) in paces.items():
        for synchronous in ("FULL", "NORMAL"):
            found = await _said(
                _WRITE, store.url, workshop, str(_WRITERS), str(count), str(pause), synchronous
            )
            for ms in found["ms"]:
                run.ledger.add(f"append_{name}_{synchronous.lower()}_ms", OURS, ms)
            run.ledger.add("append_faults", OURS, len(found["faults"]), who=f"{name} {synchronous}")
    store.close()
    run.say(f"{OURS}: {_WRITERS} writers wrote")


async def replays(run: Run) -> None:
    """Fold and analyse histories of many events, maps of many lines."""
    store = open_store(str(run.folder / f"replays-{uuid.uuid4().hex[:8]}.db"))
    for events in EVENTS:
        await _replay(run, store.url, history.past(store, events), f"events{events}")
    await _replay(run, store.url, history.past(store, EVENTS[-1], quarrels=True), "quarrels")
    for places in PLACES:
        await _replay(run, store.url, history.past(store, EVENTS[0], places=places), f"places{places}")
    store.close()
    run.say(f"{OURS}: histories replayed")


async def _replay(run: Run, db: str, workshop: str, name: str) -> None:
    for round in range(1 if run.quick else 3):
        for measure, value in (await _said(_REPLAY, db, workshop)).items():
            run.ledger.add(f"{name}_{measure}", OURS, value, round=round)


async def many(run: Run) -> None:
    """Let the analyst look at one workshop in a store of many that are over."""
    for count in WORKSHOPS:
        store = open_store(str(run.folder / f"many-{uuid.uuid4().hex[:8]}.db"))
        workshop = history.past(store, 500)
        history.copies(store, workshop, count - 1)
        run.ledger.add(f"many{count}_mb", OURS, store.path.stat().st_size / 1e6)  # type: ignore[attr-defined]
        await asyncio.to_thread(_look, run, store, workshop, count)
        store.close()
    run.say(f"{OURS}: stores of up to {WORKSHOPS[-1]} workshops read")


def _look(run: Run, store: Any, workshop: str, count: int) -> None:
    analyst = Analyst(store)
    began = time.perf_counter()
    analyst.look()
    run.ledger.add(f"many{count}_start_ms", OURS, 1000 * (time.perf_counter() - began))
    code = store.workshop(workshop).code
    for number in range(20):
        said = {"to": "communication", "answer": ("yes", "no")[number % 2], "expected": None}
        began = time.perf_counter()
        store.append(
            id=uuid.uuid4().hex,
            workshop=workshop,
            participant="front-desk/0",
            act="lines",
            kind="told",
            payload=said,
        )
        analyst.look()
        run.ledger.add(f"many{count}_answer_ms", OURS, 1000 * (time.perf_counter() - began))
        began = time.perf_counter()
        store.workshop_by_code(code)
        run.ledger.add(f"many{count}_code_ms", OURS, 1000 * (time.perf_counter() - began))


async def hours(run: Run) -> None:
    """Let a room go on for eight hours in twelve minutes, and see whether anything grows."""
    count, seconds = (8, 160) if run.quick else (30, 720)
    async with our_room(run.folder, expect=count + 4) as room:
        found = await worn(room, count=count, seconds=seconds)
    for name, looks in found.megabytes.items():
        for hour, megabytes in looks:
            run.ledger.add(f"hours_{name}_mb", OURS, megabytes, who=f"{hour:.2f} h")
        run.ledger.add(f"hours_{name}_grown_mb", OURS, found.growth(name))
    run.ledger.add("hours_taps", OURS, found.taps)
    run.ledger.add("hours_faults", OURS, found.faults)
    run.say(f"{OURS}: eight hours, {found.taps} taps, {found.faults} faults")


async def small(run: Run) -> None:
    """Fill a room that has two gigabytes of memory in all, JupyterLab open, until it lets nobody in."""
    found = await crowded(run.folder, most=20 if run.quick else 80)
    if found is None:
        run.ledger.faults.append("small was left out: no cgroup with a limit to memory can be made here")
        return
    for name, value in found.items():
        run.ledger.add(f"small_{name}", OURS, value)
    run.say(f"{OURS}: {found['in']:.0f} phones in two gigabytes")


async def refill(run: Run) -> None:
    """Fill a pool of kernels without fork, let 30 take them at once, and wait until it is full again."""
    async with our_room(run.folder, expect=30, fork=False) as room:
        workshop, definition = room.workshop()
        everybody = phones(room, workshop, definition, 30)
        took = await wave(everybody, 60.0)
        for seconds in took:
            if isinstance(seconds, float):
                run.ledger.add("pool_join_s", NO_FORK, seconds)
        began = time.monotonic()
        await room.full()
        run.ledger.add("pool_refill_s", NO_FORK, time.monotonic() - began)
        for kernel in memory.holding(room.kernels(), room.database):
            run.ledger.add("pool_kernel_mb", NO_FORK, memory.of(kernel.pid).private_dirty)
        await asyncio.gather(*(one.leave() for one in everybody))
    run.say(f"{NO_FORK}: pool emptied and filled")


async def _said(script: str, *arguments: str) -> dict[str, Any]:
    """Run one of our scripts; gives the JSON that it prints."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, script, *arguments, stdout=asyncio.subprocess.PIPE
    )
    try:
        out, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    if process.returncode:
        raise RuntimeError(f"{Path(script).name} ended with {process.returncode}")
    found: dict[str, Any] = json.loads(out)
    return found


GROWING: Mapping[str, tuple[Callable[[Run], Awaitable[None]], float]] = {
    "crowds": (crowds, 1200),
    "writers": (writers, 900),
    "replays": (replays, 900),
    "many": (many, 600),
    "hours": (hours, 1500),
    "small": (small, 900),
    "refill": (refill, 600),
}
