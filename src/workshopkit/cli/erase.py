"""``workshopkit erase``: delete a workshop for good."""

from __future__ import annotations

from contextlib import closing

import click

from workshopkit import log
from workshopkit.cli import store_option, terminal
from workshopkit.errors import UsageError
from workshopkit.i18n import N_, translator
from workshopkit.store import open_store, path_of

__all__ = ["command"]


def command(lang: str) -> click.Command:
    """Make the command."""
    t = translator(lang)

    def run(db: str, workshop: str, yes: bool) -> None:
        with closing(open_store(db, create=False)) as store:
            found = store.workshop(terminal.one_line(workshop))
            title = terminal.one_line(found.title)
            if not yes and not _agreed(t("Delete “{title}” for good, with its backups? [y/N]", title=title)):
                raise UsageError(N_("Nothing was deleted."))
            store.erase_workshop(found.id)
        log.clear(log.folder(path_of(db)))
        click.echo(t("Deleted for good: {title}.", title=title))

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


def _agreed(question: str) -> bool:
    """Ask; only a clear yes, in either language, is one."""
    try:
        answer = click.prompt(question, prompt_suffix=" ", default="", show_default=False)
    except (click.Abort, RuntimeError, ValueError) as fault:  # nobody is there, or what came is no text
        click.echo()
        raise UsageError(
            N_("Nothing was deleted: nobody answered. To delete without the question, add --yes")
        ) from fault
    return answer.strip().lower() in {"y", "yes", "j", "ja"}
