"""A workshop of simulated colleagues, for who opens a notebook alone."""

from __future__ import annotations

import tempfile
import weakref
from pathlib import Path

from workshopkit import paths
from workshopkit.network.actors import Definition
from workshopkit.room import definitions, simulated
from workshopkit.store import open_store
from workshopkit.store.contract import NewEvent, Store

__all__ = ["demo_workshop", "fill"]


def demo_workshop(lang: str) -> tuple[Store, str]:
    """Make the demo workshop in a store of its own that goes when it is no longer used; gives store and workshop."""
    folder = tempfile.TemporaryDirectory(prefix="workshopkit-", ignore_cleanup_errors=True)
    store = open_store(f"sqlite:///{Path(folder.name) / 'demo.db'}")
    weakref.finalize(store, folder.cleanup)
    payload = definitions.read_file(paths.data() / "demo" / f"{lang}.json")
    made = store.create_workshop(title=payload["title"], lang=lang, definition=payload)
    fill(store, made.id, Definition.read(payload))
    return store, made.id


def fill(store: Store, workshop: str, definition: Definition, *, seed: int = 1) -> None:
    """Let simulated colleagues answer for every seat, all at once."""
    events = [_event(workshop, "facilitator", "act.opened", {"act": "lines"}, "demo-act")]
    for seat in definition.seats:
        who = f"demo-{seat.id}"
        said = [("joined", {"actor": seat.id}), *simulated.answers(definition, seat.id, seed=seed)]
        events += [
            _event(workshop, who, kind, payload, f"{who}-{number}")
            for number, (kind, payload) in enumerate(said)
        ]
    store.append_many(events)


def _event(workshop: str, who: str, kind: str, payload: dict[str, object], id_: str) -> NewEvent:
    return NewEvent(
        id=f"{workshop}-{id_}", workshop=workshop, participant=who, act="lines", kind=kind, payload=payload
    )
