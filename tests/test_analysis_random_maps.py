"""Random maps accuse nobody: what chance makes of twelve teams in four domains is rarely called a finding."""

from __future__ import annotations

import random

import pytest

from workshopkit.analysis import circles, silos
from workshopkit.network.network import Network

MAPS = 2_000
TEAMS = [f"{domain}{number}" for domain in "abcd" for number in range(3)]
DOMAINS = {team: team[0] for team in TEAMS}
AUDIENCES = ("residents", "businesses")


def drawn(seed):
    """Give a map on which every team reaches three others or audiences, whichever."""
    chance = random.Random(seed)  # noqa: S311 - maps, no secrets
    everybody = (*TEAMS, *AUDIENCES)
    rows = [
        (team, other)
        for team in TEAMS
        for other in chance.sample([one for one in everybody if one != team], 3)
    ]
    return Network.from_edges(rows, actors=TEAMS, groups=DOMAINS, audiences=AUDIENCES)


@pytest.mark.slow
def test_random_maps_rarely_give_a_finding():
    verdicts = found_walls = found_circles = 0
    for seed in range(MAPS):
        net = drawn(seed)
        found = silos.find(net)
        assert found.verdict is not None
        verdicts += found.verdict != "as_chance"
        found_walls += bool(found.walls.findings)
        found_circles += bool(circles.closed(net).circles)
    assert verdicts <= 0.05 * MAPS
    assert found_walls <= 0.05 * MAPS
    assert found_circles <= 0.02 * MAPS
    # Chance does give some: a test that never finds anything would prove nothing.
    assert verdicts > 0
