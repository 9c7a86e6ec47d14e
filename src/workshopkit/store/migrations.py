"""Bring an older store up to date: one step a version, with a copy beside the file first."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from workshopkit.errors import StoreDamaged, StoreNewer
from workshopkit.i18n import N_
from workshopkit.store import tables

__all__ = ["STEPS", "VERSION", "bring_up_to_date"]


def _to_1(connection: Connection) -> None:
    """Version 0 had no table ``tries``: waits after wrong codes were kept in memory."""
    tables.tries.create(connection, checkfirst=True)


STEPS: dict[int, Callable[[Connection], None]] = {1: _to_1}
VERSION = max(STEPS)


def bring_up_to_date(connection: Connection, path: Path) -> None:
    """Make the tables of an empty file, or take the steps that an older one lacks.

    Raises
    ------
    StoreNewer
        If a newer workshopkit wrote the file.
    StoreDamaged
        If the file holds other tables than ours.
    """
    with connection.begin():
        names = connection.dialect.get_table_names(connection)
        if not names:
            tables.metadata.create_all(connection)
            connection.execute(tables.meta.insert().values(key="schema", value=str(VERSION)))
            return
        found = _version(connection) if "meta" in names and "events" in names else None
    if found is None:
        raise StoreDamaged(
            N_(
                "{name} is damaged or no store of workshopkit. Go on from a backup, or choose another file with --db."
            ),
            name=path.name,
        )
    if found > VERSION:
        raise StoreNewer(
            N_(
                "{name} was made by a newer workshopkit. Install the newest one: pip install --upgrade workshopkit"
            ),
            name=path.name,
        )
    if found < VERSION:
        _migrate(connection, path, found)


def _version(connection: Connection) -> int | None:
    try:
        value = connection.execute(select(tables.meta.c.value).where(tables.meta.c.key == "schema")).scalar()
    except DBAPIError:
        return None
    return int(value) if value is not None and str(value).isdigit() else None


def _migrate(connection: Connection, path: Path, found: int) -> None:
    connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.rollback()
    shutil.copy2(path, path.with_name(f"{path.name}.v{found}"))
    with connection.begin():
        for version in range(found + 1, VERSION + 1):
            STEPS[version](connection)
        connection.execute(
            tables.meta.update().where(tables.meta.c.key == "schema").values(value=str(VERSION))
        )
