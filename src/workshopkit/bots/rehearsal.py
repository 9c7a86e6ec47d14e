"""A room full of bots: they come in at the same moment, play along with whatever is opened, and are counted.

Everything goes through the real door. What the store holds afterwards is laid beside what the phones were told, where
the store is on this machine.
"""

from __future__ import annotations

import asyncio
import time
from bisect import bisect_left
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from workshopkit.bots import cast, trouble
from workshopkit.bots.afternoon import Part, due, play_afternoon
from workshopkit.bots.asked import Asked, asked
from workshopkit.bots.burden import Burden
from workshopkit.bots.client import TROUBLE, Browser
from workshopkit.bots.device import Device
from workshopkit.bots.leading import lead
from workshopkit.bots.pace import Pace
from workshopkit.bots.tally import Tally, Tap
from workshopkit.errors import UsageError
from workshopkit.i18n import N_
from workshopkit.room.fold import fold
from workshopkit.room.program import Program
from workshopkit.store import Store, Workshop

__all__ = ["Kept", "Outcome", "Rehearsal", "Room"]

_LINK_S = 600.0
_SETTLE_S = 60.0
_LOOK_S = 0.1
_PATIENCE_S = 180.0
_SLOW = 1.6
_NOT_ANSWERS = {"joined", "withdrawn"}


@dataclass(frozen=True)
class Room:
    """Where the bots go.

    Parameters
    ----------
    base, code
        The door's address, and the workshop's code.
    store, workshop
        What is behind it, where that is on this machine.
    own
        Whether the room is there for this rehearsal alone.
    """

    base: str
    code: str
    store: Store | None = None
    workshop: Workshop | None = None
    own: bool = False


@dataclass(frozen=True)
class Kept:
    """What the store holds of the answers of the bots: all that was told to be stored, each once, and nothing else."""

    stored: int
    lost: int
    unknown: int

    @classmethod
    def of(cls, store: Store, workshop: str, participants: Sequence[str], taps: Sequence[Tap]) -> Kept:
        """Lay what the store holds beside what the phones were told."""
        events = store.events(workshop, participants=participants) if participants else []
        there = {event.id: event.seq for event in events if event.kind not in _NOT_ANSWERS}
        told = {tap.id: tap.seq for tap in taps if tap.stored_s is not None}
        sent = {tap.id for tap in taps}
        lost = sum(there.get(id) != seq for id, seq in told.items())
        return cls(len(there), lost, len(there.keys() - sent))


@dataclass
class Outcome:
    """What came of a rehearsal."""

    tally: Tally
    phones: int
    places: int
    took_s: float
    kept: Kept | None
    burden: Burden
    finished: bool
    away: int
    asked: tuple[Asked, ...] = ()

    @property
    def missing(self) -> int:
        """How many phones never came in."""
        return self.phones - len(self.tally.joins)

    @property
    def is_good(self) -> bool:
        """Tell whether everybody came in, and every answer was stored exactly once."""
        kept = self.kept is None or not (self.kept.lost or self.kept.unknown)
        return kept and not (self.missing or self.tally.unanswered or self.away or self.tally.faults)


@dataclass
class Rehearsal:
    """One rehearsal.

    Parameters
    ----------
    room
        Where.
    count
        How many phones.
    seed
        The same seed gives the same answers, pauses and mishaps.
    pace
        0 for at once, 1 for people.
    leads
        Whether a bot leads too, without the talk.
    every_s
        How often something befalls a phone; None for never.
    most_s
        How long it takes at most.
    burden
        What the room costs, looked at meanwhile.
    """

    room: Room
    count: int
    seed: int = 1
    pace: float = 1.0
    leads: bool = False
    every_s: float | None = None
    most_s: float = 3600.0
    burden: Burden = field(default_factory=lambda: Burden(()))
    tally: Tally = field(default_factory=Tally)
    phones: list[Device] = field(default_factory=list)
    _parts: dict[int, Part] = field(default_factory=dict)
    _done: dict[int, set[str]] = field(default_factory=dict)
    _seen: list[tuple[int, float]] = field(default_factory=list)
    _paces: dict[int, Pace] = field(default_factory=dict)

    async def run(self, stop: asyncio.Event) -> Outcome:
        """Play until the workshop is over, the time is up, or somebody stops it.

        Raises
        ------
        UsageError
            If nobody lets the bots in at that address.
        """
        began = time.monotonic()
        seats = await self._seats()
        beside = [asyncio.create_task(self.burden.watch())]
        others: list[Device] = []
        finished = False
        away = 0
        try:
            if self.room.store is not None:
                others.append(wall := await self._open("wall"))
                beside.append(asyncio.create_task(self._watch(wall)))
            over = asyncio.create_task(self._afternoon(seats, others))
            finished = await _first(over, stop, self.most_s)
            away = await self._settled()
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
            kept = self._kept()
            self._note_wall()  # while the phones still know how the room answers
            await asyncio.gather(
                *(self._leave(phone) for phone in self.phones), *(one.end() for one in others)
            )
        return Outcome(
            self.tally,
            self.count,
            len({phone.seat for phone in self.phones}),
            time.monotonic() - began,
            kept,
            self.burden,
            finished,
            away,
            asked(self._paces.values(), self._program()),
        )

    def _program(self) -> Program:
        """Give the plan of the room; elsewhere the usual one."""
        if self.room.store is None or self.room.workshop is None:
            return fold(()).program
        return fold(self.room.store.events(self.room.workshop.id, kinds={"workshop.defined"})).program

    async def _seats(self) -> list[str]:
        with suppress(*TROUBLE):
            if seats := await Browser(self.room.base).seats(self.room.code):
                return seats
        raise UsageError(
            N_("There is no open workshop at {url}. Is the room running, and is the code right?"),
            url=f"{self.room.base}/j/{self.room.code}"[:120],
        )

    async def _open(self, page: str) -> Device:
        """Open a page of the facilitator, by a link of the store."""
        store, workshop = self.room.store, self.room.workshop
        assert store is not None  # noqa: S101 - asked only where there is one
        assert workshop is not None  # noqa: S101 - likewise
        token = store.issue_token(workshop.id, purpose="enter", role="facilitator", ttl_s=_LINK_S)
        device = Device(Browser(self.room.base), Tally(), home=f"/{page}")
        await device.begin(lambda: device.browser.open(f"/enter/{token}?page={page}"))
        return device

    async def _afternoon(self, seats: list[str], others: list[Device]) -> None:
        """Come in, then play, until all have heard that it is over."""
        casting = cast.seats_of(seats, self.count)
        self.phones += [
            Device(Browser(self.room.base), self.tally, number=number, seat=seat)
            for number, (seat, _, _) in enumerate(casting)
        ]
        await asyncio.gather(*(self._join(phone) for phone in self.phones))
        playing = []
        for phone, (seat, place, together) in zip(self.phones, casting, strict=True):
            if phone.page is None:
                continue
            definition = cast.workshop_of(phone.state, phone.page.config["lang"])
            if phone.state.get("anonymous"):  # everybody answers alone, and differently
                part = cast.script(definition, seat, 0, 1, seed=self.seed + phone.number)
            else:
                part = cast.script(definition, seat, place, together, seed=self.seed)
            self._parts[phone.number] = part
            playing.append(asyncio.create_task(self._play(phone)))
        troubled = asyncio.create_task(self._troubled())
        try:
            if self.leads:
                others.append(cockpit := await self._open("cockpit"))
                leads = asyncio.create_task(
                    lead(
                        cockpit,
                        self._tempo(self.count),
                        self._ready,
                        patience_s=_PATIENCE_S,
                        closes=self.room.own,
                    )
                )
                await leads
                if not self.room.own:
                    return
            await asyncio.gather(*playing)
        finally:
            for task in (troubled, *playing):
                task.cancel()
            await asyncio.gather(troubled, *playing, return_exceptions=True)

    async def _join(self, phone: Device) -> None:
        began = time.monotonic()
        try:
            await phone.begin(lambda: phone.browser.join(self.room.code, phone.seat))
        except TROUBLE as fault:
            self.tally.faults[str(fault)] += 1
        else:
            self.tally.joined(began)

    async def _play(self, phone: Device) -> None:
        done = self._done[phone.number] = set()
        pace = self._paces[phone.number] = self._tempo(phone.number)
        await play_afternoon(phone, self._parts[phone.number], pace, done)

    def _tempo(self, number: int) -> Pace:
        """Give everybody a pace; every tenth phone belongs to a slow team."""
        slow = _SLOW if number % 10 == 9 else 1.0  # noqa: PLR2004 - the last of ten
        return Pace(self.pace, slow=slow, seed=self.seed * 1000 + number, talks=not self.leads)

    async def _troubled(self) -> None:
        if self.every_s is not None:
            await trouble.befall(
                [phone for phone in self.phones if phone.participant], every_s=self.every_s, seed=self.seed
            )

    def _ready(self) -> bool:
        """Tell whether all who are there show the same moment, and all, also who is away, have done what it asks."""
        playing = [phone for phone in self.phones if phone.number in self._done]
        shown = [phone.state for phone in playing if phone.is_up]
        if len({(state.get("act"), state.get("part")) for state in shown}) != 1:
            return False
        return all(
            due(phone.state if phone.is_up else shown[0], self._parts[phone.number])
            <= self._done[phone.number]
            for phone in playing
        )

    async def _watch(self, wall: Device) -> None:
        """Note when the big screen had which events."""
        last = -1
        while True:
            state = await wall.until(lambda state: state.get("seq", 0) > last)  # noqa: B023 - read at once
            last = state["seq"]
            self._seen.append((last, time.monotonic()))

    async def _settled(self) -> int:
        """Wait until every phone is back and has an answer to everything; gives how many are not."""
        joined = [phone for phone in self.phones if phone.participant]
        late = time.monotonic() + _SETTLE_S
        while True:
            away = sum(not phone.is_up or phone.is_waiting for phone in joined)
            if not away or time.monotonic() > late:
                return away
            await asyncio.sleep(_LOOK_S)

    def _kept(self) -> Kept | None:
        if self.room.store is None or self.room.workshop is None:
            return None
        known = [phone.participant for phone in self.phones if phone.participant]
        return Kept.of(self.room.store, self.room.workshop.id, known, self.tally.taps)

    async def _leave(self, phone: Device) -> None:
        """Close a phone; in a room that goes on, its answers go with it."""
        if not self.room.own and phone.page is not None:
            with suppress(*TROUBLE):
                async with asyncio.timeout(_SETTLE_S):
                    await phone.page.send("withdrawn", {}, act=None)
        await phone.end()

    def _note_wall(self) -> None:
        """Find out when the taps that change the big screen were on it; where it is told in batches, no tap does."""
        if any(phone.state.get("anonymous") for phone in self.phones):
            return
        seqs = [seq for seq, _ in self._seen]
        for tap in _change_the_wall(self.tally.stored, marks=self.leads):
            place = bisect_left(seqs, tap.seq)
            if place < len(seqs):
                tap.wall_s = self._seen[place][1] - tap.began


def _change_the_wall(taps: Sequence[Tap], *, marks: bool) -> list[Tap]:
    """Give the taps that must be seen: the first mark of a seat on a card, its guess, and what makes it ready."""
    first: dict[tuple[str, ...], Tap] = {}
    closed: dict[str, dict[str, Tap]] = {}
    for tap in sorted(taps, key=lambda tap: tap.seq):
        if tap.kind == "case.marked" and marks:
            first.setdefault((tap.kind, tap.seat, tap.payload["card"]), tap)
        elif tap.kind == "guessed":
            first.setdefault((tap.kind, tap.seat), tap)
        elif tap.kind == "list.closed":
            closed.setdefault(tap.seat, {}).setdefault(tap.payload["list"], tap)
    ready = [max(both.values(), key=lambda tap: tap.seq) for both in closed.values() if len(both) == 2]  # noqa: PLR2004 - both lists
    return [*first.values(), *ready]


async def _first(over: asyncio.Task[None], stop: asyncio.Event, most_s: float) -> bool:
    """Wait for the end, for who stops it, or until the time is up; tells whether it came to its end."""
    stopped = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({over, stopped}, timeout=most_s, return_when=asyncio.FIRST_COMPLETED)
        if over.done():
            over.result()
            return True
        return False
    finally:
        for task in (over, stopped):
            task.cancel()
        await asyncio.gather(over, stopped, return_exceptions=True)
