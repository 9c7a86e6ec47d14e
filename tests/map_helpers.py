"""Small maps for the tests of measures: drawn by hypothesis, and as networkx, the second program, sees them."""

from __future__ import annotations

import networkx as nx
from hypothesis import settings
from hypothesis import strategies as st

from workshopkit.network.network import Network

NAMES = "abcdefghijklmnop"
# A shared machine is slow at times, and that is no fault of a measure.
patient = settings(deadline=None)


def pairs_of(names):
    return [(a, b) for a in names for b in names if a != b]


@st.composite
def maps(draw, least=1, most=8, audiences=0, groups=0):
    """Draw a map that is fully covered; its last actors are the audiences."""
    names = NAMES[: draw(st.integers(max(least, audiences), most))]
    rows = draw(st.lists(st.sampled_from(pairs_of(names)), unique=True)) if len(names) > 1 else []
    dealt = {}
    if groups:
        dealt = {name: f"g{draw(st.integers(1, groups))}" for name in names[: len(names) - audiences]}
    return Network.from_edges(rows, actors=names, groups=dealt, audiences=names[len(names) - audiences :])


@st.composite
def spoken_maps(draw, most=7):
    """Draw a map on which some are silent or have no voice, and senders and receivers do not agree."""
    names = NAMES[: draw(st.integers(2, most))]
    some = st.lists(st.sampled_from(pairs_of(names)), unique=True)
    voiced = frozenset(draw(st.lists(st.sampled_from(names), unique=True)))
    received = frozenset(name for name in voiced if draw(st.booleans()))
    heard = [pair for pair in draw(some) if pair[1] in received]
    cut = draw(st.integers(0, len(heard)))
    rest = heard[cut:]
    cut_again = draw(st.integers(0, len(rest)))
    index = {name: place for place, name in enumerate(names)}
    return Network(
        actors=tuple(names),
        audiences=tuple(names[len(names) - draw(st.integers(0, 2)) :]),
        voiced=voiced,
        sent=voiced,
        received=received,
        believed=tuple(draw(some)),
        lived=tuple(sorted(heard[:cut], key=lambda pair: (index[pair[0]], index[pair[1]]))),
        divided=tuple(rest[:cut_again]),
        ways={
            pair: draw(st.sampled_from([("press",), *((name,) for name in names)]))
            for pair in rest[cut_again:]
        },
    )


def second(net, lines=None):
    """Give the map as networkx sees it."""
    graph = nx.DiGraph()
    graph.add_nodes_from(net.actors)
    graph.add_edges_from(net.lived if lines is None else lines)
    return graph


def renamed(net, order):
    """Give the same map with its actors in another order and under other names."""
    new = {actor: f"n{place}" for place, actor in enumerate(order)}

    def rows(pairs):
        return tuple((new[a], new[b]) for a, b in pairs)

    return Network(
        actors=tuple(new[actor] for actor in order),
        groups={new[actor]: net.groups[actor] for actor in order if actor in net.groups},
        audiences=tuple(new[actor] for actor in order if actor in net.audiences),
        voiced=frozenset(new[actor] for actor in net.voiced),
        sent=frozenset(new[actor] for actor in net.sent),
        received=frozenset(new[actor] for actor in net.received),
        believed=rows(net.believed),
        lived=rows(net.lived),
        divided=rows(net.divided),
        ways={
            row: tuple(new.get(way, way) for way in net.ways[old])
            for old, row in zip(net.ways, rows(net.ways), strict=True)
        },
        answers={row: net.answers[old] for old, row in zip(net.answers, rows(net.answers), strict=True)},
    )
