"""The message exercise alone: a learner plays one place, and the kit plays all others.

Two messages at once, as in a room: one begins with the learner, a complaint outside. Here every line has a channel to
choose: a newsletter goes to all whom a place reaches, and comes a round later; in the corridor one is told, now. The
learner's taps are the clock: a round ends when it says so.
"""

from __future__ import annotations

import random
from typing import Any, NamedTuple

from traitlets import Any as AnyTrait
from traitlets import HasTraits, Unicode

from workshopkit.i18n import N_, Translator
from workshopkit.network.actors import Definition
from workshopkit.network.network import Network
from workshopkit.panels import shown
from workshopkit.panels.shown import Shown
from workshopkit.relay.content import MESSAGES, Fact, messages
from workshopkit.relay.outcome import Link, bets, chain, compare, score
from workshopkit.relay.play import apply, asked, begin, receivers
from workshopkit.relay.state import QUIZ, ROUNDS, Action, Key, Relay, Setting
from workshopkit.room.relay_rules import goals_of

__all__ = ["Game", "Task"]

_STATES = {"kept": N_("kept"), "lost": N_("lost"), "added": N_("added")}


class Task(NamedTuple):
    """What is asked of the learner now: ``"tell"``, ``"pass"``, ``"bet"``, ``"answer"``, ``"guess"`` or ``"wait"``."""

    name: str
    message: str = ""


class Game(HasTraits):
    """One game of a learner.

    Parameters
    ----------
    definition, net
        Who is on the map, and its lines.
    t
        Translates for the learner.
    """

    seat = Unicode(help="Whom the learner plays.")
    relay = AnyTrait(help="The ride as far as it came; None before it begins.")

    def __init__(self, definition: Definition, net: Network, t: Translator) -> None:
        super().__init__()
        self._definition, self._net, self._t = definition, net, t
        self._games = 0
        self.seats = tuple(one.id for one in definition.seats)
        self.seat = max(self.seats, key=lambda one: len(self._reached(one)))

    def _reached(self, seat: str) -> list[str]:
        return [other for one, other in self._net.lived if one == seat and other in self.seats]

    def _other_start(self, seat: str) -> str:
        """Give where the complaint begins: outside if a line leads from there, else with whoever has the most lines."""
        others = [one for one in self.seats if one != seat]
        outside = [one for one in others if one in self._net.audiences and self._reached(one)]
        return max(outside or others, key=lambda one: len(self._reached(one)))

    def start(self, seat: str) -> None:
        """Begin a new game: one message begins with the learner's place."""
        self._games += 1
        self.seat = seat
        starts = {"out": seat, "in": self._other_start(seat)}
        self.relay = begin(
            Setting(
                self.seats,
                frozenset(self._net.lived),
                starts,
                messages(),
                goals=goals_of(self._definition, starts),
                seed=f"game {self._games}",
                bots=frozenset(self.seats) - {seat},
                channels=True,
            )
        )

    def do(self, kind: str, message: str = "out", **data: Any) -> bool:
        """Do something now; tells whether it could be done."""
        if self.relay is None:
            return False
        given = {"message": message, "round": self.relay.phase, **data}
        before: Relay = self.relay
        self.relay = apply(before, Action(kind, before.since, self.seat, given))
        return bool(self.relay != before)

    def next_round(self) -> None:
        """End this round, or the questions."""
        relay = self.relay
        if relay is not None and not relay.over:
            self.relay = apply(relay, Action("next", relay.since + 1, data={"round": relay.phase}))

    # What there is to do ---------------------------------------------------------------------------------------------

    @property
    def task(self) -> Task:
        """Give what is asked first: of what the learner has, else a bet; after the rounds the questions, or a guess."""
        relay = self.relay
        if relay is None or relay.over:
            return Task("wait")
        if relay.phase == QUIZ:
            return self._of_the_questions(relay)
        able = [message for message in MESSAGES if self.free(message)]
        untold = [message for message in able if not relay.got[Key(message, self.seat)].versions]
        undecided = [message for message in able if Key(message, self.seat) not in relay.choices]
        for name, some in (("tell", untold), ("pass", undecided)):
            if some:
                return Task(name, some[0])
        if able or (relay.phase, self.seat) in relay.bets:
            return Task("wait")
        return Task("bet", min(MESSAGES, key=lambda one: Key(one, self.seat) in relay.got))

    def _of_the_questions(self, relay: Relay) -> Task:
        message = asked(relay, self.seat)
        if message is not None:
            return Task("answer", message) if self.question(message) else Task("wait")
        about = next(one for one, seats in receivers(relay).items() if seats)
        return Task("wait") if Key(about, self.seat) in relay.guesses else Task("guess", about)

    @property
    def is_ready(self) -> bool:
        """Tell whether the game may go on: what must be chosen has been; chance may choose to whom it goes."""
        return self.relay is not None and not self.relay.over and self.task.name not in {"tell", "answer"}

    def free(self, message: str) -> list[str]:
        """List whom the learner can still pass a message on to."""
        relay = self.relay
        able = relay is not None and relay.playing and Key(message, self.seat) in relay.got
        return relay.free(message, self.seat) if able else []

    def question(self, message: str) -> Fact | None:
        """Give what is asked next; None when all was answered."""
        given = self.relay.answers.get(Key(message, self.seat), {}) if self.relay is not None else {}
        return next((fact for fact in messages()[message].facts if fact.id not in given), None)

    def options(self, fact: Fact) -> list[tuple[str, str]]:
        """List the answers to a question: not knowing first, and the right one at any place."""
        options = [(words[self._t.lang], f"{fact.id}/{number}") for number, words in enumerate(fact.options)]
        random.Random(fact.id).shuffle(options)  # noqa: S311 - an order, no secrets
        return [(self._t("We do not know"), f"{fact.id}/"), *options]

    def label(self, seat: str) -> str:
        """Give what people call a place."""
        return self._definition.actor(seat).label

    def facts(self, message: str = "out") -> list[tuple[str, str]]:
        """List what can be ticked, with its words: not all of it is in the message."""
        found = messages()[message].by_id.values()
        return sorted(((fact.words[self._t.lang], fact.id) for fact in found), key=lambda one: one[0][::-1])

    # What is said ----------------------------------------------------------------------------------------------------

    def said(self) -> list[str]:
        """Say how far it is, and what is asked of the learner."""
        t, relay = self._t, self.relay
        if relay is None:
            return [t("Choose a place and begin: you play it, and the kit plays all others.")]
        if relay.over:
            return self._result(relay)
        where = (
            t("The rounds are over. Those it was meant for say what they know.")
            if relay.phase == QUIZ
            else t("Round {round} of {rounds}", round=relay.phase, rounds=ROUNDS)
        )
        found = [where, *self._asked(relay)]
        waiting = sum(not relay.received(one) for one in relay.sent)
        if waiting and relay.playing:
            found.append(
                t.n("{count} newsletter is on its way.", "{count} newsletters are on their way.", waiting)
            )
        return found

    def _asked(self, relay: Relay) -> list[str]:
        t, (name, message) = self._t, self.task
        if name == "wait":
            return [t("That was all of this round.")]
        title = messages()[message].title[t.lang]
        if name == "tell":
            return [
                t("You have a message: {title}.", title=title),
                *self._in_hand(relay, message),
                t("Read it, and choose what you tell on. Then it is fixed."),
            ]
        question = self.question(message)
        words = {
            "pass": t("To whom do you pass it on? It is about: {title}.", title=title),
            "bet": t("Where is the message by the end of this round? It is about: {title}.", title=title),
            "guess": t("How many of the 5 facts does the receiver know, do you think?"),
            "answer": (question.question or {})[t.lang] if question else "",
        }
        return [words[name]]

    def _in_hand(self, relay: Relay, message: str) -> list[str]:
        """Give what came: the text, or the facts that others ticked."""
        said, lang = messages()[message], self._t.lang
        if relay.got[Key(message, self.seat)].source is None:
            return [said.text[lang]]
        came = relay.hand(message, self.seat)
        return [fact.words[lang] for fact in said.by_id.values() if fact.id in came] or [
            self._t("Nothing of it.")
        ]

    def _result(self, relay: Relay) -> list[str]:
        t, found = self._t, []
        for message in MESSAGES:
            title, reached = messages()[message].title[t.lang], len(chain(relay, message)) - 1
            found.append(t.n("In the game, “{title}” came to {count} place.",
                             "In the game, “{title}” came to {count} places.", reached, title=title))  # fmt: skip
            if counts := score(relay, message):
                known = ", ".join(map(str, counts))
                found.append(t("At the end the receivers know {known} of the 5 facts.", known=known))
        late = sum(not relay.received(one) for one in relay.sent)
        if late:
            found.append(
                t.n("{count} newsletter came too late: the rounds were over.",
                    "{count} newsletters came too late: the rounds were over.", late)
            )  # fmt: skip
        right, all_ = bets(relay)
        if all_:
            found.append(t("Bets that were right: {right} of {count}.", right=right, count=all_))
        return found

    def where(self) -> Shown | None:
        """List where each message is by now."""
        relay = self.relay
        if relay is None:
            return None
        columns = [self._t(name) for name in (N_("round"), N_("place"), N_("from"), N_("facts of 5"))]
        return shown.together(
            shown.table(columns, [self._row(link) for link in chain(relay, message)], caption=title)
            for message, title in self._titles()
        )

    def _row(self, link: Link) -> tuple[int, str, str, int]:
        source = self.label(link.source) if link.source else "–"
        return link.round, self.label(link.seat), source, link.count

    def _titles(self) -> list[tuple[str, str]]:
        return [(message, messages()[message].title[self._t.lang]) for message in MESSAGES]

    def became(self) -> Shown | None:
        """List the facts of each message, and what became of each on its way to the first receiver."""
        if self.relay is None or not self.relay.over:
            return None
        tables = []
        for message, title in self._titles():
            known, found = messages()[message].by_id, compare(self.relay, message)
            rows = [
                (known[id].words[self._t.lang], self._t(name))
                for state, name in _STATES.items()
                for id in (getattr(found, state) if found else ())
            ]
            if rows:
                tables.append(shown.table([self._t("fact"), self._t("at the receiver")], rows, caption=title))
        return shown.together(tables) if tables else None
