"""Simulated colleagues: plausible answers for every seat, the same for the same seed.

Teams tell those in their own domain more often than others, receivers miss part of it and hear part of it by way of
somebody: enough to see every state on the map.
"""

from __future__ import annotations

import random
from typing import Any

from workshopkit.network.actors import Actor, Definition
from workshopkit.room.events import EVIDENCE, WAYS

__all__ = ["answers"]

_TELLS_OWN, _TELLS_OTHER, _TELLS_AUDIENCE = 0.75, 0.16, 0.22
_ARRIVES_OWN, _ARRIVES_OTHER = 0.8, 0.5
_UNASKED = 0.06
_VIA_TEAM = 0.6
_MOST = 6


def answers(definition: Definition, actor: str, *, seed: int = 1) -> list[tuple[str, dict[str, Any]]]:
    """Give what the colleagues of one seat tap, in order, as (kind, payload).

    Parameters
    ----------
    definition
        The workshop's.
    actor
        The seat that answers.
    seed
        The same seed gives the same room: senders and receivers fit each other.
    """
    me = definition.actor(actor)
    said: list[tuple[str, dict[str, Any]]] = []
    for other in _told(definition, me, seed):
        expected = "doubt" if _draw(seed, "doubt", actor, other).random() < 0.25 else "yes"  # noqa: PLR2004
        said.append(("told", {"to": other, "answer": "yes", "expected": expected}))
    said.append(("list.closed", {"list": "told"}))
    said += _heard(definition, me, seed)
    said.append(("list.closed", {"list": "heard"}))
    if me.voice == "proxy":
        draw = _draw(seed, "evidence", actor)
        said.append(("evidence", {"of": [one for one in EVIDENCE if draw.random() < 0.5]}))  # noqa: PLR2004
    others = [team.id for team in definition.teams if team.id != actor]
    draw = _draw(seed, "wish", actor)
    said.append(("wish", {"from": draw.choice(others) if draw.random() < 0.7 else None}))  # noqa: PLR2004
    said.append(("checked", {}))
    return said


def _draw(seed: int, *words: str) -> random.Random:
    return random.Random("/".join((str(seed), *words)))  # noqa: S311 - a simulation, no secrets


def _told(definition: Definition, me: Actor, seed: int) -> list[str]:
    found = []
    for other in definition.actors:
        if other.id == me.id:
            continue
        near = me.domain is not None and me.domain == other.domain
        chance = _TELLS_AUDIENCE if other.kind == "audience" else _TELLS_OWN if near else _TELLS_OTHER
        if me.kind == "audience":
            chance = _TELLS_AUDIENCE
        if _draw(seed, "told", me.id, other.id).random() < chance:
            found.append(other.id)
    return found[:_MOST]


def _heard(definition: Definition, me: Actor, seed: int) -> list[tuple[str, dict[str, Any]]]:
    said = []
    for other in definition.actors:
        if other.id == me.id:
            continue
        draw = _draw(seed, "heard", other.id, me.id)
        was_told = me.id in _told(definition, other, seed)
        near = me.domain is not None and me.domain == other.domain
        arrives = _ARRIVES_OWN if near else _ARRIVES_OTHER
        chance = draw.random()
        if (was_told and chance < arrives) or (not was_told and chance < _UNASKED):
            answer = "partly" if draw.random() < 0.2 else "yes"  # noqa: PLR2004
            said.append(("heard", {"from": other.id, "answer": answer, "via": None}))
        elif was_told and chance < arrives + 0.2:
            ways = [team.id for team in definition.teams if team.id not in (me.id, other.id)]
            way = draw.choice(ways) if ways and draw.random() < _VIA_TEAM else draw.choice(WAYS)
            said.append(("heard", {"from": other.id, "answer": "via", "via": way}))
    return said
