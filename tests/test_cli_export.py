"""A workshop goes out to files and comes in again from the command line."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from cli_helpers import COMMAND, call, workshops
from report_helpers import Afternoon, actors, whole
from test_report_settled import everything
from workshopkit.report import bundle as bundles
from workshopkit.report.html import render
from workshopkit.report.options import Options
from workshopkit.room.fold import fold
from workshopkit.store import open_store

FILES = ["bundle.zip", "report-en.html", "report-en.pdf", "report-nl.html", "report-nl.pdf"]


@pytest.fixture
def db(tmp_path):
    return tmp_path / "kit.db"


@pytest.fixture
def store(db):
    opened = open_store(str(db))
    yield opened
    opened.close()


@pytest.fixture
def held(store):
    return whole(store)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_export_writes_report_and_bundle_and_tells_where(db, held, tmp_path, lang):
    folder = tmp_path / "deep" / "er"
    said = call("export", held.workshop.id, "--to", folder, "--db", db, lang=lang)
    assert (said.code, said.err) == (0, "")
    assert sorted(path.name for path in folder.iterdir()) == FILES
    assert said.out.splitlines() == [
        f"{ {'nl': 'Geschreven', 'en': 'Written'}[lang] }: {folder / name}"
        for name in ("report-nl.html", "report-en.html", "report-nl.pdf", "report-en.pdf", "bundle.zip")
    ]
    for one in ("nl", "en"):
        assert (folder / f"report-{one}.html").read_text(encoding="utf-8") == render(held.room, one)


def test_a_part_is_left_out_and_a_foreword_and_a_colour_are_added(db, held, tmp_path):
    foreword = tmp_path / "foreword.txt"
    foreword.write_text("Beste lezer", encoding="utf-8")
    more = ("--without", "teams", "--without", "glossary", "--foreword", foreword, "--colour", "#7a1f3d")
    said = call("export", held.workshop.id, "--to", tmp_path / "out", "--db", db, *more, lang="nl")
    assert (said.code, said.err) == (0, "")
    page = (tmp_path / "out" / "report-nl.html").read_text(encoding="utf-8")
    assert page == render(
        held.room,
        "nl",
        Options.checked(without=["teams", "glossary"], foreword="Beste lezer", colour="#7a1f3d"),
    )


@pytest.mark.parametrize(
    ("more", "word"), [(("--without", "maps"), "“maps”"), (("--colour", "blue"), "“blue”")]
)
def test_what_cannot_be_added_is_said_in_one_line(db, held, tmp_path, more, word):
    said = call("export", held.workshop.id, "--to", tmp_path / "out", "--db", db, *more, lang="nl")
    assert said.code == 2
    assert word in said.err
    assert len(said.err.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_a_workshop_is_held_a_second_time(db, held):
    said = call("new", "--again", held.workshop.id, "--db", db, lang="en")
    assert (said.code, said.err) == (0, "")
    with_places = [one for one in workshops(db) if one.id != held.workshop.id]
    again = fold(held.store.events(with_places[0].id))
    assert again.definition == held.room.definition
    assert again.sheets == {}


def test_import_gives_the_same_workshop_in_another_store(db, held, tmp_path):
    call("export", held.workshop.id, "--to", tmp_path, "--db", db)
    other = tmp_path / "elsewhere" / "kit.db"
    said = call("import", tmp_path / "bundle.zip", "--db", other, lang="en")
    assert (said.code, said.err) == (0, "")
    (made,) = workshops(other)
    for word in (made.title, made.id, made.code, f"workshopkit serve --db {other}\n"):
        assert word in said.out
    found = open_store(str(other))
    assert everything(fold(found.events(made.id))) == everything(held.room)
    found.close()


def test_a_closed_workshop_is_not_offered_for_serving(db, store, tmp_path):
    afternoon = Afternoon(store, actors(6))
    store.close_workshop(afternoon.workshop.id)
    call("export", afternoon.workshop.id, "--to", tmp_path, "--db", db)
    said = call("import", tmp_path / "bundle.zip", "--db", tmp_path / "new.db", lang="en")
    assert (said.code, len(said.out.splitlines())) == (0, 1)


def test_export_works_while_the_room_answers(db, held, tmp_path):
    stop = threading.Event()
    trouble = []

    def answer():
        other = open_store(str(db))
        try:
            number = 0
            while not stop.is_set():
                number += 1
                other.append(
                    id=f"busy-{number}",
                    workshop=held.workshop.id,
                    participant="phone-t1",
                    act="lines",
                    kind="guessed",
                    payload={"tenths": number % 11},
                )
        except Exception as fault:  # noqa: BLE001 - the test looks at it
            trouble.append(fault)
        finally:
            other.close()

    busy = threading.Thread(target=answer)
    busy.start()
    try:
        done = [
            call("export", held.workshop.id, "--to", tmp_path / str(number), "--db", db)
            for number in range(3)
        ]
    finally:
        stop.set()
        busy.join()
    assert [said.code for said in done] == [0, 0, 0]
    assert trouble == []
    assert call("import", tmp_path / "2" / "bundle.zip", "--db", tmp_path / "new.db").code == 0


def test_an_older_export_gives_way_to_a_whole_new_one(db, held, tmp_path, monkeypatch):
    (tmp_path / "bundle.zip").write_bytes(b"old")
    written, write = [], Path.write_bytes
    monkeypatch.setattr(
        Path, "write_bytes", lambda path, content: (written.append(path.name), write(path, content))
    )
    assert call("export", held.workshop.id, "--to", tmp_path, "--db", db).code == 0
    assert (tmp_path / "bundle.zip").read_bytes().startswith(b"PK")
    assert not set(written) & set(FILES), "what stands there is replaced, never half written over"
    assert not list(tmp_path.glob(".*"))


def test_a_folder_that_cannot_be_written_is_refused_in_one_line(db, held, tmp_path):
    file = tmp_path / "file"
    file.write_text("x")
    (tmp_path / "taken" / "bundle.zip").mkdir(parents=True)
    for folder in (file, file / "deeper", tmp_path / "taken"):
        said = call("export", held.workshop.id, "--to", folder, "--db", db, lang="en")
        assert said.is_one_clear_line()
        assert str(folder) in said.err
    assert not list((tmp_path / "taken").glob(".*"))


@pytest.mark.parametrize(
    ("number", "reason"), [(errno.EACCES, "Permission denied"), (errno.ENOSPC, "No space left on device")]
)
def test_a_full_or_locked_disk_is_told_and_leaves_the_old_files(
    db, held, tmp_path, monkeypatch, number, reason
):
    (tmp_path / "bundle.zip").write_bytes(b"old")

    def fail(path, content):
        path.touch()
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "write_bytes", fail)
    said = call("export", held.workshop.id, "--to", tmp_path, "--db", db, lang="en")
    assert said.is_one_clear_line()
    assert reason in said.err
    assert (tmp_path / "bundle.zip").read_bytes() == b"old"
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "nobody", "--to", "somewhere"),
        ("export",),
        ("export", "x"),
        ("import",),
        ("import", "not-there.zip"),
        ("import", "."),
    ],
    ids=" ".join,
)
def test_bad_input_is_answered_in_one_line(db, held, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    for lang in ("nl", "en"):
        assert call(*arguments, "--db", db, lang=lang).is_one_clear_line()
    assert not (tmp_path / "somewhere").exists()


def test_a_file_that_is_no_bundle_makes_no_workshop(db, held, tmp_path):
    for content in (b"", b"PK\x03\x04 nothing", b"x" * 5000):
        (tmp_path / "odd.zip").write_bytes(content)
        assert call("import", tmp_path / "odd.zip", "--db", db).is_one_clear_line()
    assert len(workshops(db)) == 1


def test_a_file_too_large_for_a_bundle_is_not_read_to_its_end(db, held, tmp_path, monkeypatch):
    monkeypatch.setattr(bundles, "MAX_BYTES", 1000)
    (tmp_path / "big.zip").write_bytes(bytes(5000))
    assert call("import", tmp_path / "big.zip", "--db", db).is_one_clear_line()


def test_no_store_is_made_by_exporting(tmp_path):
    assert call("export", "x", "--to", tmp_path / "out", "--db", tmp_path / "none.db").is_one_clear_line()
    assert not (tmp_path / "none.db").exists()


def test_the_installed_command_exports(db, held, tmp_path):
    done = subprocess.run(
        [COMMAND, "--lang", "en", "export", held.workshop.id, "--to", tmp_path / "out", "--db", db],
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(done.stdout.splitlines()) == len(FILES)


def test_a_kernel_that_makes_a_bundle_stays_small(db, held):
    script = f"""
import sys
from workshopkit.store import open_store
from workshopkit.report.bundle import bundle
bundle(open_store({str(db)!r}), {held.workshop.id!r}, "nl")
print(sorted({{"pandas", "plotly", "IPython", "ipywidgets", "matplotlib"}} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
