"""Starts the processes of a workshop and keeps them going.

The door, the warm parent of the kernels and the analyst each run on their own; one that ends is started again within
two seconds, a little later each time. Whatever was stored is in the store, so nothing is lost. When the supervisor
ends, however it ends, all of them do.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Child", "Supervisor"]

_PR_SET_PDEATHSIG = 1
_FIRST_S, _LONGEST_S, _CALM_S = 0.1, 1.5, 30.0
_GRACE_S = 3.0
_log = logging.getLogger("workshopkit.run")


@dataclass
class Child:
    """A process that is kept going.

    Parameters
    ----------
    name
        What the log calls it.
    arguments
        The command.
    env
        What its environment holds besides ours.
    keep
        Whether it is started again when it ends.
    """

    name: str
    arguments: Sequence[str]
    env: dict[str, str] = field(default_factory=dict)
    keep: bool = True
    process: subprocess.Popen[bytes] | None = None
    starts: int = 0


class Supervisor:
    """Keep children going until told to stop.

    Parameters
    ----------
    children
        In the order of their start.
    log
        Where their output goes; None for nowhere.
    """

    def __init__(self, children: Sequence[Child], *, log: Any = None) -> None:
        self.children = list(children)
        self._log = log if log is not None else subprocess.DEVNULL
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Start all children."""
        self._tasks = [asyncio.create_task(self._keep(child)) for child in self.children]

    def stop(self) -> None:
        """Ask for the end."""
        self._stop.set()

    async def wait(self) -> None:
        """Wait until somebody asks for the end, then end all children."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError):
                loop.add_signal_handler(number, self.stop)
        await self._stop.wait()
        await self.end()

    async def end(self) -> None:
        """End all children: first a word, then force."""
        self._stop.set()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        running = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in running:
            process.terminate()
        until = time.monotonic() + _GRACE_S
        while (  # noqa: ASYNC110 - processes set no event
            any(process.poll() is None for process in running) and time.monotonic() < until
        ):
            await asyncio.sleep(0.02)
        for process in running:
            if process.poll() is None:
                process.kill()
            process.wait()

    async def _keep(self, child: Child) -> None:
        pause = _FIRST_S
        while not self._stop.is_set():
            began = time.monotonic()
            self._spawn(child)
            await _ended(child)
            if not child.keep:
                return
            pause = _FIRST_S if time.monotonic() - began > _CALM_S else min(pause * 2, _LONGEST_S)
            _log.warning("%s ended, it starts again", child.name)
            await asyncio.sleep(pause)

    def _spawn(self, child: Child) -> None:
        child.starts += 1
        child.process = subprocess.Popen(
            list(child.arguments),
            env={**os.environ, **child.env},
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            preexec_fn=_die_with_parent(os.getpid()) if sys.platform == "linux" else None,  # noqa: PLW1509 - one system call
            start_new_session=True,
        )


async def _ended(child: Child) -> None:
    while child.process is not None and child.process.poll() is None:  # noqa: ASYNC110 - processes set no event
        await asyncio.sleep(0.05)


def _die_with_parent(parent: int) -> Callable[[], None]:
    libc = ctypes.CDLL(None)

    def prepare() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return prepare
