"""Texts that any file and any page can hold."""

from __future__ import annotations

import re

__all__ = ["plain"]

# Half an emoji has no UTF-8, and steering signs have no place in HTML, in a calendar or on paper.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def plain(text: str) -> str:
    r"""Put a sign that says "here stood something" for each one that no page may hold.

    Examples
    --------
    >>> plain("a\x00b")
    'a�b'
    """
    return _NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", text)
