"""The notebooks as people meet them: dashboards under stock Voilà, and cells in JupyterLab."""

from __future__ import annotations

import datetime as dt
import re
import struct
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from notebook_servers import TOKEN, jupyterlab, voila
from workshopkit import paths
from workshopkit.store import open_store

pytestmark = pytest.mark.browser

NAMES = sorted(path.stem for path in (paths.notebooks() / "nl").glob("*.ipynb"))
LONG = 120_000
# What Voilà's own template asks for, and what is therefore not there without internet: signs on buttons of others.
TEMPLATE = {
    "https://cdn.jsdelivr.net/npm/@fortawesome/fontawesome-free@%5E5/css/all.min.css",
    "https://cdn.jsdelivr.net/npm/@fortawesome/fontawesome-free@%5E5/css/v4-shims.min.css",
}
# plotly draws its chart, and then wants to keep a picture of it in the notebook, which a dashboard has not.
HARMLESS = re.compile("setData is not a function")
REVEAL = (
    "Wat aankomt",
    "Zo denken we dat het loopt",
    "Zo komt het aan",
    "Onze gok, en hoe het is",
    "Wat de mensen bereikt voor wie het is",
    "Wat rondgaat",
    "Tussen de domeinen",
)
TYPED = '<img src=x onerror="window.typed=1">'


@pytest.fixture(scope="module")
def dashboards():
    with voila("nl") as server:
        yield server


@pytest.fixture(scope="module")
def lab():
    with jupyterlab() as server:
        yield server


@pytest.fixture
def look(browser):
    """Give a way to open a page that remembers what it asked of whom, and what it said."""
    contexts = []

    def new(url):
        context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="nl-NL")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(LONG)
        page.asked = []
        page.crashes = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.crashes.append(str(error)))
        page.goto(url, timeout=LONG)
        return page

    yield new
    for context in contexts:
        context.close()


@pytest.fixture
def act(look, dashboards):
    """Give a way to open an act as a dashboard, once its last cell is there."""

    def show(name):
        page = look(f"{dashboards.base}/voila/render/{name}.ipynb")
        expect(page.locator("#rendered_cells")).to_be_visible(timeout=LONG)
        expect(page.get_by_text("Loading widget")).to_have_count(0, timeout=LONG)
        return page

    return show


def far_away(page):
    return {url for url in page.asked if not re.match(r"(http|ws)://127\.0\.0\.1:|data:|blob:", url)}


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()


@pytest.mark.parametrize("name", NAMES)
def test_an_act_is_a_dashboard_without_code_or_faults(act, name):
    page = act(name)
    expect(page.locator("h1").first).to_be_visible()
    expect(page.locator(".jp-OutputArea-output").first).to_be_visible(timeout=LONG)
    expect(page.locator(".jp-CodeCell:visible .jp-InputArea:visible")).to_have_count(0)
    text = page.inner_text("body")
    assert "workshopkit.panels" not in text, "code is shown"
    assert not re.search(r"Traceback|error when executing|Error displaying widget", text)
    assert far_away(page) <= TEMPLATE
    assert [crash for crash in page.crashes if not HARMLESS.search(crash)] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it fits the screen"


def test_the_form_tells_what_is_missing_and_makes_a_workshop(act, dashboards):
    page = act("00-prepare")
    make = page.get_by_role("button", name="Maak de workshop")
    expect(page.get_by_text("Het onderwerp ontbreekt: zeg in één zin wat het bericht is.")).to_be_visible()
    expect(make).to_be_disabled()
    press(page, "Vul het voorbeeld in")
    expect(page.get_by_text("Er staat niets in de weg.")).to_be_visible()
    expect(page.get_by_text("kunnen op 15400 manieren verdeeld worden")).to_be_visible()
    promise = page.get_by_label("De woorden van de opdrachtgever")
    promise.fill("")
    expect(page.get_by_text("De woorden van de opdrachtgever ontbreken")).to_be_visible()
    expect(make).to_be_disabled()
    promise.fill("Over lijnen, niet over mensen.")
    page.get_by_label("Wie antwoordt").select_option("iedereen, anoniem")
    expect(page.get_by_text("Zeg van elke groep hoeveel mensen het zijn")).to_be_visible(timeout=LONG)
    page.get_by_label("Wie antwoordt").select_option("een team samen")
    page.get_by_placeholder("doelgroep 3").fill(TYPED)
    expect(make).to_be_enabled()
    make.click()
    made = page.get_by_text(re.compile("is gemaakt. De code om mee te doen is"))
    expect(made).to_be_visible()
    store = open_store(
        str(dashboards.home / ".local" / "share" / "workshopkit" / "workshops.db"), create=False
    )
    (workshop,) = store.workshops()
    (defined,) = store.events(workshop.id, kinds={"workshop.defined"})
    store.close()
    assert workshop.code in made.inner_text()
    assert defined.payload["promise"] == "Over lijnen, niet over mensen."
    assert defined.payload["actors"][-1]["label"] == TYPED
    expect(page.get_by_text(f"workshopkit serve {workshop.id}")).to_be_visible()
    assert page.evaluate("window.typed") is None
    page.set_viewport_size({"width": 390, "height": 844})
    fields = page.locator(".jupyter-widgets").locator("input:visible, textarea:visible, select:visible")
    for box in [field.bounding_box() for field in fields.all()]:
        assert box["width"] >= 20
        assert box["x"] + box["width"] <= 390, "on a phone a name stands above its field"


def test_a_text_is_dropped_and_becomes_a_draft_of_a_case(act):
    page = act("00-prepare")
    press(page, "Vul het voorbeeld in")
    text = "Onze nieuwsbrief gaat elke week uit.\n\nWie leest hem?\n\nHoi Anna,\nIk zag hem nooit.\n\nEcht niet?\n"
    file = {"name": "nieuwsbrief.txt", "mimeType": "text/plain", "buffer": text.encode()}
    page.locator(".workshopkit-drop input").set_input_files(file)
    expect(page.get_by_text(re.compile("^Er staat een ontwerp in .*case-"))).to_be_visible(timeout=LONG)
    expect(page.get_by_label("Map van een eigen casus")).to_have_value(re.compile("case-"))
    expect(page.get_by_text("Er staat niets in de weg.")).to_be_visible()
    dropped = page.evaluate_handle(
        """() => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([new Uint8Array([0, 1, 2, 3])], "photo.txt"));
          return transfer;
        }"""
    )
    page.locator(".workshopkit-drop").dispatch_event("drop", {"dataTransfer": dropped})
    expect(page.get_by_text(re.compile("^Er staat een ontwerp in"))).to_have_count(0, timeout=LONG)
    press(page, "Schrijf de uitnodiging")
    expect(page.get_by_text(re.compile("^Geschreven: .*uitnodiging.html"))).to_be_visible()


def test_the_whole_case_is_read_in_a_notebook(act):
    page = act("01-case")
    expect(page.locator("svg.thread")).to_be_visible()
    page.locator(
        "iframe"
    ).scroll_into_view_if_needed()  # a frame out of sight learns its width when it comes into view
    reader = page.frame_locator("iframe")
    expect(reader.locator("#C11")).to_be_visible()
    reader.locator("#reader-theme").select_option("silo")
    expect(reader.locator("article:visible")).to_have_count(2)


def test_the_cards_go_by_button_and_by_arrow_key(act):
    page = act("01-case")
    expect(page.get_by_role("heading", name="Het gebeurt tussen mensen")).to_be_visible()
    press(page, "Verder")
    expect(page.get_by_role("heading", name="“Krommer dan krom”")).to_be_visible()
    page.get_by_role("slider").press("ArrowRight")
    expect(page.get_by_role("heading", name="Rondjes lopen")).to_be_visible()
    press(page, "Vorige")
    expect(page.get_by_role("heading", name="“Krommer dan krom”")).to_be_visible()
    row = page.get_by_role("row", name=re.compile("^Het gebeurt tussen mensen"))
    assert sum(int(cell) for cell in row.get_by_role("cell").all_inner_texts()) == 14


def test_the_reveal_goes_step_by_step(act):
    page = act("03-silos")
    map_, picture = page.locator(".workshopkit-map"), page.locator(".widget-image")
    pictures = set()
    for place, title in enumerate(REVEAL):
        expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
        expect(picture if title in REVEAL[1:5] else map_).to_be_visible()
        expect(map_ if title in REVEAL[1:5] else picture).to_be_hidden()
        pictures.add(picture.get_attribute("src"))
        if place < len(REVEAL) - 1:
            press(page, "Verder")
    assert len(pictures) == 5, "straight, bent, the guesses and the audiences: each another picture"
    expect(page.get_by_role("button", name="Verder", exact=True)).to_be_disabled()
    formula = page.get_by_text("Krackhardt en Stern, 1988").first
    expect(formula).to_be_hidden()
    page.locator("summary", has_text="E–I-index").first.click()
    expect(formula).to_be_visible()


def test_a_figure_is_for_everybody_light_and_dark_and_can_be_kept(act):
    page = act("03-silos")
    views = page.locator(".workshopkit-figure")
    expect(views).to_have_count(8)
    page.evaluate(AXE_SCRIPT)
    for dark in ("true", "false"):  # as Voilà's themes say it
        page.evaluate("(light) => (document.body.dataset.jpThemeLight = light)", dark)
        found = page.evaluate("axe.run('.workshopkit-figure')")
        assert [one["id"] for one in found["violations"]] == []
    paper = views.first.locator(".shapes").evaluate("(one) => getComputedStyle(one).backgroundColor")
    assert paper == "rgb(29, 32, 38)"

    silo = views.filter(has_text="Zijn de domeinen naar binnen gericht?")
    here = silo.locator(".r-strong").text_content()
    kept = {}
    for kind in ("PNG", "SVG"):
        with page.expect_download() as download:
            silo.get_by_role("button", name=f"Bewaar als {kind}").click()
        assert download.value.suggested_filename == f"zijn-de-domeinen-naar-binnen-gericht.{kind.lower()}"
        kept[kind] = Path(download.value.path()).read_bytes()
    assert kept["PNG"].startswith(b"\x89PNG")
    wide, high = struct.unpack(">II", kept["PNG"][16:24])
    assert (wide, high > 400) == (1600, True)
    texts = re.findall(r">([^<]+)</text>", kept["SVG"].decode())
    assert {here, "hier", "meestal bij toeval"} <= set(texts)


def test_a_message_rides_and_is_laid_beside_two_hundred(act):
    page = act("04-message")
    picture = page.locator(".widget-image").first
    before = picture.get_attribute("src")
    page.get_by_label("Wie begint?").select_option("Directie")
    press(page, "Verstuur")
    expect(page.get_by_text("Directie heeft het bericht.")).to_be_visible()
    press(page, "Volgende ronde")
    expect(page.get_by_text("Na 1 ronde")).to_be_visible()
    expect(page.get_by_text(re.compile("^Deze rit bereikte"))).to_be_visible()
    assert picture.get_attribute("src") != before
    beside = page.get_by_text(re.compile("^Van 200 ritten bereikten er")).inner_text()
    assert sum(int(number) for number in re.findall(r"\d+", beside)[1:]) == 200


def test_steps_cost_hours_and_can_be_undone(act):
    page = act("05-breakthrough")
    spent = page.get_by_text(re.compile(r"uur in de maand is besteed"))
    expect(spent).to_have_text("0 van de 20 uur in de maand is besteed; er is nog 20 over.")
    compared = page.locator("table", has_text="Waar we naar kijken")
    start = compared.text_content()
    press(page, "Kies")
    expect(spent).to_have_text("3 van de 20 uur in de maand is besteed; er is nog 17 over.")
    expect(compared.get_by_text("beter").first).to_be_visible()
    press(page, "Maak ongedaan")
    expect(spent).to_contain_text("0 van de 20 uur")
    expect(compared).to_have_text(start)
    press(page, "Opnieuw doen")
    expect(spent).to_contain_text("3 van de 20 uur")
    press(page, "Terug naar 12 uur")
    expect(spent).to_contain_text("3 van de 12 uur")
    press(page, "Terug naar 20 uur")
    expect(spent).to_contain_text("3 van de 20 uur")
    press(page, "Haal weg")
    expect(spent).to_contain_text("0 van de 20 uur")
    expect(compared).to_have_text(start)
    press(page, "Wat zou de computer doen?")
    expect(page.get_by_text("Wat weten jullie dat de kaart niet weet?", exact=True)).to_be_visible()


def test_a_learner_makes_an_agreement(act):
    page = act("06-agreements")
    press(page, "Zo spreken we het af")
    expect(page.get_by_text("‘Als …’ is nog leeg")).to_be_visible()
    for name, text in (
        ("Als …", TYPED),
        ("Wie doet het?", "de coördinator"),
        ("Als dit tegenzit …", "de drukte"),
        ("Wie kan dit over een jaar zonder ons?", "de balie"),
    ):
        page.get_by_label(name).fill(text)
    for place, text in enumerate(("bellen we", "mailen we")):
        page.get_by_label("dan …").nth(place).fill(text)
    page.get_by_label("Vanaf wanneer?").fill(
        (dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=9)).isoformat()
    )
    page.get_by_label("Bij welk stuk uit de casus hoort dit?").select_option(
        "C10 “Minstens net zoveel poetsen”"
    )
    press(page, "Zo spreken we het af")
    expect(page.get_by_text(re.compile("Klantcontactcentrum zegt:"))).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Balie → Klantcontactcentrum"))).to_contain_text("C10")
    expect(page.get_by_role("row", name=re.compile("Balie → Klantcontactcentrum"))).to_contain_text(TYPED)
    assert page.evaluate("window.typed") is None


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_in_jupyterlab(look, lab, name):
    page = look(f"{lab.base}/lab/tree/en/{name}.ipynb?token={TOKEN}&reset")
    # The bar at the bottom names the kernel only once it is connected.
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible(timeout=LONG)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    # The last cell is selected and in sight once all have run.
    expect(page.locator(".jp-OutputArea-output").first).to_be_visible(timeout=LONG)
    expect(page.get_by_text(re.compile(r"^\[\*\]:$"))).to_have_count(0, timeout=LONG)
    page.locator(".jp-WindowedPanel-outer").first.evaluate("panel => panel.scrollTo(0, 0)")
    widget = page.locator(
        ".jp-OutputArea-output .jupyter-widgets, .jp-OutputArea-output .workshopkit-map"
    ).first
    expect(widget).to_be_visible(timeout=LONG)
    assert not re.search(r"Traceback|Error displaying widget", page.inner_text("body"))
    assert far_away(page) == set()


def test_the_map_of_a_workshop_is_typed_or_drawn_and_both_stay_in_step(act):
    page = act("00-prepare")
    editor = page.locator(".workshopkit-editor")
    press(page, "Vul het voorbeeld in")
    expect(editor.locator("[data-place]")).to_have_count(14)
    page.get_by_placeholder("doelgroep 3").fill("Scholen")
    expect(editor.locator("[data-place]")).to_have_count(15)
    expect(editor.get_by_text("Scholen")).to_be_visible()
    editor.locator("[data-place=balie]").focus()
    page.keyboard.press("Delete")
    expect(editor.locator("[data-place]")).to_have_count(14)
    expect(page.get_by_placeholder("één team per regel").first).to_have_value(
        "Klantcontactcentrum\nVergunningen"
    )
    expect(page.get_by_label("De hark (als jullie willen)")).not_to_have_value(re.compile("Balie"))
    expect(page.get_by_role("button", name="Maak de workshop")).to_be_enabled()


def test_how_we_think_it_runs_is_drawn_before_the_comparison(act):
    page = act("02-lines")
    editor, compare = (
        page.locator(".workshopkit-editor"),
        page.get_by_role("button", name="Vergelijk met hoe het loopt"),
    )
    compare.click()
    expect(page.get_by_text("Er is nog niets getekend")).to_be_visible()
    editor.get_by_role("button", name="Lijn trekken").click()
    for place in ("communication", "contact-centre"):
        editor.locator(f"[data-place={place}] circle").first.click()
    expect(page.get_by_text("We tekenden 1 lijn; recht: 1.")).to_be_visible()
    expect(page.get_by_text("lijnen komen aan die we niet tekenden, zoals")).to_be_visible()
