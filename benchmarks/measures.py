"""How long the measures of a large map take, beside networkx: ``python benchmarks/measures.py [ACTORS LINES GROUPS]``."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable

import networkx as nx
import numpy as np

from workshopkit.analysis import brokers, communities, cores, roles
from workshopkit.network.network import Network

# Above so many actors networkx takes too long.
BESIDE = 2_000


def planted(actors: int, lines: int, groups: int) -> Network:
    """Draw a map on which seven in ten lines stay inside a group."""
    rng = np.random.default_rng(1)
    found = np.empty((0, 2), dtype=np.int64)
    while len(found) < lines:
        source = rng.integers(actors, size=lines)
        same = source % groups + groups * rng.integers(actors // groups, size=lines)
        target = np.where(rng.random(lines) < 0.7, same, rng.integers(actors, size=lines))
        rows = np.stack((source, target), axis=1)
        found = np.unique(np.concatenate((found, rows[source != target])), axis=0)
    return Network.from_edges(
        [(f"a{a}", f"a{b}") for a, b in rng.permutation(found)[:lines].tolist()],
        groups={f"a{place}": f"g{place % groups}" for place in range(actors)},
    )


def timed(name: str, measure: Callable[[], object]) -> None:
    begun = time.perf_counter()
    measure()
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"{name:32} {time.perf_counter() - begun:8.2f} s, at most {megabytes:.0f} MB so far")


def main(actors: int = 1_000, lines: int = 25_000, groups: int = 40) -> None:
    net = planted(actors, lines, groups)
    timed("betweenness", lambda: brokers.betweenness(net))
    timed("brokers, all three", lambda: brokers.find(net))
    timed("roles", lambda: roles.find(net))
    timed("coreness", lambda: cores.coreness(net))
    timed("core", lambda: cores.core(net))
    timed("communities", lambda: communities.find(net))
    if actors > BESIDE:
        return
    graph = nx.DiGraph(net.lived)
    ties = graph.to_undirected()
    timed("networkx: betweenness", lambda: nx.betweenness_centrality(graph))
    timed("networkx: coreness", lambda: nx.core_number(ties))
    timed("networkx: Louvain, 10 starts", lambda: [nx.community.louvain_communities(ties) for _ in range(10)])


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
