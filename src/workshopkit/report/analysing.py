"""All measures of a map from files, without a workshop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workshopkit.analysis import findings
from workshopkit.analysis.arrival import MANY_ACTORS
from workshopkit.analysis.feedback import UPPER_BOUND
from workshopkit.i18n import translator
from workshopkit.network.files.notes import Note
from workshopkit.network.files.reading import Given, read
from workshopkit.network.lines import reconcile_statements
from workshopkit.network.network import Network
from workshopkit.report import numbers

__all__ = ["SEED", "Analysed", "analyse"]

SEED = 1
# What is worked out when it is asked for, in the order in which it is told that it begins.
_ASKED = ("brokers", "chances", "communities", "roles")


@dataclass(frozen=True, slots=True)
class Analysed:
    """A map from files, with what was found on it and what there is to warn of."""

    found: findings.Findings
    warnings: tuple[Note, ...]
    seed: int

    def as_json(self, lang: str, *, begun: Callable[[str], object] = str) -> dict[str, Any]:
        """Give every measure as plain numbers, and the warnings in a language."""
        for name in _ASKED:
            begun(name)
            getattr(self.found, name)
        measures = numbers.analysis(self.found, seed=self.seed)
        warnings = [warning.text(lang) for warning in self.warnings] + self.estimates(lang)
        return {**measures, "warnings": warnings}

    def estimates(self, lang: str) -> list[str]:
        """Say which figures are no exact ones."""
        t, found, said = translator(lang), self.found, []
        if found.circles.method == UPPER_BOUND:
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
        return said


def analyse(
    lines: Given,
    actors: Given | None = None,
    *,
    seed: int = SEED,
    undirected: bool = False,
    begun: Callable[[str], object] = str,
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

    Raises
    ------
    BadFiles
        Naming everything that is wrong.
    """
    begun("files")
    given = read(lines, actors, undirected=undirected)
    reconciled = reconcile_statements([actor.id for actor in given.definition.actors], given.said)
    net = Network.from_lines(
        given.definition,
        reconciled,
        delays=given.delays,
        capacities=given.capacities,
        certain=given.certain,
    )
    definition, warnings = given.definition, given.warnings
    del given  # what everybody said takes more memory than all that follows
    return Analysed(findings.find(definition, reconciled, seed=seed, net=net, begun=begun), warnings, seed)
