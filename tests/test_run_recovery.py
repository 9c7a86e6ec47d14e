"""A room whose processes are killed comes back by itself, with everything that was stored, and nothing twice."""

from __future__ import annotations

import os
import signal

import psutil
import pytest

from kernel_helpers import until
from room import running_room
from workshopkit.bots.client import Browser
from workshopkit.errors import WorkshopkitError

pytestmark = pytest.mark.slow

WAIT_S = 90


@pytest.fixture
def room(tmp_path, request):
    """Give a running room whose questions are open, with or without fork."""
    with running_room(tmp_path, fork=getattr(request, "param", True)) as running:
        facilitate(running, "act.opened", act="lines")
        yield running


def facilitate(room, kind, **payload):
    room.store.append(
        id=os.urandom(8).hex(),
        workshop=room.workshop.id,
        participant="facilitator",
        act=None,
        kind=kind,
        payload=payload,
    )


def told(room):
    """Give what the store holds of the answers: id and number of each."""
    return [(event.id, event.seq) for event in room.store.events(room.workshop.id, kinds={"told"})]


async def opened(enter):
    """Try until a page opens, as a browser does by itself."""

    async def attempt():
        try:
            return await (await enter()).connect()
        except (WorkshopkitError, OSError):
            return None

    return await until(attempt, WAIT_S)


async def killed(room, name):
    """Kill a process of the room, and wait until another one stands in its place."""
    before = room.pid(name)
    os.kill(before, signal.SIGKILL)
    await until(lambda: room.pid(name) != before and psutil.pid_exists(room.pid(name)), WAIT_S)


async def analysed(room):
    """Wait until the analyst has seen everything."""
    last = room.store.last_seq(room.workshop.id)

    def up_to_date():
        found = room.store.snapshot(room.workshop.id, "cockpit")
        return found is not None and found.seq >= last

    await until(up_to_date, WAIT_S)


@pytest.mark.parametrize(
    ("room", "victim"),
    [(True, "door"), (True, "warm"), (True, "analyst"), (False, "door"), (False, "analyst")],
    indirect=["room"],
)
async def test_a_killed_process_comes_back_and_nothing_is_lost_or_doubled(room, victim):
    browser = Browser(room.local)
    page = await opened(lambda: browser.join(room.workshop.code, "front-desk"))
    first = await page.send("told", {"to": "permits", "answer": "yes"}, id="before")
    assert first["type"] == "stored"

    await killed(room, victim)
    assert told(room) == [("before", first["seq"])]

    if victim != "analyst":  # whose end no page notices
        await until(page.ended.is_set, WAIT_S)
        await page.close()
        page = await opened(lambda: browser.open("/"))
    assert page.state["sheet"]["told"]["permits"]["answer"] == "yes"

    # The page sends again whatever it has no answer for, perhaps what was stored.
    again = await page.send("told", {"to": "permits", "answer": "yes"}, id="before")
    assert (again["type"], again["seq"]) == ("stored", first["seq"])
    second = await page.send("told", {"to": "information", "answer": "yes"}, id="after")
    assert second["type"] == "stored"

    other = await opened(lambda: Browser(room.local).join(room.workshop.code, "area-team"))
    third = await other.send("told", {"to": "front-desk", "answer": "yes"}, id="other")
    assert told(room) == [
        (name, event["seq"])
        for name, event in zip(("before", "after", "other"), (first, second, third), strict=True)
    ]
    await analysed(room)
    for one in (page, other):
        await one.close()


async def test_all_of_them_killed_at_once_come_back_as_well(room):
    browser = Browser(room.local)
    page = await opened(lambda: browser.join(room.workshop.code, "front-desk"))
    await page.send("told", {"to": "permits", "answer": "yes"}, id="before")
    for _ in range(2):
        before = {child.name: child.process.pid for child in room.supervisor.children}
        for pid in before.values():
            os.kill(pid, signal.SIGKILL)
        await until(lambda before=before: all(room.pid(name) != pid for name, pid in before.items()), WAIT_S)
    await page.close()
    page = await opened(lambda: browser.open("/"))
    assert page.state["sheet"]["told"]["permits"]["answer"] == "yes"
    assert (await page.send("told", {"to": "information", "answer": "yes"}, id="after"))["type"] == "stored"
    assert [name for name, _ in told(room)] == ["before", "after"]
    await analysed(room)
    await page.close()


@pytest.mark.parametrize("fork", [True, False])
async def test_the_end_leaves_no_process_and_no_file(tmp_path, fork):
    with running_room(tmp_path, fork=fork) as room:
        page = await opened(lambda: Browser(room.local).join(room.workshop.code, "front-desk"))
        folder = next(child.folder for child in room.supervisor.children if child.folder)
        family = {
            member.pid
            for child in room.supervisor.children
            for member in [child.process, *psutil.Process(child.process.pid).children(recursive=True)]
        }
        assert folder.is_dir()
        assert len(family) > 3
    await until(page.ended.is_set, WAIT_S)
    await page.close()
    await until(lambda: not any(map(psutil.pid_exists, family)), WAIT_S)
    assert not folder.exists()
