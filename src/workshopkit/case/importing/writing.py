"""A case written as TOML, as people would write it: texts on lines of their own, everything escaped that must be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

__all__ = ["toml"]

_BARE = re.compile(r"[A-Za-z0-9_-]+")
# Of control signs TOML allows the tab alone; half signs cannot be written at all.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
# A mark before another one, or at the end, where it could be taken for the end of the text.
_MARK = re.compile(r'"(?="|\Z)')
_HALF = re.compile("[\ud800-\udfff]")


def toml(case: Mapping[str, Any]) -> str:
    r"""Write a case.

    Examples
    --------
    >>> print(toml({"id": "a", "title": {"en": 'Say "yes"'}, "item": [{"id": "P1", "core": True}]}), end="")
    id = "a"
    <BLANKLINE>
    [title]
    en = "Say \"yes\""
    <BLANKLINE>
    [[item]]
    id = "P1"
    core = true
    """
    return "\n".join(_table(case, ())) + "\n"


def _table(table: Mapping[str, Any], above: tuple[str, ...]) -> list[str]:
    """Write the values of a table, then the tables in it."""
    lines: list[str] = []
    for key, value in table.items():
        if not _is_table(value):
            lines.append(f"{_key(key)} = {_value(value)}")
    for key, value in table.items():
        name = ".".join(map(_key, (*above, key)))
        if isinstance(value, Mapping):
            lines += ["", f"[{name}]", *_table(value, (*above, key))]
        elif _is_table(value):
            for one in value:
                lines += ["", f"[[{name}]]", *_table(one, (*above, key))]
    return lines


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping) or (
        isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)
    )


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _line(key)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    text = str(value)
    return _lines(text) if "\n" in text else _line(text)


def _line(text: str) -> str:
    return '"' + _safe(text).replace('"', '\\"').replace("\n", "\\n") + '"'


def _lines(text: str) -> str:
    """Write a text of more lines; no mark in it may end it too early."""
    safe = _MARK.sub(r'\\"', _safe(text))
    return f'"""\n{safe}"""'


def _safe(text: str) -> str:
    whole = _HALF.sub("\ufffd", text).replace("\\", "\\\\")
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", whole)
