"""Leading a room from the cockpit in a real browser: the lock, the call, the light, the plan, the time, and notes."""

from __future__ import annotations

import datetime as dt
import os
import re
import signal
import time
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from browser_helpers import lead, row
from room import running_room
from visitor import DESK, PHONE, join

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CALLED = "De begeleider roept iedereen terug: hier zijn we nu."
LONG = 30_000
NOTE = '<img src=x onerror="alert(1)"> De balie aarzelt.'
AGREED = {
    "ours": True, "if": "iets verandert", "then": "dezelfde dag bellen", "who": "de woordvoerder", "obstacle": "de vakantie",
    "instead": "de vervanger bellen", "alone": "", "cites": [],
    "when": (dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=30)).isoformat(),
}  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with running_room(tmp_path_factory.mktemp("cockpit")) as running:
        yield running


@pytest.fixture
def cockpit(house, visit):
    """Give the facilitator's page, with the questions of act 02 open and nobody locked out."""
    lead(house, "room.locked", locked=False)
    lead(house, "timer.set", seconds=None)
    lead(house, "act.opened", act="prepare", part="join", at=time.time())
    lead(house, "act.opened", act="lines", part="questions", at=time.time())
    visitor = visit(DESK)
    visitor.page.goto(house.enter_url())
    expect(visitor.page.get_by_role("heading", name="De lijnen", exact=True)).to_be_visible(timeout=LONG)
    return visitor


def tap(visitor, name):
    visitor.page.get_by_role("button", name=name, exact=True).click()


def test_nobody_new_gets_into_a_locked_room_and_who_is_in_stays_and_comes_back(house, cockpit, visit):
    phone, other, late, wall = visit(), visit(), visit(), visit(DESK)
    wall.page.goto(house.enter_url("wall"))
    join(phone, house, "Balie")
    expect(phone.page.get_by_text("Aan wie hebben jullie dit zelf verteld?")).to_be_visible()
    tap(cockpit, "Laat niemand nieuw binnen")
    expect(cockpit.page.get_by_text("De zaal is op slot")).to_be_visible()
    expect(wall.page.get_by_text("Er kan nu niemand nieuw bij")).to_be_visible()

    late.page.goto(house.join_url)
    expect(late.page.get_by_role("alert")).to_contain_text("de begeleider heeft de zaal op slot gedaan")
    expect(late.page.locator(".choice")).to_have_count(0)

    row(phone.page, "Gebiedsteam").click()
    expect(phone.page.locator(".saving-stored")).to_be_visible()
    phone.page.reload()
    expect(row(phone.page, "Gebiedsteam")).to_have_attribute("aria-pressed", "true")
    phone.page.goto(house.join_url)
    expect(phone.page.get_by_text("Jullie doen mee voor Balie")).to_be_visible()
    phone.page.goto(house.url("/me"))
    tap(phone, "Maak een code")
    code = phone.page.locator(".code-big").inner_text()
    other.page.goto(house.url("/rejoin"))
    other.page.get_by_role("textbox").fill(code)
    tap(other, "Verder")
    expect(row(other.page, "Gebiedsteam")).to_have_attribute("aria-pressed", "true")

    tap(cockpit, "Laat weer mensen binnen")
    expect(wall.page.get_by_text("Er kan nu niemand nieuw bij")).to_have_count(0)
    join(late, house, "Vergunningen")
    expect(late.page.get_by_text("Aan wie hebben jullie dit zelf verteld?")).to_be_visible()


def test_everybody_is_called_back_from_wherever_they_are(house, cockpit, visit):
    here, elsewhere, reading = visit(), visit(), visit()
    for phone, team in ((here, "Balie"), (elsewhere, "Wijkteam"), (reading, "Directie")):
        join(phone, house, team)
        expect(phone.page.get_by_text("Aan wie hebben jullie dit zelf verteld?")).to_be_visible()
    mine = here.page.locator("details.mine")
    mine.locator("summary").click()
    expect(mine).to_have_attribute("open", "")
    here.page.mouse.wheel(0, 5000)
    with elsewhere.page.expect_response("**/called"):
        elsewhere.page.goto(house.url("/me"))
    with reading.page.expect_response("**/called"):
        reading.page.goto(house.url("/case"))
    tap(cockpit, "Roep iedereen hierheen")
    expect(cockpit.page.get_by_text("Geroepen: elke telefoon laat deze stap zien")).to_be_visible()
    expect(here.page.get_by_text(CALLED)).to_be_in_viewport()
    expect(mine).not_to_have_attribute("open", "")
    for phone in (elsewhere, reading):
        expect(phone.page.get_by_text(CALLED)).to_be_visible(timeout=LONG)
        expect(phone.page.get_by_text("Aan wie hebben jullie dit zelf verteld?")).to_be_visible()
    tap(cockpit, "Verder")
    for phone in (here, elsewhere, reading):
        expect(phone.page.get_by_text(CALLED)).to_have_count(0)


def test_who_is_typing_is_called_without_losing_a_letter(house, cockpit, visit):
    phone = visit()
    join(phone, house, "Balie")
    lead(house, "act.opened", act="agreements", part="write", at=time.time())
    field = phone.page.get_by_label("Wie doet het?")
    field.press_sequentially("de woordvo")
    tap(cockpit, "Roep iedereen hierheen")
    expect(phone.page.get_by_text(CALLED)).to_be_in_viewport()
    expect(field).to_be_focused()
    phone.page.keyboard.type("erder")
    expect(field).to_have_value("de woordvoerder")


def test_a_part_is_closed_and_opens_again_where_it_was(house, cockpit, visit):
    phone = visit()
    join(phone, house, "Balie")
    tap(cockpit, "Sluit dit deel")
    expect(cockpit.page.get_by_role("heading", name="Gesloten")).to_be_visible()
    expect(phone.page.get_by_text("De begeleider opent zo de eerste vraag")).to_be_visible()
    tap(cockpit, "Verder")
    expect(phone.page.get_by_text("Aan wie hebben jullie dit zelf verteld?")).to_be_visible()
    expect(cockpit.page.get_by_role("heading", name="De lijnen", exact=True)).to_be_visible()


def test_the_big_screen_opens_after_a_question(house, cockpit):
    page = cockpit.page
    tap(cockpit, "Open het grote scherm")
    expect(page.get_by_text("Zie je dit regiescherm op het grote scherm?")).to_be_visible()
    tap(cockpit, "Ja")
    expect(page.get_by_text("Zet de beamer op uitbreiden")).to_be_visible()
    assert len(cockpit.context.pages) == 1, "nothing has opened yet"
    with cockpit.context.expect_page() as opened:
        page.get_by_role("link", name="Nee: open het grote scherm").click()
    expect(opened.value.locator(".wall-join")).to_be_visible(timeout=LONG)
    expect(page.get_by_text("Zie je dit regiescherm")).to_have_count(0)
    opened.value.close()


def test_the_time_is_the_rooms_whatever_a_phone_thinks_it_is(house, cockpit, visit):
    phone = visit()
    phone.context.add_init_script("const real = Date.now; Date.now = () => real() - 3_600_000;")
    join(phone, house, "Balie")
    cockpit.page.get_by_role("button", name="5 minuten", exact=True).click()
    timer = phone.page.get_by_role("timer")
    expect(timer).to_have_text(re.compile(r"^(5:00|4:5\d)$"))
    phone.page.reload()
    expect(timer).to_have_text(re.compile(r"^4:[45]\d$"))
    tap(cockpit, "Twee minuten erbij")
    expect(timer).to_have_text(re.compile(r"^6:[45]\d$"))
    tap(cockpit, "Stop de tijd")
    expect(timer).to_have_count(0)


def test_a_timer_ends_with_a_word_and_room_to_finish(house, cockpit, visit):
    phone, wall = visit(), visit(DESK)
    wall.page.goto(house.enter_url("wall"))
    join(phone, house, "Toezicht")
    expect(phone.page.get_by_text("Aan wie hebben jullie dit zelf verteld?")).to_be_visible()
    lead(house, "timer.set", seconds=2, at=time.time())
    for visitor in (phone, wall, cockpit):
        expect(visitor.page.get_by_text("De tijd is om. Rond rustig af.")).to_be_visible(timeout=LONG)
    row(phone.page, "Gebiedsteam").click()
    expect(row(phone.page, "Gebiedsteam")).to_have_attribute("aria-pressed", "true")
    expect(phone.page.locator(".saving-stored")).to_be_visible()
    tap(cockpit, "Verder")
    expect(wall.page.get_by_text("De tijd is om")).to_have_count(0)


def test_the_plan_follows_the_clock(house, cockpit):
    page, now = cockpit.page, time.time()
    lead(house, "act.opened", act="prepare", part="welcome", at=now - 40 * 60)
    lead(house, "act.opened", act="prepare", part="join", at=now - 8 * 60)
    here = page.locator(".plan [aria-current=step]").first
    expect(here).to_contain_text("Meedoen")
    expect(here).to_contain_text("3 minuten over de tijd")
    expect(page.locator(".plan-over")).to_contain_text(["Binnenlopen"])
    expect(page.locator(".plan-over")).to_contain_text(["✓ geweest"])
    expect(page.get_by_text("10 minuten later dan gepland")).to_be_visible()
    begins = page.evaluate(
        "(at) => new Date(at * 1000).toLocaleTimeString('nl', { hour: '2-digit', minute: '2-digit' })",
        now - 40 * 60,
    )
    expect(page.locator(".plan-over .plan-clock")).to_have_text([begins])
    tap(cockpit, "We lopen uit: laat ‘Opwarmen’ vallen")
    expect(page.get_by_text("5 minuten later dan gepland")).to_be_visible()
    tap(cockpit, "Zet ‘Opwarmen’ terug")
    expect(page.get_by_text("10 minuten later dan gepland")).to_be_visible()


def test_notes_go_from_one_page_of_the_facilitator_to_the_other_and_nowhere_else(house, cockpit, visit):
    phone, second, wall = visit(), visit(PHONE), visit(DESK)
    wall.page.goto(house.enter_url("wall"))
    second.page.goto(house.enter_url())
    join(phone, house, "Balie")
    cockpit.page.get_by_text("Mijn aantekeningen").click()
    field = cockpit.page.get_by_label("Bij dit moment")
    field.fill(NOTE)
    tap(cockpit, "Verder")  # straight on, without leaving the field first
    expect(field).to_have_value("")
    expect(cockpit.page.locator(".note")).to_have_text([NOTE])
    second.page.get_by_text("Mijn aantekeningen").click()
    expect(second.page.locator(".note", has_text="De balie aarzelt")).to_be_visible()
    expect(phone.page.get_by_text("Aan wie hebben jullie dit zelf verteld?")).to_have_count(1)
    for visitor in (phone, wall):
        assert "aarzelt" not in visitor.page.content()
    tap(cockpit, "Terug")
    expect(field).to_have_value(NOTE)
    field.fill("")
    expect(second.page.locator(".note", has_text="De balie aarzelt")).to_have_count(0)


def test_agreements_that_say_the_same_become_one_on_the_wall_and_two_again(house, cockpit, visit):
    wall = visit(DESK)
    wall.page.goto(house.enter_url("wall"))
    for who, seat, other in (("m1", "front-desk", "permits"), ("m2", "information", "permits")):
        for kind, payload in (("joined", {"actor": seat}), ("agreement.written", {**AGREED, "with": other})):
            house.store.append(id=uuid4().hex, workshop=house.workshop.id, participant=who, act="agreements", kind=kind, payload=payload)  # fmt: skip
    lead(house, "act.opened", act="agreements", part="aloud", at=time.time())
    cards = wall.page.locator(".agreements-wall > li")
    expect(cards).to_have_count(2)
    cockpit.page.get_by_label("Zegt hetzelfde als").first.select_option(index=1)
    expect(cards).to_have_count(1)
    expect(cards).to_contain_text("Ook: Balie · Vergunningen")
    cockpit.page.get_by_label("Zegt hetzelfde als").first.select_option(index=0)
    expect(cards).to_have_count(2)
    cockpit.page.get_by_role("button", name="Haal van het grote scherm").first.click()
    expect(cards).to_have_count(1)
    cockpit.page.get_by_role("button", name="Toon op het grote scherm").first.click()
    expect(cards).to_have_count(2)


def test_who_comes_later_is_welcomed_and_told_where_the_room_is(house, cockpit, visit):
    late = visit()
    join(late, house, "Communicatie")
    expect(late.page.get_by_text("De zaal is al bij “De lijnen”")).to_be_visible()
    row(late.page, "Gebiedsteam").click()
    expect(late.page.locator(".saving-stored")).to_be_visible()
    team = cockpit.page.get_by_role("row", name="Communicatie")
    expect(team).to_contain_text("later erbij")
    tap(cockpit, "Verder")
    expect(late.page.get_by_text("De zaal is al bij")).to_have_count(0)


def test_the_light_turns_red_when_nothing_comes_through_and_green_again(house, cockpit):
    light = cockpit.page.locator(".health summary")
    expect(light).to_contain_text("Alles werkt", timeout=LONG)
    analyst = house.pid("analyst")
    os.kill(analyst, signal.SIGSTOP)
    try:
        expect(light).to_contain_text(
            "Grijp nu in: Wat er geantwoord wordt, komt niet op de schermen.", timeout=60_000
        )
        expect(cockpit.page.locator(".health-sign").first).to_have_text("■")
    finally:
        os.kill(analyst, signal.SIGCONT)
    expect(light).to_contain_text("Alles werkt", timeout=LONG)


def test_all_of_it_fits_on_the_facilitators_phone(house, cockpit, visit):
    phone = visit(PHONE)
    cockpit.page.get_by_role("link", name="Begeleid vanaf je telefoon").click()
    tap(cockpit, "Maak een link")
    link = cockpit.page.get_by_text("/enter/").inner_text()
    phone.page.goto(re.search(r"http\S+", link)[0])
    page = phone.page
    for name in (
        "Verder",
        "Terug",
        "Roep iedereen hierheen",
        "Sluit dit deel",
        "Laat niemand nieuw binnen",
        "Open het grote scherm",
        "5 minuten",
    ):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_visible(timeout=LONG)
    expect(page.locator(".health summary")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Verder", exact=True)).to_be_in_viewport()
    expect(page.get_by_text("Mijn aantekeningen")).to_be_visible()
    expect(page.locator(".plan-clock").first).to_be_visible()
    page.get_by_text("Mijn aantekeningen").click()
    page.locator(".health summary").click()
    tap(phone, "Open het grote scherm")
    tap(phone, "Ja")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    second = visit(PHONE)
    second.page.goto(re.search(r"http\S+", link)[0])
    expect(second.page.locator(".cockpit-now")).to_have_count(0)


def test_what_is_kept_is_asked_again_after_it_failed(cockpit):
    page = cockpit.page
    page.route("**/bundle.zip", lambda route: route.abort())
    tap(cockpit, "Bewaar verslag en gegevens")
    expect(page.get_by_role("alert")).to_contain_text("Het verslag kon nu niet worden gemaakt")
    page.unroute("**/bundle.zip")
    with page.expect_download(timeout=4 * LONG) as download:
        tap(cockpit, "Bewaar verslag en gegevens")
        expect(page.get_by_text("Het verslag wordt gemaakt.")).to_be_visible()
    assert download.value.suggested_filename == "workshopkit-bundle.zip"
    expect(page.get_by_text("Het verslag wordt gemaakt.")).to_have_count(0)
    expect(page.get_by_role("alert")).to_have_count(0)
    cockpit.faults.clear()  # of the connection that was cut on purpose
