"""The option that says which store: the same for all commands."""

from __future__ import annotations

import click

from workshopkit import paths
from workshopkit.i18n import Translator

__all__ = ["DEFAULT", "option"]

DEFAULT = str(paths.store())


def option(t: Translator) -> click.Option:
    """Give ``--db``."""
    return click.Option(
        ["--db"],
        default=DEFAULT,
        envvar="WORKSHOPKIT_DB",
        metavar="URL",
        help=t("The store: a file, or sqlite:///file. The command new makes it."),
    )
