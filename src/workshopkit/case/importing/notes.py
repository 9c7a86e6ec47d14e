"""What an import was unsure of, told so that a person can look at the place and decide."""

from __future__ import annotations

from dataclasses import dataclass, field

from workshopkit.i18n import translator

__all__ = ["Note"]


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to look at.

    Parameters
    ----------
    message, values
        What, to be translated.
    line
        In the file that was imported, from 1; 0 where it is about the whole of it.
    comment
        The place of the comment that it is about, from 0; None if it is about no comment.

    Examples
    --------
    >>> Note("a new comment seems to begin here", line=12).text("en")
    'line 12: a new comment seems to begin here'
    """

    message: str
    values: dict[str, object] = field(default_factory=dict)
    line: int = 0
    comment: int | None = None

    def bare(self, lang: str) -> str:
        """Say it in a language, without the line."""
        return translator(lang)(self.message, **self.values)

    def text(self, lang: str) -> str:
        """Say it in a language, beginning with the line."""
        said = self.bare(lang)
        t = translator(lang)
        return t("line {line}: {fault}", line=self.line, fault=said) if self.line else said
