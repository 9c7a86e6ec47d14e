"""What a cell shows of texts and numbers: sentences, tables and sections that open.

What people typed may be among it. It becomes a text node here, and so never a tag.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET

__all__ = [
    "Sentences",
    "Shown",
    "heading",
    "line",
    "opening",
    "picture",
    "sentences",
    "table",
    "together",
]

_CELL = "text-align:left;vertical-align:top;padding:0.25em 1.2em 0.25em 0;white-space:normal"
_PART = "margin:0.4em 0 0.4em 1.2em;max-width:100%;overflow-x:auto"
_TEXT, _LARGE = "line-height:1.5;white-space:normal", ";font-size:1.3em"
_RULE = "border-bottom:1px solid currentColor"


class Shown:
    """Something to read, in a notebook and as plain text.

    Parameters
    ----------
    text
        Without any mark-up, for a terminal.
    html
        The same for a page; every text in it is escaped.
    """

    def __init__(self, text: str, html: str) -> None:
        self.text = text
        self.html = html

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": self.text, "text/html": self.html}

    def __repr__(self) -> str:
        return self.text


class Sentences(list[str]):
    """Sentences that a notebook shows below each other."""

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return sentences(self)._repr_mimebundle_()


def sentences(said: Iterable[str], *, large: bool = False) -> Shown:
    """Show sentences below each other.

    Examples
    --------
    >>> sentences(["a < b"]).html
    '<ul style="line-height:1.5"><li>a &lt; b</li></ul>'
    """
    listed = ET.Element("ul", {"style": f"line-height:1.5{_LARGE if large else ''}"})
    texts = list(said)
    for text in texts:
        ET.SubElement(listed, "li").text = text
    return Shown("\n".join(texts), _written(listed))


def line(text: str) -> Shown:
    """Show one text; a long one goes on in a next line."""
    root = ET.Element("div", {"style": _TEXT})
    root.text = text
    return Shown(text, _written(root))


def heading(text: str, *, small: bool = False) -> Shown:
    """Show one line in large letters, or in less large ones above a part."""
    size = "1.2em;line-height:1.3;margin:1em 0 0.2em" if small else "1.9em;line-height:1.2;margin:0.4em 0 0"
    root = ET.Element("h3" if small else "h2", {"style": f"font-size:{size}"})
    root.text = text
    return Shown(text, _written(root))


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, caption: str = "") -> Shown:
    """Show rows under their columns, the first cell of a row as its head."""
    root = ET.Element(
        "table", {"style": "border-collapse:collapse;font-size:1em;line-height:1.5;margin:0.5em 0"}
    )
    if caption:
        ET.SubElement(root, "caption", {"style": "text-align:left;font-weight:bold"}).text = caption
    head = ET.SubElement(ET.SubElement(root, "thead"), "tr")
    for column in columns:
        ET.SubElement(head, "th", {"scope": "col", "style": f"{_CELL};{_RULE}"}).text = column
    body = ET.SubElement(root, "tbody")
    texts = [[str(cell) for cell in row] for row in rows]
    for row in texts:
        line = ET.SubElement(body, "tr")
        for place, cell in enumerate(row):
            attributes = {"style": _CELL} if place else {"scope": "row", "style": f"{_CELL};font-weight:600"}
            ET.SubElement(line, "td" if place else "th", attributes).text = cell
    plain = [*([caption] if caption else []), *(" | ".join(row) for row in [list(columns), *texts])]
    return Shown("\n".join(plain), _written(root))


def opening(entries: Iterable[tuple[str, Sequence[str | Shown]]], *, large: bool = False) -> Shown:
    """Show headings that each open to a few paragraphs, tables or pictures.

    Examples
    --------
    >>> opening([("a < b", ["more", line("and more")])]).text.splitlines()
    ['a < b', '  more', '  and more']
    """
    html, plain = [], []
    for heading, parts in entries:
        summary = ET.Element("summary", {"style": f"cursor:pointer;{_TEXT}{_LARGE if large else ''}"})
        summary.text = heading
        inside = "".join(f'<div style="{_PART}">{_part(one).html}</div>' for one in parts)
        html.append(f'<details style="margin:0.4em 0">{_written(summary)}{inside}</details>')
        plain.append("\n  ".join([heading, *(text for one in parts if (text := str(one)))]))
    return Shown("\n".join(plain), f"<div>{''.join(html)}</div>")


def _part(one: str | Shown) -> Shown:
    return line(one) if isinstance(one, str) else one


def picture(svg: str, said: str) -> Shown:
    """Show a picture, in which nothing runs; `said` tells the same to who does not see it."""
    data = b64encode(svg.encode()).decode()
    style = "width:100%;max-width:56em;height:auto"
    root = ET.Element("img", {"src": f"data:image/svg+xml;base64,{data}", "alt": said, "style": style})
    return Shown("", _written(root))


def together(parts: Iterable[Shown]) -> Shown:
    """Show parts below each other."""
    some = list(parts)
    html = "".join(one.html for one in some)
    return Shown("\n".join(one.text for one in some if one.text), f"<div>{html}</div>")


def _written(root: ET.Element) -> str:
    return ET.tostring(root, encoding="unicode", method="html")
