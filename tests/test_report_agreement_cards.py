"""The agreements as cards to print: four to a page, each whole on its own quarter, also where every field is full."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from report_helpers import Afternoon, actors, whole
from workshopkit.report.agreement_cards import cards
from workshopkit.room.agreements import TEXTS
from workshopkit.store import open_store


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    opened = open_store(f"sqlite:///{tmp_path_factory.mktemp('cards') / 'kit.db'}")
    yield opened
    opened.close()


def read(room, lang="en"):
    return PdfReader(io.BytesIO(cards(room, lang)))


def text_of(page):
    return " ".join(page.extract_text().split())


def test_a_card_says_the_agreement_its_rehearsal_and_when_we_ask(store):
    text = text_of(read(whole(store).room).pages[0])
    assert "If a counter closes for a day, then we call the contact centre the day before." in text
    assert "That way it comes directly from Team 0 to Team 4." in text
    assert "That way it comes directly from Team 5 to Team 0." in text, "the other way round"
    assert "In a year, without us: the night shift" in text
    assert "Our goal: Fewer people at a closed door" in text
    assert "Imagine: Monday, nine o’clock. A counter closes for a day. What do you do first?" in text
    assert "We ask how it went on 4 April 2026 · 3 June 2026." in text
    assert "something rude" not in text, "it was taken off the screen"


def test_four_stand_on_a_page(store):
    held = Afternoon(store, actors(6))
    held.answer()
    assert cards(held.room, "nl") is None
    for number in range(5):
        held.agree(f"t{number}", "t5")
    assert [text_of(page).count("maandag, negen uur") for page in read(held.room, "nl").pages] == [4, 1]


def test_a_full_card_stays_within_its_quarter(store):
    held = Afternoon(store, actors(3))
    held.answer()
    held.agree("t0", "t1", texts={name: ("wat gebeurt er dan " * 20)[:most] for name, most in TEXTS.items()})
    held.agree("t1", "t2", texts={name: "W" * most for name, most in TEXTS.items()})
    lowest = []
    page = read(held.room).pages[0]

    def visit(said, _matrix, at, *_font):
        if said.strip():
            lowest.append(at[5])

    page.extract_text(visitor_text=visit)
    half = float(page.mediabox.height) / 2
    assert lowest
    assert min(lowest) > half, "both stand on the upper half"
