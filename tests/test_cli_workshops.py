"""Workshops are made, listed and deleted."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from contextlib import closing

import pytest

from cli_helpers import COMMAND, call, workshops
from workshopkit import paths
from workshopkit.i18n import LANGUAGES
from workshopkit.room.fold import fold
from workshopkit.store import open_store

QUESTION = {"nl": "voorgoed verwijderen, met de kopieën? [j/N]", "en": "for good, with its backups? [y/N]"}


@pytest.fixture
def db(tmp_path):
    """Give a store with one workshop."""
    path = tmp_path / "kit.db"
    assert call("new", "--db", path, lang="en").code == 0
    return path


def definition(tmp_path, **changes):
    payload = json.loads((paths.data() / "demo" / "en.json").read_text(encoding="utf-8"))
    file = tmp_path / "room.json"
    file.write_text(json.dumps({**payload, **changes}), encoding="utf-8-sig")
    return file


def test_a_workshop_reads_a_case_of_ones_own(tmp_path):
    db, own = tmp_path / "kit.db", tmp_path / "own"
    shutil.copytree(paths.data() / "cases" / "straight-lines", own)
    file = own / "case.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace('"Walking in circles"', '"Round and round"'),
        encoding="utf-8",
    )
    assert call("new", "--db", db, "--case", own).code == 0
    with closing(open_store(str(db))) as store:
        (workshop,) = store.workshops()
        room = fold(store.events(workshop.id))
    assert room.case.items["P7"].title["en"] == "Round and round"
    file.write_text(
        file.read_text(encoding="utf-8").replace('role = "tease"', 'role = "nobody"'), encoding="utf-8"
    )
    said = call("new", "--db", db, "--case", own, lang="en")
    assert (said.code, said.out) == (2, "")
    assert "C1: there is no role nobody" in said.err
    assert "line 3" in said.err
    assert call("new", "--db", db, "--case", tmp_path / "none", lang="nl").code == 2
    assert len(workshops(db)) == 1


def test_where_commands_look_by_themselves_no_store_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKSHOPKIT_DB", str(tmp_path / "kit.db"))
    assert call("new", lang="en").out.endswith("workshopkit serve\n")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_workshop_is_made_listed_and_deleted(tmp_path, lang):
    db = tmp_path / "deep" / "er" / "kit.db"
    made = call("new", "--db", db, lang=lang)
    assert (made.code, made.err) == (0, "")
    (workshop,) = workshops(db)
    assert workshop.lang == lang
    for word in (workshop.title, workshop.id, workshop.code, f"workshopkit serve --db {db}\n"):
        assert word in made.out

    listed = call("list", "--db", db, lang=lang)
    assert (listed.code, listed.err) == (0, "")
    (line,) = listed.out.splitlines()
    assert line.startswith(f"{workshop.id}  {workshop.code}  open ")
    assert line.endswith(workshop.title)

    deleted = call("erase", workshop.id, "--db", db, lang=lang, typed="y\n")
    assert (deleted.code, deleted.err) == (0, "")
    assert QUESTION[lang] in deleted.out
    assert workshop.title in deleted.out
    assert workshops(db) == []
    assert re.search("Nog geen workshops|No workshops yet", call("list", "--db", db, lang=lang).out)


def test_the_newest_workshop_stands_first_and_a_closed_one_says_so(db):
    call("new", "--db", db, lang="nl")
    with closing(open_store(str(db))) as store:
        new, old = store.workshops()
        store.close_workshop(old.id)
    first, second = call("list", "--db", db, lang="nl").out.splitlines()
    assert (first.split()[0], first.split()[2]) == (new.id, "open")
    assert (second.split()[0], second.split()[2]) == (old.id, "gesloten")


def test_the_store_may_be_named_by_the_environment(db, monkeypatch):
    monkeypatch.setenv("WORKSHOPKIT_DB", f"sqlite:///{db}")
    assert workshops(db)[0].id in call("list").out


def test_a_workshop_of_ones_own(tmp_path):
    db = tmp_path / "kit.db"
    assert call("new", definition(tmp_path, title="Our room"), "--db", db).code == 0
    (workshop,) = workshops(db)
    assert (workshop.title, workshop.lang) == ("Our room", "en")


@pytest.mark.parametrize(
    ("asked", "in_file", "expected"),
    [(None, "en", "en"), ("nl", "en", "nl"), ("en", None, "en"), (None, None, "nl")],
)
def test_the_language_of_a_workshop_is_asked_for_or_stands_in_the_file(tmp_path, asked, in_file, expected):
    file = definition(tmp_path)
    payload = json.loads(file.read_text(encoding="utf-8-sig"))
    payload.pop("lang", None)
    file.write_text(json.dumps(payload | ({"lang": in_file} if in_file else {})), encoding="utf-8")
    db = tmp_path / "kit.db"
    call("new", file, "--db", db, *(["--text-lang", asked] if asked else []), lang="en")
    (workshop,) = workshops(db)
    with closing(open_store(str(db))) as store:
        (defined,) = store.events(workshop.id, kinds={"workshop.defined"})
    assert (workshop.lang, defined.payload["lang"]) == (expected, expected)


@pytest.mark.parametrize("answer", ["j", "ja", "JA", "y", "Yes", " yes "])
def test_a_clear_yes_deletes(db, answer):
    (workshop,) = workshops(db)
    assert call("erase", workshop.id, "--db", db, typed=f"{answer}\n").code == 0
    assert workshops(db) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("answer", ["\n", "n\n", "no\n", "nee\n", "yes please\n", "jn\n", "\x1b\n"])
def test_anything_else_deletes_nothing(db, answer, lang):
    (workshop,) = workshops(db)
    said = call("erase", workshop.id, "--db", db, typed=answer, lang=lang)
    assert said.is_one_clear_line()
    assert said.err == {"nl": "Er is niets verwijderd.\n", "en": "Nothing was deleted.\n"}[lang]
    assert workshops(db) == [workshop]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("typed", ["", None])
def test_where_nobody_can_answer_nothing_is_deleted(db, typed, lang):
    (workshop,) = workshops(db)
    said = call("erase", workshop.id, "--db", db, typed=typed, lang=lang)
    assert said.is_one_clear_line()
    assert "--yes" in said.err
    assert workshops(db) == [workshop]
    assert call("erase", workshop.id, "--db", db, "--yes", typed=typed).code == 0
    assert workshops(db) == []


@pytest.mark.parametrize("typed", [b"", b"\xff\xfe\n", b"n\n"])
def test_a_real_pipe_as_keyboard_deletes_nothing_either(db, typed):
    (workshop,) = workshops(db)
    words = [COMMAND, "--lang", "en", "erase", workshop.id, "--db", str(db)]
    ended = subprocess.run(words, input=typed, capture_output=True, check=False)
    assert ended.returncode == 2, ended
    assert ended.stderr.startswith(b"Nothing was deleted")
    assert ended.stderr.count(b"\n") == 1
    assert workshops(db) == [workshop]


def test_what_was_deleted_is_nowhere_in_the_file_any_more(db):
    (workshop,) = workshops(db)
    assert workshop.code.encode() in db.read_bytes()
    call("erase", workshop.id, "--yes", "--db", db)
    for file in db.parent.iterdir():
        assert workshop.code.encode() not in file.read_bytes()
        assert workshop.title.encode() not in file.read_bytes()


def test_commands_leave_only_the_store_behind(db):
    call("list", "--db", db)
    call("erase", "x", "--db", db)
    assert [file.name for file in db.parent.iterdir()] == ["kit.db"]
