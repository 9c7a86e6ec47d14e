"""A visitor of Panel, as a bot: the page, Bokeh's websocket, the document, a first tap whose count comes back."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from typing import Any

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

__all__ = ["PanelBot"]

_TOKEN = re.compile(r'"token":"([^"]+)"')
_LARGEST = 1 << 28
_ROWS = "CheckboxButtonGroup"


class PanelBot:
    """A bot at Panel."""

    def __init__(self, url: str, within_s: float) -> None:
        self._url = url
        self._within_s = within_s
        self._sent = 0
        self._socket: WebSocketClientConnection | None = None

    async def arrive(self) -> float:
        began = time.monotonic()
        request = HTTPRequest(self._url, request_timeout=self._within_s, connect_timeout=self._within_s)
        reply = await AsyncHTTPClient().fetch(request)
        found = _TOKEN.search(reply.body.decode())
        if found is None:
            raise RuntimeError("the page has no token")
        await self._open(found[1])
        await self._until("ACK")
        await self._write("PULL-DOC-REQ", {})
        document = await self._until("PULL-DOC-REPLY")
        rows = next((one["id"] for one in _objects(document) if str(one.get("name")).endswith(_ROWS)), None)
        if rows is None:
            raise RuntimeError("the page has no row to tap")
        change = {"kind": "ModelChanged", "model": {"id": rows}, "attr": "active", "new": [0]}
        await self._write("PATCH-DOC", {"events": [change]})
        while not _counts(await self._until("PATCH-DOC")):
            pass
        return time.monotonic() - began

    async def leave(self) -> None:
        if self._socket is not None:
            self._socket.close()

    async def _open(self, token: str) -> None:
        origin = "/".join(self._url.split("/")[:3])
        self._socket = await websocket_connect(
            HTTPRequest(
                f"{self._url.replace('http', 'ws', 1)}/ws",
                headers={"Origin": origin},
                connect_timeout=self._within_s,
            ),
            subprotocols=["bokeh", token],
            max_message_size=_LARGEST,
        )

    async def _write(self, kind: str, content: dict[str, Any]) -> None:
        assert self._socket is not None
        self._sent += 1
        for part in ({"msgid": str(self._sent), "msgtype": kind}, {}, content):
            await self._socket.write_message(json.dumps(part))

    async def _until(self, kind: str) -> Any:
        """Read whole messages until one of a kind; gives its content."""
        while True:
            header = json.loads(await self._frame())
            await self._frame()
            content = json.loads(await self._frame())
            for _ in range(2 * header.get("num_buffers", 0)):
                await self._frame()
            if header["msgtype"] == "ERROR":
                raise RuntimeError(content.get("text"))
            if header["msgtype"] == kind:
                return content

    async def _frame(self) -> str | bytes:
        assert self._socket is not None
        frame = await self._socket.read_message()
        if frame is None:
            raise ConnectionError("the websocket was closed")
        return frame


def _objects(part: Any) -> Iterator[dict[str, Any]]:
    """Give all objects of a document, however deep, in its order."""
    if isinstance(part, dict):
        if part.get("type") == "object":
            yield part
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from _objects(one)


def _counts(patch: dict[str, Any]) -> bool:
    return any(event.get("attr") == "text" and event.get("new") == "1" for event in patch["events"])
