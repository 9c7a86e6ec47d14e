"""The released table of an anonymous workshop as data: what a bundle keeps in the place of answers.

Who restores it has every number again and nobody's answers. Answers that are given after that do not count: laid beside
the kept table they would tell who gave them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workshopkit.network.actors import Definition
from workshopkit.network.claims import Side
from workshopkit.network.lines import Line, Lines, state_of, unnamed
from workshopkit.network.release import BINS, K

__all__ = ["lines_of", "sides_of", "valid"]

MARKS = ("ours", "not_ours", "unknown")
TENTHS = 10
Payload = dict[str, Any]
_SAYS = {"told": ("yes", "no", "divided"), "heard": ("yes", "no", "divided", "via")}


def sides_of(lines: Lines) -> list[list[Any]]:
    """Give what is told of the sides of every pair: source, target, and of both sides what it says and its strength."""
    return [[line.source, line.target, *_as_data(line.told), *_as_data(line.heard)] for line in lines.every()]


def _as_data(side: Side) -> tuple[str | None, float | None]:
    return (None, None) if side.silent else (side.verdict, side.strength)


def lines_of(definition: Definition, sides: list[list[Any]]) -> Lines:
    """Give the lines that were kept."""
    sent = {source: K for source, _, told, *_ in sides if told is not None}
    received = {target: K for _, target, _, _, heard, _ in sides if heard is not None}
    named = []
    for source, target, told, strength, heard, other in sides:
        both = (
            unnamed(0) if told is None else Side(told, strength, K),
            unnamed(0) if heard is None else Side(heard, other, K),
        )
        if not (both[0].silent and both[1].silent):
            named.append(Line(source, target, *both, state_of(*both)))
    return Lines(tuple(actor.id for actor in definition.actors), tuple(named), sent, received)


def valid(payload: Mapping[str, Any], definition: Definition) -> Payload | None:
    """Give a kept table as it may be stored; None if it is none of this workshop."""
    try:
        sides = _sides(payload["sides"], definition)
        wishes = {
            _id(one, definition): wish and _id(wish, definition) for one, wish in payload["wishes"].items()
        }
        guess = payload["guess"]
        if guess is not None and not (type(guess) is int and 0 <= guess <= TENTHS):
            return None
        marks = [
            [
                str(card)[:80],
                {_id(one, definition): _share(share) for one, share in groups.items()},
                None if total is None else {mark: _share(total[mark]) for mark in MARKS},
            ]
            for card, groups, total in payload["marks"]
        ]
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    return {"sides": sides, "wishes": wishes, "guess": guess, "marks": marks}


def _sides(given: Any, definition: Definition) -> list[list[Any]]:
    found = [
        [
            _id(source, definition),
            _id(target, definition),
            *_side("told", told, strength),
            *_side("heard", heard, other),
        ]
        for source, target, told, strength, heard, other in given
    ]
    if [(row[0], row[1]) for row in found] != list(definition.pairs):
        raise ValueError
    # A group has spoken on a side, or has not: on every pair alike.
    for end, said in ((0, 2), (1, 4)):
        if any(len({row[said] is None for row in found if row[end] == one}) > 1 for one in definition.by_id):
            raise ValueError
    return found


def _side(name: str, says: Any, strength: Any) -> tuple[str | None, float | None]:
    if says is None and strength is None:
        return None, None
    if says not in _SAYS[name]:
        raise ValueError
    return says, _share(strength)


def _share(value: Any) -> float:
    if isinstance(value, bool) or value * (BINS - 1) not in range(BINS):
        raise ValueError
    return float(value)


def _id(value: Any, definition: Definition) -> str:
    if value not in definition.by_id:
        raise ValueError
    return str(value)
