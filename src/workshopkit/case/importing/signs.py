"""The small signs by which a reader sees what a line is: a credit, a heading, a button, a smile."""

from __future__ import annotations

import re

__all__ = [
    "about_the_post",
    "asks_you",
    "count",
    "crumb",
    "emoticon",
    "form",
    "heading",
    "picture_credit",
    "question",
]

_CREDIT = re.compile(
    r"(?:©|\(c\)|(?:uitgelichte afbeelding|foto(?:[’']?s|grafie|credits?|graaf)?|beeld|afbeelding|illustratie|bron(?: afbeelding| foto)?"
    r"|photo(?:s|graph)?(?: credits?)?|picture(?: credits?)?|images?(?: credits?)?|featured image|header image|illustration|credits?)"
    r"\s*(?::|\bby\b|\bdoor\b|\bvia\b)).{0,160}",
    re.IGNORECASE,
)
_COUNT = r"(?:\d+|een|één|one|two|twee|drie|three|no|geen)"
_HEADING = re.compile(
    rf"\W*(?:{_COUNT}\s+(?:reacties?|comments?|responses?|antwoorden|replies|thoughts? on\b.*|gedachten? over\b.*)(?:\s+(?:op|on|to)\b.*)?"
    r"|(?:alle |all )?(?:reacties?|comments?|responses?|discussie|discussion)(?:\s*\(\d+\))?)\W*",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"\W*(?:geef (?:een|je) reactie|plaats (?:een|je) reactie|laat een reactie achter|leave a (?:reply|comment)|post a comment|add a comment|reageer)\W*.{0,30}",
    re.IGNORECASE,
)
_CRUMB = re.compile(
    r"\W*(?:reply|beantwoorden|antwoorden|reageren|reageer|antwoord|like|likes?: ?\d+|vind ik leuk|delen|share|permalink|report|meld misbruik|log in to reply|bewerken|edit)\W*",
    re.IGNORECASE,
)
_FACE = re.compile(
    r"(?:^|\s)(?:[:;=8xX][’'‑]?[-–o^]?[)(DPpOo/\\|*3\]]+|<3|\^\^|[xX]D)(?=[\s.,!?)]|$)|[\U0001F300-\U0001FAFF\u2600-\u27BF]"
)
_YOU = re.compile(r"\b(?:jullie|jij|je|jou|jouw|you|your)\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:je|jouw|your|this|that|dit|deze|the|nice|great|good|interesting|goed|goede|mooi|mooie|leuk|leuke|sterk|fijn|interessant|interessante)"
    r"\s+(?:\w+\s+)?(?:blog|blogpost|post|artikel|stuk|verhaal|article|piece|story|read)\b",
    re.IGNORECASE,
)


def picture_credit(text: str) -> bool:
    """Tell whether a line says who made a picture."""
    return bool(_CREDIT.fullmatch(text))


def heading(text: str) -> bool:
    """Tell whether a line is the heading above comments.

    Examples
    --------
    >>> [heading(text) for text in ("3 reacties", "Comments (2)", "12 thoughts on “Lines”", "Reacties zijn welkom")]
    [True, True, True, False]
    """
    return bool(_HEADING.fullmatch(text))


def count(text: str) -> int:
    """Give the number in a heading; 0 if there is none."""
    found = re.search(r"\d{1,4}", text)
    return int(found[0]) if found else 0


def question(text: str) -> str:
    """Give the question with which a line ends, if it does; a smile after it does not count.

    Examples
    --------
    >>> question("Zo gaat het. Doe je mee? :-)"), question("Zo gaat het.")
    ('Doe je mee?', '')
    """
    bare = _FACE.sub("", text).strip()
    return re.split(r"(?<=[.!?…])\s+", bare)[-1] if bare.endswith("?") else ""


def form(text: str) -> bool:
    """Tell whether a line asks to write a comment oneself."""
    return bool(_FORM.fullmatch(text))


def crumb(text: str) -> bool:
    """Tell whether a line is a button that came along with the text."""
    return bool(_CRUMB.fullmatch(text))


def emoticon(text: str) -> bool:
    """Tell whether somebody smiles or shouts in a line.

    Examples
    --------
    >>> [emoticon(text) for text in ("ja :-)", "doe eens !!", "zie http://a.b/c", "🙂")]
    [True, True, False, True]
    """
    return bool(_FACE.search(text)) or "!!" in text or "?!" in text or "!?" in text


def asks_you(text: str) -> bool:
    """Tell whether a line speaks to who reads it."""
    return bool(_YOU.search(text))


def about_the_post(text: str) -> bool:
    """Tell whether a line begins by what somebody thinks of the post.

    Examples
    --------
    >>> about_the_post("Mooi stuk, dank"), about_the_post("Nice article!"), about_the_post("Het is een stuk beter")
    (True, True, False)
    """
    return bool(_ABOUT.search(" ".join(text.split()[:14])))
