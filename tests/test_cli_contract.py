"""``workshopkit analyse --json`` on files never seen: numbers of the promised form, or one clear line."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cli_helpers import call
from map_helpers import patient
from workshopkit.i18n import LANGUAGES
from workshopkit.network.lines import STATES

COUNT = {"type": "integer", "minimum": 0}
SHARE = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
INDEX = {"type": ["number", "null"], "minimum": -1, "maximum": 1}
NUMBER = {"type": ["number", "null"]}
NAME = {"type": "string", "minLength": 1}
VERDICT = {"enum": ["more_closed", "as_chance", "more_open", None]}
PAIRS = {"type": ["array", "null"], "items": {"type": "array", "items": NAME, "minItems": 2, "maxItems": 2}}


def all_of(**parts):
    """Give the form of an object with at least these parts."""
    return {"type": "object", "required": list(parts), "properties": parts}


def each(form, *, null=False):
    return {"type": ["object", "null"] if null else "object", "additionalProperties": form}


PROMISED = all_of(
    actors=COUNT,
    lines=COUNT,
    groups=each({"type": "integer", "minimum": 1}),
    coverage=SHARE,
    states=all_of(**dict.fromkeys(STATES, COUNT)),
    believed=COUNT,
    detours=all_of(
        straight=COUNT,
        via={
            "type": "object",
            "patternProperties": {"^[1-9][0-9]*$": {"type": "integer", "minimum": 1}},
            "additionalProperties": False,
        },
        heard_via_unknown=COUNT,
        did_not_arrive=COUNT,
        unknown=COUNT,
    ),
    arrival=all_of(rate=SHARE, reachable_pairs=COUNT, direct=SHARE, within_two=SHARE, at_all=SHARE),
    circles=all_of(
        two_way_pairs=COUNT,
        closed_circles={"type": ["array", "null"], "items": {"type": "array", "items": NAME, "minItems": 2}},
        actors_in_closed_circle={"type": ["integer", "null"], "minimum": 0},
        actors_on_a_cycle=COUNT,
        largest=COUNT,
        hierarchy=SHARE,
        efficiency=SHARE,
        connectedness=SHARE,
        lines_to_cut=COUNT,
        method={"enum": ["exact", "upper bound"]},
    ),
    silos=all_of(
        ei=INDEX,
        expected=INDEX,
        band={"type": ["array", "null"], "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
        p_low=SHARE,
        p_high=SHARE,
        verdict=VERDICT,
        reason={
            "enum": [
                "no_groups",
                "own_groups",
                "one_group",
                "no_lines",
                "too_few_relabellings",
                "coverage",
                None,
            ]
        },
        by_group=each(all_of(ei=INDEX, p=SHARE, verdict=VERDICT)),
        modularity=INDEX,
        conductance=each(SHARE, null=True),
        communities={"type": ["integer", "null"], "minimum": 1},
        nmi=SHARE,
        adjusted_rand=INDEX,
        walls=PAIRS,
        walls_listed=PAIRS,
    ),
    brokers={
        "type": "array",
        "items": all_of(
            actor=NAME, betweenness={"type": "number", "minimum": 0}, constraint=NUMBER, load=COUNT
        ),
    },
    warnings={"type": "array", "items": NAME},
    seed=COUNT,
    version=NAME,
)
FORM = jsonschema.Draft202012Validator(PROMISED)

NAMES = st.sampled_from(["a", "b", "c", "d", "Zorg & Co", "Café", "团队", "👩‍👩‍👧", "T", " a ", '"b"', "-1"])
OFTEN = st.sampled_from(["a", "b", "c", "d", "T"])
ODD = st.one_of(st.sampled_from(["", " ", "NaN", "1e9", "=1+1", "\u202e"]), st.text(max_size=3))
LINES = {
    "source": st.one_of(OFTEN, NAMES),
    "target": st.one_of(OFTEN, NAMES),
    "perspective": st.sampled_from(["sender", "receiver", "observer"]),
    "reporter": st.sampled_from(["", "one", "two"]),
    "arrives": st.sampled_from(["", "yes", "partly", "no"]),
    "via": st.sampled_from(["", "", "press", "b", "b;press", "c; d"]),
    "expected": st.sampled_from(["", "yes", "doubt"]),
    "channel": st.sampled_from(["", "mail"]),
    "delay_days": st.sampled_from(["", "0", "1.5", "2,5"]),
    "weight": st.sampled_from(["", "1", "3"]),
}
ACTORS = {
    "actor": st.one_of(OFTEN, NAMES),
    "label": st.sampled_from(["", "Team", "Balie"]),
    "group": st.sampled_from(["", "x", "y", "z"]),
    "kind": st.sampled_from(["", "team", "role", "audience"]),
    "voice": st.sampled_from(["", "own", "proxy", "none"]),
    "capacity": st.sampled_from(["", "4"]),
}


def quoted(cell):
    return '"' + cell.replace('"', '""') + '"'


@st.composite
def files(draw, columns, needed):
    """Draw the bytes of a table, written in one of the ways that people's programs write them, now and then wrongly."""
    more = draw(st.lists(st.sampled_from([name for name in columns if name not in needed]), unique=True))
    header = draw(st.permutations([*needed, *more]))
    rows = [[draw(columns[name]) for name in header] for _ in range(draw(st.integers(0, 12)))]
    fault = draw(st.sampled_from([None] * 6 + ["odd", "ragged", "bytes"]))
    if rows and fault == "odd":
        row = draw(st.sampled_from(rows))
        row[draw(st.integers(0, len(row) - 1))] = draw(ODD)
    if rows and fault == "ragged":
        row = draw(st.sampled_from(rows))
        row[:] = draw(st.sampled_from([row[:1], [*row, "more"], []]))
    sign, end = draw(st.sampled_from([",", ";", "\t"])), draw(st.sampled_from(["\n", "\r\n", "\r"]))
    lines = [sign.join(map(quoted if draw(st.booleans()) else str, row)) for row in [header, *rows]]
    text = end.join(lines) + draw(st.sampled_from(["", end, end * 2]))
    data = draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + text.encode("utf-8", "replace")
    if fault == "bytes":
        place = draw(st.integers(0, len(data)))
        data = data[:place] + draw(st.binary(max_size=3)) + data[place:]
    return data


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("contract")


def answered(folder, lines, actors, *options, lang="en"):
    """Give the numbers of files, or None if these were refused in one clear line."""
    given = [folder / "lines.csv"]
    given[0].write_bytes(lines)
    if actors is not None:
        (folder / "actors.csv").write_bytes(actors)
        given += ["--actors", folder / "actors.csv"]
    said = call("analyse", *given, "--json", *options, lang=lang)
    if said.code:
        assert said.out == ""
        assert said.is_one_clear_line()
        return None
    assert said.err == ""
    found = json.loads(said.out, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    FORM.validate(found)
    return found


@settings(patient, max_examples=120)
@given(
    files(LINES, ["source", "target"]),
    st.one_of(st.none(), files(ACTORS, ["actor"])),
    st.booleans(),
    st.sampled_from(LANGUAGES),
)
@example(b"source,target\n", None, False, "nl")
@example(
    b"source;target;via;perspective\ra;a;;sender\ra;b;c;receiver", b"actor\tkind\nT\taudience", True, "nl"
)
def test_any_file_gives_the_promised_form_or_one_clear_line(folder, lines, actors, undirected, lang):
    found = answered(folder, lines, actors, *(["--undirected"] if undirected else []), lang=lang)
    if found is None:
        return
    n, detours = found["actors"], dict(found["detours"])
    assert sum(found["states"].values()) == n * (n - 1)
    assert sum(detours.pop("via").values()) + sum(detours.values()) == found["believed"]
    assert sum(found["groups"].values()) <= n
    assert len(found["brokers"]) == n


@settings(patient, max_examples=40)
@given(
    st.lists(
        st.fixed_dictionaries({"source": OFTEN, "target": OFTEN, "arrives": LINES["arrives"]}), max_size=15
    )
)
def test_a_file_without_a_fault_is_never_refused(folder, rows):
    text = "source,target,arrives,perspective\n" + "".join(
        f"{row['source']},{row['target']},{row['arrives']},{side}\n"
        for row in rows
        for side in ("sender", "receiver")
    )
    found = answered(folder, text.encode(), b"actor,kind,voice\nT,audience,own\n")
    assert found is not None
    lines = [row for row in rows if row["source"] != row["target"]]
    assert found["actors"] == len({"T", *(row[end] for row in lines for end in ("source", "target"))})
    assert bool(found["warnings"]) >= (len(lines) < len(rows))


def test_the_form_tells_wrong_numbers_from_right_ones(folder):
    """A form that takes anything would prove nothing."""
    found = answered(folder, b"source,target\na,b\nb,a\n", None)
    wrong = {
        "actors": -1,
        "coverage": 1.5,
        "states": {**found["states"], "confirmed": None},
        "detours": {**found["detours"], "via": {"0": 1}},
        "circles": {**found["circles"], "method": "guessed"},
        "silos": {**found["silos"], "verdict": "closed"},
        "brokers": [{"actor": "a"}],
        "warnings": None,
    }
    for name, value in wrong.items():
        assert not FORM.is_valid({**found, name: value}), name
        assert not FORM.is_valid({key: given for key, given in found.items() if key != name}), name
