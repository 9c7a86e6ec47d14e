"""Where the kit's own files lie: in the installed package, or in a checkout."""

from __future__ import annotations

from pathlib import Path

__all__ = ["data", "notebooks", "originals", "static", "store"]

_PACKAGE = Path(__file__).resolve().parent


def _shared(name: str) -> Path:
    checkout = _PACKAGE.parents[1] / name
    if (_PACKAGE.parents[1] / "pyproject.toml").is_file() and checkout.is_dir():
        return checkout
    return _PACKAGE / "share" / name


def data() -> Path:
    """Give the folder with the kit's data: cases and the demo workshop."""
    return _shared("data")


def notebooks() -> Path:
    """Give the folder with the notebooks."""
    return _shared("notebooks")


def static() -> Path:
    """Give the folder with the built front end."""
    return _PACKAGE / "static"


def store() -> Path:
    """Give the file in which a user's workshops are kept, until another one is asked for."""
    return Path.home() / ".local" / "share" / "workshopkit" / "workshops.db"


def originals() -> Path:
    """Give the folder in which this user's original texts are kept, to be shown beside a case; never exported."""
    return store().parent / "originals"
