"""The cards of act 05 in words: what each kind of step is called, and what one step asks of whom."""

from __future__ import annotations

from collections.abc import Mapping

from workshopkit.analysis.breakthrough import Step
from workshopkit.i18n import N_, Translator
from workshopkit.network.actors import Definition

__all__ = ["NAMES", "hours", "said"]

NAMES: Mapping[str, str] = {
    "repair": N_("Repair a line"),
    "shorten": N_("Shorten a line"),
    "add": N_("Add a line"),
    "bridge": N_("A bridge role"),
    "channel": N_("A shared channel"),
    "remove": N_("Stop a line"),
}
_SAID: Mapping[str, str] = {
    "repair": N_("{source} → {target}: tell it anew, and ask whether it came through."),
    "shorten": N_("{source} → {target}: tell it directly, and no longer by way of others."),
    "add": N_("{source} → {target}: a new line, which nobody drew."),
    "bridge": N_("{source} ⇄ {target}: share one role that belongs to both."),
    "channel": N_("{source} → {target}: tell all teams of this domain at one fixed moment."),
    "remove": N_("{source} → {target}: stop this line."),
}


def said(definition: Definition, step: Step, t: Translator) -> str:
    """Put a step into words."""
    domains = {domain.id: domain.label for domain in definition.domains}
    target = domains[step.target] if step.kind == "channel" else definition.actor(step.target).label
    return t(_SAID[step.kind], source=definition.actor(step.source).label, target=target)


def hours(step: Step, t: Translator) -> str:
    """Give the price of a step in words."""
    return t.n("{count} hour a month", "{count} hours a month", step.hours)
