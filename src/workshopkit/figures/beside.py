"""What is laid beside the lived map, for the facilitator and the learner: the formal chart, and a drawing of one's own.

Each is told in sentences and shown as lines with roles of their own. Neither is for a phone or the wall: a reporting line
that is not used is soon heard as somebody's fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from workshopkit.analysis.drawn import Compared
from workshopkit.analysis.formal import Formal
from workshopkit.figures import told
from workshopkit.i18n import N_, Translator, translator
from workshopkit.network.actors import Definition
from workshopkit.network.network import Network, Pair

__all__ = [
    "COMPARED_ROLES",
    "FORMAL_NAMES",
    "FORMAL_ROLES",
    "MOST_NAMED",
    "compared",
    "compared_lines",
    "formal",
    "formal_lines",
    "names",
]

MOST_NAMED = 3
FORMAL_NAMES: Mapping[str, str] = {
    "used": N_("used"),
    "unused": N_("not used this time"),
    "unknown": N_("we cannot tell yet"),
}
FORMAL_ROLES: dict[str, str] = {
    "outside": N_("arrives, outside the reporting lines"),
    "unknown": N_("reporting line: we cannot tell yet"),
    "used": N_("arrives along a reporting line"),
    "unused": N_("reporting line, not used"),
}
COMPARED_ROLES: dict[str, str] = {
    "unseen": N_("arrives, not drawn"),
    "unknown": N_("drawn: we cannot tell yet"),
    "mistaken": N_("drawn, not heard directly"),
    "seen": N_("drawn, and it arrives"),
}


def names(roles: Mapping[str, str], lang: str) -> dict[str, str]:
    """Give what each role means, in a language."""
    t = translator(lang)
    return {role: t(text) for role, text in roles.items()}


def formal(definition: Definition, found: Formal, lang: str) -> list[str]:
    """Say which reporting lines carried the message, what was used first, and name those that did not."""
    t = translator(lang)
    if not found.lines:
        return [t("The reporting lines were not filled in. That is done in 00-prepare.")]
    used, unused, unknown = map(found.having, FORMAL_NAMES)
    said = [
        t("Reporting lines that carried this message: {used} of {all}.", used=len(used), all=len(found.lines))
    ]
    if unused:
        ends = [(line.boss, line.reporter) for line in unused]
        said.append(t("Not used this time: {lines}.", lines=_listed(definition, ends, t, joined=" – ")))
    if unknown:
        ends = [(line.boss, line.reporter) for line in unknown]
        said.append(t("We cannot tell yet: {lines}.", lines=_listed(definition, ends, t, joined=" – ")))
    if count := len(found.outside):
        lines = _listed(definition, found.outside[:MOST_NAMED], t)
        said.append(
            t.n(
                "{count} line arrives outside the reporting lines: {lines}.",
                "{count} lines arrive outside the reporting lines, such as {lines}.",
                count,
                lines=lines,
            )
        )
    return [*said, t("A reporting line that is not used is no fault: this is one message, in these weeks.")]


def formal_lines(net: Network, found: Formal) -> dict[Pair, str]:
    """Give, by pair, the role of every line to draw; lines to and from an audience are left out."""
    drawn: dict[Pair, str] = dict.fromkeys(found.outside, "outside")
    drawn |= {(line.boss, line.reporter): line.state for line in found.lines if line.state != "used"}
    drawn |= dict.fromkeys(found.inside, "used")
    return {pair: name for pair, name in drawn.items() if set(pair) <= net.index.keys()}


def compared(definition: Definition, found: Compared, lang: str) -> list[str]:
    """Say how a drawing compares with how it runs, what was seen first."""
    t = translator(lang)
    if not found.drawn:
        return [t("Nothing is drawn yet: draw the lines as we think they run.")]
    said = [
        t.n(
            "We drew {count} line; straight: {seen}.",
            "We drew {count} lines; straight: {seen}.",
            found.drawn,
            seen=len(found.seen),
        )
    ]
    if count := len(found.mistaken):
        lines = _listed(definition, found.mistaken[:MOST_NAMED], t)
        said.append(
            t.n(
                "{count} line that we drew was not heard directly this time: {lines}.",
                "{count} lines that we drew were not heard directly this time, such as {lines}.",
                count,
                lines=lines,
            )
        )
    if count := len(found.unknown):
        said.append(
            t.n(
                "Of {count} line that we drew the receiver has not answered yet.",
                "Of {count} lines that we drew the receivers have not answered yet.",
                count,
            )
        )
    if count := len(found.unseen):
        lines = _listed(definition, found.unseen[:MOST_NAMED], t)
        said.append(
            t.n(
                "{count} line arrives that we did not draw: {lines}.",
                "{count} lines arrive that we did not draw, such as {lines}.",
                count,
                lines=lines,
            )
        )
    return [*said, t("Nobody sees the whole map. The teams know their own lines best.")]


def compared_lines(found: Compared) -> dict[Pair, str]:
    """Give, by pair, the role of every line to draw."""
    return {pair: part for part in COMPARED_ROLES for pair in getattr(found, part)}


def _listed(definition: Definition, pairs: Iterable[Pair], t: Translator, *, joined: str = " → ") -> str:
    return told.listed([joined.join(definition.actor(end).label for end in pair) for pair in pairs], t)
