"""``demo``, ``serve`` and ``lab``: what they start, what they say, and that they end without leaving anything."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from cli_helpers import call, heard, workshops
from workshopkit.cli import lab, reaching, running, serve, store_option
from workshopkit.i18n import LANGUAGES, translator
from workshopkit.kernels import ALLOWED_ENV
from workshopkit.run.net import Address
from workshopkit.run.supervisor import Child
from workshopkit.run.workshop import WIFI
from workshopkit.run.workshop import children as children_of
from workshopkit.store import open_store

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]


@pytest.fixture
def db(tmp_path):
    """Give a store with one workshop."""
    path = tmp_path / "kit.db"
    assert call("new", "--db", path, lang="en").code == 0
    return path


@pytest.fixture
def planned(monkeypatch):
    """Note what would run, and run nothing."""
    noted = []
    monkeypatch.setattr(
        running, "run_workshop", lambda _, plan, __, workshop, **more: noted.append((plan, workshop, more))
    )
    return noted


@pytest.fixture
def taken():
    """Give a port that somebody else has."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


# What is planned ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "expected"), [("nl", "Poort {} is bezet, we nemen"), ("en", "Port {} is taken,")]
)
def test_demo_takes_another_port_and_says_so(planned, taken, lang, expected):
    said = call("demo", "--no-lab", "--port", taken, lang=lang)
    assert (said.code, said.err) == (0, "")
    ((plan, workshop, more),) = planned
    assert plan.port != taken
    assert expected.format(taken) in said.out
    assert str(plan.port) in said.out
    assert plan.public_url == plan.local_url == f"http://127.0.0.1:{plan.port}"
    assert (plan.lab_port, plan.lab_dir, plan.lang, workshop.lang) == (None, None, lang, lang)
    assert "beside" in more


def test_serve_takes_another_port_when_none_was_asked_for(planned, db, monkeypatch):
    monkeypatch.setattr(serve, "free_port", lambda wanted, _, *, must=False: wanted + (0 if must else 7))
    said = call("serve", "--no-lab", "--db", db, lang="en")
    assert said.code == 0
    assert "Port 8080 is taken, 8087 is used." in said.out
    assert planned[0][0].port == 8087


def test_serve_shows_the_newest_open_workshop_or_the_one_that_was_named(planned, db):
    call("new", "--db", db)
    newest, oldest = workshops(db)
    call("serve", "--no-lab", "--db", db)
    call("serve", oldest.id, "--no-lab", "--db", db)
    assert [workshop.id for _, workshop, _ in planned] == [newest.id, oldest.id]


def test_serve_for_a_room_tells_phones_the_address_of_the_network(planned, db, monkeypatch):
    monkeypatch.setattr(serve, "lan_address", lambda: "192.168.1.20")
    call("serve", "--no-lab", "--db", db, "--host", "0.0.0.0", "--expect", "40")  # noqa: S104 - what a room needs
    ((plan, _, _),) = planned
    assert plan.public_url == f"http://192.168.1.20:{plan.port}"
    assert plan.local_url == f"http://127.0.0.1:{plan.port}"
    assert plan.expect == 40


def test_serve_names_the_other_addresses(planned, db, monkeypatch):
    monkeypatch.setattr(serve, "lan_address", lambda: "192.168.1.20")
    several = [Address("192.168.1.20", "wlan0"), Address("10.0.0.5", "eth0")]
    monkeypatch.setattr(serve, "lan_addresses", lambda: several)
    said = call("serve", "--no-lab", "--db", db, "--host", "0.0.0.0", lang="en")  # noqa: S104 - what a room needs
    ((plan, _, _),) = planned
    assert f"For eth0: --public-url http://10.0.0.5:{plan.port}" in said.out
    assert "For wlan0" not in said.out
    monkeypatch.setattr(serve, "lan_addresses", lambda: several[:1])
    assert "several" not in call("serve", "--no-lab", "--db", db, "--host", "0.0.0.0", lang="en").out  # noqa: S104


SPOT = ("--wifi", "Zaal; 1", "--wifi-password", "geheim:woord")


def test_the_wifi_is_told_first_and_kept_nowhere(planned, db, tmp_path):
    call("serve", "--no-lab", "--db", db, "--host", "127.0.0.2", *SPOT)
    ((plan, workshop, more),) = planned
    assert more["wifi"].text == "WIFI:T:WPA;S:Zaal\\; 1;P:geheim\\:woord;;"
    assert "geheim" not in repr(plan) + repr(more)
    named = {child.name: child for child in children_of(plan)}
    assert named["door"].env[WIFI] == more["wifi"].text
    assert not any(WIFI in child.env for name, child in named.items() if name != "door")
    assert WIFI not in ALLOWED_ENV, "no kernel hears it"
    assert not any("geheim" in word for child in named.values() for word in child.arguments)
    with closing(open_store(str(db))) as store, heard() as said:
        running.tell(
            translator("en"),
            replace(plan, public_url="http://192.168.1.20:8080"),
            store,
            workshop,
            more["wifi"],
        )
    first, then = (
        said.out.index("1. Scan this to join the Wi-Fi “Zaal; 1”"),
        said.out.index("2. Then scan this"),
    )
    assert first < said.out.index("█", first) < then < said.out.index("█", then)
    assert "geheim" not in said.out, "it stands in the code alone"
    assert "not secure" in said.out
    assert f"port {plan.port}" in said.out
    assert "http://192.168.1.20:8080/hello" in said.out
    assert not any(b"geheim" in one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())


def test_on_this_machine_alone_nothing_is_exposed(planned, db):
    call("serve", "--no-lab", "--db", db)
    ((plan, workshop, _),) = planned
    with closing(open_store(str(db))) as store, heard() as said:
        running.tell(translator("en"), plan, store, workshop)
    assert "not secure" not in said.out
    assert "Wi-Fi" not in said.out


def test_behind_https_phones_do_not_say_not_secure(planned, db):
    call("serve", "--no-lab", "--db", db, "--public-url", "https://kit.example")
    ((plan, workshop, _),) = planned
    with closing(open_store(str(db))) as store, heard() as said:
        running.tell(translator("en"), plan, store, workshop)
    assert "not secure" not in said.out
    assert "one can reach port" in said.out


def test_the_password_of_the_wifi_is_asked_for_and_not_shown(planned, db, monkeypatch):
    asked = []
    monkeypatch.setattr(
        reaching.click,
        "prompt",
        lambda text, **how: asked.append((text, how["hide_input"])) or "geheim:woord",
    )
    said = call("serve", "--no-lab", "--db", db, "--wifi", "Zaal", lang="en")
    assert said.code == 0
    assert asked == [("Password of the Wi-Fi “Zaal” (Enter for none)", True)]
    assert planned[0][2]["wifi"].password == "geheim:woord"


def test_a_wifi_without_a_password(planned, db):
    call("serve", "--no-lab", "--db", db, "--wifi", "Gast", "--wifi-password", "")
    assert planned[0][2]["wifi"].text == "WIFI:S:Gast;;"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "words",
    [
        ["--wifi", ""],
        ["--wifi", "x" * 33, "--wifi-password", "geheim:woord"],
        ["--wifi", "Zaal", "--wifi-password", "kort"],
        ["--wifi", "Zaal", "--wifi-password", "x" * 64],
        ["--wifi-password", "geheim:woord"],
    ],
)
def test_a_wifi_that_cannot_be_is_one_clear_line_without_the_password(planned, db, words, lang):
    said = call("serve", "--no-lab", "--db", db, *words, lang=lang)
    assert said.is_one_clear_line()
    assert "geheim" not in said.err
    assert "kort" not in said.err
    assert planned == []


def test_serve_behind_another_address(planned, db, tmp_path):
    call(
        *("serve", "--no-lab", "--db", db, "--host", "127.0.0.2"),
        *("--public-url", "https://kit.example/", "--backup-dir", tmp_path / "stick"),
    )
    ((plan, _, _),) = planned
    assert plan.public_url == "https://kit.example"
    assert plan.local_url == f"http://127.0.0.2:{plan.port}"
    assert plan.backup_dir == tmp_path / "stick"


def test_serve_starts_jupyterlab_beside_it_with_a_token_of_its_own(planned, db):
    for _ in range(2):
        call("serve", "--db", db)
    first, second = (plan for plan, _, _ in planned)
    assert first.lab_port
    assert first.lab_dir.is_dir()
    assert len(first.lab_token) >= 24
    assert first.lab_token != second.lab_token


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lab_opens_the_notebooks_of_the_language(monkeypatch, lang):
    calls = []

    def run(words, *, check):
        calls.append(words)
        return SimpleNamespace(returncode=3)

    monkeypatch.setattr(lab, "subprocess", SimpleNamespace(run=run))
    said = call("lab", lang=lang)
    assert (said.code, said.err) == (3, "")
    (words,) = calls
    assert words[:3] == [sys.executable, "-m", "jupyterlab"]
    assert f"--LabApp.default_url=/lab/tree/{lang}/00-prepare.ipynb" in words
    (root,) = [word.partition("=")[2] for word in words if word.startswith("--ServerApp.root_dir=")]
    assert root in said.out
    assert Path(root, lang, "00-prepare.ipynb").is_file()


def test_lab_keeps_its_copy_of_the_notebooks_where_the_store_is(monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr(lab, "notebooks_folder", lambda beside: asked.append(beside) or tmp_path)
    monkeypatch.setattr(
        lab, "subprocess", SimpleNamespace(run=lambda *_, **__: SimpleNamespace(returncode=0))
    )
    call("lab")
    assert asked == [Path(store_option.DEFAULT).parent]


def test_lab_ends_with_ctrl_c(monkeypatch):
    def run(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(lab, "subprocess", SimpleNamespace(run=run))
    said = call("lab", lang="en")
    assert (said.code, said.err) == (0, "")


# Starting and ending, with other children ---------------------------------------------------------------------------


@pytest.fixture
def children(monkeypatch):
    """Let sleeping processes stand for door and analyst."""
    made = []

    def make(plan):
        made.append(Child("door", SLEEP))
        return made

    monkeypatch.setattr(running, "children", make)
    yield made
    for child in made:
        assert not psutil.pid_exists(child.process.pid)


def answers(monkeypatch, health):
    async def healthy(*_, **__):
        return health

    monkeypatch.setattr(running, "healthy", healthy)


@pytest.mark.parametrize(("lang", "word"), [("nl", "logboek"), ("en", "The log says why")])
def test_a_workshop_that_does_not_start_says_where_the_log_is(db, children, monkeypatch, lang, word):
    answers(monkeypatch, False)
    said = call("serve", "--no-lab", "--db", db, lang=lang)
    assert said.is_one_clear_line()
    assert word in said.err
    assert str(db.with_suffix(".log")) in said.err
    assert db.with_suffix(".log").is_file()


def test_ctrl_c_while_it_still_starts(db, children, monkeypatch):
    async def healthy(*_, **__):
        os.kill(os.getpid(), signal.SIGINT)
        await asyncio.Event().wait()

    monkeypatch.setattr(running, "healthy", healthy)
    said = call("serve", "--no-lab", "--db", db, lang="en")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[-1] == "Stopped."
    assert "Ready" not in said.out


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_what_runs_beside_may_fail_and_the_workshop_goes_on(children, monkeypatch, number):
    answers(monkeypatch, True)
    went_on = []

    async def fail(*_, **__):
        asyncio.get_running_loop().call_later(0.1, lambda: went_on.append(os.kill(os.getpid(), number)))
        raise ValueError("a bot stumbled")

    monkeypatch.setattr("workshopkit.cli.demo._colleagues", fail)
    said = call("demo", "--no-lab", lang="en")
    assert went_on == [None]
    assert (said.code, said.err) == (0, "")
    for line in ("Starting…", "The pages are ready.", "Stopped."):
        assert line in said.out.splitlines()


def test_what_the_supervisor_has_to_say_stands_in_the_log(db, monkeypatch):
    async def healthy(*_, **__):
        while not (log := db.with_suffix(".log").read_text(encoding="utf-8")).count("door cannot start") > 1:
            await asyncio.sleep(0.01)
        assert "door starts again" in log
        os.kill(os.getpid(), signal.SIGINT)
        return True

    monkeypatch.setattr(running, "children", lambda _: [Child("door", ["/nowhere/door"])])
    monkeypatch.setattr(running, "healthy", healthy)
    said = call("serve", "--no-lab", "--db", db, lang="en")
    assert (said.code, said.err) == (0, "")
