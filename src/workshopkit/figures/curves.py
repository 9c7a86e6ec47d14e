"""Lines as quadratic curves between the rims of two circles; both directions of a pair bow to their own side."""

from __future__ import annotations

import math
from collections.abc import Iterable

__all__ = ["Circle", "Curve", "by_way_of", "curve", "point", "straight"]

Circle = tuple[float, float, float]
Curve = tuple[float, float, float, float, float, float]

_BOWS = (0.12, 0.2, 0.28, 0.36, 0.06, 0.46)
_SAMPLES = 12
_HEAD = 4.0
_CLEAR = 8.0
_ASIDE = 5.0


def curve(
    source: Circle,
    target: Circle,
    others: Iterable[Circle],
    *,
    size: tuple[float, float] = (math.inf, math.inf),
) -> Curve:
    """Give start, control point and end of a line that keeps clear of the other circles where it can.

    Parameters
    ----------
    source, target, others
        Circles as (x, y, r).
    size
        Width and height that the control point stays within.

    Returns
    -------
    tuple
        ``x1, y1, cx, cy, x2, y2``.
    """
    rest = tuple(others)
    best: tuple[float, Curve] | None = None
    for turn, bow in enumerate(_BOWS):
        found = _bowed(source, target, bow, size)
        cost = _hits(found, rest) + turn * 0.01
        if best is None or cost < best[0]:
            best = cost, found
        if cost < 1:
            break
    assert best is not None  # noqa: S101 - there is at least one bow
    return best[1]


def straight(source: Circle, target: Circle) -> Curve:
    """Give a line without a bow, in the form of a curve; it keeps a little to the left, so the way back lies beside it.

    Examples
    --------
    >>> straight((0, 0, 10), (100, 0, 10))
    (10.0, -5.0, 50.0, -5.0, 86.0, -5.0)
    """
    dx, dy = target[0] - source[0], target[1] - source[1]
    away = math.hypot(dx, dy) or 1.0
    x, y = dy / away * _ASIDE, -dx / away * _ASIDE
    x1, y1, cx, cy, x2, y2 = _bowed(source, target, 0.0, (math.inf, math.inf))
    moved = (x1 + x, y1 + y, cx + x, cy + y, x2 + x, y2 + y)
    return tuple(round(value, 1) for value in moved)  # type: ignore[return-value]


def by_way_of(source: Circle, target: Circle, cx: float, cy: float) -> Curve:
    """Give the curve from rim to rim with a control point of one's own."""
    x1, y1 = _rim(source, cx, cy, 0.0)
    x2, y2 = _rim(target, cx, cy, _HEAD)
    return tuple(round(value, 1) for value in (x1, y1, cx, cy, x2, y2))  # type: ignore[return-value]


def point(line: Curve, t: float) -> tuple[float, float]:
    """Give the point of a curve at `t`, from 0 to 1."""
    x1, y1, cx, cy, x2, y2 = line
    a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
    return a * x1 + b * cx + c * x2, a * y1 + b * cy + c * y2


def _bowed(source: Circle, target: Circle, bow: float, size: tuple[float, float]) -> Curve:
    dx, dy = target[0] - source[0], target[1] - source[1]
    # The control point lies to the left of the way one goes, so the way back lies on the other side.
    cx = (source[0] + target[0]) / 2 + dy * bow * 2
    cy = (source[1] + target[1]) / 2 - dx * bow * 2
    cx, cy = min(max(cx, 0.0), size[0]), min(max(cy, 0.0), size[1])
    return by_way_of(source, target, cx, cy)


def _rim(circle: Circle, x: float, y: float, gap: float) -> tuple[float, float]:
    dx, dy = x - circle[0], y - circle[1]
    away = math.hypot(dx, dy) or 1.0
    reach = circle[2] + gap
    return circle[0] + dx / away * reach, circle[1] + dy / away * reach


def _hits(line: Curve, others: tuple[Circle, ...]) -> float:
    worst = 0.0
    points = [point(line, step / _SAMPLES) for step in range(1, _SAMPLES)]
    for x, y, r in others:
        near = min(math.hypot(x - px, y - py) for px, py in points)
        if near < r + _CLEAR:
            worst += 1 + (r + _CLEAR - near) / (r + _CLEAR)
    return worst
