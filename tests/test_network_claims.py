"""Sides and agreement: the cases of the measures' contract, worked out by hand."""

from __future__ import annotations

import pytest

from workshopkit.network.claims import Claim, agreement, heard_side, told_side


@pytest.mark.parametrize(
    ("answers", "verdict", "strength"),
    [
        (["yes"], "yes", 1),
        (["partly"], "yes", 1 / 2),
        (["yes", "no"], "divided", 1 / 2),
        (["partly", "partly", "no"], "yes", 1 / 3),
        (["yes", "no", "no"], "no", 1 / 3),
        (["no"], "no", 0),
    ],
)
def test_a_side_is_what_more_than_half_say(answers, verdict, strength):
    side = told_side(answers)
    assert (side.verdict, side.answers) == (verdict, len(answers))
    assert side.strength == pytest.approx(strength)
    assert heard_side([Claim(answer) for answer in answers]).verdict == verdict


def test_a_side_without_answers_is_silent():
    assert told_side([]).silent
    assert told_side([]).strength is None
    assert told_side([]).agreement is None


@pytest.mark.parametrize(
    ("answers", "expected"),
    [("yynn", 0), ("yyyn", 0.25), ("pp", 1), ("ypn", 1 / 3), ("y", None)],
)
def test_agreement(answers, expected):
    words = {"y": "yes", "p": "partly", "n": "no"}
    found = agreement([words[letter] for letter in answers])
    assert found is None if expected is None else found == pytest.approx(expected, abs=1e-4)
    assert told_side([words[letter] for letter in answers]).agreement == found
    assert heard_side([Claim(words[letter], ("b",)) for letter in answers]).agreement == found


@pytest.mark.parametrize(
    ("claims", "verdict"),
    [
        ([Claim("no", ("b",))], "via"),
        ([Claim("no", ("b",)), Claim("no")], "via"),
        ([Claim("no", ("b",)), Claim("no"), Claim("no")], "no"),
        ([Claim("yes"), Claim("no", ("b",))], "divided"),
        ([Claim("yes"), Claim("yes"), Claim("no", ("b",))], "yes"),
    ],
)
def test_hearing_by_another_way_is_a_no_with_a_reason(claims, verdict):
    assert heard_side(claims).verdict == verdict
