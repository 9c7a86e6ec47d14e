"""The map of a room as one plain description: regions, circles with labels, and a curve for every line.

A line is drawn when one of its sides has said yes; what a receiver heard by another way is drawn as well. What both
sides deny, and what nobody has answered, is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workshopkit.analysis.detours import Detour
from workshopkit.figures.curves import Circle, Curve, curve, straight
from workshopkit.figures.layout import HEIGHT, WIDTH, layout
from workshopkit.figures.words import describe
from workshopkit.network.actors import Definition
from workshopkit.network.lines import Line

__all__ = ["Drawing", "Map", "describe", "draw"]

Map = dict[str, Any]


class Drawing:
    """Draws the maps of one definition; places are found once, and each curve when it is first needed.

    Examples
    --------
    >>> definition = Definition.read({"actors": [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}]})
    >>> [node["id"] for node in Drawing(definition).map([])["nodes"]]
    ['a', 'b']
    """

    def __init__(self, definition: Definition, *, seed: int = 0) -> None:
        self._layout = layout(definition, seed=seed)
        self._curves: dict[tuple[str, str], Curve] = {}
        self._circles: dict[str, Circle] = {
            id_: (place.x, place.y, place.r) for id_, place in self._layout.places.items()
        }

    def map(self, lines: Iterable[Line]) -> Map:
        """Describe a map with these lines."""
        return {
            "width": int(WIDTH),
            "height": int(HEIGHT),
            "domains": [
                {
                    "id": region.id,
                    "label": region.label,
                    "x": round(region.x, 1),
                    "y": round(region.y, 1),
                    "left": round(region.left, 1),
                    "top": round(region.top, 1),
                    "width": round(region.width, 1),
                    "height": round(region.height, 1),
                }
                for region in self._layout.regions
            ],
            "nodes": [
                {
                    "id": id_,
                    "label": place.actor.label,
                    "kind": place.actor.kind,
                    "voice": place.actor.voice,
                    "domain": place.actor.domain,
                    "x": round(place.x, 1),
                    "y": round(place.y, 1),
                    "r": round(place.r, 1),
                    "rows": list(place.rows),
                    "label_y": round(place.label_y, 1),
                    "font": place.font,
                }
                for id_, place in self._layout.places.items()
            ],
            "lines": [self._line(line) for line in lines if _drawn(line)],
        }

    def bend(self, detours: Iterable[Detour]) -> Map:
        """Describe the lines as their senders drew them, each with how it runs: a straight one, and where it bends to.

        Each line has ``x1, y1, x2, y2`` from rim to rim, and ``bx, by``: the control point of a curve by way of the
        stops. A line without a route has none, and fades.
        """
        return {**self.map([]), "lines": [self._bent(one) for one in detours]}

    def _bent(self, one: Detour) -> dict[str, Any]:
        source, target = self._circles[one.source], self._circles[one.target]
        x1, y1, mx, my, x2, y2 = straight(source, target)
        stops = [self._circles[stop] for stop in one.route[1:-1]]
        found: dict[str, Any] = {
            "source": one.source, "target": one.target, "outcome": one.outcome, "stops": one.stops,
            "x1": x1, "y1": y1, "cx": mx, "cy": my, "x2": x2, "y2": y2, "bx": None, "by": None,
        }  # fmt: skip
        if stops:
            # The curve passes half-way between its control point and the middle: so it passes the stops.
            x, y = sum(stop[0] for stop in stops) / len(stops), sum(stop[1] for stop in stops) / len(stops)
            found["bx"], found["by"] = round(2 * x - mx, 1), round(2 * y - my, 1)
        return found

    def _line(self, line: Line) -> dict[str, Any]:
        x1, y1, cx, cy, x2, y2 = self._curve(line.source, line.target)
        return {
            "source": line.source,
            "target": line.target,
            "state": line.state,
            "told": line.told.verdict,
            "heard": line.heard.verdict,
            "x1": x1,
            "y1": y1,
            "cx": cx,
            "cy": cy,
            "x2": x2,
            "y2": y2,
        }

    def _curve(self, source: str, target: str) -> Curve:
        known = self._curves.get((source, target))
        if known is None:
            others = (circle for id_, circle in self._circles.items() if id_ not in {source, target})
            known = curve(self._circles[source], self._circles[target], others, size=(WIDTH, HEIGHT))
            self._curves[source, target] = known
        return known


def draw(definition: Definition, lines: Iterable[Line], *, seed: int = 0) -> Map:
    """Describe one map; who draws the same map again and again keeps a `Drawing`."""
    return Drawing(definition, seed=seed).map(lines)


def _drawn(line: Line) -> bool:
    return line.state not in {"absent", "unanswered"} or line.believed or line.lived
