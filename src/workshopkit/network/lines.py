"""Both sides of every line laid over each other.

A *line* is an ordered pair (sender, receiver) with all claims on it reconciled. Its state follows from both sides,
receiver x sender: direct x yes ``confirmed``; via x yes ``heard_via``; no x yes ``sent_not_heard``; direct x no
``heard_not_claimed``; no x no and via x no ``absent``; a silent side ``unanswered``; otherwise a divided side
``divided``. The seven counts sum to n(n-1). The *believed* map holds the lines that the sender claims, the *lived* map
those that the receiver heard directly, whatever the sender says.

Most pairs of a large map are named by nobody: these are counted, by who has spoken, and no line is made of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import permutations

from workshopkit.network.actors import Definition
from workshopkit.network.claims import Claim, SheetLike, Side, heard_side, told_side

__all__ = [
    "STATES",
    "Line",
    "Lines",
    "Statements",
    "implied",
    "reconcile",
    "reconcile_statements",
    "state_of",
    "statements",
    "unnamed",
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
_YES, _NO = Claim("yes"), Claim("no")


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


@dataclass(frozen=True)
class Lines:
    """The lines of one map: those that somebody named, and how much the others are.

    Goes over the named ones, in the order of the map.

    Parameters
    ----------
    actors
        The map's order.
    named
        The pairs of which a side says more than that it did not name them.
    sent, received
        By actor that has spoken, as a sender and as a receiver, how many answers it has given.

    Examples
    --------
    >>> said = Statements({("a", "b"): {"a": Claim("yes")}}, {}, {"a": {"a"}}, {"b": {"b"}, "c": {"c"}})
    >>> lines = reconcile_statements("abc", said)
    >>> len(lines), lines.counts["sent_not_heard"], lines.counts["absent"], lines.counts["unanswered"]
    (1, 1, 1, 4)
    >>> lines.of("a", "c").state
    'absent'
    """

    actors: tuple[str, ...]
    named: tuple[Line, ...]
    sent: Mapping[str, int]
    received: Mapping[str, int]

    def __iter__(self) -> Iterator[Line]:
        """Go over the named ones."""
        return iter(self.named)

    def __len__(self) -> int:
        """Give how many are named."""
        return len(self.named)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Give how many ordered pairs are in each of the seven states; they sum to n(n-1)."""
        n, counts = len(self.actors), Counter(line.state for line in self.named)
        both = len(self.sent) * len(self.received) - len(self.sent.keys() & self.received.keys())
        named = len(self.named) - counts["unanswered"]
        counts["absent"] += both - named
        counts["unanswered"] += n * (n - 1) - both - (len(self.named) - named)
        return {state: counts[state] for state in STATES}

    @cached_property
    def _by_pair(self) -> dict[Pair, Line]:
        return {(line.source, line.target): line for line in self.named}

    def of(self, source: str, target: str) -> Line:
        """Give the line of any two actors, also where nobody named it."""
        known = self._by_pair.get((source, target))
        if known is not None:
            return known
        told, heard = unnamed(self.sent.get(source, 0)), unnamed(self.received.get(target, 0))
        return Line(source, target, told, heard, state_of(told, heard))

    def every(self) -> Iterator[Line]:
        """Go over all n(n-1) ordered pairs, for tables of a room."""
        return (self.of(source, target) for source, target in permutations(self.actors, 2))


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


def unnamed(answers: int) -> Side:
    """Give what a side says of a pair that none of its respondents named, by how many have spoken."""
    return told_side(["no"] * answers)


def _with_ways(said: Statements, known: Mapping[str, object]) -> dict[Pair, dict[str, Claim]]:
    """Add what follows from the ways: the nearest one named was heard directly."""
    heard = dict(said.heard)
    for (_, target), claims in said.heard.items():
        for respondent, claim in claims.items():
            way = claim.via[-1] if claim.via else None
            if way in known and way is not None and way != target:
                heard[way, target] = {respondent: _YES, **heard.get((way, target), {})}
    return heard


def reconcile_statements(actors: Iterable[str], said: Statements) -> Lines:
    """Lay both sides of every ordered pair over each other; the work is that of the pairs that somebody named."""
    ids = tuple(actors)
    place = {id: number for number, id in enumerate(ids)}
    heard_by = _with_ways(said, place)
    sent, received = ({id: who[id] for id in ids if who.get(id)} for who in (said.sent, said.received))
    pairs = [
        pair
        for pair in {**said.told, **heard_by}
        if pair[0] in place and pair[1] in place and pair[0] != pair[1]
    ]
    pairs.sort(key=lambda pair: (place[pair[0]], place[pair[1]]))
    untold = {id: unnamed(len(sent.get(id, ()))) for id in ids}
    unheard = {id: unnamed(len(received.get(id, ()))) for id in ids}
    named = []
    for pair in pairs:
        source, target = pair
        told, heard = untold[source], unheard[target]
        ways: tuple[str, ...] = ()
        if claims := said.told.get(pair):
            told = told_side([claims.get(who, _NO).answer for who in sent.get(source, ())])
        if claims := heard_by.get(pair):
            came = [claims.get(who, _NO) for who in received.get(target, ())]
            heard = heard_side(came)
            if any(claim.via for claim in came):
                ways = tuple(sorted({claim.via[-1] for claim in came if claim.via}))
        if ways or told != untold[source] or heard != unheard[target]:
            named.append(Line(source, target, told, heard, state_of(told, heard), ways))
    return Lines(
        ids,
        tuple(named),
        {id: len(who) for id, who in sent.items()},
        {id: len(who) for id, who in received.items()},
    )


def reconcile(definition: Definition, sheets: Mapping[str, SheetLike]) -> Lines:
    """Lay the answer sheets of a room over each other, in the definition's order."""
    return reconcile_statements((actor.id for actor in definition.actors), statements(definition, sheets))
