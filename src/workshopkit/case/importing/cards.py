"""The cards of a draft: a passage or a comment each, with a title, a question, themes and whom it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workshopkit.case import check
from workshopkit.case.importing import renaming, themes
from workshopkit.case.importing.conversation import Conversation
from workshopkit.case.importing.notes import Note
from workshopkit.case.importing.passages import MOST_SIGNS, passages, title
from workshopkit.case.importing.people import AUTHOR
from workshopkit.case.importing.writing import toml
from workshopkit.case.model import POST
from workshopkit.i18n import N_

__all__ = ["core_of", "items_of"]

_NOTHING = "…"  # a comment of a picture alone
_MOST_ITEMS, _FEWEST_CORE, _MOST_CORE = 200, 4, 7
# What stays under the limit of a case with room for a person's changes.
_MOST_BYTES = check.MOST_BYTES * 9 // 10


def items_of(
    talk: Conversation, names: Mapping[str, str], lang: str
) -> tuple[list[dict[str, Any]], list[Note]]:
    """Make the items; what is too much for one case is left out, and told."""
    items: list[dict[str, Any]] = []
    left = _Room()
    out = 0
    for line in talk.post:
        for piece in passages(renaming.renamed(line.text, names, lang)):
            entry = _item(f"P{len(items) + 1}", "post", AUTHOR, piece, lang)
            out += not left.take(entry, items)
    ids: dict[int, str] = {-1: POST}
    more: list[Note] = []
    number = 0
    for place, comment in enumerate(talk.comments):
        text = renaming.renamed(comment.text, names, lang)
        for part, piece in enumerate(_parts(text or _NOTHING)):
            number += 1
            entry = _item(f"C{number}", "comment", talk.speakers[place], piece, lang)
            entry["answers"] = ids[place] if part else ids.get(talk.answers[place], POST)
            refers = [ids[one] for one in talk.refers[place] if one in ids]
            if refers and not part:
                entry["refers"] = refers
            mine = [note for note in talk.notes if note.comment == place]
            if mine and not part:
                entry[lang]["uncertain"] = _sentence(mine, lang)
            if not left.take(entry, items):
                out += 1
                continue
            if part:
                more.append(
                    Note(
                        N_("this comment was too long for one card: it goes on in {id}"),
                        {"id": entry["id"]},
                        comment.line,
                        place,
                    )
                )
            ids[place] = entry["id"]
    if out:
        more.append(
            Note(
                N_(
                    "this is more than one case can hold: {count} passages and comments at the end were left out"
                ),
                {"count": out},
            )
        )
    notes = [note for note in talk.notes if note.comment is None or note.comment in ids]
    return items, [*notes, *more]


class _Room:
    """How much more goes into a case."""

    def __init__(self) -> None:
        self.left, self.full = _MOST_BYTES - 10_000, False

    def take(self, entry: dict[str, Any], items: list[dict[str, Any]]) -> bool:
        """Add an item if there is room for it; after the first that does not fit nothing follows."""
        self.left -= len(toml(entry).encode()) + 300
        self.full = self.full or self.left < 0 or len(items) >= _MOST_ITEMS
        if not self.full:
            items.append(entry)
        return not self.full


def _parts(text: str) -> list[str]:
    """Give a comment whole, unless no card can hold it."""
    if len(text) <= MOST_SIGNS:
        return [text]
    found: list[str] = []
    for piece in (piece for line in text.split("\n") for piece in passages(line)):
        if found and len(found[-1]) + len(piece) < MOST_SIGNS:
            found[-1] += f"\n{piece}"
        else:
            found.append(piece)
    return found


def _item(id: str, part: str, role: str, text: str, lang: str) -> dict[str, Any]:
    about = themes.propose(text, lang)
    acts = ["case", *themes.THEMES[about[0]].acts]
    words = {"title": title(text, id), "text": text, "question": themes.THEMES[about[0]].question[lang]}
    return {"id": id, "part": part, "role": role, "themes": list(about), "acts": acts, lang: words}


def _sentence(notes: Sequence[Note], lang: str) -> str:
    said = "; ".join(note.bare(lang) for note in notes)
    return f"{said[0].upper()}{said[1:]}"[:380]


def core_of(items: Sequence[Mapping[str, Any]]) -> set[str]:
    """Propose the cards that are read aloud: about much, and about different things."""
    wanted = min(len(items), max(_FEWEST_CORE, min(_MOST_CORE, round(len(items) / 4))))
    told = {themes.OTHER, "humour", "trade"}
    chosen: list[Mapping[str, Any]] = []
    covered: set[str] = set()
    while len(chosen) < wanted:
        rest = [item for item in items if item not in chosen]
        best = max(
            rest,
            key=lambda item: (len(set(item["themes"]) - covered - told), len(set(item["themes"]) - told)),
        )
        chosen.append(best)
        covered |= set(best["themes"])
    return {str(item["id"]) for item in chosen}
