"""What the report says: the findings that matter most, all that was found, and who has answered."""

from __future__ import annotations

from dataclasses import dataclass

from workshopkit.analysis import ranking, remedies
from workshopkit.analysis.findings import Findings
from workshopkit.case.model import Item
from workshopkit.figures import cards, told
from workshopkit.figures import five as made
from workshopkit.i18n import N_, Translator, translator
from workshopkit.room.fold import Room
from workshopkit.room.release import released

__all__ = ["Badge", "Finding", "Told", "badge", "findings", "five", "names"]

STRONG, PATTERNS = 0.8, 0.65
_LEVELS = {
    "strong": N_("Strong: {answered} of {asked} places on the map have answered."),
    "patterns": N_("Patterns only: {answered} of {asked} places on the map have answered."),
    "caution": N_("Caution: {answered} of {asked} places on the map have answered."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found.

    Parameters
    ----------
    id, title
        What it is about.
    said
        The sentences.
    card
        The passage of the case that it goes back to, if the case has it.
    """

    id: str
    title: str
    said: tuple[str, ...]
    card: Item | None = None


@dataclass(frozen=True, slots=True)
class Badge:
    """How much can be built on a map: ``"strong"``, ``"patterns"`` or ``"caution"``, in words, and who is silent."""

    level: str
    said: str
    silent: str


@dataclass(frozen=True, slots=True)
class Told:
    """One of the findings that matter most.

    Parameters
    ----------
    said, numbers, advice
        The sentence, what lies behind it, and what could be done.
    step
        The card of act 05 that helps most, with its price; empty where none fits.
    card
        The passage of the case that it goes back to, if the case has it.
    how
        The formula, with the numbers of this map in it.
    """

    said: str
    numbers: tuple[str, ...]
    advice: str
    step: str
    card: Item | None
    how: str


def five(room: Room, found: Findings, lang: str) -> tuple[Told, ...]:
    """Give the findings that matter most, what works first; none while nobody has answered.

    Parameters
    ----------
    room
        For what the teams wished, and for its case.
    found
        What was computed of its map.
    lang
        The reader's language.
    """
    t = translator(lang)
    wishes = released(room).wishes
    said = []
    for one in ranking.rank(found, wishes)[: ranking.MOST]:
        words = made.words(found, one, lang)
        steps = [
            f"{cards.said(found.definition, step, t)} ({cards.hours(step, t)})"
            for step in remedies.find(found, one, count=1)
        ]
        passages = [card for theme in words.themes if (card := room.case.about(theme)) is not None]
        said.append(
            Told(
                words.said,
                words.numbers,
                words.advice,
                "".join(steps),
                next(iter(passages), None),
                words.how,
            )
        )
    return tuple(said)


def findings(room: Room, found: Findings, lang: str) -> tuple[Finding, ...]:
    """Give what was found, in the order of the reveal.

    Parameters
    ----------
    room
        For what the teams guessed.
    found
        What was computed of its map.
    lang
        The reader's language.
    """
    t = translator(lang)
    guesses = released(room).guesses
    reached = [*told.audiences(found, lang), *told.spoken_for(found.definition, room.evidence(), lang)]
    made = (
        ("arrives", t("What works"), told.arrives(found, lang), "detour"),
        ("bent", t("Straight, bent or not arrived"), told.bent(found, lang), "crooked-line"),
        ("against", t("What you guessed"), told.against(found, guesses, lang), "people"),
        ("audiences", t("What reaches the audiences"), reached, "crooked-line"),
        ("circles", t("What goes round"), told.circles(found, lang), "circle"),
        (
            "walls",
            t("Silos, little walls and bridges"),
            [told.silo_long(found, lang), *told.walls(found, lang)],
            "wall",
        ),
    )
    return tuple(Finding(id, title, tuple(said), room.case.about(theme)) for id, title, said, theme in made)


def badge(found: Findings, lang: str) -> Badge:
    """Say how far the map is covered, and name who has not answered everything."""
    t, net = translator(lang), found.net
    share = net.coverage or 0.0
    level = "strong" if share >= STRONG else "patterns" if share >= PATTERNS else "caution"
    said = t(_LEVELS[level], answered=len(net.voiced & net.received), asked=len(net.voiced))
    labels = [found.definition.actor(id).label for id in found.summary.silent]
    return Badge(
        level, said, t("Not yet everything answered: {names}.", names=names(labels, t)) if labels else ""
    )


def names(labels: list[str], t: Translator) -> str:
    """Write names in a row.

    Examples
    --------
    >>> names(["A", "B", "C"], translator("en"))
    'A, B and C'
    """
    if len(labels) < 2:  # noqa: PLR2004 - one name needs no "and"
        return "".join(labels)
    return t("{first} and {last}", first=", ".join(labels[:-1]), last=labels[-1])
