"""What goes round: pairs that answer each other, circles without a way out, and how far the map is a tree."""

from __future__ import annotations

from math import comb

from workshopkit.analysis import arrival, graph
from workshopkit.analysis.findings import Findings
from workshopkit.i18n import N_, Translator
from workshopkit.panels.numbers.figure import Figure, Group, Value, number

__all__ = ["CIRCLING"]

_METHODS = {"exact": N_("exact"), "upper bound": N_("an upper bound")}


def _closed(found: Findings, _: Translator) -> Value:
    circles = found.circles.closed.circles
    return None if circles is None else len(circles)


def _who(found: Findings, t: Translator) -> str:
    closed = found.circles.closed
    said = [
        t(
            "it goes round between {names}",
            names=", ".join(found.definition.actor(one).label for one in circle),
        )
        for circle in closed.circles or ()
    ]
    if closed.unknown:
        said.append(
            t.n(
                "{count} more that a silent place may open",
                "{count} more that a silent place may open",
                len(closed.unknown),
            )
        )
    return "; ".join(said)


def _hierarchy(found: Findings, t: Translator) -> str:
    if found.circles.order.hierarchy is None:
        return ""
    both = sum(comb(len(part), 2) for part in graph.components(found.net.out))
    either = arrival.rate(found.net).reachable_pairs - both
    return f"1 − {both} / {either} = {number(found.circles.order.hierarchy, t.lang)}"


def _connectedness(found: Findings, t: Translator) -> str:
    if found.circles.order.connectedness is None:
        return ""
    joined = sum(comb(len(part), 2) for part in graph.weak_components(found.net.out))
    return (
        f"{joined} / {comb(len(found.net.actors), 2)} = {number(found.circles.order.connectedness, t.lang)}"
    )


def _efficiency(found: Findings, t: Translator) -> str:
    if found.circles.order.efficiency is None:
        return ""
    sizes = [len(part) - 1 for part in graph.weak_components(found.net.out)]
    lines, needed, most = len(found.net.lived), sum(sizes), sum(size * size for size in sizes)
    return f"1 − ({lines} − {needed}) / {most} = {number(found.circles.order.efficiency, t.lang)}"


CIRCLING = Group(
    N_("What goes round?"),
    (
        Figure(
            N_("Pairs that hear each other"),
            lambda found, _: len(found.circles.two_way),
            N_("Unordered pairs with a lived line both ways: feedback, a good sign. From 0 to n(n−1)/2."),
            "analysis.circles.two_way",
        ),
        Figure(
            N_("Closed circles"),
            _closed,
            N_(
                "Groups of at least two places that all reach each other, no audience among them, from which no "
                "audience can be reached, with lines to whoever is silent taken as open. Only these are findings. "
                "Undefined if nobody speaks for an audience."
            ),
            "analysis.circles.closed",
            _who,
        ),
        Figure(
            N_("Largest part in which all reach each other"),
            lambda found, _: found.circles.largest,
            N_("Places in the largest strongly connected component. Tarjan, 1972."),
            "analysis.circles.find",
        ),
        Figure(
            N_("Places on a cycle"),
            lambda found, _: found.circles.on_a_cycle,
            N_(
                "Places from which a message can come back, two-way pairs included. On a random map of 12 teams 93 "
                "% are, "
                "so this is no fault. Only a circle without a way out is a finding."
            ),
            "analysis.circles.find",
        ),
        Figure(
            N_("Lines to cut until nothing comes back"),
            lambda found, t: f"{found.lines_to_cut[0]} ({t(_METHODS[found.lines_to_cut[1]])})",
            N_(
                "The size of the smallest set of lines without which no cycle is left. The set is not unique, so "
                "only its "
                "size is given, and it is no advice."
            ),
            "analysis.feedback.fewest",
        ),
        Figure(
            N_("Hierarchy"),
            lambda found, _: found.circles.order.hierarchy,
            N_(
                "1 − pairs that reach each other both ways / pairs of which one reaches the other, from 0 (all both"
                " ways) "
                "to 1 (a tree). Undefined without lines. Krackhardt, 1994."
            ),
            "analysis.circles.order",
            _hierarchy,
        ),
        Figure(
            N_("Connectedness"),
            lambda found, _: found.circles.order.connectedness,
            N_("Pairs that are joined in whatever direction / all pairs, from 0 to 1. Krackhardt, 1994."),
            "analysis.circles.order",
            _connectedness,
        ),
        Figure(
            N_("Efficiency"),
            lambda found, _: found.circles.order.efficiency,
            N_(
                "1 − (lines − Σ(N−1)) / Σ(N−1)², over the parts of N places each: 1 if no line could be missed. A "
                "sparse "
                "map is not a good map: spare lines are what keeps a message going. Krackhardt, 1994."
            ),
            "analysis.circles.order",
            _efficiency,
        ),
    ),
)
