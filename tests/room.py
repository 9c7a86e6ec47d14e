"""A real room for tests: store, warm parent, analyst and door as processes of their own, on loopback."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cgroup import Limit
from workshopkit import paths
from workshopkit.room import definitions
from workshopkit.run.net import free_port
from workshopkit.run.supervisor import Child, Supervisor
from workshopkit.run.workshop import Plan, children, healthy, new_token
from workshopkit.store import Store, Workshop, open_store

HOST = "workshop.test"


@dataclass
class Room:
    """Where things are."""

    store: Store
    workshop: Workshop
    port: int
    supervisor: Supervisor

    @property
    def local(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def url(self, path: str = "") -> str:
        """Give an address under a plain http name, as phones have it: no secure context."""
        return f"http://{HOST}:{self.port}{path}"

    @property
    def join_url(self) -> str:
        return self.url(f"/j/{self.workshop.code}")

    def enter_url(self, page: str = "cockpit") -> str:
        token = self.store.issue_token(self.workshop.id, purpose="enter", role="facilitator", ttl_s=600)
        return self.url(f"/enter/{token}?page={page}")

    def pid(self, name: str) -> int:
        child = self._child(name)
        assert child.process is not None
        return child.process.pid

    def end_for_good(self, name: str) -> None:
        """End a process that is not started again."""
        self._child(name).keep = False
        os.kill(self.pid(name), signal.SIGKILL)

    def _child(self, name: str) -> Child:
        return next(child for child in self.supervisor.children if child.name == name)


@contextmanager
def running_room(
    folder: Path,
    *,
    lang: str = "nl",
    expect: int = 6,
    fork: bool = True,
    payload: dict | None = None,
    public_url: str | None = None,
    limit: Limit | None = None,
    lab: bool = False,
):
    """Run a room until the block ends: the demo's, or that of another definition; under its own address or another.

    A store that is in the folder already goes on. With a limit all its processes together keep to that much memory.
    """
    folder.mkdir(exist_ok=True)
    store = open_store(str(folder / "kit.db"))
    payload = payload or definitions.read_file(paths.data() / "demo" / f"{lang}.json")
    workshop = next(iter(store.workshops()), None) or store.create_workshop(
        title=payload["title"], lang=lang, definition=payload
    )
    port = free_port(18080 + os.getpid() * 37 % 3900, "127.0.0.1")  # workers begin far apart
    plan = Plan(
        db=store.url,
        host="127.0.0.1",
        port=port,
        public_url=public_url or f"http://{HOST}:{port}",
        expect=expect,
        lab_port=free_port(port + 1, "127.0.0.1") if lab else None,
        lab_token=new_token(),
        lab_dir=folder,
    )
    before = os.environ.get("WORKSHOPKIT_FORK")
    os.environ["WORKSHOPKIT_FORK"] = "1" if fork else "0"
    log = (folder / "room.log").open("ab")
    processes = children(plan)
    for child in processes if limit is not None else ():
        child.arguments = limit.inside(child.arguments)
    supervisor = Supervisor(processes, log=log)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def start():
        supervisor.start()
        return await healthy(f"http://127.0.0.1:{port}", spares=min(3, expect))

    try:
        ready = asyncio.run_coroutine_threadsafe(start(), loop).result(90)
        assert ready, (folder / "room.log").read_text(errors="replace")[-3000:]
        yield Room(store, workshop, port, supervisor)
    finally:
        asyncio.run_coroutine_threadsafe(supervisor.end(), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        log.close()
        if before is None:
            os.environ.pop("WORKSHOPKIT_FORK", None)
        else:
            os.environ["WORKSHOPKIT_FORK"] = before
        store.close()
