"""The store on SQLite: the whole contract, and what is SQLite's own about opening it."""

from __future__ import annotations

from contextlib import closing

import pytest

from store_contract import StoreContract
from workshopkit.store.sql import SQLStore


class TestSQLite(StoreContract):
    @pytest.fixture
    def again(self, tmp_path, clock):
        opened = []

        def open_again():
            opened.append(SQLStore(tmp_path / "store" / "kit.db", clock=clock).open())
            return opened[-1]

        yield open_again
        for store in opened:
            store.close()

    @pytest.fixture
    def store(self, again):
        return again()

    @pytest.fixture
    def on_disk(self, tmp_path):
        return lambda: b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_the_file_is_kept_so_that_readers_do_not_wait_and_a_power_cut_takes_nothing(tmp_path):
    with closing(SQLStore(tmp_path / "kit.db").open()) as made:
        made.backup(tmp_path / "copy.db")
    for name in ("kit.db", "copy.db"):
        with closing(SQLStore(tmp_path / name).open()) as store:
            cursor = store._writer.connection.cursor()
            modes = [
                cursor.execute(f"PRAGMA {mode}").fetchone()[0]
                for mode in ("journal_mode", "synchronous", "secure_delete")
            ]
            cursor.close()
        assert modes == ["wal", 2, 1]
