"""Bring an older store up to date: one step a version, with a copy beside the file first."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError

from workshopkit.errors import StoreNewer
from workshopkit.i18n import N_
from workshopkit.store import tables
from workshopkit.store.backup import LIST
from workshopkit.store.copying import copy
from workshopkit.store.faults import damaged

__all__ = ["STEPS", "VERSION", "bring_up_to_date", "newer", "refuse_newer"]


def _to_1(connection: Connection) -> None:
    """Version 0 had no table ``tries``: waits after wrong codes were kept in memory."""
    tables.tries.create(connection, checkfirst=True)


STEPS: dict[int, Callable[[Connection], None]] = {1: _to_1}
VERSION = max(STEPS)


def bring_up_to_date(connection: Connection, path: Path) -> None:
    """Make the tables of an empty file, or take the steps that an older one lacks: all in one transaction.

    Raises
    ------
    StoreNewer
        If a newer workshopkit wrote the file.
    StoreDamaged
        If the file holds other tables than ours.
    """
    if _is_up_to_date(connection):
        return
    with connection.begin():
        names = connection.dialect.get_table_names(connection)
        if not names:
            tables.metadata.create_all(connection)
            connection.execute(tables.meta.insert().values(key="schema", value=str(VERSION)))
            return
        found = _version(connection) if {"meta", "events"} <= set(names) else None
        if found is None:
            raise damaged(path)
        if found > VERSION:
            raise newer(path)
        if found < VERSION:
            beside = path.with_name(f"{path.name}.v{found}")
            copy(path, beside)
            for version in range(found + 1, VERSION + 1):
                STEPS[version](connection)
            _set(connection, "schema", str(VERSION))
            _note_copy(connection, beside)


def _is_up_to_date(connection: Connection) -> bool:
    """Look without the lock to write: in a busy room who only comes to read would wait for it in vain."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(
            "select count(*) from sqlite_master where type = 'table' and name in ('meta', 'events')"
        )
        if cursor.fetchone() != (2,):
            return False
        cursor.execute("select value from meta where key = 'schema'")
        return bool(cursor.fetchone() == (str(VERSION),))
    finally:
        cursor.close()


def newer(path: Path) -> StoreNewer:
    """Give the error for a file that a newer workshopkit has written."""
    return StoreNewer(
        N_(
            "{name} was made by a newer workshopkit. Install the newest one: pip install --upgrade workshopkit"
        ),
        name=path.name,
    )


def refuse_newer(connection: Connection, path: Path) -> None:
    """Look, in a transaction that is to write, whether a newer workshopkit has had the file meanwhile.

    Raises
    ------
    StoreNewer
        If so: this program does not know what it would write into.
    """
    found = connection.exec_driver_sql("select value from meta where key = 'schema'").scalar()
    if found is not None and str(found).isdecimal() and int(found) > VERSION:
        raise newer(path)


def _version(connection: Connection) -> int | None:
    try:
        value = _get(connection, "schema")
    except DBAPIError:
        return None
    return int(value) if value is not None and value.isdecimal() else None


def _note_copy(connection: Connection, beside: Path) -> None:
    """Put the copy on the store's list, for it is to go with the workshops in it."""
    known = [one for one in json.loads(_get(connection, LIST) or "[]") if one != str(beside)]
    _set(connection, LIST, json.dumps([*known, str(beside)]))


def _get(connection: Connection, key: str) -> str | None:
    value = connection.execute(select(tables.meta.c.value).where(tables.meta.c.key == key)).scalar()
    return None if value is None else str(value)


def _set(connection: Connection, key: str, value: str) -> None:
    query = insert(tables.meta).values(key=key, value=value)
    connection.execute(query.on_conflict_do_update(["key"], set_={"value": value}))
