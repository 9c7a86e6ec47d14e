"""One light for the whole room: the worst of what is seen, in words, with what to do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workshopkit.i18n import translator
from workshopkit.panels.health import LIGHTS, Seen, health

WELL = Seen(free_mb=9000.0, silent_s=2.0, lag_s=0.1, copy_s=40.0, phones=12)


def seen(lang="en", **change):
    return health(replace(WELL, **change), translator(lang))


def test_where_all_is_well_it_is_green_and_says_of_what():
    found = seen()
    assert found["light"] == "green"
    assert [row["light"] for row in found["rows"]] == ["green"] * 4
    assert "The last copy is 0 minutes old." in [row["said"] for row in found["rows"]]


@pytest.mark.parametrize(
    ("change", "light", "word"),
    [
        ({"trouble": "The disk is full."}, "red", "The disk is full."),
        ({"free_mb": 300.0}, "yellow", "300 MB"),
        ({"free_mb": 10.0}, "red", "10 MB"),
        ({"silent_s": None}, "red", "does not come through"),
        ({"silent_s": 16.0}, "red", "does not come through"),
        ({"lag_s": 4.2}, "yellow", "4 seconds"),
        ({"copy_fault_s": 130.0}, "yellow", "2 minutes no copy"),
        ({"failed_s": 20.0}, "yellow", "could not be opened"),
        ({"lost": 4}, "yellow", "4 of 12 phones"),
        ({"lost": 12}, "red", "12 of 12 phones"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_do(change, light, word):
    found = seen(**change)
    assert found["light"] == light
    (row,) = [row for row in found["rows"] if row["light"] != "green"]
    assert word in row["said"]
    assert row["todo"]


@pytest.mark.parametrize(
    "change",
    [
        {"lost": 3},
        {"lost": 2, "phones": 2},
        {"failed_s": 500.0},
        {"silent_s": 14.0},
        {"copy_s": None},
        {"copy_s": 4000.0},
        {"free_mb": None},
    ],
)
def test_what_is_no_fault_leaves_it_green(change):
    assert seen(**change)["light"] == "green"


def test_the_worst_counts():
    found = seen(lag_s=9.0, silent_s=60.0, copy_fault_s=70.0)
    assert found["light"] == "red"
    assert {row["light"] for row in found["rows"]} == set(LIGHTS)


def test_it_is_told_in_dutch():
    assert seen("nl", lost=5)["rows"][-1]["said"] == "5 van 12 telefoons zijn net de verbinding kwijt."
