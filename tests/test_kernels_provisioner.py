"""Kernels that stand ready: forked from a warm parent, or plain ones from a pool."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from kernel_helpers import kernels_from, run, until
from workshopkit.errors import NoKernel
from workshopkit.kernels import FORK, SOCKET, provisioner_name
from workshopkit.kernels.provisioner import source

pytestmark = pytest.mark.slow
linux = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="kernels are forked on Linux only")
BOTH = pytest.mark.parametrize("name", [pytest.param("workshopkit-warm", marks=linux), "workshopkit-pool"])


@BOTH
async def test_cells_run_with_the_start_and_what_they_show_comes_back(name, monkeypatch, tmp_path):
    async with kernels_from(name, monkeypatch, spares=1) as start:
        cells = ["import ipywidgets, os\nseen = os.environ['WHO']", "ipywidgets.IntSlider(value=7)"]
        manager = await start(env={"WHO": "me"}, cwd=str(tmp_path), cells=cells)
        assert manager.provisioner.error is None
        (shown,) = manager.provisioner.displays
        assert "application/vnd.jupyter.widget-view+json" in shown
        assert await run(manager, "import os; print(seen, os.getcwd())") == f"me {tmp_path}"


@BOTH
async def test_a_fault_in_a_cell_is_told_and_the_kernel_lives(name, monkeypatch):
    async with kernels_from(name, monkeypatch, spares=1) as start:
        manager = await start(cells=["1/0", "never = 1"])
        assert manager.provisioner.error == "ZeroDivisionError: division by zero"
        assert await run(manager, "print('never' in dir())") == "False"


@BOTH
async def test_the_environment_is_the_given_one_and_nothing_else(name, monkeypatch):
    monkeypatch.setenv("A_TOKEN", "secret")
    async with kernels_from(name, monkeypatch, spares=1) as start:
        manager = await start(env={"ONLY": "this"})
        said = await run(manager, "import os; print(sorted(os.environ))")
        assert "ONLY" in said
        assert "A_TOKEN" not in said
        assert SOCKET not in said


@BOTH
async def test_siblings_draw_different_random_numbers(name, monkeypatch):
    code = "import random, uuid, numpy; print(random.random(), numpy.random.rand(), uuid.uuid4())"
    async with kernels_from(name, monkeypatch, spares=3) as start:
        managers = await asyncio.gather(*(start() for _ in range(3)))
        assert len(set(await asyncio.gather(*(run(manager, code) for manager in managers)))) == 3


@BOTH
async def test_what_is_printed_goes_to_the_page_and_not_into_another_kernel(name, monkeypatch):
    async with kernels_from(name, monkeypatch, spares=2) as start:
        one, other = await start(), await start()
        assert await run(one, "import sys; print('out'); print('err', file=sys.stderr)") in {
            "out\nerr",
            "err\nout",
        }
        assert await run(other, "print('mine')") == "mine"


@BOTH
async def test_an_interrupt_stops_a_cell_and_not_the_kernel(name, monkeypatch):
    async with kernels_from(name, monkeypatch, spares=1) as start:
        manager = await start()
        client = manager.client()
        client.start_channels()
        await client.wait_for_ready(timeout=20)
        client.execute("print('here', flush=True)\nwhile True: pass")

        async def in_the_cell():
            message = await client.get_iopub_msg(timeout=20)
            return message["msg_type"] == "stream"

        await until(in_the_cell)
        await manager.interrupt_kernel()
        reply = await client.get_shell_msg(timeout=20)
        assert reply["content"]["ename"] == "KeyboardInterrupt"
        client.stop_channels()
        assert await run(manager, "print('alive')") == "alive"


@BOTH
async def test_a_restart_keeps_the_addresses(name, monkeypatch):
    async with kernels_from(name, monkeypatch, spares=1) as start:
        manager = await start()
        await run(manager, "x = 1")
        before, pid = manager.get_connection_info(), manager.provisioner.pid
        await manager.restart_kernel(now=True)
        assert manager.get_connection_info() == before
        assert manager.provisioner.pid != pid
        assert await run(manager, "print('x' in dir())") == "False"


@BOTH
async def test_a_killed_kernel_is_noticed_at_once(name, monkeypatch):
    async with kernels_from(name, monkeypatch, spares=1) as start:
        manager = await start()
        os.kill(manager.provisioner.pid, signal.SIGKILL)

        async def dead():
            return not await manager.is_alive()

        await until(dead, within=2)


@BOTH
async def test_who_waits_for_a_kernel_that_ends_while_it_moves_in_hears_so(name, monkeypatch):
    async with kernels_from(name, monkeypatch, spares=1) as start:
        async with asyncio.timeout(20):
            with pytest.raises(NoKernel, match="cannot start now"):
                await start(cells=["import os, signal; os.kill(os.getpid(), signal.SIGKILL)"])
            assert await run(await start(cells=["x = 6"]), "print(x)") == "6"


@linux
async def test_who_waits_for_a_kernel_that_ends_before_it_is_up_hears_so(monkeypatch):
    async with kernels_from("workshopkit-warm", monkeypatch, spares=1) as start:
        known = (await start()).get_connection_info()
        nowhere = {**known, "key": "", "transport": "tcp", "ip": "203.0.113.1"}  # no address of this machine
        async with asyncio.timeout(20):
            with pytest.raises(NoKernel, match="cannot start now"):
                await source("workshopkit-warm").claim(env={}, cwd=None, cells=[], connection=nowhere)


@BOTH
async def test_a_shut_down_kernel_leaves_no_process(name, monkeypatch):
    async with kernels_from(name, monkeypatch, spares=1) as start:
        manager = await start()
        pid = manager.provisioner.pid
        await manager.shutdown_kernel(now=True)
        await until(lambda: not psutil.pid_exists(pid))


@linux
async def test_sixty_at_once(monkeypatch):
    async with kernels_from("workshopkit-warm", monkeypatch, spares=12) as start:
        managers = await asyncio.gather(*(start(cells=["x = 6"]) for _ in range(60)))
        assert len({manager.provisioner.pid for manager in managers}) == 60
        assert {manager.provisioner.error for manager in managers} == {None}
        said = await asyncio.gather(*(run(manager, "print(x * 7)", 60) for manager in managers[::10]))
        assert set(said) == {"42"}


@linux
async def test_a_kernel_is_the_head_of_its_own_group(monkeypatch):
    async with kernels_from("workshopkit-warm", monkeypatch, spares=1) as start:
        manager = await start()
        pid = manager.provisioner.pid
        assert os.getpgid(pid) == pid
        assert psutil.Process(pid).ppid() == start.parent.pid
        await run(manager, "import subprocess; helper = subprocess.Popen(['sleep', '60'])")
        (helper,) = psutil.Process(pid).children()
        await manager.shutdown_kernel(now=True)
        await until(lambda: not helper.is_running() or helper.status() == psutil.STATUS_ZOMBIE)


@linux
async def test_kernels_end_with_the_warm_parent_and_are_not_zombies(monkeypatch):
    async with kernels_from("workshopkit-warm", monkeypatch, spares=2) as start:
        managers = [await start(), await start()]
        pids = [manager.provisioner.pid for manager in managers]
        os.kill(start.parent.pid, signal.SIGKILL)
        start.parent.wait(10)
        await until(lambda: not any(psutil.pid_exists(pid) for pid in pids))

        async def told():
            return not any([await manager.is_alive() for manager in managers])

        await until(told, within=2)


@linux
async def test_the_warm_parent_reaps_what_ended(monkeypatch):
    async with kernels_from("workshopkit-warm", monkeypatch, spares=1) as start:
        manager = await start()
        os.kill(manager.provisioner.pid, signal.SIGKILL)
        await start.ready()
        children = psutil.Process(start.parent.pid).children()
        assert [child for child in children if child.status() == psutil.STATUS_ZOMBIE] == []


@linux
async def test_kernels_end_with_the_client_that_claimed_them(monkeypatch):
    code = (
        "import asyncio, os\n"
        "from workshopkit.kernels.client import WarmClient\n"
        "async def main():\n"
        "    process, _ = await WarmClient.current().claim(env={}, cwd=None, cells=[], connection=None)\n"
        "    print(process.pid, flush=True)\n"
        "    await asyncio.sleep(600)\n"
        "asyncio.run(main())\n"
    )
    async with kernels_from("workshopkit-warm", monkeypatch, spares=1):
        client = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        pid = int(await asyncio.to_thread(client.stdout.readline))
        assert psutil.pid_exists(pid)
        client.kill()
        client.wait(10)
        await until(lambda: not psutil.pid_exists(pid))


@linux
async def test_signals_are_those_of_a_fresh_process(monkeypatch):
    async with kernels_from("workshopkit-warm", monkeypatch, spares=1) as start:
        manager = await start()
        status = Path(f"/proc/{manager.provisioner.pid}/status").read_text(encoding="ascii")
        fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
        assert int(fields["SigBlk"], 16) == 0
        files = {os.readlink(f"/proc/{manager.provisioner.pid}/fd/{number}") for number in (0, 1)}
        assert all(name == "/dev/null" or name.startswith("pipe:") for name in files)


@linux
async def test_files_of_ended_kernels_are_gone(monkeypatch):
    async with kernels_from("workshopkit-warm", monkeypatch, spares=1) as start:
        manager = await start()
        folder = Path(manager.get_connection_info()["ip"]).parent
        own = Path(manager.get_connection_info()["ip"]).name
        assert list(folder.glob(f"{own}*"))
        assert all(len(str(path)) < 108 for path in folder.iterdir())
        assert folder.stat().st_mode & 0o077 == 0
        await manager.shutdown_kernel(now=True)
        await until(lambda: not list(folder.glob(f"{own}[.-]*")))


@linux
async def test_a_missing_warm_parent_is_told_in_words(monkeypatch, tmp_path):
    monkeypatch.setenv(SOCKET, str(tmp_path / "nobody"))
    with pytest.raises(NoKernel, match="cannot start now"):
        await source("workshopkit-warm").stats()


def test_fork_can_be_switched_off(monkeypatch):
    monkeypatch.setenv(SOCKET, "somewhere")
    monkeypatch.setenv(FORK, "0")
    assert provisioner_name() == "workshopkit-pool"
