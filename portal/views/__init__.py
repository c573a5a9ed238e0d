"""One module for each journey. Each has a blueprint `bp`, and each of its views says who may use it."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from flask import Blueprint


def blueprints() -> Iterator[Blueprint]:
    """Yield the blueprint of every journey."""
    for module in iter_modules(__path__):
        yield import_module(f"{__name__}.{module.name}").bp
