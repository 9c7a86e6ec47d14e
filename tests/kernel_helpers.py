"""A warm parent of one's own, and kernels from it."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path

from jupyter_client import AsyncKernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory

from workshopkit.errors import NoKernel
from workshopkit.kernels import EXPECT, FORK, SOCKET
from workshopkit.kernels.provisioner import source


async def until(test, within=20.0):
    """Wait until a condition holds; a server is asked less often, since every answer takes its time."""
    asks = asyncio.iscoroutinefunction(test)
    async with asyncio.timeout(within):
        while not (found := await test() if asks else test()):
            await asyncio.sleep(0.2 if asks else 0.01)
        return found


@asynccontextmanager
async def kernels_from(name, monkeypatch, *, spares=4):
    """Set up a source of kernels by the name of its provisioner; gives a function that starts one."""
    folder = tempfile.TemporaryDirectory(prefix="wk-t")
    monkeypatch.setenv(FORK, "1" if name == "workshopkit-warm" else "0")
    monkeypatch.setenv(EXPECT, str(spares))
    parent = None
    if name == "workshopkit-warm":
        socket = str(Path(folder.name) / "warm")
        monkeypatch.setenv(SOCKET, socket)
        command = [
            sys.executable,
            "-m",
            "workshopkit.kernels.warm",
            "--socket",
            socket,
            "--expect",
            str(spares),
        ]
        parent = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    KernelProvisionerFactory.clear_instance()
    KernelProvisionerFactory.instance().default_provisioner_name = name
    managers = []

    async def spare():
        try:
            return (await source(name).stats())["spare"] >= spares
        except NoKernel:
            return False

    async def start(**options):
        manager = AsyncKernelManager(kernel_name="python3")
        managers.append(manager)
        await manager.start_kernel(env={"PATH": os.environ["PATH"], **options.pop("env", {})}, **options)
        return manager

    start.parent = parent
    start.ready = lambda: until(spare, 60)
    try:
        await start.ready()
        yield start
    finally:
        for manager in managers:
            await manager.shutdown_kernel(now=True)
        KernelProvisionerFactory.clear_instance()
        if parent is not None:
            parent.terminate()
            parent.wait(10)
        folder.cleanup()


async def run(manager, code, within=20.0):
    """Run code in a kernel; gives what it printed."""
    client = manager.client()
    client.start_channels()
    said = []
    try:
        await client.wait_for_ready(timeout=within)
        await client.execute_interactive(
            code,
            timeout=within,
            output_hook=lambda message: said.append(
                message["content"].get("text") or str(message["content"].get("evalue", ""))
            ),
        )
    finally:
        client.stop_channels()
    return "".join(said).strip()


def private_mb(pid):
    """Give the private dirty memory of a process in MB."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return int(re.search(r"Private_Dirty:\s+(\d+)", text)[1]) / 1024
