"""A map that people draw themselves: a drawing is places, domains, lines between places, and who reports to whom.

What comes from a browser is checked like a stranger's: `check` gives the drawing back as it should be, or says in one
sentence what is wrong. A drawing holds only plain values, so that it is its own JSON::

    {"actors": [{"id", "label", "kind", "domain", "voice", "x", "y", "placed"}],
     "domains": [{"id", "label"}],
     "lines": [{"source", "target", "channel", "strength", "arrives", "via"}],
     "formal": [[boss, reporter]]}
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

import anywidget
import traitlets

from workshopkit import paths
from workshopkit.errors import UsageError
from workshopkit.figures.labels import MAX_LABEL
from workshopkit.figures.layout import HEIGHT, WIDTH
from workshopkit.i18n import LANGUAGES, N_

__all__ = ["EMPTY", "MOST_ACTORS", "MOST_DOMAINS", "MOST_LINES", "MapEditor", "check"]

MOST_ACTORS, MOST_DOMAINS, MOST_LINES = 300, 40, 2000
ACTOR = ("id", "label", "kind", "domain", "voice", "x", "y", "placed")
LINE = ("source", "target", "channel", "strength", "arrives", "via")
KINDS = ("team", "role", "audience")
VOICES = ("own", "proxy", "none")
ARRIVES = ("yes", "partly", "no")
EMPTY: Mapping[str, list[Any]] = {"actors": [], "domains": [], "lines": [], "formal": []}

_Record = dict[str, Any]
_Key = TypeVar("_Key", str, tuple[str, ...])


class MapEditor(anywidget.AnyWidget):
    """Draw a map of places and lines, by touch, mouse or keyboard, or as a list.

    Follow it with ``observe(…, "drawing")``: every finished gesture is one change. To change it from Python, set
    ``drawing`` anew; what is wrong with it is raised. What is wrong with a drawing from the browser is told there, and
    the last good one stays.

    Parameters
    ----------
    drawing
        The map, as `check` takes it; positions lie on the plane of `workshopkit.figures.layout`.
    lang
        ``"nl"`` or ``"en"``.
    mode
        ``"all"``, or ``"lines"`` when the places are given and only lines may be drawn.
    channels
        What is offered as the channel of a line.
    show_formal
        Whether the formal chart lies over the map.
    problem
        A sentence for the person who draws; empty when nothing is wrong.
    similar
        Pairs of places that may be the same one; joining them is offered.

    Examples
    --------
    >>> editor = MapEditor(lang="en")
    >>> editor.drawing["lines"]
    []
    """

    _esm = paths.static() / "editor.js"
    _css = paths.static() / "editor.css"

    drawing = traitlets.Dict().tag(sync=True)
    lang = traitlets.Enum(LANGUAGES, default_value="nl").tag(sync=True)
    mode = traitlets.Enum(("all", "lines"), default_value="all").tag(sync=True)
    channels = traitlets.List(traitlets.Unicode()).tag(sync=True)
    show_formal = traitlets.Bool(default_value=False).tag(sync=True)
    problem = traitlets.Unicode().tag(sync=True)
    similar = traitlets.List(traitlets.List(traitlets.Unicode(), minlen=2, maxlen=2)).tag(sync=True)

    @traitlets.default("drawing")
    def _nothing(self) -> _Record:
        return {part: [] for part in EMPTY}

    @traitlets.validate("drawing")
    def _checked(self, proposal: Any) -> _Record:
        return check(proposal["value"])

    def set_state(self, sync_data: Mapping[str, Any]) -> None:
        """Take what the browser sent, as far as it is a browser's business and right."""
        taken: _Record = {}
        said = self.problem
        if "drawing" in sync_data:
            try:
                taken["drawing"] = self._from_browser(sync_data["drawing"])
                said = ""
            except UsageError as error:
                said = error.text(self.lang)
        if isinstance(sync_data.get("show_formal"), bool):
            taken["show_formal"] = sync_data["show_formal"]
        super().set_state(taken)
        self.problem = said
        refused = (sync_data.keys() - taken.keys()) & {"problem", *self.trait_names(sync=True)}
        if refused:
            self.send_state(sorted(refused))

    def _from_browser(self, sent: object) -> _Record:
        found = check(sent)
        if self.mode == "lines" and any(
            found[part] != self.drawing[part] for part in EMPTY if part != "lines"
        ):
            raise UsageError(N_("Only lines can be drawn here; the places stay as they are."))
        return found


def check(drawing: object) -> _Record:
    """Give a drawing as it should be: a copy, with labels trimmed and numbers as floats.

    Parameters
    ----------
    drawing
        Anything.

    Raises
    ------
    UsageError
        The first fault, in one sentence.

    Examples
    --------
    >>> place = {"id": "a", "label": " Balie ", "kind": "team", "domain": None, "voice": "own",
    ...          "x": 80, "y": 40, "placed": True}
    >>> check({"actors": [place], "domains": [], "lines": [], "formal": []})["actors"][0]["label"]
    'Balie'
    >>> check({"actors": [{**place, "kind": "boss"}], "domains": [], "lines": [], "formal": []})
    Traceback (most recent call last):
        ...
    workshopkit.errors.UsageError: A drawing cannot hold “boss” as kind; choose team, role, audience.
    """
    parts = _record(drawing, EMPTY)
    domains = [
        {"id": _text(raw["id"], "id"), "label": _text(raw["label"], "label")}
        for raw in _records(parts["domains"], ("id", "label"), MOST_DOMAINS)
    ]
    in_domains = _unique(domain["id"] for domain in domains)
    actors = [_actor(raw, in_domains) for raw in _records(parts["actors"], ACTOR, MOST_ACTORS)]
    places = _unique(actor["id"] for actor in actors)
    lines = [_line(raw, places) for raw in _records(parts["lines"], LINE, MOST_LINES)]
    _unique((line["source"], line["target"]) for line in lines)
    formal = [_pair(raw, places) for raw in _list(parts["formal"], MOST_LINES)]
    _unique(map(tuple, formal))
    _no_round(formal)
    return {"actors": actors, "domains": domains, "lines": lines, "formal": formal}


def _actor(raw: _Record, domains: Collection[str]) -> _Record:
    if raw["domain"] is not None:
        _known(raw["domain"], domains)
    return {
        "id": _text(raw["id"], "id"),
        "label": _text(raw["label"], "label"),
        "kind": _one_of(raw["kind"], KINDS, "kind"),
        "domain": raw["domain"],
        "voice": _one_of(raw["voice"], VOICES, "voice"),
        "x": _between(raw["x"], WIDTH, "x"),
        "y": _between(raw["y"], HEIGHT, "y"),
        "placed": _one_of(raw["placed"], (True, False), "placed"),
    }


def _line(raw: _Record, places: Collection[str]) -> _Record:
    source, target = _pair([raw["source"], raw["target"]], places)
    via = [_known(place, places) for place in _list(raw["via"], MOST_ACTORS)]
    _unique([source, target, *via])
    return {
        "source": source,
        "target": target,
        "channel": _text(raw["channel"], "channel", least=0),
        "strength": _one_of(raw["strength"], (1, 2, 3), "strength"),
        "arrives": _one_of(raw["arrives"], ARRIVES, "arrives"),
        "via": via,
    }


def _pair(raw: object, places: Collection[str]) -> list[str]:
    if not isinstance(raw, list | tuple) or len(raw) != 2:  # noqa: PLR2004 - a pair
        raise _unreadable(raw)
    one, other = (_known(place, places) for place in raw)
    if one == other:
        raise UsageError(N_("“{value}” has a line to itself; draw it to another place."), value=one)
    return [one, other]


def _no_round(formal: Iterable[list[str]]) -> None:
    """Refuse a chart in which somebody is, in the end, their own boss."""
    above: dict[str, set[str]] = {}
    for boss, reporter in formal:
        above.setdefault(reporter, set()).add(boss)
    while free := {place for bosses in above.values() for place in bosses} - above.keys():
        above = {reporter: rest for reporter, bosses in above.items() if (rest := bosses - free)}
    if above:
        names = ", ".join(sorted(above)[:3])
        raise UsageError(
            N_("In the formal chart {names} end up above themselves; take one of them out."), names=names
        )


def _record(raw: object, fields: Collection[str]) -> _Record:
    if not isinstance(raw, dict):
        raise _unreadable(raw)
    for name in fields:
        if name not in raw:
            raise UsageError(N_("A part of the drawing lacks “{field}”; undo the last step."), field=name)
    for name in raw:
        if name not in fields:
            raise UsageError(N_("A drawing has no “{field}”; undo the last step."), field=_shown(name))
    return raw


def _records(raw: object, fields: Collection[str], most: int) -> list[_Record]:
    return [_record(one, fields) for one in _list(raw, most)]


def _list(raw: object, most: int) -> Collection[Any]:
    if not isinstance(raw, list | tuple):
        raise _unreadable(raw)
    if len(raw) > most:
        message = N_("The drawing holds {count} where at most {most} fit; leave some out.")
        raise UsageError(message, count=len(raw), most=most)
    return raw


def _text(raw: object, field: str, *, least: int = 1) -> str:
    if not isinstance(raw, str) or any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in raw):
        raise _unreadable(raw)
    text = raw.strip()
    if not least <= len(text) <= MAX_LABEL:
        message = N_("“{value}” cannot be a name here; use 1 to {most} letters.")
        raise UsageError(message, value=_shown(raw), most=MAX_LABEL)
    if field == "id" and text != raw:
        raise _unreadable(raw)
    return text


def _one_of(raw: Any, offered: Collection[Any], field: str) -> Any:
    # True == 1 and 1.0 == 1: the type counts as well.
    for value in offered:
        if type(raw) is type(value) and raw == value:
            return value
    message = N_("A drawing cannot hold “{value}” as {field}; choose {offered}.")
    raise UsageError(message, value=_shown(raw), field=field, offered=", ".join(map(str, offered)))


def _between(raw: object, most: float, field: str) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise _unreadable(raw)
    if not 0 <= raw <= most:  # also what is no number at all
        message = N_("A place lies off the map ({field} = {value}); keep it between 0 and {most}.")
        raise UsageError(message, field=field, value=_shown(raw), most=int(most))
    return float(raw)


def _known(raw: object, places: Collection[str]) -> str:
    if not isinstance(raw, str) or raw not in places:
        raise UsageError(
            N_("The drawing names “{value}”, which is not on it; undo the last step."), value=_shown(raw)
        )
    return raw


def _unique(found: Iterable[_Key]) -> set[_Key]:
    seen: set[_Key] = set()
    for one in found:
        if one in seen:
            name = one if isinstance(one, str) else " → ".join(one)
            raise UsageError(N_("“{value}” stands in the drawing twice; take one of them out."), value=name)
        seen.add(one)
    return seen


def _unreadable(raw: object) -> UsageError:
    return UsageError(
        N_("A part of the drawing cannot be read: “{value}”; undo the last step."), value=_shown(raw)
    )


def _shown(raw: object) -> str:
    """Give the beginning of a value, however large or odd it is."""
    if isinstance(raw, list | tuple | dict):
        return type(raw).__name__
    if isinstance(raw, int) and raw.bit_length() > 64:  # noqa: PLR2004 - writing it out could take for ever
        return "…"
    text = "".join(letter if letter.isprintable() else "�" for letter in str(raw)[:41])
    return text if len(text) <= 40 else f"{text[:40]}…"  # noqa: PLR2004 - a glance
