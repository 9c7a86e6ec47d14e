"""Find cases: those that the kit brings, and those in folders of one's own."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from workshopkit import paths
from workshopkit.case import check
from workshopkit.case.model import Case, build

__all__ = ["default", "names", "open_case"]

DEFAULT = "straight-lines"


def names() -> tuple[str, ...]:
    """Give the names of the cases that the kit brings."""
    return tuple(sorted(file.parent.name for file in (paths.data() / "cases").glob(f"*/{check.FILE}")))


def open_case(folder: Path) -> Case:
    """Read a case from its folder.

    Raises
    ------
    BadCase
        Naming all its faults, with their lines.
    """
    return build(check.read(folder))


@cache
def default() -> Case:
    """Give the case that a workshop has if it chose no other; tests check it, so that no kernel has to."""
    return build(tomllib.loads((paths.data() / "cases" / DEFAULT / check.FILE).read_text(encoding="utf-8")))
