"""``workshopkit support``: one file for who helps, with what happened and nothing of what was said."""

from __future__ import annotations

import datetime as dt
import json
import platform
import re
import sys
import urllib.request
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from importlib import metadata
from pathlib import Path
from typing import Any

import click

from workshopkit import __version__, log
from workshopkit.cli import check, number_option, store_option, terminal
from workshopkit.errors import StoreError, UsageError, WorkshopkitError
from workshopkit.i18n import N_, Translator, translator
from workshopkit.kernels import can_fork
from workshopkit.store import Store, open_store, path_of

__all__ = ["command", "content"]

_PARTS = [
    "voila",
    "jupyterlab",
    "jupyter_server",
    "jupyter_client",
    "ipykernel",
    "ipywidgets",
    "anywidget",
    "tornado",
    "pyzmq",
    "sqlalchemy",
    "pandas",
    "scipy",
    "plotly",
]
_HEALTH = frozenset(
    [
        "version",
        "schema",
        "kernels",
        "spare",
        "failed_starts",
        "analyst_lag",
        "analyst_seen",
        "analyst_works",
        "last_backup",
        "workshops_open",
    ]
)
_KIND = re.compile(r"[a-z.]{1,40}\Z")
# Of a traceback, where it was and what kind of fault; its sentence may hold what somebody typed.
_WHERE = re.compile(r'\s+File ".*?([\w.-]+[/\\][\w.-]+\.py)", line (\d+), in ([\w<>.]+)')
_WHAT = re.compile(
    r"((?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Warning|Exit|Interrupt|Timeout|Died))(?::|$)"
)
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def command(lang: str) -> click.Command:
    """Make the command."""
    t = translator(lang)

    def run(db: str, port: int, to: Path | None) -> None:
        today = dt.datetime.now().astimezone()
        target = to or Path(f"workshopkit-support-{today:%Y%m%d-%H%M%S}.zip")
        if target.is_dir():
            target /= f"workshopkit-support-{today:%Y%m%d-%H%M%S}.zip"
        if target.exists():
            raise UsageError(N_("{file} is there already. Choose another name with --to."), file=target)
        with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED) as file:
            for name, text in content(t, db, port):
                file.writestr(name, text)
        click.echo(t("Written: {file}.", file=terminal.one_line(str(target))))
        click.echo(
            t(
                "It has the log, versions, what check says, and counts. No codes, no answers, no names. Look into it "
                "before you send it."
            )
        )

    return click.Command(
        "support",
        callback=run,
        help=t(
            "Writes one file for who helps you: log, versions, check and counts; no codes and no answers."
        ),
        params=[
            store_option.option(t),
            number_option.port(t),
            click.Option(
                ["--to"],
                type=click.Path(path_type=Path),
                metavar=t("FILE"),
                help=t("Where to write it; here when left out."),
            ),
        ],
    )


def content(t: Translator, db: str, port: int) -> Iterator[tuple[str, str]]:
    """Give what goes into the file: name and text of each part."""
    path = path_of(db)
    yield "versions.json", _json(_versions())
    yield (
        "check.txt",
        "".join(f"{'+' if good else '!'} {sentence}\n" for good, sentence in check.findings(t, port)),
    )
    yield "counts.json", _json(_counts(db))
    yield "health.json", _json(_health(port))
    for name, text in log.lines(log.folder(path)):
        yield f"log/{name}", text
    yield "log/faults.txt", _faults(path.with_suffix(".log"))


def _json(found: Any) -> str:
    return json.dumps(found, indent=1, sort_keys=True) + "\n"


def _versions() -> dict[str, Any]:
    found: dict[str, Any] = {
        "workshopkit": __version__,
        "python": platform.python_version(),
        "system": platform.system(),
        "release": platform.release(),
        "machine": platform.machine(),
        "fork": can_fork(),
        "encoding": sys.stdout.encoding or "",
    }
    for name in _PARTS:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = None
    return found


def _counts(db: str) -> dict[str, Any]:
    """Count what is in the store: workshops by their number in the row, not by what they are called."""
    try:
        store = open_store(db, create=False)
    except StoreError as fault:
        return {"fault": type(fault).__name__}
    with closing(store):
        try:
            return {
                "schema": store.meta("schema"),
                "bytes": path_of(db).stat().st_size,
                "last_backup": store.meta("last_backup"),
                "analyst_lag": store.meta("analyst_lag"),
                "workshops": [
                    _of(store, one.id, one.lang, closed=one.closed is not None) for one in store.workshops()
                ],
            }
        except WorkshopkitError as fault:
            return {"fault": type(fault).__name__}


def _of(store: Store, id: str, lang: str, *, closed: bool) -> dict[str, Any]:
    events = store.events(id)
    kinds = Counter(event.kind for event in events if _KIND.match(event.kind))
    return {
        "lang": lang,
        "closed": closed,
        "participants": len({event.participant for event in events}),
        "events": dict(kinds),
        "last_seq": events[-1].seq if events else 0,
        "snapshots": {
            kind: found.seq
            for kind in ("phones", "wall", "cockpit")
            if (found := store.snapshot(id, kind)) is not None
        },
    }


def _health(port: int) -> dict[str, Any]:
    """Ask the room that runs here, if any; of what answers only our own numbers are taken."""
    try:
        with _direct.open(f"http://127.0.0.1:{port}/healthz", timeout=2) as reply:
            found = json.load(reply)
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        name: found[name]
        for name in sorted(_HEALTH & found.keys())
        if not isinstance(found[name], dict | list)
    }


def _faults(path: Path) -> str:
    """Give of the processes' own output which faults there were, and where in the programs."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    kept = []
    for line in text.splitlines():
        if found := _WHERE.match(line):
            kept.append(f"  {found[1]}:{found[2]} {found[3]}")
        elif line.startswith("Traceback"):
            kept.append("Traceback")
        elif found := _WHAT.match(line):
            kept.append(found[1])
    return "".join(f"{line}\n" for line in kept[-2000:])
