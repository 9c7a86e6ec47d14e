"""``workshopkit rehearse``: the whole afternoon through the real door, counted; and clear words on bad input."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys

import pytest

from cli_helpers import call
from kernel_helpers import until
from room import running_room
from workshopkit.bots.client import Browser
from workshopkit.bots.device import Device
from workshopkit.bots.tally import Tally
from workshopkit.i18n import LANGUAGES, translator
from workshopkit.room.fold import fold
from workshopkit.run.net import free_port

WAIT_S = 480  # phones that are away for most of a minute, again and again, on a machine with other work
PROGRAM = "import sys; from workshopkit.cli import main; main(sys.argv[1:])"


async def started(*words, env=None):
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", PROGRAM, "--lang", "en", "rehearse", *map(str, words)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, **(env or {})},
        start_new_session=True,
    )


async def heard(process):
    try:
        async with asyncio.timeout(WAIT_S):
            out, err = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    assert b"Traceback" not in out + err, (out + err).decode()
    return out.decode(), err.decode()


# Bad input ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "words",
    [
        ["0"],
        ["many"],
        [],
        ["3", "--pace", "-1"],
        ["3", "--minutes", "0"],
        ["3", "--seed", "x"],
        ["3", "--join", ""],
        ["3", "--join", "ftp://192.168.1.20/j/ABCD2345"],
        ["3", "--join", "http://192.168.1.20/wall"],
        ["3", "--join", "http://[/j/ABCD2345"],
        ["3", "--join", "what is this"],
    ],
)
def test_bad_input_is_one_clear_line(words, lang):
    said = call("rehearse", *words, lang=lang)
    assert said.is_one_clear_line()
    if len(words) == 3 and len(words[2]) > 3:
        assert words[2][:20] in said.err


def test_a_room_that_is_not_there(tmp_path):
    port = free_port(19300, "127.0.0.1")
    said = call(
        "rehearse", 2, "--join", f"http://127.0.0.1:{port}/j/ABCD2345", "--db", tmp_path / "no.db", lang="en"
    )
    assert said.err.splitlines()[-1].startswith("There is no open workshop at http://127.0.0.1")
    assert said.code == 2


def test_leading_needs_the_store_of_the_room(tmp_path):
    said = call("rehearse", 2, "--skip-talk", "--join", "ABCD2345", "--db", tmp_path / "no.db", lang="nl")
    assert said.is_one_clear_line()
    assert "--db" in said.err


# A phone that loses its line ---------------------------------------------------------------------------------------


@pytest.fixture
async def phone(room):
    """Give a phone in a room whose questions are open."""
    room.store.append(
        id="open",
        workshop=room.workshop.id,
        participant="lead",
        act=None,
        kind="act.opened",
        payload={"act": "lines"},
    )
    device = Device(Browser(room.local), Tally(), seat="front-desk")
    await device.begin(lambda: device.browser.join(room.workshop.code, "front-desk"))
    yield device
    await device.end()


def stored(room):
    return [event.id for event in room.store.events(room.workshop.id, kinds={"told"})]


@pytest.mark.slow
@pytest.mark.parametrize("mishap", ["lose", "reload", "crash"])
async def test_a_phone_comes_back_by_itself_with_what_it_had_to_say(room, phone, mishap):
    before = phone.page
    sending = asyncio.create_task(phone.send("told", {"to": "permits", "answer": "yes"}))
    await until(lambda: phone.tally.taps and phone.tally.taps[0].sent)
    if mishap == "lose":
        phone.lose()
    else:
        await phone.reload(says_so=mishap == "reload")
    async with asyncio.timeout(WAIT_S):
        assert (await sending)["type"] == "stored"
        await until(lambda: phone.is_up and phone.page is not before, WAIT_S)
        assert (await phone.send("told", {"to": "information", "answer": "yes"}))["type"] == "stored"
        await phone.until(lambda state: len(state["sheet"]["told"]) == 2)
    assert stored(room) == [tap.id for tap in phone.tally.taps]
    assert (phone.page.config["kernelId"] == before.config["kernelId"]) == (mishap == "lose")


@pytest.mark.slow
async def test_a_locked_phone_neither_taps_nor_hears_until_it_is_back(room, phone):
    locked = asyncio.create_task(phone.lock(3600))
    await until(lambda: not phone.is_up)
    sending = asyncio.create_task(phone.send("told", {"to": "permits", "answer": "yes"}))
    room.store.append(
        id="on",
        workshop=room.workshop.id,
        participant="lead",
        act=None,
        kind="act.opened",
        payload={"act": "case"},
    )
    room.store.append(
        id="back",
        workshop=room.workshop.id,
        participant="lead",
        act=None,
        kind="act.opened",
        payload={"act": "lines"},
    )
    assert phone.tally.taps == []
    locked.cancel()
    async with asyncio.timeout(WAIT_S):
        assert (await sending)["type"] == "stored"
    assert stored(room) == [tap.id for tap in phone.tally.taps]


# The command -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
async def test_the_whole_afternoon_in_a_room_of_its_own_with_faults():
    out, err = await heard(
        await started(4, "--skip-talk", "--pace", "0.02", "--faults", "--port", 19400, "--json")
    )
    found = json.loads(out)
    assert found["good"], (found, err)
    assert found["finished"]
    assert (found["joined"], found["phones"], found["places"]) == (4, 4, 4)
    assert found["confirmed"] == found["in_store"] > 60
    late = sum(found["refused"].values())  # said as a round of the relay ended
    assert found["sent"] == found["confirmed"] + late, found
    assert found["refused"].keys() <= {translator("nl")("This round is over. Look at what is asked now.")}
    assert late < found["sent"] / 10, found
    assert (found["lost"], found["unknown"], found["unanswered"], found["not_back"]) == (0, 0, 0, 0)
    assert found["faults"] == {}
    assert found["joins_a_second"] > 0
    assert found["confirmed"] <= found["stored_s"]["count"] + found["sent_again"] <= found["sent"]
    assert found["wall_s"]["count"] > 10
    parts = {one["part"]: one for one in found["asked"]}
    assert {"case", "lines", "own", "walk", "message", "agreements"} <= parts.keys()
    assert all(one["seconds"]["longest"] <= one["plan_s"] for one in parts.values()), "whatever the pace is"
    assert parts["lines"]["seconds"]["median"] > 60
    assert found["memory_mb"] > 50
    assert found["processors"] > 0


@pytest.mark.slow
async def test_bots_visit_a_room_lead_it_and_leave_nothing_that_counts(tmp_path):
    with running_room(tmp_path) as room:
        real = await (await Browser(room.local).join(room.workshop.code, "permits")).connect()
        visit = await started(
            3,
            "--skip-talk",
            "--pace",
            0,
            "--join",
            f"{room.local}/j/{room.workshop.code}",
            "--db",
            room.store.url,
        )
        try:
            async with asyncio.timeout(WAIT_S):
                await real.until(lambda state: state.get("act") == "report")
        except TimeoutError:
            visit.terminate()  # and see below what it had to say
        out, _ = await heard(visit)
        assert visit.returncode == 0, out
        assert "Nothing was lost and nothing doubled." in out
        assert "What each part asked of a phone" in out
        assert "The room" in out, "it runs on this machine, so its memory is told"
        played = fold(room.store.events(room.workshop.id))
        assert not played.closed, "it is somebody's workshop"
        assert len(played.withdrawn) == 3
        assert not any(played.sheet(seat.id).told for seat in played.definition.seats)
        assert real.config["seat"] not in played.withdrawn
        await real.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM])
async def test_ctrl_c_ends_it_and_tells_what_was_counted(name):
    process = await started(2, "--port", 19450)
    said = ""
    async with asyncio.timeout(WAIT_S):
        while "phones come in" not in said:
            said += (await process.stderr.readline()).decode()
    process.send_signal(name)
    out, _ = await heard(process)
    assert "Cockpit (works once)" in out, "who practises leading gets the way in"
    assert "stopped before the end" in out
    assert process.returncode in {0, 1}
