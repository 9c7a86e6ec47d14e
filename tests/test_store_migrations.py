"""An older store is brought up to date: in one go or not at all, with a copy beside it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from store_helpers import assert_clear, at_once, event, said
from workshopkit.errors import StoreError
from workshopkit.store import migrations, open_store
from workshopkit.store.backup import known_copies

# What version 0 wrote: as it is on the disks of people, and so never derived from the tables of today.
VERSION_0 = """
CREATE TABLE meta (key VARCHAR NOT NULL, value TEXT NOT NULL, PRIMARY KEY (key));
CREATE TABLE workshops (id VARCHAR NOT NULL, code VARCHAR NOT NULL, lang VARCHAR NOT NULL, title TEXT NOT NULL,
    created FLOAT NOT NULL, closed FLOAT, expires FLOAT NOT NULL, PRIMARY KEY (id), UNIQUE (code));
CREATE TABLE events (seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, id VARCHAR NOT NULL, workshop VARCHAR NOT NULL,
    participant VARCHAR NOT NULL, act VARCHAR, kind VARCHAR NOT NULL, payload TEXT NOT NULL, UNIQUE (id));
CREATE INDEX events_by_workshop ON events (workshop, seq);
CREATE TABLE snapshots (workshop VARCHAR NOT NULL, kind VARCHAR NOT NULL, seq INTEGER NOT NULL,
    payload TEXT NOT NULL, PRIMARY KEY (workshop, kind));
CREATE TABLE sessions (hash VARCHAR NOT NULL, workshop VARCHAR NOT NULL, participant VARCHAR NOT NULL, actor VARCHAR,
    role VARCHAR NOT NULL, lang VARCHAR NOT NULL, ended FLOAT, PRIMARY KEY (hash));
CREATE INDEX ix_sessions_participant ON sessions (participant);
CREATE TABLE tokens (hash VARCHAR NOT NULL, workshop VARCHAR NOT NULL, purpose VARCHAR NOT NULL, role VARCHAR NOT NULL,
    participant VARCHAR, actor VARCHAR, expires FLOAT NOT NULL, uses INTEGER NOT NULL, PRIMARY KEY (hash));
CREATE INDEX ix_tokens_participant ON tokens (participant);
INSERT INTO meta VALUES ('schema', '0');
INSERT INTO meta VALUES ('door_url', 'http://x');
INSERT INTO workshops VALUES ('w', 'ABCDEFGH', 'nl', 'Een oude workshop', 1.7e9, NULL, 9e9);
INSERT INTO events VALUES (3, 'd', 'w', 'facilitator', NULL, 'workshop.defined', '{"subject":"de balie"}');
INSERT INTO events VALUES (7, 'e', 'w', 'p', 'lines', 'told', '{"to":"b","text":"wielewaal é ☕"}');
"""


@pytest.fixture
def old(tmp_path):
    """Give the path of a store of version 0, the newest of its events still in the log beside it."""
    path = tmp_path / "kit.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("PRAGMA journal_mode=WAL")
        file.executescript(VERSION_0)
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        file.execute("INSERT INTO events VALUES (9, 'f', 'w', 'p', 'lines', 'heard', '{}')")
        yield path


def dump(path):
    with closing(sqlite3.connect(path)) as file:
        return list(file.iterdump())


def shape(path):
    """Describe the tables of a file, however their making was written down."""
    with closing(sqlite3.connect(path)) as file:
        names = [name for (name,) in file.execute("select name from sqlite_master where type = 'table'")]
        described = {
            name: (
                file.execute(f"pragma table_info({name})").fetchall(),
                sorted(
                    (unique, [column for _, _, column in file.execute(f"pragma index_info({index})")])
                    for _, index, unique, *_ in file.execute(f"pragma index_list({name})").fetchall()
                ),
            )
            for name in names
            if not name.startswith("sqlite_")
        }
        return described, "sqlite_sequence" in names


@pytest.fixture
def steps(monkeypatch):
    """Let a test take other steps than the real ones."""

    def take(**given):
        found = {int(name.removeprefix("to_")): step for name, step in given.items()}
        monkeypatch.setattr(migrations, "STEPS", found)
        monkeypatch.setattr(migrations, "VERSION", max(found))

    return take


def test_an_old_store_is_brought_up_to_date(old):
    with closing(open_store(str(old), create=False)) as store:
        assert [(found.seq, found.id, found.payload) for found in store.events("w")] == [
            (3, "d", {"subject": "de balie"}),
            (7, "e", {"to": "b", "text": "wielewaal é ☕"}),
            (9, "f", {}),
        ]
        assert store.workshop_by_code("abcd-efgh").title == "Een oude workshop"
        assert store.meta("door_url") == "http://x"
        assert store.meta("schema") == str(migrations.VERSION)
        assert store.append(**event("e", "w", payload={"text": "wielewaal é ☕", "to": "b"})) == (7, False)
        assert store.append(**event("g", "w"))[0] == 10
        assert store.note_try("phone", False, 0.0) == 0, "the new table is there"


def test_an_old_store_becomes_the_same_as_a_new_one(old, tmp_path):
    for path in (old, tmp_path / "new.db"):
        open_store(str(path)).close()
    assert shape(old) == shape(tmp_path / "new.db")


def test_a_copy_of_the_old_one_stays_beside_it(old):
    before = dump(old)
    with closing(open_store(str(old))) as store:
        copy = old.with_name("kit.db.v0")
        assert dump(copy) == before
        assert known_copies(store) == [copy]
        assert said(store, "w") == ["e", "f"]
        assert b"wielewaal" in copy.read_bytes()
        store.erase_workshop("w")
        assert not copy.exists()


def test_a_store_of_today_is_not_copied(old):
    open_store(str(old)).close()
    old.with_name("kit.db.v0").unlink()
    before = dump(old)
    open_store(str(old)).close()
    assert dump(old) == before
    assert not old.with_name("kit.db.v0").exists()


def test_many_at_once_take_each_step_once(old, steps):
    taken = []

    def to_1(connection):
        taken.append(1)
        connection.exec_driver_sql("create table once (x)")

    steps(to_1=to_1)
    stores = at_once(*[lambda: open_store(str(old))] * 6)
    assert [said(store, "w") for store in stores] == [["e", "f"]] * 6
    assert taken == [1]
    for store in stores:
        store.close()


def test_steps_are_taken_in_order_from_where_a_store_is(old, steps):
    taken = []
    given = {f"to_{n}": lambda _, n=n: taken.append(n) for n in (3, 1, 2, 4)}
    steps(to_1=given["to_1"])
    open_store(str(old)).close()
    steps(**given)
    open_store(str(old)).close()
    open_store(str(old)).close()
    assert taken == [1, 2, 3, 4]
    assert old.with_name("kit.db.v1").exists()


def test_no_step_is_missing():
    assert sorted(migrations.STEPS) == list(range(1, migrations.VERSION + 1))


@pytest.mark.parametrize(
    "fault",
    ["insert into nowhere values (1)", "alter table events add column id text", "this is no SQL"],
)
def test_a_step_that_fails_half_way_leaves_the_old_store_as_it_was(old, steps, monkeypatch, fault):
    before = dump(old)

    def half(connection):
        connection.exec_driver_sql("alter table workshops add column colour text")
        connection.exec_driver_sql("delete from events")
        connection.exec_driver_sql("drop table tokens")

    def broken(connection):
        half(connection)
        connection.exec_driver_sql(fault)

    steps(to_1=half, to_2=broken)
    for _ in range(2):
        with pytest.raises(StoreError) as told:
            open_store(str(old))
        assert_clear(told.value, "kit.db")
        assert dump(old) == before
        assert dump(old.with_name("kit.db.v0")) == before
    monkeypatch.undo()
    with closing(open_store(str(old))) as store:
        assert said(store, "w") == ["e", "f"], "with steps that work, it goes on"


def test_a_mistake_in_a_step_leaves_the_old_store_as_it_was(old, steps):
    before = dump(old)

    def mistaken(connection):
        connection.exec_driver_sql("delete from events")
        raise ZeroDivisionError

    steps(to_1=mistaken)
    with pytest.raises(ZeroDivisionError):
        open_store(str(old))
    assert dump(old) == before


def test_without_a_copy_no_step_is_taken(old, steps):
    taken = []
    steps(to_1=taken.append)
    old.with_name("kit.db.v0").mkdir()
    before = dump(old)
    with pytest.raises(StoreError) as told:
        open_store(str(old))
    assert_clear(told.value)
    assert taken == []
    assert dump(old) == before
