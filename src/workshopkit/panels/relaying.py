"""What a phone shows of a message on its way, in its reader's words."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from workshopkit.relay.content import Message, messages
from workshopkit.relay.play import MAX_TEXT
from workshopkit.relay.state import OVER, QUIZ, ROUNDS

__all__ = ["on_phone"]

READ_S = 20
Payload = dict[str, Any]


def on_phone(found: Mapping[str, Any] | None, lang: str, seat: str, *, anonymous: bool) -> Payload | None:
    """Give what a seat is asked, with the texts of what it has in hand; None before a ride.

    Parameters
    ----------
    found
        The seat's part of the snapshot.
    lang, seat
        Of the phone: facts and answers stand in an order of its own.
    anonymous
        Whether nothing is typed.
    """
    if found is None:
        return None
    known = messages()
    told: Payload = {
        **found,
        "phases": {"rounds": ROUNDS, "quiz": QUIZ, "over": OVER},
        "read_s": READ_S,
        "longest": MAX_TEXT,
        "types": not anonymous,
        "titles": {one.id: one.title[lang] for one in known.values()},
        "hands": [
            _hand(hand, known[hand["message"]], lang, f"{found['id']}/{seat}") for hand in found["hands"]
        ],
    }
    if quiz := found.get("quiz"):
        told["quiz"] = {
            **quiz,
            "questions": _questions(known[quiz["message"]], lang, f"{found['id']}/{seat}"),
        }
    return told


def _hand(hand: Mapping[str, Any], message: Message, lang: str, seed: str) -> Payload:
    own = hand["own"]
    return {
        **hand,
        "came": [line for one in hand["came"] for line in _lines(one, message, lang)],
        "own": _lines(own, message, lang) if own else None,
        "made": own["how"] if own else None,
        "facts": [
            {"id": id, "words": message.by_id[id].words[lang]} for id in _mixed(list(message.by_id), seed)
        ],
    }


def _lines(version: Mapping[str, Any], message: Message, lang: str) -> list[str]:
    """Give a version as it is read: the text, or the facts that were ticked."""
    if version["how"] == "original":
        return [message.text[lang]]
    if version["text"]:
        return [version["text"]]
    return [message.by_id[id].words[lang] for id in version["facts"]]


def _questions(message: Message, lang: str, seed: str) -> list[Payload]:
    return [
        {
            "fact": fact.id,
            "question": (fact.question or {})[lang],
            "options": [
                {"option": option, "words": fact.options[option][lang]}
                for option in _mixed(list(range(len(fact.options))), f"{seed}/{fact.id}")
            ],
        }
        for fact in message.facts
    ]


def _mixed(some: list[Any], seed: str) -> list[Any]:
    """Mix, the same way every time: the right answer is not always the first."""
    random.Random(seed).shuffle(some)  # noqa: S311 - an order, no secrets
    return some
