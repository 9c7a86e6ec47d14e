"""What may be said at the tables of the break-through, and by who leads it, and in which form."""

from __future__ import annotations

from collections.abc import Mapping

from workshopkit.errors import RefusedEvent
from workshopkit.i18n import N_
from workshopkit.mending.dots import DOTS, MOST_VOTERS
from workshopkit.network.actors import Definition
from workshopkit.network.steps import EVERY_AUDIENCE, KINDS, ends
from workshopkit.room.checks import UNREADABLE, Payload, Rule, actor_of, nothing, one_of

__all__ = ["LEADING", "MAX_HOURS", "PLAYING", "SHOWN"]

# More than a working month of one person is no step.
MAX_HOURS = 160
SHOWN = ("dots", "plan")


def _step(value: object, definition: Definition) -> Payload:
    """Take a step; whether it changes anything is the map's to say."""
    if not isinstance(value, dict):
        raise RefusedEvent(UNREADABLE)
    kind = one_of(value.get("kind"), KINDS)
    source, target = actor_of(value.get("source"), definition, None), value.get("target")
    end = ends(kind)
    if end == "audiences":
        target = one_of(target, (EVERY_AUDIENCE,))
    elif end == "domain":
        target = one_of(target, tuple(domain.id for domain in definition.domains))
    elif actor_of(target, definition, None) == source:
        name = definition.actor(source).label
        raise RefusedEvent(
            N_("This step goes from {name} to {name}: choose another place for one of them."), name=name
        )
    return {"kind": kind, "source": source, "target": target}


def _of_a_card(payload: Payload, definition: Definition, _own: str | None) -> Payload:
    return {"step": _step(payload.get("step"), definition)}


def _given(payload: Payload, definition: Definition, _own: str | None) -> Payload:
    """Take the dots of one of the people that share a phone; none takes them back."""
    given = payload.get("steps")
    if not isinstance(given, list):
        raise RefusedEvent(UNREADABLE)
    if len(given) not in {0, DOTS}:
        raise RefusedEvent(N_("Everybody has {count} dots: give them all."), count=DOTS)
    person = one_of(payload.get("person"), tuple(range(1, MOST_VOTERS + 1)))
    return {"person": person, "steps": [_step(one, definition) for one in given]}


def _hours(value: object, least: int) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= MAX_HOURS:
        return value
    raise RefusedEvent(
        N_("“{value}” is no number of hours from {least} to {most}: give a whole number."),
        value=str(value)[:20],
        least=least,
        most=MAX_HOURS,
    )


def _priced(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    """Take what a kind of step takes; nothing costs nothing."""
    once, upkeep = _hours(payload.get("once"), 0), _hours(payload.get("upkeep"), 0)
    if not once + upkeep:
        raise RefusedEvent(N_("Nothing costs nothing: give at least 1 hour, once or a month."))
    return {"of": one_of(payload.get("of"), KINDS), "once": once, "upkeep": upkeep}


def _budget(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    return {"hours": _hours(payload.get("hours"), 1)}


def _shown(payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    return {
        "what": one_of(payload.get("what"), SHOWN),
        "shown": one_of(payload.get("shown"), (True, False)),
    }


PLAYING: Mapping[str, Rule] = {
    "mend.chosen": _of_a_card,
    "mend.dropped": _of_a_card,
    "mend.finished": nothing,
    "mend.given": _given,
    "mend.made": _of_a_card,
    "mend.redone": nothing,
    "mend.undone": nothing,
}
LEADING: Mapping[str, Rule] = {
    "mend.budget": _budget,
    "mend.priced": _priced,
    "mend.shown": _shown,
}
