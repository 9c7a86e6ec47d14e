"""Whatever is typed, the answer is never a traceback."""

from __future__ import annotations

import contextlib
import os
import tempfile
from itertools import chain
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cli_helpers import call
from workshopkit.cli import lab, running

TAKES = {
    "demo": ["--port", "--fast", "--no-lab"],
    "serve": ["--db", "--host", "--port", "--public-url", "--no-lab", "--expect", "--backup-dir"],
    "lab": [],
    "new": ["--db", "--text-lang"],
    "list": ["--db"],
    "erase": ["--db", "--yes"],
    "check": ["--port"],
    "analyse": ["--actors", "--json", "--seed", "--undirected"],
}
FLAGS = {"--fast", "--no-lab", "--yes", "--json", "--undirected"}
OTHERS = ["--lang", "--help", "-h", "--version", "--", "-", "--db=", "--lang=en", "--port=0", "--porrt"]
URLS = ["kit.db", "new.db", "sqlite:///kit.db", "sqlite://", "postgresql://x/y", "://", "http://x", "~", "~x"]
NUMBERS = ["0", "-1", "1", "30", "8080", "65535", "65536", "1e3", "٣"]
PLACES = ["127.0.0.1", "localhost", "::1", ".", "..", "room.json", "", " "]
SIGNS = ["a" * 300, "\n", "\x1b[2J", "\udcff", "{x}", "{fault}", "%s", "nl", "en", "de", "ja"]
# Without slashes: what is made must stay in the folder of the test.
typed = st.text(st.characters(exclude_characters="/\\\0~"), max_size=12)
value = st.one_of(*map(st.sampled_from, (URLS, NUMBERS, PLACES, SIGNS)), typed)


@st.composite
def sensible(draw):
    """Give a command with options of its own, and perhaps something behind it."""
    command = draw(st.sampled_from(sorted(TAKES)))
    options = draw(st.lists(st.sampled_from(TAKES[command]), max_size=3)) if TAKES[command] else []
    told = [[option] if option in FLAGS else [option, draw(value)] for option in options]
    behind = draw(st.lists(value, max_size=1)) if command in {"serve", "new", "erase", "analyse"} else []
    return [command, *chain(*told), *behind]


words = st.one_of(
    st.sampled_from([*TAKES, *OTHERS, *chain(*TAKES.values())]), value, typed.map(lambda text: f"--{text}")
)
calls = st.one_of(sensible(), sensible(), st.lists(words, max_size=6))


@pytest.fixture(scope="module", autouse=True)
def _alone():
    """Work in a folder of our own, and let nothing start."""
    started = SimpleNamespace(run=lambda *_, **__: SimpleNamespace(returncode=0))
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.chdir(folder),
        patch.object(running, "run_workshop", lambda *_, **__: None),
        patch.object(lab, "subprocess", started),
        patch.dict(os.environ, {"WORKSHOPKIT_DB": "kit.db", "HOME": folder}),
    ):
        yield


@settings(deadline=None, max_examples=300)
@given(calls, st.sampled_from(["", "\n", "ja\n", "{}", None]))
@example(["serve", "\udcff"], "")
@example(["erase", "x", "--yes"], "")
@example(["list", "--db", "~"], "")
@example(["--lang"], "")
@example(["--lang", "--lang", "en"], "")
@example(["new", "\udcff"], "")
@example(["serve", "--host", "\udcff"], "")
@example(["list", "--db", "\udcff.db"], "")
@example(["list", "--db", "a" * 300], "")
@example(["serve", "--host", "a\n"], "")
@example(["serve", "--backup-dir", "a" * 300], "")
def test_random_words_are_answered(given_words, keyboard):
    said = call(*given_words, typed=keyboard)
    assert "Traceback" not in said.out + said.err
    assert said.code in {0, 1, 2}
    if said.code == 2:
        assert said.is_one_clear_line()
    else:
        assert said.err == ""
