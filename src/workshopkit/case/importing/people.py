"""Who is who: the author, the readers who comment, and others who are named, each with a role in place of a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workshopkit.case.importing import greetings, names
from workshopkit.case.importing.names import words
from workshopkit.case.importing.notes import Note
from workshopkit.case.importing.splitting import Comment
from workshopkit.i18n import N_

__all__ = ["AUTHOR", "LIKELY", "OTHER", "People", "meet"]

AUTHOR, LIKELY, OTHER = "author", "author-likely", "other"
_MENTION = re.compile(
    rf"(?:\b(?:(?:eerder|al|already|earlier)\s+(?:bij|door|by|from)|eens met|net als|volgens|dank aan"
    rf"|agree with|thanks to|according to)\s+(?P<a>{names.NAME})"
    rf"|(?P<b>{names.NAME})\s+(?:hierboven|above|below|schrijft|schreef|zegt|zei|noemt|noemde|says|said|wrote|mentioned)\b"
    rf"|(?P<c>{names.NAME})\s+(?:al|ook|hier)?\s*(?:eerder|already|earlier)\b"
    r"|(?<![\w.])@(?P<d>[A-Za-z][\w-]{1,29}))"
)
_CAPITAL = re.compile(r"(?<=[a-zà-ÿ,;] )[A-ZÀ-Þ][a-zà-ÿ]{2,}(?![\w&+])")
# What begins with a capital in the middle of a sentence and is nobody.
_NOBODY = words(
    """
    Amsterdam April August Belgische Christmas December Dutch Easter Engels Engelse English
    Europa Europe Excel Facebook February Friday Google Headline Instagram Internet Intranet
    January July June Kerst Let London March Monday Nederland Nederlands Nederlandse November
    October Outlook Pasen Professional Rotterdam September Sharepoint Slack Teams Thursday
    Tuesday Twitter Utrecht Vlaanderen Wednesday Whatsapp Word Yammer Zoom
    """
)
_COMMON = 2


@dataclass(frozen=True, slots=True)
class People:
    """Everybody who is named.

    Parameters
    ----------
    roles
        By name, as it stands in the text, the role.
    speakers
        For each comment the role of who wrote it.
    addressed
        For each comment the role that it speaks to; empty if it speaks to nobody by name.
    notes
        What is unsure.
    """

    roles: dict[str, str]
    speakers: tuple[str, ...]
    addressed: tuple[str, ...]
    notes: tuple[Note, ...]


def meet(
    post: Sequence[str], comments: Sequence[Comment], author: str, credits: Sequence[str] = ()
) -> People:
    """Find out who is who.

    Parameters
    ----------
    post
        The paragraphs of the post.
    comments
        Those under it.
    author
        The name above or under the post; empty if none stands there.
    credits
        The lines that say who made a picture: they may hold the author's full name.
    """
    greeted = [_greeted(comment) for comment in comments]
    notes: list[Note] = []
    if not author:
        author = _most_addressed(greeted, [comment.name for comment in comments])
        if author:
            notes.append(Note(N_("the author was taken to be the one whom most comments speak to")))
    full = next(
        (
            found[0]
            for line in credits
            if author
            and (
                found := re.search(
                    rf"\b{re.escape(author)}\b(?:\s+(?:[a-z’']{{1,4}}\s+){{0,3}}[A-Z]\w+)?", line
                )
            )
        ),
        author,
    )
    roles: dict[str, str] = {}
    _know(roles, full, AUTHOR)
    speakers: list[str] = []
    for comment in comments:
        role = _role(roles, comment.name) if comment.name else ""
        role = role or f"reader-{len(set(speakers) - {AUTHOR}) + 1}"
        _know(roles, comment.name, role)
        speakers.append(role)
    addressed = []
    for place, (comment, name) in enumerate(zip(comments, greeted, strict=True)):
        vocative = name or greetings.address(comment.text, set(roles))
        role = _role(roles, vocative.lstrip("@")) if vocative else ""
        if vocative and not role:
            role = OTHER
            _know(roles, vocative.lstrip("@"), OTHER)
            notes.append(
                Note(
                    N_("this speaks to somebody who is neither the author nor a reader here"),
                    line=comment.line,
                    comment=place,
                )
            )
        addressed.append(role)
    told = [
        *((text, 0, None) for text in post),
        *((one.text, one.line, at) for at, one in enumerate(comments)),
    ]
    for text, line, at in told:
        for name in _mentions(text):
            if not _role(roles, name):
                _know(roles, name, OTHER)
                notes.append(
                    Note(N_("a name that no comment has was taken for a person"), line=line, comment=at)
                )
    notes += _maybe(post, comments, roles)
    if not author:
        notes.append(Note(N_("nothing tells who the author is")))
    return People(roles, tuple(speakers), tuple(addressed), tuple(notes))


def _greeted(comment: Comment) -> str:
    found = greetings.greeting(comment.text.split("\n", 1)[0])
    return found.name if found else ""


def _most_addressed(greeted: Sequence[str], writers: Sequence[str]) -> str:
    """Give the name that most comments speak to; who wrote a comment before is answered, and need not be the author."""
    counts: Counter[str] = Counter()
    wrote: set[str] = set()
    for name, writer in zip(greeted, writers, strict=True):
        if name and not name.startswith("@") and name.split(maxsplit=1)[0] not in wrote:
            counts[name] += 1
        wrote |= {writer.split(maxsplit=1)[0]} if writer else set()
    return max(counts, key=lambda name: (counts[name], -greeted.index(name)), default="")


def _know(roles: dict[str, str], name: str, role: str) -> None:
    """Learn a name: whole, and by its first part."""
    if not name:
        return
    roles.setdefault(name, role)
    first, _, rest = name.partition(" ")
    roles.setdefault(first, role)
    family = rest.split()[-1] if rest else ""
    if len(family) > _COMMON + 1 and family[0].isupper():
        roles.setdefault(family, role)


def _role(roles: dict[str, str], name: str) -> str:
    """Give the role of a name; two people with one first name are two people if their names are whole."""
    found = roles.get(name, "")
    if found or " " in name:
        if not found and name.split(maxsplit=1)[0] in roles:
            whole = [known for known in roles if known.startswith(f"{name.split(maxsplit=1)[0]} ")]
            return "" if whole else roles[name.split(maxsplit=1)[0]]
        return found
    return next((role for known, role in roles.items() if known.casefold() == name.casefold()), "")


def _mentions(text: str) -> Iterator[str]:
    for found in _MENTION.finditer(text):
        name = found["a"] or found["b"] or found["c"] or found["d"]
        if name.split(maxsplit=1)[0] not in _NOBODY and not names.no_name(name):
            yield name


def _maybe(post: Sequence[str], comments: Sequence[Comment], roles: dict[str, str]) -> Iterator[Note]:
    """Tell which words may be names as well; they were left as they are."""
    found: dict[str, int] = {}
    for text, line in [
        *((text, 0) for text in post),
        *((comment.text, comment.line) for comment in comments),
    ]:
        for word in _CAPITAL.findall(text):
            if word not in _NOBODY and word not in roles and not names.no_name(word):
                found.setdefault(word, line)
    if found:
        words = ", ".join(list(found)[:12])
        yield Note(N_("these words were left in, and may be names: {words}"), {"words": words})
