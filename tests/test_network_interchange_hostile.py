"""Files that are broken or mean harm: each is refused in one clear sentence, or read with a word about what was mended."""

from __future__ import annotations

import io
import json
import time
import tracemalloc
import zipfile

import openpyxl
import pytest

from workshopkit.network.files import excel
from workshopkit.network.files.notes import BadFiles
from workshopkit.network.files.reading import read

GEXF = '<gexf xmlns="http://gexf.net/1.3"><graph defaultedgetype="directed"><nodes>{nodes}</nodes><edges>{edges}</edges></graph></gexf>'
GRAPHML = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="w" for="edge" attr.name="weight"/><graph edgedefault="directed">{}</graph></graphml>'
LAUGHS = '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">{}]><graphml>&j;</graphml>'.format(
    "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
)
OUTSIDE = '<!DOCTYPE gexf [<!ENTITY x SYSTEM "file:///etc/passwd">]><gexf><graph><nodes><node id="&x;"/></nodes></graph></gexf>'
QUADRATIC = f'<!DOCTYPE gexf [<!ENTITY a "{"a" * 100_000}">]><gexf>{"&a;" * 10_000}</gexf>'


def workbook(*rows, title="Lines", change=None):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if change:
        change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rezipped(content, **files):
    """Give a workbook with some of its parts written anew."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename not in files:
                new.writestr(info.filename, old.read(info))
        for name, text in files.items():
            new.writestr(name, text)
    return out.getvalue()


GOOD = workbook(["source", "target"], ["a", "b"])
SHEET = "xl/worksheets/sheet1.xml"
SPREAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def locked():
    content = bytearray(GOOD)
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = content.find(mark)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(mark, at + 1)
    return bytes(content)


REFUSED = {
    "nothing": (b"", "it is empty"),
    "only spaces": (b" \n \n", "it is empty"),
    "only a mark": (b"\xef\xbb\xbf", "it is empty"),
    "wrong header": (b"sender,getter\na,b\n", "no column source"),
    "ragged row": (b"source,target\na,b,c\n", "more cells than in the header, from c"),
    "nan": (b"source,target,weight\na,b,NaN\n", "weight is NaN"),
    "infinite": (b"source,target,weight\na,b,-inf\n", "weight is -inf"),
    "huge exponent": (b"source,target,weight\na,b,1e999\n", "weight is 1e999"),
    "open quote": (b'source,target\na,"b\n', "the quotes in this row"),
    "one cell of 10 MB": (b"source,target\n" + b"a" * 10_000_000 + b",b\n", "longer than 131072 signs"),
    "one line of 10 MB": (b"a," * 5_000_000, "the first row has 5000001 cells"),
    "one word of 10 MB": (b"a" * 10_000_000, "longer than 131072 signs"),
    "utf-16 without its mark": ("source,target\na,b".encode("utf-16-le"), "no text"),
    "half of utf-16": ("source,target\na,b\n".encode("utf-16") + b"\x00", "UTF-16 text breaks off"),
    "utf-32": ("source,target\na,b\n".encode("utf-32"), "no column source"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no column source"),
    "a pdf": (b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", "no column source"),
    "an old or locked workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old workbook (.xls) or locked"),
    "a zip of nothing": (zipped(), "no text"),
    "another zip": (zipped(**{"readme.txt": "hi"}), "no map is in this archive"),
    "an open document": (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "no map is in this archive"),
    "half a workbook": (GOOD[: len(GOOD) // 2], "this workbook cannot be read"),
    "a locked workbook": (locked(), "locked with a password"),
    "an empty workbook": (workbook(), "it is empty"),
    "a workbook without lines": (workbook(["who", "whom"], ["a", "b"]), "no column source in the header (who, whom)"),
    "a workbook that is no XML": (rezipped(GOOD, **{SHEET: "<worksheet"}), "this workbook cannot be read"),
    "laughs in a workbook": (rezipped(GOOD, **{SHEET: LAUGHS}), "this workbook cannot be read"),
    "a formula without its value": (workbook(["source", "target"], ["a", "=A1"]), "cell B2 holds a formula"),
    "wrong letters for a row": (rezipped(GOOD, **{SHEET: SPREAD.format('<row r="x"><c r="A1"><v>1</v></c></row>')}), "this workbook cannot be read"),
    "a shared text that is not there": (rezipped(GOOD, **{SHEET: SPREAD.format('<row r="1"><c r="A1" t="s"><v>9999</v></c></row>')}), "this workbook cannot be read"),
    "a zip bomb": (rezipped(GOOD, **{SHEET: SPREAD.format(" " * 301_000_000)}), "unpacks to more than"),
    "a zip of many parts": (rezipped(GOOD, **{f"xl/{n}": "" for n in range(1100)}), "unpacks to more than"),
    "billion laughs": (LAUGHS.encode(), "document type or entities"),
    "a file of this computer": (OUTSIDE.encode(), "document type or entities"),
    "quadratic blow-up": (QUADRATIC.encode(), "document type or entities"),
    "half of an XML": (GEXF[:80].encode(), "the XML breaks off"),
    "another XML": (b"<html><body/></html>", "no map is in this XML (html)"),
    "an XML of nothing": (b"<", "no map is in this XML (?)"),
    "letters that are not known": (b'<?xml version="1.0" encoding="utf-7x"?><gexf/>', "letters of this file|XML breaks off"),
    "a node twice, not alike": (GEXF.format(nodes='<node id="a" label="A"/><node id="a" label="B"/>', edges="").encode(), "a is there twice, and not alike"),
    "an edge from nowhere": (GEXF.format(nodes="", edges='<edge target="b"/>').encode(), "source is empty"),
    "a weight that is none": (GRAPHML.format('<edge source="a" target="b"><data key="w">NaN</data></edge>').encode(), "weight is NaN"),
    "half of a JSON": (b'{"nodes": [', "no JSON that can be read"),
    "a deep JSON": (b'{"nodes":' + b"[" * 200_000, "no JSON that can be read"),
    "a JSON of something else": (b'{"type": "FeatureCollection"}', "no map is in this JSON"),
    "a JSON of numbers": (b"[1, 2]", "1 is no entry"),
    "a JSON with NaN": (b'{"edges": [{"source": "a", "target": "b", "weight": NaN}]}', "weight is NaN"),
    "a JSON with infinity": (b'{"edges": [{"source": "a", "target": "b", "weight": Infinity}]}', "weight is Infinity"),
    "a number of 5000 figures": (b'{"edges": [{"source": 1' + b"0" * 5000 + b', "target": "b"}]}', "no JSON that can be read"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_one_clear_sentence(name):
    content, said = REFUSED[name]
    tracemalloc.start()
    began = time.process_time()
    with pytest.raises(BadFiles) as caught:
        read(content)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    english, dutch = (caught.value.text(lang) for lang in ("en", "nl"))
    assert any(one in english for one in said.split("|")), english
    assert english != dutch
    assert len(english) < 1500
    assert "Traceback" not in english
    assert (time.process_time() - began < 20, most < 900_000_000) == (True, True)


def merged(sheet):
    sheet.merge_cells("A2:A4")


def far(sheet):
    sheet["A200000"] = "c"
    sheet["B200000"] = "d"


MENDED = {
    "utf-16": ("source,target\na,b\n".encode("utf-16"), {("a", "b")}, ""),
    "latin-1": ("source,target\nCafé,b\n".encode("latin-1"), {("Café", "b")}, "Windows-1252"),
    "merged cells": (
        workbook(["source", "target"], ["a", "b"], [None, "c"], [None, "d"], change=merged),
        {("a", "b"), ("a", "c"), ("a", "d")},
        "merged cells each count",
    ),
    "an empty sheet before": (workbook([], [], ["source", "target"], ["a", "b"]), {("a", "b")}, ""),
    "a cell far down": (workbook(["source", "target"], ["a", "b"], change=far), {("a", "b"), ("c", "d")}, ""),
    "a row two milliard down": (
        rezipped(GOOD, **{SHEET: SPREAD.format(
            '<row r="1"><c r="A1" t="str"><v>source</v></c><c r="B1" t="str"><v>target</v></c></row>'
            '<row r="2"><c r="A2" t="str"><v>a</v></c><c r="B2" t="str"><v>b</v></c></row>'
            '<row r="2000000000"><c r="A2000000000" t="str"><v>x</v></c></row>'
        )}),
        {("a", "b")},
        "",
    ),
    "a node twice, alike": (
        GEXF.format(nodes='<node id="a"/><node id="a"/>', edges='<edge source="a" target="b"/>').encode(),
        {("a", "b")},
        "a place that was there before was left out",
    ),
    "a line to itself": (b'{"edges": [{"source": "a", "target": "a"}, {"source": "a", "target": "b"}]}', {("a", "b")}, "from a place to itself"),
    "a kind of another program": (
        b'{"nodes": [{"id": "a", "kind": "person"}], "links": [{"source": "a", "target": "b"}]}',
        {("a", "b")},
        "kind is person, which was read as team",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MENDED)
def test_mended_with_a_word_about_it(name):
    content, lines, said = MENDED[name]
    found = read(content)
    assert set(found.said.heard) == lines
    texts = " ".join(note.text("en") for note in found.warnings)
    assert said in texts if said else texts == ""


def test_a_formula_counts_as_what_it_showed_and_is_never_computed():
    cells = '<row r="1"><c r="A1" t="str"><v>source</v></c><c r="B1" t="str"><v>target</v></c></row>'
    cells += '<row r="2"><c r="A2" t="str"><f>HYPERLINK("http://x","y")</f><v>Balie</v></c><c r="B2" t="str"><v>b</v></c></row>'
    found = read(rezipped(GOOD, **{SHEET: SPREAD.format(cells)}))
    assert set(found.said.heard) == {("Balie", "b")}
    assert [note.text("en") for note in found.warnings] == [
        "lines, Lines, line 2: cells with a formula count as the value that they showed"
    ]


def test_more_rows_than_a_workbook_may_have(monkeypatch):
    monkeypatch.setattr(excel, "MOST_ROWS", 3)
    rows = [["a", f"b{number}"] for number in range(5)]
    with pytest.raises(BadFiles, match="more than 3 rows; save it as CSV"):
        read(workbook(["source", "target"], *rows))


def test_all_faults_of_all_parts_are_told_at_once():
    content = json.dumps(
        {
            "nodes": [{"id": "a", "voice": "loud"}],
            "edges": [{"source": "a", "target": ""}, {"source": "a", "target": "b", "weight": -1}],
        }
    ).encode()
    with pytest.raises(BadFiles) as caught:
        read(content)
    assert [fault.text("en") for fault in caught.value.faults] == [
        "lines, edges, line 1: target is empty; fill it in or leave the row out",
        "lines, edges, line 2: weight is -1; give a number that is not negative, or leave it empty",
        "lines, nodes, line 1: voice is loud; write own, proxy or none",
    ]
