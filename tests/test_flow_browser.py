"""The main job in a real browser: from the code on the wall to one's own line on the wall."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from visitor import DESK, join

pytestmark = pytest.mark.browser


def test_a_line_goes_from_the_phone_to_the_wall(room, visit):
    phone, other, cockpit, wall = visit(), visit(), visit(DESK), visit(DESK)
    cockpit.page.goto(room.enter_url())
    wall.page.goto(room.enter_url("wall"))
    expect(wall.page.get_by_text("De balie sluit op vrijdagmiddag").first).to_be_visible()

    join(phone, room, "Balie")
    expect(phone.page.get_by_text("De begeleider opent zo de eerste vraag").first).to_be_visible()
    join(other, room, "Gebiedsteam")

    cockpit.page.get_by_role("button", name="De lijnen").click()
    for visitor in (phone, other):
        expect(visitor.page.get_by_text("Aan wie hebben jullie dit zelf verteld?")).to_be_visible()

    phone.page.get_by_role("button", name="Gebiedsteam").click()
    phone.page.get_by_role("button", name="Dit is iedereen").click()
    expect(phone.page.get_by_text("Van wie hebben jullie het gehoord?")).to_be_visible()
    phone.page.get_by_role("button", name="Niemand").click()

    cockpit.page.get_by_role("button", name="Toon de kaart").click()
    expect(wall.page.locator(".map > svg .line-unanswered")).to_have_count(1)
    for visitor in (phone, other, cockpit, wall):
        assert {host for host in visitor.hosts if not host.startswith("data:")} == {"http://workshop.test"}
        assert visitor.faults == []
