"""Spare kernels wait as long as the pages of a crowd load, and no longer."""

from __future__ import annotations

import doctest

import pytest

from workshopkit.kernels import crowd
from workshopkit.kernels.crowd import Crowd, spares


def test_the_example_holds():
    assert doctest.testmod(crowd).failed == 0


@pytest.mark.parametrize(("count", "waits_s"), [(1, 2.0), (10, 2.0), (30, 6.0), (50, 10.0), (200, 10.0)])
def test_it_waits_longer_for_more_and_never_for_long(count, waits_s):
    one = Crowd()
    for number in range(count):
        one.came(number / 1000)
    last = (count - 1) / 1000
    assert one.is_loading(last + waits_s - 0.01)
    assert not one.is_loading(last + waits_s + 0.01)


@pytest.mark.parametrize(
    ("expected", "alive", "ready"),
    [
        (30, 0, 30),
        (30, 22, 8),
        (30, 30, 8),
        (30, 60, 8),
        (8, 8, 4),
        (3, 0, 3),
        (3, 3, 3),
        (1, 5, 1),
        (0, 0, 0),
    ],
)
def test_a_full_room_keeps_a_few_for_who_comes_back(expected, alive, ready):
    assert spares(expected, alive) == ready


def test_nobody_came_yet():
    assert not Crowd().is_loading(0.0)


def test_who_comes_when_it_is_over_begins_another_one():
    one = Crowd()
    for _ in range(60):
        one.came(0.0)
    assert not one.is_loading(11.0)
    one.came(11.0)
    assert not one.is_loading(13.1)
