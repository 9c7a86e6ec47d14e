"""What may be told of single answers: k, bins, batches, and totals from which nothing follows."""

from __future__ import annotations

import inspect
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshopkit.network import release
from workshopkit.network.claims import Claim
from workshopkit.network.lines import Statements, reconcile_statements

tables = st.dictionaries(
    st.tuples(st.sampled_from("RSTUV"), st.sampled_from("abcdef")), st.integers(0, 14), min_size=1
)


def row(**counts):
    return {("all", column): count for column, count in counts.items()}


def hidden_in(found):
    return sorted(column for _, column in found.cells)


def test_the_case_worked_by_hand():
    found = release.suppress(row(a=9, b=6, c=3), columns=False)
    assert (hidden_in(found), found.rows) == (["b", "c"], frozenset())


@pytest.mark.parametrize(
    ("counts", "hidden", "total"),
    [
        ({"a": 9, "b": 6}, [], True),  # nothing is small
        ({"a": 9, "b": 4}, ["a", "b"], True),  # the other part would give the small one away
        ({"a": 9, "b": 2, "c": 1}, ["a", "b", "c"], True),  # two parts, but of 3 people together
        ({"a": 9, "b": 2, "c": 3}, ["b", "c"], True),  # two parts of 5
        ({"a": 3}, ["a"], False),  # the total is the part
        ({"a": 2, "b": 1}, ["a", "b"], False),  # the total itself is small
        ({"a": 7, "b": 6, "c": 6, "d": 1}, ["b", "d"], True),  # of equals the first by name
        ({"a": 9, "b": 0, "c": 3}, ["a", "c"], True),  # nobody is no part to hide behind
        ({"a": 7, "b": 0}, [], True),
    ],
)
def test_one_row_with_its_total(counts, hidden, total):
    found = release.suppress(row(**counts), columns=False)
    assert hidden_in(found) == hidden
    assert ("all" not in found.rows) == total


def test_a_row_without_a_total_hides_what_is_small_only():
    found = release.suppress(row(a=9, b=6, c=3), rows=False, columns=False)
    assert hidden_in(found) == ["c"]


def test_hiding_goes_on_over_rows_and_columns():
    counts = {(r, c): 9 for r in "RST" for c in "abc"} | {("R", "a"): 2}
    found = release.suppress(counts)
    assert ("R", "a") in found.cells
    for side in (0, 1):
        for name in {cell[side] for cell in found.cells}:
            assert sum(cell[side] == name for cell in found.cells) >= 2


def test_two_rings_that_hang_together_by_one_cell():
    """Every row and column hides two cells, and yet one of them follows from the totals."""
    ring = [("R", "a"), ("R", "b"), ("S", "a"), ("S", "b")]
    other = [("T", "c"), ("T", "d"), ("U", "c"), ("U", "d")]
    hidden = {*ring, *other, ("R", "c")}
    assert list(release._recoverable(hidden, (set(), set()))) == [("R", "c")]
    found = release.suppress(
        {cell: 3 if cell in hidden else 8 for cell in [(r, c) for r in "RSTU" for c in "abcd"]}
    )
    assert determined(dict.fromkeys(found.cells, 1), found) == []


def determined(cells, found):
    """Find by linear algebra which hidden cells follow from the totals that are shown."""
    order = sorted(cells)
    equations = [
        [float(cell[side] == name) for cell in order]
        for side, without in ((0, found.rows), (1, found.columns))
        for name in sorted({cell[side] for cell in order} - without)
    ]
    if not equations:
        return []
    matrix = np.array(equations)
    _, values, rows = np.linalg.svd(matrix)
    free = rows[int((values > 1e-9).sum()) :]
    return [cell for place, cell in enumerate(order) if np.allclose(free[:, place], 0)]


@settings(max_examples=300, deadline=None)
@given(tables, st.integers(3, 6), st.booleans(), st.booleans())
def test_nothing_follows_by_subtracting(counts, k, rows, columns):
    found = release.suppress(counts, k=k, rows=rows, columns=columns)
    filled = {cell: count for cell, count in counts.items() if count}
    assert {cell for cell, count in filled.items() if count < k} <= found.cells <= filled.keys()
    assert determined(found.cells, found) == []
    for side, without in ((0, found.rows), (1, found.columns)):
        for name in {cell[side] for cell in found.cells} - without:
            parts = [filled[cell] for cell in found.cells if cell[side] == name]
            assert len(parts) >= 2
            assert sum(parts) >= k
    assert rows or found.rows >= {cell[0] for cell in counts}
    assert columns or found.columns >= {cell[1] for cell in counts}


@given(st.integers(1, 200), st.data())
def test_bins_are_a_fifth_wide_and_mirror_each_other(m, data):
    half_points = data.draw(st.integers(0, 2 * m))
    share = Fraction(half_points, 2 * m)
    found = release.in_bins(float(share))
    assert found in {0.0, 0.25, 0.5, 0.75, 1.0}
    assert release.in_bins(float(1 - share)) == 1 - found
    assert abs(Fraction(found) - share) <= Fraction(1, 5)


@pytest.mark.parametrize("k", [2, 1, 0, -1])
def test_no_k_below_the_floor(k):
    for call in (
        lambda: release.suppress({}, k=k),
        lambda: release.moved({}, {}, k=k),
        lambda: release.coarse(reconcile_statements("ab", Statements()), k=k),
    ):
        with pytest.raises(ValueError, match=f"k is {k}"):
            call()


answers = st.dictionaries(st.sampled_from("abcdefghijkl"), st.sampled_from("yn"))


@given(answers, answers)
def test_what_is_shown_moves_by_k_people_or_not_at_all(shown, now):
    after = release.moved(shown, now)
    assert after in (shown, now)
    if after != shown:
        assert sum(shown.get(who) != after.get(who) for who in shown.keys() | after.keys()) >= release.K


def room(draw):
    """Draw what single respondents of four groups say."""
    said = Statements()
    for group in "ABCD":
        others = [one for one in "ABCD" if one != group]
        for side, spoken, claims in (
            ("sent", said.sent, said.told),
            ("received", said.received, said.heard),
        ):
            people = draw(st.integers(0, 9), label=f"{side} of {group}")
            if people:
                spoken[group] = {f"{group}{number}" for number in range(people)}
            for who in sorted(spoken.get(group, ())):
                for other in others:
                    pair = (group, other) if side == "sent" else (other, group)
                    answer = draw(
                        st.sampled_from(["yes", "no"] if side == "sent" else ["yes", "partly", "via", "no"])
                    )
                    if answer != "no":
                        claim = Claim("no", ("press",)) if answer == "via" else Claim(answer)
                        claims.setdefault(pair, {})[who] = claim
    return said


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_side_of_fewer_than_k_is_told(data):
    said = room(data.draw)
    raw = reconcile_statements("ABCD", said)
    told = release.coarse(raw)
    for source in "ABCD":
        for target in "ABCD".replace(source, ""):
            line, full = told.of(source, target), raw.of(source, target)
            for side, whole in ((line.told, full.told), (line.heard, full.heard)):
                if whole.answers < release.K:
                    assert side.silent
                else:
                    assert side.verdict == whole.verdict
                    assert side.strength in {0.0, 0.25, 0.5, 0.75, 1.0}
                    assert side.answers == release.K
                    assert side.agreement is None
            assert line.via == ()
    assert sum(told.counts.values()) == 12
    assert set(told.sent.values()) | set(told.received.values()) <= {release.K}


def test_everything_that_is_public_is_explained():
    for name in release.__all__:
        if callable(found := getattr(release, name)) and not isinstance(found, int) and name != "Cell":
            assert inspect.getdoc(found)
