"""Why a plan is better than others, and how much that hangs on who answered, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from workshopkit.analysis.stability import Stability
from workshopkit.figures.effects import Effect
from workshopkit.figures.told import listed
from workshopkit.i18n import N_, Translator

__all__ = ["gives", "stays", "sure"]

# What the best plan is chosen for.
_GAINS: Mapping[str, Callable[[Translator, int], str]] = {
    "within_two": lambda t, count: t.n(
        "{count} way more to an audience with one stop at most",
        "{count} ways more to an audience with one stop at most",
        count,
    ),
    "straight": lambda t, count: t.n(
        "{count} line more that runs straight", "{count} lines more that run straight", count
    ),
    "in_circles": lambda t, count: t.n(
        "{count} place fewer in a closed circle", "{count} places fewer in a closed circle", count
    ),
    "walls": lambda t, count: t.n(
        "{count} wall fewer between domains", "{count} walls fewer between domains", count
    ),
    "overload": lambda t, count: t.n(
        "{count} line fewer above what a place can carry",
        "{count} lines fewer above what a place can carry",
        count,
    ),
}
_VERDICTS: Mapping[str, str] = {
    "stable": N_("It hardly depends on who answered."),
    "fair": N_("It depends in part on who answered."),
    "unstable": N_("It depends on who answered: don't decide by this."),
}


def gives(rows: Sequence[Effect], t: Translator) -> str:
    """Say what a step gives a plan, of that for which the best plan is chosen."""
    gains = [_GAINS[row.name](t, row.gain) for row in rows if row.gain > 0 and row.name in _GAINS]
    if not gains:
        return t("It counts together with the other steps.")
    return t("That gives {gains}.", gains=listed(gains, t))


def stays(found: Stability, t: Translator) -> list[str]:
    """Say how often a plan stays the best, and what that means; nothing where nobody answered."""
    if found.verdict is None:
        return []
    return [
        t.n(
            "Each time we left out {count} of the {asked} places that answered.",
            "Each time we left out {count} of the {asked} places that answered.",
            found.left_out,
            asked=found.asked,
        ),
        t(
            "In {best} of {runs} times this plan stayed the best.",
            best=found.best,
            runs=found.runs,
        ),
        t(_VERDICTS[found.verdict]),
    ]


def sure(found: Stability, t: Translator) -> str:
    """Say whether every way to leave places out was tried, or some were drawn, and how sure the share is then."""
    if found.interval is None:
        return t("Every way to leave out so many places was tried.")
    low, high = (round(100 * end) for end in found.interval)
    return t(
        "The places were drawn by chance, {runs} times, with seed {seed}: with more draws it would be {low} to {high} % (95 % interval).",
        runs=found.runs,
        seed=found.seed,
        low=low,
        high=high,
    )
