"""All faults of a case are told at once, each with its line."""

from __future__ import annotations

import copy
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshopkit import paths
from workshopkit.case import check
from workshopkit.case.load import default, names, open_case

GOOD = """\
id = "own"
languages = ["nl"]
short = ["P1"]
[title]
nl = "Titel"
[credit]
nl = "Van ons"
[roles.writer]
nl = "De schrijver"
[themes]
wall = { nl = "Muren" }
[[item]]
id = "P1"
part = "post"
role = "writer"
themes = ["wall"]
acts = ["case"]
core = true
[item.nl]
title = "Een"
text = '''
Tekst
id = "geen sleutel"
'''
question = "Wat?"
[[item]]
id = "C1"
part = "comment"
answers = "post"
role = "writer"
themes = ["wall"]
acts = ["case"]
refers = ["P1"]
[item.nl]
title = "Twee"
text = "Tekst"
question = "Wie?"
"""


@pytest.fixture
def case(tmp_path):
    """Write a case, and give the faults of it as lines and texts."""

    def faults(text):
        file = tmp_path / "case.toml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        with pytest.raises(check.BadCase) as bad:
            check.read(tmp_path)
        assert bad.value.text("nl") != bad.value.text("en")
        return [(fault.line, fault.text("en")) for fault in bad.value.faults]

    return faults


@pytest.mark.parametrize("name", names())
def test_the_cases_of_the_kit_have_no_fault(name):
    assert open_case(paths.data() / "cases" / name).items


def test_a_good_case_has_no_fault(tmp_path):
    (tmp_path / "case.toml").write_text(GOOD, encoding="utf-8")
    found = open_case(tmp_path)
    assert (found.id, list(found.items), found.items["C1"].text["en"]) == ("own", ["P1", "C1"], "Tekst")
    (tmp_path / "case.toml").write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert open_case(tmp_path / "case.toml").items.keys() == found.items.keys()


@pytest.mark.parametrize(
    ("old", "new", "line", "word"),
    [
        ('id = "own"', 'id = "Own!"', 1, "Own! does not fit"),
        ('id = "own"\n', "", 1, "“id” is missing"),
        ('["nl"]', '["fr"]', 2, "“fr” is not one of nl, en"),
        ('["nl"]', '["nl", "en"]', 4, "title: the text in en is missing"),
        ('["nl"]', '["nl", "nl"]', 2, "twice"),
        ('["P1"]\n[title]', '["P9"]\n[title]', 3, "short names P9"),
        ('nl = "Titel"', 'nl = ""', 5, "nothing stands here"),
        ('nl = "Titel"', f'nl = "{"x" * 121}"', 5, "too long, at most 120"),
        ('[credit]\nnl = "Van ons"\n', "", 1, "“credit” is missing"),
        ('id = "C1"', 'id = "P1"', 13, "P1 stands there 2 times"),
        ('part = "comment"', 'part = "reply"', 28, "“reply” is not one of post, comment"),
        ('part = "post"', 'part = "post"\nanswers = "post"', 15, "answers nothing"),
        ('answers = "post"\n', "", 26, "a comment answers"),
        ('answers = "post"', 'answers = "C9"', 29, "not “C9”"),
        ('answers = "post"', 'answers = "C1"', 29, "not “C1”"),
        ('role = "writer"', 'role = "nobody"', 15, "no role nobody"),
        ('themes = ["wall"]', 'themes = ["hill"]', 16, "no theme hill"),
        ('themes = ["wall"]', "themes = []", 16, "nothing stands here"),
        ('acts = ["case"]', 'acts = ["dance"]', 17, "“dance” is not one of"),
        ("core = true\n", "", 3, "short names P1"),
        ("core = true", "core = true\ncolour = 1", 19, "“colour” is not known"),
        ('refers = ["P1"]', 'refers = ["P7"]', 33, "no item P7"),
        ('question = "Wie?"\n', "", 34, "“question” is missing"),
        ('question = "Wie?"', "question = 3", 37, "“3” does not fit"),
        ('text = "Tekst"', 'text = "Tekst', 36, "cannot be read as TOML"),
    ],
)
def test_each_fault_has_its_line(case, old, new, line, word):
    assert old in GOOD
    changed = GOOD.replace(old, new, 1)
    found = case(changed)
    assert any(word.replace("Own! does", "“Own!” does") in text for _, text in found), found
    told = next(number for number, text in found if word.replace("Own! does", "“Own!” does") in text)
    assert told == line, found


def test_replies_in_a_circle(case):
    more = (
        GOOD[GOOD.index('[[item]]\nid = "C1"') :].replace('id = "C1"', 'id = "C2"').replace('"post"', '"C1"')
    )
    found = case(GOOD.replace('answers = "post"', 'answers = "C2"') + more)
    assert [text.split(": ")[1] for _, text in found] == ["C1", "C2"]


def test_uncertain_in_one_language_only(case):
    both = GOOD.replace('["nl"]', '["nl", "en"]')
    for name in ("Titel", "Van ons", "De schrijver"):
        both = both.replace(f'nl = "{name}"', f'nl = "{name}"\nen = "{name}"')
    both = both.replace('{ nl = "Muren" }', '{ nl = "Muren", en = "Walls" }')
    english = '[item.en]\ntitle = "a"\ntext = "b"\nquestion = "c"\n'
    both = both.replace('question = "Wat?"\n', f'question = "Wat?"\nuncertain = "Wie?"\n{english}') + english
    (found,) = case(both)
    assert "“uncertain” is missing in en" in found[1]


def test_all_faults_are_told_at_once_in_their_order(case):
    found = case(GOOD.replace('["wall"]', '["hill"]').replace('refers = ["P1"]', 'refers = ["P7"]'))
    assert len(found) == 3
    assert [line for line, _ in found] == sorted(line for line, _ in found)


def test_too_many_cards_to_read_aloud(case):
    first = GOOD[GOOD.index("[[item]]") : GOOD.index('[[item]]\nid = "C1"')]
    more = "".join(first.replace('"P1"', f'"P{number}"') for number in range(2, 23))
    assert any("22 cards are core" in text for _, text in case(GOOD + more))


@pytest.mark.parametrize("content", [b"\xff\xfe", b"\x00", b"a = [" * 3000, b"=", b"x" * 600_000])
def test_what_is_no_case_is_one_fault(case, content):
    assert len(case(content)) == 1


def test_a_folder_without_a_case(tmp_path):
    for path in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(check.BadCase, match=r"case\.toml"):
            check.read(path)


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None, max_examples=200)
@given(json_like)
def test_anything_at_all_has_faults(raw):
    assert check.faults_in(raw)
    for fault in check.faults_in(raw):
        assert fault.text("nl")


def places(raw, at=()):
    """Give all places in nested data."""
    yield at
    if isinstance(raw, dict | list):
        for key, value in raw.items() if isinstance(raw, dict) else enumerate(raw):
            yield from places(value, (*at, key))


PLACES = [at for at in places(tomllib.loads(GOOD)) if at]


@settings(deadline=None, max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(PLACES), json_like), min_size=1, max_size=3))
def test_a_case_with_anything_put_somewhere_has_faults_or_is_a_case(changes):
    raw = copy.deepcopy(tomllib.loads(GOOD))
    for at, value in changes:
        here = raw
        for key in at[:-1]:
            if not (isinstance(here, dict) and key in here) and not (
                isinstance(here, list) and len(here) > (key if isinstance(key, int) else 99)
            ):
                break
            here = here[key]
        else:
            if isinstance(here, dict) or (
                isinstance(here, list) and isinstance(at[-1], int) and len(here) > at[-1]
            ):
                here[at[-1]] = value
    for fault in check.faults_in(raw):
        assert fault.text("nl")
        assert fault.text("en")


@settings(deadline=None, max_examples=150)
@given(
    st.binary(max_size=300) | st.text(max_size=200).map(lambda text: (GOOD + text).encode("utf-8", "replace"))
)
def test_any_file_is_a_case_or_has_faults(tmp_path_factory, content):
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_bytes(content)
    try:
        assert check.read(file)["id"] == "own"
    except check.BadCase as bad:
        assert all(fault.text("nl") for fault in bad.faults)  # noqa: PT017 - either is right


def test_the_demo_has_the_case_of_the_kit():
    assert default().id == "straight-lines"
