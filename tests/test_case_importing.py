"""A text with comments becomes a draft of a case: what a reader makes of it, the import makes of it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workshopkit.case import check
from workshopkit.case.importing import UNSURE, draft
from workshopkit.case.importing.reading import MOST_BYTES
from workshopkit.case.importing.themes import THEMES
from workshopkit.case.importing.writing import toml
from workshopkit.case.load import default
from workshopkit.case.model import build
from workshopkit.errors import UsageError

TEXTS = Path(__file__).parent / "case_texts"
EXPECTED = tomllib.loads((TEXTS / "expected.toml").read_text(encoding="utf-8"))
POST = "Bij ons hangt het nieuws naast de lift, en wie de trap neemt, weet van niets. Wat doen jullie?\n"


def made_of(name, **options):
    return draft((TEXTS / name).read_bytes(), name, **options)


def comments_of(made):
    return [item for item in made.case["item"] if item["part"] == "comment"]


def is_whole(made):
    """Tell whether a draft is a case, and whether its file says the same."""
    assert check.faults_in(made.case) == []
    assert tomllib.loads(made.text) == made.case
    assert len(made.text.encode()) < check.MOST_BYTES
    return build(made.case)


# What a reader makes of it ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXPECTED)
def test_post_and_comments_are_those_of_a_reader(name):
    expected, made = EXPECTED[name], made_of(name)
    assert made.lang == expected["lang"]
    assert made.case["title"][made.lang] == expected.get("title", made.case["title"][made.lang])
    assert sum(item["part"] == "post" for item in made.case["item"]) == expected["post"]
    roles = [item["role"].removeprefix("reader-").removeprefix("author-") for item in comments_of(made)]
    found = zip(comments_of(made), expected["comments"], roles, strict=True)
    for item, (begins, answers, who), role in found:
        assert item[made.lang]["text"].startswith(begins)
        assert (item["id"], item["answers"], role) == (item["id"], answers, who)
    refers = {item["id"]: item["refers"] for item in comments_of(made) if item.get("refers")}
    assert refers == expected.get("refers", {})


@pytest.mark.parametrize("name", EXPECTED)
def test_nobody_is_called_by_name(name):
    made = made_of(name)
    for known in EXPECTED[name].get("names", ()):
        assert known not in made.text
        assert known not in made.told("nl")


@pytest.mark.parametrize("name", EXPECTED)
def test_every_draft_is_a_case(name):
    made = made_of(name)
    assert is_whole(made).id == made.case["id"]
    assert 1 <= len(is_whole(made).core) <= 7
    assert made == made_of(name), "the same text gives the same draft"


def test_every_text_stands_in_the_list():
    assert {path.name for path in TEXTS.iterdir()} == {*EXPECTED, "expected.toml"}


# The same text in other shapes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1252"])
def test_encodings(encoding):
    text = (TEXTS / "nl-handtekeningen.txt").read_text(encoding="utf-8").replace(
        "'", "’"
    ) + "Café, één euro\n"
    assert draft(text.encode(encoding), "a.txt").case == draft(text.encode(), "a.txt").case


def test_a_page_that_says_its_encoding():
    page = (
        '<html><head><meta charset="iso-8859-1"></head><p>Één caf\u00e9, en niemand die het weet.</p></html>'
    )
    assert "Één café" in draft(page.encode("latin-1"), "a.html").text


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028"])
def test_line_ends(end):
    text = (TEXTS / "en-run.txt").read_text(encoding="utf-8")
    assert draft(text.replace("\n", end).encode(), "en-run.txt").case == made_of("en-run.txt").case


def test_a_page_saved_in_one_file():
    page = (TEXTS / "page-microdata.html").read_text(encoding="utf-8")
    saved = (
        "From: <Saved by Blink>\nSubject: Silence\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="x"\n\n--x\nContent-Type: text/html\n\n'
        f"{page}\n--x\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--x--\n"
    )
    assert draft(saved.encode(), "page-microdata.html").case == made_of("page-microdata.html").case


def test_smart_quotes_stay_and_do_no_harm():
    made = draft(f'{POST}Hoi Anna,\nIk zei “dat is ’t” en \\ "dat" """.'.encode(), "a.txt")
    assert comments_of(made)[0]["nl"]["text"].endswith('Ik zei “dat is ’t” en \\ "dat" """.')
    assert is_whole(made)


# People -------------------------------------------------------------------------------------------------------------


def test_names_stay_if_asked_with_a_warning():
    made = made_of("nl-koppen.txt", keep_names=True)
    assert "Joris" in made.text
    assert "Hilde Wassenaar" in made.case["credit"]["nl"]
    assert any("names were kept" in doubt for doubt in made.doubts("en"))


def test_a_whole_name_goes_with_its_small_words():
    made = draft(
        f"{POST}Hoi Jan,\nMooi. Groet, Piet van der Berg\nHoi Jan,\nPiet van der Berg heeft gelijk.".encode(),
        "a.txt",
    )
    assert "Berg" not in made.text
    assert comments_of(made)[1]["nl"]["text"] == "Hoi schrijver,\nLezer 1 heeft gelijk."


def test_two_people_with_one_first_name_are_two():
    text = f"{POST}Anna Smit zegt:\nJa.\nAnna de Wit zegt:\nNee.\nAnna Smit zegt:\nToch."
    assert [item["role"] for item in comments_of(draft(text.encode(), "a.txt"))] == [
        "reader-1",
        "reader-2",
        "reader-1",
    ]


def test_the_name_of_the_file_becomes_the_id_without_people():
    made = draft(f"{POST}Hoi Anna,\nJa.".encode(), "/tmp/Blog van Anna.v2.txt")
    assert made.case["id"] == "blog-van-schrijver-v2"
    assert draft(POST.encode(), "???.txt").case["id"] == "case"
    assert draft(POST.encode(), "straight-lines.txt").case["id"] == "straight-lines-draft"


# What is unsure -----------------------------------------------------------------------------------------------------


def test_what_is_unsure_is_told_with_its_line_in_both_languages():
    made = made_of("nl-achter-elkaar.txt")
    english, dutch = (made.told(lang) for lang in ("en", "nl"))
    assert "line 5: this seems to say who made a picture" in english
    assert "line 7: " in english
    assert "regel 7: " in dutch
    assert "perhaps the author" in english
    second = comments_of(made)[1]
    assert "misschien de schrijver" in second["nl"]["uncertain"]


def test_a_heading_that_counts_otherwise_is_told():
    made = draft(f"{POST}5 reacties\nHoi Anna, ja.\nHoi Anna, nee.".encode(), "a.txt")
    assert any("says that there are 5 comments; 2 were found" in doubt for doubt in made.doubts("en"))


def test_a_text_without_comments_says_so():
    assert any("no comments were found" in doubt for doubt in made_of("nl-zonder-reacties.txt").doubts("en"))


def test_a_language_can_be_given():
    assert made_of("nl-koppen.txt", lang="en").case["languages"] == ["en"]


# Bad input ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "is empty"),
        (b" \n\r\n\t", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\xef\xbb\xbf\n\x0c", "is empty"),
        (b"PK\x03\x04 document", "is not a text"),
        (b"%PDF-1.7", "is not a text"),
        (b"\x89PNG\r\n", "is not a text"),
        (b"{\\rtf1 text}", "is not a text"),
        (bytes(range(256)) * 4, "is not a text"),
        (b"text\x00text", "is not a text"),
        (b"Ab " * 2_000_000, "too large"),
        (b"<html>" + b"<div>" * 1000 + b"x", "cannot be read as a page"),
        (b"<html><![<![", "cannot be read as a page"),
        (b"<html><script>var a</script></html>", "no text"),
    ],
)
def test_what_is_no_text_is_refused_in_clear_words(content, word):
    with pytest.raises(UsageError, match=word):
        draft(content, "file.txt")


def test_more_than_a_case_can_hold_is_cut_and_told():
    text = POST + "".join(f"Hoi Anna, dit is nummer {number}.\n" for number in range(900))
    made = draft(text.encode(), "a.txt")
    assert is_whole(made)
    assert len(made.case["item"]) == 200
    assert any("701 passages and comments" in doubt for doubt in made.doubts("en"))


def test_one_comment_too_long_for_a_card_goes_on_in_the_next():
    made = draft((f"{POST}Hoi Anna,\n" + "Dit is een zin. " * 400 + "\nHoi Anna, kort.").encode(), "a.txt")
    assert is_whole(made)
    first, second, third = comments_of(made)
    assert (second["answers"], third["answers"]) == ("C1", "post")
    assert sum(item["nl"]["text"].count("zin") for item in (first, second)) == 400


def test_large_texts_take_seconds():
    for content in (b"Hoi Anna, wat een stuk.\n" * 60_000, b"Aa Bb " * 250_000, b"<html><!--" * 150_000):
        assert len(content) < MOST_BYTES
        try:
            made = draft(content, "a.txt")
        except UsageError:
            continue
        assert is_whole(made)


quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
pieces = st.sampled_from(
    [
        *("Hoi Anna,", "Ach Bas, ja", "@Bas", "Anna zegt:", "Groet, Bas", "Bas", "3 reacties", "Foto: Bas", "Anna: ja"),
        *("3 mei 2012", "Anna de Wit op 3 mei 2012 schreef:", "Wat doen jullie?", "Geef een reactie", ":-)", '"""', "'"),
        *("<p>", "</div>", "<ol class=commentlist>", "<li class=comment>", "<!--", "<b class=fn>Anna", "</html>", "\\"),
        *("🙂", "", "", "Anna zei dat Bas eerder al bij Piet was"),
    ]
)  # fmt: skip


@quick
@given(st.binary(max_size=400))
def test_any_bytes_give_a_case_or_a_clear_word(content):
    try:
        made = draft(content, "a.txt")
    except UsageError as fault:
        assert "a.txt" in fault.text("nl")  # noqa: PT017 - either is right
    else:
        assert is_whole(made)
        assert made.told("nl")


@quick
@given(
    st.lists(pieces | st.text(max_size=60), max_size=25),
    st.sampled_from(["", POST, "<!doctype html>"]),
    st.booleans(),
)
def test_any_text_gives_a_case_or_a_clear_word(lines, begin, keep_names):
    try:
        made = draft((begin + "\n".join(lines)).encode("utf-8", "replace"), "a.txt", keep_names=keep_names)
    except UsageError:
        return
    assert is_whole(made)


@quick
@given(
    st.dictionaries(
        st.text(max_size=8), st.text(max_size=40) | st.booleans() | st.lists(st.text(max_size=9)), max_size=5
    )
)
def test_what_is_written_is_read_back(table):
    assert tomllib.loads(toml({"a": 1, "t": table, "item": [table, {"en": table}]})) == {
        "a": 1,
        "t": table,
        "item": [table, {"en": table}],
    }


# Writing ------------------------------------------------------------------------------------------------------------


def test_a_draft_is_written_and_never_over_a_case(tmp_path):
    made = made_of("en-run.txt")
    file, unsure = made.write(tmp_path / "deep" / "er", "nl")
    assert check.read(file.parent) == made.case
    assert unsure.name == UNSURE
    assert unsure.read_text(encoding="utf-8") == made.told("nl")
    assert "original’s own words" in file.read_text(encoding="utf-8")
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="--to"):
        made.write(file.parent)
    assert file.read_text(encoding="utf-8") == "mine"


def test_the_themes_are_those_of_the_case_of_the_kit():
    themes = {name: dict(theme.label) for name, theme in THEMES.items() if name != "other"}
    assert themes == {name: dict(label) for name, label in default().themes.items()}
