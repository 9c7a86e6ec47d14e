"""The kernels of the door's pages: whose they are, what they are told, and when they end."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, cast
from weakref import WeakSet

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError
from tornado.websocket import WebSocketHandler
from traitlets import Float

from workshopkit.kernels import kept_env
from workshopkit.kernels.provisioner import WarmProvisioner
from workshopkit.server.identity import owner
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

    alone_s = Float(60.0, config=True, help="Seconds after which a kernel without a connected page ends.")
    left_s = Float(5.0, config=True, help="The same after the page has said that it closes.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._owners: dict[str, str] = {}
        self._alone: dict[str, float] = {}
        self._leaving: set[str] = set()
        self._sockets: dict[str, WeakSet[WebSocketHandler]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.failed_starts = 0

    async def start_page(
        self, session: Session, env: dict[str, str], cells: list[str]
    ) -> tuple[str, list[dict[str, Any]]]:
        """Start the kernel of a session's page; gives its id and what its cells displayed.

        Raises
        ------
        NoKernel
            If no kernel could be had.
        """
        if not self._tasks:
            self._spawn(self._sweep())
        try:
            id = await self.start_kernel(kernel_name="python3", env=env, cells=cells)
        except Exception:
            self.failed_starts += 1
            raise
        self._owners[id] = owner(session)
        self._alone[id] = time.monotonic() + self.alone_s
        provisioner = cast("WarmProvisioner", self.get_kernel(id).provisioner)
        if provisioner.error:
            self.log.error("the page's cells failed: %s", provisioner.error)
        self._spawn(self._watch(id, provisioner))
        return id, list(provisioner.displays)

    def owner_of(self, id: str) -> str | None:
        """Give whose a kernel is; None if there is no such kernel."""
        return self._owners.get(id) if id in self else None

    def kernels_of(self, owner: str) -> list[str]:
        """List somebody's kernels."""
        return [id for id, whose in self._owners.items() if whose == owner and id in self]

    async def end_of(self, owner: str) -> None:
        """End somebody's kernels now, and the connections to them."""
        await asyncio.gather(*(self._end(id) for id in self.kernels_of(owner)))

    def opened(self, id: str, socket: WebSocketHandler) -> None:
        """Remember a page's websocket, to close it with its kernel."""
        self._sockets.setdefault(id, WeakSet()).add(socket)

    def leave(self, id: str) -> None:
        """Note that a page has said that it closes, which may arrive before or after the end of its websocket."""
        self._leaving.add(id)
        if id in self._alone:
            self._alone[id] = min(self._alone[id], time.monotonic() + self.left_s)

    def notify_connect(self, kernel_id: str) -> None:
        super().notify_connect(kernel_id)
        self._alone.pop(kernel_id, None)
        self._leaving.discard(kernel_id)

    def notify_disconnect(self, kernel_id: str) -> None:
        super().notify_disconnect(kernel_id)
        if kernel_id not in self._owners:
            return
        if not self._kernel_connections.get(kernel_id):
            left = self.left_s if kernel_id in self._leaving else self.alone_s
            self._alone[kernel_id] = time.monotonic() + left

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

    async def _end(self, id: str) -> None:
        self._alone.pop(id, None)
        self._owners.pop(id, None)
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
