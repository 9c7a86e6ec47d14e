"""A copy takes the place of a store: whole, ours, and never of something newer unless that is asked for."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest

from store_helpers import Clock, assert_clear, event, fill, said
from workshopkit.errors import StoreDamaged, StoreError, StoreNewer
from workshopkit.store import open_store
from workshopkit.store.backup import Backups, known_copies
from workshopkit.store.migrations import VERSION
from workshopkit.store.restoring import restore


@pytest.fixture
def stick(tmp_path):
    """Give a folder with two copies of a store that is no more: the newest has five answers."""
    clock = Clock()
    with closing(open_store(str(tmp_path / "old" / "kit.db"))) as store:
        store.create_workshop(title="w", lang="nl", definition={}, id="w", code="ABCD2345")
        store.open_session("w", role="participant", actor="a", lang="nl", participant="p")
        store.set_meta("cookie_secret", "5ec4e7")
        store.set_meta("public_url", "http://192.168.1.20:8080")
        copies = Backups(store, tmp_path / "stick", clock=clock)
        fill(store, "w", 3)
        copies.keep()
        fill(store, "w", 2, start=3)
        clock.forward(60)
        copies.keep()
    shutil.rmtree(tmp_path / "old")
    return tmp_path / "stick"


@pytest.fixture
def target(tmp_path):
    return tmp_path / "new" / "kit.db"


def newest(stick):
    return max(stick.iterdir())


def content(path):
    with closing(sqlite3.connect(path)) as file:
        return list(file.iterdump())


def leftovers(target):
    return [one.name for one in target.parent.iterdir() if one != target]


def test_the_newest_copy_of_a_folder_comes_back_whole(stick, target):
    found = restore(stick, target)
    assert (found.source, found.beside, found.address) == (newest(stick), None, "http://192.168.1.20:8080")
    assert leftovers(target) == []
    with closing(open_store(str(target))) as store:
        assert said(store, "w") == ["e0", "e1", "e2", "e3", "e4"]
        assert store.workshop_by_code("ABCD2345").id == "w"
        assert store.meta("cookie_secret") == "5ec4e7"
        assert store.participants("w", "a") == ["p"]
        assert store.append(**event("e4", "w")) == (6, False), "what a phone sends again is known"
        assert store.append(**event("e5", "w")) == (7, True)


def test_a_named_copy_is_the_one_that_comes_back(stick, target):
    restore(min(stick.iterdir()), target)
    with closing(open_store(str(target))) as store:
        assert said(store, "w") == ["e0", "e1", "e2"]


def test_a_copy_that_was_opened_and_written_to_comes_back_with_what_is_in_its_log(stick, target):
    copy = newest(stick)
    with closing(open_store(str(copy))) as store:
        fill(store, "w", 1, start=5)
        assert copy.with_name(f"{copy.name}-wal").stat().st_size > 0
        restore(copy, target)
    with closing(open_store(str(target))) as store:
        assert said(store, "w")[-1] == "e5"


def test_erasing_afterwards_finds_the_copies_where_they_are_now(stick, target):
    moved = stick.rename(stick.with_name("elsewhere"))
    restore(moved, target)
    with closing(open_store(str(target))) as store:
        assert sorted(known_copies(store)) == sorted(moved.iterdir())
        store.erase_workshop("w")
    assert list(moved.iterdir()) == []


def test_a_store_with_nothing_newer_gives_way_and_is_kept_beside(stick, target):
    restore(min(stick.iterdir()), target)
    before = content(target)
    found = restore(stick, target, clock=Clock(99.0))
    assert found.beside == target.with_name("kit.db.before-99")
    assert content(found.beside) == before
    with closing(open_store(str(target))) as store:
        assert len(said(store, "w")) == 5
        assert found.beside in known_copies(store), "or erasing would leave it"


@pytest.mark.parametrize("what", ["answer", "workshop", "phone"])
def test_a_store_with_something_newer_stays_unless_that_is_asked_for(stick, target, what):
    restore(stick, target)
    with closing(open_store(str(target))) as store:
        if what == "answer":
            fill(store, "w", 1, start=5)
        elif what == "workshop":
            store.create_workshop(title="another", lang="nl", definition={}, id="v")
        else:
            store.open_session("w", role="participant", actor="b", lang="nl")
    before = content(target)
    with pytest.raises(StoreError) as told:
        restore(stick, target)
    assert_clear(told.value, target, "--force")
    assert content(target) == before
    assert leftovers(target) == []

    found = restore(stick, target, force=True)
    assert content(found.beside) == before
    with closing(open_store(str(target))) as store:
        assert said(store, "w") == ["e0", "e1", "e2", "e3", "e4"]


def test_the_store_of_a_running_room_stays_whatever_is_asked(stick, target):
    clock = Clock()
    restore(stick, target)
    with closing(open_store(str(target))) as store:
        store.set_meta("analyst_at", f"{clock.now - 5:.3f}")
    for force in (False, True):
        with pytest.raises(StoreError) as told:
            restore(stick, target, force=force, clock=clock)
        assert_clear(told.value, "kit.db")
    clock.forward(60)
    restore(stick, target, clock=clock)
    with closing(open_store(str(target))) as store:
        assert store.meta("analyst_at") is None, "nobody is at work yet"


def test_what_is_no_copy_is_told(stick, target, tmp_path):
    text = tmp_path / "notes.db"
    text.write_text("no database at all, but a long enough text to be read as one " * 20)
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as file:
        file.execute("create table meta (key, value)")
    broken = tmp_path / "broken.db"
    whole = newest(stick).read_bytes()
    broken.write_bytes(whole[: len(whole) // 2])
    for path in (text, other, broken):
        with pytest.raises(StoreDamaged) as told:
            restore(path, target)
        assert_clear(told.value, path.name)
    for path in (tmp_path / "nowhere.db", tmp_path / "empty"):
        (tmp_path / "empty").mkdir(exist_ok=True)
        with pytest.raises(StoreError) as told:
            restore(path, target)
        assert_clear(told.value, path)
    assert not target.exists()
    assert leftovers(target) == []


def test_a_copy_with_a_damaged_page_is_told(stick, target):
    copy = newest(stick)
    content = bytearray(copy.read_bytes())
    content[4096 + 8 : 4096 + 800] = b"\xff" * 792
    copy.write_bytes(content)
    with pytest.raises(StoreDamaged):
        restore(copy, target)
    assert not target.exists()


def test_a_copy_of_a_newer_kit_is_refused_with_the_remedy(stick, target):
    copy = newest(stick)
    with closing(sqlite3.connect(copy)) as file, file:
        file.execute("update meta set value = ? where key = 'schema'", (str(VERSION + 1),))
    with pytest.raises(StoreNewer) as told:
        restore(copy, target)
    assert_clear(told.value, copy.name, "pip install --upgrade workshopkit")


def test_the_store_itself_is_no_copy(stick, target):
    restore(stick, target)
    with pytest.raises(StoreError) as told:
        restore(target, target)
    assert_clear(told.value, target)
