"""A room behind a Jupyter Server that is started as mybinder starts one: phones come in, and get nothing else of it."""

from __future__ import annotations

import asyncio
import html
import json
import re
from contextlib import closing
from urllib.parse import urlencode, urlsplit

import psutil
import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

import hurried
from jupyter_helpers import BASE, TOKEN, jupyter_server
from kernel_helpers import until
from pod import AS_BINDER, HOME, HUBS, WITHIN_S, Pod, a_pod, first_of, lay_out
from workshopkit.bots.client import Browser
from workshopkit.bots.rehearsal import Rehearsal, Room
from workshopkit.panels import demo
from workshopkit.room import definitions

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pod(tmp_path_factory):
    with a_pod(tmp_path_factory.mktemp("pod")) as running:
        yield running


@pytest.fixture
async def store(pod):
    with closing(await pod.ready()) as opened:
        yield opened


@pytest.fixture
async def workshop(store):
    return first_of(store)


async def lead(pod, store, workshop):
    """Give the browser of who leads, on a device that has no token of the server."""
    token = store.issue_token(workshop.id, purpose="enter", role="facilitator", ttl_s=600)
    browser = Browser(pod.home)
    assert (await browser.fetch(f"/enter/{token}")).code == 200
    return browser


async def ask(pod, path, cookies=None, headers=None, **options):
    """Ask the server for something, and follow nothing."""
    line = "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())
    request = HTTPRequest(
        pod.running.origin + path,
        headers={"Cookie": line, **(headers or {})},
        follow_redirects=False,
        request_timeout=60,
        **options,
    )
    return await AsyncHTTPClient().fetch(request, raise_error=False)


# Coming in and working --------------------------------------------------------------------------------------------


async def test_phones_without_the_servers_token_join_and_work(pod, store, workshop):
    cockpit = await (await (await lead(pod, store, workshop)).open("/cockpit")).connect()
    one = await (await Browser(pod.home).join(workshop.code, "front-desk")).connect()
    two = await (await Browser(pod.home).join(workshop.code, "front-desk")).connect()
    await cockpit.send("act.opened", {"act": "lines"}, act=None)
    for phone in (one, two):
        await phone.until(lambda state: state.get("act") == "lines")
    assert (await one.send("told", {"to": "information", "answer": "yes"}))["type"] == "stored"
    await two.until(lambda state: "information" in json.dumps(state["sheet"]["told"]))
    assert (await one.send("act.opened", {"act": "silos"}, act=None))["type"] == "refused"
    for page in (cockpit, one, two):
        assert not {name for name in page.browser.cookies if not name.startswith("workshopkit-")}
        await page.close()


@pytest.mark.parametrize(("anonymous", "phones"), [(False, 6), (True, 20)])
async def test_a_whole_afternoon_passes_through_it(pod, store, anonymous, phones):
    payload = definitions.read_file(demo.definition_file("nl", anonymous=anonymous))
    made = store.create_workshop(title="Through", lang="nl", definition=payload)
    room = Room(pod.home, made.code, store, made, own=True)
    outcome = await Rehearsal(room, phones, pace=0.0, leads=True, most_s=WITHIN_S).run(asyncio.Event())
    assert outcome.finished
    assert outcome.is_good, (outcome.tally.faults, outcome.kept, outcome.missing, outcome.away)
    assert outcome.kept.stored > phones * 5


async def test_one_who_guesses_codes_shuts_nobody_out(pod, workshop):
    """All come from the address of the server in front: only a cookie tells who guesses."""
    guesses = [await Browser(pod.home).fetch("/j/WRONGONE") for _ in range(12)]
    assert {reply.code for reply in guesses} == {403}
    assert (await Browser(pod.home).fetch(f"/j/{workshop.code}")).code == 200
    joker = Browser(pod.home)
    texts = [(await joker.fetch("/j/WRONGONE")).body.decode() for _ in range(9)]
    assert re.search(r"Wacht \d+ seconde", texts[-1])
    assert (await Browser(pod.home).fetch(f"/j/{workshop.code}")).code == 200


async def test_a_door_that_was_killed_comes_back_and_knows_its_visitors(pod, workshop):
    phone = await (await Browser(pod.home).join(workshop.code, "front-desk")).connect()
    pod.process("workshopkit.server").kill()
    await asyncio.wait_for(phone.ended.wait(), WITHIN_S)

    async def back():
        reply = await phone.browser.fetch("/healthz")
        return reply.code == 200 and json.loads(reply.body)["spare"]

    await until(back, WITHIN_S)
    again = await (await phone.browser.open("/")).connect()
    assert again.config["seat"] == phone.config["seat"]
    await again.close()


# What is told to whom ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [("nl", "openbare cloud: gebruik alleen de verzonnen casus"), ("en", "public cloud: use the fictional case only")],
)  # fmt: skip
async def test_who_joins_reads_that_this_is_a_public_cloud(pod, workshop, lang, sentence):
    for path in ("/", f"/j/{workshop.code}"):
        reply = await ask(pod, f"{BASE}workshop{path}", headers={"Accept-Language": lang})
        assert sentence in reply.body.decode()


async def test_every_address_that_is_handed_on_is_the_one_that_others_reach(pod, store, workshop):
    leads = await lead(pod, store, workshop)
    join = f"{pod.outside}/j/{workshop.code}"
    wall = await (await leads.open("/wall")).connect()
    assert wall.state["join_url"] == join
    await wall.close()
    assert join in (await leads.fetch("/codes")).body.decode()
    number = await xsrf(leads, "/lead")
    assert f"{pod.outside}/enter/" in (await leads.fetch("/lead", {"_xsrf": number})).body.decode()
    phone = (await Browser(pod.home).join(workshop.code, "front-desk")).browser
    assert (
        f"{pod.outside}/rejoin"
        in (await phone.fetch("/me", {"_xsrf": await xsrf(phone, "/me")})).body.decode()
    )


async def xsrf(browser, path):
    text = (await browser.fetch(path)).body.decode()
    return html.unescape(re.search(r'name="_xsrf" value="([^"]+)"', text)[1])


async def test_what_a_page_links_to_lies_under_its_own_address(pod, store, workshop):
    leads = await lead(pod, store, workshop)
    phone = (await Browser(pod.home).join(workshop.code, "front-desk")).browser
    pages = [(leads, path) for path in ("/lead", "/codes", "/cards", "/entry", "/entry/front-desk", "/case")]
    pages += [(phone, path) for path in ("/me", "/case", "/rejoin", "/hello")]
    for browser, path in pages:
        reply = await browser.fetch(path)
        assert reply.code == 200, path
        text = reply.body.decode()
        linked = [link for link in re.findall(r'(?:href|src|action)="([^"]*)"', text) if link != "data:,"]
        assert linked, path
        assert [link for link in linked if not link.startswith((HOME, "#"))] == [], path
        assert "Content-Security-Policy" in reply.headers
        for link in linked:
            if "/static/" in link:
                assert (await ask(pod, html.unescape(link))).code == 200


async def test_a_card_is_typed_in_through_it(pod, store):
    payload = definitions.read_file(demo.definition_file("nl"))
    made = store.create_workshop(title="Cards", lang="nl", definition=payload)
    leads = await lead(pod, store, made)
    number = await xsrf(leads, "/entry/front-desk")
    form = {"_xsrf": number, "what": "answers", "told": "information", "closed": "told"}
    assert (await leads.fetch("/entry/front-desk", form)).code == 200
    told = store.events(made.id, kinds={"told"})
    assert [(event.payload["to"], event.payload["answer"]) for event in told] == [("information", "yes")]
    stranger = await ask(pod, f"{HOME}entry/front-desk", method="POST", body=urlencode(form))
    assert stranger.code == 403


async def test_health_is_numbers_alone(pod, workshop):
    reply = await ask(pod, f"{HOME}healthz")
    found = json.loads(reply.body)
    assert reply.code == 200
    assert found["workshops_open"] >= 1
    assert all(isinstance(value, int | float | None) for name, value in found.items() if name != "version")


# What they cannot reach -------------------------------------------------------------------------------------------

OF_THE_SERVER = [
    "lab", "lab/tree/x", "tree", "doc", "api/status", "api/me", "api/contents", "api/contents/x", "api/kernels",
    "api/kernelspecs", "api/sessions", "api/terminals", "api/config/x", "lab/api/settings", "lab/api/workspaces",
    "files/x", "view/x", "edit/x", "nbconvert/html/x", "terminals/1", "api/security/csp-report", "metrics",
    "workshop/learn", "workshop/learn/", "workshop/learn/cockpit", "workshop/learn/wall", "workshop/learn/phone",
    "workshop/learn/notebooks", "workshop/cockpit-link",
]  # fmt: skip
ANSWERED_TO_THE_HOLDER = ["lab", "api/contents", "api/kernels", "api/sessions", "api/terminals", "api/status"]


@pytest.fixture
async def visitors(pod, store, workshop):
    """Give the cookies of a stranger, of a phone and of who leads by a link."""
    phone = (await Browser(pod.home).join(workshop.code, "front-desk")).browser
    return [{}, phone.cookies, (await lead(pod, store, workshop)).cookies]


@pytest.mark.parametrize("path", OF_THE_SERVER)
async def test_nothing_else_of_the_server_answers_them(pod, visitors, path):
    for cookies in visitors:
        reply = await ask(pod, BASE + path, cookies)
        away = reply.code == 302 and urlsplit(reply.headers["Location"]).path == f"{BASE}login"
        assert away or reply.code in {403, 404, 405}, reply.code
        assert TOKEN not in f"{reply.body} {list(reply.headers.get_all())}"


@pytest.mark.parametrize("path", ANSWERED_TO_THE_HOLDER)
async def test_what_does_not_answer_them_answers_the_holder(pod, path):
    assert (await ask(pod, BASE + path, headers={"Authorization": f"token {TOKEN}"})).code == 200


@pytest.mark.parametrize("path", ["voila/render/x.ipynb", "voila/files/x.png", "voila/static/x"])
async def test_stock_voila_serves_nothing(pod, visitors, path):
    for cookies in visitors:
        assert (await ask(pod, BASE + path, cookies)).code == 404


@pytest.mark.parametrize(
    "path", ["api/kernels", "api/terminals", "api/contents", "api/sessions", "api/shutdown"]
)
async def test_nothing_is_started_or_stopped_by_them(pod, visitors, path):
    for cookies in visitors:
        reply = await ask(
            pod,
            BASE + path,
            {**cookies, "_xsrf": "mine"},
            headers={"X-XSRFToken": "mine"},
            method="POST",
            body="{}",
        )
        assert reply.code == 403
    assert (await ask(pod, f"{BASE}api/status", headers={"Authorization": f"token {TOKEN}"})).code == 200


async def test_no_kernel_or_terminal_of_the_server_takes_their_websocket(pod, visitors):
    held = {"Authorization": f"token {TOKEN}"}
    kernel = json.loads((await ask(pod, f"{BASE}api/kernels", headers=held, method="POST", body="{}")).body)[
        "id"
    ]
    terminal = json.loads(
        (await ask(pod, f"{BASE}api/terminals", headers=held, method="POST", body="{}")).body
    )["name"]
    paths = [
        f"{BASE}api/kernels/{kernel}/channels",
        f"{HOME}api/kernels/{kernel}/channels",
        f"{BASE}terminals/websocket/{terminal}",
        f"{BASE}api/events/subscribe",
    ]
    for path in paths:
        for cookies in visitors:
            assert await refused(pod, path, cookies) in {403, 404}, path
    for path in (paths[0], paths[2]):
        (await connect(pod, path, {}, **held)).close()
    for cookies in visitors:
        assert (await ask(pod, f"{HOME}api/kernels/{kernel}", cookies)).code in {403, 404}
    await ask(pod, f"{BASE}api/kernels/{kernel}", headers=held, method="DELETE")
    await ask(pod, f"{BASE}api/terminals/{terminal}", headers=held, method="DELETE")


async def test_one_phones_kernel_takes_no_other_phones_websocket(pod, workshop):
    mine = await Browser(pod.home).join(workshop.code, "front-desk")
    other = await Browser(pod.home).join(workshop.code, "front-desk")
    path = f"{HOME}api/kernels/{mine.config['kernelId']}/channels"
    assert await refused(pod, path, other.browser.cookies) in {403, 404}
    assert await refused(pod, path, {}) == 403
    (await connect(pod, path, mine.browser.cookies)).close()
    assert await refused(pod, path, mine.browser.cookies, Origin="https://elsewhere.example") == 403


async def connect(pod, path, cookies, **headers):
    line = "; ".join(f"{name}={value}" for name, value in cookies.items())
    url = (pod.running.origin + path).replace("http", "ws", 1)
    given = {"Cookie": line, "Origin": pod.running.origin, **headers}
    return await websocket_connect(HTTPRequest(url, headers=given, request_timeout=60))


async def refused(pod, path, cookies, **headers):
    with pytest.raises(HTTPClientError) as fault:
        (await connect(pod, path, cookies, **headers)).close()
    return fault.value.code


# What they never see ----------------------------------------------------------------------------------------------


async def test_no_process_of_the_workshop_knows_a_token(pod, workshop):
    phone = await (await Browser(pod.home).join(workshop.code, "front-desk")).connect()
    beside = pod.process("workshopkit.cli.beside")
    processes = [beside, *beside.children(recursive=True)]
    assert len(processes) > 4
    for process in processes:
        try:
            known = f"{process.environ()} {process.cmdline()}"
        except psutil.Error:  # one that has just ended
            continue
        assert TOKEN not in known
        assert HUBS not in known
    await phone.close()


# A server that would fall asleep ----------------------------------------------------------------------------------


async def test_no_server_falls_asleep_under_phones_that_lie_still(tmp_path):
    """With a culling configuration as on mybinder, in seconds for minutes; afterwards it does fall asleep."""
    idle_s = 8
    culling = {
        "MappingKernelManager": {"cull_idle_timeout": idle_s, "cull_interval": 1, "cull_connected": True},
        "ServerApp": {"shutdown_no_activity_timeout": idle_s},
    }
    arguments = [
        *AS_BINDER,
        f"--ServerApp.jpserver_extensions={ {'hurried': True, 'voila.server_extension': False} }",
        "--ServerApp.tornado_settings={'ws_ping_interval': 1000}",
    ]
    with jupyter_server(tmp_path, *arguments, env=lay_out(tmp_path, culling)) as running:
        pod = Pod(running)
        with closing(await pod.ready()) as store:
            workshop = next(iter(store.workshops()))
            phone = await (await Browser(pod.home).join(workshop.code, "front-desk")).connect()
            looks = hurried.looks(running)
            await until(lambda: hurried.looks(running) > looks + 3 * idle_s / hurried.EVERY_S, WITHIN_S)
            assert running.process.poll() is None
            assert not phone.ended.is_set()
            assert (await phone.send("told", {"to": "information", "answer": "yes"}, act=None))["type"]
            phone.drop()
            await until(lambda: running.process.poll() is not None, WITHIN_S)
        assert "shutting down" in running.log.read_text(errors="replace")
