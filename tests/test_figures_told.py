"""What is said beside the figures of what others spoke for."""

from __future__ import annotations

import pytest

from domain_helpers import Events, definition, payload
from workshopkit.figures import told
from workshopkit.i18n import translator
from workshopkit.room.events import EVIDENCE
from workshopkit.room.fold import fold

HERE = definition(3, {"public": "proxy", "press": "own", "world": "none"})


def test_it_is_told_for_whom_others_spoke_and_on_what_that_rests():
    every = dict.fromkeys(("public", "press", "world"), ("calls", "feeling"))
    assert told.spoken_for(HERE, every, "en") == [
        "Public: somebody else speaks for them, by phone calls and a feeling."
    ]
    assert told.spoken_for(HERE, {"public": ()}, "nl") == ["Public: een ander spreekt voor hen."]
    assert told.spoken_for(HERE, {}, "en") == []


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_kind_of_evidence_has_words(lang):
    (said,) = told.spoken_for(HERE, {"public": EVIDENCE}, lang)
    assert all(translator(lang)(name) in said for name in told.EVIDENCE_NAMES.values())
    assert len(said.split()) <= 15


def test_a_room_knows_it_once_a_list_is_closed():
    events = Events()
    events("f", "workshop.defined", payload(3, {"public": "proxy", "press": "own"}))
    for who, seat in (("p", "public"), ("q", "a")):
        events(who, "joined", actor=seat)
    events("p", "heard", **{"from": "a"}, answer="yes")
    assert fold(events.all).evidence() == {}
    events("p", "list.closed", list="heard")
    events("q", "list.closed", list="told")
    assert fold(events.all).evidence() == {"public": ()}
    events("p", "evidence", of=["figures"])
    assert fold(events.all).evidence() == {"public": ("figures",)}
