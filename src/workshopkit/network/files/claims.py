"""What the rows of LINES say, as the claims of their respondents.

One respondent has one answer per side and ordered pair: the latest; over several channels the best, yes > partly > heard
by another way > no. Who names a way has heard from the nearest one on it, also where another channel counts. A
respondent has spoken on a side as soon as it has a row there. Observers say nothing, but those that speak for an
audience: of a line into it they speak as its receiver, of a line from it as its sender.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from workshopkit.i18n import N_
from workshopkit.network.actors import AUDIENCE, Definition
from workshopkit.network.claims import Claim
from workshopkit.network.files.notes import Notes
from workshopkit.network.files.rows import OBSERVER, RECEIVER, SENDER, Row, as_way
from workshopkit.network.lines import Statements

__all__ = ["delays", "gather", "plain", "weights"]

Pair = tuple[str, str]
_YES = Claim("yes")
_BEST = {"yes": 3, "partly": 2, "no": 0}


def plain(rows: Iterable[Row], definition: Definition, *, undirected: bool = False) -> Statements:
    """Read a plain list: both sides say yes to every row, and whoever has a voice has spoken."""
    everybody = {actor.id: {actor.id} for actor in definition.actors}
    said = Statements(
        sent=everybody,
        received={id: who for id, who in everybody.items() if definition.actor(id).has_voice},
    )
    for row in rows:
        pairs = [(row.source, row.target), (row.target, row.source)]
        for source, target in pairs if undirected else pairs[:1]:
            said.told[source, target] = {source: _YES}
            said.heard[source, target] = {target: _YES}
    return said


def gather(
    rows: Iterable[Row], definition: Definition, file: str, notes: Notes, *, undirected: bool = False
) -> Statements:
    """Gather what every respondent says.

    Parameters
    ----------
    rows
        Those of a file with perspectives.
    definition
        Tells who has a voice.
    file, notes
        What the file is called, and where warnings go.
    undirected
        Read each row both ways. All respondents of a place are then one voice, of which the best answer counts.
    """
    # By side, pair and respondent, the latest claim of each channel, the latest channel last.
    latest: dict[tuple[str, Pair, str], dict[tuple[str, str], Claim]] = {}
    said = Statements()
    for row in _speaking(rows, definition, file, notes):
        own = row.source if row.perspective == SENDER else row.target
        by = row.reporter or own
        claim = Claim(row.answer, tuple(way if way in definition.by_id else as_way(way) for way in row.via))
        both = [(own, (row.source, row.target), claim)]
        if undirected:
            other = row.target if own == row.source else row.source
            both.append((other, (row.target, row.source), replace(claim, via=claim.via[::-1])))
        for actor, pair, claimed in both:
            respondent, channel = (actor, (by, row.channel)) if undirected else (by, ("", row.channel))
            spoken = said.sent if row.perspective == SENDER else said.received
            spoken.setdefault(actor, set()).add(respondent)
            channels = latest.setdefault((row.perspective, pair, respondent), {})
            channels.pop(channel, None)
            channels[channel] = claimed
    passed_over = []
    for (side, pair, respondent), channels in latest.items():
        best = max(reversed(channels.values()), key=_rank)
        claims = said.told if side == SENDER else said.heard
        claims.setdefault(pair, {})[respondent] = best
        passed_over += [
            (c.via[-1], pair[1], respondent) for c in channels.values() if c.via and c is not best
        ]
    for way, target, respondent in passed_over:
        if way in definition.by_id:
            said.heard.setdefault((way, target), {}).setdefault(respondent, _YES)
    return said


def delays(rows: Iterable[Row], *, undirected: bool = False) -> dict[Pair, float]:
    """Give, by pair, how many days it takes: what the last row of a receiver says, else that of anybody."""
    found: dict[Pair, float] = {}
    for row in sorted(rows, key=lambda row: row.perspective == RECEIVER):
        if row.delay is not None:
            found[row.source, row.target] = row.delay
            if undirected:
                found[row.target, row.source] = row.delay
    return found


def weights(rows: Iterable[Row], *, undirected: bool = False) -> dict[Pair, float]:
    """Give, by pair, the sum of its rows' weights: those of receivers, else those of anybody else."""
    sums: dict[Pair, dict[bool, float]] = {}
    for row in rows:
        if row.weight is not None:
            pairs = [(row.source, row.target), (row.target, row.source)]
            for pair in pairs if undirected else pairs[:1]:
                side = sums.setdefault(pair, {})
                by_receiver = row.perspective == RECEIVER
                side[by_receiver] = side.get(by_receiver, 0.0) + row.weight
    return {pair: side.get(True, side.get(False, 0.0)) for pair, side in sums.items()}


def _rank(claim: Claim) -> int:
    return 1 if claim.via else _BEST[claim.answer]


def _speaking(rows: Iterable[Row], definition: Definition, file: str, notes: Notes) -> Iterator[Row]:
    """Give the rows that count, those of who speaks for an audience as that audience's own."""
    proxied = {one.id for one in definition.actors if one.kind == AUDIENCE and one.voice == "proxy"}
    for row in rows:
        if row.perspective == OBSERVER:
            if row.target in proxied:
                yield replace(row, perspective=RECEIVER)
            elif row.source in proxied:
                told = "no" if row.answer == "no" and not row.via else "yes"
                yield replace(row, perspective=SENDER, answer=told, via=())
            else:
                notes.warn(file, row.line, N_("an observer's row does not count on the map"))
            continue
        own = definition.actor(row.source if row.perspective == SENDER else row.target)
        if own.voice == "none" and (own.kind != AUDIENCE or row.perspective == RECEIVER):
            notes.warn(
                file, row.line, N_("{value} has voice none, so its own row does not count"), value=own.id
            )
            continue
        yield row
