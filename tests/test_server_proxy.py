"""What passes between the door and a Jupyter Server in front of it, seen by a door that writes everything down."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import socket
import time
from pathlib import Path

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

import recorded_door
from jupyter_helpers import BASE, TOKEN, jupyter_server, own_folders
from kernel_helpers import until
from workshopkit.run.net import free_port
from workshopkit.server.websocket import LARGEST_FRAME

pytestmark = pytest.mark.slow

CHANNELS = "recorded/api/kernels/one/channels"
FOREIGN = "http://elsewhere.example"
WITHIN_S = 60


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Give a server as Binder starts it, where every origin is allowed."""
    folder = tmp_path_factory.mktemp("server")
    port = free_port(26_000 + os.getpid() * 37 % 4_000, "127.0.0.1")
    env = {
        **own_folders(folder),
        recorded_door.PORT: str(port),
        "PYTHONPATH": str(Path(__file__).parent),
    }
    extensions = {"recorded_door": True, "voila.server_extension": False, "jupyterlab": False}
    arguments = [
        f"--ServerApp.jpserver_extensions={extensions}",
        "--ServerApp.allow_origin=*",
        "--ServerApp.allow_origin_pat=.*",
    ]
    with jupyter_server(folder, *arguments, env=env) as running:
        running.door = port
        yield running


@pytest.fixture
async def door(server):
    async with recorded_door.listening(server.door) as recorder:
        yield recorder


@pytest.fixture
async def cookies(server):
    """Give the cookies of a browser that has logged in, and what else it may have from server and door."""
    reply = await ask(server, "api/status", {"Authorization": f"token {TOKEN}"})
    (login,) = (line for line in reply.headers.get_list("Set-Cookie") if line.startswith("username-"))
    kept = {
        "_xsrf": "2|the-servers",
        "unrelated": "x",
        "workshopkit-session": '"2|1:0|seat"',
        "workshopkit-lead": "lead",
        "workshopkit-lang": "en",
        "workshopkit-xsrf": "the-doors",
    }
    return "; ".join([login.split(";")[0], *(f"{name}={value}" for name, value in kept.items())])


async def ask(server, path, headers=None, **options):
    request = HTTPRequest(
        server.url(path), headers=headers or {}, follow_redirects=False, request_timeout=WITHIN_S, **options
    )
    return await AsyncHTTPClient().fetch(request, raise_error=False)


async def connect(server, headers, path=CHANNELS, **options):
    url = server.url(path).replace("http", "ws", 1)
    return await websocket_connect(HTTPRequest(url, headers=headers, request_timeout=WITHIN_S), **options)


async def refusal(server, headers, path=CHANNELS):
    with pytest.raises(HTTPClientError) as refused:
        await connect(server, headers, path)
    return refused.value


# What the door hears ---------------------------------------------------------------------------------------------


async def heard(server, door, way, headers, query):
    """Ask in one way, and give what the door heard."""
    if way == "page":
        assert (await ask(server, f"recorded/x?{query}", headers)).code == 200
    elif way == "form":
        reply = await ask(
            server, f"recorded/x?{query}", headers, method="POST", body="_xsrf=the-doors&code=AB"
        )
        assert reply.code == 200
        assert door.last.body == b"_xsrf=the-doors&code=AB"
    else:
        (await connect(server, headers, f"{CHANNELS}?{query}")).close()
    return door.last


@pytest.mark.parametrize("way", ["page", "form", "websocket"])
async def test_what_opens_the_server_never_reaches_the_door(server, door, cookies, way):
    headers = {
        "Authorization": f"token {TOKEN}",
        "Cookie": cookies,
        "Referer": server.url(f"lab?token={TOKEN}"),
        "X-XSRFToken": "2|the-servers",
        "X-Forwarded-For": "1.2.3.4",
    }
    query = f"a=1&token={TOKEN}&%74oken={TOKEN}&b=%26token%3D&_xsrf=2%7Cthe-servers&token&c"
    request = await heard(server, door, way, headers, query)
    assert request.query == "a=1&b=%26token%3D&c"
    everything = f"{request.uri} {list(request.headers.get_all())}"
    for secret in (TOKEN, "the-servers", "username-", "Authorization", "Referer", "X-Forwarded", "unrelated"):
        assert secret not in everything
    assert {name: morsel.value for name, morsel in request.cookies.items()} == {
        "workshopkit-session": "2|1:0|seat",
        "workshopkit-lead": "lead",
        "workshopkit-lang": "en",
        "workshopkit-xsrf": "the-doors",
    }


async def test_a_query_of_secrets_alone_leaves_no_query(server, door):
    await ask(server, f"recorded/x?token={TOKEN}")
    assert door.last.uri == f"{BASE}recorded/x"


async def test_the_door_hears_who_asks_and_in_which_language(server, door, cookies):
    said = {
        "Accept-Language": "en-GB",
        "User-Agent": "A phone",
        "Accept": "text/html",
        "Origin": server.origin,
    }
    await ask(server, "recorded/x", {**said, "Cookie": cookies})
    assert {name: door.last.headers[name] for name in said} == said
    assert door.last.host == server.origin.removeprefix("http://")


# What comes back --------------------------------------------------------------------------------------------------


async def test_the_answer_comes_back_unharmed(server, door, cookies):
    reply = await ask(server, "recorded/away", {"Cookie": cookies})
    assert (reply.code, reply.headers["Location"]) == (303, "/user/x/workshop/cockpit")
    assert reply.headers.get_list("Set-Cookie") == [
        "workshopkit-session=a; Path=/user/x/workshop/; HttpOnly",
        "workshopkit-lang=nl; Path=/user/x/workshop/; SameSite=Lax",
    ]
    assert reply.headers.get_list("Content-Security-Policy") == ["default-src 'none'; frame-ancestors 'none'"]
    assert "Access-Control-Allow-Origin" not in reply.headers


async def test_packed_files_stay_packed_and_keep_their_kind(server, door, cookies):
    reply = await ask(
        server, "recorded/packed", {"Cookie": cookies, "Accept-Encoding": "gzip"}, decompress_response=False
    )
    assert reply.body == b"\x1f\x8b not really"
    assert reply.headers.get_list("Content-Type") == ["text/css"]
    assert reply.headers["Content-Encoding"] == "gzip"


async def test_an_answer_without_a_page(server, door, cookies):
    reply = await ask(server, "recorded/nothing", {"Cookie": cookies}, method="POST", body="")
    assert (reply.code, reply.body) == (204, b"")


async def begun(server, door, cookies, path):
    """Ask for a page whose first half comes at once; gives what has come and who waits for the rest."""
    chunks = []
    asking = asyncio.ensure_future(ask(server, path, {"Cookie": cookies}, streaming_callback=chunks.append))
    await until(lambda: chunks == [b"first"], WITHIN_S)
    assert not asking.done()
    door.go_on.set()
    return chunks, asking


async def test_a_page_arrives_while_it_is_being_made(server, door, cookies):
    chunks, asking = await begun(server, door, cookies, "recorded/slow")
    assert (await asking).code == 200
    assert b"".join(chunks) == b"firstsecond"


async def test_a_page_that_breaks_off_does_not_look_whole(server, door, cookies):
    _, asking = await begun(server, door, cookies, "recorded/breaks")
    with pytest.raises(HTTPClientError, match="Connection closed"):
        await asking


async def test_a_page_that_nobody_waits_for_does_no_harm(server, door, cookies):
    request = HTTPRequest(server.url("recorded/slow"), headers={"Cookie": cookies}, request_timeout=1)
    with pytest.raises(HTTPClientError):
        await AsyncHTTPClient().fetch(request)
    door.go_on.set()
    assert (await ask(server, "recorded/x", {"Cookie": cookies})).code == 200


async def test_more_come_at_once_than_a_shared_client_takes(server, door, cookies):
    client = AsyncHTTPClient(force_instance=True, max_clients=60)
    request = HTTPRequest(server.url("recorded/slow"), headers={"Cookie": cookies}, request_timeout=WITHIN_S)
    asking = [asyncio.ensure_future(client.fetch(request)) for _ in range(40)]
    await until(lambda: len(door.asked) == len(asking), WITHIN_S)
    door.go_on.set()
    assert {reply.body for reply in await asyncio.gather(*asking)} == {b"firstsecond"}


# Websockets -------------------------------------------------------------------------------------------------------


async def test_messages_pass_both_ways_as_they_are(server, door, cookies):
    socket = await connect(server, {"Cookie": cookies, "Origin": server.origin})
    for message in ("één", b"\x00\xff", "", "x" * 300_000):
        await socket.write_message(message, binary=isinstance(message, bytes))
        assert await socket.read_message() == message
    assert door.said == ["één", b"\x00\xff", "", "x" * 300_000]
    socket.close()


async def test_the_door_chooses_the_protocol(server, door, cookies):
    socket = await connect(server, {"Cookie": cookies}, subprotocols=["v0", "v1.kernel"])
    assert socket.selected_subprotocol == "v1.kernel"
    socket.close()
    socket = await connect(server, {"Cookie": cookies})
    assert socket.selected_subprotocol is None
    socket.close()


@pytest.mark.parametrize("code", [1001, 1009, 4000])
async def test_the_page_hears_how_the_door_ends_it(server, door, cookies, code):
    socket = await connect(server, {"Cookie": cookies})
    await socket.write_message(f"end {code}")
    assert await socket.read_message() is None
    assert (socket.close_code, socket.close_reason) == (code, "as you like")


async def test_the_door_hears_that_a_page_has_gone(server, door, cookies):
    socket = await connect(server, {"Cookie": cookies})
    await until(lambda: door.sockets, WITHIN_S)
    socket.close()
    await until(lambda: door.sockets[0].ws_connection is None, WITHIN_S)


async def test_what_the_door_refuses_is_refused(server, door, cookies):
    refused = await refusal(server, {"Cookie": cookies}, "recorded/api/kernels/gone/channels")
    assert refused.code == 404


async def test_a_page_where_a_websocket_belongs_is_no_fault(server, door, cookies):
    reply = await ask(server, CHANNELS, {"Cookie": cookies})
    assert 400 <= reply.code < 500
    assert b"Traceback" not in reply.body


# Who gets in ------------------------------------------------------------------------------------------------------


async def test_who_has_no_token_reaches_the_door_and_brings_nothing_of_the_server(server, door):
    headers = {"Cookie": "workshopkit-session=seat", "Origin": server.origin}
    for reply in (
        await ask(server, "recorded/x", headers),
        await ask(server, "recorded/x?token=wrong", headers, method="POST", body="code=AB"),
    ):
        assert (reply.code, reply.body.decode()) == (200, f"the door: {BASE}recorded/x")
        assert reply.headers.get_list("Set-Cookie") == []
    socket = await connect(server, headers)
    await socket.write_message("hello")
    assert await socket.read_message() == "hello"
    socket.close()
    assert [(request.query, dict(request.cookies).keys()) for request in door.asked] == [
        ("", {"workshopkit-session"})
    ] * 3


async def test_a_frame_larger_than_the_door_reads_ends_the_connection_before_it(server, door):
    socket = await connect(server, {"Origin": server.origin})
    await socket.write_message("x" * (LARGEST_FRAME + 1))
    assert await socket.read_message() is None
    assert door.said == []
    socket.close()


@pytest.mark.parametrize("origin", [FOREIGN, "null", "http://127.0.0.1", ""])
async def test_pages_of_another_site_are_refused(server, door, cookies, origin):
    headers = {"Cookie": cookies, "Origin": origin}
    for reply in (
        await ask(server, "recorded/x", headers),
        await ask(server, "recorded/x", headers, method="POST", body="a=b"),
        await refusal(server, headers),
    ):
        assert reply.code == 403
    assert door.asked == []


@pytest.mark.parametrize(
    "path",
    [
        f"{BASE}recorded/../api/status",
        f"{BASE}recorded/%2e%2e/api/status",
        f"{BASE}recorded/..%2fapi/status",
        f"{BASE}recorded//api/status",
        f"{BASE}recorded/\\..\\api/status",
        f"{BASE}recorded/%2e%2e%2f%2e%2e%2flab?token={TOKEN}",
        f"{BASE}recorded/http://127.0.0.1:1{BASE}lab",
        f"{BASE}recorded/@127.0.0.1:1/lab",
    ],
)
async def test_no_path_leads_past_the_door(server, door, cookies, path):
    said = await asyncio.to_thread(raw, server.port, path, cookies)
    assert said.startswith("HTTP/1.1 200 ")
    assert f"the door: {path.partition('?')[0]}" in said
    assert [request.path for request in door.asked] == [path.partition("?")[0]]


@pytest.mark.parametrize(
    "path", [f"http://127.0.0.1:1{BASE}recorded/x", f"//127.0.0.1:1{BASE}recorded/x", "/recorded/x"]
)
async def test_nothing_else_is_handed_on(server, door, cookies, path):
    said = await asyncio.to_thread(raw, server.port, path, cookies)
    assert " 404 " in said.splitlines()[0] or " 30" in said.splitlines()[0]
    assert door.asked == []


def raw(port, path, cookies):
    """Ask for a path as it stands: clients tidy up what they are given."""
    with socket.create_connection(("127.0.0.1", port), timeout=WITHIN_S) as line:
        line.sendall(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookies}\r\nConnection: close\r\n\r\n".encode()
        )
        said = b""
        while chunk := line.recv(65536):
            said += chunk
    return said.decode()


# A door that is not there, and a server that may not fall asleep ---------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("nl-NL", "Er loopt hier nu geen workshop."),
        ("en-GB", "No workshop runs here at this moment."),
        ("fr", "Er loopt"),
    ],
)
async def test_a_door_that_is_not_there_is_told_in_words(server, cookies, lang, sentence):
    headers = {"Cookie": cookies.replace("workshopkit-lang", "no"), "Accept-Language": lang}
    for reply in (
        await ask(server, "recorded/wall", headers),
        await ask(server, "recorded/join", headers, method="POST", body="a=b"),
    ):
        assert reply.code == 503
        text = reply.body.decode()
        assert sentence in text
        assert f"{BASE}workshop/learn" in text
        assert "Traceback" not in text
    assert (await refusal(server, headers)).code == 503


async def test_a_phone_is_told_so_too_and_is_not_sent_to_the_servers_own_pages(server):
    reply = await ask(server, "recorded/", {"Accept-Language": "nl"})
    assert reply.code == 503
    text = reply.body.decode()
    assert "Er loopt hier nu geen workshop. Probeer het over een minuut opnieuw." in text
    assert f'class="btn btn-primary" href="{BASE}workshop/"' in text
    assert TOKEN not in text
    assert (await refusal(server, {})).code == 503


async def test_the_language_that_was_chosen_goes_before_that_of_the_browser(server, cookies):
    reply = await ask(server, "recorded/wall", {"Cookie": cookies, "Accept-Language": "nl"})
    assert "No workshop runs here" in reply.body.decode()


async def active(server, cookies):
    """Give when the server was last active, as whoever stops idle servers asks for it."""
    reply = await ask(server, "api/status", {"Cookie": cookies, "Authorization": f"token {TOKEN}"})
    return reply.body.decode().split('"last_activity": "')[1].split('"')[0]


async def test_what_a_page_does_counts_as_activity(server, door, cookies):
    seen = [await active(server, cookies)]
    await ask(server, "recorded/x", {"Cookie": cookies})
    seen.append(await active(server, cookies))
    page = await connect(server, {"Cookie": cookies})
    seen.append(await active(server, cookies))
    await page.write_message("I am here")
    assert await page.read_message() == "I am here"
    seen.append(await active(server, cookies))
    assert seen == sorted(set(seen))
    page.close()


async def test_what_the_door_says_by_itself_does_not(server, door, cookies):
    page = await connect(server, {"Cookie": cookies})
    await until(lambda: door.sockets, WITHIN_S)
    before = await active(server, cookies)
    await door.sockets[0].write_message("an update")
    assert await page.read_message() == "an update"
    assert await active(server, cookies) == before
    page.close()


async def test_a_page_that_is_open_counts_and_one_that_was_forgotten_does_not(tmp_path):
    """Whose phone lies on the table in the break says nothing; its browser answers the pings of the server."""
    port = free_port(26_000 + os.getpid() * 37 % 4_000, "127.0.0.1")
    env = {
        **own_folders(tmp_path),
        recorded_door.PORT: str(port),
        recorded_door.FORGOTTEN: "1.5",
        "PYTHONPATH": str(Path(__file__).parent),
    }
    extensions = {"recorded_door": True, "voila.server_extension": False, "jupyterlab": False}
    arguments = [
        f"--ServerApp.jpserver_extensions={extensions}",
        "--ServerApp.tornado_settings={'ws_ping_interval': 200}",
    ]
    with jupyter_server(tmp_path, *arguments, env=env) as running:
        async with recorded_door.listening(port):
            page = await connect(running, {"Origin": running.origin})
            reading = asyncio.ensure_future(page.read_message())  # as a browser it answers pings
            seen = set()

            async def is_kept_awake():
                seen.add(await active(running, ""))
                return len(seen) > 3

            async def falls_asleep():
                last = dt.datetime.fromisoformat(await active(running, ""))
                return dt.datetime.now(tz=dt.UTC) - last > dt.timedelta(seconds=2)

            await until(is_kept_awake, WITHIN_S)
            await until(falls_asleep, WITHIN_S)
            await page.write_message("I am here")
            assert await reading == "I am here", "it was open all the time"
            assert not await falls_asleep()
            page.close()


async def test_the_log_of_the_server_has_no_codes(server, door, cookies):
    marker = f"code-{time.monotonic_ns()}"
    await ask(server, f"recorded/enter/{marker}", {"Cookie": cookies})
    await refusal(server, {"Cookie": cookies}, f"recorded/api/kernels/{marker}gone/channels")
    await ask(server, f"recorded/missing-{marker}", {"Cookie": cookies, "Origin": FOREIGN})
    assert marker not in server.log.read_text(errors="replace")
