"""Workshops with a past: an afternoon of the simulated colleagues, then corrections over eight hours.

Written straight into the store's file, since nobody waits for these events; how long storing takes is measured by
``writers.py``.
"""

from __future__ import annotations

import json
import random
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from workshopkit import paths
from workshopkit.network.actors import Definition
from workshopkit.panels import demo
from workshopkit.room import definitions
from workshopkit.store import Store, path_of

__all__ = ["copies", "map_of", "past"]

_HOURS_S = 8 * 3600.0
_PHONES = 4  # at every seat
_OTHERS = 0.05  # of the corrections come from a phone that has left the row to another one until then
_EVENT = "INSERT INTO events (id, workshop, participant, act, kind, payload) VALUES (?, ?, ?, ?, ?, ?)"
Row = tuple[str, str, str, str | None, str, str]


def map_of(places: int) -> dict[str, Any]:
    """Give the definition of a workshop with so many teams, in domains of six."""
    return {
        "title": "Growth",
        "subject": "The desk closes",
        "period": "the last four weeks",
        "promise": "About lines, not people.",
        "lang": "en",
        "domains": [{"id": f"d{number}", "label": f"Domain {number}"} for number in range((places + 5) // 6)],
        "actors": [
            {
                "id": f"t{number}",
                "label": f"Team {number}",
                "kind": "team",
                "domain": f"d{number // 6}",
                "voice": "own",
            }
            for number in range(places)
        ],
    }


def past(store: Store, events: int, *, places: int | None = None, quarrels: bool = False) -> str:
    """Write a workshop with so many events, its reveal opened last; gives its id.

    Parameters
    ----------
    store
        Where to.
    events
        How many, or as many as one afternoon has if that is more.
    places
        The size of its map; None for the demo's.
    quarrels
        Whether every phone corrects every row: most rows then are in conflict all the time.
    """
    payload = map_of(places) if places else definitions.read_file(paths.data() / "demo" / "nl.json")
    made = store.create_workshop(title=payload["title"], lang=payload["lang"], definition=payload)
    definition = Definition.read(payload)
    demo.fill(store, made.id, definition)
    there = len(store.events(made.id))
    rows = list(_joins(made.id, definition))
    rows += _corrections(made.id, definition, events - there - len(rows) - 1, quarrels)
    rows.append(_row(made.id, "lead", None, "act.opened", {"act": "silos", "part": "arrives"}))
    _write(store, rows)
    return made.id


def copies(store: Store, workshop: str, count: int) -> None:
    """Write a workshop so many times more, closed."""
    with closing(sqlite3.connect(path_of(store.url))) as file, file:
        for _ in range(count):
            new = uuid.uuid4().hex
            file.execute(
                "INSERT INTO workshops (id, code, lang, title, created, closed, expires) "
                "SELECT ?, ?, lang, title, created, created, expires FROM workshops WHERE id = ?",
                (new, new[:8].upper(), workshop),
            )
            file.execute(
                "INSERT INTO events (id, workshop, participant, act, kind, payload) "
                "SELECT hex(randomblob(16)), ?, participant, act, kind, payload FROM events WHERE workshop = ? ORDER BY seq",
                (new, workshop),
            )


def _write(store: Store, rows: list[Row]) -> None:
    with closing(sqlite3.connect(path_of(store.url))) as file, file:
        file.executemany(_EVENT, rows)


def _row(workshop: str, who: str, act: str | None, kind: str, payload: dict[str, Any]) -> Row:
    return uuid.uuid4().hex, workshop, who, act, kind, json.dumps(payload, separators=(",", ":"))


def _joins(workshop: str, definition: Definition) -> Iterator[Row]:
    for seat in definition.seats:
        for number in range(_PHONES):
            yield _row(workshop, f"{seat.id}/{number}", None, "joined", {"actor": seat.id})


def _corrections(workshop: str, definition: Definition, count: int, quarrels: bool) -> Iterator[Row]:
    """Correct rows of both questions, in no order; each row belongs to one phone of its team."""
    draw = random.Random(1)  # noqa: S311 - a simulation
    places = [actor.id for actor in definition.actors]
    for number in range(count):
        seat = draw.choice(definition.seats).id
        place = draw.randrange(len(places))
        if places[place] == seat:
            place = (place + 1) % len(places)
        other = quarrels or draw.random() < _OTHERS
        who = f"{seat}/{draw.randrange(_PHONES) if other else place % _PHONES}"
        at = _HOURS_S * number / count
        answer = draw.choice(("yes", "no"))
        if draw.random() < 0.5:
            said = "told", {"to": places[place], "answer": answer, "expected": None, "at": at}
        else:
            said = "heard", {"from": places[place], "answer": answer, "via": None, "at": at}
        yield _row(workshop, who, "lines", *said)
