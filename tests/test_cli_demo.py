"""The installed commands, run for real: they start, let people in, and leave nothing when they end."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from cli_helpers import COMMAND, call, workshops
from kernel_helpers import until
from workshopkit.bots.client import Browser
from workshopkit.kernels import FORK

pytestmark = pytest.mark.slow

WAIT_S = 120


@pytest.fixture
def temporary():
    """Give a folder for temporary files, with a name short enough for the sockets in it."""
    with tempfile.TemporaryDirectory(prefix="wkt", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@asynccontextmanager
async def running(*words, temporary, fork="1"):
    """Run a command; gives its process and, once it is ready, what it said."""
    env = {**os.environ, "TMPDIR": str(temporary), FORK: fork, "PYTHONUNBUFFERED": "1"}
    process = await asyncio.create_subprocess_exec(
        *(COMMAND, "--lang", "en", *map(str, words)),
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    family = []
    try:
        said = ""
        async with asyncio.timeout(WAIT_S):
            while "Ready: " not in said:
                line = await process.stdout.readline()
                assert line, (said, await process.stderr.read())
                said += line.decode()
        family = psutil.Process(process.pid).children(recursive=True)
        yield process, said
        assert family
    finally:
        if process.returncode is None:
            process.kill()
        rest, faults = await process.communicate()
    assert b"Traceback" not in rest + faults
    await until(lambda: not psutil.wait_procs(family, timeout=0)[1], WAIT_S)


async def joined(said):
    """Join by the address that phones get."""
    base, code = re.search(r"^Phones +(http\S+)/j/(\w{8})$", said, re.MULTILINE).groups()
    browser = Browser(base)
    return await (await browser.join(code, "front-desk")).connect()


async def test_demo_starts_at_another_port_lets_people_in_and_leaves_nothing(temporary):
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = server.getsockname()[1]
        async with running("demo", "--fast", "--no-lab", "--port", taken, temporary=temporary) as (
            demo,
            said,
        ):
            assert f"Port {taken} is taken" in said
            assert f"127.0.0.1:{taken}/" not in said
            page = await joined(said)
            assert page.state["seat"]["id"] == "front-desk"
            await page.close()
            demo.send_signal(signal.SIGINT)
            demo.send_signal(signal.SIGINT)
            async with asyncio.timeout(WAIT_S):
                await demo.wait()
            assert demo.returncode == 0
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("fork", ["1", "0"])
async def test_serve_keeps_what_was_stored_and_ends_with_a_word(temporary, tmp_path, fork):
    db = tmp_path / "kit.db"
    call("new", "--db", db)
    words = ("serve", "--no-lab", "--db", db, "--host", "127.0.0.2", "--expect", "4")
    async with running(*words, temporary=temporary, fork=fork) as (serve, said):
        page = await joined(said)
        await page.close()
        serve.send_signal(signal.SIGTERM)
        async with asyncio.timeout(WAIT_S):
            await serve.wait()
        assert serve.returncode == 0
    assert list(temporary.iterdir()) == []
    assert len(workshops(db)) == 1
    assert {file.name for file in tmp_path.iterdir()} == {"kit.db", "kit.log", "kit.logs"}
    log = db.with_suffix(".log").read_text(encoding="utf-8")
    assert "Traceback" not in log
    written = "".join(one.read_text(encoding="utf-8") for one in (tmp_path / "kit.logs").iterdir())
    assert {"start", "request"} <= set(re.findall(r'"what": "(\w+)"', written))
    assert workshops(db)[0].code not in log + written


@pytest.mark.parametrize("fork", ["1", "0"])
async def test_when_it_is_killed_every_process_ends(temporary, fork):
    """Its temporary files stay then; the next start makes new ones."""
    async with running("demo", "--no-lab", temporary=temporary, fork=fork) as (demo, said):
        page = await joined(said)
        demo.kill()
        await until(page.ended.is_set, WAIT_S)
        await page.close()
