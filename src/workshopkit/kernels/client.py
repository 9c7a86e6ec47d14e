"""The door's line to the warm parent: one a process, shared by all its provisioners."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
from typing import Any, ClassVar

from workshopkit.errors import NoKernel
from workshopkit.i18n import N_
from workshopkit.kernels import SOCKET
from workshopkit.kernels.process import Process

__all__ = ["WarmClient"]


class WarmClient:
    """Ask the warm parent for kernels, and hear when they end."""

    _shared: ClassVar[dict[asyncio.AbstractEventLoop, WarmClient]] = {}

    def __init__(self, path: str) -> None:
        self.path = path
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._processes: dict[int, Process] = {}
        self._writer: asyncio.StreamWriter | None = None
        self._opening = asyncio.Lock()
        self._listening: asyncio.Task[None] | None = None

    @classmethod
    def current(cls) -> WarmClient:
        """Give the client of the running event loop."""
        loop = asyncio.get_running_loop()
        path = os.environ.get(SOCKET, "")
        found = cls._shared.get(loop)
        if found is None or found.path != path:
            found = cls._shared[loop] = cls(path)
        return found

    async def claim(
        self, *, env: dict[str, str], cwd: str | None, cells: list[str], connection: dict[str, Any] | None
    ) -> tuple[Process, dict[str, Any]]:
        """Get a kernel that has run the cells; with ``connection`` one that takes these addresses.

        Raises
        ------
        NoKernel
            If the warm parent is not there or ends before it answers, or if the kernel does.
        """
        answer = await self._ask(
            {"op": "claim", "env": env, "cwd": cwd, "cells": cells, "connection": connection}
        )
        process = self._processes.setdefault(answer["pid"], Process(answer["pid"]))
        return process, answer

    async def stats(self) -> dict[str, int]:
        """Give how many kernels are spare and how many are alive."""
        answer = await self._ask({"op": "stats"})
        return {"spare": answer["spare"], "alive": answer["alive"]}

    async def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        async with self._opening:
            if self._writer is None:
                await self._open()
        assert self._writer is not None  # noqa: S101 - _open() raises otherwise
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        self._writer.write(json.dumps({**question, "id": number}).encode() + b"\n")
        found: dict[str, Any] = await answer
        return found

    async def _open(self) -> None:
        try:
            reader, self._writer = await asyncio.open_unix_connection(self.path, limit=1 << 24)
        except OSError as fault:
            raise _gone() from fault
        self._listening = asyncio.create_task(self._listen(reader))

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        try:
            while line := await reader.readline():
                self._hear(json.loads(line))
        except OSError:
            pass
        finally:
            self._writer = None
            for process in self._processes.values():
                process.end(-9)
            self._processes.clear()
            for answer in self._answers.values():
                if not answer.done():
                    answer.set_exception(_gone())
            self._answers.clear()

    def _hear(self, told: dict[str, Any]) -> None:
        if "died" in told:
            process = self._processes.pop(told["died"], None)
            if process is not None:
                process.end(told["code"])
            return
        answer = self._answers.pop(told["id"], None)
        if "pid" in told:
            self._processes[told["pid"]] = Process(told["pid"])
        if answer is None or answer.done():
            return
        if "failed" in told:
            answer.set_exception(_gone())
        else:
            answer.set_result(told)


def _gone() -> NoKernel:
    return NoKernel(N_("The page cannot start now. It tries again by itself in a moment."))
