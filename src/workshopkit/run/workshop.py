"""The processes that a workshop needs, with their commands."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import shutil
import sys
import tempfile
import urllib.request
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

from workshopkit import paths
from workshopkit.kernels import EXPECT, SOCKET, can_fork, memory
from workshopkit.run.supervisor import Child

__all__ = [
    "EVERYWHERE",
    "WIFI",
    "Plan",
    "children",
    "healthy",
    "healthy_now",
    "new_token",
    "notebooks_folder",
]


WIFI = "WORKSHOPKIT_WIFI"
EVERYWHERE = "0.0.0.0"  # noqa: S104 - asked for by the user, so that phones get in


@dataclass(frozen=True)
class Plan:
    """What to run.

    Parameters
    ----------
    db
        The store's URL.
    host, port
        Where the door listens.
    public_url
        How phones reach it.
    expect
        How many phones are expected: kernels that stand ready.
    lab_port
        Where JupyterLab listens, on this machine alone; None for no JupyterLab.
    lab_token
        Its token.
    backup_dir
        Where copies of the store go; None for none.
    base_url
        The path under which the door has its pages.
    wifi
        What the code says that phones scan to join the Wi-Fi; the door alone hears it, and nobody writes it down.
    """

    db: str
    host: str
    port: int
    public_url: str
    expect: int = 16
    lab_port: int | None = None
    lab_token: str = ""
    lab_dir: Path | None = None
    backup_dir: Path | None = None
    lang: str = "nl"
    base_url: str = "/"
    wifi: str = field(default="", repr=False)

    @property
    def local_url(self) -> str:
        """The address of the door on this machine."""
        host = "127.0.0.1" if self.host == EVERYWHERE else self.host
        return f"http://{host}:{self.port}{self.base_url.rstrip('/')}"

    @property
    def lab_url(self) -> str:
        """The address of JupyterLab, with its token."""
        return (
            f"http://127.0.0.1:{self.lab_port}/lab/tree/{self.lang}/00-prepare.ipynb?token={self.lab_token}"
        )


def children(plan: Plan) -> list[Child]:
    """Give the processes of a plan, in the order of their start.

    What door, kernels and analyst leave in temporary files lies in one folder that goes when they have ended, also
    what one leaves that was killed.
    """
    folder = Path(tempfile.mkdtemp(prefix="wk-"))
    env = {"TMPDIR": str(folder)}
    if can_fork():
        env |= {SOCKET: str(folder / "warm"), "OPENBLAS_NUM_THREADS": "1"}
    else:
        env |= {EXPECT: str(plan.expect)}
    python = [sys.executable, "-m"]
    found = []
    if can_fork():
        found.append(
            Child(
                "warm",
                [*python, "workshopkit.kernels.warm", "--socket", env[SOCKET], "--expect", str(plan.expect)],
                env,
            )
        )
    door = [*python, "workshopkit.server", "--db", plan.db, "--host", plan.host, "--port", str(plan.port)]
    found.append(
        Child(
            "door",
            [*door, "--public-url", plan.public_url, "--base-url", plan.base_url],
            env | ({WIFI: plan.wifi} if plan.wifi else {}),
            folder=folder,
        )
    )
    analyst = [*python, "workshopkit.room.analyst", "--db", plan.db]
    backup = ["--backup-dir", str(plan.backup_dir)] if plan.backup_dir else []
    found.append(Child("analyst", [*analyst, *backup], env))
    if plan.lab_port is not None:
        found.append(_lab(plan))
    return found


def _lab(plan: Plan) -> Child:
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--ip=127.0.0.1",
        f"--port={plan.lab_port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={plan.lab_dir}",
        "--ServerApp.allow_root=True",
        "--ServerApp.quit_button=False",
        "--LabApp.news_url=",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--ServerApp.jpserver_extensions={'voila.server_extension': False}",
    ]
    env = {"JUPYTER_TOKEN": plan.lab_token, "WORKSHOPKIT_DB": plan.db, "WORKSHOPKIT_URL": plan.public_url}
    return Child("lab", command, env, first=memory.LATER)


def notebooks_folder(beside: Path | None = None) -> Path:
    """Give a folder with notebooks that may be changed: the checkout's own, else a copy in the user's data.

    Parameters
    ----------
    beside
        Where to put the copy; the folder of the store for a workshop that lasts.
    """
    source = paths.notebooks()
    if os.access(source, os.W_OK) and (source.parent / "pyproject.toml").is_file():
        return source
    target = (beside or Path(tempfile.mkdtemp(prefix="workshopkit-"))) / "notebooks"
    if not target.exists():
        shutil.copytree(source, target)
    return target


def new_token() -> str:
    """Make a token for JupyterLab."""
    return secrets.token_urlsafe(24)


async def healthy(url: str, *, spares: int, within_s: float = 60.0) -> bool:
    """Wait until a door answers and kernels stand ready; tells whether it did in time."""
    loop = asyncio.get_running_loop()
    until = loop.time() + within_s
    while loop.time() < until:
        ready = await asyncio.to_thread(_spares, url)
        if ready is not None and ready >= spares:
            return True
        await asyncio.sleep(0.1)
    return False


async def healthy_now(url: str) -> bool:
    """Tell whether a door answers at this moment, with a kernel that stands ready."""
    return (await asyncio.to_thread(_spares, url) or 0) > 0


_direct = urllib.request.build_opener(
    urllib.request.ProxyHandler({})
)  # a proxy knows nothing of this machine


def _spares(url: str) -> int | None:
    """Ask a door how many kernels stand ready; None if it is no door that answers."""
    try:
        with _direct.open(f"{url}/healthz", timeout=2) as reply:
            return int(json.load(reply)["spare"] or 0)
    except (OSError, HTTPException, ValueError, TypeError, LookupError):
        return None
