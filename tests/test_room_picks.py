"""Two of the five findings, picked in the break: listed, kept, and on the big screen at the break-through."""

from __future__ import annotations

import pytest

from domain_helpers import definition
from test_room_reveal import said, shown
from workshopkit.analysis.ranking import MOST, rank
from workshopkit.errors import RefusedEvent
from workshopkit.figures import five
from workshopkit.i18n import LANGUAGES
from workshopkit.panels.demo import demo_workshop
from workshopkit.room import picks, snapshots
from workshopkit.room.events import validate
from workshopkit.room.fold import fold


@pytest.fixture(scope="module")
def played():
    store, workshop = demo_workshop("nl")
    return fold(store.events(workshop))


def at(room, act, part):
    return said(room, "act.opened", {"act": act, "part": part})


def listed(room):
    view, scene = shown(room)
    return snapshots.cockpit(room, scene, view.findings)["findings"]


def test_the_break_lists_the_five_that_matter_most_in_both_languages(played):
    room = at(played, "silos", "break")
    view, _ = shown(room)
    wishes = {actor: sheet.wish for actor, sheet in room.sheets.items()}
    most = rank(view.findings, wishes)[:MOST]
    assert [row["said"] for row in listed(room)] == [
        {lang: five.words(view.findings, one, lang).said for lang in LANGUAGES} for one in most
    ]
    assert len({row["id"] for row in listed(room)}) == MOST


@pytest.mark.parametrize(("act", "part"), [("lines", "questions"), ("silos", "own"), ("silos", "bent")])
def test_nothing_is_listed_before_the_room_has_seen_its_map(played, act, part):
    assert listed(at(played, act, part)) == []


def test_what_is_picked_stands_on_the_screen_at_the_break_through_and_nowhere_else(played):
    room = at(played, "silos", "break")
    one, _, other, *_ = listed(room)
    room = said(room, "findings.picked", {"findings": [other["id"], one["id"]]})
    assert "picked" not in shown(room)[1]
    room = at(room, "breakthrough", "choose")
    view, scene = shown(room)
    assert scene["picked"] == {lang: [one["said"][lang], other["said"][lang]] for lang in LANGUAGES}
    assert "picked" not in snapshots.phones(view, scene)
    room = said(room, "findings.picked", {"findings": []})
    assert "picked" not in shown(room)[1]


def test_a_pick_outlives_a_correction_that_makes_others_weigh_more(played):
    room = at(played, "silos", "break")
    view, _ = shown(room)
    light = [one for one in rank(view.findings) if picks.key(one) not in {row["id"] for row in listed(room)}]
    assert light
    room = said(room, "findings.picked", {"findings": [picks.key(light[-1])]})
    assert len(listed(room)) == MOST + 1
    assert listed(room)[-1]["id"] == picks.key(light[-1])


def test_only_the_facilitator_picks_and_two_at_most():
    here = definition(3)
    assert validate("findings.picked", {"findings": ["a", "b", "a"]}, here, "facilitator", None) == {
        "findings": ["a", "b"]
    }
    with pytest.raises(RefusedEvent, match="at most 2"):
        validate("findings.picked", {"findings": ["a", "b", "c"]}, here, "facilitator", None)
    for wrong in (None, "a", [1], [["a"]], ["<b>"]):
        with pytest.raises(RefusedEvent):
            validate("findings.picked", {"findings": wrong}, here, "facilitator", None)
    with pytest.raises(RefusedEvent, match="Only the facilitator"):
        validate("findings.picked", {"findings": []}, here, "participant", "a")
