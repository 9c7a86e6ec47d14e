"""The rest of the afternoon with the keyboard alone: guess, reveal, walk, agreements, close; cards; and answering alone."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from room import running_room
from screens import FAR, NEAR, US, WITHIN_MS, Walk, seen
from test_keyboard_browser import Keys, sheet_of
from workshopkit.panels import demo
from workshopkit.room import definitions
from workshopkit.room.fold import fold

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_CONTROLS = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary, textarea, [tabindex='0']")]
  .filter((part) => part.checkVisibility()).length"""
_LABEL = "() => (document.activeElement.closest('label')?.querySelector('span') ?? document.activeElement).innerText.trim()"
REVEAL = {
    "arrives": "p.lead", "drawn": "p.lead", "bent": "p.lead", "against": "p.lead", "circles": "p.lead",
    "audiences": ".figure .shapes", "walls": ".figure .shapes",
}  # fmt: skip


def open_moment(along, page, act, part):
    """Open a moment as the facilitator, and wait until the phone shows it with the focus on its heading."""
    along.facilitate("act.opened", {"act": act, "part": part})
    seen(page.locator(f'#app[data-moment="{act}/{part}"]'))
    page.locator("h1:focus").wait_for(timeout=WITHIN_MS)


def to_field(keys, text):
    """Go on to the field with this label."""
    words = keys.t(text)
    for _ in range(60):
        keys.tab()
        if keys.page.evaluate(_LABEL).startswith(words):
            return
    pytest.fail(f"not reached: {words}")


def test_from_the_guess_to_the_close(walk):  # noqa: PLR0915 - one afternoon
    page = walk.come().page
    keys = Keys(page)
    page.goto(walk.room.join_url)
    keys.press(walk.name(US))
    seen(page.locator("#app .seat"))
    walk.facilitate("act.opened", {"act": "lines"})
    walk.colleagues(but=())

    open_moment(walk, page, "silos", "own")
    keys.press("Change")
    expect(page.locator(":focus")).to_have_count(1)

    open_moment(walk, page, "silos", "guess")
    keys.press("6")
    walk.asked(page, walk.t("You guess: {count} of every 10.", count=6))
    assert keys.focused() is not None
    keys.press("Change")
    walk.asked(page, "Of every 10 lines that we drew, how many run straight?")
    assert keys.focused() is not None
    keys.begin()
    keys.press("4", "Space")
    walk.asked(page, walk.t("You guess: {count} of every 10.", count=4))
    walk.stored(page)

    for part, sight in REVEAL.items():
        open_moment(walk, page, "silos", part)
        seen(page.locator(sight).first)
        assert len(keys.around()) == page.evaluate(_CONTROLS), part

    open_moment(walk, page, "silos", "walk")
    seen(page.get_by_role("heading", name=walk.t("How did it end?")))
    keys.press("the map is not right", "Space")
    keys.press("Whom we told")
    walk.asked(page, "Whom did you tell this yourselves? Tap them.")
    page.locator("h1:focus").wait_for(timeout=WITHIN_MS)
    keys.press("Done")
    seen(page.get_by_role("heading", name=walk.t("How did it end?")))
    keys.begin()
    keys.press("later", "Space")

    for act, part in (("silos", "break"), ("message", "talk"), ("breakthrough", "choose")):
        open_moment(walk, page, act, part)
        assert len(keys.around()) == page.evaluate(_CONTROLS), part

    open_moment(walk, page, "agreements", "write")
    write_agreement(keys, walk.name(NEAR))
    page.keyboard.press("Enter")
    seen(page.get_by_text(walk.t("no answer yet")))
    walk.stored(page)
    agreed = {
        "with": walk.teams[US].id, "ours": True, "if": "iets verandert", "then": "bellen", "who": "de woordvoerder",
        "when": day().isoformat(), "obstacle": "vakantie", "instead": "de vervanger bellen", "alone": "de balie",
    }  # fmt: skip
    walk.facilitate("agreement.written", agreed, who=f"simulated-{walk.teams[NEAR].id}", act="agreements")
    open_moment(walk, page, "agreements", "accept")
    seen(page.get_by_role("button", name=walk.t("We do it")))
    keys.press("We do it", "Space")
    walk.stored(page)
    open_moment(walk, page, "report", "close")

    sheet = sheet_of(walk, US)
    assert (sheet.guess, sheet.walked) == (4, "later")
    (agreement,) = sheet.agreements.values()
    assert (agreement.other, agreement.when) == (walk.teams[NEAR].id, day().isoformat())
    assert agreement.texts["if"] == "de planning verandert"
    assert list(sheet.accepts.values()) == ["accepted"]


def day():
    """Give a day that is typed alike in the order of any language."""
    return dt.date(dt.datetime.now(tz=dt.UTC).year + 1, 6, 6)


def write_agreement(keys, other):
    """Fill in the form, field by field, and end on its button."""
    page = keys.page
    to_field(keys, "With whom?")
    page.keyboard.type(other)
    for text, words in (
        ("If …", "de planning verandert"),
        ("then we …", "dezelfde dag bellen"),
        ("Who does it? A role, no name.", "de woordvoerder"),
        ("From when?", f"{day():%d%m%Y}"),
        ("If this gets in the way …", "de vakantie"),
        ("then we …", "de vervanger bellen"),
        ("Who can do this in a year without us?", "de balie"),
    ):
        to_field(keys, text)
        page.keyboard.type(words)
    keys.to("Agree on this")


def test_a_card_is_typed_in(walk):
    page = walk.come().page
    keys = Keys(page)
    page.goto(walk.room.enter_url())
    seen(page.locator(".cockpit-teams"))
    keys.press("Teams without a phone")
    seen(page.get_by_role("heading", name=walk.t("Type in cards")))
    keys.press(walk.name(FAR))
    seen(page.get_by_role("heading", level=1, name=re.compile(re.escape(walk.name(FAR)))))
    near = page.locator(f'input[name="told"][value="{walk.teams[NEAR].id}"]')
    for _ in range(60):
        keys.tab()
        if near.evaluate("(field) => field === document.activeElement"):
            break
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    seen(page.get_by_role("status"))
    assert set(sheet_of(walk, FAR).told) == {walk.teams[NEAR].id}


def test_the_wall_and_the_phone_of_who_leads_are_reached(walk):
    page = walk.come().page
    keys = Keys(page)
    page.goto(walk.room.enter_url())
    seen(page.locator(".cockpit-teams"))
    keys.press("Lead from your phone")
    seen(page.get_by_role("heading", name=walk.t("Lead from your phone")))
    keys.press("Make a link")
    seen(page.locator(".qr svg"))
    keys.press("Back to the cockpit")
    seen(page.locator(".cockpit-teams"))
    keys.press("Open the big screen")
    with page.context.expect_page() as opening:
        keys.press("No: open the big screen")
    seen(opening.value.locator(".wall-join"))


def test_alone_in_a_group_from_joining_to_withdrawing(browser, tmp_path):
    payload = definitions.read_file(demo.definition_file("nl", anonymous=True))
    with running_room(tmp_path, payload=payload) as room:
        walk = Walk(browser, room, "nl")
        try:
            page = walk.come().page
            keys = Keys(page)
            page.goto(room.join_url)
            keys.press("Dienstverlening")
            seen(page.locator("#app .seat"))
            open_moment(walk, page, "case", "P6")
            keys.press("we recognise this", "Space")
            walk.stored(page)
            open_moment(walk, page, "lines", "questions")
            row = page.locator(".row-name").first
            for _ in range(20):
                keys.tab()
                if row.evaluate("(row) => row === document.activeElement"):
                    break
            page.keyboard.press("Space")
            walk.stored(page)
            keys.press("This is everyone")
            page.locator("h1:focus").wait_for(timeout=WITHIN_MS)
            told = room.store.events(room.workshop.id, kinds={"told"})
            assert [event.payload["answer"] for event in told] == ["yes"]
            keys.press("Another phone, or withdraw")
            seen(page.get_by_role("heading", level=1))
            for summary in page.locator("summary").all():
                summary.focus()
                page.keyboard.press("Enter")
            keys.begin()
            keys.press("Withdraw our answers")
            seen(page.get_by_role("heading", name=walk.t("You are out")))
            assert fold(room.store.events(room.workshop.id)).withdrawn
        finally:
            walk.close()
