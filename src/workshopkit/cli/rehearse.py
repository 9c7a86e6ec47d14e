"""``workshopkit rehearse``: a room full of scripted participants, to practise with and to see what this room can take."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import signal
import tempfile
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import click
import psutil

from workshopkit import paths
from workshopkit.bots.burden import Burden, room_at
from workshopkit.bots.rehearsal import Outcome, Rehearsal, Room
from workshopkit.cli import number_option, rehearsed, running, store_option
from workshopkit.errors import StoreError, UsageError, WorkshopClosed, WrongCode
from workshopkit.i18n import N_, Translator, translator
from workshopkit.room import definitions
from workshopkit.run.net import free_port
from workshopkit.run.room import open_room
from workshopkit.run.workshop import Plan
from workshopkit.store import Store, Workshop, open_store

__all__ = ["command"]

_LOCAL = "127.0.0.1"
_EVERY_S = 3.0
_CODE = re.compile(r"[A-Za-z0-9-]{6,16}\Z")
_MOST_SPARE = 120


def command(lang: str) -> click.Command:
    """Make the command."""
    t = translator(lang)

    def run(
        phones: int,
        join: str | None,
        db: str,
        port: int,
        seed: int,
        pace: float,
        minutes: int,
        skip_talk: bool,
        faults: bool,
        as_json: bool,
    ) -> int:
        plan = Rehearsal(
            Room("", ""),
            phones,
            seed=seed,
            pace=pace,
            leads=skip_talk,
            every_s=_EVERY_S if faults else None,
            most_s=60.0 * minutes,
        )
        with contextlib.ExitStack() as stack:
            if join is None:
                folder = Path(
                    stack.enter_context(
                        tempfile.TemporaryDirectory(prefix="workshopkit-", ignore_cleanup_errors=True)
                    )
                )
                outcome = asyncio.run(_alone(t, plan, folder, port))
            else:
                room = _found(join, db, port, stack)
                if skip_talk and room.store is None:
                    raise UsageError(
                        N_(
                            "To lead as well, the room's store must be on this machine: name it with --db, "
                            "or leave out --skip-talk and lead yourself."
                        )
                    )
                outcome = asyncio.run(_visiting(t, replace(plan, room=room)))
        if as_json:
            click.echo(json.dumps(rehearsed.figures(outcome)))
        else:
            for line in rehearsed.lines(t, outcome):
                click.echo(line)
        return 0 if outcome.is_good else 1

    return click.Command(
        "rehearse",
        callback=run,
        help=t(
            "Fills a room with scripted participants: to practise leading, or to see what this laptop can take. "
            "Without --join it makes a room of its own that goes afterwards."
        ),
        params=[
            click.Argument(["phones"], type=number_option.between(t, 1, 200), metavar=t("NUMBER")),
            click.Option(
                ["--join"],
                metavar=t("URL|CODE"),
                help=t(
                    "Go to a room that runs: what the phones scan, or its code. They withdraw at the end."
                ),
            ),
            store_option.option(t),
            number_option.port(t),
            click.Option(
                ["--seed"],
                type=number_option.between(t, 0, 10**9),
                default=1,
                show_default=True,
                help=t("The same number plays the same again."),
            ),
            click.Option(
                ["--pace"],
                type=_factor(t),
                default=1.0,
                show_default=True,
                help=t("How slowly they tap: 1 like people, 0 at once."),
            ),
            click.Option(
                ["--minutes"],
                type=number_option.between(t, 1, 480),
                default=180,
                show_default=True,
                help=t("When it stops at the latest."),
            ),
            click.Option(
                ["--skip-talk"],
                is_flag=True,
                help=t("Play the facilitator too, through the whole afternoon without talk, walk and break."),
            ),
            click.Option(
                ["--faults"],
                is_flag=True,
                help=t("Every few seconds a phone locks, reloads, crashes or loses its connection."),
            ),
            click.Option(["--json", "as_json"], is_flag=True, help=t("Print the figures as JSON.")),
        ],
    )


def _factor(t: Translator) -> click.FloatRange:
    kind = click.FloatRange(0.0, 5.0)
    kind.name = t("number")
    return kind


# Which room --------------------------------------------------------------------------------------------------------


def _found(join: str, db: str, port: int, stack: contextlib.ExitStack) -> Room:
    """Read where to go, and find what lies behind it if that is on this machine."""
    base, code = _address(join.strip(), port)
    store, workshop = _behind(code, db)
    if store is not None:
        stack.callback(store.close)
    return Room(base, code, store, workshop)


def _address(join: str, port: int) -> tuple[str, str]:
    if _CODE.match(join):
        return f"http://{_LOCAL}:{port}", join
    try:
        parts = urlsplit(join)
        known = parts.scheme in {"http", "https"} and bool(parts.hostname)
        before, _, code = parts.path.rpartition("/j/")
    except ValueError:
        known, before, code = False, "", ""
    if not known or not _CODE.match(code):
        raise UsageError(
            N_(
                "{value} is no address to join by, and no code. It looks like http://192.168.1.20:8080/j/ABCD2345"
            ),
            value=join[:80] or "''",
        )
    return f"{parts.scheme}://{parts.netloc}{before}", code


def _behind(code: str, db: str) -> tuple[Store | None, Workshop | None]:
    try:
        store = open_store(db, create=False)
    except StoreError:
        return None, None
    try:
        return store, store.workshop_by_code(code)
    except (WrongCode, WorkshopClosed):
        store.close()
        return None, None


# Playing -----------------------------------------------------------------------------------------------------------


async def _alone(t: Translator, rehearsal: Rehearsal, folder: Path, port: int) -> Outcome:
    """Rehearse in a room of its own: the demo's workshop in a store that goes afterwards."""
    with contextlib.closing(open_store(str(folder / "rehearsal.db"))) as store:
        payload = definitions.read_file(paths.data() / "demo" / f"{t.lang}.json")
        workshop = store.create_workshop(title=payload["title"], lang=t.lang, definition=payload)
        found = free_port(port, _LOCAL)
        spare = min(rehearsal.count, _MOST_SPARE)
        plan = Plan(
            db=store.url,
            host=_LOCAL,
            port=found,
            public_url=f"http://{_LOCAL}:{found}",
            expect=spare,
            lang=t.lang,
        )
        click.echo(t("Starting…"), err=True)
        with (folder / "rehearsal.log").open("ab") as log:
            async with _stopping() as stop, open_room(plan, log, spares=spare) as supervisor:
                roots = [psutil.Process(one.process.pid) for one in supervisor.children if one.process]
                if not rehearsal.leads:
                    running.tell(t, plan, store, workshop)
                _say_coming(t, rehearsal)
                room = Room(plan.local_url, workshop.code, store, workshop, own=True)
                return await replace(rehearsal, room=room, burden=Burden(roots)).run(stop)


async def _visiting(t: Translator, rehearsal: Rehearsal) -> Outcome:
    """Rehearse in a room that runs."""
    parts = urlsplit(rehearsal.room.base)
    here = rehearsal.room.store is not None
    roots = room_at(parts.port or (443 if parts.scheme == "https" else 80)) if here else []
    async with _stopping() as stop:
        _say_coming(t, rehearsal)
        return await replace(rehearsal, burden=Burden(roots)).run(stop)


def _say_coming(t: Translator, rehearsal: Rehearsal) -> None:
    click.echo(
        t.n("{count} phone comes in.", "{count} phones come in.", rehearsal.count)
        + " "
        + t("Stop with Ctrl-C: what was counted is told all the same."),
        err=True,
    )


@contextlib.asynccontextmanager
async def _stopping() -> AsyncIterator[asyncio.Event]:
    """Give an event that Ctrl-C sets, so that it ends in good order."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    names = [name for name in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(name) is not None]
    before = {name: signal.signal(name, lambda *_: loop.call_soon_threadsafe(stop.set)) for name in names}
    try:
        yield stop
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
