"""The agreements as cards to print, cut out and hang where the moment comes: four to a page, the rehearsal on each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from fpdf import FPDF

from workshopkit.i18n import Translator, translator
from workshopkit.network.steps import NAMES
from workshopkit.room import followup
from workshopkit.room.agreements import Agreement, sentences
from workshopkit.room.fold import Room
from workshopkit.room.plain import plain

__all__ = ["NAME", "cards"]

NAME = "agreement-cards"
_FONTS, _FAMILY = Path(__file__).with_name("fonts"), "DejaVu"
# A6: a quarter of a page.
_WIDE, _TALL, _MARGIN = 105.0, 148.5, 9.0
_LARGEST, _SMALLEST, _LEADING, _POINT = 13.0, 6.0, 1.35, 25.4 / 72
_INK, _SOFT = "#1b1d22", "#5a5d66"


class _Said(NamedTuple):
    """A paragraph of a card."""

    text: str
    bold: bool = False
    soft: bool = False


def cards(room: Room, lang: str) -> bytes | None:
    """Give the cards of all agreements that the room sees, as a PDF; None while there are none.

    Parameters
    ----------
    room
        The workshop.
    lang
        The reader's language.
    """
    kept = [one for one in room.agreements if not one.hidden]
    if not kept or room.definition is None:
        return None
    t = translator(lang)
    made = FPDF(format="A4")
    for style, name in (("", "DejaVuSansCondensed.ttf"), ("B", "DejaVuSansCondensed-Bold.ttf")):
        made.add_font(_FAMILY, style, _FONTS / name)
    made.set_lang("en-GB" if t.lang == "en" else t.lang)
    agreements = t("Agreements")
    made.set_title(plain(f"{agreements}: {room.definition.title}"))
    made.set_creator("workshopkit")
    # The day of the workshop: when this file was written is nobody's business.
    made.set_creation_date(dt.datetime.combine(followup.day_of(room), dt.time(12), dt.UTC))
    made.set_auto_page_break(auto=False)
    for number, one in enumerate(kept):
        if number % 4 == 0:
            made.add_page()
            _cuts(made)
        _card(made, number % 2 * _WIDE, number % 4 // 2 * _TALL, list(_words(room, one, t)))
    return bytes(made.output())


def _words(room: Room, one: Agreement, t: Translator) -> Iterator[_Said]:
    definition = room.definition
    assert definition is not None  # noqa: S101 - a workshop is stored with its definition
    labels = {actor.id: actor.label for actor in definition.actors}
    plan, so, trouble = sentences(one, labels, t)
    yield _Said(" → ".join(labels.get(end, end) for end in one.line), soft=True)
    yield _Said(plan, bold=True)
    yield _Said(so)
    yield _Said(t("{who}, from {when}.", who=one.texts["who"], when=followup.date(one.when, t.lang)))
    yield _Said(trouble)
    if one.texts["alone"]:
        yield _Said(t("In a year, without us: {who}", who=one.texts["alone"]))
    if definition.goal:
        yield _Said(t("Our goal: {goal}", goal=definition.goal), soft=True)
    if one.step:
        yield _Said(t("Step: {title}", title=t(NAMES[one.step])), soft=True)
    cited = [room.case.items[id].title[t.lang] for id in one.cites if id in room.case.items]
    if cited:
        yield _Said(t("Case: {title}", title=" · ".join(cited)), soft=True)
    moment = one.texts["if"][:1].upper() + one.texts["if"][1:]
    yield _Said(t("Imagine: Monday, nine o’clock. {moment}. What do you do first?", moment=moment), bold=True)
    days = " · ".join(followup.date(followup.due(room, days).isoformat(), t.lang) for days in followup.ROUNDS)
    yield _Said(t("We ask how it went on {days}.", days=days), soft=True)


def _cuts(made: FPDF) -> None:
    made.set_draw_color(_SOFT)
    made.set_line_width(0.2)
    made.set_dash_pattern(dash=1, gap=2)
    made.line(_WIDE, 0, _WIDE, 2 * _TALL)
    made.line(0, _TALL, 2 * _WIDE, _TALL)
    made.set_dash_pattern()


def _card(made: FPDF, x: float, y: float, words: list[_Said]) -> None:
    """Write a card, in the largest letters in which all of it fits."""
    size = _LARGEST
    while size > _SMALLEST and _written(made, x, y, words, size, dry=True) > _TALL - 2 * _MARGIN:
        size -= 0.5
    _written(made, x, y, words, size)


def _written(made: FPDF, x: float, y: float, words: list[_Said], size: float, *, dry: bool = False) -> float:
    """Write the paragraphs, or only measure them; gives how high they are."""
    tall, leading = 0.0, size * _LEADING * _POINT
    for one in words:
        made.set_font(_FAMILY, "B" if one.bold else "", size if not one.soft else size * 0.85)
        made.set_text_color(_SOFT if one.soft else _INK)
        made.set_xy(x + _MARGIN, y + _MARGIN + tall)
        said, wide = " ".join(plain(one.text).split()), _WIDE - 2 * _MARGIN
        high = made.multi_cell(wide, leading, said, align="L", dry_run=True, output="HEIGHT")
        if not dry:
            made.multi_cell(wide, leading, said, align="L")
        tall += float(high) + leading * 0.5  # type: ignore[arg-type]
    return tall
