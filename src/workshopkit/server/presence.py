"""Which phones are in touch: how many there are of every place on the map, and how many have just gone.

The door alone sees that. It leaves it in the store for the cockpit when it changes, as numbers: of no phone by itself.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from workshopkit.store import Session

__all__ = ["Presence"]

GRACE_S = 12.0  # a reload, a lift, a walk along the wall
RECENT_S = 90.0


@dataclass
class _Phone:
    """Somebody who takes part: the kernels of the pages that are connected, and since when there is none."""

    session: Session
    pages: set[str] = field(default_factory=set)
    gone_at: float = 0.0
    closed: bool = False


class Presence:
    """Who is connected.

    Parameters
    ----------
    clock
        Monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._phones: dict[str, _Phone] = {}
        self._workshops: set[str] = set()

    def came(self, page: str, session: Session) -> None:
        """Note that a page is connected."""
        phone = self._phones.setdefault(session.participant, _Phone(session))
        phone.pages.add(page)
        phone.closed = False
        self._workshops.add(session.workshop)

    def closed(self, page: str, session: Session) -> None:
        """Note that a page has said that it closes, before or after its connection ended: nothing is wrong with it."""
        phone = self._phones.get(session.participant)
        if phone is not None and phone.pages <= {page}:
            phone.closed = True

    def went(self, page: str) -> None:
        """Note that a page is connected no longer; who hears it twice has heard it once."""
        for phone in self._phones.values():
            if page in phone.pages:
                phone.pages.discard(page)
                phone.gone_at = self._clock()

    def left(self, participant: str) -> None:
        """Forget somebody who has withdrawn."""
        self._phones.pop(participant, None)

    def seen(self) -> dict[str, dict[str, Any]]:
        """Give by workshop the phones that are ``there``, by actor, and how many were ``lost`` just now."""
        now = self._clock()
        there: dict[str, Counter[str]] = {workshop: Counter() for workshop in self._workshops}
        lost: Counter[str] = Counter()
        for phone in self._phones.values():
            away = now - phone.gone_at
            if phone.pages or away < GRACE_S:
                there[phone.session.workshop][phone.session.actor or ""] += 1
            elif away < RECENT_S and not phone.closed:
                lost[phone.session.workshop] += 1
        return {
            workshop: {"there": dict(counts), "lost": lost[workshop]} for workshop, counts in there.items()
        }
