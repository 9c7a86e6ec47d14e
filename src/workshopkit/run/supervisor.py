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
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workshopkit import log
from workshopkit.kernels import memory

__all__ = ["Child", "Supervisor", "pause_after"]

_PR_SET_PDEATHSIG = 1
_FIRST_S, _LONGEST_S, _CALM_S = 0.1, 1.5, 30.0
_GRACE_S = 3.0
_STOP = ("SIGINT", "SIGTERM", "SIGHUP")  # Ctrl-C, a polite end, a closed terminal
_log = logging.getLogger("workshopkit.run")


def pause_after(last_s: float, *, lived_s: float) -> float:
    """Give how long to wait before a process starts again.

    Parameters
    ----------
    last_s
        The pause before; 0 if there was none.
    lived_s
        How long the process lived.

    Examples
    --------
    >>> pause_after(0.0, lived_s=1), pause_after(0.4, lived_s=1), pause_after(1.2, lived_s=1)
    (0.1, 0.8, 1.5)
    >>> pause_after(1.5, lived_s=60)
    0.1
    """
    return _FIRST_S if lived_s > _CALM_S else min(max(_FIRST_S, 2 * last_s), _LONGEST_S)


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
    without
        How the names begin of what its environment does not hold of ours.
    keep
        Whether it is started again when it ends.
    folder
        What is removed when all have ended for good.
    first
        How soon Linux may end it when memory is out, of `workshopkit.kernels.memory`.
    """

    name: str
    arguments: Sequence[str]
    env: dict[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    keep: bool = True
    folder: Path | None = None
    first: int = memory.LAST
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
        self._output = log if log is not None else subprocess.DEVNULL
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
        for name in _STOP:
            with contextlib.suppress(NotImplementedError, AttributeError):
                loop.add_signal_handler(getattr(signal, name), self.stop)
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
            _end_group(process)
        for child in self.children:
            if child.folder is not None:
                shutil.rmtree(child.folder, ignore_errors=True)

    async def _keep(self, child: Child) -> None:
        pause = 0.0
        while not self._stop.is_set():
            began = time.monotonic()
            try:
                process = self._spawn(child)
            except (OSError, subprocess.SubprocessError) as fault:
                _log.error("%s cannot start: %s", child.name, fault)
            else:
                await _ended(process)
                _end_group(process)
            if not child.keep:
                return
            pause = pause_after(pause, lived_s=time.monotonic() - began)
            _log.warning("%s starts again in %.1f s", child.name, pause)
            log.note("restart", process=child.name, pause_s=round(pause, 1))
            await asyncio.sleep(pause)

    def _spawn(self, child: Child) -> subprocess.Popen[bytes]:
        child.starts += 1
        log.note("start", process=child.name)
        child.process = subprocess.Popen(
            list(child.arguments),
            env={name: value for name, value in os.environ.items() if not name.startswith(child.without)}
            | child.env,
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=self._output,
            preexec_fn=_die_with_parent(os.getpid()) if sys.platform == "linux" else None,  # noqa: PLW1509 - one system call
            start_new_session=True,
        )
        if child.first != memory.LAST:
            memory.go_first(child.first, child.process.pid)
        return child.process


async def _ended(process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:  # noqa: ASYNC110 - processes set no event
        await asyncio.sleep(0.05)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End what a process that has just ended leaves behind in its group."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def _die_with_parent(parent: int) -> Callable[[], None]:
    libc = ctypes.CDLL(None)

    def prepare() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return prepare
