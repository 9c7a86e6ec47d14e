"""Somebody with a browser: a phone, a laptop or the projector."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, WebError

    from room import Room

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}


class Visitor:
    """One browser context with its first page; remembers every request and fault of all its pages.

    A *crash* is an exception that nobody caught; *faults* are these and every other error in the console.
    """

    def __init__(self, browser: Browser, viewport: dict[str, int], lang: str) -> None:
        self.context: BrowserContext = browser.new_context(
            viewport=viewport, locale={"nl": "nl-NL", "en": "en-GB"}[lang]
        )
        self.hosts: set[str] = set()
        self.faults: list[str] = []
        self.crashes: list[str] = []
        self.context.on(
            "request", lambda request: self.hosts.add(re.sub(r"^(\w+://[^/:]+).*", r"\1", request.url))
        )
        self.context.on("weberror", self._note_crash)
        self.context.on(
            "console", lambda line: self.faults.append(line.text) if line.type == "error" else None
        )
        self.page: Page = self.context.new_page()

    def leave(self) -> None:
        """Close every page, so that each says goodbye, and the browser."""
        for page in self.context.pages:
            page.close()
        self.context.close()

    def _note_crash(self, fault: WebError) -> None:
        self.crashes.append(str(fault.error))
        self.faults.append(str(fault.error))


@pytest.fixture
def visit(browser):
    """Give a way to let visitors come, each with a browser of their own; all leave when the test ends, without a crash."""
    visitors = []

    def new(viewport=PHONE, lang="nl"):
        visitors.append(Visitor(browser, viewport, lang))
        return visitors[-1]

    yield new
    for visitor in visitors:
        visitor.leave()
    assert [crash for visitor in visitors for crash in visitor.crashes] == []


def join(phone: Visitor, room: Room, team: str) -> None:
    """Follow the code on the wall and choose a team."""
    phone.page.goto(room.join_url)
    phone.page.get_by_role("button", name=re.compile(rf"^{re.escape(team)}")).click()
