"""Hand requests on to a door that listens on this machine only.

Anybody may ask, since phones have no token of the server in front: the door says who gets in. Of the cookies only the
door's own go along, of the headers only those that a page needs, and of the query everything but what opens the server in
front: that opens nothing behind it, and the door has no business to see it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import ClassVar
from urllib.parse import unquote_plus

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.httputil import HTTPHeaders, HTTPServerRequest
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError

from workshopkit.server.holder import HolderHandler
from workshopkit.server.identity import COOKIES, LANG_COOKIE, XSRF_COOKIE

__all__ = ["DoorHandedOn", "DoorPages", "passed_on", "place"]

_OURS = frozenset({*COOKIES.values(), LANG_COOKIE, XSRF_COOKIE})
_THERE = ("Accept", "Accept-Encoding", "Accept-Language", "Content-Type", "Host", "Origin", "User-Agent")
_NOT_THERE = frozenset({"token", "_xsrf"})
_NOT_BACK = frozenset({"connection", "content-length", "keep-alive", "transfer-encoding", "upgrade"})
_AWAY = 503
_TIMEOUT_S = 180.0
_AT_ONCE = 200  # a room comes all at once


def passed_on(request: HTTPServerRequest) -> dict[str, str]:
    """Give the headers that go to the door, cookies included."""
    kept = {name: request.headers[name] for name in _THERE if name in request.headers}
    ours = [f"{name}={morsel.coded_value}" for name, morsel in request.cookies.items() if name in _OURS]
    return {**kept, "Cookie": "; ".join(ours)} if ours else kept


def place(request: HTTPServerRequest) -> str:
    """Give path and query for the door."""
    parts = [
        part for part in request.query.split("&") if unquote_plus(part.partition("=")[0]) not in _NOT_THERE
    ]
    return f"{request.path}?{'&'.join(parts)}".rstrip("?")


class DoorHandedOn(HolderHandler):
    """What is handed on, in whatever way.

    Parameters
    ----------
    origin
        Where the door listens, such as ``http://127.0.0.1:8080``; a function, since it starts when first needed.
    """

    def initialize(self, origin: Callable[[], str | None]) -> None:
        self._origin = origin

    def address(self) -> str:
        """Give the address of the same thing at the door; raises what shows a page in words if there is no door."""
        origin = self._origin()
        if origin is None:
            raise HTTPError(_AWAY)
        return origin + place(self.request)

    def note_activity(self) -> None:
        """Count as activity, or an idle server would be stopped under a room that is busy.

        What the door says by itself does not count: a page may not keep a server going by being written to.
        """
        self.settings["last_activity_times"]["workshopkit"] = dt.datetime.now(tz=dt.UTC)

    def _log(self) -> None:
        """Leave the log to the door, which keeps codes and queries out of it."""


class DoorPages(DoorHandedOn):
    """Everything under ``…/workshop/`` that is no websocket."""

    SUPPORTED_METHODS: ClassVar = ("GET", "POST")  # type: ignore[misc]

    def check_xsrf_cookie(self) -> None:
        """Leave this to the door, whose forms carry its own number."""

    def compute_etag(self) -> None:
        """Leave this to the door as well."""

    @allow_unauthenticated
    async def get(self) -> None:
        await self._hand_on()

    @allow_unauthenticated
    async def post(self) -> None:
        await self._hand_on()

    async def _hand_on(self) -> None:
        address = self.address()
        self.note_activity()
        head: list[str] = []
        request = HTTPRequest(
            address,
            method=self.request.method or "GET",
            headers=passed_on(self.request),
            body=self.request.body if self.request.method == "POST" else None,
            follow_redirects=False,
            decompress_response=False,
            request_timeout=_TIMEOUT_S,
            header_callback=head.append,
            streaming_callback=lambda chunk: self._more(head, chunk),
        )
        try:
            await _client().fetch(request, raise_error=False)
        except (HTTPClientError, OSError) as fault:
            if not self._headers_written:
                raise HTTPError(_AWAY) from fault
            self.detach().close()  # an answer that breaks off may not look whole
            return
        self._begin(head)
        await self.finish()

    async def _more(self, head: list[str], chunk: bytes) -> None:
        self._begin(head)
        self.write(chunk)
        with suppress(StreamClosedError):  # the visitor has left
            await self.flush()

    def _begin(self, head: list[str]) -> None:
        """Say what the door says at the head of its answer, once."""
        if self._headers_written:
            return
        status, *lines = head
        self.set_status(int(status.split(" ", 2)[1]))
        self._headers = HTTPHeaders()  # ours are for pages of our own
        for name, value in HTTPHeaders.parse("".join(lines)).get_all():
            if name.lower() not in _NOT_BACK:
                self.add_header(name, value)


@cache
def _client() -> AsyncHTTPClient:
    """Give a client of our own: the shared one takes ten requests at a time."""
    return AsyncHTTPClient(force_instance=True, max_clients=_AT_ONCE)
