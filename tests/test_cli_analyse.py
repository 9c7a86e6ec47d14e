"""``workshopkit analyse``: for people and for programs, in both languages, and what it does with bad files."""

from __future__ import annotations

import json
import os

import pytest

from cli_helpers import as_somebody_without_rights, call
from workshopkit.i18n import LANGUAGES

LINES = """source,target,perspective,via,arrives
A,B,sender,,
A,C,sender,,
C,A,sender,,
B,A,sender,,no
A,B,receiver,,
A,C,receiver,B,
B,C,receiver,,
C,B,receiver,,
B,A,receiver,,no
"""
NUMBER = (int, float, type(None))
PROMISED = {
    "actors": int,
    "lines": int,
    "groups": dict,
    "coverage": NUMBER,
    "believed": int,
    "warnings": list,
    "seed": int,
    "version": str,
    "states.confirmed": int,
    "states.heard_via": int,
    "states.sent_not_heard": int,
    "states.heard_not_claimed": int,
    "states.absent": int,
    "states.divided": int,
    "states.unanswered": int,
    "detours.straight": int,
    "detours.via": dict,
    "detours.heard_via_unknown": int,
    "detours.did_not_arrive": int,
    "detours.unknown": int,
    "arrival.rate": NUMBER,
    "arrival.reachable_pairs": int,
    "arrival.direct": NUMBER,
    "arrival.within_two": NUMBER,
    "arrival.at_all": NUMBER,
    "circles.two_way_pairs": int,
    "circles.closed_circles": (list, type(None)),
    "circles.actors_in_closed_circle": NUMBER,
    "circles.actors_on_a_cycle": int,
    "circles.largest": int,
    "circles.hierarchy": NUMBER,
    "circles.efficiency": NUMBER,
    "circles.connectedness": NUMBER,
    "circles.lines_to_cut": int,
    "circles.method": str,
    "silos.ei": NUMBER,
    "silos.expected": NUMBER,
    "silos.band": (list, type(None)),
    "silos.p_low": NUMBER,
    "silos.p_high": NUMBER,
    "silos.verdict": (str, type(None)),
    "silos.reason": (str, type(None)),
    "silos.by_group": dict,
    "silos.modularity": NUMBER,
    "silos.conductance": (dict, type(None)),
    "silos.walls": (list, type(None)),
    "silos.walls_listed": (list, type(None)),
}


@pytest.fixture
def file(tmp_path):
    def write(text, name="lines.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def numbers(*arguments, lang="en"):
    said = call("analyse", *arguments, "--json", lang=lang)
    assert (said.code, said.err) == (0, "")
    assert said.out.count("\n") == 1
    return json.loads(said.out)


@pytest.mark.parametrize(
    ("lines", "actors"),
    [
        (LINES, None),
        ("source,target\na,b\n", None),
        ("source,target\n", None),
        ("source,target\n", "actor,group,kind\na,g,\nt,,audience\n"),
        (
            "source,target\n"
            + "".join(f"{a},{b}\n" for half in ("abcde", "fghij") for a in half for b in half),
            "actor,group\n" + "".join(f"{a},{'xy'[a > 'e']}\n" for a in "abcdefghij"),
        ),
    ],
)
def test_the_numbers_and_their_kinds(file, lines, actors):
    given = [file(lines), *(["--actors", file(actors, "actors.csv")] if actors else [])]
    found = numbers(*given)
    for path, kind in PROMISED.items():
        value = found
        for name in path.split("."):
            value = value[name]
        assert isinstance(value, kind), (path, value)
        assert not isinstance(value, bool)
    assert all(isinstance(warning, str) for warning in found["warnings"])


def test_two_groups_that_only_hear_themselves(file):
    rows = "".join(f"{a},{b}\n" for half in ("abcde", "fghij") for a in half for b in half if a != b)
    actors = file("actor,group\n" + "".join(f"{a},{'xy'[a > 'e']}\n" for a in "abcdefghij"), "actors.csv")
    silos = numbers(file(f"source,target\n{rows}a,f\ng,b\n"), "--actors", actors)["silos"]
    assert (silos["verdict"], round(silos["ei"], 4), round(silos["expected"], 4)) == (
        "more_closed",
        -0.9048,
        0.1111,
    )
    assert ([round(one, 4) for one in silos["band"]], silos["p_low"]) == ([-0.1905, 0.2381], 1 / 126)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_not_looked_at_on_a_large_map_is_said(file, monkeypatch, lang):
    rows = [f"{group}{a},{group}{b}" for group in "xy" for a in range(5) for b in range(5) if a != b]
    lines = file("\n".join(["source,target", *rows, "x0,y0", "y0,x0"]))
    actors = file("\n".join(["actor,group", *(f"{g}{n},{g}" for g in "xy" for n in range(5))]), "actors.csv")
    assert numbers(lines, "--actors", actors, lang=lang)["warnings"] == []
    monkeypatch.setattr("workshopkit.analysis.silos.REWIRED_ACTORS", 9)
    for name in ("bridges", "failure"):
        monkeypatch.setattr(f"workshopkit.analysis.{name}.COUNTED_ACTORS", 9)
    busy, bridges = numbers(lines, "--actors", actors, lang=lang)["warnings"]
    assert "9" in busy
    assert "2000" in busy
    assert "9" in bridges


def test_for_people(file):
    actors = file(
        "actor,label,group,kind\nA,Balie,x,\nB,Beheer,x,\nC,Zorg,y,\nT,Inwoners,,audience\n", "a.csv"
    )
    dutch = call("analyse", file(LINES), "--actors", actors, lang="nl")
    assert (dutch.code, dutch.err) == (0, "")
    for text in (
        "4 plekken op de kaart.",
        "komt aan: 1",
        "1 lijn kan lopen via 1 tussenstop.",
        "Van de 12 paren (van, naar) zijn er 4 verbonden",
        "Hier antwoordt geen doelgroep",
    ):
        assert text in dutch.out
    english = call("analyse", file(LINES), "--actors", actors, lang="en").out
    assert "1 line could run by way of 1 stop." in english
    assert "{" not in dutch.out + english


def test_a_circle_is_named_by_its_labels(file):
    actors = file("actor,label,kind\na,Balie,\nb,Beheer,\nt,Inwoners,audience\n", "a.csv")
    said = call("analyse", file("source,target\na,b\nb,a\n"), "--actors", actors, lang="en")
    assert "This message goes round between Balie and Beheer." in said.out


@pytest.mark.parametrize(
    ("lang", "word"), [("nl", "Let op: lines.csv, regel 2: "), ("en", "Mind: lines.csv, line 2: ")]
)
def test_warnings_stand_apart(file, lang, word):
    said = call("analyse", file("source,target\na,a\na,b\n"), lang=lang)
    assert said.code == 0
    assert said.err.startswith(word)
    assert len(said.err.splitlines()) == 1
    assert len(numbers(file("source,target\na,a\na,b\n"), lang=lang)["warnings"]) == 1


def test_isolates_stay(file):
    found = numbers(file("source,target\na,b\n"), "--actors", file("actor\nz\ny\n", "a.csv"))
    assert (found["actors"], found["states"]["absent"], len(found["warnings"])) == (4, 11, 1)


def test_undirected(file):
    path = file("source,target\na,b\nb,c\n")
    found = [numbers(path), numbers(path, "--undirected")]
    assert [one["lines"] for one in found] == [2, 4]
    assert [one["arrival"]["reachable_pairs"] for one in found] == [3, 6]


def test_the_same_seed_gives_the_same(file):
    groups = "".join(f"n{n},g{n % 4}\n" for n in range(16))  # more relabellings than are listed
    actors = file(f"actor,group\n{groups}", "a.csv")
    lines = file(
        "source,target\n" + "".join(f"n{n},n{(5 * n + 3) % 16}\nn{n},n{n // 2}\n" for n in range(16))
    )
    runs = [numbers(lines, "--actors", actors, "--seed", seed) for seed in (7, 7, 8)]
    assert runs[0] == runs[1]
    assert runs[0]["seed"] == 7
    assert runs[0]["silos"] != runs[2]["silos"]
    assert numbers(lines)["seed"] == 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "text", [b"", b"x", b"a,b\n1,2\n", b"source,target,weight\na,b,-1\n" * 40, b"\x00\xff\x81", b"PK\x03\x04"]
)
def test_bad_files_in_one_clear_line(file, lang, text):
    assert call("analyse", file(text), lang=lang).is_one_clear_line()
    assert call(
        "analyse", file("source,target\n"), "--actors", file(text, "a.csv"), lang=lang
    ).is_one_clear_line()


def test_faults_say_where_and_what_to_do(file):
    said = call("analyse", file("source,target,perspective\na,b,boss\n"), lang="nl")
    assert said.err == (
        "Hiervan is geen kaart te maken. lines.csv, regel 2: perspective is boss; schrijf sender, receiver of observer.\n"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "words",
    [
        [],
        ["nope.csv"],
        ["."],
        [""],
        ["a\x1b[2Jb.csv"],
        ["lines.csv", "more.csv"],
        ["lines.csv", "--seed", "x"],
        ["lines.csv", "--seed", "-1"],
        ["lines.csv", "--seed", str(10**30)],
        ["lines.csv", "--actors"],
        ["lines.csv", "--actors", "nope.csv"],
    ],
)
def test_bad_calls(file, monkeypatch, tmp_path, words, lang):
    file("source,target\na,b\n")
    monkeypatch.chdir(tmp_path)
    said = call("analyse", *words, lang=lang)
    assert said.is_one_clear_line()
    assert "\x1b" not in said.err


@pytest.mark.skipif(os.name != "posix", reason="rights of files are those of Unix")
def test_a_file_that_may_not_be_read(file):
    path = file("source,target\na,b\n")
    path.chmod(0)
    with as_somebody_without_rights():
        said = call("analyse", path, lang="en")
    assert said.is_one_clear_line()
    assert "Permission denied" in said.err


def test_names_steer_no_terminal(file):
    lines = file("source,target\na,b\nb,a\n")
    actors = file("actor,label,kind\na,x\x1b[2Jy,\nb,B,\nt,T,audience\n", "a.csv")
    assert "\x1b" not in call("analyse", lines, "--actors", actors, lang="en").out
    assert "\x1b" not in call("analyse", lines, "--actors", actors, "--json").out


def test_a_pipe_and_a_small_terminal(file):
    path = file("source,target\nCafé,b\nb,Café\n")
    for encoding in ("ascii", "cp1252", "utf-8"):
        assert call("analyse", path, "--json", encoding=encoding).code == 0
        assert call("analyse", path, encoding=encoding).code == 0
