"""The formal chart, "de hark": who reports to whom on paper.

A *reporting line* is a pair (boss, reporter) of places inside the organisation. Everybody has one boss at most and
nobody is, by way of others, their own boss, so the chart is a forest. It says nothing of where a message really runs:
that is what `workshopkit.analysis.formal` lays it over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from workshopkit.i18n import N_
from workshopkit.network.actors import AUDIENCE, Actor

__all__ = ["Fault", "Pair", "faults", "loop", "pairs"]

Pair = tuple[str, str]
Fault = tuple[str, dict[str, object]]


def pairs(given: object) -> tuple[list[Pair], int]:
    """Read pairs of ids; gives them, each once, and how many entries are none.

    Examples
    --------
    >>> pairs([["a", "b"], ["a", "b"], "ab", ["a"]])
    ([('a', 'b')], 2)
    """
    rows = list(given) if isinstance(given, list | tuple) else [given]
    found = [
        (row[0], row[1])
        for row in rows
        if isinstance(row, list | tuple) and len(row) == 2 and all(isinstance(end, str) for end in row)  # noqa: PLR2004
    ]
    return list(dict.fromkeys(found)), len(rows) - len(found)


def faults(lines: Iterable[Pair], places: Mapping[str, Actor]) -> Iterator[Fault]:
    """Say what cannot stand on a chart, each as a message with its values.

    Parameters
    ----------
    lines
        Pairs (boss, reporter), each once.
    places
        The map's, by id.

    Examples
    --------
    >>> [message for message, _ in faults([("a", "a")], {"a": Actor("a", "A")})]
    ['{name} cannot report to itself: take that reporting line out']
    """
    bosses: dict[str, list[str]] = {}

    def name(id: str) -> str:
        return places[id].label

    for boss, reporter in lines:
        unknown = [end for end in (boss, reporter) if end not in places]
        outside = [end for end in (boss, reporter) if end in places and places[end].kind == AUDIENCE]
        if unknown:
            yield (
                N_(
                    "the reporting lines name “{name}”, which is not on the map: add it, or take that line out"
                ),
                {"name": unknown[0]},
            )
        elif outside:
            yield (
                N_("{name} is an audience and stands outside the reporting lines: take that line out"),
                {"name": name(outside[0])},
            )
        elif boss == reporter:
            yield N_("{name} cannot report to itself: take that reporting line out"), {"name": name(boss)}
        else:
            bosses.setdefault(reporter, []).append(boss)
    for reporter, above in bosses.items():
        if len(above) > 1:
            yield (
                N_("{name} reports to {bosses}: keep one of them"),
                {"name": name(reporter), "bosses": ", ".join(map(name, above))},
            )
    if round_ := loop({reporter: above[0] for reporter, above in bosses.items()}):
        yield (
            N_("the reporting lines go round: {names}; take one of them out"),
            {"names": " → ".join(map(name, [*round_, round_[0]]))},
        )


def loop(boss_of: Mapping[str, str]) -> list[str]:
    """Give the places of a loop, each before its reporter; nothing if there is none.

    Examples
    --------
    >>> loop({"b": "a", "a": "c", "c": "b"}), loop({"b": "a"})
    (['c', 'a', 'b'], [])
    """
    free: set[str] = set()
    for start in boss_of:
        path: list[str] = []
        at: str | None = start
        while at is not None and at not in free:
            if at in path:
                return path[path.index(at) :][::-1]
            path.append(at)
            at = boss_of.get(at)
        free.update(path)
    return []
