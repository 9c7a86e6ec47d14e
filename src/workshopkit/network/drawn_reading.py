"""Reads a drawing from anything, a browser or a table: every fault is told at once, by the names of the places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from workshopkit.errors import UsageError
from workshopkit.i18n import N_, translator
from workshopkit.network import formal
from workshopkit.network.actors import AUDIENCE, KINDS, MAX_LABEL, TEAM, VOICES, Actor, Domain
from workshopkit.network.drawn import ARRIVES, STRENGTHS, Drawn, DrawnLine, Spot
from workshopkit.network.formal import Fault

__all__ = ["MAX_LINES", "MAX_PLACES", "BadDrawing", "read"]

MAX_ID, MAX_PLACES, MAX_LINES = 80, 2000, 20_000
_FAR = 1e9
_MOST_TOLD, _MOST_SIGNS = 8, 120
Payload = dict[str, Any]


class BadDrawing(UsageError):
    """A drawing that is no map; tells everything that is wrong.

    Parameters
    ----------
    faults
        Each as a message with its values.
    """

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(N_("This is no map yet: {faults}."))
        self.faults = faults

    def text(self, lang: str) -> str:
        """Give the faults in a language, and how many more there are."""
        t = translator(lang)
        said = [t(message, **values) for message, values in self.faults[:_MOST_TOLD]]
        if more := len(self.faults) - len(said):
            said.append(t("and {count} more", count=more))
        return t(self.message, faults="; ".join(said))


def read(payload: object) -> Drawn:
    """Check a drawing, in the form that `workshopkit.network.drawn` describes.

    Raises
    ------
    BadDrawing
        Naming everything that is wrong.

    Examples
    --------
    >>> drawn = read({"actors": [{"id": "a", "label": "A"}], "formal": []})
    >>> read(drawn.payload()) == drawn
    True
    >>> read({"actors": [{"id": "a", "label": "A", "x": "left"}]})
    Traceback (most recent call last):
    workshopkit.network.drawn_reading.BadDrawing: This is no map yet: A stands nowhere: x and y must be numbers.
    """
    found = _Reading(payload)
    if found.faults:
        raise BadDrawing(found.faults)
    return Drawn(
        tuple(found.actors.values()),
        tuple(found.spots),
        tuple(found.domains),
        tuple(found.lines),
        tuple(found.chart),
    )


class _Reading:
    """Reads a drawing from anything, and collects what is wrong; labels name what they can."""

    def __init__(self, payload: object) -> None:
        self.faults: list[Fault] = []
        given = payload if isinstance(payload, Mapping) else {}
        if given is not payload:
            self.fault(N_("it is no drawing: give the places, the domains and the lines"))
        domains = self._named(given, "domains")
        self.domains = [Domain(id, label) for id, label, _ in domains]
        self.actors: dict[str, Actor] = {}
        self.spots: list[Spot] = []
        for id, label, entry in self._named(given, "actors", MAX_PLACES):
            self.actors[id] = self._actor(id, label, entry)
            self.spots.append(self._spot(label, entry))
        lines = [self._line(entry) for entry in self._rows(given, "lines", MAX_LINES)]
        self.lines = [line for line in lines if line is not None]
        for (source, target), count in Counter((line.source, line.target) for line in self.lines).items():
            if count > 1:
                self.fault(
                    N_("the line {line} is drawn twice: keep one of them"), line=self._arrow(source, target)
                )
        self.chart, unreadable = formal.pairs(given.get("formal") or [])
        if unreadable:
            self.fault(N_("formal must be a list of pairs of ids: the boss, and who reports"))
        for message, values in formal.faults(self.chart, self.actors):
            self.fault(message, **values)

    def fault(self, message: str, **values: object) -> None:
        self.faults.append((message, {name: str(value)[:_MOST_SIGNS] for name, value in values.items()}))

    def _rows(self, given: Mapping[str, Any], name: str, most: int) -> list[Payload]:
        rows = given.get(name) or []
        found = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list | tuple) else []
        if not isinstance(rows, list | tuple) or len(found) != len(rows):
            self.fault(N_("{name} must be a list of entries with their fields"), name=name)
        if len(found) > most:
            self.fault(
                N_("there are {count} {name}: at most {limit} fit"), count=len(found), name=name, limit=most
            )
        return found[:most]

    def _named(
        self, given: Mapping[str, Any], name: str, most: int = MAX_PLACES
    ) -> list[tuple[str, str, Payload]]:
        found: dict[str, tuple[str, str, Payload]] = {}
        for entry in self._rows(given, name, most):
            id, label = entry.get("id"), entry.get("label", entry.get("id"))
            if not isinstance(id, str) or not 0 < len(id) <= MAX_ID or ";" in id:
                self.fault(
                    N_("{id} is no id: it must be a text of at most {limit} characters, without ;"),
                    id=id,
                    limit=MAX_ID,
                )
            elif not isinstance(label, str) or not 0 < len(label.strip()) <= MAX_LABEL:
                self.fault(N_("{id} needs a label of at most {limit} characters"), id=id, limit=MAX_LABEL)
            elif id in found:
                self.fault(N_("the id {id} stands there twice: give each its own"), id=id)
            else:
                found[id] = id, label.strip(), entry
        for label, count in Counter(label.casefold() for _, label, _ in found.values()).items():
            if count > 1:
                self.fault(N_("“{value}” stands there twice: give each its own name"), value=label)
        return list(found.values())

    def _actor(self, id: str, label: str, entry: Payload) -> Actor:
        kind, domain = entry.get("kind", TEAM), entry.get("domain") or None
        voice = entry.get("voice") or ("none" if kind == AUDIENCE else "own")
        if kind not in KINDS:
            self.fault(N_("{name} must be a team, a role or an audience, not {kind}"), name=label, kind=kind)
            kind = TEAM
        if domain is not None and (kind == AUDIENCE or domain not in [one.id for one in self.domains]):
            self.fault(N_("{id} cannot be in the domain {domain}"), id=label, domain=domain)
            domain = None
        if voice not in VOICES or (kind != AUDIENCE and voice != "own"):
            self.fault(N_("{id} cannot have the voice {voice}"), id=label, voice=voice)
            voice = "own"
        return Actor(id, label, kind, domain, voice)

    def _spot(self, label: str, entry: Payload) -> Spot:
        x, y = entry.get("x", 0), entry.get("y", 0)
        # Neither what is no number nor infinity is within these bounds.
        if not all(isinstance(at, int | float) and -_FAR <= at <= _FAR for at in (x, y)):
            self.fault(N_("{name} stands nowhere: x and y must be numbers"), name=label)
            return Spot()
        return Spot(float(x), float(y), entry.get("placed") is True)

    def _line(self, entry: Payload) -> DrawnLine | None:
        ends = source, target = entry.get("source"), entry.get("target")
        via = entry.get("via") or []
        strays = [
            one for one in (*ends, *(via if isinstance(via, list | tuple) else [via])) if not self._known(one)
        ]
        if strays:
            self.fault(
                N_("a line names “{name}”, which is not on the map: add it, or take the line out"),
                name=strays[0],
            )
            return None
        assert isinstance(source, str) and isinstance(target, str)  # noqa: S101, PT018 - known places are texts
        arrow = self._arrow(source, target)
        channel, strength, arrives = (
            entry.get("channel") or "",
            entry.get("strength", 1),
            entry.get("arrives", "yes"),
        )
        if source == target:
            self.fault(N_("the line {line} runs from a place to itself: take it out"), line=arrow)
        if source in via or target in via:
            self.fault(
                N_("the line {line} cannot run by way of its own ends: choose another way"), line=arrow
            )
        if not isinstance(channel, str) or len(channel) > MAX_LABEL:
            self.fault(
                N_("the channel of {line} must be a text of at most {limit} characters"),
                line=arrow,
                limit=MAX_LABEL,
            )
        if isinstance(strength, bool) or strength not in STRENGTHS:
            self.fault(N_("the strength of {line} is {value}: write 1, 2 or 3"), line=arrow, value=strength)
        if arrives not in ARRIVES:
            self.fault(
                N_("whether {line} arrives is {value}: write yes, partly or no"), line=arrow, value=arrives
            )
        return DrawnLine(
            source, target, channel, int(strength) if strength in STRENGTHS else 1, arrives, tuple(via)
        )

    def _known(self, id: object) -> bool:
        return isinstance(id, str) and id in self.actors

    def _arrow(self, source: str, target: str) -> str:
        return f"{self.actors[source].label} → {self.actors[target].label}"
