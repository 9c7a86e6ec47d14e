"""Lines from a file in the real cockpit: chosen, mapped, read in, on the wall, and taken back."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from room import running_room
from test_accessibility_browser import _AXE, RULES
from visitor import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONG = 30_000
CONTENT = "Nr;Team;Partner\n1;Balie;Gebiedsteam\n2;Gebiedsteam;De woordvoering\n3;Balie;Balie\n"


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    with running_room(tmp_path_factory.mktemp("import")) as running:
        yield running


def given(name, content):
    return {"name": name, "mimeType": "text/csv", "buffer": content}


def opened(page):
    page.get_by_role("button", name="Lees lijnen in").click()
    dialog = page.get_by_role("dialog", name="Lijnen uit een bestand")
    expect(dialog).to_be_visible(timeout=LONG)
    return dialog


def check(page):
    """See that everybody can use the dialog, light and dark, and that nothing is wider than it."""
    page.evaluate(AXE_SCRIPT)
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(_AXE, RULES) == []
    assert page.evaluate(
        "[...document.querySelectorAll('dialog')].every((one) => one.scrollWidth <= one.clientWidth)"
    )


def test_a_file_is_mapped_read_in_shown_on_the_wall_and_taken_back(room, visit):
    cockpit, wall = visit(DESK), visit(DESK)
    page = cockpit.page
    page.goto(room.enter_url())
    wall.page.goto(room.enter_url("wall"))
    dialog = opened(page)
    check(page)
    dialog.get_by_label("Kies een bestand").set_input_files(given("lijnen.csv", CONTENT.encode()))
    expect(dialog.get_by_text("Kies de kolom met wie het vertelde")).to_be_visible(timeout=LONG)
    expect(dialog.get_by_role("button", name="Lees in")).to_have_attribute("aria-disabled", "true")
    column = dialog.get_by_role("combobox", name=re.compile("^Team Balie, Gebiedsteam"))
    column.focus()
    column.select_option("Van: wie het vertelde")
    expect(column).to_be_focused()
    dialog.get_by_role("combobox", name="Partner").select_option("Aan: wie het hoorde")
    expect(
        dialog.get_by_text("Balie vertelde het aan Gebiedsteam, en Gebiedsteam hoorde het.")
    ).to_be_visible(timeout=LONG)
    expect(dialog.get_by_text("een lijn van een plek naar zichzelf")).to_be_visible()
    expect(
        dialog.get_by_text("De woordvoering staat niet op deze kaart, dus de rij is weggelaten")
    ).to_be_visible()
    dialog.get_by_role("combobox", name=re.compile("^De woordvoering")).select_option("Communicatie")
    expect(dialog.get_by_text("Voor 3 plekken: ")).to_be_visible(timeout=LONG)
    check(page)
    dialog.get_by_role("button", name="Lees in").click()
    expect(dialog.get_by_text("Ingelezen: lijnen.csv, voor 3 plekken.")).to_be_visible(timeout=LONG)
    dialog.get_by_role("button", name="Terug naar het regiescherm").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="Lees lijnen in")).to_be_focused()

    row = page.locator(".cockpit-teams tr", has_text="Balie").first
    expect(row).to_contain_text("uit een bestand", timeout=LONG)
    page.get_by_role("button", name="Toon de kaart").click()
    lines = wall.page.locator(".map > svg .line-confirmed")
    expect(lines).to_have_count(2, timeout=LONG)
    expect(page.get_by_text("lijnen.csv, voor 3 plekken")).to_be_visible(timeout=LONG)
    page.get_by_role("button", name="Haal weg: lijnen.csv").click()
    expect(lines).to_have_count(0, timeout=LONG)
    expect(page.get_by_text("lijnen.csv, voor 3 plekken")).to_have_count(0, timeout=LONG)
    for visitor in (cockpit, wall):
        assert visitor.faults == []  # nor anything that the content security policy had to block
        assert {host for host in visitor.hosts if not host.startswith("data:")} == {"http://workshop.test"}


def test_a_bad_file_is_one_sentence_on_a_phone_and_a_large_one_arrives_in_pieces(room, visit):
    page = visit(PHONE).page
    page.goto(room.enter_url())
    dialog = opened(page)
    chosen = dialog.get_by_label("Kies een bestand")
    bad = b'<!DOCTYPE x [<!ENTITY a "aa">]><graphml>&a;</graphml>'
    chosen.set_input_files(given("slecht.graphml", bad))
    expect(dialog.get_by_role("alert")).to_contain_text("slecht.graphml", timeout=LONG)
    check(page)
    content = "source,target,toelichting\n" + f"Balie,Gebiedsteam,{'x' * 50_000}\n" * 20
    chosen.set_input_files(given("groot.csv", content.encode()))
    expect(dialog.get_by_text("20 van de 20 rijen tellen mee.")).to_be_visible(timeout=LONG)
    expect(dialog.get_by_role("alert")).to_have_count(0)
    check(page)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    # What was under way is still there.
    expect(opened(page).get_by_text("20 van de 20 rijen tellen mee.")).to_be_visible(timeout=LONG)
