"""The ratios as a picture: a row for each figure, a mark for each system, on a scale of times as much as ours."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from report import OTHERS, OURS, Ledger, Row

__all__ = ["plot"]

_WIDTH, _LEFT, _RIGHT, _TOP, _STEP = 760, 250, 24, 56, 26
_INK = ("#8a5a00", "#b3261e", "#0b57d0", "#146c2e", "#7b1fa2")
# Shapes tell the systems apart as well as colours do; each fits in a square of 10 around its middle.
_SHAPES = (
    '<circle r="5"/>',
    '<path d="M-5-5h10v10h-10z"/>',
    '<path d="M0-6L6 5H-6z"/>',
    '<path d="M0-6L6 0L0 6L-6 0z"/>',
    '<path d="M-6-5H6L0 6z"/>',
)
_STYLE = (
    "text{font:13px sans-serif;fill:#1f1f1f}.rule{stroke:#c4c4c4}.ours{stroke:#1f1f1f;stroke-width:2}"
    + "".join(f".s{number}{{fill:{ink}}}" for number, ink in enumerate(_INK))
    + ".paper{fill:#fff}"
)


def plot(ledger: Ledger, rows: Sequence[Row]) -> str:
    """Draw an SVG of the rows that are for the plot; nothing if no other system was measured."""
    found = [(row, ratios) for row in rows if row.drawn and (ratios := _ratios(row, ledger))]
    if not found:
        return ""
    known = [ratio for _, ratios in found for ratio in ratios.values()]
    low, high = math.floor(math.log10(min(known))), math.ceil(math.log10(max(known)))
    low, high = min(low, 0), max(high, 1)

    def across(ratio: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (math.log10(ratio) - low) / (high - low)

    bottom = _TOP + _STEP * len(found)
    height = bottom + 56
    parts = [f'<rect class="paper" width="{_WIDTH}" height="{height}"/>', _legend()]
    for power in range(low, high + 1):
        x = across(10.0**power)
        kind = "ours" if power == 0 else "rule"
        parts.append(f'<line class="{kind}" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP - 12}" y2="{bottom}"/>')
        label = "as ours" if power == 0 else f"{10.0**power:g}×"
        parts.append(f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{label}</text>')
    for place, (row, ratios) in enumerate(found):
        y = _TOP + _STEP * place + 4
        parts.append(f'<text x="{_LEFT - 14}" y="{y + 4}" text-anchor="end">{escape(row.drawn)}</text>')
        parts += [_mark(system, ratio, across(ratio), y) for system, ratio in ratios.items()]
    said = f"How many times as much as {OURS}: right of the line is slower, or more."
    parts.append(f'<text x="20" y="{bottom + 44}">{said}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img">'
        f"<title>{said}</title>"
        f"<style>{_STYLE}</style>{''.join(parts)}</svg>\n"
    )


def _ratios(row: Row, ledger: Ledger) -> dict[str, float]:
    """Give the ratios that a scale of powers can show."""
    found = {system: row.ratio(ledger, system) for system in OTHERS}
    return {system: ratio for system, ratio in found.items() if ratio is not None and ratio > 0}


def _mark(system: str, ratio: float, x: float, y: float) -> str:
    place = OTHERS.index(system)
    return (
        f'<g class="s{place}" transform="translate({x:.1f} {y})">'
        f"<title>{escape(system)}: {ratio:.2g}×</title>{_SHAPES[place]}</g>"
    )


def _legend() -> str:
    return "".join(
        f'<g class="s{place}" transform="translate({20 + 118 * place} 18)">{_SHAPES[place]}</g>'
        f'<text x="{32 + 118 * place}" y="22">{escape(system)}</text>'
        for place, system in enumerate(OTHERS)
    )
