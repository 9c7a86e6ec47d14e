"""The names in a file, beside the places of a map that is there already.

A name is a place if it is that place's id or label; case, spaces and how an accent is written make no difference. What
only looks like one place (`network.similar`) is offered, for somebody to decide.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workshopkit.network.similar import alike

__all__ = ["ALIKE", "CHOSEN", "SAME", "Match", "matches"]

ALIKE, CHOSEN, SAME = "alike", "chosen", "same"


@dataclass(frozen=True, slots=True)
class Match:
    """A name in a file.

    Parameters
    ----------
    name
        As its lines have it.
    label
        As its file shows it: the same, or what it calls that place.
    place
        The id of the place that it is; None if it is none, or nobody knows.
    how
        Why: the name is the ``"same"``, only ``"alike"``, or somebody has ``"chosen"``; empty where it is no place.
    """

    name: str
    label: str
    place: str | None
    how: str


def matches(
    names: Iterable[str], places: Mapping[str, str], labels: Mapping[str, str] | None = None
) -> dict[str, Match]:
    """Lay the names of a file beside the places of a map.

    Parameters
    ----------
    names
        Those in the lines of the file.
    places
        By id, the label of every place on the map.
    labels
        What the file itself calls a name, where it tells.

    Examples
    --------
    >>> places = {"desk": "Front desk", "comms": "Communication"}
    >>> found = matches(["front  DESK", "n1", "Comms.", "Elvis"], places, {"n1": "Communication"})
    >>> [(one.place, one.how) for one in found.values()]
    [('desk', 'same'), ('comms', 'same'), ('comms', 'same'), (None, '')]
    >>> matches(["Communicatie"], places)["Communicatie"]
    Match(name='Communicatie', label='Communicatie', place='comms', how='alike')
    """
    known = _known(places)
    found = {}
    for name in dict.fromkeys(names):
        label = (labels or {}).get(name) or name
        place = known.get(_plain(label)) or known.get(_plain(name))
        like = None if place else _only_alike(label, places)
        found[name] = Match(name, label, place or like, SAME if place else ALIKE if like else "")
    return found


def _known(places: Mapping[str, str]) -> dict[str, str]:
    """Give the place by every name that means one place alone; a label goes before an id."""
    by_label: dict[str, str | None] = {}
    for id, label in places.items():
        plain = _plain(label)
        by_label[plain] = None if plain in by_label else id
    ids = {_plain(id): id for id in places}
    return {**ids, **{plain: id for plain, id in by_label.items() if id is not None}}


def _only_alike(label: str, places: Mapping[str, str]) -> str | None:
    some = [id for id, known in places.items() if alike(label, known)]
    return some[0] if len(some) == 1 else None


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold().rstrip(".")
