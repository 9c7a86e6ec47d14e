"""What a room may cost beside the page: modules of a kernel, messages a second, bytes a moment, snapshots.

Counted, never timed: every machine says the same. What a page costs over the wire is in ``test_budget_browser.py``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from domain_helpers import Clock, FakePage
from workshopkit import paths
from workshopkit.network.actors import Definition
from workshopkit.panels import demo
from workshopkit.panels.cockpit import Cockpit
from workshopkit.panels.here import Here
from workshopkit.panels.participant import Participant
from workshopkit.panels.wall import Wall
from workshopkit.room import definitions
from workshopkit.room.analyst import Analyst, analyse_once
from workshopkit.room.fold import fold
from workshopkit.room.snapshots import KINDS
from workshopkit.store import open_store

SOURCES = Path(__file__).parents[1] / "src" / "workshopkit"

# Who lets one grow on purpose writes the new figure here, and why in the commit.
MOST_MODULES = {"participant": 310, "wall": 310, "cockpit": 315}
MOST_OWN = {"participant": 64, "wall": 58, "cockpit": 64}
A_SECOND = {"participant": 2, "wall": 5, "cockpit": 4}
MOMENTS = {"participant": 2_700, "wall": 16_000, "cockpit": 11_500}
SNAPSHOTS = {"phones": 10_000, "wall": 35_000, "cockpit": 10_000}
SNAPSHOTS_OF_60 = {"phones": 25_000, "wall": 240_000, "cockpit": 20_000}

_IMPORTED = """
import json, sys
before = set(sys.modules)
import asyncio
from workshopkit.panels import {page}
async def main():
    {page}.show()
    await asyncio.sleep(0)
asyncio.run(main())
print(json.dumps(sorted(set(sys.modules) - before)))
"""
_PANELS = {"participant": Participant, "wall": Wall, "cockpit": Cockpit}


@pytest.fixture
def store(tmp_path):
    opened = open_store(str(tmp_path / "room.db"))
    yield opened
    opened.close()


def demo_room(store, payload=None):
    """Give a workshop in which everybody has answered everything, and its definition."""
    payload = payload or definitions.read_file(paths.data() / "demo" / "nl.json")
    made = store.create_workshop(title=payload["title"], lang="nl", definition=payload)
    definition = Definition.read(payload)
    demo.fill(store, made.id, definition)
    return made.id, definition


def lead(store, workshop, kind, **given):
    number = store.last_seq(workshop)
    store.append(
        id=f"lead-{number}", workshop=workshop, participant="lead", act=None, kind=kind, payload=given
    )


def seat_of(store, workshop, page, actor):
    """Give for whom a page is."""
    role = "participant" if page == "participant" else "facilitator"
    session, _ = store.open_session(
        workshop, role=role, actor=actor if role == "participant" else None, lang="nl"
    )
    return Here(
        store.url,
        workshop,
        session.participant,
        session.actor,
        role,
        "nl",
        "http://workshop.test/j/ABCD2345",
    )


def opened(store, workshop, name, clock, actor="front-desk"):
    """Give a page as its kernel has it, and a browser's end of it."""
    here = seat_of(store, workshop, name, actor)
    if name == "participant":
        store.append(id=here.participant, workshop=workshop, participant=here.participant, act=None,
                     kind="joined", payload={"actor": actor})  # fmt: skip
    page = FakePage()
    page.panel = _PANELS[name](open_store(store.url), here, clock=clock, now=lambda: 5000.0)
    page.state = page.panel.start()
    page.panel.attach(page)
    return page


def size(content):
    return len(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def largest(rows):
    """Give a table of what is largest, for the message of a test that fails."""
    return "\n".join(
        f"{bytes_:>9} {name}" for name, bytes_ in sorted(rows.items(), key=lambda row: -row[1])[:15]
    )


def imported(page, folder):
    store = open_store(str(folder / "kit.db"))
    workshop, _ = demo_room(store)
    here = seat_of(store, workshop, page, "front-desk")
    store.close()
    session = {
        name: getattr(here, name) for name in ("workshop", "participant", "actor", "role", "lang", "join_url")
    }
    done = subprocess.run(
        [sys.executable, "-c", _IMPORTED.format(page=page)],
        env={**os.environ, "WORKSHOPKIT_DB": here.db, "WORKSHOPKIT_SESSION": json.dumps(session)},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("page", _PANELS)
def test_a_kernel_imports_what_it_needs(page, tmp_path):
    # What Python brings itself differs by version.
    modules = [
        name for name in imported(page, tmp_path) if name.partition(".")[0] not in sys.stdlib_module_names
    ]
    own = {
        name: (SOURCES / (name.partition(".")[2].replace(".", "/") + ".py")) for name in modules
        if name.startswith("workshopkit.")
    }  # fmt: skip
    sizes = {name: path.stat().st_size for name, path in own.items() if path.is_file()}
    by_package = Counter(name.partition(".")[0] for name in modules)
    assert len(modules) <= MOST_MODULES[page], f"modules by package:\n{largest(by_package)}"
    assert len(own) <= MOST_OWN[page], f"our own, by size:\n{largest(sizes)}"


@pytest.mark.parametrize("name", _PANELS)
def test_a_busy_room_sends_a_page_few_messages(store, name):
    workshop, definition = demo_room(store)
    lead(store, workshop, "act.opened", act="lines")
    lead(store, workshop, "map.shown", shown=True)
    clock = Clock()
    page = opened(store, workshop, name, clock)
    analyst = Analyst(store)
    places = [actor.id for actor in definition.actors]
    seconds, sent = 30, 0
    for tick in range(10 * seconds):
        seat = definition.seats[tick % len(definition.seats)].id
        other = places[(tick // len(places)) % len(places)]
        if other != seat:
            store.append(id=f"tap-{tick}", workshop=workshop, participant=demo.colleague(seat), act="lines", kind="told",
                         payload={"to": other, "answer": ("yes", "no")[tick % 2], "expected": None})  # fmt: skip
            analyst.look()
        clock.move(0.1)
        page.panel.look()
        sent += len(page.take("state"))
    assert 0 < sent <= A_SECOND[name] * seconds + 1


@pytest.mark.parametrize("name", _PANELS)
def test_a_moment_brings_a_page_few_bytes(store, name):
    workshop, _ = demo_room(store)
    clock = Clock()
    page = opened(store, workshop, name, clock)
    found = {}
    for moment in fold(store.events(workshop)).program.moments:
        lead(store, workshop, "act.opened", act=moment.act, part=moment.part)
        analyse_once(store, workshop)
        clock.move(5)
        page.panel.look()
        for message in page.take("state"):
            for key, value in message["patch"].items():
                found[f"{moment.act} {moment.part}: {key}"] = size(value)
    by_moment = Counter()
    for what, bytes_ in found.items():
        by_moment[what.partition(":")[0]] += bytes_
    assert len(by_moment) > 10, "moments bring something"
    assert max(by_moment.values()) <= MOMENTS[name], largest(found)


def snapshots(store, workshop):
    """Give the largest of each kind over all moments of an afternoon, and what is in it by its keys."""
    found = {}
    for moment in fold(store.events(workshop)).program.moments:
        lead(store, workshop, "act.opened", act=moment.act, part=moment.part)
        analyse_once(store, workshop)
        for kind in KINDS:
            payload = store.snapshot(workshop, kind).payload
            parts = {f"{moment.act} {moment.part} {key}": size(value) for key, value in payload.items()}
            found[kind] = max(found.get(kind, (0, {})), (size(payload), parts), key=lambda one: one[0])
    return found


def map_of_60():
    return {
        "title": "A try",
        "subject": "The desk closes",
        "period": "the last four weeks",
        "promise": "About lines, not people.",
        "lang": "en",
        "domains": [{"id": f"d{number}", "label": f"Domain {number}"} for number in range(10)],
        "actors": [
            {
                "id": f"t{number}",
                "label": f"Team {number}",
                "kind": "team",
                "domain": f"d{number // 6}",
                "voice": "own",
            }
            for number in range(60)
        ],
    }


@pytest.mark.parametrize(
    ("payload", "most"), [(None, SNAPSHOTS), (map_of_60(), SNAPSHOTS_OF_60)], ids=["demo", "60 places"]
)
def test_snapshots_stay_small_all_afternoon(store, payload, most):
    workshop, _ = demo_room(store, payload)
    for kind, (bytes_, parts) in snapshots(store, workshop).items():
        assert bytes_ <= most[kind], f"{kind}: {bytes_} bytes\n{largest(parts)}"
