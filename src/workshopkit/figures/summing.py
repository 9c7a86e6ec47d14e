"""A map summed up for who reads a terminal: a few parts with a title, each with its sentences."""

from __future__ import annotations

from dataclasses import dataclass

from workshopkit.analysis import arrival
from workshopkit.analysis.findings import Findings
from workshopkit.figures import told
from workshopkit.figures.words import STATE_NAMES
from workshopkit.i18n import translator

__all__ = ["Part", "parts"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part, with what it says."""

    title: str
    said: tuple[str, ...]


def parts(found: Findings, lang: str) -> tuple[Part, ...]:
    """Say what stands on a map and what was found, what works first.

    Parameters
    ----------
    found
        What was computed.
    lang
        The reader's language.
    """
    t = translator(lang)
    counts = found.summary.counts
    made = (
        (t("The map"), _map(found, lang)),
        (t("What both say"), [f"{t(name)}: {counts[state]}" for state, name in STATE_NAMES.items()]),
        (t("Straight, bent or not arrived"), told.bent(found, lang)),
        (t("What gets through"), _reach(found, lang)),
        (t("What goes round"), told.circles(found, lang)),
        (t("Silos, little walls and bridges"), [told.silo_long(found, lang), *told.walls(found, lang)]),
    )
    return tuple(Part(title, tuple(said)) for title, said in made)


def _map(found: Findings, lang: str) -> list[str]:
    t, net = translator(lang), found.net
    said = [
        t.n("{count} place on the map.", "{count} places on the map.", len(net.actors)),
        t.n("{count} line arrives.", "{count} lines arrive.", len(net.lived)),
        t.n(
            "{count} line is named by its sender.",
            "{count} lines are named by their senders.",
            len(net.believed),
        ),
        t(
            "{answered} of {asked} places told what reached them.",
            answered=len(net.voiced & net.received),
            asked=len(net.voiced),
        ),
    ]
    if count := found.summary.not_verified:
        said.append(
            t.n(
                "{count} line runs to who has no voice here: nobody can say whether it arrives.",
                "{count} lines run to who has no voice here: nobody can say whether they arrive.",
                count,
            )
        )
    return said


def _reach(found: Findings, lang: str) -> list[str]:
    t, reach = translator(lang), arrival.rate(found.net)
    n = len(found.net.actors)
    said = [
        t(
            "Of {pairs} pairs (from, to), {reachable} are joined, straight or by way of others.",
            pairs=n * (n - 1),
            reachable=reach.reachable_pairs,
        )
    ]
    return said + (told.audiences(found, lang) if found.net.audiences else [t("No audience is on this map.")])
