"""Every message that users read has its Dutch, and the catalogue carries nothing that is not used."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import workshopkit.i18n
from workshopkit.i18n import extract

FIELD = re.compile(r"\{\w+\}")


@pytest.fixture(scope="module")
def dutch():
    path = extract.Path(workshopkit.i18n.__file__).with_name("nl.po")
    with path.open("rb") as file:
        return [message for message in read_po(file, locale="nl") if message.id]


def test_catalogue_is_complete_and_has_no_leftovers():
    assert extract.faults() == []


def test_no_message_hides_in_an_f_string():
    # There the extractor does not look before Python 3.12: such a message would stay English.
    hidden = []
    for path in Path(workshopkit.__file__).parent.rglob("*.py"):
        strings = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.JoinedStr)]
        calls = [node for one in strings for node in ast.walk(one) if isinstance(node, ast.Call)]
        for call in calls:
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            first = call.args[0] if call.args else None
            if name in {"t", "n", "N_"} and isinstance(first, ast.Constant) and isinstance(first.value, str):
                hidden.append(f"{path.name}:{call.lineno} {first.value}")
    assert hidden == []


def test_catalogue_stands_as_the_tool_writes_it():
    path = extract.Path(workshopkit.i18n.__file__).with_name("nl.po")
    assert path.read_text(encoding="utf-8") == extract.update(), "run: python -m workshopkit.i18n.extract"


def test_fields_are_the_same_in_both_languages(dutch):
    wrong = []
    for message in dutch:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        known = {field for text in ids for field in FIELD.findall(text)}
        wrong += [text for text in strings if set(FIELD.findall(text)) - known]
        wrong += [strings[-1]] if set(FIELD.findall(ids[-1])) != set(FIELD.findall(strings[-1])) else []
    assert wrong == []


@pytest.mark.parametrize("word", ["opgave", "cirkel", "belofte", "toezegging", "GDPR", " u ", " men "])
def test_words_that_our_dutch_does_not_use(dutch, word):
    texts = [s for m in dutch for s in (m.string if isinstance(m.string, tuple) else (m.string,))]
    assert [text for text in texts if word in f" {text} "] == []


def test_no_exclamation_marks(dutch):
    texts = [s for m in dutch for s in (m.string if isinstance(m.string, tuple) else (m.string,))]
    assert [text for text in texts if "!" in text] == []
