"""A room without fork, as on Windows and macOS: who comes takes a kernel that stood ready, and the pool fills again."""

from __future__ import annotations

import asyncio
import json

import psutil
import pytest
from tornado.httpclient import AsyncHTTPClient

from kernel_helpers import private_mb, until
from room import running_room
from workshopkit.bots.cast import seats_of
from workshopkit.bots.client import Browser
from workshopkit.kernels.crowd import spares

pytestmark = pytest.mark.slow

PHONES = 6
MOST_MB = 65
# 30 joins in 10 s on two cores.
MOST_PROCESSOR_S = 10 * 2 / 30


async def health(room):
    return json.loads((await AsyncHTTPClient().fetch(f"{room.local}/healthz")).body)


def spent(processes):
    """Give the processor seconds of processes so far."""
    return sum(sum(process.cpu_times()[:2]) for process in processes)


async def join(room, seat):
    return await (await Browser(room.local).join(room.workshop.code, seat)).connect()


@pytest.mark.skipif(not hasattr(psutil.Process, "memory_maps"), reason="memory is read as Linux tells it")
async def test_a_full_pool_serves_a_room_and_stands_ready_again(tmp_path):
    with running_room(tmp_path, expect=PHONES, fork=False) as room:

        async def full():
            return (await health(room))["spare"] == PHONES

        async def stands_ready():
            return (await health(room))["spare"] == spares(PHONES, PHONES)

        room.store.append(id="open", workshop=room.workshop.id, participant="lead", act=None, kind="act.opened",
                          payload={"act": "lines"})  # fmt: skip
        await until(full, 300)
        door = psutil.Process(room.pid("door"))
        pool = door.children()
        seats = await Browser(room.local).seats(room.workshop.code)
        before = spent([door, *pool])
        pages = await asyncio.gather(*(join(room, seat) for seat, _, _ in seats_of(seats, PHONES)))
        told = {"answer": "yes", "expected": None}
        answers = await asyncio.gather(
            *(
                page.send("told", {**told, "to": "information" if seat != "information" else "management"})
                for page, (seat, _, _) in zip(pages, seats_of(seats, PHONES), strict=True)
            )
        )
        assert {answer["type"] for answer in answers} == {"stored"}
        database = str(tmp_path / "kit.db")
        used = [kernel for kernel in pool if database in {file.path for file in kernel.open_files()}]
        assert len(used) == PHONES, "everybody got a kernel that stood ready"
        assert (spent([door, *pool]) - before) / PHONES <= MOST_PROCESSOR_S
        assert max(private_mb(kernel.pid) for kernel in used) <= MOST_MB
        await until(stands_ready, 300)
        assert (await health(room))["kernels"] == PHONES
        await asyncio.gather(*(page.close() for page in pages))
