"""The report in a browser that has no network: readable by everybody, on a phone, a desk and paper."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from report_helpers import Afternoon, actors, whole
from test_report_html import hostile
from workshopkit.panels import report as panels
from workshopkit.panels.report import ReportPanel
from workshopkit.report.html import render
from workshopkit.store import open_store

pytestmark = pytest.mark.browser

PHONE, DESK, NARROW = ({"width": w, "height": h} for w, h in ((390, 844), (1280, 800), (320, 640)))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = """async (rules) => {
  const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`));
}"""
WHITE = "rgb(255, 255, 255)"
PAGE = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture(scope="module")
def rooms(tmp_path_factory):
    """Give rooms by name: a whole afternoon, one in which nobody answered, a big one, and one full of traps."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('report') / 'kit.db'}")
    big = Afternoon(store, actors(56, 4, 4))
    big.answer()
    yield {
        "whole": whole(store).room,
        "empty": Afternoon(store, actors(12, 4, 2)).room,
        "big": big.room,
        "hostile": hostile(store),
    }
    store.close()


@pytest.fixture
def opened(browser, rooms, tmp_path):
    """Give a function that opens the report of a room as a file; what the page asks for is noted."""
    contexts = []

    def open_report(name="whole", lang="nl", size=DESK, scheme="light"):
        path = tmp_path / f"{name}-{lang}.html"
        path.write_text(render(rooms[name], lang), encoding="utf-8")
        context = browser.new_context(viewport=size, color_scheme=scheme, offline=True, bypass_csp=False)
        contexts.append(context)
        page = context.new_page()
        page.asked, page.trouble = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("dialog", lambda dialog: page.trouble.append(dialog.message))
        page.on("console", lambda message: page.trouble.append(message.text))
        page.on("pageerror", lambda error: page.trouble.append(str(error)))
        page.goto(path.as_uri())
        return page

    yield open_report
    for context in contexts:
        context.close()


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("name", ["whole", "empty", "big", "hostile"])
def test_it_asks_for_nothing_and_runs_nothing(opened, name, lang):
    page = opened(name, lang)
    expect(page.locator("h1")).to_be_visible()
    assert page.asked == [page.url]
    assert page.trouble == []
    assert page.evaluate("document.scripts.length") == 0


def test_should_a_text_ever_become_a_tag_the_page_still_asks_and_runs_nothing(opened):
    page = opened()
    trap = (
        "<img src='http://192.0.2.1/x' onerror='window.hit = 1'><style>@import 'http://192.0.2.1/y'</style>"
    )
    with page.expect_event("requestfailed") as failed:
        page.evaluate("(trap) => document.body.insertAdjacentHTML('beforeend', trap)", trap)
    assert failed.value.failure == "csp"
    page.wait_for_function("document.images[0].complete")
    assert page.evaluate("window.hit") is None


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("name", ["whole", "empty"])
def test_it_is_for_everybody(browser, rooms, name, size, scheme, lang):
    # axe is a script that is put into the page, which the page's own policy would not let in.
    context = browser.new_context(viewport=size, color_scheme=scheme, offline=True, bypass_csp=True)
    page = context.new_page()
    page.set_content(render(rooms[name], lang))
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(AXE, RULES) == []
    context.close()


@pytest.mark.parametrize("size", [NARROW, PHONE, DESK], ids=["narrow", "phone", "desk"])
@pytest.mark.parametrize("name", ["whole", "big", "hostile"])
def test_nothing_runs_off_the_screen(opened, name, size):
    page = opened(name, size=size)
    wide = """() => [...document.querySelectorAll("main *:not(svg *)")]
      .filter((part) => !part.closest(".drawing") || part.matches(".drawing"))
      .filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
      .map((part) => `${part.tagName}.${part.className}`)"""
    assert page.evaluate(wide) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_on_a_phone_an_agreement_is_a_card_that_keeps_its_names(opened):
    page = opened(size=PHONE)
    table = page.get_by_role("table").first
    cells = table.get_by_role("row").nth(1).get_by_role("cell")
    expect(cells.first).to_be_visible()
    texts = [cell.inner_text() for cell in cells.all()]
    names = ["Lijn", "Wie", "Vanaf wanneer", "Wat tegen kan zitten", "De andere kant zegt"]
    assert [text.splitlines()[0] for text in texts] == names
    tops = [cell.bounding_box()["y"] for cell in cells.all()]
    assert tops == sorted(set(tops))


def test_the_map_can_be_read_by_ear_and_reached_by_keyboard(opened):
    page = opened(size=PHONE)
    expect(page.get_by_role("img", name="Hoe het loopt")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("group", name="De kaart")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bijlage: de lijnen")).to_be_in_viewport()


@pytest.mark.parametrize(("name", "pages"), [("whole", 5), ("empty", 2), ("big", 15)])
def test_on_paper(opened, name, pages):
    page = opened(name, scheme="dark")
    found = len(PAGE.findall(page.pdf(prefer_css_page_size=True)))
    assert 2 <= found <= pages + 2 * page.locator(".team").count()  # a large map takes a team two pages
    page.emulate_media(media="print", color_scheme="dark")
    colour = "(part) => getComputedStyle(part).backgroundColor"
    assert page.locator("body").evaluate(colour) == WHITE
    ink = page.locator("h1").evaluate("(part) => getComputedStyle(part).color")
    assert ink == "rgb(27, 29, 34)"
    breaks = page.locator(".page").evaluate_all(
        "(parts) => parts.map((part) => getComputedStyle(part).breakBefore)"
    )
    assert set(breaks) == {"page"}
    expect(page.get_by_text("Hetzelfde als tabel")).to_be_hidden()


# In a notebook ------------------------------------------------------------------------------------------------------


def test_the_frame_of_a_notebook_shows_the_pages_and_runs_nothing(browser, tmp_path, monkeypatch):
    store = open_store(str(tmp_path / "kit.db"))
    panel = ReportPanel(store, whole(store).workshop.id, lang="nl")
    page = browser.new_page()
    page.set_content(panel.pages.html)
    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_have_text("One message")
    expect(page.locator("iframe")).to_have_attribute("title", "Verslag: One message")

    trap = "<p>here</p><script>parent.hit = 1</script><img src=x onerror='parent.hit = 1'>"
    monkeypatch.setattr(panels, "render", lambda *_: trap)
    for sandbox, hit in (('sandbox=""', None), ("", 1)):
        page.set_content(panel.pages.html.replace('sandbox=""', sandbox))
        expect(page.frame_locator("iframe").get_by_text("here")).to_be_visible()
        assert page.evaluate("window.hit") == hit
    page.close()
    store.close()
