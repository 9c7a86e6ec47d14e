"""The report and the bundle as files in a folder."""

from __future__ import annotations

from pathlib import Path

from workshopkit.errors import UsageError
from workshopkit.i18n import LANGUAGES, N_
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
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(_put(folder / name, content) for name, content in contents.items())
    except OSError as fault:
        raise UsageError(
            N_(
                "In {folder} nothing can be written ({reason}). Choose another folder, or make room in this one."
            ),
            folder=folder,
            reason=fault.strerror or type(fault).__name__,
        ) from fault


def _put(path: Path, content: bytes) -> Path:
    half = path.with_name(f".{path.name}.part")
    try:
        half.write_bytes(content)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    return path
