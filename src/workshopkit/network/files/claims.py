"""What the rows of LINES say, as the claims of their respondents.

One respondent has one answer per side and ordered pair: the latest; over several channels the best, yes > partly > heard
by another way > no. Who names a way has heard from the nearest one on it, also where another channel counts. A
respondent has spoken on a side as soon as it has a row there. Observers say nothing, but those that speak for an
audience: of a line into it they speak as its receiver, of a line from it as its sender.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace

import numpy as np

from workshopkit.i18n import N_
from workshopkit.network.actors import AUDIENCE, Definition
from workshopkit.network.files.columns import Ints, Places, Truths, packed
from workshopkit.network.files.entries import ANSWERS, SIDES, Entries, Floats
from workshopkit.network.files.notes import Notes
from workshopkit.network.files.rows import OBSERVER, RECEIVER, SENDER, as_way
from workshopkit.network.files.spoken import Claims, Spoken

__all__ = ["delays", "gather", "plain", "weights"]

Pair = tuple[str, str]
_SENDER, _RECEIVER, _OBSERVER = (SIDES.index(side) for side in (SENDER, RECEIVER, OBSERVER))
_NO, _, _YES = range(len(ANSWERS))
# By answer, which counts before which; one with a way stands between no and partly.
_RANK, _RANK_OF_WAY = np.array([0, 2, 3]), 1


def plain(entries: Entries, definition: Definition, *, undirected: bool = False) -> Spoken:
    """Read a plain list: both sides say yes to every row, and whoever has a voice has spoken."""
    place = _places(entries, definition)
    pairs = np.stack((place[entries.source], place[entries.target]), axis=1)
    pairs = np.unique(np.concatenate((pairs, pairs[:, ::-1])) if undirected else pairs, axis=0)
    source, target = pairs.T
    yes, no_way = np.full(len(pairs), _YES), np.zeros(len(pairs), dtype=np.int64)
    names = tuple(actor.id for actor in definition.actors)
    everybody = np.arange(len(names)).repeat(2).reshape(-1, 2)
    voiced = np.array([actor.has_voice for actor in definition.actors], dtype=bool)
    return Spoken(
        actors=names,
        names=names,
        ways=((),),
        told=Claims(source, target, source, yes, no_way),
        heard=Claims(source, target, target, yes, no_way),
        sent=everybody,
        received=everybody[voiced],
    )


def gather(
    entries: Entries, definition: Definition, file: str, notes: Notes, *, undirected: bool = False
) -> Spoken:
    """Gather what every respondent says.

    Parameters
    ----------
    entries
        The rows of a file with perspectives.
    definition
        Tells who has a voice.
    file, notes
        What the file is called, and where warnings go.
    undirected
        Read each row both ways. All respondents of a place are then one voice, of which the best answer counts.
    """
    entries = _speaking(entries, definition, file, notes)
    actors = {actor.id: number for number, actor in enumerate(definition.actors)}
    ways = [tuple(way if way in actors else as_way(way) for way in via) for via in entries.ways]
    # Respondents are the actors, and the reporters that are none.
    names = Places(actors)
    respondent = np.array([names[name] for name in entries.names], dtype=np.int64)
    said = _Said.of(entries, _places(entries, definition), respondent)
    if undirected:
        said = said.both_ways(len(ways))
        ways += [via[::-1] for via in ways]
    spoken = said.only(_last(said.sender, said.own, said.by))
    sent, received = (
        np.stack((some.own, some.by), axis=1)
        for some in (
            spoken.only(np.flatnonzero(spoken.sender)),
            spoken.only(np.flatnonzero(spoken.sender == 0)),
        )
    )
    # The latest of each channel, and of these the best; of equal ones the latest.
    said = said.only(_last(said.sender, said.source, said.target, said.by, said.channel))
    rank = np.where(said.way > 0, _RANK_OF_WAY, _RANK[said.answer])
    best = said.only(_last(said.sender, said.source, said.target, said.by, rank=rank))
    nearest = np.array([actors.get(via[-1], -1) if via else -1 for via in ways], dtype=np.int64)
    return Spoken(
        actors=tuple(actors),
        names=tuple(names),
        ways=tuple(ways),
        told=best.only(np.flatnonzero(best.sender)).claims(),
        heard=_with_nearest(best.only(np.flatnonzero(best.sender == 0)), said, nearest).claims(),
        sent=sent,
        received=received,
    )


def delays(entries: Entries, *, undirected: bool = False) -> dict[Pair, float]:
    """Give, by pair, how many days it takes: what the last row of a receiver says, else that of anybody."""
    said = sorted(_amounts(entries, entries.delay, undirected=undirected), key=lambda one: one[1])
    return {pair: delay for pair, _, delay in said}


def weights(entries: Entries, *, undirected: bool = False) -> dict[Pair, float]:
    """Give, by pair, the sum of its rows' weights: those of receivers, else those of anybody else."""
    sums: dict[Pair, dict[bool, float]] = {}
    for pair, by_receiver, weight in _amounts(entries, entries.weight, undirected=undirected):
        side = sums.setdefault(pair, {})
        side[by_receiver] = side.get(by_receiver, 0.0) + weight
    return {pair: side.get(True, side.get(False, 0.0)) for pair, side in sums.items()}


@dataclass(frozen=True, slots=True)
class _Said:
    """Claims as they were said, the latest last: on which side (1 is the sender's), of which line, for whom and by whom."""

    sender: Ints
    source: Ints
    target: Ints
    own: Ints
    by: Ints
    answer: Ints
    way: Ints
    channel: Ints

    @classmethod
    def of(cls, entries: Entries, place: Ints, respondent: Ints) -> _Said:
        source, target = place[entries.source], place[entries.target]
        sender = (entries.side == _SENDER).astype(np.int64)
        own = np.where(sender, source, target)
        by = np.where(entries.reporter < 0, own, respondent[entries.reporter])
        return cls(sender, source, target, own, by, entries.answer, entries.via, entries.channel)

    def only(self, which: Ints) -> _Said:
        """Give some, in their order."""
        if len(which) == len(self.own):
            return self
        return _Said(*(getattr(self, one.name)[which] for one in fields(self)))

    def both_ways(self, ways: int) -> _Said:
        """Give each claim for the way back as well; ways back come after the others."""
        other = np.where(self.sender, self.target, self.source)
        there = replace(self, by=self.own, channel=packed(self.by, self.channel))
        turned = np.where(self.way > 0, self.way + ways, 0)
        back = replace(there, source=self.target, target=self.source, own=other, by=other, way=turned)
        both = ((getattr(there, one.name), getattr(back, one.name)) for one in fields(self))
        return _Said(*(np.stack(pair, axis=1).ravel() for pair in both))

    def claims(self) -> Claims:
        return Claims(self.source, self.target, self.by, self.answer, self.way)


def _with_nearest(heard: _Said, said: _Said, nearest: Ints) -> _Said:
    """Add what follows from the ways: who names one heard directly from the nearest, unless it says otherwise."""
    by_way = said.only(np.flatnonzero(said.way))
    source = nearest[by_way.way]
    direct = replace(by_way, source=source, answer=np.full(len(source), _YES), way=np.zeros_like(source))
    direct = direct.only(np.flatnonzero((source >= 0) & (source != by_way.target)))
    both = _Said(
        *(np.concatenate((getattr(direct, one.name), getattr(heard, one.name))) for one in fields(heard))
    )
    return both.only(_last(both.source, both.target, both.by))


def _last(*columns: Ints, rank: Ints | None = None) -> Ints:
    """Give where the last of all rows that are alike stands, of those with the highest rank; in the order of the rows."""
    key = packed(*columns)
    order = np.argsort(key, kind="stable") if rank is None else np.lexsort((rank, key))
    last = np.append(np.diff(key[order]) != 0, np.ones(min(len(key), 1), dtype=bool))
    return np.sort(order[last])


def _places(entries: Entries, definition: Definition) -> Ints:
    """Give, by name, the place in the map's order; -1 for a reporter that is no actor."""
    place = {actor.id: number for number, actor in enumerate(definition.actors)}
    return np.array([place.get(name, -1) for name in entries.names], dtype=np.int64)


def _amounts(entries: Entries, amounts: Floats, *, undirected: bool) -> Iterator[tuple[Pair, bool, float]]:
    """Give the rows that have a number, each with its pair, and whether a receiver says so."""
    names = entries.names
    for row in np.flatnonzero(~np.isnan(amounts)).tolist():
        pair = names[entries.source[row]], names[entries.target[row]]
        by_receiver, amount = bool(entries.side[row] == _RECEIVER), float(amounts[row])
        yield pair, by_receiver, amount
        if undirected:
            yield pair[::-1], by_receiver, amount


def _speaking(entries: Entries, definition: Definition, file: str, notes: Notes) -> Entries:
    """Give the rows that count, those of who speaks for an audience as that audience's own."""
    by_id = definition.by_id

    def those(which: Iterable[str]) -> Truths:
        chosen = frozenset(which)
        return np.fromiter((name in chosen for name in entries.names), bool, len(entries.names))

    proxied = those(one.id for one in by_id.values() if one.kind == AUDIENCE and one.voice == "proxy")
    mute = those(one.id for one in by_id.values() if one.voice == "none")
    audience = those(one.id for one in by_id.values() if one.kind == AUDIENCE)
    observed = entries.side == _OBSERVER
    own = entries.own()
    unheard = ~observed & mute[own] & (~audience[own] | (entries.side == _RECEIVER))
    receives = observed & proxied[entries.target]
    sends = observed & ~receives & proxied[entries.source]
    passed = observed & ~receives & ~sends
    for row in np.flatnonzero(passed | unheard).tolist():
        line = int(entries.line[row])
        if passed[row]:
            notes.warn(file, line, N_("an observer's row does not count on the map"))
        else:
            value = entries.names[own[row]]
            notes.warn(file, line, N_("{value} has voice none, so its own row does not count"), value=value)
    told = np.where((entries.answer == _NO) & (entries.via == 0), _NO, _YES)
    return replace(
        entries,
        side=np.where(receives, _RECEIVER, np.where(sends, _SENDER, entries.side)),
        answer=np.where(sends, told, entries.answer),
        via=np.where(sends, 0, entries.via),
    ).only(~(passed | unheard))
