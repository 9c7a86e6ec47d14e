"""Kernels of the door's pages stay small, also after a refusal: looked at in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from domain_helpers import payload
from workshopkit.store import open_store

HEAVY = {
    "pandas",
    "numpy",
    "plotly",
    "babel",
    "networkx",
    "rustworkx",
    "graspologic_native",
    "igraph",
    "scipy",
    "matplotlib",
    "PIL",
}

SCRIPT = """
import asyncio, json, sys
from workshopkit.panels import {page}

def roots():
    return sorted({{module.split(".")[0] for module in sys.modules}})

async def main():
    page = {page}.show()
    await asyncio.sleep(0)
    shown = roots()
    page._handle_custom_msg({{"type": "events", "events": [{{"id": "x", "kind": "bad", "payload": {{}}}}]}}, [])
    return {{"page": type(page).__name__, "shown": shown, "refused": roots()}}

print(json.dumps(asyncio.run(main())))
"""


@pytest.mark.parametrize("page", ["participant", "wall", "cockpit"])
def test_pages_import_nothing_heavy(page, tmp_path):
    url = f"sqlite:///{tmp_path / 'room.db'}"
    store = open_store(url)
    made = store.create_workshop(title="A try", lang="nl", definition=payload(3))
    store.close()
    participant = page == "participant"
    session = {
        "workshop": made.id,
        "participant": "p",
        "actor": "a" if participant else None,
        "role": "participant" if participant else "facilitator",
        "lang": "nl",
        "join_url": "http://workshop.test/j/ABCD2345",
    }
    environ = {**os.environ, "WORKSHOPKIT_DB": url, "WORKSHOPKIT_SESSION": json.dumps(session)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(page=page)],
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["page"] == "LivePage"
    # The cockpit speaks to the facilitator from the start, so its texts are read.
    assert not (HEAVY - ({"babel"} if page == "cockpit" else set())) & set(found["shown"])
    # The first word to a user reads the catalogue, by babel: less than a megabyte, and only then.
    assert not (HEAVY - {"babel"}) & set(found["refused"])
