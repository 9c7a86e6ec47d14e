"""The message exercise as events tell it: who started it, who was there, and what was done since. Played by `ride`.

Every event carries its time, so the phase follows from the facilitator's events alone: a phone, which reads no others, can
tell whether a round is still open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from workshopkit.relay.content import MESSAGES, messages
from workshopkit.relay.paper import SPAN_S, Slip, actions
from workshopkit.relay.state import OVER, QUIZ, ROUND_S, Action
from workshopkit.store.contract import Event

__all__ = ["IN_A_ROUND", "KINDS", "LED", "Started", "hide", "note", "slip_of", "start", "typed", "without"]

KINDS = frozenset(f"relay.{name}" for name in ("answered", "bet", "guessed", "named", "passed", "told"))
LED = frozenset(f"relay.{name}" for name in ("counted", "hidden", "next", "started", "stopped", "typed"))
# What names the round that it is for.
IN_A_ROUND = frozenset({"relay.bet", "relay.passed", "relay.told"})


@dataclass(frozen=True)
class Started:
    """A ride that was started.

    Parameters
    ----------
    id, seq, at
        Of the event that started it.
    starts
        By message, who begins.
    present
        By participant that held a phone then, its seat.
    log
        By participant, what was done since, in order.
    hidden
        Versions whose text the facilitator keeps off the wall.
    slips
        Of a ride that was played on paper, what was typed in.
    counted
        Whether the report may tell what came of it.
    """

    id: str
    seq: int
    at: float
    starts: Mapping[str, str]
    present: Mapping[str, str]
    log: tuple[tuple[str, Action], ...] = ()
    hidden: frozenset[str] = frozenset()
    slips: tuple[Slip, ...] = ()
    counted: bool = False

    @property
    def actions(self) -> list[Action]:
        """Give what was done."""
        return [action for _, action in self.log]

    def phase(self, now: float) -> int:
        """Give the phase by the clock, as far as the facilitator's events tell."""
        phase, since = 1, self.at
        for action in sorted(self.actions, key=lambda one: one.at):
            if action.seat is not None or action.at > now:
                continue
            gone = int((action.at - since) // ROUND_S)
            phase, since = phase + gone, since + gone * ROUND_S
            if action.kind == "stopped":
                return OVER
            if action.data["round"] >= phase:
                phase, since = action.data["round"] + 1, action.at
        return min(phase + int(max(0.0, now - since) // ROUND_S), OVER)

    def is_open(self, kind: str, round: object, now: float) -> bool:
        """Tell whether something of a kind can still be done."""
        phase = self.phase(now)
        if kind in IN_A_ROUND:
            return round == phase
        return kind == "relay.named" or phase <= QUIZ


def start(event: Event, present: Mapping[str, str]) -> Started:
    """Give a ride as it begins."""
    payload = event.payload
    starts = {name: payload["starts"][name] for name in ("out", "in")}
    return Started(event.id, event.seq, float(payload.get("at") or 0.0), starts, dict(present))


def typed(event: Event) -> Started:
    """Give a ride that was played on paper: it is over when it is typed in."""
    payload = event.payload
    slips = tuple(slip_of(one) for one in payload["slips"])
    at = float(payload.get("at") or 0.0) - SPAN_S
    starts = {slip.message: slip.seat for slip in slips if slip.source is None}
    done = tuple(("", action) for action in actions(slips, messages(), at))
    return Started(event.id, event.seq, at, {name: starts[name] for name in MESSAGES}, {}, done, slips=slips)


def slip_of(said: Mapping[str, Any]) -> Slip:
    """Give a slip as an event tells it."""
    facts, right = (None if said[name] is None else tuple(said[name]) for name in ("facts", "right"))
    return Slip(said["message"], said["seat"], said["from"], said["round"], facts, right, said["named"])


def note(ride: Started, event: Event, seat: str | None) -> Started:
    """Give a ride after something was done; None as the seat for who leads."""
    data = {name: value for name, value in event.payload.items() if name != "at"}
    at = float(event.payload.get("at") or ride.at)
    action = Action(event.kind.removeprefix("relay."), at, seat, data)
    return replace(ride, log=(*ride.log, (event.participant, action)))


def hide(ride: Started, version: str, *, hidden: bool) -> Started:
    """Keep the text of a version off the wall, or let it be seen again."""
    others = ride.hidden - {version}
    return replace(ride, hidden=others | {version} if hidden else others)


def without(ride: Started | None, participant: str) -> Started | None:
    """Give a ride as it would be without somebody."""
    if ride is None:
        return None
    return replace(
        ride,
        present={who: seat for who, seat in ride.present.items() if who != participant},
        log=tuple(one for one in ride.log if one[0] != participant),
    )
