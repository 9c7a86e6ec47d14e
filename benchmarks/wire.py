"""A small proxy between a browser and a server: counts what really goes over the wire, and can be a slow network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

__all__ = ["SLOW", "Speed", "Wire", "wire"]

_CHUNK = 1 << 16
_PACKET = 1 << 12  # what shares a slow line takes turns in pieces of this size
_AHEAD_S = 0.2  # how far a slow line's sender may be ahead, before it is read no further


@dataclass(frozen=True)
class Speed:
    """A network: bits a second each way, all connections together, and the seconds of one way there and back."""

    bits_per_s: float
    round_trip_s: float


SLOW = Speed(bits_per_s=1_600_000, round_trip_s=0.150)


class _Line:
    """One direction of a network: says when what is sent now has come to the other side."""

    def __init__(self, speed: Speed) -> None:
        self._speed = speed
        self._free = 0.0

    def arrival(self, size: int, now: float) -> float:
        self._free = max(self._free, now) + 8 * size / self._speed.bits_per_s
        return self._free + self._speed.round_trip_s / 2

    def ahead(self, now: float) -> float:
        """Give for how many seconds the line has work already."""
        return max(0.0, self._free - now)


class Wire:
    """Bytes to the browser and from it, of HTTP and websocket together."""

    def __init__(self, target: str, speed: Speed | None = None) -> None:
        address = urlsplit(target)
        self._host, self._port = address.hostname, address.port
        self._speed = speed
        self._lines = (_Line(speed), _Line(speed)) if speed else None
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
            if self._speed:
                await asyncio.sleep(self._speed.round_trip_s)  # the handshake of the connection
            there, back = await asyncio.open_connection(self._host, self._port)
        except OSError:
            writer.close()
            return
        await asyncio.gather(self._pump(reader, back, up=True), self._pump(there, writer, up=False))

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, up: bool) -> None:
        with suppress(OSError):
            while data := await source.read(_PACKET if self._lines else _CHUNK):
                self._count(len(data), up=up)
                if self._lines:
                    await self._carry(data, sink, self._lines[up])
                else:
                    sink.write(data)
                    await sink.drain()
        if self._lines:  # what is under way still comes
            await asyncio.sleep(self._lines[up].arrival(0, self._now()) - self._now())
        sink.close()

    async def _carry(self, data: bytes, sink: asyncio.StreamWriter, line: _Line) -> None:
        loop = asyncio.get_running_loop()
        loop.call_at(line.arrival(len(data), loop.time()), sink.write, data)
        if (ahead := line.ahead(loop.time())) > _AHEAD_S:
            await asyncio.sleep(ahead - _AHEAD_S)

    def _count(self, size: int, *, up: bool) -> None:
        self._last = self._now()
        if up:
            self.up += size
        else:
            self.down += size

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()


@asynccontextmanager
async def wire(target: str, speed: Speed | None = None) -> AsyncIterator[Wire]:
    """Put a counting proxy before a server until the block ends; a slow one if a speed is given."""
    counter = Wire(target, speed)
    server = await asyncio.start_server(counter.connect, "127.0.0.1", 0)
    counter.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield counter
    finally:
        server.close()
