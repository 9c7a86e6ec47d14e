"""The report on paper: the same words and figures as the page, as a PDF that needs no browser and no library of a system.

Pages one and two are for who has little time, then comes a page for each team, and the rest is annex. Every figure's table
stands beside it or in the annex.
"""

from __future__ import annotations

import io
import logging
from typing import Any

from workshopkit.i18n import Translator
from workshopkit.report.html import PLAIN, values
from workshopkit.report.options import Options
from workshopkit.report.pdf_annex import annex, card
from workshopkit.report.pdf_paper import BRAND, SMALL, Paper
from workshopkit.room.fold import Room
from workshopkit.room.followup import day_of

__all__ = ["render"]


def render(room: Room, lang: str, options: Options = PLAIN) -> bytes:
    """Write the report of a room as it is now.

    Parameters
    ----------
    room, lang, options
        As `workshopkit.report.html.render` takes them.

    Returns
    -------
    bytes
        A PDF file.
    """
    # A sign that no letter of ours can show is an empty box on paper, and nothing to warn of.
    logging.getLogger("fpdf").setLevel(logging.ERROR)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    told = values(room, lang)
    paper = Paper(told["definition"].title, lang, day_of(room), options.colour or BRAND)
    _front(paper, told, options)
    _agreed(paper, told, options)
    if options.has("teams"):
        _teams(paper, told, options)
    annex(paper, told, options)
    return bytes(paper.output())


def _front(paper: Paper, told: dict[str, Any], options: Options) -> None:
    """Page one: what it is about, the map, and what matters most."""
    t, definition = told["t"], told["definition"]
    paper.add_page()
    if options.logo:
        paper.image(io.BytesIO(options.logo), w=45, h=16, keep_aspect_ratio=True)
        paper.ln(3)
    paper.say(" · ".join((t("Report of a workshop"), told["day"])), soft=True)
    paper.heading(definition.title, 1)
    paper.say(f"“{definition.subject}”", size=13)
    for name, text in ((t("Period"), definition.period), (t("Goal that it serves"), definition.goal)):
        if text:
            paper.say(f"{name}: {text}", soft=True)
    if definition.promise:
        paper.say(definition.promise)
    paper.say(f"{told['badge'].said} {told['badge'].silent}".strip(), bold=True)
    if options.foreword:
        paper.heading(t("Foreword"))
        for text in options.paragraphs:
            paper.say(text)
    if options.has("map"):
        paper.heading(t("How it runs"), keep=60)
        paper.figure(told["map"], widest=None)
    if options.has("five"):
        paper.heading(t("What matters most"))
        _five(paper, told)


def _five(paper: Paper, told: dict[str, Any]) -> None:
    t = told["t"]
    if not told["five"]:
        paper.say(t("Nobody has answered yet."))
        return
    for number, one in enumerate(told["five"], start=1):
        case = card(one.card, told) if one.card else ""
        small = paper.tall(" · ".join(one.numbers), SMALL) + paper.tall(case, SMALL)
        paper.room_for(
            paper.tall(f"{number}. {one.said}") + paper.tall(f"{one.advice} {one.step}") + small + 4
        )
        paper.say(f"{number}. {one.said}", bold=True)
        if one.numbers:
            paper.say(" · ".join(one.numbers), soft=True)
        paper.say(f"{one.advice} {one.step}".strip())
        if case:
            paper.say(case, soft=True)
    paper.say(told["caution"], soft=True)


def _agreed(paper: Paper, told: dict[str, Any], options: Options) -> None:
    """Page two: what was agreed."""
    if not options.has("agreements"):
        return
    t = told["t"]
    paper.heading(t("What we agreed"), keep=45)
    if not told["agreements"]:
        paper.say(t("No agreement was made."))
        return
    columns = [t("Agreement"), t("Line"), t("Who"), t("From when"), t("The other end says")]
    rows = [
        (
            " ".join([one["plan"], one["so"], one["trouble"], *_behind(one, t)]),
            f"{one['from']} → {one['to']}",
            " ".join(
                [
                    f"{one['who']} ({one['by']}).",
                    *([t("In a year, without us: {who}", who=one["alone"])] if one["alone"] else []),
                ]
            ),
            one["when"],
            " ".join([("✓ " if one["answer"] == "accepted" else "") + one["answered"], *one["came_back"]]),
        )
        for one in told["agreements"]
    ]
    paper.rows(columns, rows, (40, 20, 17, 15, 20))


def _behind(one: dict[str, Any], t: Translator) -> list[str]:
    """Say which step an agreement is, and from which passages it comes."""
    said = [t("Step: {title}", title=one["step"])] if one["step"] else []
    if one["cites"]:
        said.append(t("Case: {title}", title="; ".join(one["cites"])))
    return [text if text[-1] in ".?!”’" else f"{text}." for text in said]


def _teams(paper: Paper, told: dict[str, Any], options: Options) -> None:
    """Write a page for each team."""
    t = told["t"]
    for number, team in enumerate(told["teams"]):
        paper.add_page()
        if number == 0:
            paper.heading(t("Each team"))
        paper.heading(team.label, 3)
        paper.say(team.said)
        if told["ride"] and options.has("message"):
            for said in told["ride"].own.get(team.id, ()):
                paper.say(said)
        if team.rows:
            paper.rows([t("Place"), t("From here to there"), t("From there to here")], team.rows)
        own = [one for one in told["agreements"] if team.id in {one["writer"], one["other"]}]
        if own:
            paper.say(t("Agreements"), bold=True)
        paper.listed(
            f"{one['from']} → {one['to']}: {one['plan']} {one['trouble']} "
            f"({one['by']}, {one['when']}; {one['answered']})"
            for one in own
        )
