"""``workshopkit analyse``: all measures of a map from files, without a workshop."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workshopkit.cli import number_option, terminal
from workshopkit.i18n import Translator, translator

if TYPE_CHECKING:
    from workshopkit.report import analysing

__all__ = ["command"]

MOST_SEED = 2**32 - 1


def command(lang: str) -> click.Command:
    """Make the command."""
    t = translator(lang)

    def run(lines: Path, actors: Path | None, seed: int, undirected: bool, as_json: bool) -> None:
        from workshopkit.report.analysing import analyse

        made = analyse(lines, actors, seed=seed, undirected=undirected)
        if as_json:
            # Plain letters alone, so that no terminal or pipe spoils a name.
            click.echo(json.dumps(made.as_json(t.lang), allow_nan=False))
        else:
            _tell(made, t)

    return click.Command(
        "analyse",
        callback=run,
        help=t(
            "Computes all measures of a map from files, without a workshop. LINES.csv needs the columns source and "
            "target; it may have perspective, reporter, arrives, via, expected, channel, delay_days and weight. Read as well: "
            "Excel (.xlsx, also in Kumu's layout), GraphML, GEXF, JSON and the bundle."
        ),
        params=[
            click.Argument(["lines"], metavar="LINES.csv", type=click.Path(path_type=Path)),
            click.Option(
                ["--actors"],
                metavar="ACTORS.csv",
                type=click.Path(path_type=Path),
                help=t("The places on the map: actor, label, group, kind, voice, capacity."),
            ),
            click.Option(
                ["--json", "as_json"], is_flag=True, help=t("Print one JSON object with all numbers.")
            ),
            click.Option(
                ["--seed"],
                type=number_option.between(t, 0, MOST_SEED),
                default=1,
                show_default=True,
                help=t("Every random number comes from it."),
            ),
            click.Option(["--undirected"], is_flag=True, help=t("Read each row both ways.")),
        ],
    )


def _tell(made: analysing.Analysed, t: Translator) -> None:
    from workshopkit.figures import summing

    for warning in made.warnings:
        click.echo(t("Mind: {warning}.", warning=terminal.one_line(warning.text(t.lang))), err=True)
    for number, part in enumerate(summing.parts(made.found, t.lang)):
        click.echo(f"{'' if number == 0 else chr(10)}{part.title}")
        for sentence in part.said:
            click.echo(f"  {terminal.one_line(sentence)}")
