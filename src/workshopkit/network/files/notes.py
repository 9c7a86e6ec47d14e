"""What is said about a file: faults, all at once, and warnings, one for each kind however often it occurs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workshopkit.errors import UsageError
from workshopkit.i18n import N_, translator

__all__ = ["MOST_SHOWN", "BadFiles", "Note", "Notes"]

MOST_SHOWN = 20
_MOST_LINES = 5
_MOST_SIGNS = 60


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to say about a file.

    Parameters
    ----------
    message, values
        What, to be translated.
    file
        Its name.
    lines
        Where in it, from 1; not all of them if there are many.
    count
        How many lines there are.

    Examples
    --------
    >>> Note("{value} is no number", {"value": "x"}, "lines.csv", (3,), 1).text("en")
    'lines.csv, line 3: x is no number'
    """

    message: str
    values: Mapping[str, object]
    file: str
    lines: tuple[int, ...] = ()
    count: int = 0

    def text(self, lang: str) -> str:
        """Say it in a language, beginning with the place."""
        t = translator(lang)
        said = t(self.message, **self.values)
        if not self.lines:
            return f"{self.file}: {said}"
        lines = ", ".join(map(str, self.lines))
        if more := self.count - len(self.lines):
            lines = t("{lines} and {count} more", lines=lines, count=more)
        return t.n(
            "{file}, line {lines}: {said}",
            "{file}, lines {lines}: {said}",
            self.count,
            file=self.file,
            lines=lines,
            said=said,
        )


class BadFiles(UsageError):
    """Files that cannot be read as a map.

    Parameters
    ----------
    faults
        The first of them.
    count
        How many there are.
    """

    def __init__(self, faults: Sequence[Note], count: int) -> None:
        super().__init__(N_("No map can be made of this. {faults}."))
        self.faults, self.count = tuple(faults), count

    def text(self, lang: str) -> str:
        """Give the faults in a language, and how many more there are."""
        t = translator(lang)
        said = [fault.text(lang) for fault in self.faults]
        if more := self.count - len(self.faults):
            said.append(t("and {count} more", count=more))
        return t(self.message, faults="; ".join(said))


class Notes:
    """Collects what there is to say of some files.

    Examples
    --------
    >>> notes = Notes()
    >>> for line in range(2, 9):
    ...     notes.warn("lines.csv", line, "from a place to itself")
    >>> [note.text("en") for note in notes.warnings]
    ['lines.csv, lines 2, 3, 4, 5, 6 and 2 more: from a place to itself']
    """

    def __init__(self) -> None:
        self._faults: list[Note] = []
        self._count = 0
        self._bad: set[tuple[str, int]] = set()
        self._warned: dict[tuple[str, str, tuple[str, ...]], list[int]] = {}
        self._values: dict[tuple[str, str, tuple[str, ...]], Mapping[str, object]] = {}
        self._times: dict[tuple[str, str, tuple[str, ...]], int] = {}

    def fault(self, file: str, line: int, message: str, **values: object) -> None:
        """Note a fault; line 0 is the file as a whole. Values are cut to what fits in a sentence."""
        self._count += 1
        if line:
            self._bad.add((file, line))
        if len(self._faults) < MOST_SHOWN:
            lines = (line,) if line else ()
            self._faults.append(Note(message, _cut(values), file, lines, len(lines)))

    def warn(self, file: str, line: int, message: str, **values: object) -> None:
        """Note a warning; those that say the same of the same file are one."""
        key = file, message, tuple(map(str, values.values()))
        self._values.setdefault(key, values)
        lines = self._warned.setdefault(key, [])
        if line:
            self._times[key] = self._times.get(key, 0) + 1
            if len(lines) < _MOST_LINES:
                lines.append(line)

    @property
    def faults(self) -> tuple[Note, ...]:
        """Give the first of the faults."""
        return tuple(self._faults)

    @property
    def bad(self) -> frozenset[tuple[str, int]]:
        """Give every line that has a fault, with its file."""
        return frozenset(self._bad)

    def check(self) -> None:
        """Raise `BadFiles` if there is any fault."""
        if self._count:
            raise BadFiles(self._faults, self._count)

    @property
    def warnings(self) -> tuple[Note, ...]:
        """Give the warnings, in the order in which they came up."""
        return tuple(
            Note(key[1], self._values[key], key[0], tuple(lines), self._times.get(key, 0))
            for key, lines in self._warned.items()
        )


def _cut(values: Mapping[str, object]) -> dict[str, object]:
    texts = {name: str(value) for name, value in values.items()}
    return {
        name: text if len(text) <= _MOST_SIGNS else f"{text[:_MOST_SIGNS]}…" for name, text in texts.items()
    }
