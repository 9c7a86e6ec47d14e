"""Act 01 in a notebook: the core cards of the case one at a time, and how far the room finds them its own."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from xml.etree import ElementTree as ET

from traitlets import Int

from workshopkit.case import originals, reader, thread
from workshopkit.case.model import Item
from workshopkit.i18n import N_
from workshopkit.network.release import TOO_FEW, WORDS
from workshopkit.panels import controls, shown
from workshopkit.panels.shown import Shown
from workshopkit.panels.watched import Watched
from workshopkit.room.events import MARKS
from workshopkit.room.scenes import example_rows

__all__ = ["CasePanel", "open_workshop"]

_MARKS = {"ours": N_("we recognise this"), "not_ours": N_("not with us"), "unknown": N_("we do not know")}


class CasePanel(Watched):
    """The cards that are read aloud, and the room's marks on them.

    Parameters
    ----------
    store, workshop, lang, alone
        As in `Watched`.
    """

    at = Int(help="The card that is shown, from 0.")

    @cached_property
    def core(self) -> tuple[Item, ...]:
        """Give the cards that are read aloud, in order."""
        return self.room.case.core

    @property
    def card(self) -> Item:
        """Give the card that is shown."""
        return self.core[self.at]

    def go(self, by: int) -> None:
        """Go on, or back; the first and the last card are the ends."""
        self.at = min(max(self.at + by, 0), len(self.core) - 1)

    def counts(self, card: str) -> dict[str, int]:
        """Count the marks that the room gave a card."""
        given = [self.room.sheet(seat.id).marks.get(card) for seat in self.definition.seats]
        return {mark: given.count(mark) for mark in MARKS}

    @property
    def marks(self) -> Shown:
        """Give the room's marks, a card a row."""
        t = self.t
        if self.definition.anonymous:
            return self._shares()
        counts = {card.id: self.counts(card.id) for card in self.core}
        if not any(sum(given.values()) for given in counts.values()):
            return shown.sentences([t("The room has not marked a card yet.")])
        columns = [t("Card"), *(t(text) for text in _MARKS.values())]
        return shown.table(
            columns, [(card.title[self.lang], *counts[card.id].values()) for card in self.core]
        )

    def _shares(self) -> Shown:
        """Give which share recognises every card, in each group and together, as far as that may be told."""
        t, known = self.t, self.told.marks
        if not known:
            return shown.sentences([t("The room has not marked a card yet.")])
        seats = self.definition.seats
        rows = []
        for card in (card for card in self.core if card.id in known):
            one = known[card.id]
            together = None if one.total is None else one.total["ours"]
            cells = [*(one.groups.get(seat.id) for seat in seats), together]
            rows.append(
                (card.title[self.lang], *(t(TOO_FEW if cell is None else WORDS[cell]) for cell in cells))
            )
        return shown.table([t("Card"), *(seat.label for seat in seats), t("together")], rows)

    @property
    def credit(self) -> Shown:
        """Say after whose words the case is told."""
        return shown.sentences([self.room.case.credit[self.lang]])

    @property
    def conversation(self) -> Shown:
        """Draw who answers whom, with the same in sentences under it."""
        said = thread.sentences(self.room.case, self.lang)
        words = shown.opening([(self.t("The same in words"), said)])
        picture = thread.picture(self.room.case, self.lang, missing=True)
        return Shown("\n".join(said), f'<div style="max-width:60em">{picture}</div>{words.html}')

    @property
    def examples(self) -> Shown:
        """List what teams told of their own organisation, with whether the room sees it."""
        t, labels = self.t, {card.id: card.title[self.lang] for card in self.core}
        rows = example_rows(self.room)
        if not rows:
            return shown.sentences([t("No team has told an example yet.")])
        seen = {True: t("yes"), False: t("not yet")}
        return shown.table(
            [t("Card"), t("Team"), t("Example"), t("On the big screen")],
            [(labels[row["card"]], row["by"], row["text"], seen[row["shown"]]) for row in rows],
        )

    @property
    def whole(self) -> Shown:
        """Give the whole case to read, in a frame of its own; with the original beside it where it was attached.

        A case may come from anywhere, and this notebook stands beside the server's token: the frame has another origin.
        """
        case = self.room.case
        frame = ET.Element(
            "iframe",
            sandbox="allow-scripts",
            srcdoc=reader.page(case, self.lang, original=originals.original(case.id)),
            title=case.title[self.lang],
            style="width:100%;height:80vh;border:1px solid #8a8a8f;border-radius:6px",
        )
        return Shown(case.title[self.lang], ET.tostring(frame, encoding="unicode", method="html"))

    @property
    def cards(self) -> Any:
        """Give the cards to leaf through."""
        t = self.t
        text, page = controls.shown(), controls.slider(len(self.core), text=t("card"))
        back = controls.button(t("Previous"), lambda: self.go(-1))
        on = controls.button(t("Next"), lambda: self.go(1), main=True)

        def paint(_: object = None) -> None:
            text.value = card_html(self.card, self.lang)
            page.value = self.at + 1
            back.disabled, on.disabled = self.at == 0, self.at == len(self.core) - 1

        page.observe(lambda change: self.go(change["new"] - 1 - self.at), "value")
        self.observe(paint, "at")
        paint()
        return controls.column(controls.row(back, on, page), text)


def card_html(card: Item, lang: str) -> str:
    """Give a card as a page shows it; its texts come from a file, and are text nodes here."""
    root = ET.Element(
        "article",
        {"style": "border-left:6px solid #1c4f8c;padding:0.6em 0 0.6em 1.4em;max-width:46em;line-height:1.5"},
    )
    for tag, style, text in (
        ("p", "margin:0;opacity:0.75;font-size:1.1em", card.role[lang]),
        ("h2", "margin:0.2em 0 0.4em;font-size:1.9em;line-height:1.2", card.title[lang]),
        ("p", "margin:0;font-size:1.45em", card.text[lang]),
        ("p", "margin:0.9em 0 0;font-size:1.3em;font-weight:600", card.question[lang]),
    ):
        ET.SubElement(root, tag, {"style": style}).text = text
    return ET.tostring(root, encoding="unicode", method="html")


def open_workshop(id: str | None = None, *, db: str | None = None) -> CasePanel:
    """Open the case, with the marks of the running workshop; see `Watched.open`."""
    panel: CasePanel = CasePanel.open(id, db=db)
    return panel
