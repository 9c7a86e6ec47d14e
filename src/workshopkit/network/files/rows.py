"""The rows of LINES: who says what of which line.

A row has a *perspective*. A sender's row says that it told, unless ``arrives`` is no. A receiver's row says what came:
yes if ``arrives`` is empty, or, with ``via`` filled in, not directly but by that way. An observer only looks on. A file
without perspectives is a *plain list*: each row is a line to which both sides say yes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from workshopkit.i18n import N_
from workshopkit.network.files.notes import Notes
from workshopkit.network.files.table import Form

__all__ = [
    "LINES",
    "OBSERVER",
    "PLAIN",
    "RECEIVER",
    "SENDER",
    "WAYS",
    "amount",
    "answer_of",
    "as_way",
    "check",
    "number",
    "side_of",
    "ways_of",
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


def number(cell: str, file: str, line: int, column: str, notes: Notes) -> float | None:
    """Read a number that is finite and not negative; None for an empty cell, and for a fault."""
    value = amount(cell)
    if math.isinf(value):
        notes.fault(
            file,
            line,
            N_("{column} is {value}; give a number that is not negative, or leave it empty"),
            column=column,
            value=cell,
        )
    return value if math.isfinite(value) else None


def amount(cell: str) -> float:
    """Give the number in a cell; of an empty one NaN, and infinite where there is no number that we take.

    Examples
    --------
    >>> amount("1,5"), amount(""), amount("-1")
    (1.5, nan, inf)
    """
    if not cell:
        return math.nan
    try:
        value = float(cell.replace(",", "."))
    except ValueError:
        value = math.nan
    return value if math.isfinite(value) and value >= 0 and "_" not in cell else math.inf


def answer_of(arrives: str) -> str:
    """Give what ``arrives`` says, empty if it is no answer; who leaves it open says yes.

    Examples
    --------
    >>> answer_of("Deels"), answer_of(""), answer_of("soms")
    ('partly', 'yes', '')
    """
    return _ANSWERS.get(arrives.casefold(), "") if arrives else "yes"


def side_of(perspective: str) -> str | None:
    """Give who speaks by what ``perspective`` says; None if it says nothing that we know."""
    return _PERSPECTIVES.get(perspective.casefold())


def ways_of(via: str) -> tuple[str, ...]:
    """Give the ways in a cell, the nearest last.

    Examples
    --------
    >>> ways_of(" Balie; ;press")
    ('Balie', 'press')
    """
    return tuple(way for part in via.split(";") if (way := part.strip())) if via else ()


def check(file: str, line: int, cells: Sequence[str], notes: Notes, *, plain: bool) -> None:
    """Note what there is to say of one row, in a fixed order.

    Parameters
    ----------
    file, line, cells
        The row, a cell for every column of `LINES`.
    notes
        Gets the faults and warnings.
    plain
        Whether nobody speaks in this file.
    """
    source, target, perspective, _, arrives, via, _, _, delay, weight = cells
    for column in [name for name, cell in (("source", source), ("target", target)) if not cell]:
        notes.fault(file, line, N_("{column} is empty; fill it in or leave the row out"), column=column)
    side = PLAIN if plain else _side(file, line, perspective, notes)
    answer, ways = answer_of(arrives), ways_of(via)
    if not answer:
        notes.fault(
            file, line, N_("arrives is {value}; write yes, partly or no, or leave it empty"), value=arrives
        )
    for way in [way for way in ways if way in {source, target}]:
        notes.fault(
            file,
            line,
            N_("via names {value}, an end of the line itself; leave via empty if it came directly"),
            value=way,
        )
    number(delay, file, line, "delay_days", notes)
    number(weight, file, line, "weight", notes)
    if plain and (ways or answer in {"partly", "no"}):
        notes.fault(
            file,
            line,
            N_("who says {value} is not told; add a column perspective with sender, receiver or observer"),
            value=via or arrives,
        )
    if not (source and target and answer and side is not None):
        return
    if source == target:
        notes.warn(file, line, N_("a line from a place to itself was left out"))
    elif ways and side == SENDER:
        notes.warn(file, line, N_("via is not read in the row of a sender"))
    elif ways and arrives:
        notes.warn(file, line, N_("arrives is not read where via is filled in"))


def _side(file: str, line: int, perspective: str, notes: Notes) -> str | None:
    side = side_of(perspective)
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


def as_way(name: str) -> str:
    """Give a way that is no place on the map by its one name; any other name as it is.

    Examples
    --------
    >>> as_way("Pers"), as_way("Balie")
    ('press', 'Balie')
    """
    known = name.casefold()
    return known if known in WAYS else _WAY_WORDS.get(known, name)
