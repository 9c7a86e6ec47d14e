"""All measures of a map from files, without a workshop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from workshopkit.analysis import arrays, bridges, brokers, chances, communities, findings, silos
from workshopkit.analysis.apart import done
from workshopkit.analysis.arrival import MANY_ACTORS
from workshopkit.analysis.feedback import UPPER_BOUND
from workshopkit.i18n import translator
from workshopkit.network.files.notes import Note
from workshopkit.network.files.reading import Given, read
from workshopkit.network.network import Network
from workshopkit.report import numbers

__all__ = ["SEED", "Analysed", "analyse"]

SEED = 1
# What is worked out when it is asked for, in the order in which it is told that it begins; the last ones may be apart.
_HERE, _APART = ("lines_to_cut", "roles"), ("brokers", "chances", "communities")
# A smaller map is sooner done in one process, and a larger one takes too much memory in two.
_LEAST_LINES, _MOST_LINES = 5_000, 500_000


@dataclass(frozen=True, slots=True)
class Analysed:
    """A map from files, with what was found on it and what there is to warn of."""

    found: findings.Findings
    warnings: tuple[Note, ...]
    seed: int

    def as_json(self, lang: str, *, begun: Callable[[str], object] = str) -> dict[str, Any]:
        """Give every measure as plain numbers, and the warnings in a language."""
        _ask(self.found, (*_HERE, *_APART), begun)
        measures = numbers.analysis(self.found, seed=self.seed)
        warnings = [warning.text(lang) for warning in self.warnings] + self.estimates(lang)
        return {**measures, "warnings": warnings}

    def estimates(self, lang: str) -> list[str]:
        """Say which figures are no exact ones."""
        t, found, said = translator(lang), self.found, []
        if found.lines_to_cut[1] == UPPER_BOUND:
            said.append(t("the number of lines to cut is an upper bound (Eades): it may be done with fewer"))
        if found.brokers.method != "exact":
            said.append(
                t(
                    "betweenness is an estimate ({method}): take those with the most as a set without an order",
                    method=found.brokers.method,
                )
            )
        if len(found.net.actors) > MANY_ACTORS and found.chances.method not in {None, "exact"}:
            said.append(
                t(
                    "the chance of arriving at an audience is simulated ({method})",
                    method=found.chances.method,
                )
            )
        if found.silos.verdict not in {None, silos.AS_CHANCE} and found.silos.busy_teams is None:
            said.append(
                t(
                    "whether a few busy places make the silo verdict is looked at up to {actors} places and {lines} lines",
                    actors=silos.REWIRED_ACTORS,
                    lines=silos.REWIRED_LINES,
                )
            )
        if found.bridges.method == "not counted":
            said.append(
                t(
                    "lines on which a domain hangs are counted up to {actors} places",
                    actors=bridges.COUNTED_ACTORS,
                )
            )
        return said


def analyse(
    lines: Given,
    actors: Given | None = None,
    *,
    seed: int = SEED,
    undirected: bool = False,
    begun: Callable[[str], object] = str,
    apart: bool = False,
) -> Analysed:
    """Read a map and compute everything of it.

    Parameters
    ----------
    lines, actors
        As `workshopkit.network.files.reading.read` takes them.
    seed
        Every random number comes from it.
    undirected
        Read each row both ways.
    begun
        Is told the name of each part as it begins.
    apart
        From 5 000 to 500 000 lines, compute what the JSON needs as well, some of it in a process that is forked off: only
        for a process without threads of its own.

    Raises
    ------
    BadFiles
        Naming everything that is wrong.
    """
    begun("files")
    given = read(lines, actors, undirected=undirected)
    reconciled = given.spoken.lines()
    net = Network.from_lines(
        given.definition,
        reconciled,
        delays=given.delays,
        capacities=given.capacities,
        certain=given.certain,
    )
    definition, warnings = given.definition, given.warnings
    del given  # what everybody said takes more memory than all that follows
    measure = partial(findings.find, definition, reconciled, seed=seed, net=net, begun=begun)
    if not apart or not _LEAST_LINES <= len(net.lived) <= _MOST_LINES:
        return Analysed(measure(), warnings, seed)
    arrays.ties(net)  # both processes need them
    with done(partial(_apart, net, seed)) as others:
        found = measure()
        _ask(found, _HERE, begun)
        begun(_APART[0])
        vars(found).update(others())
    return Analysed(found, warnings, seed)


def _ask(found: findings.Findings, names: Sequence[str], begun: Callable[[str], object]) -> None:
    for name in names:
        if name not in vars(found):
            begun(name)
            getattr(found, name)


def _apart(net: Network, seed: int) -> dict[str, object]:
    measures = brokers.find, chances.find, communities.find
    return {name: find(net, seed=seed) for name, find in zip(_APART, measures, strict=True)}
