"""A workshop kit that shows which messages arrive in an organisation, and which do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workshopkit.network.files.reading import Given

__version__ = "0.1.0"


def analyse(
    lines: Given,
    actors: Given | None = None,
    *,
    seed: int = 1,
    undirected: bool = False,
    lang: str = "en",
) -> dict[str, Any]:
    """Compute all measures of a map from files, as ``workshopkit analyse --json`` prints them.

    Parameters
    ----------
    lines, actors
        Each a path, the bytes of a file, a table of pandas, a list of dicts by column, or tuples: (source, target),
        and (actor, label, group, kind, voice).
    seed
        Every random number comes from it.
    undirected
        Read each row of `lines` both ways.
    lang
        The language of the warnings.

    Returns
    -------
    dict
        Plain numbers, texts and lists; None where a measure is undefined, with the reason beside it.

    Raises
    ------
    workshopkit.network.files.notes.BadFiles
        Naming everything that is wrong in both, with what to do.

    Examples
    --------
    >>> found = analyse([("a", "b"), ("b", "c")])
    >>> found["lines"], found["arrival"]["reachable_pairs"]
    (2, 3)
    """
    # Only then: a participant's kernel does without it.
    from workshopkit.report import analysing

    return analysing.analyse(lines, actors, seed=seed, undirected=undirected).as_json(lang)


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """Tell JupyterLab where our tile for its launcher is."""
    return [{"src": "labextension", "dest": "workshopkit"}]
