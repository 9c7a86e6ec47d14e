"""The notebooks: twins in two languages, short cells, no outputs, and every one of them runs."""

from __future__ import annotations

import json
import re

import nbformat
import pytest
from nbclient import NotebookClient

from workshopkit import paths

ROOT = paths.notebooks()
DUTCH = sorted((ROOT / "nl").glob("*.ipynb"))
BOTH = sorted(ROOT.glob("*/*.ipynb"))
NAMES = [f"{path.parent.name}/{path.stem}" for path in BOTH]


def read(path):
    return nbformat.read(path, as_version=4)


def test_there_are_notebooks():
    assert {"00-prepare.ipynb", "02-lines.ipynb"} <= {path.name for path in DUTCH}


def test_both_languages_have_the_same_notebooks():
    names = [{path.name for path in (ROOT / lang).glob("*.ipynb")} for lang in ("nl", "en")]
    assert names[0] == names[1]


@pytest.mark.parametrize("path", DUTCH, ids=lambda path: path.stem)
def test_twins_have_the_same_cells_and_code(path):
    twin = read(ROOT / "en" / path.name)
    mine = read(path)
    assert [(cell.id, cell.cell_type) for cell in mine.cells] == [
        (cell.id, cell.cell_type) for cell in twin.cells
    ]
    for one, other in zip(mine.cells, twin.cells, strict=True):
        if one.cell_type == "code":
            assert one.source == other.source
        else:
            assert one.source != other.source, f"{one.id} was not translated"


@pytest.mark.parametrize("path", BOTH, ids=NAMES)
def test_cells_are_short_and_without_outputs(path):
    notebook = read(path)
    nbformat.validate(notebook)
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
    for before, cell in zip([None, *notebook.cells], notebook.cells, strict=False):
        if cell.cell_type != "code":
            continue
        assert 1 <= len([line for line in cell.source.splitlines() if line.strip()]) <= 4, cell.id
        assert cell.outputs == []
        assert cell.execution_count is None
        assert before is not None, "a sentence comes first"
        assert before.cell_type == "markdown", cell.id


@pytest.mark.parametrize("path", BOTH, ids=NAMES)
def test_links_to_other_notebooks_lead_somewhere(path):
    for cell in read(path).cells:
        for target in re.findall(r"\]\(([^)#]+\.ipynb)\)", cell.source):
            assert (path.parent / target).is_file()


@pytest.mark.parametrize("path", BOTH, ids=NAMES)
def test_prose_is_plain(path):
    text = "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    assert "!" not in text
    if path.parent.name == "nl":
        assert not re.search(r"\b(u|men|cirkel|opgave|GDPR)\b", text)


@pytest.mark.parametrize("path", BOTH, ids=NAMES)
def test_every_notebook_runs(path, monkeypatch):
    for name in ("WORKSHOPKIT_DB", "WORKSHOPKIT_URL", "WORKSHOPKIT_LANG"):
        monkeypatch.delenv(name, raising=False)
    notebook = read(path)
    client = NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    )
    client.execute()
    outputs = {cell.id: cell.outputs for cell in notebook.cells if cell.cell_type == "code"}
    assert all(outputs.values()), "every cell shows something"
    assert not any(
        output.output_type in {"stream", "error"} for found in outputs.values() for output in found
    )
    state = notebook.metadata.pop("widgets", {})
    assert len(nbformat.writes(notebook)) < 300_000, "no script in the outputs"
    assert len(json.dumps(state)) < 450_000, "a widget brings its own code, and a figure what it draws"


def test_notebook_02_shows_a_widget_a_table_and_a_chart(monkeypatch):
    monkeypatch.delenv("WORKSHOPKIT_DB", raising=False)
    path = ROOT / "en" / "02-lines.ipynb"
    notebook = read(path)
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    kinds = {
        kind
        for cell in notebook.cells
        if cell.cell_type == "code"
        for out in cell.outputs
        for kind in out.data
    }
    assert {
        "application/vnd.jupyter.widget-view+json",
        "application/vnd.plotly.v1+json",
        "text/html",
    } <= kinds
