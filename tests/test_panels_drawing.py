"""Drawn maps in the notebooks: form and drawing in step, a guess that is kept, and what lies beside the lived map."""

from __future__ import annotations

import copy

import pytest
from traitlets import Bool, Dict, HasTraits, List, Unicode

from drawn_maps import drawing as drawn_by_hand
from panel_helpers import TYPED, Room, demo, tags
from workshopkit.figures import beside
from workshopkit.network.actors import Definition
from workshopkit.network.drawn_reading import read
from workshopkit.panels import drawing, drawing_formal, drawing_prepare, prepare
from workshopkit.panels.lines import LinesPanel
from workshopkit.panels.preparation import Preparation, preset, read_chart
from workshopkit.report import bundle
from workshopkit.store import open_store


class Board(HasTraits):
    """The traits of the editor that Python sees."""

    drawing = Dict()
    problem = Unicode()
    similar = List()
    show_formal = Bool()

    def change(self, **parts):
        """Send another drawing, as the browser does."""
        self.drawing = {**copy.deepcopy(self.drawing), **parts}

    def actor(self, id, **change):
        self.change(actors=[{**one, **(change if one["id"] == id else {})} for one in self.drawing["actors"]])


@pytest.fixture
def form(tmp_path):
    return Preparation("en", db=str(tmp_path / "new.db"))


@pytest.fixture
def board(form):
    """Give an editor in step with the form of the example."""
    form.take_example()
    made = Board(drawing=drawing_prepare.drawing(form))
    drawing_prepare.attach(form, made)
    return made


# Beside the form --------------------------------------------------------------------------------------------------


def test_the_form_is_drawn(form, board):
    drawn = read(board.drawing)
    mine = Definition.read(form.payload())
    assert [(one.label, one.kind, one.voice) for one in drawn.actors] == [
        (one.label, one.kind, one.voice) for one in mine.actors
    ]
    assert len(drawn.formal) == len(preset("en")["formal"]) == 11
    places = [(spot.x, spot.y) for spot in drawn.spots]
    assert len(set(places)) == len(places), "the layout spreads them"
    assert not any(spot.placed for spot in drawn.spots)


def test_what_is_drawn_stands_in_the_form_and_is_refused_and_counted_alike(form, board):
    assert form.faults() == []
    keep = [
        one
        for one in board.drawing["actors"]
        if one["domain"] != "social-care" or one["label"] == "Debt support"
    ]
    named = {one["id"] for one in keep}
    formal = [pair for pair in board.drawing["formal"] if set(pair) <= named]
    board.change(actors=keep, formal=formal)
    names = dict(form.domains)
    assert names["Social care"] == "Debt support"
    assert form.faults() == ["The domain Social care needs at least 2 teams."]
    assert "Work and income" not in form.chart
    assert any(said.startswith("Silos: these domains can be dealt in") for said in form.warnings())
    assert board.problem == ""


def test_a_name_that_is_changed_in_the_drawing_changes_in_the_form(form, board):
    board.actor("management", label="Board")
    assert "Board" in dict(form.domains)["Board and operations"].splitlines()
    assert "Board > Contact centre" in form.chart
    assert Definition.read(form.payload()).formal[0] == ("board", "contact-centre")
    assert form.faults() == []


def test_what_is_typed_is_drawn_and_the_rest_stays_where_it_was_put(form, board):
    board.actor("residents", x=10.0, y=20.0, placed=True)
    board.change(
        lines=[
            {
                "source": "management",
                "target": "residents",
                "channel": "",
                "strength": 1,
                "arrives": "yes",
                "via": [],
            }
        ]
    )
    form.audiences = [*form.audiences, ("Schools", "none")]
    drawn = read(board.drawing)
    assert drawn.actors[-1].label == "Schools"
    (spot,) = [spot for one, spot in zip(drawn.actors, drawn.spots, strict=True) if one.label == "Residents"]
    assert (spot.x, spot.y, spot.placed) == (10.0, 20.0, True)
    assert [(line.source, line.target) for line in drawn.lines] == [("management", "residents")]
    form.audiences = form.audiences[1:]
    assert read(board.drawing).lines == (), "a line goes with its place"


def test_reporting_lines_are_typed_or_drawn(form, board):
    form.chart = "Management > Front desk\nManagement > Nobody\nFront desk"
    assert board.drawing["formal"] == [["management", "front-desk"]]
    assert form.faults() == [
        "“Front desk” is no reporting line: write a boss, then >, then who reports.",
    ]
    assert "Reporting lines with a name that is not on the map are left out: Nobody." in form.warnings()
    board.change(formal=[["front-desk", "management"]])
    assert form.chart == "Front desk > Management\nManagement > Nobody\nFront desk", (
        "what cannot be drawn stays"
    )
    assert read_chart("a>b\n <x> > c \n> d") == ([("a", "b"), ("<x>", "c")], ["> d"])


def test_a_fault_is_told_in_both_views_and_stops_the_workshop(form, board):
    before = form.domains
    board.change(formal=[["management", "permits"], ["permits", "management"]])
    assert "the reporting lines go round" in board.problem
    assert form.domains == before
    assert form.faults() == [f"The drawn map is not in the form yet: {board.problem}"]
    assert form.make() is None
    board.change(formal=[["management", "permits"]])
    assert (board.problem, form.faults()) == ("", [])
    board.actor("permits", kind="role")
    assert (
        board.problem == "Permits is a role: here a phone answers for a team. Make it a team, or take it out."
    )
    assert form.make() is None
    form.chart = ""
    assert (board.problem, form.faults()) == ("", []), "what is typed afterwards is drawn anew"
    assert {one["kind"] for one in board.drawing["actors"]} == {"team", "audience"}


def test_names_that_look_alike_are_told_and_never_joined(form, board):
    board.change(
        actors=[*board.drawing["actors"], {**board.drawing["actors"][0], "id": "new", "label": "Comms"}]
    )
    assert board.similar == [["communication", "new"]]
    assert "“Comms” and “Communication” look alike: are they one place?" in form.warnings()
    assert len(form.payload()["actors"]) == 15
    assert form.faults() == []


def test_a_map_without_domains_and_one_with_too_many(form, board):
    board.change(domains=[], actors=[{**one, "domain": None} for one in board.drawing["actors"]])
    assert [name for name, _ in form.domains] == [""]
    assert form.faults() == []
    actors = board.drawing["actors"]
    board.change(
        domains=[{"id": f"d{at}", "label": f"D{at}"} for at in range(6)],
        actors=[
            {**one, "domain": f"d{at // 2}" if one["kind"] == "team" else None}
            for at, one in enumerate(actors)
        ],
    )
    assert len(form.domains) == 6
    assert form.faults() == ["Have no domains, or 2 to 4."]


def test_an_empty_form_is_an_empty_drawing(form):
    board = Board(drawing=drawing_prepare.drawing(form))
    drawing_prepare.attach(form, board)
    assert board.drawing == {"actors": [], "domains": [], "lines": [], "formal": []}
    board.change(**drawn_by_hand(lines=[], formal=[]) | {"domains": []} | {"actors": []})
    assert form.domains == [("", "")] * 3, "nothing drawn changes nothing"


def test_the_editor_itself_is_in_step_and_keeps_our_word_until_it_is_mended(tmp_path):
    form = prepare.open_form({"WORKSHOPKIT_DB": str(tmp_path / "x.db"), "WORKSHOPKIT_LANG": "en"})
    form.model.take_example()
    board = form.map
    assert (board.mode, board.show_formal, len(board.channels)) == ("all", True, len(drawing.CHANNELS))

    def send(**change):
        actors = [{**one, **(change if one["id"] == "permits" else {})} for one in board.drawing["actors"]]
        board.set_state({"drawing": {**board.drawing, "actors": actors}})

    send(label="Licences")
    assert "Licences" in form.model.domains[0][1]
    send(kind="role")
    assert board.problem.startswith("Licences is a role")
    send(kind="team", label="Permits")
    assert (board.problem, form.model.faults()) == ("", [])
    form.model.domains = [("North", "x" * 90), ("South", "Post")]
    assert "x" * 40 in board.problem, "the editor's own limit is told there"
    assert "x" * 40 in repr(form.map), "and does not break the cell"


# Before the reveal ------------------------------------------------------------------------------------------------


def guess(panel, *pairs):
    """Draw lines as the editor of act 02 would."""
    board = Board(drawing=panel_drawing(panel))
    drawing.follow(board, panel.keep, panel.lang)
    board.change(
        lines=[
            {"source": a, "target": b, "channel": "", "strength": 1, "arrives": "yes", "via": []}
            for a, b in pairs
        ]
    )
    return board


def panel_drawing(panel):
    from workshopkit.network.drawn import Drawn

    return Drawn.of(panel.definition, (), drawing.spots(panel.drawing.map([]))).payload()


def test_a_drawing_is_kept_with_the_workshop_and_counts_nowhere():
    panel = demo(LinesPanel)
    before = panel.findings
    board = guess(panel, ("front-desk", "contact-centre"), ("management", "residents"))
    assert board.problem == ""
    assert panel.drawn == (("front-desk", "contact-centre"), ("management", "residents"))
    assert panel.findings is before
    again = LinesPanel(panel.store, panel.workshop, lang="en")
    assert again.drawn == panel.drawn, "a page that is loaded anew finds it again"
    count = len(panel.store.events(panel.workshop))
    board.change(lines=board.drawing["lines"][::-1])
    assert len(panel.store.events(panel.workshop)) == count, "the same drawing is not stored twice"


def test_the_editor_of_the_act_has_the_places_fixed_and_the_lines_that_were_kept():
    panel = demo(LinesPanel)
    board = panel.draw
    assert board.mode == "lines"
    assert board.drawing["formal"] == []
    line = {
        "source": "permits",
        "target": "front-desk",
        "channel": "",
        "strength": 1,
        "arrives": "yes",
        "via": [],
    }
    board.set_state({"drawing": {**board.drawing, "lines": [line]}})
    assert panel.drawn == (("permits", "front-desk"),)
    again = LinesPanel(panel.store, panel.workshop, lang="en").draw
    assert [(one["source"], one["target"]) for one in again.drawing["lines"]] == [("permits", "front-desk")]


def test_a_drawing_is_compared_in_counts_and_a_few_names():
    panel = demo(LinesPanel)
    assert panel.said()[0] == "Nothing is drawn yet: draw the lines as we think they run."
    guess(panel, ("front-desk", "contact-centre"), ("management", "residents"), ("permits", "residents"))
    said = panel.said()
    assert said[0] == "We drew 3 lines; straight: 1."
    assert said[1] == (
        "2 lines that we drew were not heard directly this time, such as Permits → Residents and Management → Residents."
    )
    lived = len(panel.findings.net.lived)
    assert said[2].startswith(f"{lived - 1} lines arrive that we did not draw, such as ")
    assert said[2].count("→") == beside.MOST_NAMED
    counted = [int(row.split(" | ")[1]) for row in panel.counts().text.splitlines()[1:]]
    assert counted == [1, 2, 0, lived - 1]
    picture = panel.picture()
    assert "drawn, and it arrives" in picture
    assert "drawn: we cannot tell yet" not in picture


def test_the_comparison_waits_for_the_button():
    panel = demo(LinesPanel, "nl")
    guess(panel, ("front-desk", "contact-centre"))
    view = panel.compare
    button, shown = view.children
    picture, (told, counts) = shown.children[0].children[0], shown.children[1].children
    assert (picture.layout.display, told.value, counts.value) == ("none", "", "")
    button.click()
    assert picture.layout.display == ""
    assert bytes(picture.value).startswith(b"<svg")
    assert "1 lijn" in told.value
    guess(panel, ("front-desk", "contact-centre"), ("management", "residents"))
    assert "2 lijnen" in told.value, "it follows the drawing"


def test_a_drawing_that_cannot_be_kept_is_told():
    panel = demo(LinesPanel)
    board = Board(drawing=panel_drawing(panel))
    drawing.follow(board, panel.keep, panel.lang)
    panel.store.close_workshop(panel.workshop)
    board.change(lines=[{"source": "front-desk", "target": "nowhere"}])
    assert "“nowhere”, which is not on the map" in board.problem
    assert panel.drawn == ()


def test_only_what_is_thought_to_arrive_directly_counts():
    panel = demo(LinesPanel)
    board = guess(panel, ("permits", "front-desk"), ("permits", "residents"), ("management", "residents"))
    lines = [
        {**line, **change}
        for line, change in zip(
            board.drawing["lines"], ({}, {"arrives": "no"}, {"via": ["permits"]}), strict=True
        )
    ]
    board.change(lines=lines)
    assert board.problem == "Here only lines that arrive directly count: leave the others out."
    assert panel.drawn == (("permits", "front-desk"),)
    board.change(lines=lines[:1])
    assert board.problem == ""


def test_who_has_not_answered_proves_nobody_wrong(tmp_path):
    room = Room(tmp_path, 3)
    room.answer("a", "b")
    panel = room.panel(LinesPanel)
    guess(panel, ("a", "b"))
    assert panel.said()[:2] == [
        "We drew 1 line; straight: 0.",
        "Of 1 line that we drew the receiver has not answered yet.",
    ]


# The reporting lines ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "first", "second"),
    [
        (
            "en",
            "Reporting lines that carried this message: 7 of 11.",
            "Not used this time: Management – Contact centre, ",
        ),
        (
            "nl",
            "Lijnen van de hark waar dit bericht langs ging: 7 van 11.",
            "Deze keer niet gebruikt: Directie – Klantcontactcentrum, ",
        ),
    ],
)
def test_the_chart_is_told_with_the_unused_lines_by_name(lang, first, second):
    panel = demo(LinesPanel, lang)
    figure = drawing_formal.figure(panel)
    said = figure["sentences"]
    assert said[0] == first
    assert said[1].startswith(second)
    assert said[1].count(" – ") == 4
    assert said[2].startswith("21 ")
    assert len(figure["table"]["rows"]) == 11
    picture = panel.formal.image
    names = beside.names(beside.FORMAL_ROLES, lang)
    assert names["used"] in picture
    assert names["unused"] in picture
    assert names["unknown"] not in picture


def test_without_a_chart_it_says_where_to_make_one(tmp_path):
    panel = Room(tmp_path, 3).panel(LinesPanel)
    assert panel.formal.figure["sentences"] == [
        "The reporting lines were not filled in. That is done in 00-prepare."
    ]
    assert panel.formal.figure["shapes"] == []


def test_what_was_typed_stays_text(tmp_path):
    room = Room(tmp_path, 3, label=TYPED)
    store, id_ = room.store, room.id
    defined = store.events(id_)[0].payload
    store.append(
        id="again", workshop=id_, participant="f", act=None, kind="workshop.defined",
        payload={**defined, "formal": [["a", "b"]]},
    )  # fmt: skip
    room.answer("b", "a", "")
    panel = room.panel(LinesPanel)
    guess(panel, ("a", "b"))
    panel.reveal()
    html = [
        child.value for child in everything(panel.compare) if isinstance(getattr(child, "value", None), str)
    ]
    assert any("&lt;img" in value for value in html)
    assert "img" not in tags("".join(html))
    assert "<img" not in panel.picture() + panel.formal.image


def everything(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from everything(child)


def test_a_bundle_keeps_the_chart_and_the_drawing(tmp_path):
    panel = demo(LinesPanel)
    guess(panel, ("permits", "front-desk"))
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    made = bundle.restore(other, bundle.bundle(panel.store, panel.workshop, "en"))
    again = LinesPanel(other, made.id, lang="en")
    assert again.drawn == panel.drawn
    assert again.definition.formal == panel.definition.formal
    assert drawing_formal.figure(again) == drawing_formal.figure(panel)
    other.close()
