"""Every screen, in both languages, light and dark, on a phone and on a desk: for everybody who uses it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect

from room import running_room
from screens import US, WITHIN_MS, Walk
from visitor import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = {"width": 320, "height": 640}
# A window of 1280 × 1024, as a browser lays it out at 200 % and at 400 %.
ZOOMED = {"200 %": {"width": 640, "height": 512}, "400 %": {"width": 320, "height": 256}}
# Success criterion 1.4.12 of WCAG: a reader may space the text so.
SPACED = """
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }
"""

_AXE = """async (rules) => {
  const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
    `${id}: ${target.join(" ")}: ${failureSummary.split("\\n").slice(1).join("; ").trim()}`));
}"""

_SMALL = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary, textarea")]
  .filter((part) => part.checkVisibility())
  .map((part) => [part, (part.closest(".tick") ?? part).getBoundingClientRect(), part.matches(".row-name, .choice") ? 48 : 44])
  .filter(([, { width, height }, least]) => width < 43.9 || height < least - 0.1)
  .map(([part, { width, height }]) => `${part.textContent.trim() || part.name}: ${width} × ${height}`)"""

# What lies under something else even after it was scrolled to, as when it gets the focus.
_COVERED = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), summary")]
  .filter((part) => part.checkVisibility())
  .filter((part) => {
    part.scrollIntoView({ block: "nearest" });
    const { left, right, top, bottom } = part.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const points = [[left + 4, y], [right - 4, y], [x, top + 4], [x, bottom - 4]];
    return points.some(([x, y]) => !part.contains(document.elementFromPoint(x, y)));
  })
  .map((part) => part.textContent.trim())"""

# A fresh screen takes no taps for a moment; and effects run after the next frame. A browser may stop drawing a page.
_CALM = """() => Promise.race([
  new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    .then(() => Promise.allSettled(document.getAnimations().map((one) => one.finished))),
  new Promise((done, fail) => setTimeout(() => fail("the browser draws this page no more"), 30_000)),
])"""

_ASKED_IN_SIGHT = """() => [...document.querySelectorAll(".row-inside :is(p, button)")].every((part) => {
  const { left, top, bottom } = part.getBoundingClientRect();
  return part.contains(document.elementFromPoint(left + 12, (top + bottom) / 2));
})"""

# What is wider than the window, and what is cut off inside a part that hides its overflow.
_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  const parts = [...document.body.querySelectorAll("*")].filter((part) => part.checkVisibility() && !part.closest("svg"));
  const name = (part) => `${part.tagName}.${part.className}: ${part.textContent.trim().slice(0, 30)}`;
  return [
    ...parts.filter((part) => part.getBoundingClientRect().right > width + 1).map((part) => `sideways ${name(part)}`),
    ...parts
      .filter((part) => getComputedStyle(part).overflowX !== "visible" && part.scrollWidth > part.clientWidth + 1)
      .filter((part) => !part.matches("input"))
      .map((part) => `cut off ${name(part)}`),
  ];
}"""

# Text that a part of fixed height hides.
_CUT_OFF = """() => [...document.body.querySelectorAll("*")]
  .filter((part) => part.checkVisibility() && !part.closest("svg") && !part.matches("input, select, textarea, .picked"))
  .filter((part) => /hidden|clip/.test(getComputedStyle(part).overflowY) && part.scrollHeight > part.clientHeight + 1)
  .map((part) => `cut off ${part.tagName}.${part.className}: ${part.textContent.trim().slice(0, 30)}`)"""

# Where colours are the reader's own, a control shows by its rim or, as a link, by its line.
_RIMLESS = """() => [...document.querySelectorAll("button, input:not([type=hidden]), select, textarea, a.btn, a.choice")]
  .filter((part) => part.checkVisibility() && !part.matches(".btn-bar, .btn-quiet"))
  .filter((part) => ![part, ...part.querySelectorAll("*")].some((one) => {
    const { borderTopWidth, borderTopStyle, borderTopColor } = getComputedStyle(one);
    return parseFloat(borderTopWidth) > 0 && borderTopStyle !== "none" && borderTopColor !== getComputedStyle(document.body).backgroundColor;
  }) && !["checkbox", "radio"].includes(part.type))
  .map((part) => `${part.tagName}.${part.className}: ${part.textContent.trim().slice(0, 30)}`)"""

_OUTLINE = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  .filter((part) => part.checkVisibility())
  .map((part) => Number(part.tagName[1]))"""

_MOVING = """() => [
  ...[...document.querySelectorAll("*")]
    .filter((part) => getComputedStyle(part).transitionDuration.split(", ").some((time) => time !== "0s"))
    .map((part) => part.getAttribute("class")),
  ...document.getAnimations()
    .filter(({ effect }) => effect.getKeyframes().some((frame) => !("pointerEvents" in frame)))
    .map(({ effect }) => effect.target.className),
]"""

_SAID = """() => [...document.querySelectorAll("[role=status], [role=alert]")]
  .map((part) => [part.getAttribute("role"), part.innerText.trim()])"""

_LOOKS = """() => {
  const ground = (part) => getComputedStyle(part).backgroundColor;
  return {
    rows: [...document.querySelectorAll(".row-name:has(.row-mark)")].map((row) => [
      row.getAttribute("aria-pressed") ?? row.getAttribute("aria-checked"), row.querySelector(".row-mark").textContent.trim(), ground(row.querySelector(".row-mark"))]),
    choices: [...document.querySelectorAll(".segment button, .chips button")].map((one) => [
      one.getAttribute("aria-pressed"), ground(one)]),
    lines: [...document.querySelectorAll(".map > svg .line")].map((line) => [
      /line-(?!far)\\w+/.exec(line.getAttribute("class"))[0], getComputedStyle(line).strokeDasharray, getComputedStyle(line).stroke]),
    forced: matchMedia("(forced-colors: active)").matches,
    text: getComputedStyle(document.body).color,
    ground: getComputedStyle(document.body).backgroundColor,
  };
}"""


@dataclass
class Seen:
    """What was measured on one screen."""

    lang: str
    title: str
    outline: list[int]
    said: list[tuple[str, str]]
    focused: str
    rules: list[str] = field(default_factory=list)
    covered: list[str] = field(default_factory=list)
    small: list[str] = field(default_factory=list)
    wide: list[str] = field(default_factory=list)
    moving: dict[str, list[str]] = field(default_factory=dict)
    looks: dict[str, object] = field(default_factory=dict)
    spaced: list[str] = field(default_factory=list)
    rimless: list[str] = field(default_factory=list)


@pytest.fixture(scope="module", params=["nl", "en"])
def seen(request, browser, tmp_path_factory):
    """Walk along all screens once, and give what was measured on each by its name."""
    with running_room(tmp_path_factory.mktemp("screens"), lang=request.param) as room:
        walk = Walk(browser, room, request.param)
        found = {}
        try:
            for screen in walk.everywhere():
                found[screen.name] = measured(screen.name, screen.page)
        finally:
            walk.close()
        yield {"lang": request.param, "screens": found}


def measured(name, page):
    if name in ASKED:
        with suppress(PlaywrightTimeout):  # then the test of the focus says so
            page.locator("h1:focus").wait_for(timeout=WITHIN_MS)
    page.evaluate(_CALM)
    if name in ANNOUNCED:
        with suppress(
            PlaywrightTimeout
        ):  # a calm word comes a moment later; the test of what is announced says so
            page.wait_for_function(
                "(role) => [...document.querySelectorAll(`[role=${role}]`)].some((part) => part.innerText.trim())",
                arg=ANNOUNCED[name],
                timeout=WITHIN_MS,
            )
    before = page.viewport_size
    assert not page.evaluate("matchMedia('(forced-colors: active)').matches")
    now = Seen(
        lang=page.evaluate("document.documentElement.lang"),
        title=page.title(),
        outline=page.evaluate(_OUTLINE),
        said=[tuple(pair) for pair in page.evaluate(_SAID)],
        focused=page.evaluate("document.activeElement.tagName"),
    )
    page.evaluate(AXE_SCRIPT)
    for where, viewport in (("phone", PHONE), ("desk", DESK)):
        page.set_viewport_size(viewport)
        now.covered += [f"{where}: {part}" for part in page.evaluate(_COVERED)]
        # As high as the whole page: a row half under the bar at the bottom is small only until somebody scrolls, and
        # axe looks at nothing that it cannot see.
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": viewport["width"], "height": max(height, viewport["height"])})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            now.rules += [f"{where}, {scheme}: {fault}" for fault in page.evaluate(_AXE, RULES)]
        page.set_viewport_size(viewport)
        now.wide += [f"{where}: {part}" for part in page.evaluate(_WIDE)]
    page.emulate_media(color_scheme="light", forced_colors="active")
    now.looks = page.evaluate(_LOOKS)
    now.rimless = page.evaluate(_RIMLESS)
    page.emulate_media(color_scheme="null", forced_colors="null")
    for motion in ("reduce", "no-preference"):
        page.emulate_media(reduced_motion=motion)
        now.moving[motion] = page.evaluate(_MOVING)
    page.emulate_media(reduced_motion="null")
    page.set_viewport_size(PHONE)
    now.small = page.evaluate(_SMALL)
    page.set_viewport_size(NARROW)
    now.wide += [f"320 wide: {part}" for part in page.evaluate(_WIDE)]
    for zoom, viewport in ZOOMED.items():
        page.set_viewport_size(viewport)
        now.wide += [f"{zoom}: {part}" for part in page.evaluate(_WIDE)]
        now.covered += [f"{zoom}: {part}" for part in page.evaluate(_COVERED)]
    page.set_viewport_size(PHONE)
    now.spaced = spaced_out(page)
    now.wide += [f"text twice as large: {part}" for part in twice_as_large(page)]
    page.set_viewport_size(before)
    return now


def twice_as_large(page):
    """Measure with the browser's own setting for text at 200 %."""
    usual = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    now = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    assert now == pytest.approx(2 * usual), "the setting for text has no effect"
    found = page.evaluate(_WIDE)
    devtools.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    devtools.detach()
    return found


def spaced_out(page):
    """Measure with the text spaced as a reader may."""
    page.evaluate(
        "(css) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets.push(sheet); }",
        SPACED,
    )
    spacing = page.evaluate("getComputedStyle(document.body).letterSpacing")
    assert spacing != "normal", "the spacing has no effect"
    found = page.evaluate(_WIDE) + page.evaluate(_CUT_OFF)
    page.evaluate("() => void document.adoptedStyleSheets.pop()")
    return found


ASKED = {
    "phone: told",
    "phone: heard",
    "phone: wish",
    "phone: check",
    "phone: correcting",
    "phone: done",
}
ANNOUNCED = {
    "door: wrong code": "alert",
    "door: rejoin with a wrong code": "alert",
    "phone: told, row open": "status",
    "phone: conflict": "alert",
    "phone: no connection": "status",
}


def on_no_screen(seen, what):
    """Fail with every fault of every screen."""
    found = [f"{name}: {fault}" for name, now in seen["screens"].items() for fault in what(now)]
    assert not found, "\n".join([f"in {seen['lang']}:", *found])


def test_no_screen_breaks_a_rule_of_wcag(seen):
    on_no_screen(seen, lambda now: now.rules)


def test_every_button_is_large_enough_for_a_thumb(seen):
    on_no_screen(seen, lambda now: now.small)


def test_nothing_that_can_be_tapped_stays_under_a_bar(seen):
    on_no_screen(seen, lambda now: now.covered)


def test_nothing_is_wider_than_the_window_or_cut_off(seen):
    on_no_screen(seen, lambda now: now.wide)


def test_text_may_be_spaced_and_loses_nothing(seen):
    on_no_screen(seen, lambda now: now.spaced)


def test_in_the_readers_own_colours_every_control_still_has_a_rim(seen):
    on_no_screen(seen, lambda now: now.rimless)


def test_every_screen_says_its_language(seen):
    on_no_screen(seen, lambda now: [] if now.lang == seen["lang"] else [now.lang])


def test_headings_begin_with_the_only_first_one_and_skip_no_level(seen):
    def wrong(now):
        steps = [later - sooner for sooner, later in pairwise(now.outline)]
        right = now.outline.count(1) == 1 == now.outline[0] and max(steps, default=0) <= 1
        return [] if right else [now.outline]

    on_no_screen(seen, wrong)


def test_every_screen_has_a_title_in_words(seen):
    names_nothing = {"", "workshopkit"}
    on_no_screen(
        seen, lambda now: [now.title] if now.title.strip() in names_nothing or "{" in now.title else []
    )


def test_the_focus_goes_to_every_new_question(seen):
    assert {name: seen["screens"][name].focused for name in ASKED} == dict.fromkeys(ASKED, "H1")


def test_what_changes_is_announced(seen):
    silent = {
        name: now.said
        for name, now in seen["screens"].items()
        if name in ANNOUNCED and not any(role == ANNOUNCED[name] and text for role, text in now.said)
    }
    assert silent == {}
    assert set(ANNOUNCED) <= set(seen["screens"])


def test_the_place_for_news_of_the_connection_is_there_before_there_is_any(seen):
    """A screen reader tells what changes in a live region, and misses one that comes with its text."""
    assert ("status", "") in seen["screens"]["phone: waiting"].said


def test_nothing_moves_for_those_who_want_it_calm(seen):
    on_no_screen(seen, lambda now: now.moving["reduce"])
    assert seen["screens"]["wall: map"].moving["no-preference"]


def test_forced_colours_still_show_what_is_on(seen):
    told = seen["screens"]["phone: told, row open"].looks["rows"]
    on = {(mark, ground) for pressed, mark, ground in told if pressed == "true"}
    off = {(mark, ground) for pressed, mark, ground in told if pressed == "false"}
    assert {mark for mark, _ in on} == {"✓"}
    assert {mark for mark, _ in off} == {""}
    assert not {ground for _, ground in on} & {ground for _, ground in off}
    for name in ("phone: told, row open", "phone: heard, via", "phone: wish, chosen"):
        choices = seen["screens"][name].looks["choices"]
        grounds = {
            pressed: {ground for state, ground in choices if state == pressed}
            for pressed in ("true", "false")
        }
        assert grounds["true"], name
        assert not grounds["true"] & grounds["false"], name


def test_forced_colours_still_tell_the_lines_apart(seen):
    looks = seen["screens"]["wall: map"].looks
    assert looks["forced"]
    dashes = {}
    for state, dash, stroke in looks["lines"]:
        dashes.setdefault(state, set()).add(dash)
        assert stroke == looks["text"] != looks["ground"]
    assert len(dashes) >= 4
    assert len(set.union(*dashes.values())) == len(dashes)


def test_a_row_that_opens_shows_what_it_asks(browser, tmp_path):
    """Also the last ones, which would otherwise open under the bar at the bottom."""
    with running_room(tmp_path) as room:
        walk = Walk(browser, room, "nl")
        try:
            phone = walk.come()
            walk.join(phone, US)
            walk.facilitate("act.opened", {"act": "lines"})
            walk.asked(phone.page, "Whom did you tell this yourselves? Tap them.")
            for row in phone.page.locator(".row-name").all():
                row.evaluate("(row) => row.scrollIntoView({ block: 'end' })")
                row.click()
                phone.page.locator(".row:has([aria-expanded=true]) .row-inside").wait_for()
                phone.page.evaluate(_CALM)
                assert phone.page.evaluate(_ASKED_IN_SIGHT), row.inner_text()
                row.click()
                expect(phone.page.locator(".row-inside")).to_have_count(0)
        finally:
            walk.close()
