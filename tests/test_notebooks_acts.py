"""Each act in its notebook has minutes, an aim, questions, and notes for the facilitator; and prose of its own."""

from __future__ import annotations

import re

import nbformat
import pytest
from nbclient import NotebookClient

from panel_helpers import Room
from workshopkit import paths
from workshopkit.room import program

ROOT = paths.notebooks()
ACTS = {
    "00-prepare": "prepare",
    "01-case": "case",
    "03-silos": "silos",
    "04-message": "message",
    "05-breakthrough": "breakthrough",
    "06-agreements": "agreements",
}
WORDS = {"nl": ("Tijd:", "Doel:", "Voor de begeleider"), "en": ("Time:", "Aim:", "For the facilitator")}
BOTH = [(lang, name) for lang in WORDS for name in ACTS]


def prose(lang, name):
    notebook = nbformat.read(ROOT / lang / f"{name}.ipynb", as_version=4)
    return [cell for cell in notebook.cells if cell.cell_type == "markdown"]


@pytest.mark.parametrize(("lang", "name"), BOTH)
def test_an_act_begins_with_its_minutes_and_its_aim(lang, name):
    time, aim, _ = WORDS[lang]
    first = prose(lang, name)[0].source
    assert first.startswith("# ")
    assert time in first
    assert aim in first


@pytest.mark.parametrize(("lang", "name"), BOTH)
def test_every_section_asks_one_question(lang, name):
    heads = [
        line for cell in prose(lang, name) for line in cell.source.splitlines() if line.startswith("## ")
    ]
    assert len(heads) >= 3
    assert all(head.endswith("?") for head in heads)


@pytest.mark.parametrize(("lang", "name"), BOTH)
def test_the_facilitator_has_notes_that_stay_folded(lang, name):
    (notes,) = [cell for cell in prose(lang, name) if "facilitator" in cell.metadata.get("tags", ())]
    assert notes.source.startswith(f"<details><summary>{WORDS[lang][2]}</summary>\n\n- ")
    assert notes.source.endswith("\n\n</details>")


@pytest.mark.parametrize("name", ["03-silos", "04-message", "05-breakthrough", "06-agreements", "01-case"])
def test_the_minutes_are_those_of_the_program(name):
    minutes = {block.minutes["standard"] for block in program.BLOCKS if block.act == ACTS[name]}
    told = {int(number) for number in re.findall(r"\d+", prose("en", name)[0].source)}
    assert told & minutes


@pytest.mark.parametrize("name", [name for name in ACTS if name != "00-prepare"])
def test_an_act_opens_the_workshop_that_runs_also_before_anybody_answered(name, tmp_path, monkeypatch):
    room = Room(tmp_path, 4, audiences={"t": "proxy"}, domains=2)
    monkeypatch.setenv("WORKSHOPKIT_DB", room.store.url)
    monkeypatch.delenv("WORKSHOPKIT_LANG", raising=False)
    path = ROOT / "en" / f"{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert "“The desk closes”: 0 of 4 teams ready." in outputs[0].data["text/plain"]
    assert not any(output.output_type in {"stream", "error"} for output in outputs)


def test_the_addresses_are_those_of_the_workshop_that_runs(tmp_path, monkeypatch):
    room = Room(tmp_path, 4)
    monkeypatch.setenv("WORKSHOPKIT_DB", room.store.url)
    monkeypatch.setenv("WORKSHOPKIT_URL", "http://127.0.0.1:8080")
    path = ROOT / "en" / "00-prepare.ipynb"
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    states = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"].values()
    values = " ".join(str(one["state"].get("value", "")) for one in states)
    assert f"http://127.0.0.1:8080/j/{room.store.workshop(room.id).code}" in values
