"""Thirty processes that write into one store, as thirty phones' kernels do: how long each answer waits until it is stored.

``writers.py DB WORKSHOP WRITERS COUNT PAUSE_S SYNCHRONOUS``. With FULL, which the store uses, an answer that was
acknowledged survives a power cut; with NORMAL, here for comparison, a power cut may take what was stored since the
last checkpoint (of a thousand pages), though never the file. Prints the milliseconds, and what was refused, as JSON.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import sys
import time
import uuid
from typing import Any

from workshopkit.errors import WorkshopkitError
from workshopkit.store import Store, open_store

_START_S = 120.0
_SYNCHRONOUS = ("FULL", "NORMAL")


def _write(number: int, gate: Any, out: Any, given: tuple[str, str, int, float, str]) -> None:
    db, workshop, count, pause_s, synchronous = given
    took: list[float] = []
    faults: list[str] = []
    store = open_store(db)
    try:
        if synchronous != "FULL":
            writer = store._writer  # type: ignore[attr-defined]  # noqa: SLF001 - no user may weaken it
            writer.connection.dbapi_connection.execute(f"PRAGMA synchronous={synchronous}")
        draw = random.Random(number)  # noqa: S311 - a pace
        gate.wait()
        for _ in range(count):
            time.sleep(draw.uniform(0, 2 * pause_s))
            began = time.perf_counter()
            try:
                _append(store, workshop, number)
            except WorkshopkitError as fault:
                faults.append(str(fault))
            else:
                took.append(1000 * (time.perf_counter() - began))
    finally:
        out.put((took, faults))


def _append(store: Store, workshop: str, number: int) -> None:
    store.append(
        id=uuid.uuid4().hex,
        workshop=workshop,
        participant=f"p{number}",
        act="lines",
        kind="told",
        payload={"to": "communication", "answer": "yes", "expected": None, "at": time.time()},
    )


def main() -> None:
    db, workshop, writers, count, pause_s, synchronous = sys.argv[1:]
    if synchronous not in _SYNCHRONOUS:
        raise SystemExit(f"SYNCHRONOUS is one of {', '.join(_SYNCHRONOUS)}, not {synchronous}")
    fork = multiprocessing.get_context("fork")
    gate, out = fork.Barrier(int(writers), timeout=_START_S), fork.SimpleQueue()
    given = (db, workshop, int(count), float(pause_s), synchronous)
    family = [
        fork.Process(target=_write, args=(number, gate, out, given), daemon=True)
        for number in range(int(writers))
    ]
    for one in family:
        one.start()
    found = [out.get() for _ in family]
    for one in family:
        one.join()
    took = [ms for took, _ in found for ms in took]
    print(json.dumps({"ms": took, "faults": [fault for _, faults in found for fault in faults]}))


if __name__ == "__main__":
    main()
