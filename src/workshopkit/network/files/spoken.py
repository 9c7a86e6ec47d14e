"""What respondents say of the lines of a large map, as arrays, and both sides of these lines laid over each other.

The rules are those of `workshopkit.network.lines`, where rooms are; here all lines are worked out at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from workshopkit.network.claims import Claim, Side, heard_side
from workshopkit.network.files.columns import Ints, packed
from workshopkit.network.files.entries import ANSWERS
from workshopkit.network.lines import Line, Lines, Statements, state_of

__all__ = ["Claims", "Spoken"]

_NO, _PARTLY, _YES = range(len(ANSWERS))
_AT_A_TIME = 4_096


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims of one side; each of the arrays has a number a claim.

    Parameters
    ----------
    source, target
        By place in the order of the map.
    respondent
        By place in the names of `Spoken`.
    answer
        By place in `ANSWERS`.
    way
        By place in the ways of `Spoken`.
    """

    source: Ints
    target: Ints
    respondent: Ints
    answer: Ints
    way: Ints


@dataclass(frozen=True, slots=True)
class Spoken:
    """The claims of all respondents, with who has spoken on which side.

    Parameters
    ----------
    actors
        The map's order.
    names, ways
        What respondents are called, and what they name as ways, the nearest last; the first of these is nothing.
    told, heard
        The claims of senders and of receivers, of every respondent one a pair.
    sent, received
        Rows of an actor, by place, and a respondent that has spoken on its sender's or on its receiver's side.
    """

    actors: tuple[str, ...]
    names: tuple[str, ...]
    ways: tuple[tuple[str, ...], ...]
    told: Claims
    heard: Claims
    sent: Ints
    received: Ints

    def statements(self) -> Statements:
        """Give the same by name."""
        said = Statements()
        for claims, by_pair in ((self.told, said.told), (self.heard, said.heard)):
            ends = claims.source.tolist(), claims.target.tolist(), claims.respondent.tolist()
            for source, target, who, answer, way in zip(
                *ends, claims.answer.tolist(), claims.way.tolist(), strict=True
            ):
                pair = self.actors[source], self.actors[target]
                claim = Claim(ANSWERS[answer], self.ways[way])
                by_pair.setdefault(pair, {})[self.names[who]] = claim
        for rows, by_actor in ((self.sent, said.sent), (self.received, said.received)):
            for actor, who in rows.tolist():
                by_actor.setdefault(self.actors[actor], set()).add(self.names[who])
        return said

    def lines(self) -> Lines:
        """Lay both sides of every ordered pair over each other, as `workshopkit.network.lines` does."""
        n = len(self.actors)
        pairs = [claims.source * n + claims.target for claims in (self.told, self.heard)]
        every = np.unique(np.concatenate(pairs))
        source, target = np.divmod(every, max(n, 1))
        many = [np.bincount(rows[:, 0], minlength=n) for rows in (self.sent, self.received)]
        sends = _counts(np.searchsorted(every, pairs[0]), self.told, many[0][source])
        hears = _counts(np.searchsorted(every, pairs[1]), self.heard, many[1][target])
        # Of a pair that nobody says more of than that it was not named no line is made.
        named = np.flatnonzero(np.any([*sends[:3], *hears[:3]], axis=0))
        counts = [count[named] for count in (*sends, *hears)]
        _, first, of = np.unique(packed(*counts), return_index=True, return_inverse=True)
        kinds = np.stack(counts, axis=1)[first].tolist()
        told, heard = ([_side(*kind[part]) for kind in kinds] for part in (slice(4), slice(4, None)))
        states = list(map(state_of, told, heard))
        ways, names = self._nearest(pairs[1]), self.actors
        made: list[Line] = []
        for start in range(0, len(named), _AT_A_TIME):
            part = named[start : start + _AT_A_TIME]
            numbers = (array[part].tolist() for array in (every, source, target))
            made += [
                Line(names[one], names[other], told[kind], heard[kind], states[kind], ways.get(pair, ()))
                for pair, one, other, kind in zip(
                    *numbers, of[start : start + _AT_A_TIME].tolist(), strict=True
                )
            ]
        spoken = ({names[place]: count for place, count in enumerate(one.tolist()) if count} for one in many)
        return Lines(names, tuple(made), *spoken)

    def _nearest(self, pairs: Ints) -> Mapping[int, tuple[str, ...]]:
        """Give, by pair, the nearest ways that its receivers named."""
        found: dict[int, set[str]] = {}
        by_way = np.flatnonzero(self.heard.way)
        for pair, way in zip(pairs[by_way].tolist(), self.heard.way[by_way].tolist(), strict=True):
            found.setdefault(pair, set()).add(self.ways[way][-1])
        return {pair: tuple(sorted(ways)) for pair, ways in found.items()}


def _counts(line: Ints, claims: Claims, answers: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Count, by line, who says yes, partly, and no with a way; then all answers."""
    kinds = (claims.answer == _YES, claims.answer == _PARTLY, claims.way > 0)
    many = len(answers)
    # Who has no voice is not counted among the answers, and its claims are none.
    yes, partly, by_way = (np.bincount(line[kind], minlength=many) * (answers > 0) for kind in kinds)
    return yes, partly, by_way, answers


def _side(yes: int, partly: int, by_way: int, answers: int) -> Side:
    refused = answers - yes - partly
    claims = {
        Claim("yes"): yes,
        Claim("partly"): partly,
        Claim("no", ("?",)): by_way,
        Claim("no"): refused - by_way,
    }
    return heard_side([claim for claim, count in claims.items() for _ in range(count)])
