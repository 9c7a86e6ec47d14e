"""Labels in lines that fit: whole words where they can, a hyphen where one word is too long."""

from __future__ import annotations

import unicodedata

from workshopkit.network.actors import MAX_LABEL

__all__ = ["BROKEN", "CUT", "MAX_LABEL", "WHOLE", "text_width", "wrap"]

_WIDE, _NARROW = set("mwMW@%"), set("iljtfI.,:;'|!()[] ")
_ELLIPSIS = "…"
_TAIL = 3
WHOLE, BROKEN, CUT = 0, 1, 2


def text_width(text: str, font: float) -> float:
    """Estimate the width of a text in a plain sans-serif, on the safe side, in the units of `font`."""
    return sum(_character(character) for character in text) * font


def _character(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.1
    if character in _WIDE:
        return 0.9
    if character in _NARROW:
        return 0.36
    return 0.68 if character.isupper() else 0.58


def wrap(label: str, *, width: float, font: float, rows: int) -> tuple[list[str], int]:
    """Break a label into at most `rows` lines.

    Returns
    -------
    tuple
        The lines, and how well they hold the label: `WHOLE`, `BROKEN` within a word, or `CUT` short.
    """
    lines: list[str] = []
    current, fit = "", WHOLE
    for word in label.split():
        rest = word
        candidate = f"{current} {rest}".strip()
        if text_width(candidate, font) <= width:
            current = candidate
            continue
        if current:
            lines.append(current)
            current = ""
        while text_width(rest, font) > width:
            cut = _fitting(rest, width, font)
            fit = BROKEN
            lines.append(rest[:cut].rstrip("-") + "-")
            rest = rest[cut:]
        current = rest
    if current:
        lines.append(current)
    if len(lines) > rows:
        lines, fit = lines[:rows], CUT
        last = lines[-1].rstrip("-")
        while last and text_width(last + _ELLIPSIS, font) > width:
            last = last[:-1]
        lines[-1] = last.rstrip() + _ELLIPSIS
    return lines or [""], fit


def _fitting(word: str, width: float, font: float) -> int:
    cut = len(word) - 1
    while cut > 1 and text_width(word[:cut] + "-", font) > width:
        cut -= 1
    # One or two letters alone on the next line read badly.
    return max(1, min(cut, len(word) - _TAIL) if cut > _TAIL else cut)
