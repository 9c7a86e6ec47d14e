"""What ``serve`` and ``demo`` share: start, tell the addresses, wait for Ctrl-C."""

from __future__ import annotations

import asyncio
import contextlib
import io
import logging
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import click
import segno

from workshopkit.cli import terminal
from workshopkit.errors import UsageError
from workshopkit.i18n import N_, Translator
from workshopkit.run.supervisor import Supervisor
from workshopkit.run.workshop import Plan, children, healthy
from workshopkit.store import Store, Workshop

__all__ = ["run_workshop", "tell"]

_LINK_S = 12 * 3600.0
_BLOCKS = "█▀▄"
_log = logging.getLogger("workshopkit.cli")


def tell(t: Translator, plan: Plan, store: Store, workshop: Workshop) -> None:
    """Print where everything is, and a QR code to join."""
    token = store.issue_token(workshop.id, purpose="enter", role="facilitator", ttl_s=_LINK_S)
    wall = store.issue_token(workshop.id, purpose="enter", role="facilitator", ttl_s=_LINK_S)
    join = f"{plan.public_url}/j/{workshop.code}"
    rows = [
        (t("Cockpit (works once)"), f"{plan.public_url}/enter/{token}"),
        (t("Big screen (works once)"), f"{plan.public_url}/enter/{wall}?page=wall"),
        (t("Phones"), join),
        (t("Join code"), workshop.code),
    ]
    if plan.lab_port is not None:
        rows.insert(0, ("JupyterLab", plan.lab_url))
    width = max(len(label) for label, _ in rows)
    click.echo()
    click.echo(_drawn(join), color=True)
    for label, value in rows:
        click.echo(f"{label:{width}}  {value}")
    click.echo()


def _drawn(link: str) -> str:
    """Give a QR code in half blocks, or in colours where the terminal has no blocks."""
    drawing = io.StringIO()
    segno.make(link, error="l").terminal(drawing, border=2, compact=terminal.can_show(_BLOCKS))
    return drawing.getvalue()


def run_workshop(
    t: Translator,
    plan: Plan,
    store: Store,
    workshop: Workshop,
    *,
    beside: Callable[[], Awaitable[None]] | None = None,
) -> None:
    """Run a workshop until Ctrl-C.

    Parameters
    ----------
    beside
        What runs beside it once it is ready, such as bots.
    """
    log_path = Path(store.url.removeprefix("sqlite:///")).with_suffix(".log")
    with log_path.open("ab") as log, _logging_to(log_path):
        asyncio.run(_run(t, plan, store, workshop, log, beside))


@contextlib.contextmanager
def _logging_to(path: Path) -> Iterator[None]:
    """Write down what this process has to say as well, such as that the door started again."""
    logger, handler = logging.getLogger("workshopkit"), logging.FileHandler(path, encoding="utf-8")
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
    log: object,
    beside: Callable[[], Awaitable[None]] | None,
) -> None:
    supervisor = Supervisor(children(plan), log=log)
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
                log=getattr(log, "name", ""),
            )
        click.echo(t("The pages are ready."))
        tell(t, plan, store, workshop)
        click.echo(t("Ready: {url}   (stop with Ctrl-C)", url=plan.public_url))
        if beside is not None:
            work = asyncio.create_task(_apart(beside))
        await waiting
    finally:
        if work is not None:
            work.cancel()
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
