"""The sentence of each kind of finding, of at most 15 words, and the numbers behind it.

Counts and never percentages, "this time" and never "never"; whoever hears it reads a way that a message went.
"""

from __future__ import annotations

from collections.abc import Sequence

from workshopkit.analysis.findings import Findings
from workshopkit.analysis.ranking import Finding
from workshopkit.figures import called, told
from workshopkit.i18n import N_, Translator

__all__ = [
    "answered",
    "audience",
    "audience_numbers",
    "circle",
    "circle_numbers",
    "detour",
    "detour_numbers",
    "gap",
    "gap_numbers",
    "gift",
    "hangs",
    "hangs_numbers",
    "lines",
    "lost",
    "outward",
    "silo",
    "silo_numbers",
    "wall",
    "wall_numbers",
    "wish",
    "works",
    "works_numbers",
]


def lines(found: Findings, finding: Finding, t: Translator) -> Sequence[str]:
    """List the lines."""
    return called.routes(found.definition, finding.lines, t)


def works(_: Findings, finding: Finding, t: Translator) -> str:
    """Say what works."""
    return t.n(
        "{count} of the {believed} drawn lines arrives: told and heard.",
        "{count} of the {believed} drawn lines arrive: told and heard.",
        finding.numbers["confirmed"],
        believed=finding.numbers["believed"],
    )


def works_numbers(_: Findings, finding: Finding, t: Translator) -> Sequence[str]:
    """Tell who hear each other."""
    pairs = finding.numbers["two_way"]
    return [t.n("{count} pair hears each other.", "{count} pairs hear each other.", pairs)] if pairs else []


def gift(_: Findings, finding: Finding, t: Translator) -> str:
    """Say what arrived unasked."""
    return t.n(
        "{count} line arrived that its sender did not name.",
        "{count} lines arrived that their sender did not name.",
        finding.numbers["gift"],
    )


def outward(_found: Findings, _finding: Finding, t: Translator) -> str:
    """Say that the domains look outward."""
    return t("The domains look outward more than chance would make them.")


def answered(_: Findings, finding: Finding, t: Translator) -> str:
    """Say how many have answered."""
    return t("{answered} of {asked} places have answered: from here we can look together.", **finding.numbers)


def circle(found: Findings, finding: Finding, t: Translator) -> str:
    """Say where it goes round."""
    return t(
        "This message goes round between {teams}.", teams=called.names(found.definition, finding.places, t)
    )


def circle_numbers(found: Findings, finding: Finding, t: Translator) -> Sequence[str]:
    """List the lines along which it goes round."""
    return [
        t(
            "From these {members} places no line leads to any of the {audiences} audiences that somebody speaks for.",
            **finding.numbers,
        ),
        *lines(found, finding, t),
    ]


def wall(found: Findings, finding: Finding, t: Translator) -> str:
    """Say between which domains nothing ran."""
    labels = {domain.id: domain.label for domain in found.definition.domains}
    one, other = (labels.get(group, group) for group in finding.places)
    return t("Between {one} and {other} no line ran this time.", one=one, other=other)


def wall_numbers(found: Findings, finding: Finding, t: Translator) -> Sequence[str]:
    """Tell what chance would put there."""
    wall = next(one for one in found.silos.walls.findings if one.groups == finding.places)
    return [
        t("By chance there would be about {count} lines.", count=round(wall.expected)),
        t("From place to place these are {pairs} ways on which nothing ran.", **finding.numbers),
    ]


def audience(found: Findings, finding: Finding, t: Translator) -> str:
    """Say what reached the audiences."""
    if len(finding.places) == 1:
        return t(
            N_("{name}: {direct} of {pairs} groups directly; {missed} did not arrive this time.")
            if found.definition.anonymous
            else N_("{name}: {direct} of {pairs} teams directly; {missed} did not arrive this time."),
            name=called.name(found.definition, finding.places[0], t),
            **finding.numbers,
        )
    return t(
        "Of {pairs} ways to the audiences {direct} are direct; {missed} did not arrive this time.",
        **finding.numbers,
    )


def audience_numbers(found: Findings, finding: Finding, t: Translator) -> Sequence[str]:
    """Tell it for each of them."""
    by = found.arrival.by_audience
    return [
        t(
            "{name}: {direct} of {pairs} directly, {within_two} within one stop, {at_all} at all.",
            name=called.name(found.definition, actor, t),
            direct=by[actor].direct,
            pairs=by[actor].pairs,
            within_two=by[actor].within_two,
            at_all=by[actor].at_all,
        )
        for actor in finding.places
    ]


def lost(found: Findings, finding: Finding, t: Translator) -> str:
    """Say what did not arrive."""
    if len(finding.lines) == 1:
        one, other = (called.name(found.definition, end, t) for end in finding.lines[0])
        return t("Between {one} and {other} it did not arrive this time.", one=one, other=other)
    count = len(finding.lines)
    return t.n("{count} line did not arrive this time.", "{count} lines did not arrive this time.", count)


def hangs(found: Findings, finding: Finding, t: Translator) -> str:
    """Say on which line, or place, most hangs."""
    ends = [called.name(found.definition, id, t) for id in finding.places]
    lost = finding.numbers["lost"]
    if len(ends) == 1:
        return t.n(
            "Without {name} {count} way breaks.", "Without {name} {count} ways break.", lost, name=ends[0]
        )
    return t.n(
        "Without the line {source} → {target} {count} way breaks.",
        "Without the line {source} → {target} {count} ways break.",
        lost,
        source=ends[0],
        target=ends[1],
    )


def hangs_numbers(found: Findings, finding: Finding, t: Translator) -> Sequence[str]:
    """Tell what it joins, and what hangs on its ends."""
    labels = {domain.id: domain.label for domain in found.definition.domains}
    some = (*found.bridges.lines, *found.bridges.actors)
    bridge = next((one for one in some if one.ends == finding.places), None)
    if bridge is None:
        return ()
    joined = told.listed([labels.get(id, id) for id in bridge.domains], t)
    said = [t("It joins {names}.", names=joined)]
    if len(finding.places) > 1 and found.failure.lost:
        ends = [(called.name(found.definition, id, t), found.failure.lost[id]) for id in finding.places]
        said += [
            t.n(
                "Without {name} {count} way of others breaks.",
                "Without {name} {count} ways of others break.",
                lost,
                name=end,
            )
            for end, lost in ends
        ]
    return said


def silo(_: Findings, finding: Finding, t: Translator) -> str:
    """Say how many lines stay inside a domain."""
    return t(
        "{inside} of {lines} lines stay in their own domain; by chance {low} to {high}.", **finding.numbers
    )


def silo_numbers(found: Findings, _: Finding, t: Translator) -> Sequence[str]:
    """Say what that means, and how sure it is."""
    said = [t("The domains look inward more than chance would make them.")]
    if found.silos.busy_teams:
        said.append(t("This may come from a few busy teams."))
    labels = {domain.id: domain.label for domain in found.definition.domains}
    closed = [labels.get(id, id) for id, one in found.silos.by_group.items() if one.verdict == "more_closed"]
    if closed:
        said.append(t("By itself this shows at: {names}.", names=told.listed(closed, t)))
    return said


def detour(_: Findings, finding: Finding, t: Translator) -> str:
    """Say how many could come by way of others."""
    return t.n(
        "{count} drawn line could come by way of others.",
        "{count} drawn lines could come by way of others.",
        finding.numbers["via"],
    )


def detour_numbers(found: Findings, finding: Finding, t: Translator) -> Sequence[str]:
    """Tell by way of whom; that it runs so only where the receiver said so."""
    said: list[str] = []
    by_pair = {(one.source, one.target): one for one in found.detours.lines}
    for pair in finding.lines[: called.MOST_ROUTES]:
        one, line = by_pair[pair], called.routes(found.definition, [pair], t)[0]
        if named := [way for way in one.route[1:-1] if way in one.ways]:
            between = called.names(found.definition, named, t)
            said.append(t("{line}: runs by way of {names}, the receiver says.", line=line, names=between))
        else:
            between = called.names(found.definition, one.route[1:-1], t)
            said.append(t("{line}: could reach them by way of {names}.", line=line, names=between))
    if rest := len(finding.lines) - len(said):
        said.append(t.n("and {count} more line", "and {count} more lines", rest))
    return said


def gap(_: Findings, finding: Finding, t: Translator) -> str:
    """Say on how many lines both ends differ."""
    return t.n(
        "About {count} line sender and receiver say different things.",
        "About {count} lines sender and receiver say different things.",
        finding.numbers["gap"],
    )


def gap_numbers(found: Findings, finding: Finding, t: Translator) -> Sequence[str]:
    """List them."""
    said = t("{told} were told and not heard, {heard} heard and not named.", **finding.numbers)
    return [said, *lines(found, finding, t)]


def wish(found: Findings, finding: Finding, t: Translator) -> str:
    """Say whom most would have liked to hear."""
    wished = called.name(found.definition, finding.places[0], t)
    return t.n(
        "{count} place would have liked to hear it directly from {name}.",
        "{count} places would have liked to hear it directly from {name}.",
        finding.numbers["wishes"],
        name=wished,
    )
