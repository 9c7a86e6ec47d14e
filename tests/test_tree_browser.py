"""Every flow once over the accessibility tree: found by role and name, done, and heard to be done."""

from __future__ import annotations

import datetime as dt

import pytest

from ear import Ear
from room import running_room
from screens import FAR, NEAR, OTHER, US, Walk, seen
from test_keyboard_browser import sheet_of
from visitor import DESK
from workshopkit.panels import demo
from workshopkit.room import definitions
from workshopkit.room.fold import fold

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LOOKS = (
    ("arrives", "What arrives"),
    ("drawn", "This is how we think it runs"),
    ("bent", "This is how it arrives"),
    ("against", "Our guess, and how it is"),
    ("audiences", "What reaches the people it is for"),
    ("circles", "What goes round"),
    ("walls", "Between the domains"),
)


@pytest.fixture(params=["nl", "en"])
def walk(request, browser, tmp_path):
    with running_room(tmp_path, lang=request.param) as room:
        walking = Walk(browser, room, request.param)
        yield walking
        walking.close()


def whole(ear):
    """Fail with what cannot be understood here."""
    assert ear.faults() == []


def test_a_team_goes_through_the_whole_afternoon(walk):  # noqa: PLR0915 - one afternoon
    page = walk.come().page
    ear = Ear(page, walk.lang)
    page.goto(walk.room.url("/"))
    whole(ear)
    ear.write("The code on the big screen", walk.room.workshop.code)
    ear.press("button", "Go on")
    ear.hears("heading", "Which team are you?")
    whole(ear)
    ear.press("button", walk.name(US))
    ear.hears("heading", definition(walk).subject)
    ear.press("DisclosureTriangle", "Who sees what?")
    whole(ear)

    walk.facilitate("act.opened", {"act": "lines"})
    ear.hears("heading", "Whom did you tell this yourselves? Tap them.", focused=True)
    ear.press("button", walk.name(NEAR))
    ear.hears("button", walk.name(NEAR), pressed="true", expanded=True)
    ear.hears("group", "Did it arrive, do you think?")
    ear.press("button", "doubt")
    ear.hears("button", "doubt", pressed="true")
    whole(ear)
    ear.hears("status", "")
    ear.press("button", "This is everyone")
    ear.hears("heading", "From whom did you hear it?", focused=True)
    ear.press("button", walk.name(FAR))
    ear.press("button", "via another")
    ear.press("button", "press")
    ear.hears("button", "press", pressed="true")
    whole(ear)
    ear.press("button", "This is everyone")
    ear.hears("heading", "From whom would you have liked to hear it directly?", focused=True)
    ear.press("button", walk.name(OTHER))
    ear.hears("button", walk.name(OTHER), pressed="true")
    ear.press("button", "Go on")
    ear.press("button", "Right")
    ear.hears("heading", "Thank you. Look at the big screen.", focused=True)
    walk.stored(page)
    walk.colleagues()

    moment(walk, "silos", "own")
    ear.hears("button", "Change")
    whole(ear)
    moment(walk, "silos", "guess")
    ear.hears("heading", "Of every 10 lines that we drew, how many run straight?", focused=True)
    ear.press("button", "6")
    ear.hears("heading", walk.t("You guess: {count} of every 10.", count=6))
    walk.stored(page)
    whole(ear)
    for part, title in LOOKS:
        moment(walk, "silos", part)
        ear.hears("heading", title, focused=True)
        seen(page.locator("p.lead"))
        whole(ear)
    moment(walk, "silos", "walk")
    ear.hears("heading", "How did it end?")
    ear.press("button", "agreed")
    ear.hears("button", "agreed", pressed="true")
    whole(ear)
    moment(walk, "message", "talk")
    ear.hears("heading", "A message on its way", focused=True)
    whole(ear)
    moment(walk, "breakthrough", "choose")
    ear.hears("heading", "Break-through", focused=True)
    whole(ear)
    agree(walk, ear)
    moment(walk, "report", "close")
    ear.hears("heading", "Thank you", focused=True)
    whole(ear)

    sheet = sheet_of(walk, US)
    assert (sheet.ready, sheet.guess, sheet.walked) == (True, 6, "agreed")
    assert len(sheet.agreements) == 1
    assert list(sheet.accepts.values()) == ["accepted"]


def moment(walk, act, part):
    walk.facilitate("act.opened", {"act": act, "part": part})


def definition(walk):
    return fold(walk.room.store.events(walk.room.workshop.id)).definition


def agree(walk, ear):
    """Write an agreement, and say yes to another."""
    day = (dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=30)).isoformat()
    moment(walk, "agreements", "write")
    ear.hears("heading", "What will you do in the coming months?", focused=True)
    whole(ear)
    ear.press("button", "Agree on this")
    ear.hears("alert", "")
    choice = ear.hears("combobox", "With whom?")
    ear.call(choice, "function () { this.focus(); }")
    ear.page.keyboard.type(walk.name(NEAR))
    ear.write("If …", "de planning verandert")
    ear.write("then we …", "dezelfde dag bellen")
    ear.write("Who does it? A role, no name.", "de woordvoerder")
    ear.write("If this gets in the way …", "de vakantie")
    ear.write("then we …", "de vervanger bellen", place=1)
    ear.write("Who can do this in a year without us?", "de balie")
    date = ear.hears("Date", "From when?")
    ear.call(
        date,
        f"function () {{ this.value = '{day}'; this.dispatchEvent(new Event('input', {{bubbles: true}})); }}",
    )
    ear.press("button", "Agree on this")
    seen(ear.page.get_by_text(walk.t("no answer yet")))
    walk.stored(ear.page)
    agreed = {
        "with": walk.teams[US].id, "ours": True, "if": "iets verandert", "then": "bellen", "who": "de woordvoerder",
        "when": day, "obstacle": "vakantie", "instead": "de vervanger bellen", "alone": "",
    }  # fmt: skip
    walk.facilitate("agreement.written", agreed, who=f"simulated-{walk.teams[NEAR].id}", act="agreements")
    moment(walk, "agreements", "accept")
    ear.hears("group", "What do you say?")
    ear.press("button", "We do it")
    ear.hears("button", "We do it", pressed="true")
    walk.stored(ear.page)
    whole(ear)


def test_who_leads_hears_the_room_and_the_next_step(walk):
    page = walk.come(DESK).page
    ear = Ear(page, walk.lang)
    page.goto(walk.room.enter_url())
    seen(page.locator(".cockpit-teams"))
    whole(ear)
    ear.press("button", "Next")
    ear.hears("heading", "Walk in")
    walk.facilitate("act.opened", {"act": "lines"})
    walk.colleagues(but=())
    ear.hears("rowheader", walk.name(NEAR))
    told = walk.t.n("{ready} of {count} team ready", "{ready} of {count} teams ready", 12, ready=12)
    ear.hears("heading", told)
    seen(page.get_by_role("status").filter(has_text=told))
    ear.press("button", "Show the map")
    seen(page.locator(".map > svg .line-confirmed").first)
    ear.press("DisclosureTriangle", "The same as a list")
    ear.hears("table", "")
    whole(ear)
    page.goto(walk.room.url("/wall"))
    seen(page.locator(".map > svg .line-confirmed").first)
    ear.hears("heading", definition(walk).subject)
    whole(ear)


def test_a_card_is_typed_in_and_a_link_is_made(walk):
    page = walk.come().page
    ear = Ear(page, walk.lang)
    page.goto(walk.room.enter_url())
    page.set_viewport_size(DESK)  # the cards are for paper: a phone does not show them
    for path in ("/entry", "/cards", "/codes", "/lead"):
        page.goto(walk.room.url(path))
        whole(ear)
    ear.press("button", "Make a link")
    ear.hears("image", "QR code for your phone")
    page.goto(walk.room.url("/entry"))
    ear.press("link", walk.name(FAR))
    page.wait_for_url("**/entry/*")
    whole(ear)
    near = walk.teams[NEAR].id
    around = ear.hears("group", walk.name(NEAR))
    ear.call(around, "function () { this.querySelector('input').click(); }")
    assert any(
        one.role == "checkbox" and one.name == walk.t("told") and one.state.get("checked") == "true"
        for one in ear.nodes()
    )
    ear.press("button", page.locator("form button.btn-primary").first.inner_text())
    seen(page.get_by_role("status"))
    assert near in sheet_of(walk, FAR).told


def test_alone_in_a_group(browser, tmp_path):
    payload = definitions.read_file(demo.definition_file("nl", anonymous=True))
    with running_room(tmp_path, payload=payload) as room:
        walk = Walk(browser, room, "nl")
        try:
            page = walk.come().page
            ear = Ear(page)
            page.goto(room.join_url)
            ear.hears("heading", "Which group are you in?")
            whole(ear)
            ear.press("button", "Dienstverlening")
            ear.hears("DisclosureTriangle", "Who sees what?", expanded=True)
            whole(ear)
            moment(walk, "case", "P6")
            ear.press("button", "we recognise this")
            ear.hears("button", "we recognise this", pressed="true")
            whole(ear)
            wall = walk.come(DESK).page
            wall.goto(room.enter_url("wall"))
            seen(wall.locator(".scene"))
            whole(Ear(wall))
            cockpit = walk.come(DESK).page
            cockpit.goto(room.enter_url())
            seen(cockpit.locator(".cockpit-teams"))
            whole(Ear(cockpit))
        finally:
            walk.close()
