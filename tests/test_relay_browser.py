"""A message on its way in real browsers: what a phone has and has no more, and what the big screen shows of it."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from room import running_room
from screens import FAR, US, Walk, seen
from visitor import DESK
from workshopkit.relay.content import messages
from workshopkit.relay.state import QUIZ
from workshopkit.room.fold import fold
from workshopkit.room.ride import Ride

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TEXT = messages()["out"].text["nl"]
OURS = "Een menu en drie knoppen"


@pytest.fixture(scope="module")
def walk(browser, tmp_path_factory):
    with running_room(tmp_path_factory.mktemp("relay")) as room:
        walking = Walk(browser, room, "nl")
        walking.facilitate("act.opened", {"act": "lines"})
        walking.colleagues(but=())
        yield walking
        walking.close()


@pytest.fixture(scope="module")
def pages(walk):
    """Give our phone, another one, and the big screen, with two messages on their way."""
    ours, other, wall = walk.come(), walk.come(), walk.come(DESK)
    walk.join(ours, US)
    walk.join(other, FAR)
    wall.page.goto(walk.room.enter_url("wall"))
    walk.facilitate("act.opened", {"act": "message", "part": "relay"})
    seen(wall.page.locator(".scene-words .caution"))
    walk.send_messages()
    return ours.page, other.page, wall.page


def test_a_text_is_there_for_a_while_and_only_where_it_has_come(walk, pages):
    ours, other, wall = pages
    seen(ours.get_by_text(TEXT))
    walk.asked(other, "Where is the message by the end of this round?")
    assert TEXT not in other.content()
    assert TEXT not in wall.content()
    walk.tap(ours, "We have read it")
    walk.asked(ours, "What do you tell on?")
    ours.reload()
    walk.asked(ours, "What do you tell on?")
    expect(ours.get_by_text(TEXT)).to_have_count(0)


def test_it_goes_away_by_itself(walk, pages):
    """On another phone of the team, whose clock we turn."""
    late = walk.come().page
    late.clock.install()
    late.goto(walk.room.join_url)
    late.locator(f'.choice[value="{walk.teams[US].id}"]').click()
    late.clock.run_for(3000)
    seen(late.get_by_text(TEXT))
    late.clock.run_for(21_000)
    walk.asked(late, "What do you tell on?")


def test_what_is_typed_goes_on_as_it_is_and_nobody_is_named(walk, pages):
    ours, other, wall = pages
    walk.tap(ours, "Type")
    ours.locator("textarea").fill(OURS)
    walk.tap(ours, "This is how we tell it")
    walk.asked(ours, "To whom do you pass it on?")
    ours.locator(".chips button").first.click()
    seen(ours.locator(".relay-done"))
    walk.stored(ours)
    other.locator(".chips button").first.click()
    walk.stored(other)
    walk.rounds()
    seen(ours.locator(".relay-head", has_text=walk.t("Questions")))
    walk.facilitate("relay.next", {"round": QUIZ, "at": time.time()})
    walk.asked(ours, "The messages are at their end.")
    assert OURS not in wall.content()
    assert not any(team.label in wall.locator(".relay-wall").inner_html() for team in walk.teams)


def test_the_big_screen_plays_it_once_more_slower_and_faster(walk, pages):
    _, _, wall = pages
    nodes = wall.locator(".relay-chain").first.locator(".relay-node")
    room = fold(walk.room.store.events(walk.room.workshop.id))
    all_ = len(Ride.of(room, time.time()).relay.holders("out"))
    assert all_ > 2
    expect(nodes).to_have_count(all_, timeout=20_000)
    for speed, text in (("0,5×", "Slower"), ("1×", "Faster"), ("2×", "Faster")):
        walk.tap(wall, text)
        seen(wall.get_by_text(speed))
    walk.tap(wall, "Slower")
    walk.tap(wall, "Slower")
    walk.tap(wall, "Once more")
    expect(nodes).not_to_have_count(all_)
    walk.tap(wall, "Faster")
    walk.tap(wall, "Faster")
    expect(nodes).to_have_count(all_, timeout=20_000)


def test_a_team_names_itself_and_takes_it_back(walk, pages):
    ours, _, wall = pages
    ours.get_by_role("button", name=walk.t("That was us")).first.click()
    label = wall.locator(".relay-label", has_text=walk.name(US))
    seen(label)
    ours.get_by_role("button", name=walk.t("The room knows: that was us")).first.click()
    expect(label).to_have_count(0)


def test_first_and_last_text_side_by_side(walk, pages):
    _, _, wall = pages
    walk.facilitate("act.opened", {"act": "message", "part": "texts"})
    seen(wall.locator(".relay-texts"))
    first, last = (wall.locator(".relay-texts .relay-text").nth(place).inner_text() for place in (0, 1))
    assert first == TEXT
    assert last == OURS
    assert wall.locator(".relay-kept").count() == 1
    assert wall.locator(".relay-lost").count() == 4


def test_the_same_over_the_lines_as_they_were_drawn(walk, pages):
    _, _, wall = pages
    walk.facilitate("act.opened", {"act": "message", "part": "rides"})
    seen(wall.locator(".relay-spreads"))
    assert wall.locator(".relay-mine").count() == 1
    walk.tap(wall, "This is how we think it runs")
    seen(wall.locator(".relay-thought"))
