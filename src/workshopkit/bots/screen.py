"""What a team of bots has before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

__all__ = ["Screen", "shown"]


class Screen(Protocol):
    """A page, or a phone that keeps one open."""

    @property
    def state(self) -> Mapping[str, Any]:
        """What the page shows; nothing while it is not there."""

    async def until(self, test: Any) -> Mapping[str, Any]:
        """Wait until the state passes a test; gives the state."""

    async def send(self, kind: str, payload: dict[str, Any], *, act: str | None = ...) -> dict[str, Any]:
        """Send one event and wait for the answer."""


async def shown(screen: Screen) -> Mapping[str, Any]:
    """Give what the page shows, as soon as it is there: who looks away must not think that nothing is asked."""
    return await screen.until(lambda _: True)
