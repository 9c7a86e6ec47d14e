"""The case that the kit brings: complete, in two languages, with its thread, and in our own words."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from workshopkit import paths
from workshopkit.case import thread
from workshopkit.case.load import default, names, open_case
from workshopkit.i18n import LANGUAGES, translator
from workshopkit.room.program import ACTS

HERE = Path(__file__).parent
ROOT = HERE.parent
CASE = default()
# Salted hashes of every seven words in a row of the source, which itself is not in this project.
SOURCE = json.loads((HERE / "case_source_runs.json").read_text())
# By hand, from the source: who answers whom, and what is uncertain.
ANSWERS = {
    "C1": "post", "C2": "C1", "C3": "post", "C4": "C3", "C5": "post", "C6": "C5",
    "C7": "post", "C8": "C7", "C9": "post", "C10": "post", "C11": "post",
}  # fmt: skip
UNCERTAIN = {"C2", "C4", "C6", "C8", "C9", "C10"}
CORE = ["P4", "P6", "P7", "P8", "P12", "C5", "C10"]


def test_the_cases_of_the_kit_have_no_fault():
    assert names() == ("straight-lines",)
    for name in names():
        assert open_case(paths.data() / "cases" / name).id == name


def test_every_point_and_comment_is_there_in_order():
    assert list(CASE.items) == [f"P{n}" for n in range(1, 16)] + [f"C{n}" for n in range(1, 12)]
    assert [item.id for item in CASE.core] == CORE
    assert set(CASE.few) <= set(CORE)


@pytest.mark.parametrize("item", CASE.items.values(), ids=lambda item: item.id)
def test_an_item_is_complete_in_both_languages(item):
    for lang in LANGUAGES:
        for texts in (item.role, item.title, item.text, item.question):
            assert texts[lang].strip()
        assert item.question[lang].endswith("?")
        assert "!" not in item.text["nl"]
        # Read aloud, a card takes half a minute at most.
        assert len(item.text[lang].split()) <= (70 if item.core else 120)
    assert item.text["nl"] != item.text["en"]
    assert item.themes
    assert set(item.acts) <= set(ACTS)
    assert set(item.themes) <= set(CASE.themes)


def test_every_theme_is_used_and_every_role_speaks():
    assert {theme for item in CASE.items.values() for theme in item.themes} == set(CASE.themes)
    assert {entry["role"] for entry in CASE.raw["item"]} == set(CASE.raw["roles"])


def test_the_thread_is_that_of_the_source():
    assert {item.id: item.answers for item in CASE.comments} == ANSWERS
    assert {item.id for item in CASE.items.values() if item.uncertain["nl"]} == UNCERTAIN
    assert "C3" in CASE.items["C11"].refers
    walked = [(depth, item.id) for depth, item in CASE.thread()]
    assert [id for _, id in walked] == list(ANSWERS)
    assert [id for depth, id in walked if depth] == ["C2", "C4", "C6", "C8"]


def test_the_figure_and_its_sentences_say_the_same():
    placed = thread.places(CASE)
    assert len({(place.row, place.depth) for place in placed}) == len(placed)
    row = {place.item.id: place.row for place in placed}
    assert all(row[id] == row[answered] for id, answered in ANSWERS.items() if answered != "post")
    for lang in LANGUAGES:
        said = thread.sentences(CASE, lang)
        assert len(said) == len(CASE.comments)
        drawn = thread.picture(CASE, lang, missing=True)
        for item in CASE.comments:
            assert f">{item.id}<" in drawn
        for item in (item for item in CASE.comments if item.answers == "post"):
            assert item.role[lang] in drawn
        assert translator(lang)("Who is missing?") in drawn
        assert thread.picture(CASE, lang).count("<circle") == len(CASE.comments)


def test_what_is_said_of_people_in_the_case_are_roles():
    told = json.dumps(CASE.raw["item"], ensure_ascii=False) + json.dumps(
        CASE.raw["roles"], ensure_ascii=False
    )
    assert {"jochem", "koole"}.isdisjoint(words_of(told))


# In our own words ------------------------------------------------------------------------------------------------


def words_of(text):
    return re.findall(r"[^\W_]+", text.lower())


def copied(text, source=SOURCE):
    """Give the runs of seven words of a text that stand in the source as well."""
    runs, size, salt = set(source["runs"]), source["words"], source["salt"]
    words = words_of(text)
    found = (" ".join(words[at : at + size]) for at in range(len(words) - size + 1))
    return [run for run in found if hashlib.sha256((salt + run).encode()).hexdigest()[:16] in runs]


def texts_of_the_project():
    folders = ("data", "docs", "notebooks", "src/workshopkit", "tests", "benchmarks", "binder")
    suffixes = {".md", ".toml", ".json", ".po", ".py", ".ipynb", ".html", ".jsx", ".js", ".txt"}
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in suffixes]
    return [
        path
        for path in [*files, *ROOT.glob("*.md")]
        if "node_modules" not in path.parts and "static" not in path.parts
    ]


def test_no_seven_words_of_the_source_stand_anywhere():
    files = texts_of_the_project()
    assert len(files) > 200
    found = {
        path.relative_to(ROOT).as_posix(): runs
        for path in files
        if (runs := copied(path.read_text(encoding="utf-8", errors="replace")))
    }
    assert found == {}


def test_quotes_are_short_and_stand_in_their_item():
    quoted = [(item, quote) for item in CASE.items.values() for quote in item.quotes]
    assert len(quoted) >= 10
    for item, quote in quoted:
        assert len(quote.split()) <= 6
        assert quote.lower() in f"{item.title['nl']} {item.text['nl']}".lower()


def test_a_copied_sentence_would_be_seen():
    known = "a line that everybody calls straight goes round"
    run = " ".join(words_of(known)[:7])
    listed = {"words": 7, "salt": "s", "runs": [hashlib.sha256(f"s{run}".encode()).hexdigest()[:16]]}
    assert copied("He wrote: A line that, everybody calls straight... goes round", listed) == [run]
    assert copied("A line that nobody calls straight goes round", listed) == []
    assert len(SOURCE["runs"]) > 500
