"""The places on a map, and the definition of a workshop that names them.

An *actor* is a team or an audience, never a named person. A *domain* is a group of teams, the candidate silo. A *seat*
is an actor that somebody in the room answers for: every team, and every audience with a voice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

__all__ = [
    "ANSWERS",
    "AUDIENCE",
    "KINDS",
    "MAX_LABEL",
    "ROLE",
    "TEAM",
    "VOICES",
    "Actor",
    "Definition",
    "Domain",
]

TEAM = "team"
ROLE = "role"
AUDIENCE = "audience"
KINDS = (TEAM, ROLE, AUDIENCE)
VOICES = ("own", "proxy", "none")
# Who answers: a team together, or everybody in a group by themselves and unseen.
ANSWERS = ("team", "anonymous")
# How many letters the name of a place or a domain has at most, wherever it is typed, drawn or read.
MAX_LABEL = 80


@dataclass(frozen=True, slots=True)
class Domain:
    """A group of teams."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A place on the map.

    Parameters
    ----------
    id
        What events call it.
    label
        What people call it.
    kind
        ``"team"`` or ``"audience"``; on maps from files and on drawn ones also ``"role"``.
    domain
        The id of its domain; None for an audience and on maps without domains.
    voice
        ``"own"``, ``"proxy"`` (somebody speaks for it) or ``"none"``.
    people
        How many people it has; asked where they answer one by one, and None elsewhere.
    """

    id: str
    label: str
    kind: str = TEAM
    domain: str | None = None
    voice: str = "own"
    people: int | None = None

    @property
    def has_voice(self) -> bool:
        """Tell whether anybody answers for it."""
        return self.voice != "none"


@dataclass(frozen=True)
class Definition:
    """What a workshop is about and who is on its map.

    ``formal`` holds the reporting lines, if they were filled in: pairs (boss, reporter), see
    `workshopkit.network.formal`. They are for the facilitator's eyes, and never reach a phone or the wall.

    Examples
    --------
    >>> definition = Definition.read({"subject": "News", "actors": [{"id": "a", "label": "A"}]})
    >>> definition.actor("a").kind
    'team'
    """

    title: str
    subject: str
    period: str
    promise: str
    lang: str
    domains: tuple[Domain, ...]
    actors: tuple[Actor, ...]
    goal: str = ""
    length: str = "standard"
    examples: str = "moderated"
    answers: str = ANSWERS[0]
    formal: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(cls, payload: Mapping[str, Any]) -> Definition:
        """Read a stored definition; it was checked on the way in, so what is absent is taken as empty."""
        actors = []
        for entry in payload.get("actors", ()):
            kind = entry.get("kind", TEAM)
            voice = entry.get("voice") or ("own" if kind == TEAM else "none")
            label, domain = entry.get("label", entry["id"]), entry.get("domain")
            actors.append(Actor(entry["id"], label, kind, domain, voice, entry.get("people")))
        domains = tuple(
            Domain(entry["id"], entry.get("label", entry["id"])) for entry in payload.get("domains", ())
        )
        texts = {
            name: str(payload.get(name) or "") for name in ("title", "subject", "period", "promise", "goal")
        }
        return cls(
            **texts,
            lang=str(payload.get("lang") or "nl"),
            length=str(payload.get("length") or "standard"),
            examples=str(payload.get("examples") or "moderated"),
            answers=str(payload.get("answers") or ANSWERS[0]),
            domains=domains,
            actors=tuple(actors),
            formal=tuple((boss, reporter) for boss, reporter in payload.get("formal") or ()),
        )

    @property
    def anonymous(self) -> bool:
        """Tell whether everybody answers alone, and only what may be told of all together is shown."""
        return self.answers == "anonymous"

    @cached_property
    def by_id(self) -> dict[str, Actor]:
        """Give the actors by id."""
        return {actor.id: actor for actor in self.actors}

    def actor(self, id: str) -> Actor:
        """Give an actor by its id."""
        return self.by_id[id]

    @cached_property
    def teams(self) -> tuple[Actor, ...]:
        """Give the teams, in the definition's order."""
        return tuple(actor for actor in self.actors if actor.kind == TEAM)

    @cached_property
    def audiences(self) -> tuple[Actor, ...]:
        """Give the audiences, in the definition's order."""
        return tuple(actor for actor in self.actors if actor.kind == AUDIENCE)

    @cached_property
    def seats(self) -> tuple[Actor, ...]:
        """Give the actors that somebody answers for: the teams first, then the audiences with a voice."""
        return tuple(actor for actor in (*self.teams, *self.audiences) if actor.has_voice)

    @cached_property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Give all ordered pairs (sender, receiver), n(n-1) of them."""
        ids = [actor.id for actor in self.actors]
        return tuple((source, target) for source in ids for target in ids if source != target)
