"""The laptop dies in the middle of the afternoon: another one goes on from the stick, and the phones with it."""

from __future__ import annotations

import asyncio
import os
import signal
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from browser_helpers import LONG, STORED, WAITING, tap, told
from cli_helpers import call
from kernel_helpers import until
from proxy import Proxy
from room import running_room
from store_helpers import wait_for
from visitor import join
from workshopkit.bots.client import Browser
from workshopkit.bots.device import Device
from workshopkit.bots.tally import Tally
from workshopkit.room.fold import fold
from workshopkit.store.backup import Backups

pytestmark = pytest.mark.slow

WAIT_S = 120


def open_questions(room):
    room.store.append(
        id="open",
        workshop=room.workshop.id,
        participant="lead",
        act=None,
        kind="act.opened",
        payload={"act": "lines"},
    )


def die(room):
    """Kill everything at once, for good."""
    for child in room.supervisor.children:
        child.keep = False
    for child in room.supervisor.children:
        os.kill(child.process.pid, signal.SIGKILL)


def restored(stick, folder):
    said = call("restore", stick, "--db", folder / "kit.db", lang="en")
    assert (said.code, said.err) == (0, "")
    return said.out


async def test_a_phone_goes_on_at_another_laptop_with_nothing_lost(tmp_path):
    stick, old, new = (tmp_path / name for name in ("stick", "old", "new"))
    browser = Browser("")
    phone = Device(browser, Tally(), seat="front-desk")
    with running_room(old) as room:
        browser.base = room.local
        open_questions(room)
        await phone.begin(lambda: browser.join(room.workshop.code, "front-desk"))
        assert (await phone.send("told", {"to": "permits", "answer": "yes"}))["type"] == "stored"
        assert Backups(room.store, stick).keep()
        assert (await phone.send("told", {"to": "information", "answer": "yes"}))["type"] == "stored", (
            "after the copy"
        )
        participant, workshop = phone.participant, room.workshop
        die(room)
        await until(lambda: not phone.is_up, WAIT_S)
        waiting = asyncio.create_task(phone.send("told", {"to": "area-team", "answer": "yes"}))
    assert f"code {workshop.code}" in restored(stick, new)
    with running_room(new) as room:
        assert room.workshop.id == workshop.id
        browser.base = room.local
        assert (await waiting)["type"] == "stored", "what was tapped while there was no room is there as well"
        assert phone.participant == participant == phone.page.config["seat"]
        await phone.until(lambda state: len(state["sheet"]["told"]) == 3)
        events = room.store.events(workshop.id, kinds={"told"})
        assert [event.id for event in events] == [tap.id for tap in phone.tally.taps], (
            "all, in their order, once"
        )
        again = phone.tally.taps[0]
        answer = await phone.page.send(again.kind, again.payload, id=again.id)
        assert (answer["type"], answer["seq"]) == ("stored", events[0].seq)
        await phone.end()
        sheet = fold(room.store.events(workshop.id)).sheet("front-desk")
        assert set(sheet.told) == {"permits", "information", "area-team"}


@pytest.mark.browser
def test_a_browser_that_stays_open_brings_back_what_was_stored_after_the_copy(tmp_path, visit):
    stick, old, new = (tmp_path / name for name in ("stick", "old", "new"))
    phone = visit()
    page = phone.page
    with running_room(old) as room:
        open_questions(room)
        with Proxy(room.port) as network:
            join(phone, replace(room, port=network.port), "Balie")
            tap(page, "Gebiedsteam")
            wait_for(lambda: told(room) == [("area-team", "yes")])
            assert Backups(room.store, stick).keep()
            tap(page, "Wijkteam")
            wait_for(lambda: len(told(room)) == 2)
            expect(page.get_by_text(STORED)).to_be_visible(timeout=LONG)
            before = [event.id for event in room.store.events(room.workshop.id, kinds={"told"})]
            die(room)
            network.cut()
            tap(page, "Directie")
            expect(page.get_by_text(WAITING)).to_be_visible(timeout=LONG)
            restored(stick, new)
            with running_room(new) as other:
                assert len(told(other)) == 1, "the copy lacks the second one"
                network.lead_to(other.port)
                network.resume()
                wait_for(lambda: len(told(other)) == 3, seconds=WAIT_S)
                expect(page.get_by_text(STORED)).to_be_visible(timeout=LONG)
                assert told(other) == [("area-team", "yes"), ("care-team", "yes"), ("management", "yes")]
                ids = [event.id for event in other.store.events(other.workshop.id, kinds={"told"})]
                assert ids[:2] == before
