"""The report of a workshop: two pages to read and to print, as one HTML file that asks nothing of anybody.

It holds no script and no address, and its own policy forbids both. What people typed gets into it by a template that
escapes everything.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from babel.dates import format_date
from markupsafe import Markup

from workshopkit import __version__
from workshopkit.analysis import findings as analysis
from workshopkit.figures import gallery, told
from workshopkit.figures.figure import Figure
from workshopkit.figures.map import Drawing
from workshopkit.figures.perception import MOST_DRAWN
from workshopkit.figures.svg import sample, svg
from workshopkit.figures.words import STATE_NAMES
from workshopkit.i18n import N_, Translator, translator
from workshopkit.network.lines import STATES, reconcile
from workshopkit.report import content, tables
from workshopkit.room import scenes
from workshopkit.room.fold import Room

__all__ = ["SEED", "day_of", "render"]

SEED = 0
_ANNEX = ("matrix", "audiences", "perception", "load", "core")
_ANSWERS = {"accepted": N_("We do it"), "other": N_("Rather otherwise"), None: N_("no answer yet")}
_MEANINGS = {
    "confirmed": N_("the sender told it, and the receiver heard it directly"),
    "heard_via": N_("the sender told it, and the receiver heard it by another way"),
    "sent_not_heard": N_("the sender told it, and the receiver did not hear it from them"),
    "heard_not_claimed": N_("the receiver heard it directly, and the sender did not name them"),
    "absent": N_("not told, and not heard directly"),
    "divided": N_("within one side the answers differ"),
    "unanswered": N_("one of the two has not closed its list"),
}
# What no page may hold: half an emoji has no UTF-8, and steering signs have no place in HTML.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def render(room: Room, lang: str) -> str:
    """Write the report of a room as it is now.

    Parameters
    ----------
    room
        The workshop, folded; nobody needs to have answered yet.
    lang
        The reader's language.

    Returns
    -------
    str
        A whole HTML file.
    """
    definition = room.definition
    assert definition is not None  # noqa: S101 - a workshop is stored with its definition
    t = translator(lang)
    found = analysis.find(definition, reconcile(definition, room.sheets), seed=SEED)
    drawing = Drawing(definition)
    figure = gallery.make("lines", found, drawing=drawing, lang=t.lang)
    annex = [gallery.make(name, found, drawing=drawing, lang=t.lang) for name in _ANNEX]
    page = _templates().get_template("report.html")
    text = page.render(
        t=t,
        lang=t.lang,
        definition=definition,
        day=_told(day_of(room), t.lang),
        badge=content.badge(found, t.lang),
        five=content.five(room, found, t.lang),
        findings=content.findings(room, found, t.lang),
        caution=t(told.CAUTION),
        map=_drawn(figure),
        annex=[_drawn(_short(one)) for one in annex if one["shapes"]],
        twin=_twin(figure, t),
        agreements=_agreements(room, t),
        marks=_marks(room, t),
        states=_states(found.summary.counts, t),
        credit=room.case.credit[t.lang],
        version=__version__,
        seed=SEED,
    )
    return _NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", text)


def day_of(room: Room) -> dt.date:
    """Give the day of a workshop, by the last act that was opened; today for one that is still to be held."""
    now = dt.datetime.now().astimezone()
    return (now if room.opened_at is None else dt.datetime.fromtimestamp(room.opened_at, now.tzinfo)).date()


def _told(day: dt.date, lang: str) -> str:
    """Write a date; the English of a Dutch organisation is that of Europe."""
    return format_date(day, "long", locale="en_GB" if lang == "en" else lang)


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _short(figure: Figure) -> Figure:
    """Leave out of the list of gaps what is not drawn: on a large map it fills ten pages, and the lines stand above."""
    if figure["name"] != "perception":
        return figure
    table = figure["table"]
    return {**figure, "table": {**table, "rows": table["rows"][:MOST_DRAWN]}}


def _drawn(figure: Figure) -> dict[str, Any]:
    """Give a figure with what is drawn of it; an XML library writes that, and escapes what people typed."""
    legend = [{"name": one["text"], "sample": Markup(sample(one))} for one in figure["legend"]]  # noqa: S704
    return {**figure, "svg": Markup(svg(figure)), "legend": legend}  # noqa: S704


def _twin(figure: Figure, t: Translator) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give the map as a table: for each sender, by state, to whom its lines run."""
    rows: dict[str, dict[str, list[str]]] = {}
    for source, target, state in figure["table"]["rows"]:
        rows.setdefault(source, {}).setdefault(state, []).append(target)
    order = [t(STATE_NAMES[state]) for state in STATES]
    return [
        (source, [(state, ", ".join(told[state])) for state in order if state in told])
        for source, told in rows.items()
    ]


def _agreements(room: Room, t: Translator) -> list[dict[str, Any]]:
    definition = room.definition
    labels = {actor.id: actor.label for actor in definition.actors} if definition else {}
    return [
        {
            **one.texts,
            "plan": t("If {what}, then we {act}.", what=one.texts["if"], act=one.texts["then"]),
            "trouble": t(
                "If {what} gets in the way, then we {act}.",
                what=one.texts["obstacle"],
                act=one.texts["instead"],
            ),
            "from": labels.get(one.line[0], one.line[0]),
            "to": labels.get(one.line[1], one.line[1]),
            "by": labels.get(one.writer, one.writer),
            "when": _told(dt.date.fromisoformat(one.when), t.lang),
            "answer": one.answer,
            "answered": t(_ANSWERS[one.answer]),
            "cites": [
                f"{id} {room.case.items[id].title[t.lang]}" for id in one.cites if id in room.case.items
            ],
        }
        for one in room.agreements
        if not one.hidden
    ]


def _marks(room: Room, t: Translator) -> list[dict[str, Any]]:
    """Give the cards of the case that somebody marked, with how often each mark was given."""
    return [
        {
            "title": f"{name} {card.title[t.lang]}",
            **counts,
            "examples": [row for row in scenes.example_rows(room, name) if row["shown"]],
        }
        for name, card in room.case.items.items()
        if any((counts := tables.mark_counts(room, name)).values())
    ]


def _states(counts: dict[str, int], t: Translator) -> list[dict[str, Any]]:
    return [
        {"name": t(STATE_NAMES[state]), "meaning": t(_MEANINGS[state]), "count": counts[state]}
        for state in STATES
    ]
