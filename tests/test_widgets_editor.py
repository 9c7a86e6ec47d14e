"""The map editor's Python side: what a drawing is, and that a browser is not believed."""

from __future__ import annotations

import copy
import math
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshopkit.errors import UsageError
from workshopkit.figures.layout import HEIGHT, WIDTH
from workshopkit.network.actors import MAX_LABEL
from workshopkit.widgets.editor import MOST_ACTORS, MOST_DOMAINS, MOST_LINES, MapEditor, check


def place(id, label=None, **fields):
    usual = {"kind": "team", "domain": None, "voice": "own", "x": 100.0, "y": 80.0, "placed": False}
    return {"id": id, "label": label or id.title(), **usual, **fields}


def line(source, target, **fields):
    usual = {"channel": "", "strength": 2, "arrives": "yes", "via": []}
    return {"source": source, "target": target, **usual, **fields}


def drawing():
    return {
        "actors": [
            place("desk", domain="front"),
            place("press"),
            place("city", kind="audience", voice="proxy"),
        ],
        "domains": [{"id": "front", "label": "Voorkant"}],
        "lines": [
            line("press", "desk", channel="mail"),
            line("press", "city", via=["desk"], arrives="partly"),
        ],
        "formal": [["press", "desk"]],
    }


def changed(*path, to):
    found = drawing()
    part = found
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = to
    return found


WRONG = {
    "no drawing": ("hello", "cannot be read"),
    "a part lacks": ({"actors": []}, "lacks “domains”"),
    "a part too many": ({**drawing(), "html": "<b>"}, "no “html”"),
    "no list": (changed("lines", to={}), "“dict”"),
    "kind": (changed("actors", 0, "kind", to="boss"), "“boss” as kind"),
    "voice": (changed("actors", 0, "voice", to=None), "“None” as voice"),
    "off the map": (changed("actors", 0, "x", to=WIDTH + 1), "off the map (x = 1601.0)"),
    "not a number": (changed("actors", 0, "y", to=math.nan), "off the map (y = nan)"),
    "an enormous number": (changed("actors", 0, "y", to=10**5000), "off the map (y = …)"),
    "a text as number": (changed("actors", 0, "y", to="12"), "“12”"),
    "a yes as number": (changed("actors", 0, "y", to=True), "“True”"),
    "a one as yes": (changed("actors", 0, "placed", to=1), "“1” as placed"),
    "no name": (changed("actors", 0, "label", to="   "), "1 to 80 letters"),
    "a long name": (changed("actors", 0, "label", to="x" * 81), f"“{'x' * 40}…”"),
    "a line feed": (changed("domains", 0, "label", to="a\nb"), "“a�b”"),
    "half a letter": (changed("actors", 0, "label", to="\ud83d"), "cannot be read"),
    "an id with a blank": (changed("domains", 0, "id", to=" front"), "cannot be read"),
    "a number as id": (changed("actors", 0, "id", to=3), "“3”"),
    "no such domain": (changed("actors", 0, "domain", to="back"), "“back”"),
    "a list as domain": (changed("actors", 0, "domain", to=["front"]), "“list”"),
    "twice the same id": (changed("actors", 1, "id", to="desk"), "“desk” stands in the drawing twice"),
    "twice the same line": (
        changed("lines", 1, to=line("press", "desk")),
        "“press → desk” stands in the drawing twice",
    ),
    "a loop": (changed("lines", 0, to=line("press", "press")), "a line to itself"),
    "no such place": (changed("lines", 0, "target", to="moon"), "“moon”"),
    "strength": (changed("lines", 0, "strength", to=4), "“4” as strength"),
    "strength as fraction": (changed("lines", 0, "strength", to=2.0), "“2.0” as strength"),
    "arrives": (changed("lines", 0, "arrives", to="maybe"), "“maybe” as arrives"),
    "by way of itself": (changed("lines", 1, "via", to=["city"]), "“city” stands in the drawing twice"),
    "by way of nobody": (changed("lines", 1, "via", to=["moon"]), "“moon”"),
    "their own boss": (changed("formal", 0, to=["desk", "desk"]), "a line to itself"),
    "three in a pair": (changed("formal", 0, to=["desk", "press", "city"]), "“list”"),
    "a chart that goes round": (
        changed("formal", to=[["press", "desk"], ["desk", "press"]]),
        "desk, press end up above",
    ),
    "too many": (
        {**drawing(), "actors": [place(f"p{n}") for n in range(MOST_ACTORS + 1)]},
        "301 where at most 300",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_in_one_sentence_with_the_value(name):
    wrong, said = WRONG[name]
    with pytest.raises(UsageError) as caught:
        check(wrong)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.text("nl") != caught.value.text("en")


def test_the_browser_knows_the_same_limits():
    model = Path(__file__).parents[1] / "src/workshopkit/frontend/src/editor/model.js"
    found = re.search(
        r"MOST = \{ actors: (\d+), domains: (\d+), lines: (\d+), letters: (\d+) \}", model.read_text()
    )
    known = (MOST_ACTORS, MOST_DOMAINS, MOST_LINES, MAX_LABEL)
    assert tuple(map(int, found.groups())) == known


def test_a_good_drawing_comes_back_equal_and_as_a_copy():
    given_ = drawing()
    before = copy.deepcopy(given_)
    found = check(given_)
    assert found == before == given_
    found["lines"][1]["via"].append("press")
    assert given_ == before


def test_a_chart_with_two_above_one_is_no_round():
    chart = [["press", "desk"], ["city", "desk"], ["press", "city"]]
    assert check({**drawing(), "formal": chart})["formal"] == chart


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.data(), json_values)
def test_whatever_stands_anywhere_is_taken_as_it_should_be_or_refused(data, value):
    found = drawing()
    part = data.draw(st.sampled_from(["actors", "domains", "lines", "formal"]))
    if data.draw(st.booleans()):
        found[part] = value
    else:
        one = found[part][0]
        one[data.draw(st.sampled_from(list(one) if isinstance(one, dict) else [0, 1]))] = value
    try:
        good = check(found)
    except UsageError:
        return
    assert check(good) == good


@pytest.fixture
def editor():
    widget = MapEditor(lang="en", drawing=drawing())
    widget.sent = []
    widget.send_state = lambda key=None: widget.sent.append(key)
    return widget


def test_a_change_from_the_browser_is_one_change(editor):
    heard = []
    editor.observe(heard.append, "drawing")
    editor.set_state({"drawing": changed("lines", to=[])})
    assert [change["new"]["lines"] for change in heard] == [[]]
    assert editor.problem == ""
    assert ["drawing"] not in editor.sent


def test_a_bad_value_from_the_browser_is_refused_told_and_set_right(editor):
    editor.set_state({"drawing": changed("actors", 0, "x", to=-1)})
    assert editor.drawing == drawing()
    assert editor.problem == "A place lies off the map (x = -1); keep it between 0 and 1600."
    assert ["drawing"] in editor.sent
    editor.lang = "nl"
    editor.set_state({"drawing": [1, 2]})
    assert editor.drawing == drawing()
    assert "1600" not in editor.problem
    editor.set_state({"drawing": changed("lines", to=[])})
    assert editor.problem == ""


def test_a_browser_changes_nothing_but_the_drawing_and_what_lies_over_it(editor):
    editor.mode = "lines"
    editor.set_state(
        {
            "mode": "all",
            "lang": "xx",
            "channels": 3,
            "similar": [["desk"]],
            "problem": "<b>",
            "show_formal": True,
        }
    )
    assert (editor.mode, editor.lang, editor.channels, editor.similar, editor.problem) == (
        "lines",
        "en",
        [],
        [],
        "",
    )
    assert editor.show_formal
    assert ["channels", "lang", "mode", "problem", "similar"] in editor.sent
    editor.set_state({"show_formal": "yes", "_esm": "hostile(1)", "nonsense": 1})
    assert editor.show_formal
    assert "hostile" not in str(editor._esm)


def test_where_only_lines_are_drawn_the_places_stay(editor):
    editor.mode = "lines"
    editor.set_state({"drawing": changed("actors", 0, "x", to=HEIGHT)})
    assert editor.drawing == drawing()
    assert editor.problem == "Only lines can be drawn here; the places stay as they are."
    editor.set_state({"drawing": changed("lines", to=[line("desk", "city")])})
    assert editor.drawing["lines"] == [line("desk", "city")]


def test_from_python_a_bad_drawing_is_raised_and_the_last_one_stays(editor):
    with pytest.raises(UsageError):
        editor.drawing = {"actors": []}
    assert editor.drawing == drawing()
