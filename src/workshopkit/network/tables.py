"""Maps as pandas tables with documented columns, and back: for notebooks, and for who would rather use a spreadsheet.

pandas is imported when a table is asked for: participants' kernels do without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from workshopkit.i18n import N_
from workshopkit.network.actors import Definition
from workshopkit.network.claims import Side
from workshopkit.network.drawn import Drawn
from workshopkit.network.drawn_reading import BadDrawing, read
from workshopkit.network.formal import Fault, Pair
from workshopkit.network.lines import Line, Lines, state_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Tables", "actors_table", "formal_table", "from_tables", "lines_table", "read_lines", "tables"]

_VERDICTS = ("yes", "no", "via", "divided", "silent")
_SIDE = ("strength", "answers", "agreement")


class Tables(NamedTuple):
    """A drawn map in four tables; what is told of both sides of a line follows from the rest, and is not read back.

    Parameters
    ----------
    places
        A row a place: ``id``, ``label``, ``kind`` (team, role or audience), ``domain`` (an id, or nothing), ``voice``
        (own, proxy or none), ``x``, ``y`` (where it stands) and ``placed`` (by hand).
    domains
        ``id`` and ``label``.
    lines
        A row a drawn line: ``source``, ``target`` (ids), ``channel``, ``strength`` (1 to 3), ``arrives`` (yes, partly
        or no), ``via`` (ids, with ``;`` between them); then ``told``, ``heard`` (what each side says) and ``state``.
    formal
        A row a reporting line: ``boss`` and ``reporter`` (ids).
    """

    places: pd.DataFrame
    domains: pd.DataFrame
    lines: pd.DataFrame
    formal: pd.DataFrame


def tables(drawn: Drawn) -> Tables:
    """Give a drawn map as tables.

    Examples
    --------
    >>> drawn = read({"actors": [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}],
    ...               "lines": [{"source": "a", "target": "b", "arrives": "no"}]})
    >>> tables(drawn).lines[["source", "target", "told", "heard", "state"]].values.tolist()
    [['a', 'b', 'yes', 'no', 'sent_not_heard']]
    >>> from_tables(*tables(drawn)) == drawn
    True
    """
    import pandas as pd

    given = drawn.payload()
    sides = {(line.source, line.target): line for line in drawn.reconciled()}
    rows = []
    for line in given["lines"]:
        both = sides[line["source"], line["target"]]
        said = {"told": both.told.verdict, "heard": both.heard.verdict, "state": both.state}
        rows.append({**line, "via": ";".join(line["via"]), **said})
    columns = {
        "actors": ["id", "label", "kind", "domain", "voice", "x", "y", "placed"],
        "domains": ["id", "label"],
        "lines": [
            "source", "target", "channel", "strength", "arrives", "via", "told", "heard", "state",
        ],
        "formal": ["boss", "reporter"],
    }  # fmt: skip
    made = {**given, "lines": rows}
    return Tables(*(pd.DataFrame(made[name], columns=heads) for name, heads in columns.items()))


def from_tables(
    places: pd.DataFrame,
    domains: pd.DataFrame | None = None,
    lines: pd.DataFrame | None = None,
    formal: pd.DataFrame | None = None,
) -> Drawn:
    """Read a drawn map from the tables that `tables` gives, or from ones of your own.

    Parameters
    ----------
    places, domains, lines, formal
        As in `Tables`. Of places only ``id`` is needed, of lines ``source`` and ``target``; what is left out is taken
        as `workshopkit.network.drawn_reading.read` takes it. A domain that only a place names is added.

    Raises
    ------
    BadDrawing
        Naming everything that is wrong.
    """
    actors, named = _rows(places), _rows(domains)
    known = {entry.get("id") for entry in named}
    named += [
        {"id": id} for id in dict.fromkeys(entry.get("domain") for entry in actors) if id and id not in known
    ]
    return read(
        {
            "actors": actors,
            "domains": named,
            "lines": [{**row, "via": _ways(row.get("via"))} for row in _rows(lines)],
            "formal": [[row.get("boss"), row.get("reporter")] for row in _rows(formal)],
        }
    )


def lines_table(
    definition: Definition,
    lines: Lines | Iterable[Line],
    *,
    name: Callable[[str], str] = str,
    ids: bool = False,
) -> pd.DataFrame:
    """Give every line as a row, with what both sides say.

    Parameters
    ----------
    definition
        For the labels.
    lines
        As `workshopkit.network.lines.reconcile` gives them.
    name
        Puts a state into words; the identifier itself when left out.
    ids
        Name places by their ids: then `read_lines` reads the table back.

    Returns
    -------
    pandas.DataFrame
        ``source``, ``target`` (labels), ``state``, ``told`` and ``heard`` (what each side says: yes, no, via, divided
        or silent), ``told_strength`` and ``heard_strength`` (0 to 1; nothing on a silent side), ``told_answers`` and
        ``heard_answers`` (how many), ``told_agreement`` and ``heard_agreement`` (0 to 1; nothing with fewer than two
        answers), ``via`` (the ways that receivers named, with ``;`` between them).
    """
    import pandas as pd

    label = {actor.id: actor.id if ids else actor.label for actor in definition.actors}
    rows = [
        (
            label[line.source], label[line.target], name(line.state), line.told.verdict, line.heard.verdict,
            line.told.strength, line.heard.strength, line.told.answers, line.heard.answers,
            line.told.agreement, line.heard.agreement,
            ";".join(label.get(way, way) for way in line.via),
        )
        for line in (lines.every() if isinstance(lines, Lines) else lines)
    ]  # fmt: skip
    columns = ["source", "target", "state", "told", "heard"]
    columns += [f"{side}_{what}" for what in _SIDE for side in ("told", "heard")] + ["via"]
    return pd.DataFrame(rows, columns=columns)


def read_lines(definition: Definition, frame: pd.DataFrame) -> tuple[Line, ...]:
    """Read the lines of a table that `lines_table` made with ids; the state follows from both sides.

    Raises
    ------
    BadDrawing
        Naming every row that is no line of this map.
    """
    faults: list[Fault] = []
    found = []
    for number, row in enumerate(_rows(frame), start=1):
        told, heard = str(row.get("told")), str(row.get("heard"))
        ends = row.get("source"), row.get("target")
        numbers = [row.get(f"{side}_{what}", 0) for side in ("told", "heard") for what in _SIDE]
        if not set(ends) <= definition.by_id.keys():
            names = " → ".join(map(str, ends))
            faults.append(
                (N_("row {row} names {value}, which is not on the map"), {"row": number, "value": names})
            )
        elif told not in _VERDICTS or heard not in _VERDICTS:
            faults.append(
                (
                    N_("row {row}: told and heard must be one of {known}"),
                    {"row": number, "known": ", ".join(_VERDICTS)},
                )
            )
        elif not all(isinstance(one, int | float) for one in numbers):
            faults.append((N_("row {row}: strengths and answers must be numbers"), {"row": number}))
        else:
            sides = _side(told, row, "told"), _side(heard, row, "heard")
            ways = tuple(_ways(row.get("via")))
            found.append(Line(str(ends[0]), str(ends[1]), *sides, state_of(*sides), ways))
    if faults:
        raise BadDrawing(faults)
    return tuple(found)


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


def formal_table(definition: Definition, states: Mapping[Pair, str] | None = None) -> pd.DataFrame:
    """Give every reporting line as a row.

    Parameters
    ----------
    definition
        With its chart.
    states
        By line, whether it is used, as `workshopkit.analysis.formal` finds it.

    Returns
    -------
    pandas.DataFrame
        ``boss``, ``reporter`` (labels), and ``state`` if it was given.
    """
    import pandas as pd

    frame = pd.DataFrame(
        [
            (definition.actor(boss).label, definition.actor(reporter).label)
            for boss, reporter in definition.formal
        ],
        columns=["boss", "reporter"],
    )
    return (
        frame if states is None else frame.assign(state=[states.get(pair, "") for pair in definition.formal])
    )


def _rows(frame: pd.DataFrame | None) -> list[dict[str, Any]]:
    """Give the rows as plain dicts, without the cells that are empty."""
    if frame is None:
        return []
    import pandas as pd

    records: list[dict[Any, Any]] = frame.astype(object).to_dict("records")
    return [{str(key): _plain(value) for key, value in row.items() if not pd.isna(value)} for row in records]


def _plain(value: Any) -> Any:
    """Give a cell as a plain value: numpy's numbers are its own."""
    return value.item() if hasattr(value, "item") else value


def _ways(cell: object) -> list[str]:
    return [way.strip() for way in str(cell).split(";")] if cell else []


def _side(verdict: str, row: Mapping[str, Any], name: str) -> Side:
    strength, answers, agreement = (row.get(f"{name}_{what}") for what in _SIDE)
    return Side(
        verdict,
        None if strength is None else float(strength),
        int(answers or 0),
        None if agreement is None else float(agreement),
    )
