"""Names that may stand for the same place: "Comms" and "Communicatie", "HR" and "Human Resources".

Two names are alike if, without accents, capitals, signs and small words, they are the same; if one is the initials of
the other; if one is the beginning of the other, but for its last letter; or if they differ in one word by a slip of the
pen (`difflib` finds at least four fifths of the letters again). Numbers and points of the compass make a difference.
What only a person can know stays unsaid: "KCC" is not found beside "Klantcontactcentrum", which is one word. Nothing is
ever joined here: somebody looks and decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from difflib import SequenceMatcher
from itertools import combinations

__all__ = ["alike", "similar"]

# What names a kind of place rather than the place, and what only binds words.
_SMALL = frozenset({
    "de", "het", "een", "en", "van", "voor", "the", "a", "an", "and", "of", "for", "to",
    "team", "teams", "afdeling", "dienst", "bureau", "cluster", "unit", "department", "dept",
})  # fmt: skip
_COMPASS = re.compile(r"(noord|oost|zuid|west|north|east|south|midden|centrum|central)+\Z")
_BEGINNING, _SLIP, _LIKENESS, _INITIALS = 4, 5, 0.8, 5


def alike(one: str, other: str) -> bool:
    """Tell whether two names may stand for the same place.

    Examples
    --------
    >>> alike("Comms", "Communicatie"), alike("HR", "Human Resources"), alike("Café", "CAFE")
    (True, True, True)
    >>> alike("Team 1", "Team 2"), alike("Wijkteam Noord", "Wijkteam Zuid"), alike("Markt", "Personeel")
    (False, False, False)
    """
    return _alike(_words(one), _words(other))


def similar(names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Give the pairs of places whose names are alike.

    Parameters
    ----------
    names
        By id, what people call it.

    Returns
    -------
    list of (id, id)
        In the order of the names.

    Examples
    --------
    >>> similar({"a": "Front desk", "b": "Residents", "c": "The front-desk"})
    [('a', 'c')]
    """
    words = {id: _words(name) for id, name in names.items()}
    return [(a, b) for a, b in combinations(words, 2) if _alike(words[a], words[b])]


def _words(name: str) -> tuple[str, ...]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(c))
    # P&O and H.R. are one word each.
    found = re.findall(r"[^\W_]+", re.sub(r"(?<=\b\w)[&.](?=\w\b)", "", plain))
    return tuple(word for word in found if word not in _SMALL) or tuple(found)


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if not one or not other:
        return False
    if "".join(one) == "".join(other):
        return True
    short, long = sorted((one, other), key=lambda words: (len(words), len("".join(words))))
    if len(short) < len(long):
        return len(short) == 1 and len(short[0]) <= _INITIALS and short[0] == "".join(w[0] for w in long)
    differing = [pair for pair in zip(short, long, strict=True) if pair[0] != pair[1]]
    if any(_COMPASS.match(word) for pair in differing for word in pair):
        return False
    return len(differing) == 1 and (_begins(*differing[0]) or _slips(*differing[0]))


def _begins(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    begin = max(_BEGINNING, len(short) - 1)
    return (
        len(long) > len(short) + 1
        and short.isalpha()
        and short[:begin] == long[:begin]
        and len(short) >= begin
    )


def _slips(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SLIP or abs(len(one) - len(other)) > 2 or not (one + other).isalpha():  # noqa: PLR2004
        return False
    found = SequenceMatcher(None, one, other, autojunk=False)
    return found.quick_ratio() >= _LIKENESS and found.ratio() >= _LIKENESS
