"""The option that says which store: the same for all commands."""

from __future__ import annotations

from pathlib import Path

import click

from workshopkit.i18n import Translator

__all__ = ["DEFAULT", "option"]

DEFAULT = str(Path.home() / ".local" / "share" / "workshopkit" / "workshops.db")


def option(t: Translator) -> click.Option:
    """Give ``--db``."""
    return click.Option(
        ["--db"],
        default=DEFAULT,
        envvar="WORKSHOPKIT_DB",
        metavar="URL",
        help=t("The store: a file, or sqlite:///file. The command new makes it."),
    )
