"""The findings that matter most, in words: a sentence each, the numbers behind it, the formula, and what could be done.

`workshopkit.analysis.ranking` decides which and in which order. A sentence has at most 15 words, counts and never
percentages, says "this time" and never "never", and names the way a message goes: a role is "a link", since few people
hold it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from workshopkit.analysis.findings import Findings
from workshopkit.analysis.ranking import Finding
from workshopkit.figures import kinds, told
from workshopkit.i18n import N_, Translator, translator

__all__ = ["Words", "words"]


@dataclass(frozen=True, slots=True)
class Words:
    """All that is told of one finding.

    Parameters
    ----------
    said
        The sentence.
    numbers
        What lies behind it.
    how
        The formula, with the numbers of this map in it.
    where
        What computes it.
    ranked
        Why it stands where it stands.
    advice
        What could be done, before any step is named.
    themes
        The themes of the case that it goes back to, the nearest first.
    """

    said: str
    numbers: tuple[str, ...]
    how: str
    where: str
    ranked: str
    advice: str
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one kind of finding is told."""

    said: Callable[[Findings, Finding, Translator], str]
    how: str
    where: str
    advice: str
    themes: tuple[str, ...]
    numbers: Callable[[Findings, Finding, Translator], Sequence[str]]


def words(found: Findings, finding: Finding, lang: str) -> Words:
    """Put a finding into words."""
    t, kind = translator(lang), _KINDS[finding.kind]
    said = dict(finding.numbers)
    numbers = [*kind.numbers(found, finding, t)]
    if count := said.get("hangs_on"):
        numbers.append(told.hangs(count, t))
    if finding.severity:
        ranked = t.n(
            "It touches {count} pair of places, and weighs {severity} a pair: {weight}.",
            "It touches {count} pairs of places, and weighs {severity} a pair: {weight}.",
            finding.size,
            severity=finding.severity,
            weight=finding.weight,
        )
    else:
        ranked = t("What works stands first, whatever it weighs.")
    return Words(
        said=kind.said(found, finding, t),
        numbers=tuple(numbers),
        how=t(kind.how, **said),
        where=kind.where,
        ranked=ranked,
        advice=t(kind.advice),
        themes=kind.themes,
    )


_KINDS: Mapping[str, _Kind] = {
    "works": _Kind(
        kinds.works,
        N_(
            "Lines that the sender names and the receiver heard directly: {confirmed}, of the {believed} lines that "
            "senders name. What receivers heard from who did not name them is not counted here."
        ),
        "analysis.detours.find",
        N_("Hold on to this: ask what makes it arrive here, and do that on the next line."),
        ("detour", "together"),
        kinds.works_numbers,
    ),
    "gift": _Kind(
        kinds.gift,
        N_(
            "Lines that the receiver heard directly, while the sender's closed list does not name them: {gift}."
        ),
        "network.lines.state_of",
        N_("Say it aloud to each other: here something works that nobody had counted on."),
        ("together", "people"),
        kinds.lines,
    ),
    "open": _Kind(
        kinds.outward,
        N_(
            "Of the lines between teams {outside} run from one domain to another: fewer stay inside than blind sorting "
            "gives in all but 2.5 of 100 cases."
        ),
        "analysis.silos.find",
        N_("Hold on to this: who keeps these lines alive, and who could do it without them?"),
        ("silo", "together"),
        lambda *_: (),
    ),
    "answered": _Kind(
        kinds.answered,
        N_("Places with a voice of which a list is closed: {answered}, of {asked} that are asked."),
        "network.network.Network.coverage",
        N_("Wait for the last lists, or go to who is silent: silence is no answer."),
        ("together",),
        lambda *_: (),
    ),
    "circle": _Kind(
        kinds.circle,
        N_(
            "A group of {members} places that all reach each other along lived lines, no audience among them, and from "
            "which none of the {audiences} audiences can be reached. Lines to whoever is silent count as open."
        ),
        "analysis.circles.closed",
        N_(
            "Open an exit: one line from here to whom the message is for. Going round is no fault, having no way out is."
        ),
        ("circle",),
        kinds.circle_numbers,
    ),
    "wall": _Kind(
        kinds.wall,
        N_(
            "Two domains without a lived line either way, of which everybody answered, while chance would put at least 3 "
            "lines there and leaves it empty in at most 5 of 100 cases, shared by all pairs of domains."
        ),
        "analysis.walls.find",
        N_("Make one passage: two people of both sides who tell each other this message at a fixed moment."),
        ("wall", "silo"),
        kinds.wall_numbers,
    ),
    "audience": _Kind(
        kinds.audience,
        N_(
            "Ways from a team to an audience: {pairs}. Directly heard {direct}, within one stop {within_two}, in any way "
            "{at_all}, not to be said yet {unknown}; the rest, {missed}, did not arrive."
        ),
        "analysis.arrival.headline",
        N_("Ask those it is for by which way they would like to hear it, and let one team tell it there."),
        ("crooked-line", "visibility"),
        kinds.audience_numbers,
    ),
    "lost": _Kind(
        kinds.lost,
        N_(
            "Of the {believed} lines that senders name: those that the receiver did not hear, also by no other way, and "
            "to which no way leads along lived lines: {lost}."
        ),
        "analysis.detours.find",
        N_("Go and ask the other end what it did hear; then tell it anew, and ask whether it came through."),
        ("crooked-line", "visibility"),
        kinds.lines,
    ),
    "hangs": _Kind(
        kinds.hangs,
        N_(
            "Ordered pairs that can reach each other along lived lines, and no longer can without this one: {lost}. It is "
            "a strength and a risk at once."
        ),
        "analysis.bridges.find",
        N_("Lay a second line beside it, so that it does not hang on one."),
        ("wall", "together"),
        kinds.hangs_numbers,
    ),
    "silo": _Kind(
        kinds.silo,
        N_(
            "Of {lines} lived lines between teams {inside} stay inside a domain. Deal the same teams blindly over the "
            "domains, and in 95 of 100 cases it is {low} to {high}."
        ),
        "analysis.silos.find",
        N_("Choose one shared goal, and one role or channel that belongs to two domains."),
        ("silo", "wall"),
        kinds.silo_numbers,
    ),
    "detour": _Kind(
        kinds.detour,
        N_(
            "Of the {believed} lines that senders name: not heard directly, and yet a way leads there along lived lines: "
            "{via}. By which way it came was named for {named} of them. A detour is no fault: some arrive better."
        ),
        "analysis.detours.find",
        N_("Ask the receiver whether the detour suits them; shorten it only if it does not."),
        ("detour", "crooked-line"),
        kinds.detour_numbers,
    ),
    "gap": _Kind(
        kinds.gap,
        N_(
            "Lines on which both ends answered and do not say the same: {told} told and not heard from them, {heard} "
            "heard and not named."
        ),
        "network.lines.state_of",
        N_("Walk to each other: which way did it go, and what is the smallest step?"),
        ("people", "crooked-line"),
        kinds.gap_numbers,
    ),
    "wish": _Kind(
        kinds.wish,
        N_(
            "Answers to “from whom would you have liked to hear it directly?”, where no such line was there: {wishes}."
        ),
        "room.sheet.Sheet.wish",
        N_("A wish is an invitation: ask what they want to know, and how little is enough."),
        ("together", "agreement"),
        kinds.lines,
    ),
}
