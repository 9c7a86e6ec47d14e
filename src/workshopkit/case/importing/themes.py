"""Themes that a passage may be about, proposed by the words in it; a person decides."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

__all__ = ["OTHER", "THEMES", "Theme", "propose"]

OTHER = "other"
_MOST = 3


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme.

    Parameters
    ----------
    label, question
        By language: what it is called, and what a card about it asks.
    words
        By language, how the words begin that point to it; a space stands for any space, a ``$`` ends a word.
    acts
        That a card about it feeds, besides the reading.
    """

    label: Mapping[str, str]
    question: Mapping[str, str]
    words: Mapping[str, str]
    acts: tuple[str, ...] = ()


def _theme(label: str, nl: tuple[str, str], en: tuple[str, str], *acts: str) -> Theme:
    dutch, english = label.split(" / ")
    return Theme({"nl": dutch, "en": english}, {"nl": nl[0], "en": en[0]}, {"nl": nl[1], "en": en[1]}, acts)


# In the order in which they win from each other: what is rare in texts before what is common.
THEMES: dict[str, Theme] = {
    "crooked-line": _theme(
        "Kromme lijnen / Crooked lines",
        (
            "Welke lijn bij ons lijkt recht, en is het niet?",
            "krom|communicatielijn|kwijtgeraakt|komt? niet aan|kwam niet aan|kwamen niet aan|nooit aan|niet bereik|lijnen|aankomt|aankwam|doorverteld",
        ),
        (
            "Which line with us seems straight, and is not?",
            "crooked|bent$|never arriv|not arriv|did not reach|never reach|got lost|lines of|straight line|get through|garbled",
        ),
        *("lines", "silos"),
    ),
    "circle": _theme(
        "Rondjes / Going round in circles",
        (
            "Waar gaat bij ons een bericht rond zonder dat iemand buiten er iets van merkt?",
            "cirkel|rondje|in het rond|kringetje|gaat rond|rondlopen|rondgestuurd|cc$",
        ),
        (
            "Where does a message go round with us, while nobody outside notices?",
            "circle|round and round|going round|loop|cc$|merry-go",
        ),
        "silos",
    ),
    "silo": _theme(
        "Silo’s / Silos",
        (
            "Welke twee teams zouden hiervan moeten weten, en weten het niet?",
            "silo|verkokerd|koker|eilandje|eilanden|eigen toko|langs elkaar heen",
        ),
        (
            "Which two teams should know of this, and do not?",
            "silo|own island|islands|compartment|side by side|stovepipe",
        ),
        *("silos", "breakthrough"),
    ),
    "wall": _theme(
        "Muurtjes / Little walls",
        (
            "Welk muurtje staat er tussen ons en wie we nodig hebben?",
            "muur|muren|drempel|schot$|schotten|barrière|grenzen tussen|hek$",
        ),
        (
            "Which little wall stands between us and those we need?",
            "wall$|walls|barrier|fence|threshold|border",
        ),
        *("silos", "breakthrough"),
    ),
    "cutback": _theme(
        "Minder geld / Less money",
        (
            "Wat kan er bij ons ook met minder?",
            "bezuinig|minder geld|krimp|budget|reorganis|beperkte middelen|inkrimp|te weinig geld|te weinig mensen",
        ),
        (
            "What can be done with less, with us?",
            "cutback|cuts$|budget|less money|fewer people|austerity|reorgani|redundan|limited means",
        ),
        "breakthrough",
    ),
    "cost": _theme(
        "Wat niets lijkt te kosten / What seems to cost nothing",
        (
            "Wat kost dit ons aan uren, ook al staat er geen prijs op?",
            "kost |kosten|gratis|voor niks|kost niets|kostte|uren kwijt|tijd kwijt",
        ),
        (
            "What does this cost us in hours, though no price is on it?",
            "cost|for free|free of charge|hours|price$|expensive|cheap",
        ),
        "breakthrough",
    ),
    "small-steps": _theme(
        "Kleine stappen / Small steps",
        (
            "Welk klein stapje kan morgen?",
            "kleine stap|stapje|stap voor stap|klein begin|begin klein|concrete|proef",
        ),
        (
            "Which small step can be taken tomorrow?",
            "small step|step by step|start small|begin small|little by little|concrete|pilot|try out|trial",
        ),
        *("breakthrough", "agreements"),
    ),
    "agreement": _theme(
        "Afspreken en doen / Agreeing and doing",
        (
            "Wat spreken wij hierover af, en met wie?",
            "afspra|afspreken|spreken we af|aan de slag|doen we|ik ga |we gaan|doe mee|meedoen|doe graag|let’s do|volgende week",
        ),
        (
            "What do we agree about this, and with whom?",
            "agree to|agreement|let’s do|let's do|i will|we will|promise|next week|count me in|i am in|i’m in|i'm in|join",
        ),
        "agreements",
    ),
    "detour": _theme(
        "Een omweg die werkt / A detour that works",
        (
            "Welk bericht kwam bij ons juist door een omweg aan?",
            "omweg|toevallig|via via|via een|bij toeval|wandelgang|koffieautomaat|kwam ik het te weten|achteraf gehoord|via mijn|doorgestuurd",
        ),
        (
            "Which message reached us just because of a detour?",
            "detour|by chance|by accident|grapevine|corridor|coffee machine|happened to|second hand|forwarded|through a friend|via a",
        ),
        *("lines", "silos"),
    ),
    "core-shell": _theme(
        "Kern en buitenkant / Core and outside",
        (
            "Wat zit bij ons nog aan de buitenkant en hoort in de kern?",
            "kern$|de kern|schil|buitenkant|erbij geplakt|achteraf|vanaf het begin|sausje",
        ),
        (
            "What is still on the outside with us and belongs in the core?",
            "core$|the core|shell|outside$|afterthought|from the start|from the beginning|bolted on|veneer",
        ),
    ),
    "visibility": _theme(
        "Zichtbaar worden / Becoming visible",
        (
            "Wat wordt hier zichtbaar dat wij liever niet zien?",
            "zichtba|pijnlijk|laten zien|laat zien|zie je|opvall|aan het licht|blijkt|onzichtbaar",
        ),
        (
            "What becomes visible here that we would rather not see?",
            "visib|painful|shows$|you see|to see|come to light|turns out|transparen|reveal",
        ),
        "silos",
    ),
    "channel": _theme(
        "Kanalen / Channels",
        (
            "Welk kanaal gebruiken wij, en wie bereiken we er niet mee?",
            "kanaal|kanalen|mail|intranet|nieuwsbrief|app$|apps$|twitter|facebook|linkedin|platform|social|teams$|prikbord|memo|folder",
        ),
        (
            "Which channel do we use, and whom does it not reach?",
            "channel|mail|intranet|newsletter|app$|apps$|twitter|facebook|linkedin|platform|social media|noticeboard|memo|leaflet|slack$",
        ),
        "lines",
    ),
    "goal": _theme(
        "Het gedeelde doel / The shared goal",
        (
            "Welk doel delen wij met het team naast ons?",
            "doel$|doelen|doelstelling|gemeenschappelijk|resultaat|resultaten|waarvoor we|klant|bewoner|patiënt|cliënt",
        ),
        (
            "Which goal do we share with the team next to us?",
            "goal|purpose|aim$|aims$|objective|result|customer|client|resident|patient",
        ),
        *("breakthrough", "agreements"),
    ),
    "together": _theme(
        "Samen / Together",
        (
            "Met wie zouden wij dit samen kunnen doen?",
            "samen|met elkaar|elkaar|krachten bundel|gezamenlijk|collega",
        ),
        (
            "With whom could we do this together?",
            "together|each other|join forces|colleague|cooperat|collaborat|team up|shared",
        ),
        "agreements",
    ),
    "people": _theme(
        "Mensen / People",
        (
            "Waar zien wij bij ons de mens achter het bericht?",
            "mens$|mensen|menselijk|gezicht|gevoel|vertrouw|bang|luister",
        ),
        (
            "Where do we see the person behind the message?",
            "people|human|person|face to face|feeling|trust|afraid|listen",
        ),
    ),
    "trade": _theme(
        "Het vak / The trade",
        (
            "Waar zijn wij goed in, en wie weet dat?",
            "vak$|vakgenoot|expert|adviseur|deskundig|beroep|communicatie|ervaring",
        ),
        (
            "What are we good at, and who knows it?",
            "trade$|profession|expert|adviser|advisor|consultant|skill|communication|experience",
        ),
    ),
    "humour": _theme(
        "Humor / Humour",
        (
            "Waar lachen wij hierom, en wat zit er onder de grap?",
            "haha|grap|zucht|lekker makkelijk|😉|😀|🙂|knipoog",
        ),
        (
            "What makes us laugh here, and what is under the joke?",
            "haha|joke|sigh|so easy|lol$|😉|😀|🙂|wink",
        ),
    ),
    OTHER: _theme(
        "Nog te kiezen / Still to choose",
        ("Wat herkennen wij hiervan bij ons?", ""),
        ("What of this do we recognise with us?", ""),
    ),
}


@cache
def _pattern(name: str, lang: str) -> re.Pattern[str]:
    words = "|".join(
        re.escape(word.removesuffix("$")).replace(r"\ ", r"\s+") + (r"\b" if word.endswith("$") else "")
        for word in THEMES[name].words[lang].split("|")
    )
    return re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE)


def propose(text: str, lang: str) -> tuple[str, ...]:
    """Propose themes for a text, the strongest first.

    Examples
    --------
    >>> propose("Afdelingen zijn eilandjes, met muren ertussen.", "nl")
    ('silo', 'wall')
    >>> propose("Hm.", "en")
    ('other',)
    """
    counts = {
        name: len({found.casefold() for found in _pattern(name, lang).findall(text)})
        for name in THEMES
        if name != OTHER
    }
    found = sorted((name for name in counts if counts[name]), key=lambda name: -counts[name])
    return tuple(found[:_MOST]) or (OTHER,)
