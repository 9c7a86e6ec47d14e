"""The message exercise as a state machine: what happens when somebody does something, and when time runs out.

Five rounds of 60 seconds. In a round every holder passes its message on to one neighbour that has it not: to the one that
it chose, else to one that is drawn; without one it stays. Before it passes on, a holder tells it in its own way, once: it
types a text or ticks facts. Who does neither in time passes it on as it is. Copies that come together, and copies that
come later, are merged: of what came the facts are put together. Seats that nobody sits at are played by the kit, which
loses and adds facts by a seeded draw.

The clock is passed in, and nothing here knows another. What is done too late, or cannot be done, changes nothing.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from workshopkit.relay.content import MESSAGES
from workshopkit.relay.state import (
    CORRIDOR,
    NEWSLETTER,
    OVER,
    QUIZ,
    ROUND_S,
    ROUNDS,
    Action,
    Bet,
    Choice,
    Holding,
    Key,
    Relay,
    Setting,
    Transmission,
    Version,
)

__all__ = ["MAX_TEXT", "advance", "apply", "asked", "begin", "by_lot", "draw", "play", "receivers"]

MAX_TEXT = 140
MOST_RECEIVERS = 3


def begin(setting: Setting) -> Relay:
    """Give a ride in its first round: who starts has the message."""
    versions, got = {}, {}
    for message in _in_order(setting.starts):
        start = setting.starts[message]
        first = Version(f"{message}/start", message, start, setting.messages[message].true)
        versions[first.id] = first
        got[Key(message, start)] = Holding(0, 0, None, (first.id,))
    return Relay(setting, since=setting.at, versions=versions, got=got)


def play(setting: Setting, actions: Iterable[Action] = (), now: float = float("inf")) -> Relay:
    """Play a ride: all that was done, by when it was done, until now.

    Examples
    --------
    >>> from workshopkit.relay.content import messages
    >>> lines = frozenset({("a", "b"), ("b", "c")})
    >>> ride = play(Setting(("a", "b", "c"), lines, {"out": "a"}, messages(), bots=frozenset("abc")))
    >>> [(key.seat, holding.round, holding.hop) for key, holding in ride.got.items()]
    [('a', 0, 0), ('b', 1, 1), ('c', 2, 2)]
    """
    relay = begin(setting)
    for action in sorted(actions, key=lambda one: one.at):  # stable: of equals the one that was stored first
        relay = apply(relay, action)
    return advance(relay, now)


def advance(relay: Relay, now: float) -> Relay:
    """Give the ride as time leaves it: what is over by now is closed."""
    while not relay.over and now >= relay.since + ROUND_S:
        relay = _close(relay, relay.since + ROUND_S)
    return relay


def apply(relay: Relay, action: Action) -> Relay:
    """Give the ride after an action; one that does not fit changes nothing but the time."""
    relay = advance(relay, action.at)
    rule = _RULES.get(action.kind)
    after = rule(relay, action) if rule and (action.seat in relay.setting.seats or not action.seat) else None
    if after is None:
        return relay
    return replace(after, acted=after.acted | {action.seat}) if action.seat else after


def receivers(relay: Relay) -> dict[str, list[str]]:
    """Give by message who is asked what it knows: those whom it was meant for, else the last ones to get it.

    Nobody is asked about two messages, so that everybody has the time.
    """
    found: dict[str, list[str]] = {}
    busy: set[str] = set()
    for message in _in_order(relay.setting.starts):
        came = [
            (relay.got[Key(message, seat)].round, seat)
            for seat in relay.holders(message)
            if relay.got[Key(message, seat)].round
        ]
        meant = relay.setting.goals.get(message, ())
        able = [(round, seat) for round, seat in came if seat not in busy]
        last = max((round for round, _ in able), default=0)
        chosen = [seat for _, seat in able if seat in meant] or [
            seat for round, seat in able if round == last
        ]
        found[message] = chosen[:MOST_RECEIVERS]
        busy |= set(found[message])
    return found


def asked(relay: Relay, seat: str) -> str | None:
    """Give the message about which a seat is asked what it knows; None for who guesses."""
    return next((message for message, seats in receivers(relay).items() if seat in seats), None)


# What people do ---------------------------------------------------------------------------------------------------


def _told(relay: Relay, action: Action) -> Relay | None:
    key = _held(relay, action)
    if key is None or relay.got[key].versions:
        return None
    message = relay.setting.messages[key.message]
    text = action.data.get("text")
    if text is not None:
        facts, how = message.read(text), "retold"
        if not text.strip() or len(text) > MAX_TEXT:
            return None
    else:
        facts, how = frozenset(action.data.get("facts", ())), "ticked"
        if not facts <= message.by_id.keys():
            return None
    return _write(relay, key, facts, how, text)


def _passed(relay: Relay, action: Action) -> Relay | None:
    key = _held(relay, action)
    if key is None:
        return None
    choice = Choice(action.data.get("to"), action.data.get("channel") or CORRIDOR)
    free = relay.free(*key)
    if choice.channel == NEWSLETTER and relay.setting.channels and free:
        choice = Choice(None, NEWSLETTER)
    elif choice.channel != CORRIDOR or choice.to not in free:
        return None
    return replace(relay, choices={**relay.choices, key: choice})


def _held(relay: Relay, action: Action) -> Key | None:
    """Give what an action of this round is about, if who does it has that message."""
    key = Key(str(action.data.get("message")), str(action.seat))
    return key if _now(relay, action) and key in relay.got else None


def _now(relay: Relay, action: Action) -> bool:
    return relay.playing and action.data.get("round") == relay.phase


def _bet(relay: Relay, action: Action) -> Relay | None:
    message, place = str(action.data.get("message")), str(action.data.get("place"))
    seat = str(action.seat)
    able = message in relay.setting.starts and place in relay.setting.seats and place != seat
    if not able or not _now(relay, action):
        return None
    if Key(message, seat) in relay.got and relay.free(message, seat):
        return None  # it decides itself where the message goes
    return replace(relay, bets={**relay.bets, (relay.phase, seat): Bet(message, place)})


def _answered(relay: Relay, action: Action) -> Relay | None:
    key = Key(str(action.data.get("message")), str(action.seat))
    if relay.phase != QUIZ or asked(relay, key.seat) != key.message:
        return None
    fact, option = action.data.get("fact"), action.data.get("option")
    message = relay.setting.messages[key.message]
    if fact not in message.true:
        return None
    if option is not None and option not in range(len(message.by_id[fact].options)):
        return None
    answers = {**relay.answers.get(key, {}), fact: option}
    return replace(relay, answers={**relay.answers, key: answers})


def _guessed(relay: Relay, action: Action) -> Relay | None:
    key = Key(str(action.data.get("message")), str(action.seat))
    count = action.data.get("count")
    able = relay.phase == QUIZ and key.message in relay.setting.starts and asked(relay, key.seat) is None
    if (
        not able
        or not isinstance(count, int)
        or not 0 <= count <= len(relay.setting.messages[key.message].facts)
    ):
        return None
    return replace(relay, guesses={**relay.guesses, key: count})


def _named(relay: Relay, action: Action) -> Relay | None:
    key = Key(str(action.data.get("message")), str(action.seat))
    if not relay.over or key not in relay.got:
        return None
    others = relay.named - {key}
    return replace(relay, named=others | {key} if action.data.get("named", True) else others)


def _next(relay: Relay, action: Action) -> Relay | None:
    if relay.over or action.seat or action.data.get("round") != relay.phase:
        return None
    return _close(relay, action.at)


def _stopped(relay: Relay, action: Action) -> Relay | None:
    return None if action.seat else replace(relay, phase=OVER, since=action.at, choices={})


_RULES: Mapping[str, Callable[[Relay, Action], Relay | None]] = {
    "answered": _answered,
    "bet": _bet,
    "guessed": _guessed,
    "named": _named,
    "next": _next,
    "passed": _passed,
    "stopped": _stopped,
    "told": _told,
}


# What time does ---------------------------------------------------------------------------------------------------


def _close(relay: Relay, at: float) -> Relay:
    """Close a phase: of a round, pass on and deliver; of the questions, let the kit answer for empty seats."""
    if relay.phase == QUIZ:
        return replace(_answer_for_bots(relay), phase=OVER, since=at)
    number = relay.phase
    sending = [key for key in relay.got if relay.free(*key) and (relay.setting.draws or key in relay.choices)]
    for key in sending:
        relay = _send(relay, key, number)
    relay = replace(_deliver(relay, number), choices={}, played=number, since=at)
    moves = any(relay.free(*key) for key in relay.got) or any(not relay.received(one) for one in relay.sent)
    if number < ROUNDS and moves:
        return replace(relay, phase=number + 1)
    return replace(relay, phase=QUIZ if any(receivers(relay).values()) else OVER)


def _send(relay: Relay, key: Key, number: int) -> Relay:
    choice = relay.choices.get(key)
    free = relay.free(*key)
    relay = _made(relay, key)
    if choice is None or (choice.channel == CORRIDOR and choice.to not in free):
        choice = Choice(by_lot(relay, key))
    targets = free if choice.channel == NEWSLETTER else [str(choice.to)]
    due = number + (choice.channel == NEWSLETTER)
    version = relay.got[key].versions[-1]
    sent = (
        Transmission(key.message, key.seat, target, version, number, due, choice.channel)
        for target in targets
    )
    return replace(relay, sent=(*relay.sent, *sent))


def by_lot(relay: Relay, key: Key) -> str:
    """Give whom chance chooses in this round, where the holder does not: one that it can pass the message on to."""
    return draw(relay.setting.seed, "to", *key, relay.phase).choice(relay.free(*key))


def _made(relay: Relay, key: Key) -> Relay:
    """Have a version to pass on: where nobody made one, the kit's or what came as it is."""
    if relay.got[key].versions:
        return relay
    hand = relay.hand(*key)
    if relay.is_played(key.seat):
        return _write(relay, key, _played(relay, key, hand), "played", None)
    inbox = [relay.versions[id] for id in relay.got[key].inbox]
    return _write(relay, key, hand, "as_is", next((one.text for one in inbox if one.text), None))


def _played(relay: Relay, key: Key, hand: frozenset[str]) -> frozenset[str]:
    setting = relay.setting
    chances = draw(setting.seed, "tell", *key)
    message = setting.messages[key.message]
    found = set()
    for fact in message.by_id:
        chance = setting.keep if fact in hand else 0.0 if fact in message.true else setting.add
        if chances.random() < chance:
            found.add(fact)
    return frozenset(found)


def _deliver(relay: Relay, number: int) -> Relay:
    got, hops = dict(relay.got), {key: holding.hop for key, holding in relay.got.items()}
    later: list[tuple[Key, str]] = []
    for one in relay.sent:
        if one.due != number:
            continue
        key, hop = Key(one.message, one.target), hops[Key(one.message, one.source)] + 1
        before = got.get(key)
        if before is None:
            got[key] = Holding(number, hop, one.source, (one.version,))
            continue
        got[key] = replace(before, hop=min(before.hop, hop), inbox=(*before.inbox, one.version))
        if before.versions:
            later.append((key, one.version))
    relay = replace(relay, got=got)
    for key, version in later:
        relay = _merge(relay, key, version)
    return relay


def _merge(relay: Relay, key: Key, version: str) -> Relay:
    mine = relay.versions[relay.got[key].versions[-1]]
    facts = mine.facts | relay.versions[version].facts
    return _write(relay, key, facts, "merged", mine.text, parents=(mine.id, version))


def _write(
    relay: Relay,
    key: Key,
    facts: frozenset[str],
    how: str,
    text: str | None,
    *,
    parents: tuple[str, ...] | None = None,
) -> Relay:
    """Write a version: once, under a name of its own."""
    holding = relay.got[key]
    made = Version(
        f"{key.message}/{key.seat}/{len(holding.versions) + 1}",
        key.message,
        key.seat,
        facts,
        text,
        how,
        holding.inbox if parents is None else parents,
    )
    return replace(
        relay,
        versions={**relay.versions, made.id: made},
        got={**relay.got, key: replace(holding, versions=(*holding.versions, made.id))},
    )


def _answer_for_bots(relay: Relay) -> Relay:
    """Let an empty seat answer by what it has: right where it has the fact, else it does not know."""
    answers = dict(relay.answers)
    for message, seats in receivers(relay).items():
        for seat in filter(relay.is_played, seats):
            hand = relay.hand(message, seat)
            facts = relay.setting.messages[message].facts
            answers[Key(message, seat)] = {fact.id: 0 if fact.id in hand else None for fact in facts}
    return replace(relay, answers=answers)


def _in_order(starts: Mapping[str, str]) -> list[str]:
    return [message for message in MESSAGES if message in starts]


def draw(seed: str, *words: object) -> random.Random:
    """Give the draws of one thing: the same ones for the same seed, whatever else was drawn."""
    return random.Random("/".join(map(str, (seed, *words))))  # noqa: S311 - a game, no secrets
