"""The comments of a page: which tags hold them, who wrote each, and under which other one each stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from bs4 import Tag

from workshopkit.case.importing import signs, speakers
from workshopkit.case.importing.markup import classes, lines_in, said, strings, tags, walk
from workshopkit.case.importing.splitting import Comment

__all__ = ["comments_in", "find", "plain_name"]

MOST = 1000
_NAME = {"fn", "comment-author", "comment-author-name", "author", "username", "user-name", "comment__author"}
_BODY = {
    "comment-content",
    "comment-text",
    "comment-body-text",
    "comment__content",
    "comment_text",
    "comment__body",
}
_NESTS = {"children", "replies", "comment-replies", "comment-children", "child-comments"}
_LISTS = {"commentlist", "comment-list", "comments-list", "comments"}


def _in_list(tag: Tag) -> bool:
    above = tag.parent
    return tag.name == "li" and above is not None and bool((classes(above) | {said(above, "id")}) & _LISTS)


_HABITS: Sequence[Callable[[Tag], bool]] = (
    lambda tag: "comment" in said(tag, "itemprop").split(),
    lambda tag: tag.name == "li" and "comment" in classes(tag),
    lambda tag: tag.name == "article" and "comment" in classes(tag),
    lambda tag: tag.name == "div" and "comment" in classes(tag),
    _in_list,
    lambda tag: bool(re.fullmatch(r"(?:div-)?comment-?\d+", said(tag, "id"))),
)


def find(soup: Tag) -> list[Tag]:
    """Find the tags that hold one comment each, by the first habit of makers of pages that fits."""
    for fits in _HABITS:
        found = [tag for tag in tags(soup) if fits(tag)]
        if found:
            inside = {id(tag) for tag in found}
            return [tag for tag in found if any(True for _ in strings(tag, inside))]
    return []


def comments_in(found: Sequence[Tag]) -> list[Comment]:
    """Read the comments that tags hold."""
    places = {id(tag): place for place, tag in enumerate(found)}
    return [_comment(tag, places, found) for tag in found[:MOST]]


def _comment(tag: Tag, places: Mapping[int, int], found: Sequence[Tag]) -> Comment:
    own = [one for one in walk(tag, places) if isinstance(one, Tag)]
    named = next((one for one in own if _is_name(one)), None)
    body = next((one for one in own if classes(one) & _BODY or "text" in said(one, "itemprop").split()), tag)
    if named is not None:
        named.extract()
    lines = [
        line
        for line in lines_in(body, places)
        if not signs.crumb(line.text) and not speakers.is_date(line.text)
    ]
    name = " ".join(named.get_text(" ").split()) if named else ""
    if not name and len(lines) > 1 and speakers.header(lines[0].text):
        name = speakers.header(lines.pop(0).text)
    text = "\n".join(line.text for line in lines)
    return Comment(text, tag.sourceline or 0, plain_name(name), _parent(tag, places, found))


def _is_name(tag: Tag) -> bool:
    is_author = classes(tag) & _NAME or "author" in said(tag, "itemprop").split() or tag.name == "cite"
    return bool(is_author) and 0 < len(tag.get_text(strip=True)) < 60  # noqa: PLR2004 - a name is short


def plain_name(name: str) -> str:
    """Give the name in what a page says of who writes.

    Examples
    --------
    >>> plain_name("Anna says:"), plain_name("door Bas")
    ('Anna', 'Bas')
    """
    bare = re.sub(r"\s*\b(?:says|zegt|schreef|said)\s*:?$|^(?:door|by)\s+", "", name, flags=re.IGNORECASE)
    return (speakers.header(name) or bare).strip(" :,")


def _parent(tag: Tag, places: Mapping[int, int], found: Sequence[Tag]) -> int:
    """Give the comment under which one stands: around it, before the list that it is in, or by its depth."""
    above = tag.parent
    while above is not None:
        if id(above) in places:
            return places[id(above)]
        if classes(above) & _NESTS:
            before = (one for one in above.previous_siblings if isinstance(one, Tag))
            near = next((places[id(one)] for one in before if id(one) in places), None)
            if near is not None:
                return near
        above = above.parent
    depth = _depth(tag)
    earlier = range(places[id(tag)] - 1, -1, -1)
    return next((one for one in earlier if _depth(found[one]) == depth - 1), -1) if depth > 1 else -1


def _depth(tag: Tag) -> int:
    by_class = re.search(r"\bdepth-(\d{1,2})\b", said(tag, "class"))
    found = by_class or re.fullmatch(r"(\d{1,2})", said(tag, "data-depth"))
    return int(found[1]) if found else 1
