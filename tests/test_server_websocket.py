"""How the door's websockets send: each message at once, at the door itself and through a server in front of it."""

from __future__ import annotations

import asyncio
import socket

import pytest
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application
from tornado.websocket import WebSocketHandler, websocket_connect

from workshopkit.server.proxy_socket import DoorSocket
from workshopkit.server.websocket import DoorChannels

WITHIN_S = 30


class Kernel:
    """Stands for the connection to a kernel."""

    selected_subprotocol = None
    kernel_ws_protocol = ""
    close_code = 1000
    close_reason = ""

    def __init__(self):
        self.over = asyncio.Event()

    async def connect(self):
        pass

    def disconnect(self):
        pass

    close = disconnect

    async def read_message(self):
        await self.over.wait()


class LetIn:
    """Leaves out who may come: of a page's websocket, only the websocket."""

    opened: asyncio.Queue

    async def prepare(self):
        pass

    def check_origin(self, origin=None):  # noqa: ARG002 - as Tornado calls it
        return True

    async def open(self, *arguments):
        if waited := super().open(*arguments):
            await waited
        self.opened.put_nowait(
            self.ws_connection.stream.socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        )


class AtTheDoor(LetIn, DoorChannels):
    async def get(self, kernel_id):
        self.kernel_id = kernel_id
        self.connection = Kernel()
        await WebSocketHandler.get(self, kernel_id)


class InFront(LetIn, DoorSocket):
    async def _connect(self):
        return Kernel()

    def note_activity(self):
        pass


class AsTornadoDoes(LetIn, WebSocketHandler):
    pass


@pytest.mark.parametrize(
    ("handler", "given", "at_once"),
    [(AtTheDoor, {}, True), (InFront, {"origin": lambda: None}, True), (AsTornadoDoes, {}, False)],
)
async def test_a_small_message_does_not_wait_for_the_one_before(handler, given, at_once):
    handler.opened = asyncio.Queue()
    listening, port = bind_unused_port()
    server = HTTPServer(Application([("/(one)", handler, given)]))
    server.add_sockets([listening])
    try:
        page = await websocket_connect(f"ws://127.0.0.1:{port}/one")
        async with asyncio.timeout(WITHIN_S):
            assert bool(await handler.opened.get()) is at_once
        page.close()
    finally:
        server.stop()
        await server.close_all_connections()
