"""Who stands between others: what hangs on one place, what places carry, the core, and on large maps the brokers."""

from __future__ import annotations

from workshopkit.analysis import load
from workshopkit.analysis.findings import Findings
from workshopkit.i18n import N_, Translator
from workshopkit.panels.numbers.figure import Figure, Group, Value, number

__all__ = ["BETWEEN", "brokers"]

# On fewer places these hang on a single line, and are not shown.
_PLACES_FOR_CORE, _PLACES_FOR_BROKERS = 10, 21
_FIRST = 3


def brokers(found: Findings) -> bool:
    """Tell whether the map is large enough for the numbers of brokers."""
    return len(found.net.actors) >= _PLACES_FOR_BROKERS


def _core(found: Findings) -> bool:
    return len(found.net.actors) >= _PLACES_FOR_CORE and found.core.members is not None


def _first(found: Findings, t: Translator, kind: str, *, lowest: bool = False) -> str | None:
    """Name the places where a number of brokers is highest, or lowest."""
    values = [(value, row.actor) for row in found.brokers.rows if (value := getattr(row, kind)) is not None]
    values.sort(key=lambda one: one[0] if lowest else -one[0])
    labels = {actor.id: actor.label for actor in found.definition.actors}
    return ", ".join(f"{labels[actor]} {number(value, t.lang)}" for value, actor in values[:_FIRST]) or None


def _members(found: Findings) -> str | None:
    core = found.core.members
    return None if core is None else ", ".join(found.definition.actor(one).label for one in core)


def _hang(found: Findings, _: Translator) -> Value:
    return max((found.failure.lost or {}).values(), default=None)


def _on_whom(found: Findings, t: Translator) -> str:
    lost = found.failure.lost or {}
    said = [
        t.n(
            "{name}: {count} pair of others",
            "{name}: {count} pairs of others",
            lost.get(actor, 0),
            name=found.definition.actor(actor).label,
        )
        for actor in found.failure.points[:_FIRST]
    ]
    labels = {actor.id: actor.label for actor in found.definition.actors}
    said += [
        t.n(
            "the line {source} → {target}: {count} pair",
            "the line {source} → {target}: {count} pairs",
            one.lost,
            source=labels[one.ends[0]],
            target=labels[one.ends[1]],
        )
        for one in found.bridges.lines[:_FIRST]
    ]
    return "; ".join(said)


def _overload(found: Findings, _: Translator) -> Value:
    carried = load.find(found.net)
    return load.overload(carried, load.capacity(carried, found.net.capacities))


def _most(found: Findings, t: Translator) -> str:
    carried = load.find(found.net)
    able = load.capacity(carried, found.net.capacities)
    order = sorted(carried, key=lambda actor: -carried[actor])[:_FIRST]
    return "; ".join(
        t(
            "{name} carries {load} of {capacity}",
            name=found.definition.actor(actor).label,
            load=carried[actor],
            capacity=able[actor],
        )
        for actor in order
    )


BETWEEN = Group(
    N_("On whom does it hang, and what do they carry?"),
    (
        Figure(
            N_("Pairs that break without one place, at most"),
            _hang,
            N_(
                "Ordered pairs of others that lived lines join, and no longer join without that place; from 0 to "
                "(n−1)(n−2). By line the same, its own ends included. Counted up to 200 places. Borgatti, 2006."
            ),
            "analysis.failure.find",
            _on_whom,
        ),
        Figure(
            N_("Lines above what places can carry"),
            _overload,
            N_(
                "Σ max(0, load − capacity). Load: lived lines in and out, from 0 to 2(n−1). Capacity: max(5, 1.5 × "
                "the load at the start, rounded up). So at the start it is 0: it counts what steps add."
            ),
            "analysis.load.overload",
            _most,
        ),
        Figure(
            N_("Core"),
            lambda found, _: _members(found),
            N_(
                "From the place with most ties down, places are taken in as long as the i-th has more than i − 1; "
                "the "
                "others are the shell. Shown from 10 places, and only if there is a single best core. Lip, 2011."
            ),
            "analysis.cores.core",
            shown=_core,
            unless=N_("Core: shown from 10 places on, and only if there is a single best one."),
        ),
        Figure(
            N_("Betweenness, the highest"),
            lambda found, t: _first(found, t, "betweenness"),
            N_(
                "For each pair of others, in both orders: the share of the shortest ways along lived lines that run"
                " by "
                "the place, added up. From 0 to (n−1)(n−2). Shown above 20 places: on a small map it hangs on one "
                "line. "
                "Freeman, 1977."
            ),
            "analysis.brokers.betweenness",
            shown=brokers,
            unless=N_(
                "Betweenness, constraint and effective size: not shown under 21 places, since they hang on one line"
                " there."
            ),
        ),
        Figure(
            N_("Constraint, the lowest"),
            lambda found, t: _first(found, t, "constraint", lowest=True),
            N_(
                "Σ over neighbours j of (pᵢⱼ + Σ pᵢq pqⱼ)², with p the share of a place's ties that goes to one "
                "other: low "
                "where it joins others that have no tie. It may exceed 1, and is undefined without a line. Burt, "
                "1992."
            ),
            "analysis.brokers.constraint",
            shown=brokers,
        ),
        Figure(
            N_("Effective size, the highest"),
            lambda found, t: _first(found, t, "effective_size"),
            N_(
                "d − 2t/d, with d the neighbours of a place and t the ties between these: from 1, where all are "
                "tied, to "
                "d, where none are. Undefined without a line. Borgatti, 1997."
            ),
            "analysis.brokers.effective_size",
            shown=brokers,
        ),
    ),
)
