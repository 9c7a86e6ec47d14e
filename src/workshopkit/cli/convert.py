"""``workshopkit convert``: a map from one kind of file into another."""

from __future__ import annotations

from pathlib import Path

import click

from workshopkit.cli import terminal
from workshopkit.i18n import translator

__all__ = ["command"]


def command(lang: str) -> click.Command:
    """Make the command."""
    t = translator(lang)

    def run(given: Path, to: Path, actors: Path | None) -> None:
        from workshopkit.network.files import reading, writing

        tables, warnings = reading.tables(given, actors)
        for warning in warnings:
            click.echo(t("Mind: {warning}.", warning=terminal.one_line(warning.text(t.lang))), err=True)
        for path in writing.save(tables, to):
            click.echo(t("Written: {path}", path=terminal.one_line(str(path))))

    return click.Command(
        "convert",
        callback=run,
        help=t(
            "Writes a map from one kind of file into another; the ending tells which: .csv, .xlsx, .kumu.xlsx, .graphml, "
            ".gexf or .json. It reads those and the bundle."
        ),
        params=[
            click.Argument(["given"], metavar="IN", type=click.Path(path_type=Path)),
            click.Argument(["to"], metavar="OUT", type=click.Path(path_type=Path)),
            click.Option(
                ["--actors"],
                metavar="ACTORS.csv",
                type=click.Path(path_type=Path),
                help=t("The places on the map: actor, label, group, kind, voice, capacity."),
            ),
        ],
    )
