"""Sets of steps on one map, quickly: the same numbers as those that are worked out one by one."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshopkit.analysis import load, plans, stability, walls
from workshopkit.analysis.breakthrough import applied, outcome
from workshopkit.analysis.scores import Scores, best
from workshopkit.network.network import Network
from workshopkit.network.steps import EVERY_AUDIENCE, KINDS, Step, ends


def some_map(draw, teams=9, domains=3, audiences=2):
    """Give a map with lines at random, in which some are silent and not every audience has a voice."""
    actors = tuple(f"t{number}" for number in range(teams)) + tuple(
        f"a{number}" for number in range(audiences)
    )
    pairs = [(one, other) for one in actors for other in actors if one != other and one[0] == "t"]
    voiced = frozenset(actors) - {actor for actor in actors if actor[0] == "a" and draw.random() < 0.3}
    silent = draw.choice([0, 0.2])
    spoken = frozenset(actor for actor in voiced if draw.random() >= silent)
    few = draw.choice([0.1, 0.25, 0.4])
    # Where domains keep to themselves there are walls.
    own = draw.random() < 0.5
    groups = {f"t{number}": f"d{number * domains // teams}" for number in range(teams)}

    def drawn(share):
        return tuple(
            pair
            for pair in pairs
            if draw.random()
            < (share if not own or groups.get(pair[0]) == groups.get(pair[1]) else share / 100)
        )

    return Network(
        actors,
        groups=groups,
        audiences=actors[teams:],
        voiced=voiced,
        sent=spoken,
        received=spoken,
        believed=drawn(2 * few),
        lived=tuple(pair for pair in drawn(2 * few) if pair[1] in spoken),
    )


def some_steps(net, draw, many=6):
    targets = {"actor": net.actors, "domain": sorted(set(net.groups.values())), "audiences": [EVERY_AUDIENCE]}
    steps = {
        Step(kind, draw.choice(net.speakers), draw.choice(targets[ends(kind)]))
        for kind in draw.choices(KINDS, k=many)
    }
    return sorted(step for step in steps if step.source != step.target)


@given(st.integers(0, 2**32), st.integers(0, 3), st.sampled_from([4, 9]))
def test_a_set_comes_to_what_its_map_comes_to(seed, audiences, teams):
    draw = random.Random(seed)  # noqa: S311 - maps for a test, no secrets
    net = some_map(draw, teams, audiences=audiences)
    steps = some_steps(net, draw)
    capacity = load.capacity(load.find(net))
    scores = Scores(net, steps, capacity)
    for size in (0, 1, 2, len(steps)):
        some = draw.sample(steps, min(size, len(steps)))
        worth = outcome(applied(net, some), capacity=capacity).score
        assert scores.of(some) == worth
        assert scores.without_walls(some) >= worth


@pytest.mark.parametrize("seed", range(12))
def test_the_best_set_is_the_one_that_is_found_one_by_one(seed):
    draw = random.Random(seed)  # noqa: S311 - maps for a test, no secrets
    net = some_map(draw, teams=10, domains=2)
    steps = some_steps(net, draw, many=5)
    capacity = load.capacity(load.find(net))
    able = plans.affordable(steps, 14, hours=lambda step: step.hours)
    assert best(Scores(net, steps, capacity), able) == plans.best(
        steps,
        14,
        hours=lambda step: step.hours,
        value=lambda some: outcome(applied(net, some), capacity=capacity).score,
    )


def test_walls_decide_between_sets():
    halves = ("abcde", "fghij")
    rows = [one + other for half in halves for one in half for other in half if one != other]
    groups = {actor: half for half in halves for actor in half}
    net = Network.from_edges(rows, groups=groups)
    scores = Scores(net, [Step("bridge", "a", "f")], dict.fromkeys(net.actors, 99))
    assert (scores.walls(()), scores.walls([Step("bridge", "a", "f")])) == (1, 0)


@pytest.mark.parametrize("seed", range(40))
def test_walls_are_found_where_they_are_sought(seed):
    draw = random.Random(seed)  # noqa: S311 - maps for a test, no secrets
    for domains in (2, 3):
        net = some_map(draw, teams=10, domains=domains, audiences=0)
        for some in (net, stability.silenced(net, net.actors[:2])):
            assert walls.found(some) == tuple(wall.groups for wall in walls.find(some).findings)


def test_walls_are_sought_only_where_they_decide(monkeypatch):
    """On a map with a wall the sets that cannot win are never asked for theirs."""
    halves = ("abcde", "fghij")
    rows = [one + other for half in halves for one in half for other in half if one != other]
    net = Network.from_edges(rows, groups={actor: half for half in halves for actor in half})
    steps = [Step("bridge", one, other) for one, other in zip("abcd", "fghi", strict=True)]
    asked = []
    sought = walls.found
    monkeypatch.setattr(walls, "found", lambda net: asked.append(net) or sought(net))
    able = plans.affordable(steps, 28, hours=lambda _: 7)
    best(Scores(net, steps, dict.fromkeys(net.actors, 99)), able)
    assert 0 < len(asked) < len(able)
