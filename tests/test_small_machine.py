"""The whole room on a machine with little memory: who is new hears that it is full, and nobody who is in notices."""

from __future__ import annotations

import asyncio
import json

import pytest
from tornado.httpclient import AsyncHTTPClient

from cgroup import limited
from kernel_helpers import until
from room import running_room
from workshopkit.bots.cast import seats_of
from workshopkit.bots.client import Browser

pytestmark = pytest.mark.slow

SMALL_MB = 2_000
PHONES = 40
TINY_MB = 620
MANY = 30
FULL = "This laptop has no memory left for one more phone."


@pytest.fixture
def limit(request):
    """Give a limit to memory of so many megabytes."""
    with limited(request.param) as found:
        if found is None:
            pytest.skip(
                "no cgroup with a limit to memory can be made here: it takes root, or a delegated cgroup"
            )
        yield found


async def come(room, actor):
    """Join as somebody who reads English; gives the open page, or the sentence that was said instead."""
    browser = Browser(room.local, {"workshopkit-lang": "en"})
    shown = (await browser.fetch(f"/j/{room.workshop.code}")).body.decode()
    if FULL in shown:
        return None
    page = await browser.join(room.workshop.code, actor)
    page.actor = actor
    return await page.connect()


async def taps(page):
    """Say one thing and then another; tells whether both are stored."""
    told = {"to": "management" if page.actor == "communication" else "communication", "expected": None}
    found = [await page.send("told", {**told, "answer": answer}) for answer in ("yes", "no")]
    return [answer["type"] for answer in found] == ["stored", "stored"]


async def lab_answers(room):
    child = next(child for child in room.supervisor.children if child.name == "lab")
    port = next(part.partition("=")[2] for part in child.arguments if part.startswith("--port="))
    reply = await AsyncHTTPClient().fetch(f"http://127.0.0.1:{port}/api/", raise_error=False)
    return json.loads(reply.body)["version"]


def lead(room, act, **part):
    room.store.append(
        id=f"{act}-{part}", workshop=room.workshop.id, participant="lead", act=None, kind="act.opened",
        payload={"act": act, **part},
    )  # fmt: skip


def everybody_lives(room, limit):
    assert limit.killed == 0, "Linux ended a process of the room"
    assert {child.name: child.starts for child in room.supervisor.children if child.starts != 1} == {}


@pytest.mark.parametrize("limit", [SMALL_MB], indirect=True)
async def test_forty_phones_and_jupyterlab_in_two_gigabytes(limit, tmp_path):
    with running_room(tmp_path, expect=PHONES, limit=limit, lab=True) as room:
        lead(room, "lines")
        taken = [seat for seat, _, _ in seats_of(await Browser(room.local).seats(room.workshop.code), PHONES)]
        pages = await asyncio.gather(*(come(room, seat) for seat in taken))
        assert None not in pages
        pages = [page for page in pages if page is not None]
        assert all(await asyncio.gather(*(taps(page) for page in pages)))
        lead(room, "silos", part="arrives")
        await asyncio.gather(*(page.until(lambda state: state.get("act") == "silos") for page in pages))
        assert await lab_answers(room)
        everybody_lives(room, limit)
        assert limit.used_mb < SMALL_MB
        await asyncio.gather(*(page.close() for page in pages))


@pytest.mark.parametrize("limit", [TINY_MB], indirect=True)
async def test_at_the_limit_the_newcomer_hears_it_and_those_who_are_in_go_on(limit, tmp_path):
    with running_room(tmp_path, expect=4, limit=limit) as room:
        lead(room, "lines")
        pages = []
        for seat, _, _ in seats_of(await Browser(room.local).seats(room.workshop.code), MANY):
            page = await come(room, seat)
            if page is None:
                break
            pages.append(page)
        assert 2 < len(pages) < MANY, "some came in, and then it was full"
        joined = room.store.events(room.workshop.id, kinds={"joined"})
        assert len(joined) == len(pages), "who was refused has taken no seat"
        assert all(await asyncio.gather(*(taps(page) for page in pages)))
        # Who is in may load the page anew, full as it is.
        again = await Browser(room.local, dict(pages[0].browser.cookies)).open("/")
        again.actor = pages[0].actor
        assert await taps(await again.connect())
        lead(room, "silos", part="arrives")
        await asyncio.gather(*(page.until(lambda state: state.get("act") == "silos") for page in pages))
        everybody_lives(room, limit)
        # Where some go, others come in.
        for page in pages[1:]:
            await page.say_goodbye()
            await page.close()

        async def there_is_room():
            return (
                FULL
                not in (
                    await Browser(room.local, {"workshopkit-lang": "en"}).fetch(f"/j/{room.workshop.code}")
                ).body.decode()
            )

        await until(there_is_room)
        everybody_lives(room, limit)
