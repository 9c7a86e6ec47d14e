"""The parts of a payload that several kinds of event have, each checked where it comes in."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from workshopkit.errors import RefusedEvent
from workshopkit.i18n import N_
from workshopkit.network.actors import Definition

__all__ = ["UNREADABLE", "Payload", "Rule", "actor_of", "check_id", "nothing", "one_of"]

UNREADABLE = N_("This answer could not be read. Reload the page and answer again.")
_ID = re.compile(r"[A-Za-z0-9_.:-]{1,80}\Z")
Payload = dict[str, Any]
# Gives a payload as it may be stored: of what was sent, the workshop, and who speaks.
Rule = Callable[[Payload, Definition, str | None], Payload]


def check_id(value: object) -> str:
    """Give an event's id if it has the form of one."""
    if isinstance(value, str) and _ID.match(value):
        return value
    raise RefusedEvent(UNREADABLE)


def actor_of(value: object, definition: Definition, own: str | None) -> str:
    """Give an actor of the map that is not one's own."""
    if not isinstance(value, str):
        raise RefusedEvent(UNREADABLE)
    if value not in definition.by_id:
        raise RefusedEvent(N_("There is no “{name}” on this map. Reload the page."), name=value[:40])
    if value == own:
        raise RefusedEvent(N_("This is your own team: choose another one."))
    return value


def one_of(value: object, known: tuple[object, ...]) -> Any:
    """Give a value that is among those known."""
    # A list is no key and True equals 1: both would slip through a plain "in".
    if any(value is one or (isinstance(value, str) and value == one) for one in known):
        return value
    raise RefusedEvent(UNREADABLE)


def nothing(_payload: Payload, _definition: Definition, _own: str | None) -> Payload:
    """Take nothing of what was sent."""
    return {}
