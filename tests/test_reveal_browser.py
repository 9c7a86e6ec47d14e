"""The reveal in real browsers: forward and back, lines that bend where they are, and a correction that redraws the map."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from room import running_room
from screens import FAR, NEAR, US, WITHIN_MS, Cut, Walk, seen
from visitor import DESK
from workshopkit.network.actors import Definition
from workshopkit.room import definitions
from workshopkit.room.fold import fold
from workshopkit.room.snapshots import View

pytestmark = pytest.mark.browser

# The paths of the lines, marked so that a test sees whether they are still the same ones.
_MARK = "() => document.querySelectorAll('.bend .drawn').forEach((path, place) => (path.marked = place))"
_KEPT = "() => [...document.querySelectorAll('.bend svg > g > .drawn')].every((path, place) => path.marked === place)"
_SHAPES = "() => [...document.querySelectorAll('.bend svg > g > .drawn')].map((path) => path.getAttribute('d')).join()"
_PLACES = "() => [...document.querySelectorAll('.node circle')].map((one) => `${one.getAttribute('cx')} ${one.getAttribute('cy')}`).join()"


@pytest.fixture(scope="module")
def walk(browser, tmp_path_factory):
    with running_room(tmp_path_factory.mktemp("reveal")) as room:
        walking = Walk(browser, room, "nl")
        yield walking
        walking.close()


def reads(walk, page):
    """Give the sentence that the cockpit says the room reads."""
    return page.locator(".cockpit-now .reads")


def test_what_two_phones_of_a_team_say_differently_they_choose_together(walk):
    """Run first: nobody has answered yet."""
    one, two = walk.come().page, walk.come().page
    cut = Cut(two)
    speaker = next(place for place, seat in enumerate(walk.teams) if seat.voice == "proxy")
    walk.facilitate("act.opened", {"act": "lines", "part": "questions"})
    for number in (-2, -1):
        walk.join(walk.visitors[number], speaker)
    for question in ("From whom did you hear it?", "Whom did you tell this yourselves? Tap them."):
        walk.asked(one, question)
        walk.tap(one, "Nobody")
    walk.stored(one)
    walk.asked(two, "How do you notice it?")

    # The one is cut off for a moment, and answers on; so does the other.
    cut.now()
    seen(two.locator("#connection"))
    for page, known, wished in ((two, "a feeling", NEAR), (one, "phone calls", FAR)):
        walk.tap(page, known)
        walk.tap(page, "Go on")
        page.locator(".chips button", has_text=walk.name(wished)).click()
        walk.tap(page, "Go on")
        seen(page.get_by_role("button", name=walk.t("Right"), exact=True))
    walk.stored(one)
    expect(one.get_by_role("alert")).to_have_count(0)
    cut.mend()
    for page in (one, two):
        expect(page.get_by_role("alert").filter(has=page.locator(".chips"))).to_have_count(
            2, timeout=WITHIN_MS
        )
    here = one.get_by_role("button", name=f"{walk.t('phone calls')} ({walk.t('this phone')})", exact=True)
    seen(here)
    here.click()
    one.get_by_role("alert").get_by_role("button", name=walk.name(NEAR), exact=True).click()
    for page in (one, two):
        expect(page.locator(".notice .chips")).to_have_count(0, timeout=WITHIN_MS)
    walk.stored(one)

    # A guess is seen by both, and changed by the other.
    walk.facilitate("act.opened", {"act": "silos", "part": "guess"})
    guessed = [walk.t("You guess: {count} of every 10.", count=count) for count in (3, 7)]
    one.get_by_role("button", name="3", exact=True).click()
    seen(two.get_by_role("heading", name=guessed[0]))
    walk.tap(two, "Change")
    two.get_by_role("button", name="7", exact=True).click()
    seen(one.get_by_role("heading", name=guessed[1]))
    seen(two.locator(".notice .chips"))
    one.locator(".notice").get_by_role("button", name=f"3 ({walk.t('this phone')})", exact=True).click()
    for page in (one, two):
        expect(page.locator(".notice .chips")).to_have_count(0, timeout=WITHIN_MS)
        seen(page.get_by_role("heading", name=guessed[0]))
    sheet = fold(walk.room.store.events(walk.room.workshop.id)).sheet(walk.teams[speaker].id)
    assert (sheet.evidence, sheet.wish, sheet.guess) == (("calls",), walk.teams[NEAR].id, 3)
    chosen = walk.room.store.events(walk.room.workshop.id, kinds={"chosen"})
    assert [event.payload["list"] for event in chosen] == ["evidence", "wish", "guess"]


def test_the_reveal_goes_forward_and_back(walk):
    phone, wall, cockpit = walk.come().page, walk.come(DESK).page, walk.come(DESK).page
    walk.join(walk.visitors[-3], US)
    walk.facilitate("act.opened", {"act": "lines", "part": "questions"})
    walk.colleagues(but=())
    cockpit.goto(walk.room.enter_url())
    wall.goto(walk.room.enter_url("wall"))
    seen(cockpit.locator(".cockpit-teams"))
    cockpit.get_by_text(walk.t("The sponsor goes first"), exact=True).click()
    cockpit.get_by_label(
        walk.t("Agree on it beforehand. The reveal then begins with the lines of this place.")
    ).select_option(label="Directie")
    walk.facilitate("act.opened", {"act": "silos", "part": "guess"})
    seen(wall.locator(".scene-words"))
    sentence = wall.locator(".scene .sentence")

    # The sponsor first, then all; every tap is a sentence.
    seen(cockpit.locator(".cockpit-now .say", has_text="Van elke tien lijnen"))
    cockpit.locator(".btn-next[aria-disabled=false]").click()
    expect(sentence).to_have_text("Directie vertelde het op 5 plekken.", timeout=WITHIN_MS)
    expect(wall.locator(".map .node-lit")).to_have_count(1)
    first = [sentence.inner_text()]
    while "komen aan" not in first[-1]:
        expect(reads(walk, cockpit)).to_have_text(first[-1], timeout=WITHIN_MS)
        cockpit.locator("body").press("ArrowRight")
        expect(sentence).not_to_have_text(first[-1], timeout=WITHIN_MS)
        first.append(sentence.inner_text())
    assert len(first) == 4
    seen(phone.get_by_role("heading", name=walk.t("These lines of yours arrive")))

    # Jump to the lines as drawn; one key bends them, in place and over some frames; one brings them back.
    cockpit.get_by_role("button", name=walk.t("This is how we think it runs"), exact=True).click()
    seen(wall.locator(".bend"))
    expect(reads(walk, cockpit)).to_have_text(sentence.inner_text(), timeout=WITHIN_MS)
    seen(phone.get_by_role("heading", name=walk.t("Your own lines")))
    own = phone.locator(".own-lines path")
    before, ours, places = wall.evaluate(_SHAPES), own.first.get_attribute("d"), wall.evaluate(_PLACES)
    wall.evaluate(_MARK)
    cockpit.locator("body").press("ArrowRight")
    seen(wall.locator(".bend-bent"))
    seen(phone.get_by_role("heading", name=walk.t("This is how your own lines run")))
    expect(sentence).to_contain_text("lijnen lopen recht")
    late = walk.come(DESK).page
    late.goto(walk.room.enter_url("wall"))
    seen(late.locator(".bend-bent"))
    after = late.evaluate(_SHAPES)  # who comes late sees them bent at once
    wall.wait_for_function(f"(after) => ({_SHAPES})() === after", arg=after, timeout=WITHIN_MS)
    assert after != before
    assert wall.evaluate(_KEPT)
    assert wall.evaluate(_PLACES) == late.evaluate(_PLACES) == places
    cockpit.locator("body").press("ArrowLeft")
    wall.wait_for_function(f"(before) => ({_SHAPES})() === before", arg=before, timeout=WITHIN_MS)
    assert wall.evaluate(_KEPT)
    seen(phone.get_by_role("heading", name=walk.t("Your own lines")))
    expect(own.first).to_have_attribute("d", ours, timeout=WITHIN_MS)


def test_a_correction_on_the_walk_redraws_the_wall_and_sends_nobody_elsewhere(walk):
    phone, wall = walk.come().page, walk.come(DESK).page
    played = fold(walk.room.store.events(walk.room.workshop.id))
    walk.facilitate("act.opened", {"act": "silos", "part": "walk"})
    played = fold(walk.room.store.events(walk.room.workshop.id))
    pair = next(one for one in View.of(played).pairs if one.reason == "sent_not_heard")
    place = next(number for number, one in enumerate(walk.teams) if one.id == pair.source)
    walk.join(walk.visitors[-2], place)
    wall.goto(walk.room.enter_url("wall"))
    pairs, lines = wall.locator(".pairs .pair"), wall.locator(".map > svg .line-sent_not_heard")
    seen(pairs.first)
    before, count = pairs.all_inner_texts(), lines.count()
    walk.tap(phone, "the map is not right")
    walk.tap(phone, "Whom we told")
    target = next(number for number, one in enumerate(walk.teams) if one.id == pair.target)
    walk.row(phone, target)
    walk.tap(phone, "Take back")
    expect(lines).to_have_count(count - 1, timeout=WITHIN_MS)
    walk.tap(phone, "Done")
    seen(phone.get_by_role("heading", name=walk.t("How did it end?")))
    assert [text.split("\n")[0] for text in pairs.all_inner_texts()] == [
        text.split("\n")[0] for text in before
    ]


def test_counts_are_drawn_on_the_wall_and_on_phones_and_move_in_place(walk):
    phone, wall = walk.come().page, walk.come(DESK).page
    walk.join(walk.visitors[-2], US)
    wall.goto(walk.room.enter_url("wall"))
    ends = [one for one in walk.teams if one.kind == "audience"]
    bars, far = wall.locator(".shapes .r-bar"), wall.locator(".shapes .far.r-bar")

    # What reaches each audience: all of them on the wall, the one that is told on a phone.
    walk.facilitate("act.opened", {"act": "silos", "part": "audiences"})
    expect(bars).to_have_count(3 * len(ends), timeout=WITHIN_MS)
    expect(far).to_have_count(3 * (len(ends) - 1))
    expect(phone.locator(".shapes .r-bar")).to_have_count(3, timeout=WITHIN_MS)
    said, counts = wall.locator(".scene .sentence"), wall.locator(".shapes .r-label", has_text=" van ")
    expect(phone.locator("p.lead").first).to_have_text(said.inner_text())
    direct = int(re.search(r"\d+", said.inner_text())[0])
    expect(counts.first).to_have_text(re.compile(rf"^{direct} van "))
    wall.evaluate("document.querySelectorAll('.shapes *').forEach((one, place) => (one.marked = place))")
    walk.facilitate("act.opened", {"act": "silos", "part": "audiences", "sentence": 1})
    expect(phone.locator("p.lead").first).to_contain_text(ends[1].label, timeout=WITHIN_MS)
    expect(far.first).to_have_attribute("y", bars.first.get_attribute("y"), timeout=WITHIN_MS)

    # Another line is heard: the bar grows where it is.
    view = View.of(fold(walk.room.store.events(walk.room.workshop.id)))
    deaf = next(line.source for line in view.lines if line.target == ends[0].id and not line.lived)
    before = float(bars.first.get_attribute("width"))
    walk.facilitate(
        "heard", {"from": deaf, "answer": "yes", "via": None, "at": 9e9}, who=f"simulated-{ends[0].id}"
    )
    expect(counts.first).to_have_text(re.compile(rf"^{direct + 1} van "), timeout=WITHIN_MS)
    assert float(bars.first.get_attribute("width")) > before
    kept = "[...document.querySelectorAll('.shapes *')].every((one, place) => one.marked === place)"
    assert wall.evaluate(kept)
    moves = "(bar) => getComputedStyle(bar).transitionDuration"
    assert bars.first.evaluate(moves) == "0.6s"
    wall.emulate_media(reduced_motion="reduce")
    assert bars.first.evaluate(moves) == "0s"

    # The silo verdict against its band, and the same in a table.
    walk.facilitate("act.opened", {"act": "silos", "part": "walls"})
    for page in (wall, phone):
        seen(page.locator(".shapes .r-band"))
        inside, _, low, high = re.findall(r"\d+", page.locator(".sentence, p.lead").first.inner_text())
        expect(page.locator(".shapes .r-strong")).to_have_text(f"hier: {inside}")
        page.locator("summary", has_text=walk.t("The same as a list")).click()
        cells = page.locator(".figure + details tbody td:last-child")
        assert cells.all_inner_texts()[:3] == [inside, low, high]


@pytest.mark.parametrize("places", [40, 60])
def test_a_roster_of_many_places_can_be_searched(walk, places):
    """Run last: it puts another map in the room."""
    (defined,) = walk.room.store.events(walk.room.workshop.id, kinds={"workshop.defined"})[:1]
    actors = defined.payload["actors"]
    domains = [one["id"] for one in defined.payload["domains"]]
    more = [
        {
            "id": f"team-{number}",
            "label": f"Één team {number}",
            "kind": "team",
            "domain": domains[number % len(domains)],
        }
        for number in range(places - len(actors))
    ]
    payload = definitions.check({**defined.payload, "actors": [*actors, *more]})
    walk.facilitate("workshop.defined", payload)
    walk.facilitate("act.opened", {"act": "lines", "part": "questions"})
    mates = [walk.come().page, walk.come().page]
    team = f"team-{places - 20}"
    for mate in mates:
        mate.goto(walk.room.join_url)
        mate.locator(f'.choice[value="{team}"]').click()
        walk.asked(mate, "Whom did you tell this yourselves? Tap them.")
    page, other = mates
    rows, search = page.locator(".row"), page.get_by_role("searchbox")
    assert 0 < rows.count() < places / 2  # our own domain is open, the others are folded
    search.press_sequentially("een team 1")
    walk.facilitate("timer.set", {"seconds": 60})  # a patch comes in
    seen(page.locator(".timer"))
    expect(search).to_be_focused()
    assert rows.count() == sum("1" in one["id"] for one in more if one["id"] != team)
    page.get_by_role("button", name=walk.t("Empty the search field")).click()
    expect(search).to_be_focused()
    search.press_sequentially("zzz")
    seen(page.get_by_text(walk.t("No place is called that.")))
    search.press("Escape")
    search.press_sequentially("klantcontact")
    search.press("Enter")
    expect(page.locator(".picked")).to_have_text("1 gekozen: Klantcontactcentrum")
    walk.stored(page)

    # What two phones of one team say differently, both see, and nobody else.
    seen(other.locator(".picked"))
    other.get_by_role("searchbox").fill("klantcontact")
    other.locator(".row-name").click()
    walk.tap(other, "doubt")
    for mate in mates:
        seen(mate.get_by_role("alert"))
    for kind in ("phones", "wall", "cockpit"):
        assert "conflict" not in str(walk.room.store.snapshot(walk.room.workshop.id, kind).payload)
    page.get_by_role("alert").get_by_role("button", name=walk.t("doubt")).click()
    for mate in mates:
        expect(mate.get_by_role("alert")).to_have_count(0, timeout=WITHIN_MS)
        seen(mate.locator(".row-on", has_text=walk.t("doubt")).first)

    walk.tap(page, "This is everyone")
    walk.asked(page, "From whom did you hear it?")
    seen(page.get_by_role("heading", name=walk.t("Chosen before")))
    assert Definition.read(payload).by_id[team].label not in page.locator(".roster").all_inner_texts()
