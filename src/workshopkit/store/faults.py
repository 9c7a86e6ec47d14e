"""What goes wrong beneath a store, told in a sentence that helps."""

from __future__ import annotations

from pathlib import Path

from workshopkit.errors import StoreDamaged, StoreError, StoreFull, StoreReadOnly
from workshopkit.i18n import N_

__all__ = ["damaged", "translated"]

_FULL = ("disk is full", "no space left")
_READ_ONLY = ("readonly", "read-only", "permission denied")
_BROKEN = (
    "not a database",
    "malformed",
    "unsupported file format",
    "could not decode",
    "text encoding",
    "no such table",
    "no such column",
)


def damaged(path: Path) -> StoreDamaged:
    """Give the error for a file that is broken or somebody else's."""
    return StoreDamaged(
        N_(
            "{name} is damaged or no store of workshopkit. Go on from a backup, or choose another file with --db."
        ),
        name=path.name,
    )


def translated(fault: Exception, path: Path) -> StoreError:
    """Give the error for what SQLite, the file system or a broken row said."""
    reason = str(getattr(fault, "orig", fault)).splitlines()[0][:120]
    said, name = reason.lower(), path.name
    if any(word in said for word in _FULL):
        return StoreFull(
            N_("The disk with {name} is full. Make room; nothing that was stored is lost."), name=name
        )
    if any(word in said for word in _READ_ONLY):
        return StoreReadOnly(
            N_("{name} cannot be written. Give write access, or choose another file with --db."), name=name
        )
    if any(word in said for word in _BROKEN) or isinstance(fault, ValueError):
        return damaged(path)
    if "is locked" in said:
        return StoreError(
            N_("{name} is busy: another program holds it. Close that program, or try again."), name=name
        )
    if "unable to open" in said or isinstance(fault, OSError):
        return StoreError(
            N_("{name} cannot be opened. Is the folder there, and may it be written?"), name=name
        )
    return StoreError(N_("{name} does not answer now ({fault}). Try again."), name=name, fault=reason)
