"""A whole afternoon through the real door: bots for every seat, a facilitator that presses "next"."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
import uuid

import pytest

from workshopkit.bots.afternoon import Part, play_afternoon
from workshopkit.bots.client import Browser
from workshopkit.bots.leading import send_messages
from workshopkit.bots.pace import Pace
from workshopkit.mending.table import CUT
from workshopkit.network.actors import Definition
from workshopkit.panels import demo
from workshopkit.relay.outcome import chain, score
from workshopkit.relay.play import receivers
from workshopkit.room.fold import Room, fold
from workshopkit.room.ride import Ride
from workshopkit.room.tables import Bench

pytestmark = pytest.mark.slow
MARKS = {
    "P4": "ours",
    "P6": "ours",
    "P7": "unknown",
    "P8": "not_ours",
    "P12": "ours",
    "C5": "unknown",
    "C10": "ours",
}


def agreement(other):
    return {
        "with": other,
        "ours": True,
        "if": "the hours change",
        "then": "call the same day",
        "who": "the spokesperson",
        "when": (dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=14)).isoformat(),
        "obstacle": "the holiday",
        "instead": "have the stand-in call",
        "alone": "the desk",
    }


def mended(played, seats):
    """Check that every table stayed within its hours, and gave its dots."""
    bench = Bench.of(played)
    for seat in seats:
        table = played.mending.table(seat, bench.proposed)
        assert (table.budget, table.spent <= CUT) == (CUT, True)
        assert table.plan.chosen
        assert played.mending.dots.voters(seat) == 3
    assert sum(bench.counts(played).values()) == 3 * 3 * len(seats)


async def test_the_whole_afternoon_is_played(room):
    events = room.store.events(room.workshop.id, kinds={"workshop.defined"})
    definition = Definition.read(events[0].payload)
    seats = [seat.id for seat in definition.seats]
    parts = {
        seat: Part(
            demo.answers(definition, seat),
            marks=MARKS,
            guess=number % 11,
            walked="later",
            tells=lambda facts: facts[:-1],
            types=number % 2 == 0,
            is_named=True,
            agreements=[agreement(seats[number + 1])] if number < 4 else [],
            accept=lambda row: "accepted" if row["writer"] == seats[0] else "other",
        )
        for number, seat in enumerate(seats)
    }

    async def play(seat):
        page = await (await Browser(room.local).join(room.workshop.code, seat)).connect()
        await play_afternoon(page, parts[seat], Pace(0.0))
        await page.close()

    playing = [asyncio.create_task(play(seat)) for seat in seats]
    lead = await (await Browser(room.local).open(room.enter_url().removeprefix(room.url()))).connect()

    def all_did(test):
        return lambda state: (
            all(test(team) for team in state.get("teams", ())) and len(state["teams"]) == len(seats)
        )

    waits = {
        "questions": all_did(lambda team: team["ready"]),
        "guess": all_did(lambda team: team["guessed"]),
        "walk": all_did(lambda team: team["walked"]),
        "write": lambda state: len(state.get("agreements", ())) == 4,
        "cut": lambda state: (state.get("mend") or {}).get("done") == len(seats),
        "accept": lambda state: all(row["answer"] for row in state.get("agreements", ())),
    }
    waits |= {card: all_did(lambda team, n=n: team["marks"] > n) for n, card in enumerate(MARKS)}
    async with asyncio.timeout(120):
        await lead.until(all_did(lambda team: team["phones"]))
        for moment in Room().program.moments:
            # What is read aloud is read to its end, sentence by sentence.
            while at := lead.state["plan"]["next"]["sentence"]:
                here = {"act": lead.state["act"], "part": lead.state["part"], "sentence": at}
                await lead.send("act.opened", here, act=None)
                await lead.until(lambda state, at=at: state["sentence"] == at)
            following = lead.state["plan"]["next"]
            assert (following["act"], following["part"]) == (moment.act, moment.part)
            said = await lead.send("act.opened", {"act": moment.act, "part": moment.part}, act=None)
            assert said["type"] == "stored"
            await lead.until(lambda state, at=moment: (state["act"], state["part"]) == (at.act, at.part))
            if moment.part == "relay":
                await send_messages(lead)
            if moment.part in waits:
                await lead.until(waits[moment.part])
        await lead.send("workshop.closed", {}, act=None)
        await asyncio.gather(*playing)
    await lead.close()

    played = fold(room.store.events(room.workshop.id))
    assert [one.answer for one in played.agreements] == ["accepted", "other", "other", "other"]
    for number, seat in enumerate(seats):
        sheet = played.sheet(seat)
        assert sheet.ready
        assert sheet.marks == MARKS
        assert sheet.guess == number % 11
        assert sheet.walked == "later"
    ride = Ride.of(played, time.time())
    assert ride.relay.over
    assert {one.how for one in ride.relay.versions.values()} == {"original", "retold", "ticked"}
    # The afternoon does not wait for who says "that was us".
    assert set() < ride.relay.named <= set(ride.relay.got)
    for message in ("out", "in"):
        # Everybody who told it on left one fact out.
        counts = [link.count for link in chain(ride.relay, message)]
        assert counts[0] == 4
        assert max(counts[1:]) <= 4
        assert len(score(ride.relay, message)) == len(receivers(ride.relay)[message])
    mended(played, seats)
    ids = [event.id for event in room.store.events(room.workshop.id)]
    assert len(ids) == len(set(ids))
    assert uuid.UUID(ids[-1])
