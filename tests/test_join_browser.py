"""The way in and the way out, also on a phone without JavaScript; in the visitor's language, which may change on the way."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

from room import running_room
from screens import FAR, NEAR, OTHER, US, WITHIN_MS, Cut, Walk, seen
from visitor import PHONE
from workshopkit.i18n import translator
from workshopkit.server.identity import COOKIES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LOCALES = {"nl": "nl-NL", "en": "en-GB"}


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    with running_room(tmp_path_factory.mktemp("join"), expect=8) as running:
        yield running


@pytest.fixture
def walk(browser, room):
    walking = Walk(browser, room, "nl")
    yield walking
    walking.close()
    walking.facilitate("act.closed", {"act": "lines"})


@pytest.fixture
def plain(browser):
    """Give a way to let phones come that run no JavaScript."""
    contexts = []

    def come(lang="nl"):
        context = browser.new_context(
            java_script_enabled=False, viewport=PHONE, locale=LOCALES.get(lang, lang)
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(WITHIN_MS)
        return page

    yield come
    for context in contexts:
        context.close()


def say(page, code):
    """Type a code into the form of the page and go on."""
    page.get_by_role("textbox").fill(code)
    page.locator("main form button").click()


def choose(page, walk, place):
    page.get_by_role("button", name=re.compile(rf"^{re.escape(walk.name(place))}")).click()


def cookie_of(page):
    return next(
        (cookie for cookie in page.context.cookies() if cookie["name"] == COOKIES["participant"]), None
    )


# Without JavaScript ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_one_gets_in_without_javascript_and_hears_what_needs_it(walk, plain, lang):
    t = translator(lang)
    page = plain(lang)
    page.goto(walk.room.url("/"))
    say(page, f" {walk.room.workshop.code[:4].lower()} {walk.room.workshop.code[4:].lower()}")
    seen(page.get_by_role("heading", name=t("Which team are you?")))
    assert cookie_of(page) is None
    choose(page, walk, US)
    seen(page.get_by_role("heading", name="De balie sluit op vrijdagmiddag"))
    seen(page.get_by_text(t("The facilitator opens the first question in a moment.")))
    seen(page.locator("noscript p"))
    needed = t("The questions need JavaScript. Switch it on in this browser and load the page again.")
    assert page.locator("noscript p").inner_text() == needed
    cookie = cookie_of(page)
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    page.goto(walk.room.url("/"))
    seen(page.get_by_role("heading", name="De balie sluit op vrijdagmiddag"))


def test_with_javascript_nobody_is_told_to_switch_it_on(walk):
    phone = walk.come()
    walk.join(phone, US)
    assert "JavaScript" not in phone.page.locator("body").inner_text()


def test_a_wrong_code_is_told_and_stays_in_the_field(walk, plain):
    page = plain()
    page.goto(walk.room.url("/"))
    say(page, "WRONGONE")
    assert "WRONGONE" in page.get_by_role("alert").inner_text()
    assert page.get_by_role("textbox").input_value() == "WRONGONE"
    say(page, walk.room.workshop.code)
    seen(page.get_by_role("heading", name=walk.t("Which team are you?")))


def test_one_who_guesses_waits_and_then_gets_in(walk, plain):
    page = plain()
    page.goto(walk.room.url("/"))
    for _ in range(20):
        say(page, "WRONGONE")
        if re.search(r"Wacht \d+ seconde", page.get_by_role("alert").inner_text()):
            break
    else:
        pytest.fail("no wait after twenty wrong codes")
    let_waits_last(walk.room)
    say(page, walk.room.workshop.code)
    assert re.search(r"Wacht \d+ seconde", page.get_by_role("alert").inner_text()), (
        "the right code waits as well"
    )
    let_waits_end(walk.room)
    say(page, walk.room.workshop.code)
    seen(page.get_by_role("heading", name=walk.t("Which team are you?")))


def let_waits_last(room):
    """Put the end of all waits off, so that a slow page does not outlast them."""
    change_waits(room, "UPDATE tries SET until = until + 600")


def let_waits_end(room):
    """Put the end of all waits into the past, as the clock would."""
    change_waits(room, "UPDATE tries SET until = 0")


def change_waits(room, how):
    with closing(sqlite3.connect(room.store.url.removeprefix("sqlite:///"))) as file, file:
        assert file.execute(how).rowcount > 0


def test_one_comes_back_on_another_phone_without_javascript(walk, plain):
    first, second = plain(), plain()
    first.goto(walk.room.join_url)
    choose(first, walk, FAR)
    first.goto(walk.room.url("/me"))
    first.get_by_role("button", name=walk.t("Make a code")).click()
    code = first.locator(".code-big").inner_text()
    second.goto(walk.room.url("/rejoin"))
    say(second, code.lower())
    seen(second.get_by_role("heading", name="De balie sluit op vrijdagmiddag"))
    second.goto(walk.room.url("/me"))
    seen(second.get_by_role("heading", level=1, name=walk.name(FAR)))
    third = plain()
    third.goto(walk.room.url("/rejoin"))
    say(third, code[::-1])
    seen(third.get_by_role("alert"))
    assert cookie_of(third) is None


def test_one_withdraws_without_javascript(walk, plain):
    page = plain()
    page.goto(walk.room.join_url)
    choose(page, walk, OTHER)
    page.goto(walk.room.url("/me"))
    page.locator("summary").click()
    page.get_by_role("button", name=walk.t("Withdraw our answers")).click()
    seen(page.get_by_role("heading", name=walk.t("You are out")))
    page.get_by_role("button", name="English").click()
    seen(page.get_by_role("heading", name="Join the workshop"))
    gone = walk.room.store.events(walk.room.workshop.id, kinds={"withdrawn"})[-1].participant
    joined = walk.room.store.events(walk.room.workshop.id, kinds={"joined"}, participants=[gone])
    assert [event.payload["actor"] for event in joined] == [walk.teams[OTHER].id]


# Languages ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("locale", "lang"), [("nl-BE", "nl"), ("en-US", "en"), ("de-DE", "nl")])
def test_the_first_words_are_in_the_language_of_the_phone(walk, plain, locale, lang):
    page = plain(locale)
    page.goto(walk.room.url("/"))
    seen(page.get_by_role("heading", name=translator(lang)("Join the workshop")))
    assert page.locator("html").get_attribute("lang") == lang
    assert page.locator(".bar-lang [aria-current]").get_attribute("lang") == lang


@pytest.mark.parametrize(
    ("listed", "lang"),
    [
        ("fr-FR,en;q=0.8,nl;q=0.5", "en"),
        ("fr,nl;q=0.8,en;q=0.5", "nl"),
        ("*", "nl"),
        (";;,=", "nl"),
        ("", "nl"),
    ],
)
def test_the_first_language_of_a_list_that_is_ours_counts(walk, plain, listed, lang):
    reply = plain().request.get(walk.room.local, headers={"Accept-Language": listed})
    assert f'<html lang="{lang}"' in reply.text()


@pytest.mark.parametrize("path", ["/", "/j/{code}", "/join?code={code}", "/rejoin", "/nowhere"])
def test_the_switch_changes_the_language_and_not_the_place(walk, plain, path):
    page = plain()
    page.goto(walk.room.url(path.format(code=walk.room.workshop.code)))
    before = page.url, page.locator("main form, main .btn").count(), page.get_by_role("heading").inner_text()
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    after = page.url, page.locator("main form, main .btn").count(), page.get_by_role("heading").inner_text()
    assert after[:2] == before[:2]
    assert after[2] != before[2]
    page.goto(walk.room.url("/rejoin"))
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_switch_in_the_middle_of_a_question_loses_no_answer(walk):
    phone = walk.come()
    cut = Cut(phone.page)
    walk.join(phone, NEAR)
    walk.facilitate("act.opened", {"act": "lines"})
    walk.asked(phone.page, "Whom did you tell this yourselves? Tap them.")
    walk.row(phone.page, US)
    walk.stored(phone.page)
    cut.now()
    seen(phone.page.locator("#connection:not(:empty)"))
    walk.row(phone.page, OTHER)
    seen(phone.page.locator(".saving-waiting"))

    phone.page.get_by_role("button", name="English").click()
    expect(phone.page.locator("html")).to_have_attribute("lang", "en")
    cut.mend()
    english = Walk(walk.browser, walk.room, "en")
    english.asked(phone.page, "Whom did you tell this yourselves? Tap them.")
    walk.stored(phone.page)
    expect(phone.page.locator(".row-on")).to_have_count(2)
    told = walk.room.store.events(walk.room.workshop.id, kinds={"told"})
    assert [event.payload["to"] for event in told] == [walk.teams[US].id, walk.teams[OTHER].id]


def test_light_or_dark_is_remembered_on_every_page(walk):
    phone = walk.come()
    phone.page.emulate_media(color_scheme="light")
    phone.page.goto(walk.room.url("/"))
    button, html = phone.page.locator("#theme"), phone.page.locator("html")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = phone.page.evaluate(ground)
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    dark = phone.page.evaluate(ground)
    assert dark != light
    phone.page.reload()
    expect(html).to_have_attribute("data-theme", "dark")
    walk.join(phone, US)
    assert phone.page.evaluate(ground) == dark
    button.click()
    phone.page.emulate_media(color_scheme="dark")
    phone.page.reload()
    expect(html).to_have_attribute("data-theme", "light")
    assert phone.page.evaluate(ground) == light


def test_the_button_for_dark_colours_is_not_there_without_javascript(walk, plain):
    page = plain()
    page.goto(walk.room.url("/"))
    expect(page.locator("#theme")).to_be_hidden()
