"""Notebook 07 from the inside: the pages in their frame, the findings as a table, and files beside the notebooks."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

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
        "report-nl.html",
    ]
    assert (folder / "report-nl.html").read_text(encoding="utf-8") == render(held.room, "nl")
    assert str(folder) in words.value
    assert words.layout.display is None
    button.click()
    assert len(list(folder.iterdir())) == 3


def test_what_cannot_be_written_is_said(notebook, store):
    panel = ReportPanel(store, whole(store).workshop.id, lang="nl")
    panel.folder.write_text("a file")
    button, words = panel.saving.children
    button.click()
    assert "kan niets worden geschreven" in words.value
    assert not panel.save()
