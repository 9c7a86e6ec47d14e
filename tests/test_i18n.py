from __future__ import annotations

import pytest

from workshopkit import errors
from workshopkit.i18n import Translator, catalogue, translator


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
