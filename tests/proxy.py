"""A bad network on one port of this machine: passes bytes on, and cuts, stalls or resumes when told to."""

from __future__ import annotations

import asyncio
import ssl
import threading
import time
from typing import Self


class Proxy:
    """A TCP proxy in a thread of its own, between browsers and the door.

    Parameters
    ----------
    target
        The port on this machine that it passes on to.
    port
        Where browsers find it; any free one when left out.
    tls
        What it speaks to browsers with, as a server in front of the door does.
    """

    def __init__(self, target: int, *, port: int = 0, tls: ssl.SSLContext | None = None) -> None:
        self.port = port
        self._tls = tls
        self.outages: list[float] = []
        self._target = target
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: asyncio.Server | None = None
        self._lines: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._held: bytes | None = None
        self._cut_at = 0.0

    def __enter__(self) -> Self:
        self._thread.start()
        self._do(self._prepare())
        return self

    def __exit__(self, *_: object) -> None:
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def cut(self, for_s: float | None = None) -> None:
        """Break all connections and refuse new ones; for so long, or until `resume`."""
        self._do(self._cut(for_s))

    def lead_to(self, target: int) -> None:
        """Pass new connections on to another port: the same address, and another laptop behind it."""
        self._target = target

    def stall(self, *, up: bool = True, down: bool = True) -> None:
        """Keep connections open and let nothing through: towards the door, towards browsers, or both."""
        self._do(self._set(up=not up, down=not down))

    def hold(self, path: str) -> None:
        """Never answer requests for addresses that begin so, and let all others through."""
        self._held = path.encode()

    def resume(self) -> None:
        """Be a good network again."""
        self._held = None
        self._do(self._set(up=True, down=True))
        self._do(self._listen())

    # In the loop ----------------------------------------------------------------------------------------------

    def _do(self, work):
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    async def _prepare(self) -> None:
        self._up, self._down = asyncio.Event(), asyncio.Event()
        await self._set(up=True, down=True)
        await self._listen()

    async def _set(self, *, up: bool, down: bool) -> None:
        for gate, opened in ((self._up, up), (self._down, down)):
            gate.set() if opened else gate.clear()

    async def _listen(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, ssl=self._tls)
            self.port = self._server.sockets[0].getsockname()[1]
            if self._cut_at:
                self.outages.append(time.monotonic() - self._cut_at)

    async def _cut(self, for_s: float | None) -> None:
        self._cut_at = time.monotonic()
        if self._server is not None:
            self._server.close()
            self._server = None
        for line in list(self._lines):
            line.transport.abort()
        if for_s is not None:
            self._loop.call_later(for_s, lambda: self._spawn(self._listen()))

    async def _end(self) -> None:
        await self._cut(None)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _spawn(self, work) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:  # the door is not there
            writer.transport.abort()
            return
        self._lines |= {writer, there[1]}
        self._spawn(self._pass_on(reader, there[1], self._up, asking=True))
        self._spawn(self._pass_on(there[0], writer, self._down, asking=False))

    async def _pass_on(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, gate: asyncio.Event, *, asking: bool
    ) -> None:
        try:
            while data := await source.read(1 << 16):
                await gate.wait()
                if asking and self._held and data.startswith(b"GET " + self._held):
                    await asyncio.Event().wait()
                target.write(data)
                await target.drain()
        except OSError:
            target.transport.abort()
        finally:
            target.close()
            self._lines.discard(target)
