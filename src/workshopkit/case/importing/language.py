"""In which language a text is written, by the small words that everybody needs."""

from __future__ import annotations

import re

from workshopkit.case.importing.names import words

__all__ = ["guess"]

_DUTCH = words(
    """
    bij dat de die een en er het ik is je maar met naar niet om ons ook op te van voor wat we
    wij zijn
    """
)
_ENGLISH = words(
    """
    a also and are at but for have i is it not of on our that the there this to we what which
    with you
    """
)
_BOTH = _DUTCH & _ENGLISH
_ENOUGH = 3


def guess(text: str) -> tuple[str, bool]:
    """Guess the language of a text, and tell whether the guess is good.

    Examples
    --------
    >>> guess("Wij zijn er niet, maar het is wel de bedoeling van ons.")
    ('nl', True)
    >>> guess("It is what we have, and this is the way that it was.")
    ('en', True)
    >>> guess("Pfff")
    ('nl', False)
    """
    words = re.findall(r"[a-zà-ÿ]+", text[:200_000].casefold())
    dutch = sum(word in _DUTCH - _BOTH for word in words)
    english = sum(word in _ENGLISH - _BOTH for word in words)
    most, least = max(dutch, english), min(dutch, english)
    return "en" if english > dutch else "nl", most >= _ENOUGH and most >= 2 * least
