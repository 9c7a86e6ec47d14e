"""What a room costs the machine it runs on: memory and processor of the door, the analyst and all kernels."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from contextlib import suppress

import psutil

__all__ = ["Burden", "room_at"]

_LOOK_S = 5.0
_MB = 1e6


def room_at(port: int) -> list[psutil.Process]:
    """Find the processes of the room whose door listens on a port of this machine; none if they are not to be seen."""
    try:
        listening = psutil.net_connections(kind="tcp")
    except (psutil.Error, OSError):
        return []
    for one in listening:
        if one.status == psutil.CONN_LISTEN and one.laddr and one.laddr.port == port and one.pid:
            with suppress(psutil.Error):
                parent = psutil.Process(one.pid).parent()
                return parent.children() if parent is not None else []
    return []


class Burden:
    """Look at processes and all that come from them, again and again.

    Parameters
    ----------
    roots
        The processes of the room.
    """

    def __init__(self, roots: Iterable[psutil.Process]) -> None:
        self._roots = list(roots)
        self._used: dict[tuple[int, float], float] = {}
        self._before: dict[tuple[int, float], float] | None = None
        self._began = self._last = time.monotonic()
        self.most_mb = 0.0
        self.busiest = 0.0

    @property
    def known(self) -> bool:
        """Tell whether there was anything to look at."""
        return self.most_mb > 0

    @property
    def processor(self) -> float:
        """Give how many processors were busy on average."""
        return self._spent / max(self._last - self._began, 1e-3)

    @property
    def _spent(self) -> float:
        before = self._before or {}
        return sum(used - before.get(key, 0.0) for key, used in self._used.items())

    def look(self) -> None:
        """Read memory and processor time now."""
        spent, at = self._spent, self._last
        memory = 0.0
        for process in self._all():
            with suppress(psutil.Error):
                times = process.cpu_times()
                self._used[process.pid, process.create_time()] = times.user + times.system
                memory += _share(process)
        self._last = time.monotonic()
        if self._before is None:
            self._before = dict(self._used)
            return self._note(memory)
        self.busiest = max(self.busiest, (self._spent - spent) / max(self._last - at, 1e-3))
        return self._note(memory)

    def _note(self, memory: float) -> None:
        self.most_mb = max(self.most_mb, memory / _MB)

    def _all(self) -> list[psutil.Process]:
        found = []
        for root in self._roots:
            with suppress(psutil.Error):
                found += [root, *root.children(recursive=True)]
        return found

    async def watch(self) -> None:
        """Look until cancelled."""
        while self._roots:
            await asyncio.to_thread(self.look)
            await asyncio.sleep(_LOOK_S)


def _share(process: psutil.Process) -> float:
    """Give the memory of a process with its share of what it has in common with others, where the system tells it."""
    try:
        return float(process.memory_full_info().pss)
    except (psutil.AccessDenied, AttributeError):
        return float(process.memory_info().rss)
