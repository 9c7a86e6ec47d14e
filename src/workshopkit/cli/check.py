"""``workshopkit check``: tells whether this laptop is ready."""

from __future__ import annotations

import platform
import sys
import tempfile
from pathlib import Path

import click

from workshopkit import paths
from workshopkit.cli import number_option, terminal
from workshopkit.errors import WorkshopkitError
from workshopkit.i18n import Translator, translator
from workshopkit.kernels import can_fork
from workshopkit.run.net import free_port, lan_address
from workshopkit.store import open_store

__all__ = ["command"]

_KERNEL_MB, _REST_MB = 25, 700


def command(lang: str) -> click.Command:
    """Make the command."""
    t = translator(lang)

    def run(port: int) -> int:
        rows = list(_findings(t, port))
        tick = "✓" if terminal.can_show("✓") else "+"
        for good, sentence in rows:
            click.echo(f"{tick if good else '!'} {sentence}")
        return 0 if all(good for good, _ in rows) else 1

    return click.Command(
        "check",
        callback=run,
        help=t("Tells whether this laptop is ready: Python, port, store, kernels, address and memory."),
        params=[number_option.port(t)],
    )


def _findings(t: Translator, port: int) -> list[tuple[bool, str]]:
    found = [(sys.version_info >= (3, 11), t("Python {version}", version=platform.python_version()))]
    built = (paths.static() / "page.js").is_file()
    found.append(
        (built, t("The pages are there.") if built else t("The pages are missing: install workshopkit anew."))
    )
    try:
        free = free_port(port, "127.0.0.1") == port
    except WorkshopkitError:
        free = False
    found.append(
        (
            free,
            t("Port {port} is free.", port=port)
            if free
            else t("Port {port} is taken; another one is chosen at the start.", port=port),
        )
    )
    with tempfile.TemporaryDirectory() as folder:
        try:
            open_store(str(Path(folder) / "check.db")).close()
            found.append((True, t("A store can be written.")))
        except WorkshopkitError as fault:
            found.append((False, fault.text(t.lang)))
    if can_fork():
        found.append((True, t("Pages start from a warm process: a full room joins in seconds.")))
    else:
        found.append((True, t("Pages start from a pool: say how many phones you expect with --expect.")))
    address = lan_address()
    networked = not address.startswith("127.")
    found.append(
        (
            networked,
            t("Phones find this laptop at {address}.", address=address)
            if networked
            else t("This laptop has no network: phones cannot reach it yet."),
        )
    )
    memory = _free_mb()
    if memory is not None:
        phones = max(0, (memory - _REST_MB) // _KERNEL_MB)
        found.append((phones >= 30, t("There is memory for about {phones} phones.", phones=phones)))  # noqa: PLR2004 - a room
    return found


def _free_mb() -> int | None:
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("MemAvailable")), None)
