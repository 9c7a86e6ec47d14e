"""A workshop whose end date is past: nobody gets in, and the next start deletes it for good."""

from __future__ import annotations

import time
from contextlib import closing

import pytest

from cli_helpers import call
from workshopkit.cli.ending import erase_ended
from workshopkit.errors import WorkshopClosed
from workshopkit.i18n import translator
from workshopkit.store import open_store
from workshopkit.store.backup import Backups
from workshopkit.store.sql import SQLStore

WORD = "wielewaal"
LONG_AGO_S = 121 * 24 * 3600.0


@pytest.fixture
def db(tmp_path):
    path = tmp_path / "kit.db"
    with closing(SQLStore(path, clock=lambda: time.time() - LONG_AGO_S).open()) as store:
        made = store.create_workshop(title=f"De {WORD}", lang="nl", definition={"subject": WORD}, id="old")
        store.append(
            id="1", workshop=made.id, participant=WORD, act="lines", kind="told", payload={"to": WORD}
        )
        Backups(store, tmp_path / "stick").keep()
    return path


def test_it_takes_nothing_more(db):
    with closing(open_store(str(db))) as store, pytest.raises(WorkshopClosed):
        store.append(id="2", workshop="old", participant="p", act=None, kind="checked", payload={})


def test_it_is_deleted_with_its_copies_and_others_stay(db, capsys):
    with closing(open_store(str(db))) as store:
        new = store.create_workshop(title="Nieuw", lang="nl", definition={"subject": "x"})
        erase_ended(translator("nl"), store)
        assert [one.id for one in store.workshops()] == [new.id]
    assert f"De {WORD}" in capsys.readouterr().out
    for path in db.parent.rglob("*"):
        assert not path.is_file() or WORD.encode() not in path.read_bytes()


def test_a_copy_that_is_away_stops_nobody(db, capsys):
    (db.parent / "stick").rename(db.parent / "away")
    with closing(open_store(str(db))) as store:
        erase_ended(translator("en"), store)
        assert store.workshops() == []
    said = capsys.readouterr()
    assert "delete the copy by hand" in said.err


def test_serve_deletes_it_before_it_starts(db):
    said = call("serve", "old", "--db", db, lang="en")
    assert said.code == 2
    assert f"deleted for good: De {WORD}." in said.out


@pytest.mark.parametrize(("lang", "words"), [("nl", "bewaard tot"), ("en", "kept until")])
def test_the_list_says_until_when(db, lang, words):
    assert words in call("list", "--db", db, lang=lang).out
