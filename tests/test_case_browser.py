"""The whole case in a browser: card by card, by theme, with larger letters, by keyboard and finger, and as a file."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from room import running_room
from screens import US, seen
from visitor import DESK, PHONE
from workshopkit.case import reader
from workshopkit.case.load import default
from workshopkit.i18n import translator

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CASE = default()
SLIDES = len(CASE.items) + 2  # the figure of the thread, and then and now


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    with running_room(tmp_path_factory.mktemp("case")) as running:
        yield running


@pytest.fixture
def page(walk):
    """Give the page of a phone that reads the case."""
    visitor = walk.come()
    walk.join(visitor, US)
    visitor.page.goto(walk.room.url("/case"))
    seen(visitor.page.locator("#P1"))
    yield visitor.page
    assert visitor.faults == []


def shown(page):
    return [element.get_attribute("id") for element in page.locator("article:visible").all()]


def choose(page, theme):
    choices = page.locator("#reader-choices")
    if choices.get_attribute("open") is None:
        choices.locator("summary").click()
    page.locator("#reader-theme").select_option(theme)


def test_a_phone_shows_one_card_at_a_time(page, walk):
    assert shown(page) == ["P1"]
    at = page.locator("#reader-at")
    expect(at).to_have_text(walk.t("{count} of {of}", count=1, of=SLIDES))
    page.locator("#reader-back").dispatch_event("click")  # there is nothing before the first
    assert shown(page) == ["P1"]
    page.get_by_role("button", name=walk.t("Next"), exact=True).click()
    assert shown(page) == ["P2"]
    expect(page.locator("#P2")).to_be_focused()
    assert page.url.endswith("#P2")
    expect(page.locator("#reader-read")).to_have_text(walk.t("Read: {count} of {of}", count=2, of=26))


def test_every_card_comes_by_and_the_last_is_the_end(page):
    seen_cards = []
    for _ in range(SLIDES):
        seen_cards += shown(page)
        page.locator("#reader-on").dispatch_event("click")
    assert seen_cards == list(CASE.items)
    seen(page.locator("#reader-context"))
    expect(page.locator("#reader-on")).to_have_attribute("aria-disabled", "true")


def test_arrow_keys_and_a_swipe_turn_the_cards(page):
    page.locator("#P1").focus()
    page.keyboard.press("ArrowRight")
    assert shown(page) == ["P2"]
    page.keyboard.press("ArrowLeft")
    assert shown(page) == ["P1"]
    swipe = """([from, to, down]) => {
      const target = document.querySelector("article:not([hidden])");
      const touch = (x, y) => [new Touch({ identifier: 1, target, clientX: x, clientY: y })];
      target.dispatchEvent(new TouchEvent("touchstart", { touches: touch(from, 400), bubbles: true }));
      target.dispatchEvent(new TouchEvent("touchend", { changedTouches: touch(to, 400 + down), bubbles: true }));
    }"""
    page.evaluate(swipe, [300, 100, 10])
    assert shown(page) == ["P2"]
    page.evaluate(swipe, [100, 300, 10])
    assert shown(page) == ["P1"]
    page.evaluate(swipe, [300, 200, 300])  # that is scrolling
    assert shown(page) == ["P1"]


def test_a_theme_keeps_to_its_cards(page, walk):
    choose(page, "silo")
    assert shown(page) == ["C3"]
    page.get_by_role("button", name=walk.t("Next"), exact=True).click()
    assert shown(page) == ["C11"]
    page.locator("#reader-mode").click()
    assert shown(page) == ["C3", "C11"]
    choose(page, "")
    assert shown(page) == list(CASE.items)


def test_letters_grow_and_what_was_read_is_remembered(page):
    size = "getComputedStyle(document.querySelector('#reader')).fontSize"
    before = float(page.evaluate(size).removesuffix("px"))
    page.locator("#reader-choices summary").click()
    page.locator("#reader-larger").click()
    assert float(page.evaluate(size).removesuffix("px")) > before
    page.locator("#reader-on").click()
    page.reload()
    seen(page.locator("#P2"))
    assert float(page.evaluate(size).removesuffix("px")) > before
    expect(page.locator("#reader-progress")).to_have_js_property("value", 2)
    for _ in range(9):
        page.locator("#reader-larger").evaluate("button => button.click()")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_reply_leads_to_what_it_answers(page):
    page.goto(page.url.partition("#")[0] + "#C4")
    page.reload()
    assert shown(page) == ["C4"]
    page.locator("#C4 a").click()
    assert shown(page) == ["C3"]


def test_the_way_leads_to_the_case_and_back(walk):
    visitor = walk.come()
    walk.join(visitor, US)
    walk.facilitate("act.opened", {"act": "case", "part": "P7"})
    visitor.page.get_by_role("link", name=walk.t("Read the whole case")).click()
    seen(visitor.page.locator("#P7"))
    assert shown(visitor.page) == ["P7"]
    visitor.page.get_by_role("link", name=walk.t("Back to the workshop")).click()
    seen(visitor.page.get_by_role("heading", name=walk.t("Do you recognise this?")))


def test_without_javascript_everything_is_there(browser, walk):
    visitor = walk.come()
    walk.join(visitor, US)
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, locale="nl-NL")
    context.add_cookies(visitor.context.cookies())
    page = context.new_page()
    page.goto(walk.room.url("/case"))
    assert shown(page) == list(CASE.items)
    expect(page.locator("#reader-steps")).to_be_hidden()
    context.close()


def test_strangers_are_led_to_the_form(walk):
    page = walk.come().page
    page.goto(walk.room.url("/case"))
    seen(page.get_by_role("textbox"))


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_file_works_on_its_own_without_a_network(browser, tmp_path, lang, size):
    file = tmp_path / "case.html"
    file.write_text(reader.page(CASE, lang, title="Read this", promise="About lines."), encoding="utf-8")
    context = browser.new_context(viewport=size, offline=True)
    page = context.new_page()
    faults = []
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(file.as_uri())
    t = translator(lang)
    if size == PHONE:
        page.get_by_role("button", name=t("Next"), exact=True).click()
        assert shown(page) == ["P2"]
    else:
        assert shown(page) == list(CASE.items)
        choose(page, "circle")
        assert shown(page) == ["P7"]
        page.locator("#reader-mode").click()
        expect(page.locator("#reader-at")).to_have_text(t("{count} of {of}", count=1, of=1))
    assert faults == []
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()
    context.close()
