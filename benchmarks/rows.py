"""The rows of the table; the README explains them in this order."""

from __future__ import annotations

from report import NO_FORK, Row

__all__ = ["ROWS"]


def _crowd(size: int, bar: float | None, goal: float | None) -> list[Row]:
    name = f"crowd{size}"
    return [
        Row(f"{size} at once: median visitor", f"{name}_s", "median", "s"),
        Row(f"{size} at once: last visitor, worst round", f"{name}_s", "worst", "s", bar, goal),
        Row(f"{size} at once: errors", f"{name}_errors", "sum", "", None if bar is None else 0),
        Row(f"{size} at once: the real browser among them, worst", f"{name}_chromium_s", "worst", "s"),
        Row(f"{size} at once: processor time of the bots", f"{name}_bots_cpu_s", "median", "s"),
    ]


def _memory(size: int, bar: float | None, goal: float | None) -> list[Row]:
    return [
        Row(f"memory with {size} in: a visitor's kernel, private, median", f"kernel{size}_private_mb", "median", "MB", bar, goal),
        Row(f"memory with {size} in: a visitor's kernel, private, worst", f"kernel{size}_private_mb", "worst", "MB", bar, goal),
        Row(f"memory with {size} in: a visitor's kernel, share", f"kernel{size}_share_mb", "median", "MB"),
        Row(f"memory with {size} in: door or server, share", f"door{size}_share_mb", "worst", "MB"),
        Row(f"memory with {size} in: warm parent, share", f"warm{size}_share_mb", "worst", "MB"),
        Row(f"memory with {size} in: analyst, share", f"analyst{size}_share_mb", "worst", "MB"),
        Row(f"memory with {size} in: servers and kernels in use together, share", f"room{size}_share_mb", "worst", "MB"),
        Row(f"memory with {size} in: all spare kernels besides, share", f"spares{size}_share_mb", "worst", "MB"),
    ]  # fmt: skip


ROWS = (
    Row("first visitor of a fresh server", "first_s", "median", "s"),
    Row("a visitor alone, warm server", "alone_s", "median", "s"),
    *_crowd(8, None, None),
    *_crowd(30, 6, 3),
    Row("30 at once without fork: last visitor, worst round", "crowd30_s", "worst", "s", 10, None, NO_FORK),
    *_crowd(60, 10, 6),
    Row("a real browser alone, empty cache, median", "browser_s", "median", "s"),
    Row("of it: from the join click, median", "click_s", "median", "s", 1.0),
    Row("of it: from the join click, worst", "click_s", "worst", "s", 1.0),
    Row("first visit: to the browser, HTTP and websocket", "cold_mb", "worst", "MB", 0.35),
    Row("first visit: requests", "cold_requests", "worst", "", 8),
    Row("first visit: requests to elsewhere, in vain", "cold_elsewhere", "worst"),
    Row("second visit: to the browser, HTTP and websocket", "warm_mb", "worst", "MB"),
    Row("second visit: requests", "warm_requests", "worst"),
    *_memory(8, None, None),
    *_memory(30, 25, 18),
    *_memory(60, 25, 18),
    Row("tap to stored, p95", "tap_stored_ms", "p95", "ms"),
    Row("tap to the big screen's websocket, median", "tap_wall_ms", "median", "ms"),
    Row("tap to the big screen's websocket, p95", "tap_wall_ms", "p95", "ms", 500),
    Row("tap to the big screen's page, median", "tap_screen_ms", "median", "ms"),
    Row("tap to the big screen's page, p95", "tap_screen_ms", "p95", "ms", 500),
    Row("30 taps at one moment: the last one stored", "burst_stored_ms", "worst", "ms"),
    Row("30 taps at one moment: the last one on the page", "burst_screen_ms", "worst", "ms"),
    Row("taps that the big screen never showed", "unseen", "sum", "", 0),
    Row("the next moment: stored, p95", "act_stored_ms", "p95", "ms"),
    Row("the next moment: on the websocket of 30 phones, median", "act_heard_ms", "median", "ms"),
    Row("the next moment: on the websocket of 30 phones, p95", "act_heard_ms", "p95", "ms", 600),
    Row("the next moment: its text on a real phone, p95", "act_text_ms", "p95", "ms", 600),
    Row("of it: redrawing the page, p95", "act_redraw_ms", "p95", "ms", 300),
    Row("a learner's server with everything open, worst moment, share", "pod_mb", "worst", "MB", 1000),
    Row("of it: Jupyter Server", "pod_server_mb", "worst", "MB"),
    Row("of it: the workshop, with its simulated colleagues", "pod_workshop_mb", "worst", "MB"),
    Row("of it: the kernel of a notebook", "pod_notebook_mb", "worst", "MB"),
)
