"""The data bundle: what it holds, what it keeps to itself, and that a workshop comes out of it as it went in."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from domain_helpers import definition as small
from domain_helpers import sheet
from report_helpers import HELD, HOSTILE, Afternoon, actors, whole
from test_report_settled import GIVEN, HISTORIES, PEOPLE, everything, play
from workshopkit import __version__
from workshopkit.analysis import findings
from workshopkit.case.load import default
from workshopkit.errors import UsageError, WorkshopkitError
from workshopkit.network.claims import Claim
from workshopkit.network.lines import STATES, Statements, reconcile, reconcile_statements
from workshopkit.report import bundle as bundles
from workshopkit.report import numbers
from workshopkit.report.analysing import analyse
from workshopkit.report.bundle import bundle, restore
from workshopkit.report.options import PARTS, Options
from workshopkit.room.definitions import BadDefinition, check
from workshopkit.room.events import MARKS
from workshopkit.room.fold import fold
from workshopkit.store import open_store

LOG = "workshop/events.json"
# Many bundles are made here; what their reports say is tested where reports are.
SHORT = Options(without=frozenset(PARTS))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    opened = open_store(f"sqlite:///{tmp_path_factory.mktemp('bundle') / 'kit.db'}")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def held(store):
    """Give a workshop that was held from beginning to end."""
    return whole(store)


@pytest.fixture(scope="module")
def packed(store, held):
    return bundle(store, held.workshop.id, "en")


def files(packed):
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name.removeprefix("workshop/"): archive.read(name) for name in archive.namelist()}


def readable(name, content):
    """Give what can be read in a file; the text and the marks of a PDF are packed in it."""
    if not name.endswith(".pdf"):
        return content
    paper = PdfReader(io.BytesIO(content))
    return "\n".join([*(page.extract_text() for page in paper.pages), str(paper.metadata)]).encode()


def rows(packed, name):
    text = files(packed)[name]
    assert text.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))


def room_of(store, workshop):
    return fold(store.events(workshop))


def repacked(packed, change=None, **more):
    """Give the bundle with its log changed, or with other files in it."""
    found = {f"workshop/{name}": content for name, content in files(packed).items()}
    if change is not None:
        log = json.loads(found[LOG])
        log = change(log) or log
        found[LOG] = json.dumps(log).encode()
    return zipped({**found, **more})


def zipped(found, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return out.getvalue()


# What is in it ------------------------------------------------------------------------------------------------------


def test_the_files(packed):
    assert list(files(packed)) == [
        "README.txt",
        "report-nl.html",
        "report-en.html",
        "report-nl.pdf",
        "report-en.pdf",
        "agreements.ics",
        "mails.txt",
        "lines.csv",
        "actors.csv",
        "agreements.csv",
        "marks.csv",
        "network.graphml",
        "network.gexf",
        "map.json",
        "analysis.json",
        "events.json",
    ]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_readme_names_every_file(store, held, lang):
    found = files(bundle(store, held.workshop.id, lang))
    readme = found["README.txt"].decode()
    assert all(name in readme for name in found if name != "README.txt")
    assert ("telefoon" in readme) == (lang == "nl")


def test_nothing_tells_who_or_when(store, held, packed):
    people = {event.participant for event in store.events(held.workshop.id)} - {"facilitator"}
    ids = {event.id for event in store.events(held.workshop.id)}
    everything = b"\n".join(map(readable, *zip(*files(packed).items(), strict=True))).decode()
    assert not [name for name in people | ids | {held.workshop.id, held.workshop.code} if name in everything]
    assert str(int(HELD))[:7] not in everything
    assert '"at"' not in everything
    assert json.loads(files(packed)["events.json"])["day"] == "2026-03-05", "of the time only the day is told"
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert {info.date_time[:3] for info in archive.infolist()} == {(1980, 1, 1)}


def test_a_hidden_agreement_is_in_the_log_alone(packed):
    where = {name for name, content in files(packed).items() if b"something rude" in readable(name, content)}
    assert where == {"events.json"}


def test_pseudonyms_are_new_each_time(store, held):
    logs = [json.loads(files(bundle(store, held.workshop.id, "nl"))["events.json"]) for _ in range(2)]
    people = [{entry["participant"] for entry in log["events"]} - {"facilitator"} for log in logs]
    assert people[0]
    assert not people[0] & people[1]


# The tables ---------------------------------------------------------------------------------------------------------


def from_tables(packed):
    """Read the lines back from the tables, as the contract of the files says they are read."""
    said = Statements()
    known = [row["actor"] for row in rows(packed, "actors.csv")]
    for row in rows(packed, "lines.csv"):
        pair = row["source"], row["target"]
        if row["perspective"] == "sender":
            said.sent[row["source"]] = {row["source"]}
            said.told[pair] = {row["source"]: Claim(row["arrives"] or "yes")}
        else:
            ways = tuple(filter(None, row["via"].split(";")))
            said.received[row["target"]] = {row["target"]}
            said.heard[pair] = {row["target"]: Claim("no" if ways else row["arrives"] or "yes", ways)}
    return reconcile_statements(known, said)


def test_the_tables_give_every_line_again(store, packed, held):
    room = held.room
    assert from_tables(packed) == reconcile(room.definition, room.sheets)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HISTORIES)
def test_the_tables_give_every_line_of_any_room_again(store, history):
    room, packed = stored(store, history)
    assert from_tables(packed) == reconcile(room.definition, room.sheets)


def test_a_list_that_is_closed_on_nobody_is_no_silence(store):
    afternoon = Afternoon(store, actors(3, 0, 0))
    afternoon.say("p", "joined", actor="t0")
    for name in ("told", "heard"):
        afternoon.say("p", "list.closed", list=name)
    packed = bundle(store, afternoon.workshop.id, "nl")
    assert Counter((row["perspective"], row["arrives"]) for row in rows(packed, "lines.csv")) == {
        ("sender", "no"): 2,
        ("receiver", "no"): 2,
    }
    assert from_tables(packed) == reconcile(afternoon.definition, afternoon.room.sheets)


def test_places_agreements_and_marks(packed):
    places = {row["actor"]: row for row in rows(packed, "actors.csv")}
    assert places["t0"] == {
        "actor": "t0",
        "label": "Team 0",
        "group": "Domain d0",
        "kind": "team",
        "voice": "own",
    }
    assert (places["p0"]["voice"], places["p1"]["voice"], places["p1"]["group"]) == ("proxy", "none", "")
    found = rows(packed, "agreements.csv")
    assert [
        (row["line_from"], row["line_to"], row["written_by"], row["with"], row["answer"]) for row in found
    ] == [
        ("Team 0", "Team 4", "Team 0", "Team 4", "accepted"),
        ("Team 5", "Team 0", "Team 0", "Team 5", "other"),
        ("Team 7", "Audience 0", "Team 7", "Audience 0", ""),
    ]
    assert (found[0]["when"], found[0]["alone"]) == ("2026-04-01", "the night shift")
    marks = rows(packed, "marks.csv")
    assert [row["card"] for row in marks] == [item.id for item in default().core]
    assert {sum(int(row[mark]) for mark in MARKS) for row in marks} == {10}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " =", "＝"])
def test_no_cell_is_a_formula(store, start):
    given = actors(3, 0, 0, label=lambda number: f"{start}1+{number}")
    given["domains"] = [{"id": "d0", "label": f"{start}d"}]
    given["actors"] = [{**actor, "domain": "d0"} for actor in given["actors"]]
    afternoon = Afternoon(store, given)
    afternoon.answer()
    afternoon.agree(
        "t0", "t1", texts=dict.fromkeys(("if", "then", "who", "obstacle", "instead", "alone"), f"{start}1")
    )
    packed = bundle(store, afternoon.workshop.id, "nl")
    cells = [
        cell
        for name in ("lines.csv", "actors.csv", "agreements.csv", "marks.csv")
        for row in rows(packed, name)
        for cell in row.values()
    ]
    assert f"'{start}1+0" in cells
    assert not [cell for cell in cells if re.match(r"\s*[=+\-@＝]", cell)]


# The measures -------------------------------------------------------------------------------------------------------


def test_the_measures_have_the_names_that_were_promised(packed):
    found = json.loads(files(packed)["analysis.json"])
    assert list(found["states"]) == list(STATES)
    assert sum(found["states"].values()) == 11 * 10
    detours = found["detours"]
    assert found["believed"] == sum(
        [
            *detours["via"].values(),
            *(detours[name] for name in ("straight", "heard_via_unknown", "did_not_arrive", "unknown")),
        ]
    )
    promised = {
        "": "actors lines believed groups coverage states detours arrival circles silos seed version",
        "arrival": "rate reachable_pairs direct within_two at_all",
        "circles": "two_way_pairs closed_circles actors_in_closed_circle actors_on_a_cycle largest hierarchy efficiency "
        "connectedness lines_to_cut method",
        "silos": "ei expected band p_low p_high verdict reason by_group modularity conductance walls walls_listed",
    }
    for part, names in promised.items():
        assert set(names.split()) <= set(found[part] if part else found)
    assert found["groups"] == {"Domain d0": 3, "Domain d1": 3, "Domain d2": 3}


def test_the_map_has_every_line_and_place(packed):
    found, measures = (json.loads(files(packed)[name]) for name in ("map.json", "analysis.json"))
    assert Counter(line["state"] for line in found["lines"]) == {
        state: count for state, count in measures["states"].items() if count
    }
    assert sum(line["lived"] for line in found["lines"]) == measures["lines"]
    assert len({(place["x"], place["y"]) for place in found["actors"]}) == 11


def test_what_is_undefined_is_null_with_its_reason(store):
    afternoon = Afternoon(store, {**actors(3, 0, 1), "domains": []})
    found = json.loads(files(bundle(store, afternoon.workshop.id, "nl"))["analysis.json"])
    silos = found["silos"]
    assert (silos["ei"], silos["band"], silos["verdict"], silos["reason"]) == (None, None, None, "no_groups")
    assert (found["coverage"], found["lines"], found["arrival"]["direct"]) == (0.0, 0, 0.0)
    alone = Afternoon(store, {**actors(3, 0, 0), "domains": []})
    found = json.loads(files(bundle(store, alone.workshop.id, "nl"))["analysis.json"])
    assert (found["circles"]["closed_circles"], found["circles"]["reason"]) == (None, "no_voiced_audience")


def test_a_wall_is_listed_and_is_a_finding_only_where_chance_would_have_put_lines():
    for teams, finding in ((10, True), (4, False)):
        here = small(teams, {"public": "proxy"}, domains=2)
        near = {
            one.id: [two.id for two in here.teams if two != one and two.domain == one.domain]
            for one in here.teams
        }
        sheets = {id: sheet(named, dict.fromkeys(named, "yes")) for id, named in near.items()} | {
            "public": sheet("", {})
        }
        found = numbers.analysis(findings.find(here, reconcile(here, sheets)), seed=0)["silos"]
        assert found["walls_listed"] == [["D0", "D1"]]
        assert found["walls"] == ([["D0", "D1"]] if finding else [])
        assert (found["verdict"], found["reason"]) == (
            ("more_closed", None) if finding else (None, "too_few_relabellings")
        )


def test_brokers_roles_cores_and_communities_are_in_it(packed, held):
    found = json.loads(files(packed)["analysis.json"])
    rows = found["brokers"]
    assert [row["actor"] for row in rows] == [
        row["actor"] for row in sorted(rows, key=lambda row: (-row["betweenness"], row["actor"]))
    ]
    assert len(rows) == len(found["cores"]["coreness"]) == found["actors"]
    assert set(rows[0]) == {"actor", "betweenness", "constraint", "effective_size", "load", "capacity"}
    assert sum(row["load"] for row in rows) == 2 * found["lines"]
    assert found["brokers_method"] == "exact"
    assert (found["cores"]["core"] is None) == (found["cores"]["reason"] is not None)
    assert all(set(one) >= {"coordinator", "liaison"} for one in found["roles"].values())
    assert {"communities", "nmi", "adjusted_rand", "communities_reason"} <= set(found["silos"])
    assert found["silos"]["communities"] >= 1


# Out and in again ---------------------------------------------------------------------------------------------------


def stored(store, history):
    """Put a history into the store; gives the room and its bundle."""
    made = store.create_workshop(title=GIVEN["title"], lang="en", definition=GIVEN)
    for event in play(history, PEOPLE)[1:]:
        payload = dict(event.payload)
        if "agreement" in payload:
            payload["agreement"] = f"{made.id}-{payload['agreement']}"
        if event.kind == "chosen":
            payload["event"] = f"{made.id}-{payload['event']}"
        store.append(
            id=f"{made.id}-{event.id}",
            workshop=made.id,
            participant=event.participant,
            act=event.act,
            kind=event.kind,
            payload=payload,
        )
    return room_of(store, made.id), bundle(store, made.id, "en", SHORT)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HISTORIES)
def test_a_workshop_comes_out_as_it_went_in(store, history):
    room, packed = stored(store, history)
    made = restore(store, packed)
    assert everything(room_of(store, made.id)) == everything(room)


def test_the_same_again_with_everything_of_an_afternoon(store, held, packed):
    made = restore(store, packed)
    assert (made.title, made.lang, made.closed) == (held.workshop.title, "en", None)
    assert made.code != held.workshop.code
    assert everything(room_of(store, made.id)) == everything(held.room)
    after = files(bundle(store, made.id, "en"))
    before = files(packed)
    assert {name for name in before if before[name] != after[name]} == {"events.json"}, (
        "but for the pseudonyms"
    )


def test_it_can_be_restored_beside_itself_and_elsewhere(store, packed, tmp_path):
    ids = {restore(store, packed).id, restore(store, packed).id}
    other = open_store(str(tmp_path / "other.db"))
    ids.add(restore(other, packed).id)
    other.close()
    assert len(ids) == 3


def test_the_room_goes_on_after_it(store, packed):
    made = restore(store, packed)
    (agreement, *_) = [one for one in room_of(store, made.id).agreements if one.answer == "other"]
    event = {"workshop": made.id, "participant": "new", "act": "agreements"}
    store.append(id="n1", kind="joined", payload={"actor": agreement.other}, **event)
    store.append(
        id="n2", kind="agreement.answered", payload={"agreement": agreement.id, "answer": "accepted"}, **event
    )
    (now,) = [one for one in room_of(store, made.id).agreements if one.id == agreement.id]
    assert now.answer == "accepted"


def test_a_closed_workshop_stays_closed(store):
    afternoon = Afternoon(store, actors(6))
    afternoon.answer()
    afternoon.lead("workshop.closed")
    store.close_workshop(afternoon.workshop.id)
    made = restore(store, bundle(store, afternoon.workshop.id, "nl"))
    assert made.closed is not None
    assert room_of(store, made.id).closed


def test_an_agreement_whose_day_is_past_is_restored(store, packed):
    def past(log):
        for entry in log["events"]:
            if entry["kind"] == "agreement.written":
                entry["payload"]["when"] = "2020-02-29"

    made = restore(store, repacked(packed, past))
    assert {one.when for one in room_of(store, made.id).agreements} == {"2020-02-29"}


def test_hostile_words_come_out_as_they_went_in(store):
    given = actors(
        len(HOSTILE), label=lambda number: f"{number} {HOSTILE[number]}".replace("\ud83d", "")[:80]
    )
    afternoon = Afternoon(store, check({**given, "subject": HOSTILE[0], "promise": HOSTILE[3]}))
    afternoon.answer()
    made = restore(store, bundle(store, afternoon.workshop.id, "nl"))
    assert room_of(store, made.id).definition == afternoon.room.definition


def test_half_an_emoji_breaks_nothing(store):
    given = actors(3, label=lambda number: f"\ud83d {number}")
    afternoon = Afternoon(store, {**given, "subject": "\udc00"})
    afternoon.answer()
    packed = files(bundle(store, afternoon.workshop.id, "nl"))
    assert b"\xed\xa0" not in b"".join(readable(name, content) for name, content in packed.items())


# What is no bundle --------------------------------------------------------------------------------------------------


def refused(store, given, kind=UsageError):
    """Check that a file is refused in one clear sentence, in both languages, and that nothing was made of it."""
    before = [one.id for one in store.workshops()]
    with pytest.raises(WorkshopkitError) as caught:
        restore(store, given)
    assert isinstance(caught.value, kind)
    texts = [caught.value.text(lang) for lang in ("nl", "en")]
    assert texts[0] != texts[1]
    for text in texts:
        assert "\n" not in text
        assert "{" not in text
        assert text.endswith((".", "workshopkit"))
    assert [one.id for one in store.workshops()] == before
    return texts[1]


NO_BUNDLE = {
    "nothing": b"",
    "two letters": b"PK",
    "text": b"not a zip at all" * 100,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "an empty zip": zipped({}),
    "another zip": zipped({"events.json": "{}"}),
    "an empty log": zipped({LOG: ""}),
    "a list": zipped({LOG: "[]"}),
    "null": zipped({LOG: "null"}),
    "an empty object": zipped({LOG: "{}"}),
    "UTF-16": zipped({LOG: b"\xff\xfe{}"}),
    "nested": zipped({LOG: "[" * 200_000}),
    "a large number": zipped({LOG: '{"format": ' + "9" * 6000 + "}"}),
    "a format in words": zipped({LOG: '{"format": "1", "events": []}'}),
    "a format alone": zipped({LOG: '{"format": 1}'}),
    "a definition that is a list": zipped({LOG: '{"format": 1, "definition": []}'}),
    "a folder": zipped({f"{LOG}/": ""}),
}


@pytest.mark.parametrize("given", NO_BUNDLE.values(), ids=NO_BUNDLE)
def test_other_files_are_refused(store, given):
    refused(store, given, WorkshopkitError)


def test_a_broken_bundle_is_refused(store, packed):
    start = packed.index(b"events.json") + 40
    for broken in (
        packed[:-30],
        packed[: len(packed) // 2],
        packed[:start] + bytes(60) + packed[start + 60 :],
    ):
        assert "damaged" in refused(store, broken)
    assert "no bundle" in refused(store, b"not a zip at all" * 100)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_bundle_with_a_few_bytes_changed_never_breaks_the_kit(store, packed, data):
    broken = bytearray(packed)
    for _ in range(data.draw(st.integers(1, 5))):
        broken[data.draw(st.integers(0, len(packed) - 1))] = data.draw(st.integers(0, 255))
    with suppress(WorkshopkitError):
        restore(store, bytes(broken))


def test_a_locked_or_oddly_packed_bundle_is_refused(store, packed):
    locked = bytearray(packed)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        info = archive.getinfo(LOG)
    locked[info.header_offset + 6] |= 1
    place = packed.rindex(LOG.encode()) - 46
    locked[place + 8] |= 1
    refused(store, bytes(locked))
    odd = bytearray(packed)
    odd[info.header_offset + 8], odd[place + 10] = 99, 99
    refused(store, bytes(odd))


def test_a_bomb_does_not_go_off(store, packed, monkeypatch):
    monkeypatch.setattr(bundles, "MAX_BYTES", 1_000_000)
    # Cut off where a bundle must have ended, what is left could still be read.
    assert "larger than any" in refused(
        store, zipped({LOG: files(packed)["events.json"] + b" " * 50_000_000})
    )
    assert "larger than any" in refused(store, bytes(1_000_001))
    monkeypatch.setattr(bundles, "MAX_EVENTS", 10)
    refused(store, packed)


def test_a_bundle_of_an_older_version_gives_the_same_numbers(store, held, packed):
    made = restore(store, repacked(packed, lambda log: {**log, "format": 1}))
    again = files(bundle(store, made.id, "en"))
    assert again["analysis.json"] == files(packed)["analysis.json"]
    for wrong in (0, -1, True, 1.0):
        assert "no bundle" in refused(
            store, repacked(packed, lambda log, wrong=wrong: {**log, "format": wrong})
        )


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
def test_the_networks_read_back_as_the_tables_do(store, held, packed, ending, tmp_path):
    path = tmp_path / f"network.{ending}"
    path.write_bytes(files(packed)[path.name])
    given = analyse(path)
    assert (
        given.found.lines.counts
        == findings.find(held.definition, reconcile(held.definition, held.room.sheets)).lines.counts
    )


def test_the_readme_tells_version_and_seed(packed):
    readme = files(packed)["README.txt"].decode()
    assert f"workshopkit {__version__}, seed {bundles.SEED}" in readme


def test_a_bundle_of_a_newer_version_names_the_remedy(store, packed):
    assert "pip install --upgrade" in refused(
        store, repacked(packed, lambda log: {**log, "format": bundles.FORMAT + 1})
    )


@pytest.mark.parametrize(
    ("number", "change"),
    [
        (0, {"kind": "danced"}),
        (0, {"kind": None}),
        (0, {"kind": ["told"]}),
        (0, {"payload": {"actor": "nobody"}}),
        (0, {"payload": {"actor": "p1"}}),
        (0, {"payload": {"actor": ["t0"]}}),
        (0, {"kind": "workshop.defined", "payload": GIVEN}),
        (0, {"kind": "told", "payload": {"to": "t1", "answer": "yes"}}),
        (2, {"kind": "told", "payload": {"to": "t0", "answer": "yes"}}),
        (2, {"kind": "told", "payload": {"to": "t1", "answer": "yes " * 9000}}),
        (2, {"kind": "agreement.written", "payload": {"with": "t1", "when": "soon"}}),
        (2, {"kind": "agreement.written", "payload": {"with": "t1", "when": "2027-01-01", "if": ""}}),
        (2, {"kind": "guessed", "payload": {"tenths": 11}}),
    ],
)
def test_what_no_page_would_have_let_through_is_refused(store, packed, number, change):
    def bad(log):
        log["events"][number].update(change)

    assert f"entry {number + 1} " in refused(store, repacked(packed, bad))


@pytest.mark.parametrize(
    "change",
    [
        {"id": None},
        {"id": "3"},
        {"id": "../../x"},
        {"id": "1" * 90},
        {"payload": None},
        {"payload": []},
    ],
)
def test_entries_without_form_are_refused(store, packed, change):
    def bad(log):
        log["events"][0].update(change)

    refused(store, repacked(packed, bad))


def test_a_definition_that_cannot_be_held_is_refused_with_its_reason(store, packed):
    def empty(log):
        log["definition"]["actors"] = []

    assert "too few teams" in refused(store, repacked(packed, empty), BadDefinition)


def test_who_pretends_to_lead_only_gets_a_seat(store, packed):
    """A bundle names nobody: whoever speaks for a team gets a new name, whatever stands there."""

    def pretend(log):
        for entry in log["events"]:
            entry["participant"] = "facilitator"

    made = restore(store, repacked(packed, pretend))
    who = {event.participant for event in store.events(made.id) if event.kind == "joined"}
    assert len(who) == 1
    assert "facilitator" not in who


def test_other_files_in_the_zip_are_left_alone(store, packed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    restore(store, repacked(packed, **{"../../evil.txt": b"x", "/etc/evil": b"x"}))
    assert list(tmp_path.iterdir()) == []
