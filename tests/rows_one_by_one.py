"""LINES read a row at a time, by the rules and nothing else: what the arrays of the kit are held against."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workshopkit.network.claims import Claim
from workshopkit.network.files import rows as fields
from workshopkit.network.files.notes import Notes
from workshopkit.network.lines import Statements

MERGED = "a line that was there before was merged with it; the last row counts"
OBSERVED = "an observer's row does not count on the map"
MUTE = "{value} has voice none, so its own row does not count"
REPORTER = "reporter is only read in a file with a perspective (sender, receiver or observer)"
RANK = {"yes": 3, "partly": 2, "no": 0}


@dataclass(frozen=True)
class Row:
    """One row, with what it says already read."""

    line: int
    source: str
    target: str
    perspective: str
    reporter: str
    answer: str
    via: tuple[str, ...]
    channel: str


def noted(name: str, columns, given) -> tuple[Notes, list[Row]]:
    """Give what there is to say of the rows of a table, and what they say."""
    notes, found, seen = Notes(), [], set()
    plain = "perspective" not in columns or (bool(given) and not any(cells[2] for _, cells in given))
    if plain and any(cells[3] for _, cells in given):
        notes.warn(name, 0, REPORTER)
    for line, cells in given:
        fields.check(name, line, cells, notes, plain=plain)
        row = _row(line, cells, plain)
        if row is None:
            continue
        by = row.reporter or (row.target if row.perspective == "receiver" else row.source)
        key = row.perspective, row.source, row.target, by, row.channel
        if key in seen:
            notes.warn(name, line, MERGED)
        seen.add(key)
        found.append(row)
    return notes, found


def _row(line, cells, plain):
    source, target, perspective, reporter, arrives, via, _, channel, *_ = cells
    side = "" if plain else fields.side_of(perspective)
    answer, ways = fields.answer_of(arrives), fields.ways_of(via)
    if not (source and target and answer and side is not None) or source == target:
        return None
    if side == "sender":
        answer, ways = "no" if answer == "no" else "yes", ()
    return Row(line, source, target, side, "" if plain else reporter, "no" if ways else answer, ways, channel)


def cleaned(records, places, width, clean):
    """Give the rows of a table that say anything, and those that are too wide."""
    kept, wide = [], []
    for line, given in records:
        cells = [clean(cell) for cell in given]
        if any(cells[width:]):
            wide.append((line, next(filter(None, cells[width:]))))
        elif any(cells):
            cells += [""] * width
            kept.append((line, tuple("" if place is None else cells[place] for place in places)))
    return kept, wide


def gathered(rows, definition, name, notes, *, undirected):
    """Give what every respondent says: the latest of each channel, and of these the best."""
    latest: dict[tuple, dict[tuple, Claim]] = {}
    said = Statements()
    for row in speaking(rows, definition, name, notes):
        own = row.source if row.perspective == "sender" else row.target
        by = row.reporter or own
        ways = tuple(way if way in definition.by_id else fields.as_way(way) for way in row.via)
        both = [(own, (row.source, row.target), Claim(row.answer, ways))]
        if undirected:
            other = row.target if own == row.source else row.source
            both.append((other, (row.target, row.source), Claim(row.answer, ways[::-1])))
        for actor, pair, claimed in both:
            respondent, channel = (actor, (by, row.channel)) if undirected else (by, row.channel)
            spoken = said.sent if row.perspective == "sender" else said.received
            spoken.setdefault(actor, set()).add(respondent)
            channels = latest.setdefault((row.perspective, pair, respondent), {})
            channels.pop(channel, None)
            channels[channel] = claimed
    ways = []
    for (side, pair, respondent), channels in latest.items():
        best = max(reversed(channels.values()), key=lambda claim: 1 if claim.via else RANK[claim.answer])
        (said.told if side == "sender" else said.heard).setdefault(pair, {})[respondent] = best
        ways += [(claim.via[-1], pair[1], respondent) for claim in channels.values() if claim.via]
    for way, target, respondent in ways:
        if way in definition.by_id and way != target:
            said.heard.setdefault((way, target), {}).setdefault(respondent, Claim("yes"))
    return said


def speaking(rows, definition, name, notes):
    """Give the rows that count, those of who speaks for an audience as that audience's own."""
    proxied = {one.id for one in definition.actors if one.kind == "audience" and one.voice == "proxy"}
    for row in rows:
        if row.perspective == "observer":
            if row.target in proxied:
                yield replace(row, perspective="receiver")
            elif row.source in proxied:
                told = "no" if row.answer == "no" and not row.via else "yes"
                yield replace(row, perspective="sender", answer=told, via=())
            else:
                notes.warn(name, row.line, OBSERVED)
            continue
        own = definition.actor(row.source if row.perspective == "sender" else row.target)
        if own.voice == "none" and (own.kind != "audience" or row.perspective == "receiver"):
            notes.warn(name, row.line, MUTE, value=own.id)
            continue
        yield row
