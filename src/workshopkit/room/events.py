"""What may be said in a workshop, by whom, and in which form.

Whatever comes from a browser passes here, on its way in and not on replay. A payload that passes is rebuilt from the
fields that its kind knows: nothing else reaches the store. A participant speaks for its own seat only, since no payload
names the speaker.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from workshopkit.case import load
from workshopkit.case.model import Case
from workshopkit.errors import RefusedEvent
from workshopkit.i18n import N_
from workshopkit.network.actors import Definition
from workshopkit.room import definitions, leading, mending_rules, relay, relay_rules
from workshopkit.room.agreements import written
from workshopkit.room.checks import UNREADABLE, Payload, Rule, actor_of, check_id, nothing, one_of
from workshopkit.room.leading import FACILITATOR_KINDS, PRIVATE_KINDS
from workshopkit.room.sheet import LISTS, QUESTIONS

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
    "PRIVATE_KINDS",
    "TIMED",
    "WAYS",
    "check_id",
    "validate",
]

WAYS = ("press", "grapevine", "unknown")
MAX_CHARACTERS = 10_000
MAX_EXAMPLE = 140
MAX_CITES = 3
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
    **{kind: {"message": None} for kind in relay.KINDS},
    **{kind: {"breakthrough": None} for kind in mending_rules.PLAYING},
}
ANSWER_KINDS = frozenset(ANSWERABLE)
PARTICIPANT_KINDS = ANSWER_KINDS | {"joined", "withdrawn"}

# Kinds that carry when they were said, by the server's clock: edits of one row are compared by it, and timers run from it.
TIMED = frozenset({"told", "heard", "wish", "evidence", "guessed", "timer.set", "act.opened", "room.called"})
TIMED |= relay.KINDS | (relay.LED - {"relay.counted", "relay.hidden"})


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
        raise RefusedEvent(UNREADABLE)
    _check_size(payload, facilitator=role == "facilitator")
    if kind in FACILITATOR_KINDS and role != "facilitator":
        raise RefusedEvent(N_("Only the facilitator can do that."))
    if kind in PARTICIPANT_KINDS and role != "participant":
        raise RefusedEvent(N_("Only a team can answer this."))
    rule, of_case = _RULES.get(kind), _OF_THE_CASE.get(kind)
    if rule is None and of_case is None:
        raise RefusedEvent(UNREADABLE)
    if kind == "workshop.defined":
        return definitions.check(payload)
    if definition is None:
        raise RefusedEvent(N_("This workshop has not been prepared yet. Ask the facilitator."))
    if role == "participant" and (actor not in definition.by_id or not definition.actor(actor).has_voice):
        raise RefusedEvent(N_("Your team is no longer on the map. Ask the facilitator."))
    if kind == "case.example" and definition.examples == "off":
        raise RefusedEvent(N_("In this workshop no examples are told: what you type could tell who you are."))
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
        raise RefusedEvent(UNREADABLE) from error
    # A definition names everybody on the map; nothing else comes near this.
    limit = MAX_CHARACTERS * (10 if facilitator else 1)
    if size > limit:
        raise RefusedEvent(N_("This is too long: at most {limit} characters fit."), limit=limit)


def _told(payload: Payload, definition: Definition, actor: str | None) -> Payload:
    target = actor_of(payload.get("to"), definition, actor)
    answer = one_of(payload.get("answer"), ("yes", "no"))
    expected = one_of(payload.get("expected"), ("yes", "doubt", None))
    return {"to": target, "answer": answer, "expected": expected if answer == "yes" else None}


def _heard(payload: Payload, definition: Definition, actor: str | None) -> Payload:
    source = actor_of(payload.get("from"), definition, actor)
    answer = one_of(payload.get("answer"), ("yes", "partly", "via", "no"))
    via = payload.get("via")
    if answer != "via" or via is None:
        return {"from": source, "answer": answer, "via": None}
    if via not in WAYS:
        via = actor_of(via, definition, actor)
    if via == source:
        raise RefusedEvent(N_("It cannot come by way of the sender itself: choose another way."))
    return {"from": source, "answer": answer, "via": via}


def _list(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    return {"list": one_of(payload.get("list"), LISTS)}


def _evidence(payload: Payload, definition: Definition, actor: str | None) -> Payload:
    if actor is None or definition.actor(actor).voice != "proxy":
        raise RefusedEvent(N_("Only those who speak for an audience answer this."))
    given = payload.get("of")
    if not isinstance(given, list):
        raise RefusedEvent(UNREADABLE)
    chosen = [one_of(one, EVIDENCE) for one in given]
    return {"of": [one for one in EVIDENCE if one in chosen]}


def _wish(payload: Payload, definition: Definition, actor: str | None) -> Payload:
    if payload.get("from") is None:
        return {"from": None}
    return {"from": actor_of(payload["from"], definition, actor)}


def _chosen(payload: Payload, definition: Definition, actor: str | None) -> Payload:
    about = one_of(payload.get("list"), LISTS + QUESTIONS)
    return {
        "list": about,
        "actor": actor_of(payload.get("actor"), definition, actor) if about in LISTS else None,
        "event": check_id(payload.get("event")),
    }


def _joined(payload: Payload, definition: Definition, actor: str | None) -> Payload:
    if payload.get("actor") != actor or actor not in definition.by_id:
        raise RefusedEvent(UNREADABLE)
    return {"actor": actor}


def _card(payload: Payload, case: Case) -> str:
    card: str = one_of(payload.get("card"), tuple(item.id for item in case.core))
    return card


def _marked(payload: Payload, case: Case) -> Payload:
    return {"card": _card(payload, case), "mark": one_of(payload.get("mark"), MARKS)}


def _example(payload: Payload, case: Case) -> Payload:
    """Take an example from the team's own organisation; an empty one takes the last one back."""
    text = payload.get("text")
    if not isinstance(text, str):
        raise RefusedEvent(UNREADABLE)
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
    return {"answer": one_of(payload.get("answer"), WALKED)}


def _agreement(payload: Payload, definition: Definition, actor: str | None) -> Payload:
    other = actor_of(payload.get("with"), definition, actor)
    if not definition.actor(other).has_voice:
        raise RefusedEvent(N_("Nobody here speaks for {name}. Choose a team that can accept."), name=other)
    return written(payload, other)


def _agreement_id(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    return {"agreement": check_id(payload.get("agreement"))}


def _agreement_answered(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    return {
        "agreement": check_id(payload.get("agreement")),
        "answer": one_of(payload.get("answer"), ("accepted", "other")),
    }


_RULES: Mapping[str, Rule] = {
    **leading.RULES,
    **mending_rules.PLAYING,
    **relay_rules.PLAYING,
    "agreement.answered": _agreement_answered,
    "agreement.dropped": _agreement_id,
    "agreement.written": _agreement,
    "checked": nothing,
    "chosen": _chosen,
    "evidence": _evidence,
    "guessed": _guessed,
    "heard": _heard,
    "joined": _joined,
    "list.closed": _list,
    "list.reopened": _list,
    "told": _told,
    "walked": _walked,
    "wish": _wish,
    "withdrawn": nothing,
}
# What depends on the case that is read.
_OF_THE_CASE: Mapping[str, Callable[[Payload, Case], Payload]] = {
    **leading.OF_THE_CASE,
    "case.example": _example,
    "case.marked": _marked,
}
