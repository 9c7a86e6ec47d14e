"""A workshop of simulated colleagues, for who opens a notebook alone.

What every seat answers lies in ``data/demo``: planted answers, so that there is something to find, and agreements. A
seat that is not in there answers by chance (`workshopkit.room.simulated`).
"""

from __future__ import annotations

import datetime as dt
import json
import random
import tempfile
import weakref
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from workshopkit import paths
from workshopkit.analysis import pairing
from workshopkit.case.load import default
from workshopkit.network.actors import Definition
from workshopkit.network.lines import reconcile
from workshopkit.room import definitions, simulated
from workshopkit.room.events import MARKS, WALKED
from workshopkit.room.fold import Room, fold
from workshopkit.store import open_store
from workshopkit.store.contract import NewEvent, Store

__all__ = ["afternoon", "answers", "colleague", "demo_workshop", "fill"]

Said = tuple[str, dict[str, Any]]
_MARKED, _ENDED = (5, 2, 1), (3, 2, 1)
# Rooms think that more runs straight than does.
_GUESSES = (7, 8, 8, 9, 9, 10)


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
    """Let simulated colleagues answer everything for every seat, all at once."""
    events = [_event(workshop, "facilitator", "lines", ("act.opened", {"act": "lines"}), "demo-act")]
    for seat in definition.seats:
        who = colleague(seat.id)
        said = [
            ("prepare", ("joined", {"actor": seat.id})),
            *(("case", one) for one in _marks(seat.id, seed)),
            *(("lines", one) for one in answers(definition, seat.id, seed=seed)),
            ("silos", ("guessed", {"tenths": _guess(seat.id, seed)})),
        ]
        events += [
            _event(workshop, who, act, one, f"{who}-{number}") for number, (act, one) in enumerate(said)
        ]
    store.append_many(events)
    room = fold(store.events(workshop))
    store.append_many([*_walked(workshop, room, seed), *_agreed(workshop, definition)])


def colleague(seat: str) -> str:
    """Give the participant that answers for a seat."""
    return f"demo-{seat}"


def answers(definition: Definition, seat: str, *, seed: int = 1) -> list[Said]:
    """Give what the colleagues of one seat tap: as it was planted, or by chance where the map is another one."""
    planted = _read("answers")
    if not planted.keys() >= definition.by_id.keys():
        return simulated.answers(definition, seat, seed=seed)
    sheet = planted[seat]
    said: list[Said] = [
        ("told", {"to": to, "answer": "yes", "expected": expected}) for to, expected in sheet["told"].items()
    ]
    said.append(("list.closed", {"list": "told"}))
    for source, told in sheet["heard"].items():
        answer, _, via = told.partition(" ")
        said.append(("heard", {"from": source, "answer": answer, "via": via or None}))
    said.append(("list.closed", {"list": "heard"}))
    if "evidence" in sheet:
        said.append(("evidence", {"of": sheet["evidence"]}))
    return [*said, ("wish", {"from": sheet["wish"]}), ("checked", {})]


def _marks(seat: str, seed: int) -> Iterator[Said]:
    for card in default().core:
        (mark,) = _draw(seed, "mark", seat, card.id).choices(MARKS, _MARKED)
        yield "case.marked", {"card": card.id, "mark": mark}


def _walked(workshop: str, room: Room, seed: int) -> Iterator[NewEvent]:
    """Let those who walked together say how it ended, with one voice."""
    assert room.definition is not None  # noqa: S101 - it was made with its definition
    wishes = {actor: sheet.wish for actor, sheet in room.sheets.items()}
    for pair in pairing.find(room.definition, reconcile(room.definition, room.sheets), wishes):
        (ended,) = _draw(seed, "walk", *pair.members).choices(WALKED, _ENDED)
        for one in pair.members:
            who = colleague(one)
            yield _event(workshop, who, "silos", ("walked", {"answer": ended}), f"{who}-walked")


def afternoon(definition: Definition, seat: str, *, seed: int = 1) -> dict[str, Any]:
    """Give what the colleagues of a seat say in each act, by the names of `workshopkit.bots.afternoon.Part`."""
    (walked,) = _draw(seed, "walk", seat).choices(WALKED, _ENDED)
    answered = {(entry["by"], entry["with"]): entry["answer"] for entry in _read("agreements")}
    return {
        "lines": answers(definition, seat, seed=seed),
        "marks": {payload["card"]: payload["mark"] for _, payload in _marks(seat, seed)},
        "guess": _guess(seat, seed),
        "walked": walked,
        "agreements": [payload for by, payload, _ in _agreements(definition) if by == seat],
        "accept": lambda row: answered.get((row["writer"], row["other"])) or "accepted",
    }


def _guess(seat: str, seed: int) -> int:
    return _draw(seed, "guess", seat).choice(_GUESSES)


def _agreements(definition: Definition) -> Iterator[tuple[str, dict[str, Any], str | None]]:
    """Give who writes an agreement, what stands in it, and what the other end says of it."""
    today = dt.datetime.now(tz=dt.UTC).date()
    seats = {seat.id for seat in definition.seats}
    for entry in _read("agreements"):
        if {entry["by"], entry["with"]} <= seats:
            when = (today + dt.timedelta(days=entry["in_days"])).isoformat()
            payload = {"with": entry["with"], "ours": entry["ours"], "when": when, **entry[definition.lang]}
            yield entry["by"], payload, entry["answer"]


def _agreed(workshop: str, definition: Definition) -> Iterator[NewEvent]:
    """Give the agreements of the demo, each followed by what the other end says of it."""
    for number, (by, payload, answer) in enumerate(_agreements(definition)):
        said: Said = ("agreement.written", payload)
        written = _event(workshop, colleague(by), "agreements", said, f"agreement-{number}")
        yield written
        if answer:
            said = ("agreement.answered", {"agreement": written["id"], "answer": answer})
            yield _event(workshop, colleague(payload["with"]), "agreements", said, f"answer-{number}")


@cache
def _read(name: str) -> Any:
    return json.loads((paths.data() / "demo" / f"{name}.json").read_text(encoding="utf-8"))


def _draw(seed: int, *words: str) -> random.Random:
    return random.Random("/".join((str(seed), *words)))  # noqa: S311 - a simulation, no secrets


def _event(workshop: str, who: str, act: str, said: Said, id_: str) -> NewEvent:
    kind, payload = said
    return NewEvent(
        id=f"{workshop}-{id_}", workshop=workshop, participant=who, act=act, kind=kind, payload=payload
    )
