"""Go on from a copy of a store, where the laptop that had the store is no more.

The copy is looked at before anything changes, and comes in one go to its place or not at all. What is there already and
has something that the copy lacks stays, unless that is asked for; then it stays beside it.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from workshopkit.errors import StoreError
from workshopkit.i18n import N_
from workshopkit.store import alive
from workshopkit.store.backup import LIST, newest_in
from workshopkit.store.copying import copy
from workshopkit.store.faults import damaged, translated
from workshopkit.store.migrations import VERSION, newer

__all__ = ["Restored", "restore"]

_TABLES = {"meta", "workshops", "events", "sessions"}
# What a store may have that a copy of it lacks.
_ONLY_HERE = """
    select (select count(*) from events where id not in (select id from copy.events))
         + (select count(*) from workshops where id not in (select id from copy.workshops))
         + (select count(*) from sessions where hash not in (select hash from copy.sessions))
"""


@dataclass(frozen=True)
class Restored:
    """What came back.

    Parameters
    ----------
    source
        The copy that it came from.
    beside
        Where what was there before is now; None if there was nothing.
    address
        How phones reached the room, as far as the store knows.
    """

    source: Path
    beside: Path | None
    address: str | None


def restore(
    source: Path, target: Path, *, force: bool = False, clock: Callable[[], float] = time.time
) -> Restored:
    """Put a copy in the place of a store.

    Parameters
    ----------
    source
        A copy, or the folder with the copies: then the newest of them.
    target
        Where the store is to be.
    force
        Whether it may take the place of a store that has something newer.
    clock
        Seconds since the epoch.

    Raises
    ------
    StoreError
        If there is no copy, if it is damaged or too new, if the room of the target runs, or if the target has something
        that the copy lacks. Then nothing has changed.
    """
    source = _copy_at(source)
    half = target.with_name(f"{target.name}.restoring")
    try:
        with _told(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.exists() and source.samefile(target):
                raise StoreError(N_("{file} is the store itself. Name a copy of it."), file=source)
        with _told(source):
            _take(source, half)
            _check(half, source)
        with _told(target):
            there = target.exists() and target.stat().st_size > 0
            beside = _aside(target, half, force=force, now=clock()) if there else None
            address = _prepare(half, source, beside)
            for end in ("-wal", "-shm"):
                target.with_name(f"{target.name}{end}").unlink(missing_ok=True)
            half.replace(target)
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            half.with_name(f"{half.name}{end}").unlink(missing_ok=True)
    return Restored(source, beside, address)


def _copy_at(source: Path) -> Path:
    if source.is_dir():
        found = newest_in(source)
        if found is None:
            raise StoreError(
                N_("There is no copy of a store in the folder {folder}. Name the file, or another folder."),
                folder=source,
            )
        return found.absolute()
    if not source.is_file():
        raise StoreError(
            N_("There is no file {file}. Name a copy that --backup-dir has made, or the folder with copies."),
            file=source,
        )
    return source.absolute()


def _take(source: Path, half: Path) -> None:
    """Take the file with what its log holds; the stick it is on may be read-only."""
    shutil.copyfile(source, half)
    log = source.with_name(f"{source.name}-wal")
    if log.is_file():
        shutil.copyfile(log, half.with_name(f"{half.name}-wal"))


def _check(half: Path, source: Path) -> None:
    """Look whether it is whole, and ours, and not of a version that we do not know."""
    with closing(sqlite3.connect(half, isolation_level=None)) as file:
        names = {name for (name,) in file.execute("select name from sqlite_master where type = 'table'")}
        (whole,) = file.execute("pragma integrity_check(1)").fetchone()
        found = (
            file.execute("select value from meta where key = 'schema'").fetchone()
            if "meta" in names
            else None
        )
        if not names >= _TABLES or whole != "ok" or found is None or not str(found[0]).isdecimal():
            raise damaged(source)
        if int(found[0]) > VERSION:
            raise newer(source)
        file.execute("pragma journal_mode = delete")  # all in the one file, to be moved


def _aside(target: Path, half: Path, *, force: bool, now: float) -> Path:
    """Put what is there beside it, if it may go; gives where it is."""
    with closing(sqlite3.connect(target, isolation_level=None)) as file:
        file.execute("attach ? as copy", (str(half),))
        beat = file.execute("select value from main.meta where key = ?", (alive.SIGN,)).fetchone()
        (more,) = file.execute(_ONLY_HERE).fetchone()
    if beat is not None and now - float(beat[0]) < alive.SILENT_S:
        raise StoreError(
            N_("The room of {name} is running. Stop it first, then try again; nothing has changed."),
            name=target.name,
        )
    if more and not force:
        raise StoreError(
            N_(
                "{path} has {count} things that the copy lacks: answers, phones or workshops. Nothing has changed. "
                "Choose another place with --db, or add --force; what is there is then kept beside it."
            ),
            path=target,
            count=more,
        )
    beside = target.with_name(f"{target.name}.before-{int(now)}")
    copy(target, beside)
    return beside


def _prepare(half: Path, source: Path, beside: Path | None) -> str | None:
    """Let the store know where its copies are seen from here, so that erasing finds them; gives the phones' address."""
    with closing(sqlite3.connect(half, isolation_level=None)) as file:
        values = dict(file.execute("select key, value from meta").fetchall())
        known = [Path(one) for one in json.loads(values.get(LIST) or "[]")]
        here = [source.parent / one.name if (source.parent / one.name).exists() else one for one in known]
        wanted = dict.fromkeys(str(one) for one in (*here, source, *([beside] if beside else [])))
        file.execute("insert or replace into meta values (?, ?)", (LIST, json.dumps(list(wanted))))
        # Phones hear that it is another one, and send again what they had stored since the copy.
        file.execute("insert or replace into meta values ('origin', ?)", (uuid.uuid4().hex,))
        file.execute("delete from meta where key in (?, 'analyst_lag')", (alive.SIGN,))
    return values.get("public_url")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError, ValueError) as fault:
        raise translated(fault, path) from fault
