"""Counts what really goes over the wire: a small proxy between a browser and a server, headers and all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

__all__ = ["Wire", "wire"]

_CHUNK = 1 << 16


class Wire:
    """Bytes to the browser and from it, of HTTP and websocket together."""

    def __init__(self, target: str) -> None:
        address = urlsplit(target)
        self._host, self._port = address.hostname, address.port
        self.url = ""
        self.down = 0
        self.up = 0
        self._last = 0.0

    def reset(self) -> None:
        self.down = self.up = 0

    async def quiet(self, seconds: float) -> None:
        """Wait until nothing has passed for a while."""
        loop = asyncio.get_running_loop()
        while (left := self._last + seconds - loop.time()) > 0:
            await asyncio.sleep(left)

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, back = await asyncio.open_connection(self._host, self._port)
        except OSError:
            writer.close()
            return
        await asyncio.gather(self._pump(reader, back, up=True), self._pump(there, writer, up=False))

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, up: bool) -> None:
        with suppress(OSError):
            while data := await source.read(_CHUNK):
                self._last = asyncio.get_running_loop().time()
                if up:
                    self.up += len(data)
                else:
                    self.down += len(data)
                sink.write(data)
                await sink.drain()
        sink.close()


@asynccontextmanager
async def wire(target: str) -> AsyncIterator[Wire]:
    """Put a counting proxy before a server until the block ends."""
    counter = Wire(target)
    server = await asyncio.start_server(counter.connect, "127.0.0.1", 0)
    counter.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield counter
    finally:
        server.close()
