"""Who answers whom: as the page nests it, by name, or by how short and near a reply is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workshopkit.case.importing.names import words
from workshopkit.case.importing.notes import Note
from workshopkit.case.importing.people import AUTHOR, LIKELY, OTHER, People
from workshopkit.case.importing.splitting import Comment
from workshopkit.i18n import N_

__all__ = ["Thread", "thread"]

_REPLY = 25
_READ = re.compile(
    r"\b(?:blog|blogpost|artikel|article|je stuk|your piece|je verhaal|your story|je visie|your view|terecht kom)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-zà-ÿ]{4,}")
_COMMON = words(
    """
    about above agree already deze eens eerder from gaan have hebben heeft helemaal hierboven
    maar meer mentioned more naar niet noemde noemt over said says schreef that they this veel
    viel voor waar what with woord word worden wordt wrote zegt zijn zoals
    """
)


@dataclass(frozen=True, slots=True)
class Thread:
    """The conversation.

    Parameters
    ----------
    answers
        For each comment the place of the one that it answers; -1 for the post.
    refers
        For each comment the places of those that it takes up.
    speakers
        For each comment the role of who wrote it.
    notes
        What is unsure.
    """

    answers: tuple[int, ...]
    refers: tuple[tuple[int, ...], ...]
    speakers: tuple[str, ...]
    notes: tuple[Note, ...]


def thread(comments: Sequence[Comment], people: People) -> Thread:
    """Find out which comment answers which."""
    answers: list[int] = []
    speakers = list(people.speakers)
    notes: list[Note] = []
    for place, comment in enumerate(comments):
        answered, guessed = _answered(place, comments, people, speakers, answers)
        answers.append(answered)
        if guessed:
            notes.append(
                Note(
                    N_("this seems to answer comment {number}"), {"number": answered + 1}, comment.line, place
                )
            )
        if guessed and not comment.name:
            speakers[place] = LIKELY
            notes.append(
                Note(
                    N_("who wrote this does not stand there; perhaps the author, in a reply"),
                    line=comment.line,
                    comment=place,
                )
            )
    others = sorted((name for name, role in people.roles.items() if role != AUTHOR), key=len, reverse=True)
    named = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, others)) or '(?!)'})(?!\w)")
    refers: list[tuple[int, ...]] = []
    for place, comment in enumerate(comments):
        found, guessed_too = _taken_up(place, comments, people, speakers, named)
        refers.append(tuple(one for one in found if one != answers[place]))
        if guessed_too and refers[-1]:
            notes.append(
                Note(
                    N_("this seems to take up comment {number}"),
                    {"number": refers[-1][0] + 1},
                    comment.line,
                    place,
                )
            )
    return Thread(tuple(answers), tuple(refers), tuple(speakers), tuple(notes))


def _answered(
    place: int, comments: Sequence[Comment], people: People, speakers: Sequence[str], answers: Sequence[int]
) -> tuple[int, bool]:
    """Give what a comment answers, and whether that is a guess."""
    comment = comments[place]
    if comment.parent is not None:
        return (comment.parent, False) if comment.parent < place else (-1, False)
    to = people.addressed[place]
    if to not in ("", AUTHOR, OTHER):
        earlier = [one for one in range(place) if speakers[one] == to]
        if earlier:
            return earlier[-1], False
    if to or not place:
        return -1, False
    if speakers[place] == AUTHOR:
        return place - 1, True
    short = len(comment.text.split()) <= _REPLY
    if short and answers[place - 1] == -1 and not _READ.search(comment.text):
        return (place - 1, True) if not comment.name or _is_talk(comment.text) else (-1, False)
    return -1, False


def _is_talk(text: str) -> bool:
    """Tell whether a short comment with a name under it sounds like an answer to the one before."""
    return text.endswith("?") or bool(
        re.match(
            r"(?:haha|precies|eens|klopt|exactly|agreed|dat|that|same|true|inderdaad|indeed)\b",
            text,
            re.IGNORECASE,
        )
    )


def _taken_up(
    place: int, comments: Sequence[Comment], people: People, speakers: Sequence[str], named: re.Pattern[str]
) -> tuple[list[int], bool]:
    """Give the comments that a comment names the writers of, or, if nobody here has the name, that share its words."""
    text = comments[place].text
    found: list[int] = []
    unknown = ""
    for name in dict.fromkeys(named.findall(text)):
        role = people.roles[name]
        earlier = [one for one in range(place) if speakers[one] == role]
        if earlier and earlier[-1] not in found:
            found.append(earlier[-1])
        elif role == OTHER:
            unknown = unknown or name
    if found or not unknown:
        return sorted(found), False
    sentence = next((one for one in re.split(r"(?<=[.!?])\s+", text) if unknown in one), text)
    words = {
        word
        for word in _WORD.findall(sentence.casefold())
        if word not in _COMMON and word != unknown.casefold()
    }
    shared = [(sum(word in comments[one].text.casefold() for word in words), -one) for one in range(place)]
    best = max(shared, default=(0, 0))
    return ([-best[1]], True) if best[0] else ([], False)
