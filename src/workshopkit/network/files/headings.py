"""Which column of somebody else's file is read as what: guessed from its name, and for a person to change.

A guess goes by the words that people put above such columns, in Dutch and in English. A column is read as one thing and
a thing is read from one column; what is not needed on a workshop's map is not read at all.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from workshopkit.network.files.sheets import Sheet

__all__ = ["FIELDS", "WORDS", "guess", "renamed"]

# What a column may be read as, by the names of LINES.
FIELDS: Final = ("source", "target", "perspective", "reporter", "arrives", "via", "channel")
_WORDS: Final[Mapping[str, str]] = {
    "source": "from, van, bron, afzender, verteller, wie, wie vertelt, verteld door, who told, who tells, told by",
    "target": "to, naar, aan, doel, aan wie, wie hoort, whom, to whom, who heard, ontvangend team",
    "perspective": "perspectief, kant, side, wie zegt dit, who says so",
    "reporter": "ingevuld door, melder, respondent, filled in by",
    "arrives": "komt aan, komt het aan, aangekomen, antwoord, arrived, answer",
    "via": "via wie, langs, weg, by way of, via whom",
    "channel": "kanaal, medium, middel",
}
WORDS: Final[Mapping[str, str]] = {
    **{word: field for field, words in _WORDS.items() for word in words.split(", ")},
    **{field: field for field in FIELDS},
}


def guess(header: Sequence[str]) -> tuple[str, ...]:
    """Give for every column what it may be read as; empty where its name tells nothing.

    Examples
    --------
    >>> guess(["Nr", "Van", "Aan wie?", "Komt aan"])
    ('', 'source', 'target', 'arrives')
    >>> guess(["from", "source", "target"])
    ('', 'source', 'target')
    """
    names = [_plain(cell) for cell in header]
    found = ["" for _ in names]
    # Its own name goes before a word for it, and the first column before a later one.
    for exact in (True, False):
        for place, name in enumerate(names):
            field = WORDS.get(name, "")
            if field and field not in found and not found[place] and (name == field) >= exact:
                found[place] = field
    return tuple(found)


def renamed(sheet: Sheet, fields: Sequence[str]) -> Sheet:
    """Give a sheet with its columns called by what they are read as; a column that is read as nothing has no name.

    Examples
    --------
    >>> renamed(Sheet("x.csv", ("Wie", "Nr"), []), ("source", "")).header
    ('source', '')
    """
    return replace(sheet, header=tuple(fields))


def _plain(cell: str) -> str:
    return unicodedata.normalize("NFC", " ".join(cell.split())).casefold().rstrip("?:. ").lstrip("'")
