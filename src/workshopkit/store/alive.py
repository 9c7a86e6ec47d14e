"""Whether somebody works on a store: the analyst leaves a sign of life in it."""

from __future__ import annotations

__all__ = ["EVERY_S", "SIGN", "SILENT_S"]

SIGN = "analyst_at"
"""Under which name it stands, in seconds since the epoch."""

EVERY_S = 5.0
SILENT_S = 3 * EVERY_S
"""After this long without one, nobody works on it."""
