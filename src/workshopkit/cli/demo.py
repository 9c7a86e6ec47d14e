"""``workshopkit demo``: everything on this machine, with simulated colleagues; one team is yours."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from pathlib import Path

import click

from workshopkit import paths
from workshopkit.bots.client import Browser
from workshopkit.bots.player import Pace, play
from workshopkit.cli import number_option, running
from workshopkit.errors import WorkshopkitError
from workshopkit.i18n import translator
from workshopkit.network.actors import Definition
from workshopkit.room import definitions, simulated
from workshopkit.run.net import free_port
from workshopkit.run.workshop import Plan, new_token, notebooks_folder
from workshopkit.store import Store, open_store

__all__ = ["command"]

_SLOW = 1.6
_LOOK_S = 0.5


def command(lang: str) -> click.Command:
    """Make the command."""
    t = translator(lang)

    def run(port: int, fast: bool, no_lab: bool) -> None:
        with (
            tempfile.TemporaryDirectory(prefix="workshopkit-", ignore_cleanup_errors=True) as folder,
            contextlib.closing(open_store(str(Path(folder) / "demo.db"))) as store,
        ):
            payload = definitions.read_file(paths.data() / "demo" / f"{lang}.json")
            workshop = store.create_workshop(title=payload["title"], lang=lang, definition=payload)
            found_port = free_port(port, "127.0.0.1")
            if found_port != port:
                click.echo(t("Port {port} is taken, {other} is used.", port=port, other=found_port))
            base = f"http://127.0.0.1:{found_port}"
            definition = Definition.read(payload)
            plan = Plan(
                db=store.url,
                host="127.0.0.1",
                port=found_port,
                public_url=base,
                expect=len(definition.seats) + 4,
                lab_port=None if no_lab else free_port(8888, "127.0.0.1"),
                lab_token=new_token(),
                lab_dir=None if no_lab else notebooks_folder(Path(folder)),
                lang=lang,
            )
            running.run_workshop(
                t,
                plan,
                store,
                workshop,
                beside=lambda: _colleagues(store, workshop.id, workshop.code, base, definition, fast=fast),
            )

    return click.Command(
        "demo",
        callback=run,
        help=t("Starts a workshop of simulated colleagues on this machine. One team is yours."),
        params=[
            number_option.port(t),
            click.Option(
                ["--fast"], is_flag=True, help=t("The colleagues answer at once, and not at a human pace.")
            ),
            click.Option(["--no-lab"], is_flag=True, help=t("Without JupyterLab.")),
        ],
    )


async def _colleagues(
    store: Store, workshop: str, code: str, base: str, definition: Definition, *, fast: bool
) -> None:
    """Let a bot answer for every seat but the first; it leaves a seat that a person takes."""
    whose: dict[str, str] = {}
    bots = {}
    for number, seat in enumerate(seat.id for seat in definition.seats[1:]):
        pace = Pace(0.0 if fast else _SLOW if number == 0 else 1.0, seed=number)
        bots[seat] = asyncio.create_task(_bot(base, code, seat, definition, pace, whose))
    seen = 0
    try:
        while True:
            await asyncio.sleep(_LOOK_S)
            for event in store.events(workshop, after=seen, kinds={"joined"}):
                seen = event.seq
                seat = event.payload["actor"]
                if seat in whose and whose[seat] != event.participant:
                    bots[seat].cancel()
                    _leave(store, workshop, whose.pop(seat))
    finally:
        for task in bots.values():
            task.cancel()


async def _bot(
    base: str, code: str, seat: str, definition: Definition, pace: Pace, whose: dict[str, str]
) -> None:
    with contextlib.suppress(WorkshopkitError, OSError):
        page = await Browser(base).join(code, seat)
        whose[seat] = page.config["seat"]
        await play(await page.connect(), simulated.answers(definition, seat), pace)
        await page.until(lambda state: state.get("withdrawn"))


def _leave(store: Store, workshop: str, participant: str) -> None:
    with contextlib.suppress(WorkshopkitError):
        store.append(
            id=f"left-{participant}",
            workshop=workshop,
            participant=participant,
            act=None,
            kind="withdrawn",
            payload={},
        )
        store.end_participant(participant)
