"""Who sees what of an answer, in three sentences: said before anybody joins, and again on the first screen."""

from __future__ import annotations

from workshopkit.i18n import N_, translator
from workshopkit.network.actors import Definition
from workshopkit.network.release import K

__all__ = ["sentences"]

_TEAM = (
    N_("You answer together, as a team; we ask no names."),
    N_("What you say is shown as your team’s word on the big screen, once you have seen it yourselves."),
    N_("The facilitator can read it too; you can see it again and withdraw it at any time."),
)
_ALONE = (
    N_("You answer alone and we ask no name: nobody is shown your answers, the facilitator neither."),
    N_("Only what {count} or more people of your group say together is shown, roughly, after the questions."),
    N_("You may join without answering, and see or withdraw your answers at any time."),
)


def sentences(definition: Definition, lang: str) -> list[str]:
    """Give the three sentences of a workshop's answer mode."""
    t = translator(lang)
    return [t(text, count=K) for text in _ALONE] if definition.anonymous else [t(text) for text in _TEAM]
