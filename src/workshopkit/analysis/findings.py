"""All that the reveal, the cockpit and the report say of one map, computed once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workshopkit.analysis import arrival, bridges, circles, detours, failure, silos, summary
from workshopkit.network.actors import Definition
from workshopkit.network.lines import Line
from workshopkit.network.network import Network

__all__ = ["Findings", "find"]


@dataclass(frozen=True)
class Findings:
    """The results of one map, each as its own module gives it."""

    definition: Definition
    lines: tuple[Line, ...]
    net: Network
    summary: summary.Summary
    detours: detours.Detours
    arrival: arrival.Headline
    circles: circles.Circles
    silos: silos.Silos
    failure: failure.Failure
    bridges: bridges.Bridges


def find(
    definition: Definition, lines: Sequence[Line], *, seed: int = 0, net: Network | None = None
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
        lines=tuple(lines),
        net=net,
        summary=summary.summarise(definition, lines),
        detours=detours.find(net),
        arrival=arrival.headline(net),
        circles=circles.find(net),
        silos=silos.find(net, seed=seed),
        failure=failure.find(net),
        bridges=bridges.find(net),
    )
