"""Who walks to whom: teams paired by what most needs a talk.

A maximum matching on lines that were told and not heard, by the gap between both sides; then, as far as teams are left,
on lines that were heard and not named, on lines that came by way of another, and on wishes. Who is left joins the pair
that is nearest to it: one with a line or a wish between them, else one of its own domain, else the first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from workshopkit.network.actors import Definition
from workshopkit.network.lines import Line

__all__ = ["Pairing", "find"]

_RANKS = ("sent_not_heard", "heard_not_claimed", "heard_via", "wish")
_STEP = 10_000_000
# Of every pair, whatever its gap: more pairs outweigh wider gaps, on maps of up to a hundred pairs.
_PAIR = 1_000


@dataclass(frozen=True, slots=True)
class Pairing:
    """A pair, or three, that talk.

    Parameters
    ----------
    members
        Two actors; a third that was left joins them.
    source, target
        The line that they talk about.
    reason
        Its state, ``"wish"`` (the target would have liked to hear it from the source), or ``"nearest"``.
    """

    members: tuple[str, ...]
    source: str
    target: str
    reason: str


def find(
    definition: Definition,
    lines: Iterable[Line],
    wishes: Mapping[str, str | None],
    *,
    absent: Collection[str] = (),
) -> tuple[Pairing, ...]:
    """Pair all seats of a room, each once.

    Parameters
    ----------
    definition
        Whose seats, proxies included.
    lines
        Reconciled.
    wishes
        By actor, from whom it would have liked to hear directly.
    absent
        Seats that nobody took: these walk to nobody.

    Returns
    -------
    tuple of Pairing
        Empty with fewer than two seats.

    References
    ----------
    J. Edmonds (1965), Paths, trees, and flowers, Canadian Journal of Mathematics 17, 449-467.
    """
    import rustworkx

    seats = [seat.id for seat in definition.seats if seat.id not in absent]
    place = {one: number for number, one in enumerate(seats)}
    best: dict[tuple[int, int], tuple[int, Pairing]] = {}

    def offer(source: str, target: str, reason: str, gap: float) -> None:
        if source not in place or target not in place or source == target:
            return
        key = (min(place[source], place[target]), max(place[source], place[target]))
        # A rank above outweighs any number of pairs below it; within a rank the gap decides.
        weight = _STEP ** (len(_RANKS) - 1 - _RANKS.index(reason)) * (_PAIR + round(10 * gap))
        if key not in best or best[key][0] < weight:
            best[key] = weight, Pairing((source, target), source, target, reason)

    for line in lines:
        if line.state in _RANKS:
            offer(line.source, line.target, line.state, line.gap or 0.0)
    for actor, wished in wishes.items():
        if wished is not None:
            offer(wished, actor, "wish", 0.0)
    graph = rustworkx.PyGraph()
    graph.add_nodes_from(seats)
    graph.add_edges_from([(one, other, weight) for (one, other), (weight, _) in best.items()])
    matched = rustworkx.max_weight_matching(graph, weight_fn=int)
    pairs = [best[min(pair), max(pair)][1] for pair in sorted((min(pair), max(pair)) for pair in matched)]
    return _with_the_rest(
        definition, seats, pairs, {key: pairing for key, (_, pairing) in best.items()}, place
    )


def _with_the_rest(
    definition: Definition,
    seats: list[str],
    pairs: list[Pairing],
    ties: Mapping[tuple[int, int], Pairing],
    place: Mapping[str, int],
) -> tuple[Pairing, ...]:
    left = [one for one in seats if not any(one in pair.members for pair in pairs)]
    if not pairs and len(left) > 1:
        pairs, left = [Pairing((left[0], left[1]), left[0], left[1], "nearest")], left[2:]
    for one in left:
        if not pairs:
            break
        nearest = max(
            range(len(pairs)), key=lambda number: _nearness(definition, one, pairs[number], ties, place)
        )
        pair = pairs[nearest]
        pairs[nearest] = Pairing((*pair.members, one), pair.source, pair.target, pair.reason)
    return tuple(pairs)


def _nearness(
    definition: Definition,
    one: str,
    pair: Pairing,
    ties: Mapping[tuple[int, int], Pairing],
    place: Mapping[str, int],
) -> tuple[int, bool, bool]:
    domain = definition.actor(one).domain
    tied = any(
        (min(place[one], place[other]), max(place[one], place[other])) in ties for other in pair.members
    )
    beside = domain is not None and any(definition.actor(other).domain == domain for other in pair.members)
    return (-len(pair.members), tied, beside)
