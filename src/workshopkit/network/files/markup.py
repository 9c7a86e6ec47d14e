"""Reads XML from strangers, piece by piece.

A document that declares a type or entities of its own is refused before anything is expanded: neither a billion laughs
nor a file of this computer gets in. What was read is let go of, so a large graph takes no more memory than its rows.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from xml.etree import ElementTree as ET

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from workshopkit.i18n import N_
from workshopkit.network.files.notes import Notes

__all__ = ["MOST_XML", "children", "descendants", "element", "local", "pieces", "plain_text", "written"]

MOST_XML = 200_000_000


def pieces(content: bytes, name: str, tags: Collection[str], notes: Notes) -> Iterator[tuple[str, Any]]:
    """Give each element with one of these names when it is complete, the innermost first.

    Parameters
    ----------
    content, name
        The file and what it is called.
    tags
        Without their namespaces. Only what is inside of these is kept until they are complete.
    notes
        Gets the fault of a file that cannot be read to its end.
    """
    if len(content) > MOST_XML:
        notes.fault(name, 0, N_("it is too large: at most {limit} bytes"), limit=MOST_XML)
        return
    inside = 0
    try:
        for event, found in iterparse(io.BytesIO(content), events=("start", "end"), forbid_dtd=True):
            tag = local(found.tag)
            if event == "start":
                inside += tag in tags
                continue
            if tag in tags:
                yield tag, found
                inside -= 1
                # Its attributes and its inner pieces have been told: an outer one needs them no more.
                found.clear()
            elif not inside:
                found.clear()
    except DefusedXmlException:
        notes.fault(
            name,
            0,
            N_("it declares a document type or entities, which is not read; save it anew without them"),
        )
    except ET.ParseError as fault:
        notes.fault(
            name, fault.position[0], N_("the XML breaks off or does not fit here; save the file anew")
        )
    except (ValueError, LookupError, OverflowError, RecursionError):
        notes.fault(name, 0, N_("the letters of this file cannot be read; save it as UTF-8"))


def local(tag: object) -> str:
    """Give the name of a tag without its namespace.

    Examples
    --------
    >>> local("{http://gexf.net/1.3}node")
    'node'
    """
    return str(tag).rpartition("}")[2]


def plain_text(text: str) -> str:
    r"""Give a text as XML can hold it: signs that it has no place for become a question mark in a diamond.

    Examples
    --------
    >>> plain_text("a\x00b")
    'a\ufffdb'
    """
    return "".join(
        sign if _fits(sign) else "\ufffd" for sign in text.replace("\r\n", "\n").replace("\r", "\n")
    )


def _fits(sign: str) -> bool:
    return sign in "\t\n" or " " <= sign <= "\ud7ff" or "\ue000" <= sign <= "\ufffd" or sign >= "\U00010000"


def element(parent: Any, tag: str, **attributes: str) -> Any:
    """Add an element; an attribute's trailing underscore is not part of its name."""
    named = {key.rstrip("_"): plain_text(value) for key, value in attributes.items()}
    return ET.SubElement(parent, tag, named)


def written(root: Any) -> bytes:
    """Give a document as a file."""
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def children(found: Any, tag: str) -> Iterable[Any]:
    """Give the children with a name, whatever their namespace."""
    return (one for one in found if local(one.tag) == tag)


def descendants(found: Any, tag: str) -> Iterable[Any]:
    """Give everything inside with a name, whatever its namespace."""
    return (one for one in found.iter() if local(one.tag) == tag)
