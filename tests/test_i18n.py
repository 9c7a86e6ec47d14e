from __future__ import annotations

import io
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from hypothesis import given
from hypothesis import strategies as st

from map_helpers import patient
from workshopkit import errors
from workshopkit.i18n import Translator, catalogue, pofile, translator

NL = Path(__file__).parents[1] / "src/workshopkit/i18n/nl.po"
# What Babel cannot keep itself (line ends of other kinds are joined there) is in no message of ours.
WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]) | st.sampled_from('\n\t"\\{}#'), min_size=1
)


def test_fields_are_filled_in_and_foreign_brackets_left_alone():
    t = translator("en")
    assert t("The code {code} opens nothing.", code="{x}") == "The code {x} opens nothing."
    assert t("{unknown} stays", other=1) == "{unknown} stays"


@pytest.mark.parametrize(("count", "expected"), [(0, "0 lines"), (1, "1 line"), (2, "2 lines")])
def test_plural(count, expected):
    assert translator("en").n("{count} line", "{count} lines", count) == expected


def test_an_unknown_language_is_dutch():
    assert Translator("fr").lang == "nl"
    assert catalogue("fr") == {}


def test_an_error_speaks_both_languages():
    error = errors.UnknownSeat("There is no team {team}.", team="Balie")
    assert str(error) == "There is no team Balie."
    assert "Balie" in error.text("nl")


def test_every_error_is_in_the_picture_and_exported():
    family = {
        name
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, errors.WorkshopkitError)
    }
    assert family == set(errors.__all__)
    assert all(name in (errors.__doc__ or "") for name in family)


def read_by_babel(text: str) -> dict[str, str | tuple[str, ...]]:
    known = read_po(io.BytesIO(text.encode()), locale="nl")
    return {
        one.id if isinstance(one.id, str) else one.id[0]: one.string
        for one in known
        if one.id and one.string and not one.fuzzy
    }


def test_the_catalogue_is_what_babel_reads():
    text = NL.read_text(encoding="utf-8")
    assert catalogue("nl") == pofile.read(text) == read_by_babel(text)


def test_no_translation_says_the_same_twice():
    texts = [text for one in catalogue("nl").values() for text in ([one] if isinstance(one, str) else one)]

    def doubled(text):
        begin = text[:30]
        return len(begin) == 30 and text.count(begin) > 1

    assert [text for text in texts if doubled(text)] == []


@patient
@given(st.lists(st.tuples(WORDS, WORDS, st.sampled_from(("", "fuzzy", "plural", "obsolete"))), max_size=5))
def test_whatever_babel_writes_is_read(messages):
    made = Catalog(locale="nl", charset="utf-8")
    for one, other, kind in messages:
        if kind == "plural":
            made.add((one, f"{one}s"), (other, f"{other}en"))
        elif kind == "obsolete":
            made.obsolete[one] = Catalog().add(one, other)
        else:
            made.add(one, other, flags=[kind] if kind else [])
    out = io.BytesIO()
    write_po(out, made, width=40)
    text = out.getvalue().decode()
    assert pofile.read(text) == read_by_babel(text)
