"""A definition that cannot be used is told in one clear line, with all its faults."""

from __future__ import annotations

import json

import pytest

from cli_helpers import call
from workshopkit import paths


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "not a readable definition"),
        ("{", "not a readable definition"),
        ("[1, 2]", "not a readable definition"),
        ("null", "not a readable definition"),
        ("[" * 100_000, "not a readable definition"),
        ("{}", "the subject is missing"),
    ],
)
def test_a_definition_that_is_none(tmp_path, text, word):
    file = tmp_path / "room.json"
    file.write_text(text, encoding="utf-8")
    said = call("new", file, "--db", tmp_path / "kit.db", lang="en")
    assert said.is_one_clear_line()
    assert word in said.err
    assert not (tmp_path / "kit.db").exists()


def test_a_definition_that_is_not_there(tmp_path):
    for lang, word in (("nl", "bestaat niet"), ("en", "does not exist")):
        said = call("new", tmp_path / "typo.json", "--db", tmp_path / "kit.db", lang=lang)
        assert said.is_one_clear_line()
        assert "typo.json" in said.err
        assert word in said.err


def test_a_definition_that_is_a_folder_or_binary(tmp_path):
    assert call("new", tmp_path, "--db", tmp_path / "kit.db").is_one_clear_line()
    (tmp_path / "photo.json").write_bytes(bytes(range(256)))
    assert call("new", tmp_path / "photo.json", "--db", tmp_path / "kit.db").is_one_clear_line()


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            [
                "the subject is missing",
                "“desk” stands there twice",
                "Desk! is no id",
                "too few teams",
                "language fr",
            ],
        ),
        (
            "nl",
            ["het onderwerp ontbreekt", "“desk” staat er twee keer", "Desk! is geen id", "te weinig teams"],
        ),
    ],
)
def test_all_faults_of_a_definition_are_told_at_once(tmp_path, lang, words):
    file = tmp_path / "room.json"
    actors = [{"id": "desk", "label": "Desk"}, {"id": "desk", "label": "Press", "kind": "audience"}]
    actors.append({"id": "Desk!", "label": "Other", "kind": "audience"})
    file.write_text(json.dumps({"title": "Room", "lang": "fr", "actors": actors}), encoding="utf-8")
    said = call("new", file, "--db", tmp_path / "kit.db", lang=lang)
    assert said.is_one_clear_line()
    assert [word for word in words if word not in said.err] == []


def test_a_title_of_two_lines_stays_one_line(tmp_path):
    payload = json.loads((paths.data() / "demo" / "en.json").read_text(encoding="utf-8"))
    file = tmp_path / "room.json"
    file.write_text(json.dumps({**payload, "title": "One\nTwo \x1b[31mred"}), encoding="utf-8")
    assert "One Two [31mred." in call("new", file, "--db", tmp_path / "kit.db", lang="en").out
    (line,) = call("list", "--db", tmp_path / "kit.db").out.splitlines()
    assert line.endswith("One Two [31mred")
