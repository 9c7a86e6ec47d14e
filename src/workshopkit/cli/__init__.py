"""The command line: ``workshopkit --help``. One clear line and exit code 2 on bad input, never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from workshopkit import __version__
from workshopkit.cli import check, demo, erase, lab, listing, new, serve
from workshopkit.errors import WorkshopkitError
from workshopkit.i18n import LANGUAGES, translator

__all__ = ["build", "language", "main"]

_COMMANDS = (demo, serve, lab, new, listing, erase, check)


def language(arguments: Sequence[str]) -> str:
    """Give the language of this call: ``--lang``, else that of the system, else Dutch.

    It must be known before click reads the arguments, since the help is written in it.
    """
    for number, word in enumerate(arguments):
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
        if word == "--lang" and number + 1 < len(arguments):
            return arguments[number + 1]
    system = next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), ""
    )
    return "en" if system.lower().startswith("en") else "nl"


def build(lang: str) -> click.Group:
    """Make the commands, with their help in a language."""
    t = translator(lang)
    group = click.Group(
        "workshopkit",
        help=t("Shows which messages arrive in an organisation, which go crooked and which never come."),
        params=[
            click.Option(
                ["--lang"],
                type=click.Choice(LANGUAGES),
                expose_value=False,
                help=t("Language of this command."),
            ),
            click.Option(
                ["--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_version,
                help=t("Show the version."),
            ),
        ],
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for module in _COMMANDS:
        group.add_command(module.command(lang if lang in LANGUAGES else LANGUAGES[0]))
    return group


def _version(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        click.echo(__version__)
        context.exit()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    lang = language(given)
    try:
        code = build(lang).main(given, prog_name="workshopkit", standalone_mode=False)
    except WorkshopkitError as fault:
        click.echo(fault.text(lang), err=True)
        code = 2
    except click.exceptions.NoArgsIsHelpError as fault:
        click.echo(fault.ctx.get_help() if fault.ctx else "")
        code = 0
    except click.ClickException as fault:
        click.echo(fault.format_message(), err=True)
        code = 2
    except (click.Abort, KeyboardInterrupt):
        code = 130
    sys.exit(code if isinstance(code, int) else 0)
