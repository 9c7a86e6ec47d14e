"""A map that was measured twice: which lines were mended, which were lost, and which are the same.

Counted are the lines that both sides answered both times, and that somebody named at least once. A line is *mended* when
it reaches its receiver now and did not before, and *lost* the other way round. Counts and no more: one answer a side gives
no interval, and a difference of a few lines is told by their names.
"""

from __future__ import annotations

from dataclasses import dataclass

from workshopkit.network.lines import Lines

__all__ = ["Changes", "compare"]

_OPEN = frozenset({"unanswered", "divided"})
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of the lines, each a pair of sender and receiver, in the order of the second map.

    Parameters
    ----------
    mended, lost, same
        The lines that were answered both times.
    open
        How many lines that were named cannot be compared: a side was silent or divided at least once.
    """

    mended: tuple[Pair, ...]
    lost: tuple[Pair, ...]
    same: tuple[Pair, ...]
    open: int


def compare(before: Lines, after: Lines) -> Changes:
    """Lay two measurements of the same places over each other.

    Parameters
    ----------
    before, after
        The lines of the first and of the second time; places that are on one of the two only are left out.

    Examples
    --------
    >>> from workshopkit.network.claims import Claim
    >>> from workshopkit.network.lines import Statements, reconcile_statements
    >>> said = {"a": {"a"}, "b": {"b"}}
    >>> first = reconcile_statements("ab", Statements({("a", "b"): {"a": Claim("yes")}}, {}, said, said))
    >>> heard = {("a", "b"): {"b": Claim("yes")}}
    >>> second = reconcile_statements("ab", Statements({("a", "b"): {"a": Claim("yes")}}, heard, said, said))
    >>> compare(first, second).mended, compare(second, first).lost
    ((('a', 'b'),), (('a', 'b'),))
    """
    both = set(before.actors)
    found: dict[str, list[Pair]] = {"mended": [], "lost": [], "same": []}
    uncertain = 0
    for source in after.actors:
        for target in after.actors:
            if source == target or not both.issuperset({source, target}):
                continue
            then, now = before.of(source, target), after.of(source, target)
            if {then.state, now.state} == {"absent"}:
                continue
            if _OPEN & {then.state, now.state}:
                uncertain += bool({then.state, now.state} - {"unanswered", "absent"})
            elif then.lived == now.lived:
                found["same"].append((source, target))
            else:
                found["mended" if now.lived else "lost"].append((source, target))
    return Changes(tuple(found["mended"]), tuple(found["lost"]), tuple(found["same"]), uncertain)
