"""What a whole room holds in memory in the middle of the afternoon: every process by itself, as shares (PSS).

Thirty phones are in and have answered, the reveal is at its last step, the wall and the cockpit are open, and JupyterLab
runs a notebook.
"""

from __future__ import annotations

import asyncio

import memory
import psutil
from arrivals import phones
from cells import run_notebook
from memory import Memory
from moments import answer_all, open_moment
from rooms import Room
from tornado.httpclient import AsyncHTTPClient

from workshopkit.bots.client import Browser, Page
from workshopkit.room.program import Moment

__all__ = ["weighed"]

_LAB_S = 120.0
_REST_S = 5.0
_REVEAL = tuple(
    Moment("silos", part) for part in ("arrives", "drawn", "bent", "against", "audiences", "circles", "walls")
)


async def weighed(room: Room, *, count: int) -> tuple[dict[str, Memory], list[Memory]]:
    """Fill a room and play it until the reveal's end; gives the memory of each process, and of each phone's kernel."""
    workshop, definition = room.workshop(map_shown=True)
    pages: dict[str, Page] = {}
    kernels: dict[str, psutil.Process] = {}
    everybody = phones(room, workshop, definition, count)
    try:
        for name in ("wall", "cockpit"):
            pages[name] = await (await Browser(room.url).open(room.enter_path(workshop, name))).connect()
            kernels[name] = _newest(room, kernels)
        await asyncio.gather(*(one.join() for one in everybody))
        await answer_all(definition, everybody)
        await _lab_listens(room)
        lab = room.process("lab")
        kernels["notebook"] = await run_notebook(_lab(room), room.plan.lab_token, lab)
        for moment in _REVEAL:
            await open_moment(pages["cockpit"], moment)
            await asyncio.sleep(_REST_S / len(_REVEAL))
        await asyncio.sleep(_REST_S)
        phones_in = [
            one for one in memory.holding(room.kernels(), room.database) if one not in kernels.values()
        ]
        if len(phones_in) != count:
            raise RuntimeError(f"{len(phones_in)} kernels in use for {count} phones")
        servers = {name: room.process(name) for name in room.names}
        found = {name: memory.of(one.pid) for name, one in (servers | kernels).items()}
        return found, [memory.of(kernel.pid) for kernel in phones_in]
    finally:
        await asyncio.gather(*(one.leave() for one in everybody), *(page.close() for page in pages.values()))


def _newest(room: Room, known: dict[str, psutil.Process]) -> psutil.Process:
    """Give the kernel that has the store open and is not known yet."""
    [found] = [one for one in memory.holding(room.kernels(), room.database) if one not in known.values()]
    return found


def _lab(room: Room) -> str:
    return f"http://127.0.0.1:{room.plan.lab_port}"


async def _lab_listens(room: Room) -> None:
    """Open JupyterLab's page, as soon as it is there."""
    async with asyncio.timeout(_LAB_S):
        while True:
            try:
                await AsyncHTTPClient().fetch(f"{_lab(room)}/lab?token={room.plan.lab_token}")
            except OSError:
                await asyncio.sleep(0.5)
            else:
                return
