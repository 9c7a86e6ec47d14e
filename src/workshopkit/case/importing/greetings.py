"""Whom a line speaks to: a greeting at its beginning, or a name among its first words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workshopkit.case.importing.names import CAPITAL, NAME, no_name, words

__all__ = ["Greeting", "address", "greeting"]

_HELLO = r"(?:[Hh]ey+|[Hh]e[eé]|[Hh]é|[Hh]oi|[Hh]i|[Hh]ello|[Hh]allo|[Hh]a|[Bb]este|[Dd]ear|[Dd]ag|[Gg]oede(?:morgen|middag|navond)|[Gg]ood (?:morning|afternoon|evening)|[Yy]o|[Ll]ieve)"
_AH = r"(?:[Aa]ch|[Aa]h|[Oo]h|[Nn]ou|[Jj]a|[Tt]ja|[Hh]aha|[Tt]hanks|[Tt]hank you|[Bb]edankt|[Dd]ank(?: je(?: wel)?|jewel| u)?|[Ss]orry|[Ww]ell|[Yy]es|[Nn]o|[Nn]ee|[Hh]elemaal eens|[Ee]ens|[Pp]recies|[Kk]lopt|[Aa]greed|[Tt]rue|[Mm]ooi|[Gg]oed stuk|[Ll]euk stuk|[Nn]ice one|[Gg]reat post)"
_GREETINGS = (
    re.compile(rf"{_HELLO}\s+(?P<name>{NAME})(?P<end>\s*[,!.:;–—-]+|\s*$)"),
    re.compile(r"(?i:hoi|hey|hi|hallo|beste|dear|dag)\s+(?P<name>[a-zà-ÿ]{2,20})(?P<end>\s*,|\s*$)"),
    re.compile(rf"{_AH},?\s+(?P<name>{CAPITAL})(?P<end>\s*[,!.:;–—]+)"),
    re.compile(r"(?P<name>@[\w.-]{2,30})(?P<end>\s*[,:!]?)"),
)
_GROUPS = words(
    """
    all allemaal allen collega collegas daar everybody everyone folks friends guys hallo
    iedereen lezer lezers mensen mij reader readers team there wij you
    """
)
# After these words a name is that of who wrote it: “good piece Anna”.
_THINGS = words(
    """
    article artikel bezig blog blogpost eens gedaan geschreven gezegd job one piece point post
    punt question said story stuk verhaal vraag work
    """
)


@dataclass(frozen=True, slots=True)
class Greeting:
    """Whom a line speaks to.

    Parameters
    ----------
    name
        Empty if it speaks to everybody.
    alone
        Whether the line holds the greeting and nothing else.
    """

    name: str
    alone: bool


def greeting(text: str) -> Greeting | None:
    """Find the greeting with which a line begins.

    Examples
    --------
    >>> greeting("Hey Anna,").name, greeting("Ach Bas, wat zou het").name, greeting("@Bas: ja").name
    ('Anna', 'Bas', '@Bas')
    >>> greeting("Hi all, thanks").name, greeting("Mooi stuk, hoor") is None
    ('', True)
    """
    for pattern in _GREETINGS:
        found = pattern.match(text)
        group = found is not None and found["name"].casefold() in _GROUPS
        if found and (group or not no_name(found["name"].title())):
            return Greeting("" if group else found["name"], alone=not text[found.end() :].strip())
    return None


def address(text: str, names: set[str]) -> str:
    """Give the known name that a line speaks to in its first words, by comma or by praise; else nothing.

    Examples
    --------
    >>> address("Goed blog Anna en ja", {"Anna"}), address("Ik sprak gisteren nog met Anna", {"Anna"})
    ('Anna', '')
    """
    first = text.split()[:5]
    for place, word in enumerate(first):
        bare = word.strip(",.!?:;")
        if bare in names and (word != bare or (place > 0 and first[place - 1].casefold() in _THINGS)):
            return bare
    return ""
