"""One file with all that a workshop leaves: to read, to calculate with, and to go on from on another laptop.

What `bundle` packs, `restore` unpacks into a store, and every number is then exactly the same. No phone and no moment of
an answer is in it (`workshopkit.report.settled` tells what is). Whatever comes from a file passes the same checks as what
comes from a phone.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import secrets
import uuid
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from workshopkit import __version__
from workshopkit.analysis import findings as analysis
from workshopkit.case.model import Case, build
from workshopkit.errors import RefusedEvent, UsageError
from workshopkit.figures.map import Drawing
from workshopkit.i18n import LANGUAGES, N_, translator
from workshopkit.network.actors import Definition
from workshopkit.network.files import writing
from workshopkit.report import html, mended, numbers, pdf, ride, settled, tables
from workshopkit.report.options import Options
from workshopkit.report.settled import FACILITATOR
from workshopkit.room import definitions, followup
from workshopkit.room.calendar import NAME, calendar
from workshopkit.room.events import PARTICIPANT_KINDS, validate
from workshopkit.room.fold import Room, fold
from workshopkit.room.phoneless import prefix as phoneless
from workshopkit.room.program import ACTS
from workshopkit.room.release import released
from workshopkit.store.contract import NewEvent, Store, Workshop

__all__ = ["MAX_BYTES", "SEED", "bundle", "restore"]

# 2 has answers of after the workshop in it; 1 is read as well.
FORMAT = 2
SEED = html.SEED
LOG, README = "events.json", "README.txt"
MAX_BYTES = 32 * 1024 * 1024
MAX_EVENTS = 50_000
_UNREADABLE = N_("This file is no bundle of workshopkit. Choose the bundle.zip that “export” has written.")
_BROKEN = N_(
    "This bundle is damaged: a part is missing or was changed. Copy it once more from where it was written."
)
_TOO_LARGE = N_(
    "This is larger than any bundle: at most {limit} MB. Choose the bundle.zip that “export” has written."
)
_CHANGED = N_(
    "This bundle is damaged or was changed: its entry {number} could not have been said in this workshop. "
    "Take the file as “export” has written it."
)
# One without a log; one that is locked or nests too deep; no JSON.
_NO_BUNDLE = (KeyError, OSError, RuntimeError, ValueError)
_NUMBER = re.compile(r"[0-9]{1,6}\Z")
# Kinds of event that name others, and the fields that do.
_NAMES = {
    "agreement.answered": ("agreement",),
    "agreement.followed": ("agreement",),
    "agreement.hidden": ("agreement",),
    "agreement.merged": ("agreement", "into"),
    "example.shown": ("example",),
}


def bundle(store: Store, workshop: str, lang: str, options: Options = html.PLAIN) -> bytes:
    """Pack a workshop, also while it runs.

    Parameters
    ----------
    store, workshop
        What to pack.
    lang
        The language of its readme and of the titles of cards; the report is in it in every language.
    options
        What is added to the report and left out of it.

    Returns
    -------
    bytes
        A zip file.
    """
    kept, events = store.workshop(workshop), store.events(workshop)
    room = fold(events)
    definition = room.definition
    assert definition is not None  # noqa: S101 - a workshop is stored with its definition
    found = analysis.find(definition, released(room).lines, seed=SEED)
    defined = next(event.payload for event in reversed(events) if event.kind == "workshop.defined")
    day = html.day_of(room)
    log = {
        "format": FORMAT,
        "version": __version__,
        "day": day.isoformat() if room.opened_at is not None else None,
        "closed": kept.closed is not None,
        "definition": defined,
        "events": settled.said(room),
    }
    return _zipped(
        {
            README: _readme(
                kept.title,
                lang,
                anonymous=room.anonymous,
                asked=bool(followup.questions(room)),
                mended=mended.plans(room) is not None,
                notes=_left_out(room, lang),
            ).encode("utf-8", errors="replace"),
            **{f"report-{one}.html": html.render(room, one, options).encode() for one in LANGUAGES},
            **{f"report-{one}.pdf": pdf.render(room, one, options) for one in LANGUAGES},
            **({NAME: asked} if (asked := calendar(room, lang)) else {}),
            **({"mails.txt": mails} if (mails := _mails(room, lang)) else {}),
            **({"together.csv": tables.told(room)} if room.anonymous else {"lines.csv": tables.lines(room)}),
            "actors.csv": tables.actors(definition),
            "agreements.csv": tables.agreements(room),
            **({"plans.csv": plans} if (plans := mended.plans(room)) else {}),
            "marks.csv": tables.shares(room, lang) if room.anonymous else tables.marks(room, lang),
            **{
                f"network.{ending}": content
                for ending in ("graphml", "gexf")
                for content in writing.contents(tables.both(room), f"network.{ending}").values()
            },
            "map.json": _json(numbers.drawn(found, Drawing(definition).map(found.lines))),
            "analysis.json": _json(numbers.analysis(found, seed=SEED)),
            LOG: _json(log),
        }
    )


def restore(store: Store, given: bytes) -> Workshop:
    """Make a workshop of a bundle: a new one with a join code of its own, open or closed as it was.

    Raises
    ------
    UsageError
        If it is no bundle, one of a newer version, or if something in it could not have been said in this workshop.
    BadDefinition
        If no workshop can be held as it says.
    """
    log = _log(given)
    payload = definitions.check(_dict(log.get("definition")))
    id = uuid.uuid4().hex
    own = payload.get("case")
    events = _checked(log, Definition.read(payload), id, build(own) if own else None)
    made = store.create_workshop(title=payload["title"], lang=payload["lang"], definition=payload, id=id)
    store.append_many(events)
    if log.get("closed") is True:
        store.close_workshop(id)
    return store.workshop(made.id)


def _zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            # ZipInfo's own date, 1980: the moment of an export is nobody's business.
            info = zipfile.ZipInfo(f"workshop/{name}")
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return out.getvalue()


def _json(content: object) -> bytes:
    return f"{json.dumps(content, indent=1)}\n".encode()


def _mails(room: Room, lang: str) -> bytes:
    """Give the mails to all teams of both rounds, one after the other."""
    said = [
        f"{seat.label}\n{letter.subject}\n\n{letter.text}\n"
        for days in followup.ROUNDS
        for seat in (room.definition.seats if room.definition else ())
        if (letter := followup.letter(room, seat.id, days, lang)) is not None
    ]
    return "\n\n".join(said).encode("utf-8", errors="replace")


def _readme(title: str, lang: str, *, anonymous: bool, asked: bool, mended: bool, notes: list[str]) -> str:
    t = translator(lang)
    lines = {
        "together.csv": t(
            "what each side of a line says together, in five steps; sides of fewer than 5 are not in it"
        )
    }
    if not anonymous:
        lines = {"lines.csv": t("a row for each answer: who told whom, and who heard it from whom")}
    told = {
        "report-nl.html, report-en.html": t("the report, to read and to print; it opens in any browser"),
        "report-nl.pdf, report-en.pdf": t("the same on paper"),
        **(
            {
                NAME: t("asks after 30 and after 90 days how the agreements went"),
                "mails.txt": t("a mail for every team, to send after 30 and after 90 days"),
            }
            if asked
            else {}
        ),
        **lines,
        "actors.csv": t("the places on the map"),
        "agreements.csv": t("the agreements"),
        **(
            {"plans.csv": t("a row for each step: of the room’s plan, the best one, and every table’s")}
            if mended
            else {}
        ),
        "marks.csv": t("for each card of the case, which share says that it is theirs, in five steps")
        if anonymous
        else t("for each card of the case, how many teams say that it is theirs"),
        "network.graphml, network.gexf": t(
            "the lines for other programs: one row for what the sender says, one for the receiver"
        )
        if not anonymous
        else t("the lines that arrive, for other programs"),
        "map.json": t("the map: places with their positions, and every line with its state"),
        "analysis.json": t("every measure; what is undefined is null, with the reason"),
        LOG: t("to go on with this workshop: workshopkit import bundle.zip"),
    }
    width = max(map(len, told))
    return "\n".join(
        [
            " ".join(title.split()),
            "",
            *(f"{name:{width}}  {what}" for name, what in told.items()),
            "",
            t(
                "Everybody answered alone. Of nobody’s answers is anything in here but what 5 or more said together."
            )
            if anonymous
            else t("Answers are those of teams. No phone, no name and no moment of an answer is in here."),
            *notes,
            t("The tables are in UTF-8 with commas. A quote before = + - or @ keeps a text a text."),
            t(
                "Made by workshopkit {version}, seed {seed}: with these answers it gives the same numbers again.",
                version=__version__,
                seed=SEED,
            ),
            "",
        ]
    )


def _left_out(room: Room, lang: str) -> list[str]:
    """Say what a workshop that goes on from this bundle does not have, or has another way."""
    t, mending = translator(lang), room.mending
    said = []
    if ride.told(room, lang) is not None:
        said.append(
            t(
                "The message on its way was a game: it stands in the report here, and not in events.json. "
                "A workshop that goes on from this bundle makes a report without it."
            )
        )
    if mending is not None and released(room, until=mending.seq).lines != released(room).lines:
        said.append(
            t(
                "Lines have changed since the break-through was opened. Which ones is not told: "
                "a workshop that goes on from this bundle counts its plans on the map as it ended."
            )
        )
    return said


def _log(given: bytes) -> dict[str, Any]:
    """Read the log out of a bundle, and no more of it than a bundle can be."""
    if len(given) > MAX_BYTES:
        raise _too_large()
    try:
        with zipfile.ZipFile(io.BytesIO(given)) as archive:
            info = archive.getinfo(f"workshop/{LOG}")
            if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
                raise UsageError(_UNREADABLE)
            with archive.open(info) as file:
                text = file.read(MAX_BYTES + 1)
        # What a zip claims of its size is a claim: a bomb is known by what has come out of it.
        if len(text) > MAX_BYTES:
            raise _too_large()
        log = json.loads(text)
    except (zipfile.BadZipFile, zlib.error, EOFError) as fault:
        # A zip begins with PK: this one was whole once.
        raise UsageError(_BROKEN if given.startswith(b"PK\x03\x04") else _UNREADABLE) from fault
    except _NO_BUNDLE as fault:
        raise UsageError(_UNREADABLE) from fault
    if not isinstance(log, dict) or type(log.get("format")) is not int or log["format"] < 1:
        raise UsageError(_UNREADABLE)
    if log["format"] > FORMAT:
        raise UsageError(
            N_(
                "A newer workshopkit wrote this bundle. Install the newest one: pip install --upgrade workshopkit"
            )
        )
    return log


def _too_large() -> UsageError:
    return UsageError(_TOO_LARGE, limit=MAX_BYTES // 1024 // 1024)


def _dict(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UsageError(_UNREADABLE)
    return value


def _checked(
    log: Mapping[str, Any], definition: Definition, workshop: str, case: Case | None
) -> list[NewEvent]:
    """Give the events as they may be stored, with new numbers and new pseudonyms."""
    given = log.get("events")
    if not isinstance(given, list) or len(given) > MAX_EVENTS:
        raise UsageError(_UNREADABLE)
    at = _noon(log.get("day"))
    people: dict[str, str] = {}
    seats: dict[str, str] = {}
    events: list[NewEvent] = []
    for number, entry in enumerate(map(_dict, given), start=1):
        kind, payload, who = entry.get("kind"), _dict(entry.get("payload")), str(entry.get("participant"))
        by_team = isinstance(kind, str) and kind in PARTICIPANT_KINDS
        if kind == "joined":
            seats[who] = str(payload.get("actor"))
        try:
            actor = seats.get(who) if by_team else None
            found = _valid(kind, payload, definition, actor, by_team=by_team, case=case)
        except RefusedEvent as fault:
            raise UsageError(_CHANGED, number=number) from fault
        for name in _NAMES.get(kind, ()) if isinstance(kind, str) else ():
            found[name] = found[name] and _id(workshop, found[name])
        if kind == "act.opened" and at is not None:
            found["at"] = at
        events.append(
            NewEvent(
                id=_id(workshop, entry.get("id")),
                workshop=workshop,
                participant=people.setdefault(who, _pseudonym(who)) if by_team else FACILITATOR,
                act=act if (act := entry.get("act")) in ACTS else None,
                kind=str(kind),
                payload=found,
            )
        )
    if len({event["id"] for event in events}) < len(events):
        raise UsageError(_UNREADABLE)
    return events


def _pseudonym(before: str) -> str:
    """Give a new name; whether there was a phone stays known."""
    return f"{phoneless(before)}{secrets.token_hex(6)}"


def _valid(
    kind: object,
    payload: dict[str, Any],
    definition: Definition,
    actor: str | None,
    *,
    by_team: bool,
    case: Case | None,
) -> dict[str, Any]:
    """Check one event as one of a page is checked; only the date of an agreement may be past by now."""
    if kind == "workshop.defined":
        raise RefusedEvent(_UNREADABLE)
    role = "participant" if by_team else "facilitator"
    if kind != "agreement.written":
        return validate(kind, payload, definition, role, actor, case=case)
    try:
        when = dt.date.fromisoformat(str(payload.get("when")))
    except ValueError as fault:
        raise RefusedEvent(_UNREADABLE) from fault
    today = dt.datetime.now(tz=dt.UTC).date()
    found = validate(kind, {**payload, "when": today.isoformat()}, definition, role, actor, case=case)
    return {**found, "when": when.isoformat()}


def _id(workshop: str, number: object) -> str:
    """Give an event's id in its new store, where the workshop that it comes from may be as well."""
    if not isinstance(number, str) or not _NUMBER.match(number):
        raise UsageError(_UNREADABLE)
    return f"{workshop[:12]}-{number}"


def _noon(day: object) -> float | None:
    """Give a moment of the workshop's day: only the day is told on."""
    try:
        found = dt.date.fromisoformat(str(day))
        return dt.datetime.combine(found, dt.time(12)).astimezone().timestamp()
    except (ValueError, OverflowError, OSError):
        return None
