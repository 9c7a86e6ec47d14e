"""Every command explains itself, in the language of who asks."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from cli_helpers import call
from workshopkit import __version__
from workshopkit.cli import build, click_words, language
from workshopkit.i18n import LANGUAGES, translator

COMMANDS = (
    "demo",
    "serve",
    "rehearse",
    "restore",
    "lab",
    "new",
    "list",
    "analyse",
    "export",
    "import",
    "erase",
    "case",
    "check",
    "support",
    "convert",
    "binder-link",
)
ENGLISH = re.compile(
    r"\b(usage|options|commands?|show|message|exit|default|integer|range|text|path|directory|args|definition)\b",
    re.IGNORECASE,
)


def test_the_commands_are_these():
    assert sorted(build("en").commands) == sorted(COMMANDS)


@pytest.mark.parametrize("word", ["--help", "-h"])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_every_command_explains_itself(name, lang, word):
    said = call(*name.split(), word, lang=lang)
    assert (said.code, said.err) == (0, "")
    group = build(lang)
    command = group.commands[name] if name else group
    first = translator(lang)(build("en").commands[name].help if name else build("en").help)
    assert " ".join(first.split()) in " ".join(said.out.split())
    for parameter in command.params:
        assert parameter.opts[0] in said.out or parameter.make_metavar(click.Context(command)) in said.out


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_who_reads_dutch_meets_no_english_of_the_library(name):
    said = call(*name.split(), "--help", lang="nl").out
    assert said.startswith(f"Gebruik: workshopkit {name}".strip())
    without_names = re.sub(r"--?[a-z-]+", "", said)
    assert ENGLISH.findall(without_names) == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_a_text_of_its_own_in_both_languages(name):
    dutch, english = (
        {
            param.name: param.help
            for param in build(lang).commands[name].params
            if isinstance(param, click.Option)
        }
        for lang in LANGUAGES
    )
    assert dutch.keys() == english.keys()
    assert all(dutch.values())
    assert [option for option in dutch if dutch[option] == english[option]] == []


def test_without_a_command_it_shows_what_there_is():
    said = call()
    assert (said.code, said.err) == (0, "")
    assert all(name in said.out for name in COMMANDS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_version(lang):
    said = call("--version", lang=lang)
    assert (said.code, said.out, said.err) == (0, f"{__version__}\n", "")


@pytest.mark.parametrize(
    ("given", "system", "expected"),
    [
        (["--lang", "en", "list"], "nl_NL.UTF-8", "en"),
        (["--lang=nl"], "en_GB.UTF-8", "nl"),
        (["list"], "en_US.UTF-8", "en"),
        (["list"], "nl_BE.UTF-8", "nl"),
        (["list"], "de_DE.UTF-8", "nl"),
        (["list"], "C", "nl"),
        ([], "", "nl"),
        (["--lang"], "en_GB", "en"),
    ],
)
def test_language_is_asked_for_or_that_of_the_system_or_dutch(monkeypatch, given, system, expected):
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", system)
    assert language(given) == expected


def test_the_system_has_an_order_of_its_own(monkeypatch):
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert language([]) == "en"


def test_an_unknown_language_is_answered_in_dutch():
    said = call("list", lang="xx")
    assert said.is_one_clear_line()
    assert (
        said.err == "'--lang' klopt niet: 'xx' kan hier niet. Kies uit 'nl', 'en'. Zie: workshopkit --help\n"
    )


def test_the_sentences_that_are_translated_are_those_of_the_library():
    source = "".join(path.read_text(encoding="utf-8") for path in Path(click.__file__).parent.glob("*.py"))
    said = click_words.plain(source)
    assert [sentence for sentence in click_words.WORDS if f'"{sentence}"' not in said] == []


def test_the_library_speaks_english_again_afterwards():
    call("--help", lang="nl")
    assert click.core._("Options") == "Options"


def test_no_command_waits_for_what_only_an_import_needs():
    code = 'import sys, workshopkit.cli; print(sorted({"bs4", "jsonschema", "pandas"} & set(sys.modules)))'
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
