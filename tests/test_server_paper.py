"""Cards and their typing in, at the door of a running room."""

from __future__ import annotations

import re
import time
from urllib.parse import urlencode

import pytest

from room import running_room
from test_server_door import enter, facilitate, form_of, raw
from workshopkit.bots.client import Browser
from workshopkit.relay.content import messages
from workshopkit.relay.outcome import chain, score
from workshopkit.relay.state import Key
from workshopkit.room.fold import fold
from workshopkit.room.ride import Ride

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    with running_room(tmp_path_factory.mktemp("paper")) as running:
        yield running


async def facilitator(room):
    browser = Browser(room.local)
    path = room.enter_url().partition(str(room.port))[2]
    reply = await raw(browser, path)
    cookies = re.findall(r"(workshopkit-lead)=([^;]+)", str(reply.headers.get_list("Set-Cookie")))
    browser.cookies.update(cookies)
    return browser


async def types(browser, seat, **fields):
    form = await form_of(browser, f"/entry/{seat}")
    sent = {"_xsrf": form["_xsrf"], "seen": form["seen"], "what": "answers", **fields}
    return await raw(browser, f"/entry/{seat}", method="POST", body=urlencode(sent, doseq=True))


def now(room):
    return fold(room.store.events(room.workshop.id))


@pytest.mark.parametrize(
    "path", ["/cards", "/cards/message", "/cards/message/typed", "/entry", "/entry/front-desk"]
)
async def test_cards_are_for_who_leads(room, path):
    page = await enter(room)
    for who in (page.browser, Browser(room.local)):
        assert (await raw(who, path)).code == 403


async def test_nobody_types_for_another_team_without_leading(room):
    page = await enter(room)
    form = await form_of(page.browser, "/me")
    before = room.store.events(room.workshop.id)[-1].seq
    sent = urlencode({"_xsrf": form["_xsrf"], "what": "answers", "told": "permits", "closed": "told"})
    assert (await raw(page.browser, "/entry/information", method="POST", body=sent)).code == 403
    assert room.store.events(room.workshop.id)[-1].seq == before


async def test_every_seat_has_a_card_with_every_other_place(room):
    lead = await facilitator(room)
    text = (await raw(lead, "/cards")).body.decode()
    definition = now(room).definition
    assert text.count('class="sheet"') == 2 * len(definition.seats)
    for actor in definition.actors:
        rows = len(re.findall(rf'<th scope="row">{re.escape(actor.label)}</th>', text))
        assert rows == 2 * sum(seat.id != actor.id for seat in definition.seats)


async def test_the_message_is_played_on_paper_along_the_lines_that_are_known(room):
    lead = await facilitator(room)
    page = await enter(room, "public-space")
    facilitate(room, "act.opened", {"act": "lines"})
    await page.until(lambda state: state.get("act") == "lines")
    await page.send("heard", {"from": "care-team", "answer": "yes", "via": None})
    for name in ("told", "heard"):
        await page.send("list.closed", {"list": name})
    text = (await raw(lead, "/cards/message")).body.decode()
    room_ = now(room)
    labels = {seat.id: seat.label for seat in room_.definition.seats}
    # Rules, slips of each message, questions, and a sheet a seat.
    assert text.count('class="sheet"') == 1 + 2 + 1 + len(labels)
    for message in messages().values():
        assert message.text["nl"] in text
        assert all(text.count(fact.words["nl"]) == 3 for fact in message.plausible)
    sheets = dict(
        re.findall(
            r"<h2>([^<]+)</h2><span>Bericht onderweg op papier</span></div>(.*?)<h3>Onze", text, re.DOTALL
        )
    )
    assert re.findall(r"</span> ([^<]+)</li>", sheets[labels["care-team"]]) == [labels["public-space"]]
    assert "Er is geen lijn van jullie bekend" in sheets[labels["public-space"]]


SLIPS = {
    "start.out": "management", "facts.out.management": "1 2 3", "from.out.permits": "management",
    "round.out.permits": "1", "facts.out.permits": "21", "from.out.residents": "permits", "round.out.residents": "3",
    "right.out.residents": "1,5", "start.in": "residents",
}  # fmt: skip


async def types_slips(lead, **other):
    form = await form_of(lead, "/cards/message/typed")
    sent = {
        "_xsrf": form["_xsrf"],
        **SLIPS,
        **{name.replace("__", "."): value for name, value in other.items()},
    }
    return await raw(lead, "/cards/message/typed", method="POST", body=urlencode(sent))


async def test_what_was_played_on_paper_is_typed_in_and_is_then_the_ride(room):
    lead = await facilitator(room)
    assert (await types_slips(lead, named__out__permits="yes")).code == 200
    ride = Ride.of(now(room), time.time())
    assert ride.relay.over
    ways = [(link.seat, link.source, link.round) for link in chain(ride.relay, "out")]
    assert ways == [("management", None, 0), ("permits", "management", 1), ("residents", "permits", 3)]
    assert len(ride.relay.hand("out", "residents")) == 2
    assert score(ride.relay, "out") == [2]
    assert ride.relay.named == {Key("out", "permits")}
    assert chain(ride.relay, "in")[0].seat == "residents"
    again = (await raw(lead, "/cards/message/typed")).body.decode()
    for name, value in (("facts.out.permits", "1 2"), ("right.out.residents", "1 5")):
        assert re.search(rf'name="{re.escape(name)}"[^>]* value="{value}"', again)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"facts__out__permits": "1 9"}, "“1 9” is geen rij nummers van 1 tot 8."),
        ({"round__out__residents": "1"}, "kan het niet in ronde 1 van"),
        ({"round__out__residents": ""}, "kies in welke ronde het briefje kwam."),
        (
            {"from__out__residents": "management", "round__out__residents": "1"},
            "gaf het in ronde 1 aan twee plekken.",
        ),
        ({"start__out": ""}, "Kies waar elk van de twee berichten begon."),
        ({"right__out__permits": "1"}, "hoefde geen vragen te beantwoorden."),
        ({"facts__out__enforcement": "1"}, "kies van wie het briefje kwam."),
    ],
)
async def test_slips_that_do_not_hang_together_are_told_and_stay_in_the_form(room, changed, said):
    lead = await facilitator(room)
    before = room.store.events(room.workshop.id)[-1].seq
    reply = await types_slips(lead, **changed)
    text = reply.body.decode()
    assert reply.code == 400
    assert said in text
    assert 'value="1 2 3"' in text
    assert room.store.events(room.workshop.id)[-1].seq == before


async def test_a_card_is_stored_once_and_counts_as_the_teams_answer(room):
    lead = await facilitator(room)
    fields = {
        "told": ["permits", "residents"],
        "doubt": ["residents"],
        "heard.management": "via",
        "via.management": "press",
        "closed": ["told", "heard"],
        "wish": "management",
        "guess": "4",
        "mark.P6": "ours",
        "example.P6": "de brief van mei",
    }
    for _ in range(2):
        assert (await types(lead, "enforcement", **fields)).code == 200
    room_ = now(room)
    sheet = room_.sheet("enforcement")
    assert {id: row.expected for id, row in sheet.told.items()} == {"permits": "yes", "residents": "doubt"}
    assert (sheet.heard["management"].answer, sheet.heard["management"].via) == ("via", "press")
    assert all(edit.at for edit in sheet.edits.values()), (
        "or a phone of the team that says otherwise is not asked"
    )
    assert (sheet.ready, sheet.wish, sheet.guess, sheet.marks["P6"]) == (True, "management", 4, "ours")
    assert (room_.phones("enforcement"), room_.typed("enforcement")) == (0, True)
    said = [
        event for event in room.store.events(room.workshop.id) if event.participant == "paper-0-enforcement"
    ]
    assert len(said) == 1 + 3 + 2 + 1 + 1 + 1 + 1 + 1, (
        "joined, 3 rows, 2 lists, wish, checked, mark, example, guess"
    )
    text = (await raw(lead, "/entry/enforcement")).body.decode()
    assert 'value="de brief van mei"' in text
    assert "ingetypt" in (await raw(lead, "/entry")).body.decode()


async def test_a_form_that_was_opened_earlier_takes_nothing_back_that_a_phone_said_since(room):
    lead = await facilitator(room)
    form = await form_of(lead, "/entry/area-team")
    page = await enter(room, "area-team")
    facilitate(room, "act.opened", {"act": "lines"})
    await page.until(lambda state: state.get("act") == "lines")
    assert (await page.send("told", {"to": "permits", "answer": "yes"}))["type"] == "stored"
    kept = {name: form[name] for name in ("_xsrf", "seen")}
    sent = urlencode({**kept, "what": "answers", "told": "information", "closed": "told"})
    assert (await raw(lead, "/entry/area-team", method="POST", body=sent)).code == 200
    assert set(now(room).sheet("area-team").told) == {"permits", "information"}


async def test_what_cannot_be_stored_is_told_and_stays_in_the_form(room):
    lead = await facilitator(room)
    reply = await types(lead, "debt-support", told="permits", **{"example.P6": "x" * 200})
    text = reply.body.decode()
    assert reply.code == 400
    assert 'role="alert"' in text
    assert "x" * 200 in text
    assert 'value="permits" checked' in text
    assert "debt-support" not in now(room).sheets


async def test_an_agreement_is_written_once_and_the_other_end_answers(room):
    lead = await facilitator(room)
    form = await form_of(lead, "/entry/permits")
    sent = {
        "_xsrf": form["_xsrf"], "what": "agreement", "once": "a1", "with": "front-desk", "ours": "no",
        "if": "iets verandert", "then": "bellen", "who": "de teamleider", "when": "2027-03-01",
        "obstacle": "drukte", "instead": "mailen", "alone": "",
    }  # fmt: skip
    for _ in range(2):
        await raw(lead, "/entry/permits", method="POST", body=urlencode(sent))
    (agreement,) = now(room).sheet("permits").agreements.values()
    assert agreement.line == ("front-desk", "permits")
    assert (await types(lead, "front-desk", **{f"accept.{agreement.id}": "accepted"})).code == 200
    assert now(room).sheet("front-desk").accepts == {agreement.id: "accepted"}


async def test_taken_back_it_leaves_every_figure_and_can_be_typed_again(room):
    lead = await facilitator(room)
    await types(lead, "work-income", told="permits", closed=["told", "heard"])
    assert now(room).sheet("work-income").ready
    form = await form_of(lead, "/entry/work-income")
    sent = urlencode({"_xsrf": form["_xsrf"], "what": "withdraw"})
    assert (await raw(lead, "/entry/work-income", method="POST", body=sent)).code == 200
    assert "work-income" not in now(room).sheets
    await types(lead, "work-income", told="permits", closed=["told", "heard"])
    assert now(room).sheet("work-income").ready


@pytest.mark.parametrize("seat", ["nobody", "..", "%3Cscript%3E", "paper-0-permits"])
async def test_there_is_no_card_of_nobody(room, seat):
    lead = await facilitator(room)
    assert (await raw(lead, f"/entry/{seat}")).code == 404
