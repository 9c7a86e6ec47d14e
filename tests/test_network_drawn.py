"""Drawn maps: read strictly, told about all at once, and the same again after a round trip."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn_maps import drawing, drawn_maps
from workshopkit.network.actors import Definition
from workshopkit.network.drawn import Drawn, DrawnLine, Spot
from workshopkit.network.drawn_reading import BadDrawing, read


def told(payload, lang="en"):
    with pytest.raises(BadDrawing) as caught:
        read(payload)
    return caught.value.text(lang)


def test_a_drawing_speaks_for_both_sides():
    drawn = read(drawing())
    net = drawn.network()
    assert net.believed == (("a", "b"), ("a", "c"))
    assert net.lived == (("a", "b"), ("b", "c")), "who names a way has heard from it"
    assert net.ways == {("a", "c"): ("b",)}
    assert net.groups == {"a": "n", "b": "n", "c": "s"}
    assert (net.audiences, net.speakers) == (("t",), ("a", "b", "c"))
    states = {(line.source, line.target): line.state for line in drawn.reconciled().every()}
    assert states["a", "c"] == "heard_via"
    assert states["a", "t"] == "unanswered", "nobody speaks for it"


@pytest.mark.parametrize(
    ("arrives", "state", "strength"),
    [("yes", "confirmed", 1.0), ("partly", "confirmed", 0.5), ("no", "sent_not_heard", 0.0)],
)
def test_whether_a_line_arrives_is_the_receivers_side(arrives, state, strength):
    lines = [{"source": "a", "target": "b", "arrives": arrives, "strength": 3}]
    (line,) = [
        one for one in read(drawing(lines=lines)).reconciled() if (one.source, one.target) == ("a", "b")
    ]
    assert (line.state, line.heard.strength, line.told.strength) == (state, strength, 1.0)


def test_places_keep_where_they_stand():
    drawn = read(drawing())
    assert drawn.spots[0] == Spot(1.0, 2.0, placed=True)
    assert drawn.spots[1] == Spot()


def test_a_workshop_is_drawn_and_read_again():
    here = read(drawing()).definition(subject="News")
    again = Drawn.of(here, [DrawnLine("a", "b")], {"a": Spot(3, 4)})
    assert again.definition(subject="News") == here
    assert again.spots[0] == Spot(3, 4)
    assert here.formal == (("a", "b"),)
    assert Definition.read({"actors": [], "formal": [["a", "b"]]}).formal == (("a", "b"),)


@settings(deadline=None)
@given(drawn_maps())
def test_a_drawing_survives_its_payload_and_json(drawn):
    assert read(json.loads(json.dumps(drawn.payload()))) == drawn
    assert (
        Drawn.of(drawn.definition(), drawn.lines, dict(zip(drawn.network().actors, drawn.spots, strict=True)))
        == drawn
    )


def test_all_faults_are_told_at_once_by_the_names_of_the_places():
    payload = drawing(
        lines=[
            {"source": "a", "target": "x"},
            {"source": "a", "target": "a"},
            {"source": "b", "target": "a", "via": ["a"], "strength": 9, "arrives": "perhaps"},
            {"source": "c", "target": "a"},
            {"source": "c", "target": "a"},
        ],
        formal=[["a", "t"], "x"],
    )
    payload["actors"][1]["voice"] = "proxy"
    assert told(payload) == (
        "This is no map yet: Desk cannot have the voice proxy; "
        "a line names “x”, which is not on the map: add it, or take the line out; "
        "the line Board → Board runs from a place to itself: take it out; "
        "the line Desk → Board cannot run by way of its own ends: choose another way; "
        "the strength of Desk → Board is 9: write 1, 2 or 3; "
        "whether Desk → Board arrives is perhaps: write yes, partly or no; "
        "the line Post → Board is drawn twice: keep one of them; "
        "formal must be a list of pairs of ids: the boss, and who reports; and 1 more."
    )
    assert told(payload, "nl").startswith("Dit is nog geen kaart: Desk ")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"label": " "}, "b needs a label of at most 80 characters"),
        ({"label": "BOARD"}, "“board” stands there twice: give each its own name"),
        ({"id": "a"}, "the id a stands there twice: give each its own"),
        ({"id": 7}, "7 is no id: it must be a text of at most 80 characters, without ;"),
        ({"kind": "person"}, "Desk must be a team, a role or an audience, not person"),
        ({"domain": "x"}, "Desk cannot be in the domain x"),
        ({"kind": "audience", "domain": "n"}, "Desk cannot be in the domain n"),
        ({"x": float("nan")}, "Desk stands nowhere: x and y must be numbers"),
        ({"y": 10**400}, "Desk stands nowhere: x and y must be numbers"),
    ],
)
def test_a_place_that_cannot_be(change, said):
    payload = drawing(lines=[], formal=[])
    payload["actors"][1] |= change
    assert told(payload) == f"This is no map yet: {said}."


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_ENTRY = st.dictionaries(
    st.sampled_from(
        ["id", "label", "kind", "domain", "voice", "x", "y", "source", "target", "strength", "arrives", "via"]
    ),
    _JSON,
)


@settings(deadline=None)
@given(
    st.fixed_dictionaries(
        {}, optional={name: st.lists(_ENTRY | _JSON, max_size=3) | _JSON for name in drawing()}
    )
    | _JSON
)
def test_whatever_a_browser_sends_is_a_map_or_one_sentence(payload):
    try:
        drawn = read(payload)
    except BadDrawing as error:
        refused = error
    else:
        assert read(drawn.payload()) == drawn
        assert len(drawn.network().actors) == len(drawn.actors)
        return
    assert refused.faults
    assert refused.text("nl").startswith("Dit is nog geen kaart: ")
