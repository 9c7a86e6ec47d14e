"""The log of a room: one JSON object a line, of what happened and how long it took; a few files that follow each other.

It never holds a code, a secret, an address of a person, or words that somebody typed: only the fields that are named
here are written, a path stands without what fills it, and of a warning the sentence without its values. Each process
has files of its own, since a file that two of them turn over would lose lines.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import logging
import re
from collections.abc import Iterable, Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

__all__ = ["FIELDS", "begin", "clear", "folder", "lines", "note", "place"]

# Everything that a line may hold, and of which kind.
FIELDS: dict[str, type | tuple[type, ...]] = {
    "at": str,
    "what": str,
    "method": str,
    "path": str,
    "status": int,
    "ms": (int, float),
    "who": str,
    "event": str,
    "kind": str,
    "seq": int,
    "process": str,
    "pause_s": (int, float),
    "text": str,
    "fault": str,
}
_WORD = re.compile(r"[\w.:-]{1,80}\Z")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_BYTES, _FILES = 1_000_000, 4
_notes = logging.getLogger("workshopkit.note")


def folder(store: Path) -> Path:
    """Give where the log of a store's rooms is."""
    return store.with_suffix(".logs")


def note(what: str, **fields: Any) -> None:
    """Write down that something happened; what is no field of ours, or None, is left out."""
    _notes.info(what, extra={"fields": fields})


def place(path: str, known: Iterable[str]) -> str:
    """Give a path without what fills it: who is where stands in a cookie, and what was typed is nobody's business.

    Examples
    --------
    >>> place("/j/ABCD2345", {"j", "me"}), place("/me", {"j", "me"}), place("/ik-heet-jan", {"j"}), place("/", ())
    ('/j/…', '/me', '/…', '/')
    """
    first, *rest = path.strip("/").split("/")
    if not first:
        return "/"
    return f"/{first}{'/…' if rest else ''}" if first in known else "/…"


@contextlib.contextmanager
def begin(process: str, where: Path) -> Iterator[None]:
    """Write the log of this process while the block runs; without a place to write to, it goes without.

    Parameters
    ----------
    process
        What the file is called.
    where
        The folder; it is made when it is not there.
    """
    logger = logging.getLogger("workshopkit")
    try:
        where.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            where / f"{process}.jsonl", maxBytes=_BYTES, backupCount=_FILES - 1, encoding="utf-8"
        )
    except OSError:
        yield
        return
    handler.setFormatter(_Lines())
    _notes.setLevel(logging.INFO)
    _notes.propagate = False  # they stand here, and in no other output
    for one in (logger, _notes):
        one.addHandler(handler)
    try:
        yield
    finally:
        for one in (logger, _notes):
            one.removeHandler(handler)
        _notes.setLevel(logging.NOTSET)
        _notes.propagate = True
        handler.close()


def lines(where: Path) -> Iterator[tuple[str, str]]:
    """Give the files of a log with what in them is a line of ours: whatever else got in is left out."""
    for path in sorted(where.glob("*.jsonl*")):
        kept = [
            line for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if _is_ours(line)
        ]
        yield path.name, "".join(f"{line}\n" for line in kept)


def clear(where: Path) -> None:
    """Forget everything; a process that runs goes on in its emptied file."""
    for path in where.glob("*.jsonl*"):
        path.write_bytes(b"")


def _is_ours(line: str) -> bool:
    try:
        found = json.loads(line)
    except ValueError:
        return False
    return isinstance(found, dict) and all(
        name in FIELDS and isinstance(value, FIELDS[name]) for name, value in found.items()
    )


class _Lines(logging.Formatter):
    """Write a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        at = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        given: dict[str, Any] = {"at": at}
        if record.name == _notes.name:
            given |= {"what": str(record.msg), **getattr(record, "fields", {})}
        else:  # a warning in words: the sentence as it stands in the source, without what fills it
            given |= {"what": record.levelname.lower(), "text": str(record.msg)}
        if record.exc_info and record.exc_info[0]:
            given["fault"] = record.exc_info[0].__name__
        return json.dumps(
            {name: value for name, value in given.items() if _may(name, value)}, ensure_ascii=False
        )


def _may(name: str, value: object) -> bool:
    kind = FIELDS.get(name)
    if kind is None or not isinstance(value, kind) or isinstance(value, bool):
        return False
    if name == "method":
        return value in _METHODS
    return name in {"at", "path", "text"} or not isinstance(value, str) or bool(_WORD.match(value))
