"""The report on paper: what a program that reads PDF finds in it, and that no text breaks it."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from fontTools.ttLib import TTFont
from PIL import Image
from pypdf import PdfReader

from report_helpers import HOSTILE, Afternoon, actors, whole
from test_report_html import hostile
from workshopkit.errors import UsageError
from workshopkit.i18n import translator
from workshopkit.report import html, pdf, pdf_paper
from workshopkit.report.options import PARTS, Options
from workshopkit.store import open_store

HEADS = {
    "map": "How it runs",
    "five": "What matters most",
    "agreements": "What we agreed",
    "teams": "Each team",
    "message": "A message on its way: in the game",
    "plan": "What we mend first",
    "case": "What we recognised in the case",
    "method": "How this came about",
    "findings": "Annex: all that was found",
    "formulas": "Annex: how what matters most was computed",
    "lines": "Annex: the lines as a table",
    "figures": "Annex: more figures",
    "glossary": "Annex: words",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    opened = open_store(f"sqlite:///{tmp_path_factory.mktemp('pdf') / 'kit.db'}")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def held(store):
    found = whole(store)
    found.ride()
    found.mend()
    found.open("report", "close")
    return found


@pytest.fixture(scope="module")
def papers(held):
    return {lang: PdfReader(io.BytesIO(pdf.render(held.room, lang))) for lang in ("nl", "en")}


def text_of(paper):
    return " ".join(" ".join(page.extract_text() for page in paper.pages).split())


def bookmarks(paper, given=None):
    for one in paper.outline if given is None else given:
        yield from bookmarks(paper, one) if isinstance(one, list) else [one.title]


def read(room, options, lang="en"):
    return PdfReader(io.BytesIO(pdf.render(room, lang, options)))


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_it_tells_its_language_title_and_day(papers, held, lang):
    paper = papers[lang]
    assert paper.root_object["/Lang"] == {"nl": "nl", "en": "en-GB"}[lang]
    assert paper.metadata.title == held.definition.title
    assert paper.metadata.creation_date == dt.datetime(2026, 3, 5, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_headings_are_bookmarks_in_the_order_of_the_parts(papers, held, lang):
    t, found = translator(lang), list(bookmarks(papers[lang]))
    heads = [t(HEADS[part]) for part in PARTS]
    assert [one for one in found if one in heads] == heads
    for seat in held.definition.seats:
        assert seat.label in found


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_its_text_can_be_searched_and_says_what_the_page_says(papers, held, lang):
    text, told = text_of(papers[lang]), html.values(held.room, lang)
    for one in told["five"]:
        assert one.said in text
    for one in told["findings"]:
        for sentence in one.said:
            assert sentence in text
    for one in told["agreements"]:
        assert one["plan"].split(",")[0] in text
    for one in told["states"]:
        assert one["name"] in text
    assert "→" in text
    assert "something rude" not in text


def test_the_director_reads_two_pages_and_every_team_has_its_own(papers, held):
    paper = papers["en"]
    pages = [" ".join(page.extract_text().split()) for page in paper.pages]
    assert "How it runs" in pages[0]
    assert "What we agreed" in pages[1]
    for number, seat in enumerate(held.definition.seats, start=2):
        assert f"{seat.label} Hears directly from" in pages[number]
        assert pages[number].count("Hears directly from") == 1


@pytest.mark.parametrize(("lang", "case"), [("nl", "Casus:"), ("en", "Case:")])
def test_what_matters_most_is_broken_between_the_pages_nowhere_but_between_two(papers, lang, case):
    texts = [page.extract_text().strip() for page in papers[lang].pages]
    assert any(case in text for text in texts)
    assert not any(text.startswith(case) for text in texts)


def test_a_team_reads_on_which_line_an_agreement_is_and_what_the_other_end_says(papers):
    text = " ".join(papers["en"].pages[2].extract_text().split())
    assert "Team 0 → Team 4: If a counter closes for a day" in text
    assert "Team 5 → Team 0: If a counter closes for a day" in text
    assert "We do it" in text
    assert "Rather otherwise" in text


def test_figures_are_drawn_and_have_a_text_of_their_own(papers):
    labels = papers["en"].pages[0].extract_text()
    assert all(f"Team {number}" in labels for number in range(9))
    texts = list(alternatives(papers["en"].root_object["/StructTreeRoot"], set()))
    assert any("places on the map" in text for text in texts)
    assert len(texts) > len(html._ANNEX) // 2


def alternatives(node, seen):
    """Give the texts that stand for pictures, out of the tree that a reading program walks."""
    one = node.get_object()
    if not hasattr(one, "get") or id(one) in seen:
        return
    seen.add(id(one))
    if "/Alt" in one:
        yield str(one["/Alt"])
    children = one.get("/K")
    children = children.get_object() if hasattr(children, "get_object") else children
    for child in children if isinstance(children, list) else [children]:
        if hasattr(child, "get_object"):
            yield from alternatives(child, seen)


def test_it_asks_nothing_of_anybody(papers):
    for paper in papers.values():
        for page in paper.pages:
            for link in page.get("/Annots") or ():
                assert "/URI" not in str(link.get_object())
        assert "/OpenAction" not in paper.root_object or "JavaScript" not in str(
            paper.root_object["/OpenAction"]
        )


def test_the_same_workshop_gives_the_same_bytes(held):
    assert pdf.render(held.room, "nl") == pdf.render(held.room, "nl")


@pytest.mark.parametrize("name", ["DejaVuSansCondensed.ttf", "DejaVuSansCondensed-Bold.ttf"])
def test_the_letters_show_all_that_dutch_and_we_write(name):
    known = TTFont(pdf_paper._FONTS / name).getBestCmap()
    for sign in "áàäâéèëêíìïîóòöôúùüûçñÁÉËÏÖÜĳĲ→–…“”‘’·✓≤≥€×½\N{REPLACEMENT CHARACTER}":
        assert ord(sign) in known, sign


# Left out and added -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", PARTS)
def test_every_part_can_be_left_out(held, part):
    options = Options.checked(without=[part])
    found = list(bookmarks(read(held.room, options)))
    assert [head for name, head in HEADS.items() if head not in found] == [HEADS[part]]
    page = html.render(held.room, "en", options)
    assert f">{HEADS[part]}</h2>" in html.render(held.room, "en")
    assert f">{HEADS[part]}</h2>" not in page


def test_a_foreword_a_logo_and_a_colour_are_added(held):
    picture = io.BytesIO()
    Image.new("RGB", (60, 20), "#7a1f3d").save(picture, "PNG")
    options = Options.checked(
        foreword="Beste lezer,\n\n<b>tot straks</b>", colour="#7a1f3d", logo=picture.getvalue()
    )
    paper = read(held.room, options)
    assert "Foreword Beste lezer, <b>tot straks</b>" in text_of(paper)
    assert len(paper.pages[0].images) == 1
    assert "0.4784 0.1216 0.2392 rg" in paper.pages[0].get_contents().get_data().decode("latin-1").replace(
        "478431", "4784"
    ).replace("121569", "1216").replace("239216", "2392")
    page = html.render(held.room, "en", options)
    assert "&lt;b&gt;tot straks&lt;/b&gt;" in page
    assert "--brand: #7a1f3d" in page
    assert '<img class="logo" src="data:image/png;base64,' in page


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"without": ["maps"]}, "“maps”"),
        ({"colour": "red"}, "“red”"),
        ({"colour": "#eeeeee"}, "too light"),
        ({"logo": b"GIF89a"}, "PNG"),
        ({"logo": b"\x89PNG\r\n\x1a\nno more"}, "PNG"),
        ({"logo": b"\xff\xd8\xff" + bytes(600_000)}, "500 kB"),
        ({"foreword": "x" * 4001}, "4000"),
    ],
)
def test_what_cannot_be_is_said_with_the_remedy(given, word):
    with pytest.raises(UsageError) as fault:
        Options.checked(**given)
    assert word in fault.value.text("en")


# Rooms of every kind ------------------------------------------------------------------------------------------------


def test_a_room_in_which_nobody_answered(store):
    paper = read(Afternoon(store, actors(4, 2, 1)).room, Options())
    text = text_of(paper)
    assert "Nobody has answered yet." in text
    assert "No agreement was made." in text


@pytest.mark.parametrize(("teams", "domains", "audiences"), [(2, 0, 0), (14, 4, 2), (40, 4, 4)])
def test_rooms_of_every_size(store, teams, domains, audiences):
    afternoon = Afternoon(store, actors(teams, domains, audiences))
    afternoon.answer()
    assert len(read(afternoon.room, Options()).pages) > teams


def test_no_text_breaks_it(store):
    paper = read(hostile(store), Options.checked(foreword="\n".join(HOSTILE)))
    text = text_of(paper)
    assert "<script>" in text
    assert "{{ 7 * 7 }}" in text
