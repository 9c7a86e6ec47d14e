"""``workshopkit check`` tells in words what is ready and what is not."""

from __future__ import annotations

import http.client
import re
import socket
import threading
import time

import pytest

from cli_helpers import call
from workshopkit import paths
from workshopkit.cli import check
from workshopkit.errors import StoreReadOnly
from workshopkit.i18n import LANGUAGES
from workshopkit.kernels import FORK
from workshopkit.run.net import Address, free_port
from workshopkit.run.surroundings import Finding, firewall_of_mac

HOME = Address("192.168.1.20", "wlan0", 24)
(BLOCKED,) = firewall_of_mac("(State = 2)", "")
MAC = BLOCKED.message


@pytest.fixture
def ready(monkeypatch):
    """Give the arguments with which everything is ready, whatever machine the tests run on."""
    monkeypatch.setattr(check, "_free_mb", lambda: 4000)
    monkeypatch.setattr(check, "lan_addresses", lambda: [HOME])
    monkeypatch.setattr(check, "look", lambda _: [])
    # Below the ports that connections get: there, one that tries to reach nobody can end up with itself.
    return ["check", "--port", str(free_port(31_000, "127.0.0.1"))]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_machine_that_is_ready(ready, lang):
    said = call(*ready, lang=lang)
    assert (said.code, said.err) == (0, "")
    *lines, hint = said.out.splitlines()
    assert "check --phone" in hint
    assert len(lines) == 7
    assert all(line.startswith("✓ ") for line in lines)
    for word in ("Python 3.", ready[-1], "192.168.1.20", "132"):
        assert word in said.out


FAULTS = [
    ("lan_addresses", list, "heeft geen netwerk", "has no network"),
    ("lan_addresses", lambda: [Address("172.20.10.3", "en0", 28)], "ongeveer 5 apparaten", "about 5 devices"),
    ("lan_addresses", lambda: [Address("192.168.1.20", "en0", 28)], "voor 12 apparaten", "for 12 devices"),
    (
        "look",
        lambda _: [Finding(good=False, message=MAC, values={})],
        "firewall van deze Mac",
        "firewall of this Mac",
    ),
    ("_free_mb", lambda: 900, "ongeveer 8 telefoons", "about 8 phones"),
    ("_free_mb", lambda: 100, "ongeveer 0 telefoons", "about 0 phones"),
]


@pytest.mark.parametrize(("what", "value", "dutch", "english"), FAULTS)
def test_what_is_not_ready_is_marked_and_changes_the_exit_code(
    ready, monkeypatch, what, value, dutch, english
):
    monkeypatch.setattr(check, what, value)
    for lang, expected in zip(LANGUAGES, (dutch, english), strict=True):
        said = call(*ready, lang=lang)
        assert (said.code, said.err) == (1, "")
        (line,) = [line for line in said.out.splitlines() if line.startswith("! ")]
        assert expected in line


def test_a_taken_port(ready):
    with socket.create_server(("127.0.0.1", int(ready[-1]))):
        said = call(*ready, lang="en")
    assert said.code == 1
    assert f"! Port {ready[-1]} is taken; another one is chosen at the start." in said.out


def test_missing_pages(ready, monkeypatch, tmp_path):
    monkeypatch.setattr(paths, "static", lambda: tmp_path)
    said = call(*ready, lang="en")
    assert said.code == 1
    assert "! The pages are missing: install workshopkit anew." in said.out


def test_a_store_that_cannot_be_written(ready, monkeypatch):
    def refuse(*_):
        raise StoreReadOnly("{name} cannot be written.", name="check.db")

    monkeypatch.setattr(check, "open_store", refuse)
    said = call(*ready, lang="en")
    assert said.code == 1
    assert "! check.db cannot be written." in said.out


def test_a_machine_that_tells_nothing_of_its_memory(ready, monkeypatch):
    monkeypatch.setattr(check, "_free_mb", lambda: None)
    said = call(*ready, lang="en")
    assert said.code == 0
    assert "phones." not in said.out


def test_without_fork_it_says_what_to_do(ready, monkeypatch):
    monkeypatch.setenv(FORK, "0")
    said = call(*ready, lang="en")
    assert said.code == 0
    assert "--expect" in said.out


def test_memory_is_read_from_this_machine():
    found = check._free_mb()
    assert found is None or found > 0


def test_it_leaves_nothing_behind(ready, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    call(*ready)
    assert list(tmp_path.iterdir()) == []


def test_other_addresses_are_named(ready, monkeypatch):
    monkeypatch.setattr(check, "lan_addresses", lambda: [HOME, Address("10.8.0.2", "tun0")])
    said = call(*ready, lang="en")
    assert said.code == 0
    assert "10.8.0.2 (tun0)" in said.out


# A second device -----------------------------------------------------------------------------------------------------


@pytest.fixture
def near(monkeypatch):
    """Let this machine be told by its loopback address, and another device come from another one of those."""
    monkeypatch.setattr(check, "lan_address", lambda: "127.0.0.1")
    monkeypatch.setattr(check, "_LOOKED_S", 0.0)


def come(url, source, found):
    """Come from an address, as soon as somebody listens."""
    limit = time.monotonic() + 60
    host, port = re.match(r"http://([\d.]+):(\d+)", url).groups()
    while time.monotonic() < limit:
        try:
            connection = http.client.HTTPConnection(host, int(port), timeout=10, source_address=(source, 0))
            connection.request("GET", "/hello", headers={"Accept-Language": "en-GB"})
            reply = connection.getresponse()
            found.append((reply.status, dict(reply.headers), reply.read().decode()))
        except OSError:
            continue
        finally:
            connection.close()
        return


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_phone_that_comes_is_told_and_tells(ready, near, lang):
    found = []
    url = f"http://127.0.0.1:{ready[-1]}/hello"
    phone = threading.Thread(target=come, args=(url, "127.0.0.7", found))
    phone.start()
    said = call(*ready, "--phone", lang=lang)
    phone.join(60)
    ((status, headers, page),) = found
    assert (said.code, said.err, status) == (0, "", 200)
    assert url in said.out
    assert said.out.splitlines()[-1].startswith("✓ ")
    assert "This phone reaches the laptop" in page
    assert "Set-Cookie" not in headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_the_laptop_itself_is_no_phone_and_without_one_the_reasons_are_named(ready, near, monkeypatch):
    monkeypatch.setattr(check, "_PATIENCE_S", 0.5)
    found = []
    own = threading.Thread(target=come, args=(f"http://127.0.0.1:{ready[-1]}/hello", "127.0.0.1", found))
    own.start()
    said = call(*ready, "--phone", lang="en")
    own.join(60)
    assert said.code == 1
    last = said.out.splitlines()[-1]
    for word in ("! No phone came.", "mobile data", "firewall", "client isolation", "router of your own"):
        assert word in last
