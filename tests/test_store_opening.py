"""Opening a store on SQLite by its URL, and what is told when it cannot be opened."""

from __future__ import annotations

import os
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from store_helpers import assert_clear, at_once, event, fill, said
from workshopkit.errors import StoreDamaged, StoreError, StoreNewer, StoreUnsupported, WorkshopkitError
from workshopkit.store import open_store
from workshopkit.store.migrations import VERSION
from workshopkit.store.sql import SQLStore

ODD_NAMES = (
    "plain.db",
    "with space.db",
    "café ☕.db",
    "a?mode=memory.db",
    "a#b.db",
    "%41.db",
    ":memory:",
    "file:x.db",
)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Give a home that is also where we are."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def kit(tmp_path):
    """Give the path of a store with two hundred events in it, closed."""
    path = tmp_path / "kit.db"
    with closing(open_store(str(path))) as store:
        workshop = store.create_workshop(title="A try", lang="nl", definition={}, id="w")
        fill(store, workshop.id, 200, payload={"text": "said " * 20})
    return path


def dice(seed):
    return random.Random(seed)  # noqa: S311 - repeatable, no secret


def execute(path, *statements):
    with closing(sqlite3.connect(path)) as file, file:
        for statement in statements:
            file.execute(statement)


# Names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:///{home}/kit.db", "kit.db"),
        ("{home}/kit.db", "kit.db"),
        ("sqlite:///kit.db", "kit.db"),
        ("SQLite:///kit.db", "kit.db"),
        ("kit.db", "kit.db"),
        ("~/kit.db", "kit.db"),
        ("sqlite:///~/kit.db", "kit.db"),
        ("sqlite:///new/folder/kit.db", "new/folder/kit.db"),
        *((f"sqlite:///{{home}}/{name}", name) for name in ODD_NAMES),
        *((name, name) for name in ODD_NAMES),
    ],
)
def test_a_store_is_the_file_that_its_url_names(home, monkeypatch, tmp_path_factory, url, file):
    with closing(open_store(url.format(home=home))) as store:
        made = store.create_workshop(title="x", lang="nl", definition={})
    assert [path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()] == [file]
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    with closing(open_store(store.url, create=False)) as again:
        assert again.workshops() == [made]


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://kit:geheim@db.example/kit",
        "postgres://kit:geheim@db.example/kit",
        "postgresql+psycopg://kit:geheim@db.example/kit",
        "POSTGRESQL://kit:geheim@db.example/kit",
    ],
)
def test_postgresql_is_refused_with_a_way_out(home, url):
    with pytest.raises(StoreUnsupported) as refused:
        open_store(url)
    assert_clear(refused.value, "PostgreSQL", "--db sqlite:///")
    assert "geheim" not in str(refused.value)
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("scheme", ["mysql", "http", "file", "sqlite+aiosqlite", "s3"])
def test_other_kinds_of_store_are_refused_by_name(home, scheme):
    with pytest.raises(StoreUnsupported) as refused:
        open_store(f"{scheme}://kit:geheim@host/kit.db")
    assert_clear(refused.value, scheme, "--db sqlite:///")
    assert "geheim" not in str(refused.value)
    assert list(home.iterdir()) == []


def test_a_missing_store_is_not_made_unasked(home):
    missing = home / "not" / "there.db"
    with pytest.raises(StoreError) as told:
        open_store(f"sqlite:///{missing}", create=False)
    assert_clear(told.value, missing, "workshopkit new")
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("url", ["", "sqlite://", ".", "sqlite:///.", "folder"])
def test_a_folder_is_no_store(home, url):
    (home / "folder").mkdir()
    with pytest.raises(StoreError) as told:
        open_store(url)
    assert_clear(told.value, "folder" if url == "folder" else ".", "--db sqlite:///")


def test_a_file_is_no_folder(home):
    (home / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError) as told:
        open_store("file/kit.db")
    assert_clear(told.value, "kit.db")


def test_a_new_store_is_opened_by_many_at_once(tmp_path):
    for number in range(5):
        path = tmp_path / f"{number}.db"
        stores = at_once(*[lambda path=path: open_store(str(path))] * 8)
        assert [type(store) for store in stores] == [SQLStore] * 8, stores
        made = stores[0].create_workshop(title="x", lang="nl", definition={})
        assert [store.workshops() for store in stores] == [[made]] * 8
        for store in stores:
            store.close()


def test_who_comes_to_read_does_not_wait_for_who_writes(tmp_path):
    path = tmp_path / "kit.db"
    with closing(open_store(str(path))) as store:
        made = store.create_workshop(title="x", lang="nl", definition={})
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with closing(open_store(str(path))) as store:
            assert store.workshops() == [made]
        writer.execute("ROLLBACK")


def test_an_empty_file_becomes_a_store(tmp_path):
    (tmp_path / "kit.db").touch()
    with closing(open_store(str(tmp_path / "kit.db"))) as store:
        assert store.workshops() == []


# What is no store -------------------------------------------------------------------------------------------------


def foreign(*statements):
    def make(path):
        path.unlink()
        execute(path, *statements)

    return make


def overwritten(text):
    return lambda path: path.write_bytes(text)


NO_STORES = {
    "random bytes": overwritten(dice(7).randbytes(20_000)),
    "a text": overwritten(b"source,target\na,b\n" * 100),
    "zeros": overwritten(bytes(8192)),
    "its head alone": lambda path: os.truncate(path, 100),
    "random bytes behind the head": lambda path: path.write_bytes(
        path.read_bytes()[:100] + dice(7).randbytes(20_000)
    ),
    "another program's": foreign("create table cookies (host text)", "insert into cookies values ('x')"),
    "another program's with our names": foreign(
        "create table meta (name text)", "create table events (at text)", "insert into meta values ('schema')"
    ),
    "without its version": lambda path: execute(path, "delete from meta where key = 'schema'"),
    "with an odd version": lambda path: execute(path, "update meta set value = '²' where key = 'schema'"),
}


@pytest.mark.parametrize("spoil", NO_STORES.values(), ids=NO_STORES.keys())
@pytest.mark.parametrize("create", [True, False])
def test_what_is_no_store_is_told_and_left_alone(kit, spoil, create):
    spoil(kit)
    before = kit.read_bytes()
    with pytest.raises(StoreDamaged) as told:
        open_store(str(kit), create=create)
    assert_clear(told.value, "kit.db", "--db")
    assert kit.read_bytes() == before
    assert [path.name for path in kit.parent.iterdir()] == ["kit.db"], "nothing is left beside it"


@pytest.mark.parametrize("percent", [20, 50, 90])
def test_a_store_that_was_cut_off_is_told(kit, percent):
    os.truncate(kit, kit.stat().st_size * percent // 100)
    with pytest.raises(StoreDamaged) as told, closing(open_store(str(kit))) as store:
        store.events("w")
    assert_clear(told.value, "kit.db", "--db")


@pytest.mark.parametrize("text", ["{", "nothing", '{"half": "\x00'])
def test_an_answer_that_cannot_be_read_any_more_is_told(kit, text):
    with closing(sqlite3.connect(kit)) as file, file:
        file.execute("update events set payload = ? where id = 'e3'", (text,))
        file.execute("insert into snapshots values ('w', 'wall', 1, ?)", (text,))
    with closing(open_store(str(kit))) as store:
        for read in (lambda: store.events("w"), lambda: store.snapshot("w", "wall")):
            with pytest.raises(StoreDamaged) as told:
                read()
            assert_clear(told.value, "kit.db")


@pytest.mark.parametrize("payload", ["'{'", "'{},{}'", "''", "'{}]['", "x'00ff'", "7"])
def test_a_payload_that_is_not_one_value_is_told(kit, payload):
    execute(kit, f"update events set payload = {payload} where seq = (select min(seq) from events)")  # noqa: S608
    with closing(SQLStore(kit).open()) as store, pytest.raises(StoreDamaged) as told:
        store.events("w")
    assert_clear(told.value, "kit.db")


def test_whatever_is_damaged_nothing_but_our_own_error_comes_out(kit):
    """Two hundred stores, each with some bytes changed somewhere; what can be read may be read."""
    whole, chance, told = kit.read_bytes(), dice(11), 0
    for number in range(200):
        spoilt = bytearray(whole)
        at = chance.choice([chance.randrange(100), chance.randrange(len(whole))])
        spoilt[at : at + 24] = chance.randbytes(min(chance.choice([1, 4, 24]), len(whole) - at))
        path = kit.with_name(f"{number}.db")
        path.write_bytes(spoilt)
        try:
            with closing(SQLStore(path).open()) as store:
                store.events("w")
                store.workshops()
                store.append(**event("new", "w"))
        except WorkshopkitError as error:
            assert_clear(error)
            told += 1
    assert told > 20


# Versions ---------------------------------------------------------------------------------------------------------


def test_a_newer_store_is_told_and_left_alone(kit):
    execute(kit, f"update meta set value = '{VERSION + 1}' where key = 'schema'")  # noqa: S608 - a number
    before = kit.read_bytes()
    store = SQLStore(kit)
    for attempt in (store.open, store.workshops, lambda: store.append(**event("new", "w")), store.version):
        with pytest.raises(StoreNewer) as told:
            attempt()
        assert_clear(told.value, "kit.db", "pip install")
    assert kit.read_bytes() == before
    execute(kit, f"update meta set value = '{VERSION}' where key = 'schema'")  # noqa: S608 - a number
    assert len(said(store, "w")) == 200, "nobody holds the file, and the same object goes on"
    store.close()


def test_an_error_shows_no_answer(kit):
    """What SQLAlchemy tells of a statement goes into logs."""
    execute(kit, "drop table events", "create table events (id text)")
    with closing(open_store(str(kit))) as store, pytest.raises(StoreError) as told:
        store.append(**event("geheim", "w", payload={"text": "geheim"}))
    chain = []
    fault = told.value
    while fault is not None:
        chain.append(f"{fault} {Path(str(fault)).name}")
        fault = fault.__cause__
    assert len(chain) > 1
    assert "geheim" not in " ".join(chain)
