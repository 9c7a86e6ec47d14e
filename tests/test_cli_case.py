"""Cases from the command line: made, checked, listed, and with the original beside them."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from cli_helpers import as_somebody_without_rights, call
from test_case_attach import ORIGINAL, TOLD, case_of
from test_case_check import GOOD
from workshopkit import paths
from workshopkit.case import originals
from workshopkit.case.importing.writing import toml
from workshopkit.cli import build
from workshopkit.i18n import LANGUAGES

TEXTS = Path(__file__).parent / "case_texts"
COMMANDS = ("attach", "check", "import", "list")


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(paths, "originals", lambda: tmp_path / "kept")


# Help ---------------------------------------------------------------------------------------------------------------


def test_the_commands_are_these():
    assert sorted(build("en").commands["case"].commands) == sorted(COMMANDS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_command_it_shows_what_there_is(lang):
    said = call("case", lang=lang)
    assert (said.code, said.err) == (0, "")
    assert all(name in said.out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_in_both_languages(name):
    said = {lang: call("case", name, "--help", lang=lang) for lang in LANGUAGES}
    assert {one.code for one in said.values()} == {0}
    assert said["nl"].out.startswith(f"Gebruik: workshopkit case {name} [OPTIES]")
    for lang in LANGUAGES:
        for option in build(lang).commands["case"].commands[name].params:
            if isinstance(option, click.Option):
                assert option.opts[0] in said[lang].out
                assert option.help


# Import -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "written", "unsure"),
    [("nl", "Geschreven: ", "Niet zeker van:"), ("en", "Written: ", "Unsure of:")],
)
def test_import_writes_a_case_that_has_no_faults(tmp_path, lang, written, unsure):
    said = call("case", "import", TEXTS / "nl-achter-elkaar.txt", lang=lang)
    assert (said.code, said.err) == (0, "")
    folder = Path("nl-achter-elkaar")
    lines = said.out.splitlines()
    assert [f"{written}{folder / name}" in lines for name in ("case.toml", "unsure.md")] == [True, True]
    assert unsure in lines
    for doubt in (folder / "unsure.md").read_text(encoding="utf-8").splitlines()[2:]:
        assert doubt in lines
    assert f"workshopkit case check {folder}" in lines[-1]
    assert call("case", "check", folder).code == 0


def test_import_to_a_folder_of_ones_own_and_never_over_a_case(tmp_path):
    to = tmp_path / "deep" / "er"
    assert call("case", "import", TEXTS / "en-run.txt", "--to", to).code == 0
    (to / "case.toml").write_text("mine", encoding="utf-8")
    for lang, word in (("nl", "staat al een casus"), ("en", "already")):
        said = call("case", "import", TEXTS / "en-run.txt", "--to", to, lang=lang)
        assert said.code == 2
        assert said.is_one_clear_line()
        assert word in said.err
        assert "--to" in said.err
    assert (to / "case.toml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("lang", "nothing", "role"),
    [("nl", "Er is niets geschreven.", "Lezer 1"), ("en", "Nothing was written.", "Reader 1")],
)
def test_a_dry_run_shows_all_and_writes_nothing(tmp_path, lang, nothing, role):
    said = call("case", "import", TEXTS / "page-wordpress.html", "--dry-run", lang=lang)
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[-1] == nothing
    assert [line.split()[0] for line in lines[1:7]] == ["P1", "P2", "C1", "C2", "C3", "C4"]
    assert lines[3].startswith(f"C1 {role}: ")
    assert lines[4].startswith("C2 → C1 ")
    assert not list(tmp_path.iterdir())


def test_names_and_language_can_be_chosen():
    said = call(
        "case", "import", TEXTS / "nl-koppen.txt", "--keep-names", "--text-lang", "en", "--to", "a", lang="en"
    )
    assert said.code == 0
    text = Path("a/case.toml").read_text(encoding="utf-8")
    assert "Joris" in text
    assert 'languages = ["en"]' in text
    assert "names were kept" in said.out


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "content",
    [b"", b"\xef\xbb\xbf", bytes(range(256)), b"PK\x03\x04", b"%PDF-1", b"x " * 2_500_000, b"<html><![<!["],
)
def test_what_is_no_text_is_refused_in_one_line(tmp_path, lang, content):
    Path("odd.txt").write_bytes(content)
    said = call("case", "import", "odd.txt", lang=lang)
    assert said.is_one_clear_line()
    assert "odd.txt" in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["odd.txt"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "arguments",
    [
        ("import",),
        ("import", "nowhere.txt"),
        ("import", "."),
        ("import", "a.txt", "--text-lang", "fr"),
        ("import", "a.txt", "--to", "a.txt"),
        ("import", "a.txt", "--to", "a.txt/deeper"),
        ("check",),
        ("check", "nowhere"),
        ("check", "x" * 5000),
        ("attach",),
        ("attach", "nowhere.txt"),
        ("attach", "a.txt", "--case", "nowhere"),
        ("attach", "a.txt"),
        ("list", "nowhere"),
        ("list", "a.txt"),
        ("dance",),
    ],
    ids=lambda words: " ".join(words)[:40],
)
def test_bad_input_is_answered_in_one_line(arguments, lang):
    Path("a.txt").write_text("Zeilen is leuk, en het waait.", encoding="utf-8")
    assert call("case", *arguments, lang=lang).is_one_clear_line()


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    tmp_path.chmod(0o555)
    with as_somebody_without_rights():
        said = call("case", "import", TEXTS / "en-run.txt", lang="en")
    tmp_path.chmod(0o755)
    assert said.is_one_clear_line()


def test_a_text_without_comments_says_so_and_is_a_case():
    said = call("case", "import", TEXTS / "nl-zonder-reacties.txt", lang="nl")
    assert said.code == 0
    assert "er zijn geen reacties gevonden" in said.out
    assert call("case", "check", "nl-zonder-reacties").code == 0


# Check --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "word"), [("nl", "geen fouten"), ("en", "no faults")])
def test_a_good_case_gets_a_friendly_line(lang, word):
    said = call("case", "check", "straight-lines", lang=lang)
    assert (said.code, said.err, len(said.out.splitlines())) == (0, "", 1)
    assert word in said.out
    assert "26" in said.out


@pytest.mark.parametrize(("lang", "word"), [("nl", "Own"), ("en", "does not fit here")])
def test_all_faults_are_listed_each_with_file_and_line(lang, word):
    bad = GOOD.replace('id = "own"', 'id = "Own"').replace('nl = "Titel"', "nl = 3")
    Path("case.toml").write_text(bad, encoding="utf-8")
    said = call("case", "check", ".", lang=lang)
    assert (said.code, said.out) == (2, "")
    assert [line.split(": ")[0] for line in said.err.splitlines()] == ["case.toml:1", "case.toml:5"]
    assert word in said.err
    assert call("case", "check", "case.toml", lang=lang).err == said.err


def test_a_fault_that_would_steer_a_terminal_stays_on_its_line():
    Path("case.toml").write_text(GOOD.replace('"own"', '"\\u001b[2J\\nown"'), encoding="utf-8")
    said = call("case", "check", ".", lang="en")
    assert len(said.err.splitlines()) == 1
    assert "\x1b" not in said.err


# List ---------------------------------------------------------------------------------------------------------------


def test_list_shows_those_of_the_kit_and_those_that_are_named():
    for name in ("good", "bad"):
        Path("all", name).mkdir(parents=True)
    Path("all/good/case.toml").write_text(GOOD, encoding="utf-8")
    Path("all/bad/case.toml").write_text("id = 1", encoding="utf-8")
    said = call("case", "list", "all", "all/good", lang="en")
    assert said.code == 0
    lines = said.out.splitlines()
    assert [line.split("  ")[0] for line in lines] == ["straight-lines", "all/bad", "own", "own"]
    assert lines[0] == "straight-lines  Lines that seemed straight  nl, en  26 items  7 read aloud"
    assert "workshopkit case check all/bad" in lines[1]
    assert lines[2] == "own  Titel  nl  2 items  1 read aloud"
    assert call("case", "list", lang="nl").out.startswith(
        "straight-lines  Lijnen die recht leken  nl, en  26 onderdelen"
    )


# Attach -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "alone"), [("nl", "Alleen op deze computer"), ("en", "on this computer alone")]
)
def test_attach_keeps_the_original_here_alone(tmp_path, lang, alone):
    Path("own").mkdir()
    raw = dict(case_of({**TOLD, "C9": ("Zeilen", "Over touwen en masten.")}).raw)
    raw.pop("short")
    Path("own/case.toml").write_text(toml(raw), encoding="utf-8")
    Path("original.txt").write_bytes(ORIGINAL)
    said = call("case", "attach", "original.txt", "--case", "own", lang=lang)
    assert (said.code, said.err) == (0, "")
    assert "10" in said.out.splitlines()[0]
    assert "C9" in said.out.splitlines()[1]
    assert alone in said.out
    assert str(tmp_path / "kept" / "own.json") in said.out
    assert list(originals.original("own")) == list(TOLD)
    assert ("met het origineel" if lang == "nl" else "with the original") in call(
        "case", "list", "own", lang=lang
    ).out
