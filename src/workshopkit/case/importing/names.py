"""What looks like somebody's name."""

from __future__ import annotations

import re

__all__ = ["CAPITAL", "NAME", "SMALL", "lone_name", "no_name", "words"]


def words(text: str) -> frozenset[str]:
    """Give the words of a list."""
    return frozenset(text.split())


CAPITAL = r"(?:[OD][’'])?[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+(?:-[A-ZÀ-ÖØ-Þ]?[a-zà-öø-ÿ]+)*"
SMALL = r"(?:[Vv]an|[Dd]e|[Dd]er|[Dd]en|[Hh]et|[Tt]er|[Tt]en|[Tt]e|[’']t|[Ii]n|[Oo]p|[Ll]a|[Ll]e|[Dd]u|[Vv]on|[Ee]l|[Aa]l)"
# Jan, Jan-Willem, Jan van der Berg, Jan B.
NAME = rf"{CAPITAL}(?:\s+(?:{SMALL}\s+){{0,3}}(?:{CAPITAL}|[A-Z]\.))?(?:\s+{CAPITAL})?"
_SHORT = 40
# What begins a line or a sentence with a capital, and is nobody.
_NO_NAMES = words(
    """
    Ik I Jij Je Wij Jullie Men Als En Maar Niemand Nobody Everybody Mensen People Collega Ooit Toen Gisteren Zo Dan Daar
    Hier Nu Nog Ook Alles Niets Hoe Waar Waarom And But So If When Then There Here How Why Where Which Some Many All
    Agreed Answer Antwoord Auteur Author Beantwoorden Bedankt Bron Comments Conclusie Conclusion
    Dank Dat Date Datum De Dit Een Eens Er Everyone Foto Great Haha He Het Hij Iedereen Iemand
    Indeed Inderdaad Inleiding It Ja Kortom Let Leuk Mijn Mooi My Nee Nice No Note Ons Onze Our
    Prachtig Precies Ps Question Reactie Reacties Reply Samenvatting She Someone Summary Thanks
    That The They This Tip Titel Title Update Vraag Wat We What Who Wie Yes You Ze Zij
    """
)


def lone_name(text: str) -> bool:
    """Tell whether a line could be a name and nothing else."""
    return len(text) < _SHORT and bool(re.fullmatch(NAME, text)) and not no_name(text)


def no_name(name: str) -> bool:
    """Tell whether something that looks like a name is none."""
    return name.split(maxsplit=1)[0] in _NO_NAMES
