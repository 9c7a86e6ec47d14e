"""The lines on which both ends say something else: what the sender says beside what the receiver says.

The gap of a line is |sender mean - receiver mean|, each from no (0) by partly (1/2) to yes (1). The list is sorted by
gap, then by answers, then by name; the figure draws its first rows, the table holds all.
"""

from __future__ import annotations

from workshopkit.analysis.findings import Findings
from workshopkit.figures.figure import WIDTH, Figure, Shape, circle, entry, figure, line, text
from workshopkit.figures.rows import EDGE, FULL, SPACE, heading
from workshopkit.i18n import Translator, translator
from workshopkit.network.lines import Line

__all__ = ["MOST_DRAWN", "perception"]

MOST_DRAWN = 8


def perception(found: Findings, *, lang: str) -> Figure:
    """Show the lines on which both ends say something else, the widest apart first."""
    t, gaps = translator(lang), _gaps(found)
    drawn: list[Shape] = []
    y = 8.0
    if gaps:
        scale = ((0.0, t("no"), "start"), (0.5, t("partly"), "middle"), (1.0, t("yes"), "end"))
        drawn = [text("soft", said, _at(place), 26, size=20, anchor=anchor) for place, said, anchor in scale]
        y = 40.0
    for name, one in gaps[:MOST_DRAWN]:
        shapes, y = heading(name, y, f"{one.source}>{one.target}")
        drawn += [*shapes, *_ends(one, y + 12, name)]
        y += 24 + SPACE
    names = [entry("said", t("says who told it")), entry("heard", t("says who should have heard it"))]
    rows = [(name, _number(_told(one)), _number(_heard(one)), _answers(one)) for name, one in gaps]
    return figure(
        "perception", t("How far the answers of both ends lie apart"), drawn, size=(WIDTH, y if drawn else 0),
        sentences=_said(found, len(gaps), t), legend=names if drawn else [], rows=rows,
        columns=[t("Line"), t("Told"), t("Heard directly"), t("Answers")],
    )  # fmt: skip


def _ends(one: Line, y: float, name: str) -> list[Shape]:
    """Draw both ends of a line on the scale from no to yes, the sender's hollow and the receiver's filled."""
    key, told, heard = f"{one.source}>{one.target}", _at(_told(one)), _at(_heard(one))
    return [
        line("axis", _at(0), y, _at(1), y, key=f"axis {key}"),
        line("gap", told, y, heard, y, key=f"gap {key}", tip=name),
        circle("said", told, y, 10, key=f"told {key}", tip=_number(_told(one))),
        circle("heard", heard, y, 12, key=f"heard {key}", tip=_number(_heard(one))),
    ]


def _said(found: Findings, count: int, t: Translator) -> list[str]:
    if not found.net.received:
        return [t("Nobody has answered yet.")]
    if not count:
        return [t("Wherever both ends answered, they say the same.")]
    said = [
        t.n(
            "On {count} line the answers of both ends lie apart. Heard by way of another is not heard directly.",
            "On {count} lines the answers of both ends lie apart. Heard by way of another is not heard directly.",
            count,
        )
    ]
    if count > MOST_DRAWN:
        said.append(t("Drawn are the {count} that lie widest apart.", count=MOST_DRAWN))
    return said


def _at(strength: float) -> float:
    return EDGE + 12 + (FULL - 24) * strength


def _gaps(found: Findings) -> list[tuple[str, Line]]:
    """Sort the lines with a gap: by gap, then answers, then name."""
    label = {actor.id: actor.label for actor in found.definition.actors}
    named = [(f"{label[one.source]} → {label[one.target]}", one) for one in found.lines if one.gap]
    return sorted(named, key=lambda row: (-(row[1].gap or 0), -_answers(row[1]), row[0]))


def _told(one: Line) -> float:
    return one.told.strength or 0.0


def _heard(one: Line) -> float:
    return one.heard.strength or 0.0


def _answers(one: Line) -> int:
    return one.told.answers + one.heard.answers


def _number(strength: float) -> str:
    return f"{strength:.2g}"
