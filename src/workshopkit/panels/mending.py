"""What a phone shows of its table in the break-through, in its reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, NamedTuple

from workshopkit.figures import cards as words
from workshopkit.figures import effects
from workshopkit.i18n import N_, Translator, translator
from workshopkit.mending.dots import DOTS, MOST_VOTERS
from workshopkit.mending.table import OWN_CARDS, Move
from workshopkit.network.actors import Definition
from workshopkit.network.steps import EVERY_AUDIENCE, KINDS, NAMES, Step, ends
from workshopkit.room.mending import Mending

__all__ = ["Reader", "in_cockpit", "on_phone", "told"]

Payload = dict[str, Any]
# What was done at a table.
_MOVES = {
    "made": N_("a card of your own"),
    "chosen": N_("chosen"),
    "dropped": N_("taken out"),
    "undone": N_("undone"),
    "redone": N_("done again"),
}


class Reader(NamedTuple):
    """Who is on the map, and in which language it is told."""

    definition: Definition
    lang: str


def on_phone(
    shared: Mapping[str, Any], own: Mapping[str, Any] | None, mending: Mending, seat: str, here: Reader
) -> Payload:
    """Give a table with its cards, its history and what its plan does, in words.

    Parameters
    ----------
    shared, own
        What the snapshot tells of all tables, and of this one.
    mending, seat
        What was done, as far as this phone knows: at its own table.
    here
        Who is on the map, and in which language it is told.
    """
    t = translator(here.lang)
    table = mending.table(seat, tuple(Step(*row) for row in shared["proposed"]))
    known = {name: {Step(*row) for row in shared[name]} for name in ("wishes", "idle")}
    counts = None if shared["dots"] is None else {Step(*row[:3]): row[3] for row in shared["dots"]}
    rows = effects.beside(shared["before"], own["after"] if own else shared["before"])
    over = own["over"] if own else []
    return {
        "budget": table.budget,
        "left": table.left,
        "can": {
            "undo": bool(table.past),
            "redo": bool(table.future),
            "make": len(table.plan.own) < OWN_CARDS,
        },
        "cards": [
            {
                **asdict(step),
                "said": words.said(here.definition, step, t),
                "once": table.prices[step.kind].once,
                "upkeep": table.prices[step.kind].upkeep,
                "hours": table.hours(step),
                "own": step in table.plan.own,
                "wish": step in known["wishes"],
                "chosen": step in table.plan.chosen,
                "aside": step in table.plan.aside,
                "fits": step not in known["idle"],
                "dots": None if counts is None else counts.get(step, 0),
            }
            for step in table.cards
        ],
        "kinds": [
            {"id": kind, "name": t(NAMES[kind]), "ends": ends(kind), "hours": table.prices[kind].hours}
            for kind in KINDS
        ],
        "everybody": EVERY_AUDIENCE,
        "better": [effects.said(row, t) for row in effects.good(rows)],
        "worse": [
            *(effects.said(row, t) for row in effects.bad(rows)),
            *(effects.carries(here.definition.actor(actor).label, lines, t) for actor, lines in over),
        ],
        "history": [told(here.definition, move, t) for move in mending.history(seat)],
        "dots": DOTS,
        "most_voters": MOST_VOTERS,
        "voted": mending.dots.voters(seat),
        "done": seat in mending.dots.done,
    }


def told(definition: Definition, move: Move, t: Translator) -> str:
    """Put what was done at a table into words."""
    done = _MOVES[move.kind]
    return f"{t(done)}: {words.said(definition, move.step, t)}" if move.step else t(done)


def in_cockpit(found: Mapping[str, Any] | None, mending: Mending | None, lang: str) -> Payload | None:
    """Give what who leads can change, with the names of the kinds of step."""
    if found is None or mending is None:
        return None
    t, table = translator(lang), mending.table("", ())
    return {
        **found,
        "budget": table.budget,
        "prices": [{"of": kind, "name": t(NAMES[kind]), **asdict(table.prices[kind])} for kind in KINDS],
        "shown": sorted(mending.shown),
    }
