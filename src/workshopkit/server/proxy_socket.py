"""Hand a page's websocket on to the door.

The door is asked first: what it refuses is refused here in the same way, before the page's own connection is made.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.websocket import WebSocketMixin
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.web import HTTPError
from tornado.websocket import (
    WebSocketClientConnection,
    WebSocketClosedError,
    WebSocketError,
    WebSocketHandler,
    websocket_connect,
)

from workshopkit.server.holder import is_foreign
from workshopkit.server.proxy import DoorHandedOn, passed_on
from workshopkit.server.websocket import LARGEST_FRAME

__all__ = ["DoorSocket"]

_AWAY = 503
_REFUSED = range(400, 500)
_SAYABLE = range(1000, 5000)
_NOT_SAYABLE = frozenset({1004, 1005, 1006, 1015})  # marks of the protocol itself


class DoorSocket(WebSocketMixin, WebSocketHandler, DoorHandedOn):
    """The websocket of a page."""

    forgotten_s = 4 * 3600.0  # longer than an afternoon

    def initialize(self, origin: Callable[[], str | None]) -> None:
        super().initialize(origin)
        self._door: WebSocketClientConnection | None = None
        self._back: asyncio.Task[None] | None = None
        self._used = time.monotonic()

    @allow_unauthenticated
    async def get(self, *arguments: Any, **options: Any) -> None:
        self._door = await self._connect()
        try:
            await super().get(*arguments, **options)  # lasts as long as the page's connection
        finally:
            self._door.close()
            if self._back is not None:
                self._back.cancel()

    async def _connect(self) -> WebSocketClientConnection:
        asked = self.request.headers.get("Sec-WebSocket-Protocol", "")
        request = HTTPRequest(self.address().replace("http", "ws", 1), headers=passed_on(self.request))
        try:
            return await websocket_connect(
                request, subprotocols=[word.strip() for word in asked.split(",") if word]
            )
        except HTTPClientError as fault:
            raise HTTPError(fault.code if fault.code in _REFUSED else _AWAY) from fault
        except (WebSocketError, OSError) as fault:
            raise HTTPError(_AWAY) from fault

    def check_origin(self, origin: str | None = None) -> bool:  # noqa: ARG002 - the request has it
        """Take pages of this server only; the door compares again."""
        return not is_foreign(self.request)

    def select_subprotocol(self, subprotocols: list[str]) -> str | None:  # noqa: ARG002 - the door has chosen
        assert self._door is not None  # noqa: S101 - get() has connected
        return self._door.selected_subprotocol

    @property
    def max_message_size(self) -> int:
        """The largest frame that is read at all, as at the door: anybody may send one."""
        return LARGEST_FRAME

    def get_compression_options(self) -> dict[str, Any]:
        return {}

    def open(self, *arguments: Any, **options: Any) -> None:
        super().open(*arguments, **options)
        self.set_nodelay(True)  # as the door does
        self.note_activity()
        self._back = asyncio.create_task(self._hand_back())

    async def on_message(self, message: str | bytes) -> None:
        self.note_activity()
        self._used = time.monotonic()
        assert self._door is not None  # noqa: S101 - get() has connected
        with suppress(WebSocketClosedError):
            await self._door.write_message(message, binary=isinstance(message, bytes))

    def on_pong(self, data: bytes) -> None:
        """Count a page that is still open, or a server would be stopped in the break; one that was forgotten does not."""
        super().on_pong(data)
        if time.monotonic() - self._used < self.forgotten_s:
            self.note_activity()

    async def _hand_back(self) -> None:
        """Pass on what the door says, at the pace of the page's connection, and how it ends."""
        door = self._door
        assert door is not None  # noqa: S101 - get() has connected
        with suppress(WebSocketClosedError):
            while (message := await door.read_message()) is not None:
                await self.write_message(message, binary=isinstance(message, bytes))
        code = door.close_code
        self.close(code if code in _SAYABLE and code not in _NOT_SAYABLE else None, door.close_reason)
