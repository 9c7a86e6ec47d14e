"""What may be said in a workshop, by whom, and in which form.

Whatever comes from a browser passes here, on its way in and not on replay. A payload that passes is rebuilt from the
fields that its kind knows: nothing else reaches the store. A participant speaks for its own seat only, since no payload
names the speaker.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from workshopkit.case import load
from workshopkit.case.model import Case
from workshopkit.errors import RefusedEvent
from workshopkit.i18n import N_
from workshopkit.network.actors import Definition
from workshopkit.room import definitions
from workshopkit.room.agreements import written
from workshopkit.room.program import ACTS, DROPPABLE, LENGTHS, Program

__all__ = [
    "ANSWERABLE",
    "ANSWER_KINDS",
    "EVIDENCE",
    "FACILITATOR_KINDS",
    "MARKS",
    "MAX_CHARACTERS",
    "MAX_CITES",
    "MAX_EXAMPLE",
    "PARTICIPANT_KINDS",
    "WAYS",
    "check_id",
    "validate",
]

WAYS = ("press", "grapevine", "unknown")
LISTS = ("told", "heard")
MAX_CHARACTERS = 10_000
MAX_TIMER_S = 24 * 3600
MAX_EXAMPLE = 140
MAX_CITES = 3
# No moment has more sentences than this.
MAX_SENTENCES = 20
MARKS = ("ours", "not_ours", "unknown")
WALKED = ("agreed", "later", "map_wrong")
# How those who speak for an audience know what reached it.
EVIDENCE = ("reports", "calls", "figures", "feeling")
_LINES = ("told", "heard", "list.closed", "list.reopened", "evidence", "wish", "checked", "chosen")
# In which acts, and in which parts of them where not in all, a kind of answer may be given.
ANSWERABLE: Mapping[str, Mapping[str, tuple[str, ...] | None]] = {
    **{kind: {"lines": None, "silos": ("own", "guess", "walk", "break")} for kind in _LINES},
    "case.example": {"case": None},
    "case.marked": {"case": None},
    "guessed": {"silos": ("own", "guess")},
    "walked": {"silos": ("walk", "break")},
    "agreement.written": {"agreements": None},
    "agreement.dropped": {"agreements": None, "report": None},
    "agreement.answered": {"agreements": None, "report": None},
}
ANSWER_KINDS = frozenset(ANSWERABLE)
PARTICIPANT_KINDS = ANSWER_KINDS | {"joined", "withdrawn"}
FACILITATOR_KINDS = frozenset(
    {
        "act.closed",
        "act.opened",
        "agreement.hidden",
        "block.dropped",
        "example.shown",
        "map.drawn",
        "map.shown",
        "marks.shown",
        "sponsor.chosen",
        "timer.set",
        "workshop.closed",
        "workshop.defined",
    }
)

_UNREADABLE = N_("This answer could not be read. Reload the page and answer again.")
_ID = re.compile(r"[A-Za-z0-9_.:-]{1,80}\Z")
Payload = dict[str, Any]


def check_id(value: object) -> str:
    """Give an event's id if it has the form of one."""
    if isinstance(value, str) and _ID.match(value):
        return value
    raise RefusedEvent(_UNREADABLE)


def validate(
    kind: object,
    payload: object,
    definition: Definition | None,
    role: str,
    actor: str | None,
    *,
    case: Case | None = None,
) -> Payload:
    """Give the payload as it may be stored.

    Parameters
    ----------
    kind, payload
        As the browser sent them: anything.
    definition
        The workshop's; None only before it is defined.
    role, actor
        Who speaks: ``"participant"`` for an actor, or ``"facilitator"``.
    case
        The case that the workshop reads; the one that the kit has when left out.

    Raises
    ------
    RefusedEvent
        With a sentence for the one who sent it.
    """
    if not isinstance(kind, str) or not isinstance(payload, dict):
        raise RefusedEvent(_UNREADABLE)
    _check_size(payload, facilitator=role == "facilitator")
    if kind in FACILITATOR_KINDS and role != "facilitator":
        raise RefusedEvent(N_("Only the facilitator can do that."))
    if kind in PARTICIPANT_KINDS and role != "participant":
        raise RefusedEvent(N_("Only a team can answer this."))
    rule, of_case = _RULES.get(kind), _OF_THE_CASE.get(kind)
    if rule is None and of_case is None:
        raise RefusedEvent(_UNREADABLE)
    if kind == "workshop.defined":
        return definitions.check(payload)
    if definition is None:
        raise RefusedEvent(N_("This workshop has not been prepared yet. Ask the facilitator."))
    if role == "participant" and (actor not in definition.by_id or not definition.actor(actor).has_voice):
        raise RefusedEvent(N_("Your team is no longer on the map. Ask the facilitator."))
    case = case or load.default()
    if of_case is not None:
        return of_case(payload, case)
    assert rule is not None  # noqa: S101 - one of the two was found
    found = rule(payload, definition, actor)
    return {**found, "cites": _cites(payload, case)} if kind == "agreement.written" else found


def _check_size(payload: Payload, *, facilitator: bool) -> None:
    try:
        size = len(json.dumps(payload, allow_nan=False))
        json.dumps(payload, ensure_ascii=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise RefusedEvent(_UNREADABLE) from error
    # A definition names everybody on the map; nothing else comes near this.
    limit = MAX_CHARACTERS * (10 if facilitator else 1)
    if size > limit:
        raise RefusedEvent(N_("This is too long: at most {limit} characters fit."), limit=limit)


def _actor(value: object, definition: Definition, own: str | None) -> str:
    if not isinstance(value, str):
        raise RefusedEvent(_UNREADABLE)
    if value not in definition.by_id:
        raise RefusedEvent(N_("There is no “{name}” on this map. Reload the page."), name=value[:40])
    if value == own:
        raise RefusedEvent(N_("This is your own team: choose another one."))
    return value


def _one_of(value: object, known: tuple[object, ...]) -> Any:
    # A list is no key and True equals 1: both would slip through a plain "in".
    if any(value is one or (isinstance(value, str) and value == one) for one in known):
        return value
    raise RefusedEvent(_UNREADABLE)


def _told(payload: Payload, definition: Definition, actor: str | None) -> Payload:
    target = _actor(payload.get("to"), definition, actor)
    answer = _one_of(payload.get("answer"), ("yes", "no"))
    expected = _one_of(payload.get("expected"), ("yes", "doubt", None))
    return {"to": target, "answer": answer, "expected": expected if answer == "yes" else None}


def _heard(payload: Payload, definition: Definition, actor: str | None) -> Payload:
    source = _actor(payload.get("from"), definition, actor)
    answer = _one_of(payload.get("answer"), ("yes", "partly", "via", "no"))
    via = payload.get("via")
    if answer != "via" or via is None:
        return {"from": source, "answer": answer, "via": None}
    if via not in WAYS:
        via = _actor(via, definition, actor)
    if via == source:
        raise RefusedEvent(N_("It cannot come by way of the sender itself: choose another way."))
    return {"from": source, "answer": answer, "via": via}


def _list(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    return {"list": _one_of(payload.get("list"), LISTS)}


def _evidence(payload: Payload, definition: Definition, actor: str | None) -> Payload:
    if actor is None or definition.actor(actor).voice != "proxy":
        raise RefusedEvent(N_("Only those who speak for an audience answer this."))
    given = payload.get("of")
    if not isinstance(given, list):
        raise RefusedEvent(_UNREADABLE)
    chosen = [_one_of(one, EVIDENCE) for one in given]
    return {"of": [one for one in EVIDENCE if one in chosen]}


def _wish(payload: Payload, definition: Definition, actor: str | None) -> Payload:
    if payload.get("from") is None:
        return {"from": None}
    return {"from": _actor(payload["from"], definition, actor)}


def _chosen(payload: Payload, definition: Definition, actor: str | None) -> Payload:
    return {
        "list": _one_of(payload.get("list"), LISTS),
        "actor": _actor(payload.get("actor"), definition, actor),
        "event": check_id(payload.get("event")),
    }


def _joined(payload: Payload, definition: Definition, actor: str | None) -> Payload:
    if payload.get("actor") != actor or actor not in definition.by_id:
        raise RefusedEvent(_UNREADABLE)
    return {"actor": actor}


def _nothing(_payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    return {}


def _act(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    return {"act": _one_of(payload.get("act"), ACTS)}


def _opened(payload: Payload, case: Case) -> Payload:
    act = _one_of(payload.get("act"), ACTS)
    parts = Program(LENGTHS[0], tuple(item.id for item in case.core)).parts_of(act)
    part, sentence = payload.get("part"), payload.get("sentence") or 0
    found = {"act": act, "part": parts[0] if part is None else _one_of(part, parts)}
    return {**found, "sentence": _one_of(sentence, tuple(range(MAX_SENTENCES)))} if sentence else found


def _dropped(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    return {
        "block": _one_of(payload.get("block"), DROPPABLE),
        "dropped": _one_of(payload.get("dropped", True), (True, False)),
    }


def _card(payload: Payload, case: Case) -> str:
    card: str = _one_of(payload.get("card"), tuple(item.id for item in case.core))
    return card


def _marked(payload: Payload, case: Case) -> Payload:
    return {"card": _card(payload, case), "mark": _one_of(payload.get("mark"), MARKS)}


def _example(payload: Payload, case: Case) -> Payload:
    """Take an example from the team's own organisation; an empty one takes the last one back."""
    text = payload.get("text")
    if not isinstance(text, str):
        raise RefusedEvent(_UNREADABLE)
    text = " ".join(text.split())
    if len(text) > MAX_EXAMPLE:
        raise RefusedEvent(N_("This is too long: at most {limit} characters fit."), limit=MAX_EXAMPLE)
    return {"card": _card(payload, case), "text": text}


def _cites(payload: Payload, case: Case) -> list[str]:
    given = payload.get("cites") or []
    if not isinstance(given, list) or len(given) > MAX_CITES:
        raise RefusedEvent(N_("Choose at most {limit} passages of the case."), limit=MAX_CITES)
    for one in given:
        if not isinstance(one, str) or one not in case.items:
            raise RefusedEvent(N_("The case has no passage “{id}”. Choose another one."), id=str(one)[:20])
    return list(dict.fromkeys(given))


def _guessed(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    tenths = payload.get("tenths")
    if not isinstance(tenths, int) or isinstance(tenths, bool) or not 0 <= tenths <= 10:  # noqa: PLR2004 - of ten
        raise RefusedEvent(N_("Guess a number from 0 to 10."))
    return {"tenths": tenths}


def _walked(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    return {"answer": _one_of(payload.get("answer"), WALKED)}


def _agreement(payload: Payload, definition: Definition, actor: str | None) -> Payload:
    other = _actor(payload.get("with"), definition, actor)
    if not definition.actor(other).has_voice:
        raise RefusedEvent(N_("Nobody here speaks for {name}. Choose a team that can accept."), name=other)
    return written(payload, other)


def _agreement_id(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    return {"agreement": check_id(payload.get("agreement"))}


def _agreement_answered(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    return {
        "agreement": check_id(payload.get("agreement")),
        "answer": _one_of(payload.get("answer"), ("accepted", "other")),
    }


def _agreement_hidden(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    return {
        "agreement": check_id(payload.get("agreement")),
        "hidden": _one_of(payload.get("hidden"), (True, False)),
    }


def _example_shown(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    return {
        "example": check_id(payload.get("example")),
        "shown": _one_of(payload.get("shown"), (True, False)),
    }


def _sponsor(payload: Payload, definition: Definition, _own: str | None) -> Payload:
    """Take the place whose lines are shown before those of all; None takes it back."""
    chosen = payload.get("actor")
    return {"actor": None if chosen is None else _actor(chosen, definition, None)}


def _shown(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    return {"shown": _one_of(payload.get("shown"), (True, False))}


def _drawn(payload: Payload, definition: Definition, _own: str | None) -> Payload:
    """Take how the facilitator or the learner thinks it runs; it counts nowhere on the map."""
    given = payload.get("lines")
    if not isinstance(given, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in given):  # noqa: PLR2004
        raise RefusedEvent(_UNREADABLE)
    pairs = [
        (_actor(source, definition, None), _actor(target, definition, source)) for source, target in given
    ]
    return {"lines": [list(pair) for pair in dict.fromkeys(pairs)]}


def _timer(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    seconds = payload.get("seconds")
    if seconds is None:
        return {"seconds": None}
    number = isinstance(seconds, int | float) and not isinstance(seconds, bool) and math.isfinite(seconds)
    if not number or not 0 < seconds <= MAX_TIMER_S:
        raise RefusedEvent(N_("Set the timer to more than nothing and at most a day."))
    return {"seconds": seconds}


_RULES: Mapping[str, Callable[[Payload, Definition, str | None], Payload]] = {
    "act.closed": _act,
    "agreement.answered": _agreement_answered,
    "agreement.dropped": _agreement_id,
    "agreement.hidden": _agreement_hidden,
    "agreement.written": _agreement,
    "block.dropped": _dropped,
    "checked": _nothing,
    "chosen": _chosen,
    "evidence": _evidence,
    "example.shown": _example_shown,
    "guessed": _guessed,
    "heard": _heard,
    "joined": _joined,
    "list.closed": _list,
    "list.reopened": _list,
    "map.drawn": _drawn,
    "map.shown": _shown,
    "marks.shown": _shown,
    "sponsor.chosen": _sponsor,
    "timer.set": _timer,
    "told": _told,
    "walked": _walked,
    "wish": _wish,
    "withdrawn": _nothing,
    "workshop.closed": _nothing,
    "workshop.defined": _nothing,
}
# What depends on the case that is read.
_OF_THE_CASE: Mapping[str, Callable[[Payload, Case], Payload]] = {
    "act.opened": _opened,
    "case.example": _example,
    "case.marked": _marked,
}
