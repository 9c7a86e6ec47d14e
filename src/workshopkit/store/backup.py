"""Copies of the store on another place, once a minute while something happens."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

from workshopkit.store.contract import Store

__all__ = ["Backups"]


class Backups:
    """Keep the newest copies of a store in a folder.

    Parameters
    ----------
    store
        What to copy.
    folder
        Where to: a USB stick, a shared folder.
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
        self._folder = folder
        self._every_s = every_s
        self._keep = keep
        self._clock = clock
        self._last = float("-inf")

    def keep(self) -> Path | None:
        """Make a copy if the last one is old enough; gives its path."""
        now = self._clock()
        if now - self._last < self._every_s:
            return None
        self._last = now
        path = self._folder / f"workshopkit-{int(now)}.db"
        self._store.backup(path)
        copies = sorted(self._folder.glob("workshopkit-*.db"))
        for old in copies[: -self._keep]:
            old.unlink(missing_ok=True)
        self._store.set_meta("backups", json.dumps([str(copy) for copy in copies[-self._keep :]]))
        self._store.set_meta("last_backup", str(now))
        return path
