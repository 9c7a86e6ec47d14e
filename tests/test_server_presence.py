"""Which phones are in touch: a reload is no loss, a closed page neither, and who withdrew is nobody."""

from __future__ import annotations

import pytest

from domain_helpers import Clock
from workshopkit.server.presence import GRACE_S, RECENT_S, Presence
from workshopkit.store import Session


def phone(name, actor="a", workshop="w"):
    return Session(workshop, name, actor, "participant", "nl")


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def presence(clock):
    found = Presence(clock)
    found.came("k1", phone("p1"))
    found.came("k2", phone("p2"))
    found.came("k3", phone("p3", "b"))
    return found


def test_phones_are_counted_by_place(presence):
    assert presence.seen() == {"w": {"there": {"a": 2, "b": 1}, "lost": 0}}
    presence.came("k9", phone("p9", workshop="other"))
    assert presence.seen()["other"] == {"there": {"a": 1}, "lost": 0}


def test_a_second_page_of_the_same_phone_counts_once(presence):
    presence.came("k4", phone("p1"))
    presence.went("k1")
    assert presence.seen()["w"]["there"] == {"a": 2, "b": 1}


def test_a_reload_is_no_loss(presence, clock):
    presence.went("k1")
    clock.move(GRACE_S - 1)
    assert presence.seen()["w"] == {"there": {"a": 2, "b": 1}, "lost": 0}
    presence.came("k5", phone("p1"))
    clock.move(RECENT_S)
    assert presence.seen()["w"] == {"there": {"a": 2, "b": 1}, "lost": 0}


def test_who_has_just_gone_is_lost_and_after_a_while_only_away(presence, clock):
    for page in ("k1", "k2", "k2"):
        presence.went(page)
    clock.move(GRACE_S)
    assert presence.seen()["w"] == {"there": {"b": 1}, "lost": 2}
    clock.move(RECENT_S)
    assert presence.seen()["w"] == {"there": {"b": 1}, "lost": 0}


@pytest.mark.parametrize("first", ["closed", "went"])
def test_a_page_that_says_that_it_closes_is_not_lost(presence, clock, first):
    for step in (first, "went" if first == "closed" else "closed"):
        presence.went("k1") if step == "went" else presence.closed("k1", phone("p1"))
    clock.move(GRACE_S)
    assert presence.seen()["w"] == {"there": {"a": 1, "b": 1}, "lost": 0}


def test_who_withdrew_is_forgotten(presence, clock):
    presence.left("p1")
    presence.went("k1")
    clock.move(GRACE_S)
    assert presence.seen()["w"] == {"there": {"a": 1, "b": 1}, "lost": 0}


def test_when_all_have_gone_that_is_told(presence, clock):
    for page in ("k1", "k2", "k3"):
        presence.went(page)
    clock.move(RECENT_S)
    assert presence.seen() == {"w": {"there": {}, "lost": 0}}
