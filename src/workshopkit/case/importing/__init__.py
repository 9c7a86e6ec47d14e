"""A text with comments becomes a draft of a case: ``importing.draft(content, name)``.

The steps, a file each: bytes become text or a page (`reading`, `webpage`), lines (`lines`), a post and comments
(`parting`, `splitting`), people with roles (`people`, `renaming`), a thread (`replies`), cards (`passages`,
`themes`), and a file (`draft`, `writing`). Each step tells what it was unsure of (`notes`).
"""

from __future__ import annotations

from workshopkit.case.importing.draft import UNSURE, Draft, draft
from workshopkit.case.importing.notes import Note

__all__ = ["UNSURE", "Draft", "Note", "draft"]
