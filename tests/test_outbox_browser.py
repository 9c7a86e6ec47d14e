"""What is tapped on a phone is stored exactly once: with reloads, double taps, two tabs, a full browser, a busy store."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from browser_helpers import (
    LONG,
    OFFLINE,
    ONLINE,
    STORED,
    WAITING,
    kernels_of,
    lead,
    row,
    tap,
    told,
    workshop_in,
)
from proxy import Proxy
from room import running_room
from visitor import DESK, join
from workshopkit.bots.client import Browser

pytestmark = pytest.mark.browser

CLOSED = "Dit deel is nu dicht, dus dit antwoord is niet opgeslagen."
EVERYONE = "Dit is iedereen"
STAY = "Sluit deze pagina nog niet."


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with running_room(tmp_path_factory.mktemp("outbox")) as running:
        yield running


@pytest.fixture
def room(house):
    return workshop_in(house)


@pytest.fixture
def network(room):
    with Proxy(room.port) as proxy:
        yield proxy


@pytest.fixture
def phone(room, network, visit):
    """Give the phone of the front desk, on a network that can fail, at the first question."""
    visitor = visit()
    join(visitor, replace(room, port=network.port), "Balie")
    expect(visitor.page.get_by_text(EVERYONE).or_(row(visitor.page, "Niemand"))).to_be_visible(timeout=LONG)
    return visitor


def answers(room, *kinds):
    return [event.payload for event in room.store.events(room.workshop.id, kinds=set(kinds))]


# Reload ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lost", ["questions", "acknowledgements"])
def test_a_reload_before_the_acknowledgement_loses_nothing_and_stores_once(room, network, phone, lost):
    network.stall(up=lost == "questions", down=True)
    tap(phone.page, "Gebiedsteam", "Directie", "Communicatie")
    expect(phone.page.get_by_text(WAITING)).to_be_visible()
    phone.page.evaluate("location.reload()")
    network.resume()

    for name in ("Gebiedsteam", "Directie", "Communicatie"):
        expect(row(phone.page, name)).to_have_attribute("aria-pressed", "true", timeout=LONG)
    expect(phone.page.get_by_text(STORED)).to_be_visible(timeout=LONG)
    assert told(room) == [("area-team", "yes"), ("management", "yes"), ("communication", "yes")]
    assert phone.page.evaluate("Object.keys(localStorage).filter((key) => key.includes('outbox'))") == []


# Two fast taps ---------------------------------------------------------------------------------------------------


def test_two_fast_taps_on_a_row_are_one_answer(room, phone):
    row(phone.page, "Gebiedsteam").dblclick()
    tap(phone.page, "Directie")
    expect(phone.page.get_by_text(STORED)).to_be_visible()
    assert told(room) == [("area-team", "yes"), ("management", "yes")]


def test_two_fast_taps_on_a_choice_are_one_answer(room, phone):
    tap(phone.page, "Gebiedsteam")
    phone.page.get_by_role("button", name="twijfel", exact=True).dblclick()
    tap(phone.page, "Directie")
    expect(phone.page.get_by_text(STORED)).to_be_visible()
    assert [(one["to"], one["expected"]) for one in answers(room, "told")] == [
        ("area-team", "yes"),
        ("area-team", "doubt"),
        ("management", "yes"),
    ]


def test_two_fast_taps_on_take_back_touch_no_other_row(room, phone):
    tap(phone.page, "Klantcontactcentrum")
    phone.page.get_by_role("button", name="Haal weg").dblclick()
    expect(row(phone.page, "Klantcontactcentrum")).to_have_attribute("aria-pressed", "false")
    expect(phone.page.get_by_text(STORED)).to_be_visible()
    tap(phone.page, "Directie")
    expect(phone.page.get_by_text(STORED)).to_be_visible()
    assert told(room) == [("contact-centre", "yes"), ("contact-centre", "no"), ("management", "yes")]


def test_two_fast_taps_on_this_is_everyone_end_one_question(room, phone):
    tap(phone.page, "Gebiedsteam")
    phone.page.get_by_role("button", name=EVERYONE).dblclick()
    expect(phone.page.get_by_text("Van wie hebben jullie het gehoord?")).to_be_visible()
    phone.page.get_by_role("button", name="Niemand").dblclick()
    expect(phone.page.get_by_text("Van wie hadden jullie het graag rechtstreeks gehoord?")).to_be_visible()
    phone.page.get_by_role("button", name="Niemand").dblclick()
    expect(phone.page.get_by_text("Klopt dit?")).to_be_visible()
    expect(phone.page.get_by_text(STORED)).to_be_visible()
    *closed, wish = answers(room, "list.closed", "heard", "wish", "checked")
    assert closed == [{"list": "told"}, {"list": "heard"}]
    assert wish["from"] is None


def test_two_fast_taps_on_a_team_make_one_participant_with_one_kernel(room, visit):
    phone = visit()
    phone.page.goto(room.join_url)
    phone.page.get_by_role("button", name=re.compile("^Directie")).dblclick()
    tap(phone.page, "Balie")
    expect(phone.page.get_by_text(STORED)).to_be_visible()
    joined = room.store.events(room.workshop.id, kinds={"joined"})
    assert [event.payload["actor"] for event in joined] == ["management"]
    assert {event.participant for event in room.store.events(room.workshop.id, kinds={"told"})} == {
        joined[0].participant
    }


def test_two_fast_taps_in_the_cockpit_do_not_undo_each_other(room, visit):
    lead(room, "act.closed", act="lines")
    cockpit = visit(DESK)
    cockpit.page.goto(room.enter_url())
    cockpit.page.get_by_role("button", name="Verder").dblclick()
    expect(cockpit.page.get_by_role("heading", name="De lijnen")).to_be_visible()
    cockpit.page.get_by_role("button", name="Toon de kaart").dblclick()
    expect(cockpit.page.get_by_role("button", name="Verberg de kaart")).to_be_visible()
    expect(cockpit.page.get_by_text(STORED, exact=True)).to_be_visible()
    said = [event.kind for event in room.store.events(room.workshop.id)]
    assert said == ["workshop.defined", "act.opened", "act.closed", "act.opened", "map.shown"]


# Two tabs, two phones --------------------------------------------------------------------------------------------


def test_two_tabs_show_the_same_and_each_lives_on_when_the_other_is_closed(room, network, phone):
    tap(phone.page, "Gebiedsteam")
    other = phone.context.new_page()
    other.goto(phone.page.url)
    expect(row(other, "Gebiedsteam")).to_have_attribute("aria-pressed", "true", timeout=LONG)
    tap(other, "Directie")
    expect(row(phone.page, "Directie")).to_have_attribute("aria-pressed", "true")
    assert len(kernels_of(room)) >= 2

    phone.page.close()
    tap(other, "Communicatie")
    expect(other.get_by_text(STORED)).to_be_visible()
    expect(other.get_by_text(OFFLINE)).to_be_hidden()
    assert told(room) == [("area-team", "yes"), ("management", "yes"), ("communication", "yes")]
    assert len({event.participant for event in room.store.events(room.workshop.id, kinds={"told"})}) == 1


def test_what_a_closed_tab_left_waiting_is_sent_once_by_the_other(room, network, phone):
    other = phone.context.new_page()
    other.goto(phone.page.url)
    tap(other, "Gebiedsteam")
    network.cut()
    tap(phone.page, "Directie")
    tap(other, "Communicatie")
    phone.page.close()
    network.resume()

    expect(row(other, "Directie")).to_have_attribute("aria-pressed", "true", timeout=LONG)
    expect(other.get_by_text(STORED)).to_be_visible(timeout=LONG)
    assert told(room) == [("area-team", "yes"), ("management", "yes"), ("communication", "yes")]


def test_an_acknowledgement_that_comes_late_does_not_bring_back_what_was_taken_back(room, network, phone):
    network.stall(up=False, down=True)
    tap(phone.page, "Gebiedsteam")
    other = phone.context.new_page()
    other.goto(room.url())  # past the bad network
    expect(row(other, "Gebiedsteam")).to_have_attribute("aria-pressed", "true", timeout=LONG)
    row(other, "Gebiedsteam").click()
    other.get_by_role("button", name="Haal weg").click()
    expect(other.get_by_text(STORED)).to_be_visible()
    network.cut()
    expect(phone.page.get_by_text(OFFLINE)).to_be_visible()
    network.resume()

    expect(phone.page.get_by_text(STORED)).to_be_visible(timeout=LONG)
    expect(row(phone.page, "Gebiedsteam")).to_have_attribute("aria-pressed", "false")
    assert told(room) == [("area-team", "yes"), ("area-team", "no")]


def test_two_phones_that_disagree_both_see_it_and_the_choice_settles_it(room, phone, visit):
    twin = visit()
    join(twin, room, "Balie")
    tap(phone.page, "Gebiedsteam")
    expect(row(twin.page, "Gebiedsteam")).to_have_attribute("aria-pressed", "true")
    row(twin.page, "Gebiedsteam").click()
    twin.page.get_by_role("button", name="twijfel", exact=True).click()
    for visitor in (phone, twin):
        expect(visitor.page.get_by_role("alert")).to_contain_text("Gebiedsteam")
    phone.page.get_by_role("alert").get_by_role("button", name="ja (deze telefoon)").dblclick()
    for visitor in (phone, twin):
        expect(visitor.page.get_by_role("alert")).to_have_count(0)
        expect(visitor.page.get_by_text(STORED)).to_be_visible()
    tap(phone.page, "Directie")
    expect(row(twin.page, "Directie")).to_have_attribute("aria-pressed", "true")
    expect(phone.page.get_by_text(STORED)).to_be_visible()
    assert [one["to"] for one in answers(room, "told")] == ["area-team", "area-team", "management"]
    assert len(answers(room, "chosen")) == 1
    sheet = phone.page.get_by_role("button", name=re.compile("^Gebiedsteam"))
    expect(sheet).to_contain_text("ja")
    assert phone.faults == twin.faults == []


# Refused ---------------------------------------------------------------------------------------------------------


def test_answers_that_come_after_the_questions_closed_are_refused_in_words(room, network, phone, visit):
    cockpit = visit(DESK)
    cockpit.page.goto(room.enter_url())
    tap(phone.page, "Gebiedsteam")
    expect(phone.page.get_by_text(STORED)).to_be_visible()
    network.cut()
    tap(phone.page, "Directie")
    expect(phone.page.get_by_text(WAITING)).to_be_visible()
    cockpit.page.get_by_role("button", name="Doorbraak").click()
    expect(cockpit.page.get_by_role("heading", name="Doorbraak")).to_be_visible()
    expect(cockpit.page.get_by_text(STORED, exact=True)).to_be_visible()
    network.resume()

    expect(phone.page.get_by_text(CLOSED)).to_be_visible(timeout=LONG)
    expect(phone.page.get_by_role("heading", name="Wat herstellen we eerst?")).to_be_visible()
    assert told(room) == [("area-team", "yes")]
    phone.page.get_by_role("button", name="Gelezen").click()
    expect(phone.page.get_by_text(CLOSED)).to_be_hidden()
    cockpit.page.get_by_role("button", name="De lijnen").click()
    expect(row(phone.page, "Gebiedsteam")).to_have_attribute("aria-pressed", "true")
    expect(row(phone.page, "Directie")).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize(("lang", "word"), [("nl", "Op deze kaart staat geen"), ("en", "There is no")])
def test_a_forged_answer_is_refused_in_the_language_of_the_phone(room, lang, word):
    async def forge():
        async with asyncio.timeout(60):
            return await refused()

    async def refused():
        browser = Browser(room.local, {"workshopkit-lang": lang})
        page = await (await browser.join(room.workshop.code, "front-desk")).connect()
        try:
            return await page.send("told", {"to": "nobody", "answer": "yes", "expected": "yes"})
        finally:
            await page.close()

    with ThreadPoolExecutor(1) as thread:  # Playwright's loop runs in this one
        answer = thread.submit(asyncio.run, forge()).result()
    assert answer["type"] == "refused"
    assert answer["message"].startswith(f"{word} “nobody”")
    assert told(room) == []


# A full browser, a busy store ------------------------------------------------------------------------------------

NO_ROOM = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
NO_STORAGE = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"


@pytest.mark.parametrize("rule", [NO_ROOM, NO_STORAGE], ids=["full", "forbidden"])
def test_a_browser_that_keeps_nothing_stores_answers_and_says_to_stay(room, network, visit, rule):
    phone = visit()
    phone.context.add_init_script(rule)
    join(phone, replace(room, port=network.port), "Balie")
    tap(phone.page, "Gebiedsteam")
    expect(phone.page.get_by_text(STORED)).to_be_visible()
    expect(phone.page.get_by_text(STAY)).to_be_hidden()
    network.cut()
    tap(phone.page, "Directie")
    expect(phone.page.get_by_text(STAY)).to_be_visible()
    network.resume()
    expect(phone.page.get_by_text(STAY)).to_be_hidden(timeout=LONG)
    expect(phone.page.get_by_text(STORED)).to_be_visible()
    assert told(room) == [("area-team", "yes"), ("management", "yes")]


def test_a_browser_that_keeps_nothing_survives_also_the_end_of_its_kernel(room, network, visit):
    phone = visit()
    phone.context.add_init_script(NO_ROOM)
    before = {process.pid for process in kernels_of(room)}
    join(phone, replace(room, port=network.port), "Balie")
    tap(phone.page, "Gebiedsteam")
    expect(phone.page.get_by_text(STORED)).to_be_visible()
    network.cut()
    tap(phone.page, "Directie")
    (kernel,) = (process for process in kernels_of(room) if process.pid not in before)
    kernel.kill()
    network.resume()
    expect(phone.page.get_by_text(ONLINE)).to_be_visible(timeout=LONG)
    expect(phone.page.get_by_text(STORED)).to_be_visible(timeout=LONG)
    assert told(room) == [("area-team", "yes"), ("management", "yes")]


def test_a_busy_store_lets_answers_wait_with_the_reason(room, phone):
    tap(phone.page, "Gebiedsteam")
    expect(phone.page.get_by_text(STORED)).to_be_visible()
    other = sqlite3.connect(room.store.path, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        tap(phone.page, "Directie", "Communicatie")
        row(phone.page, "Communicatie").click()
        row(phone.page, "Communicatie").click()
        phone.page.get_by_role("button", name="Haal weg").click()
        expect(phone.page.locator(".saving-waiting")).to_contain_text(
            "Nu kan het even niet worden bewaard.", timeout=LONG
        )
        assert told(room) == [("area-team", "yes")]
    finally:
        other.close()
    expect(phone.page.get_by_text(STORED)).to_be_visible(timeout=LONG)
    assert told(room) == [
        ("area-team", "yes"),
        ("management", "yes"),
        ("communication", "yes"),
        ("communication", "no"),
    ]
    expect(row(phone.page, "Communicatie")).to_have_attribute("aria-pressed", "false")
