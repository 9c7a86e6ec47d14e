"""What was measured, kept sample by sample, and the tables that are made of it."""

from __future__ import annotations

import csv
import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

__all__ = [
    "DASH",
    "LEAN",
    "NO_FORK",
    "OTHERS",
    "OURS",
    "PANEL",
    "STREAMLIT",
    "USUAL",
    "Ledger",
    "Row",
    "table",
]

OURS, NO_FORK = "workshopkit", "without fork"
LEAN, USUAL, STREAMLIT, PANEL, DASH = OTHERS = ("Voilà lean", "Voilà usual", "Streamlit", "Panel", "Dash")
_SYSTEMS = (OURS, NO_FORK, *OTHERS)


def _share(part: float) -> Callable[[Sequence[float]], float]:
    """Give the statistic that at least a part of the values do not exceed: the smallest such value."""
    return lambda values: sorted(values)[math.ceil(part * len(values)) - 1]


STATISTICS: Mapping[str, Callable[[Sequence[float]], float]] = {
    "median": statistics.median,
    "p95": _share(0.95),
    "p99": _share(0.99),
    "worst": max,
    "last": lambda values: values[-1],
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
    ahead
        How many times the figure of another system must be of ours.
    drawn
        What the plot calls it; nothing if it is not in the plot.
    """

    title: str
    measure: str
    statistic: str = "median"
    unit: str = ""
    bar: float | None = None
    goal: float | None = None
    judged: str = OURS
    ahead: Mapping[str, float] = field(default_factory=dict)
    drawn: str = ""

    def value(self, ledger: Ledger, system: str) -> float | None:
        if self.judged not in {OURS, system}:
            return None
        values = ledger.values(self.measure, system)
        return STATISTICS[self.statistic](values) if values else None

    def ratio(self, ledger: Ledger, system: str) -> float | None:
        """Give how many times the figure of another system is of ours."""
        ours, theirs = self.value(ledger, OURS), self.value(ledger, system)
        return theirs / ours if ours and theirs is not None else None

    def behind(self, ledger: Ledger) -> list[str]:
        """Give the systems that we are not as far ahead of as we must be; those without a figure are not judged."""
        ratios = {system: self.ratio(ledger, system) for system in self.ahead}
        return [
            system for system, ratio in ratios.items() if ratio is not None and ratio < self.ahead[system]
        ]


def table(ledger: Ledger, rows: Sequence[Row]) -> str:
    """Give the tables in markdown: what others do too, and what our room alone does; no row without a figure."""
    systems = [system for system in _SYSTEMS if any(row.value(ledger, system) is not None for row in rows)]
    beside, alone = [], []
    for row in rows:
        known = {system for system in systems if row.value(ledger, system) is not None}
        if known - {OURS}:
            beside.append(row)
        elif known:
            alone.append(row)
    found = [_markdown(ledger, beside, systems)] if beside else []
    return "\n\n".join([*found, *([_markdown(ledger, alone, [OURS])] if alone else [])])


def _markdown(ledger: Ledger, rows: Sequence[Row], systems: Sequence[str]) -> str:
    lines = [
        ["measure", "unit", "n", "at most", "met", *systems],
        *(_cells(ledger, row, systems) for row in rows),
    ]
    columns = range(len(lines[0]))
    widths = [max(len(line[column]) for line in lines) for column in columns]
    rule = ["-" * width if column == 0 else "-" * (width - 1) + ":" for column, width in enumerate(widths)]
    return "\n".join(
        f"| {' | '.join(_pad(line[column], widths[column], column) for column in columns)} |"
        for line in [lines[0], rule, *lines[1:]]
    )


def _cells(ledger: Ledger, row: Row, systems: Sequence[str]) -> list[str]:
    shown = [system for system in systems if row.value(ledger, system) is not None]
    return [
        row.title,
        row.unit,
        str(max(len(ledger.values(row.measure, system)) for system in shown)),
        _bar(row),
        _met(row, ledger),
        *(_figure(row, ledger, system) for system in systems),
    ]


def _bar(row: Row) -> str:
    said = []
    if row.bar is not None:
        said.append(f"{row.bar:g}" if row.goal is None else f"{row.bar:g} (goal {row.goal:g})")
    said += [f"{system} ≥ {times:g}×" for system, times in row.ahead.items()]
    return "; ".join(said)


def _met(row: Row, ledger: Ledger) -> str:
    value = row.value(ledger, row.judged)
    if value is None or (row.bar is None and not row.ahead):
        return ""
    if row.bar is not None and value > row.bar:
        return "NO"
    if behind := row.behind(ledger):
        return f"NO: {', '.join(behind)}"
    return "goal" if row.goal is not None and value <= row.goal else "yes"


def _figure(row: Row, ledger: Ledger, system: str) -> str:
    value = row.value(ledger, system)
    if value is None:
        return "–"
    ratio = row.ratio(ledger, system) if system in OTHERS else None
    return _number(value, row.unit) + (f" ({_times(ratio)})" if ratio is not None else "")


def _number(value: float, unit: str) -> str:
    if unit in {"", "ms"}:
        return f"{value:.0f}"
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 10 else f"{value:.1f}"


def _times(ratio: float) -> str:
    return f"{ratio:.0f}×" if ratio >= 10 else f"{ratio:.1f}×" if ratio >= 0.1 else f"{ratio:.2f}×"


def _pad(text: str, width: int, column: int) -> str:
    return text.ljust(width) if column == 0 else text.rjust(width)
