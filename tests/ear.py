"""Chromium's own accessibility tree: what a screen reader has to go by, and nothing that eyes alone find."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from workshopkit.i18n import Translator, translator

WITHIN_S = 30.0
PRESSED = {"button", "link", "checkbox", "radio", "DisclosureTriangle"}
NAMED = PRESSED | {
    "textbox",
    "combobox",
    "searchbox",
    "spinbutton",
    "Date",
    "img",
    "image",
    "table",
    "timer",
    "progressbar",
}


@dataclass(frozen=True)
class Node:
    """One node that is told."""

    role: str
    name: str
    state: dict[str, Any]
    part: int


class Ear:
    """Somebody who hears a page.

    Parameters
    ----------
    page
        Of it.
    lang
        The language of what is looked for.
    """

    def __init__(self, page: Page, lang: str = "nl") -> None:
        self.page = page
        self.t: Translator = translator(lang)
        self._tools = page.context.new_cdp_session(page)
        self._tools.send("Accessibility.enable")

    def nodes(self) -> list[Node]:
        """List everything that is told now, in order."""
        found = []
        for node in self._tools.send("Accessibility.getFullAXTree")["nodes"]:
            if node.get("ignored") or "role" not in node:
                continue
            state = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
            name = str(node.get("name", {}).get("value", ""))
            found.append(Node(node["role"]["value"], name, state, node.get("backendDOMNodeId", 0)))
        return found

    def hears(self, role: str, text: str, **state: Any) -> Node:
        """Wait for a node by its role and the words that its name begins with; gives it."""
        words = self.t(text)
        until = time.monotonic() + WITHIN_S
        while True:
            near = [node for node in self.nodes() if node.role == role]
            for node in near:
                name = node.name.removeprefix("✓").strip()
                if name.startswith(words) and all(
                    node.state.get(key) == value for key, value in state.items()
                ):
                    return node
            if time.monotonic() > until:
                raise AssertionError(
                    f"no {role} “{words}” {state}; there are {[(one.name, one.state) for one in near]}"
                )
            with suppress(PlaywrightError):  # another page comes
                self.page.evaluate("() => new Promise(requestAnimationFrame)")

    def press(self, role: str, text: str) -> None:
        """Press what is called so, as a screen reader does."""
        self._call(self.hears(role, text), "function () { this.focus(); this.click(); }")

    def write(self, text: str, words: str, place: int = 0) -> None:
        """Write into the field with this name: the first of them, or a later one."""
        self.hears("textbox", text)
        fields = [one for one in self.nodes() if one.role == "textbox" and one.name.startswith(self.t(text))]
        self._call(fields[place], "function () { this.focus(); }")
        self.page.keyboard.type(words)

    def call(self, node: Node, work: str) -> None:
        """Do something with the part of the page behind a node."""
        self._call(node, work)

    def _call(self, node: Node, work: str) -> None:
        part = self._tools.send("DOM.resolveNode", {"backendNodeId": node.part})["object"]["objectId"]
        self._tools.send(
            "Runtime.callFunctionOn", {"objectId": part, "functionDeclaration": work, "userGesture": True}
        )

    def faults(self) -> list[str]:
        """List what nobody could make sense of who hears it."""
        nodes = self.nodes()
        found = [
            f"without a name: {node.role}" for node in nodes if node.role in NAMED and not node.name.strip()
        ]
        found += [
            f"not a word: {node.role} “{node.name}”"
            for node in nodes
            if any(odd in node.name for odd in ("undefined", "[object", "null", "NaN", "{", "}"))
        ]
        found += [
            f"stops without a role: “{node.name}”"
            for node in nodes
            if node.state.get("focusable") and node.role in {"generic", "none", "StaticText"}
        ]
        heads = [node for node in nodes if node.role == "heading" and node.state.get("level") == 1]
        if len(heads) != 1:
            found.append(f"{len(heads)} first headings: {[node.name for node in heads]}")
        if sum(node.role == "main" for node in nodes) != 1:
            found.append("not one main part")
        return found
