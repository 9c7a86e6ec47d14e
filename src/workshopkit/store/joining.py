"""The event that seats a participant: made at the door, and made good by the page if the door died in between."""

from __future__ import annotations

from workshopkit.store.contract import NewEvent

__all__ = ["joined"]


def joined(workshop: str, participant: str, actor: str) -> NewEvent:
    """Give the event; its id follows from the participant, so that it is stored once, whoever comes first."""
    return NewEvent(
        id=f"joined-{participant}",
        workshop=workshop,
        participant=participant,
        act=None,
        kind="joined",
        payload={"actor": actor},
    )
