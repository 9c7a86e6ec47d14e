"""A map from files: every rule by hand, odd files, whatever comes, and the bundle's own tables."""

from __future__ import annotations

import doctest
import importlib
import io
import json
import pkgutil
import zipfile
from itertools import permutations

import networkx as nx
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import workshopkit
import workshopkit.network.files
from map_helpers import patient
from report_helpers import HOSTILE, Afternoon, actors, whole
from test_report_bundle import stored
from test_report_settled import HISTORIES
from workshopkit import paths
from workshopkit.network.files.notes import MOST_SHOWN, BadFiles
from workshopkit.network.files.reading import read
from workshopkit.network.lines import reconcile_statements
from workshopkit.report import analysing
from workshopkit.report.bundle import SEED, bundle
from workshopkit.store import open_store

MODULES = [
    importlib.import_module(f"workshopkit.network.files.{found.name}")
    for found in pkgutil.iter_modules(workshopkit.network.files.__path__)
]
THREE = """source,target,perspective,reporter,arrives,via
A,B,sender,,,
A,C,sender,,,
C,A,sender,,,
B,A,sender,,no,
A,B,receiver,,yes,
A,C,receiver,,,B
B,C,receiver,,,
C,B,receiver,,ja,
B,A,receiver,,no,
"""
HEAD = "source,target,perspective,reporter,arrives,via,channel\n"


def states(lines, actors=None, **options):
    """Give the state of every line by its two letters."""
    found = read(lines.encode(), actors and actors.encode(), **options)
    ids = [actor.id for actor in found.definition.actors]
    return {line.source + line.target: line for line in reconcile_statements(ids, found.said).every()}


def said(lines, actors=None, **options):
    return [note.text("en") for note in read(lines.encode(), actors and actors.encode(), **options).warnings]


def faults(lines, actors=None):
    with pytest.raises(BadFiles) as caught:
        read(
            lines.encode() if isinstance(lines, str) else lines,
            actors.encode() if isinstance(actors, str) else actors,
        )
    texts = [caught.value.text(lang) for lang in ("nl", "en")]
    assert texts[0] != texts[1]
    assert not any("\n" in text or text.startswith("{") for text in texts)
    return texts[1].removeprefix("No map can be made of this. ").removesuffix(".").split("; ")


# The cases of the contract, as files ---------------------------------------------------------------------------------


def test_three_actors():
    found = workshopkit.analyse(THREE.encode())
    assert found["states"] == {
        "confirmed": 1,
        "heard_via": 1,
        "sent_not_heard": 1,
        "heard_not_claimed": 2,
        "absent": 1,
        "divided": 0,
        "unanswered": 0,
    }
    assert (found["lines"], found["believed"], found["coverage"], found["warnings"]) == (3, 3, 1.0, [])
    assert found["detours"] == {
        "straight": 1,
        "via": {"1": 1},
        "heard_via_unknown": 0,
        "did_not_arrive": 1,
        "unknown": 0,
    }
    assert found["arrival"]["reachable_pairs"] == 4
    circles = found["circles"]
    assert (round(circles["hierarchy"], 4), circles["connectedness"], circles["efficiency"]) == (
        0.6667,
        1.0,
        0.75,
    )


def test_silence():
    """C answers as a sender only; as a receiver it is silent."""
    rows = [row for row in THREE.splitlines(keepends=True) if not row.startswith(("A,C,rec", "B,C,rec"))]
    found = workshopkit.analyse("".join(rows).encode())
    lines = states("".join(rows))
    assert {pair for pair, line in lines.items() if line.state == "unanswered"} == {"AC", "BC"}
    assert (lines["CA"].state, found["detours"]["unknown"], found["detours"]["did_not_arrive"]) == (
        "sent_not_heard",
        1,
        1,
    )
    assert (found["coverage"], found["silent"]) == (2 / 3, ["C"])


@pytest.mark.parametrize(("more", "expected"), [("", [["A", "B", "C"]]), ("D,T\n", [])])
def test_a_closed_circle_and_its_exit(more, expected):
    lines = f"source,target\nA,B\nB,C\nC,A\nC,D\n{more}"
    found = workshopkit.analyse(lines.encode(), b"actor,kind\nT,audience\n")
    assert found["circles"]["closed_circles"] == expected


# How rows are read ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "told", "heard"),
    [
        ("A,B,sender,,,", "yes", "silent"),
        ("A,B,sender,,yes,", "yes", "silent"),
        ("A,B,SENDER,,deels,", "yes", "silent"),
        ("A,B,zender,,no,", "no", "silent"),
        ("A,B,receiver,,,", "silent", "yes"),
        ("A,B,receiver,,Partly,", "silent", "yes"),
        ("A,B,ontvanger,,Nee,", "silent", "no"),
        ("A,B,receiver,,,press", "silent", "via"),
        ("A,B,receiver,,,wandelgangen", "silent", "via"),
        ("A,B,observer,,,", "silent", "silent"),
    ],
)
def test_one_row(row, told, heard):
    line = states(f"{HEAD}{row}\n")["AB"]
    assert (line.told.verdict, line.heard.verdict) == (told, heard)


def test_partly_is_half():
    assert states(f"{HEAD}A,B,receiver,,partly,\n")["AB"].heard.strength == 0.5


def test_a_side_has_spoken_with_one_row():
    lines = states(f"{HEAD}A,B,sender,,,\nB,C,receiver,,,\n")
    assert (lines["AC"].told.verdict, lines["AC"].heard.verdict) == ("no", "no")
    assert (lines["BA"].told.silent, lines["BA"].heard.silent) == (True, True)


def test_several_respondents():
    lines = states(f"{HEAD}A,B,receiver,p1,yes,\nA,B,receiver,p2,no,\nA,C,receiver,p1,,\nB,C,receiver,p2,,\n")
    assert (lines["AB"].heard.verdict, lines["AB"].heard.answers) == ("divided", 2)
    assert lines["AC"].heard.verdict == "divided"  # p2 has spoken, and did not name A
    own = states(f"{HEAD}A,B,receiver,p1,yes,\nA,B,receiver,B,no,\nA,B,receiver,,yes,\n")["AB"].heard
    assert (own.verdict, own.answers) == ("yes", 2)


def test_the_latest_counts_and_over_channels_the_best():
    assert states(f"{HEAD}A,B,receiver,,yes,\nA,B,receiver,,no,\n")["AB"].heard.verdict == "no"
    assert states(f"{HEAD}A,B,receiver,,no,\nA,B,receiver,,yes,\n")["AB"].heard.verdict == "yes"
    channels = f"{HEAD}A,B,receiver,,yes,,mail\nA,B,receiver,,no,,phone\n"
    assert (states(channels)["AB"].heard.verdict, said(channels)) == ("yes", [])
    assert states(f"{HEAD}A,B,receiver,,,press,mail\nA,B,receiver,,no,,phone\n")["AB"].heard.verdict == "via"
    later = f"{HEAD}A,B,receiver,,yes,,mail\nA,B,receiver,,no,,mail\nA,B,receiver,,partly,,phone\n"
    assert states(later)["AB"].heard.strength == 0.5
    assert said(later) == [
        "lines, line 3: a line that was there before was merged with it; the last row counts"
    ]


def test_naming_a_way_is_naming_it():
    lines = states(f"{HEAD}A,C,receiver,,,X; Y\n")
    assert (lines["AC"].via, lines["YC"].heard.verdict, lines["XC"].heard.verdict) == (("Y",), "yes", "no")
    assert states(f"{HEAD}A,C,receiver,,,Y\nY,C,receiver,,,press\n")["YC"].heard.verdict == "via"
    over = states(f"{HEAD}A,C,receiver,,,Y,mail\nA,C,receiver,,yes,,phone\n")
    assert (over["AC"].lived, over["YC"].lived) == (True, True)


def test_who_is_only_named_as_a_way_is_a_place_as_well():
    rows = f"{HEAD}A,C,receiver,,,X; Y\nB,C,receiver,,,pers\nA,B,receiver,,,weten we niet\n"
    assert {*states(rows)} == {a + b for a, b in permutations("ABCXY", 2)}
    assert said(rows) == ["lines: only named in via, and added as teams (2): X, Y"]


def test_arrives_beside_via():
    rows = f"{HEAD}A,C,receiver,,yes,press\n"
    assert states(rows)["AC"].heard.verdict == "via"
    assert said(rows) == ["lines, line 2: arrives is not read where via is filled in"]
    assert said(f"{HEAD}A,C,sender,,,B\n") == ["lines, line 2: via is not read in the row of a sender"]


def test_observers_speak_only_for_an_audience():
    rows = f"{HEAD}A,T,observer,w,,\nT,B,observer,w,no,\nA,B,observer,w,,\n"
    lines = states(rows, "actor,kind\nT,audience\n")
    assert (lines["AT"].heard.verdict, lines["BT"].heard.verdict, lines["TB"].told.verdict) == (
        "yes",
        "no",
        "no",
    )
    assert lines["AB"].state == "unanswered"
    assert said(rows, "actor,kind\nT,audience\nA\nB\n") == [
        "lines, line 4: an observer's row does not count on the map"
    ]


@pytest.mark.parametrize(
    ("row", "kind", "voice", "expected"),
    [
        ("A,T,receiver,,,", "audience", "", "own"),
        ("A,T,observer,,,", "audience", "", "proxy"),
        ("A,T,sender,,,", "audience", "", "none"),
        ("A,T,sender,,,", "audience", "own", "own"),
        ("A,T,receiver,,,", "audience", "none", "none"),
        ("A,T,sender,,,", "team", "", "own"),
        ("A,T,sender,,,", "role", "", "own"),
    ],
)
def test_voices(row, kind, voice, expected):
    found = read(f"{HEAD}{row}\n".encode(), f"actor,kind,voice\nA,,\nT,{kind},{voice}\n".encode())
    assert found.definition.actor("T").voice == expected


def test_who_has_no_voice_is_not_heard():
    table = "actor,kind,voice\nA,,\nT,audience,none\n"
    rows = f"{HEAD}A,T,sender,,,\nA,T,receiver,,,\n"
    assert states(rows, table)["AT"].heard.silent
    assert said(rows, table) == ["lines, line 3: T has voice none, so its own row does not count"]
    assert workshopkit.analyse(rows.encode(), table.encode())["not_verified"] == 1


def test_a_plain_list():
    found = workshopkit.analyse(b"source,target,reporter\na,b,p\nb,c,\na,b,\n", b"actor\nz\na\n")
    assert (found["actors"], found["lines"], found["believed"], found["coverage"]) == (4, 2, 2, 1.0)
    assert (found["states"]["confirmed"], found["states"]["absent"]) == (2, 10)
    assert len(found["warnings"]) == 3
    assert analysing.analyse(b"source,target\na,b\n").found.net.answers == {}


def test_a_plain_list_may_have_an_empty_column():
    assert states("source,target,perspective\na,b,\n")["ab"].state == "confirmed"
    assert workshopkit.analyse(b"source,target,perspective\n", b"actor\na\nb\n")["coverage"] == 0.0
    assert workshopkit.analyse(b"source,target\n", b"actor\na\nb\n")["coverage"] == 1.0


def test_both_ways():
    assert {
        pair for pair, line in states("source,target\na,b\nb,c\n", undirected=True).items() if line.lived
    } == {
        "ab",
        "ba",
        "bc",
        "cb",
    }
    rows = f"{HEAD}A,B,receiver,,,\nB,A,receiver,,no,\nA,C,receiver,p,,\nB,C,receiver,q,,\n"
    lived = {pair for pair, line in states(rows, undirected=True).items() if line.lived}
    assert lived == {"AB", "BA", "AC", "CA", "BC", "CB"}
    assert said(rows, undirected=True) == []


def test_numbers_of_a_line():
    found = read(
        b"source,target,perspective,delay_days,weight\n"
        b'a,b,receiver,2,1\na,b,sender,9,5\na,b,receiver,"1,5",2\nb,a,sender,4,\n',
        b"actor,capacity\na,7\nb,\n",
    )
    assert found.delays == {("a", "b"): 1.5, ("b", "a"): 4.0}
    assert (found.weights, found.capacities) == ({("a", "b"): 3.0}, {"a": 7.0})


def test_places():
    found = read(
        b"source,target\nb,new\n",
        b"actor,label,group,kind\nb,Balie,Zorg,\nr,,Zorg,role\nt,,,audience\nb,Balie,Zorg,team\nalone,,Geld,\n",
    )
    here = found.definition
    assert [(one.id, one.label, one.domain, one.kind) for one in here.actors] == [
        ("b", "Balie", "Zorg", "team"),
        ("r", "r", "Zorg", "role"),
        ("t", "t", None, "audience"),
        ("alone", "alone", "Geld", "team"),
        ("new", "new", None, "team"),
    ]
    assert [note.text("en") for note in found.warnings] == [
        "actors, line 5: a place that was there before was left out",
        "lines: not among the actors, and added as teams (1): new",
    ]


# How files are written -----------------------------------------------------------------------------------------------

PLAIN = 'source,target,via,weight\nCafé,b,,1\n"x, y",b,,2\n'


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.rstrip().encode(),
        PLAIN.replace("\n", "\n\n , ,\n").encode(),
        PLAIN.replace("source", " SOURCE ").encode(),
        PLAIN.replace(",", ", ").replace("x, ", "x,").encode(),
        PLAIN.replace("é", "e\u0301").encode(),
        'source;target;weight\nCafé;b;1\n"x, y";b;2'.encode(),
        "sep=;\nsource;target;weight\nCafé;b;1\nx, y;b;2".encode(),
        "weight\ttarget\tsource\n1\tb\tCafé\n2\tb\tx, y\n".encode(),
    ],
)
def test_written_in_many_ways(content):
    found = read(content)
    assert set(found.weights) == {("Café", "b"), ("x, y", "b")}
    assert found.warnings == ()


def test_windows_1252_with_a_warning():
    found = read(PLAIN.encode("cp1252"))
    assert found.definition.actors[0].id == "Café"
    assert ["Windows-1252" in note.text("nl") for note in found.warnings] == [True]


def test_ways_in_a_file_with_semicolons():
    rows = 'source;target;perspective;via\nA;C;receiver;"X;Y"\nA;B;receiver;X;Y\n'
    assert states(rows.rsplit("\n", 2)[0])["AC"].via == ("Y",)
    assert faults(rows) == [
        "lines, line 3: there are more cells than in the header, from Y on",
        "put quotes around a cell with a comma or a semicolon in it",
    ]


def test_a_spreadsheets_quote_is_taken_off():
    assert read(b"source,target\n'=a,'b\n").definition.by_id.keys() == {"=a", "'b"}


def test_columns_that_are_not_read_are_told():
    (warning,) = said("source,target,wieght\na,b,1\n")
    assert "wieght" in warning


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (b"", "lines: it is empty"),
        (b"\n\n", "lines: it is empty"),
        (b"van,naar\na,b\n", "lines, line 1: there is no column source in the header (van, naar)"),
        (b"source,target,Source\na,b,\n", "lines, line 1: the column source is there twice"),
        (b"source,target\n,b\n", "lines, line 2: source is empty"),
        (b"source,target,perspective\na,b,sender\na,b,\n", "lines, line 3: perspective is empty"),
        (b"source,target,perspective\na,b,boss\n", "lines, line 2: perspective is boss"),
        (f"{HEAD}a,b,receiver,,maybe,\n".encode(), "lines, line 2: arrives is maybe"),
        (f"{HEAD}a,b,receiver,,,a\n".encode(), "lines, line 2: via names a, an end of the line itself"),
        (b"source,target,arrives\na,b,no\n", "lines, line 2: who says no is not told"),
        (b"source,target,weight\na,b,-1\n", "lines, line 2: weight is -1"),
        (b"source,target,delay_days\na,b,inf\n", "lines, line 2: delay_days is inf"),
        (b"source,target,weight\na,b,nan\n", "lines, line 2: weight is nan"),
        (b'source,target\na,b\n"c\nd,e\n', "lines, line 3: the quotes in this row do not fit"),
        (b"PK\x03\x04rest", "lines: this workbook cannot be read"),
        (
            "source,target\na,b".encode("utf-16-le"),
            "lines: this is no text and no file that can be read here",
        ),
        (b"source,target\na,\x81\xff\n", "lines: this is no text in UTF-8"),
    ],
)
def test_faults_name_the_place_and_the_value(lines, expected):
    assert faults(lines)[0] == expected


@pytest.mark.parametrize(
    ("actors", "expected"),
    [
        ("id\na\n", "actors, line 1: there is no column actor in the header (id)"),
        ("actor,kind\na,boss\n", "actors, line 2: kind is boss"),
        ("actor,voice\na,loud\n", "actors, line 2: voice is loud"),
        ("actor,capacity\na,many\n", "actors, line 2: capacity is many"),
        ("actor,group\na,x\na,y\n", "actors, line 3: a is there twice, and not alike"),
        ("actor,group\n,x\n", "actors, line 2: actor is empty"),
    ],
)
def test_faults_in_actors(actors, expected):
    assert faults("source,target\na,b\n", actors)[0] == expected


def test_all_faults_at_once_and_no_more_than_can_be_read():
    with pytest.raises(BadFiles) as caught:
        read(b"source,target,weight\n" + b"a,b,x\n" * 100, b"actor,kind\na,boss\n")
    assert (len(caught.value.faults), caught.value.count) == (MOST_SHOWN, 101)
    assert caught.value.text("en").endswith("; and 81 more.")
    assert caught.value.text("nl").endswith("; en nog 81.")


def test_a_file_that_is_not_there(tmp_path):
    assert "No such file" in faults(tmp_path / "none.csv")[0]
    assert len(faults(tmp_path, tmp_path / "a\0b")) == 2


# The friendly door ---------------------------------------------------------------------------------------------------


def test_whatever_holds_the_rows(tmp_path):
    path = tmp_path / "lines.csv"
    path.write_text("source,target\n1,2\n2,3\n", encoding="utf-8")
    expected = workshopkit.analyse(path)
    for given_ in (
        str(path),
        path.read_bytes(),
        bytearray(path.read_bytes()),
        pd.read_csv(path),
        pd.DataFrame({"target": [2.0, 3.0, None], "source": ["1", "2", pd.NA]}),
        [("1", "2"), ("2", "3")],
        ((1, 2), (2, 3)),
        [{"source": 1, "target": 2}, {"source": 2, "target": 3.0, "via": None}],
        nx.DiGraph([(1, 2), (2, 3)]).edges,
    ):
        assert workshopkit.analyse(given_) == expected


def test_actors_as_rows():
    for actors_ in (
        [("a", "A", "g"), ("b", "B", "g")],
        pd.DataFrame({"actor": ["a", "b"], "label": ["A", "B"], "group": ["g", "g"]}),
        [{"actor": "a", "group": "g"}, {"actor": "b", "group": "g"}],
    ):
        assert workshopkit.analyse([("a", "b")], actors_)["groups"] == {"g": 2}
    assert workshopkit.analyse([("a", "b")], ["z"])["actors"] == 3


def test_rows_of_another_form_are_refused():
    assert faults(["ab"])[0] == "lines, line 1: ab is no row of source, target"
    assert faults([7, ("a",)])[:2] == [
        f"lines, line {n}: {what} is no row of source, target" for n, what in ((1, 7), (2, "('a',)"))
    ]


# Whatever comes ------------------------------------------------------------------------------------------------------

anything = settings(patient, max_examples=150)


def network_or_one_clear_error(lines, actors=None):
    fault = None
    try:
        found = read(lines, actors)
    except BadFiles as bad:
        fault = bad
    if fault is not None:
        assert fault.text("nl")
        assert fault.count >= len(fault.faults) > 0
        return
    net = analysing.analyse(lines, actors).found.net
    assert len(net.actors) == len(set(net.actors)) == len(found.definition.actors)
    assert all(source != target for source, target in (*net.lived, *net.believed))


@anything
@given(st.binary(max_size=80), st.one_of(st.none(), st.binary(max_size=40)))
def test_random_bytes(lines, actors):
    network_or_one_clear_error(lines, actors)
    network_or_one_clear_error(b"source,target,perspective,via\n" + lines, actors)


cells = st.one_of(
    st.sampled_from(
        [
            "",
            "a",
            "b",
            "c",
            "T",
            "sender",
            "receiver",
            "observer",
            "yes",
            "no",
            "partly",
            "ja",
            "press",
            "a;b",
            "1",
            "-1",
        ]
    ),
    st.text(max_size=4),
)


@anything
@given(
    st.lists(
        st.sampled_from([*"xyz", "source", "target", "perspective", "via", "arrives", "weight", "reporter"]),
        max_size=6,
    ),
    st.lists(st.lists(cells, max_size=7), max_size=6),
    st.sampled_from(",;\t"),
)
def test_random_tables(columns, rows, sign):
    header = ["source", "target", *columns]
    network_or_one_clear_error(
        "\n".join(sign.join(row) for row in [header, *rows]).encode("utf-8", "replace")
    )


sides = st.sampled_from(["sender", "receiver", "observer"])
names = st.sampled_from("abcT")


@anything
@given(
    st.lists(
        st.tuples(
            names,
            names,
            sides,
            st.sampled_from(["", "p", "q"]),
            st.sampled_from(["", "yes", "partly", "no"]),
            st.sampled_from(["", "press", "d"]),
            st.sampled_from(["", "mail"]),
        ),
        max_size=12,
    ),
    st.sampled_from(["", "own", "proxy", "none"]),
    st.booleans(),
)
def test_random_answers_fit_together(rows, voice, undirected):
    table = [
        dict(
            zip(
                ["source", "target", "perspective", "reporter", "arrives", "via", "channel"], row, strict=True
            )
        )
        for row in rows
    ]
    found = workshopkit.analyse(
        table, [{"actor": "T", "kind": "audience", "voice": voice}], undirected=undirected
    )
    n, detours = found["actors"], found["detours"]
    assert sum(found["states"].values()) == n * (n - 1)
    assert found["believed"] == sum(detours["via"].values()) + sum(
        v for v in detours.values() if isinstance(v, int)
    )
    if undirected and not any(row[5] for row in rows) and voice in {"", "own"}:
        lived = set(analysing.analyse(table, undirected=True).found.net.lived)
        assert lived == {(b, a) for a, b in lived}


@patient
@given(st.lists(st.tuples(*[st.integers(0, 9)] * 2), max_size=30), st.booleans())
def test_networkx_reaches_as_many(edges, undirected):
    found = workshopkit.analyse(edges, [(n,) for n in range(10)], undirected=undirected)
    graph = nx.DiGraph(edges)
    graph.add_nodes_from(range(10))
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    if undirected:
        graph = graph.to_undirected().to_directed()
    assert found["lines"] == graph.number_of_edges()
    assert found["arrival"]["reachable_pairs"] == sum(
        nx.has_path(graph, a, b) for a, b in permutations(graph, 2)
    )
    assert found["circles"]["largest"] == max(map(len, nx.strongly_connected_components(graph)))


# What a bundle writes, is read back ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    opened = open_store(f"sqlite:///{tmp_path_factory.mktemp('files') / 'kit.db'}")
    yield opened
    opened.close()


def reads_back(packed):
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        lines, places, measures = (
            archive.read(f"workshop/{name}") for name in ("lines.csv", "actors.csv", "analysis.json")
        )
    found = workshopkit.analyse(lines, places, seed=SEED)
    assert found.pop("warnings") == []
    assert json.loads(json.dumps(found)) == json.loads(measures)
    return found


def test_the_demo(store):
    folder = paths.data() / "demo"
    held = Afternoon(store, json.loads((folder / "nl.json").read_text(encoding="utf-8")))
    held.open("lines", "questions")
    answers = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    for seat, sheet in answers.items():
        held.say(seat, "joined", actor=seat)
        for to, expected in sheet["told"].items():
            held.say(seat, "told", to=to, answer="yes", expected=expected)
        held.say(seat, "list.closed", list="told")
        for source, row in sheet["heard"].items():
            answer, _, via = row.partition(" ")
            held.say(seat, "heard", **{"from": source}, answer=answer, via=via or None)
        held.say(seat, "list.closed", list="heard")
    found = reads_back(bundle(store, held.workshop.id, "nl"))
    assert found["circles"]["closed_circles"]
    assert found["lines"] > 20


def test_a_whole_afternoon_and_an_empty_one(store):
    reads_back(bundle(store, whole(store).workshop.id, "en"))
    silent = Afternoon(store, actors(6))
    reads_back(bundle(store, silent.workshop.id, "en"))
    silent.answer(but=("t1", "t4"))
    reads_back(bundle(store, silent.workshop.id, "en"))


def test_hostile_names(store):
    named = actors(
        len(HOSTILE), label=lambda number: f"{number} {HOSTILE[number]}".replace("\ud83d", "")[:80]
    )
    for domain, label in zip(named["domains"], ("=1+1", "-2", "x;y"), strict=True):
        domain["label"] = label
    held = Afternoon(store, named)
    held.answer()
    reads_back(bundle(store, held.workshop.id, "en"))


@settings(patient, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HISTORIES)
def test_any_history(store, history):
    reads_back(stored(store, history)[1])


# What the docstrings say ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", [workshopkit, *MODULES], ids=lambda module: module.__name__)
def test_examples_are_true_and_names_are_sorted(module):
    assert doctest.testmod(module).failed == 0
    offered = getattr(module, "__all__", [])
    assert sorted(offered, key=lambda name: (not name.isupper(), not name[0].isupper(), name)) == offered
