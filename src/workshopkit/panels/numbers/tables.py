"""The tables of the page of numbers: by domain, by place, by line with a gap, and by who starts."""

from __future__ import annotations

from collections.abc import Mapping

from babel.numbers import format_percent

from workshopkit.analysis import arrival, load
from workshopkit.analysis.findings import Findings
from workshopkit.i18n import N_, translator
from workshopkit.panels import shown
from workshopkit.panels.numbers.between import brokers
from workshopkit.panels.numbers.figure import number
from workshopkit.panels.shown import Shown

__all__ = ["chances", "domains", "gaps", "places"]

_MOST_GAPS = 25
_BY_DOMAIN = (
    N_(
        "E–I of a domain: (E − I)/(E + I) over its own lines, both ways; from −1 to 1, undefined without a line. "
        "Krackhardt and Stern, 1988."
    ),
    N_(
        "p: twice the smaller share of blind dealings that are at least as far from the middle, at most 1, raised after "
        "Holm since several domains are looked at. Undefined for a domain of one team. Holm, 1979."
    ),
    N_(
        "Conductance: ties that leave the domain / ties of the smaller of it and the rest, from 0 (closed) to 1; "
        "undefined if one of both has none. Kannan, Vempala and Vetta, 2004."
    ),
    N_("Computed by workshopkit.analysis.silos.find."),
)


def domains(found: Findings, lang: str) -> Shown:
    """Give E-I, its p and the conductance of every domain, and the density of lines between domains."""
    t, silos = translator(lang), found.silos
    labels = {domain.id: domain.label for domain in found.definition.domains}
    if not silos.by_group:
        return shown.sentences(
            [t("Without domains, or without lines between teams, there is nothing to tell here.")]
        )
    alone = [
        (
            labels.get(name, name),
            silos.groups[name],
            number(group.ei, lang),
            number(group.p, lang),
            number(group.conductance, lang),
        )
        for name, group in silos.by_group.items()
    ]
    dense = [
        (
            labels.get(name, name),
            *(number(silos.density.get(name, {}).get(other), lang) for other in silos.by_group),
        )
        for name in silos.by_group
    ]
    heads = [t("domain"), t("teams"), t("E–I"), t("p (Holm)"), t("conductance")]
    return shown.together(
        [
            shown.table(heads, alone),
            shown.table(
                [t("from"), *(t("to {name}", name=labels.get(name, name)) for name in silos.by_group)],
                dense,
                caption=t("Density: lived lines / possible lines"),
            ),
            shown.opening([(t("How these are computed"), [t(one) for one in _BY_DOMAIN])]),
        ]
    )


def gaps(found: Findings, lang: str) -> Shown:
    """Give the lines on which both sides say different things: by gap, then by answers, then by name.

    Where several answered on a side, also how far these agree.
    """
    t = translator(lang)
    label = {actor.id: actor.label for actor in found.definition.actors}
    some = sorted(
        (
            (
                -line.gap,
                -(line.told.answers + line.heard.answers),
                label[line.source],
                label[line.target],
                line,
            )
            for line in found.lines
            if line.gap
        ),
        key=lambda one: one[:-1],
    )
    if not some:
        return shown.sentences([t("On no line do both sides say different things.")])
    several = any(side.agreement is not None for *_, line in some for side in (line.told, line.heard))
    rows = [
        (
            f"{source} → {target}",
            number(line.told.strength, lang),
            number(line.heard.strength, lang),
            number(-gap, lang),
            -answers,
            *((number(line.told.agreement, lang), number(line.heard.agreement, lang)) if several else ()),
        )
        for gap, answers, source, target, line in some[:_MOST_GAPS]
    ]
    heads = [t("line"), t("told"), t("heard directly"), t("gap"), t("answers")]
    heads += [t("agreement on telling"), t("agreement on hearing")] if several else []
    rest = len(some) - len(rows)
    more = t.n("and {count} more line", "and {count} more lines", rest)
    return shown.together([shown.table(heads, rows), *([shown.line(more)] if rest else [])])


def places(found: Findings, lang: str) -> Shown:
    """Give for every place what it hears, by whom it is heard, its load, and what breaks without it.

    Above 20 places also betweenness, constraint and effective size.
    """
    t = translator(lang)
    carried = load.find(found.net)
    most = load.capacity(carried, found.net.capacities)
    lost: Mapping[str, int] = found.failure.lost or {}
    many = brokers(found)
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
