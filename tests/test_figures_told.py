"""What is said beside the figures of what others spoke for."""

from __future__ import annotations

import pytest

from domain_helpers import Events, definition, payload, sheet
from workshopkit.analysis import findings
from workshopkit.figures import told
from workshopkit.i18n import LANGUAGES, translator
from workshopkit.network.actors import Definition
from workshopkit.network.lines import reconcile
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


def ring(domains, answered=None):
    """Give what is found where each team hears the one before it, as far as it answered; its domain by its place."""
    teams = "abcdefghijkl"[: len(domains)]
    here = Definition.read(
        {
            **payload(len(domains)),
            "actors": [{"id": one, "domain": its} for one, its in zip(teams, domains, strict=True)],
            "domains": [{"id": one} for one in sorted({one for one in domains if one})],
        }
    )
    sheets = {
        one: sheet("", {teams[place - 1]: "yes"})
        for place, one in enumerate(teams)
        if answered is None or one in answered
    }
    return findings.find(here, reconcile(here, sheets))


SILENT_ON_SILOS = {
    "no_groups": (ring([None] * 6), "the teams have no domains"),
    "one_group": (ring(["x"] * 6), "there is one domain only"),
    "own_groups": (ring(list("uvwxyz")), "no domain has two teams"),
    "too_few_relabellings": (ring(list("xxxxyyyy")), "there are too few teams to compare with chance"),
    "coverage": (ring(list("xxxxxyyyyy"), "abcdefg"), "too few teams have answered"),
    "no_lines": (ring(["x", None, "y", None, "x", None]), "no lines run between the teams"),
}


@pytest.mark.parametrize("reason", SILENT_ON_SILOS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_verdict_on_silos_the_reason_is_told_and_no_number(reason, lang):
    found, why = SILENT_ON_SILOS[reason]
    t = translator(lang)
    assert (found.silos.reason, found.silos.verdict, found.silos.band) == (reason, None, None)
    said = [t("This map says nothing about silos: {reason}.", reason=t(why))]
    assert told.silo(found, lang) == said
    assert told.silo_long(found, lang) == said[0]
    assert not any(letter.isdigit() for letter in said[0])


def test_eighty_per_cent_of_the_receivers_and_a_hundred_relabellings_are_enough():
    assert ring(list("xxxxxyyyyy"), "abcdefgh").silos.verdict == "as_chance"
