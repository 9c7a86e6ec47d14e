"""Act 01 in a notebook: the core cards of the case one at a time, and how far the room finds them its own."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from xml.etree import ElementTree as ET

from traitlets import Int

from workshopkit.case.load import Card, cards, credit
from workshopkit.i18n import N_
from workshopkit.panels import controls, shown
from workshopkit.panels.shown import Shown
from workshopkit.panels.watched import Watched
from workshopkit.room.events import MARKS

__all__ = ["CasePanel", "open_workshop"]

_MARKS = {"ours": N_("this is us"), "partly": N_("a little"), "not_ours": N_("not us")}


class CasePanel(Watched):
    """The cards that are read aloud, and the room's marks on them.

    Parameters
    ----------
    store, workshop, lang, alone
        As in `Watched`.
    """

    at = Int(help="The card that is shown, from 0.")

    @cached_property
    def core(self) -> tuple[Card, ...]:
        """Give the cards that are read aloud, in order."""
        return tuple(card for card in cards().values() if card.core)

    @property
    def card(self) -> Card:
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
        counts = {card.id: self.counts(card.id) for card in self.core}
        if not any(sum(given.values()) for given in counts.values()):
            return shown.sentences([t("The room has not marked a card yet.")])
        columns = [t("Card"), *(t(text) for text in _MARKS.values())]
        return shown.table(
            columns, [(card.title[self.lang], *counts[card.id].values()) for card in self.core]
        )

    @property
    def credit(self) -> Shown:
        """Say after whose words the case is told."""
        return shown.sentences([credit()[self.lang]])

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


def card_html(card: Card, lang: str) -> str:
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
