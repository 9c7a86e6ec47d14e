"""The draft of a case: what was read, parted, named and themed, put together for a person to go on with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from workshopkit import paths
from workshopkit.case import check
from workshopkit.case.importing import language, reading, renaming, themes
from workshopkit.case.importing.cards import core_of, items_of
from workshopkit.case.importing.conversation import converse
from workshopkit.case.importing.notes import Note
from workshopkit.case.importing.writing import toml
from workshopkit.errors import UsageError
from workshopkit.i18n import N_, translator

__all__ = ["UNSURE", "Draft", "draft"]

UNSURE = "unsure.md"


@dataclass(frozen=True, slots=True)
class Draft:
    """A case to go on with.

    Parameters
    ----------
    case
        As its file says it; `workshopkit.case.check` finds no fault in it.
    lang
        The language of its texts.
    unsure
        What to look at, in the order of the file that was imported.
    """

    case: dict[str, Any]
    lang: str
    unsure: tuple[Note, ...]

    @property
    def text(self) -> str:
        """Give the file of the case, with a word about it above."""
        t = translator(self.lang)
        above = (
            t(
                "A draft made from a text by workshopkit case import. The texts below are still the original’s own words."
            ),
            t(
                "Retell them in your own words before you show them to a room or pass them on; then remove these lines."
            ),
            t(
                "All faults with their lines: workshopkit case check DIR. What was unsure stands in {file}.",
                file=UNSURE,
            ),
        )
        return "".join(f"# {line}\n" for line in above) + "\n" + toml(self.case)

    def told(self, lang: str) -> str:
        """Give the list of what was unsure, as a readable text."""
        t = translator(lang)
        lines = [f"- {one}" for one in self.doubts(lang)] or [t("Nothing.")]
        head = t("What the import was unsure of")
        return "\n".join([f"# {head}", "", *lines]) + "\n"

    def doubts(self, lang: str) -> list[str]:
        """Say what was unsure in a language, all about one line in one sentence."""
        t = translator(lang)
        by_line: dict[int, list[str]] = {}
        for note in self.unsure:
            by_line.setdefault(note.line, []).append(note.bare(lang))
        return by_line.pop(0, []) + [
            t("line {line}: {fault}", line=line, fault="; ".join(dict.fromkeys(said)))
            for line, said in by_line.items()
        ]

    def write(self, folder: Path, lang: str | None = None) -> tuple[Path, Path]:
        """Write the case and the list into a folder.

        Parameters
        ----------
        folder
            Made if it is not there. A case that stands there is not written over.
        lang
            In which language the list is told; that of the texts if left out.

        Raises
        ------
        UsageError
            If there is a case in it.
        """
        file, unsure = folder / check.FILE, folder / UNSURE
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with file.open("x", encoding="utf-8", newline="\n") as out:
                out.write(self.text)
        except FileExistsError as error:
            raise UsageError(
                N_(
                    "There is a case in {folder} already; it was left as it is. Choose another folder with --to."
                ),
                folder=folder,
            ) from error
        unsure.write_text(self.told(lang or self.lang), encoding="utf-8", newline="\n")
        return file, unsure


def draft(content: bytes, name: str, lang: str | None = None, *, keep_names: bool = False) -> Draft:
    r"""Make a draft of a text with a post and its comments.

    Parameters
    ----------
    content
        The file: text or a saved page, in any usual encoding.
    name
        What it is called.
    lang
        The language of its texts; guessed if left out.
    keep_names
        Whether names stay in the texts.

    Raises
    ------
    UsageError
        If no text can be read from it.

    Examples
    --------
    >>> made = draft("Wij sturen elkaar mail na mail en niemand leest ze nog. Wat doen jullie daaraan?\nHoi Anna,\nMinder mailen.".encode(), "mail.txt")
    >>> [(item["id"], item["role"], item["nl"]["text"]) for item in made.case["item"]][1]
    ('C1', 'reader-1', 'Hoi schrijver,\nMinder mailen.')
    """
    source = reading.read(content, name)
    notes: list[Note] = []
    if lang is None:
        lang, sure = language.guess(source.text)
        told = (
            N_("the language was taken to be Dutch")
            if lang == "nl"
            else N_("the language was taken to be English")
        )
        notes += [] if sure else [Note(told)]
    talk = converse(source, name)
    names: Mapping[str, str] = {} if keep_names else talk.roles
    talk = replace(talk, notes=tuple(_nameless(note, names, lang) for note in talk.notes))
    if keep_names:
        notes.append(
            Note(
                N_(
                    "names were kept: ask these people, or put roles in their place, before you show it to anybody"
                )
            )
        )
    notes.append(
        Note(N_("the credit is empty: fill in author, title, date and address, or that they are unknown"))
    )
    items, told_of = items_of(talk, names, lang)
    core = core_of(items)
    for item in items:
        if item["id"] in core:
            item["core"] = True
    heading = renaming.renamed(talk.title, names, lang)[:110].strip() or items[0][lang]["title"]
    roles = list(dict.fromkeys(item["role"] for item in items))
    used = [theme for theme in themes.THEMES if any(theme in item["themes"] for item in items)]
    case = {
        "id": _id(name, names, lang),
        "languages": [lang],
        "title": {lang: heading},
        "credit": {lang: _CREDIT[lang] + (f" {talk.author}." if keep_names and talk.author else "")},
        "roles": {role: {one: renaming.label(role, one) for one in ("nl", "en")} for role in roles},
        "themes": {theme: dict(themes.THEMES[theme].label) for theme in used},
        "item": items,
    }
    return Draft(case, lang, tuple(sorted((*notes, *told_of), key=lambda note: note.line)))


_CREDIT = {
    "nl": "Naar een tekst en de reacties eronder. Vul hier in: schrijver, titel, datum en adres, of dat die onbekend zijn.",
    "en": "After a text and the comments under it. Fill in here: author, title, date and address, or that they are unknown.",
}


def _id(name: str, names: Mapping[str, str], lang: str) -> str:
    """Give a name for the case, of that of the file; without people's names, and not that of a case of the kit."""
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", re.split(r"[\\/]", name)[-1])
    for known, role in names.items():
        stem = re.sub(
            rf"(?<![^\W_]){re.escape(known)}(?![^\W_])", renaming.word(role, lang), stem, flags=re.IGNORECASE
        )
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().casefold()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:34].strip("-") or "case"
    return f"{slug}-draft" if (paths.data() / "cases" / slug).is_dir() else slug


def _nameless(note: Note, names: Mapping[str, str], lang: str) -> Note:
    """Give a note whose quoted words hold no names either."""
    told = {
        key: renaming.renamed(value, names, lang) if isinstance(value, str) else value
        for key, value in note.values.items()
    }
    return replace(note, values=told)
