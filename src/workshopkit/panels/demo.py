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
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

from workshopkit import paths
from workshopkit.analysis import pairing
from workshopkit.case.load import default
from workshopkit.mending.dots import DOTS
from workshopkit.mending.table import Table
from workshopkit.network.actors import Definition
from workshopkit.network.lines import reconcile
from workshopkit.network.steps import Step
from workshopkit.room import definitions, simulated
from workshopkit.room.events import MARKS, WALKED
from workshopkit.room.fold import Room, fold
from workshopkit.room.tables import proposed
from workshopkit.store import open_store
from workshopkit.store.contract import NewEvent, Store

__all__ = ["afternoon", "answers", "colleague", "definition_file", "demo_workshop", "fill", "mend"]

Said = tuple[str, dict[str, Any]]
Card = TypeVar("Card")
_MARKED, _ENDED = (5, 2, 1), (3, 2, 1)
# Rooms think that more runs straight than does.
_GUESSES = (7, 8, 8, 9, 9, 10)
# Who sits at a table in the break-through.
_PEOPLE = 3
# What they keep of a message, and how many type it, or tell that it was they.
_KEEPS, _TYPES, _NAMED = 0.8, 0.3, 0.6


def definition_file(lang: str, *, anonymous: bool = False) -> Path:
    """Give the file that defines the demo workshop: of teams, or of groups in which everybody answers alone."""
    return paths.data() / "demo" / f"{'anonymous-' if anonymous else ''}{lang}.json"


def demo_workshop(lang: str, *, anonymous: bool = False) -> tuple[Store, str]:
    """Make the demo workshop in a store of its own that goes when it is no longer used; gives store and workshop."""
    folder = tempfile.TemporaryDirectory(prefix="workshopkit-", ignore_cleanup_errors=True)
    store = open_store(f"sqlite:///{Path(folder.name) / 'demo.db'}")
    weakref.finalize(store, folder.cleanup)
    payload = definitions.read_file(definition_file(lang, anonymous=anonymous))
    made = store.create_workshop(title=payload["title"], lang=lang, definition=payload)
    fill(store, made.id, Definition.read(payload))
    return store, made.id


def fill(store: Store, workshop: str, definition: Definition, *, seed: int = 1) -> None:
    """Let simulated colleagues answer everything for every seat, all at once."""
    if definition.anonymous:
        store.append_many([*_all_alone(workshop, definition, seed)])
        store.append_many([*_agreed(workshop, definition)])
        return
    events = [_event(workshop, "facilitator", "lines", ("act.opened", {"act": "lines"}), "demo-act")]
    for seat in definition.seats:
        who = colleague(seat.id)
        said = [
            ("prepare", ("joined", {"actor": seat.id})),
            *(("case", one) for one in _marks(seat.id, seed)),
            *(("case", one) for one in _examples(seat.id, definition.lang)),
            *(("lines", one) for one in answers(definition, seat.id, seed=seed)),
            ("silos", ("guessed", {"tenths": _guess(seat.id, seed)})),
        ]
        events += [
            _event(workshop, who, act, one, f"{who}-{number}") for number, (act, one) in enumerate(said)
        ]
    store.append_many(events)
    room = fold(store.events(workshop))
    store.append_many([*_walked(workshop, room, seed), *_agreed(workshop, definition)])


def mend(store: Store, workshop: str, *, seed: int = 1) -> None:
    """Let simulated colleagues play the break-through, of teams: a plan a table, the cut, and dots."""
    opened: Said = ("act.opened", {"act": "breakthrough", "part": "choose"})
    store.append(**_event(workshop, "facilitator", "breakthrough", opened, "demo-breakthrough"))
    room = fold(store.events(workshop))
    assert room.definition is not None  # noqa: S101 - it was made with its definition
    cards = proposed(room)
    parts: tuple[list[NewEvent], list[NewEvent]] = ([], [])
    for seat in room.definition.seats:
        who = colleague(seat.id)
        for now, said in enumerate(_at_a_table(cards, seat.id, seed)):
            parts[now].extend(
                _event(workshop, who, "breakthrough", one, f"{who}-mend-{now}-{number}")
                for number, one in enumerate(said)
            )
    opened = ("act.opened", {"act": "breakthrough", "part": "cut"})
    cut = _event(workshop, "facilitator", "breakthrough", opened, "demo-cut")
    store.append_many([*parts[0], cut, *parts[1]])


def _at_a_table(cards: Sequence[Step], seat: str, seed: int) -> tuple[list[Said], list[Said]]:
    """Give what a table does before the cut and after it."""
    table = Table(tuple(cards))
    parts: tuple[list[Said], list[Said]] = ([], [])
    for now, said in enumerate(parts):
        table = table.cut() if now else table
        while some := [
            card for card in cards if card not in table.plan.chosen and table.hours(card) <= table.left
        ]:
            card = _takes(seed, seat, f"plan {now} {table.left}", some)
            table = table.choose(card)
            said.append(("mend.chosen", {"step": asdict(card)}))
    if not cards:
        return parts
    for person in range(1, _PEOPLE + 1):
        steps = [asdict(_takes(seed, seat, f"dot {person} {dot}", cards)) for dot in range(DOTS)]
        parts[1].append(("mend.given", {"person": person, "steps": steps}))
    parts[1].append(("mend.finished", {}))
    return parts


def _takes(seed: int, seat: str, word: str, some: Sequence[Card]) -> Card:
    return _draw(seed, "mend", seat, word).choice(some)


def _all_alone(workshop: str, definition: Definition, seed: int) -> Iterator[NewEvent]:
    """Let everybody answer alone, with the moments that close what was asked."""
    people = [(seat.id, number) for seat in definition.seats for number in range(seat.people or 0)]

    def said(kinds: Iterable[str] | None, act: str) -> Iterator[NewEvent]:
        for seat, number in people:
            who = colleague(seat, number)
            told = [("joined", {"actor": seat})] if kinds is None else _alone(definition, seat, number, seed)
            for place, one in enumerate(told):
                if kinds is None or one[0] in kinds:
                    yield _event(workshop, who, act, one, f"{who}-{act}-{place}")

    moments: tuple[tuple[str, str, set[str] | None], ...] = (
        ("prepare", "join", None),
        ("case", "marks", {"case.marked"}),
        ("lines", "questions", {"told", "heard", "wish", "list.closed", "checked"}),
        ("silos", "guess", {"guessed"}),
        ("silos", "walk", {"walked"}),
        ("report", "close", set()),
    )
    for act, part, kinds in moments:
        opened: Said = ("act.opened", {"act": act, "part": part})
        yield _event(workshop, "facilitator", act, opened, f"demo-{act}-{part}")
        yield from said(kinds, act)


def _alone(definition: Definition, seat: str, number: int, seed: int) -> list[Said]:
    """Give all that one of a group says, as it was planted: so many of the group say each thing, not always the same."""
    planted, people = _read("anonymous"), definition.actor(seat).people or 0

    def rank(*words: str) -> int:
        order = list(range(people))
        _draw(seed, seat, *words).shuffle(order)
        return order[number] * 8 // people

    said: list[Said] = [
        ("told", {"to": to, "answer": "yes", "expected": "doubt" if rank("doubt", to) < 2 else "yes"})  # noqa: PLR2004
        for to, count in planted["told"][seat].items()
        if rank("told", to) < count
    ]
    said.append(("list.closed", {"list": "told"}))
    for source, (yes, partly, via, way) in planted["heard"][seat].items():
        place = rank("heard", source)
        answer = (
            "yes"
            if place < yes
            else "partly"
            if place < yes + partly
            else "via"
            if place < yes + partly + via
            else "no"
        )
        if answer != "no":
            said.append(
                ("heard", {"from": source, "answer": answer, "via": way if answer == "via" else None})
            )
    wished, count = planted["wish"][seat]
    said += [
        ("list.closed", {"list": "heard"}),
        ("wish", {"from": wished if rank("wish") < count else None}),
        ("checked", {}),
        ("guessed", {"tenths": _guess(f"{seat}-{number}", seed)}),
        ("walked", {"answer": WALKED[rank("walked") % len(WALKED)]}),
    ]
    for card, ours in zip(default().core, planted["ours"][seat], strict=True):
        place = rank("mark", card.id)
        mark = "ours" if place < ours else MARKS[1 + place % 2]
        said.append(("case.marked", {"card": card.id, "mark": mark}))
    return said


def colleague(seat: str, number: int = 0) -> str:
    """Give the participant that answers for a seat; in anonymous mode one of several."""
    return f"demo-{seat}-{number}" if number else f"demo-{seat}"


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


def _examples(seat: str, lang: str) -> Iterator[Said]:
    for card, texts in _read("examples").get(seat, {}).items():
        yield "case.example", {"card": card, "text": texts[lang]}


def _walked(workshop: str, room: Room, seed: int) -> Iterator[NewEvent]:
    """Let those who walked together say how it ended, with one voice."""
    assert room.definition is not None  # noqa: S101 - it was made with its definition
    wishes = {actor: sheet.wish for actor, sheet in room.sheets.items()}
    for pair in pairing.find(room.definition, reconcile(room.definition, room.sheets), wishes):
        (ended,) = _draw(seed, "walk", *pair.members).choices(WALKED, _ENDED)
        for one in pair.members:
            who = colleague(one)
            yield _event(workshop, who, "silos", ("walked", {"answer": ended}), f"{who}-walked")


def afternoon(definition: Definition, seat: str, *, number: int = 0, seed: int = 1) -> dict[str, Any]:
    """Give what the colleagues of a seat say in each act, by the names of `workshopkit.bots.afternoon.Part`.

    Parameters
    ----------
    definition, seat, seed
        Whose answers.
    number
        Which of its people, where everybody answers alone.
    """
    if definition.anonymous:
        said = _alone(definition, seat, number, seed)
        of_lines = {"told", "heard", "wish", "list.closed", "checked"}
        return {
            "lines": [one for one in said if one[0] in of_lines],
            "marks": {payload["card"]: payload["mark"] for kind, payload in said if kind == "case.marked"},
            "guess": next(payload["tenths"] for kind, payload in said if kind == "guessed"),
            "walked": next(payload["answer"] for kind, payload in said if kind == "walked"),
        }
    (walked,) = _draw(seed, "walk", seat).choices(WALKED, _ENDED)
    answered = {(entry["by"], entry["with"]): entry["answer"] for entry in _read("agreements")}
    return {
        "lines": answers(definition, seat, seed=seed),
        "marks": {payload["card"]: payload["mark"] for _, payload in _marks(seat, seed)},
        "examples": {payload["card"]: payload["text"] for _, payload in _examples(seat, definition.lang)},
        "guess": _guess(seat, seed),
        "walked": walked,
        "tells": lambda facts: [fact for fact in facts if _draw(seed, "tell", seat, fact).random() < _KEEPS],
        "types": _draw(seed, "type", seat).random() < _TYPES,
        "is_named": _draw(seed, "named", seat).random() < _NAMED,
        "takes": partial(_takes, seed, seat),
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
            payload = {
                "with": entry["with"],
                "ours": entry["ours"],
                "when": when,
                "cites": entry["cites"],
                **entry[definition.lang],
            }
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
