"""A store that cannot be used is told in one clear line, and stays as it was."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from cli_helpers import as_somebody_without_rights, call, workshops
from workshopkit.cli import running
from workshopkit.i18n import LANGUAGES
from workshopkit.store import migrations


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


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("command", [["serve"], ["erase", "--yes"]])
def test_a_workshop_that_is_not_there(db, command, lang):
    said = call(*command, "f00", "--db", db, lang=lang)
    assert said.is_one_clear_line()
    assert "f00" in said.err
    assert "workshopkit list" in said.err
    assert len(workshops(db)) == 1


def test_serve_without_an_open_workshop(db):
    (workshop,) = workshops(db)
    assert call("erase", workshop.id, "--yes", "--db", db).code == 0
    said = call("serve", "--db", db, lang="en")
    assert said.is_one_clear_line()
    assert "There is no open workshop in this store." in said.err


@pytest.mark.parametrize("command", [["list"], ["erase", "x", "--yes"], ["serve"]])
def test_a_store_that_is_not_there_is_not_made(tmp_path, command):
    said = call(*command, "--db", tmp_path / "typo.db", lang="en")
    assert said.is_one_clear_line()
    assert "typo.db" in said.err
    assert "workshopkit new" in said.err
    assert list(tmp_path.iterdir()) == []


ALL = [["new"], ["list"], ["erase", "x", "--yes"], ["serve"]]


@pytest.mark.parametrize("command", ALL)
@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("postgresql://localhost/kit", "PostgreSQL"),
        ("postgresql+psycopg://user:secret@localhost/kit", "PostgreSQL"),
        ("mysql://localhost/kit", "mysql"),
        ("~nobody-of-this-name/kit.db", "~nobody-of-this-name"),
    ],
)
def test_a_store_of_another_kind(command, url, word):
    said = call(*command, "--db", url, lang="en")
    assert said.is_one_clear_line()
    assert word in said.err
    assert "secret" not in said.err


@pytest.mark.parametrize("command", ALL)
def test_a_folder_is_no_store(tmp_path, command):
    for url in (tmp_path, ".", "/"):
        assert call(*command, "--db", url, lang="en").is_one_clear_line()
    assert list(tmp_path.iterdir()) == []


def spoil_with_rubbish(path):
    path.write_bytes(b"This is no database. " * 400)


def cut(path):
    path.write_bytes(path.read_bytes()[:5000])


def overwrite_the_middle(path):
    whole = path.read_bytes()
    path.write_bytes(whole[:1024] + b"\xff" * (len(whole) - 1024))


def take_another_program_s(path):
    path.unlink()
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("CREATE TABLE recipes (name)")
        raw.execute("INSERT INTO recipes VALUES ('soup')")


def forget_the_version(path):
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("DELETE FROM meta WHERE key = 'schema'")


def make_newer(path):
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE meta SET value = ? WHERE key = 'schema'", [str(migrations.VERSION + 1)])


@pytest.mark.parametrize("command", ALL)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("spoil", [spoil_with_rubbish, cut, overwrite_the_middle])
def test_a_damaged_store_is_left_as_it_is(db, spoil, command, lang):
    spoil(db)
    before = db.read_bytes()
    said = call(*command, "--db", db, lang=lang)
    assert said.is_one_clear_line()
    assert ("kit.db is beschadigd" if lang == "nl" else "kit.db is damaged") in said.err
    assert db.read_bytes() == before


@pytest.mark.parametrize("command", ALL)
@pytest.mark.parametrize(
    ("change", "word"),
    [
        (take_another_program_s, "is damaged or no store of workshopkit"),
        (forget_the_version, "is damaged or no store of workshopkit"),
        (make_newer, "a newer workshopkit"),
    ],
)
def test_a_store_that_is_not_ours_to_read_keeps_all_it_holds(db, change, word, command):
    change(db)
    before = db.read_bytes()
    said = call(*command, "--db", db, lang="en")
    assert said.is_one_clear_line()
    assert word in said.err
    assert db.read_bytes() == before


@pytest.fixture
def fixed_db(db):
    """Give a store in a folder where nobody but root may write."""
    folder = Path(tempfile.mkdtemp(prefix="wkt"))
    copy = folder / "kit.db"
    shutil.copy(db, copy)
    copy.chmod(0o444)
    folder.chmod(0o555)
    yield copy
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.parametrize("command", ALL)
def test_a_store_that_may_not_be_written(fixed_db, command):
    before = fixed_db.read_bytes()
    with as_somebody_without_rights():
        said = call(*command, "--db", fixed_db, lang="en")
    assert said.is_one_clear_line()
    assert "kit.db" in said.err
    assert "writ" in said.err
    assert fixed_db.read_bytes() == before


def test_a_folder_where_no_store_may_be_made(fixed_db):
    with as_somebody_without_rights():
        said = call("new", "--db", fixed_db.parent / "deeper" / "new.db", lang="en")
    assert said.is_one_clear_line()
    assert "new.db cannot be" in said.err
