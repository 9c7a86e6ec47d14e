"""``workshopkit check``: tells whether this laptop is ready."""

from __future__ import annotations

import asyncio
import platform
import sys
import tempfile
from pathlib import Path

import click

from workshopkit import paths
from workshopkit.cli import number_option, reaching, terminal
from workshopkit.errors import WorkshopkitError
from workshopkit.i18n import Translator, translator
from workshopkit.kernels import can_fork
from workshopkit.run.net import free_port, lan_address, lan_addresses
from workshopkit.run.surroundings import hotspot, look
from workshopkit.run.workshop import EVERYWHERE
from workshopkit.server import hello
from workshopkit.store import open_store

__all__ = ["command", "findings"]

_KERNEL_MB, _REST_MB = 25, 700
_A_ROOM = 30
_PATIENCE_S, _LOOKED_S = 120.0, 1.0


def command(lang: str) -> click.Command:
    """Make the command."""
    t = translator(lang)

    def run(port: int, phone: bool) -> int:
        rows = findings(t, port)
        tick = "✓" if terminal.can_show("✓") else "+"
        for good, sentence in rows:
            click.echo(f"{tick if good else '!'} {sentence}")
        if phone:
            rows.append(_phone(t, port))
            click.echo(f"{tick if rows[-1][0] else '!'} {rows[-1][1]}")
        else:
            click.echo(
                t(
                    "Whether this network lets phones reach the laptop, a phone tells: workshopkit check --phone"
                )
            )
        return 0 if all(good for good, _ in rows) else 1

    return click.Command(
        "check",
        callback=run,
        help=t("Tells whether this laptop is ready: Python, port, store, kernels, address and memory."),
        params=[
            number_option.port(t),
            click.Option(
                ["--phone"],
                is_flag=True,
                help=t("Show a code to scan, and wait until a phone comes: does the network let it through?"),
            ),
        ],
    )


def _phone(t: Translator, port: int) -> tuple[bool, str]:
    """Wait for a second device; tells whether one came."""
    address = lan_address()
    found = free_port(port, EVERYWHERE)
    url = f"http://{address}:{found}/hello"
    click.echo(reaching.drawn(url), color=True)
    click.echo(t("Scan this with a phone that is in the same Wi-Fi: {url}   (stop with Ctrl-C)", url=url))
    own = {one.ip for one in lan_addresses()} | {"127.0.0.1"}
    if asyncio.run(_met(found, own)):
        return True, t("A phone reaches this laptop: the network lets them talk to each other.")
    return False, t(
        "No phone came. Is it in the same Wi-Fi, and not on mobile data? A firewall on this laptop may keep it out. Or the "
        "network keeps its devices apart (client isolation, usual on guest networks): take a router of your own, or ask "
        "who runs the network."
    )


async def _met(port: int, own: set[str]) -> bool:
    """Serve the page that says hello until somebody comes who is not this laptop itself."""
    came = asyncio.Event()
    server = hello.alone(lambda ip: None if ip in own else came.set()).listen(port, EVERYWHERE)
    try:
        async with asyncio.timeout(_PATIENCE_S):
            await came.wait()
            await asyncio.sleep(_LOOKED_S)  # it fetches its style as well
    except TimeoutError:
        return False
    finally:
        server.stop()
        await server.close_all_connections()
    return True


def findings(t: Translator, port: int) -> list[tuple[bool, str]]:
    """Look at this laptop; gives of each thing whether it is good, and a sentence."""
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
    found += _network(t, port)
    memory = _free_mb()
    if memory is not None:
        phones = max(0, (memory - _REST_MB) // _KERNEL_MB)
        found.append((phones >= _A_ROOM, t("There is memory for about {phones} phones.", phones=phones)))
    return found


def _network(t: Translator, port: int) -> list[tuple[bool, str]]:
    """Tell where phones find this laptop, how many fit in that network, and what keeps them out."""
    addresses = lan_addresses()
    if not addresses:
        return [(False, t("This laptop has no network: phones cannot reach it yet."))]
    first, *others = addresses
    found = [(True, t("Phones find this laptop at {address}.", address=first.ip))]
    if others:
        names = ", ".join(f"{one.ip} ({terminal.one_line(one.name)[:40]})" for one in others)
        found.append(
            (True, t("It has other addresses too: {addresses}. Choose with --public-url.", addresses=names))
        )
    spot = hotspot(first.ip)
    room_for = first.room_for if spot is None else min(first.room_for, spot[1])
    if spot is not None:
        maker, devices = spot
        found.append(
            (
                devices >= _A_ROOM,
                t(
                    "This is a hotspot ({maker}): it takes about {count} devices. For a room take a router.",
                    maker=maker,
                    count=devices,
                ),
            )
        )
    elif room_for < _A_ROOM:
        found.append((False, t("This network has numbers for {count} devices.", count=room_for)))
    found += [(one.good, t(one.message, **one.values)) for one in look(port)]
    return found


def _free_mb() -> int | None:
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("MemAvailable")), None)
