"""A number of one map: its name, its formula, the same with the values of this map, and where it is shown.

On a small map some numbers hang on a single line. These are not shown, and the page says why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from babel.numbers import format_decimal

from workshopkit.analysis.findings import Findings
from workshopkit.i18n import Translator
from workshopkit.panels.shown import Shown

__all__ = ["Figure", "Group", "Value", "entry", "number"]

Value = float | int | tuple[float, float] | str | None
_SMALL, _LEAST = 0.01, 0.0001


def _always(found: Findings) -> bool:  # noqa: ARG001 - as the others
    return True


def _nothing(found: Findings, t: Translator) -> str:  # noqa: ARG001 - as the others
    return ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of one map.

    Parameters
    ----------
    name
        What it is called.
    value
        Takes it from what was found; None where it is undefined.
    how
        Formula, range, when it is undefined, and who thought of it.
    where
        What computes it.
    filled
        The formula with the values of this map, or why it is undefined; empty where there is nothing to add.
    shown
        On which maps it says enough to be shown.
    unless
        What is said where it is not shown.
    """

    name: str
    value: Callable[[Findings, Translator], Value]
    how: str
    where: str
    filled: Callable[[Findings, Translator], str] = _nothing
    shown: Callable[[Findings], bool] = _always
    unless: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers that belong together, under a question."""

    title: str
    figures: tuple[Figure, ...]


def entry(figure: Figure, found: Findings, t: Translator) -> tuple[str, list[str | Shown]]:
    """Give a number as a heading, with what it opens to."""
    value = figure.value(found, t)
    filled = figure.filled(found, t)
    inside: list[str | Shown] = [t(figure.how)]
    if filled:
        inside.append(t("On this map: {filled}", filled=filled))
    if value is None:
        inside.append(t("It is undefined here, which is not the same as 0."))
    inside.append(t("Computed by workshopkit.{where}.", where=figure.where))
    return f"{t(figure.name)}: {number(value, t.lang)}", inside


def number(value: Value, lang: str) -> str:
    """Write a figure as people read it in a language.

    Examples
    --------
    >>> number(0.25, "nl"), number((-0.5, 0.25), "en"), number(None, "en"), number(3, "en")
    ('0,25', '-0.5 – 0.25', '–', '3')
    >>> number(0.0013, "en"), number(0.00001, "en")
    ('0.0013', '< 0.0001')
    """
    if isinstance(value, tuple):
        return " – ".join(number(one, lang) for one in value)
    if isinstance(value, float):
        if 0 < value < _LEAST:
            return f"< {number(_LEAST, lang)}"
        digits = "0.####" if 0 < value < _SMALL else "0.##"
        return str(format_decimal(value, format=digits, locale=lang))
    return "–" if value is None else str(value)
