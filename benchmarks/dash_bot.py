"""A visitor of Dash, as a bot: the page, its layout and its callbacks, and a first tap whose count comes back."""

from __future__ import annotations

import json
import time

from tornado.httpclient import AsyncHTTPClient, HTTPRequest

__all__ = ["DashBot"]

_PAGE = ("/", "/_dash-layout", "/_dash-dependencies")
_ROWS, _COUNT = "told-rows", "told-count"


class DashBot:
    """A bot at Dash."""

    def __init__(self, url: str, within_s: float) -> None:
        self._url = url
        self._within_s = within_s

    async def arrive(self) -> float:
        began = time.monotonic()
        for path in _PAGE:
            body = (await self._fetch(path)).decode()
        callbacks = [one["output"] for one in json.loads(body)]
        if f"{_COUNT}.children" not in callbacks:
            raise RuntimeError(f"the page counts nothing: {callbacks}")
        tap = {
            "output": f"{_COUNT}.children",
            "outputs": {"id": _COUNT, "property": "children"},
            "inputs": [{"id": _ROWS, "property": "value", "value": ["Contact centre"]}],
            "changedPropIds": [f"{_ROWS}.value"],
            "state": [],
        }
        answer = json.loads(await self._fetch("/_dash-update-component", json.dumps(tap)))
        if answer["response"][_COUNT]["children"] != "1":
            raise RuntimeError(f"counted {answer}")
        return time.monotonic() - began

    async def leave(self) -> None:
        """Nothing is kept open."""

    async def _fetch(self, path: str, body: str | None = None) -> bytes:
        request = HTTPRequest(
            self._url + path,
            method="GET" if body is None else "POST",
            body=body,
            headers={"Content-Type": "application/json"},
            decompress_response=True,
            request_timeout=self._within_s,
            connect_timeout=self._within_s,
        )
        return (await AsyncHTTPClient().fetch(request)).body
