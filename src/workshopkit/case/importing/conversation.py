"""A source as a conversation: the post, the comments, who speaks, whom each answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workshopkit.case.importing import people, replies
from workshopkit.case.importing.boundary import NO_COMMENTS
from workshopkit.case.importing.lines import Line, lines_of
from workshopkit.case.importing.notes import Note
from workshopkit.case.importing.parting import Parted, part
from workshopkit.case.importing.reading import Source
from workshopkit.case.importing.splitting import Comment, split
from workshopkit.case.importing.webpage import Page, read_page
from workshopkit.errors import UsageError
from workshopkit.i18n import N_

__all__ = ["Conversation", "converse"]

_MOST = 2000


@dataclass(frozen=True, slots=True)
class Conversation:
    """A post and the comments under it.

    Parameters
    ----------
    title, author
        Of the post; empty where nothing tells them.
    post
        Its paragraphs.
    comments
        Under it, in their order.
    speakers, answers, refers
        For each comment the role of who wrote it, the place of the one that it answers (-1: the post), and the places
        of those that it takes up.
    roles
        By name, the role.
    notes
        What is unsure.
    """

    title: str
    author: str
    post: tuple[Line, ...]
    comments: tuple[Comment, ...]
    speakers: tuple[str, ...]
    answers: tuple[int, ...]
    refers: tuple[tuple[int, ...], ...]
    roles: dict[str, str]
    notes: tuple[Note, ...]


def converse(source: Source, name: str) -> Conversation:
    """Find the conversation in what was read.

    Raises
    ------
    UsageError
        If nothing but signs and buttons stands there.
    """
    parted, comments = _parts(source, name)
    if not parted.post:
        raise UsageError(N_("There is no text in {file} that could be a post."), file=name)
    notes = [*parted.notes, *(note for comment in comments for note in comment.notes)]
    if not comments and not any(note.message == NO_COMMENTS for note in notes):
        notes.append(Note(NO_COMMENTS))
    if parted.count and parted.count != len(comments):
        said = N_("the heading says that there are {count} comments; {found} were found")
        notes.append(Note(said, {"count": parted.count, "found": len(comments)}))
    notes = [_placed(note, comments) for note in notes]
    known = people.meet([line.text for line in parted.post], comments, parted.author, parted.credits)
    talk = replies.thread(comments, known)
    numbers = _numbers(talk.speakers)
    return Conversation(
        parted.title,
        next((named for named, role in known.roles.items() if role == people.AUTHOR), ""),
        parted.post,
        tuple(comments),
        tuple(numbers.get(role, role) for role in talk.speakers),
        talk.answers,
        talk.refers,
        {named: numbers.get(role, role) for named, role in known.roles.items()},
        (*notes, *known.notes, *talk.notes),
    )


def _parts(source: Source, name: str) -> tuple[Parted, list[Comment]]:
    page = read_page(source.text, name) if source.is_page else Page("", "", tuple(lines_of(source.text)), ())
    notes = (
        [Note(N_("only the first {count} lines were read"), {"count": _MOST})]
        if len(page.lines) > _MOST
        else []
    )
    if page.comments:
        parted = _around(page.title, page.author, page.lines[:_MOST])
        return replace(parted, notes=(*parted.notes, *notes)), list(page.comments)
    parted = part(page.lines[:_MOST])
    parted = replace(parted, title=parted.title or page.title, notes=(*parted.notes, *notes))
    return parted, split(parted.comments, {parted.author} - {""})


def _around(title: str, author: str, lines: Sequence[Line]) -> Parted:
    """Take what stands around the post of a page off it; where it ends the page tells."""
    found = part(lines)
    kept = tuple(note for note in found.notes if note.message != NO_COMMENTS and not note.values)
    whole = (*found.post, *found.comments)
    return Parted(title or found.title, author or found.author, whole, (), found.credits, kept)


def _placed(note: Note, comments: Sequence[Comment]) -> Note:
    """Give a note with the comment that it is about."""
    about = [place for place, comment in enumerate(comments) if note in comment.notes]
    return Note(note.message, note.values, note.line, about[0]) if about else note


def _numbers(speakers: Sequence[str]) -> dict[str, str]:
    """Give the readers new numbers, where some turned out to be somebody else."""
    readers = list(dict.fromkeys(role for role in speakers if role.startswith("reader-")))
    return {role: f"reader-{number}" for number, role in enumerate(readers, 1)}
