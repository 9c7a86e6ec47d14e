"""Stock Voilà and JupyterLab on the notebooks, each with a home of its own and nothing of the machine's settings."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from workshopkit import paths

TOKEN = "only-for-this-test"


@dataclass(frozen=True)
class Server:
    """A server of notebooks on loopback."""

    base: str
    home: Path
    notebooks: Path


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def voila(lang):
    """Run ``voila notebooks/<lang>``, as its own documentation says."""

    def command(port, notebooks):
        return ["voila", str(notebooks / lang), "--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1"]

    with _serving(command, "/voila/static/voila.js") as server:
        yield server


@contextlib.contextmanager
def jupyterlab():
    def command(port, notebooks):
        return [
            "jupyterlab",
            "--no-browser",
            "--ip=127.0.0.1",
            f"--port={port}",
            f"--ServerApp.root_dir={notebooks}",
            "--ServerApp.allow_root=True",
            "--LabApp.news_url=",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            "--ServerApp.jpserver_extensions={'voila.server_extension': False}",
        ]

    with _serving(command, f"/api?token={TOKEN}") as server:
        yield server


@contextlib.contextmanager
def _serving(command, path):
    with tempfile.TemporaryDirectory(prefix="wk-nb-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        notebooks = home / "notebooks"
        shutil.copytree(paths.notebooks(), notebooks, ignore=lambda *_: [".ipynb_checkpoints"])
        env = {key: value for key, value in os.environ.items() if not key.startswith("WORKSHOPKIT")}
        env |= {"HOME": folder, "JUPYTER_TOKEN": TOKEN, "IPYTHONDIR": str(home / "ipython")}
        env |= {f"JUPYTER_{kind}_DIR": str(home / kind.lower()) for kind in ("CONFIG", "DATA", "RUNTIME")}
        port = free_port()
        log = home / "log"
        with log.open("w") as out:
            child = subprocess.Popen(
                [sys.executable, "-m", *command(port, notebooks)], env=env, stdout=out, stderr=out, cwd=home
            )
        base = f"http://127.0.0.1:{port}"
        try:
            _wait(base + path, child, log)
            yield Server(base, home, notebooks)
        finally:
            child.terminate()
            try:
                child.wait(30)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _wait(url, child, log, within=90.0):
    until = monotonic() + within
    while monotonic() < until:
        assert child.poll() is None, log.read_text()
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2):
            return
    raise AssertionError(log.read_text())
