"""Maps in the formats of other programs: what goes out comes back, and what others write is read."""

from __future__ import annotations

import io
import json
import unicodedata
import zipfile

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from map_helpers import patient
from report_helpers import Afternoon, actors
from workshopkit.network.files import books, csvs
from workshopkit.network.files.notes import BadFiles
from workshopkit.network.files.reading import read, tables
from workshopkit.network.files.tables import Tables
from workshopkit.network.lines import reconcile_statements
from workshopkit.report.bundle import bundle

KINDS = sorted(books.WRITERS)


def what(found):
    """Give all that a map says, without where it stood."""
    return (
        [(one.id, one.label, one.kind, one.domain, one.voice) for one in found.definition.actors],
        found.said,
        found.certain,
        found.delays,
        found.weights,
        found.capacities,
    )


def texts(found):
    return [note.text("en") for note in found.warnings]


# There and back ------------------------------------------------------------------------------------------------------

_NAMES = st.one_of(
    st.sampled_from(
        [
            "a",
            "B",
            "Balie",
            "balie",
            "=1+1",
            "'=x",
            "-2",
            "@b",
            "+c",
            "x;y",
            "x|y",
            "1",
            "é",
            "☎ 👩‍👧",
            '<&">',
        ]
    ),
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Cn")),
        min_size=1,
        max_size=8,
    ).map(lambda name: unicodedata.normalize("NFC", name)),
)
_NUMBERS = st.one_of(st.just(""), st.sampled_from(["0", "1", "2.5", "1000000", "0.125"]))


@st.composite
def maps(draw):
    """Give tables as they may be written: with places alone, both sides, several voices, ways and numbers."""
    names = draw(st.lists(_NAMES, min_size=2, max_size=6, unique=True))
    sided = draw(st.booleans())
    lines = []
    for _ in range(draw(st.integers(0, 8))):
        source, target = draw(st.permutations(names))[:2]
        row = {"source": source, "target": target, "weight": draw(_NUMBERS), "delay_days": draw(_NUMBERS)}
        row["channel"] = draw(st.sampled_from(["", "mail", "=phone"]))
        if sided:
            row["perspective"] = draw(st.sampled_from(["sender", "receiver", "observer"]))
            row["reporter"] = draw(st.sampled_from(["", "r1", "r2"]))
            row["arrives"] = draw(st.sampled_from(["", "yes", "partly", "no"]))
            row["expected"] = draw(st.sampled_from(["", "yes", "doubt"]))
            ways = [name for name in (*names, "press") if name not in {source, target} and ";" not in name]
            row["via"] = (
                ";".join(draw(st.lists(st.sampled_from(ways), max_size=2, unique=True))) if ways else ""
            )
        lines.append(row)
    places = [
        {
            "actor": name,
            "label": draw(st.sampled_from(["", name, "A label", "=label"])),
            "group": draw(st.sampled_from(["", "Zorg", "-Geld"])),
            "kind": draw(st.sampled_from(["team", "role", "audience"])),
            "voice": draw(st.sampled_from(["", "own", "proxy", "none"])),
            "capacity": draw(_NUMBERS),
        }
        for name in draw(st.lists(st.sampled_from(names), unique=True))
    ]
    return Tables.of(lines, places, sided=sided)


@pytest.mark.parametrize("kind", KINDS)
@given(made=maps())
@settings(patient, max_examples=60)
def test_what_is_written_is_read_again(kind, made):
    lines, places = csvs.write(made)
    expected = read(lines, places)
    found = read(books.WRITERS[kind](made))
    assert what(found) == what(expected)
    again, _ = tables(books.WRITERS[kind](made))
    assert [*again.edges()] == [*made.edges()]
