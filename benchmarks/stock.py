"""A visitor of stock Voilà, as a bot: page until complete, websocket, the states of all widgets, a first tap echoed."""

from __future__ import annotations

import json
import re
import time
import uuid
from typing import Any

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

__all__ = ["Reader"]

_CONFIG = re.compile(r'<script id="jupyter-config-data" type="application/json">(.*?)</script>', re.DOTALL)
_LARGEST = 1 << 28


class Reader:
    """A bot at stock Voilà."""

    def __init__(self, url: str, within_s: float) -> None:
        self._url = url
        self._within_s = within_s
        self._session = uuid.uuid4().hex
        self._socket: WebSocketClientConnection | None = None

    async def arrive(self) -> float:
        began = time.monotonic()
        await self._open(await self._page())
        states = await self._states()
        await self._tap(_first_row(states))
        return time.monotonic() - began

    async def leave(self) -> None:
        if self._socket is not None:
            self._socket.close()

    async def _page(self) -> str:
        """Read the page to its end, when all cells have run; gives the kernel's id."""
        request = HTTPRequest(self._url, request_timeout=self._within_s, connect_timeout=self._within_s)
        reply = await AsyncHTTPClient().fetch(request)
        found = _CONFIG.search(reply.body.decode())
        if found is None:
            raise RuntimeError("the page names no kernel")
        return str(json.loads(found[1])["kernelId"])

    async def _open(self, kernel: str) -> None:
        address = self._url.replace("http", "ws", 1)
        self._socket = await websocket_connect(
            HTTPRequest(
                f"{address}/api/kernels/{kernel}/channels?session_id={self._session}",
                headers={"Origin": self._url},
                connect_timeout=self._within_s,
            ),
            max_message_size=_LARGEST,
        )

    async def _states(self) -> dict[str, Any]:
        comm = uuid.uuid4().hex
        target = {"target_name": "jupyter.widget.control", "target_module": None}
        await self._write("comm_open", {"comm_id": comm, "data": {}, **target}, {"version": "1.0.0"})
        await self._write("comm_msg", {"comm_id": comm, "data": {"method": "request_states"}})
        while True:
            said = (await self._read())["content"]
            if said.get("comm_id") == comm and said["data"].get("method") == "update_states":
                states: dict[str, Any] = said["data"]["states"]
                return states

    async def _tap(self, row: str) -> None:
        update = {"method": "update", "state": {"value": True}, "buffer_paths": []}
        await self._write("comm_msg", {"comm_id": row, "data": update})
        while True:
            said = (await self._read())["content"]
            if said.get("comm_id") == row and said["data"].get("method") == "echo_update":
                return

    async def _write(
        self, kind: str, content: dict[str, Any], metadata: dict[str, Any] | None = None
    ) -> None:
        header = {
            "msg_id": uuid.uuid4().hex,
            "msg_type": kind,
            "session": self._session,
            "username": "",
            "version": "5.4",
            "date": "",
        }
        rest = {"parent_header": {}, "metadata": metadata or {}, "buffers": []}
        assert self._socket is not None
        await self._socket.write_message(
            json.dumps({"channel": "shell", "header": header, "content": content, **rest})
        )

    async def _read(self) -> dict[str, Any]:
        assert self._socket is not None
        frame = await self._socket.read_message()
        if frame is None:
            raise ConnectionError("the websocket was closed")
        if isinstance(frame, bytes):  # with buffers: a table of offsets, the message, the buffers
            parts = int.from_bytes(frame[:4], "big")
            start = int.from_bytes(frame[4:8], "big")
            end = int.from_bytes(frame[8:12], "big") if parts > 1 else len(frame)
            frame = frame[start:end]
        message: dict[str, Any] = json.loads(frame)
        return message


def _first_row(states: dict[str, Any]) -> str:
    found = (id for id, model in states.items() if model["model_name"] == "ToggleButtonModel")
    row = next(found, None)
    if row is None:
        raise RuntimeError("the page has no row to tap: its cells failed")
    return row
