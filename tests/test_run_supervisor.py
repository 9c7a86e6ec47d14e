"""Processes are kept going, and end when the supervisor ends, however it ends."""

from __future__ import annotations

import asyncio
import logging
import os
import shlex
import signal
import subprocess
import sys
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path

import psutil
import pytest

from kernel_helpers import until
from workshopkit.run import supervisor
from workshopkit.run.supervisor import Child, Supervisor, pause_after

CHILD = Path(__file__).with_name("supervised_child.py")

SUPERVISOR = """
import asyncio, sys
from workshopkit.run.supervisor import Child, Supervisor

async def main():
    script, folder, *all_ways = sys.argv[1:]
    found = Supervisor(
        [Child(ways, [sys.executable, script, folder, *ways.split()]) for ways in all_ways]
    )
    found.start()
    await found.wait()

asyncio.run(main())
"""


@pytest.fixture
def folder(tmp_path):
    """Give a folder where children say that they are there."""
    made = tmp_path / "here"
    made.mkdir()
    return made


def command(folder, *ways):
    return [sys.executable, str(CHILD), str(folder), *ways]


def pids(folder):
    return {int(file.name) for file in folder.iterdir() if file.name.isdigit()}


def alive(pid):
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@asynccontextmanager
async def supervised(*children, **options):
    found = Supervisor(children, **options)
    found.start()
    try:
        yield found
    finally:
        await found.end()
    assert not any(alive(child.process.pid) for child in children if child.process)


@pytest.fixture
def at_once(monkeypatch):
    """Let nothing wait before it starts again."""
    monkeypatch.setattr(supervisor, "pause_after", lambda *_, **__: 0.0)


# Starting again ----------------------------------------------------------------------------------------------------


def test_pauses_grow_and_stay_under_two_seconds():
    pauses = [0.0]
    for _ in range(20):
        pauses.append(pause_after(pauses[-1], lived_s=0.0))
    assert pauses[1] < 0.5
    assert all(before <= after for before, after in pairwise(pauses))
    assert pauses[-1] > 1
    assert max(pauses) < 2


def test_a_long_calm_life_begins_with_the_shortest_pause_again():
    shortest = pause_after(0.0, lived_s=0.0)
    assert pause_after(1.5, lived_s=3600) == shortest
    assert pause_after(1.5, lived_s=1) > shortest


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV])
async def test_a_child_that_ends_starts_again_and_the_others_do_not_notice(folder, number):
    one, other = (Child(name, command(folder)) for name in ("one", "other"))
    async with supervised(one, other):
        first, second = await until(lambda: pids(folder) if len(pids(folder)) == 2 else None)
        assert {first, second} == {one.process.pid, other.process.pid}
        before = one.process.pid
        os.kill(before, number)
        await until(lambda: len(pids(folder)) == 3)
        assert one.process.pid != before
        assert one.process.poll() is None
        assert (one.starts, other.starts) == (2, 1)
        assert other.process.pid in {first, second}


async def test_each_pause_follows_from_the_one_before(monkeypatch):
    asked = []

    def pause(last_s, *, lived_s):
        asked.append((last_s, lived_s))
        return len(asked) / 1000

    monkeypatch.setattr(supervisor, "pause_after", pause)
    async with supervised(Child("brief", [sys.executable, "-c", "raise SystemExit(3)"])):
        await until(lambda: len(asked) >= 4)
    assert [last for last, _ in asked][:4] == [0.0, 0.001, 0.002, 0.003]
    assert all(lived > 0 for _, lived in asked)


async def test_a_child_that_is_not_kept_runs_once(folder, at_once):
    once = Child("once", [sys.executable, "-c", ""], keep=False)
    other = Child("other", command(folder))
    async with supervised(once, other) as found:
        await found._tasks[0]
        await until(lambda: pids(folder))
        assert (once.starts, other.starts) == (1, 1)


@pytest.mark.parametrize(
    "make", [lambda path: path, lambda path: path.mkdir(), lambda path: path.touch(0o644)]
)
async def test_a_command_that_cannot_start_stops_nobody(folder, tmp_path, at_once, caplog, make):
    path = tmp_path / "door"
    make(path)
    bad, good = Child("bad", [str(path)]), Child("good", command(folder))
    with caplog.at_level(logging.ERROR):
        async with supervised(bad, good) as found:
            await until(lambda: bad.starts > 3 and pids(folder))
            assert good.process.poll() is None
            assert not any(task.done() for task in found._tasks)
    assert "bad cannot start" in caplog.text


async def test_it_starts_as_soon_as_it_can(folder, tmp_path, at_once):
    path = tmp_path / "door"
    late = Child("late", [str(path)])
    async with supervised(late):
        await until(lambda: late.starts > 1)
        half = path.with_suffix(".half")
        half.write_text(f"#!/bin/sh\nexec {shlex.join(command(folder))}\n", encoding="utf-8")
        half.chmod(0o755)
        half.rename(path)
        await until(lambda: pids(folder))
        assert late.process.poll() is None


async def test_what_a_child_left_behind_is_gone_before_it_starts_again(folder, monkeypatch):
    monkeypatch.setattr(supervisor, "pause_after", lambda *_, **__: 600.0)
    async with supervised(Child("leaver", command(folder, "leaver"))) as found:
        leaver = await until(lambda: found.children[0].process)
        await until(lambda: leaver.poll() is not None)
        await until(lambda: not any(alive(process.pid) for process in group(leaver.pid)))


def group(pid):
    """Give the processes of a group."""
    found = []
    for process in psutil.process_iter():
        try:
            if os.getpgid(process.pid) == pid:
                found.append(process)
        except ProcessLookupError:
            continue
    return found


# What a child gets -------------------------------------------------------------------------------------------------


async def test_a_child_gets_our_environment_and_its_own_no_keyboard_and_the_log(tmp_path, monkeypatch):
    monkeypatch.setenv("FROM_US", "ours")
    monkeypatch.setenv("FROM_BOTH", "ours")
    code = "import os, sys; print(os.environ['FROM_US'], os.environ['FROM_BOTH'], repr(sys.stdin.read()), flush=True)"
    child = Child(
        "child", [sys.executable, "-c", code + "; sys.exit('spoken')"], {"FROM_BOTH": "its"}, keep=False
    )
    with (tmp_path / "log").open("ab") as log:
        async with supervised(child, log=log) as found:
            await found._tasks[0]
    assert (tmp_path / "log").read_text(encoding="utf-8") == "ours its ''\nspoken\n"


# The end -----------------------------------------------------------------------------------------------------------


async def test_the_end_is_a_word_first(folder):
    async with supervised(Child("polite", command(folder, "polite"))):
        await until(lambda: pids(folder))
    assert (folder / "heard").exists()


async def test_who_does_not_listen_is_ended_with_all_it_started(folder, monkeypatch):
    monkeypatch.setattr(supervisor, "_GRACE_S", 0.1)
    children = [Child("deaf", command(folder, "deaf")), Child("parent", command(folder, "parent"))]
    async with supervised(*children):
        await until(lambda: len(pids(folder)) == 3)
        everybody = pids(folder)
        assert all(map(alive, everybody))
    await until(lambda: not any(map(alive, everybody)))


async def test_the_end_while_a_child_waits_to_start_again(folder, monkeypatch):
    monkeypatch.setattr(supervisor, "pause_after", lambda *_, **__: 600.0)
    async with supervised(Child("brief", [sys.executable, "-c", ""])) as found:
        await until(lambda: found.children[0].process and found.children[0].process.poll() is not None)
    assert found.children[0].starts == 1


async def test_the_end_twice_and_at_once_is_one_end(folder):
    child = Child("child", command(folder))
    async with supervised(child) as found:
        await until(lambda: pids(folder))
        await asyncio.gather(found.end(), found.end())
        await found.end()
        assert child.starts == 1


async def test_stop_lets_wait_return(folder):
    child = Child("child", command(folder))
    async with supervised(child) as found:
        waiting = asyncio.create_task(found.wait())
        await until(lambda: pids(folder))
        found.stop()
        async with asyncio.timeout(60):
            await waiting
        assert child.process.poll() is not None


async def test_the_folder_of_a_child_goes_at_the_end_and_not_before(folder, tmp_path):
    own = tmp_path / "own"
    (own / "deep").mkdir(parents=True)
    child = Child("child", command(folder), folder=own)
    async with supervised(child):
        await until(lambda: pids(folder))
        os.kill(child.process.pid, signal.SIGKILL)
        await until(lambda: len(pids(folder)) == 2)
        assert (own / "deep").is_dir()
    assert not own.exists()


# The supervisor's own process --------------------------------------------------------------------------------------


@pytest.fixture
def process(folder):
    """Start a supervisor as a process of its own."""
    started = []

    def start(*all_ways):
        words = [sys.executable, "-c", SUPERVISOR, str(CHILD), str(folder), *all_ways]
        started.append(subprocess.Popen(words, stderr=subprocess.PIPE))
        return started[-1]

    yield start
    for one in started:
        one.kill()
        one.wait()
        one.stderr.close()
    for pid in pids(folder):
        if alive(pid):
            os.kill(pid, signal.SIGKILL)


async def gone(process):
    """Wait for the end of a process; gives its exit code."""
    await until(lambda: process.poll() is not None, 60)
    return process.returncode


@pytest.mark.skipif(sys.platform != "linux", reason="the death signal is Linux's")
async def test_when_the_supervisor_is_killed_all_end(process, folder):
    supervising = process("", "deaf", "")
    await until(lambda: len(pids(folder)) == 3)
    everybody = pids(folder)
    supervising.kill()
    assert await gone(supervising) == -signal.SIGKILL
    await until(lambda: not any(map(alive, everybody)))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_a_signal_ends_all_and_leaves_nothing(process, folder, number):
    supervising = process("", "parent", "")
    await until(lambda: len(pids(folder)) == 4)
    family = {one.pid for one in psutil.Process(supervising.pid).children(recursive=True)}
    assert family == pids(folder)
    supervising.send_signal(number)
    assert await gone(supervising) == 0
    await until(lambda: not any(map(alive, family)))
    assert supervising.stderr.read() == b""


async def test_a_second_ctrl_c_during_the_end_does_no_harm(process, folder):
    supervising = process("deaf", "")
    await until(lambda: len(pids(folder)) == 2)
    supervising.send_signal(signal.SIGINT)
    everybody = pids(folder)
    # The one that listens has ended, the deaf one has not: it is in the middle of the end.
    await until(lambda: sum(map(alive, everybody)) == 1)
    supervising.send_signal(signal.SIGINT)
    supervising.send_signal(signal.SIGTERM)
    assert await gone(supervising) == 0
    assert not any(map(alive, everybody))
    assert supervising.stderr.read() == b""
