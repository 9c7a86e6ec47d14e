"""Where each comment begins and ends, if nothing but the lines tells it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from workshopkit.case.importing import greetings, names, signs, speakers
from workshopkit.case.importing.lines import Line
from workshopkit.case.importing.notes import Note
from workshopkit.i18n import N_

__all__ = ["Comment", "split"]

_FEW, _SHORT, _BODY = 6, 12, 20
_FAR = 8
_ME_TOO = re.compile(
    r"(?:ook ik|ik ook|me too|i also|eens\b|agreed|precies|helemaal mee eens|exactly|same here|herkenbaar)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:daarnaast|maar|verder|en|ook|dus|want|tot slot|ten slotte|daarom|bovendien|but|and|also|so|besides|therefore|finally|still|ps)\b",
    re.IGNORECASE,
)
_THANKS = re.compile(r"(?:bedankt|dank|thanks|thank you|succes|good luck)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment.

    Parameters
    ----------
    text
        What it says.
    line
        Where it begins in the file.
    name
        Who wrote it; empty if that does not stand there.
    parent
        The place of the comment under which the page shows it; -1 for the post, None if the page shows no such thing.
    notes
        What is unsure about it.
    """

    text: str
    line: int
    name: str = ""
    parent: int | None = None
    notes: tuple[Note, ...] = field(default=())


def split(lines: Sequence[Line], names: set[str]) -> list[Comment]:
    """Split the lines under a post into comments.

    Parameters
    ----------
    lines
        Of all comments.
    names
        That are known already: a line that speaks to one of them begins a comment.
    """
    if not lines:
        return []
    if _has_headers(lines):
        return _by_headers(lines)
    known = names | {found.name for line in lines if (found := greetings.greeting(line.text)) and found.name}
    starts = _starts(lines, known)
    return [
        _comment(lines[start:end], starts[start])
        for start, end in zip(starts, [*list(starts)[1:], len(lines)], strict=True)
    ]


# With names above them --------------------------------------------------------------------------------------------


def _speaker(lines: Sequence[Line], place: int) -> tuple[str, int, str]:
    """Give who speaks from a line on, how many lines say so, and what is said in the same line."""
    text = lines[place].text
    if name := speakers.header(text):
        return name, 1, ""
    if place + 1 < len(lines) and names.lone_name(text) and speakers.is_date(lines[place + 1].text):
        return text, 2, ""
    name, said = speakers.spoken_by(text)
    return name, 1 if name else 0, said if name else ""


def _has_headers(lines: Sequence[Line]) -> bool:
    return bool(_speaker(lines, 0)[0])


def _by_headers(lines: Sequence[Line]) -> list[Comment]:
    found: list[Comment] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        name, taken, said = _speaker(lines, place)
        place += max(taken, 1)
        body = [said] if said else [] if taken else [line.text]
        while place < len(lines) and not _speaker(lines, place)[0]:
            body.append(lines[place].text)
            place += 1
        body = [text for number, text in enumerate(body) if number or not speakers.is_date(text)]
        if body:
            found.append(Comment("\n".join(body), line.number, name))
    return found


# By how they begin and end ----------------------------------------------------------------------------------------


def _starts(lines: Sequence[Line], names: set[str]) -> dict[int, list[Note]]:
    """Give the places where a comment begins, with what is unsure about it."""
    starts: dict[int, list[Note]] = {}
    level = _separator(lines)
    until = _letter(lines, 0)
    for place in range(len(lines)):
        begins, unsure = (
            (True, None) if not place else _begins(lines, place, names, level, inside=place <= until)
        )
        if begins:
            starts[place] = []
            until = max(until, _letter(lines, place))
        if unsure:
            starts[max(starts)].append(unsure)
    return starts


def _separator(lines: Sequence[Line]) -> int:
    """Give how many blank lines part comments, where some lines have fewer between them; 0 if nothing shows."""
    gaps = {line.gap for line in lines[1:]}
    return max(gaps) if len(gaps) > 1 else 0


def _letter(lines: Sequence[Line], place: int) -> int:
    """Give the last line of a letter: from its greeting to its signature."""
    if not greetings.greeting(lines[place].text) or speakers.closing(lines[place].text)[0]:
        return place
    for end in range(place + 1, min(place + _FAR, len(lines))):
        if greetings.greeting(lines[end].text):
            break
        if speakers.closing(lines[end].text)[0] or _is_signature(lines, end):
            return end
    return place


def _begins(
    lines: Sequence[Line], place: int, names: set[str], level: int, *, inside: bool
) -> tuple[bool, Note | None]:
    """Tell whether a line begins a comment, and whether that is a guess."""
    before, line = lines[place - 1], lines[place]
    greeted = greetings.greeting(before.text)
    if (greeted and greeted.alone) or _signs_off(lines, place):
        return False, None
    if (greets := bool(greetings.greeting(line.text))) or inside:
        return greets, None
    signed = speakers.closing(before.text)[0] or _is_signature(lines, place - 1)
    if signed or greetings.address(line.text, names):
        return True, None
    return (line.gap >= level, None) if level else _guess(before, line)


def _signs_off(lines: Sequence[Line], place: int) -> bool:
    """Tell whether a line only ends what stands before it."""
    line = lines[place]
    is_closing = speakers.closing(line.text)[0] and line.words <= _FEW
    return is_closing or _is_signature(lines, place)


def _is_signature(lines: Sequence[Line], place: int) -> bool:
    """Tell whether a line is a name under a comment; above the comments the first line would be one too."""
    return place > 0 and names.lone_name(lines[place].text) and not names.lone_name(lines[0].text)


def _guess(before: Line, line: Line) -> tuple[bool, Note | None]:
    """Guess by the words: thanks and short additions go on, what answers or is long begins."""
    goes_on = Note(N_("this may be a comment of its own: “{words}”"), {"words": _first(line)}, line.number)
    begins = Note(
        N_("a new comment seems to begin here, without a greeting: “{words}”"),
        {"words": _first(line)},
        line.number,
    )
    talks = signs.emoticon(line.text) or signs.asks_you(line.text) or line.text.endswith(("?", "!"))
    if _ME_TOO.match(line.text):
        return True, begins
    if _GOES_ON.match(line.text) and before.words > _FEW and not line.text.endswith("?"):
        return False, goes_on
    if _THANKS.match(line.text) and line.words <= _SHORT and before.words > _FEW:
        return False, goes_on
    if (
        line.words <= _FEW
        and before.words <= _FEW
        and not talks
        and line.text.endswith(".")
        and before.text.endswith(".")
    ):
        return False, goes_on
    return True, begins


def _comment(lines: Sequence[Line], notes: Sequence[Note]) -> Comment:
    """Make a comment of its lines; a signature is taken off it."""
    kept, name = [line.text for line in lines], ""
    is_closing, signed = speakers.closing(kept[-1])
    if len(kept) > 1 and names.lone_name(kept[-1]) and not greetings.greeting(kept[-1]):
        name = kept.pop()
        if len(kept) > 1 and speakers.closing(kept[-1])[0] and len(kept[-1].split()) <= _FEW:
            kept.pop()
    elif is_closing and len(kept) > 1 and lines[-1].words <= _FEW:
        name = signed
        kept.pop()
    elif is_closing:
        name = signed
    if not name and len(kept) > 1 and names.lone_name(kept[0]):
        name = kept.pop(0)
    return Comment("\n".join(kept), lines[0].number, name, notes=tuple(notes))


def _first(line: Line) -> str:
    words = line.text.split()
    return " ".join(words[:_FEW])[:60] + ("…" if len(words) > _FEW else "")
