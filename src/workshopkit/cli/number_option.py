"""Options that take a whole number, of which the port is the one that several commands share."""

from __future__ import annotations

import click

from workshopkit.i18n import Translator

__all__ = ["between", "port"]


def between(t: Translator, least: int, most: int) -> click.IntRange:
    """Give the kind of option that takes a number from a range."""
    kind = click.IntRange(least, most)
    kind.name = t("number")
    return kind


def port(t: Translator) -> click.Option:
    """Give ``--port``."""
    return click.Option(
        ["--port"],
        type=between(t, 1, 65535),
        default=8080,
        show_default=True,
        help=t("The port of the pages."),
    )
