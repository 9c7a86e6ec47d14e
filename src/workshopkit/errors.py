"""The errors that users may see: one sentence with the bad value and the remedy.

::

    WorkshopkitError
    ├── UsageError            the command line or a form was filled in wrongly
    ├── StoreError            the store cannot be used
    │   ├── StoreDamaged      it is no store, or it is broken
    │   ├── StoreFull         the disk is full
    │   ├── StoreNewer        a newer workshopkit wrote it
    │   ├── StoreReadOnly     it cannot be written
    │   └── StoreUnsupported  no such kind of store
    ├── NoKernel              no kernel could be had
    ├── NoMemory              the machine can hold no further page
    ├── RefusedEvent          an answer that cannot be stored as it is
    ├── RoomLocked            nobody new gets in just now
    ├── TooManyPages          close a page before the next
    ├── TooManyTries          wait before the next try
    ├── UnknownSeat           no such team or proxy in this workshop
    ├── UnknownWorkshop       no such workshop
    ├── WorkshopClosed        the workshop is over
    └── WrongCode             a join, rejoin or facilitator's code that opens nothing
"""

from __future__ import annotations

from workshopkit.i18n import translator

__all__ = [
    "NoKernel",
    "NoMemory",
    "RefusedEvent",
    "RoomLocked",
    "StoreDamaged",
    "StoreError",
    "StoreFull",
    "StoreNewer",
    "StoreReadOnly",
    "StoreUnsupported",
    "TooManyPages",
    "TooManyTries",
    "UnknownSeat",
    "UnknownWorkshop",
    "UsageError",
    "WorkshopClosed",
    "WorkshopkitError",
    "WrongCode",
]


class WorkshopkitError(Exception):
    """An error that is told to a user.

    Parameters
    ----------
    message
        The English sentence, a gettext message id, with fields in curly brackets.
    **values
        What fills the fields.

    Examples
    --------
    >>> str(WorkshopkitError("There is no team {team}.", team="Balie"))
    'There is no team Balie.'
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def text(self, lang: str) -> str:
        """Give the sentence in a language."""
        return translator(lang)(self.message, **self.values)

    def __str__(self) -> str:
        return self.text("en")


class UsageError(WorkshopkitError):
    """The command line or a form was filled in wrongly."""


class StoreError(WorkshopkitError):
    """The store cannot be used."""


class StoreDamaged(StoreError):
    """The file is no store, or it is broken."""


class StoreFull(StoreError):
    """The disk is full."""


class StoreNewer(StoreError):
    """A newer workshopkit wrote the store."""


class StoreReadOnly(StoreError):
    """The store cannot be written."""


class StoreUnsupported(StoreError):
    """There is no such kind of store."""


class NoKernel(WorkshopkitError):
    """No kernel could be had."""


class NoMemory(WorkshopkitError):
    """The machine can hold no further page."""


class RefusedEvent(WorkshopkitError):
    """An answer that cannot be stored as it is."""


class RoomLocked(WorkshopkitError):
    """Nobody new gets in just now."""


class TooManyPages(WorkshopkitError):
    """As many pages are open as one visitor may have."""


class TooManyTries(WorkshopkitError):
    """Wait before the next try."""


class UnknownSeat(WorkshopkitError):
    """There is no such team or proxy in this workshop."""


class UnknownWorkshop(WorkshopkitError):
    """There is no such workshop."""


class WorkshopClosed(WorkshopkitError):
    """The workshop is over."""


class WrongCode(WorkshopkitError):
    """A code that opens nothing."""
