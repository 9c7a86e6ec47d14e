"""What who leads takes along, made beside the door: report and data as one bundle, and the agreements as cards to print."""

from __future__ import annotations

from contextlib import closing

from workshopkit.room.fold import fold
from workshopkit.server.base import DoorHandler
from workshopkit.server.beside import beside
from workshopkit.store import open_store

__all__ = ["AgreementCardsHandler", "BundleHandler"]

NAME = "workshopkit-bundle.zip"


class BundleHandler(DoorHandler):
    """``/bundle.zip``: made beside the door."""

    async def get(self) -> None:
        if self.visitor is None or self.visitor.lead is None:
            self.send_error(403)
            return
        made = await beside(self.settings, _pack, self.store.url, self.visitor.lead.workshop, self.lang)
        self.set_header("Content-Type", "application/zip")
        self.set_header("Content-Disposition", f'attachment; filename="{NAME}"')
        self.finish(made)


class AgreementCardsHandler(DoorHandler):
    """``/agreements.pdf``: a card to print for each agreement, in the reader's language."""

    async def get(self) -> None:
        if self.visitor is None or self.visitor.lead is None:
            self.send_error(403)
            return
        made = await beside(self.settings, _cards, self.store.url, self.visitor.lead.workshop, self.lang)
        if made is None:
            said = self.t("There are no agreements yet.")
            self.finish(self.texts("message.html", title=self.t("Cards to print"), sentence=said))
            return
        self.set_header("Content-Type", "application/pdf")
        self.set_header("Content-Disposition", 'inline; filename="agreement-cards.pdf"')
        self.finish(made)


def _cards(url: str, workshop: str, lang: str) -> bytes | None:
    from workshopkit.report.agreement_cards import cards

    with closing(open_store(url, create=False)) as store:
        return cards(fold(store.events(workshop)), lang)


def _pack(url: str, workshop: str, lang: str) -> bytes:
    from workshopkit.report.bundle import bundle

    with closing(open_store(url, create=False)) as store:
        return bundle(store, workshop, lang)
