"""Paper for a report: A4 with letters, headings, tables and figures, and no browser or library of a system behind it.

Headings are the bookmarks; every figure has its sentences as another text.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from fpdf import FPDF, FontFace
from fpdf.enums import TextMode, XPos, YPos

from workshopkit.figures.figure import SAMPLE, Figure
from workshopkit.figures.roles import LOOKS, PAPER
from workshopkit.figures.svg import sample, svg
from workshopkit.room.plain import plain

__all__ = ["BRAND", "SMALL", "Paper", "tall"]

_FONTS = Path(__file__).with_name("fonts")
_FAMILY = "DejaVu"
_MARGIN, _LEADING = 18.0, 1.4
BRAND = "#1c4f8c"
_INK, _SOFT, _RIM = "#1b1d22", "#5a5d66", "#d9d6cd"
_POINT = 25.4 / 72
_SIZES = {1: 19.0, 2: 14.0, 3: 11.0}
_BODY, SMALL, _CELL = 10.0, 8.5, 8.5
# As much of a page as a figure may take.
_TALLEST = 175.0


class Paper(FPDF):
    """A4, with the letters, headings, tables and figures that the report is made of."""

    def __init__(self, title: str, lang: str, day: dt.date, colour: str) -> None:
        super().__init__(format="A4")
        self.heading_colour, self.foot = colour, _one_line(title)
        for style, name in (("", "DejaVuSansCondensed.ttf"), ("B", "DejaVuSansCondensed-Bold.ttf")):
            self.add_font(_FAMILY, style, _FONTS / name)
        self.set_lang("en-GB" if lang == "en" else lang)
        self.set_title(self.foot)
        self.set_creator("workshopkit")
        # The day of the workshop: when this file was written is nobody's business.
        self.set_creation_date(dt.datetime.combine(day, dt.time(12), dt.UTC))
        self.set_margins(_MARGIN, _MARGIN)
        self.set_auto_page_break(auto=True, margin=_MARGIN + 4)
        self.alias_nb_pages()
        self.letters()

    def footer(self) -> None:
        """Write at the foot of every page what it is of."""
        self.set_y(-_MARGIN)
        self.letters(SMALL, _SOFT)
        self.cell(self.epw - 20, 5, self.foot[:90])
        self.cell(20, 5, f"{self.page_no()} / {{nb}}", align="R")

    def letters(self, size: float = _BODY, colour: str = _INK, *, bold: bool = False) -> None:
        """Choose the letters for what follows."""
        self.set_font(_FAMILY, "B" if bold else "", size)
        self.set_text_color(colour)

    def room_for(self, height: float) -> None:
        """Begin a page where less than this is left of it."""
        if self.get_y() + height > self.h - _MARGIN - 4:
            self.add_page()

    def heading(self, text: str, level: int = 2, *, keep: float = 30) -> None:
        """Write a heading, a bookmark as well, not as the last thing on a page."""
        self.room_for(keep)
        if self.get_y() > _MARGIN + 1:
            self.ln(5 if level < 3 else 3)  # noqa: PLR2004 - the smallest heading
        self.letters(_SIZES[level], self.heading_colour if level < 3 else _INK, bold=True)  # noqa: PLR2004
        self.start_section(_one_line(text), level=max(0, level - 2))
        self.block(text, _SIZES[level])
        self.ln(1)

    def say(self, text: str, *, soft: bool = False, bold: bool = False, size: float = _BODY) -> None:
        """Write a paragraph."""
        self.letters(SMALL if soft else size, _SOFT if soft else _INK, bold=bold)
        self.block(text, SMALL if soft else size)
        self.ln(1)

    def block(self, text: str, size: float) -> None:
        """Write a text over the width of the page."""
        said = _one_line(text)
        if said:
            self.multi_cell(0, size * _LEADING * _POINT, said, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def tall(self, text: str, size: float = _BODY) -> float:
        """Give how high a text will be, a bold one at most."""
        self.letters(size, bold=size == _BODY)
        said = _one_line(text)
        leading = size * _LEADING * _POINT
        return (
            float(self.multi_cell(0, leading, said, align="L", dry_run=True, output="HEIGHT")) + 1  # type: ignore[arg-type]
            if said
            else 0.0
        )

    def listed(self, texts: Iterable[str], *, numbered: bool = False) -> None:
        """Write sentences below each other, each with a dash or its number before it."""
        for number, text in enumerate(texts, start=1):
            self.letters()
            self.room_for(8)
            self.cell(7, _BODY * _LEADING * _POINT, f"{number}." if numbered else "–")
            self.set_left_margin(_MARGIN + 7)
            self.block(text, _BODY)
            self.set_left_margin(_MARGIN)
            self.set_x(_MARGIN)
            self.ln(0.8)

    def rows(
        self, columns: Sequence[str], rows: Iterable[Sequence[object]], widths: Sequence[int] = ()
    ) -> None:
        """Write a table; its heads come again on every page."""
        self.letters(_CELL)
        self.set_draw_color(_RIM)
        with self.table(
            col_widths=tuple(widths) or None,
            borders_layout="HORIZONTAL_LINES",
            headings_style=FontFace(emphasis="BOLD", color=_SOFT),
            line_height=_CELL * _LEADING * _POINT,
            padding=(1, 1.5, 1, 0),
            text_align="LEFT",
            v_align="TOP",
        ) as table:
            for given in (columns, *rows):
                row = table.row()
                for cell in given:
                    row.cell(_one_line(str(cell)) or " ")
        self.ln(2)

    def figure(self, figure: Figure, *, widest: float | None = None) -> None:
        """Draw a figure, with its legend below it."""
        wide = min(widest or self.epw, _TALLEST * figure["width"] / figure["height"])
        tall = wide * figure["height"] / figure["width"]
        self.room_for(tall + 12)
        x, y, scale = self.l_margin, self.get_y(), wide / figure["width"]
        shapes = [shape for shape in figure["shapes"] if shape["kind"] != "text"]
        bare = svg({**figure, "shapes": shapes})
        said = _one_line(" ".join([figure["title"], *figure["sentences"]]))
        self.image(
            io.BytesIO(bare.encode()), x, y, wide, tall, alt_text=said, title=_one_line(figure["title"])
        )
        for shape in figure["shapes"]:
            if shape["kind"] == "text":
                self._letter(shape, x, y, scale)
        self.set_xy(_MARGIN, y + tall + 2)
        self._legend(figure)

    def _letter(self, shape: dict[str, Any], x: float, y: float, scale: float) -> None:
        look, at, said = LOOKS[shape["role"]], shape["at"], _one_line(shape["text"])
        colour = look.fill[0] if look.fill else _INK
        self.letters(float(at["font-size"]) * scale / _POINT, colour, bold=look.weight >= 600)  # noqa: PLR2004 - bold
        shift = {"middle": 0.5, "end": 1.0}.get(str(at.get("text-anchor", "start")), 0.0)
        left, base = x + at["x"] * scale - shift * self.get_string_width(said), y + at["y"] * scale
        if look.halo:
            with self.local_context(
                text_mode=TextMode.STROKE, draw_color=PAPER[0], line_width=6 * scale / _POINT
            ):
                self.text(left, base, said)
        self.text(left, base, said)

    def _legend(self, figure: Figure) -> None:
        self.letters(SMALL, _SOFT)
        tall = 5.0
        wide = tall * SAMPLE[0] / SAMPLE[1] * 0.7
        for one in figure["legend"]:
            said = _one_line(one["text"])
            self.letters(SMALL, _SOFT)
            needed = wide + 2 + self.get_string_width(said) + 7
            if self.get_x() > _MARGIN and self.get_x() + needed > self.w - _MARGIN:
                self.ln(tall + 1)
            self.room_for(tall + 2)
            self.image(io.BytesIO(sample(one).encode()), self.get_x(), self.get_y() + 0.75, wide, tall * 0.7)
            self.set_x(self.get_x() + wide + 2)
            self.cell(needed - wide - 2, tall, said)
        if figure["legend"]:
            self.ln(tall + 2)


def tall(figure: Figure, wide: float) -> float:
    """Give how high a figure is that is this wide, unless it would be too high."""
    return min(_TALLEST, wide * float(figure["height"]) / float(figure["width"]))


def _one_line(text: str) -> str:
    """Give a text that any page of paper can hold."""
    return " ".join(plain(text).split())
