"""What the benchmarks make of samples, and that what they compare is the same page and a network of the given speed."""

from __future__ import annotations

import ast
import asyncio
import json
import sys
import time
from pathlib import Path

import pytest
from defusedxml import ElementTree

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
sys.path.append(str(BENCHMARKS))  # behind everything: its modules are the command's own

import environments  # noqa: E402
from environments import pinned  # noqa: E402
from plot import plot  # noqa: E402
from report import LEAN, NO_FORK, OURS, PANEL, STREAMLIT, USUAL, Ledger, Row, table  # noqa: E402
from rows import ROWS  # noqa: E402
from wire import Speed, wire  # noqa: E402

_SVG = "{http://www.w3.org/2000/svg}"
PEERS = ("streamlit", "panel", "dash")


def ledger(**values):
    """Give a ledger with one sample of ``x`` for every system."""
    found = Ledger()
    for system, value in values.items():
        found.add(
            "x",
            {"ours": OURS, "lean": LEAN, "usual": USUAL, "panel": PANEL, "without": NO_FORK}[system],
            value,
        )
    return found


def cells(text, title):
    """Give the cells of a row of a table in markdown, by their heads."""
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line]
    at = next(number for number, line in enumerate(lines) if line[0] == title)
    head = next(line for line in reversed(lines[:at]) if line[0] == "measure")
    return dict(zip(head, lines[at], strict=True))


@pytest.mark.parametrize(("value", "met"), [(0.6, "goal"), (0.61, "yes"), (1.0, "yes"), (1.01, "NO")])
def test_a_bar_is_met_up_to_its_own_value(value, met):
    found = cells(table(ledger(ours=value), [Row("a", "x", unit="s", bar=1.0, goal=0.6)]), "a")
    assert found["met"] == met
    assert found["at most"] == "1 (goal 0.6)"


def test_who_must_be_ahead_is_told_of_whom_it_is_not():
    row = Row("a", "x", unit="s", bar=6, ahead={LEAN: 3, USUAL: 15})
    assert cells(table(ledger(ours=2, lean=6, usual=30), [row]), "a")["met"] == "yes"
    assert cells(table(ledger(ours=2, lean=5.9, usual=30), [row]), "a")["met"] == f"NO: {LEAN}"
    assert cells(table(ledger(ours=2, lean=5.9, usual=29), [row]), "a")["met"] == f"NO: {LEAN}, {USUAL}"
    assert cells(table(ledger(ours=2, usual=30), [row]), "a")["met"] == "yes"  # lean was not measured
    assert cells(table(ledger(ours=7, lean=70, usual=300), [row]), "a")["met"] == "NO"


def test_another_system_stands_with_its_ratio_to_ours():
    found = cells(table(ledger(ours=0.5, lean=6, panel=0.02), [Row("a", "x", unit="s")]), "a")
    assert found[LEAN] == "6.00 (12×)"
    assert found[PANEL] == "0.020 (0.04×)"
    assert USUAL not in found  # no column without a figure


def test_without_our_own_figure_there_is_no_ratio():
    found = cells(table(ledger(lean=6), [Row("a", "x", unit="s", bar=1)]), "a")
    assert (found[LEAN], found["met"]) == ("6.00", "")


def test_a_bar_for_kernels_without_fork_shows_those_alone():
    found = cells(table(ledger(ours=1, without=9), [Row("a", "x", unit="s", bar=10, judged=NO_FORK)]), "a")
    assert (found["met"], found[NO_FORK]) == ("yes", "9.00")
    assert found.get(OURS, "–") == "–"


def test_what_only_our_room_does_has_a_table_of_its_own():
    found = ledger(ours=1, lean=2)
    found.add("y", OURS, 7)
    text = table(found, [Row("beside", "x"), Row("alone", "y"), Row("nowhere", "z")])
    beside, alone = text.split("\n\n")
    assert LEAN in beside
    assert "alone" not in beside
    assert LEAN not in alone
    assert "nowhere" not in text


def test_errors_of_all_rounds_are_added_up():
    found = Ledger()
    for errors in (0, 2, 1):
        found.add("x", OURS, errors)
    row = cells(table(found, [Row("a", "x", "sum", bar=0)]), "a")
    assert (row["met"], row[OURS], row["n"]) == ("NO", "3", "3")


def test_the_plot_has_a_mark_for_each_ratio_and_puts_more_to_the_right():
    rows = [Row("a", "x", drawn="a & b"), Row("b", "x")]
    picture = ElementTree.fromstring(plot(ledger(ours=1, lean=20, panel=0.5), rows))
    marks = [
        float(group.get("transform").split("(")[1].split()[0])
        for group in picture.iter(f"{_SVG}g")
        if group.find(f"{_SVG}title") is not None
    ]
    lean, panel = marks
    assert panel < lean
    assert plot(ledger(ours=1), rows) == ""


def test_every_row_has_a_title_of_its_own_unless_it_is_part_of_the_one_before():
    titles = [row.title for row in ROWS if not row.title.startswith("of it: ")]
    assert len(titles) == len(set(titles))
    assert {system for row in ROWS for system in row.ahead} == {LEAN, USUAL, PANEL, STREAMLIT}
    assert len(ROWS) == len({(row.title, row.measure, row.statistic) for row in ROWS})


def constants(source, names):
    """Give what a source assigns to these names."""
    return {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and node.targets[0].id in names
    }


def test_the_peers_ask_what_the_notebook_asks():
    cells_of = json.loads((BENCHMARKS / "notebooks" / "lean.ipynb").read_text(encoding="utf-8"))["cells"]
    sources = {cell["id"]: "".join(cell["source"]) for cell in cells_of}
    asked = constants(
        (BENCHMARKS / "peers" / "questions.py").read_text(encoding="utf-8"),
        {"TITLE", "TOLD", "HEARD", "TEAMS"},
    )
    assert asked["TEAMS"] == constants(sources["teams"], {"TEAMS"})["TEAMS"]
    assert asked["TITLE"] in sources["title"]
    assert asked["TOLD"] in sources["told"]
    assert asked["HEARD"] in sources["heard"]


@pytest.mark.parametrize("name", PEERS)
def test_everything_of_a_peer_is_pinned(name):
    lines = (BENCHMARKS / "peers" / f"{name}.txt").read_text(encoding="utf-8").split()
    assert lines
    assert all(line.count("==") == 1 for line in lines)
    assert pinned(name) in {line.partition("==")[2] for line in lines}


@pytest.mark.slow
async def test_a_peer_that_cannot_be_installed_says_so_and_is_tried_again(tmp_path, monkeypatch):
    (tmp_path / "nowhere.txt").write_text("nowhere==1.0\n")
    monkeypatch.setattr(environments, "FOLDER", tmp_path)
    monkeypatch.setattr(environments, "_OUT", tmp_path / "out")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(RuntimeError, match=r"nowhere==1\.0"):
        await environments.environment("nowhere")
    monkeypatch.delenv("PIP_NO_INDEX")
    (tmp_path / "nowhere.txt").write_text("")
    python = await environments.environment("nowhere")
    made = (python.parents[1] / "pyvenv.cfg").stat().st_mtime_ns
    assert await environments.environment("nowhere") == python
    assert (python.parents[1] / "pyvenv.cfg").stat().st_mtime_ns == made  # kept for the next run


async def test_a_slow_network_carries_all_and_no_faster_than_it_may():
    sent = bytes(range(256)) * 400

    async def answer(reader, writer):
        await reader.readexactly(3)
        writer.write(sent)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    speed = Speed(bits_per_s=4_000_000, round_trip_s=0.1)
    async with server, wire(url, speed) as line:
        began = time.monotonic()
        reader, writer = await asyncio.open_connection("127.0.0.1", int(line.url.rpartition(":")[2]))
        writer.write(b"ask")
        assert await reader.read() == sent
        took = time.monotonic() - began
        writer.close()
    assert (line.up, line.down) == (3, len(sent))
    # The handshake, the question, and the answer behind it.
    assert took >= 2 * speed.round_trip_s + 8 * len(sent) / speed.bits_per_s
