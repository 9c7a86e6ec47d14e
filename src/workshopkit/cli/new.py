"""``workshopkit new``: make a workshop from a file, or the demo workshop to change."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import click

from workshopkit import paths
from workshopkit.case.check import read as read_case
from workshopkit.cli import store_option, terminal
from workshopkit.i18n import LANGUAGES, translator
from workshopkit.room import definitions
from workshopkit.store import open_store

__all__ = ["command"]


def command(lang: str) -> click.Command:
    """Make the command."""
    t = translator(lang)

    def run(
        db: str, definition: Path | None, text_lang: str | None, case: Path | None, again: str | None
    ) -> None:
        payload = (
            _again(db, again)
            if again
            else definitions.read_file(definition or paths.data() / "demo" / f"{text_lang or lang}.json")
        )
        if text_lang is not None:
            payload["lang"] = text_lang
        if case is not None:
            payload["case"] = read_case(case)
        with closing(open_store(db)) as store:
            made = store.create_workshop(title=payload["title"], lang=payload["lang"], definition=payload)
        click.echo(
            t(
                "Made: {title}. Number {id}, join code {code}.",
                title=terminal.one_line(made.title),
                id=made.id,
                code=made.code,
            )
        )
        click.echo(t("Start it with: workshopkit serve") + store_option.naming(db))

    return click.Command(
        "new",
        callback=run,
        help=t("Makes a workshop from a definition (JSON); without one, the fictional demo workshop."),
        params=[
            click.Argument(
                ["definition"],
                required=False,
                metavar=t("[DEFINITION]"),
                type=click.Path(path_type=Path, exists=True, dir_okay=False),
            ),
            click.Option(
                ["--text-lang"],
                type=click.Choice(LANGUAGES),
                help=t("Language of the workshop."),
            ),
            click.Option(
                ["--case"],
                metavar=t("FOLDER"),
                type=click.Path(path_type=Path),
                help=t(
                    "The folder of a case of your own, to read instead of the one that comes with the kit."
                ),
            ),
            click.Option(
                ["--again"],
                metavar=t("WORKSHOP"),
                help=t(
                    "A workshop to measure a second time: the same places and the same message, without answers."
                ),
            ),
            store_option.option(t),
        ],
    )


def _again(db: str, workshop: str) -> dict[str, Any]:
    """Give what a workshop was about, to hold it a second time."""
    with closing(open_store(db, create=False)) as store:
        defined = store.events(store.workshop(workshop).id, kinds=["workshop.defined"])
    return defined[-1].payload
