"""A phone's page played through once, before anybody comes: what Python makes at the first call, the kernels then share.

The warm parent calls this before it forks. The interpreter rewrites code as it runs it, and libraries fill their caches;
done here it is done once, and not anew in the private memory of every kernel.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from workshopkit.panels.here import Here
from workshopkit.panels.participant import Participant
from workshopkit.panels.widget import LivePage
from workshopkit.store import open_store

__all__ = ["rehearse"]

_ROUNDS = 3
_TEAMS = ("a", "b", "c")


def rehearse() -> None:
    """Open a store, show a page, take some taps, and leave nothing open."""
    with tempfile.TemporaryDirectory(prefix="wk-", ignore_cleanup_errors=True) as folder:
        store = open_store(str(Path(folder) / "rehearsal.db"))
        try:
            for number in range(_ROUNDS):
                _play(store, number)
        finally:
            store.close()


def _play(store: Any, number: int) -> None:
    actors = [{"id": id_, "label": id_, "kind": "team", "domain": None, "voice": "own"} for id_ in _TEAMS]
    texts = dict.fromkeys(("title", "subject", "period", "promise"), "-")
    made = store.create_workshop(
        title="-", lang="nl", definition={**texts, "lang": "nl", "domains": [], "actors": actors}
    )
    store.append(
        id=f"o{number}",
        workshop=made.id,
        participant="f",
        act=None,
        kind="act.opened",
        payload={"act": "lines"},
    )
    here = Here(store.url, made.id, f"p{number}", "a", "participant", "nl", "http://127.0.0.1/j/A")
    live = Participant(store, here)
    page = LivePage(view="participant", lang="nl", state=live.start())
    live.attach(page)
    page.newest = live.newest
    json.dumps(page.get_state())
    for tap, other in enumerate(_TEAMS[1:]):
        event = {
            "id": f"e{number}{tap}",
            "act": "lines",
            "kind": "told",
            "payload": {"to": other, "answer": "yes"},
        }
        page._handle_custom_msg({"type": "events", "events": [event]}, [])  # noqa: SLF001 - as the kernel hands it on
        live.look()
    page.layout.close()  # else every kernel would hand it to its browser
    page.close()
