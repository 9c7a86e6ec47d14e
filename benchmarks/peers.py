"""Streamlit, Panel and Dash, each with the page of ``notebooks/lean.ipynb`` and as its makers advise to serve it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import memory
import psutil
from arrivals import Visitor
from bokeh_bot import PanelBot
from browser import Step, Tab
from dash_bot import DashBot
from environments import FOLDER, environment, pinned
from measuring import PHONES, Run
from report import DASH, PANEL, STREAMLIT
from rooms import HOST, serving
from streamlit_bot import streamlit_crowd
from visits import Way, bytes_of, slowly, visits

from workshopkit.run.net import free_port

__all__ = ["dash", "panel", "streamlit"]

_MOST = 60
_WITHIN_S = 120.0
_ALONE = 3

NewVisitor = Callable[[], Visitor]
Bots = Callable[[Run, str, Path], AbstractAsyncContextManager[NewVisitor]]


@dataclass(frozen=True)
class Peer:
    """How a peer is served and visited.

    Parameters
    ----------
    system, name
        Its column in the table; its package, environment and files.
    path
        Where its page is.
    command
        What its Python runs, for a port.
    steps
        What a visitor in a browser does, see ``hasty.js``.
    bots
        Makes visitors that speak its protocol.
    """

    system: str
    name: str
    path: str
    command: Callable[[int], tuple[str, ...]]
    steps: tuple[Step, ...]
    bots: Bots

    @property
    def way(self) -> Way:
        return Way(self.path, self.steps, self.path, self.steps)


@dataclass(frozen=True)
class _Served:
    """A peer's server; gunicorn's has workers."""

    url: str
    server: psutil.Process

    def weigh(self) -> memory.Memory:
        found = [memory.of(one.pid) for one in (self.server, *self.server.children(recursive=True))]
        return memory.Memory(sum(one.private_dirty for one in found), sum(one.share for one in found))


@asynccontextmanager
async def _served(run: Run, peer: Peer, python: Path) -> AsyncIterator[_Served]:
    port = free_port(18600, HOST)
    env = {"HOME": str(run.folder), "PYTHONNOUSERSITE": "1", "PYTHONPATH": str(FOLDER)}
    command = [str(python), "-m", *peer.command(port)]
    async with serving(peer.name, command, env, port, run.folder) as server:
        yield _Served(f"http://{HOST}:{port}", server)


async def _measured(run: Run, peer: Peer) -> None:
    """Let visitors come one by one and at once, and weigh them; then one in a browser, also under hard conditions."""
    python = await environment(peer.name)
    run.ledger.about.append(f"{peer.system} {pinned(peer.name)}")
    sizes = sorted({run.stock_crowd, PHONES, _MOST})
    for size in sizes:
        for round in range(run.few):
            async with _served(run, peer, python) as served, peer.bots(run, served.url, python) as visitor:
                for number in range(1 + (_ALONE if size == sizes[0] else 0)):
                    bot = visitor()
                    name = "alone" if number else "first"
                    await run.crowd(name, peer.system, [bot], _WITHIN_S, round=round)
                    await bot.leave()
                await _crowd(run, peer, served, visitor, size, round)
    async with _served(run, peer, python) as served:
        await visits(run, peer.system, served.url, lambda: peer.way, run.rounds)
        await bytes_of(run, peer.system, served.url, lambda: peer.way)
        await slowly(run, peer.system, served.url, lambda: peer.way)


async def _crowd(run: Run, peer: Peer, served: _Served, visitor: NewVisitor, size: int, round: int) -> None:
    """Let many come, one of them a real browser; a visitor's memory is an equal part of what the server grew by."""
    before = served.weigh()
    tab = Tab(run.browser, served.url + peer.path, peer.steps, _WITHIN_S)
    visitors: list[Visitor] = [*(visitor() for _ in range(size - 1)), tab]
    try:
        await run.crowd(f"crowd{size}", peer.system, visitors, _WITHIN_S, round=round)
        after = served.weigh()
        grown = (after.private_dirty - before.private_dirty, after.share - before.share)
        for kind, megabytes in zip(("private", "share"), grown, strict=True):
            run.ledger.add(f"kernel{size}_{kind}_mb", peer.system, megabytes / size, round=round)
        run.ledger.add(f"door{size}_share_mb", peer.system, after.share, round=round)
        run.ledger.add(f"room{size}_share_mb", peer.system, after.share, round=round)
    finally:
        await asyncio.gather(*(visitor.leave() for visitor in visitors))


@asynccontextmanager
async def _streamlit_bots(run: Run, url: str, python: Path) -> AsyncIterator[NewVisitor]:
    async with streamlit_crowd(url, python) as crowd:
        run.helpers.append(crowd.process)
        try:
            yield crowd.bot
        finally:
            run.helpers.remove(crowd.process)


@asynccontextmanager
async def _panel_bots(_run: Run, url: str, _python: Path) -> AsyncIterator[NewVisitor]:
    yield lambda: PanelBot(url + _PANEL.path, _WITHIN_S)


@asynccontextmanager
async def _dash_bots(_run: Run, url: str, _python: Path) -> AsyncIterator[NewVisitor]:
    yield lambda: DashBot(url, _WITHIN_S)


_STREAMLIT = Peer(
    STREAMLIT,
    "streamlit",
    "/",
    lambda port: (
        *("streamlit", "run", str(FOLDER / "streamlit_page.py")),
        *(f"--server.address={HOST}", f"--server.port={port}", "--server.headless=true"),
        *("--server.fileWatcherType=none", "--browser.gatherUsageStats=false"),
        *("--client.toolbarMode=minimal", "--logger.level=warning"),
    ),
    (
        {"name": "row", "selector": "[data-testid=stCheckbox] input", "tap": True},
        {"name": "done", "selector": "[data-testid=stMarkdownContainer] p", "text": "^Count: 1$"},
    ),
    _streamlit_bots,
)
_PANEL = Peer(
    PANEL,
    "panel",
    "/panel_page",
    lambda port: (
        *("panel", "serve", str(FOLDER / "panel_page.py"), f"--address={HOST}", f"--port={port}"),
        *("--warm", "--allow-websocket-origin=*", "--log-level=warning"),
    ),
    (
        {"name": "row", "selector": ".bk-btn", "text": "Contact centre", "tap": True, "deep": True},
        {"name": "done", "selector": "div", "text": "^1$", "deep": True},
    ),
    _panel_bots,
)
_DASH = Peer(
    DASH,
    "dash",
    "/",
    lambda port: (
        *("gunicorn", f"--bind={HOST}:{port}", "--workers=2", "--threads=8", "--preload"),
        *("--no-control-socket", "--log-level=warning", "dash_page:server"),
    ),
    (
        {"name": "row", "selector": "#told-rows input", "tap": True},
        {"name": "done", "selector": "#told-count", "text": "^1$"},
    ),
    _dash_bots,
)


async def streamlit(run: Run) -> None:
    """Let visitors come to Streamlit."""
    await _measured(run, _STREAMLIT)


async def panel(run: Run) -> None:
    """Let visitors come to Panel."""
    await _measured(run, _PANEL)


async def dash(run: Run) -> None:
    """Let visitors come to Dash, served by gunicorn with a worker for each of two cores."""
    await _measured(run, _DASH)
