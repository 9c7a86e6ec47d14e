"""The rows of what grows (``growing.py``)."""

from __future__ import annotations

from collections.abc import Iterator

from growing import CROWDS, EVENTS, PLACES, WORKSHOPS
from report import NO_FORK, Row

__all__ = ["GROWING_ROWS"]

_WALL_MS = {1: 500, 30: 500, 120: 1000}
_DURABLE = {"full": "every answer on the disk", "normal": "for comparison: not each at once"}
_PACES = {"paced": "30 writers at the pace of taps", "rushed": "30 writers without a pause"}


def _rows() -> Iterator[Row]:
    for count in CROWDS:
        name = f"{count} phones" if count > 1 else "1 phone"
        yield Row(f"{name}: tap to stored, p95", f"tap{count}_stored_ms", "p95", "ms")
        yield Row(
            f"{name}: tap to the big screen's websocket, p95",
            f"tap{count}_wall_ms",
            "p95",
            "ms",
            _WALL_MS.get(count),
        )
        yield Row(
            f"{name}: tap to the big screen's page, p95",
            f"tap{count}_screen_ms",
            "p95",
            "ms",
            _WALL_MS.get(count),
        )
    yield Row("taps of them that the big screen never showed", "crowds_unseen", "sum", "", 0)
    for pace, said in _PACES.items():
        for synchronous, kept in _DURABLE.items():
            judged = (pace, synchronous) == ("paced", "full")
            name = f"append_{pace}_{synchronous}_ms"
            yield Row(f"{said}, {kept}: median", name, "median", "ms")
            yield Row(f"{said}, {kept}: p99", name, "p99", "ms", 50 if judged else None)
            yield Row(f"{said}, {kept}: worst", name, "worst", "ms", 500 if judged else None)
    yield Row("writers who were told that it could not be stored", "append_faults", "sum", "", 0)
    for events in EVENTS:
        bar = 3 if events == EVENTS[-1] else None
        yield Row(f"{events} events to a full analysis", f"events{events}_replay_s", "median", "s", bar)
    last = f"events{EVENTS[-1]}"
    yield Row("of it: of the processor", f"{last}_replay_cpu_s", "median", "s")
    yield Row("of it: reading", f"{last}_read_s", "median", "s")
    yield Row("of it: folding", f"{last}_fold_s", "median", "s")
    yield Row(f"{EVENTS[-1]} events of teams that quarrel over every row", "quarrels_replay_s", "median", "s")
    for events in EVENTS:
        yield Row(f"{events} events: memory of who analyses, private", f"events{events}_mb", "worst", "MB")
    for places in PLACES:
        lines = places * (places - 1)
        yield Row(
            f"{places} places, {lines} lines: to a full analysis", f"places{places}_replay_s", "median", "s"
        )
        yield Row(
            f"{places} places, {lines} lines: what the big screen is told",
            f"places{places}_wall_kb",
            "worst",
            "kB",
        )
    for count in WORKSHOPS:
        name = f"{count} workshops in the store" if count > 1 else "1 workshop in the store"
        yield Row(f"{name}: the file", f"many{count}_mb", "worst", "MB")
        yield Row(f"{name}: the analyst's first look", f"many{count}_start_ms", "worst", "ms")
        yield Row(f"{name}: an answer, stored and analysed, p95", f"many{count}_answer_ms", "p95", "ms")
        yield Row(f"{name}: a code looked up, p95", f"many{count}_code_ms", "p95", "ms")
    yield Row("8 hours: taps", "hours_taps", "sum")
    yield Row("8 hours: what went wrong", "hours_faults", "sum", "", 0)
    for name, said, bar in (
        ("pages", "a page that stays open, median", 1),
        ("page_worst", "a page that stays open, worst", 2),
        ("door", "the door", 5),
        ("warm", "the warm parent", 2),
        ("analyst", "the analyst, which keeps the answers", 25),
    ):
        yield Row(f"8 hours: {said}, private, at the end", f"hours_{name}_mb", "last", "MB")
        yield Row("of it: grown since the first half hour", f"hours_{name}_grown_mb", "worst", "MB", bar)
    yield Row("2 GB in all, JupyterLab open: phones that get in", "small_in", "worst")
    yield Row("2 GB in all: memory in use at most", "small_used_mb", "worst", "MB", 2000)
    yield Row("2 GB in all: newcomers who hear that it is full", "small_refused", "sum")
    yield Row("2 GB in all: processes that Linux had to end", "small_killed", "sum", "", 0)
    yield Row("2 GB in all: of those who were in, lost", "small_lost", "sum", "", 0)
    yield Row(
        "without fork: 30 joins from a full pool, the last", "pool_join_s", "worst", "s", 10, None, NO_FORK
    )
    yield Row(
        "without fork: until enough kernels stand ready again",
        "pool_refill_s",
        "worst",
        "s",
        None,
        None,
        NO_FORK,
    )
    yield Row(
        "without fork: a phone's kernel, private, worst", "pool_kernel_mb", "worst", "MB", 65, None, NO_FORK
    )


GROWING_ROWS = tuple(_rows())
