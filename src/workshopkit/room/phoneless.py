"""Participants that speak for a team without holding a phone: answers out of a file, and cards that were typed in.

Their name tells it, so that nobody counts them as a phone, whatever becomes of the workshop: in a bundle they get another
name of the same kind.
"""

from __future__ import annotations

__all__ = ["IMPORTED", "TYPED", "prefix"]

IMPORTED, TYPED = "import-", "paper-"


def prefix(participant: str) -> str:
    """Give how a participant's name begins if it holds no phone, else nothing.

    Examples
    --------
    >>> prefix("import-1f2e3d-1"), prefix("paper-0-balie"), prefix("1f2e3d")
    ('import-', 'paper-', '')
    """
    return next((one for one in (IMPORTED, TYPED) if participant.startswith(one)), "")
