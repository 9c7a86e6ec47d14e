"""The two pages of the report: what stands in them, in which order, and that nothing typed becomes more than a text."""

from __future__ import annotations

import datetime as dt
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from domain_helpers import definition as small
from domain_helpers import sheet
from report_helpers import HELD, HOSTILE, Afternoon, actors, whole
from workshopkit.analysis import findings as analysis
from workshopkit.case.load import default
from workshopkit.figures import told
from workshopkit.i18n import translator
from workshopkit.network.lines import reconcile
from workshopkit.report import content
from workshopkit.report.html import day_of, render
from workshopkit.room.fold import Room
from workshopkit.store import open_store

LANGUAGES = ["nl", "en"]
VOID = {"meta", "link", "br", "img"}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    opened = open_store(f"sqlite:///{tmp_path_factory.mktemp('report') / 'kit.db'}")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def held(store):
    return whole(store)


class Outline(HTMLParser):
    """Reads a page as a browser would: its tags with attributes, its texts, and whether all is closed in order."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.texts, self.open = [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in {"style", "title", "desc"}:
            self.texts.append(data)

    @property
    def text(self):
        return " ".join("".join(self.texts).split())

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def findings_of(room):
    return analysis.find(room.definition, reconcile(room.definition, room.sheets))


def room_with(here, sheets):
    """Give a room with these sheets."""
    return Room(definition=here, sheets=sheets)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_one_says_what_it_is_about_and_what_was_found(held, lang):
    page = Outline(render(held.room, lang))
    assert page.all("html") == [{"lang": lang}]
    here = held.definition
    for text in (here.title, here.subject, here.period, here.promise, here.goal):
        assert text in page.text
    assert {"nl": "5 maart 2026", "en": "5 March 2026"}[lang] in page.text
    found = findings_of(held.room)
    guesses = [held.room.sheet(seat.id).guess for seat in here.seats]
    for said in (
        told.arrives(found, lang),
        told.bent(found, lang),
        told.against(found, guesses, lang),
        told.audiences(found, lang),
        told.circles(found, lang),
        [told.silo_long(found, lang)],
        told.walls(found, lang),
    ):
        for sentence in said:
            assert sentence in page.text
    assert page.text.count(translator(lang)(told.CAUTION)) == 7


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_five_that_matter_most_stand_on_page_one(held, lang):
    text = render(held.room, lang)
    first = Outline(text).text.partition(translator(lang)("What we agreed"))[0]
    five = content.five(held.room, findings_of(held.room), lang)
    assert 1 < len(five) <= 5
    places = [first.index(one.said) for one in five]
    assert places == sorted(places)
    assert all(number in first for one in five for number in one.numbers)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_works_comes_first_and_headings_are_in_order(held, lang):
    text = render(held.room, lang)
    levels = [int(level) for level in re.findall(r"<h([1-6])", text)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    headings = re.findall(r"<h3[^>]*>(.*?)</h3>", text.partition('id="more"')[0])
    teams = [f"<bdi>{seat.label}</bdi>" for seat in held.definition.seats]
    assert headings[: len(teams)] == teams
    headings = headings[len(teams) :]
    assert headings[0] == {"nl": "Wat werkt", "en": "What works"}[lang]
    assert len(headings) == 6


def test_page_two_has_the_agreements_that_are_not_hidden(held):
    page = Outline(render(held.room, "en"))
    assert "If a counter closes for a day, then we call the contact centre the day before." in page.text
    assert "If nobody is at the phone gets in the way, then we leave it in the shift book." in page.text
    assert "Team 0 → Team 4" in page.text
    assert "Team 5 → Team 0" in page.text, "a line towards the writer"
    assert "something rude" not in page.text
    told = page.text.split("What we agreed")[1].split("Each team")[0]
    assert [told.count(word) for word in ("✓ We do it", "Rather otherwise", "no answer yet")] == [
        1,
        1,
        1,
    ]
    # Once where all are listed, and once on the page of either team.
    assert [page.text.count(day) for day in ("1 April 2026", "24 December 2026")] == [2 * 3, 1 * 3]
    assert "In a year, without us: the night shift" in page.text


def test_every_team_reads_its_own_lines_both_ways(held):
    page, lines = render(held.room, "en"), findings_of(held.room).lines
    for number, seat in enumerate(held.definition.seats, start=1):
        part = page.partition(f'id="team-{number}"')[2].partition("</section>")[0]
        others = [one.id for one in held.definition.actors if one.id != seat.id]
        heard = sum(lines.of(other, seat.id).lived for other in others)
        reached = sum(lines.of(seat.id, other).lived for other in others)
        said = f"{reached} place hears it" if reached == 1 else f"{reached} places hear it"
        assert f"Hears directly from {heard} of 10 places. {said} directly from here." in part
        rows = re.findall(r"<tr role=\"row\"><th role=\"rowheader\"", part)
        assert len(rows) == sum(
            {lines.of(seat.id, other).state, lines.of(other, seat.id).state} != {"absent"} for other in others
        )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_two_says_how_it_was_made(held, lang):
    page = Outline(render(held.room, lang))
    counts = findings_of(held.room).summary.counts
    rows = re.findall(
        r"<tr><th scope=\"row\">([^<]*)</th><td>[^<]*</td><td>(\d+)</td></tr>", render(held.room, lang)
    )
    assert [int(count) for _, count in rows] == list(counts.values())
    assert sum(counts.values()) == 11 * 10
    assert default().credit[lang] in page.text
    assert re.search(r"workshopkit \d+\.\d+", page.text)


def test_marks_are_counts(held):
    page = render(held.room, "en")
    rows = re.findall(
        r"<tr><th scope=\"row\">[^<]*</th><td>(\d+)</td><td>(\d+)</td><td>(\d+)</td></tr>", page
    )
    assert rows
    assert {sum(map(int, row)) for row in rows} == {10}


def test_only_cards_that_were_marked_are_listed(store):
    afternoon = Afternoon(store, actors(4))
    afternoon.say("p", "joined", actor="t0")
    afternoon.say("p", "case.marked", card="P7", mark="ours")
    rows = re.findall(
        r"<tr><th scope=\"row\">([^<]*)</th><td>1</td><td>0</td><td>0</td></tr>", render(afternoon.room, "en")
    )
    assert rows == ["P7 Walking in circles"]


# How far it is covered ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("silent", "level", "said"),
    [
        (0, "strong", "Strong: 20 of 20 places on the map have answered."),
        (4, "strong", "Strong: 16 of 20"),
        (5, "patterns", "Patterns only: 15 of 20"),
        (7, "patterns", "Patterns only: 13 of 20"),
        (8, "caution", "Caution: 12 of 20"),
        (20, "caution", "Caution: 0 of 20"),
    ],
)
def test_the_badge(store, silent, level, said):
    afternoon = Afternoon(store, actors(20, 2, 0))
    quiet = [f"t{number}" for number in range(silent)]
    afternoon.answer(but=quiet)
    found = content.badge(findings_of(afternoon.room), "en")
    assert found.level == level
    assert found.said.startswith(said)
    assert [name in found.silent for name in ("Team 0", f"Team {silent - 1}")] == [bool(silent)] * 2
    assert f"badge-{level}" in render(afternoon.room, "en")


def test_who_answered_one_list_only_is_named_too():
    here = small(3)
    room = room_with(
        here, {"a": sheet("b", {}), "b": sheet("c", {}, closed=("heard",)), "c": sheet("", {}, closed=())}
    )
    badge = content.badge(findings_of(room), "en")
    assert badge.silent == "Not yet everything answered: Team B and Team C."
    assert badge.said.startswith("Patterns only: 2 of 3")


def test_a_map_on_which_nobody_has_a_voice_is_told_with_caution():
    here = small(0, {"public": "none"})
    badge = content.badge(findings_of(room_with(here, {})), "en")
    assert (badge.level, badge.said) == ("caution", "Caution: 0 of 0 places on the map have answered.")


# Rooms of every kind ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_room_in_which_nobody_answered(store, lang):
    afternoon = Afternoon(store, actors(9))
    page = Outline(render(afternoon.room, lang))
    t = translator(lang)
    for sentence in ("No agreement was made.", "No card was marked.", "Nobody has drawn a line yet."):
        assert t(sentence) in page.text
    assert t("{count} places on the map.", count=11) in page.text
    reason = t("too few teams have answered")
    assert t("This map says nothing about silos: {reason}.", reason=reason) in page.text
    assert t("Nobody has answered yet.") in page.text, "what goes round is unknown, and not nothing"
    assert "None" not in page.text
    assert "{" not in page.text


@pytest.mark.parametrize(
    ("teams", "domains", "audiences"), [(2, 0, 0), (2, 0, 1), (4, 2, 2), (14, 4, 2), (56, 4, 4)]
)
def test_rooms_of_every_size(store, teams, domains, audiences):
    afternoon = Afternoon(store, actors(teams, domains, audiences))
    afternoon.answer()
    text = render(afternoon.room, "nl")
    page = Outline(text)
    assert text.partition('id="more"')[0].count("<circle") == teams + audiences + bool(audiences)
    assert f"{teams + audiences} plekken op de kaart." in page.text


def test_everybody_answered_and_nobody_told_anybody():
    here = small(6, {"public": "proxy"}, domains=2)
    room = room_with(here, {seat.id: sheet("", {}) for seat in here.seats})
    page = Outline(render(room, "en"))
    assert "This map says nothing about silos: no lines run between the teams." in page.text
    assert "Strong: 7 of 7" in page.text


def test_the_map_stands_there_once_more_as_a_table(held):
    page = render(held.room, "en")
    table = page.partition('id="lines"')[2]
    figure_lines = len(re.findall(r'<path d="M[^"]*Q', page))
    listed = re.findall(r"<p><strong>([^<]*)</strong>: <bdi>([^<]*)</bdi></p>", table)
    assert sum(len(to.split(", ")) for _, to in listed) == figure_lines
    assert {state for state, _ in listed} <= {
        "arrives",
        "heard by way of another",
        "told, not heard",
        "heard, not named",
        "not answered yet",
    }
    assert 'href="#lines"' in page


def test_the_legend_shows_the_states_that_are_drawn(held):
    legend = re.search(r'<ul class="legend">(.*?)</ul>', render(held.room, "en"), re.DOTALL)[1]
    assert "arrives" in legend
    assert "answers are divided" not in legend
    assert legend.count("<svg") == legend.count("<li>")


# Safe ---------------------------------------------------------------------------------------------------------------

ALLOWED = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "link",
        "style",
        "body",
        "main",
        "header",
        "section",
        "div",
        "ol",
        "span",
        "br",
    ),
    *(
        "h1",
        "h2",
        "h3",
        "p",
        "a",
        "bdi",
        "strong",
        "blockquote",
        "dl",
        "dt",
        "dd",
        "ul",
        "li",
        "figure",
        "figcaption",
    ),
    *("table", "thead", "tbody", "tr", "th", "td"),
    *("svg", "desc", "path", "rect", "circle", "text", "tspan"),
}


def hostile(store):
    """Hold a workshop in which every text that can be typed is a trap."""
    given = actors(8, 2, 2, label=lambda number: f"{HOSTILE[number]} {number}"[:80])
    given.update(title=HOSTILE[0], subject=HOSTILE[1], period=HOSTILE[3], promise=HOSTILE[7], goal=HOSTILE[5])
    given["domains"] = [{"id": f"d{number}", "label": HOSTILE[number]} for number in range(2)]
    afternoon = Afternoon(store, {**given, "title": "plain"})  # the store's own title takes no half emoji
    afternoon.lead("workshop.defined", **given)
    afternoon.answer()
    afternoon.recognise()
    for number, text in enumerate(HOSTILE[:7]):
        texts = dict.fromkeys(("if", "then", "who", "obstacle", "instead", "alone"), text)
        afternoon.agree(f"t{number}", f"t{number + 1}", texts=texts, answer="accepted")
    return afternoon.room


@pytest.mark.parametrize("lang", LANGUAGES)
def test_hostile_words_stay_words(store, lang):
    text = render(hostile(store), lang)
    text.encode()
    page = Outline(text)
    assert {tag for tag, _ in page.tags} <= ALLOWED
    names = {name for _, attributes in page.tags for name in attributes}
    assert not [name for name in names if name.startswith("on")]
    assert "\x00" not in text
    assert "<script>alert(1)</script>" in page.text
    assert page.text.count("{{ 7 * 7 }}") >= 6, "no template within the template"


def test_it_asks_nothing_of_anybody(held):
    text = render(held.room, "nl")
    page = Outline(text)
    policy = next(
        one["content"] for one in page.all("meta") if one.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none';")
    links = [
        value
        for _, attributes in page.tags
        for name, value in attributes.items()
        if name in {"href", "src", "srcset", "action"}
    ]
    assert all(link.startswith(("#", "data:")) for link in links)
    assert not re.search(r"@import|url\((?!#)", text)
    assert set(re.findall(r"https?://[^\s\"<]*", text)) <= {"http://www.w3.org/2000/svg"}
    assert "<script" not in text


def test_ids_are_there_once(held):
    page = Outline(render(held.room, "nl"))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    named = {
        one
        for _, attributes in page.tags
        for name in ("aria-labelledby", "aria-describedby")
        for one in attributes.get(name, "").split()
    }
    assert named <= set(ids)


# Small things -------------------------------------------------------------------------------------------------------


def test_the_day_is_that_of_the_last_act_or_today(held):
    assert day_of(held.room) == dt.datetime.fromtimestamp(HELD).astimezone().date() == dt.date(2026, 3, 5)
    before = dt.datetime.now().astimezone().date()
    assert before <= day_of(Room()) <= dt.datetime.now().astimezone().date()


def test_the_same_room_gives_the_same_page(held):
    assert render(held.room, "nl") == render(held.room, "nl")


def test_every_finding_says_from_which_card_it_comes(held):
    found = content.findings(held.room, findings_of(held.room), "nl")
    assert {one.id: one.card and one.card.id for one in found if one.id != "arrives"} == {
        "bent": "P6",
        "against": "P4",
        "audiences": "P6",
        "circles": "P7",
        "walls": "C10",
    }
    assert "Casus: P7 Rondjes lopen" in Outline(render(held.room, "nl")).text
