"""Read a case from its folder: cards with an id, who speaks, the words in Dutch and in English, a question.

A case is a folder with ``cards.json``: a list of cards in reading order. A card that is read aloud is ``core``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from workshopkit import paths

__all__ = ["Card", "cards", "credit"]

DEFAULT = "straight-lines"


@dataclass(frozen=True)
class Card:
    """One passage or comment.

    Parameters
    ----------
    id
        What findings and marks call it: ``P6``, ``C10``.
    role
        By language, who speaks.
    title, text, question
        By language; the text is our retelling.
    acts
        The acts that it feeds.
    core
        Whether it is read aloud.
    """

    id: str
    role: Mapping[str, str]
    title: Mapping[str, str]
    text: Mapping[str, str]
    question: Mapping[str, str]
    acts: tuple[str, ...] = ()
    core: bool = False


@cache
def cards(name: str = DEFAULT) -> dict[str, Card]:
    """Give the cards of a case by id, in reading order."""
    return {
        entry["id"]: Card(
            entry["id"],
            entry["role"],
            entry["title"],
            entry["text"],
            entry["question"],
            tuple(entry.get("acts", ())),
            bool(entry.get("core")),
        )
        for entry in _file(name)["cards"]
    }


@cache
def credit(name: str = DEFAULT) -> dict[str, str]:
    """Give, by language, whose words a case goes back to."""
    return dict(_file(name)["credit"])


def _file(name: str) -> Any:
    path: Path = paths.data() / "cases" / name / "cards.json"
    return json.loads(path.read_text(encoding="utf-8"))
