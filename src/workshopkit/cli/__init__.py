"""The command line: ``workshopkit --help``. One clear line and exit code 2 on bad input, never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from workshopkit import __version__
from workshopkit.cli import terminal
from workshopkit.cli.click_words import spoken_in
from workshopkit.errors import WorkshopkitError
from workshopkit.i18n import LANGUAGES, Translator, translator

__all__ = ["build", "language", "main"]

# By name, the module of each; in the order of the help.
_COMMANDS = {
    "demo": "demo",
    "serve": "serve",
    "rehearse": "rehearse",
    "lab": "lab",
    "new": "new",
    "list": "listing",
    "analyse": "analyse",
    "convert": "convert",
    "export": "export",
    "import": "importing",
    "restore": "restore",
    "erase": "erase",
    "case": "case",
    "check": "check",
    "support": "support",
    "binder-link": "binder_link",
}


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


def build(lang: str, only: str | None = None) -> click.Group:
    """Make the commands, with their help in a language; `only` one where no other is asked for: it starts sooner."""
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
        subcommand_metavar=t("COMMAND [ARGS]..."),
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for name in _COMMANDS if only is None else (only,):
        group.add_command(import_module(f"workshopkit.cli.{_COMMANDS[name]}").command(t.lang))
    for command in (group, *group.commands.values()):
        command.options_metavar = t("[OPTIONS]")
    return group


def _asked(given: Sequence[str]) -> str | None:
    """Give the command that is asked for, if nothing but the language stands before it."""
    for word in given:
        if word in _COMMANDS:
            return word
        if word not in {"--lang", *LANGUAGES} and not word.startswith("--lang="):
            return None
    return None


def _version(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        click.echo(__version__)
        context.exit()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    lang = language(given)
    terminal.forgive()
    with spoken_in(lang):
        code = _run(given, translator(lang))
    sys.exit(code)


def _run(given: list[str], t: Translator) -> int:
    """Run a command; gives its exit code, after telling what went wrong."""
    try:
        code = build(t.lang, _asked(given)).main(given, prog_name="workshopkit", standalone_mode=False)
    except WorkshopkitError as fault:
        told = fault.text(t.lang)
    except click.exceptions.NoArgsIsHelpError as fault:
        click.echo(fault.ctx.get_help())
        return 0
    except click.UsageError as fault:
        command = fault.ctx.command_path if fault.ctx else "workshopkit"
        told = t("{fault} See: {command} --help", fault=_closed(fault.format_message()), command=command)
    except click.ClickException as fault:
        told = fault.format_message()
    except OSError as fault:
        told = t("This does not work here: {reason}", reason=fault)
    except (click.Abort, KeyboardInterrupt):
        return 130
    else:
        return code if isinstance(code, int) else 0
    click.echo(terminal.one_line(told), err=True)
    return 2


def _closed(sentence: str) -> str:
    """Give a sentence with its full stop."""
    return sentence if sentence.endswith((".", "?")) else f"{sentence}."
