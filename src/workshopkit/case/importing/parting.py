"""A text in two parts: the post, with what stands around it taken off, and the lines under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from workshopkit.case.importing import boundary, greetings, names, signs, speakers
from workshopkit.case.importing.lines import Line
from workshopkit.case.importing.notes import Note
from workshopkit.i18n import N_

__all__ = ["Parted", "part"]

_SHORT = 12


@dataclass(frozen=True, slots=True)
class Parted:
    """A text in two parts.

    Parameters
    ----------
    title
        Above the post; empty if there is none.
    author
        Who wrote it, where that stands in so many words.
    post, comments
        The lines of both.
    credits
        What was left out because it says who made a picture.
    notes
        What is unsure.
    count
        How many comments there are, by the heading above them; 0 if it does not say.
    """

    title: str
    author: str
    post: tuple[Line, ...]
    comments: tuple[Line, ...]
    credits: tuple[str, ...] = field(default=())
    notes: tuple[Note, ...] = field(default=())
    count: int = 0


def part(lines: Sequence[Line]) -> Parted:
    """Part a text into a post and the comments under it."""
    title, author, left = _top(lines)
    kept, credits = _without_credits(left)
    notes = [
        Note(N_("this seems to say who made a picture; it was left out"), line=line.number)
        for line in credits
    ]
    cut, told = boundary.find(kept, {line.number for line in credits})
    count = next((signs.count(line.text) for line in kept[cut:] if signs.heading(line.text)), 0)
    post, under = list(kept[:cut]), [line for line in kept[cut:] if not signs.heading(line.text)]
    under = _without_form(under)
    signed = _signed(post) if under or len(post) > 1 else ""
    if signed:
        post.pop()
        _bye(post)
    return Parted(
        title,
        author or signed,
        tuple(post),
        tuple(under),
        tuple(line.text for line in credits),
        (*notes, *told),
        count,
    )


def _top(lines: Sequence[Line]) -> tuple[str, str, list[Line]]:
    """Take the title and the author's name from above a text."""
    left, title, author = list(lines), "", ""
    first = left[0] if left else None
    follows = left[1] if len(left) > 1 else None
    if first and follows and first.words <= _SHORT and not first.text.endswith((".", ",", ":", ";", "!")):
        byline = bool(speakers.header(follows.text)) and len(left) > 2  # noqa: PLR2004 - a text under it
        if (follows.words > first.words * 2 or byline) and not greetings.greeting(first.text):
            title = left.pop(0).text
    if len(left) > 1 and speakers.header(left[0].text):
        author = speakers.header(left.pop(0).text)
    while len(left) > 1 and speakers.is_date(left[0].text):
        left.pop(0)
    return title, author, left


def _without_credits(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    kept: list[Line] = []
    credits: list[Line] = []
    for line in lines:
        if signs.picture_credit(line.text) and kept:
            credits.append(line)
        else:
            kept.append(line)
    return kept, credits


def _without_form(lines: list[Line]) -> list[Line]:
    """Leave out buttons, and the form under the comments with what follows it."""
    for place, line in enumerate(lines):
        rest = lines[place + 1 : place + _SHORT + 2]
        if (
            signs.form(line.text)
            and len(rest) <= _SHORT
            and not any(greetings.greeting(one.text) for one in rest)
        ):
            lines = lines[:place]
            break
    return [line for line in lines if not signs.crumb(line.text) and not signs.form(line.text)]


def _signed(post: Sequence[Line]) -> str:
    is_last, name = speakers.closing(post[-1].text) if post else (False, "")
    if is_last and name and post[-1].words <= 7:  # noqa: PLR2004 - a greeting and a long name
        return name
    return post[-1].text if len(post) > 1 and names.lone_name(post[-1].text) else ""


def _bye(post: list[Line]) -> None:
    """Take the last greeting off a post whose signature is gone."""
    if len(post) > 1 and post[-1].words <= 5 and speakers.closing(post[-1].text) == (True, ""):  # noqa: PLR2004
        post.pop()
