"""From bytes to text: which encoding it has, whether it is a page, and whether it is text at all."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass

from bs4.dammit import EncodingDetector

from workshopkit.errors import UsageError
from workshopkit.i18n import N_

__all__ = ["MOST_BYTES", "Source", "read"]

MOST_BYTES = 2_000_000
# How the files begin that people take for text: Office, PDF, pictures, archives, rich text.
_MAGIC = (
    b"PK\x03\x04",
    b"%PDF",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"{\\rtf",
    b"RIFF",
    b"bplist",
)
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body|article|main|div|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_SAVED = re.compile(
    rb"\A(?:From|MIME-Version|Snapshot-Content-Location|Subject|Date):.*?multipart/related",
    re.IGNORECASE | re.DOTALL,
)
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Soft hyphens, marks without width and what steers a terminal: nothing of it is text.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\ufeff\ufff9-\ufffb]"
)
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


@dataclass(frozen=True, slots=True)
class Source:
    """What was read.

    Parameters
    ----------
    text
        All of it, with plain line ends.
    is_page
        Whether it is a page of the web.
    """

    text: str
    is_page: bool


def read(content: bytes, name: str) -> Source:
    r"""Read what somebody gave as a text or as a saved page.

    Parameters
    ----------
    content
        The file.
    name
        What it is called, to be named in what is told.

    Raises
    ------
    UsageError
        If it is empty, too large or no text.

    Examples
    --------
    >>> read(b"\xef\xbb\xbfHoi,\r\ndaar", "post.txt").text
    'Hoi,\ndaar'
    >>> read(b"caf\xe9 \x93zo\x94", "post.txt").text
    'café “zo”'
    """
    if len(content) > MOST_BYTES:
        raise UsageError(
            N_(
                "{file} is too large: at most {limit} MB. Keep the post and its comments, leave the rest out."
            ),
            file=name,
            limit=MOST_BYTES // 1_000_000,
        )
    if not content.strip():
        raise UsageError(N_("{file} is empty."), file=name)
    if content.startswith(_MAGIC):
        raise _no_text(name)
    text = _decoded(_page_of(content))
    if "\x00" in text or _odd(text) > len(text) / 50:
        raise _no_text(name)
    clean = _SPACES.sub(" ", _UNSEEN.sub("", _BREAKS.sub("\n", text)))
    if not clean.strip():
        raise UsageError(N_("{file} is empty."), file=name)
    return Source(clean, bool(_PAGE.match(clean[:5000])))


def _no_text(name: str) -> UsageError:
    return UsageError(
        N_(
            "{file} is not a text. Open it in the program that it comes from, and save it there as plain text (.txt) or as a web page (.html)."
        ),
        file=name,
    )


def _odd(text: str) -> int:
    return len(re.findall("[\x00-\x08\x0e-\x1f\ufffd]", text))


def _page_of(content: bytes) -> bytes:
    """Give the page in a file in which a browser saved it with its pictures; anything else as it is."""
    if not _SAVED.match(content[:4000]):
        return content
    message = email.message_from_bytes(content, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            found = part.get_payload(decode=True)
            return found if isinstance(found, bytes) and found.strip() else content
    return content


def _decoded(content: bytes) -> str:
    """Decode by the mark at the beginning, as UTF-8, as a page says, or else as Windows does."""
    bare, marked = EncodingDetector.strip_byte_order_mark(content)
    declared = EncodingDetector.find_declared_encoding(bare, is_html=True)
    for encoding in (marked, "utf-8", declared, "windows-1252"):
        try:
            text = bare.decode(encoding) if encoding else None
        except (LookupError, ValueError):
            continue
        if text is not None:
            # Some encodings can spell half a sign, which could not be written down again.
            return text.encode("utf-8", "replace").decode("utf-8")
    return bare.decode("latin-1")
