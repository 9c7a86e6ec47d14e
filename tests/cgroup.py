"""A limit to memory for tests and benchmarks: a cgroup, of version 2 or 1, whichever is writable here."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

__all__ = ["Limit", "limited"]

_TOP = Path("/sys/fs/cgroup")
_KINDS = (
    (_TOP, "memory.max", "memory.events"),
    (_TOP / "memory", "memory.limit_in_bytes", "memory.oom_control"),
)


@dataclass
class Limit:
    """A cgroup with a limit."""

    folder: Path
    told: str  # where the processes that were ended are counted

    def inside(self, command: Sequence[str]) -> list[str]:
        """Give a command that begins inside the limit, and so does everything that it starts."""
        enter = f'echo $$ > "{self.folder}/cgroup.procs" && exec "$@"'
        return ["/bin/sh", "-c", enter, "sh", *command]

    @property
    def used_mb(self) -> float:
        """The megabytes in use, without what would be given back."""
        name = "memory.current" if self.told == "memory.events" else "memory.usage_in_bytes"
        used = float((self.folder / name).read_text())
        return (used - self._of("memory.stat").get(self._given_back, 0)) / 1e6

    @property
    def killed(self) -> int:
        """How many processes Linux has ended here since there was no memory."""
        return self._of(self.told)["oom_kill"]

    @property
    def _given_back(self) -> str:
        return "inactive_file" if self.told == "memory.events" else "total_inactive_file"

    def _of(self, name: str) -> dict[str, int]:
        lines = (line.split() for line in (self.folder / name).read_text().splitlines())
        return {key: int(value) for key, value in lines}


@contextmanager
def limited(megabytes: int) -> Iterator[Limit | None]:
    """Make a limit until the block ends; None where nobody may make one."""
    found = None
    for top, limit, told in _KINDS:
        folder = top / f"workshopkit-{uuid.uuid4().hex[:8]}"
        with suppress(OSError):
            _say(top / "cgroup.subtree_control", "+memory")
        with suppress(OSError):
            folder.mkdir()
            try:
                _say(folder / limit, str(megabytes * 1_000_000))
            except OSError:
                folder.rmdir()
                raise
            with suppress(OSError):  # what is swapped out counts too, where that is counted
                _say(folder / "memory.memsw.limit_in_bytes", str(megabytes * 1_000_000))
            with suppress(OSError):
                _say(folder / "memory.swap.max", "0")
            found = Limit(folder, told)
            break
    try:
        yield found
    finally:
        if found is not None:
            _empty(found.folder)


def _say(file: Path, word: str) -> None:
    """Write into a file that is there: beside the cgroups one may make folders that are none."""
    with file.open("r+b", buffering=0) as opened:
        opened.write(word.encode())


def _empty(folder: Path) -> None:
    inside = []
    for line in (folder / "cgroup.procs").read_text().split():
        with suppress(psutil.Error):
            inside.append(psutil.Process(int(line)))
    _, left = psutil.wait_procs(inside, 10)
    for process in left:
        with suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(left, 10)
    folder.rmdir()
