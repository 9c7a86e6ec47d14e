"""A case: a text and the comments under it, item by item, with who speaks, whom it answers and what it is about.

Every text is there in every language: where a case is told in one language only, the others fall back to that one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from workshopkit.i18n import LANGUAGES

__all__ = ["POST", "Case", "Item", "build"]

# What a comment answers that answers the post as a whole.
POST = "post"
_FEW = 4
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Item:
    """One point of the post, or one comment.

    Parameters
    ----------
    id
        What findings, marks and agreements call it: ``P6``, ``C10``. It never changes.
    part
        ``"post"`` or ``"comment"``.
    role
        By language, who speaks.
    title, text, question
        By language; the text is a retelling.
    uncertain
        By language, what the source leaves open; empty where it leaves nothing open.
    answers
        ``"post"`` or the id of the comment that it answers; None for a point of the post.
    refers
        The items that it takes up.
    themes, acts
        What it is about, and the acts that it feeds.
    core
        Whether it is read aloud.
    quotes
        Phrases in it that are the author's own.
    """

    id: str
    part: str
    role: Texts
    title: Texts
    text: Texts
    question: Texts
    uncertain: Texts
    answers: str | None
    refers: tuple[str, ...]
    themes: tuple[str, ...]
    acts: tuple[str, ...]
    core: bool
    quotes: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """A whole case.

    Parameters
    ----------
    id
        Its name.
    languages
        In which it is told.
    title, credit, context
        By language; the context is empty if the case has none.
    themes
        By name, the label by language.
    items
        By id, in reading order.
    few
        The ids that a shorter workshop reads aloud.
    raw
        As it was written, to be kept with a workshop.
    """

    id: str
    languages: tuple[str, ...]
    title: Texts
    credit: Texts
    context: Texts
    themes: Mapping[str, Texts]
    items: Mapping[str, Item]
    few: tuple[str, ...]
    raw: Mapping[str, Any]

    @cached_property
    def core(self) -> tuple[Item, ...]:
        """Give the cards that are read aloud, in order."""
        return tuple(item for item in self.items.values() if item.core)

    def about(self, theme: str) -> Item | None:
        """Give the item that a theme stands for: one that is read aloud, if there is one; None if nothing is about it.

        What the kit itself cites it finds in this way, so that it holds for every case.
        """
        found = [item for item in self.items.values() if theme in item.themes]
        return next((item for item in found if item.core), found[0] if found else None)

    @property
    def post(self) -> tuple[Item, ...]:
        """Give the points of the post."""
        return tuple(item for item in self.items.values() if item.part == "post")

    @property
    def comments(self) -> tuple[Item, ...]:
        """Give the comments, in the order in which they were written."""
        return tuple(item for item in self.items.values() if item.part == "comment")

    def thread(self, answered: str = POST, depth: int = 0) -> Iterator[tuple[int, Item]]:
        """Walk through the conversation: every comment with how deep it stands, replies under what they answer."""
        for item in self.comments:
            if item.answers == answered:
                yield depth, item
                yield from self.thread(item.id, depth + 1)


def build(raw: Mapping[str, Any]) -> Case:
    """Make a case of what its file says, once `workshopkit.case.check` has found no fault in it."""
    languages = tuple(raw.get("languages", LANGUAGES))

    def told(given: Mapping[str, str] | None) -> Texts:
        found = given or {}
        spare = next((found[lang] for lang in languages if lang in found), "")
        return {lang: found.get(lang, spare).strip() for lang in LANGUAGES}

    def words(entry: Mapping[str, Any], field: str) -> Texts:
        return told({lang: entry[lang][field] for lang in languages if field in entry.get(lang, {})})

    items = {
        entry["id"]: Item(
            entry["id"],
            entry["part"],
            told(raw["roles"][entry["role"]]),
            words(entry, "title"),
            words(entry, "text"),
            words(entry, "question"),
            words(entry, "uncertain"),
            entry.get("answers"),
            tuple(entry.get("refers", ())),
            tuple(entry["themes"]),
            tuple(entry["acts"]),
            bool(entry.get("core")),
            tuple(entry.get("quotes", ())),
        )
        for entry in raw["item"]
    }
    core = tuple(id for id, item in items.items() if item.core)
    return Case(
        raw["id"],
        languages,
        told(raw["title"]),
        told(raw["credit"]),
        told(raw.get("context")),
        {name: told(label) for name, label in raw["themes"].items()},
        items,
        tuple(raw.get("short", core[:_FEW])),
        raw,
    )
