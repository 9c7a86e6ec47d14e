"""The report and the bundle as files in a folder."""

from __future__ import annotations

from pathlib import Path

from workshopkit.i18n import LANGUAGES
from workshopkit.network.files import writing
from workshopkit.report import html, pdf
from workshopkit.report.bundle import bundle
from workshopkit.report.html import PLAIN
from workshopkit.report.options import Options
from workshopkit.room.fold import fold
from workshopkit.store.contract import Store

__all__ = ["BUNDLE", "report_folder", "save"]

BUNDLE = "bundle.zip"


def report_folder(workshop: str) -> Path:
    """Give where a notebook writes its files: beside the folder of this notebook, a folder for each workshop."""
    return Path.cwd().parent / f"report-{workshop[:8]}"


def save(store: Store, workshop: str, folder: Path, lang: str, options: Options = PLAIN) -> tuple[Path, ...]:
    """Write the report in every language and the bundle; an older one gives way only to a whole new one.

    Parameters
    ----------
    store, workshop
        What to write of, also while it runs.
    folder
        Made when it is not there.
    lang
        The language of the bundle's readme.
    options
        What is added to the report and left out of it.

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
    contents = {f"report-{one}.html": html.render(room, one, options).encode() for one in LANGUAGES}
    contents |= {f"report-{one}.pdf": pdf.render(room, one, options) for one in LANGUAGES}
    contents[BUNDLE] = bundle(store, workshop, lang, options)
    return writing.put(folder, contents)
