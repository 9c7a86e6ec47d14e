"""Whether a text seems to name a person, where a role is meant.

It looks for what Dutch and English names look like: a form of address, initials or a given name before a surname, a
surname with its prefix (*van der*, *de*, *'t*), a given name by itself. What looks like an organisation, a place or one
of the map's own labels is none. A guess, made to warn and never to refuse: names that it does not know pass, and who
wrote a role can leave it so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from workshopkit.network.people_words import ALSO_WORDS, GIVEN, STARTS

__all__ = ["named"]

_PREFIX = (
    r"(?:van\s+(?:de[rn]?|'t|’t|het|den)|van|von|v\.d\.|op\s+(?:de[rn]?|'t|’t|het)|in\s+(?:'t|’t|de[rn]?)|uit\s+(?:de[rn]?|'t)"
    r"|aan\s+de[rn]?|de[rn]?|den|ter|ten|te|'t|’t|el|al|ben|bin|la|le|du|da|dos)"
)
_CAPITAL = r"[A-ZÀ-ÖØ-ÞŁŞŠČĆŽİ][\w’'-]*[a-zß-ÿłşšćčžı][\w’'-]*"
_SURNAME = rf"(?:(?i:{_PREFIX})\s+)*{_CAPITAL}"
_ADDRESS = r"(?:[Mm]evrouw|[Mm]evr\.?|[Mm]eneer|[Dd]e\s+heer|[Dd]hr\.?|[Mm]w\.|[Mm]r\.|[Mm]rs\.?|[Mm]s\.|[Mm]iss|[Dd]rs?\.|[Ii]r\.|[Ii]ng\.|[Pp]rof\.)"
_ORGANISATION = re.compile(
    r"(?:raad|bestuur|college|dienst|bureau|afdeling|team|groep|hoofd|directeur|directie|manager|management|ministerie"
    r"|gemeente|provincie|waterschap|huis|wijk|buurt|school|stichting|vereniging|bond|museum|balie|loket|kamer|hotel"
    r"|restaurant|firma|bedrijf|fonds|commissie|kantoor|park|plein|straat|laan|zaal|kerk|centrum|station|ziekenhuis"
    r"|universiteit|academie|dag|week|nacht|koning|koningin|bank|club|partij|staf|chef|lid|voorzitter|begeleider"
    r"|bewoners?|inwoners?|klanten|ouders|ondernemers)\Z"
    r"|.{3,}(?:heid|dienst|teams?|raad|bureau|centrum|zaken|beheer|commissie|bestuur|loket|schap|voorziening|verlening"
    r"|groep|afdeling|panel|huis|fonds|desk|office|board)\Z",
    re.IGNORECASE,
)
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_ADDRESS}\s+(?P<name>(?:[A-Z]\.\s?)*{_SURNAME})",
        rf"(?<![\w.])(?P<name>(?:[A-Z]\.\s?){{1,4}}{_SURNAME})",
        rf"\b(?P<first>{_CAPITAL})\s+(?P<last>(?:(?:{_PREFIX}|El|Al|Ben|Van|De)\s+)*{_CAPITAL})",
    )
)
_WHOLE = re.compile(
    rf"(?:(?:team|groep|ploeg)\s+)?(?P<name>van\s+(?:de[rn]?|'t|’t)\s+{_CAPITAL}(?:-{_CAPITAL})*)\Z",
    re.IGNORECASE,
)
_ALONE = re.compile(_CAPITAL)
MOST = 3


def named(text: str, *, labels: Iterable[str] = ()) -> list[str]:
    """Give what looks like names of people in a text, at most three.

    Parameters
    ----------
    text
        As somebody typed it.
    labels
        What places on the map are called: these are no people.

    Examples
    --------
    >>> named("Fatima belt mevrouw De Jong"), named("De Raad van Bestuur belt de balie")
    (['De Jong', 'Fatima'], [])
    >>> named("Jan van der Meulen"), named("team Van der Valk"), named("hotel Van der Valk")
    (['Jan van der Meulen'], ['Van der Valk'], [])
    """
    words = {word.casefold() for label in labels for word in re.findall(r"\w+", label)}
    found: list[str] = []

    def none(word: str) -> bool:
        return word.casefold() in words or bool(_ORGANISATION.match(word))

    rest = text
    for form in _FORMS:
        for match in form.finditer(rest):
            if "first" in match.groupdict():
                first, last = match["first"], match["last"]
                known = first in GIVEN
                if none(last.split()[-1]) or not (
                    known or (_prefixed(last) and not none(first) and _is_no_start(first))
                ):
                    continue
                name = match[0]
            else:
                name = match["name"]
            found.append(" ".join(name.split()))
        for name in found:
            rest = rest.replace(name, " . ")
    if (whole := _WHOLE.match(rest.strip())) and not none(whole["name"].split()[-1]):
        found.append(whole["name"])
    found += [
        word[0] for word in _ALONE.finditer(rest) if word[0] in GIVEN - ALSO_WORDS and not none(word[0])
    ]
    return list(dict.fromkeys(found))[:MOST]


def _prefixed(last: str) -> bool:
    """Tell whether a surname has a prefix that surnames have and sentences seldom: van, van der, de."""
    return bool(re.match(rf"{_PREFIX}\s", last))


def _is_no_start(word: str) -> bool:
    return word not in STARTS
