"""Notebook 02 and 00 from the inside: live, in the notebook's language, and without a workshop too."""

from __future__ import annotations

import asyncio
from pathlib import PurePosixPath

import pytest

from domain_helpers import payload
from workshopkit.panels import lines, prepare, watched
from workshopkit.panels.language import notebook_language
from workshopkit.store import open_store


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    for name in ("WORKSHOPKIT_DB", "WORKSHOPKIT_URL", "JPY_SESSION_NAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WORKSHOPKIT_LANG", "en")


@pytest.fixture
def store(tmp_path):
    opened = open_store(f"sqlite:///{tmp_path / 'room.db'}")
    yield opened
    opened.close()


@pytest.fixture
def workshop(store):
    return store.create_workshop(title="A try", lang="en", definition=payload(3))


def test_alone_it_is_the_demo_workshop():
    panel = lines.open_workshop()
    assert panel.alone
    assert repr(panel) == "“The front desk closes on Friday afternoon”: 12 of 12 teams ready."
    assert panel.states["lines"].sum() == 14 * 13
    assert list(panel.states.columns) == ["state", "lines"]
    assert len(panel.table) == 14 * 13
    assert set(panel.table["told"]) <= {"yes", "no"}
    assert list(panel.teams.columns) == ["actor", "domain", "hears", "is_heard"]
    assert panel.teams["hears"].sum() == panel.teams["is_heard"].sum()
    assert panel.sentences[0].endswith("told and heard directly.")


def test_the_chart_goes_by_its_mime_type():
    panel = lines.open_workshop()
    assert set(panel.figure._repr_mimebundle_()) == {"application/vnd.plotly.v1+json"}


def test_the_newest_open_workshop_is_opened_and_followed(store, workshop, monkeypatch):
    monkeypatch.setenv("WORKSHOPKIT_DB", store.url)
    panel = lines.open_workshop()
    assert not panel.alone
    widget = panel.map
    assert widget.figure["lines"] == []
    said = [
        ("p", "joined", {"actor": "a"}),
        ("p", "told", {"to": "b", "answer": "yes", "expected": "yes"}),
        ("p", "list.closed", {"list": "told"}),
    ]
    store.append_many(
        [
            {
                "id": f"e{n}",
                "workshop": workshop.id,
                "participant": who,
                "act": "lines",
                "kind": kind,
                "payload": given,
            }
            for n, (who, kind, given) in enumerate(said)
        ]
    )
    assert panel.refresh()
    assert [(line["source"], line["target"]) for line in widget.figure["lines"]] == [("a", "b")]
    assert widget.texts["rows"] == [["Team A", "Team B", "not answered yet"]]
    assert not panel.refresh()


def test_without_an_open_workshop_it_is_the_demo(store, workshop, monkeypatch):
    monkeypatch.setenv("WORKSHOPKIT_DB", store.url)
    store.close_workshop(workshop.id)
    assert lines.open_workshop().alone
    assert not lines.open_workshop(workshop.id).alone, "a closed one is opened by its id"


async def test_it_follows_by_itself(store, workshop, monkeypatch):
    monkeypatch.setattr(watched, "POLL_S", 0.0)
    panel = lines.open_workshop(workshop.id, db=store.url)
    widget = panel.map
    store.append(
        id="x", workshop=workshop.id, participant="f", act=None, kind="workshop.defined", payload=payload(4)
    )
    painted = asyncio.Event()
    widget.observe(lambda _: painted.set(), "figure")
    await asyncio.wait_for(painted.wait(), 10)
    assert len(widget.figure["nodes"]) == 4


@pytest.mark.parametrize(
    ("environ", "folder", "lang"),
    [
        ({"WORKSHOPKIT_LANG": "en"}, "notebooks/nl", "en"),
        ({"JPY_SESSION_NAME": "/home/x/notebooks/en/02-lines.ipynb"}, "/tmp", "en"),
        ({}, "/home/nl/notebooks/en", "en"),
        ({}, "/home/x", "nl"),
        ({"WORKSHOPKIT_LANG": "fr"}, "/home/x", "nl"),
    ],
)
def test_the_language_is_that_of_the_folder(environ, folder, lang):
    assert notebook_language(environ, PurePosixPath(folder)) == lang


def test_addresses_of_a_running_workshop(store, workshop):
    environ = {
        "WORKSHOPKIT_DB": store.url,
        "WORKSHOPKIT_URL": "http://192.168.1.2:8080/",
        "WORKSHOPKIT_LANG": "en",
    }
    found = prepare.open_addresses(environ)
    assert found.links["wall"] == "http://192.168.1.2:8080/wall"
    assert found.links["join"] == f"http://192.168.1.2:8080/j/{workshop.code}"
    token = found.links["cockpit"].removeprefix("http://192.168.1.2:8080/enter/")
    assert store.redeem_token(token, "enter").role == "facilitator"
    html = found._repr_mimebundle_()["text/html"]
    assert html.count("<a ") == 3
    assert 'rel="noopener"' in html


def test_without_a_workshop_the_remedy_is_told(store):
    for environ in ({}, {"WORKSHOPKIT_DB": store.url, "WORKSHOPKIT_URL": "http://x"}):
        found = prepare.open_addresses({**environ, "WORKSHOPKIT_LANG": "en"})
        assert "workshopkit demo" in repr(found)
        assert "<a" not in found._repr_mimebundle_()["text/html"]


def test_an_address_is_no_script():
    assert prepare.Addresses("en", "javascript:alert(1)", "ABCD2345", "x").links == {}
    html = prepare.Addresses("en", 'http://x/"><script>', "ABCD2345", "x").html
    assert "<script" not in html
