"""The break-through on paper, at the door of a running room: sheets to print, and their typing in."""

from __future__ import annotations

import html
import re
from urllib.parse import urlencode

import pytest

from room import running_room
from test_server_door import enter, facilitate, form_of, raw
from test_server_paper import facilitator, now
from workshopkit.bots.client import Browser
from workshopkit.panels import demo
from workshopkit.room.tables import Bench, proposed

pytestmark = pytest.mark.slow
PAGES = ["/cards/breakthrough", "/cards/breakthrough/typed", "/cards/breakthrough/permits"]


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    with running_room(tmp_path_factory.mktemp("tables")) as running:
        demo.fill(running.store, running.workshop.id, now(running).definition)
        yield running


async def types(lead, seat, **fields):
    path = f"/cards/breakthrough/{seat}"
    text = (await raw(lead, path)).body.decode()
    cards = {name: html.unescape(key) for name, key in re.findall(r'name="(card\.\d)" value="([^"]+)"', text)}
    form = await form_of(lead, path)
    sent = {
        "_xsrf": form["_xsrf"],
        **cards,
        **{name.replace("_", "."): str(value) for name, value in fields.items()},
    }
    return await raw(lead, path, method="POST", body=urlencode(sent))


@pytest.mark.parametrize("path", PAGES)
async def test_sheets_are_for_who_leads(room, path):
    page = await enter(room)
    for who in (page.browser, Browser(room.local)):
        assert (await raw(who, path)).code == 403


async def test_a_sheet_has_the_cards_that_the_kit_proposes_with_their_prices(room):
    lead = await facilitator(room)
    text = html.unescape((await raw(lead, "/cards/breakthrough")).body.decode())
    definition, cards = now(room).definition, proposed(now(room))
    assert len(cards) == 6
    assert text.count('class="sheet"') == 1 + len(definition.seats)
    rows = re.findall(r'<th scope="row">(\d)\. [^<]+</th><td>(\d+)</td>', text)
    assert rows == [(str(number), str(step.hours)) for number, step in enumerate(cards, 1)] * len(
        definition.seats
    )


async def test_before_it_is_open_nothing_can_be_typed_in(room):
    lead = await facilitator(room)
    if now(room).mending is None:
        assert "nog niet open" in (await raw(lead, "/cards/breakthrough/typed")).body.decode()
        reply = await raw(lead, "/cards/breakthrough/permits")
        assert (reply.code, reply.headers["Location"]) == (302, "/cards/breakthrough/typed")


async def test_a_typed_sheet_is_a_table_like_any_other(room):
    facilitate(room, "act.opened", {"act": "breakthrough", "part": "choose"})
    lead = await facilitator(room)
    said = await types(lead, "permits", plan_1="yes", dots_1="4", dots_2="2", kind_7="small", source_7="permits",
                       end_7="actor.management", plan_7="yes")  # fmt: skip
    assert said.code == 200
    bench = Bench.of(now(room))
    table = bench.tables["permits"]
    own, first = table.plan.own[0], bench.proposed[0]
    assert (own.kind, own.source, own.target) == ("small", "permits", "management")
    assert set(table.plan.chosen) == {first, own}
    text = said.body.decode()
    assert f"Opgeslagen: {table.spent} van de 20 uur in de maand, 6 stippen." in text
    # The dots are seen as soon as every table is done; those with a phone have given none yet.
    assert now(room).mending.dots.counted(["permits"]) == {first: 4, bench.proposed[1]: 2}
    seq = now(room).seq
    again = await types(lead, "permits", plan_1="yes", dots_1="4", dots_2="2", kind_7="small", source_7="permits",
                        end_7="actor.management", plan_7="yes")  # fmt: skip
    assert (again.code, now(room).seq) == (200, seq)
    assert "ingetypt" in (await raw(lead, "/cards/breakthrough/typed")).body.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"dots_1": "4"}, "4 stippen is geen 3 voor iedereen"),
        ({"dots_1": "veel"}, "“veel” is geen aantal stippen"),
        ({f"plan_{number}": "yes" for number in range(1, 7)}, "haal eerst iets weg"),
        ({"plan_7": "yes"}, "Bij kaart 7 staat nog geen stap"),
        ({"kind_7": "add", "source_7": "permits", "end_7": "domain.back"}, "Kaart 7 gaat van de ene plek"),
        ({"kind_8": "channel", "source_8": "permits", "end_8": "actor.management"}, "naar een heel domein"),
        ({"kind_8": "campaign"}, "Kaart 8 gaat naar alle doelgroepen"),
        ({"card_1": "nonsense"}, "Dit antwoord"),
    ],
)
async def test_what_cannot_be_is_said_in_a_sentence_and_nothing_is_stored(room, fields, said):
    facilitate(room, "act.opened", {"act": "breakthrough", "part": "choose"})
    lead, seq = await facilitator(room), now(room).seq
    reply = await types(lead, "information", **fields)
    assert reply.code == 400
    assert said in html.unescape(reply.body.decode())
    assert now(room).seq == seq


async def test_there_is_no_sheet_of_nobody(room):
    facilitate(room, "act.opened", {"act": "breakthrough", "part": "choose"})
    assert (await raw(await facilitator(room), "/cards/breakthrough/nobody")).code == 404
