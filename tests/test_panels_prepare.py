"""Act 00 from the inside: the form says what cannot work, and makes a workshop that can."""

from __future__ import annotations

import shutil

import pytest

from panel_helpers import TYPED
from workshopkit import paths
from workshopkit.network.actors import Definition
from workshopkit.panels import prepare
from workshopkit.panels.preparation import Preparation, preset, store_url
from workshopkit.room import program
from workshopkit.store import open_store


@pytest.fixture
def form(tmp_path):
    return Preparation("en", db=str(tmp_path / "new.db"))


def test_the_promise_stands_there_beforehand(form):
    assert form.promise == preset("en")["promise"]
    assert form.faults() == [
        "The subject is missing: say in one sentence what the message is.",
        "There are too few teams: at least 2.",
    ]


def test_no_promise_no_start(form):
    form.take_example()
    assert form.faults() == []
    form.promise = "  "
    assert form.faults() == ["The sponsor's promise is missing: without a promise there is no start."]
    assert form.make() is None
    assert form.made is None


def test_the_example_is_the_demo_workshop(form):
    form.take_example()
    mine, demo = Definition.read(form.payload()), Definition.read(preset("en"))
    assert [(one.label, one.kind, one.voice) for one in mine.actors] == [
        (one.label, one.kind, one.voice) for one in demo.actors
    ]
    assert [one.label for one in mine.domains] == [one.label for one in demo.domains]
    assert mine.promise == demo.promise


def test_all_faults_are_told_at_once(form):
    form.take_example()
    form.period = ""
    form.domains = [("North", "Desk\nDesk"), ("South", "Post")]
    form.backup = "/nowhere/at/all"
    told = form.faults()
    assert told == [
        "The period is missing: say of which weeks everybody thinks.",
        "“desk” stands there twice: give each its own name.",
        "The domain South needs at least 2 teams.",
        "The folder /nowhere/at/all cannot be written: connect the stick it is on, or choose another one.",
    ]


@pytest.mark.parametrize(
    ("teams", "said"),
    [
        (12, None),
        (13, "With 13 teams the questions take longer than 8 minutes: 12 is better."),
        (14, "With 14 teams the questions take longer than 8 minutes: 12 is better."),
        (15, "15 teams are too many for one round of questions: merge some, to 12."),
    ],
)
def test_many_teams_are_warned_about_and_stop_nobody(form, teams, said):
    form.take_example()
    names = [f"Team {number}" for number in range(teams)]
    form.domains = [("North", "\n".join(names[:6])), ("South", "\n".join(names[6:]))]
    assert form.faults() == []
    about = [one for one in form.warnings() if "teams are too many" in one or "longer than" in one]
    assert about == ([said] if said else [])


@pytest.mark.parametrize(
    ("sizes", "ways", "possible"),
    [((4, 4), 35, False), ((5, 5), 126, True), ((3, 3, 3), 280, True), ((2, 2, 2), 15, False)],
)
def test_whether_a_verdict_on_silos_is_possible_is_told_beforehand(form, sizes, ways, possible):
    form.domains = [
        (f"Domain {place}", "\n".join(f"Team {place}{number}" for number in range(size)))
        for place, size in enumerate(sizes)
    ]
    end = "so a verdict is possible." if possible else "and a verdict needs 100: add a team."
    assert f"Silos: these domains can be dealt in {ways} ways, {end}" in form.warnings()
    assert ("Domain 0 has 2 teams: 3 is better." in form.warnings()) == (sizes[0] == 2)


def test_an_audience_without_a_voice_is_told_about(form):
    assert any("no audience on the map" in one for one in form.warnings())
    form.audiences = [("Residents", "none"), ("Shops", "proxy")]
    assert "Nobody speaks for Residents: nobody can then say what reached them." in form.warnings()
    assert not any("Shops" in one for one in form.warnings())


def test_a_map_without_domains_is_one_nameless_group(form):
    form.subject, form.domains = "News", [("", "Desk\nPost\n\n  Shop  "), ("", "")]
    given = form.payload()
    assert given["domains"] == []
    assert [(one["label"], one["domain"]) for one in given["actors"]] == [
        ("Desk", None),
        ("Post", None),
        ("Shop", None),
    ]
    assert form.faults() == []
    assert "Without two domains the map says nothing about silos." in form.warnings()


def test_names_get_ids_that_answers_do_not_use(form):
    form.domains = [("Één", "Pers!\nPress\npress \nБюро"), ("Two", "a\nb")]
    ids = [one["id"] for one in form.payload()["actors"]]
    assert ids == ["pers", "press-2", "press-3", "place", "a", "b"]
    assert form.payload()["domains"][0]["id"] == "een"


def test_the_language_changes_what_was_not_changed(form):
    form.promise = "Ours."
    form.lang = "nl"
    assert form.period == preset("nl")["period"]
    assert form.promise == "Ours."
    assert form.payload()["lang"] == "nl"


@pytest.mark.parametrize("length", program.LENGTHS)
def test_the_minutes_are_those_of_the_program(form, length):
    form.length = length
    *rows, (_, total) = form.minutes()
    assert [count for _, count in rows] == [block.minutes[length] for block in program.Program(length).blocks]
    assert total == {"standard": 195, "two_hours": 120, "short": 75}[length]


def test_the_workshop_is_made_and_the_next_step_told(form, tmp_path):
    form.take_example()
    form.title, form.length = TYPED, "short"
    form.backup = str(tmp_path / "my copies")
    made = form.make()
    store = open_store(form.db, create=False)
    (event,) = store.events(made.id)
    store.close()
    assert event.kind == "workshop.defined"
    assert event.payload["length"] == "short"
    first, second = form.next_steps()
    assert made.code in first
    assert second == (
        f"Start the pages in a terminal: workshopkit serve {made.id} --host 0.0.0.0 "
        f"--backup-dir '{tmp_path / 'my copies'}'"
    )
    form.running = True
    assert form.next_steps()[1] == "Show the addresses below: they now lead to this workshop."


def test_what_the_store_refuses_is_told(tmp_path):
    folder = tmp_path / "no.db"
    folder.mkdir()
    form = Preparation("en", db=str(folder))
    form.take_example()
    assert form.make() is None
    assert form.made is None
    assert form.failed


def test_the_store_is_that_of_the_kit_that_runs():
    assert store_url({"WORKSHOPKIT_DB": "sqlite:///x.db"}) == ("sqlite:///x.db", True)
    url, running = store_url({})
    assert url.endswith("workshops.db")
    assert not running


def test_form_and_model_stay_in_step(tmp_path):
    form = prepare.open_form({"WORKSHOPKIT_DB": str(tmp_path / "x.db"), "WORKSHOPKIT_LANG": "en"})
    teams, audiences = form.teams, form.audiences
    name, lines = teams.children[0].children
    name.value, lines.value = "North", "Desk\nPost"
    assert form.model.domains[0] == ("North", "Desk\nPost")
    form.model.take_example()
    assert name.value == "Public services"
    assert audiences.children[1].children[0].value == "Local businesses"
    assert audiences.children[1].children[1].value == "proxy"
    name.value = "Changed"
    assert form.model.domains[0][0] == "Changed"
    assert len(form.model.payload()["domains"]) == 4


def test_what_was_typed_is_shown_as_text(tmp_path):
    form = prepare.open_form({"WORKSHOPKIT_DB": str(tmp_path / "x.db"), "WORKSHOPKIT_LANG": "en"})
    form.model.take_example()
    form.model.domains = [(TYPED, "x\nx"), ("Two", "a\nb")]
    values = [
        child.value for child in _all(form.make) if hasattr(child, "value") and isinstance(child.value, str)
    ]
    assert any("&lt;img" in value for value in values)
    assert not any("<img" in value for value in values)


def _all(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from _all(child)


# The case ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def own(tmp_path):
    """Give the folder of a case of one's own."""
    folder = tmp_path / "own"
    shutil.copytree(paths.data() / "cases" / "straight-lines", folder)
    return folder


def test_a_case_of_ones_own_goes_with_the_workshop(form, own):
    form.take_example()
    assert "case" not in form.payload()
    form.case_folder = str(own)
    assert form.faults() == []
    assert form.payload()["case"]["id"] == "straight-lines"
    made = form.make()
    store = open_store(form.db)
    (defined,) = store.events(made.id, kinds={"workshop.defined"})
    store.close()
    assert defined.payload["case"] == form.payload()["case"]


def test_a_case_that_cannot_be_read_aloud_is_told_with_its_lines(form, own):
    form.take_example()
    file = own / "case.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("core = true", ""), encoding="utf-8")
    form.case_folder = str(own)
    (fault,) = form.faults()
    assert fault.startswith("The case cannot be read aloud: case.toml is not a case yet: line ")
    assert "no card is core" in fault
    assert form.make() is None
    form.case_folder = str(own / "nowhere")
    assert "there is no case.toml" in form.faults()[0]


def test_the_invitation_is_written_with_the_case(form, tmp_path):
    form.take_example()
    file = form.invite(tmp_path / "sent")
    text = file.read_text(encoding="utf-8")
    assert form.subject in text
    assert "Walking in circles" in text
    assert str(file) in form.invited
    (tmp_path / "a file").write_text("")
    assert form.invite(tmp_path / "a file") is None
    assert form.invited.startswith("It cannot be written")


def test_a_dropped_text_becomes_a_draft_that_is_chosen(form, tmp_path):
    form.take_example()
    text = "Our newsletter goes out every week.\n\nWho reads it?\n\nHi Ann,\nI never saw it.\n\nReally?\n"
    form.take_text("newsletter.txt", text.encode(), tmp_path)
    assert form.case_folder.startswith(str(tmp_path / "case-"))
    assert "A draft stands in" in form.drafted[0]
    assert form.faults() == []
    before = form.case_folder
    form.take_text("newsletter.txt", text.encode(), tmp_path)
    assert "already" in form.drafted[0]
    form.take_text("empty.txt", b"", tmp_path)
    assert len(form.drafted) == 1
    assert form.case_folder == before


def test_the_example_of_anonymous_answers_can_be_made(form):
    form.answers = "anonymous"
    form.take_example()
    assert form.faults() == []
    assert form.domains[0][1].splitlines()[0] == "Customer service, 8"
    assert "32 people in 4 groups answer alone, each on a phone." in form.warnings()
    form.make()
    store = open_store(form.db)
    (defined,) = store.events(form.made.id, kinds={"workshop.defined"})
    store.close()
    assert (defined.payload["answers"], defined.payload["examples"]) == ("anonymous", "off")
    assert [actor["people"] for actor in defined.payload["actors"]] == [8, 8, 8, 8]


@pytest.mark.parametrize(
    ("groups", "audiences", "fault"),
    [
        (
            "Desk, 8\nPost, 8",
            [],
            "Anonymous answers need 3 to 6 groups, and here are 2: merge some, or add one.",
        ),
        (
            "\n".join(f"Group {letter}, 8" for letter in "abcdefg"),
            [],
            "Anonymous answers need 3 to 6 groups, and here are 7: merge some, or add one.",
        ),
        (
            "Desk, 8\nPost, 8\nBoard, 4",
            [],
            (
                "Board has 4 people, and anonymous answers need at least 5: "
                "merge it with another group, or let teams answer together."
            ),
        ),
        ("Desk, 8\nPost, 8\nBoard", [], "Say of Board how many people it has, for example 8."),
        ("Desk\nPost\nBoard", [], "Say of each group how many people it has, for example 8."),
        (
            "Desk, 8\nPost, 8\nBoard, 9",
            [("Residents, 8", "proxy")],
            (
                "In anonymous mode nobody can speak for Residents alone: "
                "invite 5 of them as a group of their own, or let nobody speak for them."
            ),
        ),
    ],
)
def test_anonymous_answers_are_counted_and_refused_with_the_remedy(form, groups, audiences, fault):
    form.answers = "anonymous"
    form.subject = "News"
    form.domains, form.audiences = [("", groups)], audiences
    assert form.faults() == [fault]
    assert form.make() is None


def test_anonymous_answers_have_no_domains(form):
    form.answers = "anonymous"
    form.subject = "News"
    form.domains = [("North", "Desk, 8\nPost, 8"), ("South", "Board, 8\nShop, 6")]
    form.audiences = []
    assert form.faults() == [
        "Anonymous answers have no domains: take them out, or let teams answer together."
    ]
    form.domains = [("", "Desk, 8\nPost, 8\nBoard, 8\nShop, 6")]
    assert form.faults() == []
    assert "Shop has 6 people, and 5 must answer before anything is shown: 8 is better." in form.warnings()
