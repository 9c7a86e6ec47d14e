"""Anonymous answers in a real browser: 31 others and one phone, from the join page to the wall, and out again."""

from __future__ import annotations

import time
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from room import running_room
from visitor import DESK
from workshopkit.network.actors import Definition
from workshopkit.panels import demo
from workshopkit.room import definitions
from workshopkit.room.fold import fold
from workshopkit.room.release import released

pytestmark = pytest.mark.browser

ME = "demo-service"  # whose place the phone takes


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    payload = definitions.read_file(demo.definition_file("nl", anonymous=True))
    with running_room(tmp_path_factory.mktemp("room"), payload=payload) as room:
        given = demo._all_alone(room.workshop.id, Definition.read(payload), 1)
        others = [event for event in given if event["participant"] not in {"facilitator", ME}]
        yield room, others


def lead(room, kind, **payload):
    room.store.append(
        id=uuid4().hex,
        workshop=room.workshop.id,
        participant="facilitator",
        act=None,
        kind=kind,
        payload=payload,
    )


def test_nobody_is_told_apart_and_everybody_can_look_back_and_leave(crowd, visit):
    room, others = crowd
    phone, wall, cockpit = visit(), visit(DESK), visit(DESK)
    wall.page.goto(room.enter_url("wall"))
    cockpit.page.goto(room.enter_url())
    room.store.append_many([event for event in others if event["kind"] == "joined"])

    phone.page.goto(room.join_url)
    for sentence in (
        "niemand krijgt jouw antwoorden te zien",
        "wat 5 of meer mensen",
        "zonder te antwoorden",
    ):
        expect(phone.page.get_by_text(sentence)).to_be_visible()
    phone.page.get_by_role("button", name="Dienstverlening").click()
    expect(phone.page.locator(".seen-by p")).to_have_count(3)
    expect(wall.page.get_by_text("32 van 32 mensen zijn binnen")).to_be_visible()

    lead(room, "act.opened", act="case", part="P6")
    phone.page.get_by_role("button", name="herkennen we").click()
    expect(phone.page.get_by_text("Vertel een voorbeeld")).to_have_count(0)
    room.store.append_many([event for event in others if event["kind"] == "case.marked"])
    expect(wall.page.locator(".marks")).to_have_count(0)
    lead(room, "marks.shown", shown=True)
    expect(wall.page.locator(".marks").get_by_text("de meesten")).to_be_visible()
    lead(room, "act.opened", act="case", part="marks")
    expect(wall.page.get_by_role("img", name="bijna iedereen").first).to_be_visible()

    lead(room, "act.opened", act="lines", part="questions")
    expect(phone.page.get_by_text("Antwoord voor jezelf")).to_be_visible()
    room.store.append_many(
        [event for event in others if event["kind"] in {"told", "heard", "wish", "list.closed", "checked"}]
    )
    expect(cockpit.page.get_by_role("row", name="Wijk en ruimte 8 8 8")).to_be_visible()
    phone.page.get_by_role("button", name="Inwonerspanel").click()
    phone.page.get_by_role("button", name="Dit is iedereen").click()
    phone.page.get_by_role("button", name="Niemand").click()
    expect(phone.page.get_by_text("Van wie hadden jullie het graag")).to_be_visible()

    mine = phone.page.locator("details.mine")
    mine.locator("summary").click()
    expect(mine.get_by_text("“Krommer dan krom”: herkennen we")).to_be_visible()
    expect(mine.get_by_text("Inwonerspanel")).to_be_visible()
    expect(mine.get_by_text("niemand", exact=True)).to_be_visible()

    lead(room, "map.shown", shown=True)
    expect(wall.page.locator(".map")).to_be_visible()
    expect(wall.page.locator(".map > svg [class*='line-']")).to_have_count(0)
    lead(room, "map.shown", shown=False)
    lead(room, "act.opened", act="silos", part="arrives")
    expect(wall.page.locator(".map > svg .line-confirmed").first).to_be_visible()

    phone.page.get_by_role("link", name="Andere telefoon, of terugtrekken").click()
    phone.page.get_by_text("Terugtrekken", exact=True).first.click()
    phone.page.get_by_role("button", name="Haal onze antwoorden weg").click()
    expect(wall.page.get_by_text("31 van 31 telefoons klaar")).to_be_visible()
    for visitor in (wall, cockpit):
        assert visitor.faults == []


def test_who_chooses_another_group_leaves_nothing_in_the_first(crowd, visit):
    room, _others = crowd
    phone = visit()
    phone.page.goto(room.join_url)
    phone.page.get_by_role("button", name="Wijk en ruimte").click()
    expect(phone.page.locator("#app .seat")).to_have_text("Wijk en ruimte")
    phone.page.goto(room.join_url)
    expect(phone.page.get_by_text("worden je antwoorden in deze teruggetrokken")).to_be_visible()
    before = len(room.store.events(room.workshop.id, kinds={"withdrawn"}))
    phone.page.get_by_role("button", name="Bestuur en staf").click()
    expect(phone.page.locator("#app .seat")).to_have_text("Bestuur en staf")
    assert len(room.store.events(room.workshop.id, kinds={"withdrawn"})) == before + 1


def test_a_name_is_warned_about_before_it_is_sent(crowd, visit):
    room, _others = crowd
    phone = visit()
    phone.page.goto(room.join_url)
    phone.page.get_by_role("button", name="Inwonerspanel").click()
    lead(room, "act.opened", act="agreements", part="write")
    field = phone.page.get_by_label("Wie doet het?")
    field.fill("Fatima van den Berg")
    expect(phone.page.get_by_text("“Fatima van den Berg” lijkt op de naam van een persoon")).to_be_visible()
    field.fill("de woordvoerder")
    expect(phone.page.get_by_text("lijkt op de naam van een persoon")).to_have_count(0)


def test_a_group_tells_a_message_on_together_and_types_nothing(crowd, visit):
    room, _others = crowd
    one, two, wall = visit(), visit(), visit(DESK)
    lived = [
        (line.source, line.target)
        for line in released(fold(room.store.events(room.workshop.id))).lines
        if line.lived
    ]
    definition = Definition.read(room.store.events(room.workshop.id, kinds={"workshop.defined"})[0].payload)
    first = max(definition.seats, key=lambda seat: sum(source == seat.id for source, _ in lived))
    other = next(seat for seat in definition.seats if seat != first)
    for phone in (one, two):
        phone.page.goto(room.join_url)
        phone.page.get_by_role("button", name=first.label).click()
        expect(phone.page.locator("#app .seat")).to_have_text(first.label)
    wall.page.goto(room.enter_url("wall"))
    lead(room, "act.opened", act="message", part="relay")
    lead(room, "relay.started", starts={"out": first.id, "in": other.id}, at=time.time())
    one.page.get_by_role("button", name="We hebben het gelezen").click()
    expect(one.page.get_by_role("checkbox")).to_have_count(8)
    expect(one.page.get_by_role("button", name="Typen")).to_have_count(0)
    expect(one.page.locator("textarea")).to_have_count(0)
    one.page.get_by_role("checkbox").first.click()
    one.page.get_by_role("button", name="Zo vertellen wij het").click()
    for phone in (one, two):  # what one has told, the group has
        expect(phone.page.get_by_role("heading", name="Aan wie geven jullie het door?")).to_be_visible(
            timeout=30_000
        )
        assert phone.faults == []
    (told,) = room.store.events(room.workshop.id, kinds={"relay.told"})
    assert set(told.payload) == {"message", "round", "facts", "at"}
    expect(wall.page.locator(".relay-chain")).to_have_count(2)
    assert first.label not in wall.page.locator(".relay-wall").inner_html()
