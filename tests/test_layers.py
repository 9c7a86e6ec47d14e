"""Dependence runs one way (the drawing stands in CONTRIBUTING.md)."""

from __future__ import annotations

import ast
from pathlib import Path

import workshopkit

PACKAGE = Path(workshopkit.__file__).parent

# What a layer may import besides itself, the standard library and other people's packages.
ALLOWED = {
    "errors": {"i18n"},
    "i18n": set(),
    "paths": set(),
    "log": set(),
    "network": {"errors", "i18n"},
    "analysis": {"errors", "i18n", "network"},
    "figures": {"errors", "i18n", "network", "analysis"},
    "widgets": {"errors", "i18n", "paths", "figures"},
    "case": {"errors", "i18n", "paths"},
    "store": {"errors", "i18n"},
    "relay": {"errors", "i18n", "paths"},
    "mending": {"errors", "i18n", "network"},
    "room": {"errors", "i18n", "log", "case", "network", "analysis", "figures", "mending", "relay", "store"},
    "report": {
        "errors",
        "i18n",
        "paths",
        "case",
        "network",
        "analysis",
        "figures",
        "mending",
        "room",
        "store",
    },
    "panels": {
        "errors",
        "i18n",
        "paths",
        "case",
        "network",
        "analysis",
        "figures",
        "widgets",
        "mending",
        "relay",
        "room",
        "report",
        "store",
    },
    "kernels": {"errors", "i18n"},
    "server": {
        "errors",
        "i18n",
        "log",
        "paths",
        "case",
        "network",
        "mending",
        "relay",
        "room",
        "report",  # in a process of its own
        "store",
        "kernels",
        "run",
    },
}


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = (
                [node.module]
                if node.module != "workshopkit"
                else [f"workshopkit.{a.name}" for a in node.names]
            )
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.startswith("workshopkit.")}
    return found


def test_imports_run_one_way():
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        layer = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if layer not in ALLOWED:
            continue
        extra = imported(path) - ALLOWED[layer] - {layer, "__version__"}
        wrong += [f"{path.relative_to(PACKAGE)} imports workshopkit.{name}" for name in sorted(extra)]
    assert wrong == []


def test_relative_imports_are_not_used():
    relative = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []
