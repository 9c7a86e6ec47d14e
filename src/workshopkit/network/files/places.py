"""The places of a map: those in ACTORS, and after them those that only LINES names, as an end or as a way.

A place is a team unless ``kind`` says role or audience. A team answers for itself. An audience without a ``voice`` of
its own in the file has one if it has rows of a receiver, a proxy's if only observers speak of it, else none; in a plain
list nobody is silent and every place has a voice.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from workshopkit.i18n import N_
from workshopkit.network.actors import AUDIENCE, TEAM, Actor, Definition
from workshopkit.network.files.notes import Notes
from workshopkit.network.files.rows import WAYS, as_way, number
from workshopkit.network.files.table import Form, Table

if TYPE_CHECKING:
    from workshopkit.network.files.entries import Entries

__all__ = ["ACTORS", "Place", "definition", "read"]

ACTORS = Form(("actor", "label", "group", "kind", "voice", "capacity"), ("actor",))
_KINDS = {"": TEAM, "team": TEAM, "role": "role", "audience": AUDIENCE, "rol": "role", "publiek": AUDIENCE}
_VOICES = ("own", "proxy", "none")
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A row of ACTORS; `voice` is empty where the file does not say, `capacity` None."""

    actor: str
    label: str
    group: str
    kind: str
    voice: str
    capacity: float | None


def read(found: Table, notes: Notes) -> dict[str, Place]:
    """Read and check the rows of ACTORS, by actor."""
    places: dict[str, Place] = {}
    for line, (actor, label, group, kind, voice, capacity) in found.rows:
        if not actor:
            notes.fault(
                found.name, line, N_("{column} is empty; fill it in or leave the row out"), column="actor"
            )
        if kind.casefold() not in _KINDS:
            notes.fault(found.name, line, N_("kind is {value}; write team, role or audience"), value=kind)
        if voice and voice.casefold() not in _VOICES:
            notes.fault(found.name, line, N_("voice is {value}; write own, proxy or none"), value=voice)
        place = Place(
            actor,
            label or actor,
            group,
            _KINDS.get(kind.casefold(), TEAM),
            voice.casefold(),
            number(capacity, found.name, line, "capacity", notes),
        )
        if actor and actor in places:
            if places[actor] == place:
                notes.warn(found.name, line, N_("a place that was there before was left out"))
            else:
                notes.fault(
                    found.name, line, N_("{value} is there twice, and not alike; leave one out"), value=actor
                )
        places.setdefault(actor, place)
    return places


def definition(
    places: dict[str, Place], entries: Entries, file: str, notes: Notes, *, plain: bool
) -> Definition:
    """Give all places of a map with their groups and voices.

    Parameters
    ----------
    places
        Those of ACTORS.
    entries, file
        The rows of LINES, and what their file is called.
    plain
        Whether the lines come without perspectives.
    """
    known = dict(places)
    ends = dict.fromkeys(end for end in entries.ends() if end not in places)
    ways = dict.fromkeys(
        way
        for way in entries.named_ways()
        if way not in places and way not in ends and as_way(way) not in WAYS
    )
    if places and ends:
        said = N_("not among the actors, and added as teams ({count}): {names}")
        notes.warn(file, 0, said, count=len(ends), names=_some(ends))
    if ways:
        said = N_("only named in via, and added as teams ({count}): {names}")
        notes.warn(file, 0, said, count=len(ways), names=_some(ways))
    known.update({name: Place(name, name, "", TEAM, "", None) for name in (*ends, *ways)})
    heard, watched = entries.receivers(), entries.observed()

    def voice(place: Place) -> str:
        if place.voice or plain or place.kind != AUDIENCE:
            return place.voice or "own"
        return "own" if place.actor in heard else "proxy" if place.actor in watched else "none"

    made = Definition.read(
        {"domains": [{"id": group} for group in dict.fromkeys(p.group for p in known.values()) if group]}
    )
    return replace(
        made,
        actors=tuple(
            Actor(place.actor, place.label, place.kind, place.group or None, voice(place))
            for place in known.values()
        ),
    )


def _some(names: Collection[str]) -> str:
    return ", ".join(islice(names, _MOST_NAMED)) + (", …" if len(names) > _MOST_NAMED else "")
