"""A team that plays the whole afternoon: whatever moment the facilitator opens, it does what is asked on its phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workshopkit.bots import mending, riding
from workshopkit.bots.pace import Pace
from workshopkit.bots.screen import Screen, shown
from workshopkit.room.timetable import block_of

__all__ = ["Part", "due", "play_afternoon"]

Said = tuple[str, dict[str, Any]]
_WORDS = {"card": 30, "lines": 28, "guess": 25, "walk": 40, "write": 60, "accept": 30}


@dataclass(frozen=True)
class Part:
    """What a team says in each act.

    Parameters
    ----------
    lines
        Its answers of act 02, in order, as (kind, payload).
    marks
        By card of the case, how far it is theirs; a card that is not in it is left unmarked.
    examples
        By card, an example from its own work; told after the mark.
    guess
        Of every ten lines, how many it thinks run straight.
    walked
        How its walk ends.
    tells
        Gives which facts of a message it tells on.
    types
        Whether it types what it tells on, instead of ticking it.
    is_named
        Whether it says "that was us" of a message that came to it.
    takes
        Gives which of some cards its table takes in the break-through.
    agreements
        The agreements that it writes.
    accept
        Gives its answer to an agreement of another team.
    """

    lines: Sequence[Said]
    marks: Mapping[str, str] = field(default_factory=dict)
    examples: Mapping[str, str] = field(default_factory=dict)
    guess: int = 5
    walked: str = "agreed"
    tells: Callable[[Sequence[str]], Sequence[str]] = lambda facts: facts
    types: bool = False
    is_named: bool = False
    takes: mending.Takes = lambda _, cards: cards[0]
    agreements: Sequence[dict[str, Any]] = ()
    accept: Callable[[Mapping[str, Any]], str] = lambda _: "accepted"


async def play_afternoon(page: Screen, part: Part, pace: Pace, done: set[str] | None = None) -> None:
    """Play until the workshop is over or the team is out.

    Parameters
    ----------
    page
        What the team has before it.
    part
        What it says.
    pace
        How fast.
    done
        Gets what has been done, by the names that `due` gives.
    """
    done = set() if done is None else done
    while True:
        state = await page.until(lambda state: _over(state) or (due(state, part) - done))
        if _over(state):
            return
        pace.at(block_of(state.get("act"), state.get("part")))
        for task in sorted(due(state, part) - done):
            await _do(task, page, part, pace)
            done.add(task)


def _over(state: Mapping[str, Any]) -> bool:
    return bool(state.get("closed") or state.get("withdrawn"))


def due(state: Mapping[str, Any], part: Part) -> set[str]:
    """Name what is asked of the team now; agreements to answer one by one."""
    act, now = state.get("act"), state.get("part")
    if act == "case":
        card = (state.get("card") or {}).get("id")
        return {f"card {card}"} if card in part.marks else set()
    if act == "lines":
        return {"lines"}
    if act == "silos":
        return {str(now)} & {"guess", "walk"}
    if act in {"message", "breakthrough"}:
        rides = riding.due(state.get("relay"), is_named=part.is_named)
        return {*(f"relay {one}" for one in rides), *(f"mend {one}" for one in mending.due(state))}
    if act == "agreements":
        own = {"write"} if now == "write" and part.agreements else set()
        return own | {f"accept {row['id']}" for row in state.get("incoming", ()) if now != "write"}
    return set()


async def _do(task: str, page: Screen, part: Part, pace: Pace) -> None:
    name, _, what = task.partition(" ")
    if name == "relay":
        await riding.do(what, page, pace, tells=part.tells, types=part.types)
        return
    if name == "mend":
        await mending.do(what, page, pace, part.takes)
        return
    await pace.read(_WORDS[name])
    for act, said, talk in _said(name, what, await shown(page), part):
        kind, payload = said
        await pace.tap(talk=talk)
        await page.send(kind, payload, act=act)
        if kind == "list.closed":
            await pace.question()


def _of_a_card(card: str, part: Part) -> Iterator[tuple[str, Said, bool]]:
    yield "case", ("case.marked", {"card": card, "mark": part.marks[card]}), True
    if card in part.examples:
        yield "case", ("case.example", {"card": card, "text": part.examples[card]}), False


def _said(name: str, what: str, state: Mapping[str, Any], part: Part) -> Iterator[tuple[str, Said, bool]]:
    """Give what a task asks for: the act, the event, and whether the team talks about it first."""
    if name == "card":
        yield from _of_a_card(what, part)
    elif name == "lines":
        for said in part.lines:
            yield "lines", said, said[0] in {"told", "heard"}
    elif name == "guess":
        yield "silos", ("guessed", {"tenths": part.guess}), True
    elif name == "walk":
        yield "silos", ("walked", {"answer": part.walked}), True
    elif name == "write":
        for agreement in part.agreements:
            yield "agreements", ("agreement.written", agreement), True
    for row in state.get("incoming", ()) if name == "accept" else ():
        if row["id"] == what:
            answer = {"agreement": what, "answer": part.accept(row)}
            yield "agreements", ("agreement.answered", answer), True
