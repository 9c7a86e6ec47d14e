"""The calendar file of the agreements: for a team its own, for who leads that of all. Starts no kernel."""

from __future__ import annotations

from workshopkit.room.fold import fold
from workshopkit.server.base import DoorHandler
from workshopkit.store import Session

__all__ = ["AllHandler", "OwnHandler"]


class _Calendar(DoorHandler):
    def hand_out(self, session: Session | None, team: str | None) -> None:
        """Send the file, or say that there is nothing to ask yet."""
        if session is None:
            self.send_error(403)
            return
        # Only now: the door does without it until somebody asks.
        from workshopkit.room.calendar import NAME, calendar

        made = calendar(fold(self.store.events(session.workshop)), self.lang, team)
        if made is None:
            said = self.t("There are no agreements yet.")
            self.finish(self.texts("message.html", title=self.t("Calendar"), sentence=said))
            return
        self.set_header("Content-Type", "text/calendar; charset=utf-8")
        self.set_header("Content-Disposition", f'attachment; filename="{NAME}"')
        self.finish(made)


class OwnHandler(_Calendar):
    """``/calendar.ics``: what a phone's own team is asked."""

    def get(self) -> None:
        seat = self.visitor.seat if self.visitor else None
        self.hand_out(seat, seat.actor if seat else None)


class AllHandler(_Calendar):
    """``/calendar-all.ics``: what all teams are asked, for who leads."""

    def get(self) -> None:
        self.hand_out(self.visitor.lead if self.visitor else None, None)
