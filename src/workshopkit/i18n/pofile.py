"""Messages out of a ``.po`` file, quickly: it is read whenever a command starts and whenever a page gets its kernel.

Babel, which keeps the file in step with the sources, takes more time to read it than a command takes to start.
"""

from __future__ import annotations

import json
import re

__all__ = ["read"]

_PART = re.compile(
    r'^(?:#,.*\b(fuzzy)\b.*|(msgid|msgid_plural|msgstr)(?:\[\d+\])? ((?:".*"\n?)+))', re.MULTILINE
)


def read(text: str) -> dict[str, str | tuple[str, ...]]:
    r"""Give every message that is translated; a plural one has its forms.

    Parameters
    ----------
    text
        What stands in the file; fuzzy and obsolete messages are left out.

    Examples
    --------
    >>> read('msgid "a \\"line\\""\nmsgstr ""\n"een "\n"lijn"\n\n#, fuzzy\nmsgid "b"\nmsgstr "c"\n')
    {'a "line"': 'een lijn'}
    >>> read('msgid "{count} line"\nmsgid_plural "{count} lines"\nmsgstr[0] "{count} lijn"\nmsgstr[1] "{count} lijnen"')
    {'{count} line': ('{count} lijn', '{count} lijnen')}
    """
    found: dict[str, str | tuple[str, ...]] = {}
    message, plural, guessed = "", False, False
    for fuzzy, part, lines in _PART.findall(text):
        if fuzzy:
            guessed = True
        elif part == "msgid":
            message, plural = _joined(lines), False
            unsure, guessed = guessed, False
        elif part == "msgid_plural":
            plural = True
        elif message and not unsure and (said := _joined(lines)):
            before = found.get(message, ())
            found[message] = (*before, said) if plural and isinstance(before, tuple) else said
    return found


def _joined(lines: str) -> str:
    text = lines.strip()[1:-1].replace('"\n"', "")
    # The signs that are written with a backslash are those of JSON.
    return str(json.loads(f'"{text}"')) if "\\" in text else text
