"""The facilitator's guide: twins in two languages, with the minutes of the programme, and hints at every moment."""

from __future__ import annotations

import doctest
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from domain_helpers import payload
from workshopkit import paths
from workshopkit.analysis import findings
from workshopkit.case import load
from workshopkit.figures import told as figures_told
from workshopkit.i18n import LANGUAGES, translator
from workshopkit.network.actors import Definition
from workshopkit.panels import guide, script
from workshopkit.room import program
from workshopkit.room.fold import Room
from workshopkit.room.release import released

DOCS = Path(__file__).parents[1] / "docs"
LONG = {"nl": "gids.md", "en": "guide.md"}
QUICK = {"nl": "begeleider.md", "en": "facilitator.md"}
# The quick start takes some blocks together.
TOGETHER = (
    ("welcome", "join", "warmup"),
    ("case",),
    ("lines",),
    ("own",),
    ("reveal",),
    ("walk",),
    ("break",),
    ("message",),
    ("breakthrough", "cut"),
    ("agreements",),
    ("close",),
    ("slack",),
)
WORDS = 25
# With every step that there can be, also the one that is shown only where it was agreed.
MOMENTS = [(one.act, one.part) for one in replace(Room().program, sponsor=True).moments]
NOT_OURS = r"\b(u|men|cirkel\w*|opgave|belofte\w*|toezegging\w*|GDPR)\b"
CARD = r"\b[PC]\d+\b"


def told(name):
    return (DOCS / name).read_text(encoding="utf-8")


def headings(text):
    return re.findall(r"^(#+) (.+)$", text, re.MULTILINE)


def section(text, title):
    """Give what stands under a heading, down to the next one."""
    return re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)[1]


def rows(text):
    """Give the rows of the first table, without its head."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def shape(text):
    """Give the kind of every line: a row, an item, a step, a quote, or prose."""
    return [re.match(r"\||- |\*|>|\d\. |", line)[0] for line in text.splitlines()]


def minutes(block, length):
    return str(block.minutes[length]) if length in block.minutes else "–"


def label(block, lang):
    from workshopkit.panels import script

    return translator(lang)(script.BLOCK_NAMES[block.id])


def slug(title):
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


# The documents ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("names", [LONG, QUICK], ids=["guide", "quick start"])
def test_twins_have_the_same_shape(names):
    mine, twin = (told(names[lang]) for lang in LANGUAGES)
    assert [level for level, _ in headings(mine)] == [level for level, _ in headings(twin)]
    for (_, one), (_, other) in zip(headings(mine), headings(twin), strict=True):
        assert shape(section(mine, one)) == shape(section(twin, other)), (one, other)


def test_twins_name_the_same_cards():
    mine, twin = (told(LONG[lang]) for lang in LANGUAGES)
    for (_, one), (_, other) in zip(headings(mine), headings(twin), strict=True):
        assert re.findall(CARD, section(mine, one)) == re.findall(CARD, section(twin, other))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_minutes_are_those_of_the_programme(lang):
    text = told(LONG[lang])
    titles = [title for _, title in headings(text)]
    *parts, total = next(found for found in map(rows, text.split("\n## ")) if found)
    assert [row[1:] for row in parts] == [
        [minutes(block, length) for length in program.LENGTHS] for block in program.BLOCKS
    ]
    assert total[1:] == [
        str(sum(block.minutes[length] for block in program.Program(length).blocks))
        for length in program.LENGTHS
    ]
    for row, block in zip(parts, program.BLOCKS, strict=True):
        assert row[0] in titles
        under = section(text, row[0]).strip().splitlines()[0]
        assert re.findall(r"[\d–]+", under) == [minutes(block, length) for length in program.LENGTHS]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_parts_are_called_as_in_the_cockpit(lang):
    *parts, _ = next(found for found in map(rows, told(LONG[lang]).split("\n## ")) if found)
    assert [row[0] for row in parts] == [label(block, lang) for block in program.BLOCKS]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_quick_start_has_the_same_minutes(lang):
    known = {block.id: block for block in program.BLOCKS}
    found = rows(told(QUICK[lang]))
    assert len(found) == len(TOGETHER)
    for row, ids in zip(found, TOGETHER, strict=True):
        for cell, length in zip(row[1:], program.LENGTHS, strict=True):
            count = sum(known[one].minutes.get(length, 0) for one in ids)
            assert (int(cell) if cell.isdigit() else 0) == count, row


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("count", [10, 20, 45])
def test_case_fits_its_minutes(lang, count):
    text = told(LONG[lang])
    (title,) = [title for _, title in headings(text) if re.search(rf"\bIn {count} minu", title)]
    steps = re.match(r"\s*\*(.+)\*", section(text, title))[1]
    assert sum(int(step.split()[0]) for step in steps.split(" · ")) == count


@pytest.mark.parametrize("lang", LANGUAGES)
def test_case_is_all_there(lang):
    text, case = told(LONG[lang]), load.default()
    long, short = (
        section(text, next(title for _, title in headings(text) if re.search(rf"\bIn {count} minu", title)))
        for count in (45, 20)
    )
    themes = re.findall(CARD, " ".join(row[1] for row in rows(long.split("\n**")[0])))
    assert sorted(themes) == sorted(case.items)
    assert [re.match(CARD, row[0])[0] for row in rows(short)] == [item.id for item in case.core]
    for row, item in zip(rows(short), case.core, strict=True):
        assert row[0] == f"{item.id} {item.title[lang]}"
    assert {"P12", "C7"} <= set(re.findall(CARD, long.split("\n**")[1]))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("title", ["TRIZ", "1-2-4-All", "What I Need From You"])
def test_steps_of_an_exercise_add_up(lang, title):
    text = section(told(LONG[lang]), title)
    steps = [int(found) for found in re.findall(r"^\d\. \*\*(\d+) minu", text, re.MULTILINE)]
    assert sum(steps) == int(re.search(r"\*(\d+) minu", text)[1])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_promise_is_the_one_that_the_form_begins_with(lang):
    promise = json.loads((paths.data() / "demo" / f"{lang}.json").read_text(encoding="utf-8"))["promise"]
    assert f"> {promise}\n" in told(LONG[lang])


@pytest.mark.parametrize("name", [*LONG.values(), *QUICK.values()])
def test_links_lead_somewhere(name):
    for target in re.findall(r"\]\(([^)]+)\)", told(name)):
        file, _, anchor = target.partition("#")
        assert (DOCS / (file or name)).is_file(), target
        if anchor:
            assert anchor in {slug(title) for _, title in headings(told(file or name))}, target


@pytest.mark.parametrize("lang", LANGUAGES)
def test_short_and_long_lead_to_each_other(lang):
    assert f"]({LONG[lang]})" in told(QUICK[lang])
    assert f"]({QUICK[lang]})" in told(LONG[lang])


@pytest.mark.parametrize("name", [*LONG.values(), *QUICK.values()])
def test_docs_are_plain(name):
    text = told(name)
    assert "!" not in text
    if name in {LONG["nl"], QUICK["nl"]}:
        assert re.findall(NOT_OURS, text) == []


# The cockpit -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("moment", MOMENTS, ids=" ".join)
def test_every_moment_has_hints(moment, lang):
    found = guide.hints(*moment, lang)
    assert list(found) == ["listen", "ask", "beware"]
    for sentence in found.values():
        assert len(sentence.split()) <= WORDS
        assert sentence.endswith((".", "?"))
        assert not re.search(r"[.?] [A-Z]", sentence), "one sentence"
        assert "!" not in sentence
    assert found["ask"].endswith("?")
    if lang == "nl":
        assert re.findall(NOT_OURS, " ".join(found.values())) == []
        assert not set(found.values()) & set(guide.hints(*moment, "en").values()), "Dutch is missing"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("moment", MOMENTS, ids=" ".join)
def test_where_everybody_answers_alone_nothing_speaks_of_teams(moment, lang):
    t = translator(lang)
    said = [t(one) for one in script.spoken(*moment, alone=True)]
    told = guide.hints(*moment, lang, alone=True)
    assert list(told) == ["listen", "ask", "beware"]
    for sentence in told.values():
        assert len(sentence.split()) <= WORDS
        assert not re.search(r"[.?] [A-Z]", sentence), "one sentence"
    assert told["ask"].endswith("?")
    both = " ".join([*said, *told.values()])
    about_others = r"already of teams that|al over teams"  # the sponsor speaks of all teams there are
    assert not re.search(r"\bteams?\b", re.sub(about_others, "", both)), both
    if lang == "nl":
        assert re.findall(NOT_OURS, both) == []


def test_words_for_groups_are_for_known_moments_only():
    assert set(guide.ALONE) <= set(MOMENTS)
    assert set(script.ALONE) <= set(script.MOMENTS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_anonymous_workshop_says_why_it_shows_no_walls(lang):
    given = payload(3)
    for actor in given["actors"]:
        actor["people"] = 6
    here = Definition.read({**given, "answers": "anonymous", "examples": "off"})
    (said,) = figures_told.silo(findings.find(here, released(Room(definition=here)).lines), lang)
    assert ("groups" if lang == "en" else "groepen") in said
    assert "team" not in said


def test_any_card_has_hints_and_the_core_has_its_own():
    any_card = guide.hints("case", "P1", "nl")
    core = [guide.hints("case", item.id, "nl") for item in load.default().core]
    assert any_card
    assert all(any_card != one for one in core)
    assert len({one["ask"] for one in core}) == len(core)


@pytest.mark.parametrize("moment", [(None, None), ("case", None), ("report", "slack"), ("nowhere", "P6")])
def test_elsewhere_there_is_nothing_to_say(moment):
    assert guide.hints(*moment, "nl") == {}


def test_examples_are_true():
    assert doctest.testmod(guide) == (0, 3)


def test_hints_are_for_known_moments_only():
    assert set(guide.HINTS) <= set(MOMENTS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_plan_carries_them(lang):
    room = Room(act="silos", part="walk")
    assert script.plan(room, lang)["now"]["hints"] == guide.hints("silos", "walk", lang)
    given = {**payload(3), "answers": "anonymous", "examples": "off"}
    for actor in given["actors"]:
        actor["people"] = 6
    alone = script.plan(replace(room, definition=Definition.read(given)), lang)["now"]
    assert (
        alone["hints"] == guide.hints("silos", "walk", lang, alone=True) != guide.hints("silos", "walk", lang)
    )
    assert alone["sees"] == translator(lang)(script.ALONE["silos", "walk"][0])


# The notebooks ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(paths.notebooks().glob("*/0*.ipynb")), ids=lambda path: path.stem)
def test_notes_stand_beside_the_cells_and_are_closed(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    (note,) = [cell for cell in cells if "facilitator" in cell["metadata"].get("tags", ())]
    text = "".join(note["source"])
    assert note["cell_type"] == "markdown"
    assert text.startswith("<details><summary>")
    assert text.endswith("</details>")
    leads = {"nl": ("Luister", "Vraag", "Valkuil."), "en": ("Listen", "Ask", "Pitfall.")}[path.parent.name]
    for lead in leads:
        assert f"- **{lead}**" in text
