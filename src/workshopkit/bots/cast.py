"""Who plays what: so many phones over the seats of a workshop, each with its part of the answers.

The first phone of a seat answers everything; those beside it share the rows of the two questions with it, so that
together they say what the seat says, and each row is tapped on one phone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from workshopkit.bots.afternoon import Part
from workshopkit.network.actors import Definition
from workshopkit.panels import demo

__all__ = ["script", "seats_of", "workshop_of"]

_ROWS = ("told", "heard")


def workshop_of(state: Mapping[str, Any], lang: str) -> Definition:
    """Read the workshop off a phone, as far as phones know it."""
    return Definition.read({**state, "lang": lang})


def seats_of(seats: Sequence[str], count: int) -> list[tuple[str, int, int]]:
    """Give for each phone its seat, its place among the phones of the seat, and how many these are.

    Examples
    --------
    >>> seats_of(["a", "b"], 3)
    [('a', 0, 2), ('b', 0, 1), ('a', 1, 2)]
    """
    taken = [seats[number % len(seats)] for number in range(count)]
    together, so_far = Counter(taken), Counter[str]()
    found = []
    for seat in taken:
        found.append((seat, so_far[seat], together[seat]))
        so_far[seat] += 1
    return found


def script(definition: Definition, seat: str, place: int, together: int, *, seed: int = 1) -> Part:
    """Give what one phone of a seat says in each act."""
    said = demo.afternoon(definition, seat, seed=seed)
    rows = [one for one in said["lines"] if one[0] in _ROWS]
    mine = rows[place::together]
    if place:
        return Part(mine, said["marks"], guess=said["guess"], walked=said["walked"], accept=said["accept"])
    lines = [one for one in said["lines"] if one[0] not in _ROWS or one in mine]
    return Part(**{**said, "lines": lines})
