"""What the findings say, in sentences of at most 15 words: one for each thing that is found, what works first.

A room of twelve teams is small, so it reads counts and no percentages, "this time" and never "never", and no index has
its name here. Every sentence that lays a line with somebody names the route and not a culprit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from workshopkit.analysis.findings import Findings
from workshopkit.i18n import N_, Translator, translator
from workshopkit.network.actors import Definition

__all__ = [
    "CAUTION",
    "EVIDENCE_NAMES",
    "MOST_NAMED",
    "against",
    "arrives",
    "audiences",
    "bent",
    "circles",
    "drawn",
    "first",
    "hangs",
    "listed",
    "silo",
    "silo_long",
    "spoken_for",
    "walls",
]

MOST_NAMED = 3
CAUTION = N_("Of people little is certain: this is one message, in these weeks.")
EVIDENCE_NAMES: Mapping[str, str] = {
    "reports": N_("reports"),
    "calls": N_("phone calls"),
    "figures": N_("figures"),
    "feeling": N_("a feeling"),
}
_NO_GROUPS_ALONE = N_("everybody answers alone, in groups that have no domains")
_REASONS: Mapping[str, str] = {
    "no_groups": N_("the teams have no domains"),
    "no_lines": N_("no lines run between the teams"),
    "own_groups": N_("no domain has two teams"),
    "one_group": N_("there is one domain only"),
    "too_few_relabellings": N_("there are too few teams to compare with chance"),
    "coverage": N_("too few teams have answered"),
}


def _names(findings: Findings, ids: Iterable[str], t: Translator) -> str:
    return listed([findings.definition.actor(one).label for one in ids], t)


def listed(texts: Sequence[str], t: Translator) -> str:
    """Write texts in a row.

    Examples
    --------
    >>> listed(["A", "B", "C"], translator("en"))
    'A, B and C'
    """
    *first, last = texts
    return t("{first} and {last}", first=", ".join(first), last=last) if first else last


def arrives(findings: Findings, lang: str) -> list[str]:
    """Say what works."""
    t = translator(lang)
    confirmed, pairs = findings.summary.counts["confirmed"], len(findings.circles.two_way)
    said = [t.n("{count} line arrives: told and heard.", "{count} lines arrive: told and heard.", confirmed)]
    if pairs:
        said.append(t.n("{count} pair hears each other.", "{count} pairs hear each other.", pairs))
    if gifts := findings.summary.counts["heard_not_claimed"]:
        said.append(
            t.n(
                "{count} line arrived that its sender did not name.",
                "{count} lines arrived that their sender did not name.",
                gifts,
            )
        )
    return said


def first(findings: Findings, place: str, drew: int, straight: int, heard: int, lang: str) -> list[str]:
    """Say how the lines of the place that goes first run: the sponsor's.

    Parameters
    ----------
    drew, straight
        How many lines it drew, and how many of these run straight.
    heard
        From how many it heard the message directly.
    """
    t = translator(lang)
    name = findings.definition.actor(place).label
    said = [t.n("{name} told it in {count} place.", "{name} told it in {count} places.", drew, name=name)]
    if drew:
        said.append(
            t.n("{count} of these lines runs straight.", "{count} of these lines run straight.", straight)
        )
    said.append(
        t.n(
            "{name} heard it directly from {count} place.",
            "{name} heard it directly from {count} places.",
            heard,
            name=name,
        )
    )
    return said


def drawn(findings: Findings, lang: str) -> list[str]:
    """Say how many lines the senders drew."""
    t = translator(lang)
    count = findings.summary.believed
    return [
        t.n(
            "This is how we think it runs: {count} straight line.",
            "This is how we think it runs: {count} straight lines.",
            count,
        )
    ]


def bent(findings: Findings, lang: str) -> list[str]:
    """Say how these lines run."""
    t, found = translator(lang), findings.detours
    said = [t.n("{count} line runs straight.", "{count} lines run straight.", found.straight)]
    for stops, count in sorted(found.via.items()):
        by = t.n("{count} stop", "{count} stops", stops)
        said.append(
            t.n(
                "{count} line could run by way of {stops}.",
                "{count} lines could run by way of {stops}.",
                count,
                stops=by,
            )
        )
    if count := found.heard_via_unknown:
        said.append(
            t.n(
                "{count} line came by way of the press or the grapevine.",
                "{count} lines came by way of the press or the grapevine.",
                count,
            )
        )
    if count := found.did_not_arrive:
        said.append(
            t.n("{count} line did not arrive this time.", "{count} lines did not arrive this time.", count)
        )
    if count := found.unknown:
        said.append(t.n("Of {count} line we cannot tell yet.", "Of {count} lines we cannot tell yet.", count))
    return said


def against(findings: Findings, guesses: Iterable[int], lang: str) -> list[str]:
    """Lay the room's guess beside the outcome: of every ten lines, how many run straight."""
    t = translator(lang)
    given, believed = sorted(guesses), findings.summary.believed
    said = []
    if given:
        middle = given[len(given) // 2]
        said.append(t("You guessed: {count} of every 10 lines run straight.", count=middle))
    if believed:
        straight = findings.detours.straight
        said.append(
            t(
                "It is {tenths} of every 10: {straight} of {believed}.",
                tenths=round(10 * straight / believed),
                straight=straight,
                believed=believed,
            )
        )
    else:
        said.append(t("Nobody has drawn a line yet."))
    return said


def audiences(findings: Findings, lang: str, *, only: str | None = None) -> list[str]:
    """Say what reached each audience that somebody speaks for, or only one of them."""
    t, said = translator(lang), []
    reached = N_("{name}: {direct} of {pairs} teams directly, {within} within one stop.")
    if findings.definition.anonymous:
        reached = N_("{name}: {direct} of {pairs} groups directly, {within} within one stop.")
    for one, reach in findings.arrival.by_audience.items():
        if only not in (None, one):
            continue
        label = findings.definition.actor(one).label
        if one not in findings.net.received:
            said.append(t("{name}: nobody has answered for them.", name=label))
            continue
        said.append(t(reached, name=label, direct=reach.direct, pairs=reach.pairs, within=reach.within_two))
    if not said:
        said.append(t("No audience is on this map."))
    return said


def spoken_for(definition: Definition, evidence: Mapping[str, Iterable[str]], lang: str) -> list[str]:
    """Say for which audiences somebody else spoke, and how they know.

    Parameters
    ----------
    evidence
        By audience that was spoken for, what it rests on; may be empty.
    """
    t, said = translator(lang), []
    for one in definition.audiences:
        if one.voice != "proxy" or one.id not in evidence:
            continue
        if known := [t(EVIDENCE_NAMES[kind]) for kind in evidence[one.id]]:
            text = listed(known, t)
            said.append(
                t("{name}: somebody else speaks for them, by {evidence}.", name=one.label, evidence=text)
            )
        else:
            said.append(t("{name}: somebody else speaks for them.", name=one.label))
    return said


def circles(findings: Findings, lang: str) -> list[str]:
    """Name the closed circles, with the advice to open an exit."""
    t, found = translator(lang), findings.circles.closed
    if not findings.net.received:
        return [t("Nobody has answered yet.")]
    if found.circles is None:
        return [t("No audience answers here, so nobody can say what goes round.")]
    said = []
    for circle in found.circles:
        said.append(t("This message goes round between {teams}.", teams=_names(findings, circle, t)))
        said.append(t("From there no line leads to an audience: open an exit."))
    if found.unknown:
        said.append(t("Elsewhere we cannot tell: not everybody has answered."))
    return said or [t("Nothing goes round here without a way out.")]


def silo(findings: Findings, lang: str) -> list[str]:
    """Give the short words on silos, for phone and wall."""
    t, found = translator(lang), findings.silos
    if found.verdict is None or found.inside_band is None:
        reason = found.reason or "coverage"
        if reason == "no_lines" and findings.net.silent:
            reason = "coverage"  # there may be lines that nobody has told of yet
        why = t(_NO_GROUPS_ALONE if findings.definition.anonymous else _REASONS[reason])
        return [t("This map says nothing about silos: {reason}.", reason=why)]
    low, high = found.inside_band
    said = [
        t(
            "{inside} of {lines} lines stay in their own domain; by chance {low} to {high}.",
            inside=found.inside,
            lines=found.lines,
            low=low,
            high=high,
        )
    ]
    if found.verdict == "as_chance":
        teams = len(findings.net.groups)
        said.append(t("With {teams} teams chance gives this too; there may still be silos.", teams=teams))
    if found.verdict == "more_closed":
        said.append(t("The domains look inward more than chance would make them."))
    if found.verdict == "more_open":
        said.append(t("The domains look outward more than chance would make them."))
    if found.hangs_on:
        said.append(hangs(found.hangs_on, t))
    return said


def silo_long(findings: Findings, lang: str) -> str:
    """Give the words on silos for facilitator and report."""
    t, found = translator(lang), findings.silos
    if found.verdict is None or found.inside_band is None:
        return silo(findings, lang)[0]
    low, high = found.inside_band
    values = {
        "teams": len(findings.net.groups),
        "inside": found.inside,
        "lines": found.lines,
        "low": low,
        "high": high,
    }
    if found.verdict == "as_chance":
        text = t(
            "With {teams} teams this cannot be told from chance: {inside} of {lines} lines stay in the domain, and "
            "blind sorting gives that too ({low}–{high}). It does not prove that there are no silos.",
            **values,
        )
    elif found.verdict == "more_closed":
        text = t(
            "The domains look inward more than chance would make them: {inside} of {lines} lines stay in their own "
            "domain; sort the teams blindly and it is mostly {low} to {high}.",
            **values,
        )
    else:
        text = t(
            "The domains look outward more than chance would make them: {inside} of {lines} lines stay in their own "
            "domain; sort the teams blindly and it is mostly {low} to {high}.",
            **values,
        )
    more = [t("This may come from a few busy teams.")] if found.busy_teams else []
    more += [hangs(found.hangs_on, t)] if found.hangs_on else []
    return " ".join([text, *more])


def walls(findings: Findings, lang: str) -> list[str]:
    """Name the walls that are findings, and the bridge on which most hangs."""
    t, said = translator(lang), []
    labels = {domain.id: domain.label for domain in findings.definition.domains}
    for wall in findings.silos.walls.findings:
        one, other = (labels.get(group, group) for group in wall.groups)
        said.append(t("Between {one} and {other} no line ran this time.", one=one, other=other))
    for bridge in findings.bridges.actors[:1]:
        name = _names(findings, bridge.ends, t)
        said.append(
            t.n(
                "Without {name} {count} way breaks.",
                "Without {name} {count} ways break.",
                bridge.lost,
                name=name,
            )
        )
    return said


def hangs(count: int, t: Translator) -> str:
    """Say on how many divided lines a verdict hangs."""
    return t.n("This hangs on {count} divided line.", "This hangs on {count} divided lines.", count)
