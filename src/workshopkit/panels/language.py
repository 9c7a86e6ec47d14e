"""In which language a notebook speaks: that of the folder it lies in, so that twins can share their code."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path, PurePath

from workshopkit.i18n import LANGUAGES

__all__ = ["notebook_language"]


def notebook_language(environ: Mapping[str, str] | None = None, folder: PurePath | None = None) -> str:
    """Give the language of this notebook.

    Parameters
    ----------
    environ
        The process's own when left out; ``WORKSHOPKIT_LANG`` wins, then the notebook's path as the server tells it.
    folder
        The working folder, which is the notebook's.

    Examples
    --------
    >>> from pathlib import PurePosixPath
    >>> notebook_language({}, PurePosixPath("course/notebooks/en"))
    'en'
    """
    given = os.environ if environ is None else environ
    if given.get("WORKSHOPKIT_LANG") in LANGUAGES:
        return given["WORKSHOPKIT_LANG"]
    here = folder if folder is not None else Path.cwd()
    for parts in (PurePath(given.get("JPY_SESSION_NAME", "")).parent.parts, here.parts):
        for part in reversed(parts):
            if part in LANGUAGES:
                return part
    return LANGUAGES[0]
