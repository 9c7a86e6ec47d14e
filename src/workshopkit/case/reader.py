"""The whole case to read: on the door's page, in a notebook, and as one file to send with an invitation.

All text is there without JavaScript. With it, the reader can take one card at a time, keep to a theme, choose the size of
the letters, and see how much is read.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from workshopkit import paths
from workshopkit.case import thread
from workshopkit.case.model import Case, Item
from workshopkit.i18n import translator

__all__ = ["body", "page"]


def body(case: Case, lang: str, *, original: Mapping[str, str] | None = None) -> Markup:
    """Give what stands inside a page.

    Parameters
    ----------
    case, lang
        What to read, and in which language.
    original
        By item, the words of the source, where somebody attached it on this machine.
    """
    t = translator(lang)
    used = [name for name in case.themes if any(name in item.themes for item in case.items.values())]

    def article(item: Item, depth: int) -> Markup:
        labels = [case.themes[theme][lang] for theme in item.themes]
        said = (original or {}).get(item.id, "")
        return _render(
            "item.html",
            t=t,
            lang=lang,
            languages=case.languages,
            item=item,
            depth=depth,
            labels=labels,
            original=said,
        )

    return _render(
        "body.html",
        t=t,
        lang=lang,
        case=case,
        article=article,
        themes=[(name, case.themes[name][lang]) for name in used],
        picture=Markup(thread.picture(case, lang)),  # noqa: S704 - written by an XML library, which escapes
        sentences=thread.sentences(case, lang),
    )


def page(
    case: Case,
    lang: str,
    *,
    title: str = "",
    head: Sequence[str] = (),
    promise: str = "",
    original: Mapping[str, str] | None = None,
) -> str:
    """Give a file of its own, which needs nothing from anywhere.

    Parameters
    ----------
    case, lang, original
        As in `body`.
    title
        The heading; the case's own when left out.
    head
        Paragraphs before the case: those of an invitation.
    promise
        The sponsor's words.
    """
    script = (paths.static() / "reader.js").read_text(encoding="utf-8").strip()
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return str(
        _render(
            "page.html",
            lang=lang,
            title=title or case.title[lang],
            head=list(head),
            promise=promise,
            body=body(case, lang, original=original),
            style=Markup((paths.static() / "reader.css").read_text(encoding="utf-8")),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file, without a closing tag in it
            digest=digest,
        )
    )


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _render(name: str, **values: object) -> Markup:
    return Markup(_templates().get_template(name).render(**values))  # noqa: S704 - the templates escape
