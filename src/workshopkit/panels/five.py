"""The five findings that matter most, to be opened: the map, the numbers, the formula, the case, and what could be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workshopkit.analysis import remedies
from workshopkit.analysis.findings import Findings
from workshopkit.analysis.ranking import MOST, Finding, rank
from workshopkit.case.model import Case, Item
from workshopkit.figures import cards, five
from workshopkit.figures.focus import focus
from workshopkit.figures.map import Drawing
from workshopkit.i18n import Translator, translator
from workshopkit.panels import shown
from workshopkit.panels.shown import Shown
from workshopkit.report import content

__all__ = ["findings"]


def findings(
    found: Findings,
    case: Case,
    drawing: Drawing,
    lang: str,
    *,
    wishes: Mapping[str, str | None] | None = None,
) -> Shown:
    """Show the findings that matter most, what works first.

    Parameters
    ----------
    found
        What was computed of the map.
    case
        Whose passages they go back to.
    drawing
        Draws the map.
    lang
        The reader's language.
    wishes
        By place, from whom it would have liked to hear directly.
    """
    t = translator(lang)
    most = rank(found, wishes)[:MOST]
    if not most:
        return shown.sentences([t("Nobody has answered yet.")])
    badge = content.badge(found, lang)
    careful = [] if badge.level == "strong" else [shown.line(f"{badge.said} {badge.silent}".strip())]
    opened = [
        (f"{number}. {five.words(found, one, lang).said}", [*_inside(found, one, case, drawing, t)])
        for number, one in enumerate(most, 1)
    ]
    return shown.together([*careful, shown.opening(opened, large=True)])


def _inside(
    found: Findings, finding: Finding, case: Case, drawing: Drawing, t: Translator
) -> Iterator[str | Shown]:
    words = five.words(found, finding, t.lang)
    yield shown.picture(focus(found, finding, drawing, t), " ".join((words.said, *words.numbers)))
    if words.numbers:
        yield shown.heading(t("The numbers"), small=True)
        yield shown.sentences(words.numbers)
    yield shown.heading(t("What could you do?"), small=True)
    yield words.advice
    steps = remedies.find(found, finding)
    if steps:
        yield shown.sentences(
            f"{cards.said(found.definition, step, t)} ({cards.hours(step, t)})" for step in steps
        )
    for item in passages(case, words.themes):
        yield shown.opening([(t("In the case: {title}", title=_called(item, t)), [item.text[t.lang]])])
    yield shown.opening(
        [
            (
                t("How this is computed"),
                [words.how, words.ranked, t("Computed by workshopkit.{where}.", where=words.where)],
            )
        ]
    )


def passages(case: Case, themes: tuple[str, ...]) -> list[Item]:
    """Give the passages that a finding goes back to, each once."""
    found = [item for theme in themes if (item := case.about(theme)) is not None]
    return list({item.id: item for item in found}.values())


def _called(item: Item, t: Translator) -> str:
    return f"{item.id} {item.title[t.lang]}"
