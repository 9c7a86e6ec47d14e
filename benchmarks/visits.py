"""One visitor in a real browser: what can be read when, when the page answers, and what goes over the wire.

The first visit has an empty cache; the second is the same browser's, with the page opened again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from browser import Step, Tab, phone
from measuring import Run
from wire import SLOW, wire

__all__ = ["Way", "bytes_of", "slowly", "visits"]

_WITHIN_S = 60.0
_QUIET_S = 1.0
_SLOWER = 4


@dataclass(frozen=True)
class Way:
    """How a visitor walks: the path and the steps of the first visit, and those of the second."""

    first: str
    steps: Sequence[Step]
    again: str
    steps_again: Sequence[Step]


async def _nothing() -> None:
    """Stand for what a server needs between two visitors, if it needs nothing."""


async def visits(
    run: Run,
    system: str,
    url: str,
    ways: Callable[[], Way],
    rounds: int,
    *,
    name: str = "",
    slower: float = 1,
    rest: Callable[[], Awaitable[None]] = _nothing,
) -> None:
    """Let a browser come alone, with an empty cache and once more, round after round.

    Parameters
    ----------
    ways
        Gives how the next visitor walks.
    name
        What the measures begin with.
    slower
        How many times slower the browser's processor is.
    rest
        Waits until the server is at rest again.
    """
    for round in range(rounds):
        way = ways()
        context = await phone(run.browser)
        try:
            for visit, path, steps in (("", way.first, way.steps), ("again_", way.again, way.steps_again)):
                tab = Tab(context, url + path, steps, _WITHIN_S, slower=slower)
                run.ledger.add(f"{name}{visit}browser_s", system, await tab.arrive(), round=round)
                run.ledger.add(f"{name}{visit}text_s", system, tab.seconds("begin", "text"), round=round)
                if "join" in tab.marks:
                    seconds = tab.seconds("join", steps[-1]["name"])
                    run.ledger.add(f"{name}{visit}click_s", system, seconds, round=round)
                await tab.leave()
                await rest()
        finally:
            await context.close()


async def slowly(
    run: Run,
    system: str,
    url: str,
    ways: Callable[[], Way],
    *,
    rest: Callable[[], Awaitable[None]] = _nothing,
) -> None:
    """Let a browser come over a slow network, and one with a slow processor."""
    async with wire(url, SLOW) as line:
        await visits(run, system, line.url, ways, run.few, name="net_", rest=rest)
    await visits(run, system, url, ways, run.few, name="cpu_", slower=_SLOWER, rest=rest)
    run.say(f"{system}: slow network and slow processor")


async def bytes_of(run: Run, system: str, url: str, ways: Callable[[], Way]) -> None:
    """Weigh both visits."""
    way = ways()
    async with wire(url) as counter:
        context = await phone(run.browser)
        for name, path, steps in (("cold", way.first, way.steps), ("warm", way.again, way.steps_again)):
            counter.reset()
            tab = Tab(context, counter.url + path, steps, _WITHIN_S)
            await tab.arrive()
            await counter.quiet(_QUIET_S)
            here, elsewhere = tab.requests()
            run.ledger.add(f"{name}_mb", system, counter.down / 1e6)
            run.ledger.add(f"{name}_requests", system, here)
            run.ledger.add(f"{name}_elsewhere", system, elsewhere)
            await tab.leave()
        await context.close()
