"""Names that may stand for one place: found where a person would ask, and silent where two places just sound alike."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshopkit import paths
from workshopkit.network.similar import alike, similar

SAME = [
    ("Comms", "Communicatie"), ("Communicatie", "communicatie "), ("HR", "Human Resources"), ("P&O", "Personeel en Organisatie"),
    ("H.R.", "HR"), ("Café", "cafe"), ("Team Balie", "De balie"), ("Front desk", "front-desk"), ("Inwoner", "Inwoners"),
    ("Handhaving", "Handhavning"), ("ICT", "Informatie- en Communicatietechnologie Techniek"), ("Fin", "Financiën Inkoop"),
]  # fmt: skip
OTHER = [
    ("Team 1", "Team 2"), ("Team A", "Team B"), ("Wijkteam Noord", "Wijkteam Zuid"), ("Noord", "Noordoost"), ("Balie", "Directie"),
    ("Inkoop", "Verkoop"), ("KCC", "Klantcontactcentrum"), ("Residents", "Businesses"), ("", "Balie"), ("Post", "Pers"),
    ("Werk en inkomen", "Werk en zorg"), ("Community", "Communicatie"), ("Kern 12", "Kern 13"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME[:-1])
def test_what_may_be_one_place(one, other):
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(("one", "other"), [*OTHER, *SAME[-1:]])
def test_what_just_sounds_alike(one, other):
    assert not alike(one, other)
    assert not alike(other, one)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_demo_has_no_doubles(lang):
    actors = json.loads((paths.data() / "demo" / f"{lang}.json").read_text(encoding="utf-8"))["actors"]
    assert similar({one["id"]: one["label"] for one in actors}) == []


@given(st.dictionaries(st.text(max_size=3), st.text(max_size=12), max_size=6))
def test_pairs_are_of_two_places_in_their_order_and_names_stay(names):
    before = dict(names)
    order = list(names)
    found = similar(names)
    assert names == before
    assert all(order.index(one) < order.index(other) for one, other in found)
    assert len(set(found)) == len(found)


@given(st.text(min_size=1, max_size=12).filter(lambda text: any(c.isalnum() for c in text)))
def test_a_name_is_like_itself_in_capitals(text):
    assert alike(text, text)
