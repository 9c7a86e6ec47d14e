"""All that the reveal, the cockpit and the report say of one map, computed once.

What only the facilitator's numbers and the files ask for is computed when it is asked for, so that no phone and no wall
waits for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from workshopkit.analysis import (
    arrival,
    bridges,
    brokers,
    circles,
    communities,
    cores,
    detours,
    failure,
    roles,
    silos,
    summary,
)
from workshopkit.analysis.brokers import Brokers
from workshopkit.analysis.communities import Communities
from workshopkit.analysis.cores import Core
from workshopkit.analysis.roles import Roles
from workshopkit.network.actors import Definition
from workshopkit.network.lines import Lines
from workshopkit.network.network import Network

__all__ = ["Findings", "find"]


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
    def roles(self) -> dict[str, Roles]:
        """Give the roles in which places pass on between domains."""
        return roles.find(self.net)

    @cached_property
    def core(self) -> Core:
        """Give the core of the map."""
        return cores.core(self.net)

    @cached_property
    def communities(self) -> Communities:
        """Give which places stick together, whatever their domain."""
        return communities.find(self.net, seed=self.seed)

    @cached_property
    def communities_chance(self) -> float | None:
        """Give how often chance finds communities that are at least as clear."""
        return communities.chance(self.net, seed=self.seed)


def find(
    definition: Definition, lines: Lines, *, seed: int = 0, net: Network | None = None
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
    """
    net = Network.from_lines(definition, lines) if net is None else net
    return Findings(
        definition=definition,
        lines=lines,
        net=net,
        summary=summary.summarise(definition, lines),
        detours=detours.find(net),
        arrival=arrival.headline(net),
        circles=circles.find(net),
        silos=silos.find(net, seed=seed),
        failure=failure.find(net),
        bridges=bridges.find(net),
        seed=seed,
    )
