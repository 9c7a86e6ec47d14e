"""The messages that travel: a text, the facts in it, others that only sound likely, and a question about each fact."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from workshopkit import paths

__all__ = ["FACTS", "MESSAGES", "PLAUSIBLE", "Fact", "Message", "messages"]

MESSAGES = ("out", "in")
FACTS, PLAUSIBLE = 5, 3
Words = Mapping[str, str]


@dataclass(frozen=True)
class Fact:
    """Something that a message says, or only seems to say.

    Parameters
    ----------
    id
        Its name, within its message.
    words
        As a sentence, by language.
    clues
        Words by which it is found in a text that somebody typed: one is enough.
    question, options
        What is asked about it, and the answers to choose from, by language; the first is right. One that only seems to
        be said has none.
    """

    id: str
    words: Words
    clues: tuple[str, ...]
    question: Words | None = None
    options: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Message:
    """One message.

    Parameters
    ----------
    id
        One of `MESSAGES`: from inside out, or from outside in.
    title, text
        By language.
    facts, plausible
        What it says, and what only sounds likely.
    """

    id: str
    title: Words
    text: Words
    facts: tuple[Fact, ...]
    plausible: tuple[Fact, ...]

    @cached_property
    def by_id(self) -> dict[str, Fact]:
        """Give every fact by its name, those that only sound likely too."""
        return {fact.id: fact for fact in (*self.facts, *self.plausible)}

    @cached_property
    def true(self) -> frozenset[str]:
        """Give the names of what it says."""
        return frozenset(fact.id for fact in self.facts)

    def read(self, text: str) -> frozenset[str]:
        """Find the facts in a text that somebody typed, by their clues: a first reading, which people may correct.

        Examples
        --------
        >>> sorted(messages()["out"].read("Vanaf 2 maart een keuzemenu; bellen kan ook op zaterdag"))
        ['o1', 'o2', 'o6']
        >>> messages()["in"].read("Er was iets met de hal")
        frozenset()
        """
        said = f"{' '.join(text.casefold().split())} "
        return frozenset(fact.id for fact in self.by_id.values() if any(clue in said for clue in fact.clues))


@cache
def messages() -> dict[str, Message]:
    """Give the messages that the kit brings, by id."""
    found = tomllib.loads((paths.data() / "relay" / "messages.toml").read_text(encoding="utf-8"))
    return {id: _message(id, found[id]) for id in MESSAGES}


def _message(id: str, said: dict[str, Any]) -> Message:
    return Message(
        id,
        said["title"],
        said["text"],
        tuple(_fact(one) for one in said["facts"]),
        tuple(_fact(one) for one in said["plausible"]),
    )


def _fact(said: dict[str, Any]) -> Fact:
    words = {lang: said[lang] for lang in ("nl", "en")}
    return Fact(said["id"], words, tuple(said["clues"]), said.get("question"), tuple(said.get("options", ())))
