"""The facilitator as a bot: opens every moment of the afternoon in order, when the room is ready for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from workshopkit.bots.device import Device
from workshopkit.bots.pace import Pace

__all__ = ["lead", "send_messages"]

_CALM_S, _LOOK_S = 1.0, 0.1


async def lead(
    cockpit: Device, pace: Pace, ready: Callable[[], bool], *, patience_s: float, closes: bool
) -> None:
    """Lead a workshop from where it is to its end; talk, walk and break take no time of their own.

    Parameters
    ----------
    cockpit
        The facilitator's page.
    pace
        How fast it reads aloud.
    ready
        Tells whether everybody has seen the moment and done what it asks.
    patience_s
        How long it waits for the last ones.
    closes
        Whether it ends the workshop after the last moment.
    """
    while following := cockpit.state["plan"]["next"]:
        await pace.read(len(following["say"].split()))
        await _open(cockpit, following)
        if following["act"] == "case" and not cockpit.state.get("marks_shown"):
            await cockpit.send("marks.shown", {"shown": True}, act=None)
        if (following["act"], following["part"]) == ("message", "relay"):
            await send_messages(cockpit)
        await _settled(ready, patience_s)
    if closes:
        await cockpit.send("workshop.closed", {}, act=None)


async def _open(cockpit: Device, moment: dict[str, Any]) -> None:
    wanted = (moment["act"], moment["part"], moment["sentence"])
    payload = {"act": wanted[0], "part": wanted[1], "sentence": wanted[2]}
    await cockpit.send("act.opened", payload, act=None)
    await cockpit.until(lambda state: (state["act"], state["part"], state["sentence"] or 0) == wanted)


async def send_messages(cockpit: Device) -> None:
    """Send the two messages, and go on to the next round as soon as nobody is busy; else time does it."""
    await cockpit.until(lambda state: (state.get("relay") or {}).get("suggest"))
    starts = cockpit.state["relay"]["suggest"]
    if not all(starts.values()):
        return
    await cockpit.send("relay.started", {"starts": starts}, act=None)
    done = 0
    while True:
        relay = (await cockpit.until(lambda state: _moves(state, done)))["relay"]  # noqa: B023 - read at once
        if relay["ends"] is None:
            return
        if relay["phase"] > done and not relay["busy"]:
            done = relay["phase"]
            await cockpit.send("relay.next", {"round": done}, act=None)


def _moves(state: dict[str, Any], done: int) -> bool:
    """Tell whether a round after the one that was ended last is played, or none is left."""
    relay = state.get("relay") or {}
    phase = relay.get("phase") or 0
    return phase > 0 and (relay["ends"] is None or (phase > done and not relay["busy"]))


async def _settled(ready: Callable[[], bool], patience_s: float) -> None:
    """Wait until the room is ready and stays so for a moment: what one says may ask something of another."""
    loop = asyncio.get_running_loop()
    late, since = loop.time() + patience_s, None
    while loop.time() < late:
        now = loop.time()
        since = (since or now) if ready() else None
        if since is not None and now - since >= _CALM_S:
            return
        await asyncio.sleep(_LOOK_S)
