"""A whole copy of an SQLite file: a copied file without its WAL is none."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

__all__ = ["copy"]


def copy(source: Path, target: Path) -> None:
    """Copy a store as it is at this moment, also while others write; the target is whole or not there."""
    half = target.with_name(f"{target.name}.part")
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True)) as here,
            closing(sqlite3.connect(half)) as there,
        ):
            here.backup(there)
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)
