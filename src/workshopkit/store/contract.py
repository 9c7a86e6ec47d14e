"""What a store promises, whatever lies beneath it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

__all__ = ["Event", "Grant", "NewEvent", "Session", "Snapshot", "Store", "Workshop"]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was said or done; it never changes afterwards."""

    id: str
    workshop: str
    participant: str
    act: str | None
    kind: str
    payload: dict[str, Any]
    seq: int


class NewEvent(TypedDict):
    """An event on its way into the store."""

    id: str
    workshop: str
    participant: str
    act: str | None
    kind: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Workshop:
    """A workshop: what the door must know of it. Times are seconds since the epoch."""

    id: str
    code: str
    lang: str
    title: str
    created: float
    closed: float | None
    expires: float


@dataclass(frozen=True, slots=True)
class Session:
    """Who is behind a cookie: a participant of a workshop, in a role, for an actor."""

    workshop: str
    participant: str
    actor: str | None
    role: str
    lang: str


@dataclass(frozen=True, slots=True)
class Grant:
    """What a redeemed code allows: to open a session in this role."""

    workshop: str
    participant: str | None
    actor: str | None
    role: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was computed of a workshop, and up to which event."""

    workshop: str
    kind: str
    seq: int
    payload: dict[str, Any]


class Store(ABC):
    """An append-only store of events, and beside them what the door needs to know.

    The contract, which ``tests/store_contract.py`` checks over every kind of store:

    - **Append once.** An event is stored when ``append`` has returned, and then it survives a ``kill -9`` of any
      process. The maker of the event makes its id; the same id again gives the first ``seq`` and stores nothing.
      The same id with other content is refused.
    - **Order.** ``seq`` grows with every commit, over all workshops. A reader of ``events(after=seq)`` misses nothing.
    - **Noticing.** ``version`` is a cheap number that changes when anybody commits, in this process or another.
    - **Secrets.** Session secrets and personal codes are kept as hashes; the join code is kept readable, since the
      wall shows it.
    - **Ending.** After its end date a workshop lets nobody in and takes no more events, as if it were closed;
      only who asks for it (``ended``) adds what came back afterwards.
    - **Erasing.** ``erase_workshop`` leaves no row, no page and no backup that the store knows of, and nothing of
      the workshop comes back afterwards. If it cannot be finished it says so, and can be tried again.
    - **Errors** are those of `workshopkit.errors`; nothing is lost when one is raised.

    Objects may be shared by the threads of one process, not across a fork.
    """

    url: str

    @abstractmethod
    def create_workshop(
        self,
        *,
        title: str,
        lang: str,
        definition: dict[str, Any],
        id: str | None = None,
        code: str | None = None,
    ) -> Workshop:
        """Start a workshop and append ``workshop.defined`` with its definition, in one transaction.

        A given id or code that is in use raises `UsageError`.
        """

    @abstractmethod
    def workshops(self) -> list[Workshop]:
        """List the workshops, the newest first."""

    @abstractmethod
    def workshop(self, id: str) -> Workshop:
        """Give a workshop by its id; raises `UnknownWorkshop`."""

    @abstractmethod
    def workshop_by_code(self, code: str) -> Workshop:
        """Give an open workshop by its join code; raises `WrongCode` or `WorkshopClosed`."""

    @abstractmethod
    def close_workshop(self, id: str) -> None:
        """End a workshop: it can be read, and takes no more events."""

    @abstractmethod
    def erase_workshop(self, id: str) -> None:
        """Delete a workshop for good, with the backups that hold it.

        Raises
        ------
        StoreError
            If somebody holds the store; the workshop is still listed, without its content, to try again. Or if a
            copy cannot be reached; then the workshop is gone, and the error names the copy.
        """

    @abstractmethod
    def append(
        self, *, id: str, workshop: str, participant: str, act: str | None, kind: str, payload: dict[str, Any]
    ) -> tuple[int, bool]:
        """Store one event; gives its ``seq`` and whether it was new."""

    @abstractmethod
    def append_many(self, events: Sequence[NewEvent], *, ended: bool = False) -> list[tuple[int, bool]]:
        """Store several events in one transaction: all or none; `ended` takes them of a workshop that is over too."""

    @abstractmethod
    def events(
        self,
        workshop: str,
        *,
        after: int = 0,
        kinds: Collection[str] | None = None,
        participants: Collection[str] | None = None,
    ) -> list[Event]:
        """List events by ``seq``."""

    @abstractmethod
    def last_seq(self, workshop: str) -> int:
        """Give the ``seq`` of a workshop's newest event, 0 without any."""

    @abstractmethod
    def put_snapshot(self, workshop: str, kind: str, seq: int, payload: dict[str, Any]) -> None:
        """Keep the newest snapshot of a kind; an older one, or one of an erased workshop, is left alone."""

    @abstractmethod
    def snapshot(self, workshop: str, kind: str) -> Snapshot | None:
        """Give the newest snapshot of a kind."""

    @abstractmethod
    def open_session(
        self, workshop: str, *, role: str, actor: str | None, lang: str, participant: str | None = None
    ) -> tuple[Session, str]:
        """Let somebody in; gives the session and the secret for its cookie. Raises `UnknownWorkshop`."""

    @abstractmethod
    def session(self, secret: str) -> Session | None:
        """Give the session behind a cookie's secret; None if it never was or is over."""

    @abstractmethod
    def participants(self, workshop: str, actor: str) -> list[str]:
        """List who ever joined for an actor."""

    @abstractmethod
    def end_participant(self, participant: str) -> None:
        """End every session and every personal code of a participant."""

    @abstractmethod
    def set_lang(self, secret: str, lang: str) -> None:
        """Remember the language of a session."""

    @abstractmethod
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
        """Make a code that lets somebody in later; only its hash is kept."""

    @abstractmethod
    def redeem_token(self, token: str, purpose: str) -> Grant:
        """Use a code once; raises `WrongCode` if it is unknown, used up or expired."""

    @abstractmethod
    def note_try(self, key: str, ok: bool, now: float) -> float:
        """Note a try of a code by somebody; gives the seconds that one must still wait (0: go on)."""

    @abstractmethod
    def wait_of(self, key: str, now: float) -> float:
        """Give the seconds that somebody must still wait."""

    @abstractmethod
    def meta(self, key: str, default: str | None = None) -> str | None:
        """Give a small value that the store keeps by name."""

    @abstractmethod
    def set_meta(self, key: str, value: str) -> None:
        """Keep a small value by name."""

    @abstractmethod
    def version(self) -> int:
        """Give a number that changes when anybody commits (microseconds)."""

    @abstractmethod
    def backup(self, path: Path) -> None:
        """Write a whole, consistent copy, also while others write."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the connections."""
