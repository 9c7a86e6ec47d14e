"""The files that the commands about cases are given: read no further than needed, found by folder or by name."""

from __future__ import annotations

from pathlib import Path

from workshopkit import paths
from workshopkit.case import load
from workshopkit.case.check import FILE
from workshopkit.errors import UsageError
from workshopkit.i18n import N_

__all__ = ["folder_of", "read"]


def read(file: Path, most: int) -> bytes:
    """Read a file, one byte past the limit at most: who checks it sees that it is too large.

    Raises
    ------
    UsageError
        If it cannot be read.
    """
    try:
        with file.open("rb") as opened:
            return opened.read(most + 1)
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or type(fault).__name__
        raise UsageError(N_("{file} cannot be read ({reason})."), file=file, reason=reason) from fault


def folder_of(given: str) -> Path:
    """Find a case by its folder, its file, or the name of one of the kit.

    Raises
    ------
    UsageError
        If there is none.
    """
    path = Path(given)
    try:
        if (path / FILE).is_file() or path.is_file():
            return path
    except (OSError, ValueError):
        path = Path("?")
    if given in load.names():
        return paths.data() / "cases" / given
    raise UsageError(
        N_("There is no case {name}: no folder with a {file}, and not one of {known}."),
        name=given[:200],
        file=FILE,
        known=", ".join(load.names()),
    )
