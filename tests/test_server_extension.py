"""The workshop of one learner, behind the port and the token of a Jupyter Server."""

from __future__ import annotations

import asyncio
import html
import re
import signal
import socket
import urllib.request
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psutil
import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPRequest

from jupyter_helpers import BASE, TOKEN, end, jupyter_server, own_folders
from kernel_helpers import until
from workshopkit import paths
from workshopkit.bots.client import Browser
from workshopkit.room import definitions
from workshopkit.store import open_store

pytestmark = pytest.mark.slow

WITHIN_S = 180  # many processes start, on a machine that may be busy
HOME = f"{BASE}workshop/"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Give a server as it runs behind a proxy that speaks https, where a learner has begun."""
    with jupyter_server(tmp_path_factory.mktemp("server"), "--ServerApp.trust_xheaders=True") as running:
        headers = {"Authorization": f"token {TOKEN}", "X-Forwarded-Proto": "https"}
        urllib.request.urlopen(urllib.request.Request(f"{running.home}/learn", headers=headers)).close()
        yield running


async def logged_in(server):
    """Give a browser that came with the server's token, as a link on Binder does."""
    browser = Browser(server.home)
    reply = await browser.fetch(f"/learn?token={TOKEN}")
    assert reply.code == 200
    assert urlsplit(reply.effective_url).query == ""
    return browser


async def learn(browser):
    """Wait until the learner's page shows the ways in; gives the page."""

    async def ready():
        text = (await browser.fetch("/learn")).body.decode()
        return text if "learn/cockpit" in text else None

    return await until(ready, WITHIN_S)


@pytest.fixture
async def learner(server):
    """Give the browser of a learner whose workshop is ready."""
    browser = await logged_in(server)
    await learn(browser)
    return browser


def workshops(server):
    """List the processes of learners' workshops."""
    found = []
    for child in server.descendants():
        with suppress(psutil.Error):  # one that has just ended
            found += [child] if "workshopkit.cli.beside" in child.cmdline() else []
    return found


def folder_of(server):
    """Give where the learner's workshop keeps its things."""
    (process,) = workshops(server)
    line = process.cmdline()
    return Path(line[line.index("--folder") + 1])


async def code_of(browser):
    """Give the code of the workshop that the learner's phone is led to."""
    return urlsplit((await browser.fetch("/learn/phone")).effective_url).path.rpartition("/")[2]


# The learner's page -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/learn", "/learn/cockpit", "/learn/notebooks", "/cockpit-link"])
async def test_a_stranger_starts_nothing_and_gets_none_of_the_ways_in(server, path):
    before = len(workshops(server))
    reply = await Browser(server.home).fetch(path)
    assert urlsplit(reply.effective_url).path == f"{BASE}login"
    assert len(workshops(server)) == before


async def test_the_workshop_starts_once_however_often_it_is_asked_for(server):
    browser = await logged_in(server)
    pages = await asyncio.gather(*(browser.fetch("/learn") for _ in range(5)))
    assert {page.code for page in pages} == {200}
    await learn(browser)
    assert len(workshops(server)) == 1


@pytest.mark.parametrize(
    ("lang", "sentences"),
    [
        (
            "nl",
            [
                "openbare cloud",
                "alleen de verzonnen casus",
                "Regiescherm",
                "Groot scherm",
                "Telefoon",
                "Notebooks",
            ],
        ),
        ("en", ["public cloud", "fictional case only", "Cockpit", "Big screen", "Phone", "Notebooks"]),
    ],
)
async def test_the_page_says_where_one_is_and_where_to_go(learner, lang, sentences):
    await learner.fetch(f"/learn?lang={lang}")
    reply = await learner.fetch("/learn")
    text = reply.body.decode()
    assert f'<html lang="{lang}">' in text
    assert [sentence for sentence in sentences if sentence not in text] == []
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
    assert reply.headers["Cache-Control"] == "no-store"
    assert TOKEN not in text


async def test_its_files_are_there(learner):
    text = (await learner.fetch("/learn")).body.decode()
    for path in re.findall(r'(?:href|src)="[^"]*/workshop(/static/[^"]+)"', text):
        assert (await learner.fetch(path)).code == 200


async def test_nobody_waits_in_the_dark_while_it_starts(tmp_path):
    with jupyter_server(tmp_path) as fresh:
        browser = await logged_in(fresh)
        text = (await browser.fetch("/learn?lang=en")).body.decode()
        assert "The colleagues are coming in" in text
        assert 'http-equiv="refresh"' in text
        assert (await browser.fetch("/learn/cockpit")).effective_url == f"{fresh.home}/learn"
        assert (await browser.fetch("/static/page.css")).code == 200


# The ways in ------------------------------------------------------------------------------------------------------


async def test_one_browser_is_facilitator_wall_and_team(server, learner):
    cockpit = await (await learner.open("/learn/cockpit")).connect()
    assert cockpit.config["page"] == "cockpit"
    wall = await (await learner.open("/learn/wall")).connect()
    assert wall.config["page"] == "wall"
    phone = await (await learner.join(await code_of(learner), "front-desk")).connect()
    assert phone.config["page"] == "participant"
    await cockpit.send("act.opened", {"act": "lines"}, act=None)
    await phone.until(lambda state: state.get("act") == "lines")
    answer = await phone.send("told", {"to": "information", "answer": "yes"})
    assert answer["type"] == "stored"
    for page in (cockpit, wall, phone):  # each kernel is still this browser's, whatever was opened after it
        await page.close()
        await page.connect()
    for page in (cockpit, wall, phone):
        await page.close()


async def test_the_ways_lead_on_as_often_as_one_likes(learner):
    for _ in range(2):
        reply = await learner.fetch("/learn/cockpit")
        assert (reply.code, urlsplit(reply.effective_url).path) == (200, f"{HOME}cockpit")


async def raw(browser, path, form=None):
    """Ask for one page and follow nothing; gives the answer."""
    request = HTTPRequest(
        browser.base + path,
        method="GET" if form is None else "POST",
        body=None if form is None else urlencode(form),
        headers={"Cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items())},
        follow_redirects=False,
        request_timeout=WITHIN_S,
    )
    return await AsyncHTTPClient().fetch(request, raise_error=False)


async def test_the_doors_cookies_stay_under_its_address_and_on_https(server, learner):
    code = await code_of(learner)
    enter = (await raw(learner, "/learn/cockpit")).headers["Location"].removeprefix(HOME)
    form = (await learner.fetch(f"/j/{code}")).body.decode()
    number = html.unescape(re.search(r'name="_xsrf" value="([^"]+)"', form)[1])
    newcomer = Browser(server.home, {login(learner): learner.cookies[login(learner)]})
    replies = [
        await raw(newcomer, f"/j/{code}"),
        await raw(learner, f"/{enter}"),
        await raw(learner, "/join", {"_xsrf": number, "code": code, "actor": "front-desk"}),
        await raw(learner, "/language", {"_xsrf": number, "lang": "en", "back": HOME}),
    ]
    assert [reply.code for reply in replies] == [200, 303, 303, 303]
    assert [reply.headers["Location"] for reply in replies[1:]] == [f"{HOME}cockpit", HOME, HOME]
    lines = [line for reply in replies for line in reply.headers.get_list("Set-Cookie")]
    assert [line.partition("=")[0] for line in lines] == [
        "workshopkit-xsrf",
        "workshopkit-lead",
        "workshopkit-session",
        "workshopkit-lang",
    ]
    assert {re.search(r"Path=([^;]+)", line)[1] for line in lines} == {HOME}
    assert all("Secure" in line and "HttpOnly" in line for line in lines[1:3])


def login(browser):
    """Give the name of the cookie of who has logged in at the server."""
    (name,) = (name for name in browser.cookies if name.startswith("username-"))
    return name


async def test_a_form_without_the_doors_own_number_is_refused(learner):
    assert (
        await raw(learner, "/language", {"_xsrf": learner.cookies.get("_xsrf", ""), "lang": "en"})
    ).code == 403


async def test_nothing_that_the_workshop_keeps_has_the_servers_token(server, learner):
    assert (await raw(learner, f"/wall?token={TOKEN}")).code in {200, 403}
    files = [path for path in folder_of(server).rglob("*") if path.is_file()]
    assert {"demo.db", "demo.log"} <= {path.name for path in files}
    assert [path for path in files if TOKEN.encode() in path.read_bytes()] == []


async def test_the_notebooks_open_in_jupyterlab(server, learner):
    await learner.fetch("/learn?lang=en")
    address = (await raw(learner, "/learn/notebooks")).headers["Location"]
    assert address == f"{BASE}lab/tree/workshopkit/en/00-prepare.ipynb"
    copied = server.log.parent / "work" / "workshopkit" / "en" / "00-prepare.ipynb"
    assert copied.read_bytes() == (paths.notebooks() / "en" / "00-prepare.ipynb").read_bytes()
    copied.write_text("changed by the learner")
    await raw(learner, "/learn/notebooks")
    assert copied.read_text() == "changed by the learner"


# The cockpit of the workshop beside -------------------------------------------------------------------------------


async def test_without_a_workshop_beside_the_cockpit_link_leads_to_the_learners_page(learner):
    assert (await raw(learner, "/cockpit-link")).headers["Location"] == f"{HOME}learn"


async def test_the_cockpit_link_opens_the_workshop_beside_and_the_checkouts_notebooks(tmp_path):
    db, address = tmp_path / "kit.db", "http://192.0.2.7:8080"
    payload = definitions.read_file(paths.data() / "demo" / "nl.json")
    with closing(open_store(str(db))) as store:
        made = store.create_workshop(title="Beside", lang="nl", definition=payload)
    env = {**own_folders(tmp_path), "WORKSHOPKIT_DB": str(db), "WORKSHOPKIT_URL": f"{address}/"}
    with jupyter_server(tmp_path, f"--ServerApp.root_dir={paths.notebooks().parent}", env=env) as beside:
        browser = Browser(beside.home, {})
        await browser.fetch(f"/static/page.css?token={TOKEN}")
        found = (await raw(browser, "/cockpit-link")).headers["Location"]
        assert found.startswith(f"{address}/enter/")
        notebooks = (await raw(browser, "/learn/notebooks")).headers["Location"]
        assert notebooks == f"{BASE}lab/tree/{paths.notebooks().name}/nl/00-prepare.ipynb"
        with closing(open_store(str(db), create=False)) as store:
            grant = store.redeem_token(found.rpartition("/")[2], "enter")
            assert (grant.workshop, grant.role) == (made.id, "facilitator")
            store.close_workshop(made.id)
        assert (await raw(browser, "/cockpit-link")).headers["Location"] == f"{HOME}learn"
        assert workshops(beside) == []


# Ends -------------------------------------------------------------------------------------------------------------


async def test_a_workshop_that_falls_over_goes_on(server, learner):
    code = await code_of(learner)
    phone = await learner.join(code, "front-desk")
    (before,) = workshops(server)
    before.kill()

    async def again():
        now = workshops(server)
        return now and now[0].pid != before.pid and (await raw(learner, "/healthz")).code == 200

    await until(again, WITHIN_S)
    await learn(learner)
    assert await code_of(learner) == code
    back = await learner.open("/")
    assert back.config["seat"] == phone.config["seat"]


async def test_a_workshop_whose_port_somebody_else_has_taken_goes_on_at_another(server, learner):
    code = await code_of(learner)
    (before,) = workshops(server)
    line = before.cmdline()
    address = ("127.0.0.1", int(line[line.index("--port") + 1]))
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)

        def taken():
            with suppress(OSError):  # the door holds it still
                other.bind(address)
                return True
            return False

        before.kill()
        await until(taken)
        other.listen()
        await until(lambda: [one for one in workshops(server) if one.pid != before.pid], WITHIN_S)
        await learn(learner)
        assert await code_of(learner) == code
        assert (await learner.fetch(f"/j/{code}")).code == 200


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
async def test_everything_ends_with_the_server(tmp_path, how):
    with jupyter_server(tmp_path) as running:
        browser = await logged_in(running)
        await learn(browser)
        folder, door = folder_of(running), await code_of(browser)
        assert door
        assert len(running.descendants()) > 3
        left = await asyncio.to_thread(end, running, how)
        assert left == []
        if how == signal.SIGTERM:
            assert not folder.exists()
