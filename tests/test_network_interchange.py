"""Maps in the formats of other programs: what goes out comes back, and what others write is read."""

from __future__ import annotations

import io
import json
import unicodedata
import zipfile

import networkx as nx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from map_helpers import patient
from report_helpers import Afternoon, actors
from workshopkit.cli import main
from workshopkit.network.files import books, csvs, writing
from workshopkit.network.files.reading import read, tables
from workshopkit.network.files.tables import Tables
from workshopkit.network.lines import reconcile_statements
from workshopkit.panels.report import ReportPanel
from workshopkit.report import tables as report_tables
from workshopkit.report.bundle import bundle
from workshopkit.room.fold import fold
from workshopkit.store import open_store

KINDS = sorted(books.WRITERS)


def what(found):
    """Give all that a map says, without where it stood."""
    return (
        [(one.id, one.label, one.kind, one.domain, one.voice) for one in found.definition.actors],
        found.said,
        found.certain,
        found.delays,
        found.weights,
        found.capacities,
    )


def texts(found):
    return [note.text("en") for note in found.warnings]


# There and back ------------------------------------------------------------------------------------------------------

_NAMES = st.one_of(
    st.sampled_from(
        [
            "a",
            "B",
            "Balie",
            "balie",
            "=1+1",
            "'=x",
            "-2",
            "@b",
            "+c",
            "x;y",
            "x|y",
            "1",
            "é",
            "☎ 👩‍👧",
            '<&">',
        ]
    ),
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Cn")),
        min_size=1,
        max_size=8,
    ).map(lambda name: unicodedata.normalize("NFC", name)),
)
_NUMBERS = st.one_of(st.just(""), st.sampled_from(["0", "1", "2.5", "1000000", "0.125"]))


@st.composite
def maps(draw):
    """Give tables as they may be written: with places alone, both sides, several voices, ways and numbers."""
    names = draw(st.lists(_NAMES, min_size=2, max_size=6, unique=True))
    sided = draw(st.booleans())
    lines = []
    for _ in range(draw(st.integers(0, 8))):
        source, target = draw(st.permutations(names))[:2]
        row = {"source": source, "target": target, "weight": draw(_NUMBERS), "delay_days": draw(_NUMBERS)}
        row["channel"] = draw(st.sampled_from(["", "mail", "=phone"]))
        if sided:
            row["perspective"] = draw(st.sampled_from(["sender", "receiver", "observer"]))
            row["reporter"] = draw(st.sampled_from(["", "r1", "r2"]))
            row["arrives"] = draw(st.sampled_from(["", "yes", "partly", "no"]))
            row["expected"] = draw(st.sampled_from(["", "yes", "doubt"]))
            ways = [name for name in (*names, "press") if name not in {source, target} and ";" not in name]
            row["via"] = (
                ";".join(draw(st.lists(st.sampled_from(ways), max_size=2, unique=True))) if ways else ""
            )
        lines.append(row)
    places = [
        {
            "actor": name,
            "label": draw(st.sampled_from(["", name, "A label", "=label"])),
            "group": draw(st.sampled_from(["", "Zorg", "-Geld"])),
            "kind": draw(st.sampled_from(["team", "role", "audience"])),
            "voice": draw(st.sampled_from(["", "own", "proxy", "none"])),
            "capacity": draw(_NUMBERS),
        }
        for name in draw(st.lists(st.sampled_from(names), unique=True))
    ]
    return Tables.of(lines, places, sided=sided)


@pytest.mark.parametrize("kind", KINDS)
@given(made=maps())
@settings(patient, max_examples=40)
def test_what_is_written_is_read_again(kind, made):
    lines, places = csvs.write(made)
    expected = read(lines, places)
    found = read(books.WRITERS[kind](made))
    assert what(found) == what(expected)
    again, _ = tables(books.WRITERS[kind](made))
    assert [*again.edges()] == [*made.edges()]


# What others write ---------------------------------------------------------------------------------------------------

HERE = {"a": "Balie", "b": "Gebiedsteam", "c": "Bestuur"}


def graph(kind):
    made = kind()
    for id, label in HERE.items():
        made.add_node(id, label=label, group="Zorg" if id == "a" else "Geld")
    made.add_edge("a", "b", weight=2.5, channel="mail")
    made.add_node("alone")
    return made


def in_graphml(made):
    return "\n".join(nx.generate_graphml(made)).encode()


def in_gexf(made):
    return "\n".join(nx.generate_gexf(made)).encode()


def in_json(made):
    return json.dumps(nx.node_link_data(made, edges="links")).encode()


@pytest.mark.parametrize("write", [in_graphml, in_gexf, in_json])
@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        (nx.DiGraph, {("a", "b")}),
        (nx.MultiDiGraph, {("a", "b")}),
        (nx.Graph, {("a", "b"), ("b", "a")}),
    ],
)
def test_what_networkx_writes_is_read(write, kind, lines):
    found = read(write(graph(kind)))
    assert set(found.said.heard) == lines
    assert found.weights == dict.fromkeys(lines, 2.5)
    assert {one.id: one.label for one in found.definition.actors} == {**HERE, "alone": "alone"}
    assert found.definition.actor("a").domain == "Zorg"


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), max_size=10))
@settings(patient, max_examples=30)
def test_random_graphs_of_networkx_are_the_same_in_every_format(edges):
    made = nx.DiGraph()
    made.add_nodes_from("abcd")
    made.add_edges_from(edges)
    for write in (in_graphml, in_gexf, in_json):
        found = read(write(made))
        assert set(found.said.heard) == {(a, b) for a, b in edges if a != b}
        assert [one.id for one in found.definition.actors] == list("abcd")


def test_networkx_reads_what_we_write():
    made = Tables.of([{"source": "a", "target": "b", "weight": "2"}], [{"actor": "a", "group": "Zorg"}])
    for again in (
        nx.parse_graphml(books.WRITERS["graphml"](made).decode()),
        nx.node_link_graph(json.loads(books.WRITERS["json"](made)), edges="edges"),
    ):
        assert [*again.edges()] == [("a", "b")]
        assert again.nodes["a"]["group"] == "Zorg"


GEPHI = """<?xml version='1.0' encoding='UTF-8'?>
<gexf xmlns="http://{space}" xmlns:viz="http://{space}/viz" version="{version}">
  <meta lastmodifieddate="2026-01-12"><creator>Gephi 0.10.1</creator><description></description></meta>
  <graph mode="static"{usual}>
    <attributes class="node" mode="static">
      <attribute id="group" title="Group" type="string"><default>Geld</default></attribute>
      <attribute id="modularity_class" title="Modularity Class" type="integer"/>
    </attributes>
    <attributes class="edge" mode="static"><attribute id="0" title="delay_days" type="float"/></attributes>
    <nodes>
      <node id="0" label="Balie">
        <attvalues><attvalue for="group" value="Zorg"/><attvalue for="modularity_class" value="3"/></attvalues>
        <viz:size value="10.0"/><viz:position x="-4.5" y="2.25" z="0.0"/><viz:color r="192" g="192" b="192"/>
      </node>
      <node id="1" label="Bestuur"/>
      <node id="2" label="Alleen"/>
    </nodes>
    <edges>
      <edge source="0" target="1"{direction} weight="3.0">
        <attvalues><attvalue for="0" value="1.5"/></attvalues><viz:thickness value="2"/>
      </edge>
    </edges>
  </graph>
</gexf>"""


@pytest.mark.parametrize(("space", "version"), [("www.gexf.net/1.2draft", "1.2"), ("gexf.net/1.3", "1.3")])
@pytest.mark.parametrize(
    ("usual", "direction", "both"),
    [
        ("", "", True),
        (' defaultedgetype="undirected"', "", True),
        (' defaultedgetype="directed"', "", False),
        (' defaultedgetype="directed"', ' type="mutual"', True),
        (' defaultedgetype="undirected"', ' type="directed"', False),
    ],
)
def test_what_gephi_writes_is_read(space, version, usual, direction, both):
    content = GEPHI.format(space=space, version=version, usual=usual, direction=direction)
    found = read(content.encode())
    lines = {("0", "1"), ("1", "0")} if both else {("0", "1")}
    assert set(found.said.heard) == lines
    assert (found.weights, found.delays) == (dict.fromkeys(lines, 3.0), dict.fromkeys(lines, 1.5))
    assert [(one.id, one.label, one.domain) for one in found.definition.actors] == [
        ("0", "Balie", "Zorg"),
        ("1", "Bestuur", "Geld"),
        ("2", "Alleen", "Geld"),
    ]
    (warning,) = texts(found)
    assert "modularity class" in warning


def test_yed_keeps_its_labels_in_the_drawing():
    found = read(
        b'<graphml xmlns:y="http://www.yworks.com/xml/graphml"><key id="d6" for="node" yfiles.type="nodegraphics"/>'
        b'<graph edgedefault="directed"><node id="n0"><data key="d6"><y:ShapeNode><y:NodeLabel>Balie</y:NodeLabel>'
        b'</y:ShapeNode></data></node><node id="n1"/><edge id="e0" source="n0" target="n1"/></graph></graphml>'
    )
    assert [one.label for one in found.definition.actors] == ["Balie", "n1"]
    assert set(found.said.heard) == {("n0", "n1")}


ELEMENTS = [
    ("Label", "Type", "Tags", "Description"),
    ("Balie", "Team", "Zorg|loket", "the desk"),
    ("Bewoners", "Audience", "", ""),
    ("Bestuur", "Board", "", ""),
]
CONNECTIONS = [
    ("From", "To", "Direction", "Type", "Label"),
    ("Balie", "bewoners", "directed", "mail", "tells"),
    ("Balie", "Bestuur", "mutual", "", ""),
    ("Bestuur", "Bewoners", "", "", ""),
]


def kumu_lines(found):
    assert set(found.said.heard) == {
        ("Balie", "Bewoners"),
        ("Balie", "Bestuur"),
        ("Bestuur", "Balie"),
        ("Bestuur", "Bewoners"),
        ("Bewoners", "Bestuur"),
    }


def test_kumus_workbook():
    out = io.BytesIO()
    book = openpyxl.Workbook()
    for title, rows in (("Elements", ELEMENTS), ("Connections", CONNECTIONS)):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(out)
    found = read(out.getvalue())
    kumu_lines(found)
    assert [(one.id, one.kind, one.domain) for one in found.definition.actors] == [
        ("Balie", "team", "Zorg"),
        ("Bewoners", "audience", None),
        ("Bestuur", "team", "Board"),
    ]
    assert texts(found) == []


def test_kumus_json_and_its_table_of_connections():
    names = [name.lower() for name in CONNECTIONS[0]]
    content = {
        "elements": [{"label": label, "type": kind} for label, kind, *_ in ELEMENTS[1:]],
        "connections": [dict(zip(names, row, strict=True)) for row in CONNECTIONS[1:]],
    }
    kumu_lines(read(json.dumps(content).encode()))
    table = "\n".join(",".join(row) for row in CONNECTIONS).replace("bewoners", "Bewoners")
    kumu_lines(read(table.encode()))


# The workshop's own files --------------------------------------------------------------------------------------------


@pytest.fixture
def held(tmp_path):
    """Hold a workshop with answers of both sides, a way, and a team that named nobody."""
    store = open_store(str(tmp_path / "kit.db"))
    afternoon = Afternoon(store, actors(6))
    for team in ("t0", "t1", "t2"):
        afternoon.say(team, "joined", actor=team)
    afternoon.say("t0", "told", to="t1", answer="yes", expected="doubt")
    afternoon.say("t1", "heard", **{"from": "t0"}, answer="via", via="press")
    afternoon.say("t1", "heard", **{"from": "t2"}, answer="partly", via=None)
    for team in ("t0", "t1", "t2"):
        for side in ("told", "heard"):
            afternoon.say(team, "list.closed", list=side)
    yield afternoon
    store.close()


def states(found):
    ids = [actor.id for actor in found.definition.actors]
    return {(line.source, line.target): line.state for line in reconcile_statements(ids, found.said)}


def test_every_file_of_a_workshop_says_the_same(held):
    packed = bundle(held.store, held.workshop.id, "en")
    expected = read(packed)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        lines, places, drawing = (
            archive.read(f"workshop/{name}") for name in ("lines.csv", "actors.csv", "map.json")
        )
    assert what(expected) == what(read(lines, places))
    assert states(read(drawing)) == states(expected)
    room = fold(held.store.events(held.workshop.id))
    for kind in KINDS:
        assert what(read(books.WRITERS[kind](report_tables.both(room)))) == what(expected), kind


@pytest.mark.parametrize("ending", writing.ENDINGS)
def test_convert_there_and_back(tmp_path, capsys, ending):
    (tmp_path / "in.csv").write_text("source,target,weight\na,=b,2\n", encoding="utf-8")
    out = tmp_path / f"out{ending}"
    with pytest.raises(SystemExit) as done:
        main(["--lang", "en", "convert", str(tmp_path / "in.csv"), str(out)])
    assert (done.value.code, str(out) in capsys.readouterr().out) == (0, True)
    found = read(out)
    assert (found.weights, [one.id for one in found.definition.actors]) == ({("a", "=b"): 2.0}, ["a", "=b"])


def test_convert_says_which_endings_there_are(tmp_path, capsys):
    (tmp_path / "in.csv").write_text("source,target\na,b\n", encoding="utf-8")
    with pytest.raises(SystemExit) as done:
        main(["--lang", "nl", "convert", str(tmp_path / "in.csv"), str(tmp_path / "out.pdf")])
    assert done.value.code == 2
    assert ".csv, .kumu.xlsx, .xlsx, .graphml, .gexf, .json" in capsys.readouterr().err


def test_a_notebook_writes_the_map(held, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    panel = ReportPanel(held.store, held.workshop.id, lang="nl")
    for ending in writing.ENDINGS:
        assert panel.save_map(ending)
        assert f"map{ending}" in panel.map_said
    assert states(read(panel.folder / "map.gexf")) == states(read(panel.folder / "map.xlsx"))
    monkeypatch.setattr(ReportPanel, "folder", tmp_path / "kit.db" / "under a file")
    assert not panel.save_map(".json")
    assert "kan niets" in panel.map_said


def test_cells_that_look_like_formulas_are_text_in_a_workbook():
    content = books.WRITERS["xlsx"](Tables.of([{"source": '=HYPERLINK("x")', "target": "+1"}], []))
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = book["Lines"]["A2"], book["Lines"]["B2"]
    assert [(cell.data_type, cell.value, cell.quotePrefix) for cell in cells] == [
        ("s", '=HYPERLINK("x")', True),
        ("s", "+1", True),
    ]
