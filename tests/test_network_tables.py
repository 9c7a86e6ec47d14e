"""Maps as tables and back, with both sides of each line and its state."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain_helpers import definition
from drawn_maps import drawing, drawn_maps
from test_network_lines import THREE
from workshopkit.network.claims import Claim, heard_side, told_side
from workshopkit.network.drawn_reading import BadDrawing, read
from workshopkit.network.lines import Line, reconcile, state_of
from workshopkit.network.tables import Tables, formal_table, from_tables, lines_table, read_lines, tables

HERE = definition(3)
_ANSWERS = st.lists(st.sampled_from(["yes", "partly", "no"]), max_size=3)


@st.composite
def reconciled(draw):
    ids = [one.id for one in HERE.actors]
    found = []
    for pair in draw(st.lists(st.sampled_from([(a, b) for a in ids for b in ids if a != b]), unique=True)):
        ways = tuple(draw(st.lists(st.sampled_from([*ids, "press"]), max_size=2)))
        told = told_side(draw(_ANSWERS))
        heard = heard_side([Claim(one, ways if one == "no" else ()) for one in draw(_ANSWERS)])
        found.append(Line(*pair, told, heard, state_of(told, heard), ways))
    return tuple(found)


@settings(deadline=None, max_examples=50)
@given(drawn_maps())
def test_a_drawn_map_survives_its_tables(drawn):
    assert from_tables(*tables(drawn)) == drawn


@settings(deadline=None, max_examples=50)
@given(drawn_maps())
def test_a_drawn_map_survives_a_spreadsheet(drawn):
    def through(frame):
        text = frame.to_csv(index=False)
        return pd.read_csv(
            io.StringIO(text), dtype={"label": str, "channel": str}, keep_default_na=False, na_values=[""]
        )

    found = from_tables(*map(through, tables(drawn)))
    assert [one.id for one in found.actors] == [one.id for one in drawn.actors]
    assert (found.lines, found.formal, found.domains) == (drawn.lines, drawn.formal, drawn.domains)


@settings(deadline=None, max_examples=50)
@given(reconciled())
def test_lines_survive_their_table(lines):
    assert read_lines(HERE, lines_table(HERE, lines, ids=True)) == lines


def test_the_columns_are_those_that_are_documented():
    made = tables(read(drawing()))
    for frame, name in zip(made, Tables._fields, strict=True):
        documented = Tables.__doc__.split(f"    {name}\n")[1].split(
            "\n    formal\n" if name == "lines" else "\0"
        )[0]
        assert all(f"``{column}``" in documented for column in frame.columns), name
    row = made.lines.iloc[1].to_dict()
    assert (row["source"], row["via"], row["told"], row["heard"], row["state"]) == (
        "a",
        "b",
        "yes",
        "via",
        "heard_via",
    )
    frame = lines_table(HERE, reconcile(HERE, THREE))
    assert all(f"``{column}``" in lines_table.__doc__ for column in frame.columns)
    row = frame[(frame["source"] == "Team A") & (frame["target"] == "Team C")].iloc[0]
    assert (row["state"], row["heard"], row["heard_strength"], row["via"]) == (
        "heard_via",
        "via",
        0.0,
        "Team B",
    )


def test_a_table_of_ones_own_needs_only_names():
    places = pd.DataFrame({"id": ["a", "b"], "domain": ["x", None]})
    drawn = from_tables(places, lines=pd.DataFrame({"source": ["a"], "target": ["b"]}))
    assert drawn.network().lived == (("a", "b"),)
    assert [one.id for one in drawn.domains] == ["x"]
    assert [one.label for one in drawn.actors] == ["a", "b"]


def test_what_is_wrong_in_a_table_is_told_at_once():
    places = pd.DataFrame({"id": ["a", "b"], "kind": ["team", "person"]})
    lines = pd.DataFrame({"source": ["a", None], "target": ["b", "c"], "strength": [4, 1]})
    with pytest.raises(BadDrawing) as caught:
        from_tables(places, lines=lines, formal=pd.DataFrame({"boss": ["a"], "reporter": [None]}))
    said = str(caught.value)
    for part in (
        "b must be a team",
        "a → b is 4",
        "“None”, which is not on the map",
        "formal must be a list of pairs",
    ):
        assert part in said
    frame = lines_table(HERE, reconcile(HERE, THREE), ids=True)
    frame.loc[0, "told"] = "perhaps"
    frame.loc[1, "source"] = "x"
    frame = frame.astype({"heard_strength": object})
    frame.loc[2, "heard_strength"] = "much"
    with pytest.raises(BadDrawing) as caught:
        read_lines(HERE, frame)
    assert [values["row"] for _, values in caught.value.faults] == [1, 2, 3]


def test_the_chart_as_a_table():
    here = read(drawing()).definition()
    assert formal_table(here).to_dict("records") == [{"boss": "Board", "reporter": "Desk"}]
    assert list(formal_table(here, {("a", "b"): "used"})["state"]) == ["used"]
