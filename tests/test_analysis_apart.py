"""Work in a process that is forked off: it finds the same, fails as loudly, and is gone afterwards."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import numpy as np
import pytest

import workshopkit
from workshopkit.analysis import apart

LINES, ACTORS = 5_400, 300


def alone(script: str) -> str:
    """Run a script in a process of its own: one that runs tests has threads, and is not to be forked."""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_it_is_done_in_another_process_that_ends():
    script = """
import os, signal
from workshopkit.analysis.apart import done
with done(lambda: (os.getpid(), os.getppid())) as found:
    child, parent = found()
assert parent == os.getpid() or len(os.sched_getaffinity(0)) == 1
with done(lambda: signal.pause()) as found:
    pass  # nobody asks for it
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("gone")
"""
    assert alone(script) == "gone"


def test_what_fails_is_told_where_it_was_asked_for():
    script = """
from workshopkit.analysis.apart import done
with done(lambda: 1 // 0) as found:
    try:
        found()
    except ZeroDivisionError:
        print("told")
"""
    assert alone(script) == "told"


@pytest.mark.parametrize(("name", "value"), [("platform", "darwin"), ("processors", 1)])
def test_where_nothing_can_be_forked_off_it_is_done_here(monkeypatch, name, value):
    if name == "platform":
        monkeypatch.setattr(apart.sys, "platform", value)
    else:
        monkeypatch.setattr(apart.os, "sched_getaffinity", lambda _: {0}, raising=False)
    with apart.done(os.getpid) as found:
        assert found() == os.getpid()


def test_a_large_map_gives_the_same_numbers_in_two_processes_as_in_one(tmp_path):
    rng = np.random.default_rng(1)
    pairs = [(f"a{a}", f"a{b}") for a, b in rng.integers(ACTORS, size=(LINES, 2)).tolist() if a != b]
    rows = [f"{a},{b},{side}" for a, b in dict.fromkeys(pairs) for side in ("sender", "receiver")]
    lines, actors = tmp_path / "lines.csv", tmp_path / "actors.csv"
    lines.write_text("\n".join(["source,target,perspective", *rows]))
    places = [f"a{n},{'' if n < 2 else f'g{n % 5}'},{'audience' if n < 2 else 'team'}" for n in range(ACTORS)]
    actors.write_text("\n".join(["actor,group,kind", *places]))
    call = [sys.executable, "-c", "from workshopkit.cli import main; main()", "--lang", "en", "analyse"]
    said = subprocess.run([*call, lines, "--actors", actors, "--json"], capture_output=True, check=True)
    found = json.loads(said.stdout)
    assert found["lines"] > 5_000
    assert found == json.loads(json.dumps(workshopkit.analyse(lines, actors)))
