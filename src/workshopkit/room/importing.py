"""From a file of any kind to answers for a workshop: what would be read, before anything is stored.

A file is read once. Then, as often as the facilitator changes a column or a name, a *plan* is made of it: the answers of
each place, what was repaired on the way, and what was left out and why. A row with a fault is left out and the others go
on; only what concerns the whole file refuses it.

A plain list (nobody says which side speaks) counts as both sides' yes, and every place that it names has spoken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from workshopkit.errors import UsageError
from workshopkit.i18n import N_
from workshopkit.network.actors import Definition
from workshopkit.network.files import books, claims, entries, headings, places, rows
from workshopkit.network.files.entries import Entries
from workshopkit.network.files.matching import CHOSEN, SAME, Match, matches
from workshopkit.network.files.notes import Note, Notes
from workshopkit.network.files.sheets import Book, Sheet
from workshopkit.network.files.table import Table
from workshopkit.network.lines import Statements
from workshopkit.room import imported
from workshopkit.room.fold import Room
from workshopkit.room.phoneless import IMPORTED, prefix

__all__ = ["MOST_BYTES", "MOST_ROWS", "File", "Plan", "plan", "read"]

MOST_BYTES = 10_000_000
MOST_ROWS = 10_000
_ANSWERED = frozenset({"told", "heard", "list.closed", "list.reopened"})


@dataclass(frozen=True)
class File:
    """What was read of a file.

    Parameters
    ----------
    name
        What it is called.
    sheet
        The rows with lines.
    labels
        What the file itself calls its places, by the name in its lines; those without a line are in here as well.
    notes
        What there was to repair while reading.
    """

    name: str
    sheet: Sheet
    labels: Mapping[str, str]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What would be stored.

    Parameters
    ----------
    names
        Every name in the lines, with the place that it is; what is no place is left out.
    times
        By name, in how many rows it stands.
    rows
        Those that can be read, in the order of the file, with the places called by their ids.
    counting
        How many of them count: some are only about who has no voice here.
    count
        How many rows the file has.
    plain
        Whether nobody says which side speaks.
    by_seat
        By place, its answers.
    divided
        The pairs (who answers, about whom) on which the respondents of one place do not agree.
    answered
        The places that the file speaks for, and that have answered in the room already: their own word stays.
    repaired, refused
        What to tell of rows that count, and of those that do not.
    more
        How many more rows were refused than are told of.
    """

    names: Mapping[str, Match]
    times: Mapping[str, int]
    rows: Entries
    counting: int
    count: int
    plain: bool
    by_seat: Mapping[str, tuple[imported.Answer, ...]]
    divided: tuple[tuple[str, str], ...]
    answered: tuple[str, ...]
    repaired: tuple[Note, ...]
    refused: tuple[Note, ...]
    more: int


def read(content: bytes, name: str) -> File:
    r"""Read a file of any kind that `workshopkit.network.files.books` knows.

    Raises
    ------
    UsageError
        Naming what is wrong with the file as a whole.

    Examples
    --------
    >>> read(b"Wie;Aan wie\nBalie;Bestuur\n", "lijnen.csv").sheet.header
    ('Wie', 'Aan wie')
    """
    notes = Notes()
    book = _book(content, name, notes)
    notes.check()
    if book is None:  # pragma: no cover - whoever gives no book has noted why
        raise UsageError(N_("No map can be made of this. {faults}."), faults=name)
    if len(book.lines.rows) > MOST_ROWS:
        raise UsageError(
            N_("{file} has {count} rows, and a workshop takes at most {limit}; leave out what is not about this message."),
            file=name,
            count=len(book.lines.rows),
            limit=MOST_ROWS,
        )  # fmt: skip
    labels = {}
    if book.actors is not None:
        listed = book.actors.read(places.ACTORS, Notes())
        labels = {cells[0]: cells[1] or cells[0] for _, cells in listed.rows if cells[0]}
    return File(name, book.lines, labels, notes.warnings)


def _book(content: bytes, name: str, notes: Notes) -> Book | None:
    if books.kind_of(content) != "text":
        return books.read(content, name, notes)
    sheet = books.sheet_of_text(content, name, tuple(headings.WORDS), notes)
    return Book(sheet) if sheet else None


def plan(
    file: File, fields: Sequence[str], room: Room, chosen: Mapping[str, str | None] | None = None
) -> Plan:
    """Lay a file beside a workshop.

    Parameters
    ----------
    file
        As it was read.
    fields
        By column, what it is read as; see `headings.guess`.
    room
        The workshop as it is now, with all answers.
    chosen
        By name, the place that the facilitator takes it for, or None to leave it out.

    Raises
    ------
    BadFiles
        If no column is read as who told it, or none as who was told.
    """
    definition = room.definition
    assert definition is not None  # noqa: S101 - a workshop begins with its definition
    sheet = headings.renamed(file.sheet, fields)
    head = Notes()
    replace(sheet, rows=()).read(rows.LINES, head)
    head.check()
    notes, unknown, silent = Notes(), Notes(), Notes()
    table = sheet.read(rows.LINES, notes)
    count = len(table.rows) + len(notes.bad)
    times = _times(table)
    names = _named(times, file.labels, definition, chosen or {})
    table = _resolved(table, {name: one.place for name, one in names.items()}, notes, unknown)
    found = entries.read(table, notes)
    found = found.only(~np.isin(found.line, [line for file_, line in notes.bad if file_ == table.name]))
    plain = entries.is_plain(table)
    said = (
        _plain(found, definition, file.labels, names)
        if plain
        else claims.gather(found, definition, table.name, silent).statements()
    )
    spoken = imported.answers(definition, said)
    here = set(found.line.tolist())
    lost = tuple(note for note in notes.warnings if note.lines and here.isdisjoint(note.lines))
    answered = tuple(seat for seat in spoken.by_seat if _has_answered(room, seat))
    return Plan(
        names=names,
        times=times,
        rows=found,
        counting=len(found) - sum(note.count for note in silent.warnings),
        count=count,
        plain=plain,
        by_seat={seat: own for seat, own in spoken.by_seat.items() if seat not in answered},
        divided=spoken.divided,
        answered=answered,
        repaired=(*file.notes, *(note for note in notes.warnings if note not in lost)),
        refused=(*unknown.warnings, *lost, *silent.warnings, *notes.faults),
        more=len(notes.bad) - len(notes.faults) if len(notes.bad) > len(notes.faults) else 0,
    )


def _times(table: Table) -> dict[str, int]:
    times: dict[str, int] = {}
    for _, cells in table.rows:
        ways = (way.strip() for way in cells[5].split(";"))
        for name in {cells[0], cells[1], *(way for way in ways if rows.as_way(way) not in rows.WAYS)} - {""}:
            times[name] = times.get(name, 0) + 1
    return dict(sorted(times.items(), key=lambda one: one[0].casefold()))


def _named(
    times: Iterable[str],
    labels: Mapping[str, str],
    definition: Definition,
    chosen: Mapping[str, str | None],
) -> dict[str, Match]:
    found = matches(times, {actor.id: actor.label for actor in definition.actors}, labels)
    here = {name: place for name, place in chosen.items() if place is None or place in definition.by_id}
    return {
        name: one if one.how == SAME or name not in here else replace(one, place=here[name], how=CHOSEN)
        for name, one in found.items()
    }


def _resolved(table: Table, ids: Mapping[str, str | None], notes: Notes, unknown: Notes) -> Table:
    """Call places by their ids; leave out the rows that go from or to what is not on the map."""
    kept = []
    for line, (source, target, *middle) in table.rows:
        lost = [name for name in (source, target) if name and ids[name] is None]
        for name in lost:
            unknown.warn(
                table.name, line, N_("{value} is not on this map, so the row was left out"), value=name
            )
        if not lost:
            middle[3] = ";".join(
                _way(way.strip(), ids, table.name, line, notes) for way in middle[3].split(";")
            )
            kept.append((line, (ids.get(source) or "", ids.get(target) or "", *middle)))
    return replace(table, rows=tuple(kept))


def _way(way: str, ids: Mapping[str, str | None], file: str, line: int, notes: Notes) -> str:
    if not way or rows.as_way(way) in rows.WAYS:
        return way
    if (place := ids[way]) is None:
        notes.warn(
            file, line, N_("the way {value} is not on this map and was read as “we do not know”"), value=way
        )
        return "unknown"
    return place


def _plain(
    found: Entries, definition: Definition, labels: Mapping[str, str], names: Mapping[str, Match]
) -> Statements:
    """Take both sides of every row as a yes; who stands in the file has spoken, whoever does not is silent."""
    said = claims.plain(found, definition).statements()
    listed = matches(labels, {actor.id: actor.label for actor in definition.actors}, labels)
    here = set(found.ends())
    here |= {one.place for name, one in listed.items() if one.how == SAME and name not in names and one.place}
    return replace(
        said,
        sent={id: who for id, who in said.sent.items() if id in here},
        received={id: who for id, who in said.received.items() if id in here},
    )


def _has_answered(room: Room, seat: str) -> bool:
    return any(
        said.kind in _ANSWERED and prefix(said.participant) != IMPORTED for said in room.logs.get(seat, ())
    )
