"""A phone comes through outages, killed processes and endings, and its answers with it."""

from __future__ import annotations

import asyncio
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import psutil
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
    send,
    tap,
    told,
    workshop_in,
)
from proxy import Proxy
from room import running_room
from visitor import join
from workshopkit.bots.client import Browser

pytestmark = pytest.mark.browser

TEAMS = {
    "Klantcontactcentrum": "contact-centre",
    "Vergunningen": "permits",
    "Gebiedsteam": "area-team",
    "Toezicht en handhaving": "enforcement",
    "Wijkteam": "care-team",
    "Werk en inkomen": "work-income",
    "Directie": "management",
    "Communicatie": "communication",
}
OUT = "Jullie antwoorden tellen niet meer mee. Jullie kunnen opnieuw meedoen."
OVER = "De workshop is voorbij"
CLOSED = "Dit deel is nu dicht, dus dit antwoord is niet opgeslagen."
SLOW = "Dit duurt langer dan anders."
FIRST = "Aan wie hebben jullie dit zelf verteld?"
LOOK_AWAY = """(away) => {
  Object.defineProperty(document, "hidden", { get: () => away, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with running_room(tmp_path_factory.mktemp("resilience")) as running:
        yield running


@pytest.fixture
def room(house):
    return workshop_in(house)


@pytest.fixture
def network(room):
    with Proxy(room.port) as proxy:
        yield proxy


@pytest.fixture
def outside(room, network):
    """Give the room as it is reached over the network that can fail."""
    return replace(room, port=network.port)


@pytest.fixture
def phone(outside, visit):
    visitor = visit()
    join(visitor, outside, "Balie")
    expect(visitor.page.get_by_text(FIRST)).to_be_visible(timeout=LONG)
    return visitor


def pressed(page):
    return page.locator(".row-name[aria-pressed=true]").evaluate_all(
        "rows => rows.map((row) => row.children[1].textContent)"
    )


# Outages ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seconds", [4, pytest.param(30, marks=pytest.mark.slow)])
def test_an_outage_is_told_and_what_was_tapped_meanwhile_is_stored_in_its_order(
    room, network, phone, seconds
):
    page = phone.page
    tap(page, "Gebiedsteam")
    expect(page.get_by_text(STORED)).to_be_visible()
    page.evaluate("window.samePage = true")
    network.cut(for_s=seconds)
    expect(page.get_by_text(OFFLINE)).to_be_visible()
    tap(page, "Wijkteam", "Directie")
    expect(page.get_by_text(WAITING)).to_be_visible()
    expect(page.get_by_text(STORED)).to_be_hidden()
    before = pressed(page)
    assert told(room) == [("area-team", "yes")]

    expect(page.get_by_text(ONLINE)).to_be_visible(timeout=LONG + 1000 * seconds)
    expect(page.get_by_text(STORED)).to_be_visible(timeout=LONG)
    expect(page.get_by_text(ONLINE)).to_be_hidden(timeout=LONG)
    expect(page.get_by_text(OFFLINE)).to_be_hidden()
    assert network.outages[0] >= seconds
    assert told(room) == [("area-team", "yes"), ("care-team", "yes"), ("management", "yes")]
    assert pressed(page) == before == ["Gebiedsteam", "Wijkteam", "Directie"]
    assert page.evaluate("window.samePage") is True
    tap(page, "Communicatie")
    expect(page.get_by_text(STORED)).to_be_visible()
    assert told(room)[-1] == ("communication", "yes")


@pytest.mark.slow
def test_a_network_that_falls_silent_is_noticed_without_a_tap(room, network, phone):
    tap(phone.page, "Gebiedsteam")
    expect(phone.page.get_by_text(STORED)).to_be_visible()
    network.stall()
    expect(phone.page.get_by_text(OFFLINE)).to_be_visible(timeout=LONG)
    lead(room, "act.closed", act="lines")
    network.resume()
    expect(phone.page.get_by_text("De begeleider opent zo de eerste vraag")).to_be_visible(timeout=LONG)
    assert told(room) == [("area-team", "yes")]


@pytest.mark.slow
def test_the_kernel_of_a_phone_that_vanished_is_gone_in_two_minutes_and_the_phone_comes_back_at_once(
    room, network, phone
):
    tap(phone.page, "Gebiedsteam")
    expect(phone.page.get_by_text(STORED)).to_be_visible()
    kernels = kernels_of(room)
    assert kernels
    network.stall()
    tap(phone.page, "Directie")
    _, alive = psutil.wait_procs(kernels, timeout=120)
    assert not alive
    network.resume()
    expect(phone.page.get_by_text(STORED)).to_be_visible(timeout=LONG)
    assert pressed(phone.page) == ["Gebiedsteam", "Directie"]
    assert told(room) == [("area-team", "yes"), ("management", "yes")]


def test_a_page_that_nobody_looked_at_before_an_outage_is_up_to_date_after_it(room, network, phone):
    phone.page.evaluate(LOOK_AWAY, True)
    network.cut()
    expect(phone.page.get_by_text(OFFLINE)).to_be_visible()
    phone.page.evaluate(LOOK_AWAY, False)
    network.resume()
    expect(phone.page.get_by_text(ONLINE)).to_be_visible(timeout=LONG)
    lead(room, "act.closed", act="lines")
    expect(phone.page.get_by_text("De begeleider opent zo de eerste vraag")).to_be_visible()


# kill -9 ---------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("victim", ["door", "warm", "analyst", "kernel"])
def test_what_a_phone_called_stored_survives_a_kill_and_the_rest_is_sent(room, phone, victim):
    page = phone.page
    said = []
    for answer in ("yes", "doubt"):
        for number, (name, actor) in enumerate(TEAMS.items()):
            middle = number == len(TEAMS) // 2
            if middle:
                kill(room, victim)
            row(page, name).click()
            if answer == "doubt":
                page.get_by_role("button", name="twijfel", exact=True).click()
            said.append((actor, answer))
            if middle and victim != "analyst":
                expect(page.get_by_text(WAITING)).to_be_visible()
            if page.get_by_text(STORED).is_visible():
                assert expectations(room) == said

    expect(page.get_by_text(STORED)).to_be_visible(timeout=LONG)
    assert expectations(room) == said
    assert pressed(page) == list(TEAMS)
    page.get_by_role("button", name="Dit is iedereen").click()
    page.get_by_role("button", name="Niemand").click()
    page.get_by_role("button", name="Niemand").click()
    page.get_by_role("button", name="Klopt", exact=True).click()
    expect(page.get_by_text("1 van de 12 teams klaar")).to_be_visible(timeout=LONG)
    expect(page.get_by_text(OFFLINE)).to_be_hidden()
    page.reload()
    expect(page.get_by_text("1 van de 12 teams klaar")).to_be_visible(timeout=LONG)
    assert expectations(room) == said


@pytest.mark.slow
def test_a_kernel_that_hangs_is_left_for_another_one(room, phone):
    tap(phone.page, "Gebiedsteam")
    expect(phone.page.get_by_text(STORED)).to_be_visible()
    hung = kernels_of(room)
    send(hung, signal.SIGSTOP)
    try:
        tap(phone.page, "Directie")
        expect(phone.page.get_by_text(ONLINE)).to_be_visible(timeout=3 * LONG)
        expect(phone.page.get_by_text(STORED)).to_be_visible(timeout=LONG)
    finally:
        send(hung, signal.SIGCONT)
    expect(phone.page.get_by_text(ONLINE)).to_be_hidden(timeout=LONG)
    assert told(room) == [("area-team", "yes"), ("management", "yes")]


def kill(room, victim):
    if victim == "kernel":
        send(kernels_of(room), signal.SIGKILL)
    else:
        os.kill(room.pid(victim), signal.SIGKILL)


def expectations(room):
    events = room.store.events(room.workshop.id, kinds={"told"})
    assert len({event.id for event in events}) == len(events)
    return [(event.payload["to"], event.payload["expected"]) for event in events]


# Endings and beginnings ------------------------------------------------------------------------------------------


def test_a_personal_code_brings_everything_back_on_another_phone(room, outside, phone, visit):
    tap(phone.page, "Gebiedsteam", "Directie")
    expect(phone.page.get_by_text(STORED)).to_be_visible()
    code = personal_code(phone)
    other = come_back(visit(), outside, code)
    for name in ("Gebiedsteam", "Directie"):
        expect(row(other.page, name)).to_have_attribute("aria-pressed", "true", timeout=LONG)
    tap(other.page, "Communicatie")
    phone.page.goto(outside.url())
    expect(row(phone.page, "Communicatie")).to_have_attribute("aria-pressed", "true", timeout=LONG)
    assert {event.participant for event in room.store.events(room.workshop.id, kinds={"told"})} == {
        event.participant for event in room.store.events(room.workshop.id, kinds={"joined"})
    }


def test_a_withdrawal_on_one_phone_is_told_on_the_other_which_can_join_again(room, outside, phone, visit):
    tap(phone.page, "Gebiedsteam")
    expect(phone.page.get_by_text(STORED)).to_be_visible()
    code = personal_code(phone)
    other = come_back(visit(), outside, code)
    expect(row(other.page, "Gebiedsteam")).to_have_attribute("aria-pressed", "true", timeout=LONG)
    phone.page.get_by_text("Terugtrekken").click()
    phone.page.get_by_role("button", name="Haal onze antwoorden weg").click()
    expect(phone.page.get_by_text(OUT)).to_be_visible()

    expect(other.page.get_by_text(OUT)).to_be_visible(timeout=LONG)
    other.page.get_by_label("De code op het grote scherm").fill(room.workshop.code)
    other.page.get_by_role("button", name="Verder").click()
    other.page.get_by_role("button", name="Balie").click()
    expect(row(other.page, "Gebiedsteam")).to_have_attribute("aria-pressed", "false", timeout=LONG)


def test_a_withdrawal_from_elsewhere_is_shown_on_the_open_page(room, phone):
    tap(phone.page, "Gebiedsteam")
    expect(phone.page.get_by_text(STORED)).to_be_visible()
    cookies = {cookie["name"]: cookie["value"] for cookie in phone.context.cookies()}

    async def withdraw():
        async with asyncio.timeout(60):
            page = await (await Browser(room.local, cookies).open("/")).connect()
            try:
                return await page.send("withdrawn", {})
            finally:
                await page.close()

    with ThreadPoolExecutor(1) as thread:  # Playwright's loop runs in this one
        assert thread.submit(asyncio.run, withdraw()).result()["type"] == "stored"
    expect(phone.page.get_by_text("Jullie doen niet meer mee")).to_be_visible()
    expect(phone.page.get_by_text(OUT)).to_be_visible()
    expect(row(phone.page, "Gebiedsteam")).to_be_hidden()
    phone.page.get_by_role("link", name="Doe opnieuw mee").click()
    expect(phone.page.get_by_label("De code op het grote scherm")).to_be_visible()
    expect(phone.page.get_by_text(OUT)).to_be_visible()


def test_the_end_of_the_workshop_is_told_and_so_is_what_came_too_late(room, network, phone):
    tap(phone.page, "Gebiedsteam")
    expect(phone.page.get_by_text(STORED)).to_be_visible()
    network.cut()
    tap(phone.page, "Directie")
    lead(room, "workshop.closed")
    room.store.close_workshop(room.workshop.id)
    network.resume()

    expect(phone.page.get_by_text(OVER)).to_be_visible(timeout=LONG)
    expect(phone.page.get_by_text(CLOSED)).to_be_visible(timeout=LONG)
    assert told(room) == [("area-team", "yes")]
    phone.page.reload()
    expect(phone.page.get_by_text(OVER)).to_be_visible(timeout=LONG)
    expect(phone.page.get_by_text("Jullie antwoorden zijn bewaard.")).to_be_visible()
    expect(row(phone.page, "Directie")).to_be_hidden()


def test_a_page_that_cannot_reach_its_kernel_says_so_in_time_and_offers_another_try(outside, network, visit):
    phone = visit()
    phone.page.clock.install()
    network.hold("/api/")
    with phone.page.expect_websocket():
        join(phone, outside, "Balie")
    expect(phone.page.get_by_text("De vragen komen zo.")).to_be_visible()
    expect(phone.page.get_by_text(SLOW)).to_be_hidden()
    phone.page.clock.fast_forward(11_000)
    expect(phone.page.get_by_text(SLOW)).to_be_visible()
    network.resume()
    phone.page.get_by_role("button", name="Probeer opnieuw").click()
    expect(phone.page.get_by_text(FIRST)).to_be_visible(timeout=LONG)
    expect(phone.page.get_by_text(SLOW)).to_be_hidden()


def test_a_page_that_cannot_reach_its_kernel_begins_by_itself_as_soon_as_it_can(outside, network, visit):
    phone = visit()
    phone.page.clock.install()
    network.hold("/api/")
    with phone.page.expect_websocket():
        join(phone, outside, "Balie")
    expect(phone.page.get_by_text("De vragen komen zo.")).to_be_visible()
    phone.page.clock.fast_forward(11_000)
    expect(phone.page.get_by_text(SLOW)).to_be_visible()
    network.resume()
    expect(phone.page.get_by_text(FIRST)).to_be_visible(timeout=LONG)
    expect(phone.page.get_by_text(SLOW)).to_be_hidden()


def personal_code(phone):
    phone.page.get_by_role("link", name="Andere telefoon").click()
    phone.page.get_by_role("button", name="Maak een code").click()
    return phone.page.locator(".code-big").inner_text()


def come_back(visitor, outside, code):
    visitor.page.goto(outside.url("/rejoin"))
    visitor.page.get_by_label("Jullie eigen code").fill(code)
    visitor.page.get_by_role("button", name="Verder").click()
    return visitor
