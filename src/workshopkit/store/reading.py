"""What every page asks for again and again: statements that are built once.

To build one costs SQLAlchemy more than SQLite needs to answer it, and a full room asks hundreds of times a second.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from workshopkit.store import tables
from workshopkit.store.contract import Event

__all__ = ["LAST_SEQ", "SNAPSHOT", "events", "unpacked"]

LAST_SEQ = select(func.max(tables.events.c.seq)).where(tables.events.c.workshop == bindparam("workshop"))
SNAPSHOT = select(tables.snapshots).where(
    tables.snapshots.c.workshop == bindparam("workshop"), tables.snapshots.c.kind == bindparam("kind")
)


def events(
    workshop: str, after: int, kinds: Collection[str] | None, participants: Collection[str] | None
) -> tuple[Select[Any], dict[str, Any]]:
    """Give the statement for a workshop's events, and what it is executed with."""
    values: dict[str, Any] = {"workshop": workshop, "after": after}
    for name, wanted in (("kinds", kinds), ("participants", participants)):
        if wanted is not None:
            values[name] = json.dumps(list(wanted))
    return _events(kinds is not None, participants is not None), values


def unpacked(rows: Sequence[Any]) -> list[Event]:
    """Give the events of rows; their payloads are read in one go, as a fold from the first event on needs them all.

    Raises
    ------
    json.JSONDecodeError
        If a payload is not what was stored.
    """
    try:
        payloads = json.loads(f"[{','.join([row.payload for row in rows])}]")
    except TypeError:  # no text at all
        payloads = []
    if len(payloads) != len(rows) or not all(isinstance(payload, dict) for payload in payloads):
        raise json.JSONDecodeError("not one object a row", "", 0)
    return [
        Event(id, of, who, act, kind, payload, seq)
        for (id, of, who, act, kind, _, seq), payload in zip(rows, payloads, strict=True)
    ]


@cache
def _events(by_kind: bool, by_participant: bool) -> Select[Any]:
    table = tables.events
    query = select(*(table.c[name] for name in Event.__slots__)).order_by(table.c.seq)
    query = query.where(table.c.workshop == bindparam("workshop"), table.c.seq > bindparam("after"))
    if by_kind:
        query = query.where(table.c.kind.in_(_each("kinds")))
    if by_participant:
        query = query.where(table.c.participant.in_(_each("participants")))
    return query


def _each(name: str) -> Select[Any]:
    """Give the entries of a list: one parameter, so that the statement is the same for lists of any length."""
    return select(func.json_each(bindparam(name)).table_valued("value").c.value)
