"""Kernels where there is no fork (Windows, macOS): a pool of plain processes, started ahead.

Each is a kernel that has imported what a page needs and waits for a line on its standard input: the claim, in JSON. It
answers on its standard output. The pool is filled a few at a time, and while a room comes in only for those who would
wait: a start costs more than a page, and a small machine has to serve the pages meanwhile.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import tempfile
import threading
from collections import deque
from pathlib import Path
from typing import Any, ClassVar

from workshopkit.errors import NoKernel
from workshopkit.i18n import N_
from workshopkit.kernels import EXPECT, kept_env, memory, spare
from workshopkit.kernels.crowd import Crowd, spares
from workshopkit.kernels.process import Process

__all__ = ["Pool", "main"]

_FILL_AT_ONCE = 2
_LOOK_AGAIN_S = 2.0
_LINE = 1 << 24


class _Waiting:
    """A kernel that waits for its claim."""

    def __init__(self, process: asyncio.subprocess.Process, connection: dict[str, Any]) -> None:
        self.process = process
        self.connection = connection


class Pool:
    """Plain kernels, started ahead.

    Parameters
    ----------
    expect
        For how many people kernels are to stand ready.
    """

    _shared: ClassVar[dict[asyncio.AbstractEventLoop, Pool]] = {}

    def __init__(self, expect: int) -> None:
        self._expect = expect
        self._folder = tempfile.TemporaryDirectory(prefix="wk-", ignore_cleanup_errors=True)
        self._ready: deque[_Waiting] = deque()
        self._came = asyncio.Condition()
        self._starting = 0
        self._asked = 0
        self._crowd = Crowd()
        self._alive = 0
        self._count = 0
        self._looking: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[Any]] = set()

    @classmethod
    def current(cls) -> Pool:
        """Give the pool of the running event loop; the first call begins to fill it."""
        loop = asyncio.get_running_loop()
        found = cls._shared.get(loop)
        if found is None:
            found = cls._shared[loop] = cls(int(os.environ.get(EXPECT, "4")))
            found.fill()
        return found

    def fill(self) -> None:
        """Start what is missing, a few at a time: what claims wait for at once, spares when it is calm.

        Spares only while there is memory for them: a room that is full keeps it for those who are in.
        """
        there = len(self._ready) + self._starting
        wanted = spares(self._expect, self._alive)
        short = there < wanted
        if short and (self._is_busy() or memory.free_mb() < memory.needed_mb(self._alive, there)):
            self._later()
            short = False
        wanted = max(wanted, self._asked) if short else self._asked
        while self._starting < _FILL_AT_ONCE and len(self._ready) + self._starting < wanted:
            self._starting += 1
            self._spawn(self._add())

    async def claim(
        self, *, env: dict[str, str], cwd: str | None, cells: list[str], connection: dict[str, Any] | None
    ) -> tuple[Process, dict[str, Any]]:
        """Get a kernel, see `Source`."""
        kernel = await (self._start(connection) if connection else self._take())
        claim = json.dumps({"env": env, "cwd": cwd, "cells": cells}).encode() + b"\n"
        assert kernel.process.stdin is not None  # noqa: S101 - it was started with pipes
        assert kernel.process.stdout is not None  # noqa: S101 - likewise
        kernel.process.stdin.write(claim)
        line = await kernel.process.stdout.readline()
        if not line:
            raise NoKernel(N_("The page cannot start now. It tries again by itself in a moment."))
        memory.go_first(memory.LAST, kernel.process.pid)  # from now on somebody is in it
        process = Process(kernel.process.pid, lambda number: _send(kernel.process, number))
        self._alive += 1
        self._spawn(self._watch(kernel.process, process))
        return process, {**json.loads(line), "connection": kernel.connection}

    async def stats(self) -> dict[str, int]:
        """Give how many are spare and how many are in use."""
        return {"spare": len(self._ready), "alive": self._alive}

    async def _take(self) -> _Waiting:
        self._asked += 1
        self._crowd.came(asyncio.get_running_loop().time())
        try:
            self.fill()
            async with self._came:
                await self._came.wait_for(lambda: self._ready)
                return self._ready.popleft()
        finally:
            self._asked -= 1
            self.fill()

    def _later(self) -> None:
        """Look again in a while whether it is calm and there is memory."""
        if self._looking is None:

            def look() -> None:
                self._looking = None
                self.fill()

            self._looking = asyncio.get_running_loop().call_later(_LOOK_AGAIN_S, look)

    def _is_busy(self) -> bool:
        """Tell whether pages of those who came last may still load."""
        return self._crowd.is_loading(asyncio.get_running_loop().time())

    async def _add(self) -> None:
        try:
            kernel = await self._start(None)
            async with self._came:
                self._ready.append(kernel)
                self._came.notify_all()
        finally:
            self._starting -= 1
            self.fill()

    async def _start(self, connection: dict[str, Any] | None) -> _Waiting:
        self._count += 1
        file = Path(self._folder.name) / f"{self._count}.json"
        if connection:
            spare.write_file(file, connection)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "workshopkit.kernels.pool",
            str(file),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=_LINE,
            env={**kept_env(), "OPENBLAS_NUM_THREADS": "1"},
        )
        assert process.stdout is not None  # noqa: S101 - it was started with pipes
        line = await process.stdout.readline()
        if not line:
            raise NoKernel(N_("The page cannot start now. It tries again by itself in a moment."))
        return _Waiting(process, json.loads(line))

    async def _watch(self, real: asyncio.subprocess.Process, process: Process) -> None:
        code = await real.wait()
        self._alive -= 1
        self.fill()
        process.end(code)

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _send(process: asyncio.subprocess.Process, number: int) -> None:
    """Send a signal as far as this system has them: an interrupt is none on Windows."""
    if sys.platform == "win32":
        if number != signal.SIGINT:
            process.kill()
    else:
        process.send_signal(number)


def main(argv: list[str] | None = None) -> None:
    """Be a kernel of the pool: announce oneself, wait for the claim, answer, live on; end when the door ends."""
    file = Path((argv or sys.argv[1:])[0])
    said = os.fdopen(os.dup(1), "wb")
    heard = os.fdopen(os.dup(0), "rb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    memory.go_first(memory.FIRST)
    spare.preload(spare.PRELOAD)

    def tell(message: dict[str, Any]) -> None:
        said.write(json.dumps(message).encode() + b"\n")
        said.flush()

    def listen(loop: Any) -> None:
        def read() -> None:
            claim = heard.readline()
            if claim:
                loop.add_callback(lambda: tell(spare.settle(json.loads(claim))))
            while heard.read(1):
                pass
            os._exit(0)

        threading.Thread(target=read, daemon=True).start()

    spare.run(file, transport="tcp" if sys.platform == "win32" else "ipc", on_ready=tell, listen=listen)


if __name__ == "__main__":
    main()
