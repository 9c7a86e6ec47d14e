"""Who has answered, and how far the message gets: coverage, detours, and what reaches the audiences."""

from __future__ import annotations

from collections.abc import Callable

from workshopkit.analysis import arrival
from workshopkit.analysis.arrival import Reach
from workshopkit.analysis.findings import Findings
from workshopkit.i18n import N_, Translator
from workshopkit.panels.numbers.figure import Figure, Group, number

__all__ = ["ANSWERED", "REACHING"]


def _share(part: int, whole: int, t: Translator) -> str:
    return f"{part} / {whole} = {number(part / whole, t.lang)}" if whole else ""


def _covered(found: Findings, t: Translator) -> str:
    net = found.net
    return _share(len(net.voiced & net.received), len(net.voiced), t)


def _detours(found: Findings, t: Translator) -> str:
    some = found.detours
    counts = [
        t.n("{count} straight", "{count} straight", some.straight),
        *(
            t("{count} with {stops} in between", count=count, stops=stops)
            for stops, count in some.via.items()
        ),
        t("{count} heard in an unknown way", count=some.heard_via_unknown),
        t("{count} did not arrive this time", count=some.did_not_arrive),
        t("{count} not to be said yet", count=some.unknown),
    ]
    return ", ".join(counts)


def _pairs(found: Findings, t: Translator) -> str:
    n = len(found.net.actors)
    return _share(arrival.rate(found.net).reachable_pairs, n * (n - 1), t)


def _reach(part: Callable[[Reach], int]) -> Callable[[Findings, Translator], str]:
    def filled(found: Findings, t: Translator) -> str:
        total = found.arrival.total
        return _share(part(total), total.pairs, t) if total else ""

    return filled


def _gap(found: Findings, t: Translator) -> str:
    apart = [line.gap for line in found.lines if line.gap]
    return t.n(
        "{count} line with a gap; all of them in the table of gaps below.",
        "{count} lines with a gap; all of them in the table of gaps below.",
        len(apart),
    )


def _agreements(found: Findings) -> list[float]:
    """Give the agreement of every side of a named line on which at least two answered."""
    sides = (side for line in found.lines for side in (line.told, line.heard))
    return [side.agreement for side in sides if side.agreement is not None]


def _agree(found: Findings, t: Translator) -> str:
    some = _agreements(found)
    if not some:
        return ""
    mean = number(sum(some) / len(some), t.lang)
    return t.n(
        "{count} side with at least two answers; on average {mean}.",
        "{count} sides with at least two answers; on average {mean}.",
        len(some),
        mean=mean,
    )


ANSWERED = Group(
    N_("Who has answered?"),
    (
        Figure(
            N_("Who has answered"),
            lambda found, _: found.net.coverage,
            N_(
                "Places whose list “heard” is closed / places with a voice, from 0 to 1. Under 0.8 read patterns "
                "only, "
                "under 0.65 be careful with everything."
            ),
            "network.network.Network.coverage",
            _covered,
        ),
        Figure(
            N_("Largest gap between both sides"),
            lambda found, _: max((line.gap for line in found.lines if line.gap is not None), default=None),
            N_(
                "By line: |mean of the sender's answers − mean of the receiver's|, with yes 1, partly ½, no 0; from"
                " 0 to 1. Undefined while a side is silent. With one answer a side it is 0, ½ or 1."
            ),
            "network.lines.Line.gap",
            _gap,
        ),
        Figure(
            N_("Agreement within a side, the lowest"),
            lambda found, _: min(_agreements(found), default=None),
            N_(
                "By side of a line: 1 − 4 × the variance of its answers, with yes 1, partly ½, no 0; from 0 (half yes, "
                "half no) to 1 (all the same). Undefined with one answer: a team answers as one."
            ),
            "network.claims.agreement",
            _agree,
        ),
    ),
)

REACHING = Group(
    N_("How far does it get?"),
    (
        Figure(
            N_("Lines that run straight"),
            lambda found, _: (
                found.detours.straight / found.summary.believed if found.summary.believed else None
            ),
            N_(
                "Lines that the sender names and the receiver heard directly / all lines that senders name, from 0 "
                "to 1. "
                "Undefined while no sender names a line."
            ),
            "analysis.detours.find",
            lambda found, t: _share(found.detours.straight, found.summary.believed, t),
        ),
        Figure(
            N_("Lines that make a detour"),
            lambda found, _: sum(found.detours.via.values()),
            N_(
                "Detour = hops − 1 of the shortest way along lived lines, for a line that its sender names and the "
                "receiver did not hear directly; from 1 to n − 2. No way is an outcome of its own, and not 0. A "
                "detour is no fault."
            ),
            "analysis.detours.find",
            _detours,
        ),
        Figure(
            N_("Audience reached directly"),
            lambda found, _: found.arrival.direct,
            N_(
                "Pairs (team, audience) joined by one lived line / all such pairs, from 0 to 1. All ordered pairs "
                "on a map without audiences; undefined if nobody speaks for any."
            ),
            "analysis.arrival.headline",
            _reach(lambda total: total.direct),
        ),
        Figure(
            N_("Audience reached within one stop"),
            lambda found, _: found.arrival.within_two,
            N_("Pairs (team, audience) joined by at most two lived lines / all such pairs, from 0 to 1."),
            "analysis.arrival.headline",
            _reach(lambda total: total.within_two),
        ),
        Figure(
            N_("Audience reached at all"),
            lambda found, _: found.arrival.at_all,
            N_(
                "Pairs (team, audience) joined by lived lines, or heard by way of another / all such pairs, from 0 "
                "to 1. Borgatti, 2006."
            ),
            "analysis.arrival.headline",
            _reach(lambda total: total.at_all),
        ),
        Figure(
            N_("Pairs that can reach each other"),
            lambda found, _: arrival.rate(found.net).rate,
            N_(
                "Ordered pairs with a way along lived lines / n(n−1), from 0 to 1. On a random map of 12 teams with"
                " 3 "
                "lines each it is 0.92: a high number says little."
            ),
            "analysis.arrival.rate",
            _pairs,
        ),
    ),
)
