"""A ride that was played on paper: what its slips say, as the actions that bring it about. Chance has no part in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workshopkit.relay.content import Message
from workshopkit.relay.state import QUIZ, ROUNDS, Action

__all__ = ["SPAN_S", "Slip", "actions"]

# So long before a moment a ride begins that is over by then: its rounds take a second each.
SPAN_S = float(QUIZ + 1)


@dataclass(frozen=True)
class Slip:
    """What is known of one place and one message.

    Parameters
    ----------
    message, seat
        Which, and whose.
    source, round
        Who brought it there, and in which round; None and 0 for who began.
    facts
        What its own slip said; None where it wrote none.
    right
        Which facts it knew when it was asked; None where it was not asked.
    named
        Whether it said "that was us".
    """

    message: str
    seat: str
    source: str | None
    round: int
    facts: tuple[str, ...] | None = None
    right: tuple[str, ...] | None = None
    named: bool = False


def actions(slips: Sequence[Slip], messages: Mapping[str, Message], at: float) -> Iterator[Action]:
    """Give what was done, in order, from a moment on.

    Examples
    --------
    >>> from workshopkit.relay.content import messages
    >>> slips = [Slip("out", "a", None, 0, ("o1",)), Slip("out", "b", "a", 1)]
    >>> [(one.kind, one.seat) for one in actions(slips, messages(), 0.0)][:3]
    [('told', 'a'), ('passed', 'a'), ('next', None)]
    """
    for round in range(1, ROUNDS + 1):
        now = at + round - 1
        for slip in slips:
            if slip.facts is not None and slip.round == round - 1:
                data = {"message": slip.message, "round": round, "facts": list(slip.facts)}
                yield Action("told", now, slip.seat, data)
        for slip in slips:
            if slip.source is not None and slip.round == round:
                data = {"message": slip.message, "round": round, "to": slip.seat}
                yield Action("passed", now, slip.source, data)
        yield Action("next", now + 0.5, data={"round": round})
    for slip in slips:
        for fact in messages[slip.message].facts if slip.right is not None else ():
            known = 0 if fact.id in (slip.right or ()) else None
            data = {"message": slip.message, "fact": fact.id, "option": known}
            yield Action("answered", at + ROUNDS, slip.seat, data)
    yield Action("next", at + ROUNDS + 0.5, data={"round": QUIZ})
    for slip in slips:
        if slip.named:
            yield Action("named", at + QUIZ, slip.seat, {"message": slip.message})
