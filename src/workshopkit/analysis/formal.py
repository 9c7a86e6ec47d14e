"""The formal chart laid over the lived map: which reporting lines are used, and which lines run outside the chart.

A reporting line (boss, reporter) is *used* if the message was heard directly along it, down or up. It is *unused* if both
ends have spoken as receivers and neither heard the other; if it is not used and an end is silent, it is *unknown*. A lived
line runs *inside* the chart if it goes along a reporting line, and *outside* it if both its ends stand on the chart and
no reporting line joins them. A place that is not on the chart is not judged. What people do beside the chart is often
what makes an organisation work (Krackhardt and Hanson, 1993, Informal networks: the company behind the chart), so
neither is a fault.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workshopkit.network.network import Network, Pair

__all__ = ["Formal", "Reporting", "find"]


@dataclass(frozen=True, slots=True)
class Reporting:
    """One reporting line.

    Parameters
    ----------
    boss, reporter
        Its ends.
    down, up
        Whether the reporter heard the boss directly, and the boss the reporter; None if who should have heard is
        silent.
    """

    boss: str
    reporter: str
    down: bool | None
    up: bool | None

    @property
    def state(self) -> str:
        """Give ``"used"``, ``"unused"`` or ``"unknown"``."""
        if self.down or self.up:
            return "used"
        return "unknown" if None in (self.down, self.up) else "unused"


@dataclass(frozen=True, slots=True)
class Formal:
    """All reporting lines, and the lived lines beside them.

    Parameters
    ----------
    lines
        In the order of the chart.
    inside, outside
        Lived lines between places of the chart, along it and beside it.
    """

    lines: tuple[Reporting, ...]
    inside: tuple[Pair, ...]
    outside: tuple[Pair, ...]

    def having(self, state: str) -> tuple[Reporting, ...]:
        """Give the reporting lines that are used, unused or unknown."""
        return tuple(line for line in self.lines if line.state == state)

    @property
    def share(self) -> float | None:
        """Give the share of lived lines that run inside the chart, from 0 to 1; None if there are none."""
        count = len(self.inside) + len(self.outside)
        return len(self.inside) / count if count else None


def find(net: Network, chart: Sequence[Pair]) -> Formal:
    """Lay a chart over the lived map.

    Parameters
    ----------
    net
        The map.
    chart
        Pairs (boss, reporter); those of places that are not on the map are passed over.

    Examples
    --------
    >>> net = Network.from_edges(["ab", "bc"], actors="abc")
    >>> found = find(net, [("a", "b"), ("a", "c")])
    >>> [(line.reporter, line.state) for line in found.lines], found.outside, found.share
    ([('b', 'used'), ('c', 'unused')], (('b', 'c'),), 0.5)
    """
    lived = set(net.lived)

    def heard(source: str, target: str) -> bool | None:
        if (source, target) in lived:
            return True
        return False if target in net.received else None

    here = [(boss, reporter) for boss, reporter in chart if boss in net.index and reporter in net.index]
    along = {pair for boss, reporter in here for pair in ((boss, reporter), (reporter, boss))}
    on_chart = {end for pair in here for end in pair}
    between = [pair for pair in net.lived if on_chart.issuperset(pair)]
    return Formal(
        lines=tuple(
            Reporting(boss, reporter, heard(boss, reporter), heard(reporter, boss)) for boss, reporter in here
        ),
        inside=tuple(pair for pair in between if pair in along),
        outside=tuple(pair for pair in between if pair not in along),
    )
