"""How phones reach this laptop, told in the terminal: two codes to scan, what "not secure" means, what is exposed."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import click
import segno
from click.core import ParameterSource
from segno import helpers

from workshopkit.cli import terminal
from workshopkit.errors import UsageError
from workshopkit.i18n import N_, Translator
from workshopkit.run.net import Address

__all__ = ["Wifi", "drawn", "exposed", "options", "others", "wifi"]

_BLOCKS = "█▀▄"
_SHORTEST, _LONGEST_NAME, _LONGEST = 8, 32, 63


@dataclass(frozen=True)
class Wifi:
    """A Wi-Fi network that phones join first. Neither is written anywhere."""

    name: str
    password: str

    def __repr__(self) -> str:
        return "Wifi(…)"

    @property
    def text(self) -> str:
        """What a code to scan says."""
        secured = "WPA" if self.password else None
        return str(helpers.make_wifi_data(self.name, self.password or None, secured))


def options(t: Translator) -> list[click.Parameter]:
    """Give ``--wifi`` and ``--wifi-password``."""
    return [
        click.Option(
            ["--wifi"],
            metavar=t("NAME"),
            help=t("The Wi-Fi that phones join first: shows a code to scan for it. It is kept nowhere."),
        ),
        click.Option(
            ["--wifi-password"],
            metavar=t("PASSWORD"),
            envvar="WORKSHOPKIT_WIFI_PASSWORD",
            help=t("Its password; asked for when left out, or nothing for a Wi-Fi without one."),
        ),
    ]


def wifi(t: Translator, name: str | None, password: str | None) -> Wifi | None:
    """Take name and password, and ask for the password where it was left out.

    Raises
    ------
    UsageError
        If either is none that a Wi-Fi can have.
    """
    if name is None:
        source = click.get_current_context().get_parameter_source("wifi_password")
        if source == ParameterSource.COMMANDLINE:
            raise UsageError(N_("A Wi-Fi password says nothing without the name. Add it: --wifi NAME"))
        return None
    if not name.strip() or len(name.encode()) > _LONGEST_NAME:
        raise UsageError(
            N_("“{name}” is no name of a Wi-Fi: it has 1 to 32 characters."),
            name=terminal.one_line(name)[:60],
        )
    if password is None:
        try:
            password = click.prompt(
                t("Password of the Wi-Fi “{name}” (Enter for none)", name=terminal.one_line(name)),
                default="",
                hide_input=True,
                show_default=False,
            )
        except (click.Abort, RuntimeError, ValueError) as fault:
            raise UsageError(N_("Nobody answered. Give the password with --wifi-password.")) from fault
    if password and not _SHORTEST <= len(password) <= _LONGEST:
        raise UsageError(
            N_("A Wi-Fi password has 8 to 63 characters; this one has {count}."), count=len(password)
        )
    return Wifi(name, password)


def drawn(text: str) -> str:
    """Give a QR code in half blocks, or in colours where the terminal has no blocks."""
    drawing = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(drawing, border=2, compact=terminal.can_show(_BLOCKS))
    return drawing.getvalue()


def others(t: Translator, addresses: Sequence[Address], port: int) -> Iterator[str]:
    """Tell that this laptop has more than one address, and how to take another one."""
    if len(addresses) < 2:  # noqa: PLR2004 - nothing to choose
        return
    first, *rest = addresses
    yield t("This laptop has several addresses; phones get {ip} ({name}).", ip=first.ip, name=_named(first))
    for one in rest:
        yield "  " + t("For {name}: --public-url {url}", name=_named(one), url=f"http://{one.ip}:{port}")


def _named(one: Address) -> str:
    return terminal.one_line(one.name)[:40]


def exposed(t: Translator, public_url: str, port: int) -> Iterator[str]:
    """Tell what "not secure" means, and what the network can reach of this laptop."""
    host = urlsplit(public_url).hostname or ""
    if host in {"localhost", "::1"} or host.startswith("127."):
        return
    yield t(
        "In this network one can reach port {port}: the pages of the workshop, behind the code. JupyterLab and the files "
        "of this laptop cannot be reached.",
        port=port,
    )
    if public_url.startswith("http://"):
        yield t(
            "Phones say “not secure”: what they send is not encrypted. Who is in the same Wi-Fi and listens in could read "
            "along. A router of your own with a password keeps others out; SECURITY.md says how to serve https."
        )
