"""Where the post ends and the comments begin, if nothing but the lines tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from workshopkit.case.importing import greetings, names, signs, speakers
from workshopkit.case.importing.lines import Line
from workshopkit.case.importing.notes import Note
from workshopkit.i18n import N_

__all__ = ["Parted", "part"]

ENOUGH, CLEAR = 2.0, 3.5
_SHORT, _LONG, _LEAST = 12, 60, 15


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
    cut, told = _cut(kept, {line.number for line in credits})
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
        rest = lines[place + 1 :]
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


def _cut(lines: Sequence[Line], credits: set[int]) -> tuple[int, list[Note]]:
    """Find the first line of the comments."""
    for place, line in enumerate(lines):
        if signs.heading(line.text) and place:
            nothing = not any(one for one in lines[place + 1 :] if not signs.form(one.text))
            return place, [Note(NO_COMMENTS)] if nothing else []
    marked = _first_header(lines)
    if marked:
        return marked, []
    scores = {place: _score(lines, place, credits) for place in range(1, len(lines))}
    if not scores or max(scores.values()) < ENOUGH:
        return len(lines), [Note(NO_COMMENTS)]
    best = max(scores, key=lambda place: (scores[place], -place))
    others = [score for place, score in scores.items() if place != best]
    clear = scores[best] >= CLEAR and max(others, default=0) <= scores[best] - 1
    told = Note(
        N_("the comments seem to begin here: “{words}”"), {"words": _start(lines[best])}, lines[best].number
    )
    return best, [] if clear else [told]


NO_COMMENTS = N_(
    "no comments were found: everything was taken as the post. Put a line “Comments” above the first one if there are any"
)


def _first_header(lines: Sequence[Line]) -> int | None:
    """Find the first line that says who speaks next, or a name above a date."""
    for place, line in enumerate(lines):
        if not place or sum(one.words for one in lines[:place]) < _LEAST:
            continue
        dated = (
            place + 1 < len(lines) and names.lone_name(line.text) and speakers.is_date(lines[place + 1].text)
        )
        last = place + 1 == len(lines)
        if dated or (speakers.header(line.text) and not last):
            return place
    spoken = [place for place, line in enumerate(lines) if place and speakers.spoken_by(line.text)[0]]
    return spoken[0] if len(spoken) > 1 and spoken[-1] - spoken[0] < 3 * len(spoken) else None


def _score(lines: Sequence[Line], place: int, credits: set[int]) -> float:
    """Weigh how much looks as if the comments begin at a line."""
    if sum(line.words for line in lines[:place]) < _LEAST:
        return 0
    before, line = lines[place - 1], lines[place]
    return (
        _end_of_post(before, line, credits)
        + _start_of_talk(line, place, lines)
        - _talk_before(lines[1:place])
    )


def _end_of_post(before: Line, line: Line, credits: set[int]) -> float:
    score = 0.0
    if any(before.number < credit < line.number for credit in credits):
        score += 3
    if signs.question(before.text):
        score += 2 if signs.asks_you(signs.question(before.text)) else 1
    if speakers.closing(before.text)[0] or names.lone_name(before.text):
        score += 1
    return score


def _start_of_talk(line: Line, place: int, lines: Sequence[Line]) -> float:
    score = 0.0
    greeted = greetings.greeting(line.text)
    if greeted:
        score += 2 if greeted.name else 1
    if signs.about_the_post(line.text):
        score += 2
    if line.words <= _LONG and signs.emoticon(line.text):
        score += 1
    score += 0.5 if line.words <= _SHORT else -0.5 if line.words > _LONG else 0
    usual = max((one.gap for one in lines[1:place]), default=0)
    return score + (0.75 if line.gap > usual and place > 1 else 0)


def _talk_before(lines: Sequence[Line]) -> float:
    """Weigh what would stand in the post and looks like talk."""
    return sum(
        2.0 * bool(greetings.greeting(line.text))
        + 0.5 * signs.emoticon(line.text)
        + 1.0 * signs.about_the_post(line.text)
        for line in lines
    )


def _start(line: Line) -> str:
    words = line.text.split()
    return " ".join(words[:6])[:60] + ("…" if len(words) > 6 else "")  # noqa: PLR2004
