"""What one had better know beforehand of a workshop as it is filled in; it stops nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from workshopkit.analysis import relabel, silos
from workshopkit.i18n import Translator
from workshopkit.network import people
from workshopkit.network.similar import similar
from workshopkit.room import definitions

__all__ = ["TEAMS_OF_A_DOMAIN", "of"]

MANY_TEAMS, TOO_MANY_TEAMS = 12, 14
TEAMS_OF_A_DOMAIN = 3
Payload = dict[str, Any]


def of(payload: Payload, chart: Iterable[tuple[str, str]], t: Translator) -> list[str]:
    """Say it in sentences, each with what to do.

    Parameters
    ----------
    payload
        The definition as it stands; it need not be whole.
    chart
        Who reports to whom, by name.
    t
        Translates for the facilitator.
    """
    return [
        *_about_teams(payload, t),
        *(_about_people(payload, t) if payload["answers"] == "anonymous" else _about_domains(payload, t)),
        *_about_audiences(payload, t),
        *_about_names(payload, chart, t),
    ]


def _about_teams(payload: Payload, t: Translator) -> Iterator[str]:
    count = sum(actor["kind"] == "team" for actor in payload["actors"])
    if count > TOO_MANY_TEAMS:
        yield t("{count} teams are too many for one round of questions: merge some, to 12.", count=count)
    elif count > MANY_TEAMS:
        yield t("With {count} teams the questions take longer than 8 minutes: 12 is better.", count=count)


def _about_audiences(payload: Payload, t: Translator) -> Iterator[str]:
    audiences = [actor for actor in payload["actors"] if actor["kind"] == "audience"]
    if not audiences:
        yield t("There is no audience on the map: then it cannot tell whether the message gets outside.")
    for actor in audiences:
        if actor["voice"] == "none":
            yield t("Nobody speaks for {name}: nobody can then say what reached them.", name=actor["label"])


def _about_names(payload: Payload, chart: Iterable[tuple[str, str]], t: Translator) -> Iterator[str]:
    names = {actor["id"]: actor["label"] for actor in payload["actors"]}
    known = {label.casefold() for label in names.values()}
    if strays := [end for pair in chart for end in pair if end.casefold() not in known]:
        left = ", ".join(dict.fromkeys(strays))
        yield t("Reporting lines with a name that is not on the map are left out: {names}.", names=left)
    for one, other in similar(names):
        yield t("“{one}” and “{other}” look alike: are they one place?", one=names[one], other=names[other])
    for label in [*names.values(), *(domain["label"] for domain in payload["domains"])]:
        for name in people.named(label):
            yield t("“{name}” looks like a person’s name: name a role or a team, nobody.", name=name)


def _about_people(payload: Payload, t: Translator) -> Iterator[str]:
    """Count those who answer alone, and tell what that asks and gives up."""
    groups = [actor for actor in payload["actors"] if actor.get("people")]
    yield t(
        "{count} people in {groups} groups answer alone, each on a phone.",
        count=sum(actor["people"] for actor in groups),
        groups=len(groups),
    )
    yield t("Then nothing is said of silos: that needs domains, and with them smaller groups.")
    yield t("No examples are asked: what somebody types can tell who it is.")
    for actor in groups:
        if definitions.MIN_PEOPLE <= actor["people"] < definitions.ADVISED_PEOPLE:
            yield t(
                "{name} has {count} people, and {limit} must answer before anything is shown: {advised} is better.",
                name=actor["label"],
                count=actor["people"],
                limit=definitions.MIN_PEOPLE,
                advised=definitions.ADVISED_PEOPLE,
            )


def _about_domains(payload: Payload, t: Translator) -> Iterator[str]:
    """Tell beforehand whether a verdict on silos will be possible."""
    sizes = Counter(actor["domain"] for actor in payload["actors"] if actor.get("domain"))
    if len(payload["domains"]) < 2 or not sizes:  # noqa: PLR2004 - a silo needs another one
        yield t("Without two domains the map says nothing about silos.")
        return
    ways = relabel.count(list(sizes.values()))
    values = {"ways": ways, "needed": silos.LEAST_RELABELLINGS}
    yield (
        t("Silos: these domains can be dealt in {ways} ways, so a verdict is possible.", **values)
        if ways >= silos.LEAST_RELABELLINGS
        else t(
            "Silos: these domains can be dealt in {ways} ways, and a verdict needs {needed}: add a team.",
            **values,
        )
    )
    for domain in payload["domains"]:
        if sizes[domain["id"]] == TEAMS_OF_A_DOMAIN - 1:
            yield t("{name} has 2 teams: 3 is better.", name=domain["label"])
