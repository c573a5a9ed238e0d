"""A form of a school that cannot be kept as it was filled in."""

from plans.errors import PuffinError


class NotWhole(PuffinError):
    """What was filled in lacks what whoever relies on it must know; `field` is the box that it is about."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
