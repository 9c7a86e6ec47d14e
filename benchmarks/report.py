"""What was measured, kept sample by sample, and the table that is made of it."""

from __future__ import annotations

import csv
import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["LEAN", "NO_FORK", "OURS", "USUAL", "Ledger", "Row", "table"]

OURS, NO_FORK, LEAN, USUAL = "workshopkit", "without fork", "Voilà lean", "Voilà usual"
_SYSTEMS = (OURS, NO_FORK, LEAN, USUAL)


def _p95(values: Sequence[float]) -> float:
    """Give the smallest value that at least 95 % do not exceed."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


STATISTICS: Mapping[str, Callable[[Sequence[float]], float]] = {
    "median": statistics.median,
    "p95": _p95,
    "worst": max,
    "sum": math.fsum,
}


@dataclass(frozen=True)
class Sample:
    """One figure as it was read."""

    measure: str
    system: str
    round: int
    who: str
    value: float


@dataclass
class Ledger:
    """All samples of a run, where it ran, and what went wrong."""

    about: list[str] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, measure: str, system: str, value: float, *, round: int = 0, who: str = "") -> None:
        self.samples.append(Sample(measure, system, round, who, value))

    def values(self, measure: str, system: str) -> list[float]:
        return [
            sample.value for sample in self.samples if (sample.measure, sample.system) == (measure, system)
        ]

    def write(self, path: Path) -> None:
        """Write all samples as CSV."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", newline="", encoding="utf-8") as file:
            out = csv.writer(file)
            out.writerow(["measure", "system", "round", "who", "value"])
            out.writerows(
                [sample.measure, sample.system, sample.round, sample.who, f"{sample.value:.6g}"]
                for sample in self.samples
            )


@dataclass(frozen=True)
class Row:
    """A row of the table.

    Parameters
    ----------
    title
        What it says.
    measure, statistic
        Which samples, and what is made of them.
    unit
        ``s``, ``ms``, ``MB``, or nothing for a count.
    bar, goal
        What it may be at most, and what we aim for.
    judged
        The system that the bar is for; if that is not our room with fork, the row shows no other.
    """

    title: str
    measure: str
    statistic: str = "median"
    unit: str = ""
    bar: float | None = None
    goal: float | None = None
    judged: str = OURS

    def value(self, ledger: Ledger, system: str) -> float | None:
        if self.judged not in {OURS, system}:
            return None
        values = ledger.values(self.measure, system)
        return STATISTICS[self.statistic](values) if values else None


def table(ledger: Ledger, rows: Sequence[Row]) -> str:
    """Give the table in markdown; rows without a figure are left out."""
    head = ["measure", "unit", "n", "at most", "met", *_SYSTEMS, "lean ÷ ours", "usual ÷ ours"]
    lines = [head]
    for row in rows:
        values = {system: row.value(ledger, system) for system in _SYSTEMS}
        if any(value is not None for value in values.values()):
            lines.append(_cells(ledger, row, values))
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    rule = ["-" * width if column == 0 else "-" * (width - 1) + ":" for column, width in enumerate(widths)]
    return "\n".join(
        "| "
        + " | ".join(
            _pad(text, width, column) for column, (text, width) in enumerate(zip(line, widths, strict=True))
        )
        + " |"
        for line in [lines[0], rule, *lines[1:]]
    )


def _cells(ledger: Ledger, row: Row, values: Mapping[str, float | None]) -> list[str]:
    count = max(len(ledger.values(row.measure, system)) for system in _SYSTEMS if values[system] is not None)
    ours = values[OURS]
    return [
        row.title,
        row.unit,
        str(count),
        _bar(row),
        _met(row, values[row.judged]),
        *(_figure(values[system], row.unit) for system in _SYSTEMS),
        *(_ratio(values[system], ours) for system in (LEAN, USUAL)),
    ]


def _bar(row: Row) -> str:
    if row.bar is None:
        return ""
    return f"{row.bar:g}" if row.goal is None else f"{row.bar:g} (goal {row.goal:g})"


def _met(row: Row, value: float | None) -> str:
    if row.bar is None or value is None:
        return ""
    if row.goal is not None and value <= row.goal:
        return "goal"
    return "yes" if value <= row.bar else "NO"


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    return (
        f"{value:.0f}"
        if unit in {"", "ms"}
        else f"{value:.3f}"
        if value < 1
        else f"{value:.2f}"
        if value < 10
        else f"{value:.1f}"
    )


def _ratio(value: float | None, ours: float | None) -> str:
    return "–" if value is None or not ours else f"{value / ours:.1f}×"


def _pad(text: str, width: int, column: int) -> str:
    return text.ljust(width) if column == 0 else text.rjust(width)
