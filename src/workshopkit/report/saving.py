"""The report and the bundle as files in a folder."""

from __future__ import annotations

from pathlib import Path

from workshopkit.i18n import LANGUAGES
from workshopkit.network.files import writing
from workshopkit.report.bundle import bundle
from workshopkit.report.html import render
from workshopkit.room.fold import fold
from workshopkit.store.contract import Store

__all__ = ["BUNDLE", "save"]

BUNDLE = "bundle.zip"


def save(store: Store, workshop: str, folder: Path, lang: str) -> tuple[Path, ...]:
    """Write the report in every language and the bundle; an older one gives way only to a whole new one.

    Parameters
    ----------
    store, workshop
        What to write of, also while it runs.
    folder
        Made when it is not there.
    lang
        The language of the bundle's readme.

    Returns
    -------
    tuple of Path
        What was written.

    Raises
    ------
    UsageError
        If the folder cannot be written.
    """
    room = fold(store.events(store.workshop(workshop).id))
    contents = {f"report-{one}.html": render(room, one).encode() for one in LANGUAGES}
    contents[BUNDLE] = bundle(store, workshop, lang)
    return writing.put(folder, contents)
