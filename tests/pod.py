"""A Jupyter Server as mybinder starts one, with the workshop of who launched it."""

from __future__ import annotations

import json
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from jupyter_helpers import BASE, TOKEN, jupyter_server, own_folders
from kernel_helpers import until
from workshopkit.bots.client import Browser
from workshopkit.store import open_store

ROOT = Path(__file__).parents[1]
WITHIN_S = 180
HOME = f"{BASE}workshop/"
# What BinderHub's spawner says on the command line, and what mybinder.org lays in the pod's configuration.
AS_BINDER = (
    f"--ServerApp.token={TOKEN}",
    "--ServerApp.trust_xheaders=True",
    "--ServerApp.allow_origin=*",
    "--ServerApp.allow_origin_pat=.*",
    "--ServerApp.allow_remote_access=True",
)
CULLING = {
    "MappingKernelManager": {"cull_idle_timeout": 600, "cull_interval": 60, "cull_connected": True},
    "ServerApp": {"shutdown_no_activity_timeout": 600},
}
HUBS = "the-hubs-token"


def lay_out(folder, culling):
    """Lay out the pod's configuration; gives the environment."""
    env = own_folders(folder)
    (folder / "etc" / "jupyter_server_config.json").write_text(json.dumps(culling))
    secrets = {"JUPYTERHUB_API_TOKEN": HUBS, "JPY_API_TOKEN": HUBS, "JUPYTER_TOKEN": TOKEN}
    return {**env, **secrets, "PYTHONPATH": str(Path(__file__).parent)}


class Pod:
    """A server with the workshop of who launched it."""

    def __init__(self, running):
        self.running = running
        self.home = running.home
        # The proxy of the hub speaks https with browsers, and http with the next one.
        headers = {"Authorization": f"token {TOKEN}", "X-Forwarded-Proto": "https,http"}
        urllib.request.urlopen(urllib.request.Request(f"{running.home}/learn", headers=headers)).close()
        self.outside = running.home.replace("http:", "https:")

    def process(self, module):
        """Give the process that runs a module."""
        return next(one for one in self.running.descendants() if module in one.cmdline())

    async def ready(self):
        """Wait until the workshop is there; gives the store that it is in."""

        async def up():
            with_token = Browser(self.home)
            await with_token.fetch("/healthz")  # as the page that waits does not count as activity
            await with_token.fetch(f"/learn?token={TOKEN}")
            return "learn/cockpit" in (await with_token.fetch("/learn")).body.decode()

        await until(up, WITHIN_S)
        line = self.process("workshopkit.cli.beside").cmdline()
        folder = Path(line[line.index("--folder") + 1])
        return open_store(str(folder / "demo.db"), create=False)


@contextmanager
def a_pod(folder):
    """Run one until the block ends, by the script that Binder starts it with."""
    command = ("bash", str(ROOT / "binder" / "start"), sys.executable, "-m", "jupyterlab")
    with jupyter_server(folder, *AS_BINDER, env=lay_out(folder, CULLING), command=command) as running:
        yield Pod(running)


def first_of(store):
    """Give the workshop that began with the server."""
    return min(store.workshops(), key=lambda one: one.created)
