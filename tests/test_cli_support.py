"""``workshopkit support``: what happened in a real room, in one file without anything that was said or that opens a door."""

from __future__ import annotations

import json
import re
import zipfile

import pytest

from cli_helpers import call, workshops
from kernel_helpers import until
from room import running_room
from workshopkit.bots.client import Browser
from workshopkit.i18n import LANGUAGES

WAIT_S = 60
SECRET = "Annelies uit Zwolle zegt wielewaal"


def parts(path):
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


@pytest.mark.slow
async def test_the_file_of_a_room_tells_what_happened_and_nothing_that_was_said(tmp_path):
    with running_room(tmp_path) as room:
        lead = Browser(room.local)
        token = room.enter_url().removeprefix(room.url())
        cockpit = await (await lead.open(token)).connect()
        for payload in ({"act": "case", "part": "P6"},):
            await cockpit.send("act.opened", payload, act=None)
        browser = Browser(room.local)
        await browser.fetch(f"/j/WRONG{SECRET[:3]}")
        await browser.fetch(f"/join?code={room.workshop.code}&name=wielewaal")
        await browser.fetch("/wielewaal/jan?x=wielewaal")
        page = await (await browser.join(room.workshop.code, "front-desk")).connect()
        await page.until(lambda state: state.get("act") == "case")
        said = await page.send("case.example", {"card": "P6", "text": SECRET}, act="case")
        assert said["type"] == "stored"
        form = (await browser.fetch("/me")).body.decode()
        xsrf = re.search(r'name="_xsrf" value="([^"]+)"', form)[1]
        rejoin = (await browser.fetch("/me", {"_xsrf": xsrf})).body.decode()
        code = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}\b", rejoin)[0]
        await until(
            lambda: any(
                e["what"] == "event" and e["kind"] == "case.example" for e in logged(tmp_path, "analyst")
            )
        )
        (tmp_path / "kit.log").write_text(
            f'Traceback (most recent call last):\n  File "/home/annelies/kit/door.py", line 7, in get\n    x = "{SECRET}"\n'
            f"workshopkit.errors.StoreError: {SECRET} {room.workshop.code}\n{SECRET}\n",
            encoding="utf-8",
        )
        target = tmp_path / "help.zip"
        told = call("support", "--db", room.store.url, "--port", room.port, "--to", target, lang="en")
        assert (told.code, told.err) == (0, "")
        secrets = [
            *(SECRET, "wielewaal", "Annelies", "annelies", SECRET[:3] + "\n"),
            *(room.workshop.code, room.workshop.id, room.workshop.title, code, code.replace("-", "")),
            *(token.split("/")[2].split("?")[0], room.store.meta("cookie_secret")),
            *(value for one in (browser, lead) for value in one.cookies.values()),
            *(page.config["kernelId"], page.config["xsrf"]),
        ]
        found = parts(target)
        event = next(e for e in room.store.events(room.workshop.id) if e.kind == "case.example")
        participant = page.config["seat"]
        for one in (page, cockpit):
            await one.close()
    for name, text in found.items():
        assert [one for one in secrets if len(one) > 2 and one in text] == [], name
    assert set(found) >= {
        "versions.json",
        "check.txt",
        "counts.json",
        "health.json",
        "log/door.jsonl",
        "log/analyst.jsonl",
    }
    assert json.loads(found["health.json"])["workshops_open"] == 1
    (counted,) = json.loads(found["counts.json"])["workshops"]
    assert counted["events"]["case.example"] == 1
    assert json.loads(found["versions.json"])["workshopkit"]
    door = [json.loads(line) for line in found["log/door.jsonl"].splitlines()]
    assert {(one["method"], one["path"], one["status"]) for one in door} >= {
        ("GET", "/j/…", 403),
        ("POST", "/join", 303),
        ("GET", "/…", 404),
    }
    assert any(one.get("who") == participant and one["ms"] > 0 for one in door)
    analyst = [json.loads(line) for line in found["log/analyst.jsonl"].splitlines()]
    line = next(one for one in analyst if one.get("event") == event.id)
    assert (line["who"], line["kind"], line["seq"]) == (participant, "case.example", event.seq)
    assert found["log/faults.txt"] == "Traceback\n  kit/door.py:7 get\nworkshopkit.errors.StoreError\n"


def logged(folder, name):
    path = folder / "kit.logs" / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_store_and_without_a_room_there_is_a_file_all_the_same(tmp_path, monkeypatch, lang):
    monkeypatch.chdir(tmp_path)
    said = call("support", "--db", tmp_path / "no.db", lang=lang)
    assert (said.code, said.err) == (0, "")
    (made,) = tmp_path.glob("workshopkit-support-*.zip")
    assert made.name in said.out
    found = parts(made)
    assert json.loads(found["counts.json"]) == {"fault": "StoreError"}
    assert json.loads(found["health.json"]) == {}
    assert found["check.txt"].startswith("+ Python 3.")


def test_a_damaged_store_is_told_by_its_kind_of_fault(tmp_path):
    (tmp_path / "kit.db").write_text(f"{SECRET} " * 300)
    call("support", "--db", tmp_path / "kit.db", "--to", tmp_path / "help.zip")
    found = parts(tmp_path / "help.zip")
    assert json.loads(found["counts.json"]) == {"fault": "StoreDamaged"}
    assert SECRET not in "".join(found.values())


def test_what_is_there_is_not_written_over(tmp_path):
    (tmp_path / "help.zip").write_text("mine")
    said = call("support", "--db", tmp_path / "no.db", "--to", tmp_path / "help.zip", lang="nl")
    assert said.is_one_clear_line()
    assert (tmp_path / "help.zip").read_text() == "mine"


def test_erasing_a_workshop_empties_the_log(tmp_path):
    db = tmp_path / "kit.db"
    assert call("new", "--db", db).code == 0
    logs = tmp_path / "kit.logs"
    logs.mkdir()
    (logs / "door.jsonl").write_text('{"what": "request", "who": "abc"}\n')
    (logs / "door.jsonl.1").write_text('{"what": "request", "who": "abc"}\n')
    assert call("erase", workshops(db)[0].id, "--yes", "--db", db).code == 0
    assert [one.read_text() for one in logs.iterdir()] == ["", ""]
