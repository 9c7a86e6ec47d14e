"""The option that says which store: the same for all commands."""

from __future__ import annotations

import os
import shlex

import click

from workshopkit import paths
from workshopkit.i18n import Translator

__all__ = ["DEFAULT", "naming", "option"]

DEFAULT = str(paths.store())
_VARIABLE = "WORKSHOPKIT_DB"


def option(t: Translator) -> click.Option:
    """Give ``--db``."""
    return click.Option(
        ["--db"],
        default=DEFAULT,
        envvar=_VARIABLE,
        metavar="URL",
        help=t("The store: a file, or sqlite:///file. The command new makes it."),
    )


def naming(db: str) -> str:
    """Give what the next command needs to find the same store; nothing where it looks by itself."""
    return "" if db == os.environ.get(_VARIABLE, DEFAULT) else f" --db {shlex.quote(db)}"
