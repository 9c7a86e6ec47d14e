"""A door that writes down what it hears, and the extension that hands requests on to it as to any door.

Its port stands in ``RECORDED_DOOR``, and in ``RECORDED_FORGOTTEN`` after how long a page counts as forgotten. It runs in the process of the test, which also says what it answers.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketHandler

from workshopkit.server.proxy import DoorPages
from workshopkit.server.proxy_socket import DoorSocket

PORT = "RECORDED_DOOR"
FORGOTTEN = "RECORDED_FORGOTTEN"
ROOT = "recorded"


@dataclass
class Recorder:
    """What was asked, and what is answered from now on."""

    asked: list = field(default_factory=list)
    sockets: list = field(default_factory=list)
    said: list = field(default_factory=list)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def last(self):
        return self.asked[-1]


class _Page(RequestHandler):
    """Answers by the last word of the path."""

    def check_xsrf_cookie(self):
        pass

    async def get(self):
        recorder = self.application.settings["recorder"]
        recorder.asked.append(self.request)
        kind = self.request.path.rpartition("/")[2]
        self.set_header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        if kind == "slow":
            self.write("first")
            await self.flush()
            await recorder.go_on.wait()
            self.finish("second")
        elif kind == "breaks":
            self.write("first")
            await self.flush()
            await recorder.go_on.wait()
            self.detach().close()
        elif kind == "away":
            self.add_header("Set-Cookie", "workshopkit-session=a; Path=/user/x/workshop/; HttpOnly")
            self.add_header("Set-Cookie", "workshopkit-lang=nl; Path=/user/x/workshop/; SameSite=Lax")
            self.redirect("/user/x/workshop/cockpit", status=303)
        elif kind == "packed":
            self.set_header("Content-Encoding", "gzip")
            self.set_header("Content-Type", "text/css")
            self.finish(b"\x1f\x8b not really")
        elif kind == "nothing":
            self.set_status(204)
        else:
            self.finish(f"the door: {self.request.path}")

    async def post(self):
        await self.get()


class _Socket(WebSocketHandler):
    """Says everything back; ends with the code that it is told."""

    async def get(self, *arguments, **options):
        self.application.settings["recorder"].asked.append(self.request)
        if self.request.path.endswith("gone/channels"):
            self.send_error(404)
            return
        await super().get(*arguments, **options)

    def select_subprotocol(self, subprotocols):
        return subprotocols[-1] if subprotocols else None

    def open(self):
        self.application.settings["recorder"].sockets.append(self)

    async def on_message(self, message):
        if isinstance(message, str) and message.startswith("end "):
            self.close(int(message[4:]), "as you like")
            return
        self.application.settings["recorder"].said.append(message)
        await self.write_message(message, binary=isinstance(message, bytes))


@asynccontextmanager
async def listening(port: int):
    """Let a recorder listen on a port of this machine until the block ends."""
    recorder = Recorder()
    application = Application(
        [(r".*/channels", _Socket), (r".*", _Page)], recorder=recorder, log_function=lambda _: None
    )
    server = HTTPServer(application)
    server.listen(port, "127.0.0.1")
    try:
        yield recorder
    finally:
        recorder.go_on.set()
        for socket in recorder.sockets:
            socket.close()
        server.stop()
        await server.close_all_connections()


def _load_jupyter_server_extension(server):
    """Hand everything under ``…/recorded/`` on to the recorder."""
    base = f"{server.web_app.settings['base_url']}{ROOT}"
    door = {"origin": lambda: f"http://127.0.0.1:{os.environ[PORT]}"}
    DoorSocket.forgotten_s = float(os.environ.get(FORGOTTEN, DoorSocket.forgotten_s))
    server.web_app.add_handlers(
        ".*$",
        [
            (rf"{base}/api/kernels/[^/]+/channels", DoorSocket, door),
            (rf"{base}/.*", DoorPages, door),
        ],
    )


def _jupyter_server_extension_points():
    return [{"module": __name__}]
