"""The map's places: stable, inside, and nothing over anything."""

from __future__ import annotations

import json
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain_helpers import payload
from workshopkit import paths
from workshopkit.figures.curves import curve, point
from workshopkit.figures.labels import WHOLE, text_width, wrap
from workshopkit.figures.layout import HEIGHT, WIDTH, layout
from workshopkit.figures.map import Drawing, draw
from workshopkit.network.actors import Definition
from workshopkit.network.lines import reconcile
from workshopkit.room import simulated
from workshopkit.room.sheet import Sheet, apply

LONG = (
    "Klantcontactcentrum en gemeentelijke dienstverlening",
    "Vergunningverlening, toezicht en handhaving",
    "Arbeidsongeschiktheidsverzekeringsmaatschappij",
    "Informatievoorziening en automatisering",
    "Schuldhulpverlening en inkomensondersteuning",
    "Communicatie",
    "Beheer en onderhoud openbare ruimte",
    "W",
    "Ondernemersvereniging binnenstad en bedrijventerreinen",
)


def demo():
    return Definition.read(json.loads((paths.data() / "demo" / "nl.json").read_text(encoding="utf-8")))


def long_names(teams, audiences, domains):
    made = payload(teams, {f"public-{n}": "proxy" for n in range(audiences)}, domains=domains)
    for number, actor in enumerate(made["actors"]):
        actor["label"] = LONG[number % len(LONG)]
    return Definition.read(made)


def apart(one, other):
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def assert_readable(found):
    boxes = {id_: place.box() for id_, place in found.places.items()}
    for (one, first), (other, second) in combinations(boxes.items(), 2):
        assert apart(first, second), f"{one} and {other} overlap"
    for id_, (left, top, right, bottom) in boxes.items():
        assert left >= 0, id_
        assert top >= 0, id_
        assert right <= WIDTH, id_
        assert bottom <= HEIGHT, id_
    for region in found.regions:
        head = (region.left, region.top, region.left + text_width(region.label, 22), region.y + 6)
        for id_, box in boxes.items():
            assert apart(head, box), f"{id_} stands over the name of {region.id}"
    for id_, place in found.places.items():
        region = next((region for region in found.regions if region.id == place.actor.domain), None)
        if region is not None:
            left, top, right, bottom = boxes[id_]
            assert region.left <= left, id_
            assert right <= region.left + region.width, id_
            assert region.top <= top, id_
            assert bottom <= region.top + region.height, id_


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 14), st.integers(0, 5), st.sampled_from([0, 2, 3, 4]), st.integers(0, 3))
def test_nothing_overlaps(teams, audiences, domains, seed):
    assert_readable(layout(long_names(teams, audiences, domains), seed=seed))


def test_twelve_teams_and_two_audiences_are_readable_from_the_back():
    found = layout(long_names(12, 2, 4))
    assert_readable(found)
    assert all(place.font >= 18 for place in found.places.values())
    assert all(place.r >= 36 for place in found.places.values())


def test_sixty_actors_still_fit():
    made = payload(2)
    made["actors"] = [{"id": f"t{n}", "label": f"Team number {n}", "kind": "team"} for n in range(60)]
    found = layout(Definition.read(made))
    boxes = [place.box() for place in found.places.values()]
    assert all(apart(one, other) for one, other in combinations(boxes, 2))


def test_places_are_the_same_every_time_and_move_only_with_the_seed():
    assert layout(demo()) == layout(demo())
    assert layout(demo(), seed=7) == layout(demo(), seed=7)
    assert layout(demo(), seed=7) != layout(demo())


def test_audiences_stand_at_the_edge():
    found = layout(demo()).places.values()
    teams = [place for place in found if place.actor.kind == "team"]
    audiences = [place for place in found if place.actor.kind == "audience"]
    assert max(place.x for place in teams) + 100 < min(place.x for place in audiences)


def answered(here, seed=1):
    from domain_helpers import Events

    events, sheets = Events(), {}
    for seat in here.seats:
        sheet = Sheet()
        for kind, said in simulated.answers(here, seat.id, seed=seed):
            sheet = apply(sheet, events("p", kind, said))
        sheets[seat.id] = sheet
    return reconcile(here, sheets)


def test_lines_end_at_the_rims_and_both_directions_are_apart():
    figure = draw(demo(), answered(demo()))
    nodes = {node["id"]: node for node in figure["nodes"]}
    middles = {}
    for line in figure["lines"]:
        for end, (x, y) in (("source", (line["x1"], line["y1"])), ("target", (line["x2"], line["y2"]))):
            node = nodes[line[end]]
            away = ((x - node["x"]) ** 2 + (y - node["y"]) ** 2) ** 0.5
            assert node["r"] - 0.2 <= away <= node["r"] + 5
        middles[line["source"], line["target"]] = point(
            tuple(line[key] for key in ("x1", "y1", "cx", "cy", "x2", "y2")), 0.5
        )
    both = [(middles[a, b], middles[b, a]) for a, b in middles if (b, a) in middles]
    assert both
    for (x1, y1), (x2, y2) in both:
        assert ((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5 > 12


def test_a_line_goes_round_who_stands_between():
    between = (400.0, 300.0, 40.0)
    line = curve((100.0, 300.0, 40.0), (700.0, 300.0, 40.0), [between])
    near = min(
        ((between[0] - x) ** 2 + (between[1] - y) ** 2) ** 0.5
        for x, y in (point(line, step / 50) for step in range(51))
    )
    assert near > 40


def test_only_lines_that_somebody_claims_are_drawn():
    here = demo()
    lines = answered(here)
    shown = {(line["source"], line["target"]) for line in draw(here, lines)["lines"]}
    assert shown == {(line.source, line.target) for line in lines if line.state != "absent"}
    assert draw(here, reconcile(here, {}))["lines"] == []


def test_a_map_is_json_and_its_curves_are_kept():
    here = demo()
    drawing = Drawing(here)
    lines = answered(here)
    assert drawing.map(lines) == drawing.map(lines) == json.loads(json.dumps(draw(here, lines)))


@pytest.mark.parametrize("label", [*LONG, "", "بلدية", "👩‍👩‍👧‍👦 gezin", "a" * 80, "<b>vet</b>"])
def test_labels_fit_their_width(label):
    rows, _ = wrap(label, width=160, font=20, rows=3)
    assert 1 <= len(rows) <= 3
    assert all(text_width(row, 20) <= 160 for row in rows)


def test_a_label_that_fits_stays_whole():
    assert wrap("Werk en inkomen", width=400, font=20, rows=3) == (["Werk en inkomen"], WHOLE)
    assert wrap("Werk en inkomen", width=100, font=20, rows=3) == (["Werk en", "inkomen"], WHOLE)
