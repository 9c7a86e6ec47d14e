"""Agreements: if-then plans about a line, written by one team and accepted by the team at its other end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workshopkit.errors import RefusedEvent
from workshopkit.i18n import N_, Translator
from workshopkit.network.steps import NAMES

__all__ = ["MAX_OF_A_TEAM", "TEXTS", "Agreement", "sentences", "written"]

MAX_OF_A_TEAM = 3
TEXTS = {"if": 200, "then": 200, "who": 80, "obstacle": 200, "instead": 200, "alone": 200}
_MISSING = {
    "if": N_("Say when it happens: “If …” is still empty."),
    "then": N_("Say what you do: “then we …” is still empty."),
    "who": N_("Say who does it: a role, no name of a person."),
    "obstacle": N_("Say what could get in the way."),
    "instead": N_("Say what you do when something gets in the way."),
}
_YEARS = 3


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement.

    Parameters
    ----------
    id
        That of the event that wrote it.
    writer, other
        The actors at the two ends of its line.
    ours
        Whether the line runs from the writer to the other; else the other way.
    texts
        ``if``, ``then``, ``who``, ``obstacle``, ``instead`` and ``alone`` ("who can do this in a year without us?").
    when
        The date, as YYYY-MM-DD.
    answer
        What the other said: ``"accepted"``, ``"other"`` or None.
    hidden
        Whether the facilitator took it off the wall.
    cites
        The passages and comments of the case that it goes back to.
    into
        The agreement that says the same, with which the wall shows it as one.
    step
        One of `network.steps.NAMES`, if it was said.
    """

    id: str
    writer: str
    other: str
    ours: bool
    texts: Mapping[str, str]
    when: str
    answer: str | None = None
    hidden: bool = False
    cites: tuple[str, ...] = ()
    into: str | None = None
    step: str | None = None

    @property
    def line(self) -> tuple[str, str]:
        """Give sender and receiver of the line."""
        return (self.writer, self.other) if self.ours else (self.other, self.writer)


def sentences(one: Agreement, labels: Mapping[str, str], t: Translator) -> tuple[str, str, str]:
    """Put an agreement into sentences: if–then, so that, and what happens when something gets in the way.

    Parameters
    ----------
    one
        The agreement.
    labels
        By actor, what it is called.
    t
        Of the reader's language.

    Examples
    --------
    >>> texts = {"if": "a desk closes", "then": "call", "obstacle": "the phone", "instead": "walk"}
    >>> one = Agreement("e1", "a", "b", True, texts, "2026-04-01")
    >>> for said in sentences(one, {"a": "the desk", "b": "the night shift"}, translator("en")):
    ...     print(said)
    If a desk closes, then we call.
    That way it comes directly from the desk to the night shift.
    If the phone gets in the way, then we walk.
    """
    source, target = (labels.get(end, end) for end in one.line)
    return (
        t("If {what}, then we {act}.", what=one.texts["if"], act=one.texts["then"]),
        t("That way it comes directly from {sender} to {receiver}.", receiver=target, sender=source)
        if one.step != "remove"
        else t("That way it no longer comes from {sender} to {receiver}.", receiver=target, sender=source),
        t(
            "If {what} gets in the way, then we {act}.",
            what=one.texts["obstacle"],
            act=one.texts["instead"],
        ),
    )


def written(payload: Mapping[str, Any], other: str) -> dict[str, Any]:
    """Check what a form holds, and give it as it may be stored.

    Raises
    ------
    RefusedEvent
        Naming the first thing that is missing or too long.
    """
    found: dict[str, Any] = {"with": other, "ours": payload.get("ours") is not False}
    for name, most in TEXTS.items():
        value = payload.get(name, "")
        text = " ".join(value.split()) if isinstance(value, str) else ""
        if name in _MISSING and not text:
            raise RefusedEvent(_MISSING[name])
        if len(text) > most:
            raise RefusedEvent(N_("This is too long: at most {limit} characters fit."), limit=most)
        found[name] = text
    found["when"] = _date(payload.get("when"))
    step = payload.get("step") or None
    if step is not None:
        if step not in NAMES:
            raise RefusedEvent(
                N_("There is no step “{step}”. Choose one from the list."), step=str(step)[:40]
            )
        found["step"] = step
    return found


def _date(value: object) -> str:
    try:
        day = dt.date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError as fault:
        raise RefusedEvent(N_("Choose a date for the agreement.")) from fault
    today = dt.datetime.now(tz=dt.UTC).date()
    if not today - dt.timedelta(days=1) <= day <= today + dt.timedelta(days=366 * _YEARS):
        raise RefusedEvent(
            N_("Choose a date from today on, within {years} years; not {date}."), years=_YEARS, date=day
        )
    return day.isoformat()
