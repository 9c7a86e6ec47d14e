"""Where everything that was said is kept: an append-only store of events, by URL."""

from __future__ import annotations

import os
from pathlib import Path

from workshopkit.errors import StoreError, StoreUnsupported
from workshopkit.i18n import N_
from workshopkit.store.contract import Event, Grant, NewEvent, Session, Snapshot, Store, Workshop

__all__ = ["Event", "Grant", "NewEvent", "Session", "Snapshot", "Store", "Workshop", "open_store", "path_of"]


def open_store(url: str, *, create: bool = True) -> Store:
    """Open the store at a URL.

    Parameters
    ----------
    url
        ``sqlite:///path`` or just a path.
    create
        Whether to make the file when it is not there.

    Raises
    ------
    StoreUnsupported
        If the URL is of another kind than SQLite.
    StoreError
        If the file cannot be used, or is not there and may not be made.
    """
    path = path_of(url)
    if not create and not os.path.exists(path):  # noqa: PTH110 - Path.exists raises where we may not look
        raise StoreError(N_("There is no store {path}. Make a workshop first: workshopkit new"), path=path)
    from workshopkit.store.sql import SQLStore

    return SQLStore(path).open()


def path_of(url: str) -> Path:
    """Give the file that a store's URL names.

    Raises
    ------
    StoreUnsupported
        If the URL is of another kind than SQLite.
    StoreError
        If it names a folder, or that of an unknown user.
    """
    scheme, separator, rest = url.partition("://")
    scheme = scheme.lower()
    if separator and scheme.split("+")[0] in {"postgresql", "postgres"}:
        raise StoreUnsupported(
            N_("PostgreSQL comes in a later version. Use a file for now: --db sqlite:///workshop.db")
        )
    if separator and scheme != "sqlite":
        raise StoreUnsupported(
            N_("A store of the kind {scheme} is not known. Use a file: --db sqlite:///workshop.db"),
            scheme=scheme[:20],
        )
    try:
        path = Path(rest.removeprefix("/") if separator else url).expanduser()
    except RuntimeError as fault:
        raise StoreError(N_("There is no user whose folder {url} could be."), url=url[:60]) from fault
    if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises where we may not look
        raise StoreError(N_("{path} is a folder. Name a file in it: --db sqlite:///workshop.db"), path=path)
    return path
