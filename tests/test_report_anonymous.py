"""What an anonymous workshop leaves: the released table and nothing of anybody, in every file of the bundle."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import pytest

from workshopkit.errors import UsageError
from workshopkit.network.release import K
from workshopkit.panels import demo
from workshopkit.report import html
from workshopkit.report.bundle import bundle, restore
from workshopkit.room.fold import fold
from workshopkit.room.release import released
from workshopkit.store import open_store


@pytest.fixture(scope="module")
def held():
    store, workshop = demo.demo_workshop("en", anonymous=True)
    return store, workshop


def files(packed):
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name.removeprefix("workshop/"): archive.read(name) for name in archive.namelist()}


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_no_answer_of_anybody_is_in_the_bundle(held):
    store, workshop = held
    there = files(bundle(store, workshop, "en"))
    assert "lines.csv" not in there
    log = json.loads(there["events.json"])
    assert {event["kind"] for event in log["events"]} & {
        "told",
        "heard",
        "wish",
        "guessed",
        "case.marked",
        "list.closed",
    } == set()
    everything = b"\n".join(there.values())
    for event in store.events(workshop):
        if event.participant != "facilitator":
            assert event.participant.encode() not in everything
            assert event.id.encode() not in everything
    assert b'"at"' not in there["events.json"]


def test_the_table_tells_five_steps_and_no_numbers_of_people(held):
    store, workshop = held
    there = files(bundle(store, workshop, "en"))
    table = rows(there["together.csv"])
    assert len(table) == 24
    assert {row["strength"] for row in table} <= {"0", "0.25", "0.5", "0.75", "1"}
    assert set(table[0]) == {"source", "target", "perspective", "together", "strength"}
    for row in rows(there["marks.csv"]):
        assert {row[mark] for mark in ("ours", "not_ours", "unknown")} <= {
            "0",
            "0.25",
            "0.5",
            "0.75",
            "1",
            "",
        }
    # The numbers of answers that measures use are k, not how many there were.
    analysis = json.loads(there["analysis.json"])
    assert analysis["silos"]["ei"] is None


def test_rows_stand_in_no_order(held):
    store, workshop = held
    orders = {
        tuple(
            row["source"] + row["target"] + row["perspective"]
            for row in rows(files(bundle(store, workshop, "en"))["together.csv"])
        )
        for _ in range(4)
    }
    assert len(orders) > 1


def test_who_restores_it_has_every_number_again(held, tmp_path):
    store, workshop = held
    packed = bundle(store, workshop, "en")
    other = open_store(str(tmp_path / "other.db"))
    try:
        made = restore(other, packed)
        room = fold(other.events(made.id))
        before = released(fold(store.events(workshop)))
        after = released(room)
        assert (after.lines, after.guesses, after.marks) == (before.lines, before.guesses, before.marks)
        assert {one: wish for one, wish in after.wishes.items() if wish} == {
            one: wish for one, wish in before.wishes.items() if wish
        }
        again = files(bundle(other, made.id, "en"))
        assert again["analysis.json"] == files(packed)["analysis.json"]
        assert again["map.json"] == files(packed)["map.json"]
        # Who answers afterwards moves nothing.
        other.append(
            id="j", workshop=made.id, participant="p", act=None, kind="joined", payload={"actor": "service"}
        )
        other.append(
            id="t",
            workshop=made.id,
            participant="p",
            act="lines",
            kind="list.closed",
            payload={"list": "told"},
        )
        assert released(fold(other.events(made.id))).lines == before.lines
    finally:
        other.close()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda kept: kept["sides"].pop(),
        lambda kept: kept["sides"][0].__setitem__(3, 0.6),
        lambda kept: kept["sides"][0].__setitem__(2, "via"),
        lambda kept: kept["sides"][0].__setitem__(0, "nobody"),
        lambda kept: kept["sides"][0].__setitem__(2, None),
        lambda kept: kept.pop("wishes"),
        lambda kept: kept.update(guess=True),
        lambda kept: kept["marks"].append([1]),
        lambda kept: kept["marks"][0][1].update(service=[]),
    ],
)
def test_a_table_that_was_changed_is_refused(held, tmp_path, spoil):
    store, workshop = held
    there = files(bundle(store, workshop, "en"))
    log = json.loads(there["events.json"])
    (kept,) = (event["payload"] for event in log["events"] if event["kind"] == "release.kept")
    spoil(kept)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("workshop/events.json", json.dumps(log))
    other = open_store(str(tmp_path / "other.db"))
    try:
        with pytest.raises(UsageError):
            restore(other, out.getvalue())
    finally:
        other.close()


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_report_says_how_it_came_about(held, lang):
    store, workshop = held
    text = html.render(fold(store.events(workshop)), lang)
    assert {"nl": "Iedereen antwoordde alleen", "en": "Everybody answered alone"}[lang] in text
    assert {"nl": "bijna iedereen", "en": "nearly everybody"}[lang] in text
    assert f"{K}" in text


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_report_speaks_of_groups(held, lang):
    store, workshop = held
    text = re.sub(
        r"<style.*?</style>|<script.*?</script>",
        "",
        html.render(fold(store.events(workshop)), lang),
        flags=re.DOTALL,
    )
    assert re.findall(r"\bteams?\b", text, re.IGNORECASE) == []
    assert re.search({"nl": "van de 3 groepen rechtstreeks", "en": "of 3 groups directly"}[lang], text)
