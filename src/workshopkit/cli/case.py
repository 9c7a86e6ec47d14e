"""``workshopkit case``: the texts that rooms read, those of the kit and one's own."""

from __future__ import annotations

import click

from workshopkit.cli import case_attach, case_check, case_import, case_list
from workshopkit.i18n import translator

__all__ = ["command"]


def command(lang: str) -> click.Group:
    """Make the commands about cases."""
    t = translator(lang)
    group = click.Group(
        "case",
        help=t("Makes a case of a text of your own, checks it, and keeps the original beside it."),
        subcommand_metavar=t("COMMAND [ARGS]..."),
    )
    for module in (case_import, case_check, case_attach, case_list):
        command = module.command(t.lang)
        command.options_metavar = t("[OPTIONS]")
        group.add_command(command)
    return group
