"""``workshopkit check`` tells in words what is ready and what is not."""

from __future__ import annotations

import socket

import pytest

from cli_helpers import call
from workshopkit import paths
from workshopkit.cli import check
from workshopkit.errors import StoreReadOnly
from workshopkit.i18n import LANGUAGES
from workshopkit.kernels import FORK


@pytest.fixture
def ready(monkeypatch):
    """Give the arguments with which everything is ready, whatever machine the tests run on."""
    monkeypatch.setattr(check, "_free_mb", lambda: 4000)
    monkeypatch.setattr(check, "lan_address", lambda: "192.168.1.20")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    return ["check", "--port", str(port)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_machine_that_is_ready(ready, lang):
    said = call(*ready, lang=lang)
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert len(lines) == 7
    assert all(line.startswith("✓ ") for line in lines)
    for word in ("Python 3.", ready[-1], "192.168.1.20", "132"):
        assert word in said.out


FAULTS = [
    ("lan_address", lambda: "127.0.0.1", "heeft geen netwerk", "has no network"),
    ("_free_mb", lambda: 900, "ongeveer 8 telefoons", "about 8 phones"),
    ("_free_mb", lambda: 100, "ongeveer 0 telefoons", "about 0 phones"),
]


@pytest.mark.parametrize(("what", "value", "dutch", "english"), FAULTS)
def test_what_is_not_ready_is_marked_and_changes_the_exit_code(
    ready, monkeypatch, what, value, dutch, english
):
    monkeypatch.setattr(check, what, value)
    for lang, expected in zip(LANGUAGES, (dutch, english), strict=True):
        said = call(*ready, lang=lang)
        assert (said.code, said.err) == (1, "")
        (line,) = [line for line in said.out.splitlines() if line.startswith("! ")]
        assert expected in line


def test_a_taken_port(ready):
    with socket.create_server(("127.0.0.1", int(ready[-1]))):
        said = call(*ready, lang="en")
    assert said.code == 1
    assert f"! Port {ready[-1]} is taken; another one is chosen at the start." in said.out


def test_missing_pages(ready, monkeypatch, tmp_path):
    monkeypatch.setattr(paths, "static", lambda: tmp_path)
    said = call(*ready, lang="en")
    assert said.code == 1
    assert "! The pages are missing: install workshopkit anew." in said.out


def test_a_store_that_cannot_be_written(ready, monkeypatch):
    def refuse(*_):
        raise StoreReadOnly("{name} cannot be written.", name="check.db")

    monkeypatch.setattr(check, "open_store", refuse)
    said = call(*ready, lang="en")
    assert said.code == 1
    assert "! check.db cannot be written." in said.out


def test_a_machine_that_tells_nothing_of_its_memory(ready, monkeypatch):
    monkeypatch.setattr(check, "_free_mb", lambda: None)
    said = call(*ready, lang="en")
    assert said.code == 0
    assert "phones." not in said.out


def test_without_fork_it_says_what_to_do(ready, monkeypatch):
    monkeypatch.setenv(FORK, "0")
    said = call(*ready, lang="en")
    assert said.code == 0
    assert "--expect" in said.out


def test_memory_is_read_from_this_machine():
    found = check._free_mb()
    assert found is None or found > 0


def test_it_leaves_nothing_behind(ready, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    call(*ready)
    assert list(tmp_path.iterdir()) == []
