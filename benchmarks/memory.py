"""What processes hold in memory, as the kernel of the operating system counts it (``/proc/PID/smaps_rollup``)."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

__all__ = ["Memory", "holding", "of"]

_MB_IN_KB = 1000.0 / 1024.0  # smaps counts in 1024 bytes; a megabyte here is a million


@dataclass(frozen=True)
class Memory:
    """Megabytes: what is a process's alone and written to; and its fair share of everything it maps (PSS)."""

    private_dirty: float
    share: float


def of(pid: int | str) -> Memory:
    """Read the memory of a process: its number, or ``"self"``."""
    found = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, kilobytes, *_ = line.split()
        found[name.rstrip(":")] = int(kilobytes) / _MB_IN_KB / 1000.0
    return Memory(found["Private_Dirty"], found["Pss"])


def holding(processes: Iterable[psutil.Process], file: Path) -> list[psutil.Process]:
    """Give those that have a file open: a kernel opens the store when it gets its page, not while it is spare."""
    wanted = file.resolve()
    return [process for process in processes if wanted in _open(process.pid)]


def _open(pid: int) -> set[Path]:
    found = set()
    with suppress(OSError):
        for link in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                found.add(link.readlink())
    return found
