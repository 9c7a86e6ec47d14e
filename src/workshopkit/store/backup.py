"""Copies of the store on another place, once a minute while something happens.

The store keeps the list of its copies, so that erasing a workshop finds them all.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from workshopkit.errors import StoreError
from workshopkit.i18n import N_
from workshopkit.store.contract import Store

__all__ = ["LIST", "Backups", "delete_copies", "known_copies", "newest_in"]

LIST = "backups"
_NAME = "workshopkit-"


def known_copies(store: Store) -> list[Path]:
    """List the copies that a store knows of, the oldest first."""
    return [Path(copy) for copy in json.loads(store.meta(LIST) or "[]")]


def newest_in(folder: Path) -> Path | None:
    """Give the newest copy in a folder; None if there is none."""
    copies = [one for one in folder.glob(f"{_NAME}*.db") if one.stem.removeprefix(_NAME).isdecimal()]
    return max(copies, key=lambda one: int(one.stem.removeprefix(_NAME)), default=None)


def delete_copies(store: Store) -> None:
    """Delete every copy that a store knows of.

    Raises
    ------
    StoreError
        If a copy cannot be reached; it stays on the list.
    """
    copies = known_copies(store)
    left = [copy for copy in copies if not _deleted(copy)]
    _remember(store, left)
    for copy in copies:
        _deleted(copy)  # again: one that was in the making meanwhile has come to its place
    if left:
        raise StoreError(
            N_(
                "The workshop is deleted, but not in the copy {copies}. "
                "Connect the stick or disk it is on, and delete the copy by hand."
            ),
            copies=", ".join(map(str, left)),
        )


class Backups:
    """Keep the newest copies of a store in a folder.

    Parameters
    ----------
    store
        What to copy.
    folder
        Where to: a USB stick, a shared folder. Made the first time; later it must be there.
    every_s
        The least number of seconds between two copies.
    keep
        How many copies stay.
    clock
        Gives seconds since the epoch.
    """

    def __init__(
        self,
        store: Store,
        folder: Path,
        *,
        every_s: float = 60.0,
        keep: int = 5,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._store = store
        self._folder = folder.absolute()
        self._every_s = every_s
        self._keep = keep
        self._clock = clock
        self._last = float("-inf")

    def keep(self) -> Path | None:
        """Make a copy if the last one is old enough; gives its path.

        Raises
        ------
        StoreError
            If the folder is gone or full; the copies that there were stay.
        """
        now = self._clock()
        if now - self._last < self._every_s:
            return None
        self._last = now
        path = self._folder / f"{_NAME}{int(now)}.db"
        known = [copy for copy in known_copies(self._store) if copy != path]
        mine = [copy for copy in known if copy.parent == self._folder and copy.name.startswith(_NAME)]
        if mine and not self._folder.is_dir():
            raise StoreError(
                N_(
                    "The folder {folder} for copies is not there. "
                    "Connect the stick or disk it is on, or choose another folder with --backup-dir."
                ),
                folder=self._folder,
            )
        _remember(self._store, [*known, path])  # before the copy, which so knows of itself
        self._store.backup(path)
        if path not in known_copies(self._store):
            path.unlink(missing_ok=True)  # a workshop was erased while it was made
            return None
        old = {copy for copy in [*mine, path][: -self._keep] if _deleted(copy)}
        _remember(self._store, [copy for copy in known_copies(self._store) if copy not in old])
        self._store.set_meta("last_backup", str(now))
        return path


def _remember(store: Store, copies: Sequence[Path]) -> None:
    store.set_meta(LIST, json.dumps([str(copy) for copy in copies]))


def _deleted(copy: Path) -> bool:
    """Delete a copy with what stands beside it; tells whether it is gone for certain."""
    if not copy.parent.is_dir():
        return False
    try:
        for path in (copy, *(copy.with_name(f"{copy.name}{end}") for end in (".part", "-wal", "-shm"))):
            path.unlink(missing_ok=True)
    except OSError:
        return False
    return True
