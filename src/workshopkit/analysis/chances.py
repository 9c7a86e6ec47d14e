"""The chance that what is said on a map arrives at each of its audiences, over all who speak.

As in `workshopkit.analysis.arrival.chance` lines are independent and everybody passes the message on once, so it is an
upper bound. Worlds are drawn once for all audiences; the message is then followed back from the audience, in all
worlds at a time, so that one walk serves every speaker.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workshopkit.analysis import arrays, reach, worlds
from workshopkit.analysis.arrival import EXACT_LINES, MANY_ACTORS, WORLDS, WORLDS_OF_MANY, holds
from workshopkit.analysis.relabel import Ints
from workshopkit.network.network import Network

__all__ = ["Chances", "find"]

_EVERYWHERE = np.uint64(np.iinfo(np.uint64).max)
# A chance is cut to so many binary digits: far below the error of the drawing.
_DIGITS = 16
# What is laid together at a time must fit near the processor.
_WORDS_A_TIME = 1 << 17
Words = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Chances:
    """What arrives on average over all speakers.

    Parameters
    ----------
    by_audience
        By audience with a voice, the mean chance over the speakers, from 0 to 1.
    method
        ``"exact"`` (at most 18 uncertain lines), ``"4096 worlds"``, or above 10 000 actors ``"1024 worlds"``; None
        without such an audience or without speakers.
    """

    by_audience: dict[str, float]
    method: str | None


def find(net: Network, *, seed: int = 0) -> Chances:
    """Give, by audience, the mean chance that what a speaker says arrives, from 0 to 1.

    Parameters
    ----------
    net
        The map, with its answers.
    seed
        Where the worlds come from.

    References
    ----------
    C. J. Colbourn (1987), The combinatorics of network reliability, Oxford University Press.

    Examples
    --------
    >>> net = Network.from_edges(["ab", "bt"], audiences="t", answers={("a", "b"): (1, 1)})
    >>> find(net)
    Chances(by_audience={'t': 0.875}, method='exact')
    """
    voiced = [actor for actor in net.audiences if actor in net.voiced]
    speakers = np.array([net.index[actor] for actor in net.speakers], dtype=np.int64)
    if not voiced or not speakers.size:
        return Chances({}, None)
    lived = arrays.lines(net)
    chances = np.array([holds(net.answers.get(pair)) for pair in net.lived])
    uncertain = int(((chances > 0) & (chances < 1)).sum())
    if not uncertain:
        return Chances(_certain(net, voiced), "exact")
    if uncertain <= EXACT_LINES:
        return Chances(_listed(net, voiced, lived, chances), "exact")
    drawn = WORLDS_OF_MANY if len(net.actors) > MANY_ACTORS else WORLDS
    there_is = _drawn(chances, drawn, np.random.default_rng((seed, 5)))
    ways = _Ways(lived, there_is, len(net.actors))
    found: dict[str, float] = {}
    for audience in voiced:
        got = ways.to(net.index[audience])
        found[audience] = int(np.bitwise_count(got[speakers]).sum(dtype=np.int64)) / (drawn * speakers.size)
    return Chances(found, f"{drawn} worlds")


def _certain(net: Network, voiced: list[str]) -> dict[str, float]:
    goals = [net.index[actor] for actor in voiced]
    speakers = [net.index[actor] for actor in net.speakers]
    found: dict[str, float] = {}
    for some, masks in reach.ahead(net, goals):
        for bit, goal in enumerate(some):
            found[net.actors[goal]] = sum(masks[place] >> bit & 1 for place in speakers) / len(speakers)
    return found


def _listed(
    net: Network, voiced: list[str], lived: Ints, chances: npt.NDArray[np.float64]
) -> dict[str, float]:
    seen = worlds.all_of_them(chances.tolist())
    back = [(there, here) for here, there in lived.tolist()]
    found: dict[str, float] = {}
    for audience in voiced:
        got = seen.spread(back, net.index[audience])
        reached = [
            worlds.weigh(seen.unpack(got[place]).astype(float), chances.tolist())
            for actor in net.speakers
            if (place := net.index[actor]) in got
        ]
        found[audience] = sum(reached) / len(net.speakers)
    return found


def _drawn(chances: npt.NDArray[np.float64], count: int, rng: np.random.Generator) -> Words:
    """Draw worlds: of each line a row of bits, each 1 with the line's chance.

    A random bit for each binary digit of the chance, the last digit first: or-ed where the digit is 1, and-ed where it
    is 0, so that every digit halves what was there.
    """
    rows = np.zeros((len(chances), count // 64), dtype=np.uint64)
    for chance in np.unique(chances):
        lines = np.flatnonzero(chances == chance)
        digits = round(chance * 2**_DIGITS)
        if digits >= 2**_DIGITS:
            rows[lines] = _EVERYWHERE
            continue
        bits = np.zeros((len(lines), count // 64), dtype=np.uint64)
        last = (digits & -digits).bit_length() - 1 if digits else _DIGITS
        for digit in range(last, _DIGITS):
            coins = rng.integers(0, 2**64, size=bits.shape, dtype=np.uint64)
            bits = bits | coins if digits >> digit & 1 else bits & coins
        rows[lines] = bits
    return rows


class _Ways:
    """Who reaches whom in each of the drawn worlds.

    In most worlds most places reach one well-connected place, the *hub*, and are reached from it. Both are followed
    once; of each goal only what does not pass the hub is left to follow.
    """

    def __init__(self, lived: Ints, there_is: Words, places: int) -> None:
        self._places, self._words = places, there_is.shape[1]
        source, target = lived.T
        self._against = _Order(source, target, there_is)
        out, into = (np.bincount(ends, minlength=places) for ends in (source, target))
        hub = int(np.minimum(out, into).argmax())
        self._into_hub = self._against.follow(self._at(hub), hub)
        self._from_hub = _Order(target, source, there_is).follow(self._at(hub), hub)

    def to(self, goal: int) -> Words:
        """Give, by place, in which worlds it reaches a goal."""
        got = self._into_hub & self._from_hub[goal]
        got[goal] = _EVERYWHERE
        return self._against.follow(got, goal)

    def _at(self, place: int) -> Words:
        got = np.zeros((self._places, self._words), dtype=np.uint64)
        got[place] = _EVERYWHERE
        return got


class _Order:
    """Lines in the order of the ends at which a message is followed to, `here`, from their other ends, `beyond`."""

    def __init__(self, here: Ints, beyond: Ints, there_is: Words) -> None:
        self._order = np.argsort(here, kind="stable")
        self._here, self._beyond, self._there_is = here[self._order], beyond[self._order], there_is

    def follow(self, got: Words, start: int) -> Words:
        """Follow what is new at one place, in all worlds at a time; gives `got`, in which the rest was followed before."""
        changed = np.zeros(len(got), dtype=bool)
        changed[start] = True
        step = max(1, _WORDS_A_TIME // got.shape[1])
        done = (got == _EVERYWHERE).all(axis=1)
        while changed.any():
            some = np.flatnonzero(changed[self._beyond] & ~done[self._here])
            changed = np.zeros(len(got), dtype=bool)
            for first in range(0, len(some), step):
                lines = some[first : first + step]
                ends = self._here[lines]
                starts = np.flatnonzero(np.diff(ends, prepend=-1))
                here = ends[starts]
                before = got[here]
                after = before | np.bitwise_or.reduceat(
                    got[self._beyond[lines]] & self._there_is[self._order[lines]], starts, axis=0
                )
                got[here] = after
                changed[here] |= (after != before).any(axis=1)
                done[here] = (after == _EVERYWHERE).all(axis=1)
        return got
