"""What the facilitator may add to the report, and leave out of it."""

from __future__ import annotations

import io
import re
import warnings
from base64 import b64encode
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from PIL import Image

from workshopkit.errors import UsageError
from workshopkit.i18n import N_

__all__ = ["NAMES", "PARTS", "Options"]

# In the order of the report, each by its heading.
NAMES: Mapping[str, str] = {
    "map": N_("How it runs"),
    "five": N_("What matters most"),
    "agreements": N_("What we agreed"),
    "teams": N_("Each team"),
    "message": N_("A message on its way: in the game"),
    "plan": N_("What we mend first"),
    "case": N_("What we recognised in the case"),
    "method": N_("How this came about"),
    "findings": N_("Annex: all that was found"),
    "formulas": N_("Annex: how what matters most was computed"),
    "lines": N_("Annex: the lines as a table"),
    "figures": N_("Annex: more figures"),
    "glossary": N_("Annex: words"),
}
PARTS = tuple(NAMES)
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")
_PNG = b"\x89PNG\r\n\x1a\n"
_MOST_WORDS, _MOST_BYTES, _MOST_PIXELS = 4000, 500_000, 4000
# White letters on it, or it on white, must stay readable (WCAG 2: 4.5 to 1).
_LEAST_CONTRAST = 4.5


@dataclass(frozen=True, slots=True)
class Options:
    """How one report differs from the plain one.

    Parameters
    ----------
    without
        Of `PARTS`, those that are left out.
    foreword
        A text of the facilitator or the sponsor, before everything else.
    colour
        As ``#rrggbb``: of headings and rules.
    logo
        A PNG or JPEG picture.
    """

    without: frozenset[str] = frozenset()
    foreword: str = ""
    colour: str = ""
    logo: bytes = b""

    @classmethod
    def checked(
        cls, *, without: Collection[str] = (), foreword: str = "", colour: str = "", logo: bytes = b""
    ) -> Options:
        """Give the options, or say which one cannot be.

        Raises
        ------
        UsageError
            Naming the value and what would be right.
        """
        for part in without:
            if part not in PARTS:
                raise UsageError(
                    N_("The report has no part “{part}”. Choose from: {parts}."),
                    part=part[:40],
                    parts=", ".join(PARTS),
                )
        if len(foreword) > _MOST_WORDS:
            raise UsageError(N_("This is too long: at most {limit} characters fit."), limit=_MOST_WORDS)
        if colour and not _COLOUR.match(colour):
            raise UsageError(N_("“{colour}” is no colour. Give one as #1c4f8c."), colour=colour[:40])
        if colour and _contrast(colour) < _LEAST_CONTRAST:
            raise UsageError(
                N_("“{colour}” is too light to be read on white. Choose a darker one."), colour=colour
            )
        _check_logo(logo)
        return cls(frozenset(without), foreword.strip(), colour, logo)

    @property
    def logo_address(self) -> str:
        """Give the logo as an address that holds the picture itself; empty without one."""
        kind = "png" if self.logo.startswith(_PNG) else "jpeg"
        return f"data:image/{kind};base64,{b64encode(self.logo).decode('ascii')}" if self.logo else ""

    @property
    def paragraphs(self) -> list[str]:
        """Give the foreword by paragraph."""
        return [text for part in self.foreword.split("\n") if (text := " ".join(part.split()))]

    def has(self, part: str) -> bool:
        """Tell whether a part is in the report."""
        return part not in self.without


def _check_logo(logo: bytes) -> None:
    if len(logo) > _MOST_BYTES:
        raise UsageError(
            N_("The logo is too large: at most {limit} kB. Save it smaller."), limit=_MOST_BYTES // 1000
        )
    if not logo:
        return
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(logo), formats=("PNG", "JPEG")) as picture:
            warnings.simplefilter("error")
            size = picture.size
            picture.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Warning) as fault:
        raise UsageError(N_("The logo is no PNG and no JPEG picture. Save it as one of these.")) from fault
    if max(size) > _MOST_PIXELS:
        raise UsageError(
            N_("The logo is too large: at most {limit} pixels a side. Save it smaller."), limit=_MOST_PIXELS
        )


def _contrast(colour: str) -> float:
    """Give the contrast of a colour with white, as WCAG 2 counts it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]  # noqa: PLR2004 - sRGB
    luminance = sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 1.05 / (luminance + 0.05)
