"""What is left of memory, read as Linux tells it; and who may still come in."""

from __future__ import annotations

import asyncio
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from workshopkit.errors import NoKernel, NoMemory
from workshopkit.kernels import memory
from workshopkit.server.kernels import DoorKernelManager
from workshopkit.store import Session


@pytest.fixture
def machine(tmp_path):
    """Give a machine with 4 GB left, and a way to write what stands in its files."""

    def write(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    write("proc/meminfo", "MemTotal: 8000000 kB\nMemAvailable:    4000000 kB\n")
    write.free = lambda: memory.free_mb(tmp_path / "proc", tmp_path / "cgroup")
    return write


def group(write, path, *, limit, used, given_back, version):
    below, names = {
        1: ("memory/", ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")),
        2: ("", ("memory.max", "memory.current", "inactive_file")),
    }[version]
    write(f"cgroup/{below}{path}/{names[0]}", f"{limit}\n")
    write(f"cgroup/{below}{path}/{names[1]}", f"{used}\n")
    write(f"cgroup/{below}{path}/memory.stat", f"cache 5\n{names[2]} {given_back}\n")


def test_without_a_limit_it_is_what_the_machine_has(machine):
    assert machine.free() == pytest.approx(4096)


@pytest.mark.parametrize(
    ("version", "line", "path"),
    [
        (1, "4:memory:/room/door", "room/door"),
        (2, "0::/room/door", "room/door"),
        (1, "4:memory:/room/door", "room"),  # of the one around it
        (2, "0::/not/here", ""),  # in a container, which sees its own limit at the top
    ],
)
def test_the_nearest_limit_counts_and_what_can_be_given_back_is_free(machine, version, line, path):
    machine("proc/self/cgroup", f"9:cpu:/x\n{line}\n")
    group(machine, path, limit=2_000_000_000, used=1_900_000_000, given_back=300_000_000, version=version)
    assert machine.free() == pytest.approx(400)


def test_no_limit_and_nonsense_change_nothing(machine):
    machine("proc/self/cgroup", "0::/room\n")
    group(machine, "room", limit="max", used=1, given_back=0, version=2)
    group(machine, "", limit="nonsense", used=1, given_back=0, version=2)
    assert machine.free() == pytest.approx(4096)


def test_here_and_now_there_is_memory():
    assert 10 < memory.free_mb() < 10_000_000


@pytest.mark.skipif(not Path("/proc/self/oom_score_adj").exists(), reason="Linux tells whom it ends first")
def test_what_can_be_missed_goes_first_and_can_be_kept_again():
    pid = os.fork()
    if pid == 0:
        memory.go_first(memory.FIRST)
        spare = Path("/proc/self/oom_score_adj").read_text().strip()
        memory.go_first(memory.LAST)
        used = Path("/proc/self/oom_score_adj").read_text().strip()
        os._exit(0 if (spare, used) == (str(memory.FIRST), str(memory.LAST)) else 1)
    assert os.waitpid(pid, 0)[1] == 0


HOLES = """
from pathlib import Path
from workshopkit.kernels import memory

def private_mb():
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty")) / 1000

held = [bytes(20_000) for _ in range(3_000)]
held = held[::10]
before = private_mb()
memory.give_back()
print(before - private_mb())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="glibc alone is asked to")
def test_what_was_freed_between_what_is_in_use_is_given_back():
    ran = subprocess.run(
        [sys.executable, "-c", HOLES], capture_output=True, text=True, check=True, timeout=60
    )
    assert float(ran.stdout) > 40, "of the 54 MB that nobody holds any more"


async def test_the_door_gives_memory_back_again_and_again(monkeypatch):
    given = asyncio.Queue()
    monkeypatch.setattr(memory, "give_back", lambda: given.put_nowait(True))
    manager = DoorKernelManager(tidy_s=0.01)

    async def no_kernel(**_):
        raise NoKernel("none here")

    monkeypatch.setattr(manager, "start_kernel", no_kernel)
    with pytest.raises(NoKernel):
        await manager.start_page(Session("w", "p", "desk", "participant", "nl"), {}, [])
    try:
        async with asyncio.timeout(30):
            await given.get()
            await given.get()
    finally:
        for task in manager._tasks:
            task.cancel()


@pytest.mark.parametrize("pages", [0, 10, 60])
def test_the_door_keeps_memory_for_those_who_are_in(pages):
    manager = DoorKernelManager()
    manager._owners = {str(number): f"participant:{number}" for number in range(pages)}
    manager.free_mb = lambda: memory.needed_mb(pages)
    manager.must_hold_another()
    assert manager.failed_at is None
    manager.free_mb = lambda: memory.needed_mb(pages) - 1
    with pytest.raises(NoMemory) as refused:
        manager.must_hold_another()
    assert "geen geheugen" in refused.value.text("nl")
    assert manager.failed_at is not None, "and the cockpit tells the facilitator"


def test_memory_is_kept_for_who_was_let_in_until_the_page_has_it():
    manager = DoorKernelManager()
    manager.free_mb = lambda: memory.needed_mb(1, 1)
    manager.must_hold_another()
    for participant in ("p", "q"):
        manager.expect(Session("w", participant, "desk", "participant", "nl"))
    with pytest.raises(NoMemory):
        manager.must_hold_another()
    manager.alone_s = -1  # one of them never asks for the page
    manager.expect(Session("w", "q", "desk", "participant", "nl"))
    manager.must_hold_another()
