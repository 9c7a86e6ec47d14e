"""A calendar file: an entry after 30 and one after 90 days that asks how the agreements went.

An entry holds all that is asked, with the codes, and no address: the laptop of the room is long gone by then. It begins
at nine in the morning of whoever looks at it (a *floating* time, RFC 5545 §3.3.5), so that neither summer time nor a
year's end nor another country moves it.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from icalendar import Alarm, Calendar, Event

from workshopkit import __version__
from workshopkit.i18n import translator
from workshopkit.room import followup
from workshopkit.room.fold import Room

__all__ = ["NAME", "calendar"]

NAME = "agreements.ics"
_AT, _LASTS = dt.time(9), dt.timedelta(minutes=15)


def calendar(room: Room, lang: str, team: str | None = None) -> bytes | None:
    """Give the calendar file of one team, or of all.

    Parameters
    ----------
    room
        The workshop.
    lang
        The reader's language.
    team
        An actor's id; all that is asked of anybody when left out.

    Returns
    -------
    bytes or None
        None while there is nothing to ask.
    """
    made = Calendar()
    made.add("prodid", f"-//workshopkit {__version__}//{lang.upper()}")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for days in followup.ROUNDS:
        entry = _entry(room, lang, team, days)
        if entry is None:
            return None
        made.add_component(entry)
    return bytes(made.to_ical())


def _entry(room: Room, lang: str, team: str | None, days: int) -> Event | None:
    said = followup.letter(room, team, days, lang)
    if said is None or room.definition is None:
        return None
    begins = dt.datetime.combine(followup.due(room, days), _AT)
    made = Event()
    made.add("uid", f"{_number(room, team)}-{days}@workshopkit.invalid")
    # The day of the workshop: when this file was written is nobody's business.
    made.add("dtstamp", dt.datetime.combine(followup.day_of(room), dt.time(12), dt.UTC))
    made.add("dtstart", begins)
    made.add("dtend", begins + _LASTS)
    made.add("summary", said.subject)
    made.add("description", said.text)
    made.add("class", "PRIVATE")
    made.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", translator(lang)("How did the agreements go?"))
    alarm.add("trigger", dt.timedelta(0))
    made.add_component(alarm)
    return made


def _number(room: Room, team: str | None) -> str:
    """Give a number that is the same each time, so that an entry that is read in again replaces the first."""
    title = room.definition.title if room.definition else ""
    said = "\x1f".join([title, followup.day_of(room).isoformat(), team or ""])
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:20]
