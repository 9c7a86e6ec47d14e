"""The output survives terminals that do not know our signs, and readers that go away."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from cli_helpers import COMMAND, call, heard, workshops
from workshopkit.cli import running, terminal
from workshopkit.i18n import translator
from workshopkit.run.workshop import Plan
from workshopkit.store import open_store

ENCODINGS = ["ascii", "latin-1", "cp437", "cp1252", "utf-8"]


@pytest.fixture
def db(tmp_path):
    """Give a store with one workshop, whose title is full of signs."""
    path = tmp_path / "kit.db"
    with_signs = open_store(str(path))
    with_signs.create_workshop(title="“Één” ✓ 消息 🙂", lang="nl", definition={"actors": []})
    with_signs.close()
    return path


def run(*words, **env):
    """Call the installed command with another environment."""
    return subprocess.run(
        [COMMAND, "--lang", "nl", *map(str, words)],
        input=b"",
        capture_output=True,
        check=False,
        env={**os.environ, **env},
    )


WORDS = [
    ("list", {0}),
    ("new", {0}),
    ("erase ID", {2}),  # nobody answers the question
    ("erase “✓”", {2}),
    ("check", {0, 1}),
    ("--help", {0}),
]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(("words", "codes"), WORDS)
def test_a_terminal_without_our_signs(db, monkeypatch, encoding, words, codes):
    monkeypatch.setenv("WORKSHOPKIT_DB", str(db))
    said = call(*words.replace("ID", workshops(db)[0].id).split(), lang="nl", encoding=encoding)
    assert said.code in codes
    assert said.err.count("\n") == (2 in codes)


@pytest.mark.parametrize(("words", "codes"), WORDS)
def test_a_real_terminal_of_plain_letters(db, words, codes):
    given = words.replace("ID", workshops(db)[0].id).split()
    said = run(*given, PYTHONIOENCODING="ascii", WORKSHOPKIT_DB=str(db))
    assert b"Traceback" not in said.stdout + said.stderr
    assert said.returncode in codes
    assert said.stderr.count(b"\n") == (2 in codes)


@pytest.mark.parametrize(
    "env", [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}]
)
def test_a_system_without_a_language(db, env):
    said = run("list", "--db", db, **env)
    assert (said.returncode, said.stderr) == (0, b"")
    assert said.stdout.count(b"\n") == 1


@pytest.fixture
def told(tmp_path):
    """Give what is told when a workshop has started, by the encoding of the terminal."""

    def tell(encoding):
        store = open_store(str(tmp_path / f"{encoding}.db"))
        workshop = store.create_workshop(title="Room", lang="nl", definition={"actors": []})
        plan = Plan(
            store.url, "127.0.0.1", 8080, "http://192.168.1.20:8080", lab_port=8888, lab_token="t" * 32
        )

        with heard(encoding) as said:
            terminal.forgive()
            running.tell(translator("nl"), plan, store, workshop)
        store.close()
        return said.out, workshop

    return tell


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_addresses_and_code_to_join_are_shown_everywhere(told, encoding):
    out, workshop = told(encoding)
    assert f"http://192.168.1.20:8080/j/{workshop.code}" in out
    assert f"Code om mee te doen            {workshop.code}" in out
    assert out.count("http://192.168.1.20:8080/enter/") == 2
    assert f"http://127.0.0.1:8888/lab/tree/nl/00-prepare.ipynb?token={'t' * 32}" in out


def test_the_qr_code_is_drawn_with_what_there_is(told):
    blocks, _ = told("utf-8")
    colours, _ = told("latin-1")
    assert "█" in blocks
    assert "\x1b[7m" not in blocks
    assert "?" not in colours.split("JupyterLab")[0]
    assert "\x1b[7m" in colours


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb", "a b"),
        ("  a \t b ", "a b"),
        ("\x1b[2Jx", "[2Jx"),
        ("é“✓”", "é“✓”"),
        ("\udcff!", "?!"),
        ("", ""),
    ],
)
def test_one_line(text, expected):
    assert terminal.one_line(text) == expected


def test_a_reader_that_goes_away_is_no_fault(db):
    reading, writing = os.pipe()
    os.close(reading)
    process = subprocess.Popen([COMMAND, "list", "--db", str(db)], stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    _, said = process.communicate(timeout=60)
    assert b"Traceback" not in said


def test_a_full_disk_behind_the_output_is_told():
    with Path("/dev/full").open("wb") as full:
        said = subprocess.run([COMMAND, "--version"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert said.returncode == 2
    assert said.stderr.count(b"\n") == 1
    assert b"No space left on device" in said.stderr
