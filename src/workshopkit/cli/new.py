"""``workshopkit new``: make a workshop from a file, or the demo workshop to change."""

from __future__ import annotations

from pathlib import Path

import click

from workshopkit import paths
from workshopkit.cli import store_option
from workshopkit.i18n import LANGUAGES, translator
from workshopkit.room import definitions
from workshopkit.store import open_store

__all__ = ["command"]


def command(lang: str) -> click.Command:
    """Make the command."""
    t = translator(lang)

    def run(db: str, definition: Path | None, text_lang: str) -> None:
        payload = definitions.read_file(definition or paths.data() / "demo" / f"{text_lang}.json")
        made = open_store(db).create_workshop(
            title=payload["title"], lang=payload.get("lang", text_lang), definition=payload
        )
        click.echo(
            t("Made: {title}. Number {id}, join code {code}.", title=made.title, id=made.id, code=made.code)
        )
        click.echo(t("Start it with: workshopkit serve"))

    return click.Command(
        "new",
        callback=run,
        help=t("Makes a workshop from a definition (JSON); without one, the fictional demo workshop."),
        params=[
            click.Argument(["definition"], required=False, type=click.Path(path_type=Path)),
            click.Option(
                ["--text-lang"],
                type=click.Choice(LANGUAGES),
                default=lang,
                help=t("Language of the workshop."),
            ),
            store_option.option(t),
        ],
    )
