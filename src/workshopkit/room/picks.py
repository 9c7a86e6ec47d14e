"""The findings that the facilitator picks for what follows: two of the five that matter most.

A finding is known by what it says of which places, so that a correction that changes a number leaves the choice as it
is. One that was picked stays in the list when others weigh more by then.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from workshopkit.analysis.findings import Findings
from workshopkit.analysis.ranking import MOST, Finding, rank
from workshopkit.figures import five
from workshopkit.i18n import LANGUAGES
from workshopkit.room.fold import Room
from workshopkit.room.release import released

__all__ = ["key", "picked", "rows"]

_DIGITS = 12
_FROM = {"silos": ("walk", "break"), "message": None, "breakthrough": None}


def key(finding: Finding) -> str:
    """Give what a finding is known by."""
    told = json.dumps([finding.kind, finding.places]).encode()
    return hashlib.sha256(told).hexdigest()[:_DIGITS]


def rows(room: Room, found: Findings | None) -> list[dict[str, Any]]:
    """List the findings to pick from, with their sentences by language; none before the room has seen its map."""
    parts = _FROM.get(room.act or "", ())
    if found is None or not (parts is None or room.part in parts):
        return []
    wishes = released(room).wishes
    ranked: dict[str, Finding] = {}
    for one in rank(found, wishes):
        ranked.setdefault(key(one), one)
    most = list(ranked)[:MOST]
    return [
        {"id": id, "said": {lang: five.words(found, one, lang).said for lang in LANGUAGES}}
        for id, one in ranked.items()
        if id in most or id in room.picks
    ]


def picked(room: Room, found: Findings | None) -> dict[str, list[str]]:
    """Give the sentences of those that were picked, by language, the heaviest first."""
    chosen = [row["said"] for row in rows(room, found) if row["id"] in room.picks]
    return {lang: [said[lang] for said in chosen] for lang in LANGUAGES}
