"""The rows of LINES: who says what of which line.

A row has a *perspective*. A sender's row says that it told, unless ``arrives`` is no. A receiver's row says what came:
yes if ``arrives`` is empty, or, with ``via`` filled in, not directly but by that way. An observer only looks on. A file
without perspectives is a *plain list*: each row is a line to which both sides say yes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from workshopkit.i18n import N_
from workshopkit.network.files.notes import Notes
from workshopkit.network.files.table import Form, Table

__all__ = [
    "LINES",
    "OBSERVER",
    "PLAIN",
    "RECEIVER",
    "SENDER",
    "WAYS",
    "Row",
    "as_way",
    "is_plain",
    "number",
    "read",
]

SENDER, RECEIVER, OBSERVER, PLAIN = "sender", "receiver", "observer", ""
LINES = Form(
    (
        "source",
        "target",
        "perspective",
        "reporter",
        "arrives",
        "via",
        "expected",
        "channel",
        "delay_days",
        "weight",
    ),
    ("source", "target"),
)
# Ways that are no place on the map.
WAYS = ("press", "grapevine", "unknown")
_WAY_WORDS = {
    "pers": "press",
    "wandelgangen": "grapevine",
    "onbekend": "unknown",
    "weten we niet": "unknown",
}
_PERSPECTIVES = {
    "sender": SENDER,
    "receiver": RECEIVER,
    "observer": OBSERVER,
    "zender": SENDER,
    "ontvanger": RECEIVER,
    "waarnemer": OBSERVER,
}
_ANSWERS = {"yes": "yes", "partly": "partly", "no": "no", "ja": "yes", "deels": "partly", "nee": "no"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row, with what it says already read.

    Parameters
    ----------
    line
        Where it stands in the file.
    reporter
        Who says it; empty is the actor itself.
    answer
        ``"yes"``, ``"partly"`` or ``"no"``; of a sender yes or no.
    via
        The way that a receiver names, the nearest last; its answer is then no.
    """

    line: int
    source: str
    target: str
    perspective: str
    reporter: str
    answer: str
    via: tuple[str, ...]
    channel: str
    delay: float | None
    weight: float | None


def read(found: Table, notes: Notes) -> list[Row]:
    """Read and check the rows of LINES.

    Parameters
    ----------
    found
        With the columns of `LINES`.
    notes
        Gets the faults and warnings.
    """
    plain = is_plain(found)
    if plain and any(cells[3] for _, cells in found.rows):
        notes.warn(
            found.name,
            0,
            N_("reporter is only read in a file with a perspective (sender, receiver or observer)"),
        )
    rows: list[Row] = []
    seen: set[tuple[str, ...]] = set()
    for line, cells in found.rows:
        row = _row(found.name, line, cells, notes, plain=plain)
        if row is None:
            continue
        by = row.reporter or (row.target if row.perspective == RECEIVER else row.source)
        key = row.perspective, row.source, row.target, by, row.channel
        if key in seen:
            notes.warn(
                found.name, line, N_("a line that was there before was merged with it; the last row counts")
            )
        seen.add(key)
        rows.append(row)
    return rows


def number(cell: str, file: str, line: int, column: str, notes: Notes) -> float | None:
    """Read a number that is finite and not negative; None for an empty cell, and for a fault."""
    if not cell:
        return None
    try:
        value = float(cell.replace(",", "."))
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or value < 0 or "_" in cell:
        notes.fault(
            file,
            line,
            N_("{column} is {value}; give a number that is not negative, or leave it empty"),
            column=column,
            value=cell,
        )
        return None
    return value


def is_plain(found: Table) -> bool:
    """Tell whether nobody speaks here: no perspective in any row."""
    if "perspective" not in found.columns:
        return True
    return bool(found.rows) and not any(cells[2] for _, cells in found.rows)


def _row(file: str, line: int, cells: Sequence[str], notes: Notes, *, plain: bool) -> Row | None:
    source, target, perspective, reporter, arrives, via, _, channel, delay, weight = cells
    for column in [name for name, cell in (("source", source), ("target", target)) if not cell]:
        notes.fault(file, line, N_("{column} is empty; fill it in or leave the row out"), column=column)
    side = _side(file, line, perspective, notes, plain=plain)
    answer = _ANSWERS.get(arrives.casefold(), "") if arrives else "yes"
    if not answer:
        notes.fault(
            file, line, N_("arrives is {value}; write yes, partly or no, or leave it empty"), value=arrives
        )
    ways = _ways(file, line, via, (source, target), notes)
    numbers = (number(delay, file, line, "delay_days", notes), number(weight, file, line, "weight", notes))
    if plain and (ways or answer in {"partly", "no"}):
        notes.fault(
            file,
            line,
            N_("who says {value} is not told; add a column perspective with sender, receiver or observer"),
            value=via or arrives,
        )
    if not (source and target and answer and side is not None):
        return None
    if source == target:
        notes.warn(file, line, N_("a line from a place to itself was left out"))
        return None
    if ways and side == SENDER:
        notes.warn(file, line, N_("via is not read in the row of a sender"))
    elif ways and arrives:
        notes.warn(file, line, N_("arrives is not read where via is filled in"))
    answer, ways = _said(side, answer, ways)
    return Row(line, source, target, side, "" if plain else reporter, answer, ways, channel, *numbers)


def _said(side: str, answer: str, ways: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Give what a row comes down to: a sender told or not, and what came by a way did not come directly."""
    if side == SENDER:
        return "no" if answer == "no" else "yes", ()
    return "no" if ways else answer, ways


def _side(file: str, line: int, perspective: str, notes: Notes, *, plain: bool) -> str | None:
    if plain:
        return PLAIN
    side = _PERSPECTIVES.get(perspective.casefold())
    if side is None:
        notes.fault(
            file,
            line,
            N_("perspective is empty; write sender, receiver or observer in every row")
            if not perspective
            else N_("perspective is {value}; write sender, receiver or observer"),
            value=perspective,
        )
    return side


def _ways(file: str, line: int, via: str, ends: tuple[str, str], notes: Notes) -> tuple[str, ...]:
    ways = tuple(way for part in via.split(";") if (way := part.strip())) if via else ()
    for way in ways:
        if way in ends:
            notes.fault(
                file,
                line,
                N_("via names {value}, an end of the line itself; leave via empty if it came directly"),
                value=way,
            )
    return ways


def as_way(name: str) -> str:
    """Give a way that is no place on the map by its one name; any other name as it is.

    Examples
    --------
    >>> as_way("Pers"), as_way("Balie")
    ('press', 'Balie')
    """
    known = name.casefold()
    return known if known in WAYS else _WAY_WORDS.get(known, name)
