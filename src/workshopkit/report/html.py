"""The report of a workshop: two pages to read and to print, as one HTML file that asks nothing of anybody.

It holds no script and no address, and its own policy forbids both. What people typed gets into it by a template that
escapes everything.
"""

from __future__ import annotations

import datetime as dt
from base64 import b64encode
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
from workshopkit.network import steps
from workshopkit.network.lines import STATES
from workshopkit.network.release import TOO_FEW, WORDS
from workshopkit.report import content, mended, ride, tables
from workshopkit.report.glossary import glossary
from workshopkit.report.options import Options
from workshopkit.report.teams import team_pages
from workshopkit.room import agreements, followup, scenes
from workshopkit.room.calendar import NAME, calendar
from workshopkit.room.events import MARKS
from workshopkit.room.fold import Room
from workshopkit.room.followup import day_of
from workshopkit.room.plain import plain
from workshopkit.room.release import released

__all__ = ["SEED", "day_of", "render", "short", "values"]

SEED = 0
PLAIN = Options()
_ANNEX = ("matrix", "audiences", "perception", "load", "core", "formal")
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


def render(room: Room, lang: str, options: Options = PLAIN) -> str:
    """Write the report of a room as it is now.

    Parameters
    ----------
    room
        The workshop, folded; nobody needs to have answered yet.
    lang
        The reader's language.
    options
        What was added and left out.

    Returns
    -------
    str
        A whole HTML file.
    """
    found = values(room, lang)
    drawn = {
        "map": _drawn(found["map"]),
        "annex": [_drawn(short(one)) for one in found["annex"]],
        "chains": [_drawn(one.chain) for one in found["ride"].messages] if found["ride"] else [],
    }
    return plain(_templates().get_template("report.html").render(options=options, **{**found, **drawn}))


def values(room: Room, lang: str) -> dict[str, Any]:
    """Give all that a report says, in the reader's language, for a page and for paper.

    Parameters
    ----------
    room, lang
        As `render` takes them.
    """
    definition = room.definition
    assert definition is not None  # noqa: S101 - a workshop is stored with its definition
    t = translator(lang)
    found = analysis.find(definition, released(room).lines, seed=SEED)
    drawing = Drawing(definition)
    figure = gallery.make("lines", found, drawing=drawing, lang=t.lang)
    annex = [gallery.make(name, found, drawing=drawing, lang=t.lang) for name in _ANNEX]
    return {
        "t": t,
        "lang": t.lang,
        "definition": definition,
        "day": _told(day_of(room), t.lang),
        "badge": content.badge(found, t.lang),
        "five": content.five(room, found, t.lang),
        "findings": content.findings(room, found, t.lang),
        "caution": t(told.CAUTION),
        "map": figure,
        "annex": [one for one in annex if one["shapes"]],
        "twin": _twin(figure, t),
        "teams": team_pages(room, found, t.lang),
        "mended": mended.told(room, t.lang),
        "ride": ride.told(room, t.lang),
        "fates": {state: (sign, t(word)) for state, (sign, word) in ride.STATES.items()},
        "agreements": _agreements(room, t),
        "calendar": _calendar(room, t.lang),
        "calendar_name": NAME,
        "marks": _marks(room, t),
        "states": _states(found.summary.counts, t),
        "method": _method(room, t),
        "glossary": glossary(t.lang),
        "credit": room.case.credit[t.lang],
        "version": __version__,
        "seed": SEED,
    }


def _method(room: Room, t: Translator) -> tuple[list[str], list[str]]:
    """Give how it came about: what stands before the table of the states, and what stands after it."""
    definition = room.definition
    assert definition is not None  # noqa: S101 - a workshop is stored with its definition
    asked = (
        t(
            "Everybody answered alone, about this one message: whom did you tell this yourself, from whom did you hear it, and if it came by way of another, by whom? Told is only what 5 or more of a group say together, in five steps; every number here is computed from that."
        )
        if definition.anonymous
        else t(
            "Every team answered as one, about this one message: whom did you tell this yourselves, from whom did you hear it, and if it came by way of another, by whom? Who speaks for an audience answered for it."
        )
    )
    laid = t(
        "We laid both sides over each other. From each place on the map to each other one there may be a line: {pairs} lines. Each has one of seven states.",
        pairs=len(definition.pairs),
    )
    can = t(
        "What a map of {count} places can say: which lines of this message arrived in these weeks, where it made a detour, where it went round, and what hangs on one place.",
        count=len(definition.actors),
    )
    cannot = [
        t("What it cannot say: how people are, who is to blame, and how it always goes."),
        *([] if definition.anonymous else [t("One answer a team gives no percentages.")]),
        t(
            "What cannot be told from chance may still be there. Who did not answer has said nothing, and not no."
        ),
    ]
    return [asked, laid], [can, " ".join(cannot)]


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


def short(figure: Figure) -> Figure:
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
            **dict(zip(("plan", "so", "trouble"), agreements.sentences(one, labels, t), strict=True)),
            "step": t(steps.NAMES[one.step]) if one.step else "",
            "writer": one.writer,
            "other": one.other,
            "from": labels.get(one.line[0], one.line[0]),
            "to": labels.get(one.line[1], one.line[1]),
            "by": labels.get(one.writer, one.writer),
            "when": _told(dt.date.fromisoformat(one.when), t.lang),
            "answer": one.answer,
            "answered": t(_ANSWERS[one.answer]),
            "came_back": _came_back(room, one.id, t),
            "cites": [
                f"{id} {room.case.items[id].title[t.lang]}" for id in one.cites if id in room.case.items
            ],
        }
        for one in room.agreements
        if not one.hidden
    ]


def _came_back(room: Room, agreement: str, t: Translator) -> list[str]:
    """Give in words what was answered after 30 and 90 days."""
    after = {days: t("After {days} days", days=days) for days in followup.ROUNDS}
    return [
        f"{after[days]}: {t(followup.QUESTIONS[asked])} {t(followup.ANSWER_WORDS[said])}"
        for days in followup.ROUNDS
        for asked in followup.ASKED
        if (said := room.followed.get((agreement, days, asked))) is not None
    ]


def _calendar(room: Room, lang: str) -> str | None:
    """Give the calendar file of all teams as an address that holds the file itself."""
    made = calendar(room, lang)
    return None if made is None else f"data:text/calendar;base64,{b64encode(made).decode('ascii')}"


def _marks(room: Room, t: Translator) -> list[dict[str, Any]]:
    """Give the cards of the case that somebody marked, with how often each mark was given."""
    if room.anonymous:
        known = released(room).marks
        return [
            {
                "title": f"{card.id} {card.title[t.lang]}",
                **{mark: t(WORDS[total[mark]] if total else TOO_FEW) for mark in MARKS},
                "examples": [],
            }
            for card in room.case.core
            if card.id in known
            for total in (known[card.id].total,)
        ]
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
