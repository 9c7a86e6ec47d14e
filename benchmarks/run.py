"""Measure our rooms and stock Voilà on this machine; ``benchmarks/README.md`` says what each figure means."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import signal
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil
from browser import chromium
from plot import plot
from report import Ledger, table
from rows import ROWS
from steps import STEPS, Run
from tornado.httpclient import AsyncHTTPClient

_OUT = Path(__file__).with_name("out")
_PACKAGES = ("workshopkit", "voila", "ipykernel", "ipywidgets", "jupyter-server", "plotly", "pandas")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks/run.py", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="little of everything: 2 rounds, 8 at stock Voilà"
    )
    parser.add_argument(
        "--rounds", type=int, metavar="N", help="rounds of arrivals and page loads (10; quick: 2)"
    )
    parser.add_argument(
        "--only",
        action="append",
        choices=STEPS,
        metavar="NAME",
        help=f"only this, may be repeated: {', '.join(STEPS)}",
    )
    parser.add_argument(
        "--csv", type=Path, metavar="FILE", help="where all samples go (benchmarks/out/TIME.csv)"
    )
    given = parser.parse_args()
    given.rounds = given.rounds or (2 if given.quick else 10)
    given.csv = given.csv or _OUT / f"{time.strftime('%Y%m%d-%H%M%S')}.csv"
    return given


async def _measure(given: argparse.Namespace, ledger: Ledger, folder: Path) -> None:
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    # A room comes all at once: tornado's own limit of 10 requests at a time would make it queue before our door.
    AsyncHTTPClient.configure(None, max_clients=200)
    async with chromium() as browser:
        ledger.about.append(f"Chromium {browser.version}")
        run = Run(given.rounds, given.quick, folder, browser, ledger)
        lost = {}
        for name in given.only or STEPS:
            work, limit_s = STEPS[name]
            began, before = time.monotonic(), psutil.cpu_times()
            try:
                async with asyncio.timeout(limit_s):
                    await work(run)
            except Exception as fault:  # noqa: BLE001 - one measurement that fails must not hide the others
                ledger.faults.append(f"{name} ended early: {fault!r}")
            lost[name] = _taken_away(before, psutil.cpu_times())
            run.say(
                f"{name}: {time.monotonic() - began:.0f} s, {lost[name]:.0f} % of the processor taken away"
            )
        if others := ", ".join(f"{name} {share:.0f} %" for name, share in lost.items() if share >= 1):
            ledger.about.append(f"other machines on the same host took processor time away during: {others}")


def _taken_away(before: Any, after: Any) -> float:
    """Give which part of the processor, in %, a virtual machine did not get although it wanted it."""
    spent = sum(after) - sum(before)
    return 100 * (getattr(after, "steal", 0.0) - getattr(before, "steal", 0.0)) / spent if spent else 0.0


def _machine() -> list[str]:
    busy = psutil.cpu_percent(1)
    memory = psutil.virtual_memory().total / 1e9
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return [
        f"{os.cpu_count()} cores ({busy:.0f} % busy before the run), {memory:.0f} GB, {platform.system()} {platform.release()}",
        f"Python {platform.python_version()}, {packages}",
    ]


def main() -> int:
    given = _options()
    ledger = Ledger(about=_machine())
    code = 0
    with tempfile.TemporaryDirectory(prefix="wk-bench-", ignore_cleanup_errors=True) as folder:
        os.environ["TMPDIR"] = tempfile.tempdir = folder  # whatever is started leaves nothing elsewhere
        try:
            asyncio.run(_measure(given, ledger, Path(folder)))
        except (KeyboardInterrupt, asyncio.CancelledError):
            ledger.faults.append("stopped before the end")
            code = 130
    ledger.write(given.csv)
    text = "\n".join(
        [
            *(f"- {line}" for line in ledger.about),
            "",
            table(ledger, ROWS),
            *(f"\n- not as it should be: {fault}" for fault in ledger.faults),
        ]
    )
    given.csv.with_suffix(".md").write_text(text + "\n", encoding="utf-8")
    if picture := plot(ledger, ROWS):
        given.csv.with_suffix(".svg").write_text(picture, encoding="utf-8")
    print(text)
    print(f"\nAll samples: {given.csv}", file=sys.stderr)
    return code


if __name__ == "__main__":
    raise SystemExit(main())
