"""The analyst: one process that folds the events of every open workshop and writes what the pages show.

It handles the first event at once and then works at most every 200 ms. It keeps nothing that the store does not have:
after a restart it folds from scratch to the same result. ``python -m workshopkit.room.analyst --db URL``.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workshopkit import log
from workshopkit.errors import StoreError, WorkshopkitError
from workshopkit.figures.map import Drawing
from workshopkit.network.actors import Definition
from workshopkit.room import scenes, snapshots
from workshopkit.room.fold import Room, fold
from workshopkit.store import alive, open_store, path_of
from workshopkit.store.contract import Event, Store

__all__ = ["Analyst", "analyse_once", "main", "watch"]

POLL_S = 0.02
PAUSE_S = 0.2
COPY_S = 1.0
RETRY_S = 1.0

_log = logging.getLogger(__name__)


@dataclass
class _Desk:
    """What the analyst keeps of one workshop between two looks."""

    room: Room = field(default_factory=Room)
    cursor: int = 0
    definition: Definition | None = None
    drawing: Drawing | None = None
    view: snapshots.View | None = None
    written: dict[str, Any] = field(default_factory=dict)

    def take(self, events: Iterable[Event]) -> None:
        """Fold new events in."""
        self.room = fold(events, self.room)
        self.cursor = self.room.seq

    def is_due(self, now: float) -> bool:
        """Tell whether time alone has changed something: a round of a message on its way is over."""
        due = self.view.due if self.view else None
        return due is not None and now >= due

    def results(self, now: float) -> dict[str, dict[str, Any]]:
        """Compute what is to be written, as of now."""
        definition = self.room.definition
        if definition is None:
            return {}
        if self.drawing is None or definition != self.definition:
            self.definition, self.drawing = definition, Drawing(definition)
        self.view = view = snapshots.View.of(self.room, self.view, now)
        shown = scenes.scene(
            self.room,
            view.findings,
            view.pairs,
            self.drawing,
            told=view.released,
            on_its_way=view.ride,
            bench=view.bench,
        )
        return {
            "phones": snapshots.phones(view, shown),
            "cockpit": snapshots.cockpit(self.room, shown, view.findings, view.ride, view.bench),
            "wall": snapshots.wall(view, self.drawing, shown),
        }


class Analyst:
    """Folds, analyses and writes; the clock is passed in.

    Parameters
    ----------
    store
        Where events come from and snapshots go to.
    now
        Seconds since the epoch, for the sign of life.
    """

    def __init__(self, store: Store, *, now: Callable[[], float] = time.time) -> None:
        self._store = store
        self._now = now
        self._desks: dict[str, _Desk] = {}

    def look(self) -> bool:
        """Bring the snapshots of all open workshops up to date; tells whether anything was written."""
        open_ones = [workshop.id for workshop in self._store.workshops() if workshop.closed is None]
        # One that was just closed is looked at once more, for what came in before the end.
        wanted = list(dict.fromkeys([*open_ones, *self._desks]))
        wrote = False
        for workshop in wanted:
            wrote = self.look_at(workshop) or wrote
        for gone in set(self._desks) - set(open_ones):
            del self._desks[gone]
        return wrote

    def look_at(self, workshop: str) -> bool:
        """Bring the snapshots of one workshop up to date."""
        desk = self._desks.setdefault(workshop, _Desk())
        events = self._store.events(workshop, after=desk.cursor)
        now = self._now()
        if not events and desk.written and not desk.is_due(now):
            return False
        began = time.monotonic()
        desk.take(events)
        wrote = False
        for kind, payload in desk.results(now).items():
            if desk.written.get(kind) != payload:
                self._store.put_snapshot(workshop, kind, desk.cursor, payload)
                desk.written[kind] = payload
                wrote = True
        took = round(1000 * (time.monotonic() - began), 1)
        for event in events:
            log.note("event", event=event.id, who=event.participant, kind=event.kind, seq=event.seq, ms=took)
        return wrote

    def is_due(self) -> bool:
        """Tell whether a workshop is to be looked at though nothing was said."""
        now = self._now()
        return any(desk.is_due(now) for desk in self._desks.values())

    def beat(self) -> None:
        """Leave a sign of life."""
        self._store.set_meta(alive.SIGN, f"{self._now():.3f}")

    def note_lag(self, seconds: float) -> None:
        """Leave how long the last events waited for their snapshots, from when they were noticed."""
        self._store.set_meta("analyst_lag", f"{seconds:.4f}")

    def forget(self) -> None:
        """Drop everything: the next look starts from scratch."""
        self._desks.clear()


def analyse_once(store: Store, workshop: str) -> Room:
    """Analyse one workshop here and now, and write its snapshots; notebooks alone use this."""
    room = fold(store.events(workshop))
    desk = _Desk(room=room, cursor=room.seq)
    for kind, payload in desk.results(time.time()).items():
        store.put_snapshot(workshop, kind, room.seq, payload)
    return room


def watch(
    store: Store,
    stop: threading.Event,
    *,
    backup: Callable[[], object] | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Watch the store until told to stop; a store that does not answer is asked again later.

    Parameters
    ----------
    store
        What to watch.
    stop
        Set it to end the watch.
    backup
        Called after work was done, until it gives where the copy is; it decides itself whether one is due.
    clock
        Monotonic seconds.
    """
    analyst = Analyst(store)
    seen: int | None = None
    noticed: float | None = None
    worked = beaten = tried = float("-inf")
    owed = faulty = False
    while not stop.is_set():
        pause = POLL_S
        try:
            version = store.version()
            now = clock()
            if version != seen and noticed is None:
                noticed = now
            if (version != seen or analyst.is_due()) and now - worked >= PAUSE_S:
                # Asked before looking: what is committed meanwhile gives another look.
                seen = version
                if analyst.look():
                    worked = clock()
                    analyst.note_lag(worked - (noticed or now))
                    owed = backup is not None
                noticed = None
            if backup is not None and owed and now - tried >= COPY_S:
                tried = now
                made = _try(backup)
                owed = not made
                if faulty != (made is None):
                    faulty = made is None
                    store.set_meta("backup_fault", f"{time.time():.0f}" if faulty else "")
            if now - beaten >= alive.EVERY_S:
                beaten = now
                analyst.beat()
        except StoreError as error:
            _log.warning("analyst: %s", error)
            analyst.forget()
            seen, pause = None, RETRY_S
        stop.wait(pause)


def _try(backup: Callable[[], object]) -> bool | None:
    """Make a copy if one is due; tells whether it is there, None if it could not be made.

    A full or vanished USB stick stops no workshop.
    """
    try:
        return backup() is not None
    except (StoreError, OSError) as error:
        _log.warning("backup: %s", error)
        return None


def _watch_parent(stop: threading.Event) -> None:
    parent = os.getppid()
    while not stop.wait(0.5):
        if os.getppid() != parent:
            stop.set()


def main(arguments: list[str] | None = None) -> int:
    """Run the analyst as a process."""
    parser = argparse.ArgumentParser(
        prog="python -m workshopkit.room.analyst", description="Analyse open workshops."
    )
    parser.add_argument("--db", required=True, help="the store's URL")
    parser.add_argument("--backup-dir", type=Path, help="a folder for copies, once a minute of activity")
    parser.add_argument("--with-parent", action="store_true", help="end when the starting process ends")
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        # Not in the handler itself: it may interrupt the wait that holds the event's lock.
        signal.signal(name, lambda *_: threading.Thread(target=stop.set).start())
    if given.with_parent:
        threading.Thread(target=_watch_parent, args=(stop,), daemon=True).start()
    try:
        store = open_store(given.db)
    except WorkshopkitError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    backup = None
    if given.backup_dir is not None:
        from workshopkit.store.backup import Backups

        backup = Backups(store, given.backup_dir).keep
    try:
        with log.begin("analyst", log.folder(path_of(given.db))):
            watch(store, stop, backup=backup)
    finally:
        store.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
