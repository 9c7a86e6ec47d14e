"""Bots at Streamlit, in its own environment: its messages are protobuf, which nothing else here speaks.

Reads a line for every order, ``{"bot": 3, "do": "arrive"}``, and answers with ``{"bot": 3, "seconds": 0.41}`` or with
``{"bot": 3, "fault": "…"}``. A bot that leaves closes its websocket.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable
from typing import Any

from questions import TEAMS, TOLD
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

_PAGE = ("/", "/_stcore/health", "/_stcore/host-config")


class _Bot:
    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._socket: ClientConnection | None = None

    async def arrive(self) -> float:
        """Ask for the page, run the script, and tap the first row; gives the seconds until its count is back."""
        began = time.monotonic()
        for path in _PAGE:
            await self._fetch(path)
        self._socket = await connect(
            f"ws://{self._host}:{self._port}/_stcore/stream",
            subprotocols=["streamlit"],
            origin=f"http://{self._host}:{self._port}",
            max_size=None,
            close_timeout=1,
        )
        await self._rerun()
        seen: dict[str, str] = {}
        await self._until(lambda message: self._saw(message, seen))
        await self._rerun(widget=seen["row"], fragment=seen["fragment"])
        await self._until(lambda message: message.delta.new_element.markdown.body == "Count: 1")
        return time.monotonic() - began

    async def leave(self) -> None:
        if self._socket is not None:
            await self._socket.close()

    async def _fetch(self, path: str) -> None:
        reader, writer = await asyncio.open_connection(self._host, self._port)
        try:
            writer.write(
                f"GET {path} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\nConnection: close\r\n\r\n".encode()
            )
            reply = await reader.read()
            if not reply.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(f"{path}: {reply[:40]!r}")
        finally:
            writer.close()

    async def _rerun(self, *, widget: str = "", fragment: str = "") -> None:
        message = BackMsg()
        message.rerun_script.query_string = ""
        if widget:
            state = message.rerun_script.widget_states.widgets.add()
            state.id, state.bool_value = widget, True
            message.rerun_script.fragment_id = fragment
        assert self._socket is not None
        await self._socket.send(message.SerializeToString())

    async def _until(self, test: Callable[[ForwardMsg], bool]) -> None:
        assert self._socket is not None
        async for frame in self._socket:
            message = ForwardMsg()
            message.ParseFromString(frame)
            if test(message):
                return
        raise ConnectionError("the websocket was closed")

    def _saw(self, message: ForwardMsg, seen: dict[str, str]) -> bool:
        """Keep the id of the first row; gives whether the script has come to its end."""
        box = message.delta.new_element.checkbox
        if box.label == TEAMS[0] and "row" not in seen:
            seen.update(row=box.id, fragment=message.delta.fragment_id)
        if message.WhichOneof("type") != "script_finished":
            return False
        if "row" not in seen:
            raise RuntimeError(f"the page does not ask {TOLD!r}")
        return True


async def _serve(host: str, port: int) -> None:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    bots: dict[int, _Bot] = {}

    async def obey(order: dict[str, Any]) -> None:
        bot = bots.setdefault(order["bot"], _Bot(host, port))
        answer: dict[str, Any] = {"bot": order["bot"]}
        try:
            answer["seconds"] = await getattr(bot, order["do"])()
        except Exception as fault:  # noqa: BLE001 - told to whoever gave the order
            answer["fault"] = repr(fault)
        print(json.dumps(answer), flush=True)

    working = set()
    while line := await reader.readline():
        task = asyncio.create_task(obey(json.loads(line)))
        working.add(task)
        task.add_done_callback(working.discard)


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], int(sys.argv[2])))
