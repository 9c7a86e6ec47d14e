"""A team that plays while a message is on its way: it reads, tells on, chooses, bets, answers."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from workshopkit.bots.pace import Pace
from workshopkit.bots.screen import Screen, shown
from workshopkit.relay.content import messages

__all__ = ["do", "due"]

_WORDS = {"bet": 20, "guess": 16, "named": 20, "pass": 25, "quiz": 16, "tell": 60}
Facts = Sequence[str]


def due(relay: Mapping[str, Any] | None, *, is_named: bool = False) -> set[str]:
    """Name what is asked now: the ride, its phase, what to do, and about what."""
    if not relay:
        return set()
    phases, phase = relay["phases"], relay["phase"]
    where = f"{relay['id']}/{phase}"
    if phase == phases["over"]:
        return {
            f"{where}/named/{hand['message']}" for hand in relay["hands"] if is_named and not hand["named"]
        }
    if phase == phases["quiz"]:
        quiz = relay.get("quiz")
        if quiz is None:
            return {f"{where}/guess/{relay['guess']['message']}"}
        return {
            f"{where}/quiz/{one['fact']}" for one in quiz["questions"] if one["fact"] not in quiz["answers"]
        }
    hands = [hand for hand in relay["hands"] if hand["free"] and not (hand["own"] and hand["to"])]
    if hands:
        return {f"{where}/{'pass' if hand['own'] else 'tell'}/{hand['message']}" for hand in hands}
    return {f"{where}/bet/{relay['bet']['message']}"} if relay.get("bet") else set()


async def do(what: str, page: Screen, pace: Pace, *, tells: Callable[[Facts], Facts], types: bool) -> None:
    """Do one of the things that `due` names; a round that ended meanwhile asks for it no more."""
    name = what.split("/")[2]
    await pace.read(_WORDS[name])
    state = await shown(page)
    if what not in due(state.get("relay"), is_named=True):
        return
    kind, payload, taps = _said(what, state, tells, types=types)
    for _ in range(taps):
        await pace.tap(talk=name == "pass")
    state = await shown(page)
    if what in due(state.get("relay"), is_named=True):
        await page.send(kind, payload, act="message")


def _said(
    what: str, state: Mapping[str, Any], tells: Callable[[Facts], Facts], *, types: bool
) -> tuple[str, dict[str, Any], int]:
    """Give an event and how many taps it takes."""
    relay = state["relay"]
    _, _, name, about = what.split("/")
    draw = random.Random(f"{what}/{state['seat']['id']}")  # noqa: S311 - a simulation
    afterwards: dict[str, tuple[str, dict[str, Any], int]] = {
        "quiz": ("relay.answered", _answer(relay, about) if name == "quiz" else {}, 1),
        "guess": ("relay.guessed", {"message": about, "count": draw.randint(0, 5)}, 1),
        "named": ("relay.named", {"message": about, "named": True}, 1),
    }
    if name in afterwards:
        return afterwards[name]
    payload: dict[str, Any] = {"message": about, "round": relay["phase"]}
    if name == "bet":
        places = [
            one["id"]
            for one in state["actors"]
            if one["id"] != state["seat"]["id"] and one["voice"] != "none"
        ]
        return "relay.bet", {**payload, "place": draw.choice(places)}, 1
    hand = next(one for one in relay["hands"] if one["message"] == about)
    if name == "pass":
        return "relay.passed", {**payload, "to": draw.choice(hand["free"])}, 1
    return _told(relay, hand, payload, tells, types=types)


def _told(
    relay: Mapping[str, Any],
    hand: Mapping[str, Any],
    payload: dict[str, Any],
    tells: Callable[[Facts], Facts],
    *,
    types: bool,
) -> tuple[str, dict[str, Any], int]:
    """Tell on what came: typed, as far as it fits, or ticked."""
    came = sorted(messages()[hand["message"]].read(" ".join(hand["came"])))
    facts = list(tells(came)) or came[:1]
    words = {one["id"]: one["words"] for one in hand["facts"]}
    text = " ".join(words[fact] for fact in facts)[: relay["longest"]].strip()
    if types and relay["types"] and text:
        return "relay.told", {**payload, "text": text}, 2
    return "relay.told", {**payload, "facts": facts}, len(facts) + 1


def _answer(relay: Mapping[str, Any], fact: str) -> dict[str, Any]:
    """Answer what came; of the rest it says that it does not know."""
    message = relay["quiz"]["message"]
    came = next((" ".join(hand["came"]) for hand in relay["hands"] if hand["message"] == message), "")
    known = fact in messages()[message].read(came)
    return {"message": message, "fact": fact, "option": 0 if known else None}
