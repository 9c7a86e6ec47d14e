"""The few lines of pandas in notebook 03 give the same numbers as the kit."""

from __future__ import annotations

import ast

import nbformat
import pytest

from panel_helpers import Room, demo
from workshopkit import paths
from workshopkit.figures.words import state_name
from workshopkit.panels.silos import SilosPanel


def ran(panel):
    """Run the pandas cells as a kernel does: by cell, what it shows."""
    notebook = nbformat.read(paths.notebooks() / "nl" / "03-silos.ipynb", as_version=4)
    here, shown = {"workshop": panel}, {}
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.id.startswith("pandas"):
            *first, last = ast.parse(cell.source).body
            exec(compile(ast.Module(first, []), cell.id, "exec"), here)  # noqa: S102 - our own notebook
            shown[cell.id.removesuffix("-cell")] = eval(  # noqa: S307 - as above
                compile(ast.Expression(last.value), cell.id, "eval"), here
            )
    return here, shown


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_pandas_and_the_kit_agree(lang):
    panel = demo(SilosPanel, lang)
    here, shown = ran(panel)
    found = panel.findings
    counted = shown["pandas-states"]["lines"].to_dict()
    for state in ("confirmed", "heard_via", "sent_not_heard", "heard_not_claimed"):
        assert counted[state_name(state, lang)] == found.summary.counts[state]
    share = here["drawn"]["heard"].eq("yes").mean()
    assert share == pytest.approx(found.detours.straight / found.summary.believed)
    assert shown["pandas-arrival"]["share"]["yes"] == round(share, 2)
    assert here["outward"].mean() == pytest.approx(found.silos.ei)
    assert shown["pandas-ei"]["E–I"]["mean"] == round(found.silos.ei, 2)
    loads = here["loads"].set_index("actor")["load"]
    rows = [row.split(" | ") for row in panel.places.text.splitlines()[1:]]
    assert {row[0]: int(row[3]) for row in rows} == loads.to_dict()


def test_the_cells_also_run_before_anybody_answered(tmp_path):
    _, shown = ran(Room(tmp_path, 4, audiences={"t": "proxy"}, domains=2).panel(SilosPanel))
    assert shown["pandas-states"].empty


def test_a_line_heard_of_a_sender_that_has_not_answered_counts(tmp_path):
    room = Room(tmp_path, 4, domains=2)  # a and c in one domain, b and d in the other
    for seat, heard in (("a", "bc"), ("b", "d"), ("c", "a")):
        room.answer(seat, heard=heard)
    panel = room.panel(SilosPanel)
    here, _ = ran(panel)
    assert panel.findings.silos.lines == len(here["ends"]) == 4, (
        "d has not answered, and b heard it all the same"
    )
    assert here["outward"].mean() == pytest.approx(panel.findings.silos.ei)
