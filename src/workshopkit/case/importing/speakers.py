"""Who speaks: the line above a comment, the name before it as in a play, the signature under it."""

from __future__ import annotations

import re

from workshopkit.case.importing import signs
from workshopkit.case.importing.names import CAPITAL, NAME, SMALL, no_name

__all__ = ["closing", "header", "is_date", "spoken_by"]

_MONTH = r"(?:jan|feb|mrt|mar|maart|march|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]*\.?"
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[ ./-]+(?:{_MONTH}|\d{{1,2}})(?:,?[ ./-]+\d{{2,4}})?|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    r"|\d{4}-\d\d-\d\d|vandaag|gisteren|today|yesterday"
    r"|(?:\d+|een|één|an?|one) (?:minu\w+|uur|uren|hours?|dag|dagen|days?|week|weken|weeks|maand\w*|months?|jaar|years?) (?:geleden|ago))"
)
_SAYS = r"(?:says|said|zegt|zei|schreef|schrijft|reageert|reageerde|wrote|writes|replied|antwoordde)"
_BY = r"(?:[Dd]oor|[Bb]y|[Gg]eplaatst door|[Gg]eschreven door|[Pp]osted by|[Ww]ritten by|[Rr]eactie van|[Cc]omment (?:by|from))"
_HEADERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<name>{NAME})\s+{_SAYS}\b.{{0,60}}:?",
        rf"(?P<name>{NAME})\s+(?:op|on)\s+(?i:{_DATE}).{{0,50}}",
        rf"(?P<name>{NAME})\s*[|·•,–—(@-]\s*(?i:{_DATE}).{{0,40}}",
        rf"(?P<name>{NAME})\s+(?i:{_DATE})(?:\s.{{0,25}})?",
        rf"(?i:op|on)\s+(?i:{_DATE}).{{0,25}}?\s{_SAYS}\s+(?P<name>{NAME})\s*:?",
        rf"{_BY}:?\s+(?P<name>{NAME})(?:[\s,|(·–-].{{0,50}})?",
        rf"(?P<name>{NAME})\s*:",
    )
)
_DATE_ALONE = re.compile(rf"(?:op |on )?{_DATE}(?:[ ,|@·-]+(?:om|at|[\d:.]+|uur|am|pm|u\.?))*", re.IGNORECASE)
_SPOKEN = re.compile(rf"(?P<name>{CAPITAL}(?:\s+(?:{SMALL}\s+){{0,3}}{CAPITAL})?):\s+(?=\S)")
_BYE = (
    r"(?:(?:[Mm]et )?(?:[Vv]riendelijke|[Hh]artelijke|[Ww]arme|[Ll]ieve) groet(?:en|jes)?|[Gg]roet(?:en|jes)?|[Gg]r\.?|[Gg]rt?z?\.?|[Mm]vg\.?"
    r"|[Ll]iefs|[Cc]heers|(?:[Kk]ind|[Bb]est|[Ww]arm) (?:regards|wishes)|[Rr]egards|[Bb]est|[Gg]reetings|[Ss]ucces|[Yy]ours)"
)
_CLOSINGS = (
    re.compile(rf"{_BYE}\s*[,.!:]*\s*(?:van |from )?(?P<name>{NAME})?[.!]*(?:\s*\S{{1,3}})?"),
    re.compile(rf"[-–—~]+\s*(?P<name>{NAME})[.!]*"),
)
_CLOSING_INSIDE = re.compile(
    rf"(?:^|[.!?…)\s])\s*(?:{_BYE}\s*[,.!:]*\s+(?:van |from )?|[–—~]\s?)(?P<name>{NAME})[.!]*\s*$"
)
_LONGEST = 110


def header(text: str) -> str:
    """Give the name of who speaks next, if a line says only that.

    Examples
    --------
    >>> header("Anna de Wit op 3 mei 2012 om 10:11 schreef:"), header("Tom says:"), header("Tom said it was late, and so it is")
    ('Anna de Wit', 'Tom', '')
    """
    if len(text) > _LONGEST or signs.heading(text) or signs.picture_credit(text):
        return ""
    for pattern in _HEADERS:
        found = pattern.fullmatch(text)
        if found and not no_name(found["name"]):
            says = (
                pattern is _HEADERS[0]
                and not text.rstrip().endswith(":")
                and not re.search(_DATE, text, re.IGNORECASE)
            )
            return "" if says else found["name"]
    return ""


def spoken_by(text: str) -> tuple[str, str]:
    """Give who speaks and what is said, of a line like those of a play.

    Examples
    --------
    >>> spoken_by("Anna: dat klopt."), spoken_by("Conclusie: het werkt.")
    (('Anna', 'dat klopt.'), ('', 'Conclusie: het werkt.'))
    """
    found = _SPOKEN.match(text)
    if found and not no_name(found["name"]) and not signs.picture_credit(text):
        return found["name"], text[found.end() :]
    return "", text


def closing(text: str) -> tuple[bool, str]:
    """Tell whether a line is the end of a letter, and by whom.

    Examples
    --------
    >>> closing("Groetjes, Anna"), closing("Cheers"), closing("— Jan van der Berg"), closing("Best is it not")
    ((True, 'Anna'), (True, ''), (True, 'Jan van der Berg'), (False, ''))
    >>> closing("Dat werkt bij ons ook. Groet, Bas")
    (True, 'Bas')
    """
    for pattern in _CLOSINGS:
        found = pattern.fullmatch(text)
        if found:
            return True, found["name"] or ""
    found = _CLOSING_INSIDE.search(text[-80:])
    return (True, found["name"]) if found and not no_name(found["name"]) else (False, "")


def is_date(text: str) -> bool:
    """Tell whether a line holds a date and nothing else."""
    return bool(_DATE_ALONE.fullmatch(text))
