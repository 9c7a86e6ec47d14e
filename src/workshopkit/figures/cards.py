"""The cards of act 05 in words: what one step asks of whom."""

from __future__ import annotations

from collections.abc import Mapping

from workshopkit.i18n import N_, Translator
from workshopkit.network.actors import Definition
from workshopkit.network.steps import Step, ends

__all__ = ["hours", "said"]

_SAID: Mapping[str, str] = {
    "repair": N_("{source} → {target}: tell it anew, and ask whether it came through."),
    "shorten": N_("{source} → {target}: tell it directly, and no longer by way of others."),
    "add": N_("{source} → {target}: a new line, which nobody drew."),
    "bridge": N_("{source} ⇄ {target}: share one role that belongs to both."),
    "channel": N_("{source} → {target}: tell all teams of this domain at one fixed moment."),
    "workshop": N_("{source} and {target}: sit together once, and mend the lines between you."),
    "campaign": N_("{source} → all audiences: tell everybody the same, in the same weeks."),
    "small": N_("{source} → {target}: tell it yourselves, tomorrow, without asking anybody."),
    "remove": N_("{source} → {target}: stop this line."),
}


def said(definition: Definition, step: Step, t: Translator) -> str:
    """Put a step into words."""
    end = ends(step.kind)
    domains = {domain.id: domain.label for domain in definition.domains}
    target = domains[step.target] if end == "domain" else ""
    if end == "actor":
        target = definition.actor(step.target).label
    return t(_SAID[step.kind], source=definition.actor(step.source).label, target=target)


def hours(step: Step, t: Translator) -> str:
    """Give the price of a step in words."""
    return t.n("{count} hour a month", "{count} hours a month", step.hours)
