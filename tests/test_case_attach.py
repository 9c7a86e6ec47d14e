"""An original is laid beside a case, item by item, and kept for this user alone."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from test_case_check import GOOD
from workshopkit import paths
from workshopkit.case import attach, originals
from workshopkit.case.load import default
from workshopkit.case.model import build
from workshopkit.errors import UsageError

# A retelling of tests/case_texts/nl-achter-elkaar.txt, in other words.
TOLD = {
    "P1": ("Een verhuizing bij de koffie", "Van wie de koffieautomaat vult hoorde de schrijver dat de vestiging verhuist, en waarheen."),
    "P2": ("Een plan en een map", "Eerst was het grappig. Er is een projectgroep met een plan en dertig stukken; het bericht kwam met de suiker."),
    "P3": ("Het beste kanaal", "De schrijver stelt: de automaat is het beste kanaal, want iedereen komt er langs en niemand is de baas."),
    "P4": ("En jullie?", "Waar horen jullie nieuws?"),
    "C1": ("De rookplek", "Bij deze lezer is dat de rookplek."),
    "C2": ("Rook je nog?", "Een plagerij over roken."),
    "C3": ("De schoonmakers", "In een ziekenhuis weten de schoonmakers alles het eerst; nu zitten ze bij het overleg."),
    "C4": ("Voorstellen", "Mooi, dat wil de schrijver ook voorstellen."),
    "C5": ("Een podcast", "Met een microfoon erbij is het een podcast."),
    "C6": ("De nachtploeg", "De nachtploeg drinkt geen koffie en ziet de automaat nooit. Wie nodigen we uit?"),
}  # fmt: skip
BEGINS = {
    "P1": "Vorige week stond",
    "P2": "Ik vond dat eerst",
    "P3": "Mijn stelling",
    "P4": "Waar horen jullie",
    "C1": "Bij ons is het",
    "C2": "Rook jij",
    "C3": "Hoi Wietske,",
    "C4": "Mooi gedaan",
    "C5": "Ach Wietske",
    "C6": "Dag Wietske,",
}
ORIGINAL = (Path(__file__).parent / "case_texts" / "nl-achter-elkaar.txt").read_bytes()


@pytest.fixture(autouse=True)
def kept(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "originals", lambda: tmp_path / "originals")
    return tmp_path / "originals"


def case_of(told):
    raw = tomllib.loads(GOOD)
    raw["item"] = [
        {
            "id": id,
            "part": "post" if id[0] == "P" else "comment",
            "role": "writer",
            "themes": ["wall"],
            "acts": ["case"],
            "core": id == "P1",
            "nl": {"title": title, "text": text, "question": "Wat?"},
            **({"answers": "post"} if id[0] == "C" else {}),
        }
        for id, (title, text) in told.items()
    ]
    return build(raw)


def test_each_item_gets_its_passage():
    found = attach.align(ORIGINAL, "a.txt", case_of(TOLD))
    assert {id: found[id][: len(begins)] for id, begins in BEGINS.items()} == BEGINS
    assert found["C3"].endswith("minder berichten verloren.")
    assert found["C6"].endswith("Wie nodig je dan uit?")
    assert "Plantinga" not in "".join(found.values())


def test_one_paragraph_is_divided_over_the_items_that_retell_it():
    half = dict(TOLD)
    half["P1"] = (
        "Bij de koffie",
        "Bij de koffieautomaat hoorde de schrijver dat de vestiging gaat verhuizen.",
    )
    more = {
        "P1": half.pop("P1"),
        "P5": (
            "Wie het zei",
            "Niet de leidinggevende of intranet zei het, maar de man die de automaat vult.",
        ),
        **half,
    }
    found = attach.align(ORIGINAL, "a.txt", case_of(more))
    assert found["P1"].startswith("Vorige week")
    assert found["P5"].startswith("Niet van mijn")
    assert found["P2"].startswith("Ik vond")


def test_an_item_that_is_not_in_the_original_is_told():
    told = {"P1": TOLD["P1"], "P2": TOLD["P2"], "P7": ("Zeilboten", "Over zeilen, touwen, masten."), **TOLD}
    kept = attach.attach(ORIGINAL, "a.txt", case_of(told))
    assert kept.lacking == ("P7",)


def test_it_is_kept_and_found_again(kept):
    case = case_of(TOLD)
    assert originals.original(case.id) == {}
    made = attach.attach(ORIGINAL, "a.txt", case)
    assert made.file == kept / "own.json"
    assert originals.original("own") == made.passages
    assert attach.attach(ORIGINAL, "a.txt", case).passages == made.passages
    assert [path.name for path in kept.iterdir()] == ["own.json"]


def test_what_is_kept_may_be_damaged_and_a_name_leads_nowhere_else(kept):
    kept.mkdir()
    for content in ("", "[]", "{", '{"items": 3}', '{"items": {"P1": 3}}', "[" * 100_000):
        (kept / "own.json").write_text(content, encoding="utf-8")
        assert originals.original("own") == {}
    (kept.parent / "secret.json").write_text(json.dumps({"items": {"P1": "x"}}), encoding="utf-8")
    assert originals.original("../secret") == {}


def test_another_text_is_not_kept(kept):
    with pytest.raises(UsageError, match="does not look like the original"):
        attach.attach(b"Zeilen is leuk. Het waait.", "a.txt", default())
    assert not kept.exists()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=300)
    | st.lists(st.sampled_from(ORIGINAL.decode().split("\n")), max_size=8).map("\n".join)
)
def test_any_text_is_aligned_in_order_or_refused(text):
    try:
        found = attach.align(text.encode("utf-8", "replace"), "a.txt", default())
    except UsageError:
        return
    assert [id for id in default().items if id in found] == list(found)
    assert all(found.values())
