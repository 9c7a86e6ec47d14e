"""Notebook 07 from the inside: the pages in their frame, the findings as a table, and files beside the notebooks."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from html.parser import HTMLParser

import pytest
from PIL import Image
from pypdf import PdfReader

from report_helpers import Afternoon, actors, whole
from test_report_html import hostile
from workshopkit.panels import report
from workshopkit.panels.report import ReportPanel
from workshopkit.report.html import render
from workshopkit.store import open_store


@pytest.fixture
def store(tmp_path):
    opened = open_store(str(tmp_path / "store" / "kit.db"))
    yield opened
    opened.close()


@pytest.fixture
def notebook(tmp_path, monkeypatch):
    """Be a notebook in its folder."""
    for name in ("WORKSHOPKIT_DB", "WORKSHOPKIT_URL", "WORKSHOPKIT_LANG", "JPY_SESSION_NAME"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "notebooks" / "nl"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def test_alone_it_is_the_report_of_the_demo(notebook):
    panel = report.open_workshop()
    assert panel.alone
    assert "komt aan" in panel.pages.html
    assert "Wat werkt" in panel.findings_table.text


def test_the_running_workshop_is_opened_and_followed(notebook, store, monkeypatch):
    afternoon = Afternoon(store, actors(6))
    monkeypatch.setenv("WORKSHOPKIT_DB", store.url)
    monkeypatch.setenv("WORKSHOPKIT_LANG", "en")
    panel = report.open_workshop()
    assert "Caution: 0 of 7 places" in panel.findings_table.text
    afternoon.answer()
    assert panel.refresh()
    assert "Strong: 7 of 7 places" in panel.findings_table.text
    assert "Strong: 7 of 7 places" in panel.pages.html


class Frame(HTMLParser):
    """Reads what a cell shows."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes = [], {}
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes.update(attributes)


def test_the_frame_holds_the_page_and_is_locked(notebook, store):
    held = whole(store)
    panel = ReportPanel(store, held.workshop.id, lang="en")
    frame = Frame(panel.pages.html)
    assert frame.tags == ["iframe"], "nothing of the page is outside the frame"
    assert frame.attributes["sandbox"] == ""
    assert frame.attributes["srcdoc"] == render(held.room, "en")
    assert panel.pages.text == repr(panel)


def test_typed_words_are_texts_in_the_table(notebook, store):
    afternoon = Afternoon(store, actors(6))
    room = hostile(store)
    panel = ReportPanel(store, afternoon.workshop.id, lang="en")
    panel.room = room
    assert "<script" not in panel.findings_table.html
    assert "&lt;/script&gt;" in panel.findings_table.html


def test_the_button_writes_beside_the_notebooks_and_says_where(notebook, store):
    held = whole(store)
    panel = ReportPanel(store, held.workshop.id, lang="nl")
    button, words = panel.saving.children
    assert words.layout.display == "none"
    button.click()
    folder = notebook.parent / f"report-{held.workshop.id[:8]}"
    assert sorted(path.name for path in folder.iterdir()) == [
        "bundle.zip",
        "report-en.html",
        "report-en.pdf",
        "report-nl.html",
        "report-nl.pdf",
    ]
    assert (folder / "report-nl.html").read_text(encoding="utf-8") == render(held.room, "nl")
    assert str(folder) in words.value
    assert words.layout.display is None
    button.click()
    assert len(list(folder.iterdir())) == 5


def test_what_cannot_be_written_is_said(notebook, store):
    panel = ReportPanel(store, whole(store).workshop.id, lang="nl")
    panel.folder.write_text("a file")
    button, words = panel.saving.children
    button.click()
    assert "kan niets worden geschreven" in words.value
    assert not panel.save()


# The form --------------------------------------------------------------------------------------------------------------


def widgets(part, kind):
    if type(part).__name__ == kind:
        yield part
    for child in getattr(part, "children", ()):
        yield from widgets(child, kind)


def filled(panel, *, foreword="", colour="", logo=b"", without=()):
    """Fill in the form and press its button; gives what it says."""
    form = panel.choosing
    (text,), (tint,), (upload,) = (widgets(form, kind) for kind in ("Textarea", "Text", "FileUpload"))
    text.value, tint.value = foreword, colour
    if logo:
        upload.value = (
            {
                "name": "x",
                "type": "",
                "size": len(logo),
                "content": memoryview(logo),
                "last_modified": dt.datetime.now(tz=dt.UTC),
            },
        )
    for box in widgets(form, "Checkbox"):
        box.value = box.tag in without
    next(one for one in widgets(form, "Button") if one.description == panel.t("Use this")).click()
    return " ".join(one.value for one in widgets(form, "HTML"))


def a_logo():
    made = io.BytesIO()
    Image.new("RGB", (60, 20), "#7a1f3d").save(made, "PNG")
    return made.getvalue()


def test_what_is_chosen_is_in_the_pages_and_in_what_is_saved(notebook):
    panel = report.open_workshop()
    said = filled(
        panel, foreword="Beste <b>lezer</b>", colour="#7a1f3d", logo=a_logo(), without=["glossary", "case"]
    )
    assert "Beste &amp;lt;b" in panel.pages.html
    assert "Zo schrijven we het verslag vanaf nu." in said
    assert panel.save()
    page = (panel.folder / "report-nl.html").read_text("utf-8")
    assert "Beste &lt;b&gt;lezer&lt;/b&gt;" in page
    assert "--brand: #7a1f3d" in page
    assert "data:image/png" in page
    assert "Bijlage: woorden" not in page
    assert "Wat we herkenden in de casus" not in page
    assert len(PdfReader(panel.folder / "report-nl.pdf").pages[0].images) == 1
    with zipfile.ZipFile(panel.folder / "bundle.zip") as archive:
        assert archive.read("workshop/report-nl.html").decode() == page


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"colour": "rood"}, "“rood”"),
        ({"colour": "#ffff00"}, "te licht"),
        ({"logo": b"GIF89a"}, "PNG"),
        ({"foreword": "x" * 4001}, "4000"),
    ],
)
def test_bad_input_is_told_and_changes_nothing(notebook, given, word):
    panel = report.open_workshop()
    before = panel.pages.html
    assert word in filled(panel, **given)
    assert panel.pages.html == before
