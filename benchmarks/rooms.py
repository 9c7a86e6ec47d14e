"""What is measured: a room of ours, and stock Voilà on one notebook. Each starts here and ends with its block."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psutil
from tornado.httpclient import AsyncHTTPClient

from workshopkit import paths
from workshopkit.kernels import FORK
from workshopkit.kernels.crowd import spares
from workshopkit.network.actors import Definition
from workshopkit.room import definitions
from workshopkit.run.net import free_port
from workshopkit.run.supervisor import Child, Supervisor
from workshopkit.run.workshop import Plan, children, healthy
from workshopkit.store import Store, Workshop, open_store

__all__ = ["HOST", "Room", "Stock", "our_room", "serving", "stock_voila"]

HOST = "127.0.0.1"
_START_S = 90.0
_FILL_S = 300.0


@dataclass
class Room:
    """A room of ours: door, warm parent (where there is fork) and analyst as processes of their own."""

    store: Store
    database: Path
    url: str
    expect: int
    supervisor: Supervisor
    plan: Plan

    @property
    def names(self) -> list[str]:
        """The processes that run."""
        return [child.name for child in self.supervisor.children]

    def process(self, name: str) -> psutil.Process:
        child = next(child for child in self.supervisor.children if child.name == name)
        assert child.process is not None
        return psutil.Process(child.process.pid)

    def kernels(self) -> list[psutil.Process]:
        """Give the kernels, spare ones too: children of the warm parent, or of the door where there is none."""
        return self.process("warm" if "warm" in self.names else "door").children()

    def workshop(self, *, map_shown: bool = False) -> tuple[Workshop, Definition]:
        """Begin a workshop with its questions open, and close those before it."""
        for old in self.store.workshops():
            self.store.close_workshop(old.id)
        payload = definitions.read_file(paths.data() / "demo" / "nl.json")
        made = self.store.create_workshop(title=payload["title"], lang="nl", definition=payload)
        self._lead(made, "act.opened", act="lines")
        if map_shown:
            self._lead(made, "map.shown", shown=True)
        return made, Definition.read(payload)

    def enter_path(self, workshop: Workshop, page: str) -> str:
        """Give a one-time link to a page of the facilitator."""
        token = self.store.issue_token(workshop.id, purpose="enter", role="facilitator", ttl_s=600)
        return f"/enter/{token}?page={page}"

    async def full(self) -> None:
        """Wait until as many kernels stand ready as the room keeps for those who are still to come."""
        await self._until(lambda _: True)

    async def rest(self) -> None:
        """Wait until no page is left either."""
        await self._until(lambda health: health["kernels"] == 0)

    async def _until(self, test: Callable[[dict[str, Any]], bool]) -> None:
        async with asyncio.timeout(_FILL_S):
            while True:
                health = json.loads((await AsyncHTTPClient().fetch(f"{self.url}/healthz")).body)
                wanted = spares(self.expect, health["kernels"])
                if (health["spare"] or 0) >= wanted and test(health):
                    return
                await asyncio.sleep(0.2)

    def _lead(self, workshop: Workshop, kind: str, **payload: object) -> None:
        self.store.append(
            id=uuid.uuid4().hex,
            workshop=workshop.id,
            participant="lead",
            act=None,
            kind=kind,
            payload=payload,
        )


@dataclass
class Stock:
    """Stock Voilà with one notebook."""

    url: str
    server: psutil.Process

    def kernels(self) -> list[psutil.Process]:
        found = []
        for process in self.server.children(recursive=True):
            with suppress(psutil.Error):
                if "ipykernel_launcher" in process.cmdline():
                    found.append(process)
        return found


@asynccontextmanager
async def our_room(folder: Path, *, expect: int, fork: bool = True, lab: bool = False) -> AsyncIterator[Room]:
    """Run a room, full of spare kernels, until the block ends; with JupyterLab on our notebooks if asked."""
    database = folder / f"{uuid.uuid4().hex[:8]}.db"
    store = open_store(str(database))
    port = free_port(18200, HOST)
    url = f"http://{HOST}:{port}"
    plan = Plan(db=store.url, host=HOST, port=port, public_url=url, expect=expect)
    if lab:
        lab_port = free_port(18500, HOST)
        plan = replace(plan, lab_port=lab_port, lab_token=uuid.uuid4().hex, lab_dir=paths.notebooks())
    log_path = database.with_suffix(".log")
    with _fork(fork), log_path.open("ab") as log:
        supervisor = Supervisor(children(plan), log=log)
        try:
            async with _running(supervisor):
                if not await healthy(url, spares=expect, within_s=_START_S if fork else _FILL_S):
                    raise TimeoutError("the room did not start: " + _tail(log_path))
                yield Room(store, database, url, expect, supervisor, plan)
        finally:
            store.close()


@asynccontextmanager
async def stock_voila(folder: Path, notebook: Path) -> AsyncIterator[Stock]:
    """Run the ``voila`` command, with nobody's own settings, until the block ends."""
    port = free_port(18300, HOST)
    command = [sys.executable, "-m", "voila", str(notebook), "--no-browser", f"--port={port}"]
    own = {name: str(folder / "jupyter") for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR")}
    async with serving(
        "voila", [*command, "--Voila.ip=127.0.0.1", "--port_retries=0"], own, port, folder
    ) as server:
        yield Stock(f"http://{HOST}:{port}", server)


@asynccontextmanager
async def serving(
    name: str, command: list[str], env: dict[str, str], port: int, folder: Path
) -> AsyncIterator[psutil.Process]:
    """Run any server until the block ends; it listens when the block begins."""
    log_path = folder / f"{uuid.uuid4().hex[:8]}.log"
    with log_path.open("ab") as log:
        server = Child(name, command, env, keep=False)
        async with _running(Supervisor([server], log=log)):
            await _listening(name, port, log_path)
            assert server.process is not None
            yield psutil.Process(server.process.pid)


@asynccontextmanager
async def _running(supervisor: Supervisor) -> AsyncIterator[None]:
    """Run processes; at the end they and everything that they started are gone."""
    supervisor.start()
    try:
        yield
    finally:
        started = _family(supervisor)
        await supervisor.end()
        _, left = await asyncio.to_thread(psutil.wait_procs, started, 5)
        for process in left:
            with suppress(psutil.NoSuchProcess):
                process.kill()


def _family(supervisor: Supervisor) -> list[psutil.Process]:
    found = []
    for child in supervisor.children:
        if child.process is not None:
            with suppress(psutil.NoSuchProcess):
                found += psutil.Process(child.process.pid).children(recursive=True)
    return found


async def _listening(name: str, port: int, log: Path) -> None:
    try:
        async with asyncio.timeout(_START_S):
            while True:
                with suppress(OSError):
                    _, writer = await asyncio.open_connection(HOST, port)
                    writer.close()
                    return
                await asyncio.sleep(0.05)
    except TimeoutError as fault:
        raise TimeoutError(f"{name} did not start: " + _tail(log)) from fault


@contextmanager
def _fork(wanted: bool) -> Iterator[None]:
    before = os.environ.get(FORK)
    os.environ[FORK] = "1" if wanted else "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ[FORK]
        else:
            os.environ[FORK] = before


def _tail(path: Path) -> str:
    return path.read_text(errors="replace")[-2000:]
