"""Between which domains no line ran: those that are findings, those that are only listed, and lines one way."""

from __future__ import annotations

from workshopkit.analysis.findings import Findings
from workshopkit.i18n import N_, Translator
from workshopkit.panels.numbers.figure import Figure, Group, Value, number

__all__ = ["WALLS"]


def _walls(found: Findings, t: Translator) -> str:
    labels = {domain.id: domain.label for domain in found.definition.domains}
    return "; ".join(
        t(
            "{one} and {other}: chance would put {expected} lines there",
            one=labels.get(wall.groups[0], wall.groups[0]),
            other=labels.get(wall.groups[1], wall.groups[1]),
            expected=number(wall.expected, t.lang),
        )
        for wall in found.silos.walls.listed
    )


def _one_way(found: Findings, _: Translator) -> str:
    labels = {domain.id: domain.label for domain in found.definition.domains}
    return "; ".join(
        f"{labels.get(one, one)} → {labels.get(other, other)}" for one, other in found.silos.walls.one_way
    )


def _findings_of_walls(found: Findings, _: Translator) -> Value:
    return len(found.silos.walls.findings) if found.silos.lines else None


def _listed_walls(found: Findings, _: Translator) -> Value:
    return len(found.silos.walls.listed) if found.silos.lines else None


WALLS = Group(
    N_("Between which domains did no line run?"),
    (
        Figure(
            N_("Walls that are findings"),
            _findings_of_walls,
            N_(
                "Pairs of domains without a lived line either way, of which all have answered, where chance puts at"
                " least 3 lines: 2 m nᵢ nⱼ / n(n−1). And where blind dealing leaves it empty in at most 5 of 100 "
                "cases, divided by the number of pairs of domains."
            ),
            "analysis.walls.find",
        ),
        Figure(
            N_("Pairs of domains without a line"),
            _listed_walls,
            N_(
                "All pairs of domains of which everybody answered, and between which no line ran this time, "
                "findings or not. Most are too small to tell from chance."
            ),
            "analysis.walls.find",
            _walls,
        ),
        Figure(
            N_("Pairs of domains with lines one way only"),
            lambda found, _: len(found.silos.walls.one_way) if found.silos.lines else None,
            N_(
                "Pairs of domains with a lived line from one to the other and none back. Listed, and not a finding."
            ),
            "analysis.walls.find",
            _one_way,
        ),
    ),
)
