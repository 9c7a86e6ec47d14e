"""A saved page: its comments as it nests them, and what is left as the post."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial

from bs4 import BeautifulSoup, Tag
from bs4.exceptions import ParserRejectedMarkup

from workshopkit.case.importing import nesting, signs
from workshopkit.case.importing.lines import Line
from workshopkit.case.importing.markup import classes, lines_in, said, strings, tags
from workshopkit.case.importing.splitting import Comment
from workshopkit.errors import UsageError
from workshopkit.i18n import N_

__all__ = ["Page", "read_page"]

_MOST_DEEP = 200
# Tags left open by thousands would take the parser minutes.
_MOST_OPEN = 500
_GONE = {
    *(
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "nav",
        "form",
        "button",
        "select",
        "iframe",
        "head",
        "aside",
    ),
    *("textarea", "label"),
}
_EXTRA = {
    *(
        "comment-meta",
        "comment-metadata",
        "commentmetadata",
        "reply",
        "comment-reply-link",
        "says",
        "comment-date",
    ),
    *("date", "screen-reader-text", "edit-link", "comment-edit-link", "avatar", "sharedaddy", "post-meta"),
}
_POSTS = (
    "entry-content",
    "post-content",
    "post-body",
    "article-body",
    "post__content",
    "content",
    "post",
    "entry",
)


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page.

    Parameters
    ----------
    title, author
        Of the post; empty where the page has none.
    lines
        Of the post; of all that is on the page if it has no comments that can be told apart.
    comments
        As the page nests them.
    """

    title: str
    author: str
    lines: tuple[Line, ...]
    comments: tuple[Comment, ...]


def read_page(text: str, name: str) -> Page:
    """Read a page.

    Raises
    ------
    UsageError
        If its tags are nested too deeply to be a page that somebody wrote.

    Examples
    --------
    >>> page = read_page("<h1>Lines</h1><p>One.</p><ol class=commentlist><li class=comment><p>Two.</ol>", "a.html")
    >>> page.title, page.lines[0].text, page.comments[0].text
    ('Lines', 'One.', 'Two.')
    """
    soup = _soup(text, name)
    title = _title(soup)
    for tag in list(tags(soup)):
        if _is_around(tag):
            tag.extract()
    found = nesting.find(soup)
    skipped = {id(tag) for tag in found}
    post = _post(soup, skipped) if found else soup
    author = _author(post, skipped)
    lines = [
        line
        for line in lines_in(post, skipped)
        if line.text != title and not (found and (signs.heading(line.text) or signs.crumb(line.text)))
    ]
    return Page(title, author, tuple(lines), tuple(nesting.comments_in(found)))


def _soup(text: str, name: str) -> BeautifulSoup:
    text = _without_notes(text)
    if text.count("<") > 2 * text.count(">") + _MOST_OPEN:
        raise _odd(name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # bs4 wonders about pages that look like something else
        try:
            soup = BeautifulSoup(text, "html.parser")
        except (ParserRejectedMarkup, RecursionError, ValueError, AssertionError) as error:
            raise _odd(name) from error
    deep: dict[int, int] = {}
    for tag in tags(soup):
        deep[id(tag)] = deep.get(id(tag.parent), 0) + 1
    if max(deep.values(), default=0) > _MOST_DEEP:
        raise _odd(name)
    return soup


def _without_notes(text: str) -> str:
    """Leave out what makers of pages note for themselves."""
    first, *rest = text.split("<!--")
    return first + "".join(part.partition("-->")[2] for part in rest)


def _odd(name: str) -> UsageError:
    return UsageError(
        N_("{file} cannot be read as a page. Copy its text into a text file and try that."), file=name
    )


def _is_around(tag: Tag) -> bool:
    """Tell whether a tag belongs to the page and not to what people wrote."""
    names = classes(tag) & _EXTRA
    keeps_name = any(classes(one) & {"fn", "author"} for one in tags(tag)) if names else False
    return tag.name in _GONE or bool(names and not keeps_name) or said(tag, "id") == "respond"


def _title(soup: Tag) -> str:
    for name in ("h1", "title"):
        tag = soup.find(name)
        if isinstance(tag, Tag) and tag.get_text(strip=True):
            return " ".join(tag.get_text(" ").split())[:110]
    return ""


def _post(soup: Tag, skipped: Collection[int]) -> Tag:
    """Find the tag that holds the post."""
    known = [tag for tag in tags(soup) if id(tag) not in skipped]
    wanted: list[Callable[[Tag], bool]] = [
        lambda tag: "articleBody" in said(tag, "itemprop").split(),
        *(partial(_has, name) for name in _POSTS),
        lambda tag: tag.name == "article",
        lambda tag: tag.name in {"main", "body"},
    ]
    for fits in wanted:
        for tag in known:
            if fits(tag) and any(True for _ in strings(tag, skipped)):
                return tag
    return soup


def _has(name: str, tag: Tag) -> bool:
    return name in classes(tag)


def _author(post: Tag, skipped: Collection[int]) -> str:
    """Give the name beside the post, where the page marks it as that of the author; it is taken out of the text."""
    around = post.parent if post.parent is not None and post.name != "body" else post
    for tag in tags(around):
        marked = "author" in said(tag, "itemprop").split() or "author" in said(tag, "rel").split()
        inside = any(id(one) in skipped for one in tag.parents)
        if marked and not inside and 0 < len(tag.get_text(strip=True)) < 60:  # noqa: PLR2004 - a name is short
            name = nesting.plain_name(" ".join(tag.get_text(" ").split()))
            tag.extract()
            return name
    return ""
