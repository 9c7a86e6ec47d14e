"""The invitation: one page to send a week before, with what it is about, the sponsor's promise and the whole case."""

from __future__ import annotations

import math
from pathlib import Path

from workshopkit.case import reader
from workshopkit.case.model import Case
from workshopkit.i18n import translator

__all__ = ["invitation", "write"]

WORDS_A_MINUTE = 180


def invitation(case: Case, subject: str, promise: str, lang: str) -> str:
    """Give the page, as a file that needs nothing from anywhere.

    Parameters
    ----------
    case
        What to read beforehand.
    subject, promise
        Those of the workshop, as they were filled in.
    lang
        The language of the workshop.
    """
    t = translator(lang)
    words = sum(len(f"{item.title[lang]} {item.text[lang]}".split()) for item in case.items.values())
    minutes = max(1, math.ceil(words / WORDS_A_MINUTE))
    head = [
        t("Soon we look together at how one message runs with us: “{subject}”.", subject=subject)
        if subject
        else t("Soon we look together at how one message runs with us."),
        t.n(
            "Please read this case beforehand. It takes about {count} minute.",
            "Please read this case beforehand. It takes about {count} minutes.",
            minutes,
        ),
        t("Think of our own organisation at every question. There is nothing to fill in."),
        t("In the workshop each team answers together, with one phone. Nobody is asked for a name."),
    ]
    return reader.page(case, lang, title=t("Read this beforehand"), head=head, promise=promise)


def write(text: str, folder: Path, lang: str) -> Path:
    """Write the page into a folder; the one of before is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{translator(lang)('invitation')}.html"
    file.write_text(text, encoding="utf-8")
    return file
