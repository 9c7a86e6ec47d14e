"""What ``serve`` and ``demo`` share: start, tell the addresses, wait for Ctrl-C."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import click

from workshopkit import log
from workshopkit.cli import reaching, terminal
from workshopkit.errors import UsageError
from workshopkit.i18n import N_, Translator
from workshopkit.run.supervisor import Supervisor
from workshopkit.run.workshop import Plan, children, healthy
from workshopkit.store import Store, Workshop, path_of

__all__ = ["run_workshop", "tell"]

_LINK_S = 12 * 3600.0
_log = logging.getLogger("workshopkit.cli")


def tell(
    t: Translator, plan: Plan, store: Store, workshop: Workshop, wifi: reaching.Wifi | None = None
) -> None:
    """Print where everything is, and a QR code to join; before it one for the Wi-Fi, if that is known."""
    token = store.issue_token(workshop.id, purpose="enter", role="facilitator", ttl_s=_LINK_S)
    wall = store.issue_token(workshop.id, purpose="enter", role="facilitator", ttl_s=_LINK_S)
    join = f"{plan.public_url}/j/{workshop.code}"
    rows = [
        (t("Cockpit (works once)"), f"{plan.public_url}/enter/{token}"),
        (t("Big screen (works once)"), f"{plan.public_url}/enter/{wall}?page=wall"),
        (t("Phones"), join),
        (t("Join code"), workshop.code),
        (t("Try a phone"), f"{plan.public_url}/hello"),
    ]
    if plan.lab_port is not None:
        rows.insert(0, ("JupyterLab", plan.lab_url))
    width = max(len(label) for label, _ in rows)
    click.echo()
    if wifi is not None:
        click.echo(t("1. Scan this to join the Wi-Fi “{name}”:", name=terminal.one_line(wifi.name)))
        click.echo(reaching.drawn(wifi.text), color=True)
        click.echo(t("2. Then scan this to join the workshop:"))
    click.echo(reaching.drawn(join), color=True)
    for label, value in rows:
        click.echo(f"{label:{width}}  {value}")
    click.echo()
    for sentence in reaching.exposed(t, plan.public_url, plan.port):
        click.echo(sentence)


def run_workshop(
    t: Translator,
    plan: Plan,
    store: Store,
    workshop: Workshop,
    *,
    beside: Callable[[], Awaitable[None]] | None = None,
    wifi: reaching.Wifi | None = None,
) -> None:
    """Run a workshop until Ctrl-C.

    Parameters
    ----------
    beside
        What runs beside it once it is ready, such as bots.
    wifi
        The Wi-Fi that phones join first; it is told in the terminal and nowhere else.
    """
    path = path_of(store.url)
    log_path = path.with_suffix(".log")
    with log_path.open("ab") as output, _logging_to(log_path), log.begin("room", log.folder(path)):
        asyncio.run(_run(t, plan, store, workshop, output, beside, wifi))


@contextlib.contextmanager
def _logging_to(path: Path) -> Iterator[None]:
    """Write down what this process has to say, such as that the door started again, and what its libraries say.

    Nobody reads a library's complaint in a terminal: without a handler of our own it would stand there as a traceback.
    """
    logger, handler = logging.getLogger(), logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        handler.close()


async def _run(
    t: Translator,
    plan: Plan,
    store: Store,
    workshop: Workshop,
    output: object,
    beside: Callable[[], Awaitable[None]] | None,
    wifi: reaching.Wifi | None,
) -> None:
    supervisor = Supervisor(children(plan), log=output)
    click.echo(t("Starting…"))
    supervisor.start()
    waiting = asyncio.create_task(supervisor.wait())
    work: asyncio.Task[None] | None = None
    try:
        ready = asyncio.create_task(healthy(plan.local_url, spares=min(plan.expect, 4)))
        await asyncio.wait({ready, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if waiting.done():
            ready.cancel()
            return
        if not ready.result():
            raise UsageError(
                N_("The workshop did not start within a minute. The log says why: {log}"),
                log=getattr(output, "name", ""),
            )
        click.echo(t("The pages are ready."))
        tell(t, plan, store, workshop, wifi)
        click.echo(t("Ready: {url}   (stop with Ctrl-C)", url=plan.public_url))
        if beside is not None:
            work = asyncio.create_task(_apart(beside))
        await waiting
    finally:
        if work is not None:
            work.cancel()
            await asyncio.wait({work})
        if not waiting.done():
            waiting.cancel()
        await supervisor.end()
        click.echo(t("Stopped."))


async def _apart(work: Callable[[], Awaitable[None]]) -> None:
    """Do the work beside; when it fails, the workshop goes on."""
    try:
        await work()
    except Exception as fault:  # noqa: BLE001 - whatever it is, the room must not notice
        _log.warning("what ran beside the workshop ended: %r", fault)
