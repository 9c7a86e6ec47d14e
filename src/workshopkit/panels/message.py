"""Act 04 in a notebook: a message on its way over the room's own map, round by round, and two hundred times."""

from __future__ import annotations

from collections import Counter
from typing import Any

from babel.numbers import format_percent
from traitlets import Any as AnyTrait
from traitlets import Int, Unicode

from workshopkit.analysis import arrival, message
from workshopkit.analysis.message import ROUNDS, Pass, Ride, Rides
from workshopkit.figures import picture as figures
from workshopkit.figures.picture import bars, picture
from workshopkit.figures.svg import svg
from workshopkit.i18n import N_
from workshopkit.network.network import Network, Pair
from workshopkit.panels import controls, game_view, shown
from workshopkit.panels.game import Game
from workshopkit.panels.shown import Shown
from workshopkit.panels.watched import Watched

__all__ = ["MessagePanel", "open_workshop"]

_LINES = {
    "line": N_("a line that arrives"),
    "lost": N_("did not come through this time"),
    "passed": N_("passed on"),
}


class MessagePanel(Watched):
    """One ride of a message, and what it is worth beside many others.

    Parameters
    ----------
    store, workshop, lang, alone
        As in `Watched`.
    """

    start = Unicode(help="Who begins.")
    seed = Int(1, help="Every draw comes from it: the next message has the next one.")
    ride = AnyTrait(help="The ride as far as it came; None until the message was sent.")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._many: tuple[Any, Rides] | None = None
        self._game: Game | None = None
        self.start = self._first()

    def _first(self) -> str:
        """Begin with whom the room most wants to hear from; without a wish with the first team."""
        wishes = Counter(wish for wish in self.told.wishes.values() if wish)
        known = [one for one, _ in wishes.most_common() if one in self.definition.by_id]
        return known[0] if known else self.definition.actors[0].id

    @property
    def net(self) -> Network:
        """Give the map."""
        return self.findings.net

    def send(self, start: str | None = None) -> None:
        """Send a new message: from the same place another one, with other luck."""
        if start is not None:
            self.start = start
        if self.ride is not None and self.ride.start == self.start:
            self.seed += 1
        self.ride = message.send(self.start)

    def next_round(self) -> None:
        """Let everybody who has it pass it on once."""
        if self.ride is not None and not self.over:
            self.ride = message.step(self.ride, message.lived(self.net), seed=self.seed)

    @property
    def over(self) -> bool:
        """Tell whether the ride has ended: after five rounds, or when nobody is left to try."""
        return self.ride is not None and (self.ride.over or self.ride.rounds >= ROUNDS)

    @property
    def thought(self) -> Ride:
        """Give the same message for as many rounds as if every line that senders draw ran straight."""
        return message.ride(message.believed(self.net), self.start, rounds=self._now().rounds, seed=self.seed)

    @property
    def many(self) -> Rides:
        """Give two hundred rides from the same start."""
        key = (self.start, self.net.lived)
        if self._many is None or self._many[0] != key:
            self._many = key, message.many(message.lived(self.net), self.start)
        return self._many[1]

    def _now(self) -> Ride:
        return self.ride if self.ride is not None else message.send(self.start)

    def _reached(self, ride: Ride) -> tuple[int, int]:
        """Count the teams and the audiences that have it, who began left out."""
        got = ride.reached()
        audiences = sum(one in self.net.audiences for one in got)
        return len(got) - audiences, audiences

    def happened(self) -> list[str]:
        """Say what happened in the last round."""
        t, ride = self.t, self._now()
        if self.ride is None:
            return [t("Choose who begins, and send the message.")]
        if not ride.rounds:
            return [
                t(
                    "{name} has the message. Who gets it first? Guess, before you go on.",
                    name=self.label(ride.start),
                )
            ]
        said = [t("Round {number}.", number=ride.rounds)]
        said += [self._tried(one) for one in ride.passes if one.round == ride.rounds]
        if ride.over:
            said.append(t("Nobody has anyone left to tell: here it ends."))
        elif self.over:
            said.append(t("The fifth round is over."))
        return said

    def _tried(self, one: Pass) -> str:
        names = {"source": self.label(one.source), "target": self.label(one.target)}
        if one.arrived:
            return self.t("{source} tells {target}.", **names)
        return self.t("{source} tells {target}; it did not come through this time.", **names)

    def counts(self) -> Shown:
        """Lay what came of it beside what the senders think."""
        t, definition = self.t, self.definition
        outside = self._now().start in self.net.audiences
        most = len(definition.teams) - (not outside), len(definition.audiences) - outside

        def row(name: str, ride: Ride) -> tuple[str, ...]:
            reached = zip(self._reached(ride), most, strict=True)
            # Such a short count stays on one line.
            return name, *(
                t("{count} of {all}", count=got, all=all_).replace(" ", "\u00a0") for got, all_ in reached
            )

        columns = [
            t.n("After {count} round", "After {count} rounds", self._now().rounds),
            t("teams"),
            t("audiences"),
        ]
        return shown.table(
            columns,
            [
                row(t("This is how we think it runs"), self.thought),
                row(t("This is how it arrives"), self._now()),
            ],
        )

    def map(self) -> str:
        """Draw where the message is, with the round in which each place got it."""
        ride = self._now()
        lines: dict[Pair, str] = dict.fromkeys(self.net.lived, "line")
        lines |= {(one.source, one.target): "passed" if one.arrived else "lost" for one in ride.passes}
        inside = {actor: str(round) for actor, round in ride.got.items()} if self.ride is not None else {}
        names = {role: self.t(text) for role, text in _LINES.items()}
        return svg(picture(figures.lines(self.drawing, lines), names, inside=inside), alone=True)

    def beside(self) -> list[str]:
        """Say where this ride falls among the two hundred."""
        t, ride = self.t, self._now()
        if not ride.rounds:
            return [t("Send the message first, and play a round.")]
        fewer, same, more = self.many.beside(ride)
        return [
            t.n("This ride reached {count} place.", "This ride reached {count} places.", len(ride.reached())),
            t("Of {all} rides, {fewer} reached fewer places by then, {same} as many, {more} more.",
              all=len(self.many.rides), fewer=fewer, same=same, more=more),
        ]  # fmt: skip

    def spread(self) -> str:
        """Draw how many places the two hundred rides reached in as many rounds, this one marked."""
        ride = self._now()
        rounds = ride.rounds or ROUNDS
        found = Counter(self.many.reached(rounds))
        values = [found[number] for number in range(len(self.net.actors))]
        title = self.t("places reached in {rounds} rounds; height: number of rides out of 200", rounds=rounds)
        return svg(bars(values, marked=len(ride.reached()) if ride.rounds else None, title=title), alone=True)

    def audiences(self) -> Shown:
        """Give how often the message reached each audience, beside the chance as it is computed."""
        t = self.t
        goals = [goal for goal in self.net.audiences if goal in self.net.voiced and goal != self.start]
        if not goals:
            return shown.sentences([t("No audience is on this map that somebody speaks for.")])
        rows = []
        for goal in goals:
            chance = arrival.chance(self.net, self.start, goal)
            percent = str(format_percent(chance.value, locale=self.lang))
            rows.append((self.label(goal), self.many.times(goal, ROUNDS), self.many.times(goal), percent))
        columns = [
            t("From {name} to", name=self.label(self.start)),
            t("of 200 rides, in 5 rounds"),
            t("of 200 rides, at all"),
            t("chance, computed"),
        ]
        return shown.table(columns, rows)

    @property
    def send_it(self) -> Any:
        """Give the map with the buttons: choose who begins, send, go on."""
        t = self.t
        who = controls.choice(
            t("Who begins?"), [(one.label, one.id) for one in self.definition.actors], self.start
        )
        send = controls.button(t("Send"), lambda: self.send(who.value), main=True)
        on = controls.button(t("Next round"), self.next_round)
        said, counts, drawn = controls.shown(), controls.shown(), controls.image()

        def paint(_: object = None) -> None:
            on.disabled = self.ride is None or self.over
            controls.note(said, shown.sentences(self.happened()))
            controls.note(counts, self.counts() if self.ride is not None else None)
            drawn.value = self.map().encode()

        self.observe(paint, ["ride", "seq"])
        paint()
        return controls.column(controls.row(who, send, on), controls.beside([drawn], [said, counts]))

    @property
    def game(self) -> Any:
        """Give the game in which one place is played by hand, and all others by the kit; the same one again and again."""
        if self._game is None:
            self._game = Game(self.definition, self.net, self.t)
        return game_view.view(self._game, self.t)

    @property
    def two_hundred(self) -> Any:
        """Give the two hundred rides, this one among them; it follows what is sent above."""
        said, drawn, reached = controls.shown(), controls.image(width="760px"), controls.shown()

        def paint(_: object = None) -> None:
            controls.note(said, shown.sentences(self.beside(), large=True))
            drawn.value = self.spread().encode()
            controls.note(reached, self.audiences())

        self.observe(paint, ["ride", "seq"])
        paint()
        return controls.column(said, drawn, reached)


def open_workshop(id: str | None = None, *, db: str | None = None) -> MessagePanel:
    """Open the running workshop's map, or alone the demo's, to send a message over; see `Watched.open`."""
    panel: MessagePanel = MessagePanel.open(id, db=db)
    return panel
