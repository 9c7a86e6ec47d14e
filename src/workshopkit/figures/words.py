"""What stands on the map, in sentences of at most 15 words and as a table: what works comes first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workshopkit.analysis.summary import Summary
from workshopkit.i18n import N_, translator
from workshopkit.network.actors import Definition

__all__ = ["STATE_NAMES", "describe", "sentences", "state_name"]

STATE_NAMES: Mapping[str, str] = {
    "confirmed": N_("arrives"),
    "heard_via": N_("heard by way of another"),
    "sent_not_heard": N_("told, not heard"),
    "heard_not_claimed": N_("heard, not named"),
    "absent": N_("no line"),
    "divided": N_("answers are divided"),
    "unanswered": N_("not answered yet"),
}


def state_name(state: str, lang: str) -> str:
    """Give the name of a state as people read it."""
    return translator(lang)(STATE_NAMES[state])


def sentences(definition: Definition, summary: Summary, lang: str) -> list[str]:
    """Say what a map shows, what works first.

    Returns
    -------
    list of str
        Nothing about states that do not occur.
    """
    t = translator(lang)
    counts = summary.counts
    said = []
    if count := counts["confirmed"]:
        said.append(
            t.n(
                "{count} line arrives: told and heard directly.",
                "{count} lines arrive: told and heard directly.",
                count,
            )
        )
    if count := len(summary.two_way):
        said.append(t.n("{count} pair hears each other.", "{count} pairs hear each other.", count))
    if count := counts["heard_not_claimed"]:
        said.append(
            t.n(
                "{count} line was heard without the sender naming it.",
                "{count} lines were heard without the sender naming them.",
                count,
            )
        )
    if count := counts["heard_via"]:
        said.append(
            t.n("{count} line came by way of another.", "{count} lines came by way of another.", count)
        )
    if count := counts["sent_not_heard"]:
        said.append(
            t.n(
                "{count} line was told and did not arrive this time.",
                "{count} lines were told and did not arrive this time.",
                count,
            )
        )
    if count := counts["divided"]:
        said.append(
            t.n(
                "On {count} line the answers are divided.", "On {count} lines the answers are divided.", count
            )
        )
    for id_, count in summary.reached.items():
        label = definition.actor(id_).label
        if count:
            said.append(
                t.n(
                    "{name}: heard it directly from {count} group.",
                    "{name}: heard it directly from {count} groups.",
                    count,
                    name=label,
                )
                if definition.anonymous
                else t.n(
                    "{name}: heard it directly from {count} team.",
                    "{name}: heard it directly from {count} teams.",
                    count,
                    name=label,
                )
            )
        else:
            said.append(t("{name}: heard it directly from nobody this time.", name=label))
    if count := len(summary.silent):
        said.append(
            t.n(
                "{count} place on the map is not ready yet.",
                "{count} places on the map are not ready yet.",
                count,
            )
        )
    return said


def describe(figure: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Give a map as sentences and as the rows of a table, for who cannot see it.

    Parameters
    ----------
    figure
        A map as `workshopkit.figures.map.Drawing` describes it.
    lang
        The reader's language.

    Returns
    -------
    dict
        ``title``, ``sentences``, ``columns`` and ``rows`` of texts.
    """
    t = translator(lang)
    labels = {node["id"]: node["label"] for node in figure["nodes"]}
    count = len(figure["lines"])
    said = [t("{count} places on the map.", count=len(labels))]
    said.append(
        t.n(
            "{count} line stands on it, also if only one side names it.",
            "{count} lines stand on it, also those that only one side names.",
            count,
        )
        if count
        else t("No lines yet.")
    )
    return {
        "title": t("How it runs"),
        "sentences": said + list(_by_state(figure["lines"], lang)),
        "columns": [t("From"), t("To"), t("What both say")],
        "rows": [
            [labels[line["source"]], labels[line["target"]], state_name(line["state"], lang)]
            for line in figure["lines"]
        ],
    }


def _by_state(lines: Iterable[Mapping[str, Any]], lang: str) -> Iterable[str]:
    found = [line["state"] for line in lines]
    for state in STATE_NAMES:
        if count := found.count(state):
            yield f"{state_name(state, lang)}: {count}."
