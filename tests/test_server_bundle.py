"""The bundle at the door: for who leads alone, and made beside the room."""

from __future__ import annotations

import asyncio
import io
import json
import zipfile
from contextlib import suppress

import psutil
import pytest

from room import running_room
from test_server_door import enter, raw
from test_server_paper import facilitator
from workshopkit.bots.client import Browser

pytestmark = pytest.mark.slow
LONG = 120


@pytest.fixture
def room(tmp_path):
    with running_room(tmp_path) as running:
        yield running


async def test_who_leads_gets_it_and_others_do_not(room):
    page = await enter(room)
    for browser in (Browser(room.local), page.browser):
        assert (await raw(browser, "/bundle.zip")).code == 403
    reply = await raw(await facilitator(room), "/bundle.zip", request_timeout=LONG)
    assert reply.headers["Content-Disposition"] == 'attachment; filename="workshopkit-bundle.zip"'
    with zipfile.ZipFile(io.BytesIO(reply.body)) as bundle:
        assert json.loads(bundle.read("workshop/events.json"))["definition"]["title"] == room.workshop.title


async def test_the_door_answers_while_it_is_made(room):
    lead, other = await facilitator(room), Browser(room.local)
    wanted = ("/bundle.zip", "/cards/breakthrough", "/bundle.zip")
    making = [asyncio.create_task(raw(lead, path, request_timeout=LONG)) for path in wanted]
    answered, waiting = 0, set(making)
    while waiting:  # asked now and then, as phones do: who asks without a pause takes the time of the work that steps back
        waiting = (await asyncio.wait(waiting, timeout=0.2))[1]
        assert (await raw(other, "/healthz")).code == 200
        assert len(at_work()) <= 1, "one after the other: a small machine has room for one"
        answered += 1
    assert [(await one).code for one in making] == [200, 200, 200]
    assert answered > 5


async def test_one_that_was_ended_halfway_is_told_in_a_sentence_and_the_next_is_made(room):
    lead = await facilitator(room)
    making = asyncio.create_task(raw(lead, "/bundle.zip", request_timeout=LONG))
    async with asyncio.timeout(LONG):
        while not (found := at_work()):
            assert not making.done()
            await asyncio.sleep(0)
    for process in found:  # as a machine does that has no memory left
        process.kill()
    reply = await making
    assert reply.code == 500
    assert "Probeer het opnieuw" in reply.body.decode()
    assert (await raw(lead, "/bundle.zip", request_timeout=LONG)).code == 200


def at_work():
    """Give the processes that are at work beside the door now."""
    found = []
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            if any("spawn_main" in part for part in process.cmdline()):
                found.append(process)
    return found
