"""All that the reveal, the cockpit and the report say of one map, computed once.

What only the facilitator's numbers and the files ask for is computed when it is asked for, so that no phone and no wall
waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TypeVar

from workshopkit.analysis import (
    arrival,
    bridges,
    brokers,
    chances,
    circles,
    communities,
    cores,
    detours,
    failure,
    feedback,
    load,
    roles,
    silos,
    summary,
)
from workshopkit.analysis.brokers import Brokers
from workshopkit.analysis.chances import Chances
from workshopkit.analysis.communities import Communities
from workshopkit.analysis.cores import Core
from workshopkit.analysis.roles import Roles
from workshopkit.network.actors import Definition
from workshopkit.network.lines import Lines
from workshopkit.network.network import Network

__all__ = ["Findings", "find"]

T = TypeVar("T")


@dataclass(frozen=True)
class Findings:
    """The results of one map, each as its own module gives it."""

    definition: Definition
    lines: Lines
    net: Network
    summary: summary.Summary
    detours: detours.Detours
    arrival: arrival.Headline
    circles: circles.Circles
    silos: silos.Silos
    failure: failure.Failure
    bridges: bridges.Bridges
    seed: int = 0

    @cached_property
    def brokers(self) -> Brokers:
        """Give who stands between others."""
        return brokers.find(self.net, seed=self.seed)

    @cached_property
    def chances(self) -> Chances:
        """Give the chance that what is said arrives at each audience."""
        return chances.find(self.net, seed=self.seed)

    @cached_property
    def load(self) -> dict[str, int]:
        """Give how many lines every place carries."""
        return load.find(self.net)

    @cached_property
    def capacity(self) -> dict[str, int]:
        """Give how many lines every place can carry."""
        return load.capacity(self.load, self.net.capacities)

    @cached_property
    def roles(self) -> dict[str, Roles]:
        """Give the roles in which places pass on between domains."""
        return roles.find(self.net)

    @cached_property
    def core(self) -> Core:
        """Give the core of the map."""
        return cores.core(self.net)

    @cached_property
    def lines_to_cut(self) -> tuple[int, str]:
        """Give the fewest lines without which nothing comes back, and whether that is exact."""
        return feedback.fewest(self.net.out)

    @cached_property
    def communities(self) -> Communities:
        """Give which places stick together, whatever their domain."""
        return communities.find(self.net, seed=self.seed)

    @cached_property
    def communities_chance(self) -> float | None:
        """Give how often chance finds communities that are at least as clear."""
        return communities.chance(self.net, seed=self.seed)


def find(
    definition: Definition,
    lines: Lines,
    *,
    seed: int = 0,
    net: Network | None = None,
    begun: Callable[[str], object] = str,
) -> Findings:
    """Compute everything of one map.

    Parameters
    ----------
    definition
        Who is on the map.
    lines
        As `workshopkit.network.lines.reconcile` gives them.
    seed
        Every random number comes from it.
    net
        The map of these lines, where it was made already.
    begun
        Is told the name of each part as it begins: on a large map some take a while.
    """
    net = Network.from_lines(definition, lines) if net is None else net

    def part(name: str, measure: Callable[[Network], T]) -> T:
        begun(name)
        return measure(net)

    return Findings(
        definition=definition,
        lines=lines,
        net=net,
        summary=summary.summarise(definition, lines),
        detours=part("detours", detours.find),
        arrival=part("arrival", arrival.headline),
        circles=part("circles", circles.find),
        silos=part("silos", partial(silos.find, seed=seed)),
        failure=part("failure", failure.find),
        bridges=part("bridges", bridges.find),
        seed=seed,
    )
