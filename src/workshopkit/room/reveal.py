"""The steps of the reveal: one figure at a time, and sentences that the room reads one by one.

With every sentence goes what it is about: the lines and places that stay bright while it is read, so that the figure
and the sentence say the same. Where counts say it better than the map, a sentence names one of the scene's ``figures``
in ``draws``, an empty name stands for the map; a phone, too small for a map, has its own under ``phone``. What a phone
shows of its own team's lines follows the same steps: what arrived first, then the lines as the team drew them, then how
they run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from workshopkit.analysis.findings import Findings
from workshopkit.figures import domains, rows, told
from workshopkit.figures.figure import Figure
from workshopkit.figures.map import Drawing
from workshopkit.i18n import LANGUAGES, translator
from workshopkit.room.fold import Room

__all__ = ["STEPS", "own_lines", "step"]

Scene = dict[str, Any]
Light = dict[str, list[str]]
Pair = tuple[str, str]


def step(room: Room, findings: Findings, drawing: Drawing, *, guesses: Sequence[int] = ()) -> Scene:
    """Give the scene of a step of the reveal; an empty one elsewhere.

    Parameters
    ----------
    room, findings, drawing
        The room, with what was found of its map.
    guesses
        What may be told of the guesses, see `workshopkit.room.release`.
    """
    found = STEPS.get(room.part or "")
    return found(room, findings, drawing, guesses) if found else {}


def own_lines(room: Room, findings: Findings | None) -> dict[str, list[dict[str, Any]]]:
    """Give each seat its own lines, as far as the room has got.

    Returns
    -------
    dict
        By seat, a row for every line: ``to``; once the lines have bent also ``outcome``, ``named`` (the receiver named
        the way) and the ``stops`` on it.
    """
    if room.act != "silos" or findings is None or room.part not in {"arrives", "drawn", "bent"}:
        return {}
    own: dict[str, list[dict[str, Any]]] = {}
    for one in findings.detours.lines:
        if room.part == "bent":
            row = {"outcome": one.outcome, "named": bool(one.ways), "stops": list(one.route[1:-1])}
        elif room.part == "drawn" or one.outcome == "straight":
            row = {}
        else:
            continue
        own.setdefault(one.source, []).append({"to": one.target, **row})
    return own


def _sponsor(room: Room, findings: Findings, drawing: Drawing, _: Sequence[int]) -> Scene:
    name = room.sponsor
    if name is None or name not in findings.definition.by_id:
        return {}
    drew = [one for one in findings.detours.lines if one.source == name]
    heard = [line for line in findings.lines if line.lived and line.target == name]
    straight = [one for one in drew if one.outcome == "straight"]
    drawn = [(one.source, one.target) for one in drew]
    said = _said(lambda lang: told.first(findings, name, len(drew), len(straight), len(heard), lang))
    return {
        "kind": "map",
        "said": said,
        "lights": _lights(
            said,
            [
                _light(drawn, [name]),
                *([_light(((one.source, one.target) for one in straight), [name])] if drew else []),
                _light(((line.source, line.target) for line in heard), [name]),
            ],
        ),
        "map": drawing.map([line for line in findings.lines if name in {line.source, line.target}]),
    }


def _arrives(_room: Room, findings: Findings, drawing: Drawing, _: Sequence[int]) -> Scene:
    said = _said(lambda lang: told.arrives(findings, lang))
    by_state = {
        state: [(line.source, line.target) for line in findings.lines if line.state == state]
        for state in ("confirmed", "heard_not_claimed")
    }
    both = [pair for one, other in findings.circles.two_way for pair in ((one, other), (other, one))]
    return {
        "kind": "map",
        "said": said,
        "lights": _lights(
            said,
            [
                _light(by_state["confirmed"]),
                *([_light(both)] if both else []),
                *([_light(by_state["heard_not_claimed"])] if by_state["heard_not_claimed"] else []),
            ],
        ),
        "caution": _caution(),
        "map": drawing.map([line for line in findings.lines if line.lived]),
    }


def _drawn(_room: Room, findings: Findings, drawing: Drawing, _: Sequence[int]) -> Scene:
    return {
        "kind": "bend",
        "bent": False,
        "said": _said(lambda lang: told.drawn(findings, lang)),
        "map": drawing.bend(findings.detours.lines),
    }


def _bent(_room: Room, findings: Findings, drawing: Drawing, _: Sequence[int]) -> Scene:
    said = _said(lambda lang: told.bent(findings, lang))
    lines = findings.detours.lines
    groups = [
        [one for one in lines if one.outcome == "straight"],
        *(
            [one for one in lines if one.outcome == "via" and one.stops == k]
            for k in sorted(findings.detours.via)
        ),
        *(
            [one for one in lines if one.outcome == how]
            for how in ("heard_via_unknown", "did_not_arrive", "unknown")
        ),
    ]
    # How many run straight is said in any case, the others as far as there are any.
    about = [group for place, group in enumerate(groups) if group or place == 0]
    return {
        "kind": "bend",
        "bent": True,
        "said": said,
        "lights": _lights(said, [_light((one.source, one.target) for one in group) for group in about]),
        "caution": _caution(),
        "map": drawing.bend(lines),
    }


def _against(_room: Room, findings: Findings, _drawing: Drawing, guesses: Sequence[int]) -> Scene:
    believed = findings.summary.believed
    return {
        "kind": "tenths",
        "said": _said(lambda lang: told.against(findings, guesses, lang)),
        "guess": sorted(guesses)[len(guesses) // 2] if guesses else None,
        "outcome": round(10 * findings.detours.straight / believed) if believed else None,
        "guesses": [guesses.count(tenths) for tenths in range(11)],
    }


def _audiences(room: Room, findings: Findings, drawing: Drawing, _: Sequence[int]) -> Scene:
    ends = set(findings.net.audiences)
    figure = drawing.map([line for line in findings.lines if line.target in ends])
    lines = [(line["source"], line["target"]) for line in figure["lines"]]
    said = _said(lambda lang: told.audiences(findings, lang))
    answered = [one for one in findings.arrival.by_audience if one in findings.net.received]
    lights = [
        {**_light((pair for pair in lines if pair[1] == one), [one]), "about": [one]}
        for one in findings.arrival.by_audience
    ]
    draws = ["audiences" if one in answered else "" for one in findings.arrival.by_audience]
    each = {f"audiences {one}": _figure(partial(rows.audiences, findings, only=one)) for one in answered}
    return {
        "kind": "figure",
        "said": said,
        "lights": _lights(said, lights),
        "notes": _said(lambda lang: told.spoken_for(findings.definition, room.evidence(), lang)),
        "map": figure,
        "figures": {"audiences": _figure(partial(rows.audiences, findings))} if answered else {},
        "draws": draws,
        "phone": {
            "figures": each,
            "draws": [f"audiences {one}" if one in answered else "" for one in findings.arrival.by_audience],
        },
    }


def _circles(_room: Room, findings: Findings, drawing: Drawing, _: Sequence[int]) -> Scene:
    circles = findings.circles.closed.circles or ()
    members = {one for circle in circles for one in circle}
    lived = [line for line in findings.lines if line.lived]
    inside = [line for line in lived if {line.source, line.target} <= members]
    said = _said(lambda lang: told.circles(findings, lang))
    about = [
        _light(
            ((line.source, line.target) for line in inside if {line.source, line.target} <= set(circle)),
            circle,
        )
        for circle in circles
        for _ in range(2)  # that it goes round, and that an exit is to be opened
    ]
    return {
        "kind": "map",
        "said": said,
        "lights": _lights(said, [*about, *([{}] if findings.circles.closed.unknown else [])]),
        "caution": _caution(),
        "map": drawing.map(inside or lived),
        "lit": sorted(members),
    }


def _walls(_room: Room, findings: Findings, drawing: Drawing, _: Sequence[int]) -> Scene:
    domain = findings.net.groups
    between = [
        line for line in findings.lines if line.lived and line.source in domain and line.target in domain
    ]
    inside = [(line.source, line.target) for line in between if domain[line.source] == domain[line.target]]
    silo = _said(lambda lang: told.silo(findings, lang))
    said = _said(lambda lang: [*silo[lang], *told.walls(findings, lang)])
    verdict, walls = findings.silos.verdict is not None, findings.silos.walls.findings
    of_silos = [_light(inside) if verdict and place == 0 else {} for place in range(len(silo[LANGUAGES[0]]))]
    of_walls = [
        {
            **_light((), [one for one in domain if domain[one] in wall.groups]),
            "about": [domains.between(*wall.groups)],
        }
        for wall in walls
    ]
    of_bridges = [
        _light(
            ((line.source, line.target) for line in between if {line.source, line.target} & set(bridge.ends)),
            bridge.ends,
        )
        for bridge in findings.bridges.actors[:1]
    ]
    band = {"silo": _figure(partial(domains.band, findings))} if verdict else {}
    matrix = {"matrix": _figure(partial(domains.matrix, findings))} if walls else {}
    draws = [
        *("silo" if verdict else "" for _ in of_silos),
        *("matrix" for _ in walls),
        *("" for _ in of_bridges),
    ]
    return {
        "kind": "figure",
        "said": said,
        "lights": _lights(said, [*of_silos, *of_walls, *of_bridges]),
        "map": drawing.map(between),
        "walls": [list(wall.groups) for wall in walls],
        "figures": {**band, **matrix},
        "draws": draws,
        "phone": {"figures": band, "draws": [name if name in band else "" for name in draws]},
    }


STEPS: Mapping[str, Callable[[Room, Findings, Drawing, Sequence[int]], Scene]] = {
    "sponsor": _sponsor,
    "arrives": _arrives,
    "drawn": _drawn,
    "bent": _bent,
    "against": _against,
    "audiences": _audiences,
    "circles": _circles,
    "walls": _walls,
}


def _light(lines: Iterable[Pair], places: Iterable[str] = ()) -> Light:
    """Give what a sentence is about: lines as ``source>target``, and places."""
    return {"lines": [f"{source}>{target}" for source, target in lines], "places": list(places)}


def _lights(said: Mapping[str, list[str]], about: Sequence[Light]) -> list[Light]:
    """Give a light for every sentence; none at all is better than one that shines on something else."""
    return list(about) if all(len(sentences) == len(about) for sentences in said.values()) else []


def _said(say: Callable[[str], list[str]]) -> dict[str, list[str]]:
    return {lang: say(lang) for lang in LANGUAGES}


def _figure(make: Callable[..., Figure]) -> dict[str, Figure]:
    return {lang: make(lang=lang) for lang in LANGUAGES}


def _caution() -> dict[str, str]:
    return {lang: translator(lang)(told.CAUTION) for lang in LANGUAGES}
