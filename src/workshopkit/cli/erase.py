"""``workshopkit erase``: delete a workshop for good."""

from __future__ import annotations

import click

from workshopkit.cli import store_option
from workshopkit.errors import UsageError
from workshopkit.i18n import N_, translator
from workshopkit.store import open_store

__all__ = ["command"]


def command(lang: str) -> click.Command:
    """Make the command."""
    t = translator(lang)

    def run(db: str, workshop: str, yes: bool) -> None:
        store = open_store(db, create=False)
        found = store.workshop(workshop)
        if not yes and not click.confirm(
            t("Delete “{title}” for good, with its backups?", title=found.title)
        ):
            raise UsageError(N_("Nothing was deleted."))
        store.erase_workshop(found.id)
        click.echo(t("Deleted for good: {title}.", title=found.title))

    return click.Command(
        "erase",
        callback=run,
        help=t("Deletes a workshop for good, with the backups that hold it."),
        params=[
            click.Argument(["workshop"]),
            click.Option(["--yes"], is_flag=True, help=t("Do not ask.")),
            store_option.option(t),
        ],
    )
