"""A message on its way: hand-worked rounds, and over many rides the chance of arrival."""

from __future__ import annotations

import math
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from workshopkit.analysis import arrival, message
from workshopkit.network.network import Network

LETTERS = "abcdef"
SURE = 1.0
pairs = st.tuples(st.sampled_from(LETTERS), st.sampled_from(LETTERS)).filter(lambda pair: pair[0] != pair[1])
maps = st.dictionaries(pairs, st.sampled_from([0.0, 0.5, 0.75, 1.0]), max_size=20)


def test_a_chain_takes_a_round_a_line():
    lines = {("a", "b"): SURE, ("b", "c"): SURE, ("c", "d"): SURE}
    ride = message.ride(lines, "a")
    assert ride.got == {"a": 0, "b": 1, "c": 2, "d": 3}
    assert (ride.rounds, ride.over) == (3, True)
    assert ride.reached(by=2) == ("b", "c")


def test_everybody_who_has_it_tells_one_other_a_round():
    lines = {("a", other): SURE for other in "bcd"}
    ride = message.ride(lines, "a")
    assert sorted(ride.got.values()) == [0, 1, 2, 3]
    assert len({one.target for one in ride.passes}) == 3


def test_a_second_copy_changes_nothing():
    lines = {("a", "b"): SURE, ("a", "c"): SURE, ("b", "c"): SURE}
    # Whatever a does first: in the second round both may tell c.
    rides = [message.ride(lines, "a", seed=seed) for seed in range(20)]
    twice = [ride for ride in rides if [one.target for one in ride.passes].count("c") == 2]
    assert twice
    assert all(ride.got == {"a": 0, "b": 1, "c": 2} for ride in twice)


def test_a_line_that_failed_is_not_tried_again():
    ride = message.ride({("a", "b"): 0.0}, "a")
    assert [one.arrived for one in ride.passes] == [False]
    assert ride.over
    assert message.step(ride, {("a", "b"): 0.0}).passes == ride.passes


def test_the_same_seed_gives_the_same_ride_and_another_one_another():
    lines = {(one, other): 0.5 for one in LETTERS for other in LETTERS if one != other}
    assert message.ride(lines, "a", seed=3) == message.ride(lines, "a", seed=3)
    assert len({message.ride(lines, "a", seed=seed).passes for seed in range(10)}) > 1


def test_stepping_is_the_ride():
    lines = {(one, other): 0.5 for one in LETTERS for other in LETTERS if one != other}
    ride = message.send("a")
    while not ride.over:
        ride = message.step(ride, lines, seed=7)
    assert ride == message.ride(lines, "a", seed=7)


@given(maps, st.integers(0, 99))
@settings(max_examples=150)
def test_it_goes_along_lines_only_and_to_whom_has_it_not(lines, seed):
    ride = message.ride(lines, "a", seed=seed)
    tried = [(one.source, one.target) for one in ride.passes]
    assert set(tried) <= set(lines)
    assert len(tried) == len(set(tried))
    for one in ride.passes:
        assert ride.got[one.source] < one.round
        assert ride.got.get(one.target, math.inf) >= one.round
        assert lines[one.source, one.target] > 0 or not one.arrived
    told = Counter((one.round, one.source) for one in ride.passes)
    assert all(count == 1 for count in told.values()), "one other a round"
    assert set(ride.got) - {"a"} == {one.target for one in ride.passes if one.arrived}
    assert not any(pair[0] in ride.got and pair[1] not in ride.got and pair not in tried for pair in lines)


def test_over_many_rides_the_share_is_the_chance_of_arrival():
    answers = {
        ("a", "b"): (1.0, 1), ("b", "d"): (0.5, 1), ("a", "c"): (0.5, 1), ("c", "d"): (1.0, 1), ("b", "c"): (1.0, 1),
    }  # fmt: skip
    net = Network.from_edges(answers, answers=answers)
    count = 4000
    share = message.many(message.lived(net), "a", count=count).times("d") / count
    chance = arrival.chance(net, "a", "d").value
    assert abs(share - chance) < 4 * math.sqrt(chance * (1 - chance) / count)


def test_a_ride_falls_among_others():
    rides = message.many({("a", "b"): 0.5, ("b", "c"): 0.5}, "a", count=100)
    mine = message.ride({("a", "b"): SURE}, "a")
    fewer, same, more = rides.beside(mine)
    assert fewer + same + more == 100
    assert fewer == rides.reached(1).count(0)
    assert more == 0, "after one round nobody has reached two"


def test_what_senders_think_runs_for_certain():
    net = Network(tuple("ab"), believed=(("a", "b"),), lived=())
    assert message.believed(net) == {("a", "b"): 1.0}
    assert message.lived(net) == {}
