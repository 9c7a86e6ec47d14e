"""The tiles in JupyterLab's launcher, and a learner's afternoon that begins there: one browser, no internet."""

from __future__ import annotations

import json
import sys

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from browser_helpers import LONG
from jupyter_helpers import BASE, TOKEN, jupyter_server, own_folders
from visitor import DESK
from workshopkit.i18n import LANGUAGES, translator

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LAB = (sys.executable, "-m", "jupyterlab")
QUIET = ("--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FAULTS = """async (rules) => (await axe.run(document, { runOnly: rules })).violations.map(({ id }) => id)"""
CHOSEN = "@jupyterlab/translation-extension/plugin.jupyterlab-settings"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Give a running JupyterLab, and the folder with its user's settings."""
    folder = tmp_path_factory.mktemp("lab")
    settings = folder / "settings"
    env = {**own_folders(folder), "JUPYTERLAB_SETTINGS_DIR": str(settings)}
    with jupyter_server(folder, *QUIET, env=env, command=LAB) as running:
        running.settings = settings
        yield running


@pytest.fixture
def opened(lab, visit):
    """Give a way to open the launcher; gives the visitor and the section with our tiles."""

    def launcher(lang="nl", interface=None):
        file = lab.settings / CHOSEN
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({"locale": interface} if interface else {}), encoding="utf-8")
        visitor = visit(DESK, lang)
        visitor.page.goto(f"{lab.url('lab')}?token={TOKEN}", timeout=LONG)
        section = visitor.page.locator(".jp-Launcher-section").filter(has_text="Workshop")
        expect(section).to_be_visible(timeout=LONG)
        return visitor, section

    return launcher


def tiles(lang):
    return [translator(lang)("Cockpit"), {"nl": "Alleen oefenen", "en": "Learn alone"}[lang]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_launcher_has_a_section_with_two_tiles(opened, lang):
    visitor, section = opened(lang)
    expect(section.locator(".jp-LauncherCard-label")).to_have_text(tiles(lang))
    expect(section.locator(".jp-LauncherCard-icon svg")).to_have_count(2)
    assert visitor.faults == []
    assert visitor.hosts == {"http://127.0.0.1"}


@pytest.mark.parametrize(
    ("browser_lang", "interface", "expected"),
    [("en", "nl_NL", "nl"), ("nl", "en", "en"), ("nl", "fr_FR", "en")],
)
def test_the_language_chosen_for_jupyterlab_goes_before_that_of_the_browser(
    opened, browser_lang, interface, expected
):
    _, section = opened(browser_lang, interface)
    expect(section.locator(".jp-LauncherCard-label")).to_have_text(tiles(expected))


def test_a_learner_goes_from_the_launcher_to_every_page(lab, opened):
    visitor, section = opened()
    with visitor.context.expect_page() as opening:
        section.get_by_text("Regiescherm").click()  # no workshop runs beside: one begins as a learner
    learn = opening.value
    learn.wait_for_url(f"**{BASE}workshop/learn")
    ways = learn.get_by_role("listitem").get_by_role("link")
    expect(ways).to_have_text(["Regiescherm", "Groot scherm", "Telefoon", "Notebooks"], timeout=3 * LONG)
    learn.evaluate(AXE_SCRIPT)
    assert learn.evaluate(FAULTS, RULES) == []

    pages = {}
    for name in ("Regiescherm", "Groot scherm", "Telefoon", "Notebooks"):
        with visitor.context.expect_page() as opening:
            ways.get_by_text(name).click()
        pages[name] = opening.value
    pages["Telefoon"].get_by_role("button", name="Balie").first.click()
    for name in ("Regiescherm", "Groot scherm", "Telefoon"):
        expect(pages[name].locator("html")).to_have_attribute("data-ready", "yes", timeout=LONG)
    pages["Notebooks"].wait_for_url("**/lab/**/nl/00-prepare.ipynb", timeout=LONG)

    learn.bring_to_front()
    learn.get_by_role("button", name="English").click()
    expect(learn.get_by_role("heading", level=1)).to_have_text("A workshop for you alone")
    assert visitor.faults == []
    assert visitor.hosts == {"http://127.0.0.1"}


def test_the_tile_for_who_learns_alone(lab, opened):
    visitor, section = opened("en")
    with visitor.context.expect_page() as opening:
        section.get_by_text("Learn alone").click()
    opening.value.wait_for_url(f"**{BASE}workshop/learn")
    assert TOKEN not in opening.value.content()
