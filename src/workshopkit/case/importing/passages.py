"""Long paragraphs become passages that a card can hold, cut at the ends of sentences."""

from __future__ import annotations

import re

__all__ = ["passages", "sentences", "title"]

WORDS, MOST_WORDS, MOST_SIGNS = 75, 90, 3500
_SHORTENED = re.compile(
    r"(?:\b(?:bijv|bv|o\.a|m\.a\.w|d\.w\.z|enz|dhr|mevr|mw|drs|ir|dr|mr|mrs|ms|prof|nr|ca|e\.g|i\.e|vs|etc|st|incl|excl)\.|\b[A-Z]\.)$",
    re.IGNORECASE,
)
_END = re.compile(r"(?<=[.!?…])[\"”’')\]]*\s+(?=[\"“‘'(\[]?[^\Wa-zß-ÿ_])")
_TITLE_WORDS, _TITLE_SIGNS = 8, 60


def sentences(text: str) -> list[str]:
    """Split a text at the ends of its sentences.

    Examples
    --------
    >>> sentences("Dat is bijv. Anna. En wie nog? ‘Niemand’, zei hij.")
    ['Dat is bijv. Anna.', 'En wie nog?', '‘Niemand’, zei hij.']
    """
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        if not _SHORTENED.search(text[start : end.start()]):
            found.append(text[start : end.end()].strip())
            start = end.end()
    return [one for one in (*found, text[start:].strip()) if one]


def passages(text: str) -> list[str]:
    """Split a paragraph into passages of about the same length, none much longer than a card.

    Examples
    --------
    >>> [len(one.split()) for one in passages(" ".join(["Een zin van vijf woorden."] * 32))]
    [80, 80]
    """
    words = len(text.split())
    if words <= MOST_WORDS and len(text) <= MOST_SIGNS:
        return [text] if text else []
    wanted = words / max(2, round(words / WORDS))
    found: list[list[str]] = [[]]
    for sentence in sentences(text):
        for piece in _pieces(sentence):
            length, more = _length(found[-1]), len(piece.split())
            # A passage stops where it comes nearest to the wanted length.
            if found[-1] and (
                length + more - wanted > wanted - length or sum(map(len, found[-1])) + len(piece) > MOST_SIGNS
            ):
                found.append([])
            found[-1].append(piece)
    if (
        len(found) > 1
        and _length(found[-1]) < wanted / 3
        and sum(map(len, found[-2] + found[-1])) < MOST_SIGNS
    ):
        found[-2:] = [found[-2] + found[-1]]
    return [" ".join(pieces) for pieces in found]


def _length(pieces: list[str]) -> int:
    return sum(len(piece.split()) for piece in pieces)


def _pieces(sentence: str) -> list[str]:
    """Cut what is far too long for one sentence, at words if there are any."""
    words = [word[start : start + 1000] for word in sentence.split() for start in range(0, len(word), 1000)]
    found: list[list[str]] = [[]]
    length = 0
    for word in words:
        if found[-1] and (len(found[-1]) >= 2 * MOST_WORDS or length + len(word) > MOST_SIGNS // 2):
            found.append([])
            length = 0
        found[-1].append(word)
        length += len(word) + 1
    return [" ".join(piece) for piece in found if piece]


def title(text: str, fallback: str) -> str:
    r"""Give the first words of a text as its title, without the greeting.

    Examples
    --------
    >>> title("Hoi schrijver,\nMooi stuk, met veel dat ik nog niet wist.", "C1")
    'Mooi stuk, met veel dat ik nog…'
    """
    first = re.sub(r"^(?:\w+ ){1,2}(?:schrijver|author|lezer \d+|reader \d+)[,!:.]\s*", "", text)
    first = (sentences(first.replace("\n", " ")) or [first])[0]
    words = first.split()
    short = " ".join(words[:_TITLE_WORDS])[:_TITLE_SIGNS].rstrip(" ,;:-–—")
    if len(words) > _TITLE_WORDS or len(first) > _TITLE_SIGNS:
        short = " ".join(words[: _TITLE_WORDS - 1])[:_TITLE_SIGNS].rstrip(" ,;:.-–—") + "…"
    short = short.rstrip(".")
    return f"{short[0].upper()}{short[1:]}" if short.strip(" .…,;:-–—") else fallback
