"""What the tests of phones say and look up beside the browser: a workshop, the facilitator's words, the store."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from uuid import uuid4

import psutil
from playwright.sync_api import expect

LONG = 60_000
WAITING = "Wacht op opslaan"
STORED = "Opgeslagen"
OFFLINE = "Geen verbinding"
ONLINE = "Jullie zijn weer verbonden."


def workshop_in(house):
    """Give the same processes with a workshop of its own, the questions open."""
    (defined,) = house.store.events(house.workshop.id, kinds={"workshop.defined"})
    made = house.store.create_workshop(title=house.workshop.title, lang="nl", definition=defined.payload)
    room = replace(house, workshop=made)
    lead(room, "act.opened", act="lines")
    return room


def lead(room, kind, **payload):
    """Say something as the facilitator."""
    room.store.append(
        id=uuid4().hex,
        workshop=room.workshop.id,
        participant="facilitator",
        act=None,
        kind=kind,
        payload=payload,
    )


def told(room):
    """List what the store holds of "we told": to whom, and the answer, in the order of storing."""
    events = room.store.events(room.workshop.id, kinds={"told"})
    assert len({event.id for event in events}) == len(events)
    return [(event.payload["to"], event.payload["answer"]) for event in events]


def row(page, name):
    """Give the row of a place on the map."""
    return page.get_by_role("button", name=re.compile(rf"^{re.escape(name)}"))


def tap(page, *names):
    """Tap rows, and see that each shows it."""
    for name in names:
        row(page, name).click()
        expect(row(page, name)).to_have_attribute("aria-pressed", "true")


def kernels_of(room):
    """List the processes of kernels that serve a page: those that have the store open."""
    warm = psutil.Process(room.pid("warm"))
    found = []
    for child in warm.children():
        try:
            if any("kit.db" in file.path for file in child.open_files()):
                found.append(child)
        except psutil.NoSuchProcess:
            continue
    return found


def send(processes, number):
    """Send a signal to processes, some of which may just have ended by themselves."""
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(number)
