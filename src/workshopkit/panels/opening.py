"""Which workshop a notebook looks at: the one that runs now, or alone the demo workshop."""

from __future__ import annotations

import os
from typing import NamedTuple

from workshopkit.panels.demo import demo_workshop
from workshopkit.panels.language import notebook_language
from workshopkit.store import open_store
from workshopkit.store.contract import Store

__all__ = ["Opened", "opened"]


class Opened(NamedTuple):
    """What a notebook opened.

    Parameters
    ----------
    store, workshop
        Where to look, and the id of what to look at.
    lang
        The reader's language.
    alone
        Whether this is the demo workshop of a notebook on its own.
    """

    store: Store
    workshop: str
    lang: str
    alone: bool


def opened(id: str | None = None, *, db: str | None = None) -> Opened:
    """Open a workshop.

    Parameters
    ----------
    id
        Which one; the newest that is open when left out, and without any the demo workshop.
    db
        The store's URL; that of the running kit when left out.
    """
    lang = notebook_language()
    url = db or os.environ.get("WORKSHOPKIT_DB")
    if url:
        store = open_store(url, create=False)
        found = id or next((one.id for one in store.workshops() if one.closed is None), None)
        if found is not None:
            return Opened(store, store.workshop(found).id, lang, alone=False)
    return Opened(*demo_workshop(lang), lang, alone=True)
