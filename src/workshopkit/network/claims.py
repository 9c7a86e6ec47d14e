"""What one respondent says of a line, and what the respondents of one side say together.

There is one answer per respondent, side and ordered pair: the latest. With m answers on a side, of which ``h`` is the
share of yes and partly, the side says **yes** if h > 1/2, **no** if h < 1/2 and is **divided** at exactly 1/2. A side on
which nobody has spoken is **silent**. In team mode the team is the one respondent, so m is 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

__all__ = ["Claim", "Heard", "SheetLike", "Side", "Told", "agreement", "heard_side", "told_side"]

WORTH = {"yes": 1.0, "partly": 0.5, "no": 0.0}
EVEN = 0.5


@dataclass(frozen=True, slots=True)
class Told:
    """A sender's row: we told them ourselves, and whether we think that it arrived."""

    answer: str = "yes"
    expected: str | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """A receiver's row: yes, partly or via; `via` is an actor, ``press``, ``grapevine`` or ``unknown``."""

    answer: str = "yes"
    via: str | None = None


class SheetLike(Protocol):
    """The answers of one actor, as far as lines need them."""

    @property
    def told(self) -> Mapping[str, Told]:
        """Give the receivers that it named."""

    @property
    def heard(self) -> Mapping[str, Heard]:
        """Give the senders that it named."""

    @property
    def closed(self) -> Mapping[str, bool]:
        """Tell of each list whether it is closed."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One answer of one respondent on one side of a line.

    Parameters
    ----------
    answer
        ``"yes"``, ``"partly"`` or ``"no"``.
    via
        The way it came, the nearest last; a claim with a way is a no with a reason.
    """

    answer: str
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """What the respondents of one side say together.

    Parameters
    ----------
    verdict
        ``"yes"``, ``"no"``, ``"via"`` (receivers only), ``"divided"`` or ``"silent"``.
    strength
        Mean of 1, 1/2 and 0 over all answers; None on a silent side.
    answers
        m, the number of answers.
    agreement
        1 - 4 x the population variance of the answers, from 0 to 1; None with fewer than two.
    """

    verdict: str
    strength: float | None
    answers: int
    agreement: float | None = None

    @property
    def silent(self) -> bool:
        """Tell whether nobody has spoken."""
        return self.verdict == "silent"


SILENT = Side("silent", None, 0)


def told_side(answers: Sequence[str]) -> Side:
    """Lay the answers of one side together.

    Parameters
    ----------
    answers
        Each ``"yes"``, ``"partly"`` or ``"no"``.

    Examples
    --------
    >>> told_side(["partly", "partly", "no"])
    Side(verdict='yes', strength=0.3333333333333333, answers=3, agreement=0.7777777777777778)
    >>> told_side([]).verdict
    'silent'
    """
    return _together(tuple(answers))


@lru_cache(maxsize=4096)
def _together(answers: tuple[str, ...]) -> Side:
    """Lay answers together; on a large map most sides say one of a few things, and are then one and the same."""
    if not answers:
        return SILENT
    worth = [WORTH[answer] for answer in answers]
    share = sum(value > 0 for value in worth) / len(worth)
    verdict = "yes" if share > EVEN else "no" if share < EVEN else "divided"
    return Side(verdict, sum(worth) / len(worth), len(worth), agreement(answers))


def heard_side(claims: Sequence[Claim]) -> Side:
    """Lay the claims of the receivers together; a no that mostly came with a way is a ``via``.

    Examples
    --------
    >>> heard_side([Claim("no", ("press",))]).verdict
    'via'
    """
    side = told_side([claim.answer for claim in claims])
    if side.verdict != "no" or not any([claim.via for claim in claims]):  # noqa: C419 - a list is the quicker
        return side
    refused = [claim for claim in claims if claim.answer == "no"]
    ways = sum(bool(claim.via) for claim in refused)
    # Heard by another way and not heard at all in equal numbers: something did arrive.
    return replace(side, verdict="via") if 2 * ways >= len(refused) else side


def agreement(answers: Sequence[str]) -> float | None:
    """Give 1 - 4 x the population variance of the answers, from 0 to 1; None with fewer than two.

    Examples
    --------
    >>> agreement(["yes", "yes", "yes", "no"])
    0.25
    """
    if len(answers) < 2:  # noqa: PLR2004 - one answer agrees with nothing
        return None
    worth = [WORTH[answer] for answer in answers]
    mean = sum(worth) / len(worth)
    return 1 - 4 * sum((value - mean) ** 2 for value in worth) / len(worth)
