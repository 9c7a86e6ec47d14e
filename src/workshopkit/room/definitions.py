"""The definition of a workshop, checked on its way in: every fault is told at once, with its remedy."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from workshopkit.errors import RefusedEvent
from workshopkit.i18n import LANGUAGES, N_

__all__ = ["check", "read_file"]

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}\Z")
_RESERVED = {"press", "grapevine", "unknown", "facilitator"}
MAX_ACTORS = 60
MAX_LABEL = 80
MAX_TEXT = 1000
MIN_TEAMS, DOMAINS, TEAMS_A_DOMAIN = 2, (2, 4), 2


def check(payload: dict[str, Any]) -> dict[str, Any]:
    """Give a definition as it may be stored.

    Raises
    ------
    RefusedEvent
        Naming everything that is wrong.
    """
    faults: list[str] = []
    texts = {name: _text(payload, name, faults) for name in ("title", "subject", "period", "promise")}
    if not texts["subject"]:
        faults.append("subject: say in one sentence what the message is")
    lang = payload.get("lang", LANGUAGES[0])
    if lang not in LANGUAGES:
        faults.append(f"lang: {lang!r:.40} is not one of {', '.join(LANGUAGES)}")
    domains = _entries(payload, "domains", faults)
    actors = _entries(payload, "actors", faults)
    known = [entry["id"] for entry in domains]
    for entry, given in zip(actors, _dicts(payload.get("actors")), strict=False):
        _fill(entry, given, known, faults)
    _count(actors, known, faults)
    if faults:
        raise RefusedEvent(N_("This workshop cannot be held like this: {faults}."), faults="; ".join(faults))
    return {**texts, "lang": lang, "domains": domains, "actors": actors}


def read_file(path: Path) -> dict[str, Any]:
    """Read and check a definition from a JSON file."""
    try:
        payload = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise RefusedEvent(
            N_("{path} is not a readable definition of a workshop."), path=path.name
        ) from error
    if not isinstance(payload, dict):
        raise RefusedEvent(N_("{path} is not a readable definition of a workshop."), path=path.name)
    return check(payload)


def _text(payload: dict[str, Any], name: str, faults: list[str]) -> str:
    value = payload.get(name, "")
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        faults.append(f"{name}: a text of at most {MAX_TEXT} characters")
        return ""
    return value.strip()


def _dicts(value: object) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _entries(payload: dict[str, Any], name: str, faults: list[str]) -> list[dict[str, Any]]:
    given = payload.get(name, [])
    entries = _dicts(given)
    if not isinstance(given, list) or len(entries) != len(given):
        faults.append(f"{name}: a list of entries with id and label")
    found = []
    for entry in entries:
        key, label = entry.get("id"), entry.get("label")
        if not isinstance(key, str) or not _ID.match(key) or key in _RESERVED:
            faults.append(f"{name}: {key!r:.50} is no id; use small letters, digits and dashes")
            key = ""
        if not isinstance(label, str) or not 0 < len(label.strip()) <= MAX_LABEL:
            faults.append(f"{name}: {key or '?'} needs a label of at most {MAX_LABEL} characters")
            label = ""
        found.append({"id": key, "label": label.strip()})
    twice = [key for key, count in Counter(entry["id"] for entry in found).items() if count > 1 and key]
    faults.extend(f"{name}: {key} stands there twice" for key in twice)
    same = [
        label
        for label, count in Counter(entry["label"].casefold() for entry in found).items()
        if count > 1 and label
    ]
    faults.extend(f"{name}: “{label}” stands there twice" for label in same)
    return found


def _fill(entry: dict[str, Any], given: dict[str, Any], domains: list[str], faults: list[str]) -> None:
    kind = given.get("kind", "team")
    if kind not in ("team", "audience"):
        faults.append(f"actors: {entry['id']} is a team or an audience, not {kind!r:.40}")
        kind = "team"
    domain = given.get("domain")
    if domain is not None and (kind == "audience" or domain not in domains):
        faults.append(f"actors: {entry['id']} cannot be in domain {domain!r:.40}")
    if domain is None and kind == "team" and domains:
        faults.append(f"actors: {entry['id']} needs a domain, as the others have")
    voice = given.get("voice", "own" if kind == "team" else "none")
    if voice not in ("own", "proxy", "none") or (kind == "team" and voice != "own"):
        faults.append(f"actors: {entry['id']} cannot have voice {voice!r:.40}")
    entry.update(kind=kind, domain=domain if isinstance(domain, str) else None, voice=voice)


def _count(actors: list[dict[str, Any]], domains: list[str], faults: list[str]) -> None:
    teams = [entry for entry in actors if entry.get("kind") == "team"]
    if len(teams) < MIN_TEAMS:
        faults.append(f"actors: at least {MIN_TEAMS} teams")
    if len(actors) > MAX_ACTORS:
        faults.append(f"actors: at most {MAX_ACTORS}")
    if domains and not DOMAINS[0] <= len(domains) <= DOMAINS[1]:
        faults.append(f"domains: none, or {DOMAINS[0]} to {DOMAINS[1]}")
    sizes = Counter(entry["domain"] for entry in teams)
    faults.extend(
        f"domains: {domain} needs at least {TEAMS_A_DOMAIN} teams"
        for domain in sorted(domains)
        if domain and sizes[domain] < TEAMS_A_DOMAIN
    )
