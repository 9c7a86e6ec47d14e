"""``workshopkit case list``: the cases of the kit, and those in folders that are named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from workshopkit import paths
from workshopkit.case import check, load
from workshopkit.case.originals import original
from workshopkit.cli import terminal
from workshopkit.errors import UsageError
from workshopkit.i18n import N_, Translator, translator

__all__ = ["command"]


def command(lang: str) -> click.Command:
    """Make the command."""
    t = translator(lang)

    def run(folders: tuple[Path, ...]) -> None:
        shipped = [paths.data() / "cases" / name for name in load.names()]
        for folder in [*shipped, *(found for given in folders for found in _cases(given))]:
            click.echo("  ".join(map(terminal.one_line, _parts(folder, t))))

    return click.Command(
        "list",
        callback=run,
        help=t("Lists the cases of the kit, and those in the folders that you name."),
        params=[
            click.Argument(["folders"], nargs=-1, metavar=t("[FOLDER]..."), type=click.Path(path_type=Path)),
        ],
    )


def _cases(given: Path) -> Iterator[Path]:
    """Give a folder if it is a case, else the cases in it."""
    try:
        found = (
            [given]
            if (given / check.FILE).is_file()
            else sorted(one.parent for one in given.glob(f"*/{check.FILE}"))
        )
    except (OSError, ValueError):
        found = []
    if not found:
        raise UsageError(N_("There is no case in {folder}."), folder=given)
    yield from found


def _parts(folder: Path, t: Translator) -> tuple[str, ...]:
    try:
        case = load.open_case(folder)
    except check.BadCase as bad:
        count = t.n("{count} fault", "{count} faults", len(bad.faults))
        return str(folder), count, f"workshopkit case check {folder}"
    return (
        case.id,
        case.title[t.lang],
        ", ".join(case.languages),
        t.n("{count} item", "{count} items", len(case.items)),
        t("{count} read aloud", count=len(case.core)),
        *([t("with the original")] if original(case.id) else []),
    )
