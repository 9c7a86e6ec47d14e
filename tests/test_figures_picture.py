"""Pictures for the facilitator's screen: well-formed, with a legend of what is drawn, and no tag from what was typed."""

from __future__ import annotations

import re
from xml.dom import minidom

from domain_helpers import definition
from workshopkit.figures.map import Drawing
from workshopkit.figures.picture import bars, lines, picture
from workshopkit.figures.svg import svg
from workshopkit.network.actors import Definition

STROKES = {
    "line": "what was",
    "lost": "what is new",
}


def read(drawn):
    return minidom.parseString(drawn)  # noqa: S318 - our own picture


def drawn(labels=None, named=None, **options):
    room = definition(3, {"t": "proxy"})
    if labels:
        actors = [{"id": one.id, "label": labels.get(one.id, one.label)} for one in room.actors]
        room = Definition.read({"actors": actors})
    figure = lines(Drawing(room), {("a", "b"): "lost", ("b", "c"): "line"} if named is None else named)
    return read(svg(picture(figure, STROKES, **options), alone=True))


def texts(document):
    return [node.firstChild.data for node in document.getElementsByTagName("text") if node.firstChild]


def test_every_line_has_its_stroke_and_what_matters_lies_on_top():
    curves = [node for node in drawn().getElementsByTagName("path") if "Q" in node.getAttribute("d")]
    assert [node.getAttribute("stroke") for node in curves] == ["#85858a", "#b23c12"]
    assert [node.getAttribute("stroke-dasharray") for node in curves] == ["", "4 9"]


def test_the_legend_names_what_is_drawn_and_nothing_else():
    assert {"what was", "what is new"} <= set(texts(drawn()))
    assert "what is new" not in texts(drawn(named={("a", "b"): "line"}))
    assert "what was" not in texts(drawn(named={}))


def test_a_place_that_is_lit_holds_its_text():
    document = drawn(inside={"a": "2", "b": ""})
    circles = document.getElementsByTagName("circle")
    assert [node.getAttribute("fill") == "#1c4f8c" for node in circles] == [True, True, False, False]
    assert "2" in texts(document)


def test_what_was_typed_stays_text():
    typed = {"a": "<script>alert(1)</script>", "b": 'x"&\x07\ud800y', "c": "C"}
    document = drawn(labels=typed)
    assert document.getElementsByTagName("script").length == 0
    said = " ".join(texts(document))
    assert "<script>" in said
    assert "\x07" not in said


def test_bars_count_what_they_show():
    document = read(svg(bars([0, 3, 1], marked=1, title="places")))
    assert texts(document) == ["0", "3", "1", "1", "2", "places"]
    rects = document.getElementsByTagName("rect")[1:]
    heights = [float(node.getAttribute("height")) for node in rects]
    assert heights[0] == 0
    assert round(heights[1] / heights[2]) == 3
    assert [node.getAttribute("fill") == "#1c4f8c" for node in rects] == [False, True, False]


def test_bars_without_anything_are_flat():
    document = read(svg(bars([0, 0], marked=None, title="x")))
    assert {node.getAttribute("height") for node in document.getElementsByTagName("rect")[1:]} == {"0"}
    assert not re.search("nan|inf", document.toxml())
