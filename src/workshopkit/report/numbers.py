"""The measures of a map as plain numbers for a file: the keys of the data bundle's ``analysis.json`` and ``map.json``.

What is undefined is null, with a reason beside it. Places are called by their ids, domains by their labels, as in the
tables of the bundle.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from workshopkit import __version__
from workshopkit.analysis import arrival, cores, load
from workshopkit.analysis.findings import Findings
from workshopkit.analysis.silos import undefined

if TYPE_CHECKING:
    from workshopkit.figures.map import Map

__all__ = ["analysis", "drawn"]

Numbers = dict[str, Any]


def analysis(found: Findings, *, seed: int) -> Numbers:
    """Give every measure of a map.

    Parameters
    ----------
    found
        What was computed.
    seed
        Where its random numbers came from.
    """
    labels = {domain.id: domain.label for domain in found.definition.domains}
    names = {id: labels.get(id, id) for id in {*labels, *found.net.groups.values()}}
    detours = found.detours
    return {
        "actors": len(found.net.actors),
        "lines": len(found.net.lived),
        "believed": len(found.net.believed),
        "groups": {names[id]: size for id, size in found.silos.groups.items()},
        "coverage": found.net.coverage,
        "silent": list(found.summary.silent),
        "not_verified": found.summary.not_verified,
        "states": dict(found.summary.counts),
        "detours": {
            "straight": detours.straight,
            "via": {str(stops): count for stops, count in detours.via.items()},
            "heard_via_unknown": detours.heard_via_unknown,
            "did_not_arrive": detours.did_not_arrive,
            "unknown": detours.unknown,
        },
        "arrival": _arrival(found),
        "circles": _circles(found),
        "silos": _silos(found, names),
        "bridges": {
            kind: [
                {"ends": list(one.ends), "domains": [names[id] for id in one.domains], "pairs_lost": one.lost}
                for one in some
            ]
            for kind, some in (("actors", found.bridges.actors), ("lines", found.bridges.lines))
        }
        | {"method": found.bridges.method},
        "pairs_lost_without": found.failure.lost,
        "pairs_lost_method": found.failure.method,
        "points_of_failure": list(found.failure.points),
        "overload": load.overload(found.load, found.capacity),
        "brokers": _plain(found.brokers.rows),
        "brokers_method": found.brokers.method,
        "roles": dict(zip(found.roles, _plain(found.roles.values()), strict=True)),
        "cores": {
            "coreness": cores.coreness(found.net),
            "core": None if found.core.members is None else list(found.core.members),
            "reason": found.core.reason,
        },
        "seed": seed,
        "version": __version__,
    }


def drawn(found: Findings, figure: Map) -> Numbers:
    """Give the network as it stands on the map: places with their positions, and every line with both sides."""
    positions = {node["id"]: {"x": node["x"], "y": node["y"]} for node in figure["nodes"]}
    return {
        "directed": True,
        "domains": [{"id": one.id, "label": one.label} for one in found.definition.domains],
        "actors": [
            {
                "id": one.id,
                "label": one.label,
                "kind": one.kind,
                "domain": one.domain,
                "voice": one.voice,
                **positions[one.id],
            }
            for one in found.definition.actors
        ],
        "lines": [
            {
                "source": line.source,
                "target": line.target,
                "state": line.state,
                "told": line.told.verdict,
                "heard": line.heard.verdict,
                "via": list(line.via),
                "believed": line.believed,
                "lived": line.lived,
            }
            for line in found.lines.every()
        ],
    }


def _plain(rows: Collection[Any]) -> list[Numbers]:
    """Give some results of one kind by the names of their fields; these hold plain numbers, so nothing is copied."""
    names = [field.name for field in fields(next(iter(rows)))] if rows else []
    return [{name: getattr(row, name) for name in names} for row in rows]


def _arrival(found: Findings) -> Numbers:
    rate, reach = arrival.rate(found.net), found.arrival
    return {
        "rate": rate.rate,
        "reachable_pairs": rate.reachable_pairs,
        "direct": reach.direct,
        "within_two": reach.within_two,
        "at_all": reach.at_all,
        "by_audience": {
            id: {
                "pairs": one.pairs,
                "direct": one.direct,
                "within_two": one.within_two,
                "at_all": one.at_all,
                "unknown": one.unknown,
                "chance": found.chances.by_audience.get(id),
            }
            for id, one in reach.by_audience.items()
        },
        "chance_method": found.chances.method,
        "reason": reach.reason,
    }


def _circles(found: Findings) -> Numbers:
    circles, closed = found.circles, found.circles.closed
    return {
        "two_way_pairs": len(circles.two_way),
        "closed_circles": None if closed.circles is None else [list(one) for one in closed.circles],
        "unknown": [list(one) for one in closed.unknown],
        "reason": closed.reason,
        "actors_in_closed_circle": None if closed.circles is None else sum(map(len, closed.circles)),
        "actors_on_a_cycle": circles.on_a_cycle,
        "largest": circles.largest,
        "hierarchy": circles.order.hierarchy,
        "efficiency": circles.order.efficiency,
        "connectedness": circles.order.connectedness,
        "lines_to_cut": found.lines_to_cut[0],
        "method": found.lines_to_cut[1],
    }


def _silos(found: Findings, names: Mapping[str, str]) -> Numbers:
    silos, parts, walls = found.silos, found.communities, found.silos.walls
    pairs = [[names[one] for one in wall.groups] for wall in walls.listed]
    defined = undefined(silos.groups) is None
    return {
        "ei": silos.ei,
        "expected": silos.expected,
        "band": None if silos.band is None else list(silos.band),
        "p_low": silos.p_low,
        "p_high": silos.p_high,
        "verdict": silos.verdict,
        "reason": silos.reason,
        "hangs_on": silos.hangs_on,
        "relabellings": silos.relabellings,
        "method": silos.method,
        "by_group": {
            names[id]: {"ei": one.ei, "p": one.p, "verdict": one.verdict}
            for id, one in silos.by_group.items()
        },
        "modularity": silos.modularity,
        "conductance": {names[id]: one.conductance for id, one in silos.by_group.items()}
        if defined
        else None,
        "communities": None if parts.members is None else len(parts.members),
        "communities_method": f"Leiden, best of {parts.starts}" if parts.starts else None,
        "communities_modularity": parts.modularity,
        "nmi": parts.nmi,
        "adjusted_rand": parts.adjusted_rand,
        "communities_reason": parts.reason,
        "walls": [pair for pair, wall in zip(pairs, walls.listed, strict=True) if wall.finding]
        if defined
        else None,
        "walls_listed": pairs if defined else None,
    }
