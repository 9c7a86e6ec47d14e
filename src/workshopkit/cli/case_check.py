"""``workshopkit case check``: all faults of a case at once, each with its file and line."""

from __future__ import annotations

import click

from workshopkit.case import check, load
from workshopkit.cli import case_files, terminal
from workshopkit.i18n import translator

__all__ = ["command"]


def command(lang: str) -> click.Command:
    """Make the command."""
    t = translator(lang)

    def run(case: str) -> int:
        folder = case_files.folder_of(case)
        file = terminal.one_line(str(folder / check.FILE if folder.is_dir() else folder))
        try:
            found = load.open_case(folder)
        except check.BadCase as bad:
            for fault in bad.faults:
                said = t(fault.message, **fault.values)
                click.echo(
                    terminal.one_line(f"{file}:{fault.line}: {said}" if fault.line else f"{file}: {said}"),
                    err=True,
                )
            return 2
        click.echo(
            t(
                "{file}: no faults. {items} items, {core} of them read aloud.",
                file=file,
                items=len(found.items),
                core=len(found.core),
            )
        )
        return 0

    return click.Command(
        "check",
        callback=run,
        help=t("Lists all faults of a case, each with its line."),
        params=[click.Argument(["case"], metavar=t("FOLDER"))],
    )
