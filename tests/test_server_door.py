"""The door as a stranger, a participant and somebody with bad intentions meet it."""

from __future__ import annotations

import asyncio
import html
import json
import os
import re

import psutil
import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from kernel_helpers import until
from room import running_room
from workshopkit.bots.client import Browser
from workshopkit.kernels import ALLOWED_ENV
from workshopkit.server.kernels import page_env
from workshopkit.store import migrations

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """One room for all tests here; each brings participants of its own."""
    with running_room(tmp_path_factory.mktemp("door")) as running:
        yield running


@pytest.fixture(autouse=True)
def _open(room):
    """Every test begins with the act open and no waits running."""
    facilitate(room, "act.opened", {"act": "lines"})


def facilitate(room, kind, payload):
    room.store.append(
        id=os.urandom(8).hex(),
        workshop=room.workshop.id,
        participant="facilitator",
        act=None,
        kind=kind,
        payload=payload,
    )


async def enter(room, actor="front-desk"):
    browser = Browser(room.local)
    page = await browser.join(room.workshop.code, actor)
    return await page.connect()


async def form_of(browser, path):
    text = (await browser.fetch(path)).body.decode()
    return {name: html.unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', text)}


async def raw(browser, path, **options):
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items())}
    request = HTTPRequest(
        browser.base + path,
        headers={**headers, **options.pop("headers", {})},
        follow_redirects=False,
        allow_nonstandard_methods=True,
        **options,
    )
    return await AsyncHTTPClient().fetch(request, raise_error=False)


async def socket_code(browser, kernel, **headers):
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    url = f"{browser.base.replace('http', 'ws', 1)}/api/kernels/{kernel}/channels?session_id=x"
    try:
        socket = await websocket_connect(HTTPRequest(url, headers={"Cookie": cookie, **headers}))
    except HTTPClientError as refused:
        return refused.code
    socket.close()
    return 101


# What is there, and what is not ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/voila/files/kit.db",
        "/voila/static/x",
        "/voila/render/participant.ipynb",
        "/files/kit.db",
        "/tree",
        "/lab",
        "/api/contents",
        "/api/kernels",
        "/api/kernelspecs",
        "/api/sessions",
        "/api/terminals",
        "/api/shutdown",
        "/login",
        "/nbextensions/x",
        "/static/../door.py",
        "/static/..%2fdoor.py",
        "/static/%2e%2e/i18n/nl.po",
        "/static//etc/passwd",
        "/static/.hidden",
        "/participant.ipynb",
    ],
)
async def test_nothing_else_is_served(room, path):
    reply = await raw(Browser(room.local), path)
    assert reply.code == 404
    assert "Traceback" not in reply.body.decode()
    assert "Hier is geen pagina." in reply.body.decode()


async def test_static_files_are_packed_and_kept_for_ever(room):
    text = (await Browser(room.local).fetch("/")).body.decode()
    path = re.search(r"/static/door\.js\?v=\w+", text)[0]
    reply = await raw(
        Browser(room.local), path, headers={"Accept-Encoding": "gzip"}, decompress_response=False
    )
    assert reply.headers["Content-Encoding"] == "gzip"
    assert "immutable" in reply.headers["Cache-Control"]


async def test_headers_keep_everything_at_home(room):
    page = await enter(room)
    for path in ("/", f"/j/{room.workshop.code}", "/me", "/rejoin", "/nowhere"):
        reply = await raw(page.browser, path)
        policy = reply.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http:" not in policy.replace("http://", "")
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert reply.headers["Cache-Control"] == "no-store"
        assert "onclick" not in reply.body.decode()


async def test_a_forged_host_does_not_get_into_the_policy(room):
    reply = await raw(Browser(room.local), "/", headers={"Host": "evil.test; script-src *"})
    assert reply.code == 400 or "evil" not in reply.headers["Content-Security-Policy"]


async def test_the_health_page_tells_numbers_and_no_secrets(room):
    page = await enter(room)
    found = json.loads((await raw(Browser(room.local), "/healthz")).body)
    assert found["kernels"] >= 1
    assert found["workshops_open"] == 1
    assert found["failed_starts"] == 0
    assert found["analyst_works"]
    assert found["schema"] == migrations.VERSION
    assert set(found) == {
        "version", "schema", "kernels", "spare", "failed_starts", "analyst_lag", "analyst_seen", "analyst_works",
        "last_backup", "workshops_open",
    }  # fmt: skip
    assert page.config["kernelId"] not in json.dumps(found)


# Coming in -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code", ["WRONGONE", "%F0%9F%90%8C", "%3Cscript%3E", "x" * 5000, "%D7%A9%D7%9C%D7%95%D7%9D"]
)
async def test_a_wrong_code_is_told_in_one_sentence(room, code):
    browser = Browser(room.local)
    await browser.fetch("/")
    reply = await raw(browser, f"/j/{code}")
    text = reply.body.decode()
    assert reply.code == 403
    assert 'role="alert"' in text
    assert "Kijk" in text
    assert "<script>" not in text
    assert 'name="code"' in text


async def test_wrong_codes_make_one_wait_and_nobody_else(room):
    guesser, other = Browser(room.local), Browser(room.local)
    await guesser.fetch("/")
    await other.fetch("/")
    texts = [(await raw(guesser, "/j/WRONGONE")).body.decode() for _ in range(7)]
    assert any(re.search(r"Wacht \d+ seconde", text) for text in texts)
    assert (await raw(other, f"/j/{room.workshop.code}")).code == 200


async def test_a_closed_workshop_says_so(room):
    payload = room.store.events(room.workshop.id, kinds={"workshop.defined"})[0].payload
    closed = room.store.create_workshop(title="Klaar <b>", lang="nl", definition=payload)
    room.store.close_workshop(closed.id)
    reply = await raw(Browser(room.local), f"/j/{closed.code}")
    text = reply.body.decode()
    assert "Klaar &lt;b&gt;" in text
    assert "voorbij" in text


@pytest.mark.parametrize(
    "actor", ["", "nobody", "<script>alert(1)</script>", "🐌" * 3000, "../front-desk", "שלום", "inwoners\0"]
)
async def test_an_unknown_team_gets_the_list_again(room, actor):
    browser = Browser(room.local)
    form = await form_of(browser, f"/j/{room.workshop.code}")
    reply = await browser.fetch("/join", {**form, "actor": actor})
    text = reply.body.decode()
    assert reply.code == 400
    assert 'value="front-desk"' in text
    assert "<script>alert" not in text
    assert "Kies er een uit de lijst" in text


async def test_a_form_without_its_number_is_refused(room):
    browser = Browser(room.local)
    form = await form_of(browser, f"/j/{room.workshop.code}")
    for token in ({}, {"_xsrf": "forged"}):
        reply = await browser.fetch("/join", {"code": form["code"], "actor": "front-desk", **token})
        assert reply.code == 403
        assert "Traceback" not in reply.body.decode()


async def test_two_taps_make_one_participant(room):
    browser = Browser(room.local)
    form = {**(await form_of(browser, f"/j/{room.workshop.code}")), "actor": "information"}
    twin = Browser(room.local, dict(browser.cookies))
    before = room.store.participants(room.workshop.id, "information")
    await asyncio.gather(browser.fetch("/join", form), twin.fetch("/join", form))
    assert len(room.store.participants(room.workshop.id, "information")) == len(before) + 1
    joins = [
        event.participant
        for event in room.store.events(room.workshop.id, kinds={"joined"})
        if event.payload["actor"] == "information"
    ]
    assert len(joins) == len(set(joins)) == len(before) + 1


async def test_a_seat_taken_by_mistake_is_left_again(room):
    browser = Browser(room.local)
    first = await browser.join(room.workshop.code, "information")
    again = await form_of(browser, f"/j/{room.workshop.code}")
    assert "Jullie doen mee voor" in (await browser.fetch(f"/j/{room.workshop.code}")).body.decode()
    await browser.fetch("/join", {**again, "actor": "front-desk"})
    gone = room.store.events(room.workshop.id, kinds={"withdrawn"})
    assert gone[-1].participant == first.config["seat"]
    assert (await raw(browser, f"/api/kernels/{first.config['kernelId']}")).code in {403, 404}


async def test_a_seat_that_answered_keeps_its_answers(room):
    page = await enter(room, "information")
    assert (await page.send("told", {"to": "front-desk", "answer": "yes"}))["type"] == "stored"
    form = await form_of(page.browser, f"/j/{room.workshop.code}")
    await page.browser.fetch("/join", {**form, "actor": "front-desk"})
    gone = {event.participant for event in room.store.events(room.workshop.id, kinds={"withdrawn"})}
    assert page.config["seat"] not in gone


async def test_the_session_cookie_is_closed_to_scripts(room):
    browser = Browser(room.local)
    form = await form_of(browser, f"/j/{room.workshop.code}")
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    body = f"_xsrf={form['_xsrf'].replace('|', '%7C')}&code={form['code']}&actor=front-desk"
    reply = await raw(browser, "/join", method="POST", body=body, headers=headers)
    cookie = next(
        line for line in reply.headers.get_list("Set-Cookie") if line.startswith("workshopkit-session")
    )
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert reply.headers["Location"] == "/"


@pytest.mark.parametrize("back", ["//evil.test", "https://evil.test", "/\\evil.test", "javascript:alert(1)"])
async def test_the_language_switch_leads_nowhere_else(room, back):
    browser = Browser(room.local)
    form = await form_of(browser, "/")
    body = f"_xsrf={form['_xsrf'].replace('|', '%7C')}&lang=en&back={back}"
    reply = await raw(
        browser, "/language", method="POST", body=body,
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )  # fmt: skip
    assert reply.headers["Location"] == "/"


async def test_wall_and_cockpit_are_for_the_facilitator(room):
    page = await enter(room)
    for path in ("/wall", "/cockpit"):
        assert (await raw(page.browser, path)).code == 403
        assert (await raw(Browser(room.local), path)).code == 403


async def test_one_browser_can_be_a_phone_and_the_facilitator(room):
    page = await enter(room)
    path = room.enter_url().removeprefix(room.url())
    assert (await raw(page.browser, path)).code == 303
    await page.browser.fetch(path.replace("?", "&"))  # used up: nothing changes
    cockpit = await (await page.browser.open("/")).connect()
    assert cockpit.state["seat"]["id"] == "front-desk"


async def test_a_facilitators_link_works_once(room):
    path = room.enter_url().removeprefix(room.url())
    first, second = Browser(room.local), Browser(room.local)
    assert (await raw(first, path)).headers["Location"] == "/cockpit"
    refused = await raw(second, path)
    assert refused.code == 403
    assert "Traceback" not in refused.body.decode()


async def test_a_facilitator_goes_on_with_a_phone(room):
    laptop, phone, other = (Browser(room.local) for _ in range(3))
    await laptop.fetch(room.enter_url().removeprefix(room.url()))
    form = await form_of(laptop, "/lead")
    made = (await laptop.fetch("/lead", {"_xsrf": form["_xsrf"]})).body.decode()
    path = re.search(r"http://[^<]*(/enter/[\w-]+)", made)[1]
    assert "<svg" in made
    cockpit = await (await phone.open(path)).connect()
    assert (await raw(other, path)).code == 403  # it worked once
    assert cockpit.state["plan"]["blocks"]
    await cockpit.close()


async def test_only_who_leads_can_hand_it_on(room):
    page = await enter(room)
    for visitor in (Browser(room.local), page.browser):
        reply = await raw(visitor, "/lead")
        assert (reply.code, reply.headers["Location"]) == (303, "/")
    form = await form_of(page.browser, "/me")
    body = f"_xsrf={form['_xsrf'].replace('|', '%7C')}"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    reply = await raw(page.browser, "/lead", method="POST", body=body, headers=headers)
    assert (reply.code, reply.headers["Location"]) == (303, "/")
    assert "/enter/" not in reply.body.decode()


# Kernels ---------------------------------------------------------------------------------------------------------


async def test_a_kernel_is_reached_by_its_owner_alone(room):
    mine, other, stranger = await enter(room), await enter(room, "information"), Browser(room.local)
    kernel = mine.config["kernelId"]
    origin = {"Origin": room.local}
    assert await socket_code(mine.browser, kernel, **origin) == 101
    for who in (other.browser, stranger):
        assert await socket_code(who, kernel, **origin) in {403, 404}
        assert (await raw(who, f"/api/kernels/{kernel}")).code in {403, 404}
        assert (await raw(who, f"/api/kernels/{kernel}", method="DELETE")).code in {403, 404}
        bye = await raw(who, f"/bye/{kernel}", method="POST", body="")
        assert bye.code in {204, 403}
    assert (await raw(mine.browser, f"/api/kernels/{kernel}")).code == 200
    assert (await mine.send("told", {"to": "information", "answer": "yes"}))["type"] == "stored"


async def test_another_site_cannot_use_a_cookie(room):
    mine = await enter(room)
    kernel = mine.config["kernelId"]
    assert await socket_code(mine.browser, kernel, Origin="http://evil.test") == 403


async def test_a_page_cannot_run_code_or_open_foreign_comms(room, tmp_path):
    page = await enter(room)
    proof = tmp_path / "proof"
    code = f"open({str(proof)!r}, 'w').close()"
    for channel in ("shell", "control"):
        await page.write(
            "execute_request", {"code": code, "silent": False, "user_expressions": {}}, channel=channel
        )
    for kind in ("complete_request", "inspect_request", "history_request", "shutdown_request", "interrupt_request",
                 "debug_request", "input_reply"):  # fmt: skip
        await page.write(kind, {"code": "1", "cursor_pos": 0, "restart": False})
    await page.write("comm_open", {"comm_id": "f" * 32, "target_name": "jupyter.widget", "data": {}})
    page.kinds.clear()
    assert (await page.send("told", {"to": "information", "answer": "yes"}))["type"] == "stored"
    assert not proof.exists()
    # A kernel may still say something about its own beginning; code that ran would be told as its input, and answered.
    assert page.kinds <= {"comm_msg", "status", "stream"}


async def test_what_is_no_message_is_dropped_and_too_much_ends_the_connection(room):
    page = await enter(room)
    for junk in (
        "",
        "nonsense",
        "{}",
        "[]",
        '{"header": null}',
        '{"header": {"msg_type": ["comm_msg"]}}',
        b"\0\1\2",
        b"",
    ):
        await page.socket.write_message(junk, binary=isinstance(junk, bytes))
    assert (await page.send("told", {"to": "information", "answer": "yes"}))["type"] == "stored"
    await page.socket.write_message("x" * 300_000)
    await asyncio.wait_for(page.ended.wait(), 10)


async def test_a_flood_ends_the_connection_and_no_other(room):
    flood, calm = await enter(room), await enter(room, "information")
    for _ in range(400):
        if flood.ended.is_set():
            break
        await flood.socket.write_message("{}")
    await asyncio.wait_for(flood.ended.wait(), 10)
    assert (await calm.send("told", {"to": "front-desk", "answer": "yes"}))["type"] == "stored"


async def test_a_kernels_environment_is_an_allow_list(room, monkeypatch):
    for name in ("JUPYTER_TOKEN", "JUPYTERHUB_API_TOKEN", "SOME_SECRET", "WORKSHOPKIT_WARM_SOCKET"):
        monkeypatch.setenv(name, "do-not-tell")
    session, secret = room.store.open_session(
        room.workshop.id, role="participant", actor="front-desk", lang="nl"
    )
    given = page_env(room.store.url, session, room.join_url)
    assert set(given) <= {*ALLOWED_ENV, "OPENBLAS_NUM_THREADS", "WORKSHOPKIT_DB", "WORKSHOPKIT_SESSION"}
    assert "do-not-tell" not in json.dumps(given)
    assert secret not in json.dumps(given)


async def test_the_processes_of_kernels_never_saw_a_secret(room):
    await enter(room)
    for child in psutil.Process(room.pid("warm")).children():
        assert set(child.environ()) <= {*ALLOWED_ENV, "OPENBLAS_NUM_THREADS", "LC_CTYPE"}


# Leaving ---------------------------------------------------------------------------------------------------------


async def test_withdrawal_ends_page_connection_and_cookie_at_once(room):
    page = await enter(room)
    kernel = page.config["kernelId"]
    form = await form_of(page.browser, "/me")
    text = (await page.browser.fetch("/withdraw", {"_xsrf": form["_xsrf"]})).body.decode()
    assert "Jullie doen niet meer mee" in text
    await asyncio.wait_for(page.ended.wait(), 5)
    assert (await raw(page.browser, f"/api/kernels/{kernel}")).code in {403, 404}
    assert 'name="code"' in (await page.browser.fetch("/")).body.decode()


async def test_a_page_that_says_goodbye_gives_its_kernel_back(room):
    page = await enter(room)
    kernel = page.config["kernelId"]
    form = await form_of(page.browser, "/me")
    await page.close()
    await page.browser.fetch(f"/bye/{kernel}", {"_xsrf": form["_xsrf"]})

    async def gone():
        return (await raw(page.browser, f"/api/kernels/{kernel}")).code in {403, 404}

    await until(gone, 15)


async def test_a_page_that_reconnects_keeps_its_kernel(room):
    page = await enter(room)
    kernel = page.config["kernelId"]
    await page.send("told", {"to": "information", "answer": "yes", "expected": "doubt"})
    await page.close()
    again = type(page)(page.browser, page.config)
    await again.connect()
    assert again.config["kernelId"] == kernel
    assert again.state["sheet"]["told"]["information"] == {"answer": "yes", "expected": "doubt"}
    assert (await again.send("told", {"to": "information", "answer": "yes"}))["type"] == "stored"


async def test_a_killed_kernel_ends_the_connection_and_the_page_comes_back(room):
    page = await enter(room)
    await page.send("told", {"to": "information", "answer": "yes"})
    for kernel in psutil.Process(room.pid("warm")).children():
        kernel.kill()
    await asyncio.wait_for(page.ended.wait(), 5)
    assert (await raw(page.browser, f"/api/kernels/{page.config['kernelId']}")).code in {403, 404}
    again = await (await page.browser.open("/")).connect()
    assert again.state["sheet"]["told"]["information"]["answer"] == "yes"


async def test_a_personal_code_brings_the_answers_to_another_phone(room):
    page = await enter(room, "information")
    await page.send("told", {"to": "front-desk", "answer": "yes"})
    form = await form_of(page.browser, "/me")
    text = (await page.browser.fetch("/me", {"_xsrf": form["_xsrf"]})).body.decode()
    code = re.search(r"\b\w{4}-\w{4}-\w{4}\b", text)[0]
    other = Browser(room.local)
    form = await form_of(other, "/rejoin")
    wrong = await other.fetch("/rejoin", {**form, "code": "AAAA-BBBB-CCCC"})
    assert wrong.code == 403
    reply = await other.fetch("/rejoin", {**form, "code": f" {code.lower()} "})
    again = await type(page).read(other, reply).connect()
    assert again.config["seat"] == page.config["seat"]
    assert again.state["sheet"]["told"]["front-desk"]["answer"] == "yes"


# Reaching the room ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("accepted", "word"), [("nl", "bereikt de laptop"), ("en-GB", "reaches the laptop")])
async def test_hello_says_that_a_phone_reaches_the_laptop_and_asks_nothing(room, accepted, word):
    before = json.loads((await raw(Browser(room.local), "/healthz")).body)["kernels"]
    browser = Browser(room.local)
    reply = await raw(browser, "/hello", headers={"Accept-Language": accepted})
    assert reply.code == 200
    assert word in reply.body.decode()
    assert "Set-Cookie" not in reply.headers
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
    style = re.search(r'href="(/static/[^"]+)"', reply.body.decode())[1]
    assert (await raw(browser, html.unescape(style))).code == 200
    assert json.loads((await raw(browser, "/healthz")).body)["kernels"] <= before


async def test_the_codes_to_scan_are_for_who_leads(room):
    phone = await enter(room)
    reply = await phone.browser.fetch("/codes")
    assert reply.effective_url == room.local + "/"
    lead = Browser(room.local)
    await lead.fetch(room.enter_url().removeprefix(room.url()))
    page = (await lead.fetch("/codes")).body.decode()
    assert page.count("<svg") == 1, "the Wi-Fi is not known here"
    assert room.join_url in page
    assert "niet beveiligd" in page or "not secure" in page
