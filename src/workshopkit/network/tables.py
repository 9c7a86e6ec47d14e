"""Lines and actors as pandas tables with documented columns, for notebooks.

pandas is imported when a table is asked for: participants' kernels do without it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from workshopkit.network.actors import Definition
from workshopkit.network.lines import Lines

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["actors_table", "lines_table"]


def lines_table(definition: Definition, lines: Lines, *, name: Callable[[str], str] = str) -> pd.DataFrame:
    """Give every line as a row.

    Parameters
    ----------
    definition
        For the labels.
    lines
        As `workshopkit.network.lines.reconcile` gives them.
    name
        Puts a state into words; the identifier itself when left out.

    Returns
    -------
    pandas.DataFrame
        ``source``, ``target`` (labels), ``state``, ``told`` and ``heard`` (what each side says).
    """
    import pandas as pd

    label = {actor.id: actor.label for actor in definition.actors}
    rows = [
        (label[line.source], label[line.target], name(line.state), line.told.verdict, line.heard.verdict)
        for line in lines.every()
    ]
    return pd.DataFrame(rows, columns=["source", "target", "state", "told", "heard"])


def actors_table(definition: Definition, hears: dict[str, int], heard: dict[str, int]) -> pd.DataFrame:
    """Give every actor as a row: from how many it heard directly, and by how many it was heard.

    Returns
    -------
    pandas.DataFrame
        ``actor``, ``domain`` (labels), ``hears`` and ``is_heard``.
    """
    import pandas as pd

    domain = {entry.id: entry.label for entry in definition.domains}
    rows = [
        (actor.label, domain.get(actor.domain or "", ""), hears[actor.id], heard[actor.id])
        for actor in definition.actors
    ]
    return pd.DataFrame(rows, columns=["actor", "domain", "hears", "is_heard"])
