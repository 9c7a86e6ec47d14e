"""``workshopkit demo``: everything on this machine, with simulated colleagues; one team is yours."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import Callable
from pathlib import Path

import click

from workshopkit.bots.afternoon import Part, play_afternoon
from workshopkit.bots.client import Browser
from workshopkit.bots.pace import Pace
from workshopkit.cli import number_option, running
from workshopkit.errors import WorkshopkitError
from workshopkit.i18n import Translator, translator
from workshopkit.network.actors import Definition
from workshopkit.panels import demo
from workshopkit.room import definitions
from workshopkit.room.phoneless import IMPORTED, prefix
from workshopkit.run.net import free_port
from workshopkit.run.workshop import Plan, new_token, notebooks_folder
from workshopkit.store import Store, open_store

__all__ = ["command", "start"]

_SLOW = 1.6
_LOOK_S = 0.5
_SPARE = 6  # the colleagues come at a pace; a learner's pod has 2 GB for everything


def command(lang: str) -> click.Command:
    """Make the command."""
    t = translator(lang)

    def run(port: int, fast: bool, no_lab: bool, anonymous: bool) -> None:
        with tempfile.TemporaryDirectory(prefix="workshopkit-", ignore_cleanup_errors=True) as folder:
            start(t, Path(folder), port=port, fast=fast, lab=not no_lab, anonymous=anonymous)

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
            click.Option(
                ["--anonymous"],
                is_flag=True,
                help=t("Everybody answers alone: 4 groups of 8. One phone is yours."),
            ),
        ],
    )


def start(
    t: Translator,
    folder: Path,
    *,
    port: int,
    fast: bool,
    lab: bool = False,
    anonymous: bool = False,
    base_url: str = "/",
    public_url: str | None = None,
    on_port: Callable[[int], None] = lambda _: None,
) -> None:
    """Run the demo until it is told to stop.

    Parameters
    ----------
    folder
        Where its store is; one that is there already goes on.
    port
        Where the door listens, or on the next free port.
    fast
        Whether the colleagues answer at once.
    lab
        Whether JupyterLab runs beside it.
    anonymous
        Whether everybody answers alone.
    base_url, public_url
        The path of the pages, and how others reach it, where that is not this machine itself.
    on_port
        Hears on which port the door is.
    """
    with contextlib.closing(open_store(str(folder / "demo.db"))) as store:
        payload = definitions.read_file(demo.definition_file(t.lang, anonymous=anonymous))
        workshop = next(iter(store.workshops()), None) or store.create_workshop(
            title=payload["title"], lang=t.lang, definition=payload
        )
        found_port = free_port(port, "127.0.0.1")
        if found_port != port:
            click.echo(t("Port {port} is taken, {other} is used.", port=port, other=found_port))
        on_port(found_port)
        base = f"http://127.0.0.1:{found_port}{base_url.rstrip('/')}"
        definition = Definition.read(payload)
        plan = Plan(
            db=store.url,
            host="127.0.0.1",
            port=found_port,
            public_url=public_url or base,
            base_url=base_url,
            expect=_SPARE,
            lab_port=free_port(8888, "127.0.0.1") if lab else None,
            lab_token=new_token(),
            lab_dir=notebooks_folder(folder) if lab else None,
            lang=t.lang,
        )
        running.run_workshop(
            t,
            plan,
            store,
            workshop,
            beside=lambda: _colleagues(store, workshop.id, workshop.code, base, definition, fast=fast),
        )


async def _colleagues(
    store: Store, workshop: str, code: str, base: str, definition: Definition, *, fast: bool
) -> None:
    """Let a bot answer for every seat but the first; it leaves a seat that a person takes."""
    whose: dict[str, str] = {}
    bots = {}
    if definition.anonymous:
        await _crowd(base, code, definition, fast=fast)
        return
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
                if (
                    seat in whose
                    and whose[seat] != event.participant
                    and prefix(event.participant) != IMPORTED
                ):
                    bots[seat].cancel()
                    _leave(store, workshop, whose.pop(seat))
    finally:
        for task in bots.values():
            task.cancel()
        await asyncio.gather(*bots.values(), return_exceptions=True)


async def _crowd(base: str, code: str, definition: Definition, *, fast: bool) -> None:
    """Let a bot answer for everybody but one of the first group: that phone is a person's."""
    people = [(seat.id, number) for seat in definition.seats for number in range(seat.people or 0)][1:]
    async with asyncio.TaskGroup() as group:
        for place, (seat, number) in enumerate(people):
            pace = Pace(0.0 if fast else _SLOW if place == 0 else 1.0, seed=place)
            group.create_task(_bot(base, code, seat, definition, pace, {}, number=number))


async def _bot(
    base: str,
    code: str,
    seat: str,
    definition: Definition,
    pace: Pace,
    whose: dict[str, str],
    *,
    number: int = 0,
) -> None:
    with contextlib.suppress(WorkshopkitError, OSError):
        page = await Browser(base).join(code, seat)
        whose[seat] = page.config["seat"]
        part = Part(**demo.afternoon(definition, seat, number=number))
        await play_afternoon(await page.connect(), part, pace)


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
