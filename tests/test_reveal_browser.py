"""The reveal in real browsers: forward and back, lines that bend where they are, and a correction that redraws the map."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from room import running_room
from screens import US, WITHIN_MS, Walk, seen
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


def test_the_reveal_goes_forward_and_back(walk):
    phone, wall, cockpit = walk.come().page, walk.come(DESK).page, walk.come(DESK).page
    walk.join(walk.visitors[0], US)
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
    cockpit.get_by_role("button", name=walk.t("So we think it runs"), exact=True).click()
    seen(wall.locator(".bend"))
    expect(reads(walk, cockpit)).to_have_text(sentence.inner_text(), timeout=WITHIN_MS)
    seen(phone.get_by_role("heading", name=walk.t("Your own lines")))
    own = phone.locator(".own-lines path")
    before, ours, places = wall.evaluate(_SHAPES), own.first.get_attribute("d"), wall.evaluate(_PLACES)
    wall.evaluate(_MARK)
    cockpit.locator("body").press("ArrowRight")
    seen(wall.locator(".bend-bent"))
    seen(phone.get_by_role("heading", name=walk.t("So your own lines run")))
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
