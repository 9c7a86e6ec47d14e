"""The lines of a text: one a paragraph, each with its number in the file and how many blank lines stand before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import quantiles

from workshopkit.case.importing import greetings, speakers

__all__ = ["Line", "lines_of"]

_WIDE, _NARROW = 100, 40
_RULE = re.compile(r"[-=*_~#\s]*")
_ENDS = re.compile(r"[.!?…:;)”\"’']\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph.

    Parameters
    ----------
    text
        What it says, without spaces around it.
    number
        Where it begins in the file, from 1.
    gap
        How many blank lines stand before it.
    """

    text: str
    number: int
    gap: int = 0

    @property
    def words(self) -> int:
        """Tell how long it is."""
        return len(self.text.split())


def lines_of(text: str) -> list[Line]:
    r"""Give the paragraphs of a text; what was broken off at the end of a line is joined again.

    Examples
    --------
    >>> [(line.text, line.number, line.gap) for line in lines_of("One.\n\n\nTwo  words.\n---\nThree.")]
    [('One.', 1, 0), ('Two words.', 4, 2), ('Three.', 6, 1)]
    """
    found: list[Line] = []
    gap = 0
    for number, raw in enumerate(text.split("\n"), 1):
        bare = " ".join(raw.split())
        if _RULE.fullmatch(bare):
            gap += 1
        else:
            found.append(Line(bare, number, gap if found else 0))
            gap = 0
    return _joined(found) if _is_wrapped(found) else found


def _is_wrapped(lines: Sequence[Line]) -> bool:
    """Tell whether lines are broken at a width, as in mail: narrow, and mostly in the middle of a sentence."""
    followed = [before for before, line in pairwise(lines) if not line.gap]
    if len(followed) < 3 or max(len(line.text) for line in lines) > _WIDE:  # noqa: PLR2004 - fewer say nothing
        return False
    typical = quantiles([len(line.text) for line in followed], n=4)[1]
    broken = sum(not _ENDS.search(line.text) for line in followed)
    return typical >= _NARROW and broken * 2 >= len(followed)


def _joined(lines: Sequence[Line]) -> list[Line]:
    widest = max(len(line.text) for line in lines)
    joined: list[Line] = []
    last = ""
    for line in lines:
        full = len(last) > widest * 0.6 and not speakers.header(last) and not speakers.header(line.text)
        if joined and not line.gap and full and not greetings.greeting(line.text):
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text} {line.text}")
        else:
            joined.append(line)
        last = line.text
    return joined
