"""Which places stick together, whatever their domain, beside the domains."""

from __future__ import annotations

from workshopkit.analysis.findings import Findings
from workshopkit.i18n import N_
from workshopkit.panels.numbers.figure import Figure, Group

__all__ = ["STICKING"]

_PLACES, _CLEAR = 20, 0.05
_UNLESS = N_("Communities: shown from 20 places on, and only if they are clearer than chance makes them.")


def _communities(found: Findings) -> bool:
    chance = found.communities_chance if len(found.net.actors) >= _PLACES else None
    return chance is not None and chance <= _CLEAR


STICKING = Group(
    N_("Who stick together, whatever their domain?"),
    (
        Figure(
            N_("Communities"),
            lambda found, _: None if found.communities.members is None else len(found.communities.members),
            N_(
                "How many groups of places stick together, whatever their domain: Leiden, for modularity at resolution "
                "1, the best of ten starts. Shown from 20 places, and only if they are clearer than on 95 % of the maps "
                "on which everybody keeps as many ties. Traag, Waltman and Van Eck, 2019."
            ),
            "analysis.communities.find",
            shown=_communities,
            unless=_UNLESS,
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
            shown=_communities,
        ),
        Figure(
            N_("Communities and domains: adjusted Rand"),
            lambda found, _: found.communities.adjusted_rand,
            N_(
                "(pairs together in both − what chance gives) / (the most there can be − what chance gives): 0 by chance, "
                "1 if they are the same. Undefined without two domains. Hubert and Arabie, 1985."
            ),
            "analysis.partitions.adjusted_rand",
            shown=_communities,
        ),
    ),
)
