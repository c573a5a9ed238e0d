"""What the worker does for each of many: a fault with one keeps no other waiting."""

from collections.abc import Callable, Iterable
from typing import TypeVar

Thing = TypeVar("Thing")
Done = TypeVar("Done")


def one_by_one(things: Iterable[Thing], act: Callable[[Thing], Iterable[Done]]) -> list[Done]:
    """Return all that acting on each of these came to, in their order.

    A fault with one, whatever it is, is raised once all the others were acted on; of several the first.
    """
    done: list[Done] = []
    faults: list[Exception] = []
    for thing in things:
        try:
            done += act(thing)
        except Exception as fault:  # whatever it is, the others must not wait for it
            faults.append(fault)
    if faults:
        raise faults[0]
    return done
