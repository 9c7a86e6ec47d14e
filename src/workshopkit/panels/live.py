"""Keeps one page in step with the store: polls cheaply, and sends one message when something has changed.

A message holds the top-level keys of the state that changed, with the numbers of the state it starts from and leads
to. While the page is hidden nothing is read and nothing is sent.
"""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar, Protocol

from workshopkit.errors import StoreError
from workshopkit.panels.commit import Committer
from workshopkit.panels.here import Here
from workshopkit.room.fold import Room
from workshopkit.store.contract import Store

__all__ = ["Live", "PageLike"]

RETRY_S = 1.0
TIME_S = 10.0
_MISSING = object()


class PageLike(Protocol):
    """The widget of a page, as far as panels need it."""

    state: dict[str, Any]

    def send(self, content: dict[str, Any], buffers: Any = None) -> None:
        """Send a message to the page."""

    def on_msg(self, callback: Callable[..., None]) -> None:
        """Have a function called with every message from the page."""


class Live(ABC):
    """What the three pages have in common.

    Parameters
    ----------
    store
        The workshop's store.
    here
        For whom the page is.
    clock
        Monotonic seconds; tests pass in their own.
    now
        Seconds since the epoch, the server's time.
    """

    interval: ClassVar[float] = 0.25
    spacing: ClassVar[float] = 0.5

    def __init__(
        self,
        store: Store,
        here: Here,
        *,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.store = store
        self.here = here
        self.room = Room()
        self._clock = clock
        self._now = now
        self._committer = Committer(
            store, here.workshop, here.participant, here.role, here.actor, here.lang, clock=now
        )
        self._page: PageLike | None = None
        self._sent: dict[str, Any] = {}
        self._sent_seq = 0
        self._messages = 0
        self._version: int | None = None
        self._free_at = float("-inf")
        self._hidden = False
        self._told_at = float("-inf")
        self._origin = ""

    @abstractmethod
    def read(self) -> None:
        """Bring `room` and whatever else the state needs up to date from the store."""

    @abstractmethod
    def state(self) -> dict[str, Any]:
        """Give the whole state of the page."""

    def start(self) -> dict[str, Any]:
        """Read the store and give the first state, complete."""
        self._version = self.store.version()
        self._origin = self.store.meta("origin") or ""
        self.read()
        state = self.state()
        self._sent, self._sent_seq = state, self.room.seq
        return self.newest()

    def newest(self) -> dict[str, Any]:
        """Give the state that the page has when every message so far has reached it.

        ``origin`` changes where a store goes on from a copy: then the page sends again what it had stored lately.
        """
        known = {
            "seq": self._sent_seq,
            "messages": self._messages,
            "left": self.left(),
            "now": self._now(),
            "origin": self._origin,
        }
        return {**self._sent, **known}

    def attach(self, page: PageLike) -> None:
        """Listen to a page and speak to it from now on."""
        self._page = page
        page.on_msg(self._receive)

    async def run(self) -> None:
        """Look at the store again and again; one that does not answer is asked again later."""
        while True:
            pause = self.interval
            try:
                self.look()
            except StoreError as error:
                pause = RETRY_S
                self.troubled(error)
            await asyncio.sleep(pause)

    def troubled(self, error: StoreError) -> None:  # noqa: B027 - most pages go on with what they have
        """Do what follows from a store that does not answer."""

    def left(self) -> float | None:
        """Give the seconds that the timer has left; None where none runs."""
        timer = self.room.timer
        if timer is None or timer["at"] is None:
            return None
        return round(max(0.0, float(timer["at"] + timer["seconds"] - self._now())), 1)

    def _tell_time(self) -> None:
        """Say how many seconds are left: a phone counts on from there, and its own clock is asked nothing."""
        self._told_at = self._clock()
        if (left := self.left()) is not None:
            self.tell({"type": "time", "left": left})

    def look(self) -> None:
        """Read what is new and send what has changed, if anything, and not too often.

        In a full room most of what is new changes nothing here; each reading costs all the same.
        """
        if self._hidden or self._clock() < self._free_at:
            return
        if self._clock() - self._told_at >= TIME_S:
            self._tell_time()
        version = self.store.version()
        if version == self._version:
            return
        self.read()
        # Only now: if reading failed, the next look tries again.
        self._version = version
        self._send_changes()
        self._free_at = self._clock() + self.spacing

    def _send_changes(self) -> None:
        state = self.state()
        patch = {key: value for key, value in state.items() if self._sent.get(key, _MISSING) != value}
        patch |= dict.fromkeys(self._sent.keys() - state.keys())
        if patch:
            self._send_state(self._sent_seq, patch)
            self._sent, self._sent_seq = state, self.room.seq

    def _send_state(self, from_seq: int, patch: dict[str, Any]) -> None:
        self._messages += 1
        self.tell(
            {
                "type": "state",
                "act": self.room.act,
                "from_seq": from_seq,
                "to_seq": self.room.seq,
                "left": self.left(),
                "now": self._now(),
                "patch": patch,
            }
        )

    def tell(self, content: dict[str, Any]) -> None:
        """Send one message to the page."""
        if self._page is not None:
            self._page.send(content)

    def _receive(self, _widget: object, content: object, _buffers: object = None) -> None:
        """Take a message from the page; what is no message of ours is left alone."""
        if not isinstance(content, dict):
            return
        kind = content.get("type")
        if kind == "events":
            self._take(content.get("events"))
        elif kind == "resync":
            self._resync(content.get("messages"))
        elif kind == "hidden":
            self._hidden = content.get("hidden") is True
            if not self._hidden:
                self._tell_time()
                self._quietly(self.look)
        else:
            self._quietly(lambda: self.asked(content))

    def asked(self, content: dict[str, Any]) -> None:  # noqa: B027 - most pages ask for nothing else
        """Do what else a page may ask for."""

    def _take(self, events: object) -> None:
        # As it is now, not as it was at the last look: the act may just have been closed.
        self._quietly(self.read)
        answers, kinds = self._committer.commit(events, self.room)
        for answer in answers:
            self.tell(answer)
        self._quietly(lambda: self.committed(kinds))
        self._version = None
        self._quietly(self.look)

    @abstractmethod
    def committed(self, kinds: set[str]) -> None:
        """Do what follows from kinds of events that are in the store now."""

    def _resync(self, heard: object) -> None:
        """Send the whole state, or only what is new if the page has heard every message so far."""
        self._quietly(self.read)
        if heard == self._messages:
            self._send_changes()
            return
        state = self.state()
        self._send_state(0, state)
        self._sent, self._sent_seq = state, self.room.seq

    def _quietly(self, work: Callable[[], None]) -> None:
        """Do something that the next look makes good if the store does not answer now."""
        try:
            work()
        except StoreError:
            self._version = None
