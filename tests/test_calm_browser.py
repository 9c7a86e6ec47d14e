"""What comes in by itself disturbs nobody: not who types, not who listens, not who needs longer or wants it calm."""

from __future__ import annotations

import datetime as dt
import json
import re
import time
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import expect

from screens import NEAR, OTHER, US, WITHIN_MS, Cut, seen
from visitor import DESK, PHONE
from workshopkit.server.join import _TOKEN_S

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONGEST_AFTERNOON_S = 20 * 3600
CALM_MS = 10_000
SENTENCE = "de planning verandert en niemand het hoort"

_HERE = """() => {
  const part = document.activeElement;
  const { top } = part.getBoundingClientRect();
  return { tag: part.tagName, value: part.value, at: part.selectionStart ?? null, top: Math.round(top) };
}"""

# Notes when a polite region says something else; what is emptied says nothing.
_LISTEN = """() => {
  window.said = [];
  const regions = "[role=status], [aria-live=polite]";
  const texts = new Map();
  const look = () => {
    for (const part of document.querySelectorAll(regions)) {
      const text = part.textContent.trim();
      if (text !== (texts.get(part) ?? "") && text) window.said.push([performance.now(), text]);
      texts.set(part, text);
    }
  };
  look();
  window.said.length = 0;
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""


def set_timer(walk, seconds):
    walk.facilitate("timer.set", {"seconds": seconds, "at": round(time.time(), 3)})


def patch(walk, page, number):
    """Let something come in that the page shows, and wait until it does."""
    set_timer(walk, 60 * (20 + number))
    expect(page.locator(".timer").first).to_have_text(
        re.compile(rf"^({20 + number}:00|{19 + number}:\d\d)$"), timeout=WITHIN_MS
    )


# Who types -------------------------------------------------------------------------------------------------------


def test_who_writes_an_agreement_keeps_focus_caret_words_and_place(walk):
    phone = walk.come()
    page = phone.page
    walk.join(phone, US)
    walk.facilitate("act.opened", {"act": "lines"})
    walk.colleagues()
    walk.facilitate("act.opened", {"act": "agreements", "part": "write"})
    field = page.get_by_label(walk.t("If this gets in the way …"))
    field.click(timeout=WITHIN_MS)
    page.keyboard.type(SENTENCE[:10])
    before = page.evaluate(_HERE)
    for number, letter in enumerate(SENTENCE[10:20]):
        who = f"simulated-{walk.teams[NEAR].id}"
        walk.facilitate(
            "told", {"to": walk.teams[OTHER].id, "answer": "yes" if number % 2 else "no"}, who=who
        )
        patch(walk, page, number)
        now = page.evaluate(_HERE)
        assert now == {**before, "value": SENTENCE[: 10 + number], "at": 10 + number}
        page.keyboard.type(letter)
    page.keyboard.press("Home")
    patch(walk, page, 11)
    page.keyboard.type("Als ")
    assert field.input_value() == f"Als {SENTENCE[:20]}"


def test_who_tells_an_example_keeps_what_was_typed(walk):
    phone = walk.come()
    page = phone.page
    walk.join(phone, US)
    walk.facilitate("act.opened", {"act": "case", "part": "P6"})
    walk.tap(page, "we recognise this")
    walk.stored(page)
    page.locator("details:not(.mine) > summary").click()
    page.locator("textarea").click()
    for number, letter in enumerate(SENTENCE[:8]):
        page.keyboard.type(letter)
        walk.facilitate("case.marked", {"card": "P6", "mark": "ours"}, who=f"other-{number}", act="case")
        patch(walk, page, number)
        now = page.evaluate(_HERE)
        assert (now["tag"], now["value"], now["at"]) == ("TEXTAREA", SENTENCE[: number + 1], number + 1)


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_who_leads_loses_neither_focus_nor_place_while_teams_answer(walk, viewport):
    page = walk.come(viewport).page
    page.goto(walk.room.enter_url())
    walk.facilitate("act.opened", {"act": "lines"})
    seen(page.locator(".cockpit-teams"))
    seen(page.locator('#app[data-moment^="lines/"]'))
    page.locator("summary", has_text=walk.t("The sponsor goes first")).click()
    page.locator("details[open] select").focus()
    page.locator("details[open] select").evaluate("(field) => field.scrollIntoView({ block: 'center' })")
    before = page.evaluate(_HERE)
    walk.colleagues(but=())
    seats = sum(one.has_voice for one in walk.teams)
    expect(page.locator(".cockpit-teams .team-ready")).to_have_count(seats, timeout=WITHIN_MS)
    patch(walk, page, 0)
    now = page.evaluate(_HERE)
    assert (now["tag"], now["value"]) == ("SELECT", before["value"])
    assert abs(now["top"] - before["top"]) <= 2, "the page jumped"


# Who listens -----------------------------------------------------------------------------------------------------


def said(page):
    return page.evaluate("window.said")


def calm(page):
    """Fail where two words come within ten seconds; gives the words."""
    found = said(page)
    gaps = [later[0] - sooner[0] for sooner, later in pairwise(found)]
    assert all(gap >= CALM_MS - 50 for gap in gaps), found
    return [text for _, text in found]


def test_a_phone_that_is_tapped_says_once_that_all_is_kept(walk):
    phone = walk.come()
    page = phone.page
    cut = Cut(page)
    walk.join(phone, US)
    walk.facilitate("act.opened", {"act": "lines"})
    walk.asked(page, "Whom did you tell this yourselves? Tap them.")
    page.evaluate(_LISTEN)
    kept = walk.t("Everything is kept.")
    for place in range(1, 9):
        walk.row(page, place)
        walk.stored(page)
    page.wait_for_function("() => window.said.length > 0", timeout=WITHIN_MS)
    for place in (1, 2, 3):
        walk.row(page, place)
        walk.stored(page)
    words = calm(page)
    assert words[-1] == kept
    assert len(words) <= 2, "eleven taps"
    cut.now()
    walk.row(page, 10)
    told = "(words) => window.said.some(([, text]) => text === words)"
    page.wait_for_function(told, arg=walk.t("Not everything is kept yet."), timeout=WITHIN_MS)


def test_the_cockpit_tells_in_batches_who_is_in(walk):
    page = walk.come(DESK).page
    page.goto(walk.room.enter_url())
    seen(page.locator(".cockpit-teams"))
    page.evaluate(_LISTEN)
    seats = iter(walk.teams)
    joined = 0
    for batch, count in enumerate((1, 5, 4), start=1):
        for _ in range(count):
            joined += 1
            seat = next(seats).id
            walk.facilitate("joined", {"actor": seat}, who=f"simulated-{seat}")
            expect(page.locator(".cockpit-teams h2")).to_contain_text(str(joined), timeout=WITHIN_MS)
        page.wait_for_function("(count) => window.said.length >= count", arg=batch, timeout=WITHIN_MS)
    words = calm(page)
    teams = sum(one.has_voice for one in walk.teams if one.kind != "audience")
    assert words[-1] == walk.t.n(
        "{joined} of {count} team is in", "{joined} of {count} teams are in", teams, joined=joined
    )
    assert len(words) < joined


def test_a_sentence_of_the_reveal_is_said_on_the_phone(walk):
    phone = walk.come()
    page = phone.page
    walk.join(phone, US)
    walk.facilitate("act.opened", {"act": "lines"})
    walk.colleagues(but=())
    walk.facilitate("act.opened", {"act": "silos", "part": "arrives"})
    seen(page.locator("p.lead"))
    status = page.locator("#app [role=status]").first
    expect(status).to_have_text(re.compile(r"\d+ lijn"), timeout=WITHIN_MS)
    assert page.locator("p.lead").first.inner_text() == status.inner_text()


# Who needs longer ------------------------------------------------------------------------------------------------


def test_no_timer_shuts_anybody_out_and_who_leads_can_give_more(walk):
    phone = walk.come()
    page = phone.page
    walk.join(phone, US)
    walk.facilitate("act.opened", {"act": "lines"})
    walk.asked(page, "Whom did you tell this yourselves? Tap them.")
    set_timer(walk, 1)
    seen(page.locator(".timer-over"))
    walk.row(page, NEAR)
    walk.tap(page, "doubt")
    walk.stored(page)
    walk.tap(page, "This is everyone")
    walk.asked(page, "From whom did you hear it?")
    set_timer(walk, 300)
    expect(page.locator(".timer-over")).to_have_count(0, timeout=WITHIN_MS)
    told = walk.room.store.events(walk.room.workshop.id, kinds={"told", "list.closed"})
    assert {event.kind for event in told} == {"told", "list.closed"}


def test_who_is_in_stays_in_for_longer_than_any_afternoon(walk):
    phone, leads = walk.come(), walk.come()
    walk.join(phone, US)
    leads.page.goto(walk.room.enter_url())
    seen(leads.page.locator(".cockpit-teams"))
    for visitor, name in ((phone, "workshopkit-session"), (leads, "workshopkit-lead")):
        (cookie,) = [one for one in visitor.context.cookies() if one["name"] == name]
        left = cookie["expires"] - dt.datetime.now(tz=dt.UTC).timestamp()
        assert left > LONGEST_AFTERNOON_S
    assert _TOKEN_S >= LONGEST_AFTERNOON_S
    room = walk.room
    token = room.store.issue_token(
        room.workshop.id, purpose="rejoin", role="participant", participant="p", actor="a", ttl_s=_TOKEN_S
    )
    _, secret = room.store.open_session(
        room.workshop.id, role="participant", actor=walk.teams[US].id, lang="nl"
    )
    later = dt.datetime.now(tz=dt.UTC).timestamp() + LONGEST_AFTERNOON_S
    path = room.store.url.removeprefix("sqlite:///")
    with closing(type(room.store)(Path(path), clock=lambda: later)) as store:
        assert store.session(secret) is not None
        assert store.redeem_token(token, "rejoin").participant == "p"
        assert store.workshop_by_code(room.workshop.code).id == room.workshop.id


# Who wants it calm -----------------------------------------------------------------------------------------------


def test_without_movement_the_lines_bend_at_once_and_end_up_the_same(walk):
    walk.facilitate("act.opened", {"act": "lines"})
    walk.colleagues(but=())
    walk.facilitate("act.opened", {"act": "silos", "part": "drawn"})
    moved, still = walk.come(DESK).page, walk.come(DESK).page
    still.emulate_media(reduced_motion="reduce")
    for page in (moved, still):
        page.goto(walk.room.enter_url("wall"))
        seen(page.locator(".scene svg"))
    shapes = "() => [...document.querySelectorAll('.bend path.drawn')].map((path) => path.getAttribute('d'))"
    straight = still.evaluate(shapes)
    assert straight
    assert straight == moved.evaluate(shapes)
    still.evaluate(
        """() => {
          window.seen = new Set();
          const look = () => {
            const path = [...document.querySelectorAll(".bend-bent path.drawn")].map((one) => one.getAttribute("d")).join();
            if (path) window.seen.add(path);
            requestAnimationFrame(look);
          };
          look();
        }"""
    )
    walk.facilitate("act.opened", {"act": "silos", "part": "bent"})
    for page in (moved, still):
        seen(page.locator(".bend-bent"))
    bent = still.evaluate(shapes)
    assert bent != straight
    moved.wait_for_function(
        "(goal) => JSON.stringify([...document.querySelectorAll('.bend path.drawn')].map((one) => one.getAttribute('d'))) === goal",
        arg=json.dumps(bent, separators=(",", ":")),
        timeout=WITHIN_MS,
    )
    assert still.evaluate("window.seen.size") == 1, "it moved"
    assert (
        still.evaluate(
            "document.getAnimations().filter(({ effect }) => effect.getKeyframes().some((one) => !('pointerEvents' in one))).length"
        )
        == 0
    )
    assert still.locator(".sentence").inner_text() == moved.locator(".sentence").inner_text()
