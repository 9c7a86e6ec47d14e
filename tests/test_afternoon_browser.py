"""A whole afternoon in real browsers: two phones, the big screen and the cockpit; bots are the other teams."""

from __future__ import annotations

import asyncio
import re
import threading
import zipfile
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from room import running_room
from visitor import DESK, PHONE, Visitor
from workshopkit.analysis import findings
from workshopkit.bots.afternoon import Part, play_afternoon
from workshopkit.bots.client import Browser
from workshopkit.bots.pace import Pace
from workshopkit.case.load import default
from workshopkit.figures import told
from workshopkit.i18n import translator
from workshopkit.network.actors import Definition
from workshopkit.network.lines import reconcile
from workshopkit.panels import demo
from workshopkit.panels.script import spoken
from workshopkit.room.fold import Room, fold

pytestmark = [pytest.mark.browser, pytest.mark.slow]
OURS, PROXY = (
    "care-team",
    "residents",
)  # a team that writes an agreement and is asked for one, and who accepts it
LONG = 60_000
_CHOICES = {"yes": "directly", "partly": "partly", "via": "via another"}


@contextmanager
def colleagues(room, definition, but):
    """Let a bot play every other seat, in a thread of its own: the browser's event loop has this one."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def play(seat):
        page = await (await Browser(room.local).join(room.workshop.code, seat)).connect()
        await play_afternoon(page, Part(**demo.afternoon(definition, seat)), Pace(0.0))
        await page.close()

    async def everybody():
        await asyncio.gather(*(play(seat.id) for seat in definition.seats if seat.id not in but))

    playing = asyncio.run_coroutine_threadsafe(everybody(), loop)
    try:
        yield playing
    finally:
        playing.cancel()
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)


class Phone:
    """A person with a phone, who taps what the colleagues of a seat would say."""

    def __init__(self, visitor, room, definition, seat):
        self.page, self.seat, self.definition = visitor.page, seat, definition
        self.t = translator(definition.lang)
        self.part = Part(**demo.afternoon(definition, seat))
        self.page.set_default_timeout(LONG)
        self.page.goto(room.join_url)
        self.page.locator(f'.choice[value="{seat}"]').click()
        expect(self.page.locator("#app .seat")).to_be_visible(timeout=LONG)

    def see(self, title):
        expect(self.page.get_by_role("heading", level=1, name=title)).to_be_visible(timeout=LONG)

    def tap(self, text):
        self.page.get_by_role("button", name=self.t(text), exact=True).click()

    def stored(self):
        expect(self.page.locator(".saving-stored")).to_be_visible(timeout=LONG)

    def row(self, actor):
        label = self.page.get_by_text(self.definition.actor(actor).label, exact=True)
        return self.page.locator(".row", has=self.page.locator(".row-name", has=label))

    def label(self, way):
        ways = {"press": "press", "grapevine": "grapevine", "unknown": "we do not know"}
        return self.t(ways[way]) if way in ways else self.definition.actor(way).label

    def questions(self):
        proxy = self.definition.actor(self.seat).voice == "proxy"
        said = {"told": [], "heard": [], "evidence": [], "wish": []}
        for kind, payload in self.part.lines:
            said.setdefault(kind, []).append(payload)
        for step in ("heard", "told", "evidence", "wish") if proxy else ("told", "heard", "wish"):
            getattr(self, step)(said[step])
        self.tap("Right")
        self.see(self.t("Thank you. Look at the big screen."))
        self.stored()

    def told(self, rows):
        self.see(self.t("Whom did you tell this yourselves? Tap them."))
        for payload in rows:
            row = self.row(payload["to"])
            row.locator(".row-name").click()
            if payload["expected"] == "doubt":
                row.get_by_role("button", name=self.t("doubt"), exact=True).click()
        self.tap("This is everyone" if rows else "Nobody")

    def heard(self, rows):
        self.see(self.t("From whom did you hear it?"))
        for payload in rows:
            row = self.row(payload["from"])
            row.locator(".row-name").click()
            if payload["answer"] != "yes":
                row.get_by_role("button", name=self.t(_CHOICES[payload["answer"]]), exact=True).click()
            if payload["via"]:
                way = self.label(payload["via"])
                row.locator(".chips").get_by_role("button", name=way, exact=True).click()
        self.tap("This is everyone" if rows else "Nobody")

    def evidence(self, given):
        self.see(self.t("How do you notice it?"))
        for kind in given[0]["of"]:
            self.tap(told.EVIDENCE_NAMES[kind])
        self.tap("Go on")

    def wish(self, given):
        self.see(self.t("From whom would you have liked to hear it directly?"))
        wished = given[0]["from"]
        if wished:
            self.page.locator(".chips").get_by_role("button", name=self.label(wished), exact=True).click()
        self.tap("Go on" if wished else "Nobody")

    def card(self, name):
        words = {"ours": "we recognise this", "not_ours": "not with us", "unknown": "we do not know"}
        self.see(default().items[name].title[self.definition.lang])
        self.tap(words[self.part.marks[name]])
        self.stored()

    def guess(self):
        self.page.locator(".tenths").get_by_role("button", name=str(self.part.guess), exact=True).click()
        self.see(self.t("You guess: {count} of every 10.", count=self.part.guess))
        self.stored()

    def walk(self):
        words = {"agreed": "agreed", "later": "later", "map_wrong": "the map is not right"}
        expect(self.page.get_by_role("heading", name=self.t("How did it end?"))).to_be_visible(timeout=LONG)
        self.tap(words[self.part.walked])
        self.stored()

    def write(self):
        self.see(self.t("What will you do in the coming months?"))
        for agreement in self.part.agreements:
            form = self.page.locator("#app form")
            form.locator("select").first.select_option(agreement["with"])
            self.tap("from us to them" if agreement["ours"] else "from them to us")
            fields = ("if", "then", "who", "when", "obstacle", "instead", "alone")
            for field, box in zip(fields, form.locator("input").all(), strict=True):
                box.fill(agreement[field])
            self.tap("Agree on this")
        expect(self.page.get_by_text(self.t("no answer yet"))).to_have_count(len(self.part.agreements))
        self.stored()

    def accept(self, incoming):
        for row in incoming:
            said = self.part.accept({"writer": row.writer, "other": row.other})
            words = {"accepted": "We do it", "other": "Rather otherwise"}[said]
            what = self.t("If {what}, then we {act}.", what=row.texts["if"], act=row.texts["then"])
            offer = self.page.locator("li.card", has_text=what)
            offer.get_by_role("button", name=self.t(words), exact=True).click()
        self.stored()


class Afternoon:
    """What a room does at each moment: phones tap, and the big screen shows what it should."""

    def __init__(self, room, definition, phones, cockpit, wall):
        self.room, self.definition, self.phones = room, definition, phones
        self.cockpit, self.wall, self.lang = cockpit.page, wall.page, definition.lang
        self.t = translator(definition.lang)
        self.scene = wall.page.locator(".scene")

    def open(self, moment):
        """Press the one big button, see that the cockpit says what the room sees and what to say, and play."""
        self.cockpit.locator(".btn-next[aria-disabled=false]").click(timeout=LONG)
        sees, say = spoken(moment.act, moment.part)
        now = self.cockpit.locator(".cockpit-now")
        expect(now.locator("dd").first).to_have_text(self.t(sees), timeout=LONG)
        expect(now.locator("dd.say")).to_have_text(self.t(say))
        if moment.part in default().items:
            self.card(moment.part)
        elif moment.part in _SAID:
            self.said(moment.part)
        elif hasattr(self, moment.part):
            getattr(self, moment.part)()

    def all_have(self, column=-1):
        """Wait until every seat has something in a column of the cockpit."""
        cell = self.cockpit.locator(f".cockpit-teams tr td:nth-last-child({-column})")
        expect(cell.filter(has_not_text="–")).to_have_count(len(self.definition.seats), timeout=LONG)

    def card(self, name):
        expect(self.scene.locator(".scene-title")).to_have_text(
            default().items[name].title[self.lang], timeout=LONG
        )
        for phone in self.phones:
            phone.card(name)
        expect(self.wall.locator(".marks")).to_have_count(0)  # the facilitator has not shown them

    def questions(self):
        for phone in self.phones:
            phone.questions()
        teams = len(self.definition.teams)
        ready = self.t.n(
            "{ready} of {count} team ready", "{ready} of {count} teams ready", teams, ready=teams
        )
        expect(self.wall.get_by_text(ready)).to_be_visible(timeout=LONG)
        expect(self.wall.locator(".map")).to_have_count(0)  # nobody sees anything before the team itself

    def own(self):
        for phone in self.phones:
            phone.see(self.t("This is what you said. Is it right?"))

    def guess(self):
        for phone in self.phones:
            phone.guess()
        self.all_have()

    def said(self, part):
        sentences = _SAID[part](*computed(self.room), self.lang)
        for place, sentence in enumerate(sentences):
            if place:
                self.cockpit.locator(".btn-next[aria-disabled=false]").click(timeout=LONG)
            expect(self.scene.locator(".sentence")).to_have_text(sentence, timeout=LONG)
            expect(self.cockpit.locator(".cockpit-now .reads")).to_have_text(sentence, timeout=LONG)
            assert len(sentence.split()) <= 15
            for phone in self.phones:
                expect(phone.page.get_by_text(sentence, exact=True).first).to_be_visible(timeout=LONG)

    def walk(self):
        for phone in self.phones:
            phone.walk()
        self.all_have()
        pairs = self.scene.locator(".pair")
        expect(self.scene.locator(".pair-done")).to_have_count(pairs.count(), timeout=LONG)

    def write(self):
        for phone in self.phones:
            phone.write()
        parts = [demo.afternoon(self.definition, seat.id) for seat in self.definition.seats]
        written = sum(len(part["agreements"]) for part in parts)
        expect(self.scene.locator("li.card")).to_have_count(written, timeout=LONG)

    def accept(self):
        made = computed(self.room)[0].agreements
        for phone in self.phones:
            phone.accept([one for one in made if one.other == phone.seat])
        expect(self.cockpit.get_by_text(self.t("no answer yet"))).to_have_count(0, timeout=LONG)


def computed(room):
    played = fold(room.store.events(room.workshop.id))
    return played, findings.find(played.definition, reconcile(played.definition, played.sheets))


def guesses(played):
    return [played.sheet(seat.id).guess for seat in played.definition.seats]


_SAID = {
    "arrives": lambda _, found, lang: told.arrives(found, lang),
    "drawn": lambda _, found, lang: told.drawn(found, lang),
    "bent": lambda _, found, lang: told.bent(found, lang),
    "against": lambda played, found, lang: told.against(found, guesses(played), lang),
    "audiences": lambda _, found, lang: told.audiences(found, lang),
    "circles": lambda _, found, lang: told.circles(found, lang),
    "walls": lambda _, found, lang: [*told.silo(found, lang), *told.walls(found, lang)],
}


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_whole_afternoon(browser, tmp_path, lang):
    t = translator(lang)
    visitors = []

    def visit(viewport):
        visitors.append(Visitor(browser, viewport, lang))
        return visitors[-1]

    with running_room(tmp_path, lang=lang, expect=18) as room:
        (defined,) = room.store.events(room.workshop.id, kinds={"workshop.defined"})
        definition = Definition.read(defined.payload)
        try:
            with colleagues(room, definition, {OURS, PROXY}) as playing:
                cockpit, wall = visit(DESK), visit(DESK)
                cockpit.page.goto(room.enter_url())
                wall.page.goto(room.enter_url("wall"))
                expect(wall.page.locator(".wall-join")).to_be_visible(timeout=LONG)
                phones = [Phone(visit(PHONE), room, definition, seat) for seat in (OURS, PROXY)]
                afternoon = Afternoon(room, definition, phones, cockpit, wall)
                afternoon.all_have()
                for moment in Room().program.moments:
                    afternoon.open(moment)
                kept = save(cockpit, t, tmp_path)
                cockpit.page.locator("summary", has_text=t("End the workshop")).click()
                cockpit.page.get_by_role("button", name=t("End the workshop")).click()
                for phone in phones:
                    phone.see(t("The workshop is over"))
                playing.result(60)
            assert [fault for visitor in visitors for fault in visitor.faults] == []
            hosts = {host for visitor in visitors for host in visitor.hosts}
            assert {host for host in hosts if host.startswith("http")} == {"http://workshop.test"}
            read_the_report(browser, kept, room, lang)
        finally:
            for visitor in visitors:
                visitor.leave()
        as_planted(room, definition)


def save(cockpit, t, folder):
    """Save report and data from the cockpit, as the browser's download."""
    with cockpit.page.expect_download(timeout=LONG) as download:
        cockpit.page.get_by_role("button", name=t("Save report and data")).click()
    path = folder / "bundle.zip"
    download.value.save_as(path)
    return path


def read_the_report(browser, kept, room, lang):
    """Open the report in a browser that reaches nothing at all."""
    folder = kept.parent / "unpacked"
    with zipfile.ZipFile(kept) as bundle:
        bundle.extractall(folder)
    (report,) = folder.rglob(f"report-{lang}.html")
    asked = []
    context = browser.new_context(offline=True, viewport=DESK)
    try:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(report.as_uri())
        _, found = computed(room)
        for sentence in (*told.bent(found, lang), *told.audiences(found, lang), *told.circles(found, lang)):
            expect(page.get_by_text(sentence, exact=True).first).to_be_visible()  # the annex says it again
        assert page.locator("html").get_attribute("lang") == lang
        assert page.locator("svg[role=img]").count() >= 1
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    finally:
        context.close()


def as_planted(room, definition):
    """See that what people tapped is what the demo's files say, seat by seat, and that so is what was found."""
    played, found = computed(room)
    for seat in definition.seats:
        sheet = played.sheet(seat.id)
        assert sheet.ready, seat.id
        part = demo.afternoon(definition, seat.id)
        rows = {"told": {}, "heard": {}}
        for kind, payload in part["lines"]:
            if kind in rows:
                rows[kind][payload["to" if kind == "told" else "from"]] = payload
        assert sheet.told.keys() == rows["told"].keys(), seat.id
        assert {one: row.expected for one, row in sheet.told.items()} == {
            one: row["expected"] for one, row in rows["told"].items()
        }
        assert {one: (row.answer, row.via) for one, row in sheet.heard.items()} == {
            one: (row["answer"], row["via"]) for one, row in rows["heard"].items()
        }
        assert sheet.marks == part["marks"]
        assert (sheet.guess, sheet.walked) == (part["guess"], part["walked"])
    assert [sorted(circle) for circle in found.circles.closed.circles] == [
        ["care-team", "debt-support", "work-income"]
    ]
    assert found.silos.verdict == "more_closed"
    assert re.fullmatch(r"communication|contact-centre", found.bridges.actors[0].ends[0])
    assert all(one.answer for one in played.agreements)
