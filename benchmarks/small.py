"""The whole room on a small machine: two gigabytes of memory for everything, JupyterLab open, and phones that keep coming.

The limit is a cgroup's, of version 2 or 1, as in the tests (``tests/cgroup.py``, ``tests/room.py``).
"""

from __future__ import annotations

import asyncio
import sys
import uuid
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "tests"))

from cgroup import Limit, limited
from room import Room, running_room
from workshopkit.bots.cast import script, seats_of, workshop_of
from workshopkit.bots.client import Browser, Page

__all__ = ["LIMIT_MB", "crowded"]

LIMIT_MB = 2_000
_EXPECT = 40
_IN_S = 120.0


async def crowded(folder: Path, *, most: int) -> dict[str, float] | None:
    """Let phones come until one is refused; then everybody answers, and the reveal begins.

    Gives how many are ``in``, how many were ``refused`` in words, the megabytes ``used_mb`` at most, how many processes
    Linux has ``killed``, how many of those who are in were ``lost``; None where no limit can be set.
    """
    with limited(LIMIT_MB) as limit:
        if limit is None:
            return None
        place = folder / f"small-{uuid.uuid4().hex[:8]}"
        with running_room(place, lang="nl", expect=_EXPECT, limit=limit, lab=True) as room:
            return await _fill(room, limit, most)


async def _fill(room: Room, limit: Limit, most: int) -> dict[str, float]:
    _lead(room, "lines")
    pages: list[tuple[Page, str, int, int]] = []
    refused, used = 0, 0.0
    for seat, place, together in seats_of(await Browser(room.local).seats(room.workshop.code), most):
        browser = Browser(room.local)
        if not await browser.seats(room.workshop.code):
            refused += 1
            break
        async with asyncio.timeout(_IN_S):
            page = await (await browser.join(room.workshop.code, seat)).connect()
        pages.append((page, seat, place, together))
        used = max(used, limit.used_mb)
    async with asyncio.timeout(_IN_S):
        await asyncio.gather(*(_answers(*one) for one in pages))
        used = max(used, limit.used_mb)
        _lead(room, "silos", part="arrives")
        await asyncio.gather(*(page.until(lambda state: state.get("act") == "silos") for page, *_ in pages))
    used = max(used, limit.used_mb)
    lost = sum(page.ended.is_set() for page, *_ in pages)
    for page, *_ in pages:
        await page.close()
    return {
        "in": float(len(pages)),
        "refused": float(refused),
        "used_mb": used,
        "killed": float(limit.killed),
        "lost": float(lost),
    }


async def _answers(page: Page, seat: str, place: int, together: int) -> None:
    """Say all that this phone says of its lines."""
    part = script(workshop_of(page.state, "nl"), seat, place, together)
    for kind, payload in part.lines:
        await page.send(kind, payload)


def _lead(room: Room, act: str, **part: str) -> None:
    room.store.append(
        id=uuid.uuid4().hex,
        workshop=room.workshop.id,
        participant="lead",
        act=None,
        kind="act.opened",
        payload={"act": act, **part},
    )
