"""A Jupyter Server of one's own: a process on loopback, with the checkout's extension and tiles, and no user's settings."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

import workshopkit
from workshopkit.run.net import free_port

BASE, TOKEN = "/user/x/", "the-servers-token"
PACKAGE = Path(workshopkit.__file__).parent
_START_S, _STOP_S = 180.0, 60.0


@dataclass
class Jupyter:
    """Where it is, and its process."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def home(self) -> str:
        """Where the workshop has its pages."""
        return f"{self.origin}{BASE}workshop"

    def url(self, path: str) -> str:
        return f"{self.origin}{BASE}{path}"

    def descendants(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)


def own_folders(folder: Path) -> dict[str, str]:
    """Lay out a home for a server, with extension and tiles as they stand in the sources; gives its environment."""
    config = folder / "etc" / "jupyter_server_config.d"
    config.mkdir(parents=True)
    shutil.copy(PACKAGE / "etc" / "jupyter_server_config.json", config / "workshopkit.json")
    shutil.copytree(PACKAGE / "labextension", folder / "share" / "labextensions" / "workshopkit")
    return {"JUPYTER_CONFIG_PATH": str(folder / "etc"), "JUPYTER_PATH": str(folder / "share")}


def clean_env(folder: Path) -> dict[str, str]:
    """Give an environment without the settings of a user, of another server or of a workshop."""
    strange = ("JUPYTER", "WORKSHOPKIT", "BINDER")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(strange)}
    return {**kept, "HOME": str(folder), "IPYTHONDIR": str(folder / "ipython")}


@contextmanager
def jupyter_server(
    folder: Path,
    *arguments: str,
    env: dict[str, str] | None = None,
    command: Sequence[str] = (sys.executable, "-m", "jupyter_server"),
) -> Iterator[Jupyter]:
    """Run a server until the block ends; what it left behind ends with it."""
    _made(folder)
    port = free_port(22_000 + os.getpid() * 37 % 4_000, "127.0.0.1")
    given = [
        *command,
        *("--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"),
        *(f"--ServerApp.base_url={BASE}", f"--IdentityProvider.token={TOKEN}", *arguments),
    ]
    log = folder / "server.log"
    with log.open("ab") as out:
        process = subprocess.Popen(
            given,
            cwd=_made(folder / "work"),
            env={**clean_env(folder), **(env if env is not None else own_folders(folder))},
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    running = Jupyter(port, process, log)
    try:
        _wait(running)
        yield running
    finally:
        end(running)


def end(running: Jupyter, how: int = signal.SIGTERM) -> list[psutil.Process]:
    """End a server; gives what it started and is still there a moment later, after ending that too."""
    if running.process.poll() is not None:
        return []
    started = running.descendants()
    running.process.send_signal(how)
    try:
        running.process.wait(_STOP_S)
    except subprocess.TimeoutExpired:
        running.process.kill()
        running.process.wait()
    _, left = psutil.wait_procs(started, timeout=_STOP_S)
    for process in left:
        process.kill()
    return left


def _wait(running: Jupyter) -> None:
    until = time.monotonic() + _START_S
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < until:
        assert running.process.poll() is None, running.log.read_text(errors="replace")[-3000:]
        try:
            with direct.open(running.url("api"), timeout=5):
                return
        except OSError:
            time.sleep(0.1)  # it sets no event
    raise AssertionError(running.log.read_text(errors="replace")[-3000:])


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
