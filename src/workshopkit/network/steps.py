"""Steps that change a map, and what they take: hours to make one, and hours a month to keep it.

A step's price is its upkeep a month + what it takes once / 12, rounded up, and never 0: nothing costs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workshopkit.i18n import N_

__all__ = ["EVERY_AUDIENCE", "KINDS", "NAMES", "PRICES", "Price", "Step", "ends"]

NAMES: Mapping[str, str] = {
    "repair": N_("Repair a line"),
    "shorten": N_("Shorten a line"),
    "add": N_("Add a line"),
    "bridge": N_("A bridge role"),
    "channel": N_("A shared channel"),
    "workshop": N_("A workshop"),
    "campaign": N_("A campaign"),
    "small": N_("A 15 % step"),
    "remove": N_("Stop a line"),
}
KINDS = tuple(NAMES)
# What a campaign is for: no actor has a name without letters.
EVERY_AUDIENCE = "*"


@dataclass(frozen=True, slots=True)
class Price:
    """What a step takes.

    Parameters
    ----------
    once
        Hours to make it.
    upkeep
        Hours a month to keep it.
    """

    once: int
    upkeep: int

    @property
    def hours(self) -> int:
        """Give the hours a month: upkeep + once/12, rounded up, at least 1.

        Examples
        --------
        >>> Price(6, 2).hours, Price(0, 0).hours, Price(12, 3).hours, Price(13, 3).hours
        (3, 1, 4, 5)
        """
        return max(1, self.upkeep + -(-self.once // 12))


# Design figures, as every price here until rooms have said what a step took.
PRICES: Mapping[str, Price] = {
    "repair": Price(once=12, upkeep=2),
    "shorten": Price(once=6, upkeep=2),
    "add": Price(once=12, upkeep=3),
    "bridge": Price(once=24, upkeep=5),
    "channel": Price(once=48, upkeep=6),
    "workshop": Price(once=48, upkeep=1),
    "campaign": Price(once=60, upkeep=4),
    "small": Price(once=0, upkeep=1),
    "remove": Price(once=6, upkeep=0),
}


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One step.

    Parameters
    ----------
    kind
        ``"repair"``: a line that was told and did not arrive, is told anew; ``"shorten"``: one that came by way of
        others, is told directly; ``"add"``: a line that nobody drew; ``"bridge"``: two actors of two domains tell each
        other; ``"channel"``: one actor tells a whole domain; ``"workshop"``: an actor and a domain sit together once,
        and what they draw between them runs straight; ``"campaign"``: one actor tells every audience; ``"small"``: a
        line within one's own domain, for which nobody has to be asked; ``"remove"``: a line that is no longer kept.
    source, target
        Actors; the target of a channel and of a workshop is a domain, that of a campaign `EVERY_AUDIENCE`.
    """

    kind: str
    source: str
    target: str

    @property
    def price(self) -> Price:
        """Give what it takes, as long as nobody has said otherwise."""
        return PRICES[self.kind]

    @property
    def hours(self) -> int:
        """Give its price in hours a month."""
        return self.price.hours


def ends(kind: str) -> str:
    """Tell what the target of a kind of step is: ``"actor"``, ``"domain"`` or ``"audiences"``."""
    return {"channel": "domain", "workshop": "domain", "campaign": "audiences"}.get(kind, "actor")
