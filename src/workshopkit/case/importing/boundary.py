"""Where the post ends and the comments begin: a heading or a header tells it, else many small signs are weighed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from workshopkit.case.importing import greetings, names, signs, speakers
from workshopkit.case.importing.lines import Line
from workshopkit.case.importing.notes import Note
from workshopkit.i18n import N_

__all__ = ["NO_COMMENTS", "find"]

_ENOUGH, _CLEAR = 2.0, 3.5
_SHORT, _LONG, _LEAST, _QUOTED = 12, 60, 15, 6
NO_COMMENTS = N_(
    "no comments were found: everything was taken as the post. Put a line “Comments” above the first one if there are any"
)


def find(lines: Sequence[Line], credits: set[int]) -> tuple[int, list[Note]]:
    """Find the first line of the comments.

    Parameters
    ----------
    lines
        Of the post and the comments.
    credits
        The numbers of the lines, left out here, that say who made a picture: they often stand under a post.

    Returns
    -------
    tuple
        Its place, or the number of lines if there are no comments; and what is unsure.
    """
    for place, line in enumerate(lines):
        if place and signs.heading(line.text):
            under = any(not signs.form(one.text) for one in lines[place + 1 :])
            return place, [] if under else [Note(NO_COMMENTS)]
    # A post of a few words is none: what looks like a comment so early belongs to it.
    words = accumulate(line.words for line in lines)
    first = next((place for place, sum_ in enumerate(words, 1) if sum_ >= _LEAST), len(lines))
    marked = _first_header(lines, first)
    return (marked, []) if marked else _weighed(lines, first, credits)


def _first_header(lines: Sequence[Line], first: int) -> int | None:
    """Find the first line that says who speaks next, or a name above a date."""
    for place in range(first, len(lines) - 1):
        text = lines[place].text
        if speakers.header(text) or (names.lone_name(text) and speakers.is_date(lines[place + 1].text)):
            return place
    spoken = [place for place, line in enumerate(lines) if place and speakers.spoken_by(line.text)[0]]
    return spoken[0] if len(spoken) > 1 and spoken[-1] - spoken[0] < 3 * len(spoken) else None


def _weighed(lines: Sequence[Line], first: int, credits: set[int]) -> tuple[int, list[Note]]:
    """Find the line with the most signs of an end before it and of talk from it on."""
    talk = list(accumulate(map(_talk, lines[1:]), initial=0.0))
    gaps = list(accumulate((line.gap for line in lines[1:]), max, initial=0))
    scores = {
        place: _end_of_post(lines[place - 1], lines[place], credits)
        + _start_of_talk(lines[place])
        + (0.75 if place > 1 and lines[place].gap > gaps[place - 1] else 0)
        - talk[place - 1]
        for place in range(first, len(lines))
    }
    best = max(scores, key=lambda place: (scores[place], -place), default=0)
    if not best or scores[best] < _ENOUGH:
        return len(lines), [Note(NO_COMMENTS)]
    second = max((score for place, score in scores.items() if place != best), default=0)
    if scores[best] >= _CLEAR and second <= scores[best] - 1:
        return best, []
    said = N_("the comments seem to begin here: “{words}”")
    return best, [Note(said, {"words": _start(lines[best])}, lines[best].number)]


def _end_of_post(before: Line, line: Line, credits: set[int]) -> float:
    score = 0.0
    if any(number in credits for number in range(before.number + 1, min(line.number, before.number + 9))):
        score += 3
    if question := signs.question(before.text):
        score += 2 if signs.asks_you(question) else 1
    if speakers.closing(before.text)[0] or names.lone_name(before.text):
        score += 1
    return score


def _start_of_talk(line: Line) -> float:
    score = 0.0
    if greeted := greetings.greeting(line.text):
        score += 2 if greeted.name else 1
    if signs.about_the_post(line.text):
        score += 2
    if line.words <= _LONG and signs.emoticon(line.text):
        score += 1
    return score + (0.5 if line.words <= _SHORT else -0.5 if line.words > _LONG else 0)


def _talk(line: Line) -> float:
    """Weigh how little a line belongs in a post."""
    return (
        2.0 * bool(greetings.greeting(line.text))
        + 0.5 * signs.emoticon(line.text)
        + 1.0 * signs.about_the_post(line.text)
    )


def _start(line: Line) -> str:
    words = line.text.split()
    return " ".join(words[:_QUOTED])[:60] + ("…" if len(words) > _QUOTED else "")
