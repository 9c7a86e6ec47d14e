"""The rows of the table; the README explains them in this order."""

from __future__ import annotations

from collections.abc import Mapping

from growing_rows import GROWING_ROWS
from report import LEAN, NO_FORK, PANEL, STREAMLIT, USUAL, Row

__all__ = ["ROWS"]


def _crowd(
    size: int, bar: float | None, goal: float | None, ahead: Mapping[str, float] | None = None
) -> list[Row]:
    name, last = f"crowd{size}", f"{size} at once: last visitor"
    drawn = last if bar else ""
    return [
        Row(f"{size} at once: median visitor", f"{name}_s", "median", "s"),
        Row(f"{last}, worst round", f"{name}_s", "worst", "s", bar, goal, ahead=ahead or {}, drawn=drawn),
        Row(f"{size} at once: errors", f"{name}_errors", "sum", "", None if bar is None else 0),
        Row(f"{size} at once: the real browser among them, worst", f"{name}_chromium_s", "worst", "s"),
        Row(f"{size} at once: processor time of the bots", f"{name}_bots_cpu_s", "median", "s"),
    ]


def _memory(size: int, bar: float | None, goal: float | None) -> list[Row]:
    return [
        Row(f"memory with {size} in: a visitor, private, median", f"kernel{size}_private_mb", "median", "MB", bar, goal, drawn=f"{size} in: memory of a visitor" if bar else ""),
        Row(f"memory with {size} in: a visitor, private, worst", f"kernel{size}_private_mb", "worst", "MB", bar, goal),
        Row(f"memory with {size} in: a visitor, share", f"kernel{size}_share_mb", "median", "MB"),
        Row(f"memory with {size} in: door or server, share", f"door{size}_share_mb", "worst", "MB"),
        Row(f"memory with {size} in: warm parent, share", f"warm{size}_share_mb", "worst", "MB"),
        Row(f"memory with {size} in: analyst, share", f"analyst{size}_share_mb", "worst", "MB"),
        Row(f"memory with {size} in: servers and kernels in use together, share", f"room{size}_share_mb", "worst", "MB", drawn=f"{size} in: memory of all together" if bar else ""),
        Row(f"memory with {size} in: all spare kernels besides, share", f"spares{size}_share_mb", "worst", "MB"),
    ]  # fmt: skip


# fmt: off
ROWS = (
    Row("first visitor of a fresh server", "first_s", "median", "s"),
    Row("a visitor alone, warm server", "alone_s", "median", "s"),
    *_crowd(8, None, None),
    *_crowd(30, 6, 3, {LEAN: 3, USUAL: 15}),
    Row("30 at once without fork: last visitor, worst round", "crowd30_s", "worst", "s", 10, None, NO_FORK),
    *_crowd(60, 10, 6),
    Row("a real browser, empty cache: the first text", "text_s", "median", "s", 0.15, drawn="first text, empty cache"),
    Row("a real browser, empty cache: interactive, median", "browser_s", "median", "s", 1.0, 0.6, ahead={PANEL: 1, STREAMLIT: 1}, drawn="interactive, empty cache"),
    Row("a real browser, empty cache: interactive, worst", "browser_s", "worst", "s"),
    Row("a real browser, empty cache: from the join click, median", "click_s", "median", "s", 1.0),
    Row("a real browser, empty cache: from the join click, worst", "click_s", "worst", "s", 1.0),
    Row("the same browser again: the first text", "again_text_s", "median", "s", drawn="first text, second visit"),
    Row("the same browser again: interactive, median", "again_browser_s", "median", "s", 0.6, drawn="interactive, second visit"),
    Row("slow network, empty cache: the first text", "net_text_s", "median", "s"),
    Row("slow network, empty cache: interactive", "net_browser_s", "median", "s", drawn="interactive, slow network"),
    Row("slow network, again: interactive", "net_again_browser_s", "median", "s"),
    Row("slow processor, empty cache: the first text", "cpu_text_s", "median", "s"),
    Row("slow processor, empty cache: interactive", "cpu_browser_s", "median", "s", drawn="interactive, slow processor"),
    Row("slow processor, again: interactive", "cpu_again_browser_s", "median", "s"),
    Row("first visit: to the browser, HTTP and websocket", "cold_mb", "worst", "MB", 0.35, drawn="bytes, first visit"),
    Row("first visit: requests", "cold_requests", "worst", "", 8),
    Row("first visit: requests to elsewhere, in vain", "cold_elsewhere", "worst"),
    Row("second visit: to the browser, HTTP and websocket", "warm_mb", "worst", "MB", 0.06, drawn="bytes, second visit"),
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
    Row("the next moment: redrawing the page, p95", "act_redraw_ms", "p95", "ms", 300),
    Row("the next moment: frames dropped on a real phone, p95", "act_dropped", "p95"),
    Row("the reveal, phone 4 × slower: text of the next sentence, median", "reveal_text_ms", "median", "ms"),
    Row("the reveal, phone 4 × slower: text of the next sentence, p95", "reveal_text_ms", "p95", "ms"),
    Row("the reveal, phone 4 × slower: redrawing the page, p95", "reveal_redraw_ms", "p95", "ms"),
    Row("the reveal, phone 4 × slower: its figure, median", "reveal_figure_ms", "median", "ms"),
    Row("the reveal, phone 4 × slower: its figure, worst", "reveal_figure_ms", "worst", "ms"),
    Row("the reveal, phone 4 × slower: frames dropped at a sentence, median", "reveal_dropped"),
    Row("the reveal, phone 4 × slower: frames dropped at a sentence, p95", "reveal_dropped", "p95"),
    Row("the reveal, phone 4 × slower: the longest frame, if over 50 ms", "reveal_longest_ms", "worst", "ms"),
    Row("first visit and the whole reveal with its figures: to the browser", "reveal_mb", "worst", "MB", 0.8),
    Row("first visit and the whole reveal with its figures: requests", "reveal_requests", "worst", "", 10),
    Row("the middle of the afternoon: a phone's kernel, private, median", "middle_private_mb", "median", "MB", 25, 18),
    Row("the middle of the afternoon: a phone's kernel, private, worst", "middle_private_mb", "worst", "MB", 25, 18),
    Row("the whole room in the middle of the afternoon, share", "whole_mb", "worst", "MB"),
    Row("of it: door", "whole_door_mb", "worst", "MB"),
    Row("of it: warm parent", "whole_warm_mb", "worst", "MB"),
    Row("of it: analyst", "whole_analyst_mb", "worst", "MB"),
    Row("of it: kernels of 30 phones", "whole_phones_mb", "worst", "MB"),
    Row("of it: kernel of the wall", "whole_wall_mb", "worst", "MB"),
    Row("of it: kernel of the cockpit", "whole_cockpit_mb", "worst", "MB"),
    Row("of it: JupyterLab", "whole_lab_mb", "worst", "MB"),
    Row("of it: kernel of notebook 03", "whole_notebook_mb", "worst", "MB"),
    Row("a learner's server with everything open, worst moment, share", "pod_mb", "worst", "MB", 1000),
    Row("of it: Jupyter Server", "pod_server_mb", "worst", "MB"),
    Row("of it: the workshop, with its simulated colleagues", "pod_workshop_mb", "worst", "MB"),
    Row("of it: the kernel of a notebook", "pod_notebook_mb", "worst", "MB"),
    *GROWING_ROWS,
)
# fmt: on
