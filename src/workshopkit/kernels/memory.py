"""How much memory is left: on the machine, and under the limit that a container or a cgroup sets (version 1 or 2).

At such a limit Linux ends a process of its own choice. So the door lets nobody new in before it comes to that, no spare
kernel is started, and what can be missed is offered first.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

__all__ = ["FIRST", "LAST", "LATER", "free_mb", "give_back", "go_first", "needed_mb"]

FIRST, LATER, LAST = 800, 500, 0  # whom Linux takes when memory is out: spare kernels, JupyterLab, the room
KEPT, PAGE, GROWTH, TAKEN = 100.0, 25.0, 2.0, 8.0
_MB = 1e6
_CGROUPS = Path("/sys/fs/cgroup")
# For version 2 and 1: below which folder, the limit, what is used, and the name of what of that can be given back.
_FILES = (
    ("", "memory.max", "memory.current", "inactive_file"),
    ("memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
)


def free_mb(proc: Path = Path("/proc"), cgroups: Path = _CGROUPS) -> float:
    """Give the megabytes that processes can still take before something has to give.

    Parameters
    ----------
    proc, cgroups
        Where Linux tells it; tests pass in their own.
    """
    return min(_machine(proc), *_limits(proc, cgroups)) / _MB


def needed_mb(pages: int, spares: int = 0) -> float:
    """Give the megabytes that must be free for one page more, or one spare kernel, beside so many.

    That page in the middle of the afternoon, what those who are in still grow by then, what spares grow when somebody
    takes them, and what the room computes.
    """
    return KEPT + PAGE + GROWTH * pages + TAKEN * spares


def go_first(order: int, pid: int | None = None) -> None:
    """Tell Linux how soon a process may be ended when memory is out, from `LAST` to `FIRST`; elsewhere do nothing."""
    with suppress(OSError):
        Path(f"/proc/{pid or os.getpid()}/oom_score_adj").write_text(str(order))


def give_back() -> None:
    """Hand back to the system what this process has freed: glibc keeps it, for it lies between what is in use.

    Where there is no glibc, only Python's own garbage is cleared away.
    """
    import ctypes  # kernels do not need it

    gc.collect()
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def _machine(proc: Path) -> float:
    with suppress(OSError):
        for line in (proc / "meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return float(line.split()[1]) * 1024
    import psutil  # where there is no /proc: kernels that are forked need not know it

    return float(psutil.virtual_memory().available)


def _limits(proc: Path, cgroups: Path) -> Iterator[float]:
    """Give what is left under each limit that holds for this process; infinity, so that there is at least one."""
    yield float("inf")
    with suppress(OSError):
        for line in (proc / "self" / "cgroup").read_text().splitlines():
            _, controllers, path = line.split(":", 2)
            if controllers in {"", "memory"}:
                for below, *names in _FILES:
                    # In a container the path may be that of the machine outside; the limit then stands at the top.
                    for folder in _upwards(path):
                        yield from _left(cgroups / below / folder, *names)


def _upwards(path: str) -> Iterator[str]:
    parts = [part for part in path.split("/") if part not in {"", ".."}]
    for count in range(len(parts), -1, -1):
        yield "/".join(parts[:count])


def _left(folder: Path, limit: str, used: str, reclaimable: str) -> Iterator[float]:
    with suppress(OSError, ValueError):  # no such limit, or "max"
        most = float((folder / limit).read_text())
        given_back = 0.0
        for line in (folder / "memory.stat").read_text().splitlines():
            name, _, value = line.partition(" ")
            if name == reclaimable:
                given_back = float(value)
        yield most - float((folder / used).read_text()) + given_back
