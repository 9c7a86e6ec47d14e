"""The acts in notebooks, from the inside: the case, the reveal, a message on its way, and the agreements."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from dataclasses import replace

import pytest

from panel_helpers import TYPED, Room, demo, tags
from workshopkit.figures import told
from workshopkit.panels import watched
from workshopkit.panels.agreements import AgreementsPanel
from workshopkit.panels.case import CasePanel, card_html
from workshopkit.panels.game import Game
from workshopkit.panels.message import MessagePanel
from workshopkit.panels.numbers.page import GROUPS
from workshopkit.panels.silos import SilosPanel
from workshopkit.panels.watched import Watched
from workshopkit.relay.content import messages

FORM = {
    "with": "b",
    "ours": True,
    "if": "it rains",
    "then": "call",
    "who": "the desk",
    "obstacle": "a full line",
    "instead": "mail",
    "alone": "the desk",
    "when": (dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=3)).isoformat(),
}


async def test_a_panel_follows_the_room(tmp_path, monkeypatch):
    monkeypatch.setattr(watched, "POLL_S", 0.0)
    room = Room(tmp_path, 3)
    panel = room.panel(Watched)
    assert repr(panel) == "“The desk closes”: 0 of 3 teams ready."
    came = asyncio.Event()
    panel.observe(lambda _: came.set(), "seq")
    following = asyncio.create_task(panel.follow())
    room.say("a", "told", to="b", answer="yes", expected="yes")
    await asyncio.wait_for(came.wait(), 20)
    following.cancel()
    assert "b" in panel.room.sheet("a").told


def test_findings_are_computed_anew_only_when_a_line_has_changed(tmp_path):
    room = Room(tmp_path, 3)
    room.answer("a", told="b")
    panel = room.panel(Watched)
    before = panel.findings
    room.say("a", "guessed", tenths=4)
    assert panel.refresh()
    assert panel.findings is before
    room.answer("b", heard="a")
    panel.refresh()
    assert panel.findings.net.lived == (("a", "b"),)
    assert panel.drawing is panel.drawing


def test_the_seven_cards_are_leafed_through():
    panel = demo(CasePanel)
    seen = [panel.card.id]
    for _ in range(9):
        panel.go(1)
        seen.append(panel.card.id)
    assert seen == ["P4", "P6", "P7", "P8", "P12", "C5", "C10", "C10", "C10", "C10"]
    panel.go(-99)
    assert panel.at == 0
    html = card_html(panel.card, "nl")
    assert "Het gebeurt tussen mensen" in html
    assert tags(html) == {"article", "p", "h2"}


def test_marks_are_counted_a_card(tmp_path):
    room = Room(tmp_path, 3)
    panel = room.panel(CasePanel)
    assert panel.marks.text == "The room has not marked a card yet."
    room.say("a", "case.marked", card="P4", mark="ours")
    room.say("b", "case.marked", card="P4", mark="not_ours")
    room.say("b", "case.marked", card="P4", mark="ours")
    panel.refresh()
    assert panel.counts("P4") == {"ours": 2, "not_ours": 0, "unknown": 0}
    assert panel.marks.text.splitlines()[1].endswith(" | 2 | 0 | 0")


def test_the_reveal_says_what_the_big_screen_says():
    panel = demo(SilosPanel)
    findings = panel.findings
    guesses = [panel.room.sheet(seat.id).guess for seat in panel.definition.seats]
    expected = [
        told.arrives(findings, "en"),
        told.drawn(findings, "en"),
        told.bent(findings, "en"),
        told.against(findings, guesses, "en"),
        told.audiences(findings, "en"),
        told.circles(findings, "en"),
        [*told.silo(findings, "en"), *told.walls(findings, "en")],
    ]
    for sentences in expected:
        assert panel.said()[: len(sentences)] == sentences
        panel.go(1)
    assert panel.step == "walls"


def test_lines_are_drawn_straight_and_then_as_they_run():
    panel = demo(SilosPanel)
    panel.go(1)
    drawn, scene = panel.picture(), panel.scene()
    assert panel.figure() is None
    count = panel.findings.summary.believed
    # Two paths a line, itself and its end, and as many for each entry of the legend.
    assert drawn.count("<path") == 2 * (count + 1)
    panel.go(1)
    bent = panel.picture()
    used = {line["outcome"] for line in scene["map"]["lines"]}
    assert bent.count("<path") == 2 * (count + len(used))
    assert "did not arrive this time" in bent
    turned = re.findall(r'd="M[^"]*Q[^"]*"[^>]*stroke="#2458ab"', bent)
    assert len(turned) == sum(panel.findings.detours.via.values())


def test_the_guesses_are_drawn_with_the_outcome_marked():
    panel = demo(SilosPanel)
    panel.go(3)
    guesses = [panel.room.sheet(seat.id).guess for seat in panel.definition.seats]
    heights = re.findall(r"<text[^>]*>(\d+)</text>", panel.picture())
    assert sum(int(one) for one in heights) == len(guesses) + sum(range(11))


def test_everybody_walks_once():
    panel = demo(SilosPanel)
    rows = [line.split(" | ") for line in panel.pairs.text.splitlines()[1:]]
    names = [name for row in rows for name in row[0].split(" · ")]
    assert sorted(names) == sorted(seat.label for seat in panel.definition.seats)
    assert all(row[3] in {"agreed", "later", "the map is not right"} for row in rows)


def test_a_walk_that_has_not_ended_has_no_end(tmp_path):
    room = Room(tmp_path, 2)
    room.answer("a", told="b")
    room.answer("b")
    assert room.panel(SilosPanel).pairs.text.splitlines()[1:] == [
        "Team A · Team B | Team A → Team B | told, not heard | –"
    ]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_figure_opens_to_its_formula(lang):
    panel = demo(SilosPanel, lang)
    shown = panel.numbers
    every = [one for group in GROUPS for one in group.figures]
    offered = [one for one in every if one.shown(panel.findings)]
    assert shown.html.count("<details") == len(offered) == shown.html.count("workshopkit.")
    figures = {one.name: one.value(panel.findings, panel.t) for one in offered}
    assert figures["E–I index"] == panel.findings.silos.ei
    assert figures["Hierarchy"] == panel.findings.circles.order.hierarchy
    head = shown.text.splitlines()[1]
    assert head == ("Wie heeft geantwoord: 1" if lang == "nl" else "Who has answered: 1")


def test_what_computes_a_figure_exists():
    import importlib

    for one in (one for group in GROUPS for one in group.figures):
        parts = one.where.split(".")
        found = importlib.import_module(f"workshopkit.{parts[0]}.{parts[1]}")
        for part in parts[2:]:
            found = getattr(found, part)


def test_figures_of_an_empty_map_are_undefined(tmp_path):
    panel = Room(tmp_path, 3).panel(SilosPanel)
    every = [one for group in GROUPS for one in group.figures]
    figures = {one.name: one.value(panel.findings, panel.t) for one in every if one.shown(panel.findings)}
    assert figures["E–I index"] is None
    assert figures["Lines that run straight"] is None
    assert figures["Who has answered"] == 0
    assert "nothing to tell" in panel.domains.text
    assert "somebody speaks for" in panel.chances.text
    assert panel.reveal is not None


def test_a_message_rides_and_starts_anew():
    panel = demo(MessagePanel)
    assert panel.happened() == ["Choose who begins, and send the message."]
    panel.next_round()
    assert panel.ride is None, "nothing was sent yet"
    panel.send("management")
    first = panel.seed
    while not panel.over:
        panel.next_round()
    assert 0 < panel.ride.rounds <= 5
    rounds = panel.ride.rounds
    panel.next_round()
    assert panel.ride.rounds == rounds, "it is over"
    panel.send("management")
    assert panel.seed == first + 1, "the next message has other luck"
    assert panel.ride.rounds == 0
    panel.send("residents")
    assert panel.seed == first + 1


def test_what_was_thought_goes_as_many_rounds():
    panel = demo(MessagePanel)
    panel.send("residents")
    panel.next_round()
    panel.next_round()
    assert panel.thought.rounds == panel.ride.rounds == 2
    head, thought, arrives = panel.counts().text.splitlines()
    assert head == "After 2 rounds | teams | audiences"
    assert thought.startswith("This is how we think it runs | ")
    assert arrives.endswith("of\u00a012 | 0\u00a0of\u00a01"), "the residents began it"


def test_this_ride_falls_among_two_hundred():
    panel = demo(MessagePanel)
    assert panel.beside() == ["Send the message first, and play a round."]
    panel.send()
    panel.next_round()
    fewer, same, more = map(int, re.findall(r"\d+", panel.beside()[1])[1:])
    assert fewer + same + more == 200
    bars = [int(one) for one in re.findall(r"<text[^>]*>(\d+)</text>", panel.spread())]
    assert sum(bars) == 200 + sum(range(14)), "what the bars count, and their numbers"
    assert panel.many is panel.many
    for row in panel.audiences().text.splitlines()[1:]:
        _, five, in_all, _ = row.split(" | ")
        assert int(five) <= int(in_all) <= 200


def test_the_map_shows_in_which_round_it_came():
    panel = demo(MessagePanel)
    panel.send("management")
    panel.next_round()
    inside = re.findall(r'font-weight="700"[^>]*>(\d)</text>', panel.map())
    assert sorted(map(int, inside)) == sorted(panel.ride.got.values())


def test_agreements_are_listed_with_what_the_other_end_says(tmp_path):
    room = Room(tmp_path, 3)
    panel = room.panel(AgreementsPanel)
    assert panel.agreements.text == "There are no agreements yet."
    room.say("a", "agreement.written", **FORM, cites=["C10", "P15"], step="channel")
    room.say("b", "agreement.answered", agreement="e1", answer="other")
    panel.refresh()
    row = panel.agreements.text.splitlines()[1].split(" | ")
    assert row[0] == "Team A → Team B"
    assert row[2] == (
        "If it rains, then we call. That way it comes directly from Team A to Team B. "
        "If a full line gets in the way, then we mail."
    )
    assert row[5] == "Rather otherwise"
    assert row[6] == "A shared channel"
    assert row[7] == "C10 “At least as much elbow grease”; P15 And you?"
    room.store.append(
        id="hide", workshop=room.id, participant="f", act=None, kind="agreement.hidden",
        payload={"agreement": "e1", "hidden": True},
    )  # fmt: skip
    panel.refresh()
    assert panel.shown == ()


def test_a_learner_makes_an_agreement_as_a_phone_does():
    panel = demo(AgreementsPanel)
    given = {**FORM, "with": "permits"}
    before = len(panel.shown)
    assert not panel.make("front-desk", {**given, "who": " "})
    assert panel.said == "Say who does it: a role, no name of a person."
    assert not panel.make("front-desk", {**given, "alone": " "})
    assert panel.said == "Say who can do this in a year without us: “nobody yet” is an answer too."
    assert not panel.make("front-desk", {**given, "step": "magic"})
    assert panel.said == "There is no step “magic”. Choose one from the list."
    assert not panel.make("front-desk", {**given, "with": "front-desk"})
    assert not panel.make("front-desk", {**given, "when": ""})
    assert not panel.make("front-desk", {**given, "cites": ["P99"]})
    assert panel.said == "The case has no passage “P99”. Choose another one."
    assert len(panel.shown) == before
    for _ in range(3):
        assert panel.make("front-desk", given)
        assert panel.said.startswith("Permits says:")
    assert not panel.make("front-desk", given), "three are enough"
    mine = [one for one in panel.shown if one.writer == "front-desk"]
    assert len(mine) == 3
    assert all(one.answer in {"accepted", "other"} for one in mine)
    assert all(one.line == ("front-desk", "permits") for one in mine)


def test_in_a_room_agreements_are_made_on_phones(tmp_path):
    panel = Room(tmp_path, 3).panel(AgreementsPanel)
    assert not panel.make("a", FORM)
    assert "on their phones" in panel.said
    assert "on their phones" in panel.form.value


def test_what_was_typed_becomes_no_tag(tmp_path):
    room = Room(tmp_path, 3, audiences={"t": "proxy"}, label=TYPED)
    room.say("a", "agreement.written", **{**FORM, "if": TYPED, "alone": TYPED})
    room.answer("a", told="bt")
    for seat in "bt":
        room.answer(seat, heard="a")
    agreements, silos, message = (room.panel(kind) for kind in (AgreementsPanel, SilosPanel, MessagePanel))
    message.send("a")
    message.next_round()
    silos.go(1)
    pieces = [
        agreements.agreements,
        agreements.without_us,
        silos.pairs,
        silos.places,
        silos.chances,
        message.audiences(),
    ]
    for piece in pieces:
        assert "<img" not in piece.html
        assert TYPED in piece.text
        assert "img" not in tags(piece.html)
    for picture in (message.map(), silos.picture()):
        assert "<img" not in picture


def test_alone_one_plays_one_place_and_the_kit_all_others():
    game = Game(*(getattr(demo(MessagePanel), name) for name in ("definition", "net", "t")))
    assert "the kit plays all others" in game.said()[0]
    assert not game.do("told", facts=["o1"])
    game.start("management")
    assert not game.do("told", facts=["nothing"])
    assert game.do("told", facts=["o1", "o6"])
    assert not game.do("told", facts=["o2"]), "it is fixed"
    assert game.do("passed", channel="newsletter", to=None)
    many = len(game.free("out"))
    game.next_round()
    assert len(game.relay.holders("out")) == 1, "a newsletter is late"
    assert game.said()[-1] == f"{many} newsletters are on their way."
    game.next_round()
    assert len(game.relay.holders("out")) == many + 1, "and reaches many"
    assert not game.free("out")
    while not game.relay.over:
        game.next_round()
    assert "facts" in game.said()[1]
    first, _ = game.became().text.split(messages()["in"].title["en"])
    rows = first.splitlines()
    assert sum(row.endswith("| lost") for row in rows) >= 4, "what was not told on is nowhere"


def _play_on(game, *, tells=("o1", "o2", "i1", "i2")):
    """Do what is asked until the game is over; gives what was asked, in order."""
    done = []
    while not game.relay.over:
        name, message = game.task
        if name == "wait":
            game.next_round()
            continue
        done.append(name)
        first = next(iter(game.free(message)), None)
        fact = game.question(message)
        data = {
            "tell": ("told", {"facts": [one for one in tells if one in messages()[message].by_id]}),
            "pass": ("passed", {"to": first, "channel": "corridor"}),
            "bet": ("bet", {"place": next(one for one in game.seats if one != game.seat)}),
            "answer": ("answered", {"fact": fact.id if fact else None, "option": 0}),
            "guess": ("guessed", {"count": 2}),
        }
        kind, given = data[name]
        assert game.do(kind, message, **given), "what is asked can be done"
    return done


def test_alone_one_also_bets_answers_and_guesses():
    panel = demo(MessagePanel)
    asked = {}
    for seat in (one.id for one in panel.definition.seats):
        game = Game(panel.definition, panel.net, panel.t)
        game.start(seat)
        asked[seat] = _play_on(game)
        assert asked[seat].count("answer") in {0, 5}
        assert ("guess" in asked[seat]) == ("answer" not in asked[seat])
    every = {name for names in asked.values() for name in names}
    assert every == {"tell", "pass", "bet", "answer", "guess"}


def test_a_newsletter_of_the_last_round_comes_too_late():
    game = Game(*(getattr(demo(MessagePanel), name) for name in ("definition", "net", "t")))
    game.start("management")
    star = frozenset(("management", other) for other in game.seats if other != "management")
    game.relay = replace(game.relay, setting=replace(game.relay.setting, lines=star))
    assert game.do("told", facts=["o1"])
    while game.relay.phase < 5:
        game.next_round()
    assert game.do("passed", channel="newsletter", to=None)
    late = len(game.free("out"))
    while not game.relay.over:
        game.next_round()
    assert sum(not game.relay.received(one) for one in game.relay.sent) == late
    assert any("too late" in said for said in game.said())


def test_another_game_has_other_luck_and_begins_where_one_wants():
    game = Game(*(getattr(demo(MessagePanel), name) for name in ("definition", "net", "t")))
    game.start("management")
    first = game.relay.setting.seed
    game.start("front-desk")
    assert game.relay.holders("out") == ["front-desk"]
    assert game.relay.setting.seed != first


def test_the_game_is_played_with_its_controls():
    panel = demo(MessagePanel)
    view = panel.game
    texts = [widget.value for widget in _all(view) if type(widget).__name__ == "HTML"]
    assert "the kit plays all others" in texts[0]
    buttons = {widget.description: widget for widget in _all(view) if type(widget).__name__ == "Button"}
    assert buttons["Next round"].disabled
    buttons["Begin"].click()
    clicked = set()
    while any(not button.disabled for button in _seen_buttons(view)):
        shown = _seen_buttons(view)
        for box in _all(view):
            if type(box).__name__ == "Checkbox":
                box.value = True
        first = next(
            (one for one in shown if one.description not in {"Begin", "Next round"}), buttons["Next round"]
        )
        if first.disabled:
            break
        clicked.add(first.description)
        first.click()
    assert clicked >= {"This is how we tell it", "Pass it on", "Next round"}
    assert clicked & {"Answer", "Guess"}
    html = [widget.value for widget in _all(view) if type(widget).__name__ == "HTML"]
    assert "In the game, “" in html[0]


def _seen_buttons(widget):
    """Give the buttons that a person has before it."""
    if widget.layout.display == "none":
        return []
    if type(widget).__name__ == "Button":
        return [widget]
    return [one for child in getattr(widget, "children", ()) for one in _seen_buttons(child)]


def _all(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from _all(child)
