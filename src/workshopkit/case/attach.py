"""An original text beside a case: which passage of it belongs to which item, kept on this computer alone.

Sentences go to items in the order of both, so that together they share as many words as they can: a sum that is
made largest by dynamic programming. Rare words count for more, and words that the case quotes count double.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from workshopkit.case import originals
from workshopkit.case.importing import language, reading
from workshopkit.case.importing.conversation import converse
from workshopkit.case.importing.passages import sentences
from workshopkit.case.model import Case, Item
from workshopkit.errors import UsageError
from workshopkit.i18n import N_

__all__ = ["Attached", "align", "attach"]

_MOST_SENTENCES = 4000
_STEM = 5
# What it costs to leave an item out, to change item inside a paragraph or a comment, and to cross from post to comment.
_SKIP, _INSIDE_POST, _INSIDE_SENTENCE, _INSIDE_COMMENT, _ONE_FOR_TWO, _CROSS = 0.6, 0.05, 0.2, 1.5, 0.8, 6.0
_QUOTED, _LEAST = 2.0, 0.05
_CLAUSE = 6
_JOINS = {"en", "maar", "zodat", "want", "dus", "and", "but", "so", "because", "which"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the original, or a clause of a long one.

    Parameters
    ----------
    text
        As it stands there.
    part
        ``"post"`` or ``"comment"``.
    begins
        Whether it begins a paragraph or a comment.
    whole
        Whether it begins a sentence; false where a long one was cut at a clause.
    line
        A number that sentences of one line share.
    """

    text: str
    part: str
    begins: bool
    whole: bool
    line: int


@dataclass(frozen=True, slots=True)
class Attached:
    """What was kept.

    Parameters
    ----------
    passages
        By item, its passage of the original.
    lacking
        The items for which nothing was found.
    file
        Where it is kept.
    """

    passages: dict[str, str]
    lacking: tuple[str, ...]
    file: Path


def attach(content: bytes, name: str, case: Case) -> Attached:
    """Align an original to a case and keep it for this user.

    Raises
    ------
    UsageError
        If it cannot be read, or if it is not the original of this case.
    """
    passages = align(content, name, case)
    lacking = tuple(id for id in case.items if id not in passages)
    if len(passages) * 4 < len(case.items):
        raise UsageError(
            N_("{file} does not look like the original of the case {case}. Nothing was kept."),
            file=name,
            case=case.id,
        )
    return Attached(passages, lacking, originals.keep(case.id, passages))


def align(content: bytes, name: str, case: Case) -> dict[str, str]:
    """Find the passage of an original that each item retells.

    Parameters
    ----------
    content, name
        The original, as `workshopkit.case.importing.draft` takes it.
    case
        Whose items are looked for.

    Returns
    -------
    dict
        By item, its passage; without the items for which there is none.
    """
    source = reading.read(content, name)
    guessed, _ = language.guess(source.text)
    lang = guessed if guessed in case.languages else case.languages[0]
    talk = converse(source, name)
    told = [
        *(("post", line.text) for line in talk.post),
        *(("comment", comment.text) for comment in talk.comments),
    ]
    found = [
        Sentence(clause, part, begins=not number, whole=whole, line=line)
        for line, (part, text) in enumerate(told)
        for number, (clause, whole) in enumerate(_clauses(text))
    ][:_MOST_SENTENCES]
    items = list(case.items.values())
    likes = _likes(found, items, lang)
    passages: dict[str, list[Sentence]] = {}
    total: dict[str, float] = {}
    for place, one in enumerate(_best(found, items, likes)):
        passages.setdefault(items[one].id, []).append(found[place])
        total[items[one].id] = total.get(items[one].id, 0) + likes[place][one]
    return {id: _joined(passage) for id, passage in passages.items() if total[id] >= _LEAST}


def _clauses(text: str) -> Iterator[tuple[str, bool]]:
    """Give the sentences of a text, long ones clause by clause, with whether a sentence begins there."""
    for sentence in (one for row in text.split("\n") for one in sentences(row)):
        words: list[str] = []
        whole, left = True, sentence.split()
        for place, word in enumerate(left):
            if word.strip("–—") in _JOINS and len(words) >= _CLAUSE and len(left) - place > _CLAUSE:
                yield " ".join(words), whole
                words, whole = [], False
            words.append(word)
        yield " ".join(words), whole


def _joined(passage: Sequence[Sentence]) -> str:
    text = passage[0].text
    for before, sentence in pairwise(passage):
        text += (" " if before.line == sentence.line else "\n") + sentence.text
    return text


def _words(text: str) -> set[str]:
    return {word[:_STEM] for word in re.findall(r"[^\W_]{3,}", text.casefold())}


def _likes(found: Sequence[Sentence], items: Sequence[Item], lang: str) -> list[list[float]]:
    """Weigh for each sentence and item what they share, from 0."""
    told = [_words(f"{item.title[lang]} {item.text[lang]}") for item in items]
    quoted = [_words(" ".join(item.quotes)) for item in items]
    said = [_words(sentence.text) for sentence in found]
    seen = Counter(word for words in [*said, *told] for word in words)
    rare = {word: math.log(1 + (len(said) + len(told)) / count) for word, count in seen.items()}
    norms = [math.sqrt(sum(rare[word] for word in words) or 1) for words in told]
    likes = []
    for words in said:
        norm = math.sqrt(sum(rare[word] for word in words) or 1)
        likes.append(
            [
                (
                    sum(rare[word] for word in words & one)
                    + (_QUOTED - 1) * sum(rare.get(word, 0) for word in words & marks)
                )
                / (norm * norms[place])
                for place, (one, marks) in enumerate(zip(told, quoted, strict=True))
            ]
        )
    return likes


def _best(found: Sequence[Sentence], items: Sequence[Item], likes: Sequence[Sequence[float]]) -> list[int]:
    """Give for each sentence its item, never going back: the way with the largest sum."""
    if not found:
        return []
    count = len(items)
    cross = [[_CROSS * (sentence.part != item.part) for item in items] for sentence in found]
    score = [likes[0][one] - cross[0][one] - _SKIP * one for one in range(count)]
    back: list[list[int]] = []
    for place in range(1, len(found)):
        sentence = found[place]
        in_post = _INSIDE_POST if sentence.whole else _INSIDE_SENTENCE
        inside = _INSIDE_COMMENT if sentence.part == "comment" else in_post
        change = 0.0 if sentence.begins else inside
        stay = _ONE_FOR_TWO if sentence.begins and sentence.part == "comment" else 0.0
        new, way = [], []
        before, best = -math.inf, -1  # the best of the items before, with what was left out between
        for one in range(count):
            if one:
                before -= _SKIP
                if score[one - 1] > before:
                    before, best = score[one - 1], one - 1
            moved, stayed = before - change, score[one] - stay
            way.append(best if moved > stayed else one)
            new.append(max(moved, stayed) + likes[place][one] - cross[place][one])
        score = new
        back.append(way)
    ends = [value - _SKIP * (count - 1 - one) for one, value in enumerate(score)]
    chosen = [max(range(count), key=ends.__getitem__)]
    for way in reversed(back):
        chosen.append(way[chosen[-1]])
    return chosen[::-1]
