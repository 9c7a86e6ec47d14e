"""A kernel's process, and where kernels come from."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from typing import Any, Protocol

__all__ = ["Process", "Source"]


class Process:
    """A claimed kernel's process.

    Parameters
    ----------
    pid
        Its number.
    send
        Sends it a signal, where that is not done by number.
    """

    def __init__(self, pid: int, send: Callable[[int], None] | None = None) -> None:
        self.pid = pid
        self.code: int | None = None
        self.ended = asyncio.Event()
        self._send = send

    def end(self, code: int) -> None:
        """Note that the process is no more."""
        self.code = code
        self.ended.set()

    def signal(self, number: int) -> None:
        """Send a signal: an interrupt to the kernel alone, any other to its whole group."""
        if self.code is not None:
            return
        try:
            if self._send is not None:
                self._send(number)
            elif number == signal.SIGINT:
                os.kill(self.pid, number)
            else:
                os.killpg(self.pid, number)
        except ProcessLookupError:
            return


class Source(Protocol):
    """Where kernels come from: a warm parent that forks, or a pool of processes started ahead."""

    async def claim(
        self, *, env: dict[str, str], cwd: str | None, cells: list[str], connection: dict[str, Any] | None
    ) -> tuple[Process, dict[str, Any]]:
        """Get a kernel that has run the cells; with ``connection`` one that takes these addresses.

        Returns
        -------
        tuple
            The process, and ``{"connection", "displays", "error"}``.

        Raises
        ------
        NoKernel
            If none can be had.
        """

    async def stats(self) -> dict[str, int]:
        """Give how many kernels are ``spare`` and how many are ``alive`` in use."""
