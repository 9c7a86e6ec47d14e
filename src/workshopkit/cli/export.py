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

    def run(
        db: str,
        workshop: str,
        to: Path,
        without: tuple[str, ...],
        foreword: Path | None,
        colour: str,
        logo: Path | None,
    ) -> None:
        from workshopkit.report.options import Options
        from workshopkit.report.saving import save

        options = Options.checked(
            without=without,
            foreword=foreword.read_text("utf-8", errors="replace") if foreword else "",
            colour=colour,
            logo=logo.read_bytes() if logo else b"",
        )
        with closing(open_store(db, create=False)) as store:
            for path in save(store, workshop, to, t.lang, options):
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
            click.Option(
                ["--without"],
                multiple=True,
                metavar=t("PART"),
                help=t("A part that the report leaves out; may be given more than once."),
            ),
            click.Option(
                ["--foreword"],
                metavar=t("FILE"),
                type=click.Path(path_type=Path, exists=True, dir_okay=False),
                help=t("A text file that stands before everything else."),
            ),
            click.Option(
                ["--colour"], default="", metavar="#1c4f8c", help=t("The colour of headings and rules.")
            ),
            click.Option(
                ["--logo"],
                metavar=t("FILE"),
                type=click.Path(path_type=Path, exists=True, dir_okay=False),
                help=t("A picture (PNG or JPEG) above the title."),
            ),
            store_option.option(t),
        ],
    )
