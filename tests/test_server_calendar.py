"""The calendar file at the door: a team gets its own, who leads all, and others none."""

from __future__ import annotations

import io
import uuid

import pytest
import vobject
from pypdf import PdfReader

from room import running_room
from test_server_door import enter, raw
from test_server_paper import facilitator
from workshopkit.bots.client import Browser
from workshopkit.room.fold import fold

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    with running_room(tmp_path_factory.mktemp("calendar")) as running:
        yield running


def agree(room):
    """Let a team that is in write an agreement."""
    seats = fold(room.store.events(room.workshop.id)).seats
    (who, team) = next(reversed(seats.items()))
    other = next(
        seat.id for seat in fold(room.store.events(room.workshop.id)).definition.seats if seat.id != team
    )
    texts = dict.fromkeys(("if", "then", "who", "obstacle", "instead", "alone"), "x")
    room.store.append(
        id=uuid.uuid4().hex,
        workshop=room.workshop.id,
        participant=who,
        act="agreements",
        kind="agreement.written",
        payload={"with": other, "ours": True, **texts, "when": "2030-01-01", "cites": []},
    )


async def test_each_gets_what_it_may(room):
    page = await enter(room)
    assert (await raw(Browser(room.local), "/calendar.ics")).code == 403
    assert (await raw(page.browser, "/calendar-all.ics")).code == 403
    assert "VCALENDAR" not in (await raw(page.browser, "/calendar.ics")).body.decode()
    cards = await raw(await facilitator(room), "/agreements.pdf", request_timeout=60)
    assert "nog geen afspraken" in cards.body.decode()

    agree(room)
    for browser, path, questions in (
        (page.browser, "/calendar.ics", 1),
        (await facilitator(room), "/calendar-all.ics", 2),
    ):
        reply = await raw(browser, path)
        assert reply.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert reply.headers["Content-Disposition"] == 'attachment; filename="agreements.ics"'
        text = reply.body.decode()
        assert str(room.port) not in text.replace("\r\n ", "")
        first, _ = vobject.readOne(text).vevent_list
        assert first.description.value.count("-30 ") == questions


async def test_agreements_are_cards_to_print_for_who_leads(room):
    page = await enter(room)
    agree(room)
    for browser in (Browser(room.local), page.browser):
        assert (await raw(browser, "/agreements.pdf")).code == 403
    reply = await raw(await facilitator(room), "/agreements.pdf", request_timeout=60)
    assert reply.headers["Content-Type"] == "application/pdf"
    assert len(PdfReader(io.BytesIO(reply.body)).pages) == 1
