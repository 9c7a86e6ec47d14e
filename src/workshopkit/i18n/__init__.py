"""What users read, in Dutch and in English.

The message ids are the English sentences; ``nl.po`` beside this file holds the Dutch. Fields stand in curly
brackets: ``t("{ready} of {teams} teams ready", ready=3, teams=12)``. The front end uses the same catalogue.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from workshopkit.i18n import pofile

__all__ = ["LANGUAGES", "N_", "Translator", "catalogue", "translator"]

LANGUAGES = ("nl", "en")


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for a marked message
    """Mark a message for translation where it is written, to be translated where it is shown."""
    return message


@cache
def catalogue(lang: str) -> dict[str, str | tuple[str, ...]]:
    """Give the messages of a language, as its ``.po`` file has them.

    Parameters
    ----------
    lang
        ``"nl"``; English is its own catalogue and gives an empty one.

    Returns
    -------
    dict
        Message id to translation; a plural message maps to its forms.
    """
    source = Path(__file__).with_name(f"{lang}.po")
    if not source.is_file():
        return {}
    return pofile.read(source.read_text(encoding="utf-8"))


class Translator:
    """Translate messages into one language.

    Parameters
    ----------
    lang
        ``"nl"`` or ``"en"``; anything else is taken as Dutch, the kit's first language.

    Examples
    --------
    >>> Translator("en")("{count} lines", count=3)
    '3 lines'
    >>> Translator("en").n("{count} line", "{count} lines", 1)
    '1 line'
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang if lang in LANGUAGES else LANGUAGES[0]
        self._messages = catalogue(self.lang)

    def __call__(self, message: str, **values: object) -> str:
        """Translate one message and fill in its fields."""
        found = self._messages.get(message, message)
        return _fill(found if isinstance(found, str) else found[0], values)

    def n(self, one: str, many: str, count: int, **values: object) -> str:
        """Translate a message with a count, which fills ``{count}`` as well."""
        found = self._messages.get(one, (one, many))
        forms = (found, found) if isinstance(found, str) else found
        return _fill(forms[0 if count == 1 else 1], {"count": count, **values})


@cache
def translator(lang: str) -> Translator:
    """Give the translator of a language."""
    return Translator(lang)


_FIELD = re.compile(r"\{(\w+)\}")


def _fill(text: str, values: dict[str, object]) -> str:
    """Fill in fields by plain replacement: a value with brackets of its own does no harm."""
    return _FIELD.sub(lambda found: str(values.get(found[1], found[0])), text)
