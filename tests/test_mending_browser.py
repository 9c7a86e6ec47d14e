"""The break-through in real browsers: cards on a phone, hours that run out, dots that nobody sees too early."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from room import running_room
from screens import FAR, US, Walk, seen
from visitor import DESK
from workshopkit.mending.table import BUDGET, CUT
from workshopkit.room.fold import fold
from workshopkit.room.tables import Bench

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def walk(browser, tmp_path_factory):
    with running_room(tmp_path_factory.mktemp("mending")) as room:
        walking = Walk(browser, room, "nl")
        walking.facilitate("act.opened", {"act": "lines"})
        walking.colleagues(but=(US, FAR))
        yield walking
        walking.close()


@pytest.fixture(scope="module")
def pages(walk):
    """Give our phone, that of another table, and the big screen, with the cards on the tables."""
    ours, other, wall = walk.come(), walk.come(), walk.come(DESK)
    walk.join(ours, US)
    walk.join(other, FAR)
    wall.page.goto(walk.room.enter_url("wall"))
    walk.facilitate("act.opened", {"act": "breakthrough", "part": "choose"})
    for page in (ours.page, other.page):
        walk.asked(page, "What do we mend first?")
    seen(wall.page.locator(".mend-tables"))
    return ours.page, other.page, wall.page


def table(walk, place=US):
    room = fold(walk.room.store.events(walk.room.workshop.id))
    return room.mending.table(walk.teams[place].id, Bench.of(room).proposed)


def test_cards_are_taken_until_the_hours_are_gone(walk, pages):
    ours, other, wall = pages
    able = ours.locator('.mend-card[aria-checked="false"]:not([aria-disabled="true"])')
    while able.count():
        able.first.click()
        walk.stored(ours)
    found = table(walk)
    assert 0 < found.spent <= BUDGET
    assert all(found.hours(step) > found.left for step in found.cards if step not in found.plan.chosen)
    expect(ours.locator(".mend-left")).to_contain_text(f"{found.left} van {BUDGET}")
    seen(ours.locator(".mend-better").first)
    seen(wall.locator(".mend-tables .mend-better"))
    expect(other.locator('.mend-card[aria-checked="true"]')).to_have_count(0)


def test_a_change_is_undone_and_made_again(walk, pages):
    ours, _, _ = pages
    before = table(walk).plan
    walk.tap(ours, "Undo")
    expect(ours.locator('.mend-card[aria-checked="true"]')).to_have_count(len(before.chosen) - 1)
    walk.tap(ours, "Do again")
    expect(ours.locator('.mend-card[aria-checked="true"]')).to_have_count(len(before.chosen))
    walk.stored(ours)
    assert table(walk).plan.to_bytes() == before.to_bytes()


def test_a_card_of_ones_own_lies_on_the_table_of_its_makers_alone(walk, pages):
    ours, other, _ = pages
    there = other.locator(".mend-card").count()
    ours.locator("summary", has_text=walk.t("Make a card of your own")).click()
    kind, source, target = ours.locator("form select").all()
    kind.select_option("remove")
    source.select_option(label=walk.name(US))
    target.select_option(label=walk.name(FAR))
    walk.tap(ours, "Lay it on the table")
    seen(ours.locator(".mend-said em", has_text=walk.t("your own")))
    expect(other.locator(".mend-card")).to_have_count(there)


def test_hours_are_cut_for_all_and_what_no_longer_fits_lies_aside(walk, pages):
    ours, other, _ = pages
    walk.facilitate("act.opened", {"act": "breakthrough", "part": "cut"})
    seen(ours.locator(".mend-said em", has_text=walk.t("laid aside")).first)
    expect(other.locator(".mend-left")).to_contain_text(f"{CUT} van {CUT}")
    assert table(walk).spent <= CUT


def test_nobody_sees_dots_before_all_have_given(walk, pages):
    ours, other, wall = pages
    walk.tap(ours, "Dots")
    walk.tap(other, "Dots")
    for _ in range(3):
        ours.locator(".mend-card").first.click()
    walk.tap(ours, "These are my dots")
    walk.tap(ours, "Everybody at our table has given")
    walk.stored(ours)
    expect(wall.locator(".mend-dots")).to_have_count(0)
    expect(other.locator(".mend-dots", has_text="●")).to_have_count(0)
    walk.facilitate("mend.shown", {"what": "dots", "shown": True})
    expect(wall.locator(".mend-dots")).to_contain_text("●●● 3")
    seen(other.get_by_text(walk.t.n("{count} dot", "{count} dots", 3)).first)


def test_the_best_plan_comes_when_it_is_asked_for_with_the_question(walk, pages):
    _, _, wall = pages
    question = walk.t("What do you know that the map does not?")
    expect(wall.get_by_text(question)).to_have_count(0)
    walk.facilitate("mend.shown", {"what": "plan", "shown": True})
    seen(wall.get_by_text(question))
