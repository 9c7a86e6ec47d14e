"""What may be said while a message is on its way, by the teams and by who leads, and in which form."""

from __future__ import annotations

from collections.abc import Mapping

from workshopkit.errors import RefusedEvent
from workshopkit.i18n import N_
from workshopkit.network.actors import Definition
from workshopkit.relay.content import MESSAGES, Message, messages
from workshopkit.relay.paper import Slip, actions
from workshopkit.relay.play import MAX_TEXT, play, receivers
from workshopkit.relay.state import CORRIDOR, QUIZ, ROUNDS, Setting
from workshopkit.room.checks import UNREADABLE, Payload, Rule, actor_of, nothing, one_of
from workshopkit.room.relay import slip_of

__all__ = ["LEADING", "PLAYING", "goals_of"]

MAX_VERSION = 120
_ROUNDS = tuple(range(1, ROUNDS + 1))


def _started(payload: Payload, definition: Definition, _own: str | None) -> Payload:
    """Take who begins with which message: two places that somebody speaks for."""
    given = payload.get("starts")
    starts = given if isinstance(given, dict) else {}
    found = {name: actor_of(starts.get(name), definition, None) for name in MESSAGES}
    for one in found.values():
        if not definition.actor(one).has_voice:
            raise RefusedEvent(N_("Nobody here speaks for {name}. Choose another place to begin."), name=one)
    if len(set(found.values())) < len(found):
        raise RefusedEvent(N_("Both messages begin in one place. Choose another place for one of them."))
    return {"starts": found}


def _next(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    return {"round": one_of(payload.get("round"), (*_ROUNDS, QUIZ))}


def _hidden(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    version = payload.get("version")
    if not isinstance(version, str) or len(version) > MAX_VERSION:
        raise RefusedEvent(UNREADABLE)
    return {"version": version, "hidden": one_of(payload.get("hidden"), (True, False))}


def _counted(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    return {"counted": one_of(payload.get("counted"), (True, False))}


def _message_of(payload: Payload) -> Message:
    return messages()[one_of(payload.get("message"), MESSAGES)]


def _in_a_round(payload: Payload) -> Payload:
    return {"message": _message_of(payload).id, "round": one_of(payload.get("round"), _ROUNDS)}


def _told(payload: Payload, definition: Definition, _own: str | None) -> Payload:
    """Take a message as a team tells it: typed, or as the facts that it ticked."""
    found, text, facts = _in_a_round(payload), payload.get("text"), payload.get("facts")
    if text is None:
        if not isinstance(facts, list):
            raise RefusedEvent(UNREADABLE)
        known = tuple(_message_of(payload).by_id)
        chosen = [one_of(one, known) for one in facts]
        return {**found, "facts": [one for one in known if one in chosen]}
    if definition.anonymous:
        raise RefusedEvent(N_("In this workshop nothing is typed: tick the facts that you pass on."))
    if not isinstance(text, str):
        raise RefusedEvent(UNREADABLE)
    text = " ".join(text.split())
    if not text:
        raise RefusedEvent(N_("There is no text yet: type it, or tick facts."))
    if len(text) > MAX_TEXT:
        raise RefusedEvent(N_("This is too long: at most {limit} characters fit."), limit=MAX_TEXT)
    return {**found, "text": text}


def _passed(payload: Payload, definition: Definition, actor: str | None) -> Payload:
    return {**_in_a_round(payload), "to": actor_of(payload.get("to"), definition, actor), "channel": CORRIDOR}


def _bet(payload: Payload, definition: Definition, actor: str | None) -> Payload:
    return {**_in_a_round(payload), "place": actor_of(payload.get("place"), definition, actor)}


def _answered(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    message = _message_of(payload)
    fact = one_of(payload.get("fact"), tuple(one.id for one in message.facts))
    options = tuple(range(len(message.by_id[fact].options)))
    return {"message": message.id, "fact": fact, "option": one_of(payload.get("option"), (None, *options))}


def _guessed(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    message = _message_of(payload)
    count = one_of(payload.get("count"), tuple(range(len(message.facts) + 1)))
    return {"message": message.id, "count": count}


def _named(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    return {
        "message": _message_of(payload).id,
        "named": one_of(payload.get("named", True), (True, False)),
    }


def _typed(payload: Payload, definition: Definition, _own: str | None) -> Payload:
    """Take what the slips of a ride on paper say; it must hang together."""
    given = payload.get("slips")
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise RefusedEvent(UNREADABLE)
    said = [_slip(one, definition) for one in given]
    _started(
        {"starts": {one["message"]: one["seat"] for one in said if one["from"] is None}}, definition, None
    )
    for name in MESSAGES:
        _hang_together([one for one in said if one["message"] == name], definition)
    _were_asked([slip_of(one) for one in said], definition)
    return {"slips": said}


def _slip(one: Payload, definition: Definition) -> Payload:
    message, seat = _message_of(one), actor_of(one.get("seat"), definition, None)
    source = None if one.get("from") is None else actor_of(one["from"], definition, seat)
    found: Payload = {
        "message": message.id,
        "seat": seat,
        "from": source,
        "round": one_of(one.get("round"), _ROUNDS if source else (0,)),
        "named": one_of(one.get("named", False), (True, False)),
    }
    for name, known in (("facts", tuple(message.by_id)), ("right", tuple(fact.id for fact in message.facts))):
        some = one.get(name)
        if some is not None and not isinstance(some, list):
            raise RefusedEvent(UNREADABLE)
        found[name] = None if some is None else [id for id in known if id in [one_of(x, known) for x in some]]
    return found


def _hang_together(said: list[Payload], definition: Definition) -> None:
    """Refuse what cannot have been: passed on by who had it not yet, twice in a round, or to who had it."""
    came = {one["seat"]: one["round"] for one in said}
    passed: set[tuple[str, int]] = set()
    if len(came) < len(said):
        raise RefusedEvent(UNREADABLE)
    for one in said:
        source, round = one["from"], one["round"]
        if source is None:
            continue
        names = {"source": definition.actor(source).label, "place": definition.actor(one["seat"]).label}
        if came.get(source, round) >= round:
            raise RefusedEvent(
                N_("{place} cannot have it from {source} in round {round}: {source} had it later, or not at all."),
                round=round, **names,
            )  # fmt: skip
        if (source, round) in passed:
            raise RefusedEvent(
                N_("{source} passed it on to two places in round {round}. Choose another round for {place}."),
                round=round, **names,
            )  # fmt: skip
        passed.add((source, round))


def _were_asked(slips: list[Slip], definition: Definition) -> None:
    """Refuse answers of places that were not to be asked."""
    starts = {slip.message: slip.seat for slip in slips if slip.source is None}
    lines = frozenset((slip.source, slip.seat) for slip in slips if slip.source)
    seats = tuple(seat.id for seat in definition.seats)
    goals = goals_of(definition, starts)
    ride = play(
        Setting(seats, lines, starts, messages(), goals=goals, draws=False), actions(slips, messages(), 0.0)
    )
    asked = receivers(ride)
    for slip in slips:
        if slip.right is not None and slip.seat not in asked[slip.message]:
            raise RefusedEvent(
                N_("{place} was not to be asked. Of this message the questions are for: {places}."),
                place=definition.actor(slip.seat).label,
                places=", ".join(definition.actor(one).label for one in asked[slip.message]) or "–",
            )


def goals_of(definition: Definition, starts: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Give for whom each message is meant: those outside, and who sends the other one."""
    audiences = tuple(seat.id for seat in definition.audiences if seat.has_voice)
    return {"out": audiences, "in": (starts["out"],)}


PLAYING: Mapping[str, Rule] = {
    "relay.answered": _answered,
    "relay.bet": _bet,
    "relay.guessed": _guessed,
    "relay.named": _named,
    "relay.passed": _passed,
    "relay.told": _told,
}
LEADING: Mapping[str, Rule] = {
    "relay.counted": _counted,
    "relay.hidden": _hidden,
    "relay.next": _next,
    "relay.started": _started,
    "relay.stopped": nothing,
    "relay.typed": _typed,
}
