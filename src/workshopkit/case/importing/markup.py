"""The tags of a page: their classes, their own strings, and the lines that somebody would see."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bs4 import Tag
from bs4.element import NavigableString, PreformattedString

from workshopkit.case.importing.lines import Line

__all__ = ["classes", "lines_in", "said", "strings", "tags", "walk"]

_BLOCKS = {
    *(
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "br",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "article",
        "section",
    ),
    *(
        "main",
        "tr",
        "td",
        "th",
        "table",
        "header",
        "footer",
        "figure",
        "figcaption",
        "dt",
        "dd",
        "dl",
        "pre",
        "hr",
    ),
    *("body", "html"),
}
_NONE: frozenset[int] = frozenset()


def tags(root: Tag) -> Iterator[Tag]:
    """Give all tags in another, in reading order."""
    return (one for one in root.descendants if isinstance(one, Tag))


def said(tag: Tag, name: str) -> str:
    """Give an attribute of a tag as text; empty if it has none."""
    given = tag.get(name) or ""
    return given if isinstance(given, str) else " ".join(given)


def classes(tag: Tag) -> set[str]:
    """Give the classes of a tag."""
    return set(said(tag, "class").split())


def walk(root: Tag, skipped: Collection[int] = _NONE) -> Iterator[Tag | NavigableString]:
    """Walk through a tag, not into those whose identities are skipped."""
    open_ = [iter(root.children)]
    while open_:
        one = next(open_[-1], None)
        if one is None:
            open_.pop()
        elif isinstance(one, Tag):
            if id(one) not in skipped:
                yield one
                open_.append(iter(one.children))
        elif isinstance(one, NavigableString):
            yield one


def strings(root: Tag, skipped: Collection[int] = _NONE) -> Iterator[str]:
    """Give what somebody would read in a tag, without spaces alone and without what makers of pages note."""
    for one in walk(root, skipped):
        if _is_read(one) and str(one).strip():
            yield str(one)


def _is_read(one: object) -> bool:
    return isinstance(one, NavigableString) and not isinstance(one, PreformattedString)


def lines_in(root: Tag, skipped: Collection[int] = _NONE) -> list[Line]:
    """Give the lines of a tag as they would be seen: one for each block.

    Examples
    --------
    >>> from bs4 import BeautifulSoup
    >>> [line.text for line in lines_in(BeautifulSoup("<div>One <b>big</b><p>Two<br>Three</p>four</div>", "html.parser"))]
    ['One big', 'Two', 'Three', 'four']
    """
    found: list[Line] = []
    words: list[str] = []
    start = root.sourceline or 1
    for piece, line in _pieces(root, skipped, start):
        if piece is not None:
            words.append(piece)
            continue
        text = " ".join("".join(words).split())
        if text:
            found.append(Line(text, start))
        words, start = [], line
    return found


def _pieces(root: Tag, skipped: Collection[int], line: int) -> Iterator[tuple[str | None, int]]:
    """Give the strings of a tag, and None wherever a block begins or ends."""
    open_ = [(root, iter(root.children))]
    while open_:
        here, children = open_[-1]
        one = next(children, None)
        if one is None:
            open_.pop()
            if here.name in _BLOCKS or not open_:
                yield None, line
        elif isinstance(one, Tag):
            line = one.sourceline or line
            if one.name in _BLOCKS:
                yield None, line
            if id(one) not in skipped:
                open_.append((one, iter(one.children)))
        elif _is_read(one):
            yield str(one), line
