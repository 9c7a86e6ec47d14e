"""Check a case before anybody reads it: every fault at once, with the line in the file where it is."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from workshopkit import paths
from workshopkit.case.model import POST
from workshopkit.errors import RefusedEvent
from workshopkit.i18n import LANGUAGES, N_, translator

__all__ = ["FILE", "BadCase", "Fault", "faults_in", "read"]

FILE = "case.toml"
MOST_CORE = 20
MOST_BYTES = 500_000
Where = tuple[str | int, ...]
_HEADER = re.compile(r"\s*(\[{1,2})\s*([\w.\-]+)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([\w\-]+)\s*=")
_LINE = re.compile(r"line (\d+), column")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a case.

    Parameters
    ----------
    message, values
        What, to be translated.
    where
        The keys that lead to it.
    line
        In the file, from 1; 0 where there is no file.
    """

    message: str
    values: Mapping[str, object]
    where: Where = ()
    line: int = 0

    def text(self, lang: str) -> str:
        """Say it in a language, beginning with the line."""
        t = translator(lang)
        said = t(self.message, **self.values)
        return t("line {line}: {fault}", line=self.line, fault=said) if self.line else said


class BadCase(RefusedEvent):
    """A case that cannot be read aloud like this."""

    def __init__(self, name: str, faults: Sequence[Fault]) -> None:
        super().__init__(N_("{name} is not a case yet: {faults}."), name=name)
        self.name, self.faults = name, list(faults)

    def text(self, lang: str) -> str:
        """Give all faults in a language."""
        said = "; ".join(fault.text(lang) for fault in self.faults)
        return translator(lang)(self.message, name=self.name, faults=said)


def read(folder: Path) -> dict[str, Any]:
    """Read and check the file of a case.

    Parameters
    ----------
    folder
        The folder that holds ``case.toml``, or that file itself.

    Raises
    ------
    BadCase
        Naming all its faults.
    """
    file = folder / FILE if folder.is_dir() else folder
    try:
        content = file.read_bytes()
    except OSError as error:
        raise BadCase(
            str(folder), [Fault(N_("there is no {file} that can be read"), {"file": FILE})]
        ) from error
    if len(content) > MOST_BYTES:
        raise BadCase(file.name, [Fault(N_("it is too large: at most {limit} bytes"), {"limit": MOST_BYTES})])
    try:
        text = content.decode("utf-8-sig")
        raw = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        line = _LINE.search(str(error))
        bad = Fault(
            N_("this cannot be read as TOML text ({fault})"),
            {"fault": str(error)[:80]},
            line=int(line[1]) if line else 1,
        )
        raise BadCase(file.name, [bad]) from error
    lines = _lines(text)
    found = [
        Fault(fault.message, fault.values, fault.where, _line_of(fault.where, lines))
        for fault in faults_in(raw)
    ]
    if found:
        raise BadCase(file.name, sorted(found, key=lambda fault: fault.line))
    return raw


def faults_in(raw: object) -> list[Fault]:
    """List all that is wrong in a case, as read from its file or sent with a workshop.

    Examples
    --------
    >>> [fault.text("en") for fault in faults_in({})][0]
    'case.toml: “id” is missing'
    """
    shape = [
        _shape_fault(error) for error in sorted(_schema().iter_errors(raw), key=lambda one: str(one.path))
    ]
    if shape or not isinstance(raw, dict):
        return shape
    return list(_meaning(raw))


@cache
def _schema() -> Any:
    from jsonschema import Draft202012Validator

    path = paths.data() / "cases" / "case.schema.json"
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))


_EMPTY = N_("{place}: nothing stands here")
_LONG = N_("{place}: this is too long, at most {limit}")
# What the schema found, in plain words.
_SHAPES = {
    "additionalProperties": N_("{place}: “{key}” is not known here"),
    "enum": N_("{place}: “{value}” is not one of {limit}"),
    "maxItems": _LONG,
    "maxLength": _LONG,
    "minItems": _EMPTY,
    "minLength": _EMPTY,
    "minProperties": _EMPTY,
    "required": N_("{place}: “{key}” is missing"),
    "uniqueItems": N_("{place}: something stands here twice"),
}
_UNFIT = N_("{place}: “{value}” does not fit here")


def _shape_fault(error: Any) -> Fault:
    where: Where = tuple(error.absolute_path)
    limit, key = error.validator_value, ""
    if error.validator == "required":
        key = next(name for name in limit if name not in error.instance)
    elif error.validator == "additionalProperties":
        key = next(name for name in error.instance if name not in error.schema.get("properties", {}))
        where = (*where, key)
    shown = ", ".join(map(str, limit)) if isinstance(limit, list) else limit
    values = {"place": _place(where), "key": key, "value": str(error.instance)[:60], "limit": shown}
    return Fault(_SHAPES.get(error.validator, _UNFIT), values, where)


def _place(where: Where) -> str:
    """Name a place as one finds it in the file; items are counted from 1."""
    if where[:1] == ("item",) and len(where) > 1:
        return ".".join(["item", str(int(where[1]) + 1), *map(str, where[2:])])
    return ".".join(map(str, where)) or FILE


def _meaning(raw: Mapping[str, Any]) -> Iterator[Fault]:
    """Find what a schema cannot see: ids that lead nowhere, languages that are missing, replies in a circle."""
    languages = raw.get("languages", LANGUAGES)
    items: list[dict[str, Any]] = raw["item"]
    yield from _ids(items)
    named: dict[Where, Any] = {(name,): raw[name] for name in ("title", "credit", "context") if name in raw}
    named |= {(group, name): label for group in ("roles", "themes") for name, label in raw[group].items()}
    for where, texts in named.items():
        yield from _languages(texts, languages, where, where[-1])
    yield from _core(raw, items)
    for place, entry in enumerate(items):
        at: Where = ("item", place)
        yield from _names(entry, at, raw)
        yield from _answers(entry, at, items)
        told = {lang: entry[lang] for lang in LANGUAGES if lang in entry}
        yield from _languages(told, languages, at, entry["id"])
        unsure = [lang for lang in languages if "uncertain" in told.get(lang, {})]
        for lang in languages if unsure else ():
            if lang not in unsure:
                values = {"id": entry["id"], "lang": lang}
                yield Fault(N_("{id}: “uncertain” is missing in {lang}"), values, (*at, lang))


def _ids(items: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    ids = [entry["id"] for entry in items]
    for id, count in Counter(ids).items():
        if count > 1:
            said = N_("the id {id} stands there {count} times: give each item its own")
            yield Fault(said, {"id": id, "count": count}, ("item", ids.index(id), "id"))


def _core(raw: Mapping[str, Any], items: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    core = [entry["id"] for entry in items if entry.get("core")]
    if not core:
        yield Fault(N_("no card is core: mark those that are read aloud with core = true"), {})
    if len(core) > MOST_CORE:
        yield Fault(N_("{count} cards are core: at most {limit}"), {"count": len(core), "limit": MOST_CORE})
    for id in raw.get("short", ()):
        if id not in core:
            yield Fault(N_("short names {id}, which is not a core card"), {"id": id}, ("short",))


def _names(entry: Mapping[str, Any], at: Where, raw: Mapping[str, Any]) -> Iterator[Fault]:
    """Find roles, themes and items that are named and not there."""
    id, ids = entry["id"], {one["id"] for one in raw["item"]}
    if entry["role"] not in raw["roles"]:
        said = N_("{id}: there is no role {name}; add it under [roles]")
        yield Fault(said, {"id": id, "name": entry["role"]}, (*at, "role"))
    for theme in entry["themes"]:
        if theme not in raw["themes"]:
            said = N_("{id}: there is no theme {name}; add it under [themes]")
            yield Fault(said, {"id": id, "name": theme}, (*at, "themes"))
    for other in entry.get("refers", ()):
        if other not in ids:
            yield Fault(N_("{id}: there is no item {other}"), {"id": id, "other": other}, (*at, "refers"))


def _answers(entry: Mapping[str, Any], at: Where, items: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    id, answered = entry["id"], entry.get("answers")
    known = {POST, *(one["id"] for one in items if one["part"] == "comment")} - {id}
    where = (*at, "answers")
    if entry["part"] == "post":
        if answered is not None:
            yield Fault(N_("{id}: a point of the post answers nothing"), {"id": id}, where)
    elif answered not in known:
        said = N_("{id}: a comment answers “post” or another comment, not “{value}”")
        yield Fault(said, {"id": id, "value": answered or ""}, where)
    elif _goes_round(id, items):
        yield Fault(N_("{id}: these replies answer each other in a circle"), {"id": id}, where)


def _goes_round(id: str, items: Sequence[Mapping[str, Any]]) -> bool:
    above = {entry["id"]: entry.get("answers") for entry in items}
    seen, now = {id}, above.get(id)
    while now is not None and now in above:
        if now in seen:
            return True
        seen.add(now)
        now = above[now]
    return False


def _languages(
    given: Mapping[str, Any], languages: Sequence[str], where: Where, name: object
) -> Iterator[Fault]:
    for lang in languages:
        if lang not in given:
            yield Fault(N_("{id}: the text in {lang} is missing"), {"id": name, "lang": lang}, where)


# Where it stands in the file --------------------------------------------------------------------------------------


def _lines(text: str) -> dict[Where, int]:
    """Find the line of every table and key, by the keys that lead to it. Good enough for TOML as people write it."""
    found: dict[Where, int] = {}
    at: Where = ()
    counted: Counter[str] = Counter()
    quoted = ""
    for number, line in enumerate(text.splitlines(), 1):
        if quoted:
            quoted = "" if quoted in line else quoted
            continue
        if header := _HEADER.match(line):
            names = header[2].split(".")
            if header[1] == "[[":
                at = (names[0], counted[names[0]])
                counted[names[0]] += 1
            elif names[0] in counted:
                at = (names[0], counted[names[0]] - 1, *names[1:])
            else:
                at = tuple(names)
            found.setdefault(at, number)
        elif key := _KEY.match(line):
            found.setdefault((*at, key[1]), number)
            quoted = next((mark for mark in ('"""', "'''") if line.count(mark) == 1), "")
    return found


def _line_of(where: Where, lines: Mapping[Where, int]) -> int:
    """Give the line of the nearest key on the way to a place."""
    for length in range(len(where), 0, -1):
        if where[:length] in lines:
            return lines[where[:length]]
    return 1
