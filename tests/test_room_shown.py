"""What phones and the big screen may know: counts and plain words, no index, no percentage, whatever the moment."""

from __future__ import annotations

import json
import re

import pytest

from workshopkit.figures.map import Drawing
from workshopkit.panels.demo import demo_workshop
from workshopkit.room import scenes, snapshots
from workshopkit.room.fold import Room, fold
from workshopkit.room.program import Moment, Program
from workshopkit.store.contract import Event

# Of the facilitator's numbers and the files alone.
INDICES = {
    *("agreement", "coverage", "load", "capacity", "overload", "core", "coreness"),
    *("ei", "expected", "band", "p", "p_low", "p_high", "nmi", "adjusted_rand", "communities", "density"),
    *("betweenness", "constraint", "effective_size", "modularity", "conductance", "lines_to_cut"),
    *("hierarchy", "efficiency", "connectedness", "strength", "chance", "interval", "gap"),
}
WORDS = re.compile(
    r"%|procent|per ?cent|betweenness|tussenpositie|constraint|effective size|modular|conductance|nmi|rand.index"
    r"|e[-–]i\b|hierarch|hiërarch|efficien|zuinigheid|connectedness|verbondenheid|feedback arc|k-core|p-waarde|p-value",
    re.IGNORECASE,
)
# A share or an index is written with a decimal sign, a count never is; "1.000" is a thousand.
DECIMALS = re.compile(r"\d[.,]\d(?!\d\d\b)")
# Where something stands on a map or in a figure, and how large it is drawn.
PLACED = {"x", "y", "r", "label_y", "cx", "cy", "bx", "by", "x1", "y1", "x2", "y2", "width", "height", "d"}


@pytest.fixture(scope="module", params=["nl", "en"])
def played(request):
    store, workshop = demo_workshop(request.param)
    return fold(store.events(workshop))


def shown(room: Room, moment: Moment):
    """Give what the analyst writes for phones and wall once a moment was opened."""
    at = room.seq + 1
    payload = {"act": moment.act, "part": moment.part}
    room = room.apply(Event(f"e{at}", "w", "facilitator", None, "act.opened", payload, at))
    view, drawing = snapshots.View.of(room), Drawing(room.definition)
    scene = scenes.scene(room, view.findings, view.pairs, drawing)
    made = {"phones": snapshots.phones(view, scene), "wall": snapshots.wall(view, drawing, scene)}
    return json.loads(json.dumps(made, allow_nan=False))


def walk(value, key=""):
    """Give every key and value in something."""
    yield key, value
    if isinstance(value, dict):
        for name, one in value.items():
            yield from walk(one, name)
    if isinstance(value, list):
        for one in value:
            yield from walk(one, key)


def test_phones_and_wall_know_no_index_and_say_none(played):
    said = set()
    for moment in Program("standard", sponsor=True).moments:
        for key, value in walk(shown(played, moment)):
            assert key not in INDICES, (moment, key)
            if isinstance(value, float):
                assert key in PLACED or value.is_integer(), (moment, key, value)
            # What the case and people wrote are their own words.
            if (
                isinstance(value, str)
                and key not in PLACED
                and moment.act in {"lines", "silos", "message", "breakthrough"}
            ):
                assert not WORDS.search(value), (moment, value)
                assert not DECIMALS.search(value), (moment, value)
                said.add(value)
    # The same that the room sees in the reveal: a walk that met no sentence would prove nothing.
    assert any("19 van de 35" in one for one in said)
    assert any("19 of 35" in one for one in said)


@pytest.mark.parametrize(
    "text",
    [
        "42 %",
        "a chance of 0.75",
        "kans 0,75",
        "E–I is high",
        "e-i",
        "Betweenness",
        "hiërarchie",
        "30 procent",
    ],
)
def test_the_words_that_may_not_be_said_are_known(text):
    assert WORDS.search(text) or DECIMALS.search(text)
    assert not WORDS.search("19 of 35 lines stay in their own domain; by chance 2 to 12.")
    assert not DECIMALS.search("Of 1.000 lines 5 run straight. 3 kwamen niet aan, 2 wel.")
