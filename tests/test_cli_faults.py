"""Bad input is answered in one clear line."""

from __future__ import annotations

import socket
import tempfile

import pytest

from cli_helpers import call
from workshopkit.cli import running
from workshopkit.i18n import LANGUAGES


@pytest.fixture(autouse=True)
def _nothing_starts(monkeypatch):
    """Let no bad input go as far as starting something."""

    def started(*_, **__):
        raise AssertionError("a workshop was started")

    monkeypatch.setattr(running, "run_workshop", started)


@pytest.fixture
def db(tmp_path):
    """Give a store with one workshop."""
    path = tmp_path / "kit.db"
    assert call("new", "--db", path, lang="en").code == 0
    return path


@pytest.fixture
def taken():
    """Give a port that somebody else has."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


# Words that are wrong ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "dutch", "english"),
    [
        (
            ["lsit"],
            "Het commando 'lsit' bestaat niet. Bedoelden jullie 'list'? Zie: workshopkit --help",
            "No such command 'lsit'. Did you mean 'list'? See: workshopkit --help",
        ),
        (
            ["list", "--nope"],
            "De optie '--nope' bestaat niet. Zie: workshopkit list --help",
            "No such option '--nope'. See: workshopkit list --help",
        ),
        (
            ["--nope"],
            "De optie '--nope' bestaat niet. Zie: workshopkit --help",
            "No such option '--nope'. See: workshopkit --help",
        ),
        (["erase"], "Er ontbreekt: 'WORKSHOP'.", "Missing argument 'WORKSHOP'."),
        (["list", "--db"], "Bij de optie '--db' hoort een waarde.", "Option '--db' requires an argument."),
        (
            ["demo", "--fast=1"],
            "Bij de optie '--fast' hoort geen waarde.",
            "Option '--fast' does not take a value.",
        ),
        (["list", "one", "two"], "Dit staat er te veel: one two", "Got unexpected extra arguments (one two)"),
        (["check", "--port", "x"], "'--port' klopt niet: 'x' is geen getal.", "'x' is not a valid number."),
        (["check", "--port", "0"], "0 valt buiten 1<=x<=65535.", "0 is not in the range 1<=x<=65535."),
        (["demo", "--port", "0"], "0 valt buiten 1<=x<=65535.", "0 is not in the range 1<=x<=65535."),
        (["serve", "--port", "0"], "0 valt buiten 1<=x<=65535.", "0 is not in the range 1<=x<=65535."),
        (["demo", "--port", "70000"], "70000 valt buiten", "70000 is not in the range"),
        (["serve", "--port", "70000"], "70000 valt buiten", "70000 is not in the range"),
        (["serve", "--port", "-1"], "-1 valt buiten", "-1 is not in the range"),
        (["serve", "--expect", "0"], "0 valt buiten 1<=x<=120.", "0 is not in the range 1<=x<=120."),
        (["serve", "--expect", "many"], "'many' is geen getal.", "'many' is not a valid number."),
        (["new", "--text-lang", "fr"], "Kies uit 'nl', 'en'.", "'fr' is not one of 'nl', 'en'."),
        (["serve", "--public-url", "workshop"], "workshop is geen adres", "workshop is no address of a page"),
        (["--lang"], "Bij de optie '--lang' hoort een waarde.", "Option '--lang' requires an argument."),
    ],
)
def test_wrong_words(monkeypatch, words, dutch, english):
    for lang, expected in zip(LANGUAGES, (dutch, english), strict=True):
        monkeypatch.setenv("LC_ALL", lang)
        said = call(*words)
        assert said.is_one_clear_line()
        assert said.err.startswith(expected) or expected in said.err
        assert said.out == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_typed_cannot_break_the_line_or_steer_the_terminal(lang):
    said = call("list", "a\nb", "\x1b[2J", "c\u2028d", lang=lang)
    assert said.is_one_clear_line()
    assert "\x1b" not in said.err


# Ports and addresses -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "expected"), [("nl", "Poort {} is bezet."), ("en", "Port {} is taken.")])
def test_serve_on_a_taken_port_says_so(db, taken, lang, expected):
    said = call("serve", "--db", db, "--port", taken, lang=lang)
    assert said.is_one_clear_line()
    assert expected.format(taken) in said.err


@pytest.mark.parametrize("host", ["192.0.2.1", "nowhere.invalid", "", "a" * 300, "::1"])
def test_serve_at_an_address_of_somebody_else_says_so(db, host):
    said = call("serve", "--db", db, "--host", host, lang="en")
    assert said.is_one_clear_line()
    assert "is no address of this machine" in said.err


# The machine itself ------------------------------------------------------------------------------------------------


def test_what_the_machine_refuses_is_told_as_well(monkeypatch):
    def refuse(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    for lang, word in (("nl", "Dit lukt hier niet"), ("en", "This does not work here")):
        said = call("demo", "--no-lab", lang=lang)
        assert said.is_one_clear_line()
        assert word in said.err
        assert "No space left on device" in said.err


def test_ctrl_c_says_nothing(monkeypatch, db):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "run_workshop", interrupted)
    said = call("serve", "--db", db, "--no-lab")
    assert said.code == 130
    assert (said.out.strip(), said.err.strip()) == ("", "")
