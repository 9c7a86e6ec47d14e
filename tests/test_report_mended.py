"""What the report and the bundle tell of the break-through, and that a restored workshop tells the same."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter

import pytest

from report_helpers import Afternoon, actors
from workshopkit.figures import cards
from workshopkit.i18n import LANGUAGES, translator
from workshopkit.mending.table import CUT
from workshopkit.report import bundle, mended, settled
from workshopkit.report.html import render
from workshopkit.report.options import PARTS, Options
from workshopkit.room import could
from workshopkit.room.fold import fold
from workshopkit.room.tables import Bench
from workshopkit.store import open_store

SHORT = Options(without=frozenset(PARTS))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    opened = open_store(f"sqlite:///{tmp_path_factory.mktemp('mended') / 'kit.db'}")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def held(store):
    made = Afternoon(store, actors(9))
    made.answer()
    made.mend()
    made.open("report", "close")
    return made


def texts(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_plan_of_the_room_are_the_cards_with_most_dots_within_the_hours(held):
    room, t = held.room, translator("en")
    bench = Bench.of(room)
    counts = bench.counts(room)
    told = mended.told(room, "en")
    assert told.by_dots
    assert told.budget == f"{CUT} hours a month"
    dots = [card.dots for card in (*told.ours, *told.rest)]
    assert sum(dots) == 3 * len(held.definition.seats)
    assert [card.dots for card in told.ours] == sorted((card.dots for card in told.ours), reverse=True)
    table = next(iter(bench.tables.values()))
    names = {cards.said(room.definition, step, t): step for step in counts}
    spent = sum(table.hours(names[card.said]) for card in told.ours)
    assert 0 < spent <= CUT
    assert all(table.hours(names[card.said]) > CUT - spent for card in told.rest)


def test_without_dots_the_plan_is_what_most_tables_chose(store):
    made = Afternoon(store, actors(9))
    made.answer()
    made.mend(dots=False)
    told = mended.told(made.room, "en")
    chosen = Counter(step for table in Bench.of(made.room).tables.values() for step in table.plan.chosen)
    assert not told.by_dots
    assert told.ours[0].tables == max(chosen.values())
    assert "The cards that most tables chose" in render(made.room, "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report_tells_of_the_plan_the_best_one_and_how_stable_it_is(held, lang):
    room, t = held.room, translator(lang)
    page = texts(render(room, lang))
    found = could.find(Bench.of(room))
    for step in (*found.steps, *(step for other in found.others for step in other)):
        assert cards.said(room.definition, step, t) in page
    stays = t(
        "In {best} of {runs} times this plan stayed the best.", best=found.stable.best, runs=found.stable.runs
    )
    assert stays in page
    assert t("What do you know that the map does not?") in page
    assert t("What we mend first") in page
    assert t("What we mend first") not in texts(render(room, lang, SHORT))


def test_where_nobody_sat_down_at_a_table_nothing_is_told(store):
    made = Afternoon(store, actors(4))
    made.answer()
    assert mended.told(made.room, "en") is None
    made.open("breakthrough", "choose")
    assert mended.told(made.room, "en") is None
    assert mended.plans(made.room) is None


def test_the_table_of_plans_names_every_step_with_its_price(held):
    rows = list(csv.DictReader(io.StringIO(mended.plans(held.room).decode("utf-8-sig"))))
    found = could.find(Bench.of(held.room))
    best = [(row["step"], row["from"]) for row in rows if row["plan"] == "best"]
    assert best == [(step.kind, step.source) for step in found.steps]
    assert sum(int(row["price_a_month"]) for row in rows if row["plan"] == "best") == found.hours <= CUT
    assert {row["plan"] for row in rows} >= {"room", "best", "other 1", "other 2", "table t0"}


def test_a_restored_workshop_has_the_same_tables_dots_and_best_plan(held, store):
    packed = bundle.bundle(store, held.workshop.id, "en", SHORT)
    again = fold(store.events(bundle.restore(store, packed).id))
    before, after = Bench.of(held.room), Bench.of(again)
    for seat, table in before.tables.items():
        now = after.tables[seat]
        assert (now.plan.own, now.plan.chosen) == (table.plan.own, table.plan.chosen)
        assert (now.budget, now.prices) == (table.budget, table.prices)
    assert after.counts(again) == before.counts(held.room)
    assert could.find(after) == could.find(before)
    for lang in LANGUAGES:
        assert mended.told(again, lang) == mended.told(held.room, lang)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.read("workshop/plans.csv") == mended.plans(again)


def test_the_readme_says_that_plans_are_of_an_earlier_map_where_lines_have_changed_since(store):
    made, said = Afternoon(store, actors(4, domains=2)), "Lines have changed since"
    made.answer()
    made.mend(dots=False)

    def readme():
        with zipfile.ZipFile(io.BytesIO(bundle.bundle(store, made.workshop.id, "en", SHORT))) as archive:
            return archive.read("workshop/README.txt").decode()

    assert said not in readme()
    told = made.room.sheet("t0").told
    other = next(one for one in ("t1", "t2", "t3") if one not in told)
    made.say("phone-t0", "told", to=other, answer="yes", expected="yes")
    assert said in readme()


def test_who_gave_which_dots_and_how_a_table_came_to_its_plan_is_forgotten(held):
    log = settled.said(held.room)
    assert not {entry["kind"] for entry in log} & {"mend.dropped", "mend.undone", "mend.redone"}
    given = [entry["payload"]["steps"] for entry in log if entry["kind"] == "mend.given"]
    flat = [tuple(step.values()) for steps in given for step in steps]
    assert flat == sorted(flat), "dealt out anew, in the order of their cards"
    assert len(given) == len(held.definition.seats)
