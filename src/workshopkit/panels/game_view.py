"""The controls of the message exercise alone: only those of what is asked now are there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workshopkit.i18n import N_, Translator
from workshopkit.panels import controls, shown
from workshopkit.panels.game import Game
from workshopkit.relay.content import MESSAGES
from workshopkit.relay.state import CORRIDOR, NEWSLETTER

__all__ = ["view"]

_CHANNELS = {
    CORRIDOR: N_("in the corridor: to one, now"),
    NEWSLETTER: N_("by newsletter: to all, a round later"),
}


def view(game: Game, t: Translator) -> Any:
    """Give a game with its controls."""
    who = controls.choice(t("You play:"), [(game.label(one), one) for one in game.seats], game.seat)
    start = controls.button(t("Begin"), lambda: game.start(who.value), main=True)
    telling = {message: _telling(game, message, t) for message in MESSAGES}
    parts = {
        "pass": _passing(game, t),
        "bet": _betting(game, t),
        "answer": _answering(game, t),
        "guess": _guessing(game, t),
    }
    on = controls.button(t("Next round"), game.next_round)
    said, where, became = controls.shown(), controls.shown(), controls.shown()

    def paint(_: object = None) -> None:
        task = game.task
        controls.note(said, shown.sentences(game.said()))
        controls.note(where, game.where())
        controls.note(became, game.became())
        for message, part in telling.items():
            controls.see(part, task == ("tell", message))
        for name, (part, refresh) in parts.items():
            controls.see(part, name == task.name)
            if name == task.name:
                refresh(task.message)
        on.disabled = not game.is_ready

    game.observe(paint, ["relay"])
    paint()
    left: Iterable[Any] = [said, *telling.values(), *(part for part, _ in parts.values()), on]
    return controls.column(controls.row(who, start), controls.beside(left, [where, became], half=True))


def _telling(game: Game, message: str, t: Translator) -> Any:
    ticks = controls.ticks(game.facts(message))
    act = controls.button(
        t("This is how we tell it"), lambda: game.do("told", message, facts=controls.ticked(ticks))
    )
    return controls.column(ticks, act)


def _passing(game: Game, t: Translator) -> tuple[Any, Any]:
    channel = controls.choice(t("How?"), [(t(text), one) for one, text in _CHANNELS.items()], CORRIDOR)
    target = controls.choice(t("To whom?"), [])

    def act() -> None:
        to = target.value if channel.value == CORRIDOR else None
        game.do("passed", game.task.message, channel=channel.value, to=to)

    def refresh(message: str) -> None:
        controls.offer(target, [(game.label(one), one) for one in game.free(message)])

    return controls.row(channel, target, controls.button(t("Pass it on"), act)), refresh


def _betting(game: Game, t: Translator) -> tuple[Any, Any]:
    place = controls.choice(t("Where?"), [])

    def refresh(_message: str) -> None:
        controls.offer(place, [(game.label(one), one) for one in game.seats if one != game.seat])

    act = controls.button(t("Bet"), lambda: game.do("bet", game.task.message, place=place.value))
    return controls.row(place, act), refresh


def _answering(game: Game, t: Translator) -> tuple[Any, Any]:
    answer = controls.choice(t("Your answer:"), [])

    def act() -> None:
        message = game.task.message
        fact = game.question(message)
        if fact is not None:
            number = answer.value.rpartition("/")[2]
            option = int(number) if number else None
            game.do("answered", message, fact=fact.id, option=option)

    def refresh(message: str) -> None:
        fact = game.question(message)
        if fact is not None:
            controls.offer(answer, game.options(fact))

    return controls.row(answer, controls.button(t("Answer"), act)), refresh


def _guessing(game: Game, t: Translator) -> tuple[Any, Any]:
    count = controls.choice(t("Your guess:"), [(str(number), str(number)) for number in range(6)])
    act = controls.button(t("Guess"), lambda: game.do("guessed", game.task.message, count=int(count.value)))
    return controls.row(count, act), lambda _message: None
