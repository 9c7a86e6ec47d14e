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

from workshopkit.errors import RefusedEvent
from workshopkit.i18n import N_
from workshopkit.network.actors import Definition
from workshopkit.room import definitions

__all__ = [
    "ACTS",
    "ANSWER_KINDS",
    "FACILITATOR_KINDS",
    "MAX_CHARACTERS",
    "OPEN_ACTS",
    "PARTICIPANT_KINDS",
    "WAYS",
    "check_id",
    "validate",
]

ACTS = ("prepare", "case", "lines", "silos", "message", "breakthrough", "agreements", "report")
OPEN_ACTS = ("lines",)
WAYS = ("press", "grapevine", "unknown")
LISTS = ("told", "heard")
MAX_CHARACTERS = 10_000
MAX_TIMER_S = 24 * 3600
ANSWER_KINDS = frozenset({"told", "heard", "list.closed", "list.reopened", "wish", "checked", "chosen"})
PARTICIPANT_KINDS = ANSWER_KINDS | {"joined", "withdrawn"}
FACILITATOR_KINDS = frozenset(
    {"workshop.defined", "act.opened", "act.closed", "map.shown", "timer.set", "workshop.closed"}
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
    kind: object, payload: object, definition: Definition | None, role: str, actor: str | None
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
    rule = _RULES.get(kind)
    if rule is None:
        raise RefusedEvent(_UNREADABLE)
    if kind == "workshop.defined":
        return definitions.check(payload)
    if definition is None:
        raise RefusedEvent(N_("This workshop has not been prepared yet. Ask the facilitator."))
    if role == "participant" and (actor not in definition.by_id or not definition.actor(actor).has_voice):
        raise RefusedEvent(N_("Your team is no longer on the map. Ask the facilitator."))
    return rule(payload, definition, actor)


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
    act = _one_of(payload.get("act"), ACTS)
    if act not in OPEN_ACTS:
        raise RefusedEvent(N_("This part comes later; only the questions about lines can be opened now."))
    return {"act": act}


def _shown(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    return {"shown": _one_of(payload.get("shown"), (True, False))}


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
    "act.opened": _act,
    "checked": _nothing,
    "chosen": _chosen,
    "heard": _heard,
    "joined": _joined,
    "list.closed": _list,
    "list.reopened": _list,
    "map.shown": _shown,
    "timer.set": _timer,
    "told": _told,
    "wish": _wish,
    "withdrawn": _nothing,
    "workshop.closed": _nothing,
    "workshop.defined": _nothing,
}
