"""What the worker does for each of many: a fault with one keeps no other waiting."""

from collections.abc import Callable, Iterable, Sequence
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


def some_at_a_time(
    things: Sequence[Thing], most: int, act: Callable[[Sequence[Thing]], Iterable[Done]]
) -> list[Done]:
    """Return all that acting on these came to, `most` of them at a time, in their order.

    Where acting on some fails, which must leave nothing behind, each of them is acted on alone. A fault with
    one is raised as `one_by_one` raises it.
    """

    def act_on(some: Sequence[Thing]) -> Iterable[Done]:
        try:
            return act(some)
        except Exception:  # it comes again with the one whose fault it is
            return one_by_one(some, lambda one: act([one]))

    return one_by_one([things[first : first + most] for first in range(0, len(things), most)], act_on)
