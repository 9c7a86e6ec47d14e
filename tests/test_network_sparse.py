"""Only pairs that somebody named are worked on: equal to working on all pairs, and no dearer than what was named."""

from __future__ import annotations

from itertools import permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from workshopkit.network.claims import Claim, heard_side, told_side
from workshopkit.network.files import spoken
from workshopkit.network.lines import STATES, Line, Statements, reconcile_statements, state_of
from workshopkit.network.network import Network
from workshopkit.report.analysing import analyse

CLAIMS = st.sampled_from(
    [
        Claim("yes"),
        Claim("partly"),
        Claim("no"),
        Claim("no", ("press",)),
        Claim("no", ("a",)),
        Claim("no", ("c", "b")),
    ]
)


@st.composite
def statements(draw):
    """Draw what several respondents say of a small map; some names are not on it."""
    ids = "abcde"[: draw(st.integers(1, 5))]
    people = st.sets(st.sampled_from("123"), max_size=3)
    pairs = st.tuples(st.sampled_from("abcdez"), st.sampled_from("abcdez")).filter(
        lambda pair: pair[0] != pair[1]
    )
    claims = st.dictionaries(pairs, st.dictionaries(st.sampled_from("123"), CLAIMS, min_size=1), max_size=12)
    told = {
        pair: {who: Claim("no" if claim.via else claim.answer) for who, claim in said.items()}
        for pair, said in draw(claims).items()
    }
    spoken = st.fixed_dictionaries(dict.fromkeys(ids, people))
    return ids, Statements(told, draw(claims), draw(spoken), draw(spoken))


def every_pair(ids, said):
    """Reconcile every ordered pair by its definition, whether anybody named it or not."""
    heard = {pair: dict(claims) for pair, claims in said.heard.items()}
    for (_, target), claims in said.heard.items():
        for who, claim in claims.items():
            if claim.via and claim.via[-1] in ids and claim.via[-1] != target:
                heard.setdefault((claim.via[-1], target), {}).setdefault(who, Claim("yes"))
    found = {}
    for source, target in permutations(ids, 2):
        told = [
            said.told.get((source, target), {}).get(who, Claim("no")) for who in sorted(said.sent[source])
        ]
        came = [
            heard.get((source, target), {}).get(who, Claim("no")) for who in sorted(said.received[target])
        ]
        sides = told_side([claim.answer for claim in told]), heard_side(came)
        ways = tuple(sorted({claim.via[-1] for claim in came if claim.via}))
        found[source, target] = Line(source, target, *sides, state_of(*sides), ways)
    return found


@given(statements())
def test_named_pairs_and_counts_are_those_of_all_pairs(drawn):
    ids, said = drawn
    lines, dense = reconcile_statements(ids, said), every_pair(ids, said)
    assert list(lines.every()) == list(dense.values())
    assert all(dense[line.source, line.target] == line for line in lines)
    assert lines.counts == {state: [line.state for line in dense.values()].count(state) for state in STATES}
    left_out = dense.keys() - {(line.source, line.target) for line in lines}
    assert all(dense[pair].state in {"absent", "unanswered"} for pair in left_out)
    assert not any(dense[pair].believed or dense[pair].via for pair in left_out)


def planted(actors, lines):
    rng = np.random.default_rng(7)
    return sorted({(f"a{a}", f"a{b}") for a, b in rng.integers(actors, size=(lines, 2)).tolist() if a != b})


def test_no_more_lines_are_made_than_pairs_were_named(monkeypatch):
    made = []
    monkeypatch.setattr(spoken, "Line", lambda *given: made.append(given) or Line(*given))
    rows = planted(3_000, 2_000)
    found = analyse(rows, [{"actor": f"a{place}", "group": f"g{place % 9}"} for place in range(3_000)])
    assert len(made) == len(rows)
    assert found.found.summary.counts["confirmed"] == len(rows)
    assert sum(found.found.summary.counts.values()) == 3_000 * 2_999
    assert found.as_json("en")["brokers"][0]["betweenness"] >= 0


def test_a_network_keeps_who_has_spoken_without_a_line():
    said = Statements(sent={"a": {"a"}}, received={"b": {"b"}, "c": set()})
    lines = reconcile_statements("abc", said)
    assert (len(lines), lines.counts["absent"], lines.counts["unanswered"]) == (0, 1, 5)
    assert lines.of("a", "b").state == "absent"
    assert Network.from_edges([], actors="abc").received == set("abc")
