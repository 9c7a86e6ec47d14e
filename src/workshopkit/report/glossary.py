"""The words of the report, each in one sentence."""

from __future__ import annotations

from workshopkit.i18n import N_, translator

__all__ = ["glossary"]

_WORDS = (
    (N_("line"), N_("from a sender to a receiver, with what both sides say of it")),
    (N_("as we think it runs"), N_("all lines that a sender named")),
    (N_("as it arrives"), N_("all lines that a receiver heard directly, whatever the sender says")),
    (N_("stop between"), N_("a place that passed the message on")),
    (
        N_("detour"),
        N_("how many stops lie between, where a line was thought to be straight; some detours work well"),
    ),
    (N_("audience"), N_("people outside for whom the message is meant")),
    (
        N_("going round"),
        N_("places pass the message to each other, and from none of them does it reach an audience"),
    ),
    (N_("little wall"), N_("two domains without a line that arrives, either way")),
    (N_("bridge"), N_("a place or a line that joins two domains")),
    (N_("who has answered"), N_("how many of the places that could answer gave both lists")),
)


def glossary(lang: str) -> list[tuple[str, str]]:
    """Give every word with its meaning.

    Examples
    --------
    >>> glossary("en")[0]
    ('line', 'from a sender to a receiver, with what both sides say of it')
    """
    t = translator(lang)
    return [(t(word), t(meaning)) for word, meaning in _WORDS]
