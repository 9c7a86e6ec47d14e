"""The analyst: what it writes, how it goes on after a fault, and that it can always start anew."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from domain_helpers import payload
from workshopkit.errors import StoreError
from workshopkit.i18n import N_
from workshopkit.room import analyst
from workshopkit.room.analyst import Analyst, analyse_once, watch
from workshopkit.store import open_store

KINDS = ("phones", "wall", "cockpit")


@pytest.fixture
def store(tmp_path):
    opened = open_store(f"sqlite:///{tmp_path / 'room.db'}")
    yield opened
    opened.close()


@pytest.fixture
def workshop(store):
    return store.create_workshop(title="A try", lang="en", definition=payload(3, {"public": "proxy"})).id


@pytest.fixture
def say(store, workshop):
    numbers = itertools.count()

    def _say(who, kind, **given):
        return store.append(
            id=f"e{next(numbers)}", workshop=workshop, participant=who, act="lines", kind=kind, payload=given
        )[0]

    return _say


def snapshots(store, workshop):
    return {kind: store.snapshot(workshop, kind).payload for kind in KINDS}


def wait_for(condition, *, seconds=10.0):
    limit = time.monotonic() + seconds
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < limit, "waited in vain"
        pause.wait(0.01)


def test_what_is_written(store, workshop, say):
    say("p", "joined", actor="a")
    say("p", "told", to="b", answer="yes", expected="yes")
    say("p", "list.closed", list="told")
    last = say("p", "list.closed", list="heard")
    assert Analyst(store).look()
    found = snapshots(store, workshop)
    assert (found["phones"]["teams"], found["phones"]["ready"]) == (3, 1)
    wall = found["wall"]
    assert (wall["subject"], wall["teams"], wall["ready"]) == ("The desk closes", 3, 1)
    assert wall["team_states"][0] == {"id": "a", "label": "Team A", "ready": True}
    assert [seat["id"] for seat in wall["proxies"]] == ["public"]
    assert sum(wall["counts"].values()) == 12
    assert set(wall["sentences"]) == {"nl", "en"}
    assert wall["rows"] == [{"source": "a", "target": "b", "state": "unanswered"}]
    cockpit = {team["id"]: team for team in found["cockpit"]["teams"]}
    assert cockpit["a"]["phones"] == 1
    assert (cockpit["a"]["told"], cockpit["a"]["heard"], cockpit["a"]["ready"]) == (1, 0, True)
    assert set(cockpit) == {"a", "b", "c", "public"}
    assert store.snapshot(workshop, "phones").seq == last


def test_an_open_list_is_on_no_map(store, workshop, say):
    say("p", "joined", actor="a")
    say("p", "told", to="b", answer="yes", expected="yes")
    Analyst(store).look()
    assert snapshots(store, workshop)["wall"]["map"]["lines"] == []


def test_looking_again_writes_only_what_changed(store, workshop, say):
    busy = Analyst(store)
    assert busy.look()
    assert not busy.look()
    before = store.snapshot(workshop, "phones").seq
    say("p", "joined", actor="a")
    assert busy.look()
    assert store.snapshot(workshop, "phones").seq == before, "how many are ready did not change"


def test_step_by_step_is_the_same_as_from_scratch(store, workshop, say):
    busy = Analyst(store)
    for who, actor in (("p", "a"), ("q", "b"), ("r", "public")):
        say(who, "joined", actor=actor)
        busy.look()
        say(who, "heard", **{"from": "c"}, answer="yes", via=None)
        busy.look()
        for name in ("told", "heard"):
            say(who, "list.closed", list=name)
            busy.look()
    say("q", "withdrawn")
    busy.look()
    step_by_step = snapshots(store, workshop)
    again = store.create_workshop(title="x", lang="en", definition=payload(2)).id
    Analyst(store).look()
    assert snapshots(store, workshop) == step_by_step
    busy.forget()
    busy.look()
    assert snapshots(store, workshop) == step_by_step
    analyse_once(store, workshop)
    assert snapshots(store, workshop) == step_by_step
    assert store.snapshot(again, "phones")


def test_a_closed_workshop_is_finished_and_left(store, workshop, say):
    busy = Analyst(store)
    busy.look()
    say("p", "joined", actor="a")
    store.close_workshop(workshop)
    assert busy.look()
    assert not busy.look()
    assert snapshots(store, workshop)["cockpit"]["teams"][0]["phones"] == 1


def test_an_erased_workshop_stays_erased(store, workshop):
    busy = Analyst(store)
    busy.look()
    store.erase_workshop(workshop)
    busy.look()
    assert store.snapshot(workshop, "wall") is None


class Shaky:
    """A store that does not answer for a while."""

    def __init__(self, store, faults):
        self._store = store
        self._faults = faults

    def __getattr__(self, name):
        if name in {"events", "put_snapshot"} and self._faults:
            self._faults.pop()
            raise StoreError(N_("{name} does not answer now ({fault}). Try again."), name="x", fault="busy")
        return getattr(self._store, name)


@pytest.fixture
def watching(store, monkeypatch):
    monkeypatch.setattr(analyst, "RETRY_S", 0.02)
    stop, threads = threading.Event(), []

    def start(on, **options):
        threads.append(threading.Thread(target=watch, args=(on, stop), kwargs=options))
        threads[-1].start()

    yield start
    stop.set()
    for thread in threads:
        thread.join()


def ready(store, workshop):
    found = store.snapshot(workshop, "phones")
    return found.payload["ready"] if found else None


def test_watching(store, workshop, say, watching):
    backups = []
    watching(store, backup=lambda: backups.append(1))
    wait_for(lambda: ready(store, workshop) == 0)
    say("p", "joined", actor="a")
    for name in ("told", "heard"):
        say("p", "list.closed", list=name)
    wait_for(lambda: ready(store, workshop) == 1)
    wait_for(lambda: store.meta("analyst_lag"))
    wait_for(lambda: store.meta("analyst_at"))
    assert 0 <= float(store.meta("analyst_lag")) < 60
    wait_for(lambda: backups)


def test_what_came_in_before_the_room_fell_silent_is_copied_as_well(store, workshop, say, watching):
    copies = []

    def keep():
        copies.append(store.last_seq(workshop))
        return None if len(copies) < 3 else "a path"

    watching(store, backup=keep)
    wait_for(lambda: ready(store, workshop) == 0)
    say("p", "joined", actor="a")
    wait_for(lambda: len(copies) > 2)  # nothing else happens: it is asked again until a copy is there
    assert copies[-1] == store.last_seq(workshop)


def test_watching_a_store_that_stumbles(store, workshop, watching):
    watching(Shaky(store, [1, 2, 3, 4]))
    wait_for(lambda: ready(store, workshop) == 0)


def test_a_backup_that_fails_stops_nothing(store, workshop, say, watching):
    def fail():
        raise OSError("the stick is gone")

    watching(store, backup=fail)
    wait_for(lambda: all(store.snapshot(workshop, kind) for kind in ("phones", "wall", "cockpit")))
    say("p", "joined", actor="a")
    wait_for(lambda: snapshots(store, workshop)["cockpit"]["teams"][0]["phones"] == 1)


def test_many_events_are_taken_together(store, workshop, say):
    """The first event at once, and then at most every 200 ms: told by a clock that we move ourselves."""
    looks = []

    class Stop:
        """Moves the clock by 50 ms a turn, commits each turn, and ends after 20 turns."""

        def __init__(self):
            self.turns = 0

        def is_set(self):
            return self.turns >= 20

        def wait(self, _pause):
            self.turns += 1
            say("p", "checked")

    class Counting(Analyst):
        def look(self):
            looks.append(stop.turns)
            super().look()
            return True

    stop = Stop()
    original, analyst.Analyst = analyst.Analyst, Counting
    try:
        watch(store, stop, clock=lambda: stop.turns * 0.05)
    finally:
        analyst.Analyst = original
    assert looks[0] == 0
    assert all(later - earlier >= 4 for earlier, later in itertools.pairwise(looks))
    assert len(looks) >= 4


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_as_a_process_it_works_backs_up_and_ends_on_a_signal(store, workshop, tmp_path):
    command = [
        sys.executable,
        "-m",
        "workshopkit.room.analyst",
        "--db",
        store.url,
        "--backup-dir",
        tmp_path / "copies",
    ]
    process = subprocess.Popen(command)
    try:
        wait_for(lambda: ready(store, workshop) == 0, seconds=30)
        wait_for(lambda: list((tmp_path / "copies").glob("*.db")))
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()


def test_a_store_that_cannot_be_opened_is_told_in_one_line(tmp_path):
    (tmp_path / "no.db").write_bytes(b"this is no store" * 100)
    done = subprocess.run(
        [sys.executable, "-m", "workshopkit.room.analyst", "--db", f"sqlite:///{tmp_path / 'no.db'}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
