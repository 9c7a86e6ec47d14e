"""The kernels of the door's pages: whose they are, what they are told, and when they end."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, cast
from weakref import WeakSet

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError
from tornado.websocket import WebSocketHandler
from traitlets import Float, Int

from workshopkit.errors import NoMemory, StoreError, TooManyPages
from workshopkit.i18n import N_
from workshopkit.kernels import kept_env, memory
from workshopkit.kernels.provisioner import WarmProvisioner
from workshopkit.server.identity import owner
from workshopkit.server.presence import Presence
from workshopkit.store import Session

__all__ = ["DoorKernelManager", "page_env"]


def page_env(db: str, session: Session, join_url: str) -> dict[str, str]:
    """Give the environment of a page's kernel: an allow-list, the store, and the session that it serves."""
    given = {name: getattr(session, name) for name in session.__slots__}
    return {
        **kept_env(),
        "OPENBLAS_NUM_THREADS": "1",
        "WORKSHOPKIT_DB": db,
        "WORKSHOPKIT_SESSION": json.dumps({**given, "join_url": join_url}),
    }


class DoorKernelManager(AsyncMappingKernelManager):
    """Keep an owner with every kernel, and end a kernel that no page is connected to."""

    alone_s = Float(40.0, config=True, help="Seconds after which a kernel without a connected page ends.")
    left_s = Float(5.0, config=True, help="The same after the page has said that it closes.")
    tidy_s = Float(60.0, config=True, help="Seconds after which freed memory is given back, again and again.")
    most = Int(6, config=True, help="How many pages one visitor may have open.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._owners: dict[str, str] = {}
        self._alone: dict[str, float] = {}
        self._leaving: set[str] = set()
        self._sockets: dict[str, WeakSet[WebSocketHandler]] = {}
        self._starting: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()
        self.failed_starts = 0
        self.failed_at: float | None = None
        self.presence = Presence()
        self.tell_presence: Callable[[dict[str, dict[str, Any]], float | None], None] | None = None
        self._sessions: dict[str, Session] = {}
        self._told: object = None
        self._expected: dict[str, float] = {}
        self.free_mb: Callable[[], float] = memory.free_mb

    async def start_page(
        self, session: Session, env: dict[str, str], cells: list[str]
    ) -> tuple[str, list[dict[str, Any]]]:
        """Start the kernel of a session's page; gives its id and what its cells displayed.

        Raises
        ------
        NoKernel
            If no kernel could be had.
        TooManyPages
            If this visitor has as many pages open as one may have.
        """
        if not self._tasks:
            self._spawn(self._sweep())
            self._spawn(self._tidy())
        whose = owner(session)
        await self._make_room(whose)
        self._starting[whose] += 1
        self._expected.pop(whose, None)
        try:
            id = await self.start_kernel(kernel_name="python3", env=env, cells=cells)
        except Exception:
            self.failed_starts += 1
            self.failed_at = time.time()
            raise
        finally:
            self._starting[whose] -= 1
        self._owners[id] = whose
        self._sessions[id] = session
        self._alone[id] = time.monotonic() + self.alone_s
        provisioner = cast("WarmProvisioner", self.get_kernel(id).provisioner)
        if provisioner.error:
            self.log.error("the page's cells failed: %s", provisioner.error)
        self._spawn(self._watch(id, provisioner))
        return id, list(provisioner.displays)

    def expect(self, session: Session) -> None:
        """Keep memory for a visitor who was let in, until the page is asked for."""
        self._expected[owner(session)] = time.monotonic() + self.alone_s

    def must_hold_another(self) -> None:
        """Refuse who is new while the memory that is left is for those who are in: their pages still grow.

        Whoever was let in gets a page, whatever happens: this is asked at the form, and not again.

        Raises
        ------
        NoMemory
            If so.
        """
        now = time.monotonic()
        self._expected = {whose: until for whose, until in self._expected.items() if until > now}
        coming = self._starting.total() + len(self._expected)
        if self.free_mb() < memory.needed_mb(len(self._owners) + coming, coming):
            self.failed_at = time.time()
            raise NoMemory(
                N_(
                    "This laptop has no memory left for one more phone. Look on with somebody who is in, "
                    "or ask the facilitator."
                )
            )

    def owner_of(self, id: str) -> str | None:
        """Give whose a kernel is; None if there is no such kernel."""
        return self._owners.get(id) if id in self else None

    def kernels_of(self, owner: str) -> list[str]:
        """List somebody's kernels."""
        return [id for id, whose in self._owners.items() if whose == owner and id in self]

    async def end_of(self, owner: str) -> None:
        """End somebody's kernels now, and the connections to them."""
        self.presence.left(owner.partition(":")[2])
        await asyncio.gather(*(self._end(id) for id in self.kernels_of(owner)))

    def opened(self, id: str, socket: WebSocketHandler) -> None:
        """Remember a page's websocket, to close it with its kernel."""
        self._sockets.setdefault(id, WeakSet()).add(socket)

    def leave(self, id: str) -> None:
        """Note that a page has said that it closes, which may arrive before or after the end of its websocket."""
        self._leaving.add(id)
        if (session := self._sessions.get(id)) is not None:
            self.presence.closed(id, session)
        if id in self._alone:
            self._alone[id] = min(self._alone[id], time.monotonic() + self.left_s)

    def notify_connect(self, kernel_id: str) -> None:
        super().notify_connect(kernel_id)
        if (session := self._sessions.get(kernel_id)) is not None and session.role == "participant":
            self.presence.came(kernel_id, session)
        self._alone.pop(kernel_id, None)
        self._leaving.discard(kernel_id)

    def notify_disconnect(self, kernel_id: str) -> None:
        super().notify_disconnect(kernel_id)
        self.presence.went(kernel_id)
        if kernel_id not in self._owners:
            return
        if not self._kernel_connections.get(kernel_id):
            left = self.left_s if kernel_id in self._leaving else self.alone_s
            self._alone[kernel_id] = time.monotonic() + left

    async def _make_room(self, whose: str) -> None:
        """Let who reloads and reloads have one kernel more by giving back those that no page is connected to."""
        open_ones = self.kernels_of(whose)
        too_many = len(open_ones) + self._starting[whose] + 1 - self.most
        left = sorted((id for id in open_ones if id in self._alone), key=self._alone.__getitem__)
        if too_many > len(left):
            raise TooManyPages(
                N_("You have {count} of these pages open already. Close one, then try again."),
                count=self.most,
            )
        for id in left[: max(0, too_many)]:
            await self._end(id)

    async def _watch(self, id: str, provisioner: WarmProvisioner) -> None:
        """Forget a kernel as soon as its process is no more, so that its page asks, hears so and begins anew."""
        await provisioner.wait()
        if id in self._owners:
            self.log.warning("the kernel of %s ended by itself", self._owners.get(id))
            await self._end(id)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(1.0)
            now = time.monotonic()
            for id in [id for id, until in self._alone.items() if until < now]:
                await self._end(id)
            self._tell()

    async def _tidy(self) -> None:
        """Give back what pages that have gone left behind: what the door holds, no newcomer can have."""
        while True:
            await asyncio.sleep(self.tidy_s)
            memory.give_back()

    def _tell(self) -> None:
        """Leave for the cockpit which phones are in touch, when that has changed."""
        found = self.presence.seen(), self.failed_at
        if self.tell_presence is not None and found != self._told:
            with suppress(StoreError):  # then a second later
                self.tell_presence(*found)
                self._told = found

    async def _end(self, id: str) -> None:
        self._alone.pop(id, None)
        self._owners.pop(id, None)
        self._sessions.pop(id, None)
        self.presence.went(id)
        self._leaving.discard(id)
        for socket in self._sockets.pop(id, ()):
            socket.close(1001, "the kernel has ended")
        if id in self:
            with suppress(KeyError, HTTPError):  # two may end it at the same moment
                await self.shutdown_kernel(id, now=True)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
