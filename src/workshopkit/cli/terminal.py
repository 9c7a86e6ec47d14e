"""What a terminal can show: not every one knows our signs, and none should be led astray by what somebody typed."""

from __future__ import annotations

import io
import sys

__all__ = ["can_show", "forgive", "one_line"]


def forgive() -> None:
    """Let the output show a question mark for a sign that it does not know, instead of giving up."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def can_show(text: str) -> bool:
    """Tell whether the output knows all signs of a text."""
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeError:
        return False
    return True


def one_line(text: str) -> str:
    """Give a text on one line, without what steers a terminal."""
    readable = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join("".join(sign if sign.isprintable() else " " for sign in readable).split())
