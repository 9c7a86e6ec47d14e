"""A joker in the room: somebody with a seat, a phone and some knowledge tries what isn't theirs to do."""

from __future__ import annotations

import asyncio
import html
import json
import os
import re
from urllib.parse import urlencode

import psutil
import pytest

from room import running_room
from test_server_door import enter, facilitate, form_of, raw, socket_code
from workshopkit.bots.client import Browser
from workshopkit.room.events import ANSWER_KINDS, FACILITATOR_KINDS

pytestmark = pytest.mark.slow

MB = 1_000_000


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """One room for all tests here; each brings participants of its own."""
    with running_room(tmp_path_factory.mktemp("attacks")) as running:
        yield running


@pytest.fixture(autouse=True)
def _open(room):
    facilitate(room, "act.opened", {"act": "lines"})


def last(room):
    """Give where the log of the workshop ends."""
    return room.store.events(room.workshop.id)[-1].seq


async def header_of(browser):
    """Give what a form of this browser is sent with, as a header."""
    return {"X-XSRFToken": (await form_of(browser, "/me"))["_xsrf"]}


# Somebody else's cookie and code ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value", ["", "x", "0" * 64, "2|1:0|10:1700000000|19:workshopkit-session|4:eA==|" + "0" * 64]
)
async def test_a_guessed_cookie_opens_nothing(room, value):
    guesser = Browser(room.local, {"workshopkit-session": value, "workshopkit-lead": value})
    assert 'name="code"' in (await raw(guesser, "/")).body.decode()
    for path in ("/cockpit", "/wall"):
        assert (await raw(guesser, path)).code == 403


async def test_a_participants_cookie_is_no_facilitators(room):
    page = await enter(room)
    seat = page.browser.cookies["workshopkit-session"]
    joker = Browser(room.local, {"workshopkit-lead": seat})
    assert (await raw(joker, "/cockpit")).code == 403
    assert (await raw(joker, "/lead", method="POST", body="")).code == 403


async def test_a_cookie_that_was_kept_opens_nothing_after_a_withdrawal(room):
    page = await enter(room)
    kept = Browser(room.local, dict(page.browser.cookies))
    kernel = page.config["kernelId"]
    form = await form_of(page.browser, "/me")
    await page.browser.fetch("/withdraw", {"_xsrf": form["_xsrf"]})
    assert 'name="code"' in (await raw(kept, "/")).body.decode()
    assert await socket_code(kept, kernel, Origin=room.local) in {403, 404}
    before = last(room)
    await raw(kept, "/withdraw", method="POST", body="", headers={"X-XSRFToken": form["_xsrf"]})
    assert last(room) == before


async def test_a_personal_code_ends_with_its_uses_and_with_its_owner(room):
    page = await enter(room, "information")
    form = await form_of(page.browser, "/me")
    text = (await page.browser.fetch("/me", {"_xsrf": form["_xsrf"]})).body.decode()
    code = re.search(r"\b\w{4}-\w{4}-\w{4}\b", text)[0]

    async def comes_back():
        other = Browser(room.local)
        given = await form_of(other, "/rejoin")
        sent = f"_xsrf={given['_xsrf']}&code={code}"
        return (await raw(other, "/rejoin", method="POST", body=sent)).code == 303

    assert [await comes_back() for _ in range(4)] == [True, True, True, False]
    again = (await page.browser.fetch("/me", {"_xsrf": form["_xsrf"]})).body.decode()
    code = re.search(r"\b\w{4}-\w{4}-\w{4}\b", again)[0]
    await page.browser.fetch("/withdraw", {"_xsrf": form["_xsrf"]})
    assert not await comes_back()


async def test_who_guesses_personal_codes_waits_whatever_address_is_claimed(room):
    joker, calm = Browser(room.local), Browser(room.local)
    given = await form_of(joker, "/rejoin")
    replies = [
        await raw(
            joker,
            "/rejoin",
            method="POST",
            body=f"_xsrf={given['_xsrf']}&code=AAAA-AAAA-AAA{letter}",
            headers={"X-Forwarded-For": f"192.0.2.{number}", "X-Real-Ip": f"192.0.2.{number}"},
        )
        for number, letter in enumerate("ABCDEFGH")
    ]
    assert all(reply.code == 403 for reply in replies)
    assert re.search(r"Wacht \d+ seconde", replies[-1].body.decode())
    assert (await raw(calm, f"/j/{room.workshop.code}")).code == 200


@pytest.mark.parametrize("name", ["X-Forwarded-Host", "X-Forwarded-Server", "Forwarded", "X-Host"])
async def test_no_header_changes_the_address_that_is_handed_on(room, name):
    page = await enter(room)
    said = await raw(
        page.browser, "/me", headers={name: "host=evil.test" if name == "Forwarded" else "evil.test"}
    )
    assert said.code == 200
    assert "evil" not in said.body.decode()
    assert "evil" not in str(said.headers)


# Somebody else's kernel -------------------------------------------------------------------------------------------


async def test_with_everything_of_ones_own_in_order_anothers_kernel_stays_shut(room):
    mine, other = await enter(room), await enter(room, "information")
    kernel = mine.config["kernelId"]
    token = await header_of(other.browser)
    path = f"/api/kernels/{kernel}"
    for method, address in (
        ("GET", path),
        ("DELETE", path),
        ("POST", f"{path}/interrupt"),
        ("POST", f"{path}/restart"),
    ):
        body = None if method in {"GET", "DELETE"} else ""
        assert (await raw(other.browser, address, method=method, body=body, headers=token)).code in {
            403,
            404,
            405,
        }
    assert (await raw(other.browser, f"/bye/{kernel}", method="POST", body="", headers=token)).code == 204
    assert await socket_code(other.browser, kernel, Origin=room.local) in {403, 404}
    assert (await mine.send("told", {"to": "information", "answer": "yes"}))["type"] == "stored"


@pytest.mark.parametrize(
    "origin", ["null", "http://127.0.0.1.evil.test", "http://evil.test", "https://127.0.0.1"]
)
async def test_a_page_of_another_site_gets_no_connection(room, origin):
    mine = await enter(room)
    assert await socket_code(mine.browser, mine.config["kernelId"], Origin=origin) == 403


async def test_a_form_of_another_site_takes_no_seat_and_ends_none(room):
    page = await enter(room)
    before = last(room)
    for path in ("/join", "/withdraw", "/rejoin", "/me", "/language", "/lead"):
        reply = await raw(
            page.browser, path, method="POST", body=f"code={room.workshop.code}&actor=information"
        )
        assert reply.code == 403, path
    assert last(room) == before


# What is said over one's own connection --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(FACILITATOR_KINDS))
async def test_a_phone_cannot_lead(room, kind):
    page = await enter(room)
    before = last(room)
    steered = {"locked": False, "agreement": "e1", "into": None, "act": None, "text": "x"}
    for payload in (
        {},
        {"act": "report"},
        {"act": "silos", "part": "walls"},
        {"shown": True, "seconds": 5},
        steered,
    ):
        said = await page.send(kind, {**payload, "role": "facilitator"}, act=None)
        assert said["type"] == "refused"
    assert last(room) == before


async def test_a_phone_hears_nothing_of_what_the_facilitator_notes(room):
    page = await enter(room)
    facilitate(
        room, "note.written", {"act": "lines", "part": "questions", "text": "the desk is hiding something"}
    )
    await page.send("told", {"to": "information", "answer": "yes"})
    again = await (await page.browser.open("/")).connect()
    for state in (page.state, again.state):
        assert "hiding" not in str(state)


async def test_nobody_joins_a_locked_room_by_a_form_of_their_own_or_an_old_page(room):
    joker = Browser(room.local)
    form = await form_of(joker, f"/j/{room.workshop.code}")
    facilitate(room, "room.locked", {"locked": True})
    try:
        before = last(room)
        for once in (form["once"], "x", ""):
            sent = {**form, "actor": "information", "once": once}
            reply = await raw(joker, "/join", method="POST", body=urlencode(sent))
            assert reply.code == 403
            assert "op slot" in html.unescape(reply.body.decode())
            assert "workshopkit-session" not in str(reply.headers.get_list("Set-Cookie"))
        assert last(room) == before
    finally:
        facilitate(room, "room.locked", {"locked": False})


async def test_only_who_takes_part_hears_of_a_call(room):
    assert (await raw(Browser(room.local), "/called")).code == 403
    page = await enter(room)
    seq = json.loads((await raw(page.browser, "/called")).body)["called"]
    facilitate(room, "room.called", {})
    assert json.loads((await raw(page.browser, "/called")).body)["called"] > seq


async def test_a_phone_speaks_for_its_own_team_only(room):
    """Whatever a payload says of the speaker: the event is the seat's own, and holds what its kind knows."""
    page = await enter(room)
    for forged in (
        {"actor": "information"},
        {"participant": "facilitator"},
        {"from": "information", "role": "facilitator"},
        {"workshop": "another", "seq": 1},
        {"__class__": "x", "constructor": {"prototype": 1}},
    ):
        said = await page.send("told", {"to": "information", "answer": "yes", **forged})
        assert said["type"] == "stored"
        event = room.store.events(room.workshop.id)[-1]
        assert event.participant == page.config["seat"]
        assert set(event.payload) == {"to", "answer", "expected", "at"}
        assert event.payload["to"] == "information"
    assert (await page.send("joined", {"actor": "information"}))["type"] == "refused"


async def test_two_phones_cannot_overwrite_each_others_events(room):
    """An id that somebody else used changes nothing that stands."""
    mine, joker = await enter(room), await enter(room, "information")
    id = os.urandom(8).hex()
    await mine.send("told", {"to": "information", "answer": "yes"}, id=id)
    await joker.send("told", {"to": "front-desk", "answer": "yes"}, id=id)
    (kept,) = [event for event in room.store.events(room.workshop.id) if event.id == id]
    assert kept.participant == mine.config["seat"]


@pytest.mark.parametrize(
    "data",
    [
        {"method": "update", "state": {"role": "facilitator", "state": {"room": {}}}, "buffer_paths": []},
        {"method": "update", "state": {"_view_module": "evil", "_esm": "alert(1)", "layout": None}},
        {"method": "update", "state": {"state": None}, "buffer_paths": [["state", 0]]},
        {
            "method": "custom",
            "content": {"type": "events", "events": [None, 1, "x", {}, {"id": 1}, {"id": "../x"}]},
        },
        {"method": "custom", "content": {"type": "events", "events": "x" * 100_000}},
        {"method": "custom", "content": {"type": "events", "events": [[[[[[]]]]]] * 1000}},
        {"method": "custom", "content": {"type": "resync", "seq": "x" * 1000}},
        {"method": "custom", "content": {"type": "eval", "code": "1"}},
        {"method": "custom", "content": None},
        {"method": "request_states"},
        {"method": None},
    ],
)
async def test_crafted_messages_change_nothing_and_end_nothing(room, data):
    page = await enter(room)
    before = last(room)
    for target in (page.config["modelId"], page._control, "0" * 32):
        await page.write("comm_msg", {"comm_id": target, "data": data})
    assert (await page.send("told", {"to": "information", "answer": "yes"}))["type"] == "stored"
    assert last(room) == before + 1
    again = await (await page.browser.open("/")).connect()
    assert "information" in again.state["sheet"]["told"]


@pytest.mark.parametrize("kind", sorted(ANSWER_KINDS))
async def test_no_answer_of_any_kind_brings_a_traceback(room, kind):
    page = await enter(room)
    for payload in (
        {},
        {"to": None},
        {"to": ["x"]},
        {"to": "x" * 9_000},
        {"from": {"a": 1}},
        {"actor": 7, "id": []},
    ):
        said = await page.send(kind, payload)
        assert said["type"] in {"refused", "stored"}
        assert "Traceback" not in str(said)
        assert "Error" not in str(said)


# Too much ----------------------------------------------------------------------------------------------------------


async def test_a_form_of_a_hundred_megabytes_is_not_even_read(room):
    joker = Browser(room.local)
    form = await form_of(joker, f"/j/{room.workshop.code}")
    before = psutil.Process(room.pid("door")).memory_info().rss
    for path in ("/join", "/rejoin", "/language"):
        reader, writer = await asyncio.open_connection("127.0.0.1", room.port)
        writer.write(
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {90 * MB}\r\n\r\n_xsrf={form['_xsrf']}&code=".encode()
        )
        answer = await asyncio.wait_for(reader.read(1000), 10)
        writer.close()
        assert answer.startswith(b"HTTP/1.1 4") or answer == b""
    assert psutil.Process(room.pid("door")).memory_info().rss - before < 20 * MB
    assert (await raw(joker, f"/j/{room.workshop.code}")).code == 200


async def test_who_reloads_and_reloads_has_a_few_kernels_and_no_more(room):
    page = await enter(room)
    mine = {page.config["kernelId"]}
    for _ in range(10):
        page = await page.browser.open("/")
        mine.add(page.config["kernelId"])
    alive = [kernel for kernel in mine if (await raw(page.browser, f"/api/kernels/{kernel}")).code == 200]
    assert page.config["kernelId"] in alive
    assert len(alive) == 6
    await (await enter(room, "information")).close()


async def test_who_has_too_many_pages_open_is_told(room):
    page = await enter(room)
    pages = [page, *[await (await page.browser.open("/")).connect() for _ in range(5)]]
    text = html.unescape((await page.browser.fetch("/")).body.decode())
    assert "6 van deze pagina's open" in text
    for one in pages:
        assert (await one.send("told", {"to": "information", "answer": "yes"}))["type"] == "stored"
        await one.close()


async def test_a_thousand_half_open_connections_shut_nobody_out(room):
    joker = [await asyncio.open_connection("127.0.0.1", room.port) for _ in range(400)]
    for _, writer in joker:
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
    try:
        page = await enter(room)
        assert (await page.send("told", {"to": "information", "answer": "yes"}))["type"] == "stored"
    finally:
        for _, writer in joker:
            writer.close()
