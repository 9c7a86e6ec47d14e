"""``workshopkit export``: what a workshop leaves, as files, also while it runs."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from workshopkit.cli import store_option, terminal
from workshopkit.i18n import translator
from workshopkit.store import open_store

__all__ = ["command"]


def command(lang: str) -> click.Command:
    """Make the command."""
    t = translator(lang)

    def run(db: str, workshop: str, to: Path) -> None:
        from workshopkit.report.saving import save

        with closing(open_store(db, create=False)) as store:
            for path in save(store, workshop, to, t.lang):
                click.echo(t("Written: {path}", path=terminal.one_line(str(path))))

    return click.Command(
        "export",
        callback=run,
        help=t("Writes the report and the data bundle of a workshop, also while it runs."),
        params=[
            click.Argument(["workshop"]),
            click.Option(
                ["--to"],
                required=True,
                metavar=t("FOLDER"),
                type=click.Path(path_type=Path),
                help=t("The folder to write in. Made when it is not there."),
            ),
            store_option.option(t),
        ],
    )
