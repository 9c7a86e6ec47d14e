"""Codes that people read aloud and type, and secrets that they never see."""

from __future__ import annotations

import hashlib
import secrets

__all__ = ["ALPHABET", "join_code", "normalise", "personal_code", "secret", "sha256", "wait_after"]

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # no 0 O, no 1 I L

_FREE_TRIES = 5
_LONGEST_WAIT_S = 60.0


def join_code() -> str:
    """Make the code of a workshop, 8 characters: short enough to type from the wall."""
    return _random(8)


def personal_code() -> str:
    """Make a code for one person, 12 characters (59 bits): it opens somebody's answers."""
    return _random(12)


def secret() -> str:
    """Make a secret for a cookie or a link (256 bits)."""
    return secrets.token_urlsafe(32)


def normalise(code: str) -> str:
    """Read a typed code: case, spaces and dashes do not count.

    Examples
    --------
    >>> normalise(" abcd-efgh ")
    'ABCDEFGH'
    """
    return "".join(letter for letter in code[:64].upper() if letter.isalnum())


def sha256(text: str) -> str:
    """Give what the store keeps in place of a secret."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def wait_after(failures: int) -> float:
    """Give the seconds to wait after so many wrong codes: five are free, then 1, 2, 4, … up to a minute.

    Examples
    --------
    >>> [wait_after(n) for n in (4, 5, 7, 40)]
    [0.0, 1.0, 4.0, 60.0]
    """
    if failures < _FREE_TRIES:
        return 0.0
    return min(2.0 ** min(failures - _FREE_TRIES, 10), _LONGEST_WAIT_S)


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
