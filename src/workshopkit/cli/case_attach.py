"""``workshopkit case attach``: the original beside a case, on this computer alone."""

from __future__ import annotations

from pathlib import Path

import click

from workshopkit.case import load
from workshopkit.cli import case_files, terminal
from workshopkit.i18n import translator

__all__ = ["command"]


def command(lang: str) -> click.Command:
    """Make the command."""
    t = translator(lang)

    def run(file: Path, case: str) -> None:
        # Only now: every other command would wait for what reads web pages.
        from workshopkit.case import attach
        from workshopkit.case.importing.reading import MOST_BYTES

        found = load.open_case(case_files.folder_of(case))
        kept = attach.attach(case_files.read(file, MOST_BYTES), file.name, found)
        click.echo(
            t(
                "The original of {case}: {count} of {all} items have a passage in it.",
                case=found.id,
                count=len(kept.passages),
                all=len(found.items),
            )
        )
        if kept.lacking:
            click.echo(t("Not found in it: {items}.", items=", ".join(kept.lacking)))
        click.echo(
            t(
                "Kept on this computer alone, in {path}. No export and no report contains it.",
                path=terminal.one_line(str(kept.file)),
            )
        )

    return click.Command(
        "attach",
        callback=run,
        help=t("Lays the original text beside a case, to be shown on this computer alone."),
        params=[
            click.Argument(["file"], metavar=t("FILE"), type=click.Path(path_type=Path)),
            click.Option(
                ["--case"],
                default=load.DEFAULT,
                show_default=True,
                metavar=t("FOLDER|NAME"),
                help=t("The case that it is the original of."),
            ),
        ],
    )
