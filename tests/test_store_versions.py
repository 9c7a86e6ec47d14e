"""A workshop of every version that ever was opens, with all that was said; one of a version to come is left alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cli_helpers import call
from kernel_helpers import until
from room import running_room
from store_helpers import assert_clear, event
from stores.keep import CODE, SECRET, TEAM, WORKSHOP, keep
from workshopkit.bots.client import Browser
from workshopkit.errors import StoreNewer, WorkshopkitError
from workshopkit.report.bundle import bundle
from workshopkit.room.analyst import analyse_once
from workshopkit.room.fold import fold
from workshopkit.store import migrations, open_store

FOLDER = Path(__file__).with_name("stores")
VERSIONS = range(migrations.VERSION + 1)


@pytest.fixture(params=VERSIONS)
def stored(request, tmp_path):
    """Give a workshop as a version stored it."""
    path = tmp_path / "kit.db"
    with closing(sqlite3.connect(path)) as file:
        file.executescript((FOLDER / f"v{request.param}.sql").read_text(encoding="utf-8"))
    return path


def test_of_every_version_there_is_one():
    missing = [f"v{version}.sql" for version in VERSIONS if not (FOLDER / f"v{version}.sql").is_file()]
    assert missing == [], "run tests/stores/keep.py"


def test_that_of_today_is_what_today_stores(tmp_path):
    def tables(text):
        with closing(sqlite3.connect(":memory:")) as file:
            file.executescript(text)
            names = file.execute(
                "select name from sqlite_master where type = 'table' order by name"
            ).fetchall()
            return {name: file.execute(f"pragma table_info({name})").fetchall() for (name,) in names}

    kept = (FOLDER / f"v{migrations.VERSION}.sql").read_text(encoding="utf-8")
    assert tables(kept) == tables(keep(tmp_path / "kit.db")), "the tables changed without a new version"


def test_it_opens_with_all_that_was_said(stored):
    with closing(open_store(str(stored), create=False)) as store:
        assert store.meta("schema") == str(migrations.VERSION)
        assert store.workshop_by_code(CODE).id == WORKSHOP
        session = store.session(SECRET)
        assert (session.participant, session.actor) == (f"demo-{TEAM}", TEAM), "its phones are who they were"
        room = fold(store.events(WORKSHOP))
        assert len(room.sheets) == len(room.definition.seats) == 14
        assert sum(len(sheet.told) for sheet in room.sheets.values()) > 30
        assert len(room.agreements) > 3
        assert all(sheet.ready for sheet in room.sheets.values())
        analyse_once(store, WORKSHOP)
        assert store.snapshot(WORKSHOP, "cockpit").payload["joined_count"] == len(room.definition.teams)
        assert bundle(store, WORKSHOP, "nl")[:2] == b"PK"
        assert store.append(**event("new", WORKSHOP))[1]


def test_a_program_does_not_write_into_what_a_newer_one_has_had_meanwhile(tmp_path):
    path = tmp_path / "kit.db"
    with closing(open_store(str(path))) as store:
        store.create_workshop(title="w", lang="nl", definition={}, id="w")
        newer(path)
        calls = (
            lambda: store.append(**event("e", "w")),
            lambda: store.set_meta("last_backup", "1"),
            lambda: store.close_workshop("w"),
            lambda: store.put_snapshot("w", "wall", 1, {}),
        )
        for attempt in calls:
            with pytest.raises(StoreNewer) as told:
                attempt()
            assert_clear(told.value, "kit.db", "pip install --upgrade workshopkit")
        assert [found.kind for found in store.events("w")] == ["workshop.defined"]


def newer(path):
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("update meta set value = ? where key = 'schema'", (str(migrations.VERSION + 1),))


def test_serve_refuses_it_with_the_remedy(tmp_path):
    path = tmp_path / "kit.db"
    assert call("new", "--db", path).code == 0
    newer(path)
    said = call("serve", "--no-lab", "--db", path, lang="en")
    assert said.is_one_clear_line()
    assert "pip install --upgrade workshopkit" in said.err


@pytest.mark.slow
async def test_a_running_room_stores_nothing_more_and_says_why_to_who_leads(tmp_path):
    with running_room(tmp_path) as room:
        lead = await (await Browser(room.local).open(room.enter_url().removeprefix(room.url()))).connect()
        await lead.send("act.opened", {"act": "lines"}, act=None)
        phone = await (await Browser(room.local).join(room.workshop.code, "front-desk")).connect()
        await phone.until(lambda state: state.get("act") == "lines")
        before = room.store.last_seq(room.workshop.id)
        newer(tmp_path / "kit.db")
        said = await lead.send("act.opened", {"act": "silos"}, act=None)
        assert said["type"] == "waiting"
        assert "pip install --upgrade workshopkit" in said["message"]
        waits = await phone.send("told", {"to": "permits", "answer": "yes"})
        assert waits["type"] == "waiting", "it is kept on the phone until the room is well"
        assert room.store.last_seq(room.workshop.id) == before

        async def refused():
            try:
                await (await Browser(room.local).join(room.workshop.code, "permits")).connect()
            except (WorkshopkitError, OSError):
                return True
            return False

        await until(refused, 60)
        for one in (lead, phone):
            await one.close()
