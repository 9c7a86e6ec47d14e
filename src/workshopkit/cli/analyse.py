"""``workshopkit analyse``: all measures of a map from files, without a workshop."""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workshopkit.cli import number_option, terminal
from workshopkit.i18n import N_, Translator, translator

if TYPE_CHECKING:
    from workshopkit.report import analysing

__all__ = ["command"]

MOST_SEED = 2**32 - 1
_WIDTH = 60
_PARTS = {
    "files": N_("the files"),
    "detours": N_("how lines run"),
    "arrival": N_("what gets through"),
    "circles": N_("what goes round"),
    "silos": N_("silos and little walls"),
    "failure": N_("what breaks without whom"),
    "bridges": N_("bridges"),
    "lines_to_cut": N_("what goes round"),
    "brokers": N_("who stands in between"),
    "chances": N_("chances"),
    "communities": N_("communities"),
    "roles": N_("roles"),
}


def command(lang: str) -> click.Command:
    """Make the command."""
    t = translator(lang)

    def run(lines: Path, actors: Path | None, seed: int, undirected: bool, as_json: bool) -> None:
        # No large matrices are multiplied, and a process without threads can be forked.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        # What is imported, and a large map, are many small things that stay until the end: looking for rings among these
        # takes seconds.
        gc.disable()
        from workshopkit.report.analysing import analyse

        begun = _progress(t)
        made = analyse(lines, actors, seed=seed, undirected=undirected, begun=begun, apart=as_json)
        numbers = made.as_json(t.lang, begun=begun) if as_json else {}
        begun("")
        if as_json:
            # Plain letters alone, so that no terminal or pipe spoils a name.
            click.echo(json.dumps(numbers, allow_nan=False))
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


def _progress(t: Translator) -> Callable[[str], None]:
    """Give what tells on a terminal, in one line that is written over, which part is being worked out."""
    if not sys.stderr.isatty():
        return lambda _: None

    def begun(part: str) -> None:
        said = t("Working it out: {part}", part=t(_PARTS[part])) if part else ""
        click.echo(f"\r{said:<{_WIDTH}}" + ("" if part else "\r"), nl=False, err=True)

    return begun


def _tell(made: analysing.Analysed, t: Translator) -> None:
    from workshopkit.figures import summing

    for warning in made.warnings:
        click.echo(t("Mind: {warning}.", warning=terminal.one_line(warning.text(t.lang))), err=True)
    for number, part in enumerate(summing.parts(made.found, t.lang)):
        click.echo(f"{'' if number == 0 else chr(10)}{part.title}")
        for sentence in part.said:
            click.echo(f"  {terminal.one_line(sentence)}")
