"""What of a room's answers may be told: in team mode what the teams say, in anonymous mode the released table.

Everything that is drawn, measured, said or written down of answers comes from here. In anonymous mode the table moves only
when answers are closed (`workshopkit.room.closing`), and then by the rules of `workshopkit.network.release`: of a side
that at least k respondents have spoken on, only what at least k of them say anew. It is made from the answers of those
who are still in, so that after a withdrawal it is the table of a run without them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from workshopkit.network.actors import Definition
from workshopkit.network.claims import Claim
from workshopkit.network.lines import Lines, Statements, reconcile, reconcile_statements
from workshopkit.network.release import K, coarse, in_bins, moved, suppress
from workshopkit.room.closing import GUESS, LINES, card
from workshopkit.room.events import MARKS
from workshopkit.room.fold import Room
from workshopkit.room.kept import lines_of, sides_of
from workshopkit.room.sheet import Sheet

__all__ = ["Recognition", "Released", "keep", "released"]

Said = Mapping[str, Any]
Shown = dict[str, Said]


@dataclass(frozen=True, slots=True)
class Recognition:
    """What may be told of the marks on a card.

    Parameters
    ----------
    groups
        By group, the share that recognises it, in five bins; a group of which nothing may be told is not in it.
    total
        By mark, its share of everybody, in five bins; None where it is hidden.
    """

    groups: Mapping[str, float]
    total: Mapping[str, float] | None


@dataclass(frozen=True)
class Released:
    """The answers of a room as they may be told.

    Parameters
    ----------
    lines
        Both sides of every line.
    wishes
        By actor, from whom it would have liked to hear directly.
    guesses
        Of every ten lines how many run straight, by seat; in anonymous mode only the middle one of all.
    marks
        In anonymous mode, by card that was closed, what may be told of its marks.
    key
        Two rooms with the same key in anonymous mode have the same table; None in team mode.
    """

    lines: Lines
    wishes: Mapping[str, str | None] = field(default_factory=dict)
    guesses: tuple[int, ...] = ()
    marks: Mapping[str, Recognition] = field(default_factory=dict)
    key: object = None


def released(room: Room, before: Released | None = None, *, until: int | None = None, k: int = K) -> Released:
    """Give what may be told of a room's answers.

    Parameters
    ----------
    room
        A defined one.
    before
        What was told last; it is given again where nothing can have changed.
    until
        As it was after this event; as it is now when left out.
    k
        The least number of people of whom something is told.
    """
    definition = room.definition
    assert definition is not None  # noqa: S101 - there are no answers without a definition
    if not definition.anonymous:
        return _of_teams(room, definition, until)
    if room.kept is not None:
        return _of_kept(definition, room.kept)
    closings = {
        name: tuple(seq for seq in seqs if until is None or seq <= until)
        for name, seqs in room.closings.items()
    }
    key = (definition, closings, room.withdrawn, k)
    if before is not None and before.key == key:
        return before
    group = dict(room.seats)
    at = {seq: room.alone_at(seq) for seq in sorted({seq for seqs in closings.values() for seq in seqs})}
    moments = [at[seq] for seq in closings.get(LINES, ())]
    wished = _shown(moments, group, lambda sheet: sheet.wish if sheet.wished else None, k)
    guesses = _shown(
        [at[seq] for seq in closings.get(GUESS, ())], dict.fromkeys(group, ""), lambda sheet: sheet.guess, k
    )
    return Released(
        lines=coarse(_lines(definition, moments, group, k), k=k),
        wishes={actor: _majority(said.values()) for actor, said in wished.items()},
        guesses=tuple(sorted(said.values())[len(said) // 2] for said in guesses.values()),
        marks=_marks(
            room, {one: [at[seq] for seq in closings.get(card(one), ())] for one in room.case.items}, k
        ),
        key=key,
    )


def _of_teams(room: Room, definition: Definition, until: int | None) -> Released:
    sheets = room.sheets if until is None else room.sheets_at(until)
    guesses = [guess for seat in definition.seats if (guess := room.sheet(seat.id).guess) is not None]
    return Released(
        lines=reconcile(definition, sheets),
        wishes={actor: sheet.wish for actor, sheet in sheets.items()},
        guesses=tuple(guesses),
    )


def _of_kept(definition: Definition, kept: Mapping[str, Any]) -> Released:
    return Released(
        lines=lines_of(definition, kept["sides"]),
        wishes=kept["wishes"],
        guesses=() if kept["guess"] is None else (kept["guess"],),
        marks={one: Recognition(groups, total) for one, groups, total in kept["marks"]},
    )


def keep(told: Released) -> dict[str, Any]:
    """Give a released table as `workshopkit.room.kept` reads it."""
    return {
        "sides": sides_of(told.lines),
        "wishes": dict(told.wishes),
        "guess": told.guesses[0] if told.guesses else None,
        "marks": [
            [one, dict(known.groups), None if known.total is None else dict(known.total)]
            for one, known in told.marks.items()
        ],
    }


def _by_group(
    sheets: Mapping[str, Sheet], group: Mapping[str, str], say: Callable[[Sheet], Any]
) -> dict[str, dict[str, Any]]:
    """Give by group what its respondents say; who says None has not spoken."""
    found: dict[str, dict[str, Any]] = {}
    for who, sheet in sheets.items():
        if who in group and (said := say(sheet)) is not None:
            found.setdefault(group[who], {})[who] = said
    return found


def _shown(
    moments: Iterable[Mapping[str, Sheet]],
    group: Mapping[str, str],
    say: Callable[[Sheet], Any],
    k: int,
) -> Shown:
    """Give by group what is shown after the last moment: a side is closed as soon as fewer than k speak on it."""
    kept: Shown = {}
    now: dict[str, dict[str, Any]] = {}
    for sheets in moments:
        now = _by_group(sheets, group, say)
        for one, said in now.items():
            if len(said) >= k:
                kept[one] = moved(kept.get(one, {}), said, k=k)
    return {one: said for one, said in kept.items() if len(now.get(one, ())) >= k}


def _told(sheet: Sheet) -> frozenset[str] | None:
    return frozenset(sheet.told) if sheet.closed["told"] else None


def _heard(sheet: Sheet) -> frozenset[tuple[str, str, str | None]] | None:
    rows = ((source, row.answer, row.via) for source, row in sheet.heard.items())
    return frozenset(rows) if sheet.closed["heard"] else None


def _lines(
    definition: Definition, moments: list[dict[str, Sheet]], group: Mapping[str, str], k: int
) -> Lines:
    """Lay over each other what is shown of both sides, each phone as one respondent of its group."""
    said = Statements()
    for actor, answers in _shown(moments, group, _told, k).items():
        said.sent[actor] = set(answers)
        for who, targets in answers.items():
            for target in targets:
                said.told.setdefault((actor, target), {})[who] = Claim("yes")
    for actor, answers in _shown(moments, group, _heard, k).items():
        said.received[actor] = set(answers)
        for who, rows in answers.items():
            for source, answer, via in rows:
                claim = Claim("no", (via or "unknown",)) if answer == "via" else Claim(answer)
                said.heard.setdefault((source, actor), {})[who] = claim
    return reconcile_statements((actor.id for actor in definition.actors), said)


def _majority(wishes: Iterable[str]) -> str | None:
    """Give what more than half of them wish."""
    given = list(wishes)
    (wish, count), *_ = Counter(given).most_common(1)
    return wish if 2 * count > len(given) else None


def _marks(room: Room, moments: Mapping[str, list[dict[str, Sheet]]], k: int) -> dict[str, Recognition]:
    """Give what may be told of every card that was closed; the groups and all together stand side by side."""
    shown: dict[str, Shown] = {}
    for one, times in moments.items():
        for sheets in times:
            now = _by_group(sheets, room.seats, lambda sheet, one=one: sheet.marks.get(one))  # type: ignore[misc]
            if one not in shown:
                # Nothing of this card was told yet, so nothing can be had from a difference.
                if sum(map(len, now.values())) >= k:
                    shown[one] = dict(now)
                continue
            shown[one] |= {actor: moved(shown[one].get(actor, {}), said, k=k) for actor, said in now.items()}
    counts = {(one, actor): len(said) for one, parts in shown.items() for actor, said in parts.items()}
    hidden = suppress(counts, k=k, columns=False)
    found = {}
    for one, parts in shown.items():
        together = [mark for said in parts.values() for mark in said.values()]
        found[one] = Recognition(
            {
                actor: in_bins(list(said.values()).count("ours") / len(said))
                for actor, said in parts.items()
                if said and (one, actor) not in hidden.cells
            },
            None
            if one in hidden.rows
            else {mark: in_bins(together.count(mark) / len(together)) for mark in MARKS},
        )
    return found
