"""Every figure: seen on both papers, told as it is drawn, in step with the style sheet, and steady between rounds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from domain_helpers import definition
from test_figures_layout import answered, demo
from workshopkit.analysis import findings
from workshopkit.figures import gallery
from workshopkit.figures.roles import LOOKS, PAPER, css
from workshopkit.network.lines import reconcile

QUIET = {"region", *(name for name in LOOKS if name.startswith("cell-")), "on-lit"}


def found(seed=1):
    return findings.find(demo(), answered(demo(), seed))


def light(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one, other):
    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("shade", [0, 1])
def test_what_must_be_seen_stands_out_from_its_paper(shade):
    for name, look in LOOKS.items():
        if name in QUIET:
            continue
        inks = [ink[shade] for ink in (look.fill, look.stroke) if ink]
        assert max(contrast(ink, PAPER[shade]) for ink in inks) >= (4.5 if look.weight else 3), name


def test_the_style_sheet_is_made_from_the_table():
    source = Path(__file__).parents[1] / "src" / "workshopkit" / "frontend" / "src" / "figure.css"
    assert source.read_text(encoding="utf-8") == css()


@pytest.mark.parametrize("name", gallery.FIGURES)
def test_every_role_is_known_and_keys_are_there_once(name):
    figure = gallery.make(name, found(), lang="nl")
    assert {shape["role"] for shape in figure["shapes"]} <= set(LOOKS)
    keys = [shape["key"] for shape in figure["shapes"] if "key" in shape]
    assert len(keys) == len(set(keys))
    assert figure["sentences"]


def test_bars_and_table_say_the_same():
    figure = gallery.make("audiences", found(), lang="en")
    wide = [shape["at"]["width"] for shape in figure["shapes"] if shape["role"] == "bar"]
    full = next(shape["at"]["width"] for shape in figure["shapes"] if shape["role"] == "track")
    rows = figure["table"]["rows"]
    assert wide == [pytest.approx(full * int(row[2]) / int(row[3]), abs=0.1) for row in rows]
    assert re.findall(r"\d+", figure["sentences"][0]) == [rows[0][2], rows[0][3], rows[1][2]]


def test_the_matrix_counts_the_lines_of_the_silo_measure():
    here = found()
    figure = gallery.make("matrix", here, lang="en")
    counts = [int(shape["text"]) for shape in figure["shapes"] if shape.get("key", "").startswith("n ")]
    assert counts == [int(row[2]) for row in figure["table"]["rows"]]
    assert sum(counts) == here.silos.lines
    assert sum(int(row[2]) for row in figure["table"]["rows"] if row[0] == row[1]) == here.silos.inside


def test_places_stay_put_when_lines_change():
    def places(seed):
        shapes = gallery.make("lines", found(seed), lang="nl")["shapes"]
        return {shape["key"]: shape["at"] for shape in shapes if shape.get("key", "").startswith("place ")}

    assert places(1) == places(2)


@pytest.mark.parametrize("name", gallery.FIGURES)
def test_nobody_has_answered(name):
    here = definition(5, {"t": "proxy"}, domains=2)
    assert gallery.make(name, findings.find(here, reconcile(here, {})), lang="nl")["sentences"]
