"""The message on its way in the report: what the big screen told, nobody's name and nobody's text beyond that."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from markupsafe import escape
from pypdf import PdfReader

from report_helpers import HOSTILE, whole
from workshopkit.panels.demo import demo_workshop
from workshopkit.relay.content import messages
from workshopkit.report import html, pdf, ride
from workshopkit.report.bundle import bundle, restore
from workshopkit.report.options import Options
from workshopkit.room.fold import fold
from workshopkit.room.ride import Ride
from workshopkit.store import open_store

HEAD = "A message on its way: in the game"
TYPED = "Vanaf 2 maart een menu, ook op zaterdag"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    opened = open_store(f"sqlite:///{tmp_path_factory.mktemp('ride') / 'kit.db'}")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def held(store):
    found = whole(store)
    found.ride()
    return found


def text_of(paper):
    pages = PdfReader(io.BytesIO(paper)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_room_that_did_not_play_and_one_that_keeps_it_read_nothing_of_it(store):
    silent = whole(store)
    assert ride.told(silent.room, "en") is None
    assert HEAD not in html.render(silent.room, "en")
    assert HEAD not in text_of(pdf.render(silent.room, "en"))
    silent.ride(counted=False)
    assert HEAD not in html.render(silent.room, "en")
    assert TYPED not in html.render(silent.room, "en")


def test_it_says_what_was_played(held):
    relay = Ride.of(held.room, float("inf")).relay
    out, back = ride.told(held.room, "en").messages
    assert out.first == messages()["out"].text["en"]
    for message, one in (("out", out), ("in", back)):
        holders = relay.holders(message)
        rows = one.chain["table"]["rows"]
        assert len(rows) == len(holders)
        got = sorted(
            (holding.round, holding.hop) for key, holding in relay.got.items() if key.message == message
        )
        assert sorted((int(row[2].replace("–", "0")), int(row[3])) for row in rows) == got
        assert f"came to {len(holders) - 1} place" in " ".join(one.said)
        states = [state for state, _ in one.facts]
        assert states.count("kept") + states.count("lost") == 5
    assert "200 rides by chance" in " ".join(out.said)
    assert "If it ran as we think" in " ".join(out.said)


def test_a_place_has_a_name_only_after_its_own_tap(held):
    labels = {seat.label for seat in held.definition.seats}
    named = {
        row[0] for one in ride.told(held.room, "en").messages for row in one.chain["table"]["rows"]
    } & labels
    assert named == {"Team 0"}
    told = ride.told(held.room, "en")
    assert list(told.own) == ["t0"]
    assert "began here" in told.own["t0"][0]
    page = html.render(held.room, "en")
    assert page.count("began here") == 1
    assert "began here" not in html.render(held.room, "en", Options.checked(without=["message"]))


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_page_and_paper_say_the_same(held, lang):
    told = ride.told(held.room, lang)
    page, paper = html.render(held.room, lang), text_of(pdf.render(held.room, lang))
    for one in told.messages:
        for said in (*one.said, *one.last, *(words for _, words in one.facts)):
            assert said in paper
            assert str(escape(said)) in page
    assert told.carried
    assert told.carried in paper


def test_a_text_that_is_kept_off_the_screen_is_kept_out(store):
    found = whole(store)
    found.ride()
    assert TYPED in html.render(found.room, "nl")
    found.lead("relay.hidden", version="out/t0/1", hidden=True)
    assert TYPED not in html.render(found.room, "nl")
    assert TYPED not in text_of(pdf.render(found.room, "nl"))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(store, text):
    found = whole(store)
    found.ride(text=text.replace("\x00", "").encode("utf-8", "ignore").decode()[:140])
    page = html.render(found.room, "nl")
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert pdf.render(found.room, "nl").startswith(b"%PDF")


def test_the_bundle_says_that_a_restored_workshop_has_no_ride(store, held):
    packed = bundle(store, held.workshop.id, "en")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        there = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    assert "makes a report without it" in there["workshop/README.txt"]
    assert TYPED in there["workshop/report-nl.html"]
    assert TYPED not in there["workshop/events.json"]
    made = restore(store, packed)
    again = fold(store.events(made.id))
    assert ride.told(again, "en") is None
    with zipfile.ZipFile(io.BytesIO(bundle(store, made.id, "en"))) as archive:
        assert "makes a report without it" not in archive.read("workshop/README.txt").decode()


def test_where_everybody_answers_alone_no_place_has_a_name():
    store, workshop = demo_workshop("nl", anonymous=True)
    room = fold(store.events(workshop))
    group, other = [seat.id for seat in room.definition.seats][:2]
    who = next(one for one, seat in room.seats.items() if seat == group)

    def say(number, by, kind, **given):
        store.append(
            id=f"a{number}", workshop=workshop, participant=by, act="message", kind=kind, payload=given
        )

    say(1, "facilitator", "act.opened", act="message", part="relay")
    say(2, "facilitator", "relay.started", starts={"out": group, "in": other}, at=1000.0)
    say(3, who, "relay.told", message="out", round=1, facts=["o1", "o2"], at=1001.0)
    say(4, who, "relay.named", message="out", named=True, at=1600.0)
    say(5, "facilitator", "relay.counted", counted=True)
    room = fold(store.events(workshop))
    told = ride.told(room, "nl")
    labels = {actor.label for actor in room.definition.actors}
    assert not told.own
    for one in told.messages:
        chain = json.dumps([one.chain["table"]["rows"], one.chain["shapes"]])
        assert not any(label in chain for label in labels)
    store.close()
