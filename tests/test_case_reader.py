"""The whole case as a page: everything is there without JavaScript, and nothing comes from elsewhere."""

from __future__ import annotations

import base64
import copy
import hashlib
import re

import pytest

from workshopkit.case import reader
from workshopkit.case.load import default
from workshopkit.case.model import build
from workshopkit.i18n import LANGUAGES, translator
from workshopkit.panels.invitation import invitation, write

CASE = default()


def plain(markup):
    text = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", str(markup), flags=re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", text)
    return " ".join(text.replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&").split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_item_is_in_it_with_all_its_words(lang):
    text = plain(reader.body(CASE, lang))
    for item in CASE.items.values():
        for said in (item.role, item.title, item.text, item.question, item.uncertain):
            assert " ".join(said[lang].split()) in text
        for theme in item.themes:
            assert CASE.themes[theme][lang] in text
    assert " ".join(CASE.context[lang].split()) in text
    assert CASE.credit[lang] in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_needs_nothing_from_anywhere_and_runs_our_script_alone(lang):
    page = reader.page(CASE, lang)
    assert not re.search(r"(src|href)=.(https?:|//)", page)
    assert '<link rel="icon" href="data:,">' in page
    (script,) = re.findall(r'<script type="module">(.*?)</script>', page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in page
    assert "'unsafe-inline'; script-src" in page  # of styles only
    assert f'<html lang="{lang}">' in page


def test_what_stands_in_a_case_is_text_and_never_a_tag():
    raw = copy.deepcopy(dict(CASE.raw))
    evil = "</script><img src=x onerror=alert(1)>"
    raw["title"] = {"nl": evil, "en": evil}
    raw["roles"] = {name: {"nl": evil, "en": evil} for name in raw["roles"]}
    raw["item"][0]["nl"]["text"] = evil
    page = reader.page(build(raw), "nl", head=[evil], promise=evil, original={"P2": evil})
    assert "<img" not in page
    assert page.count("</script>") == 1


def test_the_original_stands_beside_its_item_only_where_it_was_attached():
    assert translator("nl")("The original") not in str(reader.body(CASE, "nl"))
    page = str(reader.body(CASE, "nl", original={"C5": "So it was written."}))
    assert page.count("So it was written.") == 1
    assert page.index('id="C5"') < page.index("So it was written.") < page.index('id="C6"')


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_invitation_says_what_it_is_about_and_carries_the_case(lang, tmp_path):
    page = invitation(CASE, "The desk <closes>", "About lines.", lang)
    text = plain(page)
    assert "The desk &lt;closes&gt;" in page
    assert "About lines." in text
    assert CASE.items["C11"].title[lang] in text
    # 180 words a minute: about 900 words in Dutch.
    words = sum(len(f"{item.title[lang]} {item.text[lang]}".split()) for item in CASE.items.values())
    assert f" {-(-words // 180)} min" in text
    file = write(page, tmp_path / "new", lang)
    assert file.name == {"nl": "uitnodiging.html", "en": "invitation.html"}[lang]
    assert file.read_text(encoding="utf-8") == page


def test_a_case_in_one_language_is_read_in_that_one():
    raw = copy.deepcopy(dict(CASE.raw))
    raw["languages"] = ["nl"]
    for entry in raw["item"]:
        del entry["en"]
    own = build(raw)
    assert own.items["P6"].text["en"] == CASE.items["P6"].text["nl"]
    assert CASE.items["P6"].text["nl"].split()[0] in plain(reader.body(own, "en"))
