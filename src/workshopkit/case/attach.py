"""A stand-in."""

from __future__ import annotations

__all__ = ["original"]


def original(case: str) -> dict[str, str]:  # noqa: ARG001
    """Give nothing."""
    return {}
