"""Fold a workshop from its first event and analyse it, as the analyst does after a restart: ``replay.py DB WORKSHOP``.

A process of its own, so that nothing is warm and its memory is its own. Prints seconds and megabytes as JSON.
"""

from __future__ import annotations

import json
import sys
import time

import memory

from workshopkit.room.analyst import Analyst
from workshopkit.room.fold import fold
from workshopkit.room.snapshots import KINDS
from workshopkit.store import open_store


def main() -> None:
    db, workshop = sys.argv[1:]
    store = open_store(db)
    began, busy = time.perf_counter(), time.process_time()
    events = store.events(workshop)
    read = time.perf_counter()
    fold(events)
    folded = time.perf_counter()
    del events
    fresh, fresh_busy = time.perf_counter(), time.process_time()
    analyst = Analyst(store)
    analyst.look_at(workshop)
    done = time.perf_counter()
    # The whole way in one go is what counts; its parts, measured before it, tell where the time goes.
    found = {
        "read_s": read - began,
        "fold_s": folded - read,
        "replay_s": done - fresh,
        "replay_cpu_s": time.process_time() - fresh_busy,
        "both_cpu_s": time.process_time() - busy,
        "mb": memory.of("self").private_dirty,
        **{f"{kind}_kb": len(json.dumps(store.snapshot(workshop, kind).payload)) / 1000 for kind in KINDS},
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
