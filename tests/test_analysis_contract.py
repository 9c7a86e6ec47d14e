"""The contract's numbers on files never seen, and planted claims that must come out as they were planted."""

from __future__ import annotations

import json
import random
from itertools import permutations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from map_helpers import patient, renamed
from workshopkit.analysis import silos
from workshopkit.network.network import Network
from workshopkit.report.analysing import analyse

NAMES = [f"n{number}" for number in range(9)]
NO_GROUPS = {"no_groups", "one_group", "own_groups"}
VIAS = ["", "press", "elsewhere", "elsewhere; further"]
quick = settings(patient, max_examples=60)

SIDED = st.fixed_dictionaries(
    {
        "source": st.sampled_from(NAMES),
        "target": st.sampled_from(NAMES),
        "perspective": st.sampled_from(["sender", "receiver", "observer"]),
        "reporter": st.sampled_from(["", "", "one", "two"]),
        "arrives": st.sampled_from(["", "yes", "partly", "no"]),
        "via": st.sampled_from(VIAS),
        "channel": st.sampled_from(["", "mail"]),
        "delay_days": st.sampled_from(["", "0", "2.5"]),
    }
)
PLAIN = st.fixed_dictionaries({"source": st.sampled_from(NAMES), "target": st.sampled_from(NAMES)})
PLACES = st.lists(
    st.fixed_dictionaries(
        {
            "actor": st.sampled_from([*NAMES, "alone"]),
            "group": st.sampled_from(["", "x", "y", "z"]),
            "kind": st.sampled_from(["team", "team", "role", "audience"]),
            "voice": st.sampled_from(["", "", "own", "proxy", "none"]),
            "capacity": st.sampled_from(["", "4"]),
        }
    ),
    unique_by=lambda row: row["actor"],
)


def numbers(lines, actors=None, **more):
    """Give the measures as they stand in a file: JSON that any program can read."""
    return json.loads(json.dumps(analyse(lines, actors, **more).as_json("en"), allow_nan=False))


def shares(found):
    """Give what lies between 0 and 1 or is undefined."""
    yield found["coverage"]
    yield from (found["arrival"][name] for name in ("rate", "direct", "within_two", "at_all"))
    yield from (found["circles"][name] for name in ("hierarchy", "efficiency", "connectedness"))
    yield from (found["silos"][name] for name in ("p_low", "p_high", "nmi"))
    yield from (one["p"] for one in found["silos"]["by_group"].values())
    yield from (found["silos"]["conductance"] or {}).values()


@quick
@given(st.one_of(st.lists(SIDED, max_size=40), st.lists(PLAIN, max_size=40)), PLACES, st.booleans())
def test_the_numbers_of_any_file_fit_together(lines, actors, undirected):
    found = numbers(lines or b"source,target\n", actors or None, undirected=undirected)
    n, pairs = found["actors"], found["actors"] * (found["actors"] - 1)
    assert sum(found["states"].values()) == pairs
    detours = found["detours"]
    assert (
        sum(detours["via"].values()) + sum(value for key, value in detours.items() if key != "via")
        == (found["believed"])
    )
    assert all(int(stops) >= 1 for stops in detours["via"])
    states = found["states"]
    assert states["confirmed"] + states["heard_not_claimed"] <= found["lines"] <= pairs
    assert states["confirmed"] + states["heard_via"] + states["sent_not_heard"] <= found["believed"]
    assert all(value is None or 0 <= value <= 1 for value in shares(found))
    arrival = found["arrival"]
    assert arrival["rate"] == (arrival["reachable_pairs"] / pairs if n > 1 else None)
    assert (arrival["direct"] is None) == (arrival["at_all"] is None) == (arrival["reason"] is not None)
    if arrival["direct"] is not None:
        assert arrival["direct"] <= arrival["within_two"] <= arrival["at_all"]
    circles = found["circles"]
    assert (circles["closed_circles"] is None) == (circles["reason"] is not None)
    if circles["closed_circles"] is not None:
        assert circles["actors_in_closed_circle"] == sum(map(len, circles["closed_circles"]))
        assert circles["actors_in_closed_circle"] <= circles["actors_on_a_cycle"]
    assert circles["lines_to_cut"] <= found["lines"] / 2
    assert circles["method"] in {"exact", "upper bound"}
    assert [one["actor"] for one in found["brokers"]] == [
        one["actor"] for one in sorted(found["brokers"], key=lambda one: (-one["betweenness"], one["actor"]))
    ]
    assert len(found["brokers"]) == n
    assert sum(one["load"] for one in found["brokers"]) == 2 * found["lines"]


@quick
@given(st.lists(PLAIN, max_size=40), PLACES)
def test_what_is_undefined_of_silos_is_null_with_a_reason(lines, actors):
    found = numbers(lines or b"source,target\n", actors or None)
    it = found["silos"]
    named = ("ei", "expected", "band", "verdict", "modularity", "conductance", "nmi", "walls", "walls_listed")
    if it["reason"] in NO_GROUPS:
        assert [it[name] for name in named] == [None] * len(named)
        return
    assert it["expected"] is not None
    assert (it["band"] is None) == (it["verdict"] is None) == (it["reason"] is not None)
    assert all(wall in it["walls_listed"] for wall in it["walls"])
    assert sum(found["groups"].values()) <= found["actors"]
    if it["band"] is not None:
        low, high = it["band"]
        assert (it["verdict"] == "more_closed") == (it["ei"] < low)
        assert (it["verdict"] == "more_open") == (it["ei"] > high)


# Leiden breaks ties by place, and the warnings speak of lines of the file.
BY_PLACE = {"communities", "communities_modularity", "nmi", "adjusted_rand", "communities_reason"}


def whole(found, names):
    """Give all numbers under other names, with what has no order of its own in one order."""
    if isinstance(found, dict):
        return {
            names.get(key, key): whole(value, names)
            for key, value in found.items()
            if key != "warnings" and key not in BY_PLACE
        }
    if isinstance(found, list):
        return sorted((whole(one, names) for one in found), key=json.dumps)
    if isinstance(found, float):
        return round(found, 9)
    return names.get(found, found) if isinstance(found, str) else found


@quick
@given(st.lists(SIDED, max_size=14), PLACES, st.randoms(use_true_random=False))
def test_other_names_in_another_order_change_nothing_at_all(lines, actors, chance):
    places = {row["actor"]: row for row in actors}
    names = [*NAMES[:6], "alone", "elsewhere", "further"]
    lines = [row for row in lines if {row["source"], row["target"]} <= set(names)]
    everybody = [places.get(name, {"actor": name}) for name in names]
    new = {name: f"m{place}" for place, name in enumerate(chance.sample(names, len(names)))}
    ways = {way: "; ".join(new.get(one, one) for one in way.split("; ")) for way in VIAS}
    found = numbers(lines, everybody)
    other = numbers(
        [
            {**row, "source": new[row["source"]], "target": new[row["target"]], "via": ways[row["via"]]}
            for row in lines
        ],
        [{**row, "actor": new[row["actor"]]} for row in chance.sample(everybody, len(everybody))],
    )
    assert whole(other, {}) == whole(found, new)


# What the sender says, and what each of two receivers says.
SIDES = {
    "confirmed": ("yes", ("yes", "yes")),
    "heard_via": ("yes", ("via", "via")),
    "sent_not_heard": ("yes", ("no", "no")),
    "heard_not_claimed": ("no", ("yes", "yes")),
    "divided": ("yes", ("yes", "no")),
    "absent": ("no", ("no", "no")),
}
TEAMS = [f"t{number}" for number in range(12)]


def planted(seed, silent, counts):
    """Give rows of both sides in which every state occurs as often as asked; the first `silent` teams hear nothing."""
    pairs = list(permutations(TEAMS, 2))
    random.Random(seed).shuffle(pairs)  # noqa: S311 - rows, no secrets
    free = iter(pair for pair in pairs if pair[1] not in TEAMS[:silent])
    states = {next(free): state for state, count in counts.items() for _ in range(count)}
    rows = []
    for source, target in pairs:
        told, heard = SIDES[states.get((source, target), "absent")]
        here = {"source": source, "target": target}
        rows.append({**here, "perspective": "sender", "arrives": told})
        if target not in TEAMS[:silent]:
            for reporter, answer in zip(("one", "two"), heard, strict=True):
                said = {"via": "press"} if answer == "via" else {"arrives": answer}
                rows.append({**here, "perspective": "receiver", "reporter": reporter, **said})
    return rows, {state: [pair for pair, its in states.items() if its == state] for state in counts}


@pytest.mark.parametrize("seed", range(10))
def test_planted_states_come_out_as_they_were_planted(seed):
    chance = random.Random(seed)  # noqa: S311 - as above
    counts = {state: chance.randrange(12) for state in SIDES if state != "absent"}
    silent = seed % 3
    rows, by_state = planted(seed, silent, counts)
    found = numbers(rows)
    unanswered = silent * 11
    assert {state: found["states"][state] for state in counts} == counts
    assert found["states"]["unanswered"] == unanswered
    assert found["states"]["absent"] == 12 * 11 - unanswered - sum(counts.values())
    assert found["lines"] == counts["confirmed"] + counts["heard_not_claimed"]
    assert found["believed"] == sum(count for state, count in counts.items() if SIDES[state][0] == "yes")
    assert found["coverage"] == (12 - silent) / 12

    lived = nx.DiGraph(by_state["confirmed"] + by_state["heard_not_claimed"])
    lived.add_nodes_from(TEAMS)
    reachable = {(a, b) for a in lived for b in nx.descendants(lived, a)}
    assert found["arrival"]["reachable_pairs"] == len(reachable)
    assert found["detours"]["straight"] == counts["confirmed"]
    assert found["detours"]["heard_via_unknown"] == len(set(by_state["heard_via"]) - reachable)
    crooked = [by_state[one] for one in ("heard_via", "sent_not_heard", "divided")]
    assert sum(found["detours"]["via"].values()) == len(
        {pair for some in crooked for pair in some} & reachable
    )
    assert found["detours"]["unknown"] == 0, "nobody claims to have told the silent"
    lost = {*by_state["sent_not_heard"], *by_state["divided"]} - reachable
    assert found["detours"]["did_not_arrive"] == len(lost)


KNOWN = {
    "karate": (nx.karate_club_graph(), 34, 78),
    "kite": (nx.krackhardt_kite_graph(), 10, 18),
    "florence": (nx.florentine_families_graph(), 15, 20),
    "davis": (nx.davis_southern_women_graph(), 32, 89),
    "miserables": (nx.les_miserables_graph(), 77, 254),
}


@pytest.mark.parametrize("name", KNOWN)
def test_known_maps_through_the_whole_of_analyse(name):
    graph, actors, ties = KNOWN[name]
    rows = [{"source": str(a), "target": str(b)} for a, b in graph.edges]
    found = numbers(rows, undirected=True)
    assert (found["actors"], found["lines"]) == (actors, 2 * ties)
    assert found["circles"]["two_way_pairs"] == found["circles"]["lines_to_cut"] == ties
    assert found["circles"]["hierarchy"] == 0
    assert found["circles"]["efficiency"] == pytest.approx(1 - (2 * ties - actors + 1) / (actors - 1) ** 2)
    assert found["arrival"]["rate"] == found["circles"]["connectedness"] == 1
    assert found["cores"]["coreness"] == {str(one): k for one, k in nx.core_number(graph).items()}
    between = nx.betweenness_centrality(graph, normalized=False)
    assert {one["actor"]: one["betweenness"] for one in found["brokers"]} == pytest.approx(
        {str(one): 2 * value for one, value in between.items()}
    )


def test_the_two_sides_of_the_karate_club_are_more_closed():
    """Zachary's split: 78 ties, of which 11 cross it."""
    graph = nx.karate_club_graph()
    club = nx.get_node_attributes(graph, "club")
    crossing = sum(club[a] != club[b] for a, b in graph.edges)
    rows = [{"source": str(a), "target": str(b)} for a, b in graph.edges]
    actors = [{"actor": str(one), "group": group} for one, group in club.items()]
    found = numbers(rows, actors, undirected=True)["silos"]
    assert found["ei"] == pytest.approx((2 * crossing - 78) / 78)
    assert found["verdict"] == "more_closed"
    parts = [{one for one in graph if club[one] == group} for group in set(club.values())]
    assert found["modularity"] == pytest.approx(nx.community.modularity(nx.Graph(graph.edges), parts))


def test_other_names_change_no_silo_of_a_map_of_which_all_relabellings_are_listed():
    rows = [a + b for half in ("abcde", "fghij") for a, b in permutations(half, 2)] + ["af"]
    net = Network.from_edges(rows, groups={one: "x" if one < "f" else "y" for one in "abcdefghij"})
    other = renamed(net, net.actors[::-1])
    assert (silos.find(other).band, silos.find(other).p_low) == (silos.find(net).band, silos.find(net).p_low)
