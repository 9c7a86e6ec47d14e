"""``workshopkit import``: a workshop from a bundle, to look at or to go on with."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from workshopkit.cli import store_option, terminal
from workshopkit.errors import UsageError
from workshopkit.i18n import N_, translator
from workshopkit.store import open_store

__all__ = ["command"]


def command(lang: str) -> click.Command:
    """Make the command."""
    t = translator(lang)

    def run(db: str, file: Path) -> None:
        from workshopkit.report.bundle import MAX_BYTES, restore

        try:
            with file.open("rb") as bundle:
                given = bundle.read(MAX_BYTES + 1)
        except OSError as fault:
            raise UsageError(
                N_("{file} cannot be read ({reason})."),
                file=file,
                reason=fault.strerror or type(fault).__name__,
            ) from fault
        with closing(open_store(db)) as store:
            made = restore(store, given)
        click.echo(
            t(
                "Made: {title}. Number {id}, join code {code}.",
                title=terminal.one_line(made.title),
                id=made.id,
                code=made.code,
            )
        )
        if made.closed is None:
            click.echo(t("Start it with: workshopkit serve") + store_option.naming(db))

    return click.Command(
        "import",
        callback=run,
        help=t("Makes a workshop from a data bundle, with the answers that are in it."),
        params=[
            click.Argument(["file"], metavar=t("FILE"), type=click.Path(path_type=Path)),
            store_option.option(t),
        ],
    )
