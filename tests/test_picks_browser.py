"""In the break the facilitator picks two findings; at the break-through the big screen shows them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from screens import Walk
from visitor import DESK

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONG = 30_000


def test_two_findings_are_picked_and_stand_on_the_wall(room, browser):
    walk = Walk(browser, room, "nl")
    try:
        cockpit, wall = walk.come(DESK), walk.come(DESK)
        cockpit.page.goto(room.enter_url())
        wall.page.goto(room.enter_url("wall"))
        walk.colleagues(but=())
        walk.facilitate("act.opened", {"act": "silos", "part": "break"})
        card = cockpit.page.locator(
            "section", has=cockpit.page.get_by_role("heading", name="Kies twee bevindingen")
        )
        buttons = card.get_by_role("button")
        expect(buttons).to_have_count(5, timeout=LONG)
        pressed = card.locator("[aria-pressed=true]")
        for place, count in ((0, 1), (1, 2), (2, 2), (1, 1), (3, 2)):
            buttons.nth(place).click()
            expect(pressed).to_have_count(count)
        chosen = [text.removeprefix("✓ ") for text in pressed.all_text_contents()]
        assert chosen == [buttons.nth(place).text_content().removeprefix("✓ ") for place in (2, 3)]
        expect(cockpit.page.locator(".saving-stored")).to_be_visible(timeout=LONG)
        walk.facilitate("act.opened", {"act": "breakthrough", "part": "choose"})
        expect(wall.page.locator(".mend-wall .lead")).to_have_text(
            [*chosen, re.compile("hoogstens")], timeout=LONG
        )
        expect(pressed).to_have_count(2)
        assert cockpit.faults == wall.faults == []
    finally:
        walk.close()
