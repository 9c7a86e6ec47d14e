"""Figures on the map of places: how it runs, believed against lived, what goes round, core and edge.

Places stand where `workshopkit.figures.layout` put them, whatever the lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from workshopkit.analysis.findings import Findings
from workshopkit.figures import told
from workshopkit.figures.curves import Circle, by_way_of
from workshopkit.figures.figure import Figure, Shape, arrow, circle, entry, figure, line, rect, text
from workshopkit.figures.map import Drawing, Map
from workshopkit.figures.words import STATE_NAMES, describe
from workshopkit.i18n import N_, translator

__all__ = ["LEAST_CORE", "OUTCOME_NAMES", "bent", "circles", "core", "lines", "of_map", "shapes"]

LEAST_CORE = 10
_STUB = 110
OUTCOME_NAMES: Mapping[str, str] = {
    "straight": N_("runs straight"),
    "via": N_("could run by way of others"),
    "heard_via_unknown": N_("heard by another way"),
    "did_not_arrive": N_("did not arrive this time"),
    "unknown": N_("we cannot tell yet"),
}


def shapes(
    drawn: Map,
    *,
    role: Callable[[Any], str] = lambda line: line["state"],
    place: Callable[[str], str | None] = lambda _: None,
    inside: Mapping[str, str] | None = None,
    tips: Mapping[str, str] | None = None,
    between: Iterable[Shape] = (),
) -> list[Shape]:
    """Give the shapes of a map: regions, lines, names of regions, places.

    Parameters
    ----------
    drawn
        As `workshopkit.figures.map.Drawing` describes it.
    role
        By line, what it means.
    place
        By place, what it means; None for the usual.
    inside
        By place, a short text in its circle.
    tips
        By role of a line, what is told of it.
    between
        Shapes of one's own, above the lines and below the places.
    """
    labels = {node["id"]: node["label"] for node in drawn["nodes"]}
    found = [
        rect("region", one["left"], one["top"], one["width"], one["height"], rx=24, key=f"region {one['id']}")
        for one in drawn["domains"]
    ]
    for one in drawn["lines"]:
        means = role(one)
        ends = f"{labels[one['source']]} → {labels[one['target']]}"
        tip = f"{ends}: {tips[means]}" if tips and means in tips else ends
        curve = [one[key] for key in ("x1", "y1", "cx", "cy", "x2", "y2")]
        found += arrow(means, curve, key=f"{one['source']}>{one['target']}", tip=tip)
    found += between
    for one in drawn["domains"]:
        found.append(text("region-name", one["label"], one["x"], one["y"], size=26, key=f"name {one['id']}"))
    for one in drawn["nodes"]:
        found += _place(one, place(one["id"]), (inside or {}).get(one["id"]))
    return found


def _place(one: Mapping[str, Any], role: str | None, inside: str | None) -> list[Shape]:
    id, x = one["id"], one["x"]
    usual = "audience" if one["kind"] == "audience" else "team"
    if role == "lit" and usual == "audience":
        role = "lit-audience"
    found = [circle(role or usual, x, one["y"], one["r"], key=f"place {id}", tip=one["label"])]
    if inside:
        size = round(0.8 * one["r"])
        found.append(
            text("on-lit", inside, x, one["y"] + 0.28 * one["r"], size=size, anchor="middle", key=f"in {id}")
        )
    for row, said in enumerate(one["rows"]):
        y = one["label_y"] + row * one["font"] * 1.1
        found.append(text("name", said, x, y, size=one["font"], anchor="middle", key=f"label {id}/{row}"))
    return found


def _made(name: str, title: str, drawn: Map, found: list[Shape], **more: Any) -> Figure:
    return figure(name, title, found, size=(drawn["width"], drawn["height"]), **more)


def lines(found: Findings, *, drawing: Drawing, lang: str) -> Figure:
    """Show every line with what both ends say."""
    return of_map(drawing.map(found.lines), lang)


def of_map(drawn: Map, lang: str) -> Figure:
    """Give a map of states as a figure."""
    t, said = translator(lang), describe(drawn, lang)
    names = {state: t(name) for state, name in STATE_NAMES.items()}
    here = {one["state"] for one in drawn["lines"]}
    legend = [entry(state, name) for state, name in names.items() if state in here]
    if any(node["kind"] == "audience" for node in drawn["nodes"]):
        legend.append(entry("audience", t("audience")))
    return _made(
        "lines", said["title"], drawn, shapes(drawn, tips=names), legend=legend, sentences=said["sentences"],
        columns=said["columns"], rows=said["rows"],
    )  # fmt: skip


def bent(found: Findings, *, drawing: Drawing, lang: str) -> Figure:
    """Show the lines that senders drew, each as it runs: straight, bent by way of its stops, or lost."""
    t = translator(lang)
    drawn = drawing.bend(found.detours.lines)
    places = {node["id"]: (node["x"], node["y"], node["r"]) for node in drawn["nodes"]}
    drawn["lines"] = [_turned(one, places) if one["bx"] is not None else one for one in drawn["lines"]]
    names = {outcome: t(name) for outcome, name in OUTCOME_NAMES.items()}
    here = {one["outcome"] for one in drawn["lines"]}
    label = {actor.id: actor.label for actor in found.definition.actors}
    rows = [
        [
            label[one.source],
            label[one.target],
            names[one.outcome],
            ", ".join(label[stop] for stop in one.route[1:-1]),
        ]
        for one in found.detours.lines
    ]
    return _made(
        "bend",
        t("How we think it runs, and how it arrives"),
        drawn,
        shapes(drawn, role=lambda one: str(one["outcome"]), tips=names),
        legend=[entry(outcome, name) for outcome, name in names.items() if outcome in here],
        sentences=[*told.drawn(found, lang), *told.bent(found, lang)],
        columns=[t("From"), t("To"), t("How it runs"), t("Stops in between")],
        rows=rows,
    )


def _turned(one: Mapping[str, Any], places: Mapping[str, Circle]) -> dict[str, Any]:
    """Give a line by way of its stops."""
    ends = by_way_of(places[one["source"]], places[one["target"]], one["bx"], one["by"])
    return {**one, **dict(zip(("x1", "y1", "cx", "cy", "x2", "y2"), ends, strict=True))}


def circles(found: Findings, *, drawing: Drawing, lang: str) -> Figure:
    """Show the closed circles and nothing else, each with the exit that is missing; or say that there are none."""
    t = translator(lang)
    closed = found.circles.closed.circles or ()
    title, columns, said = t("What goes round"), [t("Circle"), t("Place")], told.circles(found, lang)
    if not closed:
        return figure("circles", title, [], size=(0, 0), sentences=said, columns=columns, rows=[])
    of = {one: number for number, circle in enumerate(closed) for one in circle}
    drawn = drawing.map(
        [
            one
            for one in found.lines
            if one.lived and one.source in of and of[one.source] == of.get(one.target)
        ]
    )
    places = {node["id"]: node for node in drawn["nodes"]}
    audiences = [places[one] for one in found.net.audiences if one in places]
    missing = [shape for circle in closed for shape in _exit([places[one] for one in circle], audiences)]
    label = found.definition.actor
    return _made(
        "circles",
        title,
        drawn,
        shapes(
            drawn, role=lambda _: "round", place=lambda one: "lit" if one in of else None, between=missing
        ),
        legend=[
            entry("round", t("a line that arrives")),
            entry("lit", t("here the message goes round")),
            entry("no-exit", t("from here no line leads to an audience")),
        ],
        sentences=said,
        columns=columns,
        rows=[[number, label(one).label] for number, circle in enumerate(closed, 1) for one in circle],
    )


def _exit(members: list[Any], audiences: list[Any]) -> list[Shape]:
    """Draw the line that is missing: a dead end that sets out from a circle for the audience nearest to it."""
    ways = [
        ((one["x"] - end["x"]) ** 2 + (one["y"] - end["y"]) ** 2, one, end)
        for one in members
        for end in audiences
    ]
    if not ways:
        return []
    _, one, end = min(ways, key=lambda way: way[0])
    away = max(1.0, ((one["x"] - end["x"]) ** 2 + (one["y"] - end["y"]) ** 2) ** 0.5)
    dx, dy = (end["x"] - one["x"]) / away, (end["y"] - one["y"]) / away
    start, stop = one["r"], one["r"] + min(_STUB, away / 2)
    x1, y1, x2, y2 = (
        one["x"] + dx * start, one["y"] + dy * start, one["x"] + dx * stop, one["y"] + dy * stop,
    )  # fmt: skip
    return arrow("no-exit", (x1, y1, (x1 + x2) / 2, (y1 + y2) / 2, x2, y2), key=f"exit {one['id']}")


def core(found: Findings, *, drawing: Drawing, lang: str) -> Figure:
    """Show who is in the core of the map and who at its edge, with who is tied to whom, in whatever direction."""
    t, members = translator(lang), found.core.members
    title, columns = t("Core and edge"), [t("Place"), t("Where"), t("Ties")]
    if members is None or len(found.net.actors) < LEAST_CORE:
        why = t("This map has no single core.") if members is None else t("This map is too small for a core.")
        return figure("core", title, [], size=(0, 0), sentences=[why], columns=columns, rows=[])
    drawn, ties = drawing.map([]), {frozenset(pair) for pair in found.net.lived}
    places = {node["id"]: node for node in drawn["nodes"]}
    inner = set(members)
    kinds: dict[str, list[Shape]] = {"tie-edge": [], "tie-across": [], "tie-core": []}
    for one, other in sorted(tuple(sorted(tie)) for tie in ties):
        role = ("tie-edge", "tie-across", "tie-core")[(one in inner) + (other in inner)]
        ends = places[one]["x"], places[one]["y"], places[other]["x"], places[other]["y"]
        kinds[role].append(line(role, *ends, key=f"{one}-{other}"))
    order = [*members, *(one for one in found.net.actors if one not in inner)]
    count = {one: sum(one in tie for tie in ties) for one in order}
    return _made(
        "core",
        title,
        drawn,
        shapes(
            drawn,
            place=lambda one: "lit" if one in inner else None,
            between=[shape for some in kinds.values() for shape in some],
        ),
        legend=[
            entry("lit", t("core")),
            entry("tie-core", t("within the core")),
            entry("tie-across", t("between core and edge")),
            entry("tie-edge", t("within the edge")),
        ],
        sentences=[
            t.n("The core has {count} place.", "The core has {count} places.", len(inner)),
            t.n("The edge has {count} place.", "The edge has {count} places.", len(order) - len(inner)),
        ],
        columns=columns,
        rows=[
            [found.definition.actor(one).label, t("core") if one in inner else t("edge"), count[one]]
            for one in order
        ],
    )
