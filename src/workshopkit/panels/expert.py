"""The figures behind the reveal, for the facilitator: each opens to what it means and how it is computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from babel.numbers import format_decimal, format_percent

from workshopkit.analysis import arrival, load
from workshopkit.analysis.findings import Findings
from workshopkit.i18n import N_, Translator, translator
from workshopkit.panels import shown
from workshopkit.panels.shown import Shown

__all__ = ["FIGURES", "Figure", "chances", "domains", "numbers", "places"]

Value = float | int | tuple[float, float] | str | None
_VERDICTS = {
    "more_closed": N_("more inward than chance"),
    "as_chance": N_("not to be told from chance"),
    "more_open": N_("more outward than chance"),
}
_SMALL, _LEAST = 0.01, 0.0001
_METHODS = {"exact": N_("exact"), "upper bound": N_("an upper bound")}
# On fewer places these hang on a single line, and are not shown.
_PLACES_FOR_CORE, _PLACES_FOR_COMMUNITIES, _PLACES_FOR_BROKERS = 10, 20, 21
_CLEAR = 0.05
_FIRST = 3


def _always(found: Findings) -> bool:  # noqa: ARG001 - as the others
    return True


def _brokers(found: Findings) -> bool:
    return len(found.net.actors) >= _PLACES_FOR_BROKERS


def _core(found: Findings) -> bool:
    return len(found.net.actors) >= _PLACES_FOR_CORE and found.core.members is not None


def _communities(found: Findings) -> bool:
    if len(found.net.actors) < _PLACES_FOR_COMMUNITIES:
        return False
    chance = found.communities_chance
    return chance is not None and chance <= _CLEAR


def _first(found: Findings, t: Translator, kind: str, *, lowest: bool = False) -> str | None:
    """Name the places where a number of brokers is highest, or lowest."""
    values = [(value, row.actor) for row in found.brokers.rows if (value := getattr(row, kind)) is not None]
    values.sort(key=lambda one: one[0] if lowest else -one[0])
    labels = {actor.id: actor.label for actor in found.definition.actors}
    return ", ".join(f"{labels[actor]} {number(value, t.lang)}" for value, actor in values[:_FIRST]) or None


def _members(found: Findings) -> str | None:
    core = found.core.members
    return None if core is None else ", ".join(found.definition.actor(one).label for one in core)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of one map.

    Parameters
    ----------
    name
        What it is called.
    value
        Takes it from what was found; None where it is undefined.
    how
        Formula, range, and when it is undefined.
    where
        What computes it.
    shown
        On which maps it says enough to be shown.
    """

    name: str
    value: Callable[[Findings, Translator], Value]
    how: str
    where: str
    shown: Callable[[Findings], bool] = _always


FIGURES = (
    Figure(
        N_("Who has answered"),
        lambda found, _: found.net.coverage,
        N_(
            "Places whose list “heard” is closed / places with a voice, from 0 to 1. Under 0.8 read patterns only, "
            "under 0.65 be careful with everything."
        ),
        "network.network.Network.coverage",
    ),
    Figure(
        N_("Lines that run straight"),
        lambda found, _: found.detours.straight / found.summary.believed if found.summary.believed else None,
        N_(
            "Lines that the sender names and the receiver heard directly / all lines that senders name, from 0 to 1. "
            "Undefined while no sender names a line."
        ),
        "analysis.detours.find",
    ),
    Figure(
        N_("Pairs that can reach each other"),
        lambda found, _: arrival.rate(found.net).rate,
        N_(
            "Ordered pairs with a way along lived lines / n(n−1), from 0 to 1. On a random map of 12 teams with 3 "
            "lines each it is 0.92: a high number says little."
        ),
        "analysis.arrival.rate",
    ),
    Figure(
        N_("E–I index"),
        lambda found, _: found.silos.ei,
        N_(
            "(E − I)/(E + I): of the lived lines between teams, E run from one domain to another and I stay inside. "
            "From −1 (all inside) to 1 (all outside). Undefined without two domains. Krackhardt and Stern, 1988."
        ),
        "analysis.silos.find",
    ),
    Figure(
        N_("E–I expected by chance"),
        lambda found, _: found.silos.expected,
        N_(
            "1 − 2 Σ nᵢ(nᵢ−1) / n(n−1), with nᵢ the teams of a domain and n all teams: what E–I is on average if the "
            "same teams are dealt blindly over domains of the same sizes."
        ),
        "analysis.silos.expectation",
    ),
    Figure(
        N_("E–I by chance: from, to"),
        lambda found, _: found.silos.band,
        N_(
            "The map stays as it is and the domains are dealt out again, in all distinct ways up to 20 000, else 9 999 "
            "times. Below this range lie at most 2.5 % of them, above it as well. Undefined under 100 distinct ways "
            "or under 0.8 of the receivers."
        ),
        "analysis.silos.find",
    ),
    Figure(
        N_("p, more inward"),
        lambda found, _: found.silos.p_low,
        N_("Share of those dealings that are at least as inward as the map is, from 0 to 1."),
        "analysis.silos.find",
    ),
    Figure(
        N_("p, more outward"),
        lambda found, _: found.silos.p_high,
        N_("Share of those dealings that are at least as outward as the map is, from 0 to 1."),
        "analysis.silos.find",
    ),
    Figure(
        N_("Verdict on silos"),
        lambda found, t: t(_VERDICTS[found.silos.verdict]) if found.silos.verdict else None,
        N_(
            "More inward if E–I lies below the range of chance, more outward if above it; on the edge it is chance. "
            "“Chance” never proves that there are no silos: with 12 teams only strong ones stand out."
        ),
        "analysis.silos.find",
    ),
    Figure(
        N_("Modularity"),
        lambda found, _: found.silos.modularity,
        N_(
            "Q = share of lines inside domains − what the same loads would give by chance. It follows from E–I and "
            "the loads, so it is no second proof. Leicht and Newman, 2008."
        ),
        "analysis.silos.find",
    ),
    Figure(
        N_("Hierarchy"),
        lambda found, _: found.circles.order.hierarchy,
        N_(
            "1 − pairs that reach each other both ways / pairs of which one reaches the other, from 0 (all both ways) "
            "to 1 (a tree). Undefined without lines. Krackhardt, 1994."
        ),
        "analysis.circles.order",
    ),
    Figure(
        N_("Connectedness"),
        lambda found, _: found.circles.order.connectedness,
        N_("Pairs that are joined in whatever direction / all pairs, from 0 to 1. Krackhardt, 1994."),
        "analysis.circles.order",
    ),
    Figure(
        N_("Efficiency"),
        lambda found, _: found.circles.order.efficiency,
        N_(
            "1 − (lines − Σ(N−1)) / Σ(N−1)², over the parts of N places each: 1 if no line could be missed. A sparse "
            "map is not a good map: spare lines are what keeps a message going. Krackhardt, 1994."
        ),
        "analysis.circles.order",
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
            "Places from which a message can come back, two-way pairs included. On a random map of 12 teams 93 % are, "
            "so this is no fault. Only a circle without a way out is a finding."
        ),
        "analysis.circles.find",
    ),
    Figure(
        N_("Lines to cut until nothing comes back"),
        lambda found, t: f"{found.circles.lines_to_cut} ({t(_METHODS[found.circles.method])})",
        N_(
            "The size of the smallest set of lines without which no cycle is left. The set is not unique, so only its "
            "size is given, and it is no advice."
        ),
        "analysis.feedback.fewest",
    ),
    Figure(
        N_("Core"),
        lambda found, _: _members(found),
        N_(
            "From the place with most ties down, places are taken in as long as the i-th has more than i − 1; the "
            "others are the shell. Shown from 10 places, and only if there is a single best core. Lip, 2011."
        ),
        "analysis.cores.core",
        _core,
    ),
    Figure(
        N_("Betweenness, the highest"),
        lambda found, t: _first(found, t, "betweenness"),
        N_(
            "For each pair of others, in both orders: the share of the shortest ways along lived lines that run by "
            "the place, added up. From 0 to (n−1)(n−2). Shown above 20 places: on a small map it hangs on one line. "
            "Freeman, 1977."
        ),
        "analysis.brokers.betweenness",
        _brokers,
    ),
    Figure(
        N_("Constraint, the lowest"),
        lambda found, t: _first(found, t, "constraint", lowest=True),
        N_(
            "Σ over neighbours j of (pᵢⱼ + Σ pᵢq pqⱼ)², with p the share of a place's ties that goes to one other: low "
            "where it joins others that have no tie. It may exceed 1, and is undefined without a line. Burt, 1992."
        ),
        "analysis.brokers.constraint",
        _brokers,
    ),
    Figure(
        N_("Effective size, the highest"),
        lambda found, t: _first(found, t, "effective_size"),
        N_(
            "d − 2t/d, with d the neighbours of a place and t the ties between these: from 1, where all are tied, to "
            "d, where none are. Undefined without a line. Borgatti, 1997."
        ),
        "analysis.brokers.effective_size",
        _brokers,
    ),
    Figure(
        N_("Communities"),
        lambda found, _: None if found.communities.members is None else len(found.communities.members),
        N_(
            "How many groups of places stick together, whatever their domain: Leiden, for modularity at resolution "
            "1, the best of ten starts. Shown from 20 places, and only if they are clearer than on 95 % of the maps "
            "on which everybody keeps as many ties. Traag, Waltman and Van Eck, 2019."
        ),
        "analysis.communities.find",
        _communities,
    ),
    Figure(
        N_("Communities and domains: NMI"),
        lambda found, _: found.communities.nmi,
        N_(
            "2I/(H₁ + H₂): what the two have in common, from 0 (nothing) to 1 (the same). Random maps of 12 places in "
            "6 groups reach 0.37, so look at the next number too. Undefined without two domains. Danon and others, "
            "2005."
        ),
        "analysis.partitions.nmi",
        _communities,
    ),
    Figure(
        N_("Communities and domains: adjusted Rand"),
        lambda found, _: found.communities.adjusted_rand,
        N_(
            "(pairs together in both − what chance gives) / (the most there can be − what chance gives): 0 by chance, "
            "1 if they are the same. Undefined without two domains. Hubert and Arabie, 1985."
        ),
        "analysis.partitions.adjusted_rand",
        _communities,
    ),
)


def numbers(found: Findings, lang: str) -> Shown:
    """Give the figures that say enough on this map; each opens to its formula and to what computes it."""
    t = translator(lang)
    return shown.opening(
        (
            f"{t(one.name)}: {number(one.value(found, t), lang)}",
            [t(one.how), t("Computed by workshopkit.{where}.", where=one.where)],
        )
        for one in FIGURES
        if one.shown(found)
    )


def number(value: Value, lang: str) -> str:
    """Write a figure as people read it in a language.

    Examples
    --------
    >>> number(0.25, "nl"), number((-0.5, 0.25), "en"), number(None, "en"), number(3, "en")
    ('0,25', '-0.5 – 0.25', '–', '3')
    >>> number(0.0013, "en"), number(0.00001, "en")
    ('0.0013', '< 0.0001')
    """
    if isinstance(value, tuple):
        return " – ".join(number(one, lang) for one in value)
    if isinstance(value, float):
        if 0 < value < _LEAST:
            return f"< {number(_LEAST, lang)}"
        digits = "0.####" if 0 < value < _SMALL else "0.##"
        return str(format_decimal(value, format=digits, locale=lang))
    return "–" if value is None else str(value)


def domains(found: Findings, lang: str) -> Shown:
    """Give E-I, its p and the conductance of every domain, and the lines between domains."""
    t, silos = translator(lang), found.silos
    labels = {domain.id: domain.label for domain in found.definition.domains}
    if not silos.by_group:
        return shown.sentences(
            [t("Without domains, or without lines between teams, there is nothing to tell here.")]
        )
    columns = [
        t("domain"),
        t("teams"),
        t("E–I"),
        t("p (Holm)"),
        t("conductance"),
        *(t("to {name}", name=labels[name]) for name in silos.by_group),
    ]
    rows = [
        (
            labels[name],
            silos.groups[name],
            number(group.ei, lang),
            number(group.p, lang),
            number(group.conductance, lang),
            *(number(silos.density.get(name, {}).get(other), lang) for other in silos.by_group),
        )
        for name, group in silos.by_group.items()
    ]
    return shown.table(columns, rows)


def places(found: Findings, lang: str) -> Shown:
    """Give for every place what it hears, by whom it is heard, its load, and what breaks without it.

    Above 20 places also betweenness, constraint and effective size.
    """
    t = translator(lang)
    carried = load.find(found.net)
    most = load.capacity(carried, found.net.capacities)
    lost: Mapping[str, int] = found.failure.lost or {}
    many = _brokers(found)
    between = {
        row.actor: [number(one, lang) for one in (row.betweenness, row.constraint, row.effective_size)]
        for row in (found.brokers.rows if many else ())
    }
    rows = [
        (
            actor.label,
            found.summary.hears[actor.id],
            found.summary.heard[actor.id],
            carried[actor.id],
            most[actor.id],
            lost.get(actor.id, 0),
            *between.get(actor.id, ["–"] * 3 if many else []),
        )
        for actor in found.definition.actors
    ]
    return shown.table(
        [
            t("place"),
            t("hears directly"),
            t("is heard by"),
            t("load"),
            t("can carry"),
            t("pairs that break without it"),
            *([t("betweenness"), t("constraint"), t("effective size")] if many else ()),
        ],
        rows,
    )


def chances(found: Findings, lang: str, *, seed: int = 0) -> Shown:
    """Give the chance that a message reaches each audience, by who starts it."""
    t, net = translator(lang), found.net
    goals = [actor for actor in net.audiences if actor in net.voiced]
    if not goals:
        return shown.sentences([t("No audience is on this map that somebody speaks for.")])
    names = {actor.id: actor.label for actor in found.definition.actors}
    rows = [
        (names[start], *(_chance(found, start, goal, lang, seed) for goal in goals)) for start in net.speakers
    ]
    return shown.table([t("who starts"), *(names[goal] for goal in goals)], rows)


def _chance(found: Findings, start: str, goal: str, lang: str, seed: int) -> str:
    chance = arrival.chance(found.net, start, goal, seed=seed)
    text = str(format_percent(chance.value, locale=lang))
    if chance.interval is None:
        return text
    low, high = (str(format_percent(end, locale=lang)) for end in chance.interval)
    return f"{text} ({low} – {high})"
