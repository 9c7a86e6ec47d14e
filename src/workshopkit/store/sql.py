"""The store on SQLite, through SQLAlchemy Core.

WAL mode: readers never wait for the writer. Appends are committed with ``synchronous=FULL``: an acknowledged event
survives also a power cut. Each `SQLStore` holds two connections: one writes (``BEGIN IMMEDIATE``), one reads, and on
the second ``PRAGMA data_version`` tells that somebody else, the first one included, has committed.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Row,
    create_engine,
    delete,
    event,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import DBAPIError

from workshopkit.errors import (
    RefusedEvent,
    StoreError,
    UnknownWorkshop,
    UsageError,
    WorkshopClosed,
    WrongCode,
)
from workshopkit.i18n import N_
from workshopkit.store import codes, migrations, reading, tables
from workshopkit.store.backup import delete_copies
from workshopkit.store.contract import Event, Grant, NewEvent, Session, Snapshot, Store, Workshop
from workshopkit.store.copying import copy
from workshopkit.store.faults import translated

__all__ = ["SQLStore"]

_BUSY_S = 5.0
_FORGET_TRIES_S = 3600.0
_LIFETIME_S = 120 * 24 * 3600.0
_ERASING = 0.0  # as the time when a workshop expires


class SQLStore(Store):
    """A store in one SQLite file; see `Store` for the contract.

    Parameters
    ----------
    path
        The file; it and its folder are made when they are not there.
    clock
        Gives seconds since the epoch; tests put in their own.
    """

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.time) -> None:
        self.path = path.absolute()
        self.url = f"sqlite:///{self.path}"
        self._clock = clock
        self._lock = threading.RLock()
        self._engine: Engine | None = None
        self._writer: Connection | None = None
        self._reader: Connection | None = None

    # Connections ----------------------------------------------------------------------------------------------

    def open(self) -> SQLStore:
        """Make or open the file, and bring an older one up to date."""
        try:
            with self._told():
                self.path.parent.mkdir(parents=True, exist_ok=True)
                engine = self._engine = create_engine(
                    URL.create("sqlite", database=str(self.path)),
                    connect_args={"isolation_level": None, "check_same_thread": False, "timeout": _BUSY_S},
                    hide_parameters=True,  # answers do not belong in a log
                )
                event.listen(engine, "connect", _prepare)
                event.listen(engine, "begin", _begin)
                self._writer = engine.connect()
                migrations.bring_up_to_date(self._writer, self.path)
                _write_ahead(self._writer)
                self._reader = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        except BaseException:
            self.close()
            raise
        return self

    def close(self) -> None:
        with self._lock:
            for connection in (self._reader, self._writer):
                if connection is not None:
                    connection.close()
            if self._engine is not None:
                self._engine.dispose()
            self._engine = self._reader = self._writer = None

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._lock, self._told():
            if self._writer is None:
                self.open()
            assert self._writer is not None  # noqa: S101 - open() has just made it
            with self._writer.begin():
                migrations.refuse_newer(self._writer, self.path)
                yield self._writer

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._lock, self._told():
            if self._reader is None:
                self.open()
            assert self._reader is not None  # noqa: S101 - open() has just made it
            yield self._reader

    @contextmanager
    def _told(self, path: Path | None = None) -> Iterator[None]:
        """Tell a fault of the file, or of what stands in it, in our own words."""
        try:
            yield
        except (DBAPIError, sqlite3.Error, OSError, json.JSONDecodeError, UnicodeDecodeError) as fault:
            raise translated(fault, path or self.path) from fault

    # Workshops ------------------------------------------------------------------------------------------------

    def create_workshop(
        self,
        *,
        title: str,
        lang: str,
        definition: dict[str, Any],
        id: str | None = None,
        code: str | None = None,
    ) -> Workshop:
        now = self._clock()
        made = Workshop(
            id=id or uuid.uuid4().hex,
            code=codes.normalise(code) if code else codes.join_code(),
            lang=lang,
            title=title,
            created=now,
            closed=None,
            expires=now + _LIFETIME_S,
        )
        with self._writing() as connection:
            self._check_free(connection, made)
            connection.execute(insert(tables.workshops).values(**_fields(made)))
            self._insert(
                connection,
                NewEvent(
                    id=uuid.uuid4().hex,
                    workshop=made.id,
                    participant="facilitator",
                    act=None,
                    kind="workshop.defined",
                    payload=definition,
                ),
            )
        return made

    def _check_free(self, connection: Connection, made: Workshop) -> None:
        table = tables.workshops
        taken = or_(table.c.id == made.id, table.c.code == made.code)
        if connection.execute(select(table.c.id).where(taken)).first() is not None:
            raise UsageError(
                N_(
                    "There is a workshop with the number {id} or the code {code} already. Choose another one."
                ),
                id=made.id[:40],
                code=made.code[:20],
            )

    def workshops(self) -> list[Workshop]:
        with self._reading() as connection:
            rows = connection.execute(select(tables.workshops).order_by(tables.workshops.c.created.desc()))
            return [Workshop(**_record(row)) for row in rows]

    def workshop(self, id: str) -> Workshop:
        with self._reading() as connection:
            row = connection.execute(select(tables.workshops).where(tables.workshops.c.id == id)).first()
        if row is None:
            raise UnknownWorkshop(
                N_("There is no workshop {workshop} here. See which there are with: workshopkit list"),
                workshop=id[:40],
            )
        return Workshop(**_record(row))

    def workshop_by_code(self, code: str) -> Workshop:
        wanted = codes.normalise(code)
        with self._reading() as connection:
            row = connection.execute(
                select(tables.workshops).where(tables.workshops.c.code == wanted)
            ).first()
        if row is None:
            raise WrongCode(
                N_("There is no workshop with the code {code}. Look at the big screen again."), code=code[:20]
            )
        found = Workshop(**_record(row))
        if found.closed is not None or found.expires < self._clock():
            raise _closed(found.title)
        return found

    def close_workshop(self, id: str) -> None:
        found = self.workshop(id)
        with self._writing() as connection:
            if found.closed is None:
                connection.execute(
                    update(tables.workshops).where(tables.workshops.c.id == id).values(closed=self._clock())
                )

    def erase_workshop(self, id: str) -> None:
        self.workshop(id)
        row = tables.workshops.c.id == id
        with self._writing() as connection:
            for table in (tables.events, tables.snapshots, tables.sessions, tables.tokens):
                connection.execute(delete(table).where(table.c.workshop == id))
            connection.execute(delete(tables.tries))  # they hold addresses of phones
            connection.execute(
                update(tables.workshops).where(row).values(title="", closed=self._clock(), expires=_ERASING)
            )
        self._scrub()  # if it cannot be done now, the number is still there to try again with
        with self._writing() as connection:
            connection.execute(delete(tables.workshops).where(row))
        with suppress(StoreError):
            self._scrub()  # of the number itself
        delete_copies(self)

    def _scrub(self) -> None:
        """Leave no readable byte of what was deleted, in the file or in the log beside it."""
        with self._lock, self._told(), closing(self._raw()) as raw:
            raw.execute("VACUUM")
            (busy, *_) = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy:
                raise sqlite3.OperationalError("database is locked")

    def _raw(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, isolation_level=None, timeout=_BUSY_S)

    # Events ---------------------------------------------------------------------------------------------------

    def append(
        self, *, id: str, workshop: str, participant: str, act: str | None, kind: str, payload: dict[str, Any]
    ) -> tuple[int, bool]:
        given = NewEvent(
            id=id, workshop=workshop, participant=participant, act=act, kind=kind, payload=payload
        )
        return self.append_many([given])[0]

    def append_many(self, events: Sequence[NewEvent], *, ended: bool = False) -> list[tuple[int, bool]]:
        with self._writing() as connection:
            return [self._insert(connection, given, ended=ended) for given in events]

    def _insert(self, connection: Connection, given: NewEvent, *, ended: bool = False) -> tuple[int, bool]:
        table = tables.events
        known = connection.execute(select(table).where(table.c.id == given["id"])).first()
        if known is not None:
            if _content(_record(known)) != _content({**given, "payload": _dump(given["payload"])}):
                raise RefusedEvent(N_("This answer has the number of another one. Reload the page."))
            return int(known.seq), False
        row = self._row(connection, given["workshop"])
        if not ended and (row.closed is not None or row.expires < self._clock()):
            raise _closed(row.title)
        stored = connection.execute(insert(table).values({**given, "payload": _dump(given["payload"])}))
        return int(stored.lastrowid), True

    def _row(self, connection: Connection, workshop: str) -> Row[Any]:
        table = tables.workshops
        there = (table.c.id == workshop, table.c.expires > _ERASING)
        row = connection.execute(select(table).where(*there)).first()
        if row is None:
            raise UnknownWorkshop(N_("This workshop does not exist any more."))
        return row

    def events(
        self,
        workshop: str,
        *,
        after: int = 0,
        kinds: Collection[str] | None = None,
        participants: Collection[str] | None = None,
    ) -> list[Event]:
        with self._reading() as connection:
            rows = connection.execute(*reading.events(workshop, after, kinds, participants))
            return reading.unpacked(rows.all())

    def last_seq(self, workshop: str) -> int:
        with self._reading() as connection:
            return int(connection.execute(reading.LAST_SEQ, {"workshop": workshop}).scalar() or 0)

    # Snapshots ------------------------------------------------------------------------------------------------

    def put_snapshot(self, workshop: str, kind: str, seq: int, payload: dict[str, Any]) -> None:
        row = {"workshop": workshop, "kind": kind, "seq": seq, "payload": _dump(payload)}
        query = upsert(tables.snapshots).values(**row)
        query = query.on_conflict_do_update(
            index_elements=["workshop", "kind"],
            set_={"seq": seq, "payload": row["payload"]},
            where=tables.snapshots.c.seq <= seq,
        )
        with self._writing() as connection:
            try:
                self._row(connection, workshop)
            except UnknownWorkshop:
                return  # erased while it was computed: nothing of it may come back
            connection.execute(query)

    def snapshot(self, workshop: str, kind: str) -> Snapshot | None:
        with self._reading() as connection:
            row = connection.execute(reading.SNAPSHOT, {"workshop": workshop, "kind": kind}).first()
            return None if row is None else Snapshot(row.workshop, row.kind, row.seq, json.loads(row.payload))

    # Sessions and codes ---------------------------------------------------------------------------------------

    def open_session(
        self, workshop: str, *, role: str, actor: str | None, lang: str, participant: str | None = None
    ) -> tuple[Session, str]:
        session = Session(workshop, participant or uuid.uuid4().hex[:12], actor, role, lang)
        secret = codes.secret()
        with self._writing() as connection:
            self._row(connection, workshop)
            connection.execute(insert(tables.sessions).values(hash=codes.sha256(secret), **_fields(session)))
        return session, secret

    def session(self, secret: str) -> Session | None:
        table = tables.sessions
        query = select(table).where(table.c.hash == codes.sha256(secret), table.c.ended.is_(None))
        with self._reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else Session(row.workshop, row.participant, row.actor, row.role, row.lang)

    def participants(self, workshop: str, actor: str) -> list[str]:
        table = tables.sessions
        query = (
            select(table.c.participant).where(table.c.workshop == workshop, table.c.actor == actor).distinct()
        )
        with self._reading() as connection:
            return sorted(row.participant for row in connection.execute(query))

    def end_participant(self, participant: str) -> None:
        with self._writing() as connection:
            connection.execute(
                update(tables.sessions)
                .where(tables.sessions.c.participant == participant, tables.sessions.c.ended.is_(None))
                .values(ended=self._clock())
            )
            connection.execute(delete(tables.tokens).where(tables.tokens.c.participant == participant))

    def set_lang(self, secret: str, lang: str) -> None:
        with self._writing() as connection:
            connection.execute(
                update(tables.sessions)
                .where(tables.sessions.c.hash == codes.sha256(secret))
                .values(lang=lang)
            )

    def issue_token(
        self,
        workshop: str,
        *,
        purpose: str,
        role: str,
        ttl_s: float,
        uses: int = 1,
        participant: str | None = None,
        actor: str | None = None,
    ) -> str:
        token = codes.personal_code() if purpose == "rejoin" else codes.secret()
        row = {
            "hash": codes.sha256(token),
            "workshop": workshop,
            "purpose": purpose,
            "role": role,
            "participant": participant,
            "actor": actor,
            "expires": self._clock() + ttl_s,
            "uses": uses,
        }
        with self._writing() as connection:
            self._row(connection, workshop)
            connection.execute(insert(tables.tokens).values(**row))
        return token

    def redeem_token(self, token: str, purpose: str) -> Grant:
        wanted = codes.normalise(token) if purpose == "rejoin" else token[:100]
        table = tables.tokens
        here = table.c.hash == codes.sha256(wanted)
        with self._writing() as connection:
            row = connection.execute(select(table).where(here, table.c.purpose == purpose)).first()
            if row is None or row.uses < 1 or row.expires < self._clock():
                raise WrongCode(N_("This code does not work, or not any more. Ask for a new one."))
            connection.execute(update(table).where(here).values(uses=row.uses - 1))
        return Grant(row.workshop, row.participant, row.actor, row.role)

    def note_try(self, key: str, ok: bool, now: float) -> float:
        table = tables.tries
        with self._writing() as connection:
            row = connection.execute(select(table).where(table.c.key == key)).first()
            if ok:
                connection.execute(delete(table).where(table.c.key == key))
                return 0.0
            failures = 1 if row is None else row.failures + 1
            wait = codes.wait_after(failures)
            connection.execute(delete(table).where(table.c.until < now - _FORGET_TRIES_S))
            values = {"key": key, "failures": failures, "until": now + wait}
            connection.execute(upsert(table).values(**values).on_conflict_do_update(["key"], set_=values))
        return wait

    def wait_of(self, key: str, now: float) -> float:
        with self._reading() as connection:
            row = connection.execute(select(tables.tries).where(tables.tries.c.key == key)).first()
        return 0.0 if row is None else max(0.0, row.until - now)

    # Small things ---------------------------------------------------------------------------------------------

    def meta(self, key: str, default: str | None = None) -> str | None:
        with self._reading() as connection:
            found = connection.execute(select(tables.meta.c.value).where(tables.meta.c.key == key)).scalar()
        return default if found is None else str(found)

    def set_meta(self, key: str, value: str) -> None:
        query = upsert(tables.meta).values(key=key, value=value)
        with self._writing() as connection:
            connection.execute(query.on_conflict_do_update(["key"], set_={"value": value}))

    def version(self) -> int:
        with self._reading() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None  # noqa: S101 - it is open
            return int(driver.execute("PRAGMA data_version").fetchone()[0])

    def backup(self, path: Path) -> None:
        with self._told(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            copy(self.path, path)


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    for pragma in ("synchronous=FULL", "secure_delete=ON", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: Connection) -> None:
    """Set the mode that stays with the file: only now, when it is known to be ours.

    SQLite does not wait here for another one that has just made the same file; so we do.
    """
    cursor = connection.connection.cursor()
    latest = time.monotonic() + _BUSY_S
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as fault:
            if "locked" not in str(fault) or time.monotonic() > latest:
                raise
            time.sleep(0.01)
        else:
            break
    cursor.close()


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
        connection.execute(text("BEGIN IMMEDIATE"))


def _closed(title: str) -> WorkshopClosed:
    return WorkshopClosed(N_("The workshop “{title}” is over. Your answers are kept."), title=title)


def _dump(payload: dict[str, Any]) -> str:
    """Write JSON in ASCII: a browser may send half an emoji, which no encoding of text takes."""
    return json.dumps(payload, separators=(",", ":"))


def _content(row: dict[str, Any]) -> tuple[str | None, ...]:
    """Give what two events with one id must have in common; the order of keys does not count, 1 is not true."""
    payload = json.dumps(json.loads(row["payload"]), sort_keys=True)
    return row["workshop"], row["participant"], row["act"], row["kind"], payload


def _fields(record: Workshop | Session) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}


def _record(row: Row[Any]) -> dict[str, Any]:
    return dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's documented way to a row's names
