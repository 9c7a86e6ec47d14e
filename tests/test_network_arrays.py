"""Files are read as arrays: the same answers, faults and warnings as a row at a time, whatever stands in them."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import rows_one_by_one
from map_helpers import patient
from workshopkit.network.files import entries, rows
from workshopkit.network.files.columns import Columns, packed
from workshopkit.network.files.notes import BadFiles, Notes
from workshopkit.network.files.reading import read
from workshopkit.network.files.table import parse
from workshopkit.network.lines import reconcile_statements

NAMES = st.sampled_from(["a", "b", "c", "T", "U", "press", "Pers"])
COLUMNS = {
    "source": NAMES,
    "target": NAMES,
    "perspective": st.sampled_from(["sender", "receiver", "observer", "Ontvanger"]),
    "reporter": st.sampled_from(["", "a", "p", "q"]),
    "arrives": st.sampled_from(["", "yes", "deels", "NO"]),
    "via": st.sampled_from(["", "", "d", "Pers", "e;d", "press; f"]),
    "channel": st.sampled_from(["", "mail"]),
    "delay_days": st.sampled_from(["", "1,5", "3"]),
    "weight": st.sampled_from(["", "2"]),
}
ODD = st.sampled_from(["", " ", "'=x", "soms", "-1", "1_0", "=1", "sender", "a;b", "x\ny", "é", "\u00a0"])
VOICES = st.sampled_from(["", "own", "proxy", "none"])


def text(columns, rows_):
    file = io.StringIO()
    csv.writer(file).writerows([columns, *rows_])
    return file.getvalue().encode()


@st.composite
def tables(draw, cell):
    """Draw the columns of a file, and rows of such cells."""
    columns = ["source", "target", *draw(st.lists(st.sampled_from(list(COLUMNS)[2:]), unique=True))]
    row = st.tuples(*(cell(COLUMNS[column]) for column in columns))
    return columns, draw(st.lists(row, max_size=14))


def actors(voices):
    return [
        {"actor": one, "kind": "audience", "voice": voice} for one, voice in zip("TU", voices, strict=True)
    ] + [{"actor": "b", "voice": "none"}]


@patient
@given(tables(lambda usual: usual), st.tuples(VOICES, VOICES), st.booleans())
def test_answers_are_those_of_reading_a_row_at_a_time(table, voices, undirected):
    content = text(*table)
    try:
        found = read(content, actors(voices), undirected=undirected)
    except BadFiles:
        return  # the next test's
    parsed = parse(content, "lines", rows.LINES, Notes())
    notes, one_by_one = rows_one_by_one.noted("lines", parsed.columns, list(parsed.rows))
    if not found.certain:
        said = rows_one_by_one.gathered(one_by_one, found.definition, "lines", notes, undirected=undirected)
        assert found.said == said
    assert [note for note in found.warnings if note.lines] == [note for note in notes.warnings if note.lines]
    lines = reconcile_statements([actor.id for actor in found.definition.actors], found.said)
    assert found.spoken.lines() == lines
    assert list(found.spoken.lines().sent.items()) == list(lines.sent.items())


def test_a_plain_list_says_yes_from_both_sides():
    found = read([("a", "T"), ("b", "a"), ("a", "T")], actors(("none", "own")), undirected=True)
    lines = found.spoken.lines()
    assert {(line.source + line.target, line.state) for line in lines} == {
        ("aT", "unanswered"),
        ("Ta", "confirmed"),
        ("ba", "confirmed"),
        ("ab", "unanswered"),
    }
    assert lines == reconcile_statements("TUba", found.said)


@patient
@given(tables(lambda usual: st.one_of(usual, usual, ODD)))
def test_what_there_is_to_say_is_what_every_row_says(table):
    parsed = parse(text(*table), "lines", rows.LINES, Notes())
    found = Notes()
    entries.read(parsed, found)
    notes, _ = rows_one_by_one.noted("lines", parsed.columns, list(parsed.rows))
    assert everything(found) == everything(notes)


@patient
@given(
    st.lists(st.lists(st.one_of(ODD, st.sampled_from("ab")), max_size=5), max_size=12),
    st.lists(st.one_of(st.none(), st.integers(0, 2)), min_size=1, max_size=4),
    st.integers(1, 5),
)
def test_columns_are_the_rows(table, places, at_a_time):
    given_ = list(enumerate(table, start=2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workshopkit.network.files.columns._AT_A_TIME", at_a_time)
        found, wide = Columns.of(given_, places, 3, str.strip)
    kept, too_wide = rows_one_by_one.cleaned(given_, places, 3, str.strip)
    assert (list(found), wide) == (kept, too_wide)
    assert [found[row] for row in range(len(found))] == kept


@patient
@given(st.lists(st.tuples(*[st.integers(0, 2**40)] * 3), min_size=1, max_size=9))
def test_packed_rows_are_in_the_order_of_the_rows(table):
    found = packed(*np.array(table, dtype=np.int64).T)
    assert [(a < b, a == b) for a in found for b in found] == [(a < b, a == b) for a in table for b in table]


def everything(notes):
    """Give all faults and warnings."""
    try:
        notes.check()
    except BadFiles as bad:
        return bad.faults, bad.count, notes.warnings
    return (), 0, notes.warnings
