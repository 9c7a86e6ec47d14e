"""A bot whose phone is away when something is asked does it when the phone is back."""

from __future__ import annotations

import asyncio

import pytest

from workshopkit.bots.afternoon import Part, play_afternoon
from workshopkit.bots.pace import Pace

CARD = {"kind": "join", "source": "press", "target": "permits", "hours": 4, "chosen": False}
RELAY = {
    "id": "r",
    "phase": 1,
    "phases": {"quiz": 6, "over": 7},
    "hands": [],
    "bet": {"message": "out", "place": None},
}
ASKED = {
    "a plan": ({"mend": {"cards": [CARD], "left": 20, "dots": 3, "done": False}}, "choose", "mend.chosen"),
    "dots": (
        {"mend": {"cards": [{**CARD, "chosen": True}], "left": 0, "dots": 3, "done": False}},
        "cut",
        "mend.finished",
    ),
    "a bet": ({"relay": RELAY}, "relay", "relay.bet"),
    "an answer": ({"incoming": [{"id": "a1", "writer": "press"}]}, "accept", "agreement.answered"),
}
ACT = {"choose": "breakthrough", "cut": "breakthrough", "relay": "message", "accept": "agreements"}


class ComingBack:
    """A phone that is always away when one just looks, and back for who waits."""

    def __init__(self, state):
        self._state = state
        self.sent = []

    @property
    def state(self):
        return {}

    async def until(self, test):
        while not test(self._state):
            await asyncio.sleep(0)
        return self._state

    async def send(self, kind, _payload, *, act=None):
        self.sent.append((kind, act))
        if kind == "mend.chosen":
            self._state = {**self._state, "mend": {**self._state["mend"], "cards": []}}
        if kind in {"mend.finished", "relay.bet", "agreement.answered"}:
            self._state = {"closed": True}


@pytest.mark.parametrize("what", ASKED)
async def test_it_waits_for_its_page(what):
    shows, part, last = ASKED[what]
    actors = [{"id": "press", "voice": "people"}, {"id": "permits", "voice": "people"}]
    phone = ComingBack(
        {"act": ACT[part], "part": part, "seat": {"id": "press"}, "actors": actors, **shows},
    )
    playing = asyncio.create_task(play_afternoon(phone, Part([]), Pace(0.0)))
    async with asyncio.timeout(5):
        while last not in {kind for kind, _ in phone.sent}:
            await asyncio.sleep(0)
    assert {act for _, act in phone.sent} == {ACT[part]}
    playing.cancel()
