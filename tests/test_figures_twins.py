"""Every figure says the same three times: what is drawn, its sentences and its table, on maps drawn by hypothesis."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain_helpers import LETTERS, definition, sheet
from workshopkit.analysis import findings
from workshopkit.figures import gallery
from workshopkit.figures.maps import OUTCOME_NAMES
from workshopkit.figures.perception import MOST_DRAWN
from workshopkit.figures.rows import EDGE, FULL
from workshopkit.figures.words import STATE_NAMES
from workshopkit.i18n import LANGUAGES, translator
from workshopkit.network.lines import reconcile

AUDIENCES = ({}, {"public": "proxy"}, {"public": "own", "press": "proxy", "world": "none"})
VIA = [f"via:{letter}" for letter in "abc"] + ["via:press"]


@st.composite
def found(draw, least=2, most=12):
    """Draw a room and give what is found of it; in most rooms everybody has closed both lists."""
    teams = draw(st.integers(least, most))
    here = definition(teams, draw(st.sampled_from(AUDIENCES)), domains=draw(st.integers(0, min(4, teams))))
    places = [actor.id for actor in here.actors]
    whole = draw(st.integers(0, 3)) > 0
    answers = st.sampled_from(["yes", "yes", "yes", "partly", *VIA])
    sheets = {}
    for seat in here.seats:
        others = st.sampled_from([one for one in places if one != seat.id])
        closed = ("told", "heard") if whole else draw(st.sampled_from([(), ("told",), ("told", "heard")]))
        heard = draw(st.dictionaries(others, answers, max_size=5))
        sheets[seat.id] = sheet(draw(st.sets(others, max_size=5)), heard, closed=closed)
    return findings.find(here, reconcile(here, sheets))


here = pytest.mark.parametrize("lang", LANGUAGES)
some = settings(max_examples=25, deadline=None)


def of_role(figure, *roles):
    return [shape for shape in figure["shapes"] if shape["role"] in roles]


def text_of(figure, key):
    return next(shape["text"] for shape in figure["shapes"] if shape.get("key") == key)


def counts(text):
    return [int(count) for count in re.findall(r"\d+", text)]


def rows(figure):
    return [[int(cell) if cell.isdigit() else cell for cell in row] for row in figure["table"]["rows"]]


def ends(figure, shape, label):
    source, target = shape["key"].split(">")
    return label[source], label[target]


def labels(one):
    return {actor.id: actor.label for actor in one.definition.actors}


@here
@some
@given(one=found())
def test_the_map_of_states(lang, one):
    figure = gallery.make("lines", one, lang=lang)
    names = {state: translator(lang)(name) for state, name in STATE_NAMES.items()}
    drawn = [
        (*ends(figure, shape, labels(one)), names[shape["role"]]) for shape in of_role(figure, *STATE_NAMES)
    ]
    assert sorted(drawn) == sorted(map(tuple, rows(figure)))
    places, lines, *states = figure["sentences"]
    assert counts(places) == [len(of_role(figure, "team", "audience"))]
    assert counts(lines) == ([len(drawn)] if drawn else [])
    by_state = Counter(state for *_, state in drawn)
    assert states == [f"{name}: {by_state[name]}." for name in names.values() if by_state[name]]


@here
@some
@given(one=found())
def test_believed_against_lived(lang, one):
    figure = gallery.make("bend", one, lang=lang)
    names = {outcome: translator(lang)(name) for outcome, name in OUTCOME_NAMES.items()}
    drawn = [
        (*ends(figure, shape, labels(one)), names[shape["role"]]) for shape in of_role(figure, *OUTCOME_NAMES)
    ]
    assert sorted(drawn) == sorted(tuple(row[:3]) for row in rows(figure))
    believed, *said = figure["sentences"]
    assert counts(believed) == [len(drawn)]
    first = [counts(sentence)[0] for sentence in said]
    assert sum(first) == len(drawn)
    assert first[0] == sum(how == names["straight"] for *_, how in drawn)
    stops = Counter(len(row[3].split(", ")) for row in rows(figure) if row[2] == names["via"])
    assert [counts(sentence) for sentence in said if len(counts(sentence)) > 1] == [
        [count, stop] for stop, count in sorted(stops.items())
    ]
    assert {entry["text"] for entry in figure["legend"]} == {how for *_, how in drawn}


@here
@some
@given(one=found())
def test_what_reaches_an_audience(lang, one):
    figure = gallery.make("audiences", one, lang=lang)
    tracks = of_role(figure, "track")
    shares = [
        bar["at"]["width"] / track["at"]["width"]
        for bar, track in zip(of_role(figure, "bar"), tracks, strict=True)
    ]
    table = rows(figure)
    assert shares == [pytest.approx(count / of if of else 0, abs=0.01) for *_, count, of in table]
    written = [
        counts(shape["text"]) for shape in figure["shapes"] if shape.get("key", "").startswith("count ")
    ]
    assert written == [[count, of] for *_, count, of in table]
    said = {sentence.split(":")[0]: counts(sentence) for sentence in figure["sentences"] if counts(sentence)}
    assert said == {
        name: [direct[2], direct[3], within[2]]
        for name, direct, within in (
            (table[at][0], table[at], table[at + 1]) for at in range(0, len(table), 3)
        )
    }
    for audience, label in labels(one).items():
        alone = gallery.FIGURES["audiences"].make(one, lang=lang, only=audience)
        assert rows(alone) == [row for row in table if row[0] == label]


@here
@some
@given(one=found())
def test_where_both_ends_say_something_else(lang, one):
    figure = gallery.make("perception", one, lang=lang)
    table = figure["table"]["rows"]
    said = [count for sentence in figure["sentences"] for count in counts(sentence)]
    if not table:
        assert not figure["shapes"]
        assert said == []
        return
    assert said == [len(table), *([MOST_DRAWN] if len(table) > MOST_DRAWN else [])]
    for role, column in (("said", 1), ("heard", 2)):
        places = [(shape["at"]["cx"] - EDGE - 12) / (FULL - 24) for shape in of_role(figure, role)]
        assert places == [pytest.approx(float(row[column]), abs=0.006) for row in table[:MOST_DRAWN]]
    assert [tip["tip"] for tip in of_role(figure, "gap")] == [row[0] for row in table[:MOST_DRAWN]]


@here
@some
@given(one=found(most=7))
def test_what_goes_round(lang, one):
    figure = gallery.make("circles", one, lang=lang)
    label, table = labels(one), rows(figure)
    members = {
        number: [name for at, name in table if at == number]
        for number in dict.fromkeys(at for at, _ in table)
    }
    assert sorted(shape["tip"] for shape in of_role(figure, "lit")) == sorted(name for _, name in table)
    circle_of = {name: number for number, names in members.items() for name in names}
    lived = {(label[a], label[b]) for a, b in one.net.lived}
    assert {ends(figure, shape, label) for shape in of_role(figure, "round")} == {
        pair for pair in lived if circle_of.get(pair[0], 0) == circle_of.get(pair[1], -1)
    }
    assert len(of_role(figure, "no-exit")) == len(members)
    round_ = [
        sentence
        for sentence in figure["sentences"]
        if all(name in sentence for name in next(iter(members.values()), ["-"]))
    ]
    assert len(round_) == (1 if members else 0)
    assert len(figure["sentences"]) >= 2 * len(members)


@here
@some
@given(one=found())
def test_lines_within_and_between_the_domains(lang, one):
    figure = gallery.make("matrix", one, lang=lang)
    if not figure["shapes"]:
        assert not any(map(counts, figure["sentences"]))
        assert rows(figure) == []
        return
    table = [row for row in rows(figure) if row[3]]
    cells = [shape for shape in figure["shapes"] if shape.get("key", "").startswith("n ")]
    assert [int(shape["text"]) for shape in cells] == [count for *_, count, _ in table]
    assert [counts(text_of(figure, f"of {shape['key'][2:]}")) for shape in cells] == [
        [of] for *_, of in table
    ]
    total, inside, *walls = figure["sentences"]
    assert counts(total) == [sum(count for *_, count, _ in table)]
    assert counts(inside) == [sum(count for a, b, count, _ in table if a == b)]
    assert len(of_role(figure, "wall")) == 2 * len(walls)
    empty = [row for row in table if row[2] == 0]
    assert all(any(row[0] in wall and row[1] in wall for row in empty) for wall in walls)


@here
@some
@given(one=found(least=8))
def test_the_silo_verdict_against_its_band(lang, one):
    figure = gallery.make("silo", one, lang=lang)
    if one.silos.verdict is None:
        assert (figure["shapes"], figure["table"]["rows"]) == ([], [])
        assert not counts(figure["sentences"][0])
        return
    inside, low, high, lines = (row[1] for row in rows(figure))
    assert counts(figure["sentences"][0]) == [inside, lines, low, high]
    axis, band, marker = (of_role(figure, role)[0] for role in ("axis", "band", "marker"))
    left, _, right, _ = map(float, re.findall(r"[\d.]+", axis["at"]["d"]))

    def count(x):
        return pytest.approx((x - left) / (right - left) * lines, abs=0.01 * lines)

    assert low == count(band["at"]["x"])
    assert high == count(band["at"]["x"] + band["at"]["width"]) or low == high
    assert inside == count(float(re.match(r"M([\d.]+)", marker["at"]["d"])[1]))
    assert counts(text_of(figure, "here")) == [inside]
    outside = not low <= inside <= high
    assert outside == (one.silos.verdict != "as_chance")


@here
@some
@given(one=found())
def test_how_many_lines_each_place_carries(lang, one):
    figure = gallery.make("load", one, lang=lang)
    table = rows(figure)
    if not table:
        assert not figure["shapes"]
        return
    bars = {shape["key"][4:]: shape["at"]["width"] for shape in of_role(figure, "bar")}
    over = {shape["key"][5:]: shape["at"]["width"] for shape in of_role(figure, "over")}
    wide = [bars[key] + over.get(key, 0) for key in bars]
    step = (FULL - 140) / max(1, *(max(row[1:]) for row in table))
    assert wide == [pytest.approx(step * lines, abs=0.2) for _, lines, _ in table]
    assert len(over) == sum(lines > can for _, lines, can in table)
    written = [
        counts(shape["text"]) for shape in figure["shapes"] if shape.get("key", "").startswith("count ")
    ]
    assert written == [[lines, can] for _, lines, can in table]
    said = [count for sentence in figure["sentences"] for count in counts(sentence)]
    more = sum(max(0, lines - can) for _, lines, can in table)
    assert said == [sum(lines for _, lines, _ in table) // 2, *([more] if more else [])]


@here
@some
@given(one=found(least=8))
def test_core_and_edge(lang, one):
    figure = gallery.make("core", one, lang=lang)
    table = rows(figure)
    if not table:
        assert not figure["shapes"]
        return
    inner = translator(lang)("core")
    core = [name for name, where, _ in table if where == inner]
    lit = of_role(figure, "lit", "lit-audience")
    assert sorted(shape["tip"] for shape in lit) == sorted(core)
    assert [counts(sentence)[0] for sentence in figure["sentences"]] == [len(core), len(table) - len(core)]
    ties = of_role(figure, "tie-core", "tie-across", "tie-edge")
    assert sum(ties_ for *_, ties_ in table) == 2 * len(ties)
    assert len(of_role(figure, "tie-core")) <= len(core) * (len(core) - 1) / 2


# What hypothesis seldom draws ---------------------------------------------------------------------------------------


def room(told_and_heard, teams, audiences, domains):
    """Give a room in which both ends of every line say yes and everybody has answered."""
    here = definition(teams, audiences, domains=domains)
    lines = [tuple(pair) if len(pair) == 2 else pair for pair in told_and_heard]
    sheets = {
        seat.id: sheet([b for a, b in lines if a == seat.id], {a: "yes" for a, b in lines if b == seat.id})
        for seat in here.seats
    }
    return findings.find(here, reconcile(here, sheets))


@here
def test_a_closed_circle_is_drawn_with_the_exit_that_is_missing(lang):
    one = room(["ab", "bc", "ca", "de", ("d", "public")], 5, {"public": "proxy"}, 0)
    figure = gallery.make("circles", one, lang=lang)
    assert rows(figure) == [[1, "Team A"], [1, "Team B"], [1, "Team C"]]
    assert {shape["key"] for shape in of_role(figure, "round")} == {"a>b", "b>c", "c>a"}
    (dead_end,) = of_role(figure, "no-exit")
    x1, _, *_, x2, _ = map(float, re.findall(r"[\d.]+", dead_end["at"]["d"]))
    (public,) = of_role(figure, "audience")
    assert x1 < x2 < public["at"]["cx"] - public["at"]["r"]
    assert {entry["shapes"][0]["role"] for entry in figure["legend"]} == {"round", "lit", "no-exit"}


@here
@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        (
            [a + b for some in (LETTERS[:10:2], LETTERS[1:10:2]) for a in some for b in some if a != b]
            + ["ab", "ba"],
            "more_closed",
        ),
        ([a + b for a in LETTERS[:10] for b in LETTERS[:10] if (ord(a) - ord(b)) % 2], "more_open"),
        ([a + b for a, b in zip(LETTERS[:10], LETTERS[1:10] + "a", strict=True)], "more_open"),
    ],
)
def test_a_verdict_stands_where_its_marker_stands(lang, lines, verdict):
    one = room(lines, 10, {}, 2)
    figure = gallery.make("silo", one, lang=lang)
    assert one.silos.verdict == verdict
    inside, low, high, _ = (row[1] for row in rows(figure))
    assert inside > high if verdict == "more_closed" else inside < low
    assert len(figure["sentences"]) == 2


@here
def test_a_wall_is_drawn_both_ways_and_told_once(lang):
    within = [a + b for some in ("adgj", "behk", "cfil") for a in some for b in some if a != b]
    one = room([*within, "ac", "cb", "da", "lk"], 12, {}, 3)
    figure = gallery.make("matrix", one, lang=lang)
    assert {shape["key"] for shape in of_role(figure, "wall")} == {"wall d0>d1", "wall d1>d0"}
    assert {shape["about"] for shape in of_role(figure, "wall")} == {"d0 d1"}
    (wall,) = figure["sentences"][2:]
    assert "D0" in wall
    assert "D1" in wall
    assert [row[2] for row in rows(figure) if {row[0], row[1]} == {"D0", "D1"}] == [0, 0]


@here
def test_what_is_more_than_a_place_can_carry_is_drawn_beyond_its_mark(lang):
    one = room(["ab", "ba", "ac", "ca"], 3, {}, 0)
    figure = gallery.FIGURES["load"].make(one, lang=lang, capacity={"a": 3})
    (over,) = of_role(figure, "over")
    assert over["key"] == "over a"
    assert rows(figure)[0] == ["Team A", 4, 3]
    assert counts(figure["sentences"][-1]) == [1]
    assert of_role({"shapes": figure["legend"][-1]["shapes"]}, "over")
