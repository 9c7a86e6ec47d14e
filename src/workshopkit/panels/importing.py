"""Lines from a file, in the cockpit: the file comes in pieces, is read, shown, changed, and stored at a word.

The page sends what it wants, and gets the whole of what there is to see as one key of its state, texts included. Nothing
is stored before ``confirm``. What the browser says is checked here: only the facilitator's page has such a conversation,
and a file that cannot be read is one sentence that leaves everything as it was.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from workshopkit.errors import UsageError, WorkshopkitError
from workshopkit.i18n import N_, translator
from workshopkit.network.actors import Definition
from workshopkit.network.files import headings
from workshopkit.panels import importing_shown as shown
from workshopkit.room import imported, importing
from workshopkit.room.fold import Room, fold
from workshopkit.room.importing import MOST_BYTES, File, Plan
from workshopkit.store.contract import Store

__all__ = ["MOST_CHUNK", "Importing"]

MOST_CHUNK = 120_000
_log = logging.getLogger(__name__)

# A file is anybody's: what a reader of it did not foresee is no reason for the page to stop.
_UNFORESEEN = (
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
_AGAIN = N_("Something went wrong on the way. Choose the file again.")


@dataclass
class _Draft:
    """A file on its way in."""

    name: str
    size: int
    got: bytearray = field(default_factory=bytearray)
    file: File | None = None
    fields: tuple[str, ...] = ()
    chosen: dict[str, str | None] = field(default_factory=dict)
    plan: Plan | None = None


class Importing:
    """The conversation with one page.

    Parameters
    ----------
    store, workshop
        Where answers go.
    lang
        The facilitator's language.
    changed
        Called when there is something new to see that no message of the page has asked for.
    """

    def __init__(self, store: Store, workshop: str, lang: str, changed: Callable[[], None]) -> None:
        self._store = store
        self._workshop = workshop
        self._t = translator(lang)
        self._changed = changed
        self._open = False
        self._draft: _Draft | None = None
        self._fault = ""
        self._done = ""
        self._asked: Mapping[str, Callable[[Mapping[str, Any]], None]] = {
            "begin": self._begin,
            "close": self._close,
            "file": self._announce,
            "chunk": self._take,
            "column": self._choose,
            "match": self._match,
            "confirm": self._confirm,
            "undo": self._undo,
        }

    def hear(self, content: Mapping[str, Any]) -> None:
        """Do what the page asks; what cannot be done is a sentence in the state."""
        work = self._asked.get(str(content.get("do")))
        if work is None:
            return
        self._open, self._fault = True, ""
        try:
            work(content)
        except WorkshopkitError as error:
            self._fault = error.text(self._t.lang)

    def state(self) -> dict[str, Any] | None:
        """Give what there is to see; None while the page has not asked."""
        if not self._open:
            return None
        t, draft = self._t, self._draft
        seen: dict[str, Any] = {
            "texts": shown.texts(t),
            "fault": self._fault,
            "done": self._done,
            "chunk": MOST_CHUNK // 4 * 3,
            "file": draft and {"name": draft.name, "size": draft.size, "got": len(draft.got)},
        }
        if draft is not None and draft.file is not None:
            seen |= shown.columns(draft.file, draft.fields, t)
            if draft.plan is not None:
                seen |= shown.plan(draft.plan, self._definition, t)
            else:
                seen["need"] = t("Choose the column with who told it, and the column with who was told.")
        return seen

    # What the page may ask ------------------------------------------------------------------------------------------

    def _close(self, _content: Mapping[str, Any]) -> None:
        self._open, self._draft, self._done = False, None, ""

    def _begin(self, _content: Mapping[str, Any]) -> None:
        self._room()
        if self._definition.anonymous:
            raise UsageError(
                N_("Everybody answers alone in this workshop: a file of teams cannot be read into it.")
            )

    def _announce(self, content: Mapping[str, Any]) -> None:
        self._draft, self._done = None, ""
        self._begin(content)
        name, size = content.get("name"), content.get("size")
        if not isinstance(name, str) or not isinstance(size, int) or isinstance(size, bool) or size < 0:
            raise UsageError(_AGAIN)
        name = " ".join(name.split())[:120] or "?"
        if size > MOST_BYTES:
            raise UsageError(
                N_("{file} is too large: at most {limit} MB. Leave out what is not about this message."),
                file=name,
                limit=MOST_BYTES // 1_000_000,
            )
        self._draft = _Draft(name, size)
        if not size:
            self._complete(self._draft)

    def _take(self, content: Mapping[str, Any]) -> None:
        draft, at, data = self._draft, content.get("at"), content.get("data")
        if draft is None or not isinstance(data, str) or len(data) > MOST_CHUNK:
            self._draft = None
            raise UsageError(_AGAIN)
        if at != len(draft.got) or len(draft.got) >= draft.size:
            return  # it came before
        try:
            piece = base64.b64decode(data, validate=True)
        except (binascii.Error, ValueError) as error:
            self._draft = None
            raise UsageError(_AGAIN) from error
        draft.got += piece
        if len(draft.got) >= draft.size:
            self._complete(draft)

    def _complete(self, draft: _Draft) -> None:
        """Read the file beside everything else that the page does; a large one takes a while."""
        content = bytes(draft.got[: draft.size])
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._read(draft, lambda: importing.read(content, draft.name))
            return
        reading = loop.run_in_executor(None, importing.read, content, draft.name)

        def ready(done: asyncio.Future[File]) -> None:
            if not done.cancelled() and draft is self._draft:
                self._read(draft, done.result)
                self._changed()

        reading.add_done_callback(ready)

    def _read(self, draft: _Draft, give: Callable[[], File]) -> None:
        try:
            draft.file = give()
            draft.fields = headings.guess(draft.file.sheet.header)
            self._plan(draft)
        except WorkshopkitError as error:
            self._fault = error.text(self._t.lang)
        except _UNFORESEEN:
            _log.exception("a file could not be read")
            t = self._t
            self._fault = t("{file} cannot be read. Save it as CSV and choose it again.", file=draft.name)
        if draft.file is None:
            self._draft = None

    def _choose(self, content: Mapping[str, Any]) -> None:
        """Read a column as something; another column that was read so is read as nothing."""
        draft = self._ready()
        column, value = content.get("column"), content.get("field")
        if (
            not isinstance(column, int)
            or not 0 <= column < len(draft.fields)
            or value not in ("", *headings.FIELDS)
        ):
            raise UsageError(_AGAIN)
        kept = ["" if one == value else one for one in draft.fields]
        kept[column] = str(value)
        draft.fields = tuple(kept)
        self._plan(draft)

    def _match(self, content: Mapping[str, Any]) -> None:
        draft = self._ready()
        name, place = content.get("name"), content.get("place")
        known = place is None or (isinstance(place, str) and place in self._definition.by_id)
        if draft.plan is None or not isinstance(name, str) or name not in draft.plan.names or not known:
            raise UsageError(_AGAIN)
        draft.chosen[name] = place
        self._plan(draft)

    def _confirm(self, _content: Mapping[str, Any]) -> None:
        draft = self._ready()
        seen = draft.plan and draft.plan.by_seat
        self._plan(draft)
        made = draft.plan
        if made is None or not made.by_seat:
            raise UsageError(N_("There is nothing in it to read in."))
        if made.by_seat != seen:
            raise UsageError(N_("The room has changed meanwhile. Look again, and then read it in."))
        room = self._room()
        number = imported.batch(self._workshop, made.by_seat, room.withdrawn)
        if number in room.imports:
            raise UsageError(N_("These answers have been read in already."))
        self._store.append_many(
            imported.events(self._workshop, self._definition, number, draft.name, made.by_seat)
        )
        self._draft = None
        self._done = self._t.n(
            "Read in: {file}, for {count} place. You can take it back in the cockpit.",
            "Read in: {file}, for {count} places. You can take it back in the cockpit.",
            len(made.by_seat),
            file=draft.name,
        )

    def _undo(self, content: Mapping[str, Any]) -> None:
        events = imported.undone(self._workshop, str(content.get("batch")), self._room().seats)
        if events:
            self._store.append_many(events)
        self._done = ""

    # --------------------------------------------------------------------------------------------------------------

    def _ready(self) -> _Draft:
        if self._draft is None or self._draft.file is None:
            raise UsageError(_AGAIN)
        return self._draft

    def _plan(self, draft: _Draft) -> None:
        draft.plan = None
        if draft.file is not None and {"source", "target"} <= set(draft.fields):
            draft.plan = importing.plan(draft.file, draft.fields, self._room(), draft.chosen)

    def _room(self) -> Room:
        """Give the whole room as it is now: the cockpit itself reads nobody's answers."""
        room = fold(self._store.events(self._workshop))
        assert room.definition is not None  # noqa: S101 - a workshop begins with its definition
        self._definition: Definition = room.definition
        return room
