"""Both sides of every line laid over each other.

A *line* is an ordered pair (sender, receiver) with all claims on it reconciled. Its state follows from both sides,
receiver x sender: direct x yes ``confirmed``; via x yes ``heard_via``; no x yes ``sent_not_heard``; direct x no
``heard_not_claimed``; no x no and via x no ``absent``; a silent side ``unanswered``; otherwise a divided side
``divided``. The seven counts sum to n(n-1). The *believed* map holds the lines that the sender claims, the *lived* map
those that the receiver heard directly, whatever the sender says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from workshopkit.network.actors import Definition
from workshopkit.network.claims import Claim, SheetLike, Side, heard_side, told_side

__all__ = [
    "STATES",
    "Line",
    "Statements",
    "implied",
    "reconcile",
    "reconcile_statements",
    "state_of",
    "statements",
]

STATES = (
    "confirmed",
    "heard_via",
    "sent_not_heard",
    "heard_not_claimed",
    "absent",
    "divided",
    "unanswered",
)
_BY_SIDES = {
    ("yes", "yes"): "confirmed",
    ("via", "yes"): "heard_via",
    ("no", "yes"): "sent_not_heard",
    ("yes", "no"): "heard_not_claimed",
    ("no", "no"): "absent",
    ("via", "no"): "absent",
}
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """An ordered pair of actors with what both sides say."""

    source: str
    target: str
    told: Side
    heard: Side
    state: str
    via: tuple[str, ...] = ()

    @property
    def believed(self) -> bool:
        """Tell whether the sender claims it."""
        return self.told.verdict == "yes"

    @property
    def lived(self) -> bool:
        """Tell whether the receiver heard it directly."""
        return self.heard.verdict == "yes"

    @property
    def gap(self) -> float | None:
        """Give the difference between both sides' strength; None while a side is silent."""
        if self.told.strength is None or self.heard.strength is None:
            return None
        return abs(self.told.strength - self.heard.strength)


@dataclass
class Statements:
    """The claims of all respondents, with who has spoken on which side.

    Parameters
    ----------
    told, heard
        By (sender, receiver), the claim of each respondent that named the pair.
    sent, received
        By actor, the respondents that have spoken on its sender's and on its receiver's side. A pair that one of
        them did not name counts as that respondent's no.
    """

    told: dict[Pair, dict[str, Claim]] = field(default_factory=dict)
    heard: dict[Pair, dict[str, Claim]] = field(default_factory=dict)
    sent: dict[str, set[str]] = field(default_factory=dict)
    received: dict[str, set[str]] = field(default_factory=dict)


def state_of(told: Side, heard: Side) -> str:
    """Give the state of a line from its two sides."""
    if told.silent or heard.silent:
        return "unanswered"
    return _BY_SIDES.get((heard.verdict, told.verdict), "divided")


def implied(sheet: SheetLike) -> dict[str, tuple[str, ...]]:
    """Give whom a receiver named only as a way, and for whose news: naming Y is naming it.

    Who hears A via Y hears from Y, unless Y's own row was answered otherwise. Untapped is no answer of its own here.

    Returns
    -------
    dict
        The actor that counts as heard, with the senders whose news came through it.
    """
    found: dict[str, list[str]] = {}
    for sender, row in sheet.heard.items():
        if row.answer == "via" and row.via and row.via not in sheet.heard:
            found.setdefault(row.via, []).append(sender)
    return {way: tuple(senders) for way, senders in found.items()}


def statements(definition: Definition, sheets: Mapping[str, SheetLike]) -> Statements:
    """Take the answer sheets of team mode as claims: the team is its own one respondent.

    A list that is not closed is silent, and so is an actor without a voice.
    """
    said = Statements()
    known = definition.by_id
    for actor in definition.actors:
        sheet = sheets.get(actor.id)
        if sheet is None or not actor.has_voice:
            continue
        if sheet.closed.get("told"):
            said.sent[actor.id] = {actor.id}
            for target, told in sheet.told.items():
                if target in known:
                    said.told[actor.id, target] = {actor.id: Claim(told.answer)}
        if sheet.closed.get("heard"):
            said.received[actor.id] = {actor.id}
            for source, heard in sheet.heard.items():
                way = (heard.via or "unknown",) if heard.answer == "via" else ()
                claim = Claim("no" if heard.answer == "via" else heard.answer, way)
                if source in known:
                    said.heard[source, actor.id] = {actor.id: claim}
    return said


def _with_ways(said: Statements, known: Mapping[str, object]) -> dict[Pair, dict[str, Claim]]:
    """Add what follows from the ways: the nearest one named was heard directly."""
    heard = {pair: dict(claims) for pair, claims in said.heard.items()}
    for (_, target), claims in said.heard.items():
        for respondent, claim in claims.items():
            way = claim.via[-1] if claim.via else None
            if way in known and way is not None and way != target:
                heard.setdefault((way, target), {}).setdefault(respondent, Claim("yes"))
    return heard


def reconcile_statements(actors: Iterable[str], said: Statements) -> tuple[Line, ...]:
    """Lay both sides of every ordered pair over each other."""
    ids = tuple(actors)
    heard_by = _with_ways(said, dict.fromkeys(ids))
    none = Claim("no")
    # Most pairs of a large map are named by nobody: what both sides say of them is the same for all.
    untold = {id: told_side(["no"] * len(said.sent.get(id, ()))) for id in ids}
    unheard = {id: heard_side([none] * len(said.received.get(id, ()))) for id in ids}
    lines = []
    for source in ids:
        for target in ids:
            if source == target:
                continue
            pair = source, target
            told, heard = untold[source], unheard[target]
            ways: tuple[str, ...] = ()
            if claims := said.told.get(pair):
                told = told_side([claims.get(who, none).answer for who in sorted(said.sent.get(source, ()))])
            if claims := heard_by.get(pair):
                received = [claims.get(who, none) for who in sorted(said.received.get(target, ()))]
                heard = heard_side(received)
                ways = tuple(sorted({claim.via[-1] for claim in received if claim.via}))
            lines.append(Line(source, target, told, heard, state_of(told, heard), ways))
    return tuple(lines)


def reconcile(definition: Definition, sheets: Mapping[str, SheetLike]) -> tuple[Line, ...]:
    """Lay the answer sheets of a room over each other: all n(n-1) lines, in the definition's order."""
    return reconcile_statements((actor.id for actor in definition.actors), statements(definition, sheets))
