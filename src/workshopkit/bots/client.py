"""A participant's browser, as far as the door can tell: form, cookies, page, websocket, widget messages, outbox."""

from __future__ import annotations

import asyncio
import html
import json
import re
import uuid
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urljoin

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest, HTTPResponse
from tornado.websocket import WebSocketClientConnection, WebSocketError, websocket_connect

from workshopkit.errors import NoKernel, WorkshopkitError
from workshopkit.i18n import N_

__all__ = ["TROUBLE", "Browser", "Page"]

# What may go wrong on the way to the door and back: a page says so and tries again.
TROUBLE = (WorkshopkitError, OSError, HTTPClientError, WebSocketError)

_CONFIG = re.compile(r'<script type="application/json" id="page-config">(.*?)</script>', re.DOTALL)
_XSRF = re.compile(r'name="_xsrf" value="([^"]+)"')
_SEAT = re.compile(r'<button class="choice" name="actor" value="([^"]+)"')
_LOST = N_("The page lost its connection.")
_AT_ONCE = 200  # a room full of browsers, each with connections of its own


@dataclass
class Browser:
    """Cookies, and the bytes that went over the wire."""

    base: str
    cookies: dict[str, str] = field(default_factory=dict)
    received: int = 0
    requests: int = 0

    async def fetch(self, path: str, form: dict[str, str] | None = None) -> HTTPResponse:
        """Get a page, or post a form; follows redirects as a browser does."""
        client = AsyncHTTPClient(max_clients=_AT_ONCE)
        url = path if path.startswith("http") else self.base + path
        for _ in range(5):
            request = HTTPRequest(
                url,
                method="GET" if form is None else "POST",
                body=None if form is None else urlencode(form),
                headers={"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())},
                follow_redirects=False,
                request_timeout=60,
            )
            reply = await client.fetch(request, raise_error=False)
            self.requests += 1
            self.received += len(reply.body or b"")
            for line in reply.headers.get_list("Set-Cookie"):
                self.cookies.update({name: morsel.coded_value for name, morsel in SimpleCookie(line).items()})
            if reply.code not in {302, 303}:
                return reply
            url, form = urljoin(url, reply.headers["Location"]), None
        return reply

    async def seats(self, code: str) -> list[str]:
        """Read who can be chosen on the form for a code; none if the door does not let anybody in."""
        return [html.unescape(seat) for seat in _SEAT.findall((await self.fetch(f"/j/{code}")).body.decode())]

    async def join(self, code: str, actor: str) -> Page:
        """Join a workshop for an actor and open the page."""
        form = (await self.fetch(f"/j/{code}")).body.decode()
        found = _XSRF.search(form)
        token = html.unescape(found[1]) if found else ""
        return Page.read(self, await self.fetch("/join", {"_xsrf": token, "code": code, "actor": actor}))

    async def open(self, path: str) -> Page:
        """Open a page with a kernel."""
        return Page.read(self, await self.fetch(path))


class Page:
    """An open page: its kernel and its one widget.

    Parameters
    ----------
    browser
        Whose page it is.
    config
        What the page's HTML says of kernel and widget.
    """

    def __init__(self, browser: Browser, config: dict[str, Any]) -> None:
        self.browser = browser
        self.config = config
        self.state: dict[str, Any] = {}
        self.socket: WebSocketClientConnection | None = None
        self.received = 0
        self._answers: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._session = uuid.uuid4().hex
        self._changed = asyncio.Condition()
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._listening: asyncio.Task[None] | None = None
        self._control = uuid.uuid4().hex
        self.ended = asyncio.Event()
        self.kinds: set[str] = set()

    @classmethod
    def read(cls, browser: Browser, reply: HTTPResponse) -> Page:
        """Read the page's HTML; raises `NoKernel` if it is another page."""
        found = _CONFIG.search(reply.body.decode())
        config = json.loads(found[1]) if found else {}
        if reply.code != 200 or not config.get("modelId"):  # noqa: PLR2004 - the page itself
            raise NoKernel(N_("The page did not open (answer {code})."), code=reply.code)
        return cls(browser, config)

    async def connect(self) -> Page:
        """Open the websocket and load the widgets, as the page's own manager does."""
        path = f"/api/kernels/{self.config['kernelId']}/channels?session_id={self._session}"
        cookie = "; ".join(f"{name}={value}" for name, value in self.browser.cookies.items())
        request = HTTPRequest(
            self.browser.base.replace("http", "ws", 1) + path,
            headers={"Cookie": cookie, "Origin": urljoin(self.browser.base, "/").rstrip("/")},
        )
        self.socket = await websocket_connect(request, compression_options={})
        self._listening = asyncio.create_task(self._listen())
        await self.write("kernel_info_request", {})
        await self.write(
            "comm_open",
            {
                "comm_id": self._control,
                "target_name": "jupyter.widget.control",
                "data": {},
                "target_module": None,
            },
            metadata={"version": "1.0.0"},
        )
        await self.write("comm_msg", {"comm_id": self._control, "data": {"method": "request_states"}})
        await self._ready
        return self

    async def send(
        self, kind: str, payload: dict[str, Any], *, id: str | None = None, act: str | None = "lines"
    ) -> dict[str, Any]:
        """Send one event and wait for the answer: stored, refused or waiting."""
        key = id or uuid.uuid4().hex
        answer = self._answers[key] = asyncio.get_running_loop().create_future()
        await self.message(
            {"type": "events", "events": [{"id": key, "act": act, "kind": kind, "payload": payload}]}
        )
        found: dict[str, Any] = await answer
        return found

    async def message(self, content: dict[str, Any]) -> None:
        """Send a custom message to the widget."""
        await self.write(
            "comm_msg", {"comm_id": self.config["modelId"], "data": {"method": "custom", "content": content}}
        )

    async def until(self, test: Any) -> dict[str, Any]:
        """Wait until the state passes a test; gives the state. Raises `NoKernel` if the connection ends before."""
        async with self._changed:
            await self._changed.wait_for(lambda: test(self.state) or self.ended.is_set())
            if not test(self.state):
                raise NoKernel(_LOST)
            return self.state

    def drop(self) -> None:
        """Lose the connection without a word, as where the network goes."""
        if self.socket is not None:
            self.socket.stream.close()

    async def say_goodbye(self) -> None:
        """Tell the door that this page closes, as a browser does that has the time."""
        await self.browser.fetch(f"/bye/{self.config['kernelId']}", {"_xsrf": self.config["xsrf"]})

    async def close(self) -> None:
        """Close the websocket."""
        if self._listening is not None:
            self._listening.cancel()
        if self.socket is not None:
            self.socket.close()

    async def write(
        self,
        kind: str,
        content: dict[str, Any],
        channel: str = "shell",
        *,
        metadata: dict[str, Any] | None = None,
    ) -> None:
        """Send any message of Jupyter's protocol to the kernel."""
        header = {
            "msg_id": uuid.uuid4().hex,
            "msg_type": kind,
            "session": self._session,
            "username": "",
            "version": "5.4",
            "date": "",
        }
        message = {
            "channel": channel,
            "header": header,
            "parent_header": {},
            "metadata": metadata or {},
            "content": content,
            "buffers": [],
        }
        assert self.socket is not None  # noqa: S101 - connect() comes first
        await self.socket.write_message(json.dumps(message))

    async def _listen(self) -> None:
        assert self.socket is not None  # noqa: S101 - connect() comes first
        while (text := await self.socket.read_message()) is not None:
            self.received += len(text)
            if isinstance(text, bytes):
                size = int.from_bytes(text[:4], "big")
                start, end = (int.from_bytes(text[4 * i : 4 * i + 4], "big") for i in (1, 2))
                text = text[start : end if size > 1 else None].decode()
            message = json.loads(text)
            self.kinds.add(message["header"]["msg_type"])
            if message["header"]["msg_type"] == "comm_msg":
                await self._hear(message["content"])
        self.ended.set()
        async with self._changed:
            self._changed.notify_all()
        # Who still waits for something will wait in vain.
        open_ones: list[asyncio.Future[Any]] = [self._ready, *self._answers.values()]
        for waiting in open_ones:
            if not waiting.done():
                waiting.set_exception(NoKernel(_LOST))

    async def _hear(self, content: dict[str, Any]) -> None:
        data = content["data"]
        if data.get("method") == "update_states":
            model = data["states"][self.config["modelId"]]["state"]
            async with self._changed:
                self.state = dict(model["state"])
                self._changed.notify_all()
            if not self._ready.done():
                self._ready.set_result(None)
        elif data.get("method") == "custom":
            await self._custom(data["content"])

    async def _custom(self, content: dict[str, Any]) -> None:
        if content["type"] == "state":
            async with self._changed:
                self.state = {**self.state, **content["patch"], "seq": content["to_seq"]}
                self._changed.notify_all()
            return
        answer = self._answers.pop(content.get("id", ""), None)
        if answer is not None and not answer.done():
            answer.set_result(content)
