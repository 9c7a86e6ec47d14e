"""A notebook whose cells are run in a kernel of a Jupyter Server, as somebody does who opens it."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
from tornado.httpclient import AsyncHTTPClient, HTTPRequest

from workshopkit import paths

__all__ = ["run_notebook"]

_START_S = 60.0


async def run_notebook(url: str, token: str, server: psutil.Process) -> psutil.Process:
    """Run the cells of notebook 03; gives the kernel, which lives on."""
    from jupyter_client.asynchronous.client import AsyncKernelClient  # heavy, and only few steps need it

    request = HTTPRequest(
        f"{url}/api/kernels", method="POST", body="{}", headers={"Authorization": f"token {token}"}
    )
    id = json.loads((await AsyncHTTPClient().fetch(request)).body)["id"]
    kernel, connection = _kernel(server, f"kernel-{id}.json")
    client = AsyncKernelClient()
    client.load_connection_file(connection)
    client.start_channels()
    try:
        await _answers(client, kernel)
        cells = json.loads((paths.notebooks() / "en" / "03-silos.ipynb").read_text(encoding="utf-8"))["cells"]
        for cell in cells:
            if cell["cell_type"] == "code":
                found = await client.execute_interactive(
                    "".join(cell["source"]), timeout=120, output_hook=lambda _: None
                )
                if found["content"]["status"] != "ok":
                    raise RuntimeError(str(found["content"]))
    finally:
        client.stop_channels()
    return kernel


async def _answers(client: Any, kernel: psutil.Process) -> None:
    """Wait until a kernel answers; on a busy machine its first heartbeats come late, and the client takes it for dead."""
    async with asyncio.timeout(_START_S):
        while True:
            try:
                await client.wait_for_ready(timeout=_START_S)
            except RuntimeError:
                if not kernel.is_running():
                    raise
            else:
                return


def _kernel(server: psutil.Process, name: str) -> tuple[psutil.Process, str]:
    """Find the kernel with a connection file of that name."""
    for child in server.children():
        with suppress(psutil.Error):
            for argument in child.cmdline():
                if Path(argument).name == name:
                    return child, argument
    raise RuntimeError(f"no kernel with {name}")
