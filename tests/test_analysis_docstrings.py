"""Every example in a docstring of the measures is true; every measure has one, and every module names its source."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil

import pytest

import workshopkit.analysis
from workshopkit.network import network

MODULES = [
    importlib.import_module(f"workshopkit.analysis.{found.name}")
    for found in pkgutil.iter_modules(workshopkit.analysis.__path__)
]
MEASURES = [
    "arrival",
    "bridges",
    "brokers",
    "circles",
    "communities",
    "cores",
    "detours",
    "failure",
    "feedback",
    "load",
    "partitions",
    "roles",
    "silos",
    "walls",
]


@pytest.mark.parametrize("module", [*MODULES, network], ids=lambda module: module.__name__)
def test_examples_are_true(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_shows_an_example_and_names_its_source(name):
    module = importlib.import_module(f"workshopkit.analysis.{name}")
    offered = [getattr(module, entry) for entry in module.__all__]
    texts = {function.__name__: inspect.getdoc(function) for function in filter(inspect.isfunction, offered)}
    assert [function for function, text in texts.items() if ">>>" not in text] == []
    assert any("References\n-" in text for text in (inspect.getdoc(module), *texts.values()))
