"""The tables of the break-through on the room's own map: their cards, and what their plans do to it.

The map, and with it the six cards that the kit proposes, are those of the moment at which the break-through was opened, as
far as they may be told: what a table has chosen does not change under its hands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workshopkit.analysis import load, plans
from workshopkit.analysis.breakthrough import Outcome, applied, changes, outcome
from workshopkit.analysis.stability import Stability
from workshopkit.figures import cards as words
from workshopkit.figures import effects
from workshopkit.i18n import LANGUAGES, translator
from workshopkit.mending.table import PROPOSED, Table
from workshopkit.network.network import Network
from workshopkit.network.steps import Step
from workshopkit.room.fold import Room
from workshopkit.room.release import released

__all__ = ["Bench", "cockpit", "in_words", "phones", "proposed", "scene"]

Payload = dict[str, Any]
Steps = tuple[Step, ...]


@dataclass(frozen=True)
class Bench:
    """The break-through as it is now.

    Parameters
    ----------
    seq, withdrawn
        When it was opened, and who had left by now: without them the map may be another.
    net
        The map that is mended.
    proposed
        The cards that the kit proposes.
    wished
        By actor, from whom it would have liked to hear.
    tables
        By seat that has one, its table.
    outcomes
        What plans come to, by their steps: the same plan is worked out once.
    known
        All plans within some hours, the best first, and how stable that one is: as `room.could` keeps it.
    """

    seq: int
    withdrawn: frozenset[str]
    net: Network
    proposed: Steps
    wished: Mapping[str, str | None]
    tables: Mapping[str, Table] = field(default_factory=dict)
    outcomes: dict[frozenset[Step], Outcome] = field(default_factory=dict, compare=False)
    known: dict[tuple[Steps, ...], tuple[list[Steps], Stability]] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, room: Room, before: Bench | None = None) -> Bench | None:
        """Look at the tables of a room; the map of before is kept where it is the same one."""
        mending, definition = room.mending, room.definition
        if mending is None or definition is None:
            return None
        same = before is not None and (before.seq, before.withdrawn) == (mending.seq, room.withdrawn)
        if before is not None and same and before.net.actors == tuple(one.id for one in definition.actors):
            net, proposed, wished = before.net, before.proposed, before.wished
            outcomes, known = before.outcomes, before.known
        else:
            then = released(room, until=mending.seq)
            net, wished, outcomes, known = Network.from_lines(definition, then.lines), then.wishes, {}, {}
            proposed = plans.proposals(net, wished, count=PROPOSED)
        held = mending.held(room.seats)
        tables = {seat.id: mending.table(seat.id, proposed) for seat in definition.seats if seat.id in held}
        return cls(mending.seq, room.withdrawn, net, proposed, wished, tables, outcomes, known)

    @property
    def before(self) -> Outcome:
        """Give what the map comes to as it is."""
        return self.after(())

    def after(self, steps: Steps) -> Outcome:
        """Give what the map comes to with steps; a place can carry what it could at the start."""
        key = frozenset(steps)
        if key not in self.outcomes:
            capacity = load.capacity(load.find(self.net), self.net.capacities)
            self.outcomes[key] = outcome(applied(self.net, steps), capacity=capacity)
        return self.outcomes[key]

    def is_wish(self, step: Step) -> bool:
        """Tell whether somebody wished for this line in act 02."""
        return self.wished.get(step.target) == step.source

    def counts(self, room: Room) -> Mapping[Step, int] | None:
        """Count the dots on cards that lie on a table; None while they are hidden."""
        assert room.mending is not None  # noqa: S101 - a bench is of an opened break-through
        found = room.mending.dots.counted(self.tables.keys(), shown="dots" in room.mending.shown)
        known = {step for table in self.tables.values() for step in table.cards}
        return None if found is None else {step: dots for step, dots in found.items() if step in known}


def proposed(room: Room) -> Steps:
    """Give the cards that the kit proposes: of the break-through, before it is opened of the map as it is now."""
    bench = Bench.of(room)
    if bench is not None:
        return bench.proposed
    assert room.definition is not None  # noqa: S101 - a workshop begins with its definition
    now = released(room)
    return plans.proposals(Network.from_lines(room.definition, now.lines), now.wishes, count=PROPOSED)


def phones(room: Room, bench: Bench | None) -> tuple[Payload | None, dict[str, Payload]]:
    """Give what all tables have in common, and by seat what its plan does to the map.

    What was done at a table its phones know themselves; what it does to the map only the analyst can tell. A table whose
    plan changes nothing has no part.
    """
    if bench is None:
        return None, {}
    counts = bench.counts(room)
    cards = dict.fromkeys(step for table in bench.tables.values() for step in table.cards)
    shared = {
        "proposed": [_row(step) for step in bench.proposed],
        "wishes": [_row(step) for step in cards if bench.is_wish(step)],
        "idle": [_row(step) for step in cards if not changes(bench.net, step)],
        "before": _numbers(bench.before, bench.before),
        "dots": None if counts is None else [[*_row(step), number] for step, number in counts.items()],
    }
    seats = {}
    for seat, table in bench.tables.items():
        after = bench.after(table.plan.chosen)
        if after != bench.before:
            seats[seat] = {
                "after": _numbers(bench.before, after),
                "over": [list(one) for one in effects.heavier(bench.before, after)],
            }
    return shared, seats


def _row(step: Step) -> list[str]:
    return [step.kind, step.source, step.target]


def _numbers(before: Outcome, after: Outcome) -> list[int | None]:
    return [effect.now for effect in effects.compare(before, after)]


def cockpit(room: Room, bench: Bench | None) -> Payload | None:
    """Give how many tables there are, and how many have given their dots."""
    if bench is None or room.mending is None:
        return None
    return {"tables": len(bench.tables), "done": len(room.mending.dots.done & bench.tables.keys())}


def scene(room: Room, bench: Bench | None) -> Payload:
    """Give what the big screen shows: what every table spends and reaches; dots once they may be seen."""
    if bench is None or room.mending is None or room.definition is None:
        return {}
    labels = {seat.id: seat.label for seat in room.definition.seats}
    counts = bench.counts(room)
    found: Payload = {
        "kind": "mend",
        "before": bench.before.within_two,
        "pairs": bench.before.pairs,
        "tables": [
            {
                "label": labels[seat],
                "budget": table.budget,
                "spent": table.spent,
                "reached": bench.after(table.plan.chosen).within_two,
                "worse": sum(one.gain < 0 for one in effects.compare(bench.before, bench.after(table.plan.chosen))),
                "done": seat in room.mending.dots.done,
            }
            for seat, table in bench.tables.items()
        ],
    }  # fmt: skip
    if counts is not None:
        found["dots"] = [{"said": in_words(room, step), "dots": number} for step, number in counts.items()]
    return found


def in_words(room: Room, step: Step) -> dict[str, str]:
    """Put a step into words, by language."""
    assert room.definition is not None  # noqa: S101 - `scene` looked
    return {lang: words.said(room.definition, step, translator(lang)) for lang in LANGUAGES}
