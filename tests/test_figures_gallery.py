"""Every figure: seen on both papers, told as it is drawn, in step with the style sheet, and steady between rounds."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from domain_helpers import definition
from test_figures_layout import answered, demo
from workshopkit.analysis import findings
from workshopkit.figures import gallery
from workshopkit.figures.maps import OUTCOME_NAMES
from workshopkit.figures.roles import LOOKS, PAPER, css
from workshopkit.figures.words import STATE_NAMES
from workshopkit.network.lines import reconcile

QUIET = {"region", *(name for name in LOOKS if name.startswith("cell-")), "on-lit"}


def found(seed=1):
    return findings.find(demo(), answered(demo(), seed))


def linear(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def light(colour):
    r, g, b = linear(colour)
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


# For who sees colours otherwise ------------------------------------------------------------------------------------

# How a picture looks without one kind of cone, in linear light: G. M. Machado and others (2009), severity 1.
SEEN = {
    "protan": ((0.1523, 1.0526, -0.2049), (0.1145, 0.7863, 0.0992), (-0.0039, -0.0481, 1.0520)),
    "deutan": ((0.3673, 0.8606, -0.2280), (0.2801, 0.6725, 0.0474), (-0.0118, 0.0429, 0.9690)),
    "tritan": ((1.2555, -0.0767, -0.1788), (-0.0784, 0.9309, 0.1476), (0.0047, 0.6914, 0.3039)),
}
RUNS = ("straight", "via", "did_not_arrive", "heard_via_unknown")


def without(colour, cone):
    """Give a colour as somebody without this cone sees it."""
    light = linear(colour)
    seen = [min(1.0, max(0.0, sum(a * b for a, b in zip(row, light, strict=True)))) for row in SEEN[cone]]
    parts = [12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in seen]
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)


def lab(colour):
    r, g, b = linear(colour)
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883
    f, g, h = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * g - 16, 500 * (f - g), 200 * (g - h)


def form(role):
    """Give how a role looks to who sees no colours at all."""
    look = LOOKS[role]
    return (
        look.sample,
        look.fill not in (None, PAPER),
        look.dashes,
        look.end,
        look.width > 2 if look.sample == "path" else 0,
    )


@pytest.mark.parametrize("name", gallery.FIGURES)
def test_whatever_a_legend_names_differs_in_form_and_not_in_colour_alone(name):
    legend = gallery.make(name, found(), lang="en")["legend"]
    forms = [form(entry["shapes"][0]["role"]) for entry in legend]
    assert len(set(forms)) == len(forms)


def test_every_state_and_every_way_a_line_runs_has_a_form_of_its_own():
    for roles in (set(STATE_NAMES) - {"absent"}, OUTCOME_NAMES):
        assert len({form(role) for role in roles}) == len(roles)


@pytest.mark.parametrize("shade", [0, 1])
@pytest.mark.parametrize("cone", SEEN)
def test_straight_crooked_lost_and_one_sided_lines_are_told_apart_without_a_cone(cone, shade):
    inks = {role: without(LOOKS[role].stroke[shade], cone) for role in RUNS}
    for one, other in combinations(RUNS, 2):
        assert math.dist(lab(inks[one]), lab(inks[other])) >= 12, (one, other)
    for role, ink in inks.items():
        assert contrast(ink, without(PAPER[shade], cone)) >= 3, role


def test_the_formal_chart_is_for_notebook_and_annex_alone():
    here = found()
    charted = replace(here, definition=replace(here.definition, formal=tuple(here.net.lived[:1])))
    figure = gallery.make("formal", charted, lang="en")
    assert [row[-1] for row in figure["table"]["rows"]] in (["down"], ["down and up"])
    assert figure["shapes"]
    assert (
        gallery.make("formal", replace(here, definition=replace(here.definition, formal=())), lang="en")[
            "shapes"
        ]
        == []
    )
    assert set(gallery.FIGURES["formal"].pages) == {"notebook", "annex"}
