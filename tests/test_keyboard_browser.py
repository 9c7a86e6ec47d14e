"""Everything without a mouse: Tab, Enter and Space alone, and at every stop one sees where one is."""

from __future__ import annotations

import re
import uuid

import pytest
from playwright.sync_api import expect

from room import running_room
from screens import FAR, NEAR, OTHER, US, WITHIN_MS, Walk, seen
from visitor import DESK
from workshopkit.i18n import translator
from workshopkit.room.fold import fold

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST_STOPS = 80

# Where the focus is: its words, how it is marked, and whether something lies over it.
_STOP = """async () => {
  await Promise.all(document.getAnimations().map((one) => one.finished));  // fresh buttons take no clicks for a moment
  const part = document.activeElement;
  if (part === document.body) return null;
  const shade = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const apart = (one, other) => (Math.max(shade(one), shade(other)) + 0.05) / (Math.min(shade(one), shade(other)) + 0.05);
  const circle = part.querySelector(":scope > circle");
  const look = circle ? getComputedStyle(circle) : getComputedStyle(part);
  const ground = getComputedStyle(document.body).backgroundColor;
  const { left, top, width, height } = (circle ?? part).getBoundingClientRect();
  return {
    name: part.getAttribute("aria-label") ?? (part.innerText.trim() || part.name),
    tag: part.tagName,
    ring: circle ? look.stroke : look.outlineStyle === "none" ? null : look.outlineColor,
    width: parseFloat(circle ? look.strokeWidth : look.outlineWidth),
    contrast: circle ? apart(look.stroke, ground) : apart(look.outlineColor, ground),
    covered: !part.contains(document.elementFromPoint(left + width / 2, top + height / 2)),
  };
}"""

_CONTROLS = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), summary, [tabindex='0']")]
  .filter((part) => part.checkVisibility())
  .map((part) => part.getAttribute("aria-label") ?? (part.innerText.trim() || part.name))"""


class Keys:
    """Somebody with a keyboard alone."""

    def __init__(self, page, lang="nl"):
        self.page = page
        self.t = translator(lang)

    def tab(self):
        """Go one stop on; gives it, and fails where one does not see it."""
        self.page.keyboard.press("Tab")
        stop = self.page.evaluate(_STOP)
        if stop is not None:
            assert stop["ring"], f"no ring: {stop}"
            assert min(stop["width"], stop["contrast"] - 1) >= 2, f"hardly a ring: {stop}"
            assert not stop["covered"], f"hidden under something: {stop}"
        return stop

    def to(self, text, *, within=MOST_STOPS):
        """Go on to the stop that begins with these words; gives the stops on the way."""
        words = self.t(text)
        passed = []
        for _ in range(within):
            stop = self.tab()
            passed.append(stop["name"] if stop else None)
            if stop and re.sub(r"^✓\s*", "", stop["name"]).startswith(words):
                return passed
        pytest.fail(f"not reached: {words}; passed: {passed}")

    def press(self, text, key="Enter"):
        """Go to a button and press it."""
        self.to(text)
        self.page.keyboard.press(key)

    def begin(self):
        """Begin at the top of the page."""
        self.page.evaluate(
            "document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')"
        )

    def focused(self):
        """Give the words of what has the focus."""
        stop = self.page.evaluate(_STOP)
        return stop["name"] if stop else None

    def around(self):
        """Go round once; gives all stops."""
        self.begin()
        passed = []
        while len(passed) < MOST_STOPS:
            stop = self.tab()
            if stop is None or (passed and stop["name"] == passed[0]):
                break
            passed.append(stop["name"])
        return passed


def sheet_of(walk, place):
    events = walk.room.store.events(walk.room.workshop.id)
    return fold(events).sheet(walk.teams[place].id)


def asked(walk, page, question):
    walk.asked(page, question)
    page.locator("h1:focus").wait_for(timeout=WITHIN_MS)


def test_a_team_answers_everything_with_the_keyboard_alone(walk):
    page = walk.come().page
    keys = Keys(page)
    page.goto(walk.room.url("/"))
    keys.to("code")
    page.keyboard.type(walk.room.workshop.code.lower())
    page.keyboard.press("Enter")
    seen(page.get_by_role("heading", name=walk.t("Which team are you?")))
    keys.press(walk.name(US))
    seen(page.locator("#app .seat"))
    walk.facilitate("act.opened", {"act": "lines"})

    asked(walk, page, "Whom did you tell this yourselves? Tap them.")
    assert keys.to(walk.name(NEAR)) == [walk.name(NEAR)], "Tab goes from the question to its first row"
    page.keyboard.press("Space")
    keys.to(walk.name(OTHER))
    page.keyboard.press("Space")
    keys.press("doubt", "Space")
    keys.press("This is everyone")

    asked(walk, page, "From whom did you hear it?")
    keys.press(walk.name(NEAR), "Space")
    keys.press("partly")
    keys.press(walk.name(FAR), "Space")
    keys.press("via another", "Space")
    keys.press("press", "Space")
    keys.press("This is everyone")

    asked(walk, page, "From whom would you have liked to hear it directly?")
    keys.press(walk.name(OTHER), "Space")
    keys.press("Go on")

    page.locator("h1:focus").wait_for(timeout=WITHIN_MS)
    keys.press("Change")
    expect(page.get_by_role("button", name=walk.t("Whom we told"))).to_be_focused()
    page.keyboard.press("Enter")
    asked(walk, page, "Whom did you tell this yourselves? Tap them.")
    keys.press(walk.name(NEAR))
    keys.press("Take back")
    expect(page.locator(".row-name", has_text=walk.name(NEAR))).to_be_focused()
    keys.press("Done")
    page.locator("h1:focus").wait_for(timeout=WITHIN_MS)
    keys.press("Right")
    seen(page.get_by_role("heading", name=walk.t("Thank you. Look at the big screen.")))
    walk.stored(page)

    sheet = sheet_of(walk, US)
    ids = {place: walk.teams[place].id for place in (NEAR, OTHER, FAR)}
    assert {to: row.expected for to, row in sheet.told.items()} == {ids[OTHER]: "doubt"}
    heard = {source: (row.answer, row.via) for source, row in sheet.heard.items()}
    assert heard == {ids[NEAR]: ("partly", None), ids[FAR]: ("via", "press")}
    assert sheet.wish == ids[OTHER]
    assert sheet.ready
    assert sheet.checked


def test_every_control_of_a_question_is_a_stop_in_the_order_of_the_page(walk):
    phone = walk.come()
    walk.join(phone, US)
    walk.facilitate("act.opened", {"act": "lines"})
    walk.asked(phone.page, "Whom did you tell this yourselves? Tap them.")
    walk.row(phone.page, OTHER)
    seen(phone.page.locator(".row-inside"))
    assert Keys(phone.page).around() == phone.page.evaluate(_CONTROLS)


def test_a_choice_between_two_phones_can_be_made_and_the_focus_is_not_lost(walk):
    *_, (name, page) = ((screen.name, screen.page) for screen in until(walk, "phone: conflict"))
    assert name == "phone: conflict"
    keys = Keys(page)
    keys.begin()
    keys.press("doubt")
    expect(page.get_by_role("alert")).to_have_count(0, timeout=WITHIN_MS)
    assert keys.focused() is not None


def until(walk, name):
    """Walk through what goes wrong, up to a screen."""
    walk.facilitate("act.opened", {"act": "lines"})
    for screen in walk.trouble():
        yield screen
        if screen.name == name:
            return


def test_the_facilitator_leads_with_the_keyboard_alone(walk):
    page = walk.come(DESK).page
    keys = Keys(page)
    page.goto(walk.room.enter_url())
    seen(page.locator(".cockpit-teams"))
    assert keys.around() == page.evaluate(_CONTROLS)

    keys.begin()
    keys.press("Next")
    seen(page.get_by_role("heading", name=walk.t("Walk in")))
    assert keys.focused() == walk.t("Next")
    keys.press(walk.t.n("{count} minute", "{count} minutes", 8), "Space")
    seen(page.locator(".timer"))
    keys.press("Stop the timer", "Space")
    expect(page.locator(".timer")).to_have_count(0, timeout=WITHIN_MS)
    assert keys.focused() == walk.t.n("{count} minute", "{count} minutes", 15), "nearest to what has gone"

    walk.colleagues(but=())
    keys.begin()
    keys.press("Show the map")
    seen(page.locator(".map > svg .line-confirmed").first)
    keys.press("The same as a list")
    seen(page.locator(".map table"))
    kinds = [
        event.kind
        for event in walk.room.store.events(walk.room.workshop.id, participants=[facilitator(walk)])
    ]
    assert kinds == ["act.opened", "timer.set", "timer.set", "map.shown"]


def facilitator(walk):
    """Give who opened the cockpit."""
    [who] = {
        event.participant for event in walk.room.store.events(walk.room.workshop.id, kinds={"map.shown"})
    }
    return who


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_places_on_the_map_come_in_order_and_tell_their_lines(browser, tmp_path, lang):
    with running_room(tmp_path, lang=lang) as room:
        walk = Walk(browser, room, lang)
        try:
            walk.facilitate("act.opened", {"act": "lines"})
            walk.colleagues(but=())
            walk.facilitate("map.shown", {"shown": True})
            page = walk.come(DESK).page
            page.goto(room.enter_url("wall"))
            seen(page.locator(".map > svg .line-confirmed").first)
            page.locator(".map summary").click()
            rows = {tuple(row.split("\t")) for row in page.locator(".map tbody").inner_text().splitlines()}

            keys = Keys(page, lang)
            keys.begin()
            keys.to(walk.name(0))
            names = [keys.focused()]
            assert page.locator(".map .line-far").count() > 0
            assert page.locator(".map .line:not(.line-far)").count() > 0
            while len(names) < len(walk.teams):
                names.append(keys.tab()["name"])
        finally:
            walk.close()
    assert [name.split(".")[0] for name in names] == [team.label for team in walk.teams]
    assert told_by(names, walk.t("to")) == rows
    assert {(source, target, state) for target, source, state in told_by(names, walk.t("from"))} == rows


def told_by(names, way):
    """Read (place, other place, state) out of what the places say in one direction."""
    found = set()
    for name in names:
        place, _, said = name.removesuffix(".").partition(". ")
        for clause in said.split("; "):
            if clause.startswith(f"{way} "):
                others, _, state = clause.removeprefix(f"{way} ").rpartition(": ")
                found |= {(place, other, state) for other in others.split(", ")}
    return found


def test_a_place_without_lines_says_so(walk):
    walk.facilitate("act.opened", {"act": "lines"})
    us, near = walk.teams[US].id, walk.teams[NEAR].id
    who = uuid.uuid4().hex[:12]
    for kind, payload in (
        ("joined", {"actor": us}),
        ("told", {"to": near, "answer": "yes", "expected": "yes"}),
        ("list.closed", {"list": "told"}),
    ):
        walk.facilitate(kind, payload, who=who)
    walk.facilitate("map.shown", {"shown": True})
    page = walk.come(DESK).page
    page.goto(walk.room.enter_url("wall"))
    seen(page.locator(".map > svg .line").first)
    names = [node.get_attribute("aria-label") for node in page.locator(".node").all()]
    assert names[US] == f"{walk.name(US)}. naar {walk.name(NEAR)}: nog niet beantwoord."
    assert names[FAR] == f"{walk.name(FAR)}. geen lijn."
