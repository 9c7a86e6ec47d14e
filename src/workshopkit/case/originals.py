"""The original texts that this user keeps beside cases: on this computer alone, and in no export."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from workshopkit import paths

__all__ = ["keep", "original"]

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}\Z")


def keep(case_id: str, passages: Mapping[str, str]) -> Path:
    """Keep the passages of an original, by item; gives the file they are in."""
    file = _file(case_id)
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(".new")
    new.write_text(
        json.dumps({"case": case_id, "items": dict(passages)}, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    return new.replace(file)


def original(case_id: str) -> dict[str, str]:
    """Give the passages of the original that is kept for a case, by item; empty if none is kept."""
    if not _ID.match(case_id):
        return {}
    try:
        found = json.loads(_file(case_id).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, dict):
        return {}
    return {id: text for id, text in items.items() if isinstance(text, str)}


def _file(case_id: str) -> Path:
    return paths.originals() / f"{case_id}.json"
