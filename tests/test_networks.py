"""Several machines on one network: a laptop with more than one address serves, a phone on another one joins."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from contextlib import asynccontextmanager

import pytest

from cli_helpers import call, workshops
from namespaces import machines

pytestmark = pytest.mark.slow

WAIT_S = 120
PROGRAM = "import sys; from workshopkit.cli import main; main(sys.argv[1:])"
PHONE = """
import asyncio, json, sys
from workshopkit.bots.client import Browser

async def main(base, code):
    browser = Browser(base)
    hello = await browser.fetch("/hello")
    cookies = dict(browser.cookies)
    page = await (await browser.join(code, "front-desk")).connect()
    await page.until(lambda state: state.get("seat"))
    print(json.dumps({"hello": hello.code, "cookies": cookies, "seat": page.state["seat"]["id"]}))
    await page.close()

asyncio.run(main(*sys.argv[1:]))
"""


@asynccontextmanager
async def running(command, until):
    """Run a command of ours on a machine; gives what it said until then."""
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    said = []

    async def hear(word):
        async with asyncio.timeout(WAIT_S):
            while word not in "".join(said[-1:]):
                line = await process.stdout.readline()
                assert line, "".join(said)
                said.append(line.decode())
        return "".join(said)

    try:
        yield await hear(until), hear
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
            async with asyncio.timeout(WAIT_S):
                await process.wait()


async def output(command):
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    async with asyncio.timeout(WAIT_S):
        out, _ = await process.communicate()
    return process.returncode, out.decode()


def many_addresses(laptop):
    """Give the laptop a tunnel that takes the way out, and a network of machines within it."""
    for name, address in (("tun0", "10.8.0.2/24"), ("docker0", "172.17.0.1/16")):
        laptop.ip("link", "add", name, "type", "veth", "peer", "name", f"{name}p")
        laptop.ip("link", "set", f"{name}p", "up")
        laptop.ip("addr", "add", address, "dev", name)
        laptop.ip("link", "set", name, "up")
    laptop.ip("route", "add", "default", "dev", "tun0")


async def test_a_phone_on_another_machine_joins_by_the_address_that_serve_tells(tmp_path):
    db = tmp_path / "kit.db"
    assert call("new", "--db", db, lang="en").code == 0
    (workshop,) = workshops(db)
    with machines("laptop", "phone") as found:
        laptop, phone = found["laptop"], found["phone"]
        many_addresses(laptop)
        words = ("--lang", "en", "serve", "--no-lab", "--db", db, "--host", "0.0.0.0", "--expect", 2)  # noqa: S104 - a room
        async with running(laptop.command(sys.executable, "-c", PROGRAM, *words), "Ready: ") as (said, _):
            base, code = re.search(
                r"^Phones +(http://192\.168\.50\.1:\d+)/j/(\w{8})$", said, re.MULTILINE
            ).groups()
            assert code == workshop.code
            assert "For tun0: --public-url http://10.8.0.2" in said
            assert "not secure" in said
            exit_code, out = await output(phone.command(sys.executable, "-c", PHONE, base, code))
            assert exit_code == 0, out
            assert '"hello": 200' in out
            assert '"cookies": {}' in out, "it says hello and asks nothing"
            assert '"seat": "front-desk"' in out


async def test_the_rest_of_the_laptop_is_not_reached(tmp_path):
    db = tmp_path / "kit.db"
    assert call("new", "--db", db, lang="en").code == 0
    with machines("laptop", "phone") as found:
        laptop, phone = found["laptop"], found["phone"]
        words = ("--lang", "en", "serve", "--db", db, "--host", "0.0.0.0", "--expect", 1)  # noqa: S104 - a room
        async with running(laptop.command(sys.executable, "-c", PROGRAM, *words), "Ready: ") as (said, _):
            lab = re.search(r"JupyterLab +http://127\.0\.0\.1:(\d+)", said)[1]
            knock = "import socket, sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), 10)"
            exit_code, out = await output(phone.command(sys.executable, "-c", knock, "192.168.50.1", lab))
            assert exit_code != 0
            assert "refused" in out


async def test_check_waits_for_a_phone_and_a_network_that_keeps_apart_lets_none_come(tmp_path):
    knock = "import urllib.request as r, sys; print(r.build_opener(r.ProxyHandler({})).open(sys.argv[1], timeout=%s).read())"
    with machines("laptop", "phone") as found:
        laptop, phone = found["laptop"], found["phone"]
        check = laptop.command(
            sys.executable, "-c", PROGRAM, "--lang", "en", "check", "--phone", "--port", 8090
        )
        async with running(check, "Scan this with a phone") as (said, hear):
            url = re.search(r"http://192\.168\.50\.1:\d+/hello", said)[0]
            for one in (laptop, phone):
                one.keep_apart()
            exit_code, out = await output(phone.command(sys.executable, "-c", knock % 2, url))
            assert exit_code != 0, out
        async with running(check, "Scan this with a phone") as (said, hear):
            phone.ip("link", "set", "wlan0", "up")
            exit_code, out = await output(laptop.command(sys.executable, "-c", knock % 10, url))
            assert exit_code == 0, "the laptop reaches itself, and that is no phone"
            assert "A phone reaches" not in said
    with machines("laptop", "phone") as found:
        laptop, phone = found["laptop"], found["phone"]
        check = laptop.command(
            sys.executable, "-c", PROGRAM, "--lang", "en", "check", "--phone", "--port", 8090
        )
        async with running(check, "Scan this with a phone") as (said, hear):
            exit_code, out = await output(phone.command(sys.executable, "-c", knock % 30, url))
            assert exit_code == 0, out
            assert "reaches the laptop" in out or "bereikt de laptop" in out
            assert "A phone reaches this laptop" in await hear("A phone reaches")
