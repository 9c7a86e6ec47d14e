"""A team that plays at its table in the break-through: it takes cards as far as its hours go, and then gives dots."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from workshopkit.bots.pace import Pace
from workshopkit.bots.screen import Screen, shown

__all__ = ["Takes", "do", "due"]

Card = dict[str, str]
# Gives which of some cards a table takes; the word tells one choice from another.
Takes = Callable[[str, Sequence[Card]], Card]

_WORDS = {"plan": 60, "dots": 30}
# Who sits at a table of bots.
_PEOPLE = 3


def due(state: Mapping[str, Any]) -> set[str]:
    """Name what is asked now: a plan, also after hours were taken away, and then dots."""
    table = state.get("mend")
    if not table or not table["cards"]:
        return set()
    plan = {f"plan {state['part']}"} if _affordable(table) else set()
    return plan or ({"dots"} if state["part"] == "cut" and not table["done"] else set())


def _affordable(table: Mapping[str, Any]) -> list[Card]:
    return [_step(card) for card in table["cards"] if not card["chosen"] and card["hours"] <= table["left"]]


def _step(card: Mapping[str, Any]) -> Card:
    return {name: card[name] for name in ("kind", "source", "target")}


async def do(what: str, page: Screen, pace: Pace, takes: Takes) -> None:
    """Do one of the things that `due` names."""
    await pace.read(_WORDS[what.partition(" ")[0]])
    if what == "dots":
        await _give(page, pace, takes)
        return
    while (table := (await shown(page)).get("mend")) and (some := _affordable(table)):
        await pace.tap(talk=True)
        step = takes(f"{what} {table['left']}", some)
        await page.send("mend.chosen", {"step": step}, act="breakthrough")
        await page.until(lambda state, step=step: step not in _affordable(state.get("mend") or {"cards": ()}))


async def _give(page: Screen, pace: Pace, takes: Takes) -> None:
    table = (await shown(page)).get("mend")
    if not table:  # the room went on meanwhile
        return
    steps = [_step(card) for card in table["cards"]]
    for person in range(1, _PEOPLE + 1):
        given = [takes(f"dot {person} {dot}", steps) for dot in range(table["dots"])]
        for _ in given:
            await pace.tap(talk=False)
        await page.send("mend.given", {"person": person, "steps": given}, act="breakthrough")
    await pace.tap(talk=False)
    await page.send("mend.finished", {}, act="breakthrough")
