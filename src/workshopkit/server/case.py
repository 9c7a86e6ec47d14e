"""``/case``: the whole case of a visitor's workshop, to read on. Starts no kernel."""

from __future__ import annotations

from workshopkit.case import load, model, originals, reader
from workshopkit.server.base import DoorHandler

__all__ = ["CaseHandler"]


class CaseHandler(DoorHandler):
    """Show the case to who is in, or leads; the attached original is for who leads, on this machine."""

    def get(self) -> None:
        visitor = self.visitor
        session = (visitor.seat or visitor.lead) if visitor else None
        if visitor is None or session is None:
            self.redirect(self.base_url)
            return
        defined = self.store.events(session.workshop, kinds={"workshop.defined"})[-1].payload
        case = model.build(own) if (own := defined.get("case")) else load.default()
        original = originals.original(case.id) if visitor.lead else {}
        back = self.base_url if visitor.seat else f"{self.base_url}cockpit"
        text = reader.body(case, self.lang, original=original)
        self.finish(self.texts("case.html", title=case.title[self.lang], back=back, text=text, called=True))
