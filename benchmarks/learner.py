"""What a learner's server holds in memory when everything is open, as on Binder: the pod's size is what it may take."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import memory
import psutil
from cells import run_notebook
from rooms import HOST, serving

from workshopkit.bots.client import Browser
from workshopkit.run.net import free_port

__all__ = ["Pod", "grown", "pod"]

_READY_S = 180.0
_REST_S = 20.0
_TOKEN = "a-token-of-the-benchmark"  # noqa: S105 - of a server on loopback that ends with its block


@dataclass
class Pod:
    """A Jupyter Server as Binder starts it, with our extension."""

    url: str
    server: psutil.Process

    def megabytes(self) -> dict[str, float]:
        """Give the share (PSS) of the server, of its notebooks' kernels, and of the workshop with all its processes."""
        found = {"server": memory.of(self.server.pid).share, "notebook": 0.0, "workshop": 0.0}
        for child in self.server.children(recursive=True):
            with suppress(psutil.Error, OSError):
                notebook = child.parent() == self.server and "ipykernel_launcher" in child.cmdline()
                found["notebook" if notebook else "workshop"] += memory.of(child.pid).share
        return found


@asynccontextmanager
async def pod(folder: Path) -> AsyncIterator[Pod]:
    """Run a server until the block ends, with nobody's own settings."""
    port = free_port(18400, HOST)
    command = [
        *(
            sys.executable,
            "-m",
            "jupyter_server",
            "--no-browser",
            "--allow-root",
            f"--ip={HOST}",
            f"--port={port}",
        ),
        *("--ServerApp.port_retries=0", f"--IdentityProvider.token={_TOKEN}"),
        "--ServerApp.jpserver_extensions={'voila.server_extension': False, 'workshopkit.server.extension': True}",
    ]
    own = {name: str(folder / "jupyter") for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR")}
    async with serving("jupyter", command, own, port, folder) as process:
        yield Pod(f"http://{HOST}:{port}", process)


async def grown(server: Pod) -> list[dict[str, float]]:
    """Open everything a learner can open; gives the memory, read twice a second until all is at rest.

    The learner's page, the cockpit, the big screen, a phone, and notebook 03 with its cells run.
    """
    samples: list[dict[str, float]] = []
    watching = asyncio.create_task(_watch(server, samples))
    browser = Browser(f"{server.url}/workshop")
    try:
        await browser.fetch(f"/learn?token={_TOKEN}")
        async with asyncio.timeout(_READY_S):
            while "learn/cockpit" not in (await browser.fetch("/learn")).body.decode():
                await asyncio.sleep(0.5)
        code = urlsplit((await browser.fetch("/learn/phone")).effective_url).path.rpartition("/")[2]
        pages = [
            await browser.open("/learn/cockpit"),
            await browser.open("/learn/wall"),
            await browser.join(code, "front-desk"),
        ]
        await run_notebook(server.url, _TOKEN, server.server)
        await asyncio.sleep(_REST_S)
        for page in pages:
            await page.close()
    finally:
        watching.cancel()
    return samples


async def _watch(server: Pod, samples: list[dict[str, float]]) -> None:
    while True:
        samples.append(await asyncio.to_thread(server.megabytes))
        await asyncio.sleep(0.5)
