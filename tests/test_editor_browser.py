"""The map editor as people use it: with a mouse, with a finger, with keys alone, and as a list."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from editor_page import EMPTY, drawn, opened, serving
from workshopkit.widgets.editor import MapEditor, check

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}

_AXE = """async (rules) => (await axe.run(document, { runOnly: rules, resultTypes: ["violations"] })).violations
  .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`))"""

# How many elements one frame of a drag writes to; the pointer moves once, and the frame after it is looked at.
_WRITTEN = """async ({ id, by }) => {
  const svg = document.querySelector(".we-map");
  const place = svg.querySelector(`[data-place=${id}]`);
  const { x, y, width } = place.getBoundingClientRect();
  const send = (type, dx) => (type === "pointerdown" ? place : svg).dispatchEvent(new PointerEvent(type, { bubbles: true,
    pointerId: 1, pointerType: "mouse", button: 0, clientX: x + width / 2 + dx, clientY: y + 8 + dx }));
  const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  svg.setPointerCapture = () => {};
  send("pointerdown", 0); send("pointermove", 12);
  await frame();
  let written = 0;
  const watch = new MutationObserver((list) => { written += list.length; });
  watch.observe(svg, { attributes: true, childList: true, subtree: true, characterData: true });
  send("pointermove", by);
  await frame();
  written += watch.takeRecords().length;
  watch.disconnect();
  send("pointerup", by);
  return written;
}"""


@pytest.fixture(scope="module")
def address():
    with serving() as found:
        yield found


@pytest.fixture
def look(browser, address):
    """Give a way to open the editor with traits."""
    contexts = []

    def new(viewport=DESK, *, touch=False, **given):
        context = browser.new_context(viewport=viewport, has_touch=touch, reduced_motion="reduce")
        contexts.append(context)
        context.set_default_timeout(10_000)
        return opened(context, address, **given)

    yield new
    crashes = [crash for context in contexts for page in context.pages for crash in page.crashes]
    for context in contexts:
        context.close()
    assert crashes == []


def drawing_of(page):
    """Give the drawing as Python gets it, which must take it as it is."""
    found = page.evaluate("window.model.get('drawing')")
    assert check(found) == found
    return found


def saves(page):
    return page.evaluate("window.saved.length")


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def place(page, id):
    return page.locator(f"[data-place={id}]")


def middle(page, id):
    box = place(page, id).locator("circle, rect").first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page, start, end):
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=3)
    page.mouse.move(*end, steps=3)
    page.mouse.up()


def said(page, text):
    expect(page.locator(".we-said")).to_have_text(text)


def pairs(page):
    return [(line["source"], line["target"]) for line in drawing_of(page)["lines"]]


def test_with_a_mouse(look):
    page = look(drawing=drawn(5, 0), lang="nl")
    before = {actor["id"]: actor for actor in drawing_of(page)["actors"]}
    x, y = middle(page, "p1")
    drag(page, (x, y), (x + 60, y + 40))
    said(page, "“Communicatie” is verplaatst.")
    after = {actor["id"]: actor for actor in drawing_of(page)["actors"]}
    assert after["p1"]["x"] > before["p1"]["x"] + 30
    assert after["p1"]["placed"]
    assert {id for id in after if after[id] != before[id]} == {"p1"}
    assert saves(page) == 1  # one gesture, one change

    page.locator("[data-handle]").hover()
    drag(page, page_point(page.locator("[data-handle]")), middle(page, "p0"))
    assert pairs(page) == [("p1", "p0")]
    page.get_by_label("Kanaal").select_option("mail")
    page.get_by_label("Komt het aan?").select_option("partly")
    page.get_by_label("Hoe sterk").select_option("3")
    page.get_by_label("Via").focus()
    page.get_by_label("Via").select_option("p2")
    button(page, "Omdraaien").click()
    assert drawing_of(page)["lines"] == [
        {"source": "p0", "target": "p1", "channel": "mail", "strength": 3, "arrives": "partly", "via": ["p2"]}
    ]

    page.mouse.dblclick(*middle(page, "p3"))
    page.locator(".we-naming").fill("Inwoners")
    page.keyboard.press("Enter")
    said(page, "“Vergunningen” heet nu “Inwoners”.")
    expect(place(page, "p3")).to_be_focused()

    drag(page, middle(page, "p3"), middle(page, "p2"))  # into the domain of Wijkteam Noord
    assert {actor["id"]: actor["domain"] for actor in drawing_of(page)["actors"]}["p3"] == before["p2"][
        "domain"
    ]

    page.mouse.click(*middle(page, "p0"))
    page.keyboard.down("Shift")
    page.mouse.click(*middle(page, "p1"))
    page.keyboard.up("Shift")
    page.get_by_role("button", name="Samenvoegen tot “Balie”").click()
    assert drawing_of(page)["lines"] == []
    assert len(drawing_of(page)["actors"]) == 4
    page.locator(".we-foot").get_by_role("button").click()
    assert len(drawing_of(page)["actors"]) == 5
    page.keyboard.press("Control+Shift+z")
    assert len(drawing_of(page)["actors"]) == 4


def page_point(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_frame_pan_zoom_and_tidy_up(look):
    page = look(drawing=drawn(12, 20), lang="en")
    plane = page.locator(".we-plane")
    first = plane.get_attribute("transform")
    box = page.locator(".we-stage").bounding_box()
    corner = (box["x"] + 6, box["y"] + 6)
    drag(page, corner, (corner[0] + 80, corner[1] + 30))
    panned = plane.get_attribute("transform")
    assert panned != first
    page.mouse.wheel(0, -200)
    page.wait_for_function(
        "(was) => document.querySelector('.we-plane').getAttribute('transform') !== was", arg=panned
    )
    button(page, "Show all").click()
    expect(plane).to_have_attribute("transform", first)
    assert saves(page) == 0  # how one looks at a map is nobody else's business

    button(page, "Frame").click()
    drag(page, corner, (box["x"] + box["width"] - 6, box["y"] + box["height"] - 6))
    expect(page.get_by_role("heading", name="12 selected")).to_be_visible()
    button(page, "Move").click()
    page.keyboard.press("Escape")
    x, y = middle(page, "p4")
    drag(page, (x, y), (x + 20, y + 12))
    kept = drawing_of(page)["actors"][4]
    button(page, "Tidy up").click()
    said(page, "The map was tidied up.")
    tidied = drawing_of(page)["actors"]
    assert tidied[4] == kept
    assert sum(actor["placed"] for actor in tidied) == 1
    assert saves(page) == 2


def test_with_a_finger(look):
    page = look(PHONE, touch=True, drawing=EMPTY, lang="nl")
    expect(page.locator(".we-nothing")).to_contain_text("Voeg met de knoppen hierboven")
    for kind, name in (("team", "Balie"), ("doelgroep", "Inwoners")):
        page.get_by_role("button", name=f"Toevoegen: {kind}").tap()
        page.locator(".we-naming").fill(name)
        page.keyboard.press("Enter")
    button(page, "Lijn trekken").tap()
    page.keyboard.press("Escape")  # the new place was the beginning: begin elsewhere
    tap(page, "t1")
    said(page, "Vanaf Balie: tik aan waar de lijn heen gaat.")
    tap(page, "d1")
    assert pairs(page) == [("t1", "d1")]
    said(page, "Lijn getrokken van Balie naar Inwoners.")
    tap(page, "t1")
    tap(page, "d1")  # once more the same
    said(page, "Er loopt al een lijn van Balie naar Inwoners.")
    assert len(pairs(page)) == 1


def tap(page, id):
    page.touchscreen.tap(*middle(page, id))


def test_a_whole_map_with_keys_alone(look):
    page = look(drawing=EMPTY, lang="nl")

    def press(*keys):
        for key in keys:
            page.keyboard.press(key)

    def go_to(name):
        for _ in range(60):
            press("Tab")
            if page.evaluate(
                "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"
            ).startswith(name):
                return
        raise AssertionError(name)

    def add(kind, name):
        page.evaluate("document.activeElement.blur()")
        go_to(f"Toevoegen: {kind}")
        press("Enter")
        expect(page.locator(".we-naming")).to_be_focused()
        page.keyboard.type(name)
        press("Enter")
        expect(page.locator("[data-place]:focus")).to_have_attribute("aria-label", f"{name}: {kind}")

    add("team", "Balie")
    add("rol", "Griffier")
    add("doelgroep", "Inwoners")
    page.evaluate("document.activeElement.blur()")
    place(page, "t1").focus()  # where Tab would lead by way of all tools
    press("Enter", "l")
    said(page, "Vanaf Balie: tik aan waar de lijn heen gaat.")
    for target in ("r1", "d1"):
        place(page, target).focus()
        press("Enter")
        place(page, "t1").focus()
        press("Enter")
    assert pairs(page) == [("t1", "r1"), ("t1", "d1")]
    press("Escape", "Escape")
    place(page, "r1").focus()
    press("Enter", "F2")
    page.keyboard.type("Griffie")
    press("Enter")
    was = drawing_of(page)["actors"][1]
    press("Shift+ArrowRight", "Shift+ArrowDown")
    now = drawing_of(page)["actors"][1]
    assert (now["label"], now["x"] - was["x"], now["y"] - was["y"]) == ("Griffie", 20, 20)
    for _ in range(2):
        page.evaluate("document.activeElement.blur()")
        go_to("Toevoegen: domein")
        press("Enter")
    assert [domain["label"] for domain in drawing_of(page)["domains"]] == ["Nieuw domein", "Nieuw domein 2"]
    count = saves(page)
    for step in range(count):
        press("Control+z")
        assert saves(page) == count + step + 1
    assert drawing_of(page) == EMPTY


def test_the_list_does_it_all(look):
    page = look(drawing=EMPTY, lang="nl")
    button(page, "Lijst").click()
    for kind in ("team", "team", "doelgroep"):
        page.locator(".we-list").get_by_role("button", name=f"+ {kind}").click()
    page.locator(".we-list").get_by_role("button", name="+ domein").click()
    names = page.get_by_role("table", name="Plekken").get_by_role("textbox")
    names.nth(0).fill("Balie")
    names.nth(0).press("Enter")
    said(page, "“Nieuw team” heet nu “Balie”.")
    names.nth(0).fill("   ")
    names.nth(0).press("Enter")
    expect(names.nth(0)).to_have_value("Balie")  # no name is no name
    page.get_by_label("Domein van Balie").select_option(label="Nieuw domein")
    page.get_by_label("Soort van Nieuw team 2").select_option("role")
    page.get_by_label("Valt onder (hark) van Nieuw team 2").focus()
    page.get_by_label("Valt onder (hark) van Nieuw team 2").select_option(label="Balie")
    page.locator("select[name=source]").select_option(label="Balie")
    page.locator("select[name=target]").select_option(label="Nieuwe doelgroep")
    button(page, "Trek de lijn").click()
    said(page, "Lijn getrokken van Balie naar Nieuwe doelgroep.")
    page.get_by_label("Komt het aan?, lijn Balie – Nieuwe doelgroep").select_option("no")
    page.get_by_label("Via, lijn Balie – Nieuwe doelgroep").focus()
    page.get_by_label("Via, lijn Balie – Nieuwe doelgroep").select_option(label="Nieuw team 2")
    page.get_by_label("Omdraaien, lijn Balie – Nieuwe doelgroep").click()
    found = drawing_of(page)
    assert found["lines"] == [
        {"source": "d1", "target": "t1", "channel": "", "strength": 2, "arrives": "no", "via": ["t2"]}
    ]
    assert found["formal"] == [["t1", "t2"]]
    assert [(actor["kind"], actor["domain"]) for actor in found["actors"]] == [
        ("team", "g1"),
        ("role", None),
        ("audience", None),
    ]
    page.get_by_role("button", name="Haal Balie weg").click()
    assert drawing_of(page)["lines"] == drawing_of(page)["formal"] == []
    expect(page.locator(".we-foot").get_by_role("button", name="Maak ongedaan")).to_be_visible()


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_on_a_phone_nothing_is_cut_off_and_what_happened_stays_in_sight(look, lang):
    page = look(PHONE, touch=True, drawing=drawn(40, 110), lang=lang)
    fits = "() => document.documentElement.scrollWidth <= innerWidth"
    assert page.evaluate(fits)
    button(page, {"nl": "Lijst", "en": "List"}[lang]).tap()
    assert page.evaluate(fits)
    for part in ("places", "domains", "lines"):
        box = page.locator(f".we-{part}")
        assert box.evaluate("(box) => box.scrollWidth <= box.clientWidth")
        fields = box.locator("tbody tr").first.locator("input:visible, select:visible, button:visible")
        wide = box.bounding_box()["width"]
        for field in fields.all():
            found = field.bounding_box()
            assert found["width"] >= 24
            assert found["x"] + found["width"] <= PHONE["width"]
        named = box.locator("tbody tr td[data-head]").first
        assert named.bounding_box()["width"] > wide / 4
        assert named.evaluate("(cell) => getComputedStyle(cell, '::before').content").strip('"') != "none"
    # In a list of many screens, deleting the first is told and can be taken back where one is.
    page.locator(".we-places tbody tr").first.locator("td:last-child button").tap()
    undo = page.locator(".we-foot").get_by_role("button")
    expect(undo).to_be_in_viewport()
    undo.tap()
    assert len(drawing_of(page)["actors"]) == 40


def test_names_that_nobody_could_read_are_left_out_until_one_comes_nearer(look):
    page = look(PHONE, touch=True, drawing=drawn(200, 600), lang="nl")
    name = place(page, "p0").locator("text").first
    expect(name).to_be_hidden()
    place(page, "p0").focus()
    page.keyboard.press("Enter")
    expect(name).to_be_visible()
    expect(place(page, "p1").locator("text").first).to_be_hidden()
    for _ in range(4):
        button(page, "Groter").tap()
    expect(place(page, "p1").locator("text").first).to_be_visible()
    page.keyboard.press("Escape")
    button(page, "Alles in beeld").tap()
    expect(place(page, "p1").locator("text").first).to_be_hidden()


def test_what_python_refuses_comes_back_and_is_told(look):
    page = look(drawing=drawn(3, 1), lang="en")
    before = drawing_of(page)
    place(page, "p0").focus()
    page.keyboard.press("Delete")
    assert len(drawing_of(page)["actors"]) == 2
    widget = MapEditor(lang="en", drawing=before)
    widget.set_state({"drawing": {**before, "lines": [{"source": "<b>"}]}})
    page.evaluate(
        "(to) => { model.arrive('drawing', to.drawing); model.arrive('problem', to.problem); }",
        {"drawing": widget.drawing, "problem": widget.problem},
    )
    expect(page.get_by_role("alert")).to_have_text(widget.problem)
    expect(page.locator("[data-place]")).to_have_count(3)
    assert widget.problem


def test_what_people_type_is_text_and_never_markup(look):
    label = '<img src=x onerror="window.typed=1">'
    given = drawn(2, 1)
    given["actors"][0]["label"] = label
    given["domains"][0]["label"] = label
    page = look(drawing=given, lang="nl", problem=label, similar=[["p0", "p1"]])
    page.mouse.click(*middle(page, "p0"))
    button(page, "Lijst").click()
    expect(page.get_by_role("table", name="Plekken").get_by_role("textbox").first).to_have_value(label)
    assert page.evaluate("window.typed") is None
    assert page.locator("img").count() == 0


def test_where_places_are_given_only_lines_are_drawn(look):
    page = look(drawing=drawn(4, 0), mode="lines", lang="en", similar=[["p0", "p1"]])
    before = drawing_of(page)
    x, y = middle(page, "p1")
    drag(page, (x, y), (x + 60, y + 40))
    page.keyboard.press("Delete")
    page.keyboard.press("F2")
    assert drawing_of(page) == before
    expect(page.get_by_role("button", name="Add: team")).to_have_count(0)
    expect(page.locator(".we-similar")).to_have_count(0)
    button(page, "Draw a line").click()
    page.mouse.click(*middle(page, "p0"))
    page.mouse.click(*middle(page, "p2"))
    assert pairs(page) == [("p0", "p2")]
    assert {**drawing_of(page), "lines": []} == before


def test_the_formal_chart_is_drawn_by_form_and_with_its_own_tool(look):
    page = look(drawing=drawn(4, 0) | {"formal": []}, lang="en")
    button(page, "Formal chart").click()
    assert page.evaluate("window.model.get('show_formal')")
    page.evaluate("window.model.arrive('show_formal', true)")
    page.mouse.click(*middle(page, "p0"))
    page.mouse.click(*middle(page, "p1"))
    assert drawing_of(page)["formal"] == [["p0", "p1"]]
    d = page.locator(".we-formal [data-pair]").get_attribute("d")
    assert set("".join(letter for letter in d if letter.isalpha())) == {"M", "V", "H"}
    page.keyboard.press("Escape")
    page.mouse.click(*middle(page, "p1"))
    page.mouse.click(*middle(page, "p0"))
    said(page, "That is not possible: then a place ends up above itself in the formal chart.")


def test_a_frame_of_a_drag_writes_to_what_moves_and_no_more(look):
    given = drawn(200, 600)
    degree = sum("p1" in (line["source"], line["target"]) for line in given["lines"])
    page = look(drawing=given, lang="en")
    written = page.evaluate(_WRITTEN, {"id": "p1", "by": 30})
    # The place, its lines, its region (two paths and a name), and the mark of the region under it.
    assert 1 + degree <= written <= degree + 12
    assert saves(page) == 1


@pytest.mark.parametrize("theme", ["true", "false"])
@pytest.mark.parametrize("shown", ["map", "list"])
def test_no_rule_of_wcag_is_broken(look, theme, shown):
    page = look(
        drawing=drawn(6, 9), lang="nl", show_formal=True, similar=[["p0", "p1"]], problem="Er is iets mis."
    )
    page.evaluate("(theme) => { document.body.dataset.jpThemeLight = theme; }", theme)
    if shown == "list":
        button(page, "Lijst").click()
    else:
        place(page, "p0").focus()
        page.keyboard.press("Enter")
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(_AXE, RULES) == []


def test_a_closed_editor_hears_nothing_more(look):
    page = look(drawing=drawn(3, 2), lang="nl")
    page.evaluate("close_editor()")
    page.evaluate("model.arrive('drawing', { actors: [], domains: [], lines: [], formal: [] })")
    expect(page.locator("#here > *")).to_have_count(0)
