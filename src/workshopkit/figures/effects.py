"""What steps do to a map, as numbers and in words: what got better, what got worse, and who carries too much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from workshopkit.i18n import N_, Translator

if TYPE_CHECKING:
    from workshopkit.analysis.breakthrough import Outcome

__all__ = ["NAMES", "Effect", "bad", "beside", "carries", "compare", "good", "heavier", "said", "verdict"]

NAMES: Mapping[str, str] = {
    "direct": N_("audience reached directly (team–audience pairs)"),
    "within_two": N_("reached within one stop"),
    "at_all": N_("reached at all"),
    "straight": N_("drawn lines that run straight"),
    "crooked": N_("drawn lines that do not"),
    "in_circles": N_("places in a closed circle"),
    "walls": N_("walls between domains"),
    "overload": N_("lines above what a place can carry"),
}
# Where less is better.
_BURDENS = frozenset({"crooked", "in_circles", "walls", "overload"})


class Effect(NamedTuple):
    """One number before and after; None where it cannot be judged."""

    name: str
    was: int | None
    now: int | None

    @property
    def gain(self) -> int:
        """Give how much better it got: below 0 where it got worse."""
        if self.was is None or self.now is None:
            return 0
        return (self.was - self.now) if self.name in _BURDENS else (self.now - self.was)


def compare(before: Outcome, after: Outcome) -> tuple[Effect, ...]:
    """Lay two outcomes side by side, in the order in which they are told."""
    was, now = _numbers(before), _numbers(after)
    return tuple(Effect(name, was[name], now[name]) for name in NAMES)


def beside(before: Sequence[int | None], after: Sequence[int | None]) -> tuple[Effect, ...]:
    """Lay numbers side by side that stand in the order of `NAMES`."""
    return tuple(Effect(name, was, now) for name, was, now in zip(NAMES, before, after, strict=True))


def good(rows: Sequence[Effect]) -> list[Effect]:
    """Give what got better; a line that runs straight now is not told a second time as one crooked line less."""
    return [row for row in rows if row.gain > 0 and row.name != "crooked"]


def bad(rows: Sequence[Effect]) -> list[Effect]:
    """Give what got worse; who carries too much is told by name, by `carries`."""
    return [row for row in rows if row.gain < 0 and row.name != "overload"]


def heavier(before: Outcome, after: Outcome) -> list[tuple[str, int]]:
    """Give who carries too much afterwards, and more than before: how many lines too many."""
    was = before.overloaded
    return [(actor, lines) for actor, lines in after.overloaded.items() if lines > was.get(actor, 0)]


def carries(name: str, lines: int, t: Translator) -> str:
    """Say that a place gets more lines than it can carry."""
    return t.n(
        "{name} gets {count} line more than it can carry.",
        "{name} gets {count} lines more than it can carry.",
        lines,
        name=name,
    )


def _numbers(one: Outcome) -> dict[str, int | None]:
    return {
        "direct": one.direct,
        "within_two": one.within_two,
        "at_all": one.at_all,
        "straight": one.straight,
        "crooked": one.believed - one.straight,
        "in_circles": None if one.circles is None else one.in_circles,
        "walls": len(one.walls),
        "overload": one.overload,
    }


def verdict(effect: Effect, t: Translator) -> str:
    """Say whether it got better."""
    if effect.was is None or effect.now is None:
        return t("nobody speaks for an audience")
    return t("better") if effect.gain > 0 else t("worse") if effect.gain < 0 else t("the same")


def said(effect: Effect, t: Translator) -> str:
    """Say what changed, in one row."""
    return t(
        "{what}: from {before} to {after}", what=t(NAMES[effect.name]), before=effect.was, after=effect.now
    )
