"""The log holds what happened and how long it took, and nothing that anybody typed."""

from __future__ import annotations

import json
import logging

from workshopkit import log


def written(folder, name="door"):
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_line_is_an_object_with_its_time(tmp_path):
    with log.begin("door", tmp_path):
        log.note("request", method="GET", path="/me", status=200, ms=1.5, who="abc123")
    (line,) = written(tmp_path)
    assert line.pop("at").endswith("+00:00")
    assert line == {
        "what": "request",
        "method": "GET",
        "path": "/me",
        "status": 200,
        "ms": 1.5,
        "who": "abc123",
    }


def test_what_is_no_field_or_of_another_form_is_left_out(tmp_path):
    with log.begin("door", tmp_path):
        log.note(
            "request",
            method="STEAL",
            path="/",
            who="Jan de Vries uit Delft",
            body="geheim",
            status="200",
            seq=None,
        )
        log.note("event", event="een heel verhaal", kind="told", seq=True)
    assert [{**line, "at": ""} for line in written(tmp_path)] == [
        {"at": "", "what": "request", "path": "/"},
        {"at": "", "what": "event", "kind": "told"},
    ]


def test_of_a_warning_only_the_sentence_of_the_source_is_written(tmp_path):
    logger = logging.getLogger("workshopkit.somewhere")
    with log.begin("room", tmp_path):
        try:
            int("geheim")
        except ValueError:
            logger.exception("cannot read %s", "/home/jan/geheim")
    (line,) = written(tmp_path, "room")
    assert (line["text"], line["fault"]) == ("cannot read %s", "ValueError")
    assert "geheim" not in (tmp_path / "room.jsonl").read_text()


def test_files_follow_each_other_and_do_not_grow_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(log, "_BYTES", 2000)
    with log.begin("door", tmp_path):
        for number in range(500):
            log.note("event", event=f"e{number}", seq=number)
    files = sorted(one.name for one in tmp_path.iterdir())
    assert files == ["door.jsonl", "door.jsonl.1", "door.jsonl.2", "door.jsonl.3"]
    assert all(one.stat().st_size <= 2000 for one in tmp_path.iterdir())
    assert written(tmp_path)[-1]["event"] == "e499"


def test_nothing_is_written_outside_the_block_or_where_it_cannot(tmp_path):
    log.note("request", path="/")
    (tmp_path / "file").write_text("x")
    with log.begin("door", tmp_path / "file"):
        log.note("request", path="/")
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_what_is_handed_on_are_lines_of_ours_alone(tmp_path):
    with log.begin("door", tmp_path):
        log.note("start", process="door")
        with (tmp_path / "door.jsonl").open("a", encoding="utf-8") as file:
            file.write('half a line {"what"\n[1]\n{"what": "start", "name": "Jan"}\n{"what": 3}\n')
    ((name, text),) = log.lines(tmp_path)
    assert name == "door.jsonl"
    assert [json.loads(line)["what"] for line in text.splitlines()] == ["start"]


def test_a_cleared_log_is_empty_and_goes_on(tmp_path):
    with log.begin("door", tmp_path):
        log.note("start", process="door")
        log.clear(tmp_path)
        log.note("restart", process="door")
    assert [line["what"] for line in written(tmp_path)] == ["restart"]
