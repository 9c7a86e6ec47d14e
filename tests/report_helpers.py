"""A workshop from beginning to end, in a store, for the tests of what it leaves behind."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import asdict

from workshopkit.case.load import default
from workshopkit.network.actors import Definition
from workshopkit.network.steps import Step
from workshopkit.room import simulated
from workshopkit.room.events import MARKS
from workshopkit.room.fold import fold
from workshopkit.room.tables import Bench

HELD = dt.datetime(2026, 3, 5, 13, 30).astimezone().timestamp()
HOSTILE = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=cmd|' /C calc'!A0",
    "\u202etfel ot thgir\u202c שלום",
    "👩‍👩‍👧‍👦 " * 6,
    "{{ 7 * 7 }} {% raw %}",
    "W" * 80,
    "a\x00b\ud83dc",
)


def actors(teams, domains=3, audiences=2, label=lambda number: f"Team {number}"):
    """Give a definition with so many teams in domains, and audiences of which the last has no voice."""
    named = [f"d{number}" for number in range(domains)]
    found = [
        {
            "id": f"t{number}",
            "label": label(number),
            "kind": "team",
            "domain": named[number % domains] if domains else None,
            "voice": "own",
        }
        for number in range(teams)
    ]
    found += [
        {
            "id": f"p{number}",
            "label": f"Audience {number}",
            "kind": "audience",
            "domain": None,
            "voice": "none" if number and number == audiences - 1 else "proxy",
        }
        for number in range(audiences)
    ]
    return {
        "title": "One message",
        "subject": "The desk closes on Friday",
        "period": "the last four weeks",
        "promise": "About lines, not people. You will see the report first.",
        "goal": "Fewer people at a closed door",
        "lang": "en",
        "length": "standard",
        "domains": [{"id": id, "label": f"Domain {id}"} for id in named],
        "actors": found,
    }


class Afternoon:
    """Says things in a workshop of a store, one event after another."""

    def __init__(self, store, payload):
        self.store = store
        self.workshop = store.create_workshop(
            title=payload["title"], lang=payload["lang"], definition=payload
        )
        self.definition = Definition.read(payload)
        self.count = 0

    def say(self, who, kind, payload=None, **more):
        self.count += 1
        id = f"{self.workshop.id[:8]}-{self.count}"
        self.store.append(
            id=id,
            workshop=self.workshop.id,
            participant=who,
            act="lines",
            kind=kind,
            payload={**(payload or {}), **more},
        )
        return id

    def lead(self, kind, **payload):
        return self.say("facilitator", kind, payload)

    def open(self, act, part):
        return self.lead("act.opened", act=act, part=part, at=HELD)

    @property
    def room(self):
        return fold(self.store.events(self.workshop.id))

    def answer(self, *, seed=1, but=()):
        """Let everybody but some answer the questions, two phones for the first team."""
        self.open("lines", "questions")
        for seat in self.definition.seats:
            self.say(f"phone-{seat.id}", "joined", actor=seat.id)
            if seat.id in but:
                continue
            for number, (kind, payload) in enumerate(simulated.answers(self.definition, seat.id, seed=seed)):
                timed = {"at": HELD + number} if kind in {"told", "heard"} else {}
                self.say(f"phone-{seat.id}", kind, payload, **timed)
        first = self.definition.teams[0]
        self.say("second-phone", "joined", actor=first.id)

    def recognise(self, *, seed=1):
        """Mark every card and guess."""
        draw = random.Random(seed)  # noqa: S311 - the same marks each time
        for seat in self.definition.seats:
            for card in (item.id for item in default().core):
                self.say(f"phone-{seat.id}", "case.marked", card=card, mark=draw.choice(MARKS))
            self.say(f"phone-{seat.id}", "guessed", tenths=draw.randint(0, 10))
            self.say(f"phone-{seat.id}", "walked", answer="agreed")

    def agree(self, writer, other, *, texts=None, when="2026-04-01", ours=True, answer=None):
        """Write an agreement and answer it."""
        plain = {
            "if": "a counter closes for a day",
            "then": "call the contact centre the day before",
            "who": "the shift lead",
            "obstacle": "nobody is at the phone",
            "instead": "leave it in the shift book",
            "alone": "",
        }
        form = {"with": other, "ours": ours, "when": when, **plain, **(texts or {})}
        id = self.say(f"phone-{writer}", "agreement.written", form)
        if answer:
            self.say(f"phone-{other}", "agreement.answered", agreement=id, answer=answer)
        return id

    def mend(self, *, dots=True):
        """Sit down at the tables: each chooses what it can pay of the cards, the first makes one of its own, all give dots."""
        self.open("breakthrough", "choose")
        proposed = Bench.of(self.room).proposed
        own = Step("add", "t0", "p0") if Step("add", "t0", "p0") not in proposed else Step("add", "t1", "p0")
        self.say("phone-t0", "mend.made", step=asdict(own))
        self.say("phone-t0", "mend.chosen", step=asdict(own))
        for number, seat in enumerate(self.definition.seats):
            for step in (*proposed[number % 3 :], *proposed[: number % 3]):
                self.say(f"phone-{seat.id}", "mend.chosen", step=asdict(step))
        self.lead("mend.priced", of=proposed[0].kind, once=24, upkeep=3)
        self.open("breakthrough", "cut")
        for number, seat in enumerate(self.definition.seats if dots else ()):
            given = [proposed[number % 2], proposed[number % 2], proposed[2]]
            self.say(f"phone-{seat.id}", "mend.given", person=1, steps=[asdict(step) for step in given])
            self.say(f"phone-{seat.id}", "mend.finished")
        return proposed

    def ride(self, *, counted=True, text="Vanaf 2 maart een menu, ook op zaterdag"):
        """Send two messages over the map; the first two that have one tell it on, and say that it was them."""
        first, second = self.definition.teams[0].id, self.definition.teams[1].id
        self.open("message", "relay")
        self.lead("relay.started", starts={"out": first, "in": second}, at=HELD + 3600)
        for who, message, told in ((first, "out", {"text": text}), (second, "in", {"facts": ["i1", "i2"]})):
            self.say(f"phone-{who}", "relay.told", message=message, round=1, at=HELD + 3610, **told)
        self.say(f"phone-{first}", "relay.named", message="out", named=True, at=HELD + 4100)
        self.lead("relay.counted", counted=counted)


def whole(store, payload=None):
    """Hold a workshop from the questions to the close."""
    held = Afternoon(store, payload or actors(9))
    held.answer()
    held.recognise()
    held.agree("t0", "t4", answer="accepted", texts={"alone": "the night shift"})
    held.agree("t0", "t5", answer="other", ours=False)
    held.agree("t7", "p0", when="2026-12-24")
    held.lead(
        "agreement.hidden",
        agreement=held.agree("t2", "t3", texts={"then": "say something rude"}),
        hidden=True,
    )
    held.open("report", "close")
    return held
