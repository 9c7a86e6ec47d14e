"""Copies of the store: made once a minute, whole, kept a few, and gone when a workshop is erased."""

from __future__ import annotations

import shutil
import threading
from contextlib import closing

import pytest

from store_helpers import Clock, assert_clear, event, fill, said
from workshopkit.errors import StoreError
from workshopkit.store import open_store
from workshopkit.store.backup import Backups, known_copies


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(tmp_path):
    with closing(open_store(str(tmp_path / "kit.db"))) as opened:
        opened.create_workshop(title="A try", lang="nl", definition={}, id="w")
        yield opened


@pytest.fixture
def stick(tmp_path):
    return tmp_path / "stick [1]*"


@pytest.fixture
def backups(store, stick, clock):
    return Backups(store, stick, clock=clock)


def said_in(copy, workshop="w"):
    with closing(open_store(str(copy), create=False)) as opened:
        return said(opened, workshop)


def on(folder):
    return sorted(path.name for path in folder.iterdir())


# Making them ------------------------------------------------------------------------------------------------------


def test_a_copy_is_made_at_once_and_then_every_minute(store, backups, clock, stick):
    first = backups.keep()
    assert first.parent == stick
    assert store.meta("last_backup") == str(clock.now)
    made = []
    for _ in range(12):
        clock.forward(10)
        made.append(backups.keep())
    assert [copy is not None for copy in made] == [False] * 5 + [True] + [False] * 5 + [True]
    assert on(stick) == [copy.name for copy in (first, made[5], made[11])]
    assert store.meta("last_backup") == str(clock.now)


def test_the_newest_five_are_kept(store, backups, clock, stick):
    made = []
    for number in range(8):
        store.append(**event(f"e{number}", "w"))
        made.append(backups.keep())
        clock.forward(60)
    assert on(stick) == [copy.name for copy in made[-5:]]
    assert known_copies(store) == made[-5:]
    assert [len(said_in(copy)) for copy in made[-5:]] == [4, 5, 6, 7, 8]


def test_a_process_that_starts_anew_goes_on_with_the_same_five(store, clock, stick):
    for _ in range(8):
        Backups(store, stick, clock=clock).keep()
        clock.forward(60)
    assert len(on(stick)) == 5


def test_a_copy_is_a_whole_store(store, backups):
    fill(store, "w", 50, payload={"text": "é ☕ " * 300})
    store.put_snapshot("w", "wall", 3, {"lines": 2})
    session, secret = store.open_session("w", role="participant", actor="a", lang="nl")
    copy = backups.keep()
    with closing(open_store(str(copy), create=False)) as opened:
        assert opened.events("w") == store.events("w")
        assert opened.snapshot("w", "wall") == store.snapshot("w", "wall")
        assert opened.session(secret) == session
        assert opened.workshops() == store.workshops()
        assert opened.append(**event("later", "w"))[0] == store.last_seq("w") + 1
    assert "later" not in said(store, "w")


def test_a_copy_made_while_others_write_holds_everything_up_to_a_moment(store, tmp_path):
    stop, copies = threading.Event(), []

    def write(writer):
        with closing(open_store(store.url)) as other:
            number = 0
            while not stop.is_set():
                other.append(**event(f"{writer}-{number}", "w", payload={"text": "w" * 2000}))
                number += 1

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(3)]
    for thread in threads:
        thread.start()
    try:
        for number in range(8):
            before = said(store, "w")
            copies.append((before, tmp_path / f"{number}.db"))
            store.backup(copies[-1][1])
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    everything = said(store, "w")
    assert len(everything) > 8
    for before, copy in copies:
        held = said_in(copy)
        assert held == everything[: len(held)]
        assert len(held) >= len(before)


def test_two_stores_share_a_folder_and_leave_each_other_alone(store, clock, stick, tmp_path):
    with closing(open_store(str(tmp_path / "second.db"))) as second:
        first_copy = Backups(store, stick, clock=clock).keep()
        clock.forward(1)
        others = Backups(second, stick, clock=clock)
        for _ in range(7):
            others.keep()
            clock.forward(60)
        second.create_workshop(title="x", lang="nl", definition={}, id="second")
        second.erase_workshop("second")
    assert on(stick) == [first_copy.name]


def test_the_other_files_in_the_folder_stay(store, backups, clock, stick):
    stick.mkdir()
    for name in ("workshopkit-1.db", "holiday.jpg"):
        (stick / name).write_text("not ours", encoding="utf-8")
    for _ in range(7):
        backups.keep()
        clock.forward(60)
    store.erase_workshop("w")
    assert on(stick) == ["holiday.jpg", "workshopkit-1.db"]


# When it cannot be done -------------------------------------------------------------------------------------------


def test_a_folder_that_vanished_is_told_and_nothing_is_lost(store, backups, clock, stick, tmp_path):
    ids = fill(store, "w", 3)
    first = backups.keep()
    stick.rename(tmp_path / "unplugged")
    clock.forward(60)
    with pytest.raises(StoreError) as told:
        backups.keep()
    assert_clear(told.value, stick)
    assert not stick.exists(), "a folder of that name on this disk would be no stick"
    assert said(store, "w") == ids
    assert known_copies(store) == [first]
    assert store.meta("last_backup") == str(clock.now - 60), "the cockpit shows how old it is"
    with pytest.raises(StoreError):
        Backups(store, stick, clock=clock).keep()  # also when the process starts anew

    (tmp_path / "unplugged").rename(stick)
    clock.forward(59)
    assert backups.keep() is None
    clock.forward(1)
    assert said_in(backups.keep()) == ids
    assert len(on(stick)) == 2


def test_a_place_that_is_no_folder_is_told(store, clock, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError) as told:
        Backups(store, tmp_path / "file", clock=clock).keep()
    assert_clear(told.value, f"workshopkit-{int(clock.now)}.db")
    assert store.workshops()


def test_a_copy_that_fails_leaves_nothing_half_done(store, backups, clock, stick):
    first = backups.keep()
    clock.forward(60)
    (stick / f"workshopkit-{int(clock.now)}.db").mkdir()
    with pytest.raises(StoreError):
        backups.keep()
    assert on(stick) == [first.name, f"workshopkit-{int(clock.now)}.db"]
    assert said_in(first) == []
    assert store.meta("last_backup") == str(clock.now - 60)


def test_of_a_store_that_is_gone_no_empty_copy_is_made(store, backups, stick, tmp_path):
    for path in tmp_path.glob("kit.db*"):
        path.unlink()
    with pytest.raises(StoreError):
        store.backup(stick / "copy.db")
    assert on(stick) == []
    assert not (tmp_path / "kit.db").exists()


# Erasing ----------------------------------------------------------------------------------------------------------


def test_erasing_takes_every_copy_and_the_next_one_is_clean(store, clock, stick, tmp_path):
    store.create_workshop(title="Stays", lang="nl", definition={}, id="stays")
    store.append(**event("e", "w", payload={"text": "wielewaal"}))
    places = [Backups(store, place, clock=clock) for place in (stick, tmp_path / "share")]
    for _ in range(2):
        copies = [place.keep() for place in places]
        clock.forward(60)
    said_in(copies[0])
    (stick / f"{copies[0].name}.part").write_text("wielewaal", encoding="utf-8")
    store.erase_workshop("w")
    assert on(stick) == on(tmp_path / "share") == []
    assert known_copies(store) == []
    copy = places[0].keep()
    assert b"wielewaal" not in copy.read_bytes()
    with closing(open_store(str(copy))) as opened:
        assert [found.id for found in opened.workshops()] == ["stays"]


def test_a_copy_that_cannot_be_reached_is_told_and_not_forgotten(store, backups, clock, stick, tmp_path):
    store.create_workshop(title="Second", lang="nl", definition={}, id="second")
    near = Backups(store, tmp_path / "share", clock=clock).keep()
    far = backups.keep()
    stick.rename(tmp_path / "unplugged")
    with pytest.raises(StoreError) as told:
        store.erase_workshop("w")
    assert_clear(told.value, far)
    assert [found.id for found in store.workshops()] == ["second"]
    assert not near.exists()
    assert known_copies(store) == [far]
    (tmp_path / "unplugged").rename(stick)
    store.erase_workshop("second")
    assert on(stick) == []


def test_a_copy_in_the_making_while_a_workshop_is_erased_does_not_stay(store, backups, stick, monkeypatch):
    copy = store.backup

    def erased_meanwhile(path):
        copy(path)
        whole = path.read_bytes()
        store.erase_workshop("w")
        path.write_bytes(whole)  # it came to its place only now

    monkeypatch.setattr(store, "backup", erased_meanwhile)
    assert backups.keep() is None
    assert on(stick) == []
    assert known_copies(store) == []


def test_a_copy_that_comes_to_its_place_during_the_erasure_does_not_stay(store, backups, stick, monkeypatch):
    copy = backups.keep()
    whole, forget = copy.read_bytes(), store.set_meta

    def late(key, value):
        if not copy.exists():
            copy.write_bytes(whole)
        forget(key, value)

    monkeypatch.setattr(store, "set_meta", late)
    store.erase_workshop("w")
    assert on(stick) == []


def test_a_copy_that_is_used_as_the_store_knows_the_copies_and_itself(store, backups, clock, tmp_path, stick):
    earlier = backups.keep()
    clock.forward(60)
    later = backups.keep()
    shutil.copy(later, tmp_path / "restored.db")
    with closing(open_store(str(tmp_path / "restored.db"))) as restored:
        assert known_copies(restored) == [earlier, later]
        restored.erase_workshop("w")
    assert on(stick) == []
