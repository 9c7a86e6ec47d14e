"""All measures of a map from files, without a workshop."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from workshopkit.analysis import findings
from workshopkit.errors import UsageError
from workshopkit.i18n import N_
from workshopkit.network.files.notes import Note
from workshopkit.network.files.reading import Given, read
from workshopkit.network.lines import reconcile_statements
from workshopkit.network.network import Network
from workshopkit.report import numbers

__all__ = ["SEED", "Analysed", "analyse"]

SEED = 1
# Every ordered pair is looked at: beyond this it takes minutes and gigabytes.
MOST_ACTORS = 2_000


@dataclass(frozen=True, slots=True)
class Analysed:
    """A map from files, with what was found on it and what there is to warn of."""

    found: findings.Findings
    warnings: tuple[Note, ...]
    seed: int

    def as_json(self, lang: str) -> dict[str, Any]:
        """Give every measure as plain numbers, and the warnings in a language."""
        measures = numbers.analysis(self.found, seed=self.seed)
        return {**measures, "warnings": [warning.text(lang) for warning in self.warnings]}


def analyse(
    lines: Given, actors: Given | None = None, *, seed: int = SEED, undirected: bool = False
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

    Raises
    ------
    BadFiles
        Naming everything that is wrong.
    UsageError
        If there are too many places.
    """
    given = read(lines, actors, undirected=undirected)
    places = [actor.id for actor in given.definition.actors]
    if len(places) > MOST_ACTORS:
        raise UsageError(
            N_(
                "There are {count} places in these files, and at most {limit} can be analysed. Take a part of them."
            ),
            count=len(places),
            limit=MOST_ACTORS,
        )
    reconciled = reconcile_statements(places, given.said)
    net = Network.from_lines(given.definition, reconciled, delays=given.delays)
    if given.certain:
        net = replace(net, answers={})
    found = findings.find(given.definition, reconciled, seed=seed, net=net)
    return Analysed(found, given.warnings, seed)
