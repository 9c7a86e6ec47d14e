"""What the facilitator may say, and in which form it is stored.

Nobody else can: `workshopkit.room.events` looks at who speaks before it comes here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from workshopkit.case.model import Case
from workshopkit.errors import RefusedEvent
from workshopkit.i18n import N_
from workshopkit.network.actors import Definition
from workshopkit.room import kept, mending_rules, relay_rules
from workshopkit.room.checks import UNREADABLE, Payload, Rule, actor_of, check_id, nothing, one_of
from workshopkit.room.program import ACTS, DROPPABLE, LENGTHS, Program

__all__ = ["FACILITATOR_KINDS", "FOLLOWED_AFTER", "MAX_NOTE", "OF_THE_CASE", "PRIVATE_KINDS", "RULES"]

MAX_TIMER_S = 24 * 3600
MAX_FILE_NAME = 120
MAX_PICKS = 2
# After so many days it is asked how the agreements went.
FOLLOWED_AFTER = (30, 90)
MAX_NOTE = 2000
# No moment has more sentences than this.
MAX_SENTENCES = 20
# What the facilitator alone reads: no other page even folds it.
PRIVATE_KINDS = frozenset({"note.written"})


def _act(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    return {"act": one_of(payload.get("act"), ACTS)}


def _opened(payload: Payload, case: Case) -> Payload:
    act = one_of(payload.get("act"), ACTS)
    parts = _parts_of(act, case)
    part, sentence = payload.get("part"), payload.get("sentence") or 0
    found = {"act": act, "part": parts[0] if part is None else one_of(part, parts)}
    return {**found, "sentence": one_of(sentence, tuple(range(MAX_SENTENCES)))} if sentence else found


def _parts_of(act: str, case: Case) -> tuple[str, ...]:
    return Program(LENGTHS[0], tuple(item.id for item in case.core)).parts_of(act)


def _dropped(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    return {
        "block": one_of(payload.get("block"), DROPPABLE),
        "dropped": one_of(payload.get("dropped", True), (True, False)),
    }


def _agreement_hidden(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    return {
        "agreement": check_id(payload.get("agreement")),
        "hidden": one_of(payload.get("hidden"), (True, False)),
    }


def _example_shown(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    return {
        "example": check_id(payload.get("example")),
        "shown": one_of(payload.get("shown"), (True, False)),
    }


def _sponsor(payload: Payload, definition: Definition, _own: str | None) -> Payload:
    """Take the place whose lines are shown before those of all; None takes it back."""
    chosen = payload.get("actor")
    return {"actor": None if chosen is None else actor_of(chosen, definition, None)}


def _shown(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    return {"shown": one_of(payload.get("shown"), (True, False))}


def _kept(payload: Payload, definition: Definition, _own: str | None) -> Payload:
    """Take the released table of an anonymous workshop that is restored."""
    found = kept.valid(payload, definition) if definition.anonymous else None
    if found is None:
        raise RefusedEvent(UNREADABLE)
    return found


def _drawn(payload: Payload, definition: Definition, _own: str | None) -> Payload:
    """Take how the facilitator or the learner thinks it runs; it counts nowhere on the map."""
    given = payload.get("lines")
    if not isinstance(given, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in given):  # noqa: PLR2004
        raise RefusedEvent(UNREADABLE)
    pairs = [
        (actor_of(source, definition, None), actor_of(target, definition, source)) for source, target in given
    ]
    return {"lines": [list(pair) for pair in dict.fromkeys(pairs)]}


def _picked(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    """Take the findings that are picked now; there may be none."""
    given = payload.get("findings")
    if not isinstance(given, list):
        raise RefusedEvent(UNREADABLE)
    chosen = list(dict.fromkeys(map(check_id, given)))
    if len(chosen) > MAX_PICKS:
        raise RefusedEvent(N_("Choose at most {limit} findings."), limit=MAX_PICKS)
    return {"findings": chosen}


def _imported(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    """Take which batch of answers was read out of which file."""
    file, lines = payload.get("file"), payload.get("lines")
    if not isinstance(file, str) or not isinstance(lines, int) or isinstance(lines, bool) or lines < 0:
        raise RefusedEvent(UNREADABLE)
    return {"batch": check_id(payload.get("batch")), "file": file[:MAX_FILE_NAME], "lines": lines}


def _timer(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    seconds = payload.get("seconds")
    if seconds is None:
        return {"seconds": None}
    number = isinstance(seconds, int | float) and not isinstance(seconds, bool) and math.isfinite(seconds)
    if not number or not 0 < seconds <= MAX_TIMER_S:
        raise RefusedEvent(N_("Set the timer to more than nothing and at most a day."))
    return {"seconds": seconds}


def _locked(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    return {"locked": one_of(payload.get("locked"), (True, False))}


def _merged(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    """Take the agreement that says the same as another one; None sets it apart again."""
    one, into = check_id(payload.get("agreement")), payload.get("into")
    if into is not None and check_id(into) == one:
        raise RefusedEvent(UNREADABLE)
    return {"agreement": one, "into": into}


def _followed(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    """Take what a team answered after so many days; None takes it back."""
    return {
        "agreement": check_id(payload.get("agreement")),
        "days": one_of(payload.get("days"), FOLLOWED_AFTER),
        "asked": one_of(payload.get("asked"), ("done", "arrived")),
        "answer": one_of(payload.get("answer"), ("yes", "partly", "no", None)),
    }


def _note(payload: Payload, case: Case) -> Payload:
    """Take what the facilitator notes at a moment; an empty text takes the note away."""
    text, act, part = payload.get("text"), payload.get("act"), payload.get("part")
    if not isinstance(text, str):
        raise RefusedEvent(UNREADABLE)
    if len(text) > MAX_NOTE:
        raise RefusedEvent(N_("This is too long: at most {limit} characters fit."), limit=MAX_NOTE)
    if act is not None:
        one_of(part, _parts_of(one_of(act, ACTS), case))
    return {"act": act, "part": part if act is not None else None, "text": text.strip()}


RULES: Mapping[str, Rule] = {
    **mending_rules.LEADING,
    **relay_rules.LEADING,
    "act.closed": _act,
    "agreement.followed": _followed,
    "agreement.hidden": _agreement_hidden,
    "agreement.merged": _merged,
    "block.dropped": _dropped,
    "example.shown": _example_shown,
    "findings.picked": _picked,
    "lines.imported": _imported,
    "map.drawn": _drawn,
    "map.shown": _shown,
    "marks.shown": _shown,
    "release.kept": _kept,
    "room.called": nothing,
    "room.locked": _locked,
    "sponsor.chosen": _sponsor,
    "timer.set": _timer,
    "workshop.closed": nothing,
    "workshop.defined": nothing,
}
# What depends on the case that is read.
OF_THE_CASE: Mapping[str, Callable[[Payload, Case], Payload]] = {
    "act.opened": _opened,
    "note.written": _note,
}
FACILITATOR_KINDS = frozenset({*RULES, *OF_THE_CASE})
