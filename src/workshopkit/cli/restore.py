"""``workshopkit restore``: go on from a copy, on this laptop, when the one that had the workshop is no more."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path

import click

from workshopkit.cli import store_option, terminal
from workshopkit.i18n import translator
from workshopkit.store import open_store, path_of
from workshopkit.store.restoring import restore

__all__ = ["command"]

_NOT_ANSWERS = {"workshop.defined", "act.opened", "act.closed", "joined"}


def command(lang: str) -> click.Command:
    """Make the command."""
    t = translator(lang)

    def run(file: Path, db: str, force: bool) -> None:
        target = path_of(db)
        restored = restore(file, target, force=force)
        click.echo(
            t(
                "Restored from {file} to {store}.",
                file=terminal.one_line(str(restored.source)),
                store=terminal.one_line(str(target)),
            )
        )
        if restored.beside is not None:
            click.echo(t("What was there is kept in {file}.", file=terminal.one_line(str(restored.beside))))
        made = dt.datetime.fromtimestamp(restored.source.stat().st_mtime).astimezone()
        click.echo(
            t(
                "The copy is of {time}. What came in after that, phones send again once they are back.",
                time=f"{made:%Y-%m-%d %H:%M:%S}",
            )
        )
        with closing(open_store(db, create=False)) as store:
            for workshop in store.workshops():
                said = [event for event in store.events(workshop.id) if event.kind not in _NOT_ANSWERS]
                click.echo(
                    t.n(
                        "{title}: {count} answer, code {code}.",
                        "{title}: {count} answers, code {code}.",
                        len(said),
                        title=terminal.one_line(workshop.title),
                        code=workshop.code,
                    )
                )
        click.echo(
            t(
                "Go on with: workshopkit serve --host 0.0.0.0 --db {store}",
                store=terminal.one_line(str(target)),
            )
        )
        if restored.address:
            click.echo(
                t(
                    "Phones know the room as {address}. Under that address they come back by themselves. Under another "
                    "one they scan the new code and choose their team again, and see what it had answered until the copy.",
                    address=terminal.one_line(restored.address),
                )
            )

    return click.Command(
        "restore",
        callback=run,
        help=t(
            "Goes on from a copy that --backup-dir made, on this laptop: with the answers, the codes, and the phones "
            "that were in."
        ),
        params=[
            click.Argument(["file"], metavar=t("FILE|FOLDER"), type=click.Path(path_type=Path)),
            store_option.option(t),
            click.Option(
                ["--force"],
                is_flag=True,
                help=t("Also where a store is that has something newer; that one is kept beside it."),
            ),
        ],
    )
