"""An environment of its own for every peer, made by pip from pinned requirements and kept for the next run."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import shutil
import sys
from pathlib import Path

__all__ = ["FOLDER", "environment", "pinned"]

FOLDER = Path(__file__).with_name("peers")
_OUT = Path(__file__).with_name("out") / "peers"
_WITHIN_S = 900.0


def pinned(name: str) -> str:
    """Give the version of a peer, as its requirements have it."""
    found = re.search(rf"^{name}==(\S+)$", _requirements(name).read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise RuntimeError(f"{_requirements(name)} does not pin {name}")
    return found[1]


async def environment(name: str) -> Path:
    """Give the Python of a peer's environment; makes it first if it is not there, or made of other requirements."""
    folder, made = _OUT / name, _OUT / f"{name}.made"
    mark = hashlib.sha256(_requirements(name).read_bytes() + sys.version.encode()).hexdigest()
    python = folder / "bin" / "python"
    if python.exists() and made.exists() and made.read_text() == mark:
        return python
    made.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    await _run(sys.executable, "-m", "venv", str(folder))
    await _run(
        *(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
        *("-r", str(_requirements(name))),
    )
    made.write_text(mark)
    return python


def _requirements(name: str) -> Path:
    return FOLDER / f"{name}.txt"


async def _run(*command: str) -> None:
    process = await asyncio.create_subprocess_exec(
        *command,
        env={**os.environ, "PYTHONNOUSERSITE": "1"},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        async with asyncio.timeout(_WITHIN_S):
            said, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command[:4])} … failed: {said.decode(errors='replace')[-600:]}")
