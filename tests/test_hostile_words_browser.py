"""Words that look like a program, in every field where somebody can type: wherever they are shown, they are words."""

from __future__ import annotations

import copy
import zipfile

import pytest
from playwright.sync_api import expect

from room import running_room
from screens import WITHIN_MS
from visitor import DESK, PHONE, Visitor
from workshopkit import paths
from workshopkit.case.load import default
from workshopkit.network.actors import Definition
from workshopkit.panels import demo
from workshopkit.report.bundle import bundle
from workshopkit.report.html import render
from workshopkit.room import definitions
from workshopkit.room.agreements import TEXTS
from workshopkit.room.fold import fold
from workshopkit.room.program import Program
from workshopkit.store import NewEvent

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TAG, END = '<img src="x" onerror="typed=1">', "</script><script>typed=1</script>"
# What a browser made of them, should it have: a picture, a program that ran, an attribute that listens.
HARM = """() => [
  ...document.querySelectorAll('img[src="x"], [onerror], [onload]'),
  ...[...document.scripts].filter((script) => script.textContent.includes("typed=1") && script.type !== "application/json"),
].length + (window.typed ? 1 : 0)"""


def hostile(payload):
    """Give a definition whose every text says both."""
    found = copy.deepcopy(payload)
    found.update(
        title=f"{TAG}{END}", subject=f"{END} {TAG}", period=TAG, promise=f"{TAG}{END}", goal=f"{END}{TAG}"
    )
    for domain in found["domains"]:
        domain["label"] = f"{domain['id'][:8]} {TAG}"
    for number, actor in enumerate(found["actors"]):
        actor["label"] = f"{number} {END if number % 2 else TAG}"
    return found


def typed(room):
    """Let the room answer everything; who writes an example or an agreement, types a program."""
    definition = Definition.read(room.store.events(room.workshop.id, kinds={"workshop.defined"})[-1].payload)
    demo.fill(room.store, room.workshop.id, definition)
    one, other = definition.teams[:2]
    card = default().core[0].id
    written = dict.fromkeys(TEXTS, f"{TAG}{END}"[:80])
    said = [
        (demo.colleague(one.id), "case.example", {"card": card, "text": TAG}),
        (
            demo.colleague(one.id),
            "agreement.written",
            {"with": other.id, "ours": True, "when": "2027-03-01", "cites": [], **written},
        ),
        ("facilitator", "example.shown", {"example": "typed-0", "shown": True}),
        ("facilitator", "marks.shown", {"shown": True}),
        ("facilitator", "map.shown", {"shown": True}),
    ]
    room.store.append_many(
        [
            NewEvent(
                id=f"typed-{number}",
                workshop=room.workshop.id,
                participant=who,
                act=None,
                kind=kind,
                payload=payload,
            )
            for number, (who, kind, payload) in enumerate(said)
        ]
    )


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    payload = hostile(definitions.read_file(paths.data() / "demo" / "nl.json"))
    with running_room(tmp_path_factory.mktemp("typed"), payload=payload) as running:
        typed(running)
        yield running


def test_no_page_of_a_room_takes_them_for_a_program(browser, room):
    phone, wall, cockpit = (Visitor(browser, size, "nl") for size in (PHONE, DESK, DESK))
    for visitor in (phone, wall, cockpit):
        visitor.page.set_default_timeout(WITHIN_MS)
    phone.page.goto(room.join_url)
    assert phone.page.evaluate(HARM) == 0
    phone.page.locator('.choice[value="front-desk"]').click()
    wall.page.goto(room.enter_url("wall"))
    cockpit.page.goto(room.enter_url("cockpit"))
    core = tuple(card.id for card in default().core)
    for number, moment in enumerate(Program("standard", cards=core).moments):
        opened = {"act": moment.act, "part": moment.part} if moment.part else {"act": moment.act}
        room.store.append(
            id=f"moment-{number}",
            workshop=room.workshop.id,
            participant="facilitator",
            act=None,
            kind="act.opened",
            payload=opened,
        )
        here = f"{moment.act}/{moment.part}"
        for visitor in (phone, wall, cockpit):
            expect(visitor.page.locator("#app")).to_have_attribute("data-moment", here, timeout=WITHIN_MS)
        if moment.act in {"case", "silos", "agreements"}:
            expect(wall.page.locator("#app")).to_have_attribute("data-scene", here, timeout=WITHIN_MS)
        for visitor in (phone, wall, cockpit):
            assert visitor.page.evaluate(HARM) == 0, moment
    for visitor in (phone, wall, cockpit):
        assert visitor.faults == []
        visitor.leave()


def test_what_is_taken_home_shows_them_as_words(browser, room, tmp_path):
    events = room.store.events(room.workshop.id)
    found = fold(events)
    page = browser.new_context(offline=True).new_page()
    for lang in ("nl", "en"):
        (tmp_path / "report.html").write_text(render(found, lang), encoding="utf-8")
        page.goto((tmp_path / "report.html").as_uri())
        assert TAG in page.inner_text("body")
        assert page.evaluate(HARM) == 0
    (tmp_path / "bundle.zip").write_bytes(bundle(room.store, room.workshop.id, "nl"))
    with zipfile.ZipFile(tmp_path / "bundle.zip") as archive:
        pages = [name for name in archive.namelist() if name.endswith((".html", ".svg"))]
        assert pages
        archive.extractall(tmp_path, pages)
    for name in pages:
        page.goto((tmp_path / name).as_uri())
        assert page.evaluate(HARM) == 0, name
    page.context.close()
