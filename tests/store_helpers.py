"""Small things that the tests of the store share."""

from __future__ import annotations

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor


class Clock:
    """Seconds since the epoch that a test moves itself."""

    def __init__(self, now=1_800_000_000.0):
        self.now = now

    def __call__(self):
        return self.now

    def forward(self, seconds):
        self.now += seconds


def event(id, workshop, **other):
    """Give an event as `Store.append` takes it."""
    common = {"participant": "p", "act": "lines", "kind": "told", "payload": {"to": "b"}}
    return {"id": id, "workshop": workshop, **common, **other}


def fill(store, workshop, count, *, start=0, **other):
    """Append so many events; gives their ids."""
    ids = [f"e{number}" for number in range(start, start + count)]
    for id in ids:
        store.append(**event(id, workshop, **other))
    return ids


def said(store, workshop, **filters):
    """List the ids of the events that participants sent."""
    return [found.id for found in store.events(workshop, **filters) if found.kind != "workshop.defined"]


def at_once(*calls):
    """Run calls in threads that start together; gives results, and errors in their place."""
    together = threading.Barrier(len(calls))

    def run(call):
        together.wait(30)
        try:
            return call()
        except Exception as fault:  # noqa: BLE001 - the test looks at it
            return fault

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def wait_for(condition, *, seconds=60.0):
    limit = time.monotonic() + seconds
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < limit, "waited in vain"
        pause.wait(0.005)


def assert_clear(error, *named):
    """Check that an error speaks both languages in one clear line, and names what is wrong."""
    texts = [error.text(lang) for lang in ("nl", "en")]
    assert texts[0] != texts[1]
    for text in texts:
        assert not re.search(r"[{}\n!]|sqlite3\.|Errno|\[SQL|INSERT", text), text
        assert re.match(r"\S.* .*[.:] \S", text) or text.endswith("."), f"what is wrong, and a remedy: {text}"
        assert all(str(name) in text for name in named), text
