"""The map of a workshop that is prepared, drawn instead of typed: form and drawing stay in step, by the names of places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workshopkit.errors import UsageError
from workshopkit.figures.map import Drawing
from workshopkit.i18n import N_
from workshopkit.network.actors import AUDIENCE, ROLE, TEAM, Definition
from workshopkit.network.drawn import Drawn
from workshopkit.network.formal import Pair
from workshopkit.panels.drawing import follow
from workshopkit.panels.preparation import Preparation, read_chart, written_chart

__all__ = ["attach", "drawing", "take"]

_FORM = ("domains", "audiences", "chart")


def drawing(model: Preparation, before: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Draw what the form says.

    Parameters
    ----------
    model
        The workshop in the making.
    before
        The drawing so far: places and domains that are still there keep their ids, the lines between them, and where
        they were put by hand; the layout places the others.
    """
    known = before or {}
    given = model.payload()
    given["actors"] = _each_once(given["actors"])
    ids = _Ids({_key(entry): entry["id"] for name in ("domains", "actors") for entry in known.get(name, ())})
    # Teams under no name stand in no domain.
    homes = {one["id"]: ids.give(one) for one in given["domains"] if one["label"]}
    domains = [{"id": homes[one["id"]], "label": one["label"]} for one in given["domains"] if one["label"]]
    stood = {entry["id"]: entry for entry in known.get("actors", ()) if entry["placed"]}
    laid = {node["id"]: node for node in Drawing(Definition.read(given)).map([])["nodes"]}
    actors, named = [], {}
    for one in given["actors"]:
        id = named[one["id"]] = ids.give(one)
        actors.append({
            "id": id, "label": one["label"], "kind": one["kind"], "domain": homes.get(one["domain"]),
            "voice": one.get("voice", "own"), "placed": id in stood,
            **{axis: float(stood.get(id, laid[one["id"]])[axis]) for axis in "xy"},
        })  # fmt: skip
    here = set(named.values())
    return {
        "actors": actors,
        "domains": domains,
        "lines": [
            line
            for line in known.get("lines", ())
            if {line["source"], line["target"], *line.get("via", ())} <= here
        ],
        "formal": [
            [named[end] for end in pair] for pair in given.get("formal", ()) if set(pair) <= named.keys()
        ],
    }


def take(model: Preparation, drawn: Drawn) -> str:
    """Put a drawing into the form; gives why it cannot be, or nothing."""
    if roles := [one.label for one in drawn.actors if one.kind == ROLE]:
        return model.t(
            N_("{name} is a role: here a phone answers for a team. Make it a team, or take it out."),
            name=roles[0],
        )
    # How many people a group has is typed behind its name, and not drawn.
    sizes = {
        actor["label"]: f"{actor['label']}, {actor['people']}"
        for actor in model.payload()["actors"]
        if actor.get("people")
    }
    teams: dict[str | None, list[str]] = {domain.id: [] for domain in drawn.domains}
    for one in drawn.actors:
        if one.kind == TEAM:
            teams.setdefault(one.domain, []).append(sizes.get(one.label, one.label))
    names: dict[str | None, str] = {domain.id: domain.label for domain in drawn.domains}
    labels = {one.id: one.label for one in drawn.actors}
    # What the drawing cannot show stays as it was typed.
    left = [line for line in model.chart.splitlines() if line.strip() and not _shown(line, model)]
    with model.hold_trait_notifications():
        model.domains = [(names.get(id, ""), "\n".join(some)) for id, some in teams.items()]
        model.audiences = [
            (sizes.get(one.label, one.label), one.voice) for one in drawn.actors if one.kind == AUDIENCE
        ]
        model.chart = "\n".join([*written_chart((labels[a], labels[b]) for a, b in drawn.formal), *left])
    return ""


def attach(model: Preparation, board: Any) -> None:
    """Keep a form and an editor in step, both ways.

    Parameters
    ----------
    model
        The workshop in the making.
    board
        The editor, or anything with its traits.
    """
    busy, good = False, dict(board.drawing)

    def drawn(found: Drawn) -> str:
        nonlocal busy, good
        good = found.payload()
        if busy or _same(good, drawing(model, good)):
            return ""
        busy = True
        try:
            return take(model, found)
        finally:
            busy = False

    def failed(said: str) -> None:
        model.undrawn = said

    def typed(_: object = None) -> None:
        nonlocal busy, good
        # A drawing with a fault gives way to what is typed after it.
        made = drawing(model, good)
        if busy or (not model.undrawn and _same(good, made)):
            return
        busy = True
        try:
            board.drawing = good = made
        except UsageError as error:
            board.problem = error.text(model.reader)
        finally:
            busy = False

    follow(board, drawn, model.reader, failed=failed)
    model.observe(typed, list(_FORM))


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Tell whether two drawings say the same of places, domains and reporting lines, in whatever order."""
    return _said(one) == _said(other)


def _said(given: Mapping[str, Any]) -> tuple[object, ...]:
    domains = {entry["id"]: entry["label"] for entry in given["domains"]}
    labels = {entry["id"]: entry["label"] for entry in given["actors"]}
    places = {
        (one["label"], one["kind"], domains.get(one["domain"]), one["voice"]) for one in given["actors"]
    }
    return set(domains.values()), places, {tuple(map(labels.get, pair)) for pair in given["formal"]}


def _shown(line: str, model: Preparation) -> bool:
    pairs, _ = read_chart(line)
    names = {actor.label.casefold() for actor in Definition.read(model.payload()).actors}
    return all(end.casefold() in names for pair in pairs for end in pair) if pairs else False


def _each_once(actors: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Draw a name that stands there twice once: the form says what is wrong with it."""
    return list({_key(one): one for one in reversed(actors)}.values())[::-1]


def _key(entry: Mapping[str, Any]) -> Pair:
    # A domain and a place may have the same name.
    return ("place" if "kind" in entry else "domain", str(entry.get("label", "")).casefold())


class _Ids:
    """Gives what was there before its old id, and what is new one that is free."""

    def __init__(self, known: Mapping[Pair, str]) -> None:
        self._known = known
        self._taken = set(known.values())

    def give(self, entry: Mapping[str, Any]) -> str:
        if (found := self._known.get(_key(entry))) is not None:
            return found
        id = next(self._free(str(entry["id"])))
        self._taken.add(id)
        return id

    def _free(self, stem: str) -> Iterator[str]:
        number = 1
        while True:
            found = stem if number == 1 else f"{stem}-{number}"
            if found not in self._taken:
                yield found
            number += 1
