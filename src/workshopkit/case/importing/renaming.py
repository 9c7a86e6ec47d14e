"""Names become roles: in the texts nobody is called by name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from workshopkit.case.importing.names import words
from workshopkit.case.importing.people import AUTHOR, LIKELY, OTHER

__all__ = ["label", "renamed", "word"]

_WORDS = {
    "nl": {AUTHOR: "schrijver", OTHER: "iemand", "reader": "lezer"},
    "en": {AUTHOR: "author", OTHER: "somebody", "reader": "reader"},
}
_LABELS = {
    "nl": {AUTHOR: "De schrijver", LIKELY: "Waarschijnlijk de schrijver, in een antwoord", "reader": "Lezer"},
    "en": {AUTHOR: "The author", LIKELY: "Probably the author, in a reply", "reader": "Reader"},
}
_MAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_LINK = re.compile(r"\b(?:https?://|www\.)\S+")
_PHONE = re.compile(r"(?<!\w)(?:\+\d{2}|0)[\d \-]{8,13}\d(?!\w)")
# First names that are words too: at the beginning of a sentence they stay, unless a comma follows.
_ALSO_WORDS = words(
    """
    April Art Bas Beer Bill Bob Chase Dawn Drew Faith Frank Grace Grant Guy Hope Jan Joy June
    Mark Max May Pat Rein Rob Roos Rose Storm Sue Wil Will
    """
)


def word(role: str, lang: str) -> str:
    """Give what somebody with a role is called inside a text.

    Examples
    --------
    >>> word("author", "nl"), word("reader-3", "en")
    ('schrijver', 'reader 3')
    """
    kind, _, number = role.partition("-")
    return f"{_WORDS[lang]['reader']} {number}" if kind == "reader" else _WORDS[lang][role]


def label(role: str, lang: str) -> str:
    """Give what stands above a card.

    Examples
    --------
    >>> label("reader-3", "nl")
    'Lezer 3'
    """
    kind, _, number = role.partition("-")
    return f"{_LABELS[lang]['reader']} {number}" if kind == "reader" else _LABELS[lang][role]


def renamed(text: str, roles: Mapping[str, str], lang: str) -> str:
    """Put roles in place of names, and leave out addresses by which people can be found.

    Examples
    --------
    >>> renamed("Hoi Anna, en Anna’s stuk is goed. Annabel niet. anna@post.nl", {"Anna": "author"}, "nl")
    'Hoi schrijver, en schrijver’s stuk is goed. Annabel niet. (e-mail)'
    """
    text = _MAIL.sub("(e-mail)", text)
    text = _PHONE.sub("(…)", text)
    text = _LINK.sub(lambda found: _link(found[0], roles), text)
    if not roles:
        return text
    names = sorted(roles, key=len, reverse=True)
    pattern = re.compile(rf"(?P<at>@?)(?<![\w-])(?P<name>{'|'.join(map(re.escape, names))})(?![\w-])")

    def put(found: re.Match[str]) -> str:
        name = found["name"]
        if name in _ALSO_WORDS and _is_word(text, found):
            return found[0]
        role = word(roles[name], lang)
        return f"{role[0].upper()}{role[1:]}" if _begins(text, found.start()) else role

    text = pattern.sub(put, text)
    # Who types in a hurry writes no capitals: after a greeting or an @ that is a name all the same.
    low = {name.casefold(): role for name, role in roles.items()}
    loose = re.compile(
        rf"(?P<before>@|\b(?:hoi|hey|hi|hallo|beste|dear|dag|ha)\s+)(?P<name>{'|'.join(map(re.escape, names))})\b",
        re.IGNORECASE,
    )
    return loose.sub(
        lambda found: found["before"].rstrip("@") + word(low.get(found["name"].casefold(), OTHER), lang), text
    )


def _link(link: str, roles: Mapping[str, str]) -> str:
    return "(link)" if any(name.casefold() in link.casefold() for name in roles) else link


def _begins(text: str, place: int) -> bool:
    """Tell whether a sentence begins at a place."""
    before = text[:place].rstrip(" “‘\"'(")
    return not before or before[-1] in ".!?…\n"


def _is_word(text: str, found: re.Match[str]) -> bool:
    return _begins(text, found.start()) and text[found.end() : found.end() + 1] not in {",", "!", ":", ""}
