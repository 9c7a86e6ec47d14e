"""A store on SQLite in trouble: full, locked, read-only, killed. What was stored stays stored."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy.event

from store_helpers import assert_clear, event, fill, said
from workshopkit.errors import StoreError, StoreFull, StoreReadOnly, UnknownWorkshop
from workshopkit.store import open_store, sql

BIG = {"text": "w" * 5000}
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and rights of POSIX")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "kit.db"


@pytest.fixture
def store(path):
    with closing(open_store(str(path))) as opened:
        opened.create_workshop(title="A try", lang="nl", definition={}, id="w")
        yield opened


def fill_up(store):
    """Append until there is no room; gives what was acknowledged, and the error."""
    stored = []
    for number in range(10_000):
        try:
            store.append(**event(f"full-{number}", "w", payload=BIG))
        except StoreError as error:
            return stored, error
        stored.append(f"full-{number}")
    raise AssertionError("it was never full")


# A full disk ------------------------------------------------------------------------------------------------------


def allow(store, pages):
    """Set how large SQLite lets the file grow; SQLite itself says then that the disk is full."""
    with closing(store._writer.connection.cursor()) as cursor:
        cursor.execute(f"PRAGMA max_page_count = {pages}")


def test_a_full_store_loses_nothing_and_goes_on_when_there_is_room(store, path):
    before = fill(store, "w", 10)
    allow(store, 60)
    stored, error = fill_up(store)
    assert isinstance(error, StoreFull)
    assert_clear(error, "kit.db")
    assert stored
    for refused in (
        lambda: store.append_many(
            [event("small", "w"), event("large", "w", payload={"text": "w" * 500_000})]
        ),
        lambda: store.put_snapshot("w", "wall", 1, {"text": "w" * 500_000}),
        lambda: store.set_meta("large", "w" * 500_000),
        lambda: store.create_workshop(title="w" * 500_000, lang="nl", definition={}),
    ):
        with pytest.raises(StoreFull):
            refused()
    assert said(store, "w") == before + stored, "it can still be read"
    assert len(store.workshops()) == 1
    with closing(open_store(str(path))) as other:
        assert said(other, "w") == before + stored

    allow(store, 100_000)
    assert store.append(**event(stored[-1], "w", payload=BIG))[1] is False
    later = fill(store, "w", 10, start=100, payload=BIG)
    assert said(store, "w") == before + stored + later


def mounted(folder):
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]
    return shutil.which("mount") and subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture
def small_disk():
    """Give a disk of one megabyte, where we may mount one."""
    folder = tempfile.mkdtemp(prefix="wk-disk")
    if os.name != "posix" or os.geteuid() != 0 or not mounted(folder):
        Path(folder).rmdir()
        pytest.skip("a small disk can be mounted by root only")
    yield Path(folder)
    subprocess.run(["umount", folder], check=True)
    Path(folder).rmdir()


def test_a_really_full_disk_loses_nothing_and_goes_on_when_there_is_room(small_disk):
    ballast = small_disk / "holiday.mp4"
    ballast.write_bytes(bytes(500_000))
    with closing(open_store(str(small_disk / "kit.db"))) as store:
        store.create_workshop(title="A try", lang="nl", definition={}, id="w")
        stored, error = fill_up(store)
        assert isinstance(error, StoreFull)
        assert_clear(error, "kit.db")
        assert said(store, "w") == stored
        with pytest.raises(StoreFull):
            store.backup(small_disk / "copy.db")
        left = {file.name for file in small_disk.iterdir()}
        assert left == {"holiday.mp4", "kit.db", "kit.db-shm", "kit.db-wal"}
        ballast.unlink()
        later = fill(store, "w", 5)
        assert said(store, "w") == stored + later
    with closing(open_store(str(small_disk / "kit.db"))) as again:
        assert said(again, "w") == stored + later


def test_a_full_disk_takes_no_new_store(small_disk):
    ballast = small_disk / "holiday.mp4"
    with pytest.raises(OSError, match="No space left"):
        ballast.write_bytes(bytes(2_000_000))
    with pytest.raises(StoreFull) as full:
        open_store(str(small_disk / "kit.db"))
    assert_clear(full.value, "kit.db")
    ballast.unlink()
    with closing(open_store(str(small_disk / "kit.db"))) as store:
        assert store.workshops() == []


# Locked by somebody else ------------------------------------------------------------------------------------------


@pytest.fixture
def held(store, path):
    """Let somebody else hold the file; gives the connection that does."""
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        yield holder


def test_who_comes_to_a_locked_store_waits_for_the_other(store, held, path):
    asked, done = threading.Event(), []
    sqlalchemy.event.listen(store._engine, "before_cursor_execute", lambda *_: asked.set())
    waiting = threading.Thread(target=lambda: done.append(store.append(**event("e", "w"))))
    waiting.start()
    assert asked.wait(30)
    with closing(sqlite3.connect(path)) as reader:
        assert reader.execute("select count(*) from events").fetchone() == (1,), "readers do not wait"
    assert done == []
    held.execute("COMMIT")
    waiting.join()
    assert done[0][1] is True
    assert said(store, "w") == ["e"]


def test_who_waits_too_long_is_told_and_can_try_again(path, monkeypatch):
    monkeypatch.setattr(sql, "_BUSY_S", 0.05)
    with closing(open_store(str(path))) as store, closing(sqlite3.connect(path)) as holder:
        store.create_workshop(title="A try", lang="nl", definition={}, id="w")
        holder.execute("BEGIN IMMEDIATE")
        for refused in (
            lambda: store.append(**event("e", "w")),
            lambda: store.set_meta("a", "b"),
            lambda: store.erase_workshop("w"),
        ):
            with pytest.raises(StoreError) as busy:
                refused()
            assert_clear(busy.value, "kit.db")
        assert said(store, "w") == [], "it can be read meanwhile"
        holder.rollback()
        assert store.append(**event("e", "w"))[1]


def test_an_erasure_that_a_reader_holds_up_is_not_told_as_done(path, monkeypatch):
    """While somebody still reads what was there, the log beside the file keeps it."""
    monkeypatch.setattr(sql, "_BUSY_S", 0.05)
    with closing(open_store(str(path))) as store, closing(sqlite3.connect(path)) as reader:
        store.create_workshop(title="A try", lang="nl", definition={}, id="w")
        reader.execute("BEGIN")
        reader.execute("select * from events").fetchall()
        with pytest.raises(StoreError) as busy:
            store.erase_workshop("w")
        assert_clear(busy.value, "kit.db")
        assert [(found.id, found.title) for found in store.workshops()] == [("w", "")]
        with pytest.raises(UnknownWorkshop):
            store.append(**event("e", "w"))
        reader.rollback()
        store.erase_workshop("w")
        assert store.workshops() == []
        assert b"A try" not in b"".join(file.read_bytes() for file in path.parent.iterdir())


# Read-only --------------------------------------------------------------------------------------------------------

AS_NOBODY = """
import json, os, sys, tempfile
from workshopkit.store import open_store
from workshopkit.errors import WorkshopkitError

def attempt(path, create=True):
    try:
        store = open_store(path, create=create)
        store.set_meta("a", "b")
        store.close()
    except WorkshopkitError as error:
        return {"type": type(error).__name__, "nl": error.text("nl"), "en": error.text("en")}

with tempfile.TemporaryDirectory() as folder:  # everything that is imported late is imported now
    attempt(f"{folder}/warm.db")
    attempt(f"{folder}/")
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
print(json.dumps(attempt(sys.argv[1], json.loads(sys.argv[2]))))
"""


@pytest.fixture
def shared():
    """Give a folder that every user may enter, with a store in it."""
    with tempfile.TemporaryDirectory(prefix="wk-shared") as folder:
        Path(folder).chmod(0o777)
        with closing(open_store(f"{folder}/kit.db")) as store:
            store.create_workshop(title="A try", lang="nl", definition={}, id="w")
        Path(folder, "kit.db").chmod(0o666)
        yield Path(folder)
        Path(folder).chmod(0o777)


def as_nobody(path, create):
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, path, json.dumps(create)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@POSIX
@pytest.mark.parametrize(
    ("file", "folder_mode", "file_mode", "create"),
    [
        ("kit.db", 0o777, 0o444, False),
        ("kit.db", 0o777, 0o000, True),
        ("kit.db", 0o555, 0o666, False),
        ("kit.db", 0o555, 0o444, True),
        ("kit.db", 0o000, 0o666, False),
        ("kit.db", 0o000, 0o666, True),
        ("new.db", 0o555, 0o666, True),
        ("new/new.db", 0o555, 0o666, True),
    ],
)
def test_what_may_not_be_written_is_told_and_left_alone(shared, file, folder_mode, file_mode, create):
    kit = shared / "kit.db"
    before = kit.read_bytes()
    kit.chmod(file_mode)
    shared.chmod(folder_mode)
    error = as_nobody(shared / file, create)
    shared.chmod(0o777)
    kit.chmod(0o666)
    assert error["type"] in {"StoreReadOnly", "StoreError"}
    assert_clear(SimpleNamespace(text=error.get), Path(file).name)
    assert kit.read_bytes() == before
    assert [one.name for one in shared.iterdir() if one.suffix == ".db"] == ["kit.db"]


@POSIX
def test_a_file_that_may_only_be_read_is_told_as_that(shared):
    (shared / "kit.db").chmod(0o444)
    assert as_nobody(shared / "kit.db", create=True)["type"] == StoreReadOnly.__name__


@POSIX
def test_an_ordinary_user_can_use_a_store_that_may_be_written(shared):
    assert as_nobody(shared / "kit.db", create=False) is None


# Killed -----------------------------------------------------------------------------------------------------------

APPEND_FOR_EVER = """
import itertools, sys
from store_helpers import event
from workshopkit.store import open_store

store = open_store(sys.argv[1], create=False)
for number in itertools.count():
    ids = [f"{sys.argv[2]}-{number}-{part}" for part in range(1 + number % 2 * 4)]
    store.append_many([event(id, "w", payload={"text": "w" * 300}) for id in ids])
    print(*ids, flush=True)
"""


@POSIX
@pytest.mark.slow
def test_what_was_acknowledged_survives_a_kill(store, path):
    """Twenty processes are killed while they append as fast as they can, each a bit later than the one before."""
    acknowledged = []
    for number in range(20):
        process = subprocess.Popen(
            [sys.executable, "-c", APPEND_FOR_EVER, store.url, str(number)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parent,
        )
        lines = [process.stdout.readline() for _ in range(1 + 7 * number)]
        process.send_signal(signal.SIGKILL)
        lines += process.stdout.readlines()
        assert process.wait() == -signal.SIGKILL
        process.stdout.close()
        acknowledged += [id for line in lines if line.endswith("\n") for id in line.split()]
        if number % 2:
            store.close()  # the next process finds a log that nobody has tidied away

    with closing(open_store(str(path), create=False)) as again:
        found = said(again, "w")
        assert len(set(found)) == len(found)
        assert set(acknowledged) <= set(found)
        assert [id for id in found if id in set(acknowledged)] == acknowledged, "in order"
        batches = Counter(id.rpartition("-")[0] for id in found)
        whole = {batch: 1 + int(batch.rpartition("-")[2]) % 2 * 4 for batch in batches}
        assert batches == whole, "of a batch all is there or nothing"
        assert len(batches) <= len({id.rpartition("-")[0] for id in acknowledged}) + 20
        assert again.append(**event("after", "w"))[1]
